"""The guard finds what prose says and no assert holds, and what it quotes and no row has."""

import nbformat
import nbformat.v4 as new
import pytest

from evidence.prose import Row, lint, messages, mute, unasserted, unborne, unsaid

FORTY = "at least 1 in 40 people worldwide"
ROWS = {
    "claim-a-02": Row(f"it gives a share. {FORTY}", FORTY, "FibroHell"),
    "claim-b-01": Row(
        "nothing short of revolutionary", "nothing short of revolutionary", "Verywell"
    ),
    "fact-c-01": Row("the guideline recommends exercise strongly", "", ""),
}


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
    assert found("On a phone, by {cite:t}`jones-2015`.") == []
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
        ("Several studies have confirmed it.", "several"),
        ("It helps almost everywhere.", "almost"),
        ("It is recommended strongly.", "strongly"),
        ("Newer surveys agree.", "newer"),
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


def unborne_by_rows(prose, own="", **kwargs):
    return [fault for _, fault in unborne(notebook(prose, **kwargs), ROWS, own)]


@pytest.mark.parametrize(
    "prose",
    [
        "It says “at least 1 in 40”, and “Nothing short of revolutionary”.",
        "FibroHell says [“at least 1 in 40”](#claim-a-02).",
        "FibroHell says “at least 1 in 40”; Verywell has “nothing short of revolutionary”.",
        "The guideline recommends it [strongly](#fact-c-01).",
        "See [no other place](#chart-x).",
    ],
)
def test_what_the_rows_bear_passes(prose):
    assert unborne_by_rows(prose) == []


@pytest.mark.parametrize(
    ("prose", "fault"),
    [
        ("It says “at least 1 in 30”.", "“at least 1 in 30” stands in no row that this page may"),
        ("It says “certainly”.", "“certainly” stands in no row"),
        ("It says “evolutionary”.", "“evolutionary” stands in no row"),  # but “revolutionary” does
        ("“It gives a share”, it says.", "“It gives a share” stands in no row"),  # our own words
        ("See [“at least 1 in 40”](#claim-b-01).", "“at least 1 in 40” does not stand in claim-b"),
        (
            "Verywell says “at least 1 in 40”.",
            "“at least 1 in 40” is of FibroHell, not of Verywell",
        ),
        ("Verywell says so [here](#claim-a-02).", "claim-a-02 is of FibroHell, not of Verywell"),
        ("It recommends it [weakly](#fact-c-01).", "“weakly” of “weakly” is not said in fact-c-01"),
        ("It does [not](#fact-c-01).", "“not” of “not” is not said in fact-c-01"),
    ],
)
def test_a_quotation_or_link_that_the_rows_do_not_bear_is_named(prose, fault):
    assert any(found.startswith(fault) for found in unborne_by_rows(prose))


def test_the_page_of_an_article_quotes_no_other():
    assert unborne_by_rows("It says “at least 1 in 40”.", own="FibroHell") == []
    assert "no row" in unborne_by_rows("It says “at least 1 in 40”.", own="Verywell")[0]


def test_labels_in_charts_and_captions_of_tables_are_prose_too():
    assert unborne_by_rows('ax.text(1, 1, "“at least 1 in 30”")', kind="code")
    code = 'table(rows, "Statements that all five share", "table-x")'
    assert any("“all five”" in fault for fault in found(code, kind="code"))


def test_an_assert_without_a_sentence_is_named():
    assert [fault for _, fault in mute(notebook("", "n = 5\nassert n == 5"))] == [
        "“assert n == 5” says nothing when it fails"
    ]
    assert list(mute(notebook("", HELD))) == []


@pytest.mark.parametrize(("page", "faults"), [("fibrohell", 1), ("fibromyalgia-resources", 0)])
def test_the_page_of_an_article_quotes_that_article(tmp_path, page, faults):
    path = tmp_path / f"source-{page}.ipynb"
    nbformat.write(notebook("Exercise is “ineffective in most patients”, it says."), path)
    assert len(lint([path])) == faults


def test_an_assert_whose_sentence_was_rewritten_is_named():
    assert list(unsaid(notebook("Five of the six estimates are smaller.", HELD))) == []
    assert "nowhere in the prose" in next(unsaid(notebook("Few are smaller.", HELD)))[1]
