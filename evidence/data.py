"""The data package: tables, their schemas, and faults found in them."""

import json
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.belonging import rows_of

DESCRIPTOR = "datapackage.json"
CODED = "coded"  # the column of sources.csv that says how often a source was coded
IN_PROGRESS, ONCE, TWICE = "in_progress", "once", "twice"


class DataError(Exception):
    """The data package cannot be read at all; the message says which file and why."""


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong at one place of the data.

    Attributes
    ----------
    file : str
        Name of the file.
    row : int
        Row in the file as a spreadsheet counts them (the header is row 1); 0 for the whole file.
    column : str
        Name of the column; empty for the whole row.
    found, expected : str
        The value found there and what was expected instead.
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
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.key:
            place += f" ({self.key})"
        if self.column:
            place += f", column {self.column}"
        found = self.found if len(self.found) <= 80 else self.found[:77] + "…"
        return f"{place}: found {found!r}; expected {self.expected}"


class DataPackage:
    """A folder with ``datapackage.json`` and the CSV files it describes.

    A table that is not there is an error. Within a table reading is tolerant: a missing column is
    empty, a value of the wrong type is missing. :mod:`evidence.check` reports these; the rest of
    the package works on data that passed the check.

    A source that is still being coded is left out, with all rows that belong to it: half of a
    source would be counted as if it were silent on the rest.

    Parameters
    ----------
    folder : path-like, optional
        The folder; by default ``data/`` in the current folder or the nearest one above it.
    whole : bool
        Keep the sources in progress.

    Raises
    ------
    DataError
        If there is no such folder, or ``datapackage.json`` is missing or no JSON object with
        resources.
    """

    def __init__(self, folder: Path | str | None = None, whole: bool = False) -> None:
        self._whole = whole
        self.folder = find_folder() if folder is None else Path(folder)
        path = self.folder / DESCRIPTOR
        try:
            self.descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            self.resources: dict[str, dict[str, Any]] = {
                r["name"]: r for r in self.descriptor["resources"]
            }
            self.fields: dict[str, dict[str, dict[str, Any]]] = {
                name: {f["name"]: f for f in r["schema"]["fields"]}
                for name, r in self.resources.items()
            }
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror})") from error
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}: is no data package ({error!r})") from error
        for name, resource in self.resources.items():
            if "path" not in resource:
                raise DataError(f"{path}: resource {name}: expected a path")
            for column, field in self.fields[name].items():
                if "type" not in field:
                    raise DataError(f"{path}: resource {name}, field {column}: expected a type")
            for column in resource["schema"].get("primaryKey", []):
                if column not in self.fields[name]:
                    raise DataError(f"{path}: resource {name}: primaryKey: no field {column!r}")
        self._tables: dict[str, pd.DataFrame] = {}
        self._finished: dict[str, pd.DataFrame] | None = None

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the table called `name` as a data frame with the schema's columns and types.

        Rows of sources in progress that are left out leave a gap in the index.
        """
        if not self._whole and self._finished is None:
            self._finished = self._left_out()
        if self._finished and name in self._finished:
            return self._finished[name]
        if name not in self._tables:
            self._tables[name] = self._read(name)
        return self._tables[name]

    def _left_out(self) -> dict[str, pd.DataFrame]:
        """Tables without the sources in progress; empty if there are none."""
        if CODED not in self.fields.get("sources", {}):
            return {}
        whole = self.whole()
        sources = whole["sources"]
        unfinished = sources.loc[sources[CODED] == IN_PROGRESS, "source_id"]
        if unfinished.empty:
            return {}
        gone = rows_of(whole, list(unfinished))
        return {name: whole[name][~mask] for name, mask in gone.items()}

    def whole(self) -> "DataPackage":
        """Return this package with the sources in progress."""
        if self._whole:
            return self
        other = copy(self)
        other._whole, other._finished = True, None
        return other

    def replaced(self, tables: Mapping[str, pd.DataFrame]) -> "DataPackage":
        """Return this package with some of its tables replaced by others of the same columns."""
        other = copy(self)
        other._tables, other._finished = {**self._tables, **tables}, None
        return other

    def _read(self, name: str) -> pd.DataFrame:
        fields = self.fields[name]
        path = self.folder / self.resources[name]["path"]
        try:
            raw = _lines(path, len(fields))
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror})") from error
        except ValueError:  # no header at all: reported by evidence.check
            raw = pd.DataFrame()
        text = raw.reindex(columns=list(fields)).astype(str).fillna("")
        kinds = {column: f["type"] for column, f in fields.items() if f["type"] != "string"}
        return text.assign(**{column: _typed(text[column], kind) for column, kind in kinds.items()})

    def require_source(self, source_id: str) -> None:
        """Raise a DataError that names the known sources if this one is not among them."""
        known = list(self.whole()["sources"]["source_id"])
        if source_id not in known:
            there = ", ".join(known)
            raise DataError(f"{source_id}: no such source_id in sources.csv; there are {there}")

    def key(self, name: str) -> str:
        """Name of the column that is the primary key of the table `name`."""
        return str(self.resources[name]["schema"]["primaryKey"][0])

    def path(self, name: str) -> str:
        """File name of the table `name`."""
        return str(self.resources[name]["path"])

    def levels(self, name: str, column: str) -> pd.DataFrame:
        """Return the levels of a scale.

        Returns
        -------
        pandas.DataFrame
            Indexed by level, in the scale's order; columns ``label``, ``definition`` and whatever
            else the categories in ``datapackage.json`` carry.
        """
        return pd.DataFrame(self.fields[name][column]["categories"]).set_index("value")

    def labels(self, name: str, column: str, rows: pd.DataFrame) -> pd.Series:
        """Return the values of a column as the labels of their levels.

        Parameters
        ----------
        name, column : str
            The table and the column whose scale it is.
        rows : pandas.DataFrame
            All rows of the table or some of them; other columns do not matter.

        Returns
        -------
        pandas.Series
            With the index of `rows`. Categorical, its categories in the order of the scale, so
            that a group, a cross-tabulation or a chart keeps that order. A value that is no level
            is missing.
        """
        labels = self.levels(name, column)["label"]
        kind = pd.CategoricalDtype(list(labels.unique()), ordered=True)
        return rows[column].map(labels.to_dict()).astype(kind)

    def coded_from_passages(self) -> list[str]:
        """Names of the tables coded from passages: those with a control total in passages.csv."""
        return [name for name in self.fields if name in self.fields["passages"]]


def find_above(marker: str, start: Path | None = None) -> Path:
    """Find the folder that holds a file: the current one or the nearest above it.

    Parameters
    ----------
    marker : str
        The file, relative to the folder sought.
    start : pathlib.Path, optional

    Raises
    ------
    DataError
        If there is none; the message says where it was looked for.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / marker).is_file():
            return folder
    raise DataError(f"no {marker} in {start} or a folder above it")


def find_folder(start: Path | None = None) -> Path:
    """Find the folder of the data package: ``data/`` here or in the nearest folder above."""
    return find_above(f"data/{DESCRIPTOR}", start) / "data"


def _lines(path: Path, width: int) -> pd.DataFrame:
    """Read a file as text, rows of too many cells cut: :mod:`evidence.check` reports them."""
    text: dict[str, Any] = {"dtype": str, "keep_default_na": False, "index_col": False}
    text["encoding"] = "utf-8-sig"
    try:
        return pd.DataFrame(pd.read_csv(path, **text))
    except pd.errors.ParserError:  # pandas' other parser is slower and puts up with more
        text |= {"engine": "python", "on_bad_lines": lambda cells: cells[:width]}
        return pd.DataFrame(pd.read_csv(path, **text))


def _typed(values: pd.Series, kind: str) -> pd.Series:
    if kind in ("integer", "number"):
        numbers = pd.to_numeric(values.where(values != ""), errors="coerce").astype("Float64")
        return numbers if kind == "number" else numbers.where(numbers % 1 == 0).astype("Int64")
    if kind == "boolean":
        return values.map({"true": True, "false": False}).astype("boolean")
    return values


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Iterate over a frame's rows as named tuples, each cell of its column's type.

    Which type that is the schema knows; pandas' own iterator says that it may be any.
    """
    return iter(()) if frame.empty else frame.itertuples()  # most rules find nothing


def fault_at(
    data: DataPackage, table: str, row: Any, column: str, expected: str, found: object = None
) -> Fault:
    """Make a fault at one row of a table.

    Parameters
    ----------
    data : DataPackage
    table : str
        Name of the table.
    row : namedtuple
        The row, from :func:`records` of the table with its own index.
    column, expected : str
    found : object, optional
        What was found; the value of the column by default.

    Returns
    -------
    Fault
    """
    if found is None:
        found = getattr(row, column)
    found = "" if found is pd.NA else str(found)
    key = str(getattr(row, data.key(table)))
    return Fault(data.path(table), row.Index + 2, column, found, expected, key)
