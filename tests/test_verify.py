"""Copies are held against the passages, fragments, numbers and counts that were coded from them."""

import shutil

import pytest

from evidence.__main__ import main
from evidence.data import Package
from evidence.verify import verify
from tests.conftest import ROOT, change_cell
from tests.test_add import TEXT, options

pytestmark = pytest.mark.slow


@pytest.fixture
def made(empty, monkeypatch):
    """A package of one made article, with its copy in the folder beside it."""
    copy = empty.parent / "made.txt"
    copy.write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(empty.parent)
    assert main(options(copy)) == 0
    return empty


def code(folder, name, **cells):
    """Append a row to a table, cells that are not given empty."""
    data = Package(folder)
    values = [str(cells.get(column, "")) for column in data.fields[name]]
    with (folder / data.files[name]).open("a", encoding="utf-8") as file:
        file.write(",".join(values) + "\n")


def faults_of(folder, copies=None):
    faults, _ = verify(Package(folder), copies or folder.parent)
    return [str(fault) for fault in faults]


def test_a_copy_as_it_was_coded_has_no_fault(made):
    code(made, "figures", passage_id="passage-made-3-2", as_stated="44 people")
    assert faults_of(made) == []


def test_a_number_that_no_figure_accounts_for_is_named(made):
    (fault,) = faults_of(made)
    assert "(passage-made-3-2), column figures: found '44'" in fault


def test_a_cue_must_stand_in_its_passage_and_a_curled_apostrophe_may(made):
    code(made, "figures", passage_id="passage-made-3-2", as_stated="44 people")
    code(
        made, "claims", claim_id="claim-made-01", passage_id="passage-made-3-1", cue="doesn’t rest"
    )
    assert faults_of(made) == []
    code(
        made, "claims", claim_id="claim-made-02", passage_id="passage-made-3-2", cue="doesn’t rest"
    )
    (fault,) = faults_of(made)
    assert "claims.csv, row 3 (claim-made-02), column cue" in fault


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Coffee hurts.", "Coffee heals.", "changed text"),
        ("Coffee hurts.\n", "Coffee hurts.\nBuy now!\n", "made.txt, row 2: found 'Buy now!'"),
        ("Then mice", "", "changed text"),
    ],
)
def test_a_changed_copy_is_named_by_digest_and_place(made, before, after, told):
    copy = made.parent / "made.txt"
    copy.write_text(TEXT.replace(before, after), encoding="utf-8")
    faults = faults_of(made)
    assert any(f.startswith("made.txt: found") and "expected the digest" in f for f in faults)
    assert any(told in fault for fault in faults), faults
    assert not [f for f in faults if "passage-made-6-1" in f], "what only moved is no fault"


def test_a_copy_in_another_encoding_is_named_and_the_rest_goes_on(made):
    (made.parent / "made.txt").write_bytes(TEXT.replace("café", "caf\u00e9").encode("latin-1"))
    assert any("expected the digest" in fault for fault in faults_of(made))


@pytest.mark.parametrize("column", ["words", "running_words", "words_to_animal"])
def test_a_count_of_words_that_is_off_is_named(made, column):
    change_cell(made, "sources.csv", column, "77")
    assert any(
        f"sources.csv, row 2 (made), column {column}: found '77'" in f for f in faults_of(made)
    )


def test_two_copies_that_share_words_need_a_row_that_says_how_many(made):
    copy = made.parent / "other.txt"
    copy.write_text(
        "They say: " + "mice with the antibodies of 44 people moved less and less." + "\n"
    )
    assert main(options(copy, source="other")) == 0
    code(made, "figures", passage_id="passage-made-3-2", as_stated="44 people")
    code(made, "figures", passage_id="passage-other-1-1", as_stated="44 people")
    assert any("a link of made and other" in fault for fault in faults_of(made))
    code(made, "lineage", child="made", parent="other", longest_run=11)
    assert faults_of(made) == []


@pytest.mark.parametrize("folder", ["nowhere", "data"])
def test_a_folder_without_copies_is_one_line(made, capsys, folder):
    assert main(["verify", folder]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_copies_bear_out_every_row(copies, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert main(["verify", str(copies)]) == 0
    assert "5 copies" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [
        ("claims.csv", "cue", "words that nobody wrote"),
        ("claims.csv", "speaker_name", "Andreas Goebel"),
        ("passages.csv", "sha256", "0" * 64),
        ("passages.csv", "line", "77"),
        ("lineage.csv", "longest_run", "9"),
        ("sources.csv", "words_to_autoimmune", "3"),
    ],
)
def test_a_row_that_the_copies_do_not_bear_out_is_named(copies, folder, file, column, value):
    row = change_cell(folder, file, column, value, lambda row: row[column] not in ("", value))
    assert any(f"{file}, row {row} " in f and column in f for f in faults_of(folder, copies))


def test_a_lost_copy_is_named(copies, folder, tmp_path):
    some = shutil.copytree(copies, tmp_path / "copies")
    sorted(some.iterdir())[0].unlink()
    (fault,) = faults_of(folder, some)
    assert "column copy_file" in fault and "No such file" in fault


def test_tables_that_are_no_tables_are_left_to_the_check(made, capsys):
    change_cell(made, "passages.csv", "start", "")
    assert main(["verify", "."]) == 2
    assert "run python -m evidence check first" in capsys.readouterr().err
