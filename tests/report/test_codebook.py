"""The codebook: every scale with its levels, their use and an example."""

import pytest

from report import codebook
from tests.reading import rows_of


def test_scales_are_the_columns_with_levels(made):
    found = codebook.scales(made).set_index(["table", "column"])
    assert bool(found.loc[("claims", "certainty"), "ordered"])
    assert not found.loc[("claims", "speaker"), "ordered"]
    assert "Pei" in found.loc[("claims", "certainty"), "literature"]
    assert found.loc[("figures", "kind"), "literature"] == ""
    assert ("claims", "statement") not in found.index


def test_levels_are_counted_and_shown_by_their_first_row(made):
    levels = codebook.levels_in_use(made, "claims", "certainty")
    assert list(levels["used"]) == [1, 0, 1, 1, 3, 2]
    assert levels.loc[5, ["example", "words"]].to_list() == [
        "claim-alpha-02",
        "showed that coffee causes",
    ]
    assert levels.loc[2, ["example", "words"]].to_list() == ["", ""]


def test_a_row_without_words_is_no_example(made):
    rows = made["claims"].copy()
    rows.loc[rows["claim_id"] == "claim-beta-01", "cue"] = ""
    levels = codebook.levels_in_use(made.replaced({"claims": rows}), "claims", "certainty")
    assert levels.loc[6, "used"] == 2
    assert levels.loc[6, "example"] == "claim-beta-03"


def test_a_table_with_nothing_to_show_has_no_examples(made):
    levels = codebook.levels_in_use(made, "codings", "coder")
    assert list(levels["used"]) == [7, 7]
    assert list(levels["words"]) == ["", ""]


@pytest.fixture
def book(page):
    return page("codebook")


def test_the_page_counts_scales_and_levels(book, made):
    columns = [f for fields in made.fields.values() for f in fields.values() if "categories" in f]
    assert book.values["n_scales"] == str(len(columns))
    total = sum(len(field["categories"]) for field in columns)
    assert book.values["n_levels"] == f"{total} levels"
    assert book.values["n_tables"] == f"{len(made.fields)} tables"
    published = sum("literature" in field for field in columns)
    assert book.values["n_published"] == {5: "Five scales"}.get(published, f"{published} scales")
    unused = sum(
        (made[table][column] == level["value"]).sum() == 0
        for table, fields in made.fields.items()
        for column, field in fields.items()
        for level in field.get("categories", [])
    )
    assert book.values["build"] == ("builds" if published == 1 else "build")
    assert book.values["unused_sentence"].startswith(f"{unused} levels are used by no row")


def test_every_scale_is_shown_once(book, made):
    expected = {
        f"scale-{table}-{column}"
        for table, fields in made.fields.items()
        for column, field in fields.items()
        if "categories" in field
    }
    assert set(book.tables) == expected


def test_a_scale_is_shown_with_use_and_a_link_to_its_example(book):
    table = book.tables["scale-claims-certainty"]
    assert table.caption.startswith("Claims, certainty. ")
    row = table.frame.set_index("Level").loc["6 Flat fact"]
    assert row["Used"] == 2
    assert (row["Example"].text, row["Example"].target) == ("“causes headaches”", "claim-beta-01")
    topics = book.tables["scale-propositions-topic"].frame.set_index("Level")
    assert topics.loc["Treatment", "Example"] == "Whether water helps"
    assert "Band" in book.tables["scale-claims-causal_strength"].frame


def test_every_level_of_a_scale_is_shown_with_its_use(book, made):
    table = book.tables["scale-claims-polarity"]
    assert list(table.frame) == ["Level", "Definition", "Used", "Example"]
    levels = made.levels("claims", "polarity")
    assert list(table.frame["Definition"]) == list(levels["definition"])
    shown = rows_of(table, "Level", "Used", "Example")
    assert shown == [
        ["Supports", "6", "“may cause”#claim-alpha-01"],
        ["Opposes", "1", "“does not help”#claim-beta-03"],
        ["Leaves open", "1", "“remains open”#claim-gamma-01"],
    ]
    causal = book.tables["scale-claims-causal_strength"].frame
    assert list(causal["Band"]) == ["none", "none", "weak", "weak", "weak", "strong", "strong"]
    assert list(causal["Used"]) == [1, 1, 1, 1, 2, 0, 2]


def test_a_scale_names_the_work_that_it_follows(book, made):
    follows = made.fields["claims"]["certainty"]["literature"]
    assert book.tables["scale-claims-certainty"].caption.endswith(f" After {follows}.")
    assert " After " not in book.tables["scale-figures-kind"].caption


def test_the_scales_of_articles_come_before_those_of_comparisons(book, made):
    coded = set(made.coded_from_passages())
    of = [name.split("-")[1] in coded for name in book.tables]
    assert of == sorted(of, reverse=True) and {True, False} == set(of)
