"""This report's own rules: each fault by file, row and column."""

import pandas as pd
import pytest

from evidence.check import references
from evidence.data import DataPackage
from report.rules import (
    appraisals,
    bibliography,
    bounds,
    contradictions,
    covered_omissions,
    making,
    own_words,
    subject,
)
from tests.reading import append
from tests.wrecking import delete_line, edit, faults_of, schemas_of


@pytest.mark.parametrize("part", ["readings", "readers", "searches"])
def test_how_a_book_was_made_is_told_where_there_is_something_to_tell(wreck, part):
    assert faults_of(wreck, making) == []
    path = wreck / "making.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if f",{part}," not in line) + "\n")
    [fault] = faults_of(wreck, making)
    assert (fault.file, fault.column) == ("making.csv", "part")
    assert f"a row for {part}:" in str(fault)
    for table in ("codings", "since", "searches"):  # the findings name the searches
        rows = wreck / f"{table}.csv"
        rows.write_text(rows.read_text(encoding="utf-8").splitlines()[0] + "\n")
    assert faults_of(wreck, making) == []


def test_no_number_of_articles_is_typed_into_how_the_book_was_made(wreck):
    row = edit(wreck, "making.csv", None, "So were its articles.", "So were its three articles.")
    [fault] = faults_of(wreck, making)
    assert (fault.file, fault.row, fault.column) == ("making.csv", row, "told")


def test_a_missing_contradiction_is_named(wreck):
    delete_line(wreck, "contradictions.csv", 2)
    [found] = [f for f in faults_of(wreck, contradictions) if f.file == "contradictions.csv"]
    assert found.expected == (
        "a denial on water-helps in beta, gamma: claim-beta-03 and claim-gamma-02"
    )


def test_a_source_that_differs_from_itself_is_named(wreck):
    edit(wreck, "claims.csv", None, "supports,4,3,", "supports,4,2,")
    [found] = [f for f in faults_of(wreck, contradictions) if f.file == "contradictions.csv"]
    assert found.expected == (
        "a strength on coffee-headache in alpha: claim-alpha-01 and claim-alpha-02"
    )


def test_a_contradiction_that_is_none_is_named(wreck):
    row = edit(wreck, "contradictions.csv", None, ",withdrawn", ",stands")
    found = [f for f in faults_of(wreck, contradictions) if f.file == "contradictions.csv"]
    assert [f.row for f in found] == [row]


def test_a_study_without_reference_is_named(wreck):
    bib = wreck.parent / "references.bib"
    bib.write_text(bib.read_text(encoding="utf-8").replace("{mouse-2019,", "{mouse-2012,"))
    found = [str(f) for f in faults_of(wreck, bibliography)]
    assert any("mouse-2019" in f and "references.bib" in f for f in found)
    assert any("mouse-2012" in f and "studies.csv" in f for f in found)


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [("doi", "10.1000/mouse", "10.1000/house"), ("year", ",2019,", ",2018,")],
)
def test_a_study_that_differs_from_its_reference_is_named(wreck, column, old, new):
    assert faults_of(wreck, bibliography) == []
    row = edit(wreck, "studies.csv", None, old, new)
    [fault] = faults_of(wreck, bibliography)
    assert (fault.row, fault.column) == (row, column) and "as in references.bib" in fault.expected


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        (",balanced,", ",balance,", "level", "one of full_support"),
        (",balanced,", ",satisfactory,", "level", "one of full_support"),
        (",hnr,hnr-cost,", ",quest,hnr-cost,", "instrument_id", "hnr, that of its item"),
        (",hnr-cost,", ",hnr-costs,", "item_id", "exists"),
        (",hnr-harm,", ",hnr-cost,", "item_id", "one row for each item"),
        (",hnr-harm,alpha,", ",hnr-harm,beta,", "item_id", "applied to beta"),
        ("appraisal-beta-01", "appraisal-alpha-99", "appraisal_id", "of beta"),
        (",passage-alpha-1-1,", ",passage-beta-1-1,", "passage_id", "of alpha"),
        (",passage-alpha-1-1,", ",,", "passage_id", "holds the cue"),
    ],
)
def test_a_wrong_appraisal_is_named(wreck, old, new, column, expected):
    row = edit(wreck, "appraisals.csv", None, old, new)
    found = [
        f
        for f in faults_of(wreck, schemas_of("appraisals"), references, appraisals)
        if f.file == "appraisals.csv" and f.column == column
    ]
    assert [f for f in found if f.row == row and expected in f.expected], [str(f) for f in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("appraisal-alpha-04", "", "appraisal-alpha-04"),
        ("beta,silent,,,,\n", "beta,silent,,,,appraisal-beta-01\n", "nothing: no instrument"),
    ],
)
def test_an_omission_is_covered_wherever_its_instrument_is_applied(wreck, old, new, expected):
    path = wreck / "omissions.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = faults_of(wreck, covered_omissions)
    assert [f.column for f in found] == ["covered_by"] and expected in found[0].expected


def test_a_statement_that_copies_its_cue_is_named(made_folder):
    copied = "one two three four five six seven eight"
    append(made_folder, "claims", claim_id="claim-alpha-99", cue=copied, statement=f"{copied}.")
    fewer = copied.removesuffix(" eight")
    append(made_folder, "claims", claim_id="claim-beta-99", cue=fewer, statement=f"{fewer}.")
    found = faults_of(made_folder / "data", own_words)
    assert [(f.key, f.column) for f in found] == [("claim-alpha-99", "statement")]


def of_figure(intact, low, high, **cells):
    """The made package with one figure, changed."""
    ends = {name: pd.array([end], "Float64") for name, end in (("low", low), ("high", high))}
    return intact.replaced({"figures": intact["figures"].iloc[[0]].assign(**ends, **cells)})


@pytest.mark.parametrize(
    ("comparator", "low", "high", "stated", "faults"),
    [
        ("exactly", 8, 8, "8", {}),
        ("exactly", 8, 9, "8 or 9", {"high": "low and high alike"}),
        ("about", 8, None, "8", {"high": "low and high alike"}),
        ("exactly", 7, 7, "8", {"low": "as stated (8)", "high": "as stated (8)"}),
        ("range", 8, 9, "8 to 9", {}),
        ("range", 8, 8, "8 to 8", {"high": "two ends"}),
        ("range", 8, None, "from 8", {"high": "two ends"}),
        ("range", 9, 8, "9 to 8", {"low": "at most high (8)"}),
        ("at_least", 8, None, "8", {}),
        ("at_least", 8, 9, "8, or 9", {"high": "nothing"}),
        ("more_than", None, None, "many", {"low": "a lower end"}),
        ("up_to", None, 8, "8", {}),
        ("up_to", 8, 9, "8, or 9", {"low": "nothing"}),
        ("up_to", None, None, "many", {"high": "an upper end"}),
        ("none", None, None, "many", {}),
        ("none", 8, 8, "8", {"low": "nothing", "high": "nothing"}),
        ("exactly", 100, 100, "100", {}),
        ("exactly", 101, 101, "101", {"low": "from 0 to 100", "high": "from 0 to 100"}),
    ],
)
def test_the_ends_of_a_figure_fit_its_comparator(intact, comparator, low, high, stated, faults):
    wrong = of_figure(intact, low, high, comparator=comparator, as_stated=stated)
    found = {fault.column: fault.expected for fault in bounds(wrong)}
    assert found.keys() == faults.keys(), found
    assert all(faults[column] in expected for column, expected in found.items()), found


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({}, None),
        ({"question": "coffee-headach"}, "question"),
        ({"question": ["coffee-headache"]}, "question"),
        ({"told_first": ["since-99"]}, "told_first"),
        ({"studied_in": "the moon"}, "studied_in"),
        (
            {"terms": {"asked": "Asked?", "yes": "", "no": "it does not", "matter": "it"}},
            "terms.yes",
        ),
        ({"terms": {"asked": "Asked?", "yes": "it does", "matter": "it"}}, "terms.no"),
        ({"title": "What three articles say"}, "title"),
        ({"description": "What 5 of the articles say."}, "description"),
    ],
)
def test_what_the_descriptor_says_of_the_subject_is_held_against_the_tables(intact, change, column):
    data = DataPackage(intact.folder)
    data.descriptor |= change
    assert [fault.column for fault in subject(data)] == [column] * bool(column)


def test_no_number_of_articles_is_typed_into_a_limit(intact):
    limits = intact["limits"].assign(limit="The five articles are made up.")
    [fault] = subject(intact.replaced({"limits": limits}))
    assert (fault.file, fault.column) == ("limits.csv", "limit")
