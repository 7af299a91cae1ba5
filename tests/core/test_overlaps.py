"""Words in common: the index finds what comparing everything with everything finds."""

from difflib import SequenceMatcher
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.overlaps import overlaps, shared_runs

WORDS = st.lists(st.sampled_from("abc"), max_size=30).map(" ".join)


def plainly_shared(first, second, least):
    """The longest run that both have, and then the same of what is left of the first."""
    a, b = first.split(), second.split()
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    if match.size < least:
        return []
    rest = [a[: match.a], a[match.a + match.size :]]
    runs = [run for part in rest for run in plainly_shared(" ".join(part), second, least)]
    return sorted([match.size, *runs], reverse=True)


@given(WORDS, WORDS, st.integers(2, 4))
def test_thinned_texts_share_the_runs_of_the_whole(first, second, least):
    assert shared_runs(first, second, least) == plainly_shared(first, second, least)


@given(st.dictionaries(st.sampled_from("uvwxyz"), WORDS), st.integers(2, 4))
def test_the_index_finds_every_pair_that_shares(texts, least):
    every = [
        (one, other, len(runs), runs[0], sum(runs))
        for one, other in combinations(texts, 2)
        if (runs := plainly_shared(texts[one], texts[other], least))
    ]
    assert list(overlaps(texts, least).itertuples(index=False, name=None)) == every


@pytest.mark.parametrize("second", ["ONE two, three!", "zero one two three four"])
def test_case_and_punctuation_do_not_count(second):
    assert shared_runs("One, two: three", second, 3) == [3]
