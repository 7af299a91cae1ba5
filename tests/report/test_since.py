"""The page on what came after the articles."""

import pandas as pd
import pytest

from report import since
from tests.reading import (
    alternative,
    hints,
    legend,
    lines,
    looks,
    marks,
    place_of,
    row_names,
    rows_of,
    standing,
)


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
    assert values["settled"] == "What we found on the question itself leaves it open."
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
    assert page("since").values["settled"] == "Some of what we found bears on it directly."


def test_where_nothing_bears_on_the_question_nothing_is_called_open(page, made_folder):
    path = made_folder / "data" / "since.csv"
    text = path.read_text().replace("coffee-headache,open", "coffee-headache,context")
    path.write_text(text)
    assert page("since").values["settled"] == ("We found nothing on the question itself.")


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


def test_a_finding_has_the_look_of_how_well_its_date_is_known(page):
    chart = page("since").charts["chart-since"]
    rows = ["The articles", "Supports", "Speaks against", "Leaves it open", "Context"]
    assert row_names(chart) == rows
    assert {key: row for key, (row, _) in standing(chart, rows, ["2020"]).items()} == {
        "since-01": "Speaks against",
        "since-02": "Supports",
        "since-03": "Leaves it open",
        "since-05": "Context",
    }
    full, hollow = ("ink", "ink"), ("paper", "ink")
    assert looks(chart) == {
        "since-01": full,
        "since-02": hollow,  # known to the year only
        "since-03": full,
        "since-05": full,
    }
    assert legend(chart, "Alpha", "Beta", "Gamma") == {
        "Alpha": ("paper", "c1"),
        "Beta": ("c2", "c2"),
        "Gamma": ("paper", "c3"),
    }
    x = {year: place_of(chart, f"{year}")[0] for year in (2020, 2021, 2022)}
    step = x[2021] - x[2020]
    for colour, place in (("c1", 2020.5), ("c3", 2022.5)):  # a year is drawn as a line, its middle
        [line] = [box for box in lines(chart, colour) if box[2] - box[0] > 20]
        assert (line[0] + line[2]) / 2 == pytest.approx(x[2020] + step * (place - 2020), abs=1)
        assert line[2] - line[0] == pytest.approx(step, abs=1)
        assert abs(line[1] - place_of(chart, "The articles")[1]) < 8
    assert hints(chart) == {
        "since-01": "Water did no better than nothing.",
        "since-02": "Mice were jittery again.",
        "since-03": "Two experts disagree.",
        "since-05": "Tea was asked about.",
    }
    assert alternative(chart) == [
        "The articles, 2020: Alpha",
        "The articles, 2021-05-01: Beta",
        "The articles, 2022: Gamma",
        "Speaks against, 2023-02-01: Water did no better than nothing.",
        "Supports, 2024: Mice were jittery again.",
        "Leaves it open, 2025-06: Two experts disagree.",
        "Context, 2019-12-31: Tea was asked about.",
    ]


def test_a_finding_of_the_last_article_s_year_is_not_told_to_be_later(page, made_folder):
    path = made_folder / "data" / "since.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("mouse-2024,2024,", "mouse-2024,2022,"), encoding="utf-8")
    shown = page("since")
    title = shown.charts["chart-since"].title
    assert title == "Two of the four dated findings came out after the last article"
    path.write_text(text.replace("2019-12-31", "2020"), encoding="utf-8")
    assert page("since").values["older"] == ""  # the first article is of that year too


def test_every_finding_is_shown_with_its_own_cells(page):
    tables = page("since").tables
    assert list(tables["since-mice"].frame) == [
        *["Row", "What was found", "What it does not show", "Work", "For what the articles say"],
        *["Published", "Studied", "Design", "How many", "Same people or team", "Read", "Note"],
    ]
    coffee, water = "Coffee causes headaches.", "Water helps against headaches."
    doi, seen = "https://doi.org/10.1000", "None seen"
    names = ("since-coffee", "since-mice", "since-treatment")
    assert [row for name in names for row in rows_of(tables[name])] == [
        [
            *["since-03", "Two experts disagree.", "A debate measures nothing."],
            *[f"Debate 2025#{doi}/debate", f"Leaves it open: {coffee}", "2025-06", "Headache"],
            *["Debate", "not told", seen, "Verified, abstract: doi:10.1000/debate", ""],
        ],
        [
            *["since-05", "Tea was asked about.", "It says nothing about coffee."],
            *[f"Survey 2010#{doi}/survey", f"Context: {coffee}", "2019-12-31", "Other pain"],
            *["Survey", "1000 ill", "Same work", "Secondary, excerpt: an account", "Older."],
        ],
        [
            *["since-02", "Mice were jittery again.", "Mice are not people."],
            *[f"Mouse again 2024#{doi}/again", "Supports: Mice given coffee became jittery."],
            *["2024", "Headache", "Passive transfer", "12 animals"],
            *["Same team: Mouse and others 2019", "Verified, abstract: doi:10.1000/again", ""],
        ],
        [
            *["since-01", "Water did no better than nothing.", "It was a small trial."],
            *[f"Trial 2023#{doi}/trial", f"Speaks against: {water}", "2023-02-01", "Headache"],
            *["Trial", "30 ill, 20 compared", seen, "Verified, abstract: doi:10.1000/trial", ""],
        ],
        [
            *["since-04", "A larger trial is over without a result seen."],
            *["It does not tell whether water helps.", "Record 2024", f"Leaves it open: {water}"],
            *["no date seen", "Headache", "Trial", "300 ill", seen, "Verified, record: record", ""],
        ],
    ]
    public, talk = "Stored public pages and abstracts", "Stored discussion threads"
    assert list(tables["table-searches"].frame) == [
        *["Search", "What was asked", "Findings", "Where", "Note"]
    ]
    assert rows_of(tables["table-searches"]) == [
        ["search-01", "water headache trial", "1", public, ""],
        ["search-02", "coffee mice", "2", public, ""],
        ["search-03", "coffee record", "2", talk, ""],
        ["search-04", "coffee in vain", "0", talk, "Nothing."],
    ]


def findings(*directions, overlap="none_seen"):
    return pd.DataFrame(
        {
            "study_id": [f"s{n}" for n in range(len(directions))],
            "direction": directions,
            "overlap": overlap,
        }
    )


def test_findings_are_counted_by_what_they_do():
    rows = findings(*["supports"] * 4, *["speaks_against"] * 3, *["open"] * 2)
    assert since.tally(rows) == (
        "Of nine findings in nine works, four support what an article says, three speak against "
        "it, two leave it open, and none is context, such as work on something near."
    )


@pytest.mark.parametrize(
    ("overlap", "said"),
    [
        ("none_seen", ""),
        (
            ["same_team", "none_seen", "same_team"],
            "One of the two that support shares authors or patients with an earlier study, "
            "so it is no fresh witness.",
        ),
        (
            ["partly", "same_team", "none_seen"],
            "Two of the two that support share authors or patients with an earlier study, "
            "so they are no fresh witnesses.",
        ),
    ],
)
def test_who_shares_people_with_an_earlier_study_is_no_fresh_witness(overlap, said):
    rows = findings("supports", "supports", "open", overlap=overlap)
    assert since.akin(rows) == said


@pytest.mark.parametrize(
    ("directions", "said"),
    [
        (["supports", "open"], "Some of what we found bears on it directly."),
        (["speaks_against"], "Some of what we found bears on it directly."),
        (["open", "context"], "What we found on the question itself leaves it open."),
        (["context"], "We found nothing on the question itself."),
    ],
)
def test_what_supports_or_speaks_against_it_bears_on_the_question(directions, said):
    rows = pd.DataFrame({"bears_on": "q", "direction": directions})
    other = pd.DataFrame({"bears_on": ["other"], "direction": ["supports"]})
    assert since.on_the_question(pd.concat([rows, other]), "q") == said
