"""Small books for the tests, each built in a folder of its own from what is there alone."""

import io

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace


def build(folder, text, builder="html", **more):
    """Build a book whose first page has a text; return the folder of what was built.

    More pages may lie in the folder; more settings of Sphinx may follow. A warning is an error. A
    text that is there already is left as old as it is.
    """
    index = folder / "index.md"
    if not index.exists() or index.read_text(encoding="utf-8") != text:
        index.write_text(text, encoding="utf-8")
    settings = {
        "extensions": ["myst_nb", "booktheme"],
        "html_theme": "booktheme",
        "epub_theme": "booktheme-epub",
        "myst_enable_extensions": ["colon_fence"],
        "exclude_patterns": ["_*", "data"],
        "smartquotes": False,
        "numfig": True,
        "language": "en",
        "project": "Test",
        "author": "Nobody",
        "copyright": "Nobody",
        "version": "1",
        "html_title": "Test",
        **more,
    }
    out, warnings = folder / f"_{builder}", io.StringIO()
    with docutils_namespace():
        app = Sphinx(
            folder,
            None,
            out,
            folder / f"_{builder}_doctrees",
            builder,
            settings,
            status=None,
            warning=warnings,
        )
        app.build()
    if warnings.getvalue():
        raise SphinxError(warnings.getvalue())
    return out


def table(columns, rows, caption, name, classes):
    """Return a table as MyST, whose cells are written as they are."""
    lines = [
        f"```{{table}} {caption}",
        f":name: {name}",
        f":class: {classes}",
        "",
        *(f"| {' | '.join(cells)} |" for cells in [columns, ["---"] * len(columns), *rows]),
        "```",
    ]
    return "\n".join(lines) + "\n"
