"""The page on strength: from the paper to the articles, inside each article, words of cause."""

import json

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from evidence import charts
from report import strength
from tests.reading import (
    alternative,
    append,
    hints,
    legend,
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

LEVELS = ["Not found", "Speculative", "Weak", "Tentative", "Probable"]


def ladder(**steps):
    rows = [
        {"statement": "cause", "step": s, "certainty": c} for s, cs in steps.items() for c in cs
    ]
    return pd.DataFrame(rows).astype({"certainty": "Int64"})


def test_the_firmest_wording_of_a_step_counts():
    found = strength.boldest(ladder(paper=[2], release=[5, 4], news=[6], article=[3, 5, 1]))
    assert list(found.columns) == ["paper", "release", "article"]
    assert list(found.loc["cause"]) == [2, 5, 5]


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ({"paper": [2], "release": [5], "article": [5]}, (True, False, True, False)),
        ({"paper": [2], "release": [4], "article": [1, 5]}, (True, True, True, False)),
        ({"paper": [5], "release": [5], "article": [4]}, (True, False, False, False)),
        ({"paper": [6], "release": [5], "article": [4]}, (True, False, False, False)),
        ({"paper": [None], "release": [4], "article": [4]}, (True, False, False, True)),
        ({"paper": [None], "article": [4]}, (False, False, False, False)),
        ({"paper": [3], "release": [4]}, (False, False, True, False)),
    ],
)
def test_who_is_firmer_than_whom(steps, verdict):
    found = strength.verdicts(strength.boldest(ladder(**steps)))
    names = ["comparable", "beyond_release", "beyond_paper", "new_in_release"]
    assert tuple(found.loc["cause", names]) == verdict


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((6, None, 6), "how firmly the paper and the articles put it"),
        ((None, None, 6), "how firmly the articles put it"),
        ((3, None, None), "how firmly the paper puts it"),
        ((None, None, None), "no text that we read says it"),
    ],
)
def test_a_step_that_says_nothing_is_not_said_to_put_it(said, told):
    row = pd.Series(said, index=strength.STEPS, dtype="Int64")
    assert strength.who_says_it(row) == told


def test_where_articles_alone_were_followed_no_paper_is_promised(made_folder, page):
    path = made_folder / "data" / "ladder.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows[rows["step"] == "article"].to_csv(path, index=False)
    shown = page("strength")
    assert shown.values["followed"] == "Each chart shows one statement as the articles put it."
    titles = [c.title for name, c in shown.charts.items() if name.startswith("chart-ladder")]
    assert titles and not any("paper" in title for title in titles)


def test_the_article_that_is_firmer_than_the_release_is_named():
    rows = ladder(release=[4, 2], article=[5, 4, None, 6])
    rows["source_id"] = [None, None, "a", "b", "c", "a"]
    firmer = strength.firmer_articles(rows)
    assert list(firmer["certainty"]) == [5, 6]  # no firmer than the release's firmest is not firmer
    assert strength.named(firmer, {"a": "Alpha"}) == "Alpha"
    firmer = strength.firmer_articles(rows.assign(source_id=["", "", "a", "b", "c", "d"]))
    assert strength.named(firmer, {"a": "Alpha", "d": "Delta"}) == "an article"
    assert strength.firmer_articles(ladder(paper=[3], article=[4])).empty  # no release to compare


def test_the_course_of_a_source_runs_from_its_first_to_its_last_claim():
    claims = pd.DataFrame({"source_id": ["a", "a", "b", "a"], "certainty": [2, 6, 3, 4]})
    assert strength.course(claims).to_dict("index") == {
        "a": {"first": 2, "last": 4},
        "b": {"first": 3, "last": 3},
    }


def test_what_the_page_says(page):
    values = page("strength").values
    assert values["boldest"] == (
        "We followed one statement. Beta is firmer than the press release on "
        "one of them. It is “Coffee causes headaches”. "
        "The release itself is firmer than the paper on “Coffee causes headaches”."
    )
    assert values["turns"] == (
        "On whether coffee causes headaches, Alpha grows surer from the first mention to the last."
    )
    assert values["read"] == "Of the paper little was read."
    assert values["followed"].startswith("Each chart follows one statement from the paper through")
    assert values["shaky"] == ""  # coded once


def replace(folder, table, **changes):
    """Write a made table anew: each change gives a row's key and the cells to change."""
    path = folder / "data" / f"{table}.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("rung_id", drop=False)
    for key, cells in changes.items():
        rows.loc[key.replace("_", "-"), list(cells)] = list(cells.values())
    rows.to_csv(path, index=False)


def test_where_no_article_is_firmer_than_the_release_the_page_says_so(made_folder, page):
    replace(made_folder, "ladder", rung_04={"certainty": "5"})
    added = {"rung_id": "rung-07", "statement": "therapy", "step": "release", "certainty": 4}
    append(made_folder, "ladder", study_id="release-2019", cue="helps", status="V", **added)
    shown = page("strength")
    assert shown.values["boldest"] == (
        "The boldest wording does not begin with the articles. We followed two statements. "
        "No article is firmer on any of them than the press release. "
        "The release itself is firmer than the paper on “Coffee causes headaches”. "
        "It adds what we did not find in the paper: “Water would help”."
    )
    for name, said in (("cause", "Coffee causes headaches"), ("therapy", "Water would help")):
        title = shown.charts[f"chart-ladder-{name}"].title
        assert title == f"“{said}”: the boldest wording was already in the release"


@pytest.mark.parametrize(
    ("paper", "title"),
    [
        ({"certainty": "5"}, "the paper is just as firm, but speaks of animals"),
        ({"certainty": "6"}, "the paper is firmer still, but speaks of animals"),
        (
            {"certainty": "5", "of": "not_said"},
            "the paper is just as firm, but leaves open in whom",
        ),
        ({"certainty": "5", "of": "person"}, "the paper is just as firm"),
    ],
)
def test_a_paper_as_firm_as_the_release_is_said_to_be(made_folder, page, paper, title):
    replace(made_folder, "ladder", rung_01=paper, rung_04={"certainty": "3"})
    shown = page("strength")
    assert shown.charts["chart-ladder-cause"].title == f"“Coffee causes headaches”: {title}"
    assert "The release itself" not in shown.values["boldest"]


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_on_the_slope_firmer_words_stand_higher_and_articles_stand_last(page, layout):
    shown = page("strength")
    chart = shown.charts["chart-ladder-cause"]
    assert chart.title.endswith(": Beta puts it more firmly than the release")
    assert "paper: animals; release: people; article: not said" in chart.caption
    assert "Not drawn, as we coded no such words there: Gamma (damaged copy)" in chart.caption
    at = marks(chart, layout)
    y = {name: place_of(chart, name, layout)[1] for name in LEVELS}
    step = y["Weak"] - y["Tentative"]
    assert step > 0
    assert abs(at["rung-01"][1] - y["Weak"]) < step / 2
    assert abs(at["rung-03"][1] - y["Tentative"]) < step / 2
    assert at["rung-02"][1] == pytest.approx(at["rung-01"][1] - 3 * step, abs=2)
    assert at["rung-04"][1] == pytest.approx(at["rung-01"][1] - 4 * step, abs=2)
    assert at["rung-01"][0] < at["rung-02"][0] < at["rung-03"][0] == at["rung-04"][0]
    for key, name in (("rung-01", "Paper"), ("rung-02", "release"), ("rung-03", "Articles")):
        assert abs(at[key][0] - place_of(chart, name, layout)[0]) < 30, key
    assert abs(place_of(chart, "Beta", layout)[1] - at["rung-04"][1]) < step / 2
    assert abs(place_of(chart, "Alpha", layout)[1] - at["rung-03"][1]) < step / 2
    ends = [box for box in lines(chart, "c2", layout) if box[2] - box[0] > 50]
    assert len(ends) == 1 and ends[0][1] == pytest.approx(at["rung-04"][1], abs=1)
    other = shown.charts["chart-ladder-therapy"]
    assert (
        abs(marks(other, layout)["rung-05"][1] - place_of(other, "Not found", layout)[1]) < step / 2
    )


def test_the_slope_joins_the_firmest_wording_of_each_text(made_folder, page):
    with (made_folder / "data" / "ladder.csv").open("a", encoding="utf-8") as file:
        file.write("rung-07,cause,5,release,,release-2019,,,might,4,1,person,whole,S,Release\n")
    chart = page("strength").charts["chart-ladder-cause"]
    at = marks(chart)
    assert at["rung-07"][1] > at["rung-02"][1]
    [rise] = [box for box in lines(chart, "ink") if box[2] - box[0] > 50]
    assert rise[1] == pytest.approx(at["rung-02"][1], abs=1)


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_inside_an_article_each_place_stands_at_its_certainty(page, layout):
    chart = page("strength").charts["chart-answer-zones"]
    assert chart.title == "How sure an article sounds depends on where you read: most so in Alpha"
    assert "“Coffee causes headaches”" in chart.caption and "Four claims" in chart.caption
    at = marks(chart, layout)
    x = {
        name: place_of(chart, name, layout)[0] for name in ("Speculative", "Tentative", "Flat fact")
    }
    step = (at["claim-beta-01"][0] - at["claim-gamma-01"][0]) / 5
    for key, name in (
        ("claim-gamma-01", "Speculative"),
        ("claim-alpha-01", "Tentative"),
        ("claim-beta-01", "Flat fact"),
    ):
        assert abs(at[key][0] - x[name]) < step / 2, key
    assert at["claim-alpha-01"][1] == at["claim-alpha-02"][1] < at["claim-beta-01"][1]
    rows = [place_of(chart, name, layout)[1] for name in ("Alpha", "Beta", "Gamma")]
    keys = ("claim-alpha-01", "claim-beta-01", "claim-gamma-01")
    assert all(abs(y - at[key][1]) < 30 for y, key in zip(rows, keys, strict=True))
    words = [(words, place) for words, place, _ in texts(chart, layout)]
    assert ("title", pytest.approx(at["claim-alpha-01"][0], abs=1)) in words
    assert ("start", pytest.approx(at["claim-alpha-02"][0], abs=1)) in words
    full = list(shapes(chart, "c1", layout))
    assert len(full) == 1  # Alpha's own voice; what it credits is hollow
    assert (full[0][0] + full[0][2]) / 2 == pytest.approx(at["claim-alpha-01"][0], abs=1)


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_strong_words_come_first_and_bars_are_as_long_as_their_counts(page, layout):
    chart = page("strength").charts["chart-bands"]
    assert chart.title == "Weak words of cause outnumber strong ones in two of the three articles"
    assert chart.caption.startswith(
        "Of the 6 claims that state a relation, 2 do so in strong words; one more denies one."
    )
    legend = [words for words, *_ in texts(chart, layout)[:3]]
    assert set(legend) == {"strong", "weak", "denies"}

    def bars(colour):  # from top to bottom, those of the legend left out
        found = [
            box for box in shapes(chart, colour, layout) if box[1] > 30 and box[2] - box[0] > 1
        ]
        found = [box for box in found if box[3] - box[1] > 14]
        return sorted(found, key=lambda box: box[1])

    strong, weak, denies = bars("shade5"), bars("shade2"), bars("quiet")
    assert (len(strong), len(weak), len(denies)) == (2, 3, 1)
    unit = strong[0][2] - strong[0][0]
    assert weak[0][2] - weak[0][0] == pytest.approx(2 * unit, rel=0.02)  # Alpha: one, two, none
    assert strong[0][2] == pytest.approx(weak[0][0], abs=1)
    assert weak[1][2] == pytest.approx(denies[0][0], abs=1)  # Beta denies


def test_the_tables(page):
    tables = page("strength").tables
    zones = tables["table-zones"].frame.astype(str)
    assert list(zones.loc["alpha"]) == ["Alpha", "0 of 1", "no claim", "2 of 2"]
    assert list(zones.loc["gamma"]) == ["Gamma", "no claim", "0 of 1", "0 of 1"]
    causal = tables["table-causal"].frame
    assert causal.loc["beta", "Says there is none"] == 1 and causal.loc["beta", "Cause"] == 1
    rungs = tables["table-ladder"].frame.astype(str).set_index("Wording")
    assert list(
        rungs.loc["rung-01", ["Text", "Words", "Certainty", "Of whom", "How much was read"]]
    ) == [
        "Mouse and others 2019",
        "“may be linked”",
        "2 Weak",
        "Animals",
        "Abstract",
    ]
    assert rungs.loc["rung-05", "Words"] == "does not say it"
    assert tables["table-ladder"].frame["Words"].iloc[2].target == "claim-alpha-01"


@pytest.mark.parametrize(
    ("second", "weak"), [(("animals", "person"), False), (("person", "animals"), True)]
)
def test_whom_a_wording_speaks_of_carries_a_warning_where_readings_differ(
    made_folder, page, second, weak
):
    codings = "unit,passage_id,field,coder,value,final,reason\n"
    for rung, one, other in zip(("rung-01", "rung-02"), ("animals", "person"), second, strict=True):
        codings += f"{rung},passage-alpha-1-1,of,first,{one},{one},\n"
        codings += f"{rung},passage-alpha-1-1,of,second,{other},{one},\n"
    (made_folder / "data" / "codings.csv").write_text(codings)
    assert bool(page("strength").values["shaky"]) == weak


def test_a_wording_stands_at_its_text_and_level_in_the_look_of_who_says_it(page):
    found = page("strength").charts
    chart, other = found["chart-ladder-cause"], found["chart-ladder-therapy"]
    levels = ["Flat fact", "Reported as shown", "Probable", *LEVELS[:0:-1][1:], "Not found"]
    assert row_names(chart) == row_names(other) == levels
    of_texts = ["Paper", "release", "Articles"]
    assert standing(chart, levels, of_texts) == {
        "rung-01": ("Weak", "Paper"),
        "rung-02": ("Reported as shown", "release"),
        "rung-03": ("Tentative", "Articles"),
        "rung-04": ("Flat fact", "Articles"),
    }
    assert standing(other, levels, of_texts) == {
        "rung-05": ("Not found", "Paper"),
        "rung-06": ("Probable", "Articles"),
    }
    fills = {key: fill for of in (chart, other) for key, (fill, _) in looks(of).items()}
    assert fills == {
        "rung-01": "ink",
        "rung-02": "ink",
        "rung-03": "c1",
        "rung-04": "c2",
        "rung-05": "ink",
        "rung-06": "c3",
    }
    for article, key in (("Alpha", "rung-03"), ("Beta", "rung-04")):
        assert abs(place_of(chart, article)[1] - marks(chart)[key][1]) < 8
    [alpha], [beta] = ([b for b in lines(chart, c) if b[2] - b[0] > 50] for c in ("c1", "c2"))
    at = marks(chart)
    assert alpha == pytest.approx((*at["rung-02"], *at["rung-03"]), abs=1)  # it falls
    assert beta == pytest.approx(
        (at["rung-02"][0], at["rung-04"][1], at["rung-04"][0], at["rung-02"][1]), abs=1
    )
    assert hints(chart) | hints(other) == {
        "rung-01": "“may be linked”",
        "rung-02": "“causes”",
        "rung-03": "“may cause”",
        "rung-04": "“causes headaches”",
        "rung-05": "does not say it",
        "rung-06": "“probably helps”",
    }
    assert alternative(chart) == [
        "paper: weak, “may be linked”",
        "release: reported as shown, “causes”",
        "Alpha: tentative, “may cause”",
        "Beta: flat fact, “causes headaches”",
    ]
    assert chart.caption.endswith(
        "Four wordings, from ladder.csv. "
        "Not drawn, as we coded no such words there: Gamma (damaged copy)."
    )
    assert other.caption == (
        "Of whom the words speak: article: people. Two wordings, from ladder.csv. "
        "Not drawn, as we coded no such words there: Alpha and Beta."
    )
    assert other.title == "“Water would help”: how firmly the articles put it"


def test_a_place_in_an_article_has_its_look_and_leads_to_its_words(page):
    chart = page("strength").charts["chart-answer-zones"]
    articles = ["Alpha", "Beta", "Gamma"]
    assert row_names(chart) == articles
    steps = [*["Speculative", "Weak", "Tentative", "Probable", "Reported as shown", "Flat fact"]]
    below = sorted((x, words) for words, x, _ in texts(chart) if words in steps)
    assert [words for _, words in below] == steps
    assert standing(chart, articles, steps) == {
        "claim-alpha-01": ("Alpha", "Tentative"),
        "claim-alpha-02": ("Alpha", "Reported as shown"),
        "claim-beta-01": ("Beta", "Flat fact"),
        "claim-gamma-01": ("Gamma", "Speculative"),
    }
    assert looks(chart) == {
        "claim-alpha-01": ("c1", "c1"),
        "claim-alpha-02": ("paper", "c1"),  # credited to researchers
        "claim-beta-01": ("c2", "c2"),
        "claim-gamma-01": ("c3", "c3"),
    }
    assert hints(chart) == {
        "claim-alpha-01": "“may cause”",
        "claim-alpha-02": "“showed that coffee causes”",
        "claim-beta-01": "“causes headaches”",
        "claim-gamma-01": "“remains open”",
    }
    assert alternative(chart) == [
        "Alpha: tentative (title)",
        "Alpha: reported as shown (start)",
        "Beta: flat fact (title)",
        "Gamma: speculative (start, leaves open)",
    ]
    assert "Full marks are its own voice, hollow ones somebody that it credits" in chart.caption


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_charts_are_as_large_as_the_scale(page, made_folder, layout):
    path = made_folder / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for table in ("claims", "ladder"):
        fields = next(r for r in package["resources"] if r["name"] == table)["schema"]["fields"]
        level = next(field for field in fields if field["name"] == "certainty")
        level["categories"].append({"value": 7, "label": "Oath", "definition": "Sworn."})
        level["constraints"]["enum"].append(7)
    path.write_text(json.dumps(package), encoding="utf-8")
    replace(made_folder, "ladder", rung_04={"certainty": "7"})
    path = made_folder / "data" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("supports,6,6,", "supports,6,7,"))
    shown = page("strength").charts
    ladder = shown["chart-ladder-cause"]
    at = marks(ladder, layout)["rung-04"]
    y = {name: place_of(ladder, name, layout)[1] for name in ("Oath", "Flat fact", "Not found")}
    assert at[1] == pytest.approx(y["Oath"], abs=8)
    step = y["Flat fact"] - y["Oath"]
    assert y["Not found"] - y["Oath"] == pytest.approx(7 * step, abs=2) and at[1] > step / 3
    places = shown["chart-answer-zones"]
    keys = ("claim-gamma-01", "claim-alpha-01", "claim-beta-01")
    speculative, tentative, oath = (marks(places, layout)[key][0] for key in keys)
    assert oath - speculative == pytest.approx(3 * (tentative - speculative), abs=1)
    assert abs(oath - place_of(places, "Oath", layout)[0]) < 15


def test_an_article_keeps_its_look_and_its_silence_where_others_are_left_out():
    drawn = pd.DataFrame({"source_id": ["c"], "certainty": [2], "x": [2], "key": ["k"]})
    labels, levels = pd.Series({"a": "Ay", "b": "Bee", "c": "Cee"}), pd.Series({1: "One", 2: "Two"})
    silent = {"a": "says nothing", "b": "cannot tell", "c": "says nothing"}
    ax = Figure().subplots()
    drawn = drawn.assign(own=True, places="start")
    looks = charts.series(labels.index)
    strength.draw_answers(ax, charts.WIDE, drawn, labels[["b", "c"]], looks, levels, silent)
    assert {text.get_text(): text.xy for text in ax.texts} == {
        "start": (2, 1),
        "cannot tell": (1, 0),
    }
    [dots] = ax.collections
    assert to_hex(dots.get_facecolor()[0]) == looks["palette"]["c"].lower()
    assert [str(tick.get_text()) for tick in ax.get_yticklabels()] == ["Bee", "Cee"]
    assert ax.get_xlim() == (0.5, 2.5)


def test_an_article_without_such_a_claim_is_said_to_make_none_where_its_copy_is_whole(
    made_folder, page
):
    path = made_folder / "data" / "claims.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    silent = [r for r in rows if not r.startswith(("claim-beta-01", "claim-gamma-01"))]
    path.write_text("\n".join(silent) + "\n", encoding="utf-8")
    chart = page("strength").charts["chart-answer-zones"]
    for words, article in (("makes no such claim", "Beta"), ("cannot tell", "Gamma")):
        assert abs(place_of(chart, words)[1] - place_of(chart, article)[1]) < 8, words


def test_where_every_article_keeps_to_one_degree_none_is_named(made_folder, page):
    path = made_folder / "data" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("supports,6,5,human_explicit", "supports,6,3,human_explicit"))
    shown = page("strength")
    assert shown.charts["chart-answer-zones"].title == (
        "Each article keeps to one degree of certainty"
    )
    assert shown.values["turns"].endswith("no article changes its tone.")


def test_only_the_article_that_varies_most_is_named(made_folder, page):
    append(
        made_folder,
        "claims",
        claim_id="claim-beta-04",
        source_id="beta",
        passage_id="passage-beta-2-1",
        proposition_id="coffee-headache",
        statement="Coffee causes headaches.",
        cue="shown",
        zone="body",
        speaker="author",
        polarity="supports",
        causal_strength=6,
        certainty=5,
        population="human_implicit",
        evidence_stated="none",
        advice=0,
    )
    shown = page("strength")
    title = shown.charts["chart-answer-zones"].title
    assert title.endswith("most so in Alpha")  # by two levels, Beta by one
    assert shown.values["turns"].endswith(
        "Alpha grows surer from the first mention to the last; Beta grows less sure."
    )


def test_a_reader_s_letter_counts_as_the_article_s_own_voice_as_on_the_first_page(
    made_folder, page
):
    path = made_folder / "data" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title,author,,supports,6,6", "title,reader,,supports,6,6"))
    assert looks(page("strength").charts["chart-answer-zones"])["claim-beta-01"] == ("c2", "c2")


def test_bars_of_cause_have_the_shade_of_their_legend(page):
    chart = page("strength").charts["chart-bands"]
    assert row_names(chart) == ["Alpha", "Beta", "Gamma"]
    found = legend(chart, "strong", "weak", "denies")
    assert [fill for fill, _ in found.values()] == ["shade5", "shade2", "quiet"]
    assert alternative(chart) == [
        "Alpha: 1 strong, 2 weak, 0 denying",
        "Beta: 1 strong, 1 weak, 1 denying",
        "Gamma: 0 strong, 1 weak, 0 denying",
    ]
    # As many as are neither strong nor weak: Gamma leaves it open, which states no relation.
    assert "Of the 6 claims that state a relation" in chart.caption


def test_as_many_weak_as_strong_words_are_no_more(page):
    counts = page("strength").names["counts"]
    assert counts.loc["beta", ["strong", "weak"]].to_list() == [1, 1]
    title = page("strength").charts["chart-bands"].title
    assert title.endswith(" in two of the three articles")


def test_every_row_of_the_tables_holds_its_own_cells(page):
    tables = page("strength").tables
    alpha, beta, gamma = (f"{name}#article-{name.lower()}" for name in ("Alpha", "Beta", "Gamma"))
    assert list(tables["table-zones"].frame) == ["Article", "Title", "Lead", "Body"]
    assert rows_of(tables["table-zones"]) == [
        [alpha, "0 of 1", "no claim", "2 of 2"],
        [beta, "1 of 1", "no claim", "2 of 2"],
        [gamma, "no claim", "0 of 1", "0 of 1"],
    ]
    assert list(tables["table-causal"].frame) == [
        "Article",
        "No relation",
        "Says there is none",
        "Correlation",
        "Ambiguous link",
        "Conditional cause",
        "Cause",
    ]
    assert rows_of(tables["table-causal"]) == [
        [alpha, *"000111"],
        [beta, *"011001"],
        [gamma, *"100010"],
    ]
    assert list(tables["table-ladder"].frame) == [
        *["Wording", "Text", "Words", "Certainty", "Statement", "Kind of text", "Of whom"],
        *["How much was read", "Read in"],
    ]
    paper, doi = "Mouse and others 2019", "doi:10.1000/mouse"
    cause, therapy = ["Cause"], ["Therapy"]
    assert rows_of(tables["table-ladder"]) == [
        [
            "rung-01",
            paper,
            "“may be linked”",
            "2 Weak",
            *cause,
            "Paper",
            "Animals",
            "Abstract",
            doi,
        ],
        [
            *["rung-02", "Release 2019", "“causes”", "5 Reported as shown", *cause],
            *["Release", "People", "Whole", "Release"],
        ],
        [
            *["rung-03", alpha, "“may cause”#claim-alpha-01", "3 Tentative", *cause],
            *["Article", "Not said", "Whole", ""],
        ],
        [
            *["rung-04", beta, "“causes headaches”#claim-beta-01", "6 Flat fact", *cause],
            *["Article", "Not said", "Whole", ""],
        ],
        ["rung-05", paper, "does not say it", "", *therapy, "Paper", "", "Abstract", doi],
        [
            *["rung-06", gamma, "“probably helps”#claim-gamma-02", "4 Probable", *therapy],
            *["Article", "People", "Damaged copy", ""],
        ],
    ]


def test_a_statement_is_followed_only_where_release_and_articles_say_it():
    found = strength.verdicts(strength.boldest(ladder(paper=[2], article=[4])))
    assert not found.loc["cause", "comparable"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ([1], [2], "Ay grows surer from the first mention to the last"),
        ([2], [1], "Ay grows less sure from the first mention to the last"),
        (
            [1, 3, 2],
            [2, 1, 2],
            "Ay grows surer from the first mention to the last; Bee grows less sure",
        ),
        ([2], [2], "no article changes its tone"),
    ],
)
def test_who_grows_surer_and_who_less(first, last, said):
    change = pd.DataFrame({"first": first, "last": last}, index=list("abc")[: len(first)])
    assert strength.turns(change, {"a": "Ay", "b": "Bee", "c": "Cee"}) == said


def test_of_several_statements_none_is_called_it():
    found = pd.DataFrame(
        {
            "comparable": True,
            "beyond_release": False,
            "beyond_paper": [True, False],
            "new_in_release": [False, True],
        },
        index=["p", "q"],
    )
    assert strength.boldest_step(found, {"p": "“Pea”", "q": "“Queue”"}, "an article") == (
        "The boldest wording does not begin with the articles. We followed two statements. "
        "No article is firmer on any of them than the press release. "
        "The release itself is firmer than the paper on “Pea”. "
        "It adds what we did not find in the paper: “Queue”."
    )


def test_the_release_is_cited_where_it_is_named(page):
    assert page("strength").values["followed"] == (
        "Each chart follows one statement from the paper through the press release "
        "{cite}`release-2019` to the articles."
    )


def test_the_opening_keeps_its_sentences_short():
    found = pd.DataFrame(
        {
            "comparable": [True, True],
            "beyond_release": [True, True],
            "beyond_paper": [True, False],
            "new_in_release": [False, True],
        },
        index=["a", "b"],
    )
    assert strength.boldest_step(found, {"a": "“A”", "b": "“B”"}, "Beta") == (
        "We followed two statements. Beta is firmer than the press release on two of them. "
        "They are “A” and “B”. The release itself is firmer than the paper on “A”. "
        "It adds what we did not find in the paper: “B”."
    )
