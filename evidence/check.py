"""Hold the tables against their schemas and against each other. Needs no copies.

Each rule is a function that takes the :class:`~evidence.data.DataPackage` and yields
:class:`~evidence.data.Fault`. All rules run; every fault is reported.
"""

import csv
import re

import pandas as pd
from frictionless import FrictionlessException, Package
from frictionless import system as frictionless_system

from evidence.data import Fault, fault_at
from evidence.passages import word_count
from evidence.quantities import stated_values

MAX_VERBATIM_WORDS = 12
NUMBERED_ID = re.compile(r"(?P<kind>[a-z]+)-(?P<source>.+)-(?P<number>\d{2,})")
PASSAGE_ID = re.compile(r"passage-(?P<source>.+)-(?P<line>\d+)-(?P<number>\d+)")
NO_UPPER, NO_LOWER, SINGLE, TWO_ENDS, UNBOUNDED = "low", "high", "single", "both", "none"
BOUNDS = {
    "exactly": SINGLE,
    "about": SINGLE,
    "at_least": NO_UPPER,
    "more_than": NO_UPPER,
    "up_to": NO_LOWER,
    "range": TWO_ENDS,
    "about_range": TWO_ENDS,
    "none": UNBOUNDED,
}


def check(data):
    """Run every rule.

    Parameters
    ----------
    data : DataPackage

    Returns
    -------
    list of Fault
        Sorted by file and row; empty if nothing is wrong. Where a header is not that of the
        schema, faults of structure only: cells cannot be told from one another before it is mended.
    """
    misread = set(headers(data))
    faults = misread | set(files(data))
    if not misread:
        faults.update(fault for rule in RULES for fault in rule(data))
    return sorted(faults)


def files(data):
    """Every file is there, is UTF-8 without a byte-order mark, and has one record a line."""
    for resource in data.resources.values():
        name = resource["path"]
        try:
            raw = (data.folder / name).read_bytes()
        except OSError as error:
            yield Fault(name, 0, "", error.strerror, "a readable file")
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


def headers(data):
    """The first line of every file names the columns of its schema, in their order."""
    for name, fields in data.fields.items():
        try:
            with open(data.folder / data.path(name), encoding="utf-8-sig", newline="") as file:
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


def schemas(data):
    """Types, enums, required values, patterns, primary and foreign keys, as Frictionless sees them."""
    present = [r for r in data.resources.values() if (data.folder / r["path"]).is_file()]
    names = {r["name"] for r in present}
    kept = []
    for resource in present:  # a reference to a file that is not there is reported by `files`
        keys = resource["schema"].get("foreignKeys", [])
        keys = [key for key in keys if key["reference"]["resource"] in names]
        kept.append({**resource, "schema": {**resource["schema"], "foreignKeys": keys}})
    descriptor = {**data.descriptor, "resources": kept}
    try:
        with frictionless_system.use_context(trusted=True):
            report = Package.from_descriptor(descriptor, basepath=str(data.folder)).validate()
    except FrictionlessException as error:
        reason = "; ".join(r.note for r in error.reasons) or error.error.note
        yield Fault("datapackage.json", 0, "", reason, "a valid data package")
        return
    for task in report.tasks:
        for error in task.errors:
            yield _schema_fault(data, task.name, error)


def _schema_fault(data, table, error):
    column = getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", []))
    cell = getattr(error, "cell", None)
    if cell is None and getattr(error, "field_cells", None):
        cell = ", ".join(map(str, error.field_cells))
    field = data.fields[table].get(column, {})
    expected = error.note or error.title
    if error.type == "foreign-key":
        expected = f"a key that exists in {data.path(error.reference_name)}"
    elif error.type in ("extra-cell", "missing-cell"):
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


def scales(data):
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


def ids(data):
    """An id names its row's own source; the numbers of a source run from 01 without a gap."""
    for name in data.coded_from_passages():
        key = data.key(name)
        numbers = {}
        for row in data[name].itertuples():
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


def anchors(data):
    """A row belongs to the source of its passage."""
    source_of = data["passages"].set_index("passage_id")["source_id"].to_dict()
    for name in data.coded_from_passages():
        for row in data[name].itertuples():
            source = source_of.get(row.passage_id, row.source_id)
            if source != row.source_id:
                yield fault_at(data, name, row, "source_id", f"{source}, the source of its passage")


def passage_order(data):
    """Passages follow one another without overlap, and their ids tell their lines."""
    end_of = {}
    line_of = {}
    for row in data["passages"].itertuples():
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


def totals(data):
    """The control totals of each passage equal the rows that were coded from it."""
    for name in data.coded_from_passages():
        found = data[name]["passage_id"].value_counts()
        for row in data["passages"].itertuples():
            declared = getattr(row, name)
            count = int(found.get(row.passage_id, 0))
            if declared is not pd.NA and declared != count:
                yield fault_at(
                    data, "passages", row, name, f"{count}, the rows of {data.path(name)}"
                )


def coverage(data):
    """A passage that can carry content has a coded row or a reason, a reference has a citation."""
    content = data.levels("passages", "role").get("content", pd.Series(dtype=object)).eq(True)
    coded = {
        name: set(data[name]["passage_id"])
        for name in ("claims", "figures", "proposals", "citations")
    }
    for row in data["passages"].itertuples():
        is_coded = any(row.passage_id in rows for rows in coded.values())
        if bool(content.get(row.role, False)):
            if is_coded and row.uncoded:
                yield fault_at(data, "passages", row, "uncoded", "nothing: the passage is coded")
            if not is_coded and not row.uncoded:
                yield fault_at(data, "passages", row, "uncoded", "a reason, or a coded row")
        elif row.uncoded:
            yield fault_at(data, "passages", row, "uncoded", f"nothing for the role {row.role}")
        if row.role == "reference" and row.passage_id not in coded["citations"]:
            yield fault_at(data, "passages", row, "citations", "a citation for every reference")


def verbatim_length(data):
    """Verbatim fragments are short."""
    for name, fields in data.fields.items():
        for column, field in fields.items():
            if not field.get("verbatim"):
                continue
            for row in data[name].itertuples():
                if word_count(getattr(row, column)) > MAX_VERBATIM_WORDS:
                    yield fault_at(data, name, row, column, f"at most {MAX_VERBATIM_WORDS} words")


def one_row_a_proposition(data):
    """One speaker says one thing of a proposition in a passage."""
    key = ["passage_id", "proposition_id", "speaker", "polarity"]
    for row in data["claims"][data["claims"].duplicated(key)].itertuples():
        yield fault_at(
            data, "claims", row, "proposition_id", "one row for each passage and speaker"
        )


def bounds(data):
    """The ends of a figure fit its comparator and unit and are borne out by what was stated."""
    for row in data["figures"].itertuples():
        has_low, has_high = row.low is not pd.NA, row.high is not pd.NA
        shape = BOUNDS.get(row.comparator)
        if has_low and has_high and row.low > row.high:
            yield fault_at(data, "figures", row, "low", f"at most high ({row.high:g})")
        elif shape == SINGLE and not (has_low and has_high and row.low == row.high):
            yield fault_at(data, "figures", row, "high", f"low and high alike for {row.comparator}")
        elif shape == TWO_ENDS and not (has_low and has_high and row.low < row.high):
            yield fault_at(data, "figures", row, "high", f"two ends for {row.comparator}")
        if shape in (NO_UPPER, UNBOUNDED) and has_high:
            yield fault_at(data, "figures", row, "high", f"nothing for {row.comparator}")
        if shape in (NO_LOWER, UNBOUNDED) and has_low:
            yield fault_at(data, "figures", row, "low", f"nothing for {row.comparator}")
        if shape == NO_UPPER and not has_low:
            yield fault_at(data, "figures", row, "low", f"a lower end for {row.comparator}")
        if shape == NO_LOWER and not has_high:
            yield fault_at(data, "figures", row, "high", f"an upper end for {row.comparator}")
        stated = stated_values(row.as_stated)
        for column, has in (("low", has_low), ("high", has_high)):
            value = getattr(row, column)
            if not has:
                continue
            if not any(abs(value - number) < 1e-9 for number in stated):
                numbers = ", ".join(f"{n:g}" for n in sorted(stated)) or "no number"
                yield fault_at(data, "figures", row, column, f"a value as stated ({numbers})")
            if row.unit == "percent" and not 0 <= value <= 100:
                yield fault_at(data, "figures", row, column, "a share from 0 to 100 percent")
        if row.kind in ("prevalence", "sex_share", "rate_in_patients") and row.unit != "percent":
            yield fault_at(data, "figures", row, "unit", f"percent for a {row.kind}")


def number_rules(data):
    """The patterns that excuse numbers are regular expressions."""
    for row in data["number_rules"].itertuples():
        try:
            re.compile(row.pattern)
        except re.error as error:
            yield fault_at(data, "number_rules", row, "pattern", f"a regular expression ({error})")


def formulas(data):
    """No text begins as a formula would, since a spreadsheet that opens the file would run it."""
    for name, fields in data.fields.items():
        for column, field in fields.items():
            if field["type"] != "string":
                continue
            for row, text in zip(data[name].itertuples(), data[name][column]):
                if text.startswith(("=", "+", "-", "@", "\t")):
                    yield fault_at(data, name, row, column, "text that is no formula", text)


def references(data):
    """A column that refers to rows of several tables names one that is there."""
    for name, fields in data.fields.items():
        for column, field in fields.items():
            tables = field.get("refersTo")
            if not tables:
                continue
            keys = {key for table in tables for key in data[table][data.key(table)]}
            for row in data[name].itertuples():
                value = getattr(row, column)
                if value and value not in keys:
                    files_ = " or ".join(data.path(table) for table in tables)
                    yield fault_at(data, name, row, column, f"a key that exists in {files_}")


def appraisals(data):
    """Each source in an instrument's scope has one row for each item, on a level of that item."""
    instrument_of = data["appraisal_items"].set_index("item_id")["instrument_id"].to_dict()
    levels = data["appraisal_levels"].groupby("item_id")["level"].agg(list).to_dict()
    scope = data["appraisal_scope"]
    scope = scope[scope["applied"].eq(True)]
    wanted = {
        (source, item)
        for instrument, source in zip(scope["instrument_id"], scope["source_id"])
        for item, owner in instrument_of.items()
        if owner == instrument
    }
    seen = set()
    for row in data["appraisals"].itertuples():
        allowed = levels.get(row.item_id, [])
        if row.level not in allowed:
            yield fault_at(data, "appraisals", row, "level", "one of " + ", ".join(allowed))
        owner = instrument_of.get(row.item_id, row.instrument_id)
        if row.instrument_id != owner:
            yield fault_at(data, "appraisals", row, "instrument_id", f"{owner}, that of its item")
        pair = (row.source_id, row.item_id)
        if pair in seen:
            expected = f"one row for each item: {row.source_id} has this one already"
            yield fault_at(data, "appraisals", row, "item_id", expected)
        elif pair not in wanted:
            expected = f"an item of an instrument that is applied to {row.source_id}"
            yield fault_at(data, "appraisals", row, "item_id", expected)
        seen.add(pair)
        match = NUMBERED_ID.fullmatch(row.appraisal_id)
        if match and match["source"] != row.source_id:
            yield fault_at(data, "appraisals", row, "appraisal_id", f"an id of {row.source_id}")
        passage = PASSAGE_ID.fullmatch(row.passage_id)
        if passage and passage["source"] != row.source_id:
            yield fault_at(data, "appraisals", row, "passage_id", f"a passage of {row.source_id}")
        if row.cue and not row.passage_id:
            yield fault_at(data, "appraisals", row, "passage_id", "the passage that holds the cue")
    for source, item in sorted(wanted - seen):
        expected = f"a row for {source} and {item}"
        yield Fault(data.path("appraisals"), 0, "item_id", "no such row", expected)


def unused(data):
    """What exists once, for rows to refer to, is referred to by something."""
    for name in ("propositions", "treatments", "studies", "details"):
        referring = [
            (other, key["fields"][0])
            for other, resource in data.resources.items()
            for key in resource["schema"].get("foreignKeys", [])
            if key["reference"]["resource"] == name
        ]
        used = set().union(*(set(data[other][field]) for other, field in referring))
        used |= _referred_to(data, name)
        for row in data[name].itertuples():
            if getattr(row, data.key(name)) not in used:
                files_ = " or ".join(sorted({data.path(other) for other, _ in referring}))
                yield fault_at(data, name, row, data.key(name), f"a row of {files_} that uses it")


def _referred_to(data, name):
    """Keys of a table that columns with ``refersTo`` name."""
    return {
        key
        for other, fields in data.fields.items()
        for column, field in fields.items()
        if name in field.get("refersTo", [])
        for key in data[other][column]
    }


def bibliography(data):
    """Every study has its reference in references.bib, and the other way round."""
    keys = data.bibliography
    if keys is None:
        return
    for row in data["studies"].itertuples():
        if row.study_id not in keys:
            yield fault_at(data, "studies", row, "study_id", "an entry in references.bib")
    for key in sorted(keys - set(data["studies"]["study_id"])):
        yield Fault("references.bib", 0, key, "an entry", "a row in studies.csv")


RULES = (
    schemas,
    scales,
    ids,
    anchors,
    passage_order,
    totals,
    coverage,
    verbatim_length,
    one_row_a_proposition,
    bounds,
    number_rules,
    formulas,
    references,
    appraisals,
    unused,
    bibliography,
)
