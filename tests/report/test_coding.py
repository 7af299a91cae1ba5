"""What pages say of how the rows were coded."""

import pandas as pd

from report import coding


def test_the_rows_of_a_part_are_told_in_their_order(made):
    making = pd.DataFrame({"part": ["a", "b", "a"], "told": ["One.", "Two.", "Three."]})
    assert coding.told(making, "a") == "One. Three."
    assert coding.told(making, "c") == ""
    assert coding.told(making, "c", "Nothing.") == "Nothing."


def test_a_source_that_one_reader_coded_is_not_said_to_be_read_again(made):
    codings, sources = made["codings"], made["sources"]
    assert "read them again" in coding.read_again(codings, sources)
    without = codings[~codings["unit"].str.contains("gamma")]
    assert "read two of them again" in coding.read_again(without, sources)
    assert coding.read_again(codings[:0], sources) == "Nobody has read them a second time."


def test_tables_that_were_coded_twice_are_named():
    told = "Coded twice are two tables: claims and ladder."
    assert coding.coded_twice(["claims", "ladder"]) == told
    assert coding.coded_twice(["claims"]) == "Coded twice is one table: claims."
    assert coding.coded_twice([]) == "No table has been coded twice yet."


def test_only_rows_that_the_book_shows_are_linked(made):
    keys = coding.listed_rows(made)
    assert {"claim-alpha-01", "link-01", "contradiction-01"} <= keys
    assert any(key.startswith("retelling") for key in keys)
    rows = made["contradictions"].copy()
    rows.loc[rows["contradiction_id"] == "contradiction-01", "status"] = "withdrawn"
    keys = coding.listed_rows(made.replaced({"contradictions": rows}))
    assert "contradiction-01" not in keys
    assert "contradiction-03" in keys
    assert "not-kept-claim-alpha-01" not in keys
