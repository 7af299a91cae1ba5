"""Terms of a glossary are linked where a page first uses them, and only in running text."""

import pytest
from bs4 import BeautifulSoup

from tests.books import build, table

TERMS = [
    ["term-tide", "tide", "Rise of the sea."],
    ["term-spring-tide", "spring tide", "A high one."],
    ["term-analysis", "analysis", "A close look."],
    ["term-buoy", "buoy", "It floats."],
    ["term-quay", "QUAY", "A wall."],
    ["term-tide-table", "tide table", "A list."],
    ["term-estuary", "estuary", "A wide mouth."],
]
TEXT = """# The tide

Intertidal; a `tide`, [a tide](#here), “the tide”. The *spring tide* and the Tides; a tide again.

(here)=
## A buoy

> A buoy.

```{table} Buoys

| Buoy |
| --- |
| buoy |
```

- Two buoys near estuaries, after analyses of a tide table; see [the wall](#term-quay), a quay.

```{toctree}
words
other
```
"""


@pytest.fixture
def linked(tmp_path):
    """Build a book with a glossary; give what its first page links, and where to."""

    def make(text=TEXT, builder="html", name="index.html", **more):
        rows = table(["Key", "Term", "Meaning"], TERMS, "Words", "words", "anchored home")
        if not (tmp_path / "other.md").exists():  # Sphinx goes by the age of a file
            (tmp_path / "other.md").write_text("# Other\n\nHigh tide.")
        (tmp_path / "words.md").write_text(f"# Words\n\nA tide.\n\n{rows}")
        folder = build(tmp_path, text, builder, **{"glossary": "words", **more})
        page = BeautifulSoup((folder / name).read_text(encoding="utf-8"), "html.parser")
        return [(a.get_text(), a["href"], a["title"]) for a in page.select("a.term")]

    return make


def test_the_first_use_in_running_text_is_linked(linked):
    assert linked() == [
        ("spring tide", "words.html#term-spring-tide", "A high one."),
        ("Tides", "words.html#term-tide", "Rise of the sea."),
        ("buoys", "words.html#term-buoy", "It floats."),
        ("estuaries", "words.html#term-estuary", "A wide mouth."),
        ("analyses", "words.html#term-analysis", "A close look."),
        ("tide table", "words.html#term-tide-table", "A list."),
    ]


def test_the_glossary_does_not_link_to_itself(linked):
    assert linked(name="words.html") == []


def test_a_book_without_a_glossary_links_nothing(linked):
    assert linked(glossary="") == linked(glossary="gone") == []


def test_a_page_whose_text_links_to_every_term_is_left_alone(linked):
    all_terms = " ".join(f"[{term}](#{key})" for key, term, _ in TERMS)
    assert linked(f"# All\n\n{all_terms}\n\n```{{toctree}}\nwords\nother\n```\n") == []


def test_the_text_stays_as_it_was(linked, tmp_path):
    texts = []
    for glossary in ("words", ""):
        linked(glossary=glossary)
        page = (tmp_path / "_html" / "index.html").read_text(encoding="utf-8")
        texts.append(BeautifulSoup(page, "html.parser").article.get_text())
    assert texts[0] == texts[1]


def test_a_new_meaning_reaches_every_page(linked):
    assert linked(name="other.html")[0][2] == "Rise of the sea."
    TERMS[0][2] = "Fall of the sea."
    try:
        assert linked(name="other.html")[0][2] == "Fall of the sea."
    finally:
        TERMS[0][2] = "Rise of the sea."


def test_an_edition_has_the_links_too(linked):
    assert linked(builder="epub", name="index.xhtml")[0][1] == "words.xhtml#term-spring-tide"
    assert linked(builder="singlehtml")[0][1] == "#term-spring-tide"
