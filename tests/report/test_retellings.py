"""The page on retellings: what survives of an experiment, and which steps are taken beyond it."""

import pandas as pd
import pytest

from report import retellings
from tests.reading import (
    alternative,
    append,
    hints,
    legend,
    looks,
    marks,
    place_of,
    row_names,
    rows_of,
    shapes,
    standing,
    texts,
)


def cells(*states):
    return pd.DataFrame(
        {"detail_id": "d", "source_id": list("abcde")[: len(states)], "state": states}
    )


DETAILS = pd.DataFrame({"detail_id": ["d"], "label": ["Dose"], "kind": ["setup"]})


@pytest.mark.parametrize(
    ("states", "told", "left_out", "unknown"),
    [
        (("kept", "changed", "dropped"), 2, 1, 0),
        (("dropped", "lost", "cannot_tell"), 0, 1, 2),
        (("kept", "kept", "lost"), 2, 0, 1),
    ],
)
def test_a_detail_is_told_where_it_is_kept_or_changed(states, told, left_out, unknown):
    found = retellings.survival(cells(*states), DETAILS).loc["d"]
    assert (found["told"], found["left_out"], found["unknown"]) == (told, left_out, unknown)
    assert found["label"] == "Dose"


@pytest.mark.parametrize(
    ("states", "reaching_nobody"),
    [
        (("dropped", "dropped"), True),
        (("dropped", "cannot_tell"), True),
        (("lost", "cannot_tell"), False),  # nothing can be said
        (("dropped", "changed"), False),
    ],
)
def test_a_detail_reaches_nobody_if_no_copy_tells_it_and_one_could(states, reaching_nobody):
    found = retellings.reaching_nobody(retellings.survival(cells(*states), DETAILS))
    assert (list(found.index) == ["d"]) == reaching_nobody


def test_what_the_page_says(page):
    values = page("retellings").values
    assert values["retold"] == (
        "Three articles retell the same experiment {cite}`mouse-2019`. "
        "In it, mice were given coffee."
    )
    assert values["passed_on"] == (
        "Articles tell what happened to the mice. "
        "They tell less often what would let a reader judge it."
    )
    assert values["missing"] == (
        "As far as the copies show, one detail that would help to judge it is told in none: "
        "sex of the mice."
    )
    assert values["damaged"] == "Where a copy is damaged (Gamma), we often cannot tell."
    assert values["caution"] == "What coffee does to mice is no headache."
    assert values["details"] == (
        "We looked for two details in each article. In all, two are told, one of these changed, "
        "and two are left out. For two we cannot tell."
    )
    assert values["readings"].startswith("once only")
    assert values["shaky"] == ""  # coded once


@pytest.mark.parametrize(("second", "weak"), [("not_made", True), ("made", False)])
def test_steps_on_which_two_readings_differ_carry_a_warning(made_folder, page, second, weak):
    codings = "unit,passage_id,field,coder,value,final,reason\n"
    for step, last in (("leap-alpha-01", "made"), ("leap-beta-01", second)):
        for coder, value in (("first", "made"), ("second", last)):
            codings += f"{step},passage-alpha-1-1,exists,{coder},yes,yes,\n"
            codings += f"{step},passage-alpha-1-1,state,{coder},{value},made,\n"
    (made_folder / "data" / "codings.csv").write_text(codings)
    warning = "Two readings agreed too little on this to lean on it." if weak else ""
    values = page("retellings").values
    assert values["shaky"] == warning
    assert values["readings"] == "twice"
    assert values["once"].startswith(
        "Alpha, Beta and Gamma were coded once only"
    )  # as sources.csv says


@pytest.mark.parametrize(
    ("states", "says"),
    [
        ({"told": 5, "left_out": 4}, "Articles tell where it acts. They tell less often what"),
        ({"told": 5, "left_out": 5}, "Of what happened, articles leave out as much as they tell"),
        ({"told": 1, "left_out": 9}, "Of what happened, articles leave out as much as they tell"),
    ],
)
def test_a_kind_mostly_left_out_is_not_said_to_be_told(states, says):
    kinds = pd.DataFrame(
        {"label": ["Where it acts", "How it was done"], "serves": ["telling", "judging"]},
        index=["mechanism", "setup"],
    )
    found = pd.DataFrame({"kind": ["mechanism", "setup"], "told": 1, "left_out": 9})
    found.loc[0, ["told", "left_out"]] = [states["told"], states["left_out"]]
    assert retellings.passed_on(found, kinds).startswith(says)


def test_where_the_sex_is_told_and_the_number_not_the_page_says_otherwise(made_folder, page):
    path = made_folder / "data" / "retellings.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    swap = {"detail-01": "detail-02", "detail-02": "detail-01"}
    rows.assign(detail_id=rows["detail_id"].map(swap)).to_csv(path, index=False)
    values = page("retellings").values
    assert values["passed_on"].endswith(
        " just as often, or more often, what would let a reader judge it."
    )
    assert values["missing"] == "Each detail that would help to judge it is told in some article."


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_each_detail_stands_in_its_row_under_its_article(page, layout):
    chart = page("retellings").charts["chart-retellings"]
    assert chart.title == "One of the two details is told in no article, as far as the copies show"
    assert chart.caption.startswith(
        "6 marks: 1 kept, 1 changed, 2 left out; for 2 the copies do not let us tell."
    )
    at = marks(chart, layout)
    x = {name: place_of(chart, name, layout)[0] for name in ("Alpha", "Beta", "Gamma")}
    assert set(at) == {"figure-alpha-02", "claim-beta-02"}
    assert at["figure-alpha-02"][0] == pytest.approx(x["Alpha"], abs=20)
    assert at["claim-beta-02"][0] == pytest.approx(x["Beta"], abs=20)
    row, other = (
        place_of(chart, f"{w} of {m}", layout)[1]
        for w, m in (("Number", "mice"), ("Sex", "the mice"))
    )
    assert abs(at["figure-alpha-02"][1] - row) < 25 < abs(at["figure-alpha-02"][1] - other)
    full = [b for b in shapes(chart, "accent", layout) if b[1] > 60]
    hollow = [b for b in shapes(chart, "paper", layout) if b[1] > 60]
    assert [round((b[0] + b[2]) / 2) for b in full] == [round(at["figure-alpha-02"][0])]
    assert [round((b[0] + b[2]) / 2) for b in hollow] == [round(at["claim-beta-02"][0])]
    unknown = [b for b in shapes(chart, "rule", layout) if b[1] > 60 and b[2] - b[0] < 20]
    assert len(unknown) == 2
    assert all(abs((b[0] + b[2]) / 2 - x["Gamma"]) < 20 for b in unknown)


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_bars_are_as_long_as_what_they_count(page, layout):
    chart = page("retellings").charts["chart-retellings-kinds"]
    assert chart.title == (
        "What happened and what follows is told 2 of 2 times; "
        "what would let a reader judge it, 0 of 2"
    )
    assert "What would let a reader judge: who, what and how much." in chart.caption
    assert {"told", "left out", "cannot tell"} <= {words for words, *_ in texts(chart, layout)}
    row = place_of(chart, "What happened to the mice", layout)[1]
    told = [b for b in shapes(chart, "shade5", layout) if b[2] - b[0] > 40]
    assert len(told) == 1 and abs((told[0][1] + told[0][3]) / 2 - row) < 30
    left = [b for b in shapes(chart, "shade1", layout) if b[2] - b[0] > 40]
    assert len(left) == 1 and left[0][3] < told[0][1]  # who, what and how much: the row above
    assert left[0][2] - left[0][0] == pytest.approx(told[0][2] - told[0][0], rel=0.02)
    unknown = [b for b in shapes(chart, "paper", layout) if b[2] - b[0] > 40]
    ends = sorted([told[0][2], left[0][2]])
    assert sorted(b[0] for b in unknown) == [pytest.approx(end, abs=1) for end in ends]


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_a_step_stands_under_its_article_with_its_word(page, layout):
    chart = page("retellings").charts["chart-leaps"]
    assert chart.title == (
        "In two of the three articles a result in animals is told as one in people, "
        "in one of them under a hedge"
    )
    assert chart.caption.startswith("Three steps beyond the studies, one of them without a hedge.")
    at = marks(chart, layout)
    x = {name: place_of(chart, name, layout)[0] for name in ("Alpha", "Beta", "Gamma")}
    assert "leap-beta-02" not in at  # nothing to step from
    for key, name in (("alpha-01", "Alpha"), ("beta-01", "Beta"), ("gamma-01", "Gamma")):
        assert at[f"leap-{key}"][0] == pytest.approx(x[name], abs=20)
    assert at["leap-alpha-01"][1] == at["leap-beta-01"][1] == at["leap-gamma-01"][1]
    assert at["leap-alpha-02"][1] > at["leap-alpha-01"][1]
    words = {}
    for word, left, top in texts(chart, layout):
        near = [k for k, (a, b) in at.items() if abs(a - left) < 45 and abs(b - top) < 12]
        words |= dict.fromkeys(near, word)
    assert words == {
        "leap-alpha-01": "hedged",
        "leap-alpha-02": "not taken",
        "leap-beta-01": "taken",
        "leap-gamma-01": "cannot tell",
        "leap-gamma-02": "hedged",
    }
    dark = [((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in shapes(chart, "shade5", layout)]
    assert dark == [pytest.approx(at["leap-beta-01"], abs=1)]
    assert len(shapes(chart, "shade2", layout)) == 2


def test_the_tables(page):
    tables = page("retellings").tables
    told = tables["table-retellings"].frame.astype(str)
    assert list(told.loc["detail-01"]) == [
        "Number of mice",
        "Eight mice.",
        "Kept",
        "Changed. The number became many.",
        "Lost in the copy",
    ]
    assert tables["table-retellings"].frame.loc["detail-01", "Beta"].target == "claim-beta-02"
    steps = tables["table-leaps"].frame.astype(str).set_index("Step")
    assert list(steps.loc["leap-beta-01", ["Article", "From what to what", "Taken?"]]) == [
        "Beta",
        "Species",
        "taken",
    ]
    assert steps.loc["leap-beta-02", "Taken?"] == "does not apply"
    assert steps.loc["leap-gamma-02", "In its words"] == "“probably helps”"


def test_bars_and_marks_have_the_look_that_the_legend_gives(page):
    found = page("retellings").charts
    kinds = found["chart-retellings-kinds"]
    assert row_names(kinds) == ["Who, what and how much", "What happened to the mice"]
    bars = legend(kinds, "told", "left out", "cannot tell")
    assert [fill for fill, _ in bars.values()] == ["shade5", "shade1", "paper"]
    assert alternative(kinds) == [
        "Who, what and how much: 0 told, 2 left out, 1 cannot tell",
        "What happened to the mice: 2 told, 0 left out, 1 cannot tell",
    ]
    assert place_of(kinds, "details, counted once for each article")

    chart = found["chart-retellings"]
    assert row_names(chart) == [
        "What happened to the mice",
        "Number of mice",
        "Who, what and how much",
        "Sex of the mice",
    ]
    assert legend(chart, "kept", "changed", "left out", "cannot tell") == {
        "kept": ("accent", ""),
        "changed": ("paper", "accent"),
        "left out": ("quiet", "quiet"),
        "cannot tell": ("rule", ""),
    }
    assert looks(chart) == {
        "figure-alpha-02": ("accent", ""),
        "claim-beta-02": ("paper", "accent"),
    }
    assert hints(chart) == {
        "figure-alpha-02": "Number of mice: “8 mice” (kept)",
        "claim-beta-02": "Number of mice: “found jittery mice” (changed)",
    }
    sex = place_of(chart, "Sex of the mice")[1]
    for colour, xs in (("quiet", ["Alpha", "Beta"]), ("rule", ["Gamma"])):
        in_row = [b for b in shapes(chart, colour) if abs((b[1] + b[3]) / 2 - sex) < 10]
        middles = [(b[0] + b[2]) / 2 for b in in_row]
        assert middles == pytest.approx([place_of(chart, x)[0] for x in xs], abs=2), colour
    assert alternative(chart) == [
        "Number of mice, Alpha: kept",
        "Sex of the mice, Alpha: left out",
        "Number of mice, Beta: changed",
        "Sex of the mice, Beta: left out",
        "Number of mice, Gamma: cannot tell",
        "Sex of the mice, Gamma: cannot tell",
    ]


def test_steps_are_the_darker_the_further_they_go_and_lead_to_their_words(page):
    chart = page("retellings").charts["chart-leaps"]
    species, therapy = "A result in animals is told as", "From an experiment in animals"
    assert standing(chart, [species, therapy], ["Alpha", "Beta", "Gamma"]) == {
        "leap-alpha-01": (species, "Alpha"),
        "leap-alpha-02": (therapy, "Alpha"),
        "leap-beta-01": (species, "Beta"),
        "leap-gamma-01": (species, "Gamma"),
        "leap-gamma-02": (therapy, "Gamma"),
    }
    assert looks(chart) == {
        "leap-alpha-01": ("shade2", ""),
        "leap-alpha-02": ("", "rule"),
        "leap-beta-01": ("shade5", ""),
        "leap-gamma-01": ("", "quiet"),
        "leap-gamma-02": ("shade2", ""),
    }
    assert hints(chart) == {
        "leap-alpha-01": "“may cause” (hedged)",
        "leap-alpha-02": "not taken",
        "leap-beta-01": "“causes headaches” (taken)",
        "leap-gamma-01": "cannot tell",
        "leap-gamma-02": "“probably helps” (hedged)",
    }
    assert alternative(chart) == [
        "Species, Alpha: hedged",
        "Therapy, Alpha: not taken",
        "Species, Beta: taken",
        "Therapy, Beta: does not apply",
        "Species, Gamma: cannot tell",
        "Therapy, Gamma: hedged",
    ]


def test_every_row_of_the_tables_is_told_of_its_own_article(page, made_folder):
    path = made_folder / "data" / "study_facts.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("They were male.,sex,,,V", "They were male.,sex,,,S"), "utf-8")
    tables = page("retellings").tables
    assert list(tables["table-retellings"].frame) == [
        *["Detail", "The paper", "Alpha", "Beta", "Gamma"]
    ]
    assert rows_of(tables["table-retellings"]) == [
        [
            "Number of mice",
            "Eight mice.",
            "Kept#figure-alpha-02",
            "Changed. The number became many.#claim-beta-02",
            "Lost in the copy",
        ],
        ["Sex of the mice", "Male mice. (second-hand)", "Dropped", "Dropped", "Cannot tell"],
    ]
    columns = ["Row", "Detail", "What became of it", "In its words", "Article", "Note"]
    assert list(tables["table-details"].frame) == columns
    number, sex = "Number of mice", "Sex of the mice"
    alpha, beta, gamma = (f"{name}#article-{name.lower()}" for name in ("Alpha", "Beta", "Gamma"))
    changed = "The number became many."
    assert rows_of(tables["table-details"]) == [
        ["retelling-alpha-01", number, "Kept", "“8 mice”#figure-alpha-02", alpha, ""],
        ["retelling-alpha-02", sex, "Dropped", "", alpha, ""],
        [
            *["retelling-beta-01", number, "Changed", "“found jittery mice”#claim-beta-02"],
            *[beta, changed],
        ],
        ["retelling-beta-02", sex, "Dropped", "", beta, ""],
        ["retelling-gamma-01", number, "Lost in the copy", "", gamma, ""],
        ["retelling-gamma-02", sex, "Cannot tell", "", gamma, ""],
    ]
    columns = ["Step", "Article", "From what to what", "Taken?", "In its words", "Note"]
    assert list(tables["table-leaps"].frame) == columns
    assert rows_of(tables["table-leaps"]) == [
        ["leap-alpha-01", alpha, "Species", "hedged", "“may cause”#claim-alpha-01", ""],
        ["leap-alpha-02", alpha, "Therapy", "not taken", "", ""],
        ["leap-beta-01", beta, "Species", "taken", "“causes headaches”#claim-beta-01", ""],
        ["leap-beta-02", beta, "Therapy", "does not apply", "", ""],
        ["leap-gamma-01", gamma, "Species", "cannot tell", "", ""],
        ["leap-gamma-02", gamma, "Therapy", "hedged", "“probably helps”#claim-gamma-02", ""],
    ]
    for name, lead in (("table-details", 4), ("table-leaps", 4)):
        assert tables[name].classes == ("anchored", "home", "wide")
        assert tables[name].lead == lead


def test_a_note_on_a_step_stands_beside_it(page, made_folder):
    path = made_folder / "data" / "leaps.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("may cause,\n", "may cause,Its title.\n"), encoding="utf-8")
    assert rows_of(page("retellings").tables["table-leaps"], "Step", "Note")[:2] == [
        ["leap-alpha-01", "Its title."],
        ["leap-alpha-02", ""],
    ]


@pytest.fixture
def many_retell(made_folder):
    """The made package with five more articles that tell the first detail as Alpha does."""
    for table, key in (("sources", "source_id"), ("retellings", "source_id")):
        path = made_folder / "data" / f"{table}.csv"
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        model = rows[rows[key] == "alpha"]
        more = [model.assign(**{key: f"more{n}"}) for n in range(5)]
        for n, of in enumerate(more):
            if "label" in of:
                of["label"] = f"More {n}"
            else:
                of["retelling_id"] = [f"retelling-more{n}-{k}" for k in range(len(of))]
        pd.concat([rows, *more]).to_csv(path, index=False)


def test_of_many_articles_the_table_lists_who_keeps_or_leaves_out_a_detail(many_retell, page):
    shown = page("retellings")
    rows = {
        row.pop("Detail"): row for row in shown.tables["table-retellings"].frame.to_dict("records")
    }
    assert set(rows) == {"Number of mice", "Sex of the mice"}
    more = [f"More {n}" for n in range(5)]

    def told(detail):
        return {
            state: [str(who) for who in whose] if isinstance(whose, list) else whose
            for state, whose in rows[detail].items()
        }

    number = {
        "Kept": ["Alpha", *more],
        "Changed": ["Beta"],
        "Dropped": "none",
        "Lost in the copy": ["Gamma"],
        "Cannot tell": "none",
    }
    assert {state: told("Number of mice")[state] for state in number} == number
    assert told("Number of mice")["The paper"] == "Eight mice."
    kept = rows["Number of mice"]["Kept"]
    assert {link.target for link in kept} == {"figure-alpha-02"}
    sex = told("Sex of the mice")
    assert sex["Dropped"] == ["Alpha", "Beta", *more[:4], "and 1 more"]
    assert (sex["Kept"], sex["Cannot tell"]) == ("none", ["Gamma"])
    chart = shown.charts["chart-retellings"]
    assert "Eight articles are too many to name" in chart.caption
    assert alternative(chart) == [
        "Number of mice, six articles: kept",
        "Number of mice, one article: changed",
        "Number of mice, one article: cannot tell",
        "Sex of the mice, seven articles: left out",
        "Sex of the mice, one article: cannot tell",
    ]
    fills = legend(chart, "kept", "changed", "left out", "cannot tell")
    assert [fill for fill, _ in fills.values()] == ["shade5", "shade2", "", ""]


def test_of_details_of_one_kind_the_most_told_stands_first(made_folder, page):
    append(
        made_folder,
        "details",
        detail_id="detail-00",
        study_id="mouse-2019",
        position=3,
        kind="setup",
        label="Dose",
        paper="One cup.",
        fact_id="fact-mouse-2019-01",
    )
    append(
        made_folder,
        "retellings",
        retelling_id="retelling-beta-03",
        detail_id="detail-00",
        source_id="beta",
        state="kept",
        passage_id="passage-beta-2-1",
        row="claim-beta-02",
        cue="found jittery mice",
    )
    names = row_names(page("retellings").charts["chart-retellings"])
    assert names[-3:] == ["Who, what and how much", "Dose", "Sex of the mice"]


def test_as_often_is_not_less_often():
    kinds = pd.DataFrame(
        {"label": ["What happened", "How it was done"], "serves": ["telling", "judging"]},
        index=["effect", "setup"],
    )
    found = pd.DataFrame({"kind": ["effect", "setup"], "told": [3, 3], "left_out": [1, 1]})
    assert retellings.passed_on(found, kinds) == (
        "Articles tell what happened. "
        "They tell just as often, or more often, what would let a reader judge it."
    )


@pytest.mark.parametrize(
    ("states", "title"),
    [
        (["made", "made", "not_made"], "In two of the three articles mice are told as people"),
        (
            ["made_with_hedge", "not_made", "cannot_tell"],
            "In one of the three articles mice are told as people, under a hedge",
        ),
        (["not_made"] * 3, "We saw no article step beyond the study"),
    ],
)
def test_the_title_of_the_steps_names_the_one_that_most_articles_take(states, title):
    first = pd.DataFrame({"kind": "species", "source_id": list("abc"), "state": states})
    second = first.assign(kind="therapy", state="not_made")
    definitions = pd.Series(
        {"therapy": "Mice lead to pills.", "species": "Mice are told as people."}
    )
    found = retellings.steps_title(pd.concat([second, first]), definitions)
    assert found == title


def test_what_is_told_and_what_cannot_be_told_are_counted_apart():
    states = {"kept": 3, "changed": 2, "dropped": 4, "lost": 1, "cannot_tell": 5}
    assert retellings.tally(6, states) == (
        "We looked for six details in each article. In all, five are told, two of these changed, "
        "and four are left out. For six we cannot tell."
    )
