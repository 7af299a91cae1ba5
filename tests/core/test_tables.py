"""Tables: a cell is shown as text."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from evidence.tables import Cards, Link, Table, capped

HOSTILE = [
    "<script>alert(1)</script>",
    "a | b || c",
    "[link](javascript:alert(1))",
    "`code` *emphasis* __strong__ $x$ {role}`text`",
    '=HYPERLINK("x")',
    "![image](x.png)",
    "# not a heading",
    "www.example.org and https://example.org",
    "&lt;b&gt; & \\| \\",
    "\u202eright to left\u202c",
    "w" * 300,
    "line\nbreak",
]


def table_of(cells):
    return Table(pd.DataFrame({"First": cells, "Second": cells}), "A caption", "made")


def cells_in_html(table):
    soup = BeautifulSoup(table.to_html(), "html.parser")
    return soup, [cell.get_text() for cell in soup.find_all("td")]


def cells_in_markdown(table):
    """The cells as the book's own parser reads them, links and all."""
    parser = create_md_parser(MdParserConfig(enable_extensions={"colon_fence"}), RendererHTML)
    body = "\n".join(line for line in table.to_markdown().splitlines() if line.startswith("|"))
    soup = BeautifulSoup(parser.render(body), "html.parser")
    return soup, [cell.get_text() for cell in soup.find_all("td")]


@pytest.mark.parametrize("read", [cells_in_html, cells_in_markdown])
def test_hostile_cells_are_shown_as_text(read):
    soup, cells = read(table_of(HOSTILE))
    assert cells == [" ".join(text.split()) for text in HOSTILE for _ in range(2)]
    assert not soup.find_all(["script", "a", "img", "b", "strong", "em", "code", "h1"])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_comes_back_from_a_cell(text):
    _, cells = cells_in_markdown(table_of([f"x{text}x"]))
    assert " ".join(cells[0].split()) == " ".join(f"x{text}x".split())


def test_links_lead_to_anchors_and_addresses():
    cells = [Link("a row", "claim-made-01"), [Link("site", "https://example.org/a"), "more"]]
    soup, texts = cells_in_markdown(table_of(cells))
    assert [a["href"] for a in soup.find_all("a")][:1] == ["#claim-made-01"]
    assert texts[2] == "site, more"


def test_missing_values_are_empty_cells():
    _, cells = cells_in_html(table_of([None, pd.NA, float("nan")]))
    assert cells == [""] * 6


def test_numbers_are_aligned_to_the_right():
    table = Table(pd.DataFrame({"Name": ["a"], "Count": [3]}), "A caption", "made")
    assert "| --- | ---: |" in table.to_markdown()


def test_a_table_shows_its_columns_and_rows_in_their_order_under_its_caption():
    frame = pd.DataFrame({"Name": ["a", "b"], "Share": [2.5, 10.0], "Row": [Link("x", "k"), ""]})
    table = Table(frame, "A *caption*", "made", ("wide", "home"), lead=2)
    assert table.to_markdown().splitlines() == [
        "```{table} A \\*caption\\*",
        ":name: made",
        ":class: evidence wide home lead-2",
        "",
        "| Name | Share | Row |",
        "| --- | ---: | --- |",
        r"| a | 2\.5 | [x](#k) |",
        "| b | 10 |  |",
        "```",
    ]
    soup, cells = cells_in_html(table)
    assert [head.get_text() for head in soup.find_all("th")] == ["Name", "Share", "Row"]
    assert cells == ["a", "2.5", "x", "b", "10", ""]
    assert soup.caption.get_text() == "A *caption*"
    assert Table(frame.iloc[:0], "Nothing.", "made").to_markdown() == "Nothing: none.\n"


def test_cards_have_their_heading_what_stands_beside_it_and_their_text():
    cards = Cards(
        ((Link("Alpha", "k"), ["2020", Link("original", "https://a.b/c")], "Said."),), "n"
    )
    assert cards.to_markdown() == (
        ":::{container} cards n\n\n"
        "- **[Alpha](#k)** · 2020 · [original](https://a.b/c)\n\n  Said\\.\n\n:::\n"
    )
    item = BeautifulSoup(cards.to_html(), "html.parser").li
    assert item.strong.get_text() == "Alpha" and item.p.get_text() == "Said."
    assert [a["href"] for a in item.find_all("a")] == ["#k", "https://a.b/c"]


@pytest.mark.parametrize(
    ("count", "shown"),
    [(2, ["0", "1"]), (3, ["0", "1", "2"]), (4, ["0", "1", "2", "and 1 more"])],
)
def test_a_cell_of_many_entries_counts_those_that_it_does_not_show(count, shown):
    assert capped([str(n) for n in range(count)], 3) == shown
