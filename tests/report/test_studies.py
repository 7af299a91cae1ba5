"""The page on the studies: how many took part, and who refers to them."""

import math

import pytest

from tests.reading import append, lines, marks, place_of


@pytest.fixture
def cited_trial(made_folder):
    """A trial that a reference list names, with 30 patients and 20 others."""
    append(
        made_folder,
        "citations",
        citation_id="citation-gamma-03",
        source_id="gamma",
        passage_id="passage-gamma-4-1",
        study_id="trial-2023",
        how="reference_entry",
        match="stated",
        cue="Trial",
    )


def test_the_page_tells_largest_smallest_and_how_many_are_small(page, cited_trial):
    values = page("studies").values
    assert values["how_small"] == (
        "The studies that the articles refer to are of many sizes. Of the two studies whose size "
        "we know, one has fewer than a hundred patients; the largest has 1000 patients "
        "(Survey 2010), the smallest 30 (Trial 2023)."
    )


def test_the_study_that_the_articles_rest_on_is_told_by_its_own_kind_of_size(page):
    assert page("studies").values["main"] == (
        "The study that the articles rest on most is Mouse and others 2019. "
        "Eight mice were given coffee."
    )


def test_of_donors_those_tested_alone_and_all_are_told(page, made_folder):
    path = made_folder / "data" / "studies.csv"
    path.write_text(
        path.read_text().replace("fact-mouse-2019-01,,abstract", "fact-single,fact-alone,abstract")
    )
    for fact_id, measure, value in (
        ("fact-single", "n_patients_single", 5),
        ("fact-alone", "n_controls_single", 4),
        ("fact-all", "n_patients", 44),
    ):
        append(
            made_folder,
            "study_facts",
            fact_id=fact_id,
            study_id="mouse-2019",
            statement=f"{value} people gave blood.",
            measure=measure,
            value=value,
            unit="people",
            status="V",
            verified_in="doi",
        )
    assert (
        page("studies")
        .values["main"]
        .endswith(" 5 people gave blood. 4 people gave blood. 44 people gave blood.")
    )


def test_the_page_counts_works_by_kind_and_by_how_they_are_named(page, cited_trial):
    values = page("studies").values
    assert values["works"] == (
        "The articles refer to four works; three are published studies. Of these one was done in "
        "animals alone, and one is named in a list of references only, where we cannot see what "
        "an article took from it."
    )
    assert values["trials"] == (
        "Among them is one trial of a treatment, named in a list of references only."
    )
    assert values["inferred"] == (
        "For two of the six pairs of article and work the match is inferred; "
        "for the others it is stated."
    )
    assert values["bare"] == "Alpha and Beta have no list of references."
    assert values["facts"].startswith("Five facts on these works, ")
    assert "one was read in somebody else" in values["facts"]


def test_references_that_a_damaged_copy_lost_are_counted(page, made_folder):
    place = {"source_id": "gamma", "passage_id": "passage-gamma-4-1"}
    append(made_folder, "losses", loss_id="loss-gamma-02", kind="references_missing", **place)
    append(
        made_folder,
        "figures",
        figure_id="figure-gamma-02",
        as_stated="5 sources",
        kind="count",
        low=5,
        high=5,
        unit="things",
        comparator="exactly",
        **place,
    )
    assert page("studies").values["gaps"] == ("Gamma announces 5 sources, and our copy has 2.")


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_dots_stand_at_their_number_on_a_scale_that_multiplies(page, cited_trial, layout):
    chart = page("studies").charts["chart-sizes"]
    assert chart.title == "One of the two studies had fewer than a hundred patients"
    assert "Three studies (one in animals). " in chart.caption
    at = marks(chart, layout)
    x = {n: place_of(chart, f"{n}", layout)[0] for n in (10, 100, 1000)}
    decade = x[100] - x[10]
    assert x[1000] - x[100] == pytest.approx(decade, abs=1)
    for key, number in {
        "fact-survey-2010-01": 1000,
        "fact-trial-2023-01": 30,
        "fact-trial-2023-02": 20,
        "fact-mouse-2019-01": 8,
    }.items():
        assert at[key][0] == pytest.approx(x[10] + decade * math.log10(number / 10), abs=2), key
    row = at["fact-trial-2023-01"][1]
    assert at["fact-trial-2023-02"][1] == row
    assert at["fact-survey-2010-01"][1] < row < at["fact-mouse-2019-01"][1]
    (between,) = lines(chart, "shade2", layout)
    assert between[0] == pytest.approx(at["fact-trial-2023-02"][0], abs=1)
    assert between[2] == pytest.approx(at["fact-trial-2023-01"][0], abs=1)
    assert abs(place_of(chart, "Trial 2023 (30)", layout)[1] - row) < 25


def test_the_alternative_tells_patients_and_whom_they_were_compared_with(page, cited_trial):
    alt = page("studies").charts["chart-sizes"].drawings[0]
    assert "Trial 2023: 30 patients, compared with 20" in alt
    assert "Mouse and others 2019: eight animals" in alt


def test_works_are_in_the_order_of_how_many_articles_refer_to_them(page):
    table = page("studies").tables["table-studies"].frame
    assert [str(cell) for cell in table["Work"]][:3] == [
        "Mouse and others 2019",
        "Survey 2010",
        "Release 2019",
    ]
    assert [str(link) for link in table["Referred to by"].iloc[0]] == ["Alpha", "Beta"]
    assert table["Referred to by"].iloc[-1] == "none"
    assert table["Size"].iloc[0] == "eight animals"


def test_every_fact_is_shown_with_where_it_was_read(page):
    table = page("studies").tables["table-facts"].frame
    assert list(table["Status"]) == ["Verified"] * 4 + ["Secondary"]
    assert table["Read in"].iloc[0] == "doi:10.1000/mouse"
