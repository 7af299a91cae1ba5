"""Search: of what readers type, the right page stands in the first three."""

import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

HTML = Path(__file__).parents[1] / "_build/html"
pytestmark = [
    pytest.mark.book,
    pytest.mark.browser,
    pytest.mark.skipif(not (HTML / "search.html").exists(), reason="not built: run make book"),
]
# Words and phrases, and the page that a reader who types them means.
TYPED = {
    "is fibromyalgia autoimmune": "index",
    "auto-immune": "index",
    "verdict": "index",
    "mouse": "from-mouse-to-headline",
    "mice": "from-mouse-to-headline",
    "press release": "from-mouse-to-headline",
    "King's College": "from-mouse-to-headline",
    "44": "from-mouse-to-headline",
    "prevalence": "prevalence",
    "how common": "prevalence",
    "how many people have fibromyalgia": "prevalence",
    "women and men": "prevalence",
    "IVIg": "treatments",
    "plasmapheresis": "treatments",
    "plasma exchange": "treatments",
    "treatment": "treatments",
    "cure": "treatments",
    "low-dose naltrexone": "treatments",
    "pregabalin": "treatments",
    "duloxetine": "treatments",
    "side effects": "treatments",
    "satellite glia": "since",
    "latest research": "since",
    "replicated": "since",
    "long-covid": "since",
    "pre-print": "since",
    "rozanolixizumab trial": "since",
    "method": "methods",
    "limitations": "methods",
    "who wrote this": "methods",
    "AI": "methods",
    "randomized": "glossary",
    "Verywell Health": "source-verywell-health",
    "FibroHell": "source-fibrohell",
}
FIRST, AT_LEAST = 3, 28


def found(page, words):
    """The names of the pages found, in their order."""
    page.goto(f"http://book/search.html?{urlencode({'q': words})}")
    page.locator(".search-summary", has_text="search").wait_for()
    return page.locator("ul.search a").evaluate_all(
        "all => all.map(a => a.pathname.match(/([^/]*)[.]html/)[1])"
    )


@pytest.fixture
def search(opened):
    """The page of search, over HTTP, since one from a folder shows no excerpts."""
    page, _ = opened(HTML, "search.html")
    page.route(
        "http://book/**",
        lambda route: route.fulfill(path=HTML / urlsplit(route.request.url).path[1:]),
    )
    return page


def test_of_what_readers_type_the_right_page_stands_in_the_first_three(search):
    missed = {
        words: pages[:FIRST]
        for words, right in TYPED.items()
        if right not in (pages := found(search, words))[:FIRST]
    }
    assert len(TYPED) - len(missed) >= AT_LEAST, missed


@pytest.mark.parametrize(
    "kind",
    [
        "auto-immune autoimmune",
        "pre-print preprints",
        "randomised randomized",
        "treatment treatments",
        "tumour tumor",
        "Long-COVID long-covid",
    ],
)
def test_spellings_of_one_word_find_the_same(search, kind):
    one, other = kind.split()
    assert found(search, one) == found(search, other)


def test_short_words_are_not_found_within_others_and_pages_for_researchers_come_last(search):
    assert found(search, "AI") == ["methods"]
    pages = found(search, "fibromyalgia")
    assert set(pages[-3:]) == {"codebook", "explorer", "references"}


def test_an_excerpt_begins_with_a_word_and_has_what_was_typed(search):
    found(search, "placebo")
    search.locator("ul.search li:last-child .context").wait_for()
    excerpts = search.locator("ul.search .context").all_inner_texts()
    assert [text for text in excerpts if not re.match(r"[“(]?\w+[ ,:’-]", text)] == []
    assert not [text for text in excerpts if re.match(r"[a-z-]+-\d\d", text)]
    assert [text for text in excerpts[1:] if "placebo" not in text.lower()] == []
    assert "CSV" not in search.locator("ul.search").inner_text()


def test_a_number_is_found(search):
    assert found(search, "44") != found(search, "45")
