"""A real browser for the tests, what a page asked for in it, and what axe finds there."""

import gzip
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, sync_playwright

from _ext.pdf import browser_path

HOW = (
    "no Chromium found: install your system's (Debian: apt-get install chromium-headless-shell), "
    "run `playwright install chromium`, or set CHROMIUM to its path"
)
# All rules, and the size of targets, which axe leaves out by default. What it would load before it
# looks serves one rule, about turned screens.
RULES = {
    "resultTypes": ["violations"],
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
# As a phone: axe without touch misses what `@media (hover: none)` changes.
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="session")
def playwright():
    """What drives the browsers of a worker."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright):
    """One browser for all tests of a worker; without one, fail in CI and skip elsewhere."""
    try:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
    except Error as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{HOW}\n{error}")
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright):
    """Another browser: Playwright's own Firefox, or the system's (FIREFOX) where the two agree."""
    path = os.environ.get("FIREFOX")
    try:
        browser = playwright.firefox.launch(
            executable_path=path, channel="moz-firefox" if path else None
        )
        browser.new_context().close()
    except Error as error:
        pytest.skip(f"no Firefox that Playwright can drive: playwright install firefox\n{error}")
    yield browser
    browser.close()


@pytest.fixture
def opened(chromium):
    """Open a file of a folder, from the folder itself; give the page and what it asked for."""
    contexts = []

    def open_page(folder, name, browser=chromium, **options):
        context = browser.new_context(**{**DESKTOP, **options})
        contexts.append(context)
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: pytest.fail(f"{name}: {error}"))
        page.goto(f"{Path(folder).resolve().as_uri()}/{name}")
        return page, asked

    yield open_page
    for context in contexts:
        context.close()


def weight(asked):
    """Bytes of files, each compressed as a web server would."""
    paths = [Path(unquote(urlsplit(address).path)) for address in asked]
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def unfold(page):
    """Open all folds of a page."""
    page.evaluate(
        """document.querySelectorAll('details').forEach(fold => { fold.open = true })
           document.querySelectorAll('.fold input').forEach(box => { box.checked = true })"""
    )


def findings(page, only=()):
    """What axe finds by all rules or only some, a line each; of each table, in a dozen rows."""
    page.evaluate("document.querySelectorAll('tr:nth-child(n + 13)').forEach(row => row.remove())")
    page.evaluate(AXE_SCRIPT)
    rules = {**RULES, "runOnly": list(only)} if only else RULES
    found = page.evaluate("rules => axe.run(rules).then(all => all.violations)", rules)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def overhang(page):
    """How many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
