"""What stands around a page's text: its code, and where the book is kept."""

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

from tests.books import build
from tests.browser import served

KEPT = {
    "https://github.com/people/book": (
        "https://github.com/people/book/edit/main/index.md",
        "https://github.com/people/book/issues/new?title=",
    ),
    "https://gitlab.example.org/people/book.git": (
        "https://gitlab.example.org/people/book/-/edit/main/index.md",
        "https://gitlab.example.org/people/book/-/issues/new?issue[title]=",
    ),
    "https://codeberg.org/people/book/": (
        "https://codeberg.org/people/book/_edit/main/index.md",
        "https://codeberg.org/people/book/issues/new?title=",
    ),
}
CELLS = """---
file_format: mystnb
kernelspec:
  name: python3
---
# Here

```{code-cell}
:tags: [hide-input]
first = 1
```

Text.

## Below

```{code-cell}
:tags: [hide-input]
second = 2
```
"""


def page_of(folder):
    """The first page, parsed."""
    return BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("address", KEPT)
def test_a_page_leads_to_where_the_book_is_kept(address, tmp_path, monkeypatch):
    monkeypatch.setenv("REPO_URL", address)
    page = page_of(build(tmp_path, "# Here\n\nText."))
    edit, report = KEPT[address]
    links = {link.get_text(): link["href"] for link in page.footer.select("a")}
    assert links["Edit this page"] == edit
    assert links["Report an error"] == f"{report}Error%20on%20the%20page%20index"
    assert edit.startswith(links["Repository"])
    assert page.html["data-report"] == report


def test_a_book_kept_nowhere_says_nothing_of_it(tmp_path, monkeypatch):
    monkeypatch.delenv("REPO_URL", raising=False)
    page = page_of(build(tmp_path, "# Here\n\nText."))
    assert not page.footer.select("a") and "data-report" not in page.html.attrs


@pytest.mark.parametrize(
    "address", ["example.org/x", "http://example.org/x", "https://example.org"]
)
def test_no_repository_is_made_of_nonsense(address, tmp_path, monkeypatch):
    monkeypatch.setenv("REPO_URL", address)
    with pytest.raises(ConfigError, match="must look like https://example"):
        build(tmp_path, "# Here")


@pytest.mark.browser
def test_one_button_opens_all_code_which_stands_in_order(tmp_path, opened, monkeypatch):
    monkeypatch.setenv("REPO_URL", next(iter(KEPT)))
    folder = build(tmp_path, CELLS, nb_execution_mode="off", suppress_warnings=["myst-nb.lexer"])
    assert page_of(folder).select_one("details.code pre").get_text().strip() == "first = 1"
    with served(folder) as address:
        page, watch = opened(address)
        code = page.get_by_text("second = 2")
        assert not code.is_visible()
        page.get_by_role("button", name="Show code").click()
        assert code.is_visible()
        page.get_by_role("button", name="Hide code").click()
        assert not code.is_visible() and not watch.complaints
