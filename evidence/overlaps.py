"""Words that two copies have in common, as a measure of common descent."""

import re
from difflib import SequenceMatcher

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
    words = [[w.lower() for w in WORD.findall(text)] for text in (first, second)]
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
