"""Which rows belong to a source: its own, those that refer to its own, those that only it uses."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from evidence.data import DataPackage

NUMBERED_UNIT = re.compile(r"(?:not-kept-)?[a-z]+-(?P<source>.+)-\d+")


def rows_of(data: "DataPackage", sources: Collection[str]) -> dict[str, pd.Series]:
    """Find the rows that belong to some sources.

    A row belongs to a source if it names it, or a row that belongs to it, in a column that refers
    to rows (``foreignKeys`` and ``refersTo`` in ``datapackage.json``); a reference to a row of the
    same table does not count. A coding belongs to the source that its passage, its unit or the
    key of its unit names.

    Parameters
    ----------
    data : DataPackage
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


def left_unused(data: "DataPackage", gone: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Find the rows that would be referred to no more.

    Of the tables that rows coded from passages refer to, as a claim to what it is about. A row that
    the head of ``datapackage.json`` names is in use.

    Parameters
    ----------
    data : DataPackage
        Whole: sources in progress included.
    gone : mapping of str to pandas.Series
        For each table, whether each row goes; as :func:`rows_of` gives it.

    Returns
    -------
    dict of str to pandas.Series
        For each such table, whether each row is referred to by rows that go and by no other.
    """
    leads = list(links(data))
    shared = {target for name, _, target in leads if name in data.coded_from_passages()}
    head = {name: part for name, part in data.descriptor.items() if name != "resources"}
    named = set(re.findall(r"[\w-]+", json.dumps(head)))
    found = {}
    for table in shared - {"sources", "passages"}:
        columns = [(name, column) for name, column, target in leads if target == table]
        theirs = [data[name].loc[gone[name], column] for name, column in columns]
        others = [data[name].loc[~gone[name], column] for name, column in columns]
        only = set(pd.concat(theirs)) - set(pd.concat(others)) - named
        found[table] = data[table][data.key(table)].isin(list(only))
    return found


def tables_of(data: "DataPackage") -> list[str]:
    """Names of the tables with rows that belong to a source, in the order of the package."""
    found = {"sources"}
    leads = list(links(data))
    for _ in data.fields:
        found |= {name for name, _, target in leads if target in found}
    return [name for name in data.fields if name in found]


def links(data: "DataPackage") -> Iterator[tuple[str, str, str]]:
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


def _coded(data: "DataPackage", keys: set[str], sources: Collection[str]) -> pd.Series:
    units = data["codings"]["unit"]
    named = units.str.extract(f"^{NUMBERED_UNIT.pattern}$")["source"]
    return named.isin(list(sources)) | units.str.removeprefix("not-kept-").isin(list(keys))
