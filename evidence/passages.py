"""Passages: where a copy's sentences begin and end, and how each is recognised again.

A passage is a half-open interval of code points in the copy as it stands. The copy is never
cleaned first: it holds no-break spaces, curly quotes and glued words that cues must match.
"""

import hashlib
import re
from itertools import pairwise

import pandas as pd
from sentencex import segment

ANIMAL = re.compile(r"\b(?:mouse|mice|animals?)\b", re.IGNORECASE)
AUTOIMMUNE = re.compile(r"\bautoimmun(?:e|ity)\b", re.IGNORECASE)
READ_DOWN = {  # what a reader meets on the way down the page, once past the title
    "summary",
    "heading",
    "body",
    "quotation",
    "caption",
    "list_stem",
    "credit",
    "related_link",
}
REFERENCE = re.compile(
    r"\bdoi(?:\.org|:)|\b10\.\d{4,9}/|(?:^\W*\d+[\].)]\s|\bet al\b).*\b(?:19|20)\d\d\b"
)
_OPENING_MARKUP = re.compile(r"[*_]+\s+(?=\w)")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def digest(text: str) -> str:
    """SHA-256 of a text, each run of white space folded to one space, as hexadecimal digits.

    Bytes that are not UTF-8 come as lone surrogates and are digested as the bytes they were, so
    that a broken copy can still be compared.
    """
    folded = " ".join(text.split())
    return hashlib.sha256(folded.encode("utf-8", "surrogateescape")).hexdigest()


def word_count(text: str) -> int:
    """Number of words: runs of characters that are not white space."""
    return len(text.split())


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text letter by letter, curled and straight marks taken as one."""
    return straight(words) in straight(text)


def straight(text: str) -> str:
    """A text of the same length with straight quotation marks and apostrophes."""
    return text.translate(_STRAIGHT)


def running_text(passages: pd.DataFrame) -> pd.DataFrame:
    """Keep what a reader meets from the first sentence of the body on, without page furniture.

    Parameters
    ----------
    passages : pandas.DataFrame
        Rows of ``passages.csv`` of one article, in order.
    """
    begun = passages["role"].eq("body").cummax()
    return passages[begun & passages["role"].isin(READ_DOWN)]


def words_before(
    passages: pd.DataFrame, texts: dict[str, str], pattern: re.Pattern[str]
) -> int | None:
    """Count the words of running text before the first match of a pattern.

    Parameters
    ----------
    passages : pandas.DataFrame
        Rows of ``passages.csv`` of one article, in order.
    texts : dict of str to str
        The text of each passage, by its id.
    pattern : re.Pattern

    Returns
    -------
    int or None
        None where nothing matches.
    """
    words = 0
    for passage in running_text(passages)["passage_id"]:
        match = pattern.search(texts[passage])
        if match:
            return words + word_count(texts[passage][: match.start()])
        words += word_count(texts[passage])
    return None


def reading_distances(passages: pd.DataFrame, texts: dict[str, str]) -> dict[str, int | None]:
    """The three columns of ``sources.csv`` that tell how far one must read."""
    return {
        "running_words": sum(word_count(texts[p]) for p in running_text(passages)["passage_id"]),
        "words_to_animal": words_before(passages, texts, ANIMAL),
        "words_to_autoimmune": words_before(passages, texts, AUTOIMMUNE),
    }


def sentences(line: str) -> list[tuple[int, int]]:
    """Split a line into intervals of sentences, white space around each left out.

    A piece without a letter or digit (closing markup) belongs to the sentence before it.
    """
    cuts = [0]
    for piece in segment("en", line):
        cuts.append(cuts[-1] + len(piece))
    cuts[-1] = len(line)
    intervals: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        moved = _OPENING_MARKUP.match(line[start:end])
        if intervals and moved:  # "** The next": the markup closes the sentence before
            intervals[-1] = (intervals[-1][0], start + len(moved.group().rstrip()))
            start += moved.end()
        if intervals and not re.search(r"\w", line[start:end]):
            start = intervals.pop()[0]
        if line[start:end].strip():
            intervals.append((start, end))
    return [_stripped(line, start, end) for start, end in intervals]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def draft(source_id: str, text: str, title: str = "") -> pd.DataFrame:
    """Cut a new copy into passages, for an editor to review.

    An entry of a reference list is one passage, a line that is the title has that role, and all
    else is body until somebody says otherwise.

    Returns
    -------
    pandas.DataFrame
        Columns ``passage_id, source_id, line, start, end, words, role, sha256``.
    """
    rows = []
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        role = "title" if line.strip() == title else "body"
        role = "reference" if REFERENCE.search(line) else role
        cuts = sentences(line) if role == "body" else [_stripped(line, 0, len(line))]
        for index, (start, end) in enumerate(cuts, start=1):
            rows.append(
                {
                    "passage_id": f"passage-{source_id}-{number}-{index}",
                    "source_id": source_id,
                    "line": number,
                    "start": offset + start,
                    "end": offset + end,
                    "words": word_count(line[start:end]),
                    "role": role,
                    "sha256": digest(line[start:end]),
                }
            )
        offset += len(line) + 1
    return pd.DataFrame(rows)
