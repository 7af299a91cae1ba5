"""Tables are read with the types of their schema, and nothing is taken for missing."""

import pandas as pd
import pytest

from evidence.check import check
from evidence.data import DataError, Package, levels, read


def test_columns_have_the_types_of_the_schema():
    claims, figures, sources = read("claims"), read("figures"), read("sources")
    assert claims["certainty"].dtype == "Int64"
    assert figures["low"].dtype == "float64"
    assert sources["damaged"].dtype == "boolean"
    assert sources["words_to_animal"].isna().sum() == 1, "one article tells of people alone"
    assert claims["speaker_name"].isna().any()
    assert not (claims == "").any(axis=None)


def test_text_columns_without_any_text_are_missing_text(empty):
    table = read("claims", empty)
    assert table.empty
    assert table["statement"].dtype == object


def test_levels_are_those_of_the_schema_in_their_order():
    scale = levels("claims", "certainty")
    assert list(scale.index) == [1, 2, 3, 4, 5, 6]
    assert {"label", "definition"} <= set(scale.columns)
    assert scale.loc[6, "label"] == "Flat fact"


def test_the_folder_is_found_from_below(monkeypatch, folder):
    below = folder.parent / "chapters" / "deep"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert len(read("sources")) == 5


@pytest.mark.parametrize("ask", [lambda: read("clams"), lambda: levels("claims", "statement")])
def test_what_is_not_there_is_named(ask):
    with pytest.raises(DataError, match=r"clams: no such table|claims\.statement"):
        ask()


SPELLINGS = [
    ("sources.csv", "damaged", "TRUE", "true or false"),
    ("sources.csv", "damaged", "False", "true or false"),
    ("sources.csv", "damaged", "1", "true or false"),
    ("sources.csv", "damaged", "0", "true or false"),
    ("claims.csv", "certainty", "５", "a whole number"),
    ("claims.csv", "certainty", "5.0", "a whole number"),
    ("passages.csv", "start", "1_000", "a whole number"),
    ("passages.csv", "start", "1 000", "a whole number"),
    ("figures.csv", "low", "2,5", "a number"),
    ("figures.csv", "low", "1e2", "a number"),
    ("figures.csv", "low", "NaN", "empty cell"),
    ("figures.csv", "low", "nan", "empty cell"),
    ("claims.csv", "note", "NA", "empty cell"),
    ("claims.csv", "note", "None", "empty cell"),
    ("since.csv", "searched", "2020-13-45", "a date that there is"),
    ("since.csv", "searched", "29.11.2026", "a day of the calendar"),
    ("sources.csv", "published", "2021-13", "a date that there is"),
    ("studies.csv", "published", "2021-02-30", "a date that there is"),
]


@pytest.fixture(scope="module")
def read_and_checked(tmp_path_factory):
    """For each spelling its row, what the reader says of it alone, and what the check says."""
    import shutil

    from tests.conftest import ROOT, change_cell

    project = tmp_path_factory.mktemp("spellings")
    shutil.copy(ROOT / "references.bib", project)
    together = shutil.copytree(ROOT / "data", project / "data")
    told, taken = {}, {}
    for spelling in SPELLINGS:
        file, column, value, _ = spelling
        original = (ROOT / "data" / file).read_bytes()
        (project / "one").mkdir(exist_ok=True)
        shutil.copy(ROOT / "data/datapackage.json", project / "one")
        (project / "one" / file).write_bytes(original)
        change_cell(project / "one", file, column, value)
        try:
            read(file.removesuffix(".csv"), project / "one")
            said = "read without a word"
        except DataError as error:
            said = str(error)
        row = change_cell(together, file, column, value, taken=taken.setdefault(file, set()))
        taken[file].add(row)
        told[spelling] = (row, said)
    return told, check(Package(together))


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda s: f"{s[1]}-{s[2]}")
def test_what_the_check_refuses_the_reader_refuses_too(read_and_checked, spelling):
    file, column, value, expected = spelling
    told, faults = read_and_checked
    row, said = told[spelling]
    assert f"{file}, row 2" in said and f"column {column}" in said and expected in said
    found = [f for f in faults if (f.file, f.row, f.column) == (file, row, column)]
    assert any(expected in f.expected and f.found == value for f in found), found


def test_pandas_reads_every_table_alike(folder):
    """Anybody's reader finds as many rows, and as many missing cells, as ours."""
    data = Package(folder)
    for name, file in data.files.items():
        plain = pd.read_csv(folder / file)
        ours = data.frame(name)
        assert ours.shape == plain.shape, name
        assert (ours.isna().sum() == plain.isna().sum()).all(), name
