"""Enter what a coder accepted: a line of a sheet becomes a row under the next key of its table."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from evidence import check as checks
from evidence.belonging import links
from evidence.data import CODED, ONCE, DataError, DataPackage, Fault
from evidence.editing.sheets import ACCEPT, ENTERED, NO, PASSAGE_COLUMNS, TEXT, WHY, YES
from evidence.files import (
    Row,
    Texts,
    as_csv,
    as_files,
    read_rows,
    replace_files,
    staged,
    table_rows,
)
from evidence.prose import counted

Place = tuple[str, int]  # a file of the data and a row of it
Line = tuple[Path, int]  # a sheet and a row of it


def next_key(pattern: str, source: str, taken: set[str]) -> str:
    """Make the next free key of a table.

    Parameters
    ----------
    pattern : str
        Pattern of its keys in ``datapackage.json``: a kind, then perhaps a source, then perhaps a
        number.
    source : str
        Key of the source.
    taken : set of str
        Keys that are there.

    Returns
    -------
    str
        Empty if the pattern leaves the words of a key to people.

    Examples
    --------
    >>> next_key("claim-[a-z0-9]+(-[a-z0-9]+)*-[0-9]{2,}", "made", {"claim-made-01"})
    'claim-made-02'
    """
    kind, _, rest = pattern.partition("-")
    if not kind.isalpha():
        return ""
    stem = f"{kind}-{source}" if rest.startswith("[a-z0-9]+(-[a-z0-9]+)*") else kind
    if not rest.endswith("[0-9]{2,}"):
        return stem
    numbers = [int(m[1]) for key in taken if (m := re.fullmatch(rf"{re.escape(stem)}-(\d+)", key))]
    return f"{stem}-{max(numbers, default=0) + 1:02d}"


def enter(data: DataPackage, sheets: Path) -> tuple[list[Fault], list[str]]:
    """Enter the accepted lines of a source's sheets into their tables, each under its next key.

    Roles and reasons of passages are taken over from their sheet, and control totals counted. The
    key of a line that was entered is written into the sheet; it is not entered again. A line that
    names no source is of the sheets' own; one that names no passage is of that of the line above.
    Other cells that are empty are filled as their columns' ``filled`` says (:func:`filled`).
    What follows from the rows, as a conflict, is added to its sheet as a line; a line that follows
    no more, and was neither accepted nor struck, goes.

    Parameters
    ----------
    data : DataPackage
    sheets : pathlib.Path
        Folder of the sheets that :func:`add` wrote.

    Returns
    -------
    faults : list of Fault
        By sheet, row and column; if there is one, nothing was written.
    told : list of str
        What was entered, and what is proposed now.

    Raises
    ------
    DataError
        If there are no such sheets, or they are of no source in ``sources.csv``.
    """
    data = data.whole()
    source, found, rows = completed_sheets(data, sheets)
    faults = list(sheet_faults(data, sheets, found))
    if faults:
        return faults, []
    line_of: dict[int, Line] = {}
    for name, lines in found.items():
        if name == "passages":
            continue
        key = data.key(name)
        pattern = data.fields[name][key].get("constraints", {}).get("pattern", "")
        for number, line in enumerate(lines, start=2):
            if not accepted(line):
                continue
            row = {column: line[column] for column in data.fields[name]}
            row[key] = row[key] or next_key(pattern, source, {r[key] for r in rows[name]})
            rows[name].append(row)
            line_of[id(row)] = sheets / f"{name}.csv", number
    for name in data.coded_from_passages():
        rows[name] = _in_reading_order(rows[name], source, rows["passages"])
    count_rows(data, rows)
    origin = {
        (data.path(name), place): line_of[id(row)]
        for name in found
        for place, row in enumerate(rows[name], start=2)
        if id(row) in line_of
    }
    texts = as_files(data, {name: rows[name] for name in found})
    faults = sorted(set(_faults_entered(data, texts, source, origin, sheets)))
    if faults:
        return faults, []
    replace_files(texts | _marked(data, found, rows, origin))
    counts = Counter(path.stem for path, _ in origin.values())
    told = [f"{data.path(name)}: {counted(n, 'row')} entered" for name, n in counts.items()]
    return [], [*told, *_proposed(DataPackage(data.folder, whole=True), source, sheets)]


def completed_sheets(
    data: DataPackage, sheets: Path, again: bool = False
) -> tuple[str, dict[str, list[Row]], dict[str, list[Row]]]:
    """Read the sheets of a source, and fill what a line need not say.

    Parameters
    ----------
    data : DataPackage
    sheets : pathlib.Path
        Folder of the sheets.
    again : bool
        They are a second reader's: what is judged is not filled, or the two would agree by rule.

    Returns
    -------
    source : str
        Key of the source that they are of.
    found : dict of str to list of dict
        Lines of each sheet, by the name of its table.
    rows : dict of str to list of dict
        Rows of every table as they stand; those of ``passages`` as the sheet has them.

    Raises
    ------
    DataError
        If there are no such sheets, or they are of no source in ``sources.csv``.
    """
    found = {path.stem: read_rows(path) for path in sorted(sheets.glob("*.csv"))}
    if "passages" not in found:
        raise DataError(f"{sheets}: holds no passages.csv; give the folder that 'add' wrote")
    source = _source_of(data, sheets, found["passages"])
    rows = {name: table_rows(data, name) for name in data.fields}
    rows["passages"] = _reviewed(rows["passages"], found["passages"])
    for name in found.keys() & data.fields.keys():
        _complete(data, name, found[name], source)
        filled(data, name, [line for line in found[name] if accepted(line)], rows, again)
    return source, found, rows


def _source_of(data: DataPackage, sheets: Path, passages: list[Row]) -> str:
    source_of = data["passages"].set_index("passage_id")["source_id"].to_dict()
    sources = {source_of.get(line.get("passage_id", "")) for line in passages}
    if len(sources) != 1 or None in sources:
        told = "expected passages of one source, each as passages.csv of the data has it"
        raise DataError(f"{sheets / 'passages.csv'}, column passage_id: {told}")
    return str(sources.pop())


def _complete(data: DataPackage, name: str, lines: list[Row], source: str) -> None:
    """Fill what a line need not say: its source, and the passage of the line above it."""
    above, from_passages = "", name in data.coded_from_passages()
    for line in lines:
        if "source_id" in line:
            line["source_id"] = line["source_id"] or source
        if "passage_id" in line and from_passages:
            line["passage_id"] = above = line["passage_id"] or above


def accepted(line: Row) -> bool:
    """Whether a line of a sheet is to be a row."""
    return line.get(ACCEPT, "").strip().lower() == YES


def filled(
    data: DataPackage,
    name: str,
    lines: list[Row],
    rows: Mapping[str, list[Row]],
    again: bool = False,
) -> None:
    """Fill the empty cells of lines whose column says what they follow from.

    ``filled`` of a column in ``datapackage.json`` is one of

    * ``{"by": column, "from": another}``: the cell ``another`` of the row that ``column`` names, or
      without ``by`` of the line itself; with ``"as"``, what that cell stands for here, and nothing
      for what is not in it;
    * ``{"next": column}``: the next whole number among the rows that are alike in ``column``;
    * ``{"with": value}``: this;
    * ``{"today": true}``: the date;
    * ``{"above": true}``: the cell of the line above.

    Parameters
    ----------
    data : DataPackage
    name : str
        Name of the table.
    lines : list of dict
        Its lines, as far as they are accepted; they change.
    rows : mapping of str to list of dict
        Rows of every table.
    again : bool
        Leave what is judged as it is.
    """
    for column, field in data.fields[name].items():
        if "filled" not in field or (again and field.get("judged")):
            continue
        rule, above = field["filled"], ""
        named = _rows_named(data, name, rule["by"], rows) if "by" in rule else {}
        for place, line in enumerate(lines):
            if line.get(column) == "":
                if "from" in rule:
                    row = named.get(line.get(rule["by"], ""), {}) if "by" in rule else line
                    cell = row.get(rule["from"], "")
                    line[column] = rule.get("as", {cell: cell}).get(cell, "")
                elif "next" in rule:
                    like = line.get(rule["next"], "")
                    line[column] = _next_rank(column, rule["next"], like, rows[name], lines[:place])
                elif "today" in rule:
                    line[column] = date.today().isoformat()
                else:
                    line[column] = rule.get("with", above)
            above = line.get(column, "")


def _rows_named(
    data: DataPackage, name: str, column: str, rows: Mapping[str, list[Row]]
) -> dict[str, Row]:
    """Rows that a column refers to, by key."""
    targets = [target for home, of, target in links(data) if (home, of) == (name, column)]
    return {row[data.key(target)]: row for target in targets for row in rows[target]}


def _next_rank(column: str, within: str, like: str, *rows: list[Row]) -> str:
    ranks = [
        int(r[column]) for of in rows for r in of if r.get(within) == like and r[column].isdigit()
    ]
    return str(max(ranks, default=0) + 1)


def _proposed(data: DataPackage, source: str, sheets: Path) -> Iterator[str]:
    """Add to the sheets the lines that follow from what was entered; those that do not, go."""
    for name, rule in dict(checks.own_rules(data, "PROPOSALS")).items():
        path = sheets / f"{name}.csv"
        lines = read_rows(path) if path.exists() else []
        follow = [
            (line, {k: line[k] for k in line.keys() & set(data.fields[name])})
            for line in rule(data, source)
        ]
        left = [
            line
            for line in lines
            if line[ACCEPT] or not line[WHY] or any(c.items() <= line.items() for _, c in follow)
        ]
        new = [line for line, c in follow if not any(c.items() <= there.items() for there in left)]
        if new or len(left) < len(lines):
            replace_files({path: as_csv((ACCEPT, WHY, TEXT, *data.fields[name]), left + new)})
        if new:
            yield f"{path}: {counted(len(new), 'line')} proposed"


def sheet_faults(
    data: DataPackage, sheets: Path, found: Mapping[str, list[Row]]
) -> Iterator[Fault]:
    """Whatever of a sheet can be told without the other tables."""
    words = {line["passage_id"]: line[TEXT] for line in found["passages"] if TEXT in line}
    for name, lines in found.items():
        path = str(sheets / f"{name}.csv")
        if name not in data.fields:
            yield Fault(path, 0, "", "a sheet", "only sheets named as a table")
            continue
        columns = PASSAGE_COLUMNS if name == "passages" else (ACCEPT, *data.fields[name])
        for column in columns:
            if lines and column not in lines[0]:
                yield Fault(path, 1, column, "no such column", "a column of this name")
                return
        for number, line in enumerate(lines, start=2):
            accept = line.get(ACCEPT, "").strip().lower()
            if accept not in (YES, NO, ENTERED, ""):
                yield Fault(path, number, ACCEPT, line[ACCEPT], f"{YES}, {NO} or nothing")
            for column, field in data.fields[name].items() if accept == YES else ():
                text = words.get(line.get("passage_id", ""), line.get(TEXT, ""))
                if field.get("verbatim") and line[column] not in text:
                    wanted = "words of the passage, letter by letter"
                    yield Fault(path, number, column, line[column], wanted)


def _reviewed(rows: list[Row], sheet: list[Row]) -> list[Row]:
    of = {line["passage_id"]: line for line in sheet}
    return [
        {**row, **{k: v for k, v in of[row["passage_id"]].items() if k in PASSAGE_COLUMNS}}
        if row["passage_id"] in of
        else row
        for row in rows
    ]


def _in_reading_order(rows: list[Row], source: str, passages: list[Row]) -> list[Row]:
    """Sort the rows of a source as its passages stand; other rows keep their order."""
    place = {row["passage_id"]: number for number, row in enumerate(passages)}
    own = [row for row in rows if row["source_id"] == source]
    first = rows.index(own[0]) if own else 0
    after = [row for row in rows[first:] if row["source_id"] != source]
    return [*rows[:first], *sorted(own, key=lambda r: place.get(r["passage_id"], -1)), *after]


def count_rows(data: DataPackage, rows: Mapping[str, list[Row]]) -> None:
    """Fill the control totals of all passages.

    Parameters
    ----------
    data : DataPackage
    rows : mapping of str to list of dict
        Rows of ``passages`` and of every table coded from passages; those of ``passages`` change.
    """
    for name in data.coded_from_passages():
        totals = Counter(row["passage_id"] for row in rows[name])
        for row in rows["passages"]:
            row[name] = str(totals[row["passage_id"]])


def _faults_entered(
    data: DataPackage, texts: Texts, source: str, origin: Mapping[Place, Line], sheets: Path
) -> Iterator[Fault]:
    """Faults of the rows that were entered, at their lines in the sheets."""
    sources = [
        {**row, CODED: ONCE} if row["source_id"] == source else row
        for row in table_rows(data, "sources")
    ]
    sheet = sheets / "passages.csv"
    reviewed = {row["passage_id"]: n for n, row in enumerate(read_rows(sheet), start=2)}
    with staged(data, texts | as_files(data, {"sources": sources})) as package:
        formal = [f for rule in checks.RULES for f in rule(package)]
        own = [f for rule in checks.own_rules(package, "CHECKS") for f in rule(package)]
    for fault in formal:
        if fault.file == data.path("passages") and fault.key in reviewed:
            yield replace(fault, file=str(sheet), row=reviewed[fault.key])
    for fault in (*formal, *own):
        if (fault.file, fault.row) in origin:
            path, row = origin[fault.file, fault.row]
            yield replace(fault, file=str(path), row=row)


def _marked(
    data: DataPackage,
    found: Mapping[str, list[Row]],
    rows: Mapping[str, list[Row]],
    origin: Mapping[Place, Line],
) -> Texts:
    """The sheets, with the keys of the lines that were entered."""
    sheets: Texts = {}
    for (_, place), (path, number) in origin.items():
        lines, key = found[path.stem], data.key(path.stem)
        lines[number - 2][ACCEPT] = ENTERED
        lines[number - 2][key] = rows[path.stem][place - 2][key]
    for path, _ in origin.values():
        sheets[path] = as_csv(found[path.stem][0], found[path.stem])
    return sheets
