"""Damaged data are caught, each fault by file, row and column."""

import shutil

import pytest

from evidence.__main__ import main
from evidence.check import TOLD_AT_MOST, check, told
from evidence.data import Package
from tests.conftest import ROOT, change_cell

pytestmark = pytest.mark.slow


def has(**cells):
    return lambda row: all(row[column] == value for column, value in cells.items())


def filled(column):
    return lambda row: row[column] != ""


OTHER_CLAIM = "claim-verywell-health-01"
CELLS = [  # file, column, value, what is expected, which row
    ("claims.csv", "polarity", "suports", "one of supports", None),
    ("claims.csv", "claim_id", OTHER_CLAIM, "no other row", has(source_id="treating-pain")),
    ("claims.csv", "proposition_id", "fm-autoimune", "exists in propositions.csv", None),
    ("claims.csv", "passage_id", "passage-fibrohell-99-1", "exists in passages.csv", None),
    ("claims.csv", "statement", "", "a value", None),
    ("claims.csv", "statement", "Coffâ€™ee hurts.", "that no program has spoilt", None),
    ("claims.csv", "statement", "#NAME?", "that no program has spoilt", None),
    ("claims.csv", "statement", "It hurts\ufffd.", "that no program has spoilt", None),
    ("claims.csv", "statement", "It\u200bhurts.", "cannot be seen", None),
    ("claims.csv", "statement", "It\x07 hurts.", "cannot be seen", None),
    ("claims.csv", "statement", "It doesn't hurt.", "curled quotation marks", None),
    ("claims.csv", "statement", "It hurts. ", "no white space at either end", None),
    (
        "claims.csv",
        "statement",
        lambda row: "So " + row["cue"],
        "fewer than 8",
        lambda row: len(row["cue"].split()) > 8,
    ),
    ("claims.csv", "note", "=SUM(A1:A9)", "text that is no formula", None),
    ("claims.csv", "cue", "one two three " * 5 + "end", "at most 12 words", None),
    ("claims.csv", "source_id", "treating-pain", "the source of its passage", None),
    ("figures.csv", "low", "3", "a value as stated", has(comparator="at_least")),
    ("figures.csv", "high", "99", "nothing for at_least", has(comparator="at_least")),
    ("figures.csv", "low", "", "a value for exactly", has(comparator="exactly")),
    ("figures.csv", "comparator", "about", "more_than for", has(comparator="more_than")),
    ("figures.csv", "unit", "years", "percent for a prevalence", has(kind="prevalence")),
    ("figures.csv", "population_kind", "general", "nothing for a count", has(kind="count")),
    (
        "proposals.csv",
        "condition_basis",
        "not_stated",
        "nowhere else",
        has(condition_basis="stated"),
    ),
    ("proposals.csv", "note", "", "inferred from", has(condition_basis="inferred")),
    ("passages.csv", "claims", "9", "the rows of claims.csv", None),
    ("passages.csv", "words", "0", "of the minimum 1", None),
    ("passages.csv", "start", "0", "no overlap", lambda row: int(row["start"]) > 99),
    ("passages.csv", "uncoded", "", "a reason, or a coded row", filled("uncoded")),
    ("passages.csv", "uncoded", "comment", "nothing for the role", has(role="form")),
    ("codings.csv", "final", "9", "as in claims.csv", has(field="certainty")),
    ("codings.csv", "field", "certanty", "a column of claims.csv", has(field="certainty")),
    ("codings.csv", "reason", "", "a reason, as a coding differs", filled("reason")),
    ("retellings.csv", "row", "claim-nowhere-01", "exists in claims.csv", filled("row")),
    ("sources.csv", "rests_on", "claim-nowhere-01", "keys of rows that exist", None),
    ("sources.csv", "rests_on", OTHER_CLAIM, "rows of", has(source_id="fibrohell")),
    ("sources.csv", "verdict", "It says “drink coffee”.", "of a row that it rests on", None),
    ("studies.csv", "year", "1999", "as in references.bib", filled("year")),
    ("studies.csv", "doi", "11.1000/x", "a value of the pattern", filled("doi")),
    ("contradictions.csv", "status", "gone", "one of stands", None),
    ("study_facts.csv", "value", "36", "a value as stated", has(fact_id="fact-nct05643794-01")),
    ("since.csv", "n_patients", "1", "a value that study_facts.csv has", has(since_id="since-21")),
    (
        "studies.csv",
        "size_fact",
        "fact-goebel-2021-02",
        "a fact of caro-2008",
        has(study_id="caro-2008"),
    ),
    ("errors.csv", "study_id", "krock-2023", "a work that is read in", has(study_id="goebel-2021")),
    ("studies.csv", "label", "Krock 2013", "the year 2023", has(study_id="krock-2023")),
    ("claims.csv", "zone", "body", "as other claims", has(claim_id="claim-me-association-12")),
    ("claims.csv", "speaker", "author", "letter credits", has(claim_id="claim-me-association-35")),
    ("claims.csv", "statement", "It is.", "a hedge", has(claim_id="claim-fibrohell-01")),
    ("claims.csv", "cue", "an autoimmune disease", "a hedge", has(claim_id="claim-fibrohell-03")),
    ("study_facts.csv", "value", "37.5", "in percent (15.9)", has(fact_id="fact-afzali-2020-02")),
    ("study_facts.csv", "value", "39", "(104, 269)", has(fact_id="fact-jones-2015-02")),
    ("study_facts.csv", "value", "0.34", "a minus where", has(fact_id="fact-bruun-2024-02")),
    ("study_facts.csv", "bears_on", "benefit", "harm for", has(fact_id="fact-iampoco-03")),
    (
        "study_facts.csv",
        "treatment_id",
        "plasma-exchange",
        "ivig, which its statement names",
        has(fact_id="fact-gibbons-2022-02"),
    ),
    ("surveys.csv", "prevalence", "2.4", "a fact of jones-2015", has(survey_id="benchmark-02")),
    ("surveys.csv", "case_definition", "ACR 1990", "a fact of", has(survey_id="benchmark-08")),
    ("surveys.csv", "population_kind", "general", "patients where", has(survey_id="benchmark-06")),
    ("figures.csv", "population_kind", "patients", "patients where", has(denominator="people")),
    ("since.csv", "n_patients", "40", "that study_facts.csv has", has(since_id="since-06")),
    ("since.csv", "design", "review", "trial, as in studies.csv", has(since_id="since-22")),
    ("since.csv", "studied_in", "fibromyalgia", "another illness", has(since_id="since-23")),
    ("citations.csv", "study_id", "seo-2021", "a work of", has(cue="Since the 2008 study")),
    (
        "errors.csv",
        "what_is_so",
        "All 8.",
        "that a fact has",
        has(error_id="error-verywell-health-04"),
    ),
    ("errors.csv", "taken_from", "tracey-2021", "a parent", has(error_id="error-fibrohell-02")),
    (
        "proposals.csv",
        "study_id",
        "caro-winter-2014",
        "a work cited there: caro-2008",
        has(proposal_id="proposal-treating-pain-02"),
    ),
    ("claim_chain.csv", "certainty", "6", "5, as claim-fibro", has(rung_id="rung-16")),
    ("contradictions.csv", "status", "withdrawn", "begins so", has(conflict="denial")),
    ("sources.csv", "wrong", "Half of them.", "words and numbers", has(source_id="treating-pain")),
]


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    """The row of each damaged cell, and the faults of the data that have all of them."""
    project = tmp_path_factory.mktemp("damaged")
    shutil.copy(ROOT / "references.bib", project)
    folder = shutil.copytree(ROOT / "data", project / "data")
    rows, taken = [], {}
    for file, column, value, _, fits in CELLS:
        used = taken.setdefault(file, set())
        rows.append(change_cell(folder, file, column, value, fits or (lambda row: True), used))
        used.add(rows[-1])
    return rows, check(Package(folder))


@pytest.mark.parametrize("place", range(len(CELLS)), ids=lambda n: f"{CELLS[n][1]}-{CELLS[n][3]}")
def test_a_damaged_cell_is_named(damaged, place):
    file, column, _, expected, _ = CELLS[place]
    rows, faults = damaged
    found = [f for f in faults if (f.file, f.row, f.column) == (file, rows[place], column)]
    assert any(expected in f.expected for f in found), [str(f) for f in found]


def test_the_data_have_no_fault(capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith(" 0 faults\n")


def faults_of(folder):
    return [str(fault) for fault in check(Package(folder))]


SPOILT_FILES = [
    (lambda text: text.encode("utf-16"), "UTF-16; save as CSV UTF-8"),
    (lambda text: text.encode("cp1252", "replace"), "save as CSV UTF-8"),
    (lambda text: text.encode("utf-8-sig"), "byte-order mark"),
    (lambda text: text.replace(",", ";").encode(), "separated by semicolons"),
    (lambda text: text.replace(",", "\t").encode(), "separated by tabs"),
    (lambda text: text.replace("statement", "text", 1).encode(), "no column statement"),
    (lambda text: (text + '"open').encode(), "a quotation mark that is not closed"),
    (lambda text: b"", "no column claim_id"),
]


@pytest.mark.parametrize(("spoil", "cause"), SPOILT_FILES, ids=[cause for _, cause in SPOILT_FILES])
def test_a_spoilt_file_is_one_fault_that_says_why(folder, spoil, cause):
    path = folder / "claims.csv"
    path.write_bytes(spoil(path.read_text(encoding="utf-8")))
    rows, (fault,) = Package(folder).load("claims")
    assert rows == []
    assert (fault.file, fault.row) == ("claims.csv", 0) and cause in fault.found


def test_a_spoilt_file_is_all_that_the_check_tells(monkeypatch, capsys, folder):
    path = folder / "claims.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    monkeypatch.chdir(folder.parent)
    assert main(["check"]) == 1
    fault, total = capsys.readouterr().out.splitlines()
    assert fault.startswith("claims.csv: found 'encoded as UTF-16")
    assert total.endswith(" tables, 1 faults")


def test_a_lost_file_is_one_line(folder):
    (folder / "claims.csv").unlink()
    assert [line for line in faults_of(folder) if "cannot be read (No such file" in line]


def test_a_blank_last_line_and_windows_line_ends_are_no_fault(folder):
    path = folder / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert not faults_of(folder)


def test_a_row_of_too_many_cells_is_named(folder):
    path = folder / "treatments.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([*lines[:3], lines[3] + ",more", *lines[4:]]), encoding="utf-8")
    assert any(
        f.startswith("treatments.csv, row 4 (") and "5 cells" in f for f in faults_of(folder)
    )


def test_a_deleted_row_is_noticed_where_it_was(folder):
    path = folder / "claims.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    key, _source, passage, *_ = lines.pop(3).split(",")
    path.write_text("\n".join(lines), encoding="utf-8")
    faults = faults_of(folder)
    assert any(f"no {key}" in f for f in faults)
    assert any(passage in f and "column claims" in f for f in faults)
    assert any(f.startswith("codings.csv") and "there is no such row" in f for f in faults)


def test_a_claim_turned_round_wants_its_contradiction(folder):
    turned = has(proposition_id="fm-autoimmune", polarity="supports")
    change_cell(folder, "claims.csv", "polarity", "opposes", turned)
    assert any("a denial on fm-autoimmune" in fault for fault in faults_of(folder))


def test_an_article_without_rows_is_named(folder):
    path = folder / "omissions.csv"
    lines = [
        line for line in path.read_text(encoding="utf-8").split("\n") if ",fibrohell," not in line
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert any(
        f.startswith("omissions.csv") and "a row for fibrohell" in f for f in faults_of(folder)
    )


def test_a_row_that_nothing_uses_and_a_file_that_nothing_describes(folder):
    with (folder / "treatments.csv").open("a", encoding="utf-8") as file:
        file.write("coffee,Coffee,Coffee,,\n")
    (folder / "mine.csv").write_text("a,b\n", encoding="utf-8")
    faults = faults_of(folder)
    assert any("(coffee), column treatment_id" in f and "uses it" in f for f in faults)
    assert any(f.startswith("mine.csv") for f in faults)


def test_many_faults_of_one_kind_are_counted(folder):
    path = folder / "claims.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",supports,", ",yes,"), encoding="utf-8"
    )
    faults = [f for f in check(Package(folder)) if f.column == "polarity"]
    lines = list(told(faults))
    assert len(lines) == TOLD_AT_MOST + 1
    assert f"{len(faults) - TOLD_AT_MOST} more like these" in lines[-1]


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"resources": [{"name": "a"}]}', b"\xff"])
def test_a_broken_descriptor_is_one_line(monkeypatch, capsys, folder, content):
    (folder / "datapackage.json").write_bytes(content)
    monkeypatch.chdir(folder.parent)
    assert main(["check"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "new"), [('"omissions",\n   "path"', '"parts",\n   "path"'), ('"type"', '"typ"')]
)
def test_a_descriptor_without_what_the_rules_need_is_one_line(
    monkeypatch, capsys, folder, name, new
):
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace(name, new), encoding="utf-8")
    monkeypatch.chdir(folder.parent)
    assert main(["check"]) == 2
    assert "datapackage.json" in capsys.readouterr().err


def test_a_folder_without_data_is_one_line(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert "not found" in capsys.readouterr().err
