"""Words in common: the index finds what comparing everything with everything finds."""

from difflib import SequenceMatcher
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.completeness import PAIRED_AT_MOST, possible_rows
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


def test_up_to_a_number_of_sources_each_pair_has_a_row_and_beyond_none_is_asked_for(made):
    model = made["sources"].iloc[[0]]
    for size, wanted in ((3, 3), (PAIRED_AT_MOST + 1, 0)):
        sources = pd.concat([model.assign(source_id=f"s{n}") for n in range(size)])
        rows = possible_rows(made.replaced({"sources": sources}), "overlaps")
        assert len(rows) == wanted


def test_eight_words_are_a_run_and_the_longest_stands_before_their_sum():
    eight, ten = "a b c d e f g h", "k l m n o p q r s t"
    texts = {"x": f"{eight} one {ten}", "y": f"{ten} two {eight}", "z": f"{eight} three"}
    assert overlaps(texts).to_numpy().tolist() == [
        *[["x", "y", 2, 10, 18], ["x", "z", 1, 8, 8], ["y", "z", 1, 8, 8]]
    ]
    assert overlaps({"x": "a b c d e f g one", "y": "two a b c d e f g"}).empty
