"""Tables: a cell is text, a key is an anchor, the same rows are the same output."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from evidence import rows
from evidence.tables import Link, as_html, as_myst, table

HOSTILE = [
    "<script>alert(1)</script>",
    "a | b || c",
    "[link](javascript:alert(1)) ![image](x.png)",
    "`code` *emphasis* __strong__ $x$ {role}`text`",
    "# not a heading",
    "www.example.org and https://example.org",
    "&lt;b&gt; & \\| \\",
    "\u202eright to left\u202c",
    "line\nbreak",
    "```",
]
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def made(cells, **options):
    return table(pd.DataFrame({"First": cells, "Second": cells}), "A caption", "made", **options)


def in_html(shown):
    return BeautifulSoup(as_html(shown), "html.parser")


def in_myst(shown):
    """The rows as the book's own parser reads them, links and all."""
    parser = create_md_parser(MdParserConfig(enable_extensions={"colon_fence"}), RendererHTML)
    body = "\n".join(line for line in as_myst(shown).splitlines() if line.startswith("|"))
    return BeautifulSoup(parser.render(body), "html.parser")


def cells_of(soup):
    return [cell.get_text() for cell in soup.find_all("td")]


@pytest.mark.parametrize("read", [in_html, in_myst])
def test_hostile_cells_are_shown_as_text(read):
    soup = read(made(HOSTILE))
    assert cells_of(soup) == [" ".join(text.split()) for text in HOSTILE for _ in range(2)]
    assert not soup.find_all(["script", "a", "img", "b", "strong", "em", "code", "h1"])


@pytest.mark.parametrize("read", [in_html, in_myst])
@given(text=TEXTS)
def test_any_text_comes_back_from_a_cell_a_link_and_a_header(read, text):
    text = f"x{text}x"
    frame = pd.DataFrame({text: [text, Link(text, "prevalence")]})
    soup = read(table(frame, text, "made"))
    said = [" ".join(cell.get_text().split()) for cell in soup.find_all(["th", "td"])]
    assert said == [" ".join(text.split())] * 3
    assert [link["href"] for link in soup.find_all("a")] == ["#prevalence"]


@given(address=TEXTS.map(lambda text: f"https://example.org/{text}"))
def test_a_link_stays_one_link_whatever_its_address(address):
    soup = in_myst(made([Link("there", address)]))
    assert [a.get_text() for a in soup.find_all("a")] == ["there", "there"]
    assert cells_of(soup) == ["there", "there"]


def test_links_lead_to_rows_and_addresses_and_only_to_those():
    targets = ["claim-made-01", "https://example.org/?a=(1)", "javascript://x"]
    cells = [[Link("a", target), "more"] for target in targets]
    soup = in_html(made(cells))
    assert [a["href"] for a in soup.find_all("a")][::2] == [
        f"#{targets[0]}",
        targets[1],
        f"#{targets[2]}",
    ]
    assert cells_of(soup)[0] == "a, more"


def test_missing_values_are_empty_and_numbers_are_plain():
    cells = cells_of(in_myst(made([None, pd.NA, pd.NaT, float("nan"), 0.1 + 0.2, 5_000_000.0, 3])))
    assert cells[::2] == ["", "", "", "", "0.3", "5000000", "3"]


def test_the_book_is_told_of_keys_folds_choices_and_numbers():
    frame = pd.DataFrame({"Name": ["a", "b"], "n": [1, 2]}, index=["claim-a-01", "claim-b-01"])
    shown = table(frame, "A *caption*", "made", keyed=True, first=1, choices=["Name"])
    assert as_myst(shown).splitlines() == [
        "```{table} A \\*caption\\*",
        ":name: made",
        ":class: evidence keyed first-1 choose-0",
        "",
        "| key | Name | n |",
        "| --- | --- | ---: |",
        "| claim\\-a\\-01 | a | 1 |",
        "| claim\\-b\\-01 | b | 2 |",
        "```",
    ]
    assert [row["id"] for row in in_html(shown).select("tr[id]")] == ["claim-a-01", "claim-b-01"]


def test_the_same_rows_are_the_same_output():
    one, other = (made(HOSTILE)._repr_mimebundle_() for _ in range(2))
    assert one == other
    assert set(one) == {"text/plain", "text/html", "text/markdown"}


@pytest.mark.parametrize(
    ("frame", "options"),
    [
        (pd.DataFrame({"a": []}), {}),
        (pd.DataFrame({"a": [1, 2]}, index=["claim-a", "claim-a"]), {"keyed": True}),
        (pd.DataFrame({"a": [1]}, index=['x" onclick="']), {"keyed": True}),
        (pd.DataFrame({"a": [1]}), {"choices": ["b"]}),
    ],
    ids=["no rows", "a key twice", "a hostile key", "no such column"],
)
def test_what_cannot_be_shown_is_refused(frame, options):
    with pytest.raises(ValueError, match="made: "):
        table(frame, "A caption", "made", **options)


def test_markup_in_a_label_a_title_and_a_verdict_is_text_on_the_cards(monkeypatch):
    sources = rows.read("sources")
    sources[["label", "title"]] = "The *Spoonie* [blog] [y](z)"
    sources[["verdict", "right", "wrong", "missing"]] = "`a` <b>b</b> {role}`c` **d**."
    monkeypatch.setattr(rows, "read", lambda name: sources)
    source = sources["source_id"].iloc[0]
    for shown in (rows.cards(), rows.verdict(source)):
        parser = create_md_parser(MdParserConfig(enable_extensions={"colon_fence"}), RendererHTML)
        soup = BeautifulSoup(parser.render(shown.data.replace(":::", "")), "html.parser")
        assert "<b>b</b> {role}`c` **d**." in soup.get_text()
        assert not soup.find_all(["b", "code"])
        assert all(a["href"].startswith("#article-") for a in soup.find_all("a"))
    assert "The *Spoonie* [blog] [y](z)" in rows.cards().data.replace("\\", "")


def test_each_card_is_the_anchor_of_its_verdict():
    anchors = re.findall('<span id="(.+?)">', rows.cards().data)
    assert anchors == [f"verdict-{source}" for source in rows.read("sources")["source_id"]]


def test_words_that_are_wrong_lead_to_what_is_wrong_in_them():
    words = rows.in_its_words(rows.of_source("proposals", "fibromyalgia-resources"))
    wrong = Link("see what is wrong", "error-fibromyalgia-resources-01")
    assert words[8] == ["“proven ineffective in most patients”", wrong]
    assert words[2] == "“stress reduction”"
