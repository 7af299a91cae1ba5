"""Code cells, folded under a word that says what is there, below what they show."""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode


def put_below(app, doctree, docname):
    """Put the code of a cell after its output: a reader came for the output.

    A cell that shows nothing goes to the end of the page.
    """
    for cell in list(doctree.findall(_is_cell)):
        outputs = [n for n in cell.children if "cell_output" in n.get("classes", ())]
        cell.children = outputs + [n for n in cell.children if n not in outputs]
        if not outputs:
            page = cell.parent
            page.remove(cell)
            page.append(cell)


def _is_cell(node):
    return isinstance(node, nodes.container) and "cell" in node["classes"]


def visit_folded(self, node):
    """Open the fold; its name is the word the reader sees."""
    self.body.append('<details class="code">\n<summary>Code</summary>\n')


def depart_folded(self, node):
    """Close the fold."""
    self.body.append("</details>\n")


def setup(app):
    """Replace the fold of MyST-NB, whose accessible name differs from what is seen."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded, depart_folded))
    app.connect("doctree-resolved", put_below)
