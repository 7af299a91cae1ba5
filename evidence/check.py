"""Hold the tables against their schemas and against each other. Needs no copies.

Each rule is a function that takes the :class:`~evidence.data.DataPackage` and yields
:class:`~evidence.data.Fault`. All rules run; every fault is reported. Here are the rules that hold
for any package of sources, passages and rows coded from them; a package may name a module with
rules of its own (``"rules"`` in ``datapackage.json``), whose ``CHECKS`` run with them.
"""

import csv
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pandas as pd
from frictionless import FrictionlessException, Package
from frictionless import system as frictionless_system

from evidence import belonging, completeness
from evidence.data import DESCRIPTOR, DataError, DataPackage, Fault, fault_at, records
from evidence.files import SUMS, digest_of, read_sums
from evidence.passages import word_count

MAX_VERBATIM_WORDS = 12
NUMBERED_ID = re.compile(r"(?P<kind>[a-z]+)-(?P<source>.+)-(?P<number>\d{2,})")
TOLD = ("label", "definition")  # what a level says in words
PASSAGE_ID = re.compile(r"passage-(?P<source>.+)-(?P<line>\d+)-(?P<number>\d+)")


def check(data: DataPackage) -> list[Fault]:
    """Run every rule.

    A source in progress need not be complete yet: only the rules of form see it.

    Parameters
    ----------
    data : DataPackage

    Returns
    -------
    list of Fault
        Sorted by file and row; empty if nothing is wrong. Where a file is missing or a header is
        not that of the schema, faults of structure only: cells cannot be told from one another
        before it is mended.
    """
    faults = set(headers(data)) | set(files(data)) | set(recorded(data))
    present = all((data.folder / data.path(name)).is_file() for name in data.resources)
    if present and not set(headers(data)):
        for rule in RULES:
            faults.update(rule(data.whole()))
        for rule in (*FINISHED_RULES, *own_rules(data, "CHECKS")):
            faults.update(rule(data))
    return sorted(faults)


def own_rules(data: DataPackage, name: str) -> Any:
    """Rules of the module that the package names, if it names one.

    Parameters
    ----------
    data : DataPackage
    name : str
        ``CHECKS``, ``VERIFICATIONS``, ``RENEWALS`` or ``PROPOSALS``.

    Returns
    -------
    tuple of callable, or dict of str to callable
        Empty if there is none. ``VERIFICATIONS`` name what each of them counts, ``RENEWALS`` the
        table that each of them writes, ``PROPOSALS`` the table whose sheet gets their lines.

    Raises
    ------
    DataError
        If there is no such module.
    """
    module = data.descriptor.get("rules")
    if not module:
        return ()
    try:
        return getattr(import_module(module), name)
    except ImportError as error:
        raise DataError(f"datapackage.json: rules: no module {module} ({error})") from error


def files(data: DataPackage) -> Iterator[Fault]:
    """Every file is there, is UTF-8 without a byte-order mark, and has one record a line."""
    for resource in data.resources.values():
        name = resource["path"]
        try:
            raw = (data.folder / name).read_bytes()
        except OSError as error:
            yield Fault(name, 0, "", str(error.strerror), "a readable file")
            continue
        if raw.startswith(b"\xef\xbb\xbf"):
            yield Fault(name, 1, "", "a byte-order mark", "UTF-8 without a byte-order mark")
        for number, line in enumerate(raw.split(b"\n"), start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                yield Fault(name, number, "", repr(line[:40]), "text in UTF-8")
        if raw.count(b'"') % 2:
            yield Fault(name, 0, "", "an odd number of quotation marks", "every quoted cell closed")
    known = {r["path"] for r in data.resources.values()}
    for path in sorted(data.folder.glob("*.csv")):
        if path.name not in known:
            yield Fault(path.name, 0, "", "a file", "only files that datapackage.json describes")


def recorded(data: DataPackage) -> Iterator[Fault]:
    """Every file is the one whose digest is recorded, where digests are.

    It names a change by accident that leaves a row as valid as before, such as another level.
    """
    digests = read_sums(data.folder)
    for name in [DESCRIPTOR, *map(data.path, data.resources)] if digests else ():
        path = data.folder / name
        if path.is_file() and digest_of(path.read_bytes()) != digests.get(name):
            wanted = f"the file that {SUMS} records: see git diff, then python -m evidence renew"
            yield Fault(name, 0, "", "a change that is not recorded", wanted)


def headers(data: DataPackage) -> Iterator[Fault]:
    """The first line of every file names the columns of its schema, in their order."""
    for name, fields in data.fields.items():
        try:
            with (data.folder / data.path(name)).open(encoding="utf-8-sig", newline="") as file:
                found = next(csv.reader(file), [])
        except (OSError, UnicodeDecodeError):
            continue  # reported by `files`
        for column in found:
            if column not in fields:
                yield Fault(data.path(name), 1, column, "a stray column", "no such column")
        for column in fields:
            if column not in found:
                yield Fault(data.path(name), 1, column, "no such column", "a column of this name")
        if found != list(fields) and sorted(found) == sorted(fields):
            yield Fault(data.path(name), 1, "", ",".join(found), ",".join(fields))


def schemas(data: DataPackage) -> Iterator[Fault]:
    """Types, enums, required values, patterns and primary keys are as Frictionless wants them.

    Keys of other tables are left to :func:`references`: Frictionless reads a table anew for each
    column that refers to it, which takes as long as all the rest.
    """
    present = [r for r in data.resources.values() if (data.folder / r["path"]).is_file()]
    descriptor = {**data.descriptor, "resources": present}
    try:
        with frictionless_system.use_context(trusted=True):
            package = Package.from_descriptor(descriptor, basepath=str(data.folder))
            for resource in package.resources:
                resource.schema.foreign_keys = []
            report = package.validate()
    except FrictionlessException as error:
        reason = "; ".join(r.note for r in error.reasons) or error.error.note
        yield Fault("datapackage.json", 0, "", reason, "a valid data package")
        return
    for task in report.tasks:
        for found in task.errors:
            yield _schema_fault(data, task.name, found)


def _schema_fault(data: DataPackage, table: str, error: Any) -> Fault:
    column = getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", []))
    cell = getattr(error, "cell", None)
    if cell is None and getattr(error, "field_cells", None):
        cell = ", ".join(map(str, error.field_cells))
    field = data.fields[table].get(column, {})
    expected = error.note or error.title
    if error.type in ("extra-cell", "missing-cell"):
        expected = f"{len(data.fields[table])} cells, one a column"
    elif error.type == "primary-key":
        expected = "a primary key that no other row has"
    elif error.type == "type-error":
        expected = f"a value of type {field.get('type')}"
    elif "enum" in expected:
        expected = "one of " + ", ".join(map(str, field["constraints"]["enum"]))
    elif "required" in expected:
        expected = "a value"
    elif "pattern" in expected:
        expected = f"a value of the pattern {field['constraints']['pattern']}"
    cells = getattr(error, "cells", None) or [""]
    found = cell if cell not in (None, "") else error.type.replace("-", " ")
    if error.type == "primary-key":
        found = cells[0]
    if expected == "a value":
        found = ""
    row = getattr(error, "row_number", 0) or 0
    return Fault(data.path(table), row, column, str(found), expected, str(cells[0]))


def scales(data: DataPackage) -> Iterator[Fault]:
    """The levels that a schema allows are those it defines, each with a label."""
    for name, fields in data.fields.items():
        for column, field in fields.items():
            allowed = field.get("constraints", {}).get("enum", [])
            defined = [c.get("value") for c in field.get("categories", [])]
            if allowed != defined:
                yield Fault(
                    "datapackage.json",
                    0,
                    f"{name}.{column}",
                    str(allowed),
                    f"the levels that are defined: {defined}",
                )


def _foreign_keys(data: DataPackage) -> Iterator[tuple[str, str, str, str]]:
    """Each column that refers to keys: (table, column, table referred to, column of it)."""
    for name, resource in data.resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            target = key.get("reference", {})
            for column, there in zip(key["fields"], target.get("fields", []), strict=False):
                yield name, column, target.get("resource", ""), there


def links(data: DataPackage) -> Iterator[Fault]:
    """A foreign key leads from a column to another: one that leads nowhere would bind nothing."""
    for name, column, target, there in _foreign_keys(data):
        place = f"{name}.{column}"
        if column not in data.fields[name]:
            yield Fault("datapackage.json", 0, place, column, "a foreign key of a column's name")
        if target not in data.resources:
            yield Fault("datapackage.json", 0, place, target, "a foreign key to a table's name")
        elif there not in data.fields[target]:
            wanted = f"a foreign key to a column of {data.path(target)}"
            yield Fault("datapackage.json", 0, place, there, wanted)


def looked_for(data: DataPackage) -> Iterator[Fault]:
    """What ``candidates`` looks for, and where it goes, are tables and columns that there are."""
    for number, rule in enumerate(data.descriptor.get("candidates", []), start=1):
        target, names, excused = rule.get("table"), rule.get("names", {}), rule.get("excused", {})
        named = [(target, column) for column in (rule.get("column"), *rule.get("value", []))]
        if names:
            named += [(names.get("table"), column) for column in names.get("columns", [])]
            named += [(names.get("table"), names["prefer"])] if "prefer" in names else []
            named += [(target, names.get("into"))]
        if excused:
            named += [(excused.get("table"), excused.get("column"))]
        for table, column in named:
            if column not in data.fields.get(table, {}):
                place, found = f"candidates, rule {number}", f"{table}.{column}"
                yield Fault("datapackage.json", 0, place, found, "a table and a column of it")


def filled(data: DataPackage) -> Iterator[Fault]:
    """What an empty cell is filled with, by its column's ``filled``, is a cell that there is."""
    leads: dict[tuple[str, str], list[str]] = {}
    for name, column, target in belonging.links(data):
        leads.setdefault((name, column), []).append(target)
    for name, fields in data.fields.items():
        for column, field in fields.items():
            rule, place = field.get("filled", {}), f"{name}.{column}"
            named = [([name], rule[kind]) for kind in ("by", "next") if kind in rule]
            if "by" in rule:
                named.append((leads.get((name, rule["by"]), []), rule.get("from")))
            elif "from" in rule:
                named.append(([name], rule["from"]))
            for tables, wanted in named:
                if not any(wanted in data.fields[table] for table in tables):
                    found = f"{' or '.join(tables)}.{wanted}"
                    yield Fault("datapackage.json", 0, place, found, "a table and a column of it")
            levels = field.get("constraints", {}).get("enum")
            values = [*rule.get("as", {}).values()] + ([rule["with"]] if "with" in rule else [])
            for value in values if levels else ():
                if value not in map(str, levels):
                    wanted = f"one of {', '.join(map(str, levels))}"
                    yield Fault("datapackage.json", 0, place, value, wanted)


def ids(data: DataPackage) -> Iterator[Fault]:
    """An id names its row's own source; the numbers of a source run from 01 without a gap."""
    for name in data.coded_from_passages():
        key = data.key(name)
        numbers: dict[str, set[int]] = {}
        for row in records(data[name]):
            match = NUMBERED_ID.fullmatch(getattr(row, key))
            if not match:
                continue  # the schema's pattern reports it
            if match["source"] != row.source_id:
                yield fault_at(data, name, row, key, f"an id of source {row.source_id}")
            numbers.setdefault(row.source_id, set()).add(int(match["number"]))
        for source, found in numbers.items():
            for missing in sorted(set(range(1, max(found) + 1)) - found):
                yield Fault(
                    data.path(name),
                    0,
                    key,
                    f"no {key.removesuffix('_id')}-{source}-{missing:02d}",
                    "numbers without a gap: a withdrawn row stays and is marked",
                )


def anchors(data: DataPackage) -> Iterator[Fault]:
    """A row belongs to the source of its passage."""
    source_of = data["passages"].set_index("passage_id")["source_id"].to_dict()
    for name in data.coded_from_passages():
        for row in records(data[name]):
            source = source_of.get(row.passage_id, row.source_id)
            if source != row.source_id:
                yield fault_at(data, name, row, "source_id", f"{source}, the source of its passage")


def passage_order(data: DataPackage) -> Iterator[Fault]:
    """Passages follow one another without overlap, and their ids tell their lines."""
    end_of: dict[str, int] = {}
    line_of: dict[str, tuple[int, int]] = {}
    for row in records(data["passages"]):
        if row.start is pd.NA or row.end is pd.NA or row.line is pd.NA:
            continue  # the schema reports it
        if row.start >= row.end:
            yield fault_at(data, "passages", row, "end", f"more than start ({row.start})")
        if row.start < end_of.get(row.source_id, 0):
            yield fault_at(
                data, "passages", row, "start", f"{end_of[row.source_id]} or more: no overlap"
            )
        end_of[row.source_id] = row.end
        match = PASSAGE_ID.fullmatch(row.passage_id)
        if not match:
            continue
        if int(match["line"]) != row.line or match["source"] != row.source_id:
            yield fault_at(
                data, "passages", row, "passage_id", f"the id of {row.source_id}, line {row.line}"
            )
        line, number = line_of.get(row.source_id, (0, 0))
        expected = number + 1 if line == row.line else 1
        if int(match["number"]) != expected:
            wanted = f"passage-{row.source_id}-{row.line}-{expected} before it"
            yield fault_at(data, "passages", row, "passage_id", wanted)
        line_of[row.source_id] = (row.line, int(match["number"]))


def totals(data: DataPackage) -> Iterator[Fault]:
    """The control totals of each passage equal the rows that were coded from it."""
    for name in data.coded_from_passages():
        found = data[name]["passage_id"].value_counts()
        for row in records(data["passages"]):
            declared = getattr(row, name)
            count = int(found.get(row.passage_id, 0))
            if declared is not pd.NA and declared != count:
                yield fault_at(
                    data, "passages", row, name, f"{count}, the rows of {data.path(name)}"
                )


def coverage(data: DataPackage) -> Iterator[Fault]:
    """A passage that can carry content has a coded row or a reason why it has none.

    Which tables' rows account for a passage is told by ``accounts`` at their control totals.
    """
    content = data.levels("passages", "role").get("content", pd.Series(dtype=object)).eq(True)
    declared = data.fields["passages"]
    accounting = [name for name in data.coded_from_passages() if declared[name].get("accounts")]
    coded: set[str] = set().union(*(data[name]["passage_id"] for name in accounting))
    for row in records(data["passages"]):
        if not content.get(row.role, False):
            if row.uncoded:
                yield fault_at(data, "passages", row, "uncoded", f"nothing for the role {row.role}")
        elif row.passage_id in coded and row.uncoded:
            yield fault_at(data, "passages", row, "uncoded", "nothing: the passage is coded")
        elif row.passage_id not in coded and not row.uncoded:
            yield fault_at(data, "passages", row, "uncoded", "a reason, or a coded row")


def verbatim_length(data: DataPackage) -> Iterator[Fault]:
    """Verbatim fragments are short."""
    for name, fields in data.fields.items():
        for column, field in fields.items():
            if not field.get("verbatim"):
                continue
            rows = data[name]
            for row in records(rows[rows[column].map(word_count) > MAX_VERBATIM_WORDS]):
                yield fault_at(data, name, row, column, f"at most {MAX_VERBATIM_WORDS} words")


def formulas(data: DataPackage) -> Iterator[Fault]:
    """No text begins as a formula would, since a spreadsheet that opens the file would run it."""
    for name, fields in data.fields.items():
        for column, field in fields.items():
            if field["type"] != "string":
                continue
            rows = data[name]
            begun = rows[rows[column].str.startswith(("=", "+", "-", "@", "\t"))]
            for row, text in zip(records(begun), begun[column], strict=True):
                yield fault_at(data, name, row, column, "text that is no formula", text)


def quotation_marks(data: DataPackage) -> Iterator[Fault]:
    """Our own prose has curled quotation marks and apostrophes; what is a copy of words stays.

    Copies are columns marked ``verbatim`` and those marked ``literal``: titles, patterns, queries.
    """
    expected = "curled quotation marks and apostrophes: ‘ ’ “ ”"
    for name, fields in data.fields.items():
        for column, field in fields.items():
            if field["type"] != "string" or field.get("verbatim") or field.get("literal"):
                continue
            texts = data[name][column]
            for row in records(data[name][texts.str.contains("[\"']")]):
                yield fault_at(data, name, row, column, expected)
            told = [field.get("description", "")]
            told += [str(level.get(k, "")) for level in field.get("categories", []) for k in TOLD]
            for text in told:
                if "'" in text or '"' in text:
                    yield Fault("datapackage.json", 0, f"{name}.{column}", text, expected)


def references(data: DataPackage) -> Iterator[Fault]:
    """A key of a row of another table, or of one of several, is that of a row that there is."""
    leads = [(name, column, {to: there}) for name, column, to, there in _foreign_keys(data)]
    for name, fields in data.fields.items():
        for column, field in fields.items():
            if "refersTo" in field:
                leads.append((name, column, {to: data.key(to) for to in field["refersTo"]}))
    for name, column, targets in leads:
        if any(there not in data.fields.get(to, {}) for to, there in targets.items()):
            continue  # reported by `links`
        known = pd.concat([data[to][there] for to, there in targets.items()])
        rows, files_ = data[name], " or ".join(map(data.path, targets))
        given = rows[column].notna() & rows[column].ne("")
        for row in records(rows[given & ~rows[column].isin(known)]):
            yield fault_at(data, name, row, column, f"a key that exists in {files_}")


def decisions(data: DataPackage) -> Iterator[Fault]:
    """What was decided on a judgement stands in its row; a passage, if it has one, does too."""
    cells: dict[str, tuple[str, dict[str, str]]] = {}
    units = set(data["codings"]["unit"])
    for name in data.fields:
        key = data.key(name)
        if name == "codings" or len(data.resources[name]["schema"]["primaryKey"]) > 1:
            continue
        for row in data[name][data[name][key].isin(units)].to_dict("records"):
            cells[row[key]] = (data.path(name), {str(c): _text(v) for c, v in row.items()})
    for row in records(data["codings"]):
        file, there = cells.get(row.unit, ("", {}))
        if row.field == "exists":
            if not there and row.final == "yes":
                yield fault_at(data, "codings", row, "final", "no: there is no such row")
        elif there and row.field not in there:
            yield fault_at(data, "codings", row, "field", f"a column of {file}")
        elif there and there[row.field] != row.final:
            wanted = f"{there[row.field]!r}, which stands in {file}"
            yield fault_at(data, "codings", row, "final", wanted)
        if there.get("passage_id") and there["passage_id"] != row.passage_id:
            wanted = f"{there['passage_id']}, the passage of its row"
            yield fault_at(data, "codings", row, "passage_id", wanted)


def _text(value: object) -> str:
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def settled(data: DataPackage) -> Iterator[Fault]:
    """Both codings of a judgement tell one decision, and a reason where they differ from it."""
    judgements: dict[tuple[str, str], list[Any]] = {}
    for row in records(data["codings"]):
        judgements.setdefault((row.unit, row.field), []).append(row)
    for first, *others in judgements.values():
        for row in others:
            for column in ("passage_id", "final", "reason"):
                wanted = getattr(first, column)
                if getattr(row, column) != wanted:
                    told = f"{wanted!r}, as in row {first.Index + 2}"
                    yield fault_at(data, "codings", row, column, told)
        differ = any(row.value != first.final for row in (first, *others))
        if differ and not first.reason:
            wanted = "a reason, as a coding differs from the decision"
            yield fault_at(data, "codings", first, "reason", wanted)
        elif first.reason and not differ:
            wanted = "nothing: the codings are what was decided"
            yield fault_at(data, "codings", first, "reason", wanted)


RULES: tuple[Callable[[DataPackage], Iterator[Fault]], ...] = (
    schemas,
    scales,
    links,
    looked_for,
    filled,
    ids,
    anchors,
    passage_order,
    totals,
    verbatim_length,
    formulas,
    quotation_marks,
    references,
    decisions,
    settled,
)
FINISHED_RULES: tuple[Callable[[DataPackage], Iterator[Fault]], ...] = (
    coverage,
    *completeness.RULES,
)
