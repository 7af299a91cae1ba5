"""Charts and tables that put sources side by side, on small made data."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from evidence import charts
from evidence.comparisons import conflict, prevalence, retellings, strength, studies
from evidence.overlaps import shared_runs
from evidence.pages import course_sentence, fact_value, told_by


def texts(chart):
    soup = BeautifulSoup(chart.svg, "html.parser")
    return [text.get_text() for text in soup.find_all("text")]


def test_dumbbells_write_every_row_and_mark():
    marks = [(1, "title", "circle", True), (4, "body", "diamond", False)]
    rows = [("First", marks), ("Second", [])]
    chart = charts.dumbbells(rows, "Caption", "Alt", "made", "Axis", {1: "1", 4: "4"})
    assert {"First", "Second", "title", "body", "no claim", "Axis", "1", "4"} <= set(texts(chart))


def test_log_dots_write_labels_and_numbers():
    rows = pd.DataFrame(
        {
            "label": ["Few", "Many"],
            "value": [7, 900],
            "text": ["7", "900"],
            "shape": ["circle", "square"],
        }
    )
    chart = charts.log_dots(rows, "Caption", "Alt", "made", "People")
    assert {"Few", "Many", "7", "900", "People"} <= set(texts(chart))


def test_an_interval_may_have_an_estimate():
    rows = pd.DataFrame(
        {
            "label": ["a"],
            "low": [1.0],
            "high": [3.0],
            "text": ["2 %"],
            "group": ["In surveys"],
            "point": [2],
        }
    )
    assert {"2 %", "In surveys"} <= set(
        texts(charts.intervals(rows, "Caption", "Alt", "made", "percent"))
    )


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


@pytest.mark.parametrize(
    ("stances", "denied"),
    [
        (["reports", "disputes"], True),
        (["both ways", "hedges"], True),
        (["both ways", "disputes"], True),
        (["both ways", "silent"], False),
        (["asserts", "leaves open"], False),
        (["asserts", "hedges", "silent", "cannot tell"], False),
    ],
)
def test_one_source_denies_what_another_affirms(stances, denied):
    assert conflict._denied(pd.Series(stances)) == denied


def test_what_is_left_open_in_a_place_is_found_under_the_stance(data):
    """A stance tells of the firmest words; an open claim of the same article is not lost."""
    undecided = conflict.left_open(data)
    claims = data["claims"]
    for proposition in undecided:
        of = claims[claims["proposition_id"] == proposition]
        assert {"open", "supports"} <= set(of["polarity"])


def test_a_ladder_tells_each_kind_of_text_and_who_is_not_on_it(data):
    rungs = data["ladder"].groupby("statement")
    for statement, of in rungs:
        caption = strength.ladder_chart(data, statement, "made").caption
        absent = set(data["sources"]["source_id"]) - set(of["source_id"])
        labels = data["sources"].set_index("source_id")["label"]
        assert all(labels[source] in caption for source in absent)


def test_labels_of_marks_do_not_touch():
    placed = charts._below([(0, "title and caption"), (50, "title and caption"), (90, "body")], 50)
    for x, end, lines in placed:
        for other, last, others in placed:
            if x < other and last - len(others) < end and end - len(lines) < last:
                assert (
                    x + max(map(charts._wide, lines)) / 2
                    < other - max(map(charts._wide, others)) / 2
                )


def test_what_is_drawn_is_within_reach_of_the_style_sheet(data):
    """A style sheet reaches shapes, not what is used by reference."""
    for draw in (prevalence.prevalence_chart, studies.sizes_chart):
        assert "<use" not in draw(data, "made").svg


def test_states_of_every_kind_have_a_symbol(data):
    for table in ("retellings", "leaps", "omissions"):
        assert set(data.levels(table, "state").index) <= set(retellings.STATES)


def test_every_chart_names_its_finding_and_every_source_it_shows(data):
    for draw in (conflict.stances_chart, strength.bands_chart, retellings.omissions_chart):
        chart = draw(data, "made")
        assert chart.caption in chart.alt
        for label in data["sources"]["label"]:
            assert label in chart.alt and label in texts(chart)


def test_sizes_are_those_of_cited_studies(data):
    table = studies.sizes(data)
    assert set(table["study_id"]) <= set(data["citations"]["study_id"])
    assert table["value"].is_monotonic_decreasing
