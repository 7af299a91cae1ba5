"""The extension of the book: what becomes of rows, charts and cells in a small book of its own."""

import csv
import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from evidence.charts import chart, link
from evidence.tables import Link, table

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SETTINGS = {
    "extensions": ["myst_nb", "book"],
    "html_theme": "furo",
    "templates_path": [str(ROOT / "_templates")],
    "html_static_path": [str(ROOT / "_static")],
    "html_css_files": ["book.css"],
    "html_js_files": ["explorer.js"],
    "html_title": "A book",
    "html_baseurl": "https://example.org/",
    "html_sourcelink_suffix": "",
    "language": "en",
    "exclude_patterns": ["jupyter_execute"],  # written by myst-nb
    "nb_execution_mode": "off",
    "nb_render_markdown_format": "myst",
    "nb_mime_priority_overrides": [["html", "text/markdown", 0]],
    "myst_ref_domains": ["std"],
    "numfig": True,
    "redirects": {"old/went": "pages/rows"},
    "search_words": {"pages/rows": ["assertions"]},
}
KEYS = [f"claim-made-{number:02}" for number in range(1, 5)]
ROWS = table(
    pd.DataFrame(
        {"Claim": ["<b>one</b>", "two", "three", "four"], "See": [Link("it", KEYS[3]), "", "", ""]},
        index=KEYS,
    ),
    "All claims",
    "table-claims",
    keyed=True,
    first=2,
)
DRAWN = chart(
    lambda ax, wide: link(ax.scatter([1], [1]), [KEYS[2]]),
    pd.DataFrame({"x": [1], "what": ["a | b"]}),
    title="One is drawn",
    caption="From rows",
    name="chart-one",
    alt="One dot.",
    height=(100, 100),
    words={KEYS[2]: "three"},
)
FRAME = pd.DataFrame({"n": [1]}, index=pd.Index(["a"], name="who"))


def notebook(*shown):
    """A notebook whose cells show things; a text is a cell of its own."""
    cells = []
    for thing in shown:
        if isinstance(thing, str):
            cells.append(new_markdown_cell(thing))
            continue
        show = getattr(
            thing, "_repr_mimebundle_", lambda thing=thing: {"text/html": thing._repr_html_()}
        )
        cells.append(
            new_code_cell(
                "shown", outputs=[new_output("execute_result", show(), execution_count=1)]
            )
        )
    about = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
    return nbformat.writes(new_notebook(cells=cells, metadata=about))


PAGES = {
    "index.md": "# Start\n\n**In brief.** A sentence. " + "And another one. " * 20
    + f"\n\n[a row](#{KEYS[0]}), {{numref}}`table-claims`, [search](https://example.org/?a=1&b=2)"
    "\n\n```{toctree}\npages/rows\npages/chart\npages/explorer\n```",
    "pages/rows.ipynb": notebook("# Rows", ROWS, FRAME),
    "pages/chart.ipynb": notebook("# Chart", DRAWN),
    "pages/explorer.ipynb": notebook(
        "# Explorer", table(ROWS.frame, "Again", "table-all", keyed=True, choices=["Claim"])
    ),
}  # fmt: skip


def build(folder, pages, monkeypatch):
    """Build a book of pages; give its folder and what was warned of."""
    monkeypatch.syspath_prepend(str(ROOT / "_ext"))
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/rows.csv").write_text("key\n")
    said = (folder / "warnings").open("w+")
    with docutils_namespace():
        out = folder / "html"
        app = Sphinx(
            folder, None, out, folder / "trees", "html", SETTINGS, status=None, warning=said
        )
        app.build()
    said.seek(0)
    return out, said.read()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book of four pages, as soups by name, and its folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("BOOK_URL", raising=False)
        patch.setenv("REPO_URL", "https://github.com/who/what")
        folder, warnings = build(tmp_path_factory.mktemp("book"), PAGES, patch)
    assert warnings == ""
    return folder


def read(folder, name):
    return BeautifulSoup((folder / f"{name}.html").read_bytes(), "html.parser")


def test_a_page_built_anew_leaves_the_book_as_a_fresh_build_would(tmp_path, monkeypatch):
    def same_as_fresh(name):
        fresh, _ = build(tmp_path / name, pages, monkeypatch)
        return contents(fresh) == contents(kept)

    pages = dict(PAGES)
    kept, _ = build(tmp_path / "kept", pages, monkeypatch)
    written = (kept / "pages/rows.html").stat().st_mtime_ns

    pages["index.md"] = pages["index.md"].replace("A sentence.", "Another beginning.")
    build(kept.parent, pages, monkeypatch)
    assert (kept / "pages/rows.html").stat().st_mtime_ns == written
    assert same_as_fresh("after a sentence changed")

    fewer = table(ROWS.frame.drop(KEYS[2]), "Claims", "table-claims", keyed=True)
    pages["pages/rows.ipynb"] = notebook("# Rows", fewer, FRAME)
    build(kept.parent, pages, monkeypatch)
    mark = read(kept, "pages/chart").select_one("svg a")
    assert mark["href"] == f"explorer.html#{KEYS[2]}"
    assert same_as_fresh("after a row lost its home")

    pages["pages/rows.ipynb"] = PAGES["pages/rows.ipynb"]
    _, warnings = build(kept.parent, pages, monkeypatch)
    assert warnings == ""
    assert same_as_fresh("after it found one again")


def contents(folder):
    """The text of each page and of the search, by name, without words that no page has any more."""
    return {
        str(path.relative_to(folder)): re.sub(r'"\w+": \[\],? ?', "", path.read_text("utf-8"))
        for path in folder.rglob("*")
        if path.suffix in (".html", ".js", ".csv")
    }


def test_a_row_is_an_anchor_that_links_from_any_page_lead_to(book):
    row = read(book, "pages/rows").find("tr", id=KEYS[0])
    assert row.th.p.get_text() == "<b>one</b>"
    assert row.select_one("a.row-link")["href"] == f"#{KEYS[0]}"
    assert read(book, "index").find("a", string="a row")["href"] == f"pages/rows.html#{KEYS[0]}"
    assert read(book, "pages/rows").find("a", string="it")["href"] == f"#{KEYS[3]}"
    assert read(book, "pages/explorer").find("a", string="it")["href"] == f"rows.html#{KEYS[3]}"


def test_rows_beyond_the_first_are_folded_and_cells_know_their_column(book):
    table = read(book, "pages/rows").find("table", id="table-claims")
    rows = table.tbody.find_all("tr")
    assert ["more" in row["class"] for row in rows] == [False, False, True, True]
    assert [cell["data-label"] for cell in rows[0].find_all(["th", "td"])] == ["Claim", "See"]
    assert [head["scope"] for head in table.find_all("th")] == ["col", "col", *["row"] * 4]
    assert "Show all 4 rows" in table.parent.get_text()
    assert table.caption.get_text().startswith("Table 1 All claims")


def test_a_chart_is_a_numbered_figure_whose_marks_lead_to_rows(book):
    figure = read(book, "pages/chart").find("figure", id="chart-one")
    assert figure.find("p", class_="finding").get_text() == "One is drawn"
    links = figure.select("svg a")
    assert [mark["href"] for mark in links] == [f"rows.html#{KEYS[2]}"] * 2
    assert figure.details.td.get_text() == "a | b"
    assert "Fig. 1" in figure.figcaption.get_text()


def test_tables_and_charts_lie_beside_the_pages_as_csv(book):
    with (book / "csv/table-claims.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[:2] == [["key", "Claim", "See"], [KEYS[0], "<b>one</b>", "it"]]
    assert (book / "csv/chart-one.csv").read_text() == "x,what\n1,a | b\n"
    for page in ("pages/rows", "pages/chart", "pages/explorer"):
        for offer in read(book, page).select("a.csv"):
            assert (book / "pages" / offer["href"]).is_file()


def test_code_and_frames_stand_apart_and_a_data_frame_has_headers(book):
    cell = read(book, "pages/rows").select(".cell")[1]
    assert [child["class"] for child in cell.find_all(recursive=False)] == [["analysis"]]
    heads = [(head.get_text(), head["scope"]) for head in cell.select(".dataframe th")]
    assert heads == [("who", "col"), ("n", "col"), ("a", "row")]


def test_a_page_tells_what_it_is_about_in_whole_sentences(book):
    about = read(book, "index").find("meta", {"name": "description"})["content"]
    assert about.startswith("A sentence. And")
    assert about.endswith("one.")
    assert len(about) <= 200


def test_a_page_loads_only_what_it_uses(book):
    for page in ("index", "pages/rows", "pages/explorer"):
        soup = read(book, page)
        sheets = [link["href"] for link in soup.select("link[rel=stylesheet]")]
        assert not [name for name in sheets if "mystnb" in name or "extensions" in name]
        scripts = [script.get("src", "") for script in soup.select("script")]
        assert any("explorer.js" in name for name in scripts) == (page == "pages/explorer")


def test_addresses_are_escaped_once_and_buttons_lead_to_the_repository(book):
    text = (book / "index.html").read_text()
    assert 'href="https://example.org/?a=1&amp;b=2"' in text
    links = {a.get_text(): a["href"] for a in read(book, "pages/rows").select(".page-links a")}
    assert (book / "pages" / links["Download this notebook"]).is_file()
    assert links["Edit this page"] == "https://github.com/who/what/edit/main/pages/rows.ipynb"
    assert "lab/tree/pages/rows.ipynb" in links["Open in Binder"]


def test_data_redirects_and_a_mark_for_hosts_lie_beside_the_pages(book):
    assert (book / ".nojekyll").exists()
    assert (book / "data/rows.csv").read_text() == "key\n"
    shutil.unpack_archive(book / "data.zip", book / "unpacked")
    assert (book / "unpacked/data/rows.csv").read_text() == "key\n"
    assert "../pages/rows.html" in (book / "old/went.html").read_text()


def test_links_and_marks_to_rows_that_are_not_there_are_told_and_rows_with_two_homes(
    tmp_path, monkeypatch
):
    pages = {
        "index.md": "# A\n\n[x](#claim-lost)\n\n```{toctree}\none\ntwo\nchart\n```",
        "one.ipynb": notebook(
            "# One", table(ROWS.frame.iloc[:1, :1], "One", "table-one", keyed=True)
        ),
        "two.ipynb": notebook(
            "# Two", table(ROWS.frame.iloc[:1, :1], "Two", "table-two", keyed=True)
        ),
        "chart.ipynb": notebook("# Chart", DRAWN),
    }
    _, warnings = build(tmp_path, pages, monkeypatch)
    assert "claim-lost" in warnings
    assert f"row {KEYS[0]} has its anchor in one too" in warnings
    assert f"a mark leads to '{KEYS[2]}', which is no row" in warnings
