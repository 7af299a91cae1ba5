"""The built book in a real browser: weights, access, widths, keyboard, anchors, dark, print."""

import re

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from evidence.charts import PALETTE
from tests.book.test_pages import HTML, NAMES
from tests.browser import (
    WIDTHS,
    few_rows,
    findings,
    overhang,
    served,
)

pytestmark = [pytest.mark.book, pytest.mark.browser]
TEXT_PAGE, EXPLORER_PAGE, REQUESTS = 120_000, 300_000, 12
STOPS = 150  # of the Tab key on a page
# What scripts and styles of a page act on.
PARTS = (r"svg[^>]*\bchart", "table", r"table[^>]*\bexplorer", "details", r"a[^>]*\bterm", "pre")
REACHED = """[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter(e => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true})).length"""


@pytest.fixture(scope="session")
def site():
    """Address of the built book."""
    if not (HTML / "index.html").exists():
        pytest.fail("the book is not built: run make book", pytrace=False)
    with served(HTML) as address:
        yield address


def shifts(page):
    """How far things moved on a page from its opening until its type is there and it rests."""
    return page.evaluate(
        """document.fonts.ready.then(() => new Promise(done => {
             let sum = 0;
             new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value })
               .observe({type: 'layout-shift', buffered: true});
             requestAnimationFrame(() => requestIdleCallback(() => done(sum))); }))"""
    )


def too_small(page):
    """What can be pressed and is smaller than a fingertip needs: 24 pixels."""
    return page.evaluate(
        """[...document.querySelectorAll('td a, th a, summary, button, .headerlink')].filter(e => {
             const box = e.getBoundingClientRect();
             const isSeen = e.checkVisibility({visibilityProperty: true});
             return isSeen && (box.width < 24 || box.height < 24);
           }).map(e => e.outerHTML)"""
    )


def _as_css(colour):
    return f"rgb({', '.join(str(round(255 * part)) for part in to_rgb(colour))})"


LIGHT = {_as_css(colour) for colour in (*PALETTE.values(), "#ffffff", "#000000")}


def wrong_in_dark(page):
    """Parts of charts that keep a light theme's colour in the dark, and the number of all parts."""
    parts = page.evaluate(
        """[...document.querySelectorAll('svg:is(.wide, .narrow) :is([fill], [stroke])')].map(e => {
             const s = getComputedStyle(e);
             return [e.getAttribute('fill') === 'none' ? '' : s.fill,
                     e.hasAttribute('stroke') ? s.stroke : '', e.tagName]; })"""
    )
    return [part for part in parts if {part[0], part[1]} & LIGHT], len(parts)


@pytest.mark.parametrize("name", [*NAMES, "search.html?q=claims+pain"])
def test_page(name, site, opened):
    """A page opened once: light, private, still; at all widths, and for everyone.

    First with all its rows, by touch and in the dark; then with a row of each kind, which stands
    for the names and colours of all, in a phone's column and in the light of a desktop.
    """
    page, watch = opened(site + name, 360, has_touch=True, color_scheme="dark")
    assert page.evaluate("matchMedia('(hover: none)').matches")
    assert shifts(page) < 0.001
    most = EXPLORER_PAGE if page.query_selector("table.explorer, #search-results") else TEXT_PAGE
    assert watch.weight() <= most
    assert len(watch.requests) <= REQUESTS
    assert all(url.startswith(site) for url in watch.requests)
    assert not page.context.cookies()
    page.evaluate("document.querySelectorAll('.all-rows').forEach(button => button.click())")
    assert too_small(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert overhang(page) <= 0, width
        if width in (min(WIDTHS), max(WIDTHS)):
            assert page.evaluate(REACHED) < STOPS, width
    page.set_viewport_size({"width": 360, "height": 900})
    few_rows(page)
    assert findings(page) == []
    wrong, parts = wrong_in_dark(page)
    assert not wrong
    assert parts or not page.query_selector("svg:is(.wide, .narrow)")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    page.locator("html[data-theme=light]").wait_for()
    assert findings(page) == []
    assert not watch.complaints


def of_each_kind():
    """A page of each kind: where scripts and styles have the same to do, pages are alike."""
    kinds = {}
    for name in filter(lambda name: (HTML / name).exists(), NAMES):
        text = (HTML / name).read_text(encoding="utf-8")
        kinds.setdefault(tuple(bool(re.search(f"<{part}", text)) for part in PARTS), name)
    return list(kinds.values()) or NAMES


@pytest.mark.parametrize("name", of_each_kind())
def test_from_a_file(name, opened):
    page, watch = opened((HTML / name).as_uri())
    assert all(url.startswith("file:") for url in watch.requests)
    assert not watch.complaints
    assert page.evaluate("document.documentElement.dataset.theme") == "light"  # the script ran
    assert page.evaluate("getComputedStyle(document.querySelector('.tools')).display") == "flex"


def test_access_with_all_rows(site, opened):
    page, _ = opened(site + next(n for n in NAMES if "source-" in n))
    assert findings(page) == []


@pytest.mark.parametrize("name", of_each_kind())
def test_without_scripts(name, site, opened):
    page, _ = opened(site + name, 360, java_script_enabled=False, color_scheme="dark")
    page.get_by_role("button", name="Contents").click()
    assert page.get_by_role("link", name="In brief").is_visible()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(21, 24, 28)"


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
    reachable = page.evaluate(REACHED)
    page.evaluate(
        """{ window.seen = new Map(); addEventListener('focusin', ({target}) =>
             seen.set(target, getComputedStyle(target).outlineStyle)); }"""
    )
    for _ in range(reachable):
        page.keyboard.press("Tab")
    outlines = page.evaluate("[...seen.values()]")
    assert len(outlines) == reachable and "none" not in outlines


def test_contents_on_a_phone(site, opened):
    page, _ = opened(site + NAMES[-1], 360, has_touch=True, is_mobile=True)
    button = page.get_by_role("button", name="Contents")
    button.focus()
    page.keyboard.press("Enter")
    menu = page.locator("#contents")
    assert menu.is_visible()
    in_sight = """() => { const at = document.querySelector('#contents [aria-current]')
                     .getBoundingClientRect(); return at.top > 0 && at.bottom < innerHeight; }"""
    page.wait_for_function(in_sight)
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
    menu.locator("a[href^='#']").first.click()  # on the same page
    assert not menu.is_visible()
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
    assert "claims" in found.locator("ul mark").first.inner_text().lower()
    found.locator("ul a[href*='#']").first.click()
    page.wait_for_url(re.compile("#"))
    assert page.locator(":target").is_visible()
    assert not watch.complaints
    assert page.evaluate("Object.keys(localStorage)") == []


def marked(page, address, query):
    """What the search marks for a query, in small letters."""
    page.goto(f"{address}search.html?q={query}")
    page.get_by_text(f"found for “{query}”").wait_for()
    return " ".join(page.locator("#search-results mark").all_inner_texts()).lower()


def test_search_shows_the_words_it_found(site, opened):
    page, _ = opened(site)
    assert "treatments" in marked(page, site, "TREATMENT")


def test_the_page_about_a_word_comes_first(site, opened):
    page, _ = opened(f"{site}search.html?q=treatments")
    page.get_by_text("found for “treatments”").wait_for()
    assert (
        page.locator("#search-results > li > a")
        .first.get_attribute("href")
        .endswith("treatments.html")
    )


def test_search_from_a_file_and_for_nothing(opened):
    page, watch = opened((HTML / "search.html").as_uri() + "?q=treatments+claims")
    page.get_by_text("found for “treatments claims”").wait_for()
    assert page.locator("#search-results > li").count() > 1
    assert len(watch.requests) <= REQUESTS and not watch.complaints
    page.goto((HTML / "search.html").as_uri() + "?q=%3Cimg+src%3Dx%3E+qqq")
    page.get_by_text("No pages found for “<img src=x> qqq”").wait_for()
    assert page.locator("#search-results > li").count() == 0


def test_search_without_scripts_lists_all_pages(site, opened):
    page, _ = opened(site + "search.html?q=claims", java_script_enabled=False)
    assert page.locator("#search-results > li a:visible").count() == len(NAMES)


def test_rows_have_links_to_copy(site, opened):
    name = next(n for n in NAMES if "source-" in n)
    page, _ = opened(site + name, permissions=["clipboard-read", "clipboard-write"])
    row = page.locator("tbody tr[id]").nth(3)
    anchor = row.get_attribute("id")
    assert row.locator("th a").get_attribute("href") == f"#{anchor}"
    row.hover()
    row.get_by_role("button", name=f"Copy the link to {anchor}").click()
    page.get_by_text("copied").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{site}{name}#{anchor}"
    plain = row.evaluate("e => getComputedStyle(e).backgroundColor")
    page.mouse.move(0, 0)
    page.goto(address)
    marked = row.evaluate("e => getComputedStyle(e).backgroundColor")
    assert marked != plain
    assert row.locator("details").get_attribute("open") is not None
    assert row.evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_the_way_on_stands_between_the_text_and_the_foot(site, opened):
    page, _ = opened(site + NAMES[1], 1280)
    ways = [way.bounding_box() for way in page.locator("main a[rel=prev], main a[rel=next]").all()]
    foot = page.locator("footer.bottom").bounding_box()["y"]
    assert len(ways) == 2
    assert all(box["width"] > 150 and box["y"] + box["height"] <= foot for box in ways)


def test_print(site, opened):
    page, _ = opened(site + NAMES[1], 720, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for gone in ("header.top", "#contents", ".onward", "details.code", ".copy"):
        for element in page.query_selector_all(gone):
            assert not element.is_visible(), gone
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert overhang(page) <= 0
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_table_downloads_as_csv(site, opened):
    page, _ = opened(f"{site}chapters/figures.html")
    table = page.locator("table.evidence").first
    with page.expect_download() as download:
        table.get_by_role("button", name=re.compile("^CSV of")).click()
    frame = pd.read_csv(download.value.path(), encoding="utf-8-sig")
    assert len(frame) == table.locator("tbody tr").count()
    assert list(frame.columns)[:2] == ["Row", "Article"]
    assert frame["Row"].str.startswith("figure-").all()
