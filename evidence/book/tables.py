"""Tables with anchors, headers and labels, in a frame that scrolls and folds into cards."""

from docutils import nodes
from sphinx import addnodes
from sphinx.writers.html5 import HTML5Translator

SOME, LONG = 14, 40  # characters from which on a column needs some room, or that of prose


def is_of_class(table, name):
    """Whether a node is a table of a class."""
    return isinstance(table, nodes.table) and name in table["classes"]


def _is_plain(table):
    """Whether a table is a header row and rows without spans, so that labels can be given."""
    heads = list(table.findall(nodes.thead))
    spans = any("morecols" in e or "morerows" in e for e in table.findall(nodes.entry))
    return len(heads) == 1 and len(heads[0].children) == 1 and not spans


def anchor_rows(app, doctree):
    """Give each row of an ``anchored`` table the id its first cell names.

    In a ``home`` table the id becomes a label that links from any page resolve to.
    """
    labels = app.env.get_domain("std").anonlabels
    for table in doctree.findall(nodes.table):
        if not is_of_class(table, "anchored"):
            continue
        for row in table.findall(nodes.row):
            anchor = row.children[0].astext()
            if isinstance(row.parent, nodes.thead) or anchor in doctree.ids:
                continue
            row["ids"].append(anchor)
            doctree.ids[anchor] = row
            _link_key(row.children[0], anchor)
            if is_of_class(table, "home"):
                labels[anchor] = (app.env.docname, anchor)


def _link_key(cell, anchor):
    """Make the key of a row a link to the row, unless it leads somewhere already."""
    if any(cell.findall(lambda n: isinstance(n, (nodes.reference, addnodes.pending_xref)))):
        return
    for paragraph in cell.findall(nodes.paragraph):
        paragraph.children = [
            nodes.reference("", "", *paragraph.children, refid=anchor, internal=True)
        ]
        paragraph.setup_child(paragraph.children[0])
        break


def describe_columns(app, doctree, docname):
    """Note on each plain table the texts of its headers and the room its columns need."""
    for table in doctree.findall(nodes.table):
        if not _is_plain(table):
            continue
        table["classes"] += [] if "evidence" in table["classes"] else ["evidence"]
        rows = [row.children for row in table.findall(nodes.row)]
        table["labels"] = [cell.astext() for cell in rows[0]]
        longest = [max(len(cell.astext()) for cell in column) for column in zip(*rows)]
        table["room"] = [("some" if n <= LONG else "long") if n > SOME else "" for n in longest]
        if all("text-right" in cell["classes"] for row in rows for cell in row[1:]):
            table["classes"].append("counts")


def visit_table(self, node):
    """Open the frame and the table; the keyboard can scroll what the frame hides."""
    self._table_row_indices.append(0)
    title = node.next_node(nodes.title)
    label = title.astext() if title is not None else "Table"
    kind = "frame wide" if is_of_class(node, "wide") or is_of_class(node, "explorer") else "frame"
    self.body.append(
        self.starttag({}, "div", CLASS=kind, role="group", tabindex="0", **{"aria-label": label})
    )
    self.body.append(self.starttag(node, "table"))


def depart_table(self, node):
    """Close the table and its frame."""
    self._table_row_indices.pop()
    self.body.append("</table>\n</div>\n")


def visit_entry(self, node):
    """Write a cell: headers with their scope, the others with the name of their column."""
    table = next(n for n in _ancestors(node) if isinstance(n, nodes.table))
    if "labels" not in table:
        HTML5Translator.visit_entry(self, node)
        return
    column = node.parent.index(node)
    text = node.astext()
    if isinstance(node.parent.parent, nodes.thead):
        # A header without text would be announced as nothing: it is a cell.
        tag, attributes = ("th", {"scope": "col"}) if text else ("td", {})
    else:
        tag, attributes = "td", {"data-label": table["labels"][column]}
        if column == 0 and text:
            tag, attributes["scope"] = "th", "row"
        attributes["class"] = table["room"][column] if text else "empty"
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
    """Register the handlers of tables and their cells."""
    app.connect("doctree-read", anchor_rows)
    app.connect("doctree-resolved", describe_columns)
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
