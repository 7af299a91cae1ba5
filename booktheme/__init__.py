"""A Sphinx theme for books of evidence, and the extension that belongs to it.

Charts, tables whose rows can be linked to, folded code, a search, a PDF and an EPUB. It knows of
a book only what stands in the book's own folder.
"""

from pathlib import Path

from booktheme import (
    charts,
    code,
    data,
    editions,
    fonts,
    glossary,
    page,
    repository,
    search,
    tables,
)

HERE = Path(__file__).resolve().parent


def setup(app):
    """Register the themes and the parts of the extension."""
    app.add_html_theme("booktheme", str(HERE))
    app.add_html_theme("booktheme-epub", str(HERE / "epub"))
    for part in (charts, tables, code, data, fonts, glossary, search, editions, repository, page):
        part.setup(app)
    return {"version": "3", "parallel_read_safe": True, "parallel_write_safe": True}
