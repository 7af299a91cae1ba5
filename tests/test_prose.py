"""The guard finds what prose says and no assert holds, and what it quotes and no row has."""

import nbformat
import nbformat.v4 as new
import pytest

from evidence.prose import lint, messages, unasserted, unquoted, unsaid

ROWS = "at least 1 in 40 people worldwide\nnothing short of revolutionary"


def notebook(prose, code="", kind="markdown"):
    """A notebook of one cell of prose and one of code."""
    cell = new.new_markdown_cell(prose) if kind == "markdown" else new.new_code_cell(prose)
    return new.new_notebook(cells=[cell, new.new_code_cell(code)])


def found(*args, **kwargs):
    """What the guard says of a made notebook."""
    return [fault for _, fault in unasserted(notebook(*args, **kwargs))]


HELD = 'n = 5\nassert n == 5, "Five of the six estimates are smaller"'


def test_prose_that_an_assert_holds_passes():
    assert found("Five of the six *estimates* are\nsmaller.", HELD) == []
    assert found("Five of the six {term}`estimates` are smaller.", HELD) == []
    assert found("On a phone: {glue:text}`n` of them, by {cite:t}`jones-2015`.") == []
    assert (
        found("See [the two](#claim-a-02) [here](x2.ipynb).", 'n=2\nassert n, "the two here"') == []
    )


@pytest.mark.parametrize(
    ("prose", "word"),
    [
        ("Two articles give a share.", "two"),
        ("It came to 5.4 percent.", "5.4"),
        ("None of them names a harm.", "none"),
        ("No article names a mouse.", "no article"),
        ("It is the only trial.", "only"),
        ("The highest of them is larger.", "highest"),
        ("Most come from abstracts.", "most"),
        ("All five speak of it.", "all five"),
        ("It says so twice.", "twice"),
        ("One in forty people has it.", "one in"),
        ("All articles name it.", "all articles"),
        ("Each article names it.", "each article"),
        ("It harmed no one.", "no one"),
        ("There is not one trial.", "not one"),
        ("Pain fell by a fifth.", "fifth"),
        ("It is the commonest cause.", "commonest"),
    ],
)
def test_a_number_or_counting_word_without_an_assert_is_named(prose, word):
    assert any(f"“{word}”" in fault for fault in found(prose))


@pytest.mark.parametrize(
    "code",
    [
        'n = 5\nassert n == 5, "Four of the six estimates are smaller"',  # says something else
        'assert True, "Five of the six estimates are smaller"',  # looks at nothing
        "n = 5\nassert n == 5",  # says nothing
        "# Five of the six estimates are smaller",
    ],
)
def test_an_assert_that_does_not_say_it_holds_nothing(code):
    assert found("Five of the six estimates are smaller.", code)


def test_titles_and_captions_are_prose():
    code = 'chart(draw, rows, title="Two of them are higher", alt="x")'
    assert any("“two”" in fault for fault in found(code, kind="code"))


def test_a_message_may_hold_several_sentences():
    assert messages('assert n, "Two of them; the only one"') == ["two of them", "the only one"]


def test_a_quotation_stands_in_a_row_or_is_named():
    right = notebook("It says “at least 1 in 40”, and “Nothing short of revolutionary”.")
    assert list(unquoted(right, ROWS)) == []
    wrong = notebook("It says “at least 1 in 30 people”.")
    assert [fault for _, fault in unquoted(wrong, ROWS)] == [
        "“at least 1 in 30 people” stands in no row that this page may quote"
    ]


def test_a_quotation_that_links_to_a_row_stands_in_that_row():
    by_key = {"claim-a-01": "at least 1 in 40", "claim-a-02": "nothing short of revolutionary"}
    page = notebook("It says [“at least 1 in 40”](#claim-a-02).")
    assert [fault for _, fault in unquoted(page, ROWS, by_key)] == [
        "“at least 1 in 40” does not stand in claim-a-02"
    ]


@pytest.mark.parametrize(("page", "faults"), [("fibrohell", 1), ("fibromyalgia-resources", 0)])
def test_the_page_of_an_article_quotes_that_article(tmp_path, page, faults):
    path = tmp_path / f"source-{page}.ipynb"
    nbformat.write(notebook("Exercise is “ineffective in most patients”, it says."), path)
    assert len(lint([path])) == faults


def test_an_assert_whose_sentence_was_rewritten_is_named():
    assert list(unsaid(notebook("Five of the six estimates are smaller.", HELD))) == []
    assert "nowhere in the prose" in next(unsaid(notebook("Few are smaller.", HELD)))[1]
