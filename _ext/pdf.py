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

HERE = Path(__file__).parent
NAME = "fibromyalgia-autoimmunity-articles.pdf"
CHAPTERS = [
    *("from-mouse-to-headline", "since", "treatments", "prevalence"),
    *("source-me-association", "source-fibromyalgia-resources", "source-fibrohell"),
    *("source-verywell-health", "source-treating-pain", "glossary"),
]
PAGES = ["index", *(f"chapters/{name}" for name in CHAPTERS)]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
FOOT = """<div style="width: 100%; margin: 0 19mm; font: 7.5pt sans-serif; color: #5a6069;
  display: flex; justify-content: space-between"><span>Is fibromyalgia an autoimmune disease?</span>
  <span class="pageNumber"></span></div>"""


def browser_path():
    """Return the path of the system's Chromium, or None: playwright then looks for its own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def part_of(page):
    """Return the id under which a page, say ``chapters/since``, stands in the document."""
    return page.rpartition("/")[2]


def article(folder, page):
    """Return the article of a page, with ids of its own and links as the document needs them."""
    text = Path(folder, f"{page}.html").read_text("utf-8")
    text = re.search(r"<article.*?</article>", text, re.DOTALL)[0]
    text = re.sub(r'(\s(?:id|for|aria-\w+by)="|url\(#)', rf"\g<1>{part_of(page)}--", text)

    def lead(match):
        path, _, anchor = match[1].partition("#")
        target = normpath(f"{dirname(page)}/{path}").lstrip("/") if path else f"{page}.html"
        name = target.removesuffix(".html")
        if ":" in path:
            return match[0]
        if name in PAGES:
            return f' href="#{part_of(name)}{anchor and "--"}{anchor}"'
        book = os.environ.get("BOOK_URL", "").rstrip("/")
        return f' href="{book}/{target}{anchor and "#"}{anchor}"' if book else ""

    text = re.sub(r' (?:xlink:)?href="([^"]*)"', lead, text)
    return f'<div class="part" id="{part_of(page)}">{text}</div>'


def faces():
    """Return the fonts of the text: those of matplotlib, so that lines break alike everywhere."""
    ttf = Path(matplotlib.get_data_path(), "fonts/ttf")
    for name, style in {"": "", "Bol": "700", "Italic": "italic", "BolIta": "italic 700"}.items():
        font = base64.b64encode(Path(ttf, f"STIXGeneral{name}.ttf").read_bytes()).decode()
        weight, slant = ("700" in style and "700") or "400", ("italic" in style and "italic") or "normal"
        yield (
            f"@font-face {{ font-family: STIX; font-weight: {weight}; font-style: {slant}; "
            f"src: url(data:font/ttf;base64,{font}) }}"
        )


def document(folder):
    """Return the document that is printed."""
    styles = Path(folder, "_static/book.css"), HERE / "pdf.css"
    style = "\n".join(faces()) + "\n".join(path.read_text("utf-8") for path in styles)
    parts = "\n".join(article(folder, page) for page in PAGES)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Is fibromyalgia an '
        f"autoimmune disease?</title><style>{style}</style><body>{parts}</body></html>"
    )


def write(folder):
    """Print the document into the folder of the book."""
    path = Path(folder, NAME)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        page = browser.new_page(java_script_enabled=True)
        page.set_content(document(folder))
        page.evaluate((HERE / "pdf.js").read_text()) if (HERE / "pdf.js").exists() else None
        page.pdf(
            path=path, format="A4", tagged=True, outline=True, print_background=True,
            display_header_footer=True, header_template="<span></span>", footer_template=FOOT,
            prefer_css_page_size=True,
        )  # fmt: skip
        browser.close()
    return path


if __name__ == "__main__":
    print(write(sys.argv[1]))
