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
        lead = next((c for c in table["classes"] if c.startswith("lead-")), None)
        table["lead"] = int(lead.removeprefix("lead-")) if lead else len(rows[0])
        longest = [max(len(cell.astext()) for cell in column) for column in zip(*rows, strict=True)]
        table["room"] = [("some" if n <= LONG else "long") if n > SOME else "" for n in longest]
        if lead:
            table["classes"].append("lead")
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
    kinds = [table["room"][column], "more" if column >= table["lead"] else ""]
    attributes = {"role": "cell"}
    tag = "td"
    if isinstance(node.parent.parent, nodes.thead):
        # A header without text would be announced as nothing: it is a cell.
        if text:
            tag = "th"
            attributes |= {"scope": "col", "role": "columnheader"}
    else:
        attributes["data-label"] = table["labels"][column]
        kinds += [] if text else ["empty"]
        if column == 0 and text:
            tag = "th"
            attributes |= {"scope": "row", "role": "rowheader"}
    attributes["class"] = " ".join(filter(None, kinds))
    self.body.append(self.starttag(node, tag, "", **attributes))
    self.context.append(f"</{tag}>\n")


def depart_entry(self, node):
    """Close a cell."""
    self.body.append(self.context.pop())


def visit_row(self, node):
    """Open a row."""
    HTML5Translator.visit_row(self, node)
    self.body[-1] = self.starttag(node, "tr", "", **_role(node, "row"))


def visit_thead(self, node):
    """Open the header rows."""
    self.body.append(self.starttag(node, "thead", **_role(node, "rowgroup")))


def visit_tbody(self, node):
    """Open the rows."""
    self.body.append(self.starttag(node, "tbody", **_role(node, "rowgroup")))


def _role(node, role):
    """The role of a part of a table, said aloud because its look may not be that of a table.

    Browsers take the roles away from what a style sheet lays out otherwise
    (https://www.w3.org/TR/html-aam-1.0/#html-element-role-mappings).
    """
    table = next(n for n in _ancestors(node) if isinstance(n, nodes.table))
    return {"role": role} if "labels" in table else {}


def _ancestors(node):
    while node is not None:
        yield node
        node = node.parent


def setup(app):
    """Register the handlers of tables and their cells."""
    app.connect("doctree-read", anchor_rows)
    app.connect("doctree-resolved", describe_columns)
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_node(nodes.thead, override=True, html=(visit_thead, HTML5Translator.depart_thead))
    app.add_node(nodes.tbody, override=True, html=(visit_tbody, HTML5Translator.depart_tbody))
    app.add_node(nodes.row, override=True, html=(visit_row, HTML5Translator.depart_row))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
