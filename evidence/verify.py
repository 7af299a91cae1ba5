"""Hold the tables against the copies they were coded from."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from evidence.check import fault_at
from evidence.data import DataError, Fault, Package, Row
from evidence.numbers import unaccounted
from evidence.overlaps import shared_runs
from evidence.passages import digest, reading_distances, stands_in, word_count


@dataclass
class Copy:
    """A copy as found.

    Attributes
    ----------
    text : str
        Bytes that are not UTF-8 are kept as lone surrogates.
    unchanged : bool
        Whether its digest is the one in ``sources.csv``.
    places : dict of str to (int, int)
        Where each passage stands, by its id; a changed one between its neighbours.
    """

    text: str
    unchanged: bool
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def passages(self) -> dict[str, str]:
        """The text of each passage, by its id."""
        return {key: self.text[start:end] for key, (start, end) in self.places.items()}


def verify(data: Package, folder: Path | str) -> tuple[list[Fault], dict[str, int]]:
    """Compare copies, passages, verbatim fragments, numbers and counts of words with the tables.

    Parameters
    ----------
    data : Package
        One that passes the check.
    folder : path-like
        Holds the copies under the names in ``sources.csv``.

    Returns
    -------
    faults : list of Fault
    counts : dict of str to int
        How many copies, passages and verbatim fragments were looked at.

    Raises
    ------
    DataError
        If the folder does not exist or holds none of the copies.
    """
    folder = Path(folder)
    names = [row["copy_file"] for row in data["sources"]]
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder of copies")
    if not any((folder / name).exists() for name in names):
        raise DataError(f"{folder}: holds none of the copies ({', '.join(names)})")
    faults: list[Fault] = []
    copies: dict[str, Copy] = {}
    for source in data["sources"]:
        try:
            raw = (folder / source["copy_file"]).read_bytes()
        except OSError as error:
            wanted = f"a readable copy ({error.strerror})"
            faults.append(fault_at(data, "sources", source, "copy_file", wanted))
            continue
        found = hashlib.sha256(raw).hexdigest()
        if found != source["copy_sha256"]:
            wanted = f"the digest {source['copy_sha256']}"
            faults.append(Fault(source["copy_file"], 0, "", found, wanted))
        copy = Copy(raw.decode("utf-8", "surrogateescape"), found == source["copy_sha256"])
        copies[source["source_id"]] = copy
        faults += passage_faults(data, source, copy)
        faults += gap_faults(source, copy)
        faults += distance_faults(data, source, copy)
    texts = {key: text for copy in copies.values() for key, text in copy.passages.items()}
    fragments = list(_fragments(data, texts))
    for name, column, row in fragments:
        if not stands_in(row[column], texts[row["passage_id"]]):
            wanted = f"words that stand in {row['passage_id']}"
            faults.append(fault_at(data, name, row, column, wanted))
    faults += number_faults(data, texts)
    faults += speaker_faults(data, copies)
    faults += overlap_faults(data, copies)
    counts = {"copies": len(copies), "passages": len(texts), "fragments": len(fragments)}
    return sorted(faults), counts


def passage_faults(data: Package, source: Row, copy: Copy) -> Iterator[Fault]:
    """Find each passage in a copy, also where text before it was added, lost or changed.

    A passage is looked for where it should be, moved by as much as the one before it, then at
    every later offset.
    """
    shift = floor = 0
    for row in data["passages"]:
        if row["source_id"] != source["source_id"]:
            continue
        length = row["end"] - row["start"]
        found = _find(copy.text, row["sha256"], row["start"] + shift, length, floor)
        start = max(floor, row["start"] + shift) if found is None else found
        text = copy.text[start : start + length]
        copy.places[row["passage_id"]] = (start, start + length)
        if found is None:
            wanted, shown = f"the text with the digest {row['sha256'][:12]}…", digest(text)[:12]
            yield fault_at(data, "passages", row, "sha256", wanted, f"changed text, {shown}…")
            continue
        shift, floor = start - row["start"], start + length
        line = copy.text.count("\n", 0, start) + 1
        counted = {"start": start, "line": line, "words": word_count(text)}
        for column, value in counted.items() if copy.unchanged else ():
            if row[column] != value:
                yield fault_at(data, "passages", row, column, str(value))


def _find(text: str, sha256: str, expected: int, length: int, floor: int) -> int | None:
    if digest(text[expected : expected + length]) == sha256:
        return expected
    for start in range(floor, len(text) - length + 1):
        if not text[start].isspace() and digest(text[start : start + length]) == sha256:
            return start
    return None


def gap_faults(source: Row, copy: Copy) -> Iterator[Fault]:
    """Between the passages there is nothing but white space."""
    position = 0
    for start, end in [*sorted(copy.places.values()), (len(copy.text), len(copy.text))]:
        gap = copy.text[position:start]
        if gap.strip():
            line = copy.text.count("\n", 0, position + len(gap) - len(gap.lstrip())) + 1
            shown = gap.strip().encode("utf-8", "replace").decode()
            yield Fault(source["copy_file"], line, "", shown, "no text outside the passages")
        position = max(position, end)


def distance_faults(data: Package, source: Row, copy: Copy) -> Iterator[Fault]:
    """How long an unchanged copy is, and how far one must read in it, is as told."""
    if not copy.unchanged:
        return
    passages = data.frame("passages")
    passages = passages[passages["source_id"] == source["source_id"]]
    counted = {"words": word_count(copy.text), **reading_distances(passages, copy.passages)}
    for column, value in counted.items():
        if source[column] != value:
            wanted = "nothing" if value is None else str(value)
            yield fault_at(data, "sources", source, column, wanted)


def _fragments(data: Package, texts: dict[str, str]) -> Iterator[tuple[str, str, Row]]:
    """Each verbatim fragment of a passage that is at hand: (table, column, row)."""
    for name, fields in data.fields.items():
        for column, described in fields.items():
            if described.get("verbatim"):
                rows = (row for row in data[name] if row.get("passage_id") in texts)
                yield from ((name, column, row) for row in rows)


def number_faults(data: Package, texts: dict[str, str]) -> Iterator[Fault]:
    """Each number in a passage that can carry content is a figure's, or no figure by its words."""
    roles = data.levels("passages", "role")["content"]
    stated = defaultdict(list)
    for row in data["figures"]:
        stated[row["passage_id"]].append(row["as_stated"])
    for row in data["passages"]:
        if row["passage_id"] in texts and roles[row["role"]] is True:
            for number in unaccounted(texts[row["passage_id"]], stated[row["passage_id"]]):
                wanted = "a figure that accounts for it"
                yield fault_at(data, "passages", row, "figures", wanted, number)


def speaker_faults(data: Package, copies: dict[str, Copy]) -> Iterator[Fault]:
    """The last name of whoever speaks or is credited stands in the copy."""
    for table, column in (("claims", "speaker_name"), ("figures", "attributed_to")):
        for row in data[table]:
            copy, last = copies.get(row["source_id"]), row[column].rpartition(" ")[2]
            if copy and not stands_in(last, copy.text):
                wanted = f"a name that stands in the copy ({last} does not)"
                yield fault_at(data, table, row, column, wanted)


def overlap_faults(data: Package, copies: dict[str, Copy]) -> Iterator[Fault]:
    """Two unchanged copies share as long a run of words as their link says, or none."""
    told = {
        frozenset([row["child"], row["parent"]]): row
        for row in data["lineage"]
        if row["longest_run"] is not None
    }
    texts = {source: copy.text for source, copy in copies.items() if copy.unchanged}
    for first, second in combinations(texts, 2):
        row = told.get(frozenset([first, second]))
        run = max(shared_runs(texts[first], texts[second]), default=None)
        if row is None and run is not None:
            wanted = f"a link of {first} and {second} with a longest run of {run} words"
            yield Fault(data.files["lineage"], 0, "longest_run", "no such row", wanted)
        elif row is not None and row["longest_run"] != run:
            yield fault_at(data, "lineage", row, "longest_run", str(run or "nothing"))
