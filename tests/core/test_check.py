"""Damaged data are caught, each fault by file, row, column and value."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from evidence import check as module
from evidence import completeness
from evidence.check import (
    FINISHED_RULES,
    RULES,
    anchors,
    coverage,
    decisions,
    files,
    filled,
    formulas,
    headers,
    ids,
    links,
    looked_for,
    passage_order,
    quotation_marks,
    recorded,
    references,
    scales,
    schemas,
    settled,
    totals,
    verbatim_length,
)
from evidence.cli import main
from evidence.completeness import complete
from evidence.data import DataError, DataPackage, Fault
from evidence.editing.renewal import renew
from evidence.files import replace_files
from tests.wrecking import delete_line, edit, faults_of, schemas_of

WRONG_CELLS = [
    ("claims.csv", ",supports,", ",suports,", "polarity", "one of supports"),
    ("claims.csv", ",coffee-headache,", ",coffee-headach,", "proposition_id", "exists"),
    ("claims.csv", ",passage-alpha-2-1,", ",passage-alpha-2-9,", "passage_id", "exists"),
    ("figures.csv", ",10,30,", ",30,10,", "low", "at most high"),
    ("figures.csv", ",2.5,,", ",2.6,,", "low", "a value as stated"),
    ("figures.csv", ",80,,percent,more_than", ",80,,years,more_than", "unit", "percent"),
    ("figures.csv", ",8,8,", ",eight,8,", "low", "type number"),
    ("proposals.csv", ",in_use,", ",in use,", "role", "one of proposed"),
    ("proposals.csv", ",water,", ",wate,", "treatment_id", "exists"),
    ("citations.csv", ",mouse-2019,", ",mouse-2012,", "study_id", "exists"),
    ("losses.csv", ",list_missing,", ",lists_missing,", "kind", "one of list_missing"),
    ("passages.csv", ",body,", ",bodi,", "role", "one of title"),
    ("sources.csv", ",charity,", ",charitable,", "publisher_kind", "one of charity"),
    ("studies.csv", ",10.1000/", ",11.1000/", "doi", "pattern"),
    ("number_rules.csv", "B12", "B12(", "pattern", "a regular expression"),
]


@pytest.fixture(scope="module")
def wrong_cells(example, tmp_path_factory):
    """A row and the faults of a package in which every one of the cells is wrong."""
    project = tmp_path_factory.mktemp("wrong")
    folder = shutil.copytree(example.parent, project, dirs_exist_ok=True) / "data"
    rows = [edit(folder, file, None, old, new) for file, old, new, *_ in WRONG_CELLS]
    return dict(zip(WRONG_CELLS, rows, strict=True)), faults_of(folder)


@pytest.mark.parametrize("case", WRONG_CELLS, ids=lambda case: f"{case[0]}-{case[3]}")
def test_a_wrong_cell_is_named(wrong_cells, case):
    file, *_, column, expected = case
    rows, faults = wrong_cells
    found = [f for f in faults if f.file == file and f.column == column]
    assert [f for f in found if f.row == rows[case] and expected in str(f)], [str(f) for f in found]


def test_every_fault_is_reported_not_the_first_alone(wrong_cells):
    rows, faults = wrong_cells
    assert {(case[0], row) for case, row in rows.items()} <= {(f.file, f.row) for f in faults}


def test_every_rule_is_run():
    """A rule that is written and not entered would never find anything."""
    there = [*vars(module).values(), *vars(completeness).values()]
    written = [f for f in there if getattr(f, "__annotations__", {}).get("data")]
    written = [f for f in written if f.__annotations__["return"] == Iterator[Fault]]
    assert set(written) == {headers, files, recorded, *RULES, *FINISHED_RULES}


CODED = ["claims", "figures", "proposals", "citations", "losses"]


@pytest.fixture(scope="module")
def deleted_rows(example, tmp_path_factory, intact):
    """Passages of rows that are gone, and the faults of the package without them."""
    folder = shutil.copytree(example, tmp_path_factory.mktemp("deleted") / "data")
    passages = {}
    for file in CODED:
        count = len(intact[file])
        for index in sorted({0, count // 2, count - 1}, reverse=True):
            passages.setdefault(file, set()).add(intact[file]["passage_id"].iloc[index])
            delete_line(folder, f"{file}.csv", index + 2)
    return passages, faults_of(folder, totals)


@pytest.mark.parametrize("file", CODED)
def test_a_deleted_row_is_noticed_at_its_passage(deleted_rows, file):
    passages, faults = deleted_rows
    assert {f.key for f in faults if f.column == file} == passages[file]


def test_a_gap_in_the_numbers_is_named(wreck):
    key = delete_line(wreck, "claims.csv", 3)
    assert [f for f in faults_of(wreck, ids) if f.found == f"no {key}"]


def test_a_lost_passage_is_named(wreck, intact):
    row = intact["passages"].index[intact["passages"]["claims"] > 0][3]
    key = delete_line(wreck, "passages.csv", row + 2)
    found = [f for f in faults_of(wreck, references) if f.file == "claims.csv" and f.found == key]
    assert found and found[0].column == "passage_id" and "passages.csv" in found[0].expected


def test_overlapping_passages_are_named(wreck, intact):
    row = intact["passages"].iloc[9]
    edit(wreck, "passages.csv", 11, f",{row['start']},", f",{row['start'] - 5},")
    assert [
        f
        for f in faults_of(wreck, passage_order)
        if f.column == "start" and "overlap" in f.expected
    ]


def test_a_content_passage_without_row_or_reason_is_named(wreck, intact):
    passages = intact["passages"]
    row = passages.index[passages["uncoded"] == "announces"][0]
    edit(wreck, "passages.csv", row + 2, ",announces,", ",,")
    key = passages.loc[row, "passage_id"]
    assert [f for f in faults_of(wreck, coverage) if f.key == key and f.column == "uncoded"]


def test_a_long_cue_is_named(wreck):
    edit(wreck, "claims.csv", None, ",may cause,", ",a b c d e f g h i j k l m,")
    assert [
        f
        for f in faults_of(wreck, verbatim_length)
        if f.column == "cue" and "12 words" in f.expected
    ]


def test_a_duplicate_key_is_named(wreck):
    edit(wreck, "claims.csv", None, "claim-alpha-02", "claim-alpha-01")
    assert [
        f
        for f in faults_of(wreck, schemas_of("claims"))
        if f.file == "claims.csv" and "primary key" in str(f)
    ]


def test_a_missing_value_is_named(wreck):
    row = edit(wreck, "losses.csv", None, ",list_missing,", ",,")
    found = faults_of(wreck, schemas_of("losses"))
    assert [f for f in found if f.row == row and f.column == "kind"]


def test_a_stray_column_is_named(wreck):
    edit(wreck, "claims.csv", 1, "claim_id,", "claim_id,colour,")
    assert [f for f in faults_of(wreck) if "colour" in str(f)]


def test_a_stray_cell_is_named(wreck):
    row = edit(wreck, "treatments.csv", None, ",lifestyle,", ",lifestyle,more,")
    assert [
        f
        for f in faults_of(wreck, schemas_of("treatments"))
        if f.file == "treatments.csv" and f.row == row
    ]


def test_a_stray_file_is_named(wreck):
    (wreck / "notes.csv").write_text("a,b\n")
    assert [f for f in faults_of(wreck, files) if f.file == "notes.csv"]


def test_a_valid_level_that_was_changed_by_accident_is_named(wreck):
    renew(DataPackage(wreck))
    assert faults_of(wreck) == []
    edit(wreck, "claims.csv", None, ",supports,", ",opposes,")
    [fault] = faults_of(wreck, recorded)
    assert (fault.file, fault.found) == ("claims.csv", "a change that is not recorded")
    assert "python -m evidence renew" in fault.expected
    told = renew(DataPackage(wreck))
    assert "data/claims.csv: a change that is not recorded; now it is" in told
    assert faults_of(wreck, recorded) == []


def test_a_word_of_the_descriptor_that_was_changed_by_accident_is_named(wreck):
    renew(DataPackage(wreck))
    path = wreck / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("headaches", "toothaches", 1), "utf-8")
    assert [fault.file for fault in faults_of(wreck, recorded)] == ["datapackage.json"]


def test_a_line_that_is_no_digest_is_named(wreck):
    (wreck / "SHA256SUMS").write_text("claims.csv\n")
    with pytest.raises(DataError, match="SHA256SUMS, line 1: expected a digest"):
        faults_of(wreck, recorded)


def test_a_command_records_what_it_writes_and_no_change_by_hand(wreck):
    renew(DataPackage(wreck))
    table = wreck / "glossary.csv"
    replace_files({table: table.read_text(encoding="utf-8") + "term-x,X,A letter.\n"})
    assert faults_of(wreck, recorded) == []
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=wreck, check=False)
    assert done.returncode == 0  # as a tool of others sees it
    table.write_text(table.read_text(encoding="utf-8").replace("A letter.", "A lettre."), "utf-8")
    replace_files({table: table.read_text(encoding="utf-8") + "term-y,Y,Another.\n"})
    assert [fault.file for fault in faults_of(wreck, recorded)] == ["glossary.csv"]


def test_a_missing_file_is_named(wreck):
    (wreck / "losses.csv").unlink()
    assert [f for f in faults_of(wreck) if f.file == "losses.csv" and "readable" in f.expected]


def test_a_byte_order_mark_is_named(wreck):
    path = wreck / "figures.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    found = faults_of(wreck, files)
    assert [f for f in found if f.file == "figures.csv" and "byte-order" in f.found]


def test_bytes_that_are_not_utf8_are_named(wreck):
    path = wreck / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b"worldwide", b"w\xe9rldwide", 1))
    assert [f for f in faults_of(wreck, files) if f.file == "figures.csv" and "UTF-8" in f.expected]


def test_an_unclosed_quotation_mark_is_named(wreck):
    path = wreck / "claims.csv"
    path.write_bytes(path.read_bytes() + b'claim-x-01,"broken')
    assert [f for f in faults_of(wreck, files) if f.file == "claims.csv" and "closed" in f.expected]


def test_a_foreign_key_that_leads_nowhere_is_named(wreck):
    path = wreck / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    claims = next(r for r in package["resources"] if r["name"] == "claims")
    key = claims["schema"]["foreignKeys"][0]
    key["reference"]["resource"] = "sourcs"
    path.write_text(json.dumps(package), encoding="utf-8")
    [fault] = faults_of(wreck, links)
    assert (fault.file, fault.found) == ("datapackage.json", "sourcs")
    assert fault.column == f"claims.{key['fields'][0]}"
    key["reference"] = {"resource": "sources", "fields": ["sourc_id"]}
    path.write_text(json.dumps(package), encoding="utf-8")
    [fault] = faults_of(wreck, links)
    assert (fault.found, fault.expected) == ("sourc_id", "a foreign key to a column of sources.csv")
    assert faults_of(wreck, references) == []


@pytest.mark.parametrize(
    ("rule", "place", "told"),
    [
        ({"column": "as_statd"}, 2, "figures.as_statd"),
        ({"value": ["low", "hihg"]}, 2, "figures.hihg"),
        ({"excused": {"table": "number_rules"}}, 2, "number_rules.None"),
        (
            {"names": {"table": "treatmens", "columns": ["name"], "into": "treatment_id"}},
            4,
            "treatmens.name",
        ),
        ({"names": {"table": "treatments", "columns": ["name"]}}, 4, "proposals.None"),
    ],
)
def test_a_candidate_of_no_column_is_named(wreck, rule, place, told):
    path = wreck / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["candidates"][place - 1] |= rule
    path.write_text(json.dumps(package), encoding="utf-8")
    [fault] = faults_of(wreck, looked_for)
    assert (fault.column, fault.found) == (f"candidates, rule {place}", told)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"by": "passag_id", "from": "role"}, {"claims.passag_id", ".role"}),
        ({"by": "passage_id", "from": "rol"}, {"passages.rol"}),
        ({"by": "statement", "from": "role"}, {".role"}),  # refers to no row
        ({"from": "speakr"}, {"claims.speakr"}),
        ({"next": "zon"}, {"claims.zon"}),
        ({"with": "bodey"}, {"bodey"}),
        ({"by": "passage_id", "from": "role", "as": {"title": "titel"}}, {"titel"}),
        ({"above": True}, set()),
    ],
)
def test_a_cell_that_is_filled_from_nowhere_is_named(wreck, rule, told):
    assert faults_of(wreck, filled) == []
    path = wreck / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    claims = next(r for r in package["resources"] if r["name"] == "claims")
    zone = next(f for f in claims["schema"]["fields"] if f["name"] == "zone")
    zone["filled"] = rule
    path.write_text(json.dumps(package), encoding="utf-8")
    faults = faults_of(wreck, filled)
    assert {f.found for f in faults} == told and {f.column for f in faults} <= {"claims.zone"}


def test_a_level_without_definition_is_named(wreck):
    path = wreck / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    claims = next(r for r in package["resources"] if r["name"] == "claims")
    field = next(f for f in claims["schema"]["fields"] if f["name"] == "polarity")
    field["constraints"]["enum"].append("neither")
    path.write_text(json.dumps(package), encoding="utf-8")
    assert [f for f in faults_of(wreck, scales) if f.column == "claims.polarity"]


@pytest.mark.slow
def test_the_command_says_where_and_counts_and_touches_no_file(wreck, capsys):
    assert main(["--data", str(wreck), "check"]) == 0
    assert capsys.readouterr().out.rstrip().endswith(": no fault")
    row = edit(wreck, "claims.csv", 5, "supports", "suports")
    before = {path: path.read_bytes() for path in wreck.iterdir()}
    assert main(["--data", str(wreck), "check"]) == 1
    out = capsys.readouterr().out
    assert f"claims.csv, row {row} (" in out and "column polarity: found 'suports'" in out
    assert re.search(r"^check: \d+ tables, \d+ rows: \d+ faults?$", out.strip().splitlines()[-1])
    assert {path: path.read_bytes() for path in wreck.iterdir()} == before


@pytest.mark.parametrize("content", [None, "{", "[]", '{"resources": 3}'])
def test_a_broken_descriptor_is_a_message_not_a_trace(wreck, capsys, content):
    path = wreck / "datapackage.json"
    path.unlink() if content is None else path.write_text(content)
    assert main(["--data", str(wreck), "check"]) == 2
    assert "datapackage.json" in capsys.readouterr().err


def test_a_descriptor_that_the_standard_does_not_allow_is_a_fault(wreck):
    edit(wreck, "datapackage.json", None, '"created": "', '"created": "once in ')
    assert [
        f
        for f in faults_of(wreck, schemas)
        if f.file == "datapackage.json" and "created" in f.found
    ]


def test_a_missing_appraisal_is_named(wreck, intact):
    gone = intact["appraisals"].iloc[2]
    delete_line(wreck, "appraisals.csv", 4)
    expected = f"a row for {gone['source_id']} and {gone['item_id']}"
    found = faults_of(wreck, complete)
    assert [f for f in found if f.column == "item_id" and f.expected == expected]


def test_an_instrument_applied_without_rows_is_named(wreck):
    edit(wreck, "appraisal_scope.csv", None, "hnr,beta,false", "hnr,beta,true")
    found = [f.expected for f in faults_of(wreck, complete) if f.file == "appraisals.csv"]
    assert found == ["a row for beta and hnr-cost", "a row for beta and hnr-harm"]


CERTAINTY = "claim-beta-01,passage-beta-1-1,certainty,first,"
EXISTS = "claim-gamma-02,passage-gamma-2-1,exists,second,"
WRONG_DECISIONS = [
    ("claims.csv", "claim-beta-01,", ",6,6,", ",6,5,", "final", "'5', which stands in claims.csv"),
    ("codings.csv", CERTAINTY, "6,6,", "6,5,", "final", "'6', which stands in claims.csv"),
    ("codings.csv", CERTAINTY, ",certainty,", ",certain,", "field", "a column of claims.csv"),
    ("codings.csv", CERTAINTY, "-1-1", "-2-1", "passage_id", "beta-1-1, the passage of its row"),
    ("codings.csv", EXISTS, "-02,", "-99,", "final", "no: there is no such row"),
    ("codings.csv", EXISTS, "probably", "maybe", "reason", "something.', as in row"),
    ("codings.csv", CERTAINTY, "6,6,", "6,6,Why not", "reason", "nothing: the codings are"),
]


@pytest.mark.parametrize("case", WRONG_DECISIONS, ids=lambda case: f"{case[0]}-{case[4]}")
def test_a_decision_that_is_not_that_of_its_row_is_named(wreck, case):
    file, place, old, new, column, expected = case
    lines = (wreck / file).read_text(encoding="utf-8").split("\n")
    number = next(number for number, line in enumerate(lines, 1) if place in line)
    assert faults_of(wreck, decisions, settled) == []
    edit(wreck, file, number, old, new)
    found = faults_of(wreck, decisions, settled)
    assert [f for f in found if f.column == column and expected in f.expected], found


def test_a_difference_that_was_settled_without_a_reason_is_named(wreck):
    path = wreck / "codings.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The hedge is single.", ""), "utf-8")
    found = faults_of(wreck, settled)
    assert {(f.file, f.column) for f in found} == {("codings.csv", "reason")}
    assert "a reason, as a coding differs" in found[0].expected


def changed(intact, table, place, **cells):
    """The made package with some cells of one row (from 0) changed."""
    rows = intact[table].copy()
    for column, cell in cells.items():
        rows[column] = rows[column].mask(rows.index == place, cell)
    return intact.replaced({table: rows})


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\ta"])
def test_a_text_that_begins_as_a_formula_is_named(intact, text):
    assert list(formulas(intact)) == []
    [fault] = formulas(changed(intact, "claims", 1, note=text))
    assert (fault.file, fault.row, fault.column, fault.found) == ("claims.csv", 3, "note", text)


@pytest.mark.parametrize("text", ["Alpha's", 'The "news"'])
def test_straight_quotation_marks_are_named_but_in_copies_of_words(intact, text):
    assert list(quotation_marks(changed(intact, "claims", 1, cue=text))) == []
    assert list(quotation_marks(changed(intact, "sources", 1, title=text))) == []
    [fault] = quotation_marks(changed(intact, "claims", 1, note=text))
    assert (fault.file, fault.row, fault.column) == ("claims.csv", 3, "note")
    told = DataPackage(intact.folder)
    told.fields["claims"]["note"]["description"] = text
    [fault] = quotation_marks(told)
    assert (fault.file, fault.column) == ("datapackage.json", "claims.note")


@pytest.mark.parametrize(
    ("rule", "table", "place", "cells", "column", "expected"),
    [
        (passage_order, "passages", 1, {"start": 25}, "start", "26 or more"),
        (passage_order, "passages", 1, {"end": 27}, "end", "more than start"),
        (passage_order, "passages", 1, {"line": 5}, "passage_id", "the id of alpha, line 5"),
        (
            *(passage_order, "passages", 1, {"passage_id": "passage-alpha-2-2"}),
            *("passage_id", "passage-alpha-2-1 before it"),
        ),
        (totals, "passages", 0, {"claims": 0}, "claims", "1, the rows"),
        (totals, "passages", 0, {"claims": 2}, "claims", "1, the rows"),
        (coverage, "passages", 0, {"uncoded": "announces"}, "uncoded", "the passage is coded"),
        (coverage, "passages", 10, {"uncoded": "announces"}, "uncoded", "nothing for the role"),
        (anchors, "claims", 0, {"source_id": "beta"}, "source_id", "alpha, the source"),
        (ids, "claims", 0, {"source_id": "beta"}, "claim_id", "an id of source beta"),
        (ids, "claims", 0, {"claim_id": "claim-alpha-04"}, "claim_id", "numbers without a gap"),
        (settled, "codings", 7, {"value": "5"}, "reason", "a reason"),
        (settled, "codings", 6, {"value": "5"}, "reason", "a reason"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(intact, rule, table, place, cells, column, expected):
    assert list(rule(intact)) == []
    found = list(rule(changed(intact, table, place, **cells)))
    assert [f for f in found if f.column == column and expected in f.expected], found


def test_the_levels_of_a_scale_stand_in_their_order(intact):
    package = DataPackage(intact.folder)
    package.fields["claims"]["zone"]["constraints"]["enum"].reverse()
    assert [fault.column for fault in scales(package)] == ["claims.zone"]
