"""The built book in a real browser: weights, access, widths, keyboard, anchors, dark, print."""

import re

import pandas as pd
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser import Watch, chromium, served  # noqa: F401 (a fixture)
from test_pages import HOSTILE, HTML, NAMES, build

from evidence.tables import Link, Table

pytestmark = [pytest.mark.book, pytest.mark.browser]
TEXT_PAGE, EXPLORER_PAGE, REQUESTS = 120_000, 300_000, 12
# All rules, best practices included, and the size of targets, which axe leaves out by default.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
WIDTHS = (1440, 1024, 768, 720, 641, 640, 360, 320)  # 720: 1440 at 200 %
ROWS = 300


@pytest.fixture(scope="session")
def site():
    """Address of the built book."""
    if not (HTML / "index.html").exists():
        pytest.fail("the book is not built: run make book", pytrace=False)
    with served(HTML) as address:
        yield address


@pytest.fixture(scope="session")
def explorer(tmp_path_factory):
    """Address of a page with an explorer of many rows."""
    sources = ["Anna's page", "Böll & Söhne", "Clinic"]
    frame = pd.DataFrame(
        {
            "Row": [Link(f"claim-{n:03}", f"claim-{n:03}") for n in range(ROWS)],
            "Kind": ["claim" if n % 3 else "figure" for n in range(ROWS)],
            "Source": [sources[n // 3 % 3] for n in range(ROWS)],
            "Topic": [f"topic {n % 7}" for n in range(ROWS)],
            "Level": [f"{n % 6 + 1} level" for n in range(ROWS)],
            "What it says": [f"Statement {n} says that évidence is scarce." for n in range(ROWS)],
            "In its words": [f"“words {n} <b>”" for n in range(ROWS)],
            "Where": [f"line {n}, body" for n in range(ROWS)],
        }
    )
    table = Table(frame, "All rows", "table-rows", ("anchored", "home", "explorer"))
    folder = build(tmp_path_factory.mktemp("explorer"), f"# Explorer\n\n{table.to_markdown()}")
    with served(folder) as address:
        yield address


@pytest.fixture
def opened(chromium):  # noqa: F811
    """Open an address at a width and with options of a context; give the page and its watch."""
    contexts = []

    def open_page(address, width=1440, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        watch = Watch(page)
        page.goto(address)
        return page, watch

    yield open_page
    for context in contexts:
        context.close()


def findings(page, options=RULES):
    """What axe finds on a page, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    return [f"{v['id']}: {n['html'][:120]}" for v in found for n in v["nodes"]]


def all_findings(page):
    """What axe finds on a page, wide and light, narrow and dark.

    Two rows of each table stand for those that are alike: the colours of thousands of cells
    take axe half a minute. What can differ from row to row is in the tests of the built files.
    """
    page.evaluate(
        "document.querySelectorAll('tbody tr:nth-child(n + 3)').forEach(row => row.remove())"
    )
    found = []
    for width, theme in ((1440, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.locator(f"html[data-theme={theme}]").wait_for()
        found += [f"{width} {theme}: {finding}" for finding in findings(page)]
    return found


def overhang(page):
    """Pixels by which a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def shifts(page):
    """How far things moved on a page since it was opened, half a second of waiting included."""
    return page.evaluate(
        """new Promise(done => { let sum = 0; setTimeout(() => done(sum), 500);
             new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value })
               .observe({type: 'layout-shift', buffered: true}); })"""
    )


def wrong_in_dark(page):
    """Parts of charts that keep a light theme's colour in the dark, and the number of all parts."""
    parts = page.evaluate(
        """[...document.querySelectorAll('svg.chart [fill], svg.chart [stroke]')].map(e => {
             const s = getComputedStyle(e); return [e.tagName, s.fill, s.stroke]; })"""
    )
    texts = ("rgb(229, 227, 222)", "rgb(166, 173, 182)")
    wrong = [p for p in parts if p[2] in ("rgb(255, 255, 255)", "rgb(0, 0, 0)")]
    wrong += [p for p in parts if p[0] == "text" and p[1] not in texts]
    return wrong, len(parts)


@pytest.mark.parametrize("name", [*NAMES, "search.html?q=mice+pain", "explorer"])
def test_page(name, site, explorer, opened):
    """A page opened once: light, private, still; at all widths, in both themes, for everyone."""
    if name == "explorer":
        site, name = explorer, "index.html?source=Clinic&words=299"  # a single row
    page, watch = opened(site + name, 360)
    assert shifts(page) < 0.001
    most = EXPLORER_PAGE if page.query_selector("table.explorer, #search-results") else TEXT_PAGE
    assert watch.weight() <= most
    assert len(watch.requests) <= REQUESTS
    assert all(url.startswith(site) for url in watch.requests)
    assert not page.context.cookies()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert overhang(page) <= 0, width
    assert all_findings(page) == []
    wrong, parts = wrong_in_dark(page)
    assert not wrong
    assert parts or not page.query_selector("svg.chart")
    assert not watch.complaints


@pytest.mark.parametrize("name", NAMES)
def test_from_a_file(name, opened):
    page, watch = opened((HTML / name).as_uri())
    assert all(url.startswith("file:") for url in watch.requests)
    assert not watch.complaints
    assert page.evaluate("document.documentElement.dataset.theme") == "light"  # the script ran
    assert page.evaluate("getComputedStyle(document.querySelector('.tools')).display") == "flex"


def test_access_with_all_rows(site, opened):
    page, _ = opened(site + next(n for n in NAMES if "source-" in n))
    assert findings(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_without_scripts(name, site, opened):
    page, _ = opened(site + name, 360, java_script_enabled=False, color_scheme="dark")
    page.get_by_role("button", name="Contents").click()
    assert page.get_by_role("link", name="In brief").is_visible()
    assert (
        page.locator("body").evaluate("e => getComputedStyle(e.parentElement).colorScheme")
        == "dark"
    )


def test_theme_is_remembered(site, opened):
    page, _ = opened(site)
    button = page.get_by_role("button", name="Colours")
    button.click()
    button.click()
    assert button.inner_text().strip() == "Colours: dark"
    page.goto(site + NAMES[1])
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_opened_code_fits(site, opened):
    page, _ = opened(site, 360)
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    assert overhang(page) <= 0
    assert findings(page) == []


def test_keyboard_alone(site, opened):
    page, _ = opened(site + NAMES[1])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(site + NAMES[1])
    reachable = page.evaluate(
        """[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
             .filter(e => e.checkVisibility({visibilityProperty: true})).length"""
    )
    page.evaluate(
        """{ window.seen = new Map(); addEventListener('focusin', ({target}) =>
             seen.set(target, getComputedStyle(target).outlineStyle)); }"""
    )
    for _ in range(reachable):
        page.keyboard.press("Tab")
    outlines = page.evaluate("[...seen.values()]")
    assert len(outlines) == reachable and "none" not in outlines


def test_contents_on_a_phone(site, opened):
    page, _ = opened(site + NAMES[-1], 360)
    button = page.get_by_role("button", name="Contents")
    button.focus()
    page.keyboard.press("Enter")
    menu = page.locator("#contents")
    assert menu.is_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    for _ in range(menu.locator("a, button").count()):
        page.keyboard.press("Tab")
        assert menu.evaluate("e => e.contains(document.activeElement)")
    page.keyboard.press("Tab")  # past the last link: nothing below an open drawer has the focus
    assert not menu.is_visible()
    assert page.evaluate("document.activeElement.className") == "book"
    button.click()
    menu.get_by_role("link", name="In brief").click()
    page.wait_for_url(site + "index.html")


def test_search_finds(site, opened):
    page, watch = opened(site)
    box = page.get_by_role("searchbox")
    assert box.count() == 1
    box.fill("claims")
    box.press("Enter")
    page.get_by_text(re.compile(r"^\d+ pages found for “claims”$")).wait_for()
    found = page.locator("#search-results > li")
    assert 1 < found.count() <= len(NAMES)
    assert all(len(text) > 40 for text in found.locator("p").all_inner_texts())
    section = found.locator("ul a").first
    assert "claims" in section.inner_text().lower()
    section.click()
    page.wait_for_url(re.compile("#"))
    assert page.locator(":target").is_visible()
    assert not watch.complaints
    assert page.evaluate("Object.keys(localStorage)") == []


def test_search_from_a_file_and_for_nothing(opened):
    page, watch = opened((HTML / "search.html").as_uri() + "?q=antibodies+mice")
    page.get_by_text("found for “antibodies mice”").wait_for()
    assert page.locator("#search-results > li").count() > 1
    assert len(watch.requests) <= REQUESTS and not watch.complaints
    page.goto((HTML / "search.html").as_uri() + "?q=%3Cimg+src%3Dx%3E+qqq")
    page.get_by_text("No pages found for “<img src=x> qqq”").wait_for()
    assert page.locator("#search-results > li").count() == 0


def test_search_without_scripts_lists_all_pages(site, opened):
    page, _ = opened(site + "search.html?q=mice", java_script_enabled=False)
    assert page.locator("#search-results > li a:visible").count() == len(NAMES)


def test_rows_have_links_to_copy(site, opened):
    name = next(n for n in NAMES if "source-" in n)
    page, _ = opened(site + name, permissions=["clipboard-read", "clipboard-write"])
    row = page.locator("tbody tr[id]").nth(3)
    anchor = row.get_attribute("id")
    assert row.locator("th a").get_attribute("href") == f"#{anchor}"
    row.get_by_role("button", name=f"Copy the link to {anchor}").click()
    page.get_by_text("copied").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{site}{name}#{anchor}"
    plain = row.locator("td").first.evaluate("e => getComputedStyle(e).backgroundColor")
    page.mouse.move(0, 0)
    page.goto(address)
    marked = row.locator("td").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert marked != plain
    assert row.evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_print(site, opened):
    page, _ = opened(site + NAMES[1], 720, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for gone in ("header.top", "#contents", ".steps", "details.code", ".copy"):
        for element in page.query_selector_all(gone):
            assert not element.is_visible(), gone
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert overhang(page) <= 0
    assert page.pdf(format="A4").startswith(b"%PDF")


def shown(page):
    """Number of rows that the explorer shows."""
    return page.locator("table.explorer tbody tr[id]").count()


def test_explorer_filters_and_keeps_the_address(explorer, opened):
    page, watch = opened(explorer + "index.html")
    labels = page.locator("form.filters label").evaluate_all("l => l.map(e => e.firstChild.data)")
    assert labels == ["Words in a row", "Kind", "Source", "Topic", "Level"]
    assert page.locator("output").inner_text() == f"All {ROWS} rows"
    page.get_by_label("Source").select_option("Böll & Söhne")
    page.get_by_label("Level").select_option("2 level")
    page.get_by_label("Words in a row").fill("EVIDENCE  1")
    kept = shown(page)
    assert 0 < kept < 60
    assert page.locator("output").inner_text() == f"{kept} of {ROWS} rows"
    address = page.url
    other, _ = opened(address, 360)
    assert shown(other) == kept
    assert other.get_by_label("Source").input_value() == "Böll & Söhne"
    assert overhang(other) <= 0 and findings(other) == []
    page.get_by_role("button", name="Clear").click()
    page.get_by_text(f"All {ROWS} rows").wait_for()
    assert page.url == explorer + "index.html"
    page.get_by_label("Words in a row").fill("<b> no such words")
    assert shown(page) == 0 and page.locator("output").inner_text() == "No row has all of this"
    page.goto(explorer + "index.html?kind=figure#claim-001")
    assert page.locator("#claim-001:target").is_visible()
    assert page.locator("#claim-001").evaluate("e => e.getBoundingClientRect().top < innerHeight")
    assert page.url == explorer + "index.html#claim-001" and shown(page) == ROWS
    page.goto(explorer + "index.html?source=gone&level=%3Cscript%3E")
    assert shown(page) == ROWS
    assert not watch.complaints


def test_explorer_by_keyboard(explorer, opened):
    page, _ = opened(explorer + "index.html")
    page.get_by_label("Words in a row").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.keyboard.press("f")
    assert shown(page) == ROWS / 3
    head = page.get_by_role("columnheader", name="Where")
    head.get_by_role("button").focus()
    for key, state, first in (
        ("Enter", "ascending", "line 0, body"),
        ("Space", "descending", f"line {ROWS - 3}, body"),
    ):
        page.keyboard.press(key)
        page.locator(f"th[aria-sort={state}]").wait_for()
        assert head.get_attribute("aria-sort") == state
        assert page.locator("table.explorer tbody tr td:last-child").first.inner_text() == first
    assert all_findings(page) == []


def test_explorer_groups_choices_by_kind(explorer, opened):
    page, _ = opened(explorer + "index.html")
    level, source = page.get_by_label("Level"), page.get_by_label("Source")
    groups = level.locator("optgroup").evaluate_all("g => g.map(e => [e.label, e.children.length])")
    assert groups == [["claim", 4], ["figure", 2]]
    assert source.locator("> option").all_inner_texts()[:2] == [
        "any",
        "Anna's page (102)",
    ]


def test_explorer_downloads_what_it_shows(explorer, opened):
    page, _ = opened(explorer + "index.html?topic=topic+2")
    page.get_by_role("button", name="Where").click()
    page.locator("th[aria-sort]").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of").click()
    frame = pd.read_csv(download.value.path(), encoding="utf-8-sig")
    assert frame["Row"].tolist() == [f"claim-{n:03}" for n in range(2, ROWS, 7)]
    assert list(frame.columns)[:2] == ["Row", "Kind"]


def test_explorer_without_scripts(explorer, opened):
    page, _ = opened(explorer + "index.html", java_script_enabled=False)
    assert page.locator("table.explorer tbody tr:visible").count() == ROWS
    assert page.locator("form.filters").count() == 0


def test_a_table_downloads_as_csv(site, opened):
    page, _ = opened(f"{site}chapters/figures.html")
    table = page.locator("table.evidence").first
    with page.expect_download() as download:
        table.get_by_role("button", name=re.compile("^CSV of")).click()
    frame = pd.read_csv(download.value.path(), encoding="utf-8-sig")
    assert len(frame) == table.locator("tbody tr").count()
    assert list(frame.columns)[:2] == ["Row", "Source"]
    assert frame["Row"].str.startswith("figure-").all()


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
        cells = page.locator("table.explorer td:last-child").all_inner_texts()
        assert [cell.strip() for cell in cells] == frame["Text"].tolist()
        assert overhang(page) <= 0
        assert findings(page) == []
    assert page.locator("article :is(script, img, iframe, svg:not(.icon))").count() == 0
    assert not watch.complaints


def test_hostile_cells_are_filtered_as_text(hostile, opened):
    address, frame = hostile
    page, watch = opened(address)
    for kind, rows in frame.groupby("Kind"):
        page.get_by_label("Kind").select_option(kind)
        assert page.locator("output").inner_text() == f"{len(rows)} of {len(frame)} rows"
    page.get_by_role("button", name="Clear").click()
    page.get_by_text(f"All {len(frame)} rows").wait_for()
    page.get_by_label("Words in a row").fill("<img onerror=alert(1)>")
    assert page.locator("table.explorer tbody tr").count() >= 3
    page.get_by_role("button", name="Text").click()
    page.locator("th[aria-sort]").wait_for()
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
