"""Words that two copies have in common, as a measure of common descent."""

import re
from difflib import SequenceMatcher

MIN_WORDS = 8


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
    words, others = (re.findall(r"\w+", text.lower()) for text in (first, second))
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    runs = []
    spans = [(0, len(words))]
    while spans:
        start, end = spans.pop()
        match = matcher.find_longest_match(start, end)
        if match.size >= least:
            runs.append(match.size)
            # The rest of the first text may stand anywhere in the second: order is not kept.
            spans += [(start, match.a), (match.a + match.size, end)]
    return sorted(runs, reverse=True)
