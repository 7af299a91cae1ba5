"""A real browser for the tests, and the built book served to it."""

import functools
import gzip
import http.server
import os
import shutil
import threading
from contextlib import ExitStack, contextmanager

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, sync_playwright

# The first has no window to draw, and takes a third less of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
HOW = (
    "no Chromium found: install your system's (Debian: apt-get install chromium-headless-shell), "
    "run `playwright install chromium`, or set CHROMIUM to its path"
)
# All rules, best practices included, and the size of targets, which axe leaves out by default. What
# it would load before it looks serves one rule, about turned screens.
RULES = {
    "resultTypes": ["violations"],
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}
WIDTHS = (1440, 1024, 768, 720, 641, 640, 360, 320)  # 720: 1440 at 200 %
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def launched():
    """Launch the system's browser, or what Playwright has installed."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of a worker; without one, fail in CI and skip elsewhere."""
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(launched())
        except Error as error:
            if os.environ.get("CI"):
                pytest.fail(f"{HOW}\n{error}", pytrace=False)
            pytest.skip(HOW)
        yield browser


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def served(folder):
    """Serve a folder on this machine; give its address, which ends in a slash."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


class Watch:
    """What a page asked for and complained of.

    Attributes
    ----------
    requests : list of str
        Addresses, in order.
    complaints : list of str
        Errors and warnings of the console (violations of the policy are among them), uncaught
        errors, failed requests, dialogs.
    """

    def __init__(self, page):
        self.requests, self.complaints, self._bodies = [], [], []
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("response", lambda r: self._bodies.append(r))
        page.on("requestfailed", self._failed)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.on("dialog", self._asked)
        page.on(
            "console",
            lambda m: m.type in ("error", "warning") and self.complaints.append(m.text),
        )

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # the next page was opened meanwhile
            self.complaints.append(f"{request.failure}: {request.url}")

    def _asked(self, dialog):
        self.complaints.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def weight(self):
        """Bytes of all answers, each compressed as a web server would."""
        return sum(len(gzip.compress(answer.body(), 6)) for answer in self._bodies)


@pytest.fixture
def opened(chromium):
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
    """What axe finds on a page, a line each.

    From the page's top: the head of a long table covers rows that have scrolled beneath it.
    """
    page.evaluate("scrollTo({behavior: 'instant', top: 0})")  # a smooth one is waited for
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    return [f"{v['id']}: {n['html'][:120]}" for v in found for n in v["nodes"]]


def few_rows(page):
    """Leave the first row of each table, and those that hold something of another kind.

    Of the code the first piece of each colour. The colours of thousands of cells and pieces that
    are alike take axe half a minute.
    """
    page.evaluate(
        """() => { const seen = new Set();
             for (const row of document.querySelectorAll('tbody > tr')) {
               const kinds = [...row.querySelectorAll('*')].map(
                 e => `${e.parentElement.tagName} ${e.tagName} ${e.getAttribute('class')}`);
               if (row.rowIndex > 1 && kinds.every(kind => seen.has(kind))) row.remove();
               kinds.forEach(kind => seen.add(kind)); }
             for (const piece of document.querySelectorAll('pre span')) {
               if (seen.has(piece.className)) piece.remove();
               seen.add(piece.className); } }"""
    )


def all_findings(page):
    """What axe finds on a page of few rows, wide and light, narrow and dark."""
    few_rows(page)
    found = []
    for width, theme in ((1440, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.locator(f"html[data-theme={theme}]").wait_for()
        found += [f"{width} {theme}: {finding}" for finding in findings(page)]
    return found


def overhang(page):
    """Pixels by which a page, once drawn, is wider than its window.

    A window that was just resized is laid out before the page has seen to its tables.
    """
    return page.evaluate(
        """new Promise(done => requestAnimationFrame(() => setTimeout(
             () => done(document.documentElement.scrollWidth - innerWidth))))"""
    )
