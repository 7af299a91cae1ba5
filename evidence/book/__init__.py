"""The Sphinx extension that builds the pages: charts, tables, page template, PDF and EPUB.

It is a package of its own so that a change of looks does not count as a change of what the
notebooks compute from (:data:`evidence.notebooks.INPUTS`).
"""

from evidence.book import charts, code, editions, page, tables


def setup(app):
    """Register the extension."""
    for part in (charts, tables, code, editions, page):
        part.setup(app)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
