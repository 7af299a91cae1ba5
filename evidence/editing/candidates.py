"""What a coder should look at in a new copy: a role for each passage, candidates for rows.

What to look for is told by ``datapackage.json``. ``roles`` lists, in the order in which they are
tried, a ``role`` and the ``pattern`` of its passages, with ``line`` of whole lines, which then are
one passage each; the one with ``title`` is that of the title, the one with no pattern that of the
rest. ``candidates`` lists what to look for in each table:

* ``words`` or ``pattern``: words, or a regular expression, to be found;
* ``find``: ``numbers`` or ``dois``;
* ``names``: names of the rows of another table, ``{"table": …, "columns": […], "into": …}``; a
  name ends where ``until`` is found in it, of rows with the same name those count whose
  ``prefer`` stands in the passage, and the key of the row goes into the column ``into``;
* ``column``: where the words go, with those around them unless ``exact``; ``value``: the two
  columns for the ends of a number, which are alike unless it is a range;
* ``excused``: ``{"table": …, "column": …}``, patterns of what is no candidate;
* ``everywhere``: a candidate in each passage that can carry content, even if nothing is found;
  ``anywhere``: also in those that cannot;
* ``why``: what the coder is told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evidence.data import DataPackage, records
from evidence.files import Row
from evidence.passages import draft, normalised
from evidence.quantities import quantity_spans, quantity_value

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]]")
RANGE = re.compile(r"[-–]| to ")  # between the two ends of a range
MAX_CUE = 12  # words
SHORTEST_NAME = 4  # letters; shorter names stand in too many other words


def drafted(data: DataPackage, source: str, text: str, title: str) -> pd.DataFrame:
    """Draft the passages of a copy, with a role proposed for each.

    Parameters
    ----------
    data : DataPackage
    source : str
        Key of the source.
    text : str
        The copy.
    title : str
        Title of the source; if no passage reads so, the first passage is taken for it.

    Returns
    -------
    pandas.DataFrame
        As :func:`evidence.passages.draft`, and ``role``.
    """
    rules = data.descriptor.get("roles", [])
    patterns = [(re.compile(rule["pattern"]), rule) for rule in rules if "pattern" in rule]
    lines = [pattern for pattern, rule in patterns if rule.get("line")]
    rows = draft(source, text, lambda line: any(pattern.search(line) for pattern in lines))
    levels = data.fields["passages"]["role"]["constraints"]["enum"]
    otherwise = next((rule["role"] for rule in rules if len(rule) == 1), levels[0])
    alone = ~rows["line"].duplicated(keep=False)
    words = [text[row.start : row.end] for row in records(rows)]
    rows["role"] = [
        next(
            (r["role"] for p, r in patterns if (a or not r.get("line")) and p.search(w)), otherwise
        )
        for w, a in zip(words, alone, strict=True)
    ]
    titles = [rule["role"] for rule in rules if rule.get("title")]
    plain = [normalised(passage).casefold() for passage in words]
    wanted = normalised(title).casefold()
    if titles and words:
        rows.loc[plain.index(wanted) if wanted in plain else 0, "role"] = titles[0]
    return rows


@dataclass(frozen=True)
class Candidate:
    """Something in a passage that may be a row.

    Attributes
    ----------
    table : str
        The table that it may be a row of.
    passage_id : str
    cells : dict of str to str
        What is known of the row; the words that were found among it.
    why : str
        Why it was proposed.
    """

    table: str
    passage_id: str
    cells: Row
    why: str


def candidates(data: DataPackage, passages: pd.DataFrame, texts: dict[str, str]) -> list[Candidate]:
    """Find candidates for rows.

    Parameters
    ----------
    data : DataPackage
    passages : pandas.DataFrame
        Rows of ``passages.csv`` of one source.
    texts : dict of str to str
        Their texts, by passage id.

    Returns
    -------
    list of Candidate
        By passage. What several rules of a table find at the same words is one candidate.
    """
    content = data.levels("passages", "role")["content"].eq(True)
    found: list[Candidate] = []
    for row in records(passages):
        text = texts[row.passage_id]
        for rule in data.descriptor.get("candidates", []):
            if content.get(row.role, False) or rule.get("anywhere"):
                found += _by_rule(data, rule, row.passage_id, text)
    return list({_same(data, candidate): candidate for candidate in reversed(found)}.values())[::-1]


def _same(data: DataPackage, candidate: Candidate) -> tuple[str, ...]:
    """What two candidates have in common that are one: a row that they name, or their cells."""
    into = {rule["names"]["into"] for rule in data.descriptor["candidates"] if "names" in rule}
    named = [candidate.cells[column] for column in sorted(into & set(candidate.cells))]
    cells = named or [f"{column}\0{cell}" for column, cell in candidate.cells.items()]
    return (candidate.table, candidate.passage_id, *cells)


def _by_rule(
    data: DataPackage, rule: dict[str, Any], passage: str, text: str
) -> Iterator[Candidate]:
    hits = [hit for hit in _hits(data, rule, text) if not _excused(data, rule, text, hit)]
    if rule.get("everywhere"):  # one for the passage, at the words that matter most
        words = ", ".join(dict.fromkeys(text[start:end].lower() for start, end, _ in hits))
        hits = hits[:1] or [(0, 0, "")]
        why = f"{rule['why']}: {words}" if words else "nothing found; does it state something?"
    else:
        why = rule["why"]
    for start, end, key in hits:
        cells = {
            rule["column"]: cue(text, start, end) if not rule.get("exact") else text[start:end]
        }
        if key:
            cells[rule["names"]["into"]] = key
        ends = [quantity_value(end) for end in RANGE.split(text[start:end])]
        if "value" in rule and len(ends) <= len(rule["value"]) and None not in ends:
            low_and_high = zip(rule["value"], (ends[0], ends[-1]), strict=True)
            cells |= {column: f"{value:.12g}" for column, value in low_and_high}
        yield Candidate(rule["table"], passage, cells, why)


def _hits(data: DataPackage, rule: dict[str, Any], text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and, if a row is named, its key, of each thing that a rule finds."""
    if rule.get("find") == "numbers":
        yield from ((start, end, "") for start, end in _ranges(text))
    if "words" in rule:
        either = "|".join(re.escape(word) for word in rule["words"])
        yield from ((*m.span(), "") for m in re.finditer(rf"\b(?:{either})\b", text, re.IGNORECASE))
    if "pattern" in rule:
        yield from ((*m.span(), "") for m in re.finditer(rule["pattern"], text))
    if rule.get("find") == "dois":
        yield from ((*m.span(), _of_doi(data, rule, m[0])) for m in DOI.finditer(text))
    elif "names" in rule:
        yield from _named(data, rule["names"], text)


def _ranges(text: str) -> list[tuple[int, int]]:
    """Start and end of each quantity; the two ends of a range are one."""
    found: list[tuple[int, int]] = []
    for start, end in quantity_spans(text):
        if found and RANGE.fullmatch(text[found[-1][1] : start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _named(data: DataPackage, names: dict[str, Any], text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each name of a row that stands in a text, with the key of the row."""
    found: dict[str, tuple[tuple[int, int], bool]] = {}
    for row in records(data[names["table"]]):
        for column in names["columns"]:
            name = getattr(row, column)
            if "until" in names:
                name = re.split(names["until"], name)[0]
            match = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
            if match and len(name) >= SHORTEST_NAME:
                preferred = (
                    str(getattr(row, names["prefer"])) in text if "prefer" in names else True
                )
                found.setdefault(getattr(row, data.key(names["table"])), (match.span(), preferred))
    for key, (span, preferred) in found.items():
        if preferred or not any(better for where, better in found.values() if where == span):
            yield (*span, str(key))


def _of_doi(data: DataPackage, rule: dict[str, Any], doi: str) -> str:
    table = data[rule["names"]["table"]]
    same = table[rule["names"]["columns"][0]].str.lower() == doi.lower()
    keys = table.loc[same, data.key(rule["names"]["table"])]
    return str(keys.iloc[0]) if len(keys) else ""


def _excused(data: DataPackage, rule: dict[str, Any], text: str, hit: tuple[int, int, str]) -> bool:
    if "excused" not in rule:
        return False
    patterns = data[rule["excused"]["table"]][rule["excused"]["column"]]
    spans = [match.span() for pattern in patterns for match in re.finditer(pattern, text)]
    return any(start <= hit[0] and hit[1] <= end for start, end in spans)


def cue(text: str, start: int, end: int) -> str:
    """Cut at most twelve words out of a passage, around a place in it, letter by letter.

    Parameters
    ----------
    text : str
    start, end : int
        The place; words before it are a third of those added.

    Returns
    -------
    str
        A substring of the text.
    """
    words = [match.span() for match in re.finditer(r"\S+", text)]
    if not words:
        return ""
    inside = [i for i, (a, b) in enumerate(words) if a < end and b > start] or [0]
    room = max(0, MAX_CUE - (inside[-1] - inside[0] + 1))
    first = max(0, inside[0] - room // 3)
    last = min(len(words) - 1, first + MAX_CUE - 1)
    first = max(0, min(first, last - MAX_CUE + 1))
    return text[words[first][0] : words[last][1]].strip("“”\"'‘’,;: -–•*=+@")
