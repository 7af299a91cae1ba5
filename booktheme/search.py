"""The text of the book for its search: every passage of every page, with the place it stands at.

Sphinx's own search knows no numbers, and shows what it found by fetching pages, which a page
opened from a folder cannot; nor can Pagefind and sphinx-searchlite, which fetch their indexes
(and Pagefind's WebAssembly needs a laxer policy). This text is a script of its own, loaded by the
search page alone.
"""

import json
import re
from pathlib import Path

from docutils import nodes

from booktheme.page import PAGES, ancestors, pages, summaries

KEPT = "searchtext.json"  # of a page, beside its doctree: a build resolves only what changed
BLOCKS = (nodes.paragraph, nodes.term, nodes.title, nodes.caption, nodes.row)


def passages(app, doctree, docname):
    """Keep what a page says: a list of [anchor, text], a title's text beginning with ``#``."""
    if app.builder.name not in PAGES:
        return
    labels = app.env.get_domain("std").anonlabels
    found = []
    for node in doctree.findall(lambda n: isinstance(n, BLOCKS)):
        text = _text(node)
        is_row = isinstance(node, nodes.row)
        within = _within(node.parent, nodes.row)
        if within is not None or not text or (is_row and isinstance(node.parent, nodes.thead)):
            continue
        if is_row and any(labels.get(i, (docname,))[0] != docname for i in node["ids"]):
            continue  # a row is found where it is at home
        place = node if is_row and node["ids"] else _within(node, nodes.section, nodes.figure)
        anchor = place["ids"][0] if place is not None and place["ids"] else ""
        found.append([anchor, ("#" if isinstance(node, nodes.title) else "") + text])
    _kept(app, docname).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _text(node):
    cells = node.children if isinstance(node, nodes.row) else [node]
    texts = (re.sub(r"\s+", " ", cell.astext()).strip() for cell in cells)
    return " · ".join(filter(None, texts))


def _within(node, *kinds):
    return next((n for n in ancestors(node) if isinstance(n, kinds)), None)


def _kept(app, docname):
    path = Path(app.doctreedir, f"{docname}.{KEPT}")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write(app, error):
    """Write the text of all pages."""
    if error or app.builder.name not in PAGES:
        return
    text = {
        name: json.loads(_kept(app, name).read_text(encoding="utf-8")) for name in pages(app.env)
    }
    both = (text, app.config.search_names)
    texts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in both)
    script = f"bookText({','.join(texts)});\n"
    Path(app.outdir, "_static", "searchtext.js").write_text(script, encoding="utf-8")


def page(app):
    """Return the page of the search."""
    if app.builder.name in PAGES:
        yield "search", {"summaries": summaries(app)}, "search.html"


def turn_off(app):
    """Turn off Sphinx's search, whose index and page would be written too."""
    app.builder.search = False


def setup(app):
    """Register the search."""
    # For a word of a query, a list of other names under which the book has it.
    app.add_config_value("search_names", {}, "html", types=[dict])
    app.connect("builder-inited", turn_off)
    app.connect("doctree-resolved", passages)
    app.connect("html-collect-pages", page)
    app.connect("build-finished", write)
