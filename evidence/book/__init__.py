"""The Sphinx extension that builds the pages: charts, tables, page template, search engines' data.

It is a package of its own so that a change of looks does not count as a change of what the
notebooks compute from (:data:`evidence.notebooks.INPUTS`).
"""

from evidence.book import charts, code, page, tables


def setup(app):
    """Register the extension."""
    for part in (charts, tables, code, page):
        part.setup(app)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
