"""Sheets for the coder of a new source: a table each, a line for all that may, or must, be a row.

A sheet has the columns of its table; before them ``accept`` (yes, no), ``why`` the line is there
and the ``text`` of its passage. What is not known is empty. The text is the publisher's: sheets
stay outside the data.
"""

import pandas as pd

from evidence.belonging import tables_of
from evidence.completeness import ABSENCES, Missing, possible_rows
from evidence.data import DataPackage, records
from evidence.editing.candidates import candidates
from evidence.files import Row, as_csv

ACCEPT, WHY, TEXT = "accept", "why", "text"
YES, NO, ENTERED = "yes", "no", "entered"
PASSAGE_COLUMNS = ("passage_id", "role", "uncoded")  # what a coder may say of a passage


def sheets_of(data: DataPackage, source: str, passages: pd.DataFrame, text: str) -> dict[str, str]:
    """Write the sheets of a source.

    Parameters
    ----------
    data : DataPackage
        With the row of the source and its passages.
    source : str
        Its key.
    passages : pandas.DataFrame
        Its passages, as drafted.
    text : str
        Its copy.

    Returns
    -------
    dict of str to str
        The text of a sheet (CSV) for each table that a coder fills, by its name.
    """
    words = {row.passage_id: text[row.start : row.end] for row in records(passages)}
    lines: dict[str, list[Row]] = {name: [] for name in _tables_to_code(data)}
    lines["passages"] = [
        {"passage_id": r.passage_id, "role": r.role, TEXT: words[r.passage_id]}
        for r in records(passages)
    ]
    for found in candidates(data, passages, words):
        cells = {"source_id": source, "passage_id": found.passage_id, **found.cells}
        lines[found.table].append({**cells, WHY: found.why, TEXT: words[found.passage_id]})
    wanted = [row for name in lines for row in possible_rows(data, name) if row.source == source]
    for row in wanted:
        rule = data.resources[row.table]["complete"]
        cells = {rule["source"]: source, WHY: _meaning(data, row) or "one row for each source"}
        lines[row.table].append(cells | ({row.column: row.value} if row.column else {}))
    for name, resource in data.resources.items() if ABSENCES in lines else ():
        if "complete" in resource:
            why = f"only if {data.path(name)} can have no row of the source at all"
            lines[ABSENCES].append({"source_id": source, "table": name, WHY: why})
    columns = {"passages": (*PASSAGE_COLUMNS, TEXT)}
    return {
        name: as_csv(columns.get(name, (ACCEPT, WHY, TEXT, *data.fields[name])), of)
        for name, of in lines.items()
    }


def _tables_to_code(data: DataPackage) -> list[str]:
    """Tables that a coder fills: with rows of a source, rows that these refer to, or excuses."""
    own = [
        name
        for name in tables_of(data)
        if name not in ("sources", "codings")
        and not data.resources[name].get("complete", {}).get("renewed")
    ]
    shared = [
        key["reference"]["resource"]
        for name in data.coded_from_passages()
        for key in data.resources[name]["schema"].get("foreignKeys", [])
    ]
    rules = data.descriptor.get("candidates", [])
    excusing = [rule["excused"]["table"] for rule in rules if "excused" in rule]
    names = dict.fromkeys([*own, *shared, *excusing])
    return [name for name in names if name != "sources"]


def _meaning(data: DataPackage, row: Missing) -> str:
    """What a level or a row referred to is, in words."""
    if not row.column:
        return ""
    for level in data.fields[row.table][row.column].get("categories", []):
        if str(level["value"]) == row.value:
            return str(level.get("definition") or level["label"])
    for key in data.resources[row.table]["schema"].get("foreignKeys", []):
        home = key["reference"]["resource"]
        if key["fields"] == [row.column] and "label" in data.fields[home]:
            labels = data[home].set_index(data.key(home))["label"]
            return str(labels.get(row.value, ""))
    return ""
