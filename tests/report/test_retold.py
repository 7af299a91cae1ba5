"""Which studies articles tell of."""

import pandas as pd

from report import retold


def test_sources_joined_through_a_third_are_one_line():
    told = pd.DataFrame(
        [("a", "x"), ("b", "x"), ("b", "y"), ("d", "y")], columns=["source_id", "study_id"]
    )
    sources = pd.DataFrame({"source_id": ["c", "a", "b", "d"]})
    claims = pd.DataFrame({"source_id": ["d", "d", "a"]})
    assert retold.lines_of_evidence(told, sources, claims) == [["d", "a", "b"], ["c"]]


def test_a_reference_entry_is_not_told_and_a_release_is_no_study(made):
    told = retold.told_studies(made["citations"], made["studies"])
    assert list(told.itertuples(index=False, name=None)) == [
        ("alpha", "mouse-2019"),
        ("beta", "mouse-2019"),
        ("beta", "survey-2010"),
    ]


def test_the_common_study_is_that_of_most_sources_not_of_most_rows():
    rows = pd.DataFrame(
        [("a", "x"), ("a", "x"), ("a", "x"), ("a", "y"), ("b", "y")],
        columns=["source_id", "study_id"],
    )
    assert retold.common_study(rows) == "y"


def test_a_work_is_told_of_only_if_it_is_a_study(made):
    cited = made["citations"].iloc[[0, 0]].assign(study_id=["debate-2025", "record-2024"])
    assert retold.told_studies(cited, made["studies"]).empty
