"""The ledger of corrections: statements are counted once, whose error it is is kept apart."""

import pytest

from tests.reading import rows_of

LEDGER = """correction_id,date,concerns,passage_id,row,what,instead,verified_in,same_as
correction-01,2026-01-01,source,passage-beta-1-1,claim-beta-01,Wrong.,Right.,doi:10.1000/mouse,
correction-02,2026-01-02,source,passage-beta-1-1,figure-beta-01,Wrong.,Right.,a page,correction-01
correction-03,2026-01-03,source,passage-gamma-2-1,claim-gamma-02,Wrong.,Right.,a page,
correction-04,2026-01-04,coding,passage-alpha-1-1,claim-alpha-01,Was 2.,Is 3.,the copy,
correction-05,2026-01-05,coding,passage-alpha-2-1,claim-alpha-99,Was 2.,Is 3.,the copy,
"""


@pytest.fixture
def ledger(page, made_folder):
    (made_folder / "data" / "corrections.csv").write_text(LEDGER)
    return page("corrections")


def test_a_statement_with_two_rows_is_counted_once(ledger):
    assert ledger.values["wrong"] == (
        "Two statements in the articles are not borne out by the study behind them "
        "or by other published work."
    )
    by_article = ledger.tables["table-errors-by-article"].frame
    assert by_article.to_numpy().tolist() == [["Alpha", 0], ["Beta", 1], ["Gamma", 1]]


def test_articles_without_an_error_are_named(ledger, page, made_folder):
    assert ledger.values["spread"] == "We have none on record for Alpha."
    every = LEDGER.replace("coding,passage-alpha-1-1", "source,passage-alpha-1-1")
    (made_folder / "data" / "corrections.csv").write_text(every)
    assert page("corrections").values["spread"] == "Each article has at least one."


def test_that_none_was_entered_does_not_acquit_an_article(page, made_folder):
    (made_folder / "data" / "corrections.csv").write_text(LEDGER.splitlines()[0] + "\n")
    assert page("corrections").values["wrong"].startswith("No error in an article has been entered")


def test_errors_of_our_own_are_counted(ledger, page, made_folder):
    assert ledger.values["ours_sentence"].startswith(
        "We have found two errors of our own since the first coding"
    )
    assert ledger.values["ours_sentence"].endswith("and mended them.")
    none = "\n".join(LEDGER.splitlines()[:4]) + "\n"
    (made_folder / "data" / "corrections.csv").write_text(none)
    assert page("corrections").values["ours_sentence"].startswith("No error of our own")


def test_each_entry_stands_in_the_table_of_whose_error_it_is(ledger):
    of_articles = ledger.tables["table-source-errors"].frame
    assert list(of_articles["Entry"]) == ["correction-01", "correction-02", "correction-03"]
    assert [str(cell) for cell in of_articles["Same statement as"]] == ["", "correction-01", ""]
    assert [str(cell) for cell in of_articles["Article"]] == ["Beta", "Beta", "Gamma"]
    assert [link.target for link in of_articles["Row"]] == [
        *["claim-beta-01", "figure-beta-01", "claim-gamma-02"]
    ]
    ours = ledger.tables["table-coding-errors"]
    assert list(ours.frame["Entry"]) == ["correction-04", "correction-05"]
    assert list(ours.frame["What is right"]) == ["Is 3.", "Is 3."]
    assert str(ours.frame["Row"].iloc[1]) == "claim-alpha-99"  # not shown in the book
    assert not hasattr(ours.frame["Row"].iloc[1], "target")
    assert "home" in ours.classes


def test_entries_are_shown_with_their_own_cells(ledger):
    columns = ["Entry", "Article", "What is wrong", "What is right", "Row", "Read in", "Entered"]
    columns += ["Same statement as"]
    of_articles, ours = (ledger.tables[f"table-{whose}-errors"] for whose in ("source", "coding"))
    assert list(of_articles.frame) == list(ours.frame) == columns
    assert of_articles.caption == "Errors in the articles"
    assert ours.caption == "Errors in our coding, mended"
    beta, doi = "Beta#article-beta", "doi:10.1000/mouse"
    wrong = ["Wrong.", "Right."]
    assert rows_of(of_articles) == [
        ["correction-01", beta, *wrong, "claim-beta-01", doi, "2026-01-01", ""],
        [
            *["correction-02", beta, *wrong, "figure-beta-01", "a page", "2026-01-02"],
            "correction-01",
        ],
        [
            *["correction-03", "Gamma#article-gamma", *wrong, "claim-gamma-02", "a page"],
            *["2026-01-03", ""],
        ],
    ]
    mended = ["Alpha#article-alpha", "Was 2.", "Is 3."]
    assert rows_of(ours) == [
        ["correction-04", *mended, "claim-alpha-01", "the copy", "2026-01-04", ""],
        ["correction-05", *mended, "claim-alpha-99", "the copy", "2026-01-05", ""],
    ]
