"""Numbers are found in text, in digits and in words, and have the value they state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.numbers import number_spans, stated_values, unaccounted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 44 people in two countries", ["44", "two"]),
        ("about 19%to 73%", ["19", "73"]),
        ("the millions of people, once and for all", ["millions", "once"]),
        ("twenty-five of the first hundred", ["twenty-five", "first", "hundred"]),
        ("nobody, everyone and someone", []),
        ("1,250.5 mg in 2021", ["1,250.5", "2021"]),
        ("40 million of 1.5-billion, 3 millionaires", ["40 million", "1.5-billion", "3"]),
    ],
)
def test_numbers_are_found(text, found):
    assert [text[start:end] for start, end in number_spans(text)] == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("at least 1 in 40 people", {1, 40, 2.5}),
        ("one in five patients", {1, 5, 20}),
        ("8 out of 10", {8, 10, 80}),
        ("44 in 2021", {44, 2021}),
        ("19 %", {19}),
        ("nearly 40 million people", {40e6}),
        ("almost half of them", {0.5, 50}),
        ("for a year", {1}),
        ("twice, 1,2.5.6 times", {2}),
        ("most of them, 1 in 0", {0, 1}),
    ],
)
def test_what_is_stated_has_its_value(text, values):
    assert stated_values(text) == values


def test_a_number_is_accounted_for_by_the_words_of_a_figure_or_is_none():
    text = "For the first time, 44 people with type 2 diabetes weren't 45."
    assert unaccounted(text, ["44 people"]) == ["45"]
    assert unaccounted(text, ["44 people", "weren’t 45"]) == []


@given(st.text())
def test_no_text_breaks_the_search(text):
    for start, end in number_spans(text):
        assert 0 <= start < end <= len(text)
    stated_values(text)
