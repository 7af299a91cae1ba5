"""What became of a source's coded passages in a newer copy of it.

The text of the old copy is not needed: a passage is recognised by its digest, and where it is not
there any more, by the verbatim fragments of the rows that were coded from it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import pandas as pd

from evidence.data import DataPackage, records
from evidence.passages import digest, normalised

STATES = ("unchanged", "moved", "changed", "gone")
TOKEN = re.compile(r"\S+")
Place = tuple[int, int]  # begin and end in code points
ENOUGH = 0.5  # a fragment is changed if more than this share of its words stand together


@dataclass(frozen=True)
class Fate:
    """What became of one coded passage.

    Attributes
    ----------
    passage_id : str
    state : str
        One of :data:`STATES`. A passage is *unchanged* if its text is there, in the order of the
        others; it *moved* if it is there in another place among them; it is *changed* if a coded
        fragment is there, or most of its words together, and *gone* if none is.
    rows : tuple of str
        Keys of the rows coded from it.
    shown : tuple of str
        Of a changed passage the fragments that changed, ``[-old-] {+new+}``; of one that is gone
        all its fragments. None is longer than the fragment.
    """

    passage_id: str
    state: str
    rows: tuple[str, ...]
    shown: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{self.passage_id} ({', '.join(self.rows)}): {self.state}"
        return ": ".join([told, *([" · ".join(self.shown)] if self.shown else [])])


def fates(data: DataPackage, source_id: str, text: str) -> list[Fate]:
    """Look for every coded passage of a source in a newer copy.

    Parameters
    ----------
    data : DataPackage
    source_id : str
    text : str
        The newer copy.

    Returns
    -------
    list of Fate
        In the order of ``passages.csv``.

    Raises
    ------
    DataError
        If there is no such source.
    """
    data.require_source(source_id)
    table = data["passages"]
    passages = table[table["source_id"] == source_id]
    places, in_order = _places(text, passages)
    rest = _rest(text, places)
    coded = _coded(data, set(passages["passage_id"]))
    return [
        _fate(p, coded[p], places, in_order, rest) for p in passages["passage_id"] if p in coded
    ]


def _fate(
    passage: str,
    fragments: Mapping[str, list[str]],
    places: Mapping[str, Place],
    in_order: set[str],
    rest: Sequence[str],
) -> Fate:
    rows = tuple(fragments)
    if passage in places:
        return Fate(passage, "unchanged" if passage in in_order else "moved", rows)
    texts = list(dict.fromkeys(normalised(text) for found in fragments.values() for text in found))
    standing = [any(text in stretch for stretch in rest) for text in texts]
    lost = [text for text, stands in zip(texts, standing, strict=True) if not stands]
    nearest = {text: _nearest(text.split(), rest) for text in lost}
    if not any(standing) and not any(nearest.values()):
        return Fate(passage, "gone", rows, tuple(f"[-{text}-]" for text in texts))
    return Fate(passage, "changed", rows, tuple(_diff(t.split(), nearest[t]) for t in lost))


def _coded(data: DataPackage, wanted: set[str]) -> dict[str, dict[str, list[str]]]:
    """By passage, the rows coded from it and their verbatim fragments."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for name, fields in data.fields.items():
        verbatim = [column for column, field in fields.items() if field.get("verbatim")]
        for row in records(data[name]) if verbatim and "passage_id" in fields else ():
            texts = [getattr(row, column) for column in verbatim if getattr(row, column)]
            if row.passage_id in wanted and texts:
                found[row.passage_id][str(getattr(row, data.key(name)))] = texts
    return found


def _places(text: str, passages: pd.DataFrame) -> tuple[dict[str, Place], set[str]]:
    """Where each passage that is still there stands; which of them stand in their old order."""
    found = _occurrences(text, passages)
    ids, before = list(passages["passage_id"]), list(passages["sha256"])
    now = [sha256 for _, sha256 in found]
    blocks = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    pairs = {a + n: b + n for a, b, size in blocks for n in range(size)}
    in_order = {ids[number] for number in pairs}
    free = {number for number in range(len(now)) if number not in pairs.values()}
    for number in (n for n in range(len(ids)) if n not in pairs):
        other = next((n for n in sorted(free) if now[n] == before[number]), None)
        if other is not None:
            pairs[number] = other
            free.remove(other)
    return {ids[a]: found[b][0] for a, b in pairs.items()}, in_order


def _occurrences(text: str, passages: pd.DataFrame) -> list[tuple[Place, str]]:
    """Places that have the text of a passage, with its digest, in the order of the text."""
    tokens = [match.span() for match in TOKEN.finditer(text)]
    digests: dict[int, set[str]] = defaultdict(set)
    for row in records(passages):
        digests[row.words].add(row.sha256)
    found = []
    for words, wanted in digests.items():
        for first in range(len(tokens) - words + 1):
            place = tokens[first][0], tokens[first + words - 1][1]
            sha256 = digest(text[slice(*place)])
            found += [(place, sha256)] if sha256 in wanted else []
    known = {sha256 for _, sha256 in found}
    for sha256, length in _glued(passages):
        for start in range(len(text) - length + 1) if sha256 not in known else ():
            if not text[start].isspace() and digest(text[start : start + length]) == sha256:
                found.append(((start, start + length), sha256))
    kept: list[tuple[Place, str]] = []
    # A short passage inside a longer one is part of that one, and no place of its own.
    for (start, end), sha256 in sorted(found, key=lambda one: one[0][0] - one[0][1]):
        if all(end <= a or b <= start for (a, b), _ in kept):
            kept.append(((start, end), sha256))
    return sorted(kept)


def _glued(passages: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Digest and length of the passages that begin or end inside a word."""
    for before, after in pairwise(records(passages)):
        if before.end == after.start:
            yield from ((row.sha256, row.end - row.start) for row in (before, after))


def _rest(text: str, places: Mapping[str, Place]) -> list[str]:
    """The stretches of text in which no passage was found again."""
    stretches, position = [], 0
    for start, end in [*sorted(places.values()), (len(text), len(text))]:
        stretches.append(normalised(text[position:start]))
        position = max(position, end)
    return [stretch for stretch in stretches if stretch]


def _plain(words: Sequence[str]) -> list[str]:
    return [re.sub(r"^\W+|\W+$", "", word).casefold() for word in words]


def _nearest(words: Sequence[str], rest: Sequence[str]) -> list[str]:
    """The run of as many words that has most of these in their order; empty if too few."""
    wanted = _plain(words)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best: list[str] = []
    most = ENOUGH * len(words)
    for stretch in rest:
        found = stretch.split()
        plain = _plain(found)
        for first in range(max(len(found) - len(words), 0) + 1):
            window = plain[first : first + len(words)]
            if (Counter(window) & Counter(wanted)).total() <= most:
                continue
            matcher.set_seq1(window)
            same = sum(block.size for block in matcher.get_matching_blocks())
            if same > most:
                best, most = found[first : first + len(words)], same
    return best


def _diff(old: Sequence[str], new: Sequence[str]) -> str:
    pieces = []
    matcher = SequenceMatcher(None, _plain(old), _plain(new), autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(" ".join(old[a:b]))
            continue
        pieces += [f"[-{' '.join(old[a:b])}-]"] if b > a else []
        pieces += [f"{{+{' '.join(new[c:d])}+}}"] if d > c else []
    return " ".join(pieces)
