"""What must hold of the project's data as they are."""

import pytest
from frictionless import Package

from evidence.check import check
from evidence.files import as_files, table_rows
from evidence.verify import verify


def test_check_finds_no_fault(data):
    assert [str(fault) for fault in check(data)] == []


def test_others_read_the_package_without_fault(data):
    """Keys of other tables included, which the project looks up by itself."""
    report = Package(str(data.folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_every_table_stands_as_a_command_would_write_it(data):
    """A command that takes a source in, or out again, then changes the rows of that source alone."""
    for name in data.resources:
        for path, text in as_files(data, {name: table_rows(data, name)}).items():
            assert path.read_text(encoding="utf-8") == text, path.name


@pytest.mark.copies
def test_verify_finds_no_fault(data, copies):
    faults, counts = verify(data, copies)
    assert [str(fault) for fault in faults] == []
    assert counts["copies"] == len(data["sources"])
    assert counts["passages"] == len(data["passages"])


def test_every_column_is_described(data):
    for name, fields in data.fields.items():
        for column, field in fields.items():
            assert field.get("description"), f"{name}.{column}"
            if field["type"] in ("integer", "number") and "categories" not in field:
                assert field.get("unit"), f"{name}.{column} has no unit"


def test_every_level_has_a_label_and_most_a_definition(data):
    for name, fields in data.fields.items():
        for column, field in fields.items():
            for level in field.get("categories", []):
                assert level["label"], f"{name}.{column}: {level['value']}"


def test_the_question_is_a_proposition_with_claims(data):
    question, near = data.descriptor["question"], data.descriptor["near"]
    assert {question, *near} <= set(data["claims"]["proposition_id"])
    assert question not in near


def test_statements_are_sentences(data):
    for row in data["claims"].itertuples():
        assert row.statement[0].isupper() and row.statement.endswith("."), row.claim_id


def test_a_correction_names_a_row_of_its_passage(data):
    passage_of = {}
    for name in (*data.coded_from_passages(), "retellings", "leaps", "omissions"):
        passage_of |= data[name].set_index(data.key(name))["passage_id"].to_dict()
    for row in data["corrections"].itertuples():  # a detail told nowhere has no passage
        assert passage_of[row.row] in (row.passage_id, ""), row.correction_id
