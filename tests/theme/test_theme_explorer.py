"""The explorer and tables with cells out to break them, in a browser and as files."""

import json
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from booktheme import table_layout
from evidence.tables import Link, Table
from tests.books import build
from tests.browser import (
    WIDTHS,
    all_findings,
    findings,
    overhang,
    served,
)

pytestmark = pytest.mark.browser
ROWS, WINDOW = 300, 30
CLIPBOARD = ["clipboard-read", "clipboard-write"]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><h1>out</h1>",
    '" onmouseover="alert(1)',
    '=HYPERLINK("http://x.example";"y")',
    "{{ 7*7 }} {glue:text}`x` [a](javascript:alert(1)) ![b](http://x.example/b.png)",
    "`code` **bold** $x^2$ | pipe \\ backslash ```{raw} html",
    "http://x.example/a?b=1&c=2 &lt;b&gt; &amp;",
    "שלום עולם ‮gnissim‬",
    "w" * 400,
    "-- 'quotes' … “and” others",
    "# heading\n\n- list\n\n```\nfence",
]


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory):
    """The page made of a table whose cells are out to break it."""
    folder = tmp_path_factory.mktemp("hostile")
    frame = pd.DataFrame(
        {
            "Row": [f"row-{n}" for n in range(len(HOSTILE))],
            "Text": HOSTILE,
            "Link": [Link(text, f"row-{n}") for n, text in enumerate(HOSTILE)],
        }
    )
    return build(
        folder,
        "# Hostile\n\n" + Table(frame, HOSTILE[0], "table", ("anchored", "home")).to_markdown(),
    )


def test_hostile_cells_stay_text(hostile_page):
    page = BeautifulSoup((hostile_page / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = page.select("table tbody tr")
    assert len(rows) == len(HOSTILE)
    for row, text in zip(rows, HOSTILE, strict=True):
        shown = re.sub(r"\s+", " ", text)
        key, cell, link = row.find_all(["th", "td"], recursive=False)
        assert cell.get_text().strip() == shown
        assert link.get_text().strip() == shown
        assert not cell.select("script, img, h1, a, strong, em, code, pre, li")
        assert [a["href"] for a in link.select("a")] == [f"#{row['id']}"]
        assert [a["href"] for a in key.select("a")] == [f"#{row['id']}"]
    assert page.caption.select_one(".caption-text").get_text() == HOSTILE[0]
    assert not page.article.select("script, img")


def made_rows(many):
    """A table of rows to explore, of which some columns are choices."""
    sources = ["Anna's page", "böll & Söhne", "Clinic"]
    return pd.DataFrame(
        {
            "Row": [Link(f"claim-{n:03}", f"claim-{n:03}") for n in range(many)],
            "Kind": ["claim" if n % 3 else "figure" for n in range(many)],
            "Source": [sources[n // 3 % 3] for n in range(many)],
            "Topic": [f"topic {n % 7}" for n in range(many)],
            "Level": [f"{n % 6 + 5} level" for n in range(many)],
            "What it says": [
                f"Statement {n}, well-known, says that évidence is scarce." for n in range(many)
            ],
            "In its words": [f"“words {n} <b>”" for n in range(many)],
            "Where": [f"line {n}, body" for n in range(many)],
        }
    )


def built(folder, frame, more=()):
    """Build a book of one explorer; return the folder of its pages."""
    table = Table(frame, "All rows", "table-rows", ("anchored", "home", "explorer", *more))
    return build(folder, f"# Explorer\n\n{table.to_markdown()}")


@pytest.fixture(scope="session")
def explorer(tmp_path_factory):
    """Address of a page with an explorer of many rows."""
    with served(built(tmp_path_factory.mktemp("explorer"), made_rows(ROWS))) as address:
        yield address


BORNE, LARGE = 200, 220  # rows that a page bears (here fewer than elsewhere), and more


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """The folder of an explorer most of whose rows lie in files beside the page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_layout, "MOST", BORNE)
        return built(tmp_path_factory.mktemp("large"), made_rows(LARGE), ["lead-6"])


def shown(page):
    """Number of rows that the explorer has found, and how many of them stand on the page."""
    said = page.locator("form.filters output").inner_text()
    number = re.match(r"(?:All )?(\d+|No)", said)[1]
    return 0 if number == "No" else int(number), page.locator("table.explorer tbody tr[id]").count()


def choose(page, name, *values):
    """Take choices of a list."""
    page.locator(".choice > summary", has_text=name).first.click()
    for value in values:
        page.get_by_role("checkbox", name=value).check()
    page.keyboard.press("Escape")


def test_explorer_filters_and_keeps_the_address(explorer, opened):
    page, watch = opened(explorer + "index.html", permissions=CLIPBOARD)
    names = page.locator(".choice > summary").evaluate_all("l => l.map(e => e.textContent)")
    assert names == ["Kind any", "Source any", "Topic any", "Level any"]
    assert shown(page) == (ROWS, WINDOW)
    page.get_by_role("button", name=f"Show {WINDOW} more of {ROWS - WINDOW}").click()
    assert shown(page) == (ROWS, 2 * WINDOW)
    assert (
        page.evaluate("document.activeElement.textContent")
        == page.locator("tbody th a").nth(WINDOW).inner_text()
    )
    choose(page, "Source", "böll & Söhne", "Clinic")
    choose(page, "Level", "7 level")
    names = page.locator(".choice > summary").evaluate_all("l => l.map(e => e.textContent)")
    assert names == ["Kind any", "Source 2 chosen", "Topic any", "Level 7 level"]
    page.get_by_label("Words in a row").fill("EVIDENCE  1")
    kept, _ = shown(page)
    assert 0 < kept < 60
    assert page.locator("output").inner_text() == f"{kept} of {ROWS} rows"
    page.get_by_role("button", name="Where").click()
    page.get_by_role("button", name="Copy link to these rows").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    other, _ = opened(page.url, 360)
    assert shown(other)[0] == kept
    assert other.locator(":checked").count() == 3 and other.locator(".unknown").inner_text() == ""
    assert overhang(other) <= 0 and findings(other) == []
    page.get_by_role("button", name="Clear").click()
    assert shown(page)[0] == ROWS and page.url == explorer + "index.html"
    page.get_by_label("Words in a row").fill("<b> no such words")
    assert shown(page) == (0, 0)
    page.goto(explorer + "index.html?kind=figure#claim-200")
    assert page.locator("#claim-200:target").is_visible()
    assert page.locator("#claim-200").evaluate("e => e.getBoundingClientRect().top < innerHeight")
    assert page.url == explorer + "index.html#claim-200" and shown(page)[0] == ROWS
    page.goto(explorer + "index.html?kind=claim#claim-000")
    assert page.locator("#claim-000:target").is_visible()
    page.goto(explorer + "index.html?kind=figure")
    page.locator("#claim-003 th a").click()
    page.get_by_role("button", name="Clear").click()
    page.go_back()  # what was chosen there is chosen again
    assert shown(page)[0] == ROWS / 3
    page.goto(explorer + "index.html?source=gone&level=%3Cscript%3E&sort=x&y=1#100%")
    assert shown(page)[0] == ROWS
    said = page.locator(".unknown").inner_text()
    assert all(f"“{value}”" in said for value in ("gone", "<script>", "x", "y"))
    assert not watch.complaints


def test_explorer_finds_kinds_of_quotes_hyphens_and_spaces_alike_and_marks_them(explorer, opened):
    page, _ = opened(explorer + "index.html")
    box = page.get_by_label("Words in a row")
    quoted = ("“Anna's page”", "«Anna's page»", "„Anna's page“")
    for words in ("Anna's", "Anna\u2019s", "ANNA\u2019S\u00a0page", *quoted):
        box.fill(words)
        assert shown(page)[0] == 102, words
        assert page.evaluate("CSS.highlights.get('found').size") >= WINDOW
    box.fill("well\u2011known")
    assert shown(page)[0] == ROWS
    box.fill("claim-123")
    assert shown(page) == (1, 1)
    box.fill("“claim Anna's”")  # in cells beside each other
    assert shown(page) == (0, 0)
    box.fill("")
    assert page.evaluate("CSS.highlights.has('found')") is False


def test_explorer_tells_what_each_choice_would_leave(explorer, opened):
    page, _ = opened(explorer + "index.html?kind=figure&words=%22topic+2%22")
    page.locator(".choice > summary", has_text="Source").click()
    counts = page.locator(".choice[open] label").evaluate_all("l => l.map(e => e.innerText)")
    assert sum(int(count.split()[-1]) for count in counts) == shown(page)[0] == ROWS // 21
    page.get_by_role("checkbox", name="Clinic").check()
    assert shown(page)[0] == int(next(c for c in counts if "Clinic" in c).split()[-1])
    # What is chosen of a list takes nothing from what others of it would add.
    told = page.locator(".choice[open] label").evaluate_all("l => l.map(e => e.innerText)")
    assert told == counts
    page.get_by_role("checkbox", name="Anna").check()
    page.get_by_role("checkbox", name="Clinic").uncheck()
    assert shown(page)[0] == int(next(c for c in counts if "Anna" in c).split()[-1])


def test_explorer_by_keyboard(explorer, opened):
    page, _ = opened(explorer + "index.html")
    page.get_by_label("Words in a row").focus()
    page.keyboard.press("Tab")
    for key in ("Enter", "Tab", "Tab", "Space"):
        page.keyboard.press(key)
    assert shown(page)[0] == ROWS / 3
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    head = page.get_by_role("columnheader", name="Where")
    head.get_by_role("button").focus()
    assert page.locator(".choice[open]").count() == 0  # what is open when one leaves, closes
    for key, state, first in (
        ("Enter", "ascending", "line 0, body"),
        ("Space", "descending", f"line {ROWS - 3}, body"),
    ):
        page.keyboard.press(key)
        assert head.get_attribute("aria-sort") == state
        assert page.locator("table.explorer tbody tr td:last-child").first.inner_text() == first
    assert "sort=-where" in page.url
    page.reload()
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").click()  # as the table stands
    assert head.get_attribute("aria-sort") is None and "sort" not in page.url
    assert all_findings(page) == []


def test_explorer_groups_choices_by_kind_and_sorts(explorer, opened):
    page, _ = opened(explorer + "index.html")
    page.locator(".choice > summary", has_text="Level").click()
    listed = page.locator(".choice[open] .options > *").evaluate_all(
        "l => l.map(e => e.localName === 'p' ? e.innerText : '')"
    )
    assert listed == ["claim", "", "", "", "", "figure", "", ""]
    boxes = page.locator(".choice[open] input").evaluate_all("l => l.map(e => parseInt(e.value))")
    assert boxes == [6, 7, 9, 10, 5, 8]

    page.keyboard.press("Escape")
    for _ in range(2):  # rows are sorted as they are searched, whatever the case of a letter
        page.get_by_role("button", name="Source").click()
    assert page.locator("tbody tr").first.locator("td").nth(1).inner_text() == "Clinic"


def test_explorer_downloads_and_prints_all_that_it_found(explorer, opened):
    page, _ = opened(explorer + "index.html?kind=claim&kind=figure&words=%22topic+2%22")
    page.get_by_role("button", name="Where").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of these rows").click()
    frame = pd.read_csv(download.value.path(), encoding="utf-8-sig")
    assert frame["Row"].tolist() == [f"claim-{n:03}" for n in range(2, ROWS, 7)]
    assert list(frame.columns)[:2] == ["Row", "Kind"]
    for event, rows in (("beforeprint", len(frame)), ("afterprint", WINDOW)):
        page.evaluate("name => dispatchEvent(new Event(name))", event)
        assert shown(page) == (len(frame), rows)


def test_heads_stay_in_sight(explorer, opened):
    page, _ = opened(explorer + "index.html", 1440)
    page.locator("tbody tr").nth(20).evaluate("e => e.scrollIntoView({behavior: 'instant'})")
    page.wait_for_function(  # a page sees to its tables once it is laid out
        """() => { const { top } = document.querySelector('thead th').getBoundingClientRect();
                   return top >= -1 && top < 5; }""",
        timeout=5000,
    )


def test_explorer_fits_and_is_accessible(explorer, opened):
    page, watch = opened(explorer + "index.html?source=Clinic&words=299", 360)  # a single row
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert overhang(page) <= 0, width
    assert all_findings(page) == []
    assert not watch.complaints


def test_explorer_without_scripts(explorer, opened):
    page, _ = opened(explorer + "index.html", java_script_enabled=False)
    assert page.locator("table.explorer tbody tr:visible").count() == ROWS
    assert page.locator("form.filters").count() == 0


def test_rows_that_a_page_cannot_bear_come_from_files_beside_it(large, opened):
    written = BeautifulSoup((large / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert len(written.select("tbody tr")) == 100
    assert "first 100 of 220 rows" in written.find("noscript").get_text()
    with served(large) as server:
        for address in ((large / "index.html").as_uri(), f"{server}index.html"):
            page, watch = opened(address)
            page.locator("table.ready").wait_for()
            assert shown(page) == (LARGE, WINDOW)
            page.get_by_label("Words in a row").fill("claim-177")
            row = page.locator("#claim-177")
            row.wait_for()
            assert shown(page) == (1, 1) and "Statement 177, well-known" in row.inner_text()
            row.locator("summary").click()
            assert "line 177, body" in row.inner_text()
            page.get_by_role("button", name="Clear").click()
            choose(page, "Source", "Clinic")
            page.get_by_role("button", name="more of").click()
            page.locator("tbody tr").nth(WINDOW).wait_for()
            assert page.locator("tbody tr").count() == 2 * WINDOW
            with page.expect_download() as download:
                page.get_by_role("button", name="CSV of these rows").click()
            frame = pd.read_csv(download.value.path(), encoding="utf-8-sig")
            assert set(frame["Source"]) == {"Clinic"} and len(frame) == LARGE // 9 * 3
            assert frame["Row"].iloc[-1] == "claim-215" and "Where" in frame
            page.goto(f"{address}?kind=claim#claim-201")
            linked = page.locator("#claim-201:target")
            linked.wait_for()
            assert linked.evaluate("e => e.getBoundingClientRect().top < innerHeight")
            assert page.url == f"{address}#claim-201"
            assert not watch.complaints


def test_rows_of_files_are_searched_chosen_and_sorted_like_those_of_the_page(large, opened):
    page, _ = opened((large / "index.html").as_uri())
    page.locator("table.ready").wait_for()
    page.get_by_label("Words in a row").press_sequentially("ev")
    assert shown(page) == (LARGE, WINDOW)
    choose(page, "Topic", "topic 3")
    page.get_by_role("button", name="What it says").click()
    page.locator("#claim-003").wait_for()
    assert shown(page) == (-(-(LARGE - 3) // 7), WINDOW)


def test_a_cell_like_a_formula_downloads_as_text(opened, tmp_path):
    cells = ["=1+1", "@x", "-2", 'say "so", then', "plain"]
    table = Table(pd.DataFrame({"Key": list("abcde"), "Cell": cells}), "Hostile", "table-hostile")
    folder = build(tmp_path, f"# Hostile\n\n{table.to_markdown()}")
    with served(folder) as address:
        page, _ = opened(address)
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV of").click()
        frame = pd.read_csv(download.value.path(), encoding="utf-8-sig", dtype=str)
    assert frame["Cell"].tolist() == ["'=1+1", "'@x", "'-2", 'say "so", then', "plain"]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Texts out to break a page, and the address of one with an explorer and a table of them."""
    texts = [*HOSTILE, "'><svg onload=alert(1)>", "javascript:alert(1)", "\u202enever closed"]
    texts = [re.sub(r"\s+", " ", text) for text in texts]
    short = [text for text in texts if len(text) <= 60]
    frame = pd.DataFrame(
        {
            "Row": [f"row-{n}" for n in range(3 * len(texts))],
            "Kind": [short[n % len(short)] for n in range(3 * len(texts))],
            "Text": 3 * texts,
        }
    )
    explorer = Table(frame, "Filtered: <script>alert(1)</script>", "table-1", ("explorer",))
    plain = Table(frame.head(len(texts)), "Anchored: <b>", "table-2", ("anchored", "home"))
    text = f"# Hostile\n\n{explorer.to_markdown()}\n\n{plain.to_markdown()}"
    with served(build(tmp_path_factory.mktemp("hostile"), text)) as address:
        yield address, frame


def test_hostile_cells_are_shown_as_text(hostile, opened):
    address, frame = hostile
    page, watch = opened(address, 360)
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        if page.get_by_role("button", name="Show all", exact=True).is_visible():
            page.get_by_role("button", name="Show all", exact=True).click()
        cells = page.locator("table.explorer td:last-child").all_inner_texts()
        assert [cell.strip() for cell in cells] == frame["Text"].tolist()
        assert overhang(page) <= 0
        assert findings(page) == []
    assert page.locator("article :is(script, img, iframe, svg:not(.icon))").count() == 0
    assert not watch.complaints


def test_hostile_cells_are_filtered_as_text(hostile, opened):
    address, frame = hostile
    page, watch = opened(address)
    page.locator(".choice > summary").click()
    for kind, rows in frame.groupby("Kind"):
        box = page.locator(f".options input[value={json.dumps(kind, ensure_ascii=False)}]")
        box.check()
        assert shown(page)[0] == len(rows)
        box.uncheck()
    page.get_by_label("Words in a row").fill("<img onerror=alert(1)>")
    assert shown(page)[0] >= 3
    page.get_by_role("button", name="Text").click()
    assert not watch.complaints


def test_text_from_right_to_left_stays_in_its_cell(hostile, opened):
    address, frame = hostile
    reversed_row = frame.index[frame["Text"].str.startswith("\u202e")][0]
    for width in (360, 1440):
        page, _ = opened(address, width)
        # Where the first and the last character of the next row's key stand.
        first, last = (
            page.locator("table.explorer th[scope=row]")
            .nth(reversed_row + 1)
            .evaluate(
                """cell => { const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                 let node; while ((node = text.nextNode()) && !node.data.trim());
                 return [0, node.data.length - 1].map(at => { const range = new Range();
                   range.setStart(node, at); range.setEnd(node, at + 1);
                   return range.getBoundingClientRect().left; }); }"""
            )
        )
        assert first < last
