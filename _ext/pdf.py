"""The pages that readers print, as one PDF: ``python _ext/pdf.py _build/html`` (``make pdf``).

The articles of the built pages are joined into one document, which Chromium prints in the style of
``pdf.css``. Links between these pages stay inside; others lead to the published book (``BOOK_URL``)
or become text.
"""

import base64
import os
import re
import shutil
import sys
from pathlib import Path
from posixpath import dirname, normpath

import matplotlib
from playwright.sync_api import sync_playwright

NAME = "fibromyalgia-autoimmunity-articles.pdf"
FIVE = "me-association fibromyalgia-resources fibrohell verywell-health treating-pain"
CHAPTERS = ["from-mouse-to-headline", "since", "treatments", "prevalence"]
CHAPTERS += [f"source-{name}" for name in FIVE.split()]
PAGES = ["index", *(f"chapters/{name}" for name in [*CHAPTERS, "glossary"])]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
FONTS = Path(matplotlib.get_data_path(), "fonts/ttf")
BOOK = os.environ.get("BOOK_URL", "").rstrip("/")
FOOT = """<p style="width: 100%; margin: 0 17mm; font: 7.5pt sans-serif; color: #5a6069">
  <span class="title"></span> <span class="pageNumber" style="float: right"></span></p>"""
MEND_LINKS = """document.querySelectorAll('a[href^="#"]').forEach(link => {
  if (document.getElementById(link.getAttribute('href').slice(1))?.checkVisibility()) return
  link.dataset.book ? link.setAttribute('href', link.dataset.book) : link.removeAttribute('href')
})"""


def browser_path():
    """Return where the system's Chromium is, or None: playwright then takes its own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def article(folder, page):
    """Return the article of a page, with ids of its own and links that fit the document."""
    html, part = (folder / f"{page}.html").read_text("utf-8"), Path(page).name
    text = re.search(r"<article.*?</article>", html, re.DOTALL)[0]
    text = re.sub(r'(\s(?:id|for|aria-\w+by)="|url\(#)', rf"\g<1>{part}--", text)
    rows = r'<label class="fold">.*?Show all (\d+) rows</label>'
    text = re.sub(rows, r'<p class="rest">The first of \1 rows. The book has them all.</p>', text)

    def lead(match):
        path, hash, anchor = match[1].partition("#")
        if ":" in path:
            return match[0]
        target = normpath(f"{dirname(page)}/{path}").lstrip("/") if path else f"{page}.html"
        name, book = target.removesuffix(".html"), f"{BOOK}/{target}{hash}{anchor}" if BOOK else ""
        if name in PAGES:
            return f' href="#{Path(name).name}{"--" if hash else ""}{anchor}" data-book="{book}"'
        return f' href="{book}"' if BOOK else ""

    text = re.sub(r' (?:xlink:)?href="([^"]*)"', lead, text)
    return f'<div class="part" id="{part}">{text}</div>'


def document(folder, sheets):
    """Return the document; its contents name the sheet on which each part begins."""
    styles = folder / "_static/book.css", Path(__file__).with_suffix(".css")
    style = "".join(path.read_text("utf-8") for path in styles)
    for name in re.findall(r"[\w-]+\.ttf", style):
        font = base64.b64encode(Path(FONTS, name).read_bytes()).decode()
        style = style.replace(name, f"data:font/ttf;base64,{font}")
    parts = {Path(page).name: article(folder, page) for page in PAGES}
    titles = {name: re.search(r"<h1>(.*?)<a", text)[1] for name, text in parts.items()}
    contents = "".join(
        f'<li><a href="#{name}">{title}</a> <span>{sheets.get(name, "")}</span></li>'
        for name, title in titles.items() if name != "index"
    )  # fmt: skip
    contents = f'<nav class="contents"><ol>{contents}</ol><p>{BOOK}</p></nav>'
    body = "".join(parts.values()).replace("</h1>", f"</h1>{contents}", 1)
    head = f'<meta charset="utf-8"><title>{titles["index"]}</title><style>{style}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def sheets_of(pdf):
    """Return the number of the sheet on which each target of a link lies."""
    order = re.findall(rb"(\d+) 0 obj\n<</Type /Page\b", pdf)
    targets = re.findall(rb"/([\w-]+) \[(\d+) 0 R /XYZ", pdf)
    return {name.decode(): order.index(page) + 1 for name, page in targets}


def write(folder):
    """Print the document (twice: its contents need the numbers) and link it on the first page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        page, pdf = browser.new_page(), b""
        for _ in range(2):
            page.set_content(document(folder, sheets_of(pdf)))
            page.evaluate(MEND_LINKS)
            pdf = page.pdf(
                prefer_css_page_size=True, print_background=True, tagged=True, outline=True,
                display_header_footer=True, header_template="<p></p>", footer_template=FOOT,
            )  # fmt: skip
        browser.close()
    (folder / NAME).write_bytes(pdf)
    first, begin = folder / "index.html", '<p class="page-links">'
    link = f'{begin}<a href="{NAME}">Read it on paper (PDF)</a>\n'
    first.write_text(first.read_text("utf-8").replace(f"{begin}\n", link, 1), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
