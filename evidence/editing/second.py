"""Enter what a second reader coded: beside each row of the first, in ``codings.csv``.

The second reader fills sheets of the same passages and has seen none of the first's. Then somebody
compares: a line of the second gets the key of the row of the first that says the same, or none if
the first has no such row. Tables that are coded twice have ``twice`` in ``datapackage.json``, the
columns that are compared ``judged``.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from evidence.belonging import rows_of
from evidence.completeness import twice_levels
from evidence.data import DataPackage, Fault
from evidence.editing.entering import accepted, completed_sheets, sheet_faults
from evidence.files import Row, as_files, replace_files
from evidence.prose import counted
from evidence.reliability import CODERS, EXISTS

CODINGS = "codings"


def enter_second(data: DataPackage, sheets: Path) -> tuple[list[Fault], list[str]]:
    """Enter the accepted lines of a second reader's sheets as codings.

    What was decided is, to begin with, what the first reader coded. Where the readers differ the
    reason is left empty, which the check names until somebody has decided.

    Parameters
    ----------
    data : DataPackage
        With the rows of the first reader.
    sheets : pathlib.Path
        Folder of the sheets.

    Returns
    -------
    faults : list of Fault
        By sheet, row and column; if there is one, nothing was written.
    told : list of str
        What was entered.

    Raises
    ------
    DataError
        If there are no such sheets, or they are of no source in ``sources.csv``.
    """
    data = data.whole()
    source, found, rows = completed_sheets(data, sheets, again=True)
    belongs = rows_of(data, [source])
    if belongs[CODINGS].any():
        there = f"codings of {source}"
        return [Fault(data.path(CODINGS), 0, "unit", there, "none: take them out first")], []
    faults = list(sheet_faults(data, sheets, found))
    if faults:
        return faults, []
    codings: list[Row] = []
    for name in [name for name in found if twice_levels(data, name) is not None]:
        own = [row for row, its in zip(rows[name], belongs[name], strict=True) if its]
        first = {row[data.key(name)]: row for row in own if _twice(data, name, row)}
        path = str(sheets / f"{name}.csv")
        second = {
            number: {**line, data.key(name): _key(data, name, line, first)}
            for number, line in enumerate(found[name], start=2)
            if accepted(line) and _twice(data, name, line)
        }
        faults += _faults(data, name, path, second, first)
        codings += _codings(data, name, list(second.values()), first, source)
    if faults:
        return faults, []
    replace_files(as_files(data, {CODINGS: [*rows[CODINGS], *codings]}))
    differ = sum(row["coder"] == CODERS[1] and row["value"] != row["final"] for row in codings)
    told = (
        f"{counted(differ, 'judgement')} to decide, each with a reason" if differ else "all alike"
    )
    return [], [f"{data.path(CODINGS)}: {counted(len(codings), 'row')} entered; {told}"]


def _twice(data: DataPackage, name: str, row: Row) -> bool:
    """Whether a row is of the kind that is coded twice."""
    return all(row[column] in of for column, of in (twice_levels(data, name) or {}).items())


def _key(data: DataPackage, name: str, line: Row, first: dict[str, Row]) -> str:
    """Key of the row of the first that a line is beside; of what each source has one, by itself."""
    each = data.resources[name].get("complete", {}).get("each")
    same = [key for key, row in first.items() if each and row[each] == line[each]]
    return line[data.key(name)] or (same[0] if len(same) == 1 else "")


def _faults(
    data: DataPackage, name: str, path: str, second: dict[int, Row], first: dict[str, Row]
) -> Iterator[Fault]:
    column, seen = data.key(name), set()
    for number, line in second.items():
        key = line[column]
        if key and (key not in first or key in seen):
            wanted = f"the key of a row of {data.path(name)}, on one line, or nothing"
            yield Fault(path, number, column, key, wanted)
        seen.add(key)
        for judged in _judged(data, name):
            rules = data.fields[name][judged].get("constraints", {})
            levels = [str(level) for level in rules.get("enum", [])]
            lacks = not line[judged] and rules.get("required")
            if lacks or (levels and line[judged] and line[judged] not in levels):
                wanted = f"one of {', '.join(levels)}" if levels else "a value"
                yield Fault(path, number, judged, line[judged], wanted)


def _judged(data: DataPackage, name: str) -> list[str]:
    return [column for column, field in data.fields[name].items() if field.get("judged")]


def _codings(
    data: DataPackage, name: str, second: list[Row], first: dict[str, Row], source: str
) -> Iterator[Row]:
    key = data.key(name)
    beside = {line[key]: line for line in second}
    each = data.resources[name].get("complete", {}).get("each")  # then a row is no choice
    for unit, row in first.items():
        if not each or unit not in beside:
            there = "yes" if unit in beside else "no"
            yield from _both(unit, row, EXISTS, "yes", there, "yes")
        for column in _judged(data, name) if unit in beside else ():
            yield from _both(unit, row, column, row[column], beside[unit][column], row[column])
    numbers = count(1)
    kind = key.removesuffix("_id")
    for line in second:
        if not line[key]:
            unit = f"not-kept-{kind}-{source}-{next(numbers):02d}"
            yield from _both(unit, line, EXISTS, "no", "yes", "no")


def _both(unit: str, row: Row, field: str, first: str, second: str, final: str) -> Iterator[Row]:
    """The two codings of a judgement."""
    same = {"unit": unit, "passage_id": row.get("passage_id", ""), "field": field, "final": final}
    for coder, value in zip(CODERS, (first, second), strict=True):
        yield {**same, "coder": coder, "value": value, "reason": ""}
