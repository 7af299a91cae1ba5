"""The pages that readers print, as one PDF: ``python _ext/pdf.py _build/html`` (``make pdf``).

The articles of the built pages are joined into one document, which Chromium prints: the text, the
wide drawings and the rows shown at first. Links between these pages stay inside; others lead to the
published book (``BOOK_URL``) or become text.
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
CHAPTERS = (
    "from-mouse-to-headline since treatments prevalence source-me-association "
    "source-fibromyalgia-resources source-fibrohell source-verywell-health source-treating-pain "
    "glossary"
)
PAGES = ["index", *(f"chapters/{name}" for name in CHAPTERS.split())]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
# Fonts that matplotlib brings: lines and sheets break alike on every machine.
FACES = {
    "": "",
    "Bol": "font-weight: bold",
    "Italic": "font-style: italic",
    "BolIta": "font-weight: bold; font-style: italic",
}
BOOK = os.environ.get("BOOK_URL", "").rstrip("/")
FOOT = """<p style="width: 100%; margin: 0 17mm; font: 7.5pt sans-serif; color: #5a6069; display: flex;
  justify-content: space-between"><span class="title"></span><span class="pageNumber"></span></p>"""


def browser_path():
    """Return where the system's Chromium is, or None: playwright then takes its own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def article(folder, page):
    """Return the heading of a page and its article, with ids of its own and links that fit."""
    text = re.search(r"<article.*?</article>", (folder / f"{page}.html").read_text("utf-8"), re.S)[
        0
    ]
    part = Path(page).name
    text = re.sub(r'(\s(?:id|for|aria-\w+by)="|url\(#)', rf"\g<1>{part}--", text)
    rows = r'<label class="fold">.*?Show all (\d+) rows</label>'
    text = re.sub(rows, r'<p class="rest">The first of \1 rows. The book has them all.</p>', text)

    def lead(match):
        path, _, anchor = match[1].partition("#")
        if ":" in path:
            return match[0]
        target = normpath(f"{dirname(page)}/{path}").lstrip("/") if path else f"{page}.html"
        name = target.removesuffix(".html")
        if name in PAGES:
            return f' href="#{Path(name).name}{"--" * bool(anchor)}{anchor}"'
        return f' href="{BOOK}/{target}{"#" * bool(anchor)}{anchor}"' if BOOK else ""

    text = re.sub(r' (?:xlink:)?href="([^"]*)"', lead, text)
    heading = re.search(r"<h1>(.*?)<a", text)[1]
    return heading, f'<div class="part" id="{part}">{text}</div>'


def face(name):
    """Return the rule that brings one of the fonts."""
    path = Path(matplotlib.get_data_path(), f"fonts/ttf/STIXGeneral{name}.ttf")
    font = base64.b64encode(path.read_bytes()).decode()
    source = f"src: url(data:font/ttf;base64,{font})"
    return f"@font-face {{ font-family: STIX; {FACES[name]}; {source} }}\n"


def document(folder, sheets):
    """Return the document that is printed; its contents name the sheet on which a part begins."""
    style = "".join(map(face, FACES))
    for path in (folder / "_static/book.css", Path(__file__).with_name("pdf.css")):
        style += path.read_text("utf-8")
    (title, first), *others = (article(folder, page) for page in PAGES)
    parts = [Path(page).name for page in PAGES[1:]]
    lines = "".join(
        f'<li><a href="#{part}">{heading}</a> <span>{sheets.get(part, "")}</span></li>'
        for part, (heading, _) in zip(parts, others, strict=True)
    )
    where = f'The whole book, with every row: <a href="{BOOK}/">{BOOK}</a>' if BOOK else ""
    contents = f'<nav class="contents"><ol>{lines}</ol><p>{where}</p></nav>'
    first = first.replace("</h1>", f"</h1>{contents}", 1)
    body = "".join([first, *(text for _, text in others)])
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style}</style><body>{body}</body></html>"
    )


def sheets_of(pdf):
    """Return the number of the sheet on which each part begins."""
    order = re.findall(rb"(\d+) 0 obj\n<</Type /Page\b", pdf)
    found = re.findall(rb"/([\w-]+) \[(\d+) 0 R /XYZ", pdf)
    return {name.decode(): order.index(page) + 1 for name, page in found}


def write(folder):
    """Print the document into the folder of the book, twice: the contents need their numbers."""
    path = folder / NAME
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        page = browser.new_page()
        for is_again in (False, True):
            page.set_content(document(folder, sheets_of(path.read_bytes()) if is_again else {}))
            page.pdf(
                path=path, prefer_css_page_size=True, print_background=True, tagged=True,
                outline=True, display_header_footer=True, header_template="<p></p>",
                footer_template=FOOT,
            )  # fmt: skip
        browser.close()
    return path


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
