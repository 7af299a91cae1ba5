"""Passages: where a source copy's sentences begin and end, and how each is recognised again.

A passage is a half-open interval of code points in the copy as it stands. The copy is never
cleaned first: it holds no-break spaces, curly quotes and glued words that cues must match.
"""

import hashlib
import re
from collections.abc import Callable
from itertools import pairwise

import pandas as pd
from sentencex import segment

OPENING_MARKUP = re.compile(r"[*_]+\s+(?=\w)")


def normalised(text: str) -> str:
    """Fold each run of white space, no-break spaces included, to one space and strip the ends."""
    return " ".join(text.split())


def digest(text: str) -> str:
    """SHA-256 of the normalised text, as 64 hexadecimal digits.

    Bytes that are not UTF-8 reach this function as lone surrogates (``errors="surrogateescape"``)
    and are digested as the bytes they were, so that a broken copy can still be compared.
    """
    return hashlib.sha256(normalised(text).encode("utf-8", "surrogateescape")).hexdigest()


def word_count(text: str) -> int:
    """Number of words: maximal runs of characters that are not white space."""
    return len(text.split())


def sentences(line: str) -> list[tuple[int, int]]:
    """Split one line into sentence intervals.

    Parameters
    ----------
    line : str
        One line of a copy, without its line feed.

    Returns
    -------
    list of (int, int)
        Start and end of each sentence within the line. White space around a sentence is left
        out; a piece without a letter or digit (closing markup) belongs to the sentence before it.
    """
    cuts = [0]
    for piece in segment("en", line):
        cuts.append(cuts[-1] + len(piece))
    cuts[-1] = len(line)
    intervals: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        piece = line[start:end]
        moved = OPENING_MARKUP.match(piece)
        if intervals and moved:  # "** The next": the markup closes the sentence before
            intervals[-1] = (intervals[-1][0], start + len(moved.group().rstrip()))
            start += moved.end()
            piece = line[start:end]
        if intervals and not re.search(r"\w", piece):
            start = intervals.pop()[0]
        if line[start:end].strip():
            intervals.append((start, end))
    return [_stripped(line, start, end) for start, end in intervals]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def draft(
    source_id: str, text: str, undivided: Callable[[str], bool] = lambda line: False
) -> pd.DataFrame:
    """Draft the passages of a new copy, for a coder to review.

    Parameters
    ----------
    source_id : str
        Key of the source; part of each passage's id.
    text : str
        The copy as it stands.
    undivided : callable, optional
        Whether a line is one passage, such as an entry of a reference list.

    Returns
    -------
    pandas.DataFrame
        One row a passage: ``passage_id, source_id, line`` (1-based), ``start, end`` (code points,
        half open), ``words, sha256``.
    """
    rows = []
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        whole = undivided(line) and line.strip()
        cuts = [_stripped(line, 0, len(line))] if whole else sentences(line)
        for index, (start, end) in enumerate(cuts, start=1):
            passage = line[start:end]
            rows.append(
                {
                    "passage_id": f"passage-{source_id}-{number}-{index}",
                    "source_id": source_id,
                    "line": number,
                    "start": offset + start,
                    "end": offset + end,
                    "words": word_count(passage),
                    "sha256": digest(passage),
                }
            )
        offset += len(line) + 1
    return pd.DataFrame(rows)
