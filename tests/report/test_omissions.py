"""The page on what is left out, and how the articles fare by published instruments."""

import pandas as pd
import pytest

from report import omissions
from tests.reading import (
    alternative,
    hints,
    lines,
    looks,
    marks,
    place_of,
    row_names,
    rows_of,
    shapes,
    standing,
    texts,
)


def words_at(chart, layout):
    """The words on each tile, by the key that the tile leads to."""
    at, found = marks(chart, layout), {}
    for word, left, top in texts(chart, layout):
        for key, (x, y) in at.items():
            if abs(x - left) < 60 and abs(y - top) < 12:
                nearest = min(at, key=lambda k: abs(at[k][0] - left) + abs(at[k][1] - top))
                if nearest == key:
                    found[key] = word
    return found


def test_topics_are_counted_where_they_can_be_judged():
    rows = pd.DataFrame(
        {
            "topic": ["harm"] * 5 + ["cost"] * 2,
            "state": [
                "told",
                "silent",
                "partly",
                "cannot_tell",
                "not_applicable",
                "silent",
                "silent",
            ],
        }
    )
    found = omissions.told_in_full(rows)
    assert list(found.index) == ["harm", "cost"]
    assert list(found.loc["harm"]) == [1, 1, 1]
    assert list(found.loc["cost"]) == [0, 0, 2]
    assert list(found.columns) == ["told", "partly", "silent"]


@pytest.mark.parametrize(
    ("states", "told", "title"),
    [
        ([], "Nobody has looked yet for what is left out.", "Nothing that a reader would want"),
        (
            ["cannot_tell", "not_applicable"],
            "We looked for two things that a reader would want to know. In our copies none can be",
            "Nothing that a reader would want to know can be judged in these copies",
        ),
        (
            ["told", "cannot_tell", "cannot_tell"],
            "We looked for three things that a reader would want to know. Only one can be judged in "
            "our copies: some article tells it in full.",
            "The one thing that can be judged is told in full by some article",
        ),
        (
            ["told", "told"],
            "Whatever we looked for, some article tells it in full.",
            "Each of the two things that can be judged is told in full by some article",
        ),
        (
            ["told", "partly", "silent"],
            "We looked for three things that a reader would want to know. No article that we can "
            "judge tells these in full: t1 and t2.",
            "Two of three things that a reader would want to know are told in full by no article",
        ),
    ],
)
def test_what_cannot_be_judged_is_not_said_to_be_told(states, told, title):
    rows = pd.DataFrame({"topic": [f"t{n}" for n in range(len(states))], "state": states})
    said = omissions.told_in_full(rows)
    judged = said[said.sum(axis=1) > 0]
    nowhere = judged.index[judged["told"] == 0]
    found, _ = omissions.nowhere_in_full(len(said), len(judged), nowhere, [])
    assert found.startswith(told)
    assert omissions.title(said).startswith(title)


def test_an_instrument_that_was_not_applied_is_named(made):
    told = omissions.not_applied(made["instruments"], made["appraisal_scope"], {})
    assert told == (
        "Choice check, made for choices, was applied to no article. "
        "The reason is the same for each: it sets no treatments side by side."
    )
    [left_out] = set(made["instruments"]["instrument_id"]) - set(
        made["appraisal_scope"].query("applied")["instrument_id"]
    )
    told = omissions.not_applied(made["instruments"], made["appraisal_scope"], {left_out: "a-1999"})
    assert told.startswith("Choice check {cite}`a-1999`, made for choices, was applied")
    scope = made["appraisal_scope"].copy()
    scope["reason"] += scope["source_id"]
    told = omissions.not_applied(made["instruments"], scope, {})
    assert told == "Choice check, made for choices, was applied to no article."
    assert omissions.not_applied(made["instruments"][:0], made["appraisal_scope"][:0], {}) == ""


def test_a_book_without_instruments_tells_of_none(made_folder, page):
    for table in ("instruments", "appraisal_scope", "appraisals", "appraisal_items"):
        path = made_folder / "data" / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n")
    values = page("omissions").values
    assert (values["quick"], values["criteria"]) == (
        "No such check was made.",
        "No such criteria were applied.",
    )
    for name in ("careful", "judging", "not_applied", "judged_too", "ours", "agreed"):
        assert values[name] == ""


@pytest.mark.parametrize(
    ("level", "standing"),
    [("none", "lowest"), ("some", "between"), ("all", "highest"), ("cannot_tell", "unknown")],
)
def test_a_level_stands_lowest_between_or_highest_in_its_item(level, standing):
    levels = pd.DataFrame(
        {
            "item_id": ["other", "i", "i", "i", "i", "other"],
            "level": ["all", "none", "some", "all", "cannot_tell", "none"],
        }
    )
    rows = pd.DataFrame({"item_id": ["i"], "level": [level]}, index=[7])
    assert omissions.standing(rows, levels).to_dict() == {7: standing}


def test_what_the_page_says(page):
    values = page("omissions").values
    assert values["in_full"] == (
        "We looked for two things that a reader would want to know. "
        "No article that we can judge tells this in full: harm."
    )
    assert values["not_at_all"] == ""
    assert values["judged_too"] == (
        "We also judged two articles by the rules of HealthNewsReview: "
        "those that put a treatment forward."
    )
    assert values["ours"].startswith("That is our judgement, not that of the people who made")
    assert values["news"] == (
        "None that can be judged meets “cost”. All that can be judged meet “harm”."
    )
    assert values["grade"].startswith(
        "By three formulas the articles run from grade 7 to grade 11;"
    )
    assert values["agreed"] == ""


def test_two_judgements_of_an_item_are_compared(made_folder, page):
    rows = [("alpha-01", "partial", "full"), ("alpha-02", "balanced", "balanced")]
    rows.append(("beta-01", "none", "none"))
    with (made_folder / "data" / "codings.csv").open("a", encoding="utf-8") as file:
        for unit, *values in rows:
            for coder, value in zip(("first", "second"), values, strict=True):
                file.write(f"appraisal-{unit},,level,{coder},{value},{values[0]},\n")
    sources = (made_folder / "data" / "sources.csv").read_text(encoding="utf-8")
    sources = sources.replace(",once,", ",twice,", 2)
    (made_folder / "data" / "sources.csv").write_text(sources, encoding="utf-8")
    values = page("omissions").values
    assert values["agreed"].endswith("agree on 2 of three judgements.")
    assert values["once"].startswith("Gamma was coded once only")


def test_a_criterion_that_one_meets_and_another_does_not_is_not_named(made_folder, page):
    path = made_folder / "data" / "appraisals.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace("hnr-harm,alpha,satisfactory", "hnr-harm,alpha,not_satisfactory")
    path.write_text(text, encoding="utf-8")
    assert page("omissions").values["news"] == "None that can be judged meets “cost”."


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_what_is_left_out_stands_in_its_row_under_its_article(page, layout):
    chart = page("omissions").charts["chart-omissions"]
    assert chart.title == (
        "One of two things that a reader would want to know is told in full by no article, "
        "as far as the copies show"
    )
    assert chart.caption.startswith("Four places can be judged: 1 in full, 1 in part, 2 left out.")
    assert words_at(chart, layout) == {
        "omission-alpha-01": "left out",
        "omission-alpha-02": "told",
        "omission-beta-01": "in part",
        "omission-beta-02": "left out",
        "omission-gamma-01": "cannot tell",
        "omission-gamma-02": "cannot tell",
    }
    at = marks(chart, layout)
    for key, name in (("alpha", "Alpha"), ("beta", "Beta"), ("gamma", "Gamma")):
        x = place_of(chart, name, layout)[0]
        assert at[f"omission-{key}-01"][0] == pytest.approx(x, abs=20)
    assert at["omission-alpha-02"][1] < at["omission-alpha-01"][1]  # told in full: on top
    dark = [((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in shapes(chart, "shade5", layout)]
    assert dark == [pytest.approx(at["omission-alpha-02"], abs=1)]


def test_on_a_desktop_quest_shows_the_levels_and_on_a_phone_how_high_they_are(page):
    chart = page("omissions").charts["chart-quest"]
    assert chart.title == (
        "By QUEST no article that can be judged reaches the highest level for “author”"
    )
    assert words_at(chart, 0) == {
        "appraisal-alpha-01": "author only",
        "appraisal-alpha-02": "balanced",
        "appraisal-beta-01": "no author",
        "appraisal-beta-02": "full support",
        "appraisal-gamma-01": "cannot tell",
        "appraisal-gamma-02": "balanced",
    }
    assert words_at(chart, 1) == {
        "appraisal-alpha-01": "middle",
        "appraisal-alpha-02": "best",
        "appraisal-beta-01": "worst",
        "appraisal-beta-02": "worst",
        "appraisal-gamma-01": "cannot tell",
        "appraisal-gamma-02": "best",
    }
    for layout in (0, 1):
        at = marks(chart, layout)
        dark = [((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in shapes(chart, "shade5", layout)]
        expected = [at["appraisal-alpha-02"], at["appraisal-gamma-02"]]
        assert sorted(dark) == [pytest.approx(place, abs=1) for place in sorted(expected)]
        assert at["appraisal-alpha-01"][1] < at["appraisal-alpha-02"][1]
        assert at["appraisal-alpha-01"][0] < at["appraisal-beta-01"][0]


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_the_news_criteria_show_who_meets_them_and_who_was_not_judged(page, layout):
    chart = page("omissions").charts["chart-hnr"]
    assert chart.title == (
        "HealthNewsReview: one of two criteria is met by no article, as far as the copies show"
    )
    assert "Two articles" in chart.caption
    assert "Not judged: Beta. No treatment is put forward." in chart.caption
    assert words_at(chart, layout) == {
        "appraisal-alpha-03": "not met",
        "appraisal-alpha-04": "met",
        "appraisal-gamma-03": "cannot tell",
        "appraisal-gamma-04": "met",
    }
    assert "Beta" not in [words for words, *_ in texts(chart, layout)]


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_a_grade_stands_at_its_place(page, layout):
    chart = page("omissions").charts["chart-readability"]
    assert chart.title == "Every article asks for about grade 7 or more"
    assert chart.caption.startswith(
        "Each article by three formulas: Flesch-Kincaid grade, SMOG grade and Automated "
        "readability index."
    )
    zero, ten = (place_of(chart, number, layout)[0] for number in ("0", "10"))
    unit = (ten - zero) / 10
    [alpha] = [b for b in lines(chart, "c1", layout) if b[2] - b[0] > 5]
    [beta] = [b for b in lines(chart, "c2", layout) if b[2] - b[0] > 5]
    assert alpha[0] == pytest.approx(zero + 8.7 * unit, abs=6)
    assert alpha[2] == pytest.approx(zero + 10.6 * unit, abs=6)
    assert beta[0] == pytest.approx(zero + 9.3 * unit, abs=6)
    assert beta[2] == pytest.approx(zero + 10.7 * unit, abs=6)
    assert alpha[1] < beta[1]
    dots = [(b[0] + b[2]) / 2 for b in shapes(chart, "c3", layout)]
    assert min(dots) == pytest.approx(zero + 6.9 * unit, abs=6)


def test_the_tables(page):
    tables = page("omissions").tables
    rows = tables["table-omissions"].frame.astype(str).set_index("Row")
    assert list(rows.loc["omission-alpha-01", ["Article", "What", "Told?"]]) == [
        "Alpha",
        "Harm",
        "left out",
    ]
    assert rows.loc["omission-alpha-01", "Judged by an instrument too"] == "appraisal-alpha-04"
    assert rows.loc["omission-beta-01", "In its words"] == "“does not help”"
    judged = tables["table-appraisals"].frame.astype(str).set_index("Row")
    assert list(
        judged.loc["appraisal-beta-02", ["Article", "What is asked", "Judgement", "Why"]]
    ) == [
        "Beta",
        "Quick check: Tone",
        "Full support",
        "Flat words.",
    ]
    asks = tables["table-appraisal-items"].frame
    assert asks["How we read its levels"].iloc[1] == (
        "Full support: Flat words.; Balanced: Both sides.; Cannot tell: Lost."
    )
    assert list(tables["table-instruments"].frame["Instrument"].astype(str)) == [
        "Quick check",
        "News check",
        "Choice check",
    ]


def test_a_page_where_nobody_looked_does_not_say_what_was_looked_for(page, made_folder):
    path = made_folder / "data" / "omissions.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n")
    values = page("omissions").values
    assert values["in_full"] == "Nobody has looked yet for what is left out."


QUEST, HNR = ("Author", "Tone"), ("Cost", "Harm")


def test_tiles_are_the_darker_the_more_is_told_and_lead_to_the_words(page):
    found = page("omissions").charts
    assert row_names(found["chart-omissions"]) == [
        "How many were studied",
        "What harm a treatment may do",
    ]
    assert looks(found["chart-omissions"]) == {
        "omission-alpha-01": ("", "rule"),
        "omission-alpha-02": ("shade5", ""),
        "omission-beta-01": ("shade2", ""),
        "omission-beta-02": ("", "rule"),
        "omission-gamma-01": ("", "quiet"),
        "omission-gamma-02": ("", "quiet"),
    }
    assert hints(found["chart-omissions"]) == {
        "omission-alpha-01": "left out",
        "omission-alpha-02": "“8 mice”",
        "omission-beta-01": "“does not help”",
        "omission-beta-02": "left out",
        "omission-gamma-01": "cannot tell",
        "omission-gamma-02": "cannot tell",
    }
    assert alternative(found["chart-omissions"]) == [
        "Harm, Alpha: left out",
        "Sample size, Alpha: told",
        "Harm, Beta: in part",
        "Sample size, Beta: left out",
        "Harm, Gamma: cannot tell",
        "Sample size, Gamma: cannot tell",
    ]
    drawing = found["chart-omissions"].drawings[0]
    broken = [part for part in drawing.split("<") if "stroke-dasharray" in part]
    assert len(broken) == 2 and all("stroke-quiet" in part for part in broken)


def test_judgements_stand_at_their_question_and_their_article(page):
    found = page("omissions").charts
    quest, hnr = found["chart-quest"], found["chart-hnr"]
    assert row_names(quest) == list(QUEST)
    assert standing(quest, QUEST, ["Alpha", "Beta", "Gamma"]) == {
        "appraisal-alpha-01": ("Author", "Alpha"),
        "appraisal-alpha-02": ("Tone", "Alpha"),
        "appraisal-beta-01": ("Author", "Beta"),
        "appraisal-beta-02": ("Tone", "Beta"),
        "appraisal-gamma-01": ("Author", "Gamma"),
        "appraisal-gamma-02": ("Tone", "Gamma"),
    }
    assert looks(quest) == {
        "appraisal-alpha-01": ("shade2", ""),
        "appraisal-alpha-02": ("shade5", ""),
        "appraisal-beta-01": ("", "rule"),
        "appraisal-beta-02": ("", "rule"),
        "appraisal-gamma-01": ("", "quiet"),
        "appraisal-gamma-02": ("shade5", ""),
    }
    assert hints(quest) == {
        "appraisal-alpha-01": "Author only. A name.",
        "appraisal-alpha-02": "Balanced. Both sides.",
        "appraisal-beta-01": "No author. Nobody.",
        "appraisal-beta-02": "Full support. Flat words.",
        "appraisal-gamma-01": "Cannot tell. Lost.",
        "appraisal-gamma-02": "Balanced. Both sides.",
    }
    assert alternative(quest)[:2] == ["Author, Alpha: author only", "Tone, Alpha: balanced"]
    assert row_names(hnr) == list(HNR)
    assert standing(hnr, HNR, ["Alpha", "Gamma"]) == {
        "appraisal-alpha-03": ("Cost", "Alpha"),
        "appraisal-alpha-04": ("Harm", "Alpha"),
        "appraisal-gamma-03": ("Cost", "Gamma"),
        "appraisal-gamma-04": ("Harm", "Gamma"),
    }
    assert looks(hnr) == {
        "appraisal-alpha-03": ("", "rule"),
        "appraisal-alpha-04": ("shade5", ""),
        "appraisal-gamma-03": ("", "quiet"),
        "appraisal-gamma-04": ("shade5", ""),
    }
    assert hints(hnr) == {
        "appraisal-alpha-03": "Not satisfactory. No cost.",
        "appraisal-alpha-04": "Satisfactory. A harm.",
        "appraisal-gamma-03": "Cannot tell. Lost.",
        "appraisal-gamma-04": "Satisfactory. A harm.",
    }
    assert alternative(hnr) == [
        *["Cost, Alpha: not met", "Harm, Alpha: met"],
        *["Cost, Gamma: cannot tell", "Harm, Gamma: met"],
    ]
    assert hnr.caption.startswith(
        "Two articles, judged by what each says of one treatment. "
        "Not judged: Beta. No treatment is put forward. From"
    )


def test_what_does_not_apply_is_drawn_beside_the_rest_and_leads_nowhere(made_folder, page):
    for table, old, new in (
        ("omissions", "harm,gamma,cannot_tell", "harm,gamma,not_applicable"),
        ("appraisals", "hnr-cost,gamma,cannot_tell", "hnr-cost,gamma,not_applicable"),
    ):
        path = made_folder / "data" / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = page("omissions").charts
    assert "omission-gamma-01" not in marks(found["chart-omissions"])
    assert "Harm, Gamma: does not apply" in alternative(found["chart-omissions"])
    assert "Four places can be judged" in found["chart-omissions"].caption
    assert "Cost, Gamma: does not apply" in alternative(found["chart-hnr"])


def test_a_topic_that_no_copy_lets_us_judge_is_not_said_to_be_told_nowhere(made_folder, page):
    path = made_folder / "data" / "omissions.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows.loc[rows["topic"] == "harm", "state"] = "cannot_tell"
    rows.to_csv(path, index=False)
    shown = page("omissions")
    assert shown.values["in_full"].endswith(
        "Only one can be judged in our copies: some article tells it in full."
    )
    assert shown.charts["chart-omissions"].title.startswith("The one thing that can be judged")


def test_what_some_article_tells_in_part_is_not_said_to_be_left_out_by_all(made_folder, page):
    path = made_folder / "data" / "omissions.csv"
    text = path.read_text(encoding="utf-8").replace("harm,beta,partly", "harm,beta,silent")
    path.write_text(text.replace("sample_size,alpha,told", "sample_size,alpha,partly"), "utf-8")
    values = page("omissions").values
    assert values["in_full"].endswith("tells these in full: harm and sample size.")
    assert values["not_at_all"] == ("On harm they say nothing at all, as far as we can tell.")


def test_a_criterion_that_no_copy_lets_us_judge_is_neither_met_nor_failed(made_folder, page):
    path = made_folder / "data" / "appraisals.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace("hnr-cost,alpha,not_satisfactory", "hnr-cost,alpha,cannot_tell")
    path.write_text(
        text.replace("hnr,hnr-cost,gamma", "discern,,gamma").replace(
            "hnr,hnr-harm,gamma", "discern,,gamma"
        ),
        encoding="utf-8",
    )
    shown = page("omissions")
    assert shown.values["news"] == (
        "Each criterion is met somewhere. All that can be judged meet “harm”."
    )
    title = shown.charts["chart-hnr"].title  # of two criteria, by which one article was judged
    assert title.startswith("HealthNewsReview: none of two criteria is met by no article")


def test_criteria_are_named_in_the_order_of_the_instrument(made_folder, page):
    items = made_folder / "data" / "appraisal_items.csv"
    text = items.read_text(encoding="utf-8")
    items.write_text(text.replace("hnr,2,Harm", "hnr,2,A harm"), encoding="utf-8")
    path = made_folder / "data" / "appraisals.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",satisfactory,", ",not_satisfactory,"), encoding="utf-8")
    assert page("omissions").values["news"] == "None that can be judged meets “cost” or “a harm”."


def test_grades_of_an_article_have_its_look_and_stand_in_its_row(page):
    chart = page("omissions").charts["chart-readability"]
    assert row_names(chart) == ["Alpha", "Beta", "Gamma"]
    zero, ten = (place_of(chart, number)[0] for number in ("0", "10"))
    for colour, article, scores in (
        ("c1", "Alpha", [8.7, 9.7, 10.6]),
        ("c2", "Beta", [9.3, 10.4, 10.7]),
        ("c3", "Gamma", [6.9, 7.7, 8.2]),
    ):
        dots = shapes(chart, colour)
        xs = sorted((left + right) / 2 for left, _, right, _ in dots)
        assert xs == pytest.approx([zero + s * (ten - zero) / 10 for s in scores], abs=1), article
        height = place_of(chart, article)[1]
        assert all(abs((top + bottom) / 2 - height) < 10 for _, top, _, bottom in dots), article
        [line] = [box for box in lines(chart, colour) if box[2] - box[0] > 5]
        assert (line[0], line[2]) == pytest.approx((xs[0], xs[-1]), abs=1), article
    assert alternative(chart)[::4] == [
        "Alpha: Flesch-Kincaid grade 10.6",
        "Beta: SMOG grade 10.7",
        "Gamma: Automated readability index 8.2",
    ]


def test_every_row_of_the_tables_holds_its_own_cells(page):
    tables = page("omissions").tables
    alpha, beta, gamma = (f"{name}#article-{name.lower()}" for name in ("Alpha", "Beta", "Gamma"))
    assert list(tables["table-omissions"].frame)[5:] == ["Note", "Judged by an instrument too"]
    size = "Sample size"
    assert rows_of(tables["table-omissions"]) == [
        ["omission-alpha-01", alpha, "Harm", "left out", "", "", "appraisal-alpha-04"],
        ["omission-alpha-02", alpha, size, "told", "“8 mice”", "", ""],
        ["omission-beta-01", beta, "Harm", "in part", "“does not help”", "", ""],
        ["omission-beta-02", beta, size, "left out", "", "", ""],
        ["omission-gamma-01", gamma, "Harm", "cannot tell", "", "", "appraisal-gamma-04"],
        ["omission-gamma-02", gamma, size, "cannot tell", "", "", ""],
    ]
    quick, news = "Quick check", "News check"
    lost = ["Cannot tell", "Lost.", ""]
    assert rows_of(tables["table-appraisals"]) == [
        *[
            [
                "appraisal-alpha-01",
                alpha,
                f"{quick}: Author",
                "Author only",
                "A name.",
                "“may cause”",
            ],
            ["appraisal-alpha-02", alpha, f"{quick}: Tone", "Balanced", "Both sides.", ""],
            ["appraisal-alpha-03", alpha, f"{news}: Cost", "Not satisfactory", "No cost.", ""],
            ["appraisal-alpha-04", alpha, f"{news}: Harm", "Satisfactory", "A harm.", ""],
            ["appraisal-beta-01", beta, f"{quick}: Author", "No author", "Nobody.", ""],
        ],
        [
            *["appraisal-beta-02", beta, f"{quick}: Tone", "Full support", "Flat words."],
            "“causes headaches”",
        ],
        ["appraisal-gamma-01", gamma, f"{quick}: Author", *lost],
        ["appraisal-gamma-02", gamma, f"{quick}: Tone", "Balanced", "Both sides.", ""],
        ["appraisal-gamma-03", gamma, f"{news}: Cost", *lost],
        ["appraisal-gamma-04", gamma, f"{news}: Harm", "Satisfactory", "A harm.", ""],
    ]
    items = tables["table-appraisal-items"]
    assert rows_of(items, "Instrument", "Item", "What it asks", "From") == [
        [quick, "Author", "Who wrote it?", "Quick 2018"],
        [quick, "Tone", "How firm is it?", "Quick 2018"],
        [news, "Cost", "What does it cost?", "News 2008"],
        [news, "Harm", "What harm does it do?", "News 2008"],
    ]
    works = tables["table-instruments"]
    assert list(works.frame)[1:] == [
        *["Made for", "What it gives", "How we used it", "Published in"]
    ]
    address = "https://example.org"
    assert rows_of(works) == [
        [f"{quick}#{address}/quick", "Pages.", "Levels.", "Our own words.", "Quick 2018"],
        [f"{news}#{address}/news", "News.", "Met or not.", "Our own words.", "News 2008"],
        [f"Choice check#{address}/choice", "Choices.", "Ratings.", "Not applied.", "Choice 1999"],
    ]


def test_an_item_with_one_level_reaches_its_highest():
    levels = pd.DataFrame({"item_id": ["i", "i"], "level": ["yes", "cannot_tell"]})
    rows = pd.DataFrame({"item_id": ["i"], "level": ["yes"]})
    assert list(omissions.standing(rows, levels)) == ["highest"]
