"""A Sphinx theme for books of evidence, and the extension that belongs to it.

Charts, tables whose rows can be linked to, folded code, a search, a PDF and an EPUB. It knows of
a book only what stands in the book's own folder.
"""

import os
from pathlib import Path

from booktheme import (
    archives,
    code,
    drawings,
    editions,
    fonts,
    glossary,
    page,
    repository,
    search,
    table_layout,
    turns,
)

HERE = Path(__file__).resolve().parent
# In this order: where handlers are of one priority, Sphinx calls the first that was registered.
PARTS = (
    drawings,
    table_layout,
    code,
    archives,
    fonts,
    glossary,
    search,
    editions,
    repository,
    page,
    turns,
)


def read_side_by_side(app, _config):
    """Let every core read and write pages, which jupyter-book has no option for."""
    # sphinx_external_toc brings it and it does not say; it works once all pages are read.
    numbering = app.extensions.get("sphinx_multitoc_numbering")
    if numbering:
        numbering.parallel_read_safe = True
    if all(e.parallel_read_safe and e.parallel_write_safe for e in app.extensions.values()):
        app.parallel = os.cpu_count() or 1


def setup(app):
    """Register the themes and the parts of the extension."""
    app.add_html_theme("booktheme", str(HERE))
    app.add_html_theme("booktheme-epub", str(HERE / "epub"))
    for part in PARTS:
        part.setup(app)
    app.connect("config-inited", read_side_by_side)
    return {"version": "3", "parallel_read_safe": True, "parallel_write_safe": True}
