"""Charts and tables that put sources side by side, on small made data."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from evidence import charts, comparisons
from evidence.overlaps import shared_runs
from evidence.pages import course_sentence, fact_value, told_by


def texts(chart):
    soup = BeautifulSoup(chart.svg, "html.parser")
    return [text.get_text() for text in soup.find_all("text")]


def test_dumbbells_write_every_row_and_mark():
    rows = {"First": [(1, "title", True), (4, "body", False)], "Second": []}
    chart = charts.dumbbells(rows, "Caption", "Alt", "made", "Axis", {1: "1", 4: "4"})
    assert {"First", "Second", "title", "body", "no claim", "Axis", "1", "4"} <= set(texts(chart))


def test_log_dots_write_labels_and_numbers():
    rows = pd.DataFrame(
        {"label": ["Few", "Many"], "value": [7, 900], "text": ["7", "900"], "filled": [True, False]}
    )
    chart = charts.log_dots(rows, "Caption", "Alt", "made", "People")
    assert {"Few", "Many", "7", "900", "People"} <= set(texts(chart))


def test_layers_write_their_nodes_and_draw_a_line_a_link():
    columns = {"Left": {"a": "A", "b": "B"}, "Right": {"c": "C"}}
    none = charts.layers(columns, [], "Caption", "Alt", "made")
    two = charts.layers(columns, [("a", "c", True), ("b", "c", False)], "Caption", "Alt", "made")
    assert {"Left", "Right", "A", "B", "C"} <= set(texts(two))
    drawn = [chart.svg.count("<path") for chart in (none, two)]
    assert drawn[1] > drawn[0] and "stroke-dasharray" in two.svg


def test_an_interval_may_have_an_estimate():
    rows = pd.DataFrame(
        {
            "label": ["a"],
            "low": [1.0],
            "high": [3.0],
            "text": ["2 %"],
            "filled": [False],
            "point": [2],
        }
    )
    assert "2 %" in texts(charts.intervals(rows, "Caption", "Alt", "made", "percent"))


@pytest.mark.parametrize(
    ("first", "second", "runs"),
    [
        ("a b c d e f g h i", "x a b c d e f g h y", [8]),
        ("A, b. C d e f g h", "a b c d e f g h", [8]),
        ("a b c d e f g", "a b c d e f g", []),
        ("", "a b c", []),
    ],
)
def test_shared_runs_of_words_are_counted(first, second, runs):
    assert shared_runs(first, second) == runs


def test_runs_are_found_in_another_order():
    one = "one two three four five six seven eight"
    two = "eins zwei drei vier funf sechs sieben acht"
    assert shared_runs(f"{one} and {two}", f"{two} und {one}") == [8, 8]


class Made(dict):
    """A stand-in for a data package."""

    question = "q"


def made_claims(*certainties):
    claims = pd.DataFrame({"certainty": certainties})
    claims["proposition_id"], claims["source_id"] = "q", "a"
    sources = pd.DataFrame({"source_id": ["a"], "label": ["A"]})
    return Made(claims=claims, sources=sources)


@pytest.mark.parametrize(
    ("levels", "rises", "falls"), [((2, 1, 5), "A", "none"), ((3, 5, 1), "none", "A")]
)
def test_the_course_of_an_article_is_from_first_to_last(levels, rises, falls):
    sentence = course_sentence(made_claims(*levels))
    assert f"to the last in {rises} and falls in {falls}." in sentence


def test_who_tells_of_a_study():
    data = made_claims(1)
    data["citations"] = pd.DataFrame({"study_id": ["s"], "source_id": ["a"]})
    assert told_by(data, "s") == "A tell of it."
    assert told_by(data, "other") == "As far as the copies show, no article tells of it."


def test_a_lost_fact_is_an_error_not_an_empty_number(data):
    with pytest.raises(KeyError):
        fact_value(data, "no-such-study", "n_patients")


def test_a_conflict_is_one_that_affirms_and_one_that_does_not():
    assert comparisons._conflict(pd.Series(["asserts", "leaves open"]))
    assert comparisons._conflict(pd.Series(["reports", "disputes"]))
    assert not comparisons._conflict(pd.Series(["asserts", "hedges", "silent", "cannot tell"]))


def test_states_of_every_kind_have_a_symbol(data):
    for table in ("retellings", "leaps", "omissions"):
        assert set(data.levels(table, "state").index) <= set(comparisons.STATES)


def test_every_chart_names_its_finding_and_every_source_it_shows(data):
    for draw in (comparisons.stances_chart, comparisons.bands_chart, comparisons.omissions_chart):
        chart = draw(data, "made")
        assert chart.caption in chart.alt
        for label in data["sources"]["label"]:
            assert label in chart.alt and label in texts(chart)


def test_sizes_are_those_of_cited_studies(data):
    table = comparisons.sizes(data)
    assert set(table["study_id"]) <= set(data["citations"]["study_id"])
    assert table["value"].is_monotonic_decreasing
