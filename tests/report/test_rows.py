"""Rows as a reader sees them, on whatever page."""

import pandas as pd
import pytest

from report.rows import citations_table, harmonised
from tests.reading import rows_of


def test_a_row_names_the_work_that_it_refers_to(made):
    table = citations_table(made, made["citations"][::-1], "Works", "works")
    mouse, survey = (
        f"{work}#https://doi.org/10.1000/{doi}"
        for work, doi in (("Mouse and others 2019", "mouse"), ("Survey 2010", "survey"))
    )
    assert rows_of(table, "Row", "Work") == [
        ["citation-gamma-02", survey],
        ["citation-gamma-01", survey],
        ["citation-beta-02", survey],
        ["citation-beta-01", mouse],
        ["citation-alpha-02", "Release 2019"],
        ["citation-alpha-01", mouse],
    ]


@pytest.mark.parametrize(
    ("comparator", "low", "high", "text"),
    [
        ("exactly", 5, 5, "5 %"),
        ("about", 5, 5, "about 5 %"),
        ("at_least", 5, pd.NA, "≥ 5 %"),
        ("more_than", 5, pd.NA, "> 5 %"),
        ("up_to", pd.NA, 5, "≤ 5 %"),
        ("range", 2.5, 5, "2.5 to 5 %"),
        ("about_range", 2, 5, "about 2 to 5 %"),
        ("none", pd.NA, pd.NA, "no number"),
    ],
)
def test_a_figure_keeps_its_bound_in_its_harmonised_form(comparator, low, high, text):
    row = {"comparator": comparator, "low": low, "high": high, "unit": "percent"}
    assert harmonised(pd.DataFrame([row], dtype=object)) == [text]
