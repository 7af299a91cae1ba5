"""Code cells: folded under a word that says what is there, and left out where they cannot run."""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

PRINTED = ("epub", "singlehtml")  # the e-book, and the page that the PDF is made from


def visit_folded(self, node):
    """Open the fold; its name is the word the reader sees."""
    self.body.append('<details class="code">\n<summary>Code</summary>\n')


def depart_folded(self, node):
    """Close the fold."""
    self.body.append("</details>\n")


def leave_out(app, doctree, docname):
    """Take the code out of what is printed."""
    if app.builder.name not in PRINTED:
        return
    for node in list(doctree.findall(nodes.container)):
        if "cell_input" in node["classes"]:
            whole = node.parent if isinstance(node.parent, HideCodeCellNode) else node
            whole.parent.remove(whole)


def setup(app):
    """Replace the fold of MyST-NB, whose accessible name differs from what is seen."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded, depart_folded))
    app.connect("doctree-resolved", leave_out)
