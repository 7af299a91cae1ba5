"""What every finished source must have: a row in each complete table, and its second codings.

Which tables have a row for each source is declared in ``datapackage.json`` (``complete``), as is
which tables are coded twice (``twice``). A source that has none says why, among the absences.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from evidence.belonging import rows_of
from evidence.data import CODED, TWICE, DataPackage, Fault, fault_at, records

PAIRED_AT_MOST = 20  # sources up to which each two have a row, be it to say that they share nothing
ABSENCES = "absences"  # the table of reasons why a source has no row in a complete table


@dataclass(frozen=True)
class Missing:
    """A row that a table must have and has not.

    Attributes
    ----------
    table, source : str
        Name of the table; key of the source.
    column, value : str
        What it is for beside the source: the other source of a pair, or the column ``each`` and
        its value; empty if the table has one row for each source.
    """

    table: str
    source: str
    column: str = ""
    value: str = ""


def possible_rows(data: DataPackage, name: str) -> list[Missing]:
    """Rows that a table must have or, where they may not apply, may have.

    ``complete`` at the table in ``datapackage.json`` says which: ``{"source": column}`` a row for
    each source; with ``"each": column`` one for each source and each level, or each row referred
    to, of that column; ``{"pair": [first, second]}`` one for each two sources, as long as they are
    no more than :data:`PAIRED_AT_MOST`: the pairs grow with their square.

    Parameters
    ----------
    data : DataPackage
    name : str
        Name of the table.

    Returns
    -------
    list of Missing
        Whether or not they are there; empty for a table that need not be complete.
    """
    rule = data.resources[name].get("complete")
    sources = list(data["sources"]["source_id"])
    if not rule:
        return []
    if "pair" in rule:
        other = rule["pair"][1]
        pairs = combinations(sources if len(sources) <= PAIRED_AT_MOST else [], 2)
        return [Missing(name, source, other, of) for source, of in pairs]
    if "each" not in rule:
        return [Missing(name, source) for source in sources]
    values = each_value(data, name)
    return [Missing(name, source, rule["each"], value) for source in sources for value in values]


def each_value(data: DataPackage, name: str) -> list[str]:
    """Values for each of which a complete table has a row of a source.

    Parameters
    ----------
    data : DataPackage
    name : str
        Name of a table with ``complete``.

    Returns
    -------
    list of str
        Levels of the column ``each``, or the keys that it refers to; for a pair, the sources; empty
        for a table with one row a source.
    """
    if "pair" in data.resources[name]["complete"]:
        return list(data["sources"]["source_id"])
    column = data.resources[name]["complete"].get("each", "")
    if not column:
        return []
    enum = data.fields[name][column].get("constraints", {}).get("enum")
    home = _home(data, name, column)
    return list(map(str, enum if enum else data[home][data.key(home)])) if enum or home else []


def _home(data: DataPackage, name: str, column: str) -> str:
    """Table that the foreign key of a column leads to; empty if it has none."""
    for key in data.resources[name]["schema"].get("foreignKeys", []):
        if key["fields"] == [column]:
            return str(key["reference"]["resource"])
    return ""


def wanted_rows(data: DataPackage, name: str) -> list[Missing]:
    """Rows that a table must have: the possible ones, as far as they apply.

    With ``"where": {"table": …, "column": …}`` in ``complete``, a row is wanted only if that other
    table has a row of the source with true in that column, and for what the row referred to
    belongs to (an item to its instrument).

    Parameters
    ----------
    data : DataPackage
    name : str
        Name of the table.

    Returns
    -------
    list of Missing
        Whether or not they are there.
    """
    rows = possible_rows(data, name)
    where = data.resources[name].get("complete", {}).get("where")
    if not where or not rows:
        return rows
    home = data[_home(data, name, rows[0].column)]
    scope = data[where["table"]]
    applied = scope[scope[where["column"]].eq(True)]
    shared = [column for column in scope if column in home]
    belongs = _tuples(home[shared])
    known = dict(zip(home[data.key(_home(data, name, rows[0].column))], belongs, strict=True))
    applies = set(zip(applied["source_id"], _tuples(applied[shared]), strict=True))
    return [row for row in rows if (row.source, known[row.value]) in applies]


def _tuples(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def missing_rows(data: DataPackage) -> Iterator[Missing]:
    """Rows that a complete table lacks without a reason among the absences.

    Parameters
    ----------
    data : DataPackage

    Yields
    ------
    Missing
        Table by table, in the order of ``datapackage.json``.
    """
    absent = {
        (row.source_id, row.table, row.value)
        for row in (records(data[ABSENCES]) if ABSENCES in data.fields else ())
    }
    for name in data.fields:
        wanted = wanted_rows(data, name)
        if not wanted:
            continue
        there = _rows_there(data, name)
        for row in wanted:
            excused = {(row.source, name, row.value), (row.source, name, "")}
            if "pair" in data.resources[name]["complete"]:
                excused |= {(row.value, name, row.source), (row.value, name, "")}
            if not excused & absent and (row.source, row.value) not in there:
                yield row


def _rows_there(data: DataPackage, name: str) -> set[tuple[str, str]]:
    rule, rows = data.resources[name]["complete"], data[name]
    if "pair" in rule:
        pairs = set(zip(*(rows[column] for column in rule["pair"]), strict=True))
        return pairs | {(second, first) for first, second in pairs}
    values = rows[rule["each"]].astype(str) if "each" in rule else [""] * len(rows)
    return set(zip(rows[rule["source"]], values, strict=True))


def complete(data: DataPackage) -> Iterator[Fault]:
    """A table that has a row for each source has it, or the absences tell why it has none."""
    for row in missing_rows(data):
        what = f"{row.source} and {row.value}" if row.value else row.source
        rule = data.resources[row.table]["complete"]
        column = row.column or rule.get("source", "")
        yield Fault(data.path(row.table), 0, column, "no such row", f"a row for {what}")


def absences(data: DataPackage) -> Iterator[Fault]:
    """Where the absences say that a source has no row, it has none."""
    for row in records(data[ABSENCES]) if ABSENCES in data.fields else ():
        if not data.resources.get(row.table, {}).get("complete"):
            named = [name for name in data.fields if data.resources[name].get("complete")]
            yield fault_at(data, ABSENCES, row, "table", "one of " + ", ".join(named))
            continue
        there = {value for source, value in _rows_there(data, row.table) if source == row.source_id}
        partly = "pair" in data.resources[row.table]["complete"] and not row.value
        if row.value in there or (there and not row.value and not partly):
            wanted = f"nothing: {data.path(row.table)} has a row"
            yield fault_at(data, ABSENCES, row, "table", wanted)
        elif row.value and row.value not in each_value(data, row.table):
            wanted = "one of " + ", ".join(each_value(data, row.table))
            yield fault_at(data, ABSENCES, row, "value", wanted)


def twice_levels(data: DataPackage, name: str) -> dict[str, list[str]] | None:
    """Columns and levels of the rows of a table that are coded twice.

    They are told by ``twice`` in ``datapackage.json``: true, or the column and the levels.

    Parameters
    ----------
    data : DataPackage
    name : str
        Name of the table.

    Returns
    -------
    dict of str to list of str, or None
        Levels by column; empty where all rows are, None where none is.
    """
    rule = data.resources.get(name, {}).get("twice")
    return (rule if isinstance(rule, dict) else {}) if rule else None


def coded_twice(data: DataPackage) -> Iterator[Fault]:
    """Rows of a source that was coded twice have both codings.

    A row that belongs to two sources has them if both do.
    """
    if CODED not in data.fields["sources"]:
        return
    sources = data["sources"].set_index("source_id")[CODED]
    by_both = rows_of(data, list(sources.index[sources == TWICE]))
    other = rows_of(data, list(sources.index[sources != TWICE]))
    coded = data["codings"].groupby("unit")["coder"].nunique()
    both = set(coded.index[coded > 1])
    for name in data.fields:
        of = twice_levels(data, name)
        if of is None:
            continue
        rows = data[name][by_both[name] & ~other[name]]
        for column, levels in of.items():
            rows = rows[rows[column].isin(levels)]
        for row in records(rows[~rows[data.key(name)].isin(both)]):
            wanted = f"both codings in {data.path('codings')}, or a source that was coded once"
            yield fault_at(data, name, row, data.key(name), wanted)


RULES: tuple[Callable[[DataPackage], Iterator[Fault]], ...] = (complete, absences, coded_twice)
