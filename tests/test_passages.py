"""Cutting text into passages covers it; words are counted up to the mouse."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.conflicts import conflicts
from evidence.data import read
from evidence.overlaps import shared_runs
from evidence.passages import ANIMAL, digest, draft, reading_distances, sentences, stands_in

LINES = st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))


@given(LINES)
def test_sentences_cover_a_line_but_for_white_space(line):
    position = 0
    for start, end in sentences(line):
        assert position <= start < end
        assert not line[position:start].strip()
        assert line[start:end] == line[start:end].strip()
        position = end
    assert not line[position:].strip()


@given(st.lists(LINES, max_size=5))
def test_a_draft_points_at_its_text(lines):
    text = "\n".join(lines)
    for row in draft("made", text).itertuples():
        assert digest(text[row.start : row.end]) == row.sha256
        assert text.count("\n", 0, row.start) + 1 == row.line


def test_closing_markup_stays_with_its_sentence():
    line = "**It ended.** Then it began.**"
    assert [line[a:b] for a, b in sentences(line)] == ["**It ended.**", "Then it began.**"]


def test_white_space_of_every_kind_is_folded():
    assert digest(" a\u00a0b\u202fc\t d ") == digest("a b c d") != digest("a b c D")


def test_curled_and_straight_marks_are_one_and_no_other_letter_is():
    assert stands_in("doesn’t “rest”", 'She doesn\'t "rest" here.')
    assert not stands_in("does not rest", "She doesn't rest here.")


def passages(*rows):
    """Passages of an article and their texts: (role, text)."""
    ids = [f"p{number}" for number in range(len(rows))]
    table = pd.DataFrame({"passage_id": ids, "role": [role for role, _ in rows]})
    return table, dict(zip(ids, [text for _, text in rows], strict=True))


def test_words_are_counted_from_the_first_sentence_of_the_body_on():
    table, texts = passages(
        ("title", "Of mice and an autoimmune disease"),
        ("summary", "A summary of mice that no reader of the page sees"),
        ("body", "One two three."),
        ("navigation", "Skip to mice"),
        ("heading", "Four"),
        ("body", "An antibody is autoimmune. Then Mice!"),
        ("reference", "Goebel. Passive transfer to mice."),
    )
    assert reading_distances(table, texts) == {
        "running_words": 10,
        "words_to_animal": 9,
        "words_to_autoimmune": 7,
    }


def test_an_article_of_people_alone_has_no_distance():
    table, texts = passages(("body", "Miceless animalistic people."))
    assert reading_distances(table, texts)["words_to_animal"] is None


def test_the_counts_of_the_articles_are_those_counted_by_hand():
    """A word or two aside: a lone dash is a word here."""
    words = read("sources").set_index("source_id")["words_to_animal"]
    assert words["me-association"] == 69
    assert words["fibrohell"] == 111
    assert words["fibromyalgia-resources"] == pytest.approx(420, abs=1)
    assert words["verywell-health"] == pytest.approx(408, abs=1)
    assert not any(map(ANIMAL.search, read("sources")["title"])), "no title names a mouse"


def test_shared_words_are_counted_in_runs_whatever_their_order():
    eight, ten = "a b c d e f g h", "k l m n o p q r s t"
    assert shared_runs(f"{eight} one {ten}", f"{ten.upper()}, two! {eight}") == [10, 8]
    assert shared_runs("a b c d e f g one", "two a b c d e f g") == []


def claim(key, source, polarity, certainty, strength=0):
    return {
        **{"claim_id": key, "source_id": source, "proposition_id": "p", "polarity": polarity},
        **{"certainty": certainty, "causal_strength": strength},
    }


def test_a_denial_is_between_the_firmest_claims_of_each_two_sources():
    rows = [
        claim("a1", "a", "supports", 3),
        claim("a2", "a", "supports", 5, 2),
        claim("a3", "a", "supports", 5, 6),
        claim("b1", "b", "opposes", 4),
        claim("b2", "b", "open", 1),
        claim("c1", "c", "supports", 6),
    ]
    found = {c.source_ids: c.claim_ids for c in conflicts(rows)}
    assert found == {("a", "b"): {"a3", "b1"}, ("b", "c"): {"c1", "b1"}}


def test_a_source_that_is_three_levels_apart_differs_from_itself():
    rows = [claim("a1", "a", "supports", 3), claim("a2", "a", "supports", 6)]
    (found,) = conflicts(rows)
    assert (found.kind, found.claim_ids, found.source_ids) == ("strength", {"a1", "a2"}, ("a",))
    assert conflicts([rows[0], claim("a2", "a", "supports", 5)]) == []
