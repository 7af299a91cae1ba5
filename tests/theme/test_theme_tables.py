"""Rows of many cells: their keys, the fold of what is not in front, the marks of scales."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from booktheme import table_layout
from tests.books import build, table
from tests.browser import findings, overhang, served

COLUMNS = ["Row", "Source", "What is said", "Certainty", "Note", "Where"]
ROWS = [
    ["claim-high-tide-01", "High Tide", "It is *low*.", "2 Weak", "", "line 1"],
    ["claim-high-tide-02", "High Tide", "It is high. " * 12, "6 Flat fact", "A note", "line 2"],
    ["claim-ebb-01", "Ebb", "–", "", "", ""],
]
SPACING = (  # https://www.w3.org/WAI/WCAG22/Understanding/text-spacing
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; "
    "word-spacing: .16em !important } p { margin-bottom: 2em !important }"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A book with a table of rows to fold and one of counts."""
    rows = table(COLUMNS, ROWS, "Rows", "table-rows", "anchored home wide lead-4")
    counts = "```{table} Counts\n\n| Where | 0 | Low |\n| --- | ---: | ---: |\n| a | 0 | 2 |\n```\n"
    away = [[f"[{ROWS[2][0]}](#{ROWS[2][0]})", "Low", "Claim ebb"]]
    folder, toc = tmp_path_factory.mktemp("rows"), "```{toctree}\naway\n```\n"
    shown = table(["Row", "Tide", "Note"], away, "Away", "table-away", "anchored lead-2")
    (folder / "away.md").write_text(f"# Away\n\n{shown}")
    more = {"table_steps": {"Certainty": 6}, "repository": "https://example.org/people/book"}
    return build(folder, f"# Rows\n\n{rows}\n\n{counts}\n\n{toc}", **more)


@pytest.fixture(scope="module")
def page(folder):
    """The page as it is written."""
    return BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_a_key_shows_what_its_row_does_not_say_and_stays_whole(page, folder):
    keys = page.select("#table-rows tbody th")
    assert [key.get_text() for key in keys] == ["01", "02", "01"]
    assert [key["data-key"] for key in keys] == [row[0] for row in ROWS]
    assert [key.a["href"] for key in keys] == [f"#{row[0]}" for row in ROWS]
    assert [row["id"] for row in page.select("#table-rows tbody tr")] == [row[0] for row in ROWS]
    away = BeautifulSoup((folder / "away.html").read_text(encoding="utf-8"), "html.parser")
    assert away.select_one("tbody th").get_text() == "claim-ebb 01"  # what is folded says nothing


def test_what_is_not_in_front_is_under_details(page):
    first, second, third = page.select("#table-rows tbody td.more")
    assert first.summary.get_text() == "Details"
    assert [(d.dt.get_text(), d.dd.get_text()) for d in second.select("dl > div")] == [
        ("Note", "A note"),
        ("Where", "line 2"),
    ]
    assert len(first.select("dt")) == 1
    assert "empty" in third["class"] and not third.details
    heads = [head.get_text() for head in page.select("#table-rows thead th")]
    assert heads == [*COLUMNS[:4], "Details"]


def test_steps_silence_and_zeros_are_marked_beside_their_words(page):
    step = page.select("#table-rows .steps")[0]
    assert step["class"] == ["steps", "of-6", "step-2"] and step["aria-hidden"] == "true"
    assert step.parent.p.get_text() == "2 Weak"
    assert page.select_one("td.silent").get_text() == "–"
    zero = page.select_one("td:has(> .dot)")
    assert not page.select("thead :is(.dot, .steps)")
    assert zero.get_text() == "·0" and zero.p.get_text() == "0"


def test_every_cell_names_its_column_and_a_step_its_scale(page):
    cells = page.select("#table-rows tbody tr")[1].find_all(["th", "td"], recursive=False)
    assert [cell["data-label"] for cell in cells] == [*COLUMNS[:4], "Details"]
    assert [cell.get_text() for cell in cells[1:4]] == [
        *["High Tide", ROWS[1][2].strip(), "6 Flat fact"]
    ]
    steps = [mark["class"] for mark in page.select("#table-rows .steps")]
    assert steps == [["steps", "of-6", "step-2"], ["steps", "of-6", "step-6"]]


def test_a_table_too_long_for_a_page_keeps_its_first_rows_and_files_them_all(tmp_path, monkeypatch):
    """With bounds that a small book reaches: more than 20 rows are too many, ten are kept."""
    for bound, value in (("MOST", 20), ("KEPT", 10), ("PART", 5)):
        assert getattr(table_layout, bound) == {"MOST": 1000, "KEPT": 100, "PART": 50}[bound]
        monkeypatch.setattr(table_layout, bound, value)
    rows = [[f"row-{n}", f"Text {n}."] for n in range(100, 121)]

    def built(some):
        text = table(["Key", "Text"], some, "Rows", "t-1", "anchored home explorer")
        out = build(tmp_path, f"# Rows\n\n{text}")
        return out, BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")

    out, shown = built(rows)
    assert [row["id"] for row in shown.select("#t-1 tbody tr")] == [key for key, _ in rows[:10]]
    assert "first 10 of 21 rows" in shown.select_one("noscript").get_text()
    filed = []
    for part in sorted(out.glob("_tables/t-1/rows-*.js"), key=lambda path: int(path.stem[5:])):
        handed = re.search(r", (\".*\")\);", part.read_text(encoding="utf-8"), re.DOTALL)
        html = BeautifulSoup(json.loads(json.loads(handed[1])), "html.parser")
        filed.append([row["id"] for row in html.select("tr")])
    assert [len(of) for of in filed] == [5, 5, 5, 5, 1]
    assert [key for of in filed for key in of] == [key for key, _ in rows]
    _, whole = built(rows[:20])
    assert len(whole.select("#t-1 tbody tr")) == 20 and not whole.select("noscript")
    # The first digit, too, that all have in common is one of the number.
    assert [key.get_text() for key in whole.select("#t-1 tbody th")][:2] == ["100", "101"]


@pytest.mark.browser
def test_rows_in_a_browser(folder, opened):
    """One page for many questions: no row prints over another, roles only where needed."""
    with served(folder) as address:
        page, watch = opened(address, permissions=["clipboard-read", "clipboard-write"])
        for width in (1440, 1024, 700, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert overhang(page) <= 0 and findings(page) == []
            laid_out = page.evaluate(
                "[...document.querySelectorAll('table')].map(t =>"
                " [t.tBodies[0].getAttribute('role'), getComputedStyle(t.rows[1]).display])"
            )
            assert all((role == "rowgroup") == (how != "table-row") for role, how in laid_out)
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css);"
            " document.adoptedStyleSheets = [s]; }",
            SPACING,
        )
        for width in (1440, 1024, 700):
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate(
                """[...document.querySelectorAll('#table-rows tbody tr')].filter(row => {
                     const end = row.getBoundingClientRect().bottom + 1;
                     return [...row.querySelectorAll('*')].some(e =>
                       e.checkVisibility() && e.getBoundingClientRect().bottom > end); }).length"""
            )
            assert over == 0, width
        assert page.locator(".frame[tabindex]").count() == 0
        page.goto(address + "#claim-high-tide-02")
        page.get_by_text("A note").wait_for()
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV of Table 1").click()
        lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
        assert lines[0] == '"Row","Source","What is said","Certainty","Where","Note"'
        assert lines[1].startswith(
            '"claim-high-tide-01","High Tide","It is low.","2 Weak","line 1"'
        )
        # The link to a row leads to its home, copied by a browser of any age; print opens all.
        page.goto(f"{address}away.html")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.get_by_text("Claim ebb").wait_for()
        links = page.locator(".report a")
        links.first.wait_for()
        form = "https://example.org/people/book/issues/new?title=Error%20in%20"
        assert links.evaluate_all("links => links.map(link => link.href)") == [
            f"{address}index.html#claim-ebb-01",
            f"{form}claim-ebb-01",
        ]
        refuse = """navigator.clipboard.writeText("").then(() => {
                      document.getElementById("said").textContent = "";
                      navigator.clipboard.writeText = () => Promise.reject(); })"""
        for way in ("true", refuse):
            page.evaluate(way)
            page.locator("tbody tr").hover()
            page.get_by_role("button", name="Copy the link to claim-ebb-01").click()
            page.get_by_text("Link to claim-ebb-01 copied").wait_for(state="attached")
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied == f"{address}index.html#claim-ebb-01"
        assert not watch.complaints


@pytest.mark.browser
def test_on_a_phone_a_long_table_begins_with_its_first_rows(tmp_path, opened):
    rows = {
        n: [[f"{key}-{n:02d}", f"Word {n}"] for n in range(n)] for key, n in (("a", 12), ("b", 13))
    }
    text = "\n\n".join(
        table(["Row", "Said"], of, "Rows", f"table-{n}", "anchored home") for n, of in rows.items()
    )
    with served(build(tmp_path, f"# Rows\n\n[On](#b-10)\n\n{text}")) as address:
        page, watch = opened(address, 360)
        seen = "id => [...document.querySelectorAll(`#${id} tbody tr`)].filter(r => r.checkVisibility()).length"
        assert [page.evaluate(seen, f"table-{n}") for n in rows] == [12, 6]
        assert findings(page) == []
        button = page.get_by_role("button", name="Show all 13 rows")
        page.set_viewport_size({"width": 1440, "height": 800})
        assert page.evaluate(seen, "table-13") == 13 and not button.is_visible()
        page.set_viewport_size({"width": 360, "height": 800})
        page.emulate_media(media="print")
        assert page.evaluate(seen, "table-13") == 13 and not button.is_visible()
        page.emulate_media(media="screen")
        button.click()
        assert page.evaluate(seen, "table-13") == 13 and button.count() == 0
        assert page.evaluate("document.activeElement.closest('tr').id") == "b-06"
        page.reload()
        page.get_by_role("link", name="On", exact=True).click()
        in_sight = """key => { const at = document.getElementById(key).getBoundingClientRect();
                       return at.top > 0 && at.bottom < innerHeight; }"""
        page.wait_for_function(in_sight, arg="b-10")
        page, _ = opened(address + "#b-12", 360)
        assert page.evaluate(seen, "table-13") == 13
        page.wait_for_function(in_sight, arg="b-12")
        page, _ = opened(address, 360, java_script_enabled=False)
        assert page.locator("#table-13 tbody tr:visible").count() == 13
        assert not watch.complaints


FOCUS = "document.activeElement.closest('tr')?.id + ' ' + document.activeElement.textContent"


@pytest.mark.browser
def test_a_table_is_one_stop_and_the_arrow_keys_lead_through_it(folder, opened):
    page, watch = opened((folder / "index.html").as_uri())
    assert page.locator("#table-rows").get_by_role("link").count() > 3
    stops = "[...document.querySelectorAll('table a, table button, summary')].filter(e => e.tabIndex >= 0)"
    assert page.evaluate(f"{stops}.map(e => e.closest('table').id)").count("table-rows") == 1
    page.get_by_role("heading").get_by_role("link").focus()
    hint = page.locator(".hint")
    assert not hint.is_visible()
    page.keyboard.press("Tab")
    assert hint.is_visible() and "Arrow keys" in page.locator("#said").inner_text()
    walk = (
        ("ArrowUp", "undefined ¶"),  # the caption's link
        ("ArrowRight", "undefined CSV"),
        ("ArrowDown", "claim-high-tide-01 Details"),
        ("ArrowLeft", "claim-high-tide-01 01"),
        ("ArrowLeft", "claim-high-tide-01 01"),
        ("End", "claim-ebb-01 01"),
        ("ArrowDown", "claim-ebb-01 01"),
        ("ArrowUp", "claim-high-tide-02 02"),
        ("ArrowRight", "claim-high-tide-02 Details"),
        ("Enter", "claim-high-tide-02 Details"),
        ("ArrowRight", "claim-high-tide-02 Link to this row"),
    )
    for key, focus in walk:
        page.keyboard.press(key)
        page.wait_for_timeout(20)  # what Enter opens tells it a moment later
        assert page.evaluate(FOCUS) == focus, key
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table').id") != "table-rows"
    page.keyboard.press("Shift+Tab")  # back to where it was left
    assert page.evaluate(FOCUS) == walk[-1][1]
    page.locator("#claim-high-tide-02 summary").click()  # what has the stop is hidden
    page.wait_for_timeout(20)
    assert page.evaluate(f"{stops}.map(e => e.closest('table').id)").count("table-rows") == 1
    assert not hint.is_visible() and not watch.complaints


@pytest.mark.browser
def test_without_scripts_every_row_is_a_stop(folder, opened):
    page, _ = opened((folder / "index.html").as_uri(), java_script_enabled=False)
    assert page.locator("table [tabindex='-1']").count() == 0


@pytest.mark.browser
def test_links_are_large_enough_for_a_finger(folder, opened):
    with served(folder) as address:
        page, _ = opened(address, 360, has_touch=True, is_mobile=True)
        assert page.evaluate("matchMedia('(pointer: coarse)').matches")
        small = page.evaluate(
            """[...document.querySelectorAll('td a, th a, summary, button')].filter(e => {
                 const box = e.getBoundingClientRect();
                 const isSeen = e.checkVisibility({visibilityProperty: true});
                 return isSeen && (box.width < 24 || box.height < 24);
               }).map(e => e.outerHTML)"""
        )
        assert small == [] and findings(page) == []
