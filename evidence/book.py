"""The Sphinx extension that builds the pages: charts, tables with anchors, headers and labels."""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator


class ChartDirective(SphinxDirective):
    """A figure whose content is an SVG element: ``{chart} caption``, ``:name:``."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"name": directives.unchanged_required}

    def run(self):
        """Return the figure with the drawing and its caption."""
        figure = nodes.figure(classes=["chart"])
        figure += nodes.raw("", "\n".join(self.content), format="html")
        text, messages = self.state.inline_text(self.arguments[0], self.lineno)
        figure += nodes.caption(self.arguments[0], "", *text)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *messages]


def _is(table, name):
    return isinstance(table, nodes.table) and name in table["classes"]


def anchor_rows(app, doctree):
    """Give each row of an ``anchored`` table the id its first cell names.

    In a ``home`` table the id becomes a label that links from any page resolve to.
    """
    labels = app.env.get_domain("std").anonlabels
    for table in doctree.findall(nodes.table):
        if not _is(table, "anchored"):
            continue
        for row in table.findall(nodes.row):
            anchor = row.children[0].astext()
            if isinstance(row.parent, nodes.thead) or anchor in doctree.ids:
                continue
            row["ids"].append(anchor)
            doctree.ids[anchor] = row
            if _is(table, "home"):
                labels[anchor] = (app.env.docname, anchor)


def visit_entry(self, node):
    """Write a cell: headers with their scope, the others with the name of their column."""
    table = next(n for n in _ancestors(node) if isinstance(n, nodes.table))
    if not _is(table, "evidence"):
        HTML5Translator.visit_entry(self, node)
        return
    row = node.parent
    column = row.index(node)
    if isinstance(row.parent, nodes.thead):
        tag, attributes = "th", {"scope": "col"}
    else:
        head = next(table.findall(nodes.thead)).children[0]
        tag, attributes = "td", {"data-label": head.children[column].astext()}
        if column == 0:
            tag, attributes["scope"] = "th", "row"
    self.body.append(self.starttag(node, tag, "", **attributes))
    self.context.append(f"</{tag}>\n")


def depart_entry(self, node):
    """Close a cell."""
    self.body.append(self.context.pop())


def _ancestors(node):
    while node is not None:
        yield node
        node = node.parent


def setup(app):
    """Register the extension."""
    app.add_directive("chart", ChartDirective)
    app.connect("doctree-read", anchor_rows)
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
