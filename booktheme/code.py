"""Code cells, folded under a word that says what is there, below what they show."""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

from booktheme.page import PAGES

PREPARES = "Code that prepares this page"


def put_below(app, doctree, docname):
    """Put the code of a cell after its output: a reader came for the output.

    Cells that show nothing stand at the end of the page under one fold, in their order.
    """
    if app.builder.name not in PAGES:
        return
    silent = []
    for cell in list(doctree.findall(_is_cell)):
        outputs = [n for n in cell.children if "cell_output" in n.get("classes", ())]
        cell.children = outputs + [n for n in cell.children if n not in outputs]
        if not outputs:
            cell.parent.remove(cell)
            silent += cell.children
    top = next(doctree.findall(nodes.section), None)
    if silent and top is not None:
        fold = HideCodeCellNode(prompt_show=PREPARES)
        for part in silent:
            fold += part.children if isinstance(part, HideCodeCellNode) else [part]
        top += fold


def _is_cell(node):
    return isinstance(node, nodes.container) and "cell" in node["classes"]


def visit_folded(self, node):
    """Open the fold; its name is the word the reader sees."""
    name = PREPARES if node.get("prompt_show") == PREPARES else "Code"
    self.body.append(f'<details class="code">\n<summary>{name}</summary>\n')


def depart_folded(self, node):
    """Close the fold."""
    self.body.append("</details>\n")


def setup(app):
    """Replace the fold of MyST-NB, whose accessible name differs from what is seen."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded, depart_folded))
    app.connect("doctree-resolved", put_below)
