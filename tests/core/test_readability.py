"""Reading grades: the formulas on made text with numbers written out, and a swapped grade found."""

import pytest

from evidence.data import DataPackage
from evidence.editing.renewal import renew
from evidence.readability import grades, syllables
from evidence.verify import verify
from tests.wrecking import edit

TEXT = ["The cat sat on the mat.", "Antibodies irritate animals."]
WORDS, SENTENCES, SYLLABLES, LONG_WORDS, LETTERS = 9, 2, 16, 3, 42


def scores(sentences):
    return grades(sentences).set_index("formula")["score"].to_dict()


def test_the_formulas_give_what_their_authors_say():
    rows = grades(TEXT)
    assert set(rows["words"]) == {WORDS} and set(rows["sentences"]) == {SENTENCES}
    length = WORDS / SENTENCES
    assert scores(TEXT) == {
        "flesch_kincaid": round(0.39 * length + 11.8 * SYLLABLES / WORDS - 15.59, 1),
        "smog": round(3 + (LONG_WORDS * 30 / SENTENCES) ** 0.5, 1),
        "automated_readability": round(4.71 * LETTERS / WORDS + 0.5 * length - 21.43, 1),
    }


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("area", 3),
        ("people", 2),
        ("Immune", 2),
        ("don’t", 1),
        ("small-fiber", 3),
        ("44", 1),
        ("IgG", 1),
        ("myalgia", 3),  # not in the dictionary: by rule of thumb, one too few
    ],
)
def test_syllables_are_those_one_hears(word, count):
    assert syllables(word) == count


def test_a_capital_and_an_address_change_nothing():
    plain = scores(["we read of myalgia in the journal"])
    assert scores(["We read of Myalgia in the journal."]) == plain
    assert scores(["We read of myalgia in the [journal](https://www.jci.org/view/1)."]) == plain


def test_who_cuts_the_sentences_decides():
    assert scores(["one two three", "four five six"]) != scores(["one two three four five six"])


def test_no_words_no_grade():
    with pytest.raises(ValueError, match="without words"):
        grades(["—", ""])


@pytest.mark.parametrize("column", ["words", "sentences", "score"])
def test_a_wrong_value_is_named(wreck, intact, made_copies, column):
    table = intact["readability"]
    first, last = table.iloc[0], table.iloc[-1]
    path = wreck / "readability.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index(column)
    cells = [lines[1].split(","), lines[-1].split(",")]
    cells[0][place], cells[1][place] = "98", "99"
    lines[1], lines[-1] = (",".join(row) for row in cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [f for f in verify(DataPackage(wreck), made_copies)[0] if f.file == "readability.csv"]
    assert [(f.row, f.column, f.key) for f in found] == [
        (2, column, first["source_id"]),
        (len(lines), column, last["source_id"]),
    ]
    assert f"{first[column]}" in found[0].expected


def test_a_missing_grade_is_named(wreck, made_copies):
    path = wreck / "readability.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    source, formula = lines.pop(4).split(",")[:2]
    path.write_text("".join(lines), encoding="utf-8")
    found = [f for f in verify(DataPackage(wreck), made_copies)[0] if f.file == "readability.csv"]
    assert [f.expected for f in found] == [f"a row for {source} by {formula}"]


def test_a_passage_that_changes_its_role_changes_the_grade(wreck, made_copies):
    edit(wreck, "passages.csv", None, ",body,", ",notice,")
    faults, _ = verify(DataPackage(wreck), made_copies)
    assert {f.column for f in faults if f.file == "readability.csv"} >= {"words", "sentences"}


@pytest.mark.parametrize("table", ["readability", "overlaps"])
def test_a_table_that_is_computed_is_renewed(wreck, made_copies, table):
    path = wreck / f"{table}.csv"
    before = path.read_bytes()
    path.write_bytes(before.splitlines(keepends=True)[0])
    renew(DataPackage(wreck), made_copies)
    assert path.read_bytes() == before


def test_what_a_changed_copy_was_measured_to_be_stays(wreck, intact, made_copies, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    for name in intact["sources"]["copy_file"]:
        (folder / name).write_bytes((made_copies / name).read_bytes() + b" more")
    renew(DataPackage(wreck))
    before = {path.name: path.read_bytes() for path in wreck.iterdir()}
    told = renew(DataPackage(wreck), folder)
    assert {path.name: path.read_bytes() for path in wreck.iterdir()} == before
    assert all(source in told[-1] for source in intact["sources"]["source_id"])
