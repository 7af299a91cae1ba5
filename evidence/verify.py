"""Hold the tables against the copies they were coded from."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.check import own_rules
from evidence.data import DataError, DataPackage, Fault, fault_at, records
from evidence.passages import digest, word_count


@dataclass(frozen=True)
class Copy:
    """A source copy as found.

    Attributes
    ----------
    text : str
        Its text; bytes that are not UTF-8 are kept as lone surrogates.
    unchanged : bool
        Whether its digest is the one in ``sources.csv``.
    passages : dict of str to str
        The text of each passage as found, by its id.
    """

    text: str
    unchanged: bool
    passages: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """Where a passage stands in a copy as found: its interval, and whether its text is the same."""

    start: int
    end: int
    same: bool


def verify(data: DataPackage, folder: Path | str) -> tuple[list[Fault], dict[str, int]]:
    """Compare every copy, passage and verbatim fragment with the tables.

    Parameters
    ----------
    data : DataPackage
    folder : path-like
        The folder that holds the copies under the names in ``sources.csv``.

    Returns
    -------
    faults : list of Fault
    counts : dict of str to int
        How many copies, passages and verbatim fragments were looked at, and how many of what the
        package's own rules look at.

    Raises
    ------
    DataError
        If the folder does not exist or holds none of the copies.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder of copies")
    names = list(data["sources"]["copy_file"])
    if not any((folder / name).exists() for name in names):
        raise DataError(f"{folder}: holds none of the copies ({', '.join(names)})")
    faults: list[Fault] = []
    copies = {}
    texts: dict[str, str] = {}
    of_source = dict(iter(data["passages"].groupby("source_id")))
    for source in records(data["sources"]):
        copy = _read(data, folder, source, faults)
        if copy is None:
            continue
        passages = of_source.get(source.source_id, data["passages"].head(0))
        standings = locate(copy.text, passages)
        copy.passages.update({p: copy.text[s.start : s.end] for p, s in standings.items()})
        texts |= copy.passages
        copies[source.source_id] = copy
        faults += _passage_faults(data, copy, passages, standings)
        faults += _gap_faults(source, copy, standings)
    fragments = list(_fragments(data, texts))
    faults += [fault for fault in fragments if fault]
    counts = {"copies": len(copies), "passages": len(texts), "fragments": len(fragments)}
    for what, rule in dict(own_rules(data, "VERIFICATIONS")).items():
        looked_at = list(rule(data, copies))
        counts[what] = len(looked_at)
        faults += [fault for fault in looked_at if fault]
    return sorted(faults), counts


def unchanged_copies(data: DataPackage, folder: Path | str) -> dict[str, Copy]:
    """Read every copy that is there and is the one that was coded.

    Parameters
    ----------
    data : DataPackage
    folder : path-like
        The folder of the copies.

    Returns
    -------
    dict of str to Copy
        By source, each with its passages as ``passages.csv`` places them.
    """
    found = {}
    for source in records(data["sources"]):
        copy = _read(data, Path(folder), source, [])
        if copy is not None and copy.unchanged:
            found[source.source_id] = copy
    for row in records(data["passages"]):
        if row.source_id in found:
            copy = found[row.source_id]
            copy.passages[row.passage_id] = copy.text[row.start : row.end]
    return found


def _read(data: DataPackage, folder: Path, source: Any, faults: list[Fault]) -> Copy | None:
    try:
        raw = (folder / source.copy_file).read_bytes()
    except OSError as error:
        faults.append(
            fault_at(data, "sources", source, "copy_file", f"a readable copy ({error.strerror})")
        )
        return None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.append(
            Fault(source.copy_file, 0, "", f"byte {error.start} is not UTF-8", "text in UTF-8")
        )
    found = hashlib.sha256(raw).hexdigest()
    if found != source.copy_sha256:
        faults.append(Fault(source.copy_file, 0, "", found, f"the digest {source.copy_sha256}"))
    text = raw.decode("utf-8", "surrogateescape")
    return Copy(text, found == source.copy_sha256)


def locate(text: str, passages: pd.DataFrame) -> dict[str, Standing]:
    """Find each passage in a copy, also when text before it was added, lost or changed.

    A passage is looked for where it should be, moved by as much as the one before it; then at
    every later offset. One that is nowhere is changed: it is taken to lie between its neighbours.

    Parameters
    ----------
    text : str
        The copy as found.
    passages : pandas.DataFrame
        Rows of ``passages.csv`` of this copy, in order.

    Returns
    -------
    dict of str to Standing
        By passage id.
    """
    standings: dict[str, Standing] = {}
    shift = 0
    floor = 0
    for row in records(passages):
        length = row.end - row.start
        found = _find(text, row.sha256, row.start + shift, length, floor)
        start = max(floor, row.start + shift) if found is None else found
        if found is not None:
            shift = start - row.start
            floor = start + length
        end = min(start + length, len(text))
        standings[row.passage_id] = Standing(start, end, same=found is not None)
    return standings


def _find(text: str, sha256: str, expected: int, length: int, floor: int) -> int | None:
    if digest(text[expected : expected + length]) == sha256:
        return expected
    for start in range(floor, len(text) - length + 1):
        if not text[start].isspace() and digest(text[start : start + length]) == sha256:
            return start
    return None


def _passage_faults(
    data: DataPackage, copy: Copy, passages: pd.DataFrame, standings: Mapping[str, Standing]
) -> Iterator[Fault]:
    for row in records(passages):
        standing = standings[row.passage_id]
        text = copy.text[standing.start : standing.end]
        if not standing.same:
            expected = f"the text with the digest {row.sha256[:12]}…"
            yield fault_at(
                data, "passages", row, "sha256", expected, f"changed text, {digest(text)[:12]}…"
            )
        elif copy.unchanged:  # in a changed copy, where a passage stands is no fault of the data
            if standing.start != row.start:
                yield fault_at(data, "passages", row, "start", f"{standing.start}")
            line = copy.text.count("\n", 0, standing.start) + 1
            if line != row.line:
                yield fault_at(data, "passages", row, "line", f"{line}")
            if word_count(text) != row.words:
                yield fault_at(data, "passages", row, "words", f"{word_count(text)}")


def _gap_faults(source: Any, copy: Copy, standings: Mapping[str, Standing]) -> Iterator[Fault]:
    """Text between the passages: there is none but white space."""
    if copy.unchanged and word_count(copy.text) != source.words:
        yield Fault("sources.csv", 0, "words", str(source.words), str(word_count(copy.text)))
    edges = sorted((s.start, s.end) for s in standings.values())
    position = 0
    for start, end in [*edges, (len(copy.text), len(copy.text))]:
        gap = copy.text[position:start]
        if gap.strip():
            line = copy.text.count("\n", 0, position + len(gap) - len(gap.lstrip())) + 1
            shown = gap.strip().encode("utf-8", "replace").decode()
            yield Fault(source.copy_file, line, "", shown, "no text outside the passages")
        position = max(position, end)


def _fragments(data: DataPackage, texts: Mapping[str, str]) -> Iterator[Fault | None]:
    """For each verbatim fragment of the copies: its fault, or None."""
    for name, fields in data.fields.items():
        for column, described in fields.items():
            if not described.get("verbatim"):
                continue
            for row in records(data[name]):
                if row.passage_id not in texts:
                    continue
                stands = getattr(row, column) in texts[row.passage_id]
                expected = f"words that stand in {row.passage_id}"
                yield None if stands else fault_at(data, name, row, column, expected)
