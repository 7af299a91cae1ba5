"""Which rows belong to a source: its own, and those that refer to one of its own."""

import re
from collections.abc import Collection, Iterator
from typing import Any, Protocol

import pandas as pd

NUMBERED_UNIT = re.compile(r"(?:not-kept-)?[a-z]+-(?P<source>.+)-\d+")


class Tables(Protocol):
    """What is asked of a data package here: tables, what describes them, and their keys."""

    fields: dict[str, dict[str, dict[str, Any]]]
    resources: dict[str, dict[str, Any]]

    def __getitem__(self, name: str) -> pd.DataFrame: ...

    def key(self, name: str) -> str:
        """Name of the column that is the primary key of a table."""
        ...


def rows_of(data: Tables, sources: Collection[str]) -> dict[str, pd.Series]:
    """Find the rows that belong to some sources.

    A row belongs to a source if it names it, or a row that belongs to it, in a column that refers
    to rows (``foreignKeys`` and ``refersTo`` in ``datapackage.json``); a reference to a row of the
    same table does not count. A coding belongs to the source that its passage, its unit or the
    key of its unit names.

    Parameters
    ----------
    data : Tables
        Whole: sources in progress included.
    sources : collection of str
        Keys of sources.

    Returns
    -------
    dict of str to pandas.Series
        For each table, whether each row belongs to any of them; indexed as the table is.
    """
    found = {name: pd.Series(False, index=data[name].index) for name in data.fields}
    found["sources"] = data["sources"][data.key("sources")].isin(list(sources))
    leads = list(links(data))
    grown = True
    while grown:
        grown = False
        gone = {
            name: set(data[name].loc[mask, data.key(name)])
            for name, mask in found.items()
            if mask.any()
        }
        for name, column, target in leads:
            more = found[name] | data[name][column].isin(list(gone.get(target, ())))
            grown = grown or bool((more != found[name]).any())
            found[name] = more
    if "codings" in found:
        found["codings"] |= _coded(data, set().union(*gone.values()), sources)
    return found


def tables_of(data: Tables) -> list[str]:
    """Names of the tables with rows that belong to a source, in the order of the package."""
    found = {"sources"}
    leads = list(links(data))
    for _ in data.fields:
        found |= {name for name, _, target in leads if target in found}
    return [name for name in data.fields if name in found]


def links(data: Tables) -> Iterator[tuple[str, str, str]]:
    """Each column that refers to rows of another table, as (table, column, table referred to)."""
    for name, resource in data.resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            target = key["reference"]["resource"]
            if target != name and len(key["fields"]) == 1:
                yield name, key["fields"][0], target
        for column, field in data.fields[name].items():
            for target in field.get("refersTo", []):
                if target != name:
                    yield name, column, target


def _coded(data: Tables, keys: set[str], sources: Collection[str]) -> pd.Series:
    units = data["codings"]["unit"]
    named = units.str.extract(f"^{NUMBERED_UNIT.pattern}$")["source"]
    return named.isin(list(sources)) | units.str.removeprefix("not-kept-").isin(list(keys))
