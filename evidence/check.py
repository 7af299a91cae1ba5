"""Hold the tables against their schema and against each other. Needs no copies.

Each rule is a function that takes the :class:`~evidence.data.Package` and yields
:class:`~evidence.data.Fault`. All rules run; every fault is reported.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import frictionless
from pybtex.database import PybtexError, parse_file

from evidence.conflicts import conflicts
from evidence.data import CODED, DESCRIPTOR, JUDGED, Fault, Package, Row
from evidence.numbers import NUMBER, number_value, stated_values
from evidence.passages import stands_in, word_count

TOLD_AT_MOST = 20  # faults of one kind that are told one by one
MAX_VERBATIM_WORDS = 12
COPIED = 8  # words in a row from which on words are copied
NUMBERED_ID = re.compile(r"(?P<kind>[a-z]+)-(?P<source>.+)-(?P<number>\d{2,})")
PASSAGE_ID = re.compile(r"passage-(?P<source>.+)-(?P<line>\d+)-(?P<number>\d+)")
QUOTED = re.compile("“(.+?)”")
SPOILT = re.compile(  # UTF-8 read as Windows-1252, a lost character, an error of a spreadsheet
    "â€|Ã[\x80-\xff]|Â[\xa0-\xbf]|\ufffd|#(?:NAME|REF|VALUE|DIV/0|NUM|NULL)[?!]"
)
WORDED = {"at_least": "at least", "more_than": "more than"}  # comparators that words stand for
NUMBER_OF_WORK = re.compile(r"(?:doi:|PMID:)([^\s;,]+)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NOBODY = re.compile(r"\b(?:none|no|nobody)\b", re.IGNORECASE)
LESS = re.compile(r"\b(?:less|lower|better)", re.IGNORECASE)
MEASURED = re.compile(  # "six of 130 people", "15.9 percent": a number and the group of its unit
    rf"(?P<number>{NUMBER.pattern})(?: [\w-]+){{0,2}}? (?:(?P<percent>percent)"
    r"|(?P<dollars>dollars)|(?P<points>points)|(?P<people>people|patients|women))\b",
    re.IGNORECASE,
)
UNSURE = re.compile(  # what hedges or leaves open, in a cue and in our own words
    r"\b(?:may|might|could|should|would|if|possib|potential|suggest|suspect|hypothes"
    r"|not?\b|cannot|open|remains)",
    re.IGNORECASE,
)
ACCOUNTS = ("claims", "figures", "proposals", "citations")  # a row of these accounts for a passage
EACH_SOURCE = {  # tables with a row for each source, and the column that names it
    "claims": "source_id",
    "omissions": "source_id",
    "lineage": "child",
}
ONCE_EACH = {"retellings": "detail_id", "omissions": "topic"}
SHARES = ("prevalence", "sex_share", "rate_in_patients")  # kinds of figures in percent of people
BOUNDS = {  # which ends of a figure its comparator has
    "exactly": "both alike",
    "about": "both alike",
    "at_least": "low",
    "more_than": "low",
    "up_to": "high",
    "range": "both",
    "about_range": "both",
    "none": "",
}


def check(data: Package) -> list[Fault]:
    """Run every rule.

    Parameters
    ----------
    data : Package

    Returns
    -------
    list of Fault
        Sorted by file and row; empty if nothing is wrong. Where a file is no table at all, the
        rules that compare tables are left until it is mended.
    """
    faults = set(form(data))
    broken = any(not fault.row for fault in faults)
    for rule in TEXT_RULES if broken else (*TEXT_RULES, *RULES):
        faults.update(rule(data))
    return sorted(faults)


def form(data: Package) -> Iterator[Fault]:
    """Files that are no tables, cells that are no values, and what the schema does not allow."""
    faults = [fault for _, found in data.loaded.values() for fault in found]
    told = {(fault.file, fault.row, fault.column) for fault in faults}
    yield from faults
    for fault in schemas(data, {fault.file for fault in faults if not fault.row}):
        if (fault.file, fault.row, fault.column) not in told:
            yield fault


def told(faults: Iterable[Fault]) -> Iterator[str]:
    """Write faults, a line each; of many of one kind the first, and how many more there are."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for fault in faults:
        kind = (fault.file, fault.column, fault.expected)
        seen[kind] += 1
        if seen[kind] <= TOLD_AT_MOST:
            yield str(fault)
    for (file, column, expected), count in seen.items():
        if count > TOLD_AT_MOST:
            place = f"{file}, column {column}" if column else file
            yield f"{place}: {count - TOLD_AT_MOST} more like these; expected {expected}"


def fault_at(
    data: Package, name: str, row: Row, column: str, expected: str, found: object = None
) -> Fault:
    """Make a fault at a row; what was found is the value of the column unless it is given."""
    shown = _text(row[column]) if found is None else str(found)
    key = _text(row[data.keys[name][0]])
    return Fault(data.files[name], row.number, column, shown, expected, key)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _texts(data: Package, *without: str) -> Iterator[tuple[str, str, Row]]:
    """Each text cell with something in it, as (table, column, row)."""
    for name, fields in data.fields.items():
        for column, field in fields.items():
            if field["type"] == "string" and not any(field.get(mark) for mark in without):
                yield from ((name, column, row) for row in data[name] if row[column])


def schemas(data: Package, broken: set[str]) -> Iterator[Fault]:
    """Types, enums, required values, patterns, limits and primary keys, by Frictionless.

    Keys of other tables are left to :func:`references`, which knows columns that refer to several.
    """
    resources = [r for r in data.descriptor["resources"] if r["path"] not in broken]
    descriptor = {**data.descriptor, "resources": resources}
    try:
        with frictionless.system.use_context(trusted=True):
            package = frictionless.Package.from_descriptor(descriptor, basepath=str(data.folder))
            for resource in package.resources:
                resource.schema.foreign_keys = []
            report = package.validate()
    except frictionless.FrictionlessException as error:
        reason = "; ".join(r.note for r in error.reasons) or error.error.note
        yield Fault(DESCRIPTOR, 0, "", reason, "a valid data package")
        return
    for task in report.tasks:
        read = {row.number for row in data[task.name]}  # without lines that hold nothing
        for found in task.errors:
            counted = found.type in ("extra-cell", "missing-cell")  # by the reader
            if not counted and getattr(found, "row_number", 2) in read:
                yield _schema_fault(data, task.name, found)


def _schema_fault(data: Package, table: str, error: Any) -> Fault:
    column, found = getattr(error, "field_name", ""), getattr(error, "cell", "")
    expected = error.note or error.title
    limits = data.fields[table].get(column, {}).get("constraints", {})
    if error.type == "primary-key":
        column, found = ", ".join(data.keys[table]), error.cells[0]
        expected = "a primary key that no other row has"
    elif error.type == "constraint-error":
        expected = _allowed(next(name for name in limits if f'"{name}"' in error.note), limits)
    key = getattr(error, "cells", [""])[0]
    row = getattr(error, "row_number", 0)
    return Fault(data.files[table], row, column, str(found or ""), expected, str(key))


def _allowed(name: str, limits: dict[str, Any]) -> str:
    """What a constraint asks for."""
    if name == "required":
        return "a value"
    if name == "enum":
        return "one of " + ", ".join(map(str, limits["enum"]))
    return f"a value of the {name} {limits[name]}"


def files(data: Package) -> Iterator[Fault]:
    """Every table in the folder is described."""
    for path in sorted(data.folder.glob("*.csv")):
        if path.name not in data.files.values():
            yield Fault(path.name, 0, "", "a file", f"only files that {DESCRIPTOR} describes")


def scales(data: Package) -> Iterator[Fault]:
    """The levels that a schema allows are those it defines."""
    for name, fields in data.fields.items():
        for column, field in fields.items():
            allowed = field.get("constraints", {}).get("enum", [])
            defined = [level.get("value") for level in field.get("categories", [])]
            if allowed != defined:
                wanted = f"the levels that are defined: {defined}"
                yield Fault(DESCRIPTOR, 0, f"{name}.{column}", str(allowed), wanted)


def spoilt(data: Package) -> Iterator[Fault]:
    """No text was spoilt on its way through a program or begins as a formula would."""
    for name, column, row in _texts(data):
        text = row[column]
        if SPOILT.search(text):
            yield fault_at(data, name, row, column, "text that no program has spoilt")
        hidden = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn")}
        for character in hidden:
            shown = f"U+{ord(character):04X} in {text!r}"
            yield fault_at(data, name, row, column, "no character that cannot be seen", shown)
        if text.startswith(("=", "+", "-", "@")):
            yield fault_at(data, name, row, column, "text that is no formula")
        if text != text.strip():
            yield fault_at(data, name, row, column, "no white space at either end", repr(text))


def quotation_marks(data: Package) -> Iterator[Fault]:
    """Our own words have curled quotation marks and apostrophes.

    Copies are columns marked ``verbatim`` and ``literal``: titles, patterns, queries.
    """
    expected = "curled quotation marks and apostrophes: ‘ ’ “ ”"
    for name, column, row in _texts(data, "verbatim", "literal"):
        if "'" in row[column] or '"' in row[column]:
            yield fault_at(data, name, row, column, expected)
    for name, fields in data.fields.items():
        for column, field in fields.items():
            for about in (field, *field.get("categories", [])):
                words = f"{about.get('label', '')} {about.get('description', '')}"
                words += str(about.get("definition", ""))
                if "'" in words or '"' in words:
                    yield Fault(DESCRIPTOR, 0, f"{name}.{column}", words, expected)


def verbatim_length(data: Package) -> Iterator[Fault]:
    """Verbatim fragments are short."""
    for name, column, row in _texts(data):
        words = word_count(row[column])
        if data.fields[name][column].get("verbatim") and words > MAX_VERBATIM_WORDS:
            yield fault_at(data, name, row, column, f"at most {MAX_VERBATIM_WORDS} words")


def _links(data: Package) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each column that holds keys: (table, column, {table referred to: column of it})."""
    for name, resource in data.resources.items():
        for link in resource["schema"].get("foreignKeys", []):
            there = link["reference"]
            for column, key in zip(link["fields"], there["fields"], strict=True):
                yield name, column, {there["resource"]: key}
        for column, field in data.fields[name].items():
            if "refersTo" in field:
                yield name, column, {other: data.keys[other][0] for other in field["refersTo"]}


def references(data: Package) -> Iterator[Fault]:
    """A key of a row of another table, or of one of several, is that of a row that there is."""
    for name, column, targets in _links(data):
        known = {row[key] for other, key in targets.items() for row in data[other]}
        wanted = f"a key that exists in {' or '.join(data.files[other] for other in targets)}"
        for row in data[name]:
            if row[column] and row[column] not in known:
                yield fault_at(data, name, row, column, wanted)


def unused(data: Package) -> Iterator[Fault]:
    """What exists once, for rows to refer to, is referred to by something."""
    for name in ("propositions", "treatments", "studies"):
        leads = [(other, column) for other, column, targets in _links(data) if name in targets]
        used = {row[column] for other, column in leads for row in data[other]}
        users = " or ".join(sorted({data.files[other] for other, _ in leads}))
        for row in data[name]:
            if row[data.keys[name][0]] not in used:
                yield fault_at(
                    data, name, row, data.keys[name][0], f"a row of {users} that uses it"
                )


def _of_passages(data: Package) -> Iterator[tuple[str, Row]]:
    """Each row of an article with a passage that it was coded from, as (table, row)."""
    for name, fields in data.fields.items():
        if {"source_id", "passage_id"} <= set(fields) and name != "passages":
            yield from ((name, row) for row in data[name])


def ids(data: Package) -> Iterator[Fault]:
    """An id names its row's own source; the numbers of a source run from 01 without a gap."""
    numbers = defaultdict(set)
    for name, row in _of_passages(data):
        key = data.keys[name][0]
        match = NUMBERED_ID.fullmatch(row[key])
        if match and match["source"] != row["source_id"]:
            yield fault_at(data, name, row, key, f"an id of source {row['source_id']}")
        if match:
            numbers[name, f"{match['kind']}-{match['source']}"].add(int(match["number"]))
    for (name, begun), found in numbers.items():
        for missing in sorted(set(range(1, max(found))) - found):
            wanted = "numbers without a gap: a withdrawn row stays and is marked"
            absent = f"no {begun}-{missing:02d}"
            yield Fault(data.files[name], 0, data.keys[name][0], absent, wanted)


def anchors(data: Package) -> Iterator[Fault]:
    """A row belongs to the source of its passage."""
    source_of = {row["passage_id"]: row["source_id"] for row in data["passages"]}
    for name, row in _of_passages(data):
        source = source_of.get(row["passage_id"], row["source_id"])
        if source != row["source_id"]:
            wanted = f"{source}, the source of its passage"
            yield fault_at(data, name, row, "source_id", wanted)


def passage_order(data: Package) -> Iterator[Fault]:
    """Passages follow one another without overlap, and their ids tell their lines."""
    end_of: dict[str, int] = {}
    last: dict[str, tuple[int, int]] = {}
    for row in data["passages"]:
        source, line, start, end = (row[c] for c in ("source_id", "line", "start", "end"))
        match = PASSAGE_ID.fullmatch(row["passage_id"])
        if None in (line, start, end) or not match:
            continue  # the schema reports it
        if start >= end:
            yield fault_at(data, "passages", row, "end", f"more than start ({start})")
        if start < end_of.get(source, 0):
            wanted = f"{end_of[source]} or more: no overlap"
            yield fault_at(data, "passages", row, "start", wanted)
        end_of[source] = end
        if int(match["line"]) != line or match["source"] != source:
            yield fault_at(data, "passages", row, "passage_id", f"the id of {source}, line {line}")
        last_line, number = last.get(source, (0, 0))
        number = number + 1 if last_line == line else 1
        if int(match["number"]) != number:
            wanted = f"passage-{source}-{line}-{number} before it"
            yield fault_at(data, "passages", row, "passage_id", wanted)
        last[source] = (line, int(match["number"]))


def totals(data: Package) -> Iterator[Fault]:
    """The control totals of each passage equal the rows that were coded from it."""
    for name in CODED:
        found = Counter(row["passage_id"] for row in data[name])
        for row in data["passages"]:
            count = found[row["passage_id"]]
            if row[name] is not None and row[name] != count:
                wanted = f"{count}, the rows of {data.files[name]}"
                yield fault_at(data, "passages", row, name, wanted)


def coverage(data: Package) -> Iterator[Fault]:
    """A passage that can carry content has a coded row or a reason why it has none."""
    roles = data.fields["passages"]["role"]["categories"]
    content = {level["value"] for level in roles if level.get("content")}
    coded = {row["passage_id"] for name in ACCOUNTS for row in data[name]}
    for row in data["passages"]:
        wanted = ""
        if row["uncoded"] and row["role"] not in content:
            wanted = f"nothing for the role {row['role']}"
        elif row["uncoded"] and row["passage_id"] in coded:
            wanted = "nothing: the passage is coded"
        elif row["role"] in content and row["passage_id"] not in coded and not row["uncoded"]:
            wanted = "a reason, or a coded row"
        if wanted:
            yield fault_at(data, "passages", row, "uncoded", wanted)


def cited_references(data: Package) -> Iterator[Fault]:
    """Every entry of a reference list has a citation."""
    cited = {row["passage_id"] for row in data["citations"]}
    for row in data["passages"]:
        if row["role"] == "reference" and row["passage_id"] not in cited:
            yield fault_at(data, "passages", row, "citations", "a citation for every reference")


def complete(data: Package) -> Iterator[Fault]:
    """Each source has the rows that every source has, and one a topic where it has any."""
    for name, column in EACH_SOURCE.items():
        known = {row[column] for row in data[name]}
        for source in data["sources"]:
            if source["source_id"] not in known:
                wanted = f"a row for {source['source_id']}"
                yield Fault(data.files[name], 0, column, "no such row", wanted)
    for name, column in ONCE_EACH.items():
        found = Counter((row["source_id"], row[column]) for row in data[name])
        for source in sorted({source for source, _ in found}):
            for value in sorted({value for _, value in found}):
                if found[source, value] != 1:
                    count, wanted = found[source, value], f"one row of {source} for {value}"
                    yield Fault(data.files[name], 0, column, f"{count} rows", wanted)


def decisions(data: Package) -> Iterator[Fault]:
    """What was decided on a judgement stands in its row; a passage, if it has one, does too."""
    units = {row["unit"] for row in data["codings"]}
    rows = {
        row[key[0]]: (data.files[name], row)
        for name, key in data.keys.items()
        if len(key) == 1
        for row in data[name]
        if row[key[0]] in units
    }
    for row in data["codings"]:
        file, there = rows.get(row["unit"], ("", Row()))
        field, passage = row["field"], there.get("passage_id")
        if field == "exists":
            if not there and row["final"] == "yes":
                yield fault_at(data, "codings", row, "final", "no: there is no such row")
        elif there and field not in there:
            yield fault_at(data, "codings", row, "field", f"a column of {file}")
        elif there and _text(there[field]) != row["final"]:
            wanted = f"{_text(there[field])!r} as in {file}, or the wrong one of the two mended"
            yield fault_at(data, "codings", row, "final", wanted)
        if passage and passage != row["passage_id"]:
            yield fault_at(data, "codings", row, "passage_id", f"{passage}, the passage of its row")


def settled(data: Package) -> Iterator[Fault]:
    """Both codings of a judgement tell one decision, and a reason where they differ from it."""
    judgements = defaultdict(list)
    for row in data["codings"]:
        judgements[row["unit"], row["field"]].append(row)
    for rows in judgements.values():
        first = rows[0]
        for row in rows[1:]:
            for column in ("passage_id", "final", "reason"):
                if row[column] != first[column]:
                    wanted = f"{first[column]!r}, as in row {first.number}"
                    yield fault_at(data, "codings", row, column, wanted)
        differ = any(row["value"] != first["final"] for row in rows)
        if differ and not first["reason"]:
            wanted = "a reason, as a coding differs from the decision"
            yield fault_at(data, "codings", first, "reason", wanted)
        elif first["reason"] and not differ:
            wanted = "nothing: the codings are what was decided"
            yield fault_at(data, "codings", first, "reason", wanted)


def one_row_a_proposition(data: Package) -> Iterator[Fault]:
    """One speaker says one thing of a proposition in a passage."""
    seen = set()
    for row in data["claims"]:
        said = tuple(row[c] for c in ("passage_id", "proposition_id", "speaker", "polarity"))
        if said in seen:
            wanted = "one row for each passage and speaker"
            yield fault_at(data, "claims", row, "proposition_id", wanted)
        seen.add(said)


def zones(data: Package) -> Iterator[Fault]:
    """The claims of a line of an article stand in one part of it; a letter is not the author's."""
    line_of = {row["passage_id"]: (row["source_id"], row["line"]) for row in data["passages"]}
    first: dict[tuple[str, int], str] = {}
    for row in data["claims"]:
        line = line_of.get(row["passage_id"])
        if line and first.setdefault(line, row["zone"]) != row["zone"]:
            wanted = f"{first[line]}, as other claims of that line"
            yield fault_at(data, "claims", row, "zone", wanted)
        if row["zone"] == "reader_letter" and row["speaker"] == "author":
            yield fault_at(data, "claims", row, "speaker", "the reader, or whom the letter credits")


def own_words(data: Package) -> Iterator[Fault]:
    """A statement is in our own words: few in a row are those of its cue."""
    for row in data["claims"]:
        if _runs(row["cue"]) & _runs(row["statement"].rstrip(".")):
            wanted = f"fewer than {COPIED} words in a row from the cue"
            yield fault_at(data, "claims", row, "statement", wanted)


def unsure(data: Package) -> Iterator[Fault]:
    """What is at most tentative hedges or leaves open, in its cue and in our own words."""
    for row in data["claims"]:
        for column in ("cue", "statement"):
            if row["certainty"] in (1, 2, 3) and not UNSURE.search(row[column]):
                wanted = f"a hedge or an open question, as its certainty is {row['certainty']}"
                yield fault_at(data, "claims", row, column, wanted)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + COPIED]) for i in range(len(words) - COPIED + 1)}


def bounds(data: Package) -> Iterator[Fault]:
    """The ends of a figure fit its comparator and unit and are borne out by what was stated."""
    for row in data["figures"]:
        low, high, comparator = row["low"], row["high"], row["comparator"]
        shape = BOUNDS.get(comparator, "")
        for end in ("low", "high"):
            wanted = end in shape or "both" in shape
            if wanted != (row[end] is not None):
                expected = f"{'a value' if wanted else 'nothing'} for {comparator}"
                yield fault_at(data, "figures", row, end, expected)
        if low is not None and high is not None:
            if low > high:
                yield fault_at(data, "figures", row, "low", f"at most high ({high:g})")
            elif shape == "both alike" and low != high:
                yield fault_at(data, "figures", row, "high", f"low and high alike for {comparator}")
            elif shape == "both" and low == high:
                yield fault_at(data, "figures", row, "high", f"two ends for {comparator}")
        for level, words in WORDED.items():
            if (comparator == level) != (words in row["as_stated"].lower()):
                yield fault_at(data, "figures", row, "comparator", f"{level} for “{words}” alone")
        stated = stated_values(row["as_stated"])
        for end in ("low", "high"):
            value = row[end]
            if value is None:
                continue
            if not any(abs(value - number) < 1e-9 for number in stated):
                numbers = ", ".join(f"{n:.12g}" for n in sorted(stated)) or "no number"
                yield fault_at(data, "figures", row, end, f"a value as stated ({numbers})")
            if row["unit"] == "percent" and not 0 <= value <= 100:
                yield fault_at(data, "figures", row, end, "a share from 0 to 100 percent")
        if row["kind"] in SHARES and row["unit"] != "percent":
            yield fault_at(data, "figures", row, "unit", f"percent for a {row['kind']}")


def facts_stated(data: Package) -> Iterator[Fault]:
    """The value of a fact is what its statement gives first in its unit, maybe rounded there.

    Where the statement has no number beside that unit, it is any that is of no other unit.
    """
    for row in data["study_facts"]:
        text, value = row["statement"], row["value"]
        stated = stated_values(text) - {1}  # "one another", "the one treatment"
        stated |= {0.0} if NOBODY.search(text) and stated else set()
        if value is None or not stated:
            continue
        found = [(m.lastgroup or "", number_value(m["number"])) for m in MEASURED.finditer(text)]
        own = [number for unit, number in found if unit in row["unit"] and number is not None]
        other = {number for unit, number in found if unit in ("percent", "dollars")}
        fits = set(own[:1]) or stated - other  # people may be what a ratio counts
        if not any(abs(n - abs(value)) < 1e-9 or n == round(value) for n in fits):
            numbers = ", ".join(f"{n:.12g}" for n in sorted(fits)) or "nothing"
            wanted = f"a value as stated in {row['unit'] or 'no unit'} ({numbers})"
            yield fault_at(data, "study_facts", row, "value", wanted)
        if "difference" in row["measure"] and (value < 0) != bool(LESS.search(text)):
            wanted = "a minus where the statement says less, and nowhere else"
            yield fault_at(data, "study_facts", row, "value", wanted)


def facts_bear(data: Package) -> Iterator[Fault]:
    """An adverse event bears on harm; a fact that names treatments names its own."""
    names = {row["treatment_id"]: row["label"].split(" (")[0] for row in data["treatments"]}
    for row in data["study_facts"]:
        if row["measure"] == "adverse_event" and row["bears_on"] != "harm":
            yield fault_at(data, "study_facts", row, "bears_on", "harm for an adverse event")
        named = [key for key, name in names.items() if name.lower() in row["statement"].lower()]
        if row["treatment_id"] and named and row["treatment_id"] not in named:
            wanted = f"{' or '.join(named)}, which its statement names"
            yield fault_at(data, "study_facts", row, "treatment_id", wanted)


def _numbers(data: Package, works: set[str]) -> list[set[float]]:
    """The numbers that each fact of some works has."""
    facts = [fact for fact in data["study_facts"] if fact["study_id"] in works]
    return [stated_values(fact["statement"]) | {abs(fact["value"] or 0)} for fact in facts]


def surveys_stated(data: Package) -> Iterator[Fault]:
    """One fact of its work states the numbers of a survey and the year of its definition."""
    for row in data["surveys"]:
        columns = ("prevalence", "low", "high", "women")
        told = {(column, row[column]) for column in columns if row[column] is not None}
        told |= {("case_definition", float(year)) for year in YEAR.findall(row["case_definition"])}
        facts = _numbers(data, {row["study_id"]})
        held = [{pair for pair in told if pair[1] in fact} for fact in facts]
        for column, _ in told - max(held, key=len, default=set()):
            wanted = f"a number that a fact of {row['study_id']} states with the others of this row"
            yield fault_at(data, "surveys", row, column, wanted)


def sizes(data: Package) -> Iterator[Fault]:
    """How many people or animals a work had is a fact of that work, of that measure if any is."""
    facts = {row["fact_id"]: row for row in data["study_facts"]}
    for row in data["studies"]:
        for column in ("size_fact", "controls_fact"):
            if row[column] in facts and facts[row[column]]["study_id"] != row["study_id"]:
                yield fault_at(data, "studies", row, column, f"a fact of {row['study_id']}")
    for row in data["since"]:
        known = [fact for fact in facts.values() if fact["study_id"] == row["study_id"]]
        for column in ("n_patients", "n_controls", "n_animals"):
            measured = [fact for fact in known if fact["measure"].startswith(column)] or known
            if row[column] not in (None, *(fact["value"] for fact in measured)):
                wanted = f"a value that study_facts.csv has of {row['study_id']}"
                yield fault_at(data, "since", row, column, wanted)


def designs(data: Package) -> Iterator[Fault]:
    """What a study after the articles was, and in whom, is as studies.csv has it."""
    known = {row["study_id"]: row for row in data["studies"]}
    for row in data["since"]:
        work = known.get(row["study_id"], row)
        if (work["design"] or row["design"]) != row["design"]:
            yield fault_at(data, "since", row, "design", f"{work['design']}, as in studies.csv")
        if row["studied_in"] == "fibromyalgia" and "not fibromyalgia" in work["note"]:
            wanted = "another illness, as the note of its work says"
            yield fault_at(data, "since", row, "studied_in", wanted)


def cited_years(data: Package) -> Iterator[Fault]:
    """The year in the cue of a citation is that of the work."""
    year_of = {row["study_id"]: str(row["year"]) for row in data["studies"] if row["year"]}
    for row in data["citations"]:
        told = YEAR.findall(NUMBER_OF_WORK.sub("", row["cue"]))
        if told and year_of.get(row["study_id"], told[0]) not in told:
            yield fault_at(data, "citations", row, "study_id", f"a work of {' or '.join(told)}")


def mistakes(data: Package) -> Iterator[Fault]:
    """What is so has its numbers from facts of works it was read in, their years, or the quotation.

    A mistake is taken from a work that lineage.csv has as a parent of its article.
    """
    work_of = {
        row[column]: row["study_id"] for row in data["studies"] for column in ("doi", "pmid")
    }
    parents = {(row["child"], row["parent"]) for row in data["lineage"]}
    for row in data["errors"]:
        where = row["verified_in"]
        read = {row["study_id"]} | {work_of.get(n, "") for n in NUMBER_OF_WORK.findall(where)}
        told = stated_values(row["quoted"]).union({1}, map(float, YEAR.findall(where)))
        told |= {work["year"] for work in data["studies"] if work["study_id"] in read}
        for number in stated_values(row["what_is_so"]) - told.union(*_numbers(data, read)):
            wanted = f"a number that a fact has of {' or '.join(sorted(read - {''})) or 'a work'}"
            yield fault_at(data, "errors", row, "what_is_so", wanted, _text(number))
        if row["taken_from"] and (row["source_id"], row["taken_from"]) not in parents:
            wanted = f"a parent of {row['source_id']} in lineage.csv"
            yield fault_at(data, "errors", row, "taken_from", wanted)


def read_where(data: Package) -> Iterator[Fault]:
    """What was read in a work itself (not of status S) names, if any, that work's own number."""
    own = {row["study_id"]: {row["doi"], row["pmid"]} - {""} for row in data["studies"]}
    for name, fields in data.fields.items():
        if not {"study_id", "verified_in"} <= set(fields):
            continue
        for row in data[name]:
            numbers = set(NUMBER_OF_WORK.findall(row["verified_in"]))
            works = own.get(row["study_id"])
            if numbers and works and row.get("status") != "S" and not numbers & works:
                wanted = f"a work that is read in {row['verified_in']}"
                yield fault_at(data, name, row, "study_id", wanted)


def populations(data: Package) -> Iterator[Fault]:
    """A share says whether it is of a general population or of patients; no other figure does."""
    for row in data["figures"]:
        kind, population = row["kind"], row["population_kind"]
        if kind == "rate_in_patients" and population != "patients":
            yield fault_at(data, "figures", row, "population_kind", "patients")
        elif kind in SHARES and not population:
            yield fault_at(data, "figures", row, "population_kind", f"a level for a {kind}")
        elif kind not in SHARES and population:
            yield fault_at(data, "figures", row, "population_kind", f"nothing for a {kind}")
    for name, who in (("figures", "denominator"), ("surveys", "population")):
        for row in data[name]:
            patients = "patient" in row[who].lower()
            told = row[who] and row["population_kind"]
            if told and patients != (row["population_kind"] == "patients"):
                wanted = f"patients where {who} says so, and nowhere else"
                yield fault_at(data, name, row, "population_kind", wanted)


def conditions(data: Package) -> Iterator[Fault]:
    """A condition that is not stated reads so, and a note says what an inferred one rests on."""
    for row in data["proposals"]:
        if (row["condition"] == "not stated") != (row["condition_basis"] == "not_stated"):
            wanted = "not_stated where the condition reads “not stated”, and nowhere else"
            yield fault_at(data, "proposals", row, "condition_basis", wanted)
        if row["condition_basis"] == "inferred" and not row["note"]:
            wanted = "what the condition was inferred from"
            yield fault_at(data, "proposals", row, "note", wanted)


def studies_cited(data: Package) -> Iterator[Fault]:
    """The study behind a treatment is cited in its passage, or in its line if it cites none."""
    line_of = {row["passage_id"]: (row["source_id"], row["line"]) for row in data["passages"]}
    cited: defaultdict[object, set[str]] = defaultdict(set)
    for row in data["citations"]:
        for place in (row["passage_id"], line_of.get(row["passage_id"])):
            cited[place].add(row["study_id"])
    for row in data["proposals"]:
        there = cited[row["passage_id"]] or cited[line_of.get(row["passage_id"])]
        if row["study_id"] and row["study_id"] not in there:
            wanted = f"a work cited there: {' or '.join(sorted(there)) or 'none is'}"
            yield fault_at(data, "proposals", row, "study_id", wanted)


def rungs(data: Package) -> Iterator[Fault]:
    """A rung that is a claim is that claim's, and as strong."""
    claims = {row["claim_id"]: row for row in data["claims"]}
    for row in data["claim_chain"]:
        claim = claims.get(row["row"], row)
        for column in ("passage_id", "causal_strength", "certainty"):
            if row[column] != claim[column]:
                wanted = f"{claim[column]}, as {row['row']} has it"
                yield fault_at(data, "claim_chain", row, column, wanted)


def contradictions(data: Package) -> Iterator[Fault]:
    """Each denial and difference in strength of the claims has a row, standing or withdrawn."""
    expected = {(c.kind, c.claim_ids): c for c in conflicts(data["claims"])}
    found = {
        (row["conflict"], frozenset([row["first_row"], row["second_row"]])): row
        for row in data["contradictions"]
    }
    for pair, row in found.items():
        stands = row["status"] == "stands"
        if stands == row["what"].startswith("Withdrawn"):
            wanted = "withdrawn where what it says begins so, and nowhere else"
            yield fault_at(data, "contradictions", row, "status", wanted)
        if stands and pair not in expected and row["conflict"] != "content":
            wanted = f"the pair of a {row['conflict']}: the firmest claims, or status withdrawn"
            yield fault_at(data, "contradictions", row, "second_row", wanted)
    for pair, conflict in expected.items():
        if pair not in found:
            what = f"a {conflict.kind} on {conflict.proposition_id}"
            what += f": {' and '.join(sorted(conflict.claim_ids))}"
            yield Fault(data.files["contradictions"], 0, "conflict", "no such row", what)


def verdicts(data: Package) -> Iterator[Fault]:
    """A verdict rests on rows of its article or its studies, and quotes and counts by them."""
    owners = _owners(data)
    so = {row["error_id"]: row["what_is_so"] for row in data["errors"]}
    verbatim: defaultdict[str, str] = defaultdict(str)
    for name, column, row in _texts(data):
        if data.fields[name][column].get("verbatim"):
            verbatim[row[data.keys[name][0]]] += row[column] + "\n"
    for row in data["sources"]:
        source, keys = row["source_id"], row["rests_on"].split()
        for key in keys:
            if key not in owners:
                yield fault_at(data, "sources", row, "rests_on", "keys of rows that exist", key)
            elif source not in owners[key]:
                wanted = f"keys of rows of {source} or of works that it cites"
                yield fault_at(data, "sources", row, "rests_on", wanted, key)
        quotable = row["title"] + "\n" + "".join(verbatim[key] for key in keys)
        counted = stated_values(quotable + " ".join(so.get(key, "") for key in keys)) | {1}
        for column in JUDGED[:-1]:
            quoted = (w for w in QUOTED.findall(row[column]) if not stands_in(w, quotable))
            for words in (*quoted, *map(_text, stated_values(row[column]) - counted)):
                wanted = "words and numbers of a row that it rests on"
                yield fault_at(data, "sources", row, column, wanted, words)


def _owners(data: Package) -> dict[str, set[str]]:
    """The sources that each row says something of, by the row's key.

    They are told by the first of these columns that has a value; a work is its citing sources'.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for row in data["citations"]:
        owners[row["study_id"]].add(row["source_id"])
    owners |= {row["source_id"]: {row["source_id"]} for row in data["sources"]}
    told = [["source_id"], ["row", "passage_id"], ["first_row", "second_row"]]
    told += [["child", "parent"], ["study_id"]]
    tables = [name for name in data.fields if name not in ("sources", "studies")]
    for name in sorted(tables, key=("passages", *CODED).__contains__, reverse=True):
        for row in data[name]:
            named = next((c for c in told if any(row.get(column) for column in c)), [])
            found = [owners.get(row.get(column, ""), set()) for column in named]
            if found:
                owners[row[data.keys[name][0]]] = set().union(*found)
    return owners


def bibliography(data: Package) -> Iterator[Fault]:
    """Every study has its reference in references.bib with its year and numbers, and conversely.

    What the book's own method rests on has the keyword ``method`` there and is no study.
    """
    try:
        entries = parse_file(str(data.folder.parent / "references.bib")).entries
    except (OSError, PybtexError) as error:
        yield Fault("references.bib", 0, "", " ".join(str(error).split()), "a bibliography")
        return
    keys = {key for key, entry in entries.items() if entry.fields.get("keywords") != "method"}
    for row in data["studies"]:
        told = YEAR.findall(row["label"])
        if told and str(row["year"]) not in told:
            yield fault_at(data, "studies", row, "label", f"the year {row['year']}")
        if row["study_id"] not in keys:
            yield fault_at(data, "studies", row, "study_id", "an entry in references.bib")
            continue
        for column in ("year", "doi", "pmid"):
            there = entries[row["study_id"]].fields.get(column, "")
            if there and there != _text(row[column]):
                yield fault_at(data, "studies", row, column, f"{there}, as in references.bib")
    for key in sorted(keys - {row["study_id"] for row in data["studies"]}):
        yield Fault("references.bib", 0, key, "an entry", "a row in studies.csv")


Rule = Callable[[Package], Iterator[Fault]]
TEXT_RULES: tuple[Rule, ...] = (files, scales, spoilt, quotation_marks, verbatim_length)
RULES: tuple[Rule, ...] = (
    references,
    unused,
    ids,
    anchors,
    passage_order,
    totals,
    coverage,
    cited_references,
    complete,
    decisions,
    settled,
    one_row_a_proposition,
    zones,
    own_words,
    unsure,
    bounds,
    facts_stated,
    facts_bear,
    surveys_stated,
    sizes,
    designs,
    cited_years,
    mistakes,
    read_where,
    populations,
    conditions,
    studies_cited,
    rungs,
    contradictions,
    verdicts,
    bibliography,
)
