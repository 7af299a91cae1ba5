"""Numbers are found in text, in digits and in words, and have the value they state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.quantities import (
    number_spans,
    number_value,
    quantity_spans,
    quantity_value,
    stated_values,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 44 people in two countries", ["44", "two"]),
        ("about 19%to 73%", ["19", "73"]),
        ("the millions of people, once and for all", ["millions", "once"]),
        ("dozens of halves, hundreds and thousands", ["dozens", "halves", "hundreds", "thousands"]),
        ("twenty-five of the first hundred", ["twenty-five", "first", "hundred"]),
        ("nobody, everyone and someone", []),
        ("1,250.5 mg in 2021", ["1,250.5", "2021"]),
        ("40 million of 1.5-billion, 3 millionaires", ["40 million", "1.5-billion", "3"]),
    ],
)
def test_numbers_are_found(text, found):
    assert [text[a:b] for a, b in number_spans(text)] == found


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("44", 44),
        ("2,500", 2500),
        ("1.5", 1.5),
        ("1,2.5.6", None),
        ("40 million", 40e6),
        ("1.5-Thousand", 1500),
        ("1,2.5.6 million", None),
        ("two", 2),
        ("Forty-four", 44),
        ("two hundred", 200),
        ("zero", 0),
        ("Once", 1),
        ("twice", 2),
        ("thrice", None),
        ("half", None),
        ("millions", None),
    ],
)
def test_numbers_have_their_value(token, value):
    assert number_value(token) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at least one in forty people, 80% women", [("one in forty", 2.5), ("80%", 80)]),
        ("8 out of 10 of the 44", [("8 out of 10", 80), ("44", 44)]),
        ("from 10 per cent to 30 percent", [("10 per cent", 10), ("30 percent", 30)]),
        (
            "there were 44 in 2021, millions once",
            [("44", 44), ("2021", 2021), ("millions", None), ("once", 1)],
        ),
        ("1 in 0 is none", [("1 in 0", None)]),
    ],
)
def test_a_share_is_one_quantity(text, found):
    spans = [text[start:end] for start, end in quantity_spans(text)]
    assert [(words, quantity_value(words)) for words in spans] == found


def test_a_share_of_n_in_m_is_a_percentage():
    assert 2.5 in stated_values("at least 1 in 40 people")
    assert 20 in stated_values("one in five patients")
    assert stated_values("most of them") == set()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("almost half of them", {0.5, 50}),
        ("for a year", {1}),
        ("an hour", {1}),
        ("a yearly visit", set()),
        ("behalf", set()),
    ],
)
def test_half_and_a_span_of_one_can_be_coded(text, values):
    assert stated_values(text) == values


def test_digits_before_a_large_word_are_one_number():
    assert stated_values("nearly 40 million people") == {40e6}


@given(st.integers(0, 10**6))
def test_digits_keep_their_value(number):
    assert float(number) in stated_values(f"some {number} of them")
    assert float(number) in stated_values(f"some {number:,} of them")


@given(st.text())
def test_no_text_breaks_the_search(text):
    for start, end in number_spans(text):
        assert 0 <= start < end <= len(text)
    stated_values(text)
