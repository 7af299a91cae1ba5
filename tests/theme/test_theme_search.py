"""The search: what is spelled, counted or written otherwise is found all the same, and marked."""

import re

import pytest

from tests.books import build
from tests.browser import served

pytestmark = pytest.mark.browser
# What a reader asks for, and what the book says.
ALIKE = {
    "tumor": "tumours",
    "tumours": "tumor",
    "randomized": "randomised",
    "randomise": "randomization",
    "centers": "centre",
    "centre": "centers",
    "fiber": "fibre",
    "pediatric": "paediatric",
    "leukemia": "leukaemia",
    "estrogen": "oestrogen",
    "diarrhea": "diarrhoea",
    "fetal": "foetal",
    "analyzed": "analysed",
    "analyses": "analysis",
    "behavioral": "behavioural",
    "labeled": "labelled",
    "programs": "programme",
    "sulfate": "sulphate",
    "antibody": "antibodies",
    "therapies": "therapy",
    "diagnosis": "diagnoses",
    "child": "children",
    "women": "woman",
    "1000": "1,000",
    "2,500": "2500",
    "7": "seven",
    "fifteen": "15",
    "2.5": "2.5",
}
# What only looks alike.
UNLIKE = {"44": "4.44", "toe": "ten", "7": "17", "4": "1.4", "our": "or", "13": "study-13"}
UNLIKE |= {"2": "25", "3": "3.9"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Address of a book with a page for each pair."""
    folder = tmp_path_factory.mktemp("search")
    said = [*ALIKE.values(), *UNLIKE.values()]
    for number, word in enumerate(said):
        (folder / f"page{number}.md").write_text(
            f"# Page {chr(97 + number % 26)}\n\nA {word} here."
        )
    long = f"First {'the sea is wide ' * 20}where a walrus sleeps {'on cold ice ' * 20}at last."
    (folder / "other.md").write_text(f"# Other\n\nOne zebra, and no more.\n\n{long}")
    stripes = "Stripes here.\n\nStripes of a zebra there."
    (folder / "zebra.md").write_text(f"# Zebra\n\n{stripes}\n\n## Kelp\n\nIt floats.")
    gulls = "A gull.\n\n" * 5 + "Kelp.\n\nA gull in kelp."
    (folder / "gull.md").write_text(f"# Birds\n\n{gulls}")
    names = "\n".join([*(f"page{number}" for number in range(len(said))), "other", "gull", "zebra"])
    start, known_as = f"# Start\n\n```{{toctree}}\n{names}\n```\n", {"quagga": ["zebra"]}
    with served(build(folder, start, search_names=known_as)) as address:
        yield address


def marked(page, address, query):
    """What the search marks for a query."""
    page.goto(f"{address}search.html?q={query}")
    page.get_by_text(f"found for “{query}”").wait_for()
    return page.locator("#search-results mark").all_inner_texts()


def test_a_word_is_found_however_it_is_written(site, opened):
    page, watch = opened(site)
    lacking = {q: said for q, said in ALIKE.items() if said not in marked(page, site, q)}
    assert lacking == {} and not watch.complaints


def test_what_only_looks_alike_is_not_found(site, opened):
    page, _ = opened(site)
    found = {q: said for q, said in UNLIKE.items() if said in marked(page, site, q)}
    assert found == {}


def test_what_is_about_the_words_and_has_most_of_them_comes_first(site, opened):
    page, _ = opened(site)
    marked(page, site, "zebra")
    assert page.locator("#search-results > li > a").all_inner_texts() == ["Zebra", "Other"]
    assert marked(page, site, "quagga") == ["zebra", "zebra"]
    marked(page, site, "stripes zebra")  # the other page has but one of them
    assert page.locator("#search-results > li > a").all_inner_texts() == ["Zebra"]
    assert page.locator("#search-results li li").all_inner_texts() == [
        "Stripes of a zebra there.",
        "Stripes here.",
    ]
    assert page.locator("#search-count").inner_text() == "1 page found for “stripes zebra”"
    marked(page, site, "gull kelp")  # of many passages those that have most
    passages = page.locator("#search-results li li").all_inner_texts()
    assert passages == ["A gull in kelp.", *["A gull."] * 3]
    marked(page, site, "kelp")  # a heading tells more than a mention
    assert page.locator("#search-results > li > a").all_inner_texts() == ["Zebra", "Birds"]
    assert marked(page, site, "walrus") == ["walrus"]
    passage = page.locator("#search-results li li").inner_text()  # the word with what is around it
    assert re.fullmatch(r"… (?!First).{100,140}walrus.{100,140} …", passage)
