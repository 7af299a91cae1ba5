"""A notebook is there to be changed: it runs on whichever rows its reader keeps."""

import re
from random import Random

import pandas as pd
import pytest

from evidence.prose import counted
from tests.reading import PAGES, ROOT, rows_of, run_cells, unpacked

PATHS = {name: ROOT / f"chapters/{name}.ipynb" for name in PAGES} | {"index": ROOT / "index.ipynb"}
LOT = Random(2021)


def drawn(tables):
    """The sources, on which most others hang, and one more by lot: all would take long."""
    others = [table for table in tables if table != "sources"]
    return sorted({"sources"} & set(tables)) + LOT.sample(others, min(1, len(others)))


CASES = [
    pytest.param(page, table, id=f"{page}-{table}")
    for page, path in PATHS.items()
    for table in drawn(unpacked(path))
]
WHOLE = {}  # tables of a page as it is, by its name


@pytest.fixture
def run(data, monkeypatch):
    """Run a page on the book's data, which are read once."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("evidence.data.DataPackage", lambda: data)
    return lambda page, **kept: run_cells(PATHS[page], kept=kept)


def blanks(table):
    """Number of cells without a word, by column; a number may be unknown."""
    words = table.frame.select_dtypes(exclude="number").columns
    cells = pd.DataFrame(rows_of(table, *words), columns=words)
    return cells.isin(["", "nan", "None"]).sum()


@pytest.mark.parametrize(("page", "table"), CASES)
def test_a_page_runs_on_every_other_row_of_a_table(page, table, run):
    if page not in WHOLE:
        WHOLE[page] = run(page).tables
    half = run(page, **{table: lambda rows: rows.iloc[::2]}).tables
    for name in WHOLE[page].keys() & half.keys():
        filled = blanks(WHOLE[page][name]) == 0
        new = blanks(half[name]).where(filled, 0)
        assert not new.any(), f"{name}: blank in {', '.join(new.index[new > 0])}"


@pytest.mark.parametrize(
    ("page", "table"),
    [("index", "claims"), ("index", "sources"), ("claims", "claims"), ("figures", "figures")],
)
def test_what_is_counted_is_what_a_filter_leaves(page, table, run, data):
    [first, *_] = data["sources"]["source_id"]
    found = run(page, **{table: lambda rows: rows[rows["source_id"] == first]})
    said = " ".join([*found.values.values(), *(c.caption for c in found.charts.values())])
    every = counted(len(data["sources"]), "article")
    assert re.search(r"\b(one|this) article\b", said)
    assert f"these {every}" not in said and f"of {every}" not in said
