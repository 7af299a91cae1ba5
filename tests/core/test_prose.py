"""Words made from data: each function does what its examples say, and keeps its bounds."""

import doctest

import pytest

from evidence import prose


def test_the_examples_hold():
    found = doctest.testmod(prose)
    assert found.failed == 0 and found.attempted >= 10


@pytest.mark.parametrize(
    ("count", "words"), [(0, "zero"), (1, "one"), (12, "twelve"), (13, "13"), (1000, "1,000")]
)
def test_whole_numbers_stand_in_words_up_to_twelve(count, words):
    assert prose.number(count) == words


def test_numbers_that_stand_together_are_written_alike():
    assert prose.numbers([12, 13]) == ["12", "13"]
    assert prose.numbers([11, 12]) == ["eleven", "twelve"]


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        (0, 1, "none"),
        (1, 1, "the one copy"),
        (0, 2, "neither of the two copies"),
        (1, 2, "one of the two copies"),
        (2, 2, "both copies"),
        (0, 3, "none of the three copies"),
        (2, 3, "two of the three copies"),
        (3, 3, "all three copies"),
    ],
)
def test_a_share_is_told_of_how_many(count, total, words):
    assert prose.share(count, total, "copy") == words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", ""),
        ("A", "A"),
        ("AB", "A or B"),
        ("ABC", "A, B or C"),  # one more than are named: it is named too
        ("ABCD", "A, B or two others"),
        ("ABCDE", "A, B or three others"),
    ],
)
def test_a_list_names_some_and_counts_the_rest(names, words):
    assert prose.listed(names, "or", most=2) == words


def test_a_list_of_what_is_itself_joined_is_parted_by_semicolons():
    assert prose.listed(["sex", "dose and route", "cost"]) == "sex; dose and route; and cost"
    assert prose.listed(["dose and route", "cost"]) == "dose and route and cost"
    assert prose.listed(["sex", "brand", "cost"]) == "sex, brand and cost"


@pytest.mark.parametrize(
    ("sentences", "words"),
    [
        ([], ""),
        (["A."], "A."),
        (["A.", "B."], "A. B."),
        (["A.", "B.", "C."], "A. B. There is one more like it."),
        (["A.", "B.", "C.", "D."], "A. B. There are two more like it."),
    ],
)
def test_a_paragraph_tells_two_sentences_and_counts_the_rest(sentences, words):
    assert prose.first_few(sentences) == words


def test_abbreviations_keep_their_capital():
    assert prose.lowered("IVIg is one.") == "IVIg is one."
    assert prose.lowered("Coffee and IVIg") == "coffee and IVIg"
    assert prose.capitalised("coffee and IVIg") == "Coffee and IVIg"
    assert prose.lowered("") == prose.capitalised("") == ""


def test_nouns_and_verbs_agree_with_their_count():
    assert [prose.counted(n, "criterion") for n in (0, 1, 2)] == [
        *["no criteria", "one criterion", "two criteria"]
    ]
    assert [f"{n} {prose.agreeing('has', n)}" for n in (1, 2)] == ["1 has", "2 have"]
