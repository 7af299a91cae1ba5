"""Cutting text into passages covers it; digests fold white space and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from evidence.passages import digest, draft, normalised, sentences

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
    table = draft("made", text)
    for row in table.itertuples():
        assert digest(text[row.start : row.end]) == row.sha256
        assert text.count("\n", 0, row.start) + 1 == row.line
    assert table.empty or table["passage_id"].is_unique


def test_closing_markup_stays_with_its_sentence():
    line = "**It ended.** Then it began.**"
    assert [line[a:b] for a, b in sentences(line)] == ["**It ended.**", "Then it began.**"]


def test_white_space_of_every_kind_is_folded():
    assert normalised("  a\u00a0b\u202fc\t d ") == "a b c d"
    assert digest("a\u00a0b") == digest("a b") != digest("a B")


def test_a_line_that_is_not_to_be_divided_is_one_passage():
    text = "One. Two.\n  1. A. B. C. \n"
    table = draft("made", text, lambda line: "1." in line)
    assert [text[row.start : row.end] for row in table.itertuples()] == [
        "One.",
        "Two.",
        "1. A. B. C.",
    ]
