"""The PDF for readers: short, whole, and large enough to read."""

import re
from pathlib import Path

import pytest

from _ext.pdf import NAME, PAGES, document, sheets_of

HTML = Path(__file__).parents[1] / "_build/html"
SHEETS, POINTS = 24, 7.5
WIDTH = {"width": 665, "height": 1000}  # of the text on a sheet, in CSS pixels
SMALL = """least => [...document.querySelectorAll('.part *')].filter(e => e.checkVisibility())
  .filter(e => [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(e => parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM?.().a ?? 1) < least - 0.01)
  .map(e => e.textContent)"""
pytestmark = [
    pytest.mark.book,
    pytest.mark.skipif(not (HTML / NAME).is_file(), reason="there is no PDF: run make pdf"),
]


@pytest.fixture(scope="module")
def pdf():
    return (HTML / NAME).read_bytes()


def test_it_is_short_and_tagged(pdf):
    assert 0 < len(re.findall(rb"/Type /Page\b", pdf)) <= SHEETS
    assert b"/MarkInfo" in pdf
    assert b"/Lang (en)" in pdf


def test_its_outline_has_all_pages_and_its_contents_their_sheets(pdf):
    outline = re.findall(rb"/Title \(([^\n]*)\)\n/Dest", pdf)
    titles = re.findall(r"<h1>(.*?)<a", document(HTML, {}))
    plain = [title.replace("&gt;", ">").encode() for title in titles if title.isascii()]
    assert len(titles) == len(PAGES)
    assert [title for title in plain if title not in outline] == []
    sheets = [sheets_of(pdf)[Path(name).name] for name in PAGES[1:]]
    assert sheets == sorted(sheets)


@pytest.mark.browser
def test_it_has_the_first_page_no_code_and_no_small_print(chromium):
    page = chromium.new_page(viewport=WIDTH)
    page.set_content(document(HTML, {}))
    text = page.locator("body").inner_text()
    assert "Nobody knows yet." in text
    assert "import pandas" not in text
    assert "Show all" not in text
    assert page.evaluate(SMALL, POINTS * 96 / 72) == []
    page.close()
