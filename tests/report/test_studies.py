"""The page on the studies: how many took part, and who refers to them."""

import math

import pandas as pd
import pytest

from report import studies as sizes_of
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
    standing,
)


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
        "we know, one has fewer than 100 patients; the largest has 1000 patients "
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
    other = {"study_id": "survey-2010", "measure": "n_patients", "statement": "Many were asked."}
    append(made_folder, "study_facts", fact_id="fact-other", **other)
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
    assert values["inferred"] == "In two of six cases we had to infer which work an article means."
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
    of_beta = {"source_id": "beta", "passage_id": "passage-beta-3-1", "study_id": "mouse-2019"}
    append(made_folder, "citations", citation_id="c-9", how="reference_entry", **of_beta)
    assert page("studies").values["gaps"] == ("Gamma announces 5 sources, and our copy has 2.")


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_dots_stand_at_their_number_on_a_scale_that_multiplies(page, cited_trial, layout):
    chart = page("studies").charts["chart-sizes"]
    assert chart.title == "One of the two studies had fewer than 100 patients"
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


def test_sizes_stand_in_their_rows_in_the_look_of_their_legend(page, cited_trial):
    chart = page("studies").charts["chart-sizes"]
    rows = ["Survey 2010 (1000)", "Trial 2023 (30)", "Mouse and others 2019 (8)"]
    assert row_names(chart) == rows
    at = {key: row for key, (row, _) in standing(chart, rows, ["10"]).items()}
    assert at == {
        "fact-survey-2010-01": rows[0],
        "fact-trial-2023-01": rows[1],
        "fact-trial-2023-02": rows[1],
        "fact-mouse-2019-01": rows[2],
    }
    full, hollow, animals = ("accent", ""), ("paper", "accent"), ("quiet", "")
    assert looks(chart) == {
        "fact-survey-2010-01": full,
        "fact-trial-2023-01": full,
        "fact-trial-2023-02": hollow,
        "fact-mouse-2019-01": animals,
    }
    assert legend(chart, "patients", "people compared with them", "animals") == {
        "patients": full,
        "people compared with them": hollow,
        "animals": animals,
    }
    trial = "Trial 2023: 30 patients, compared with 20"
    assert hints(chart) == {
        "fact-survey-2010-01": "Survey 2010: 1,000 patients",
        "fact-trial-2023-01": trial,
        "fact-trial-2023-02": trial,
        "fact-mouse-2019-01": "Mouse and others 2019: eight animals",
    }
    assert alternative(chart) == [
        *["Survey 2010: 1,000 patients", trial, "Mouse and others 2019: eight animals"]
    ]
    assert chart.caption == (
        "Each step to the right multiplies. Dots lead to where the number was read. "
        "Three studies (one in animals). Mouse and others 2019: Eight mice were given coffee."
    )


def test_works_are_counted_whether_or_not_they_are_studies(page):
    values = page("studies").values
    assert values["works"] == (
        "The articles refer to three works; two are published studies. Of these one was done in "
        "animals alone, and none is named in a list of references only."
    )
    assert values["trials"] == "No trial of a treatment is among them."
    assert values["whole"] == "No work was read beyond its abstract"
    assert values["facts"] == (
        "Five facts on these works, each with the place where it was read; "
        "one was read in somebody else’s account only."
    )


def test_a_match_is_inferred_only_where_no_citation_states_it(page, made_folder):
    append(
        made_folder,
        "citations",
        citation_id="citation-alpha-03",
        source_id="alpha",
        passage_id="passage-alpha-3-1",
        study_id="mouse-2019",
        how="linked",
        match="stated",
    )
    assert page("studies").values["inferred"].startswith("In one of five cases we had")


def test_every_work_is_shown_with_its_own_cells(page, made_folder):
    path = made_folder / "data" / "studies.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("abstract,\nrelease", "excerpt,A part.\nrelease"), "utf-8")
    shown = page("studies")
    table = shown.tables["table-studies"]
    assert list(table.frame) == [
        *["Work", "Year", "Kind", "Size", "Referred to by", "Design", "Studied in", "Read in"],
        "Note",
    ]
    doi, read = "https://doi.org/10.1000", "Abstract or record"
    alpha, beta, gamma = (f"{name}#article-{name.lower()}" for name in ("Alpha", "Beta", "Gamma"))
    assert rows_of(table) == [
        [
            *[f"Mouse and others 2019#{doi}/mouse", "2019", "Study", "eight animals"],
            *[f"{alpha}, {beta}", "Animal experiment", "Mice", read, ""],
        ],
        [
            *[f"Survey 2010#{doi}/survey", "2010", "Study", "1,000 patients"],
            *[f"{beta}, {gamma}", "Survey", "Humans", read, ""],
        ],
        [
            *["Release 2019", "2019", "News or release", "", alpha, "", "", "Publisher’s page"],
            "",
        ],
        [
            *[f"Trial 2023#{doi}/trial", "2023", "Study", "", "none", "Trial", "Humans"],
            *["Abstract and excerpt", "A part."],
        ],
        [
            *[f"Mouse again 2024#{doi}/again", "2024", "Study", "", "none", "Passive transfer"],
            *["Mice", read, ""],
        ],
        [f"Debate 2025#{doi}/debate", "2025", "Review", "", "none", "", "", read, ""],
        [
            *["Record 2024", "2024", "No publication found", "", "none", "Trial", "Humans", read],
            "",
        ],
    ]
    assert shown.values["whole"] == "More than the abstract was read of one work"
    facts = shown.tables["table-facts"]
    assert list(facts.frame) == ["Fact", "Work", "What is known", "Status", "Read in"]
    mouse, survey, trial = "Mouse and others 2019", "Survey 2010", "Trial 2023"
    seen = "doi:10.1000"
    assert rows_of(facts) == [
        *[
            [
                "fact-mouse-2019-01",
                mouse,
                "Eight mice were given coffee.",
                "Verified",
                f"{seen}/mouse",
            ],
            ["fact-mouse-2019-02", mouse, "They were male.", "Verified", f"{seen}/mouse"],
        ],
        [
            *["fact-survey-2010-01", survey, "A thousand people were asked.", "Verified"],
            f"{seen}/survey",
        ],
        ["fact-trial-2023-01", trial, "Thirty people drank water.", "Verified", f"{seen}/trial"],
        ["fact-trial-2023-02", trial, "Twenty people drank none.", "Secondary", f"{seen}/trial"],
    ]


def people(*sizes):
    return pd.DataFrame({"n": sizes, "label": [f"S{n}" for n in sizes]})


@pytest.mark.parametrize(
    ("rows", "said", "title"),
    [
        (
            people(200, 100, 99),
            "The studies that the articles refer to are of many sizes. Of the three studies whose "
            "size we know, one has fewer than 100 patients; the largest has 200 patients "
            "(S200), the smallest 99 (S99).",
            "One of the three studies had fewer than 100 patients",
        ),
        (
            people(200, 50, 9),
            "The studies that the articles refer to are small. Of the three studies whose size we "
            "know, two have fewer than 100 patients; the largest has 200 patients (S200), "
            "the smallest nine (S9).",
            "Two of the three studies had fewer than 100 patients",
        ),
        (
            people(7),
            "Of one study alone we know the size: seven patients (S7).",
            "One study has told its size: seven patients",
        ),
    ],
)
def test_a_study_is_small_below_a_hundred_and_studies_if_most_are(rows, said, title):
    assert sizes_of.how_small(rows) == said
    assert sizes_of.title(rows) == title


def test_half_of_the_studies_are_not_most():
    assert "of many sizes" in sizes_of.how_small(people(200, 50))


def test_rats_are_animals_too():
    cited = pd.DataFrame({"species": ["rat", "mouse", "human"]})
    assert "Of these two were done in animals alone" in sizes_of.referred_to(cited, cited, 0)
