"""The page on agreement: two readings side by side, and the findings under other choices."""

from io import StringIO

import pandas as pd
import pytest

from report import agreement, coding
from tests.reading import (
    ROOT,
    alternative,
    legend,
    lines,
    place_of,
    row_names,
    rows_of,
    run_page,
    shapes,
    texts,
)

HEAD = "unit,passage_id,field,coder,value,final,reason\n"


def coded(unit, field, first, second, final=None, reason=""):
    """Both codings of a judgement as rows of codings.csv."""
    final = first if final is None else final
    return "".join(
        f"{unit},passage-alpha-1-1,{field},{coder},{value},{final},{reason}\n"
        for coder, value in (("first", first), ("second", second))
    )


# Ten claims on which certainty is the same but once, polarity is so half of the time; ten losses
# whose kind is the same always; a contradiction that only the first saw.
CODINGS = HEAD + "".join(
    coded(f"claim-alpha-{n:02}", "exists", "yes", "yes")
    + coded(f"claim-alpha-{n:02}", "certainty", n % 6 + 1, n % 6 + 1 if n else 2, n % 6 + 1)
    + coded(
        f"claim-alpha-{n:02}", "polarity", "supports", "opposes" if n % 2 else "supports", "open"
    )
    + coded(
        f"loss-beta-{n:02}",
        "kind",
        "cut_off" if n % 2 else "misprint",
        "cut_off" if n % 2 else "misprint",
    )
    for n in range(10)
)
CODINGS += coded("not-kept-contradiction-01", "exists", "yes", "no", "no", "They do not differ.")
CODINGS += coded("contradiction-01", "exists", "yes", "yes")
CODINGS += coded("claim-gamma-02", "exists", "no", "no", "yes", "Found on a third reading.")


@pytest.fixture
def twice(made):
    """The made package as if each of its sources had been coded twice."""
    return made.replaced({"sources": made["sources"].assign(coded="twice")})


@pytest.fixture
def shown(page, made_folder):
    (made_folder / "data" / "codings.csv").write_text(CODINGS)
    return page("agreement")


def test_a_judgement_is_described_by_table_and_column(made):
    rows = pd.DataFrame(
        {"kind": ["claim", "link", "rung"], "field": ["proposition_id", "status", "of"]}
    )
    assert list(agreement.described(made, rows)) == [
        "Claims: proposition",
        "Lineage: how it is known",
        "Ladder: of whom",
    ]


def test_values_are_shown_as_labels_with_the_rank_of_an_ordered_scale(made):
    rows = pd.DataFrame(
        {
            "kind": ["claim", "claim", "figure", "claim", "appraisal"],
            "field": ["certainty", "speaker", "denominator", "exists", "level"],
            "first": ["6", "author", "people", "yes", "not_satisfactory"],
        }
    )
    assert agreement.as_labels(made, rows, "first") == [
        *["6 Flat fact", "The article’s author", "people", "yes", "not satisfactory"]
    ]


def test_a_coder_s_rows_and_judgements_take_the_place_of_the_decisions(twice):
    tables = {name: twice[name] for name in ("sources", *agreement.CODED.values())}
    first = agreement.recoded(tables, twice["codings"], "first")
    second = agreement.recoded(tables, twice["codings"], "second")
    assert list(first["claims"]["claim_id"]) == [
        *["claim-alpha-01", "claim-beta-01", "claim-gamma-02"]
    ]
    assert list(second["claims"]["claim_id"]) == ["claim-alpha-01", "claim-beta-01"]
    assert list(first["claims"]["certainty"]) == [3, 6, 4]
    assert list(second["claims"]["certainty"]) == [2, 6]
    assert list(second["proposals"]["proposal_id"]) == ["proposal-gamma-01"]


def test_a_table_that_was_not_coded_twice_keeps_its_rows(twice):
    tables = {name: twice[name] for name in ("sources", *agreement.CODED.values())}
    second = agreement.recoded(tables, twice["codings"], "second")
    assert len(second["figures"]) == 5
    assert len(second["citations"]) == len(twice["citations"])


def test_one_reading_is_not_said_to_be_two(page, made_folder):
    (made_folder / "data" / "codings.csv").write_text(HEAD)
    shown = page("agreement")
    assert shown.values["overall"] == "Nobody knows: only one reading has been made."
    for name in ("blind", "readers", "parts", "limits"):
        assert shown.values[name] == ""
    columns = list(shown.tables["table-sensitivity"].frame.columns)
    assert columns == ["Finding", "As decided", "Whole copies only", "Each study once"]


def test_what_differs_between_books_is_read_from_their_data(shown):
    values = shown.values
    assert values["blind"] == "Neither reader saw what the other had done."
    assert values["readers"] == "Both readers were made up too."
    assert values["limits"] == "The second reader was told where to look."


@pytest.mark.parametrize("name", ["agreement", "methods"])
def test_a_page_says_which_rows_were_coded_twice(page, made_folder, monkeypatch, name):
    monkeypatch.setattr("evidence.notebooks.find_root", lambda *_: ROOT)  # methods reads the pages
    (made_folder / "data" / "codings.csv").write_text(CODINGS)
    told = "Of the contradictions only rows with the conflict “content” were coded twice."
    assert page(name).values["parts"] == told


def test_a_share_of_no_claims_is_none(made):
    tables = {name: made[name] for name in ("sources", "studies", *agreement.CODED.values())}
    found = agreement.findings(agreement.only(tables, []), "coffee-headache", {})
    assert found["Claims told as shown or fact"] == "none"


def test_a_source_that_was_coded_once_keeps_its_rows_under_either_coder(made):
    sources = made["sources"].assign(coded=["twice", "once", "twice"])
    tables = {name: made[name] for name in agreement.CODED.values()} | {"sources": sources}
    for coder in ("first", "second"):
        kept = agreement.recoded(tables, made["codings"], coder)["claims"]
        assert set(made["claims"].query("source_id == 'beta'")["claim_id"]) <= set(kept["claim_id"])
        assert len(kept) < len(made["claims"])


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        (["twice"] * 3, ""),
        (
            ["twice", "once", "twice"],
            "Beta was coded once only: no count of agreement speaks for it.",
        ),
        (
            ["once", "once", "twice"],
            "Alpha and Beta were coded once only: no count of agreement speaks for them.",
        ),
    ],
)
def test_a_source_that_was_coded_once_is_named(made, coded, said):
    sources = made["sources"].assign(coded=coded)
    assert coding.coded_once(made.replaced({"sources": sources})) == said


def test_many_sources_that_were_coded_once_are_counted(made):
    sources = pd.concat([made["sources"].assign(coded="once")] * 2)
    said = coding.coded_once(made.replaced({"sources": sources}))
    assert said == "Six articles were coded once only: no count of agreement speaks for them."


@pytest.mark.parametrize("name", ["agreement", "methods"])
def test_a_page_says_that_a_source_was_coded_once(page, made_folder, monkeypatch, name):
    path = made_folder / "data" / "sources.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows.assign(coded=["twice", "twice", "once"]).to_csv(path, index=False)
    if name == "agreement":
        (made_folder / "data" / "codings.csv").write_text(CODINGS)
    else:  # it reads the pages of the book
        monkeypatch.setattr("evidence.notebooks.find_root", lambda *_: ROOT)
    assert page(name).values["once"].startswith("Gamma was coded once only")


def test_findings_under_every_choice(twice):
    choices = agreement.variants(twice, twice["codings"])
    certainty = twice.levels("claims", "certainty")["label"]
    grid = pd.DataFrame(
        {
            name: agreement.findings(choice.tables, "coffee-headache", certainty)
            for name, choice in choices.items()
        }
    )
    assert list(grid["as decided"]) == ["1", "flat fact", "speculative", "2", "62 %", "2", "1"]
    assert list(grid["second pass"]) == ["1", "flat fact", "weak", "2", "50 %", "1", "1"]
    assert list(grid["whole copies"]) == ["1", "flat fact", "tentative", "2", "83 %", "1", "0"]
    assert list(grid["each study once"]) == [
        *["0", "reported as shown", "speculative", "1", "40 %", "2", "1"]
    ]


@pytest.mark.parametrize(
    ("codings", "damaged", "told"),
    [
        (
            "all",
            [False, False, True],
            {
                "As decided": "",
                "First reading": "with the rows of one reading alone",
                "Second reading": "with those of the other",
                "Whole copies only": "without the damaged copy",
                "Each study once": "with one article for each group that shares a study",
            },
        ),
        (
            "none",
            [True, False, True],
            {
                "As decided": "",
                "Whole copies only": "without the damaged copies",
                "Each study once": "with one article for each group that shares a study",
            },
        ),
        (
            "none",
            [False] * 3,
            {
                "As decided": "",
                "Each study once": "with one article for each group that shares a study",
            },
        ),
    ],
)
def test_only_choices_that_there_are_are_named(twice, codings, damaged, told):
    data = twice.replaced({"sources": twice["sources"].assign(damaged=damaged)})
    rows = twice["codings"].iloc[: None if codings == "all" else 0]
    choices = agreement.variants(data, rows).values()
    assert {choice.label: choice.words for choice in choices} == told


def test_some_of_the_codings_change_what_they_are_of_and_nothing_else(twice):
    of_alpha = twice["codings"].query("unit == 'claim-alpha-01'")
    claims = agreement.variants(twice, of_alpha)["second pass"].tables["claims"]
    of = claims.groupby("source_id")["certainty"].agg(list)
    assert of["alpha"] == [2]  # 3 as decided; its other claims have no coding here
    decided = twice["claims"].groupby("source_id")["certainty"].agg(list)
    assert (of[["beta", "gamma"]] == decided[["beta", "gamma"]]).all()


def test_a_cell_that_keeps_some_of_the_codings_changes_the_table_too(made_folder, monkeypatch):
    path = made_folder / "data" / "sources.csv"
    path.write_text(path.read_text().replace(",once,", ",twice,"))
    kept = 'codings = codings[codings["unit"] == "claim-alpha-01"]\n'
    cell = "judged = reliability.judgements"
    shown = run_page("agreement", made_folder, monkeypatch, swap=(cell, kept + cell))
    table = shown.tables["table-sensitivity"].frame.set_index("Finding")
    # Alpha has one claim left, not firm; Beta and Gamma, with three of five firm, are as decided.
    firm = table.loc["Claims told as shown or fact"]
    assert list(firm)[:3] == ["62 %", "≠ 50 %", "≠ 50 %"]


def test_no_words_on_the_question_are_none(made):
    tables = {name: made[name].iloc[:0] for name in ("claims", "proposals")}
    tables |= {name: made[name] for name in ("citations", "studies")}
    found = agreement.findings(tables, "coffee-headache", {1: "Speculative"})
    assert found["Firmest words on it"] == found["Weakest words on it"] == "none"


def test_the_page_counts_what_is_alike(shown):
    values = shown.values
    assert values["overall"] == (
        "Not always, as far as we can tell. "
        "Two readings gave the same answer to 80 in 100 of 30 judgements."  # 9 + 5 + 10 of 30
    )
    assert values["scales"] == (
        "On two of three scales they agree well enough for firm conclusions; "
        "on one they agree too little to lean on."
    )
    assert values["weak_names"] == "Too weak to lean on: “Claims: polarity”."
    assert values["ends"].startswith("They agree most on claims (100 in 100) and least on ")
    assert values["rows"].endswith("of the contradictions that either noted, both found 1 of 2.")
    assert values["third"] == "One row was missed by both and found on a third reading."


def test_nine_of_ten_alike_are_mostly_a_yes(page, made_folder):
    codings = HEAD + coded("claim-alpha-00", "exists", "yes", "yes")
    codings += "".join(
        coded(f"claim-alpha-{n:02}", "certainty", n % 6 + 1, n % 6 + 1 if n else 2)
        for n in range(10)
    )
    (made_folder / "data" / "codings.csv").write_text(codings)
    values = page("agreement").values
    assert values["overall"].startswith("Mostly yes")
    assert "to 90 in 100 of ten judgements" in values["overall"]
    assert "they agree well enough" in values["scales"] and values["weak_names"] == ""


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_dots_stand_at_their_alpha_with_the_weakest_on_top(shown, layout):
    chart = shown.charts["chart-agreement"]
    assert chart.title == (
        "Agreement is firm on two of the three scales and too weak to lean on for one"
    )
    chance, perfect = (place_of(chart, words, layout)[0] for words in ("chance", "perfect"))
    assert chance < perfect
    dots = sorted(shapes(chart, "accent", layout), key=lambda box: box[1])[-2:]
    xs = [(left + right) / 2 for left, _, right, _ in dots]
    expected = chart.rows.set_index("field")["alpha"]
    places = chance + (perfect - chance) * expected[["polarity", "certainty"]]
    assert xs == pytest.approx(list(places), abs=2)
    labels = [text for text, *_ in texts(chart, layout) if text.startswith("Claims")]
    assert labels == ["Claims: polarity", "Claims: certainty"]
    assert not [text for text, *_ in texts(chart, layout) if text.startswith("Losses")]
    bars = sorted(lines(chart, "quiet", layout), key=lambda box: box[1])
    bars = [box for box in bars if box[2] - box[0] > 5]
    row = chart.rows.iloc[0]
    ends = [chance + (perfect - chance) * end for end in (row["low"], row["high"])]
    assert [bars[0][0], bars[0][2]] == pytest.approx(ends, abs=2)
    marks = sorted(box[0] for box in lines(chart, "shade3", layout))
    assert marks == pytest.approx([chance + (perfect - chance) * a for a in (0.667, 0.8)], abs=2)


def test_articles_stand_in_their_order(shown):
    table = shown.tables["table-agreement-source"].frame
    assert [str(cell) for cell in table["Article"]] == ["Alpha", "Beta"]
    assert list(table["Pairs"]) == [20, 10]
    assert list(table["Percent alike"]) == ["70.0", "100.0"]


def test_a_finding_that_changes_is_marked(page, made_folder):
    path = made_folder / "data" / "sources.csv"
    path.write_text(path.read_text().replace(",once,", ",twice,"))
    shown = page("agreement")
    table = shown.tables["table-sensitivity"].frame.set_index("Finding")
    assert list(table.loc["Weakest words on it"]) == [
        *["speculative", "≠ tentative", "≠ weak", "≠ tentative", "speculative"]
    ]
    assert shown.values["hold_sentence"] == (
        "Whichever reading is taken, four of the seven findings stay the same; these change: "
        "weakest words on it; claims told as shown or fact; and treatments put forward. "
        "Without what is damaged, these change: weakest words on it; claims told as shown or "
        "fact; treatments put forward; and of these, naming a trial."
    )


def test_every_disagreement_has_its_anchor_and_decision(shown):
    table = shown.tables["table-disagreements"]
    assert {"anchored", "home", "explorer"} <= set(table.classes)
    rows = table.frame.set_index("Coding")
    assert len(rows) == 13  # certainty once, polarity ten times, two rows
    row = rows.loc["coding-claim-alpha-00"].iloc[0]
    assert (row["First reading"], row["Second reading"]) == ("1 Speculative", "2 Weak")
    assert row["Decided"] == "1 Speculative"
    assert row["Article"] == "Alpha"
    assert rows.loc["coding-claim-gamma-02", "Article"] == "Gamma"
    kept = rows.loc["coding-not-kept-contradiction-01"]
    assert kept["Article"] == ""  # of two articles
    assert (kept["Row"], kept["Why"]) == ("not-kept-contradiction-01", "They do not differ.")
    assert rows.loc["coding-claim-gamma-02", "Row"].target == "claim-gamma-02"


def test_where_there_is_one_reading_no_other_is_spoken_of(made_folder, page):
    assert page("agreement").values["ways"].startswith("with the rows of one reading alone, with")
    path = made_folder / "data" / "codings.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    values = page("agreement").values
    assert values["ways"] == (
        "without the damaged copy and with one article for each group that shares a study"
    )
    assert "reading" not in values["hold_sentence"]


COMPARED = HEAD + "".join(
    coded(f"leap-alpha-{n:02}", "state", "made" if n % 3 else "not_made", state)
    + coded(f"claim-alpha-{n:02}", "certainty", n % 6 + 1, n % 6 + 1 if n else 2)
    for n in range(12)
    for state in ["made" if n % 3 or n == 3 else "not_made"]
)


def test_scales_stand_in_their_rows_in_the_look_of_what_was_read(page, made_folder):
    (made_folder / "data" / "codings.csv").write_text(COMPARED)
    chart = page("agreement").charts["chart-agreement"]
    rows = ["Steps beyond: state", "Claims: certainty"]
    names = row_names(chart)
    assert len(names) == 2 and names[1] == rows[1]
    assert legend(chart, "words of an article", "comparison") == {
        "words of an article": ("accent", "paper"),
        "comparison": ("ink", "paper"),
    }
    chance, perfect = (place_of(chart, words)[0] for words in ("chance", "perfect"))
    alphas = chart.rows.set_index("kind")["alpha"]
    for colour, kind, name in (("accent", "claim", names[1]), ("ink", "leap", names[0])):
        below = [box for box in shapes(chart, colour) if box[1] > 30 and box[2] - box[0] > 4]
        [dot] = below
        assert (dot[0] + dot[2]) / 2 == pytest.approx(
            chance + alphas[kind] * (perfect - chance), abs=1
        )
        assert abs((dot[1] + dot[3]) / 2 - place_of(chart, name)[1]) < 8
    listed = alternative(chart)
    assert [told.partition(": ")[0] for told in listed] == [n.partition(": ")[0] for n in names]
    assert [f"{alphas[kind]:.2f}" for kind in ("leap", "claim")] == [
        told.rpartition(": ")[2].partition(",")[0] for told in listed
    ]


def test_all_counts_of_agreement_are_shown(shown):
    tables = shown.tables
    table = tables["table-agreement"]
    assert list(table.frame) == [
        *["Judgement", "Pairs", "Alike", "Alpha", "95 % interval", "Percent alike", "Scale"]
    ]
    by = {row[0]: row for row in rows_of(table)}
    assert by["Claims: certainty"][1:3] == ["10", "9"]
    assert by["Claims: certainty"][5:] == ["90.0", "ordinal"]
    # One level against two: five of twenty values differ, nominal; see Krippendorff's formula:
    # observed 10/20, expected 2 * 15 * 5 / (20 * 19) gives 1 - 0.5 / 0.3947.
    assert by["Claims: polarity"][1:4] == ["10", "5", "-0.27"]
    assert by["Losses: kind"][1:] == ["10", "10", "1.00", "1.00 to 1.00", "100.0", "nominal"]
    low, high = by["Claims: certainty"][4].split(" to ")
    assert float(low) < float(by["Claims: certainty"][3]) <= float(high)
    rows = tables["table-unitising"]
    assert list(rows.frame) == [
        *["Rows of", "Both", "First only", "Second only", "Third reading only"],
        "Both, of those either found, percent",
    ]
    assert rows_of(rows) == [
        ["Claims", "10", "0", "0", "1", "100"],
        ["Contradictions", "1", "1", "0", "0", "50"],
    ]
    of_articles = tables["table-agreement-source"]
    assert list(of_articles.frame)[4:] == ["95 % interval"]
    assert rows_of(of_articles, "Article", "Pairs", "Alike", "Percent alike") == [
        ["Alpha#article-alpha", "20", "14", "70.0"],
        ["Beta#article-beta", "10", "10", "100.0"],
    ]
    low, high = of_articles.frame["95 % interval"].iloc[0].split(" to ")
    assert float(low) < 70 < float(high)


def test_a_row_that_the_second_alone_saw_is_not_the_first_s(page, made_folder):
    codings = HEAD + coded("claim-alpha-00", "exists", "no", "yes")
    (made_folder / "data" / "codings.csv").write_text(codings)
    shown = page("agreement")
    assert rows_of(shown.tables["table-unitising"]) == [["Claims", "0", "0", "1", "0", "0"]]
    assert rows_of(shown.tables["table-disagreements"])[0][3:6] == ["no", "yes", "no"]


def test_findings_stand_under_the_choice_that_they_follow_from(page, made_folder):
    path = made_folder / "data" / "sources.csv"
    path.write_text(path.read_text().replace(",once,", ",twice,"))
    table = page("agreement").tables["table-sensitivity"]
    assert list(table.frame) == [
        *["Finding", "As decided", "First reading", "Second reading", "Whole copies only"],
        "Each study once",
    ]
    firm, fact = "≠ reported as shown", "flat fact"
    assert rows_of(table) == [
        ["Articles that assert it", "1", "1", "1", "1", "≠ 0"],
        ["Firmest words on it", fact, fact, fact, fact, firm],
        [
            *["Weakest words on it", "speculative", "≠ tentative", "≠ weak", "≠ tentative"],
            "speculative",
        ],
        ["Articles on the same study", "2", "2", "2", "2", "≠ 1"],
        ["Claims told as shown or fact", "62 %", "≠ 33 %", "≠ 50 %", "≠ 83 %", "≠ 40 %"],
        ["Treatments put forward", "2", "≠ 1", "≠ 1", "≠ 1", "2"],
        ["of these, naming a trial", "1", "1", "1", "≠ 0", "1"],
    ]


@pytest.mark.parametrize(
    ("same", "judged", "said"),
    [
        (9, 10, "Mostly yes, as far as we can tell. Two readings gave the same answer to 90 in"),
        (89, 100, "Not always, as far as we can tell. Two readings gave the same answer to 89 in"),
        (0, 0, "Nobody knows: only one reading has been made."),
    ],
)
def test_mostly_is_nine_of_ten(same, judged, said):
    assert agreement.overall(same, judged).startswith(said)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((1, 0, 1), "On the one scale that can be judged they agree well enough for"),
        ((0, 1, 1), "On the one scale that can be judged they agree too little for"),
        ((0, 0, 1), "On the one scale that can be judged they agree not quite well enough for"),
        ((2, 1, 4), "On two of four scales they agree well enough for firm conclusions; on one"),
        ((0, 0, 0), ""),
    ],
)
def test_scales_are_told_by_how_well_readings_agree(counts, said):
    assert agreement.on_scales(*counts).startswith(said)


def test_rows_that_neither_reading_found_are_no_part_of_those_that_either_found():
    units = pd.DataFrame(
        {
            "title": ["Claims", "Losses"],
            "both": [6, 2],
            "first_only": [1, 3],
            "second_only": [1, 1],
            "neither": [0, 4],
            "percent": [75.0, 100 * 2 / 6],
        }
    )
    assert agreement.on_rows(units) == {
        "rows": "They agree least on what counts as a row at all: of the losses that either "
        "noted, both found 2 of 6.",
        "ends": "They agree most on claims (75 in 100) and least on losses (33 in 100).",
        "third": "Four rows were missed by both and found on a third reading.",
    }


def test_agreement_at_the_bound_is_enough_to_lean_on(made, monkeypatch):
    rows = coded("rung-01", "of", "animals", "person")
    known = made.replaced({"codings": pd.read_csv(StringIO(HEAD + rows), dtype=str)})
    for alpha, weak in ((coding.TENTATIVE, False), (coding.TENTATIVE - 0.001, True)):
        monkeypatch.setattr(coding, "alpha", lambda *_, value=alpha: value)
        assert bool(coding.caution(known, "rung", "of")) == weak
    assert coding.TENTATIVE == 0.667  # Krippendorff 2018


def test_only_what_is_proposed_or_said_to_have_helped_is_put_forward(made):
    tables = {name: made[name] for name in ("claims", "proposals", "citations", "studies")}
    roles = ["proposed", "reported_benefit", "in_use", "judged_ineffective", "question"]
    tables["proposals"] = tables["proposals"].assign(role=roles, evidence_stated="trial")
    found = agreement.findings(tables, "coffee-headache", {1: "A", 3: "B", 5: "C", 6: "D"})
    assert found["Treatments put forward"] == found["of these, naming a trial"] == "2"
    assert found["Articles on the same study"] == "2"  # Alpha and Beta
    entry = tables["citations"].tail(1).assign(study_id="mouse-2019")  # of Gamma, in a list alone
    tables["citations"] = pd.concat([tables["citations"], entry])
    found = agreement.findings(tables, "coffee-headache", {1: "A", 3: "B", 5: "C", 6: "D"})
    assert found["Articles on the same study"] == "2"


@pytest.mark.parametrize(
    ("twice", "told"),
    [
        (
            {"ladder": {"step": ["article"]}, "contradictions": {"conflict": ["content"]}},
            "Of the ladder only rows with the step “article” were coded twice, "
            "of the contradictions only rows with the conflict “content”.",
        ),
        (
            {"ladder": True, "contradictions": {"conflict": ["denial", "content"]}},
            "Of the contradictions only rows with the conflict “denial” or “content” "
            "were coded twice.",
        ),
        ({"ladder": True, "contradictions": True}, ""),
        # nobody has coded a retelling twice, whatever may be
        ({"ladder": True, "contradictions": True, "retellings": {"state": ["kept"]}}, ""),
    ],
)
def test_which_rows_were_coded_twice_is_read_from_the_descriptor(made, twice, told):
    codings = pd.read_csv(StringIO(CODINGS + coded("rung-01", "of", "animals", "animals")))
    for table, what in twice.items():
        made.resources[table]["twice"] = what
    assert coding.twice_in_part(made, codings) == told


def test_a_warning_stands_only_where_two_readings_agree_too_little(made):
    rows = coded("rung-01", "of", "animals", "person") + coded("rung-02", "of", "person", "animals")
    rows += coded("rung-01", "certainty", 2, 2) + coded("rung-02", "certainty", 5, 5)
    rows += coded("leap-alpha-01", "state", "made", "made")  # one level: alpha is not defined
    known = made.replaced({"codings": pd.read_csv(StringIO(HEAD + rows), dtype=str)})
    assert coding.caution(known, "rung", "of").startswith("Two readings agreed too little")
    assert coding.caution(known, "rung", "certainty") == ""
    assert coding.caution(known, "leap", "state") == ""
    assert coding.caution(known, "claim", "certainty") == ""  # coded once
