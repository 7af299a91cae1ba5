"""Code cells, folded under a word that says what is there."""

from myst_nb.sphinx_ import HideCodeCellNode


def visit_folded(self, node):
    """Open the fold; its name is the word the reader sees."""
    self.body.append('<details class="code">\n<summary>Code</summary>\n')


def depart_folded(self, node):
    """Close the fold."""
    self.body.append("</details>\n")


def setup(app):
    """Replace the fold of MyST-NB, whose accessible name differs from what is seen."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded, depart_folded))
