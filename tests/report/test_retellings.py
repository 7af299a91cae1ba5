"""The page on retellings: what survives of an experiment, and which steps are taken beyond it."""

import pandas as pd
import pytest

from report import retellings
from tests.reading import marks, place_of, shapes, texts


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
        "In it, mice were given [coffee](#term-coffee)."
    )
    assert values["passed_on"] == (
        "Articles tell what happened to the mice. "
        "They tell less often what would let a reader judge it."
    )
    assert values["missing"] == (
        "As far as the copies show, this reaches nobody, though it would help to judge: "
        "sex of the mice."
    )
    assert values["damaged"] == "Where a copy is damaged (Gamma), we often cannot tell."
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
    assert values["missing"] == "Each fact that would let a reader judge it reaches somebody."


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_each_detail_stands_in_its_row_under_its_article(page, layout):
    chart = page("retellings").charts["chart-retellings"]
    assert chart.title == "One of the two details reaches no reader, as far as the copies show"
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
        "Eight mice. (verified)",
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
