"""Words that two copies have in common, as a measure of common descent."""

import re
from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import combinations

import pandas as pd

MIN_WORDS = 8
WORD = re.compile(r"\w+")


def shared_runs(first: str, second: str, least: int = MIN_WORDS) -> list[int]:
    """Lengths of the runs of words that stand in both texts, case and punctuation aside.

    Parameters
    ----------
    first, second : str
    least : int
        Shortest run that counts.

    Returns
    -------
    list of int
        Words in each run, the longest first; no word counts twice.
    """
    words = _candidates(_words(first), _words(second), least)
    runs = []
    spans = [(0, len(words[0]), 0, len(words[1]))]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    while spans:
        a, b, c, d = spans.pop()
        match = matcher.find_longest_match(a, b, c, d)
        if match.size < least:
            continue
        runs.append(match.size)
        # The rest of the first text may stand anywhere in the second: order is not kept.
        spans += [(a, match.a, 0, len(words[1])), (match.a + match.size, b, 0, len(words[1]))]
    return sorted(runs, reverse=True)


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _candidates(first: list[str], second: list[str], least: int) -> tuple[list[str], list[str]]:
    """Keep of two texts the words of their common runs, with a mark for what stands between."""
    common = set(_runs_of(first, least)) & set(_runs_of(second, least))
    return _thinned(first, common, least, "<first>"), _thinned(second, common, least, "<second>")


def _runs_of(words: list[str], least: int) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + least]) for start in range(len(words) - least + 1)]


def _thinned(words: list[str], common: set[tuple[str, ...]], least: int, mark: str) -> list[str]:
    kept: list[str] = []
    until = 0  # end of the last common run
    for place, run in enumerate([*_runs_of(words, least), *[()] * (least - 1)]):
        until = place + least if run in common else until
        if place < until:
            kept.append(words[place])
        elif kept[-1:] != [mark]:
            kept.append(mark)
    return kept


def sharing_pairs(texts: Mapping[str, str], least: int = MIN_WORDS) -> list[tuple[str, str]]:
    """Pairs of texts that have at least one run of words in common.

    An index of all runs of the shortest length finds them, so that the work grows with the texts
    and with the pairs found, not with all the pairs there could be.

    Parameters
    ----------
    texts : mapping of str to str
        By key.
    least : int
        Shortest run that counts.

    Returns
    -------
    list of (str, str)
        Keys, in the order of the texts.
    """
    holding: defaultdict[int, set[int]] = defaultdict(set)
    for place, text in enumerate(texts.values()):
        for run in _runs_of(_words(text), least):
            holding[hash(run)].add(place)  # a rare clash costs a comparison, no truth
    keys = list(texts)
    together = {tuple(sorted(places)) for places in holding.values() if len(places) > 1}
    pairs = {pair for places in together for pair in combinations(places, 2)}
    return [(keys[first], keys[second]) for first, second in sorted(pairs)]


def overlaps(texts: Mapping[str, str], least: int = MIN_WORDS) -> pd.DataFrame:
    """Count the words in common of each two texts that have a run of them in common.

    Parameters
    ----------
    texts : mapping of str to str
        By key.
    least : int
        Shortest run that counts.

    Returns
    -------
    pandas.DataFrame
        Columns ``first`` and ``second`` (keys, in the order of the texts), ``runs``, ``longest``
        and ``words`` (in the longest run, and in all), as in ``overlaps.csv``. Pairs without a
        run in common are left out.
    """
    rows = []
    for first, second in sharing_pairs(texts, least):
        runs = shared_runs(texts[first], texts[second], least)
        if runs:
            rows.append((first, second, len(runs), max(runs), sum(runs)))
    return pd.DataFrame(rows, columns=["first", "second", "runs", "longest", "words"])
