"""Fixtures: a copy of the data to damage, a package without rows, the source copies."""

import csv
import os
import shutil
from pathlib import Path

import pytest

from evidence.data import Package
from tests.browser import chromium, firefox, opened, playwright  # noqa: F401 (fixtures)

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path):
    """A copy of the data, with its bibliography beside it."""
    shutil.copy(ROOT / "references.bib", tmp_path)
    return shutil.copytree(ROOT / "data", tmp_path / "data")


@pytest.fixture
def empty(tmp_path):
    """A data package of the same tables without any rows."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(ROOT / "data/datapackage.json", folder)
    data = Package(folder)
    for name, fields in data.fields.items():
        (folder / data.files[name]).write_text(",".join(fields) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def copies():
    """The folder of the source copies, which are not the project's to ship."""
    if "SOURCE_COPIES" not in os.environ:
        pytest.skip("the source copies are not here: set SOURCE_COPIES to their folder")
    return Path(os.environ["SOURCE_COPIES"])


@pytest.fixture
def change():
    """Change one cell of a table: the first whose row fits; return the row's number."""
    return change_cell


def change_cell(folder, file, column, value, fits=lambda row: True, taken=()):
    """Give a cell another value, in the first row that fits and whose number is not taken."""
    path = folder / file
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    for number, cells in enumerate(rows, start=2):
        row = dict(zip(header, cells, strict=False))
        if number not in taken and fits(row):
            cells[header.index(column)] = value(row) if callable(value) else value
            break
    else:
        raise LookupError(f"no row of {file} fits")
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return number
