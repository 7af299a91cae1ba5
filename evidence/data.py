"""The data package: tables with the types of their schema, scales, and faults found in them."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

pd.set_option("display.max_colwidth", None)  # a notebook's frames show whole sentences

DESCRIPTOR = "datapackage.json"
CODED = ("claims", "figures", "proposals", "citations", "losses")  # coded from passages
JUDGED = ("verdict", "right", "wrong", "missing", "rests_on")  # of a source, by its coded rows
_FORMS = {
    "integer": (re.compile(r"-?[0-9]+"), "a whole number, written like 1000"),
    "number": (re.compile(r"-?[0-9]+(\.[0-9]+)?"), "a number, written like 2.5"),
    "boolean": (re.compile(r"true|false"), "true or false"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a day of the calendar, like 2021-07-01"),
}
_TAKEN_FOR_MISSING = {"NaN", "nan", "NA", "N/A", "n/a", "NULL", "null", "None", "<NA>", "#N/A"}


class DataError(Exception):
    """The data cannot be used; the message says in one line what is wrong where."""


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong at one place of the data.

    Attributes
    ----------
    file : str
    row : int
        As a spreadsheet counts (the header is row 1); 0 for the whole file.
    column : str
    found, expected : str
    key : str
        Key of the row, if it has one.
    """

    file: str
    row: int
    column: str
    found: str
    expected: str
    key: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" if self.row else self.file
        place += f" ({self.key})" if self.key else ""
        place += f", column {self.column}" if self.column else ""
        found = self.found if len(self.found) <= 80 else self.found[:77] + "…"
        return f"{place}: found {found!r}; expected {self.expected}"


class Row(dict[str, Any]):
    """A row with its typed cells; an empty text is "", another empty cell None.

    Attributes
    ----------
    number : int
        Row in the file as a spreadsheet counts.
    """

    number: int

    def __missing__(self, column: str) -> Any:
        raise DataError(f"{DESCRIPTOR}: no column {column} where a rule needs it")


class Package:
    """A folder with ``datapackage.json`` and the tables that it describes.

    Parameters
    ----------
    folder : path-like, optional
        By default ``data/`` in the current folder or the nearest one above it.

    Raises
    ------
    DataError
        If there is no such folder or no data package in it.
    """

    def __init__(self, folder: Path | str | None = None) -> None:
        self.folder = find_folder() if folder is None else Path(folder)
        path = self.folder / DESCRIPTOR
        try:
            self.descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            self.resources = {r["name"]: r for r in self.descriptor["resources"]}
            self.fields = {
                name: {f["name"]: f | {"type": f["type"]} for f in r["schema"]["fields"]}
                for name, r in self.resources.items()
            }
            self.keys = {n: r["schema"]["primaryKey"] for n, r in self.resources.items()}
            self.files = {n: r["path"] for n, r in self.resources.items()}
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror})") from error
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}: is no data package ({error!r})") from error

    @cached_property
    def loaded(self) -> dict[str, tuple[list[Row], list[Fault]]]:
        """The rows of each table, and the cells of it that are no value of their type."""
        return {name: self.load(name) for name in self.resources}

    def __getitem__(self, name: str) -> list[Row]:
        if name not in self.loaded:
            raise DataError(f"{DESCRIPTOR}: no table {name} where a rule needs it")
        return self.loaded[name][0]

    def load(self, name: str) -> tuple[list[Row], list[Fault]]:
        """Read one table. This alone says which cells are values: for a reader and for a check.

        Returns
        -------
        rows : list of Row
        faults : list of Fault
            One alone, of no row, where the file is no table of these columns.
        """
        if name not in self.resources:
            raise DataError(f"{name}: no such table; there are {', '.join(self.resources)}")
        file, fields = self.files[name], self.fields[name]
        try:
            lines = _lines(self.folder / file, list(fields))
        except DataError as error:
            return [], [Fault(file, 0, "", str(error), "the table of datapackage.json")]
        rows, faults = [], []
        for number, cells in lines:
            key = cells[0]
            if len(cells) != len(fields):
                wanted = f"{len(fields)} cells, one a column"
                faults.append(Fault(file, number, "", f"{len(cells)} cells", wanted, key))
            cells = [*cells[: len(fields)], *[""] * (len(fields) - len(cells))]
            row = Row()
            row.number = number
            for (column, field), cell in zip(fields.items(), cells, strict=True):
                try:
                    row[column] = value_of(cell, field)
                except ValueError as error:
                    row[column] = "" if field["type"] == "string" else None
                    faults.append(Fault(file, number, column, cell, str(error), key))
            rows.append(row)
        return rows, faults

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table as a data frame.

        Raises
        ------
        DataError
            If a cell is no value of its type.
        """
        rows, faults = self.load(name)
        if faults:
            raise DataError(str(faults[0]))
        kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
        return pd.DataFrame(
            {
                column: pd.Series(
                    [None if row[column] == "" else row[column] for row in rows],
                    dtype=kinds.get(field["type"], "object"),
                ).where(lambda values: values.notna())
                for column, field in self.fields[name].items()
            }
        )

    def levels(self, name: str, column: str) -> pd.DataFrame:
        """Return the levels of a scale, as :func:`levels`."""
        try:
            return pd.DataFrame(self.fields[name][column]["categories"]).set_index("value")
        except KeyError as error:
            raise DataError(f"{name}.{column}: {DESCRIPTOR} has no scale of this name") from error


def read(name: str, folder: Path | str | None = None) -> pd.DataFrame:
    """Read a table of the data package.

    Parameters
    ----------
    name : str
        For example ``"claims"``.
    folder : path-like, optional
        By default ``data/`` in the current folder or the nearest one above it.

    Returns
    -------
    pandas.DataFrame
        Whole numbers as Int64, numbers as float, truth as boolean, all else as text. An empty
        cell is missing.

    Raises
    ------
    DataError
        If there is no such table, or a cell of it is no value of its type.
    """
    return Package(folder).frame(name)


def levels(name: str, column: str, folder: Path | str | None = None) -> pd.DataFrame:
    """Read the levels of a scale, in their order.

    Returns
    -------
    pandas.DataFrame
        Indexed by value; columns ``label``, ``definition`` and what else the levels carry.
    """
    return Package(folder).levels(name, column)


def find_folder(start: Path | None = None) -> Path:
    """Find ``data/`` in a folder (the current one) or the nearest one above it that has it."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "data" / DESCRIPTOR).is_file():
            return folder / "data"
    raise DataError(f"data/{DESCRIPTOR}: not found in {start} or any folder above it")


def value_of(cell: str, field: dict[str, Any]) -> Any:
    """Return the value of a cell; a ValueError says what was expected instead of it."""
    kind = field["type"]
    if cell == "":
        return "" if kind == "string" else None
    if cell in _TAKEN_FOR_MISSING:
        raise ValueError("a value, or an empty cell where there is none")
    if kind in _FORMS:
        form, expected = _FORMS[kind]
        if not form.fullmatch(cell):
            raise ValueError(expected)
    if kind == "date" or field.get("partialDate"):
        _require_date(cell + "-01-01"[len(cell) - 4 :])
    if kind == "boolean":
        return cell == "true"
    return {"integer": int, "number": float}.get(kind, str)(cell)


def _require_date(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"a date that there is ({error})") from error


def _lines(path: Path, columns: list[str]) -> list[tuple[int, list[str]]]:
    """Read the lines of a table with their numbers; lines without anything are left out."""
    text = _text(path)
    header = text.partition("\n")[0].rstrip("\r")
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if mark in header and "," not in header:
            raise DataError(f"separated by {name}")
    try:
        lines = list(enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1))
    except csv.Error as error:
        raise DataError(f"a quotation mark that is not closed, or not doubled ({error})") from error
    found = lines[0][1] if lines else []
    if found != columns:
        stray = [f"no column {c}" for c in columns if c not in found]
        stray += [f"a stray column {c}" for c in found if c not in columns]
        raise DataError(", ".join(stray) or f"columns in another order: {', '.join(found)}")
    return [(number, cells) for number, cells in lines[1:] if cells]


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror})") from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        raise DataError("encoded as UTF-16; save as CSV UTF-8")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise DataError("a byte-order mark at its beginning; save as CSV UTF-8 without one")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"not UTF-8 in line {line}, perhaps Windows-1252; save as CSV UTF-8"
        ) from error
