"""The page on what came after the articles."""

import pandas as pd
import pytest

from report import since
from tests.reading import marks, place_of


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2023", 2023, 2024, "year"),
        ("2023-01", 2023, 2023 + 31 / 365, "month"),
        ("2024-12-31", 2024 + 365 / 366, 2025, "day"),
    ],
)
def test_a_date_spans_what_it_may_mean(text, start, end, precision):
    row = since.known_dates(pd.Series([text])).iloc[0]
    assert row["start"] == pytest.approx(start)
    assert row["end"] == pytest.approx(end)
    assert row["middle"] == pytest.approx((start + end) / 2)
    assert row["precision"] == precision


def test_an_unknown_date_has_no_place():
    assert since.known_dates(pd.Series(["", "2020"]))["middle"].isna().tolist() == [True, False]


def test_only_a_date_wholly_after_is_later():
    dates = pd.Series(["2021", "2021-12-20", "2022", "2021-11", ""])
    assert since.later_than(dates, 2021.9).tolist() == [False, True, True, False, False]


def test_marks_that_would_overlap_have_lanes_of_their_own():
    middle = pd.Series([2023.5, 2023.0, 2023.1, 2023.1, 2023.2])
    group = pd.Series(["x", "x", "x", "y", "x"])
    assert since.lanes(middle, group, 0.3).tolist() == [0, 0, 1, 0, 2]


def test_the_page_tells_the_findings_with_what_they_do_not_show(page):
    values = page("since").values
    assert values["settled"] == "What bears on the question itself leaves it open."
    assert values["looked"].startswith("We looked on 2 January 2026 and 3 January 2026 for what")
    points = next(thing.data for thing in page("since").shown if hasattr(thing, "data"))
    assert points.replace("\\", "").splitlines() == [
        "- Two experts disagree. But: A debate measures nothing.",
        "- A larger trial is over without a result seen. But: It does not tell whether water helps.",
        "- Mice were jittery again. But: Mice are not people.",
    ]


def test_the_page_counts_by_what_a_finding_does(page):
    values = page("since").values
    assert values["tally"].startswith(
        "Of five findings in five works, one supports what an article says, one speaks against "
        "it, two leave it open, and one is context"
    )
    assert values["akin"].startswith("The one that supports shares authors or patients")
    assert values["older"].startswith("One is older than the first article")
    assert values["searched"] == "Of four searches one was in vain."
    assert values["parts"].startswith("Many works were read in part only")


def test_a_finding_on_the_question_itself_is_not_called_unsettling(page, made_folder):
    path = made_folder / "data" / "since.csv"
    text = path.read_text().replace("coffee-headache,open", "coffee-headache,supports")
    path.write_text(text)
    assert page("since").values["settled"] == "Some of it bears on the question directly."


def test_where_nothing_bears_on_the_question_nothing_is_called_open(page, made_folder):
    path = made_folder / "data" / "since.csv"
    text = path.read_text().replace("coffee-headache,open", "coffee-headache,context")
    path.write_text(text)
    assert page("since").values["settled"] == (
        "We found nothing that bears on the question itself."
    )


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_findings_stand_at_their_date_in_the_row_of_what_they_do(page, layout):
    chart = page("since").charts["chart-since"]
    assert chart.title == "Three of the four dated findings came out after the last article"
    assert "One finding without a date is left out" in chart.caption
    at = marks(chart, layout)
    assert set(at) == {"since-01", "since-02", "since-03", "since-05"}
    year = (lambda y: f"{y}") if layout == 0 else (lambda y: f"’{y % 100}")
    x = {y: place_of(chart, year(y), layout)[0] for y in (2023, 2024, 2025)}
    step = x[2025] - x[2024]
    assert at["since-02"][0] == pytest.approx(x[2024] + step / 2, abs=step / 4)
    assert at["since-03"][0] == pytest.approx(x[2025] + 0.45 * step, abs=step / 4)
    assert at["since-01"][0] == pytest.approx(x[2023] + 0.09 * step, abs=step / 4)
    assert at["since-02"][1] < at["since-01"][1] < at["since-03"][1] < at["since-05"][1]
    for key, row in {"since-02": "Supports", "since-05": "Context"}.items():
        assert abs(place_of(chart, row, layout)[1] - at[key][1]) < 25


def test_a_finding_stands_beside_what_it_does_not_show(page):
    tables = page("since").tables
    assert [t for t in tables if t != "table-searches"] == [
        "since-coffee",
        "since-mice",
        "since-treatment",
    ]
    row = tables["since-mice"].frame.iloc[0]
    assert str(row["Row"]) == "since-02"
    assert row["What was found"] == "Mice were jittery again."
    assert row["What it does not show"] == "Mice are not people."
    told = "For what the articles say"
    assert row[told] == "Supports: Mice given coffee became jittery."
    assert row["How many"] == "12 animals"
    assert row["Same people or team"] == "Same team: Mouse and others 2019"
    first = tables["since-treatment"].frame.iloc[0]
    assert first["How many"] == "30 ill, 20 compared"
    assert list(tables["since-treatment"].frame["Published"]) == ["2023-02-01", "no date seen"]


def test_every_search_is_shown_also_those_in_vain(page):
    table = page("since").tables["table-searches"].frame
    assert list(table["Findings"]) == [1, 2, 2, 0]
