"""What stands around a page's text: its code, and where the book is kept."""

import os
import re
from pathlib import Path

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

from booktheme.repository import FORM
from tests.books import build
from tests.browser import served
from tests.reading import ROOT

KEPT = {
    "https://github.com/people/book": (
        "https://github.com/people/book/edit/main/index.md",
        "https://github.com/people/book/issues/new?title=Error%20in%20",
    ),
    "https://gitlab.example.org/people/book.git": (
        "https://gitlab.example.org/people/book/-/edit/main/index.md",
        "https://gitlab.example.org/people/book/-/issues/new?issue[title]=Error%20in%20",
    ),
    "https://codeberg.org/people/book/": (
        "https://codeberg.org/people/book/_edit/main/index.md",
        "https://codeberg.org/people/book/issues/new?title=Error%20in%20",
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
    assert links["Report an error"] == f"{report}index"
    assert edit.startswith(links["Repository"])
    assert page.html["data-report"] == report


def test_a_form_for_errors_has_a_field_for_the_row(tmp_path, monkeypatch):
    monkeypatch.setenv("REPO_URL", "https://github.com/people/book")
    forms = tmp_path / ".github" / "ISSUE_TEMPLATE"
    forms.mkdir(parents=True)
    form = Path(ROOT, FORM).read_text(encoding="utf-8")
    (forms / "report-an-error.yml").write_text(form, encoding="utf-8")
    assert "row" in [part["id"] for part in yaml.safe_load(form)["body"]]
    page = page_of(build(tmp_path, "# Here\n\nText."))
    start = "https://github.com/people/book/issues/new?template=report-an-error.yml&row="
    assert page.html["data-report"] == start
    assert page.footer.find("a", string="Report an error")["href"] == f"{start}index"


def test_a_notebook_opens_in_a_lab_where_one_is_known(tmp_path, monkeypatch):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# More")])
    more = {"nb_execution_mode": "off", "exclude_patterns": ["_*", "jupyter_execute"]}
    (tmp_path / "parts").mkdir()
    nbformat.write(notebook, tmp_path / "parts" / "more.ipynb")
    for address, wanted in (
        ("https://github.com/people/book", "gh/people/book/main?labpath=parts%2Fmore.ipynb"),
        ("https://codeberg.org/people/book", None),
    ):
        monkeypatch.setenv("REPO_URL", address)
        out = build(tmp_path, "# Here\n\n```{toctree}\nparts/more\n```", **more)
        text = (out / "parts" / "more.html").read_text(encoding="utf-8")
        lab = BeautifulSoup(text, "html.parser").footer.find("a", string=re.compile("JupyterLab"))
        assert (lab and lab["href"].removeprefix("https://mybinder.org/v2/")) == wanted
        assert "JupyterLab" not in page_of(out).footer.get_text()


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
    more = (
        '```{raw} html\n<details class="code"><summary>More</summary><p>third</p></details>\n```\n'
    )
    how = {"nb_execution_mode": "off", "suppress_warnings": ["myst-nb.lexer"]}
    folder = build(tmp_path, CELLS + more, **how)
    assert page_of(folder).select_one("details.code pre").get_text().strip() == "first = 1"
    with served(folder) as address:
        page, watch = opened(address)
        code = page.get_by_text("second = 2")
        assert not code.is_visible()
        page.get_by_role("button", name="Show code").click()
        assert code.is_visible()
        page.get_by_role("button", name="Hide code").click()
        assert not code.is_visible()
        page.get_by_text("More", exact=True).click()  # one of them by hand, then the other
        page.get_by_role("button", name="Show code").wait_for()
        page.get_by_text("Code that prepares this page").click()
        page.get_by_role("button", name="Hide code").wait_for()
        assert not watch.complaints


def test_a_page_is_described_by_its_first_sentences(tmp_path):
    first = "Tides rise and fall twice a day where the sea has room, and once a day in some bays."
    more = (
        "The moon draws the water, and so does the sun, which is larger and much further away. " * 3
    )
    page = page_of(build(tmp_path, f"# Tides\n\n{first} {more}\n"))
    told = page.select_one('meta[name="description"]')["content"]
    assert told.startswith(first) and told.endswith("further away.") and len(told) <= 201


def test_a_summary_is_called_what_the_book_calls_it(tmp_path):
    text = "# Tides\n\n**At a glance.** They rise.\n"
    for name, (first, said) in {
        "": ("Tides", "At a glance. They rise."),
        "At a glance": ("At a glance", "They rise."),
    }.items():
        page = page_of(build(tmp_path, text, summary_name=name))
        assert page.select_one("#contents li a").get_text() == first
        assert page.select_one('meta[name="description"]')["content"] == said
    paper = build(tmp_path, text, "singlehtml", summary_name="At a glance")
    assert page_of(paper).select_one("nav.contents li").get_text() == "At a glance"


def test_the_contents_show_the_second_level_of_a_page_alone(tmp_path):
    deep = "# Near\n\n## One\n\nText.\n\n### Deeper\n\nText.\n\n## Two\n\nText.\n"
    (tmp_path / "near.md").write_text(deep)
    made = build(tmp_path, "# Here\n\n```{toctree}\n:caption: Part\n\nnear\n```\n")
    page = BeautifulSoup((made / "near.html").read_text(encoding="utf-8"), "html.parser")
    links = page.select("#contents a[href^='#']")
    assert [link.get_text(strip=True) for link in links][-2:] == ["One", "Two"]
    assert "Deeper" not in page.select_one("#contents").get_text()


def test_pages_are_written_again_when_a_style_changed(tmp_path):
    style = tmp_path / "_static" / "own.css"
    style.parent.mkdir()
    style.write_text("p { color: red; }")
    written = build(tmp_path, "# Here\n\nText.\n") / "index.html"
    before = written.stat().st_mtime_ns
    build(tmp_path, "# Here\n\nText.\n")
    assert written.stat().st_mtime_ns == before
    os.utime(style, (written.stat().st_mtime + 5,) * 2)
    build(tmp_path, "# Here\n\nText.\n")
    assert written.stat().st_mtime_ns > before
