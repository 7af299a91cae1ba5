"""Tables with anchors, headers and labels, in a frame that scrolls and folds into cards.

A ``lead-N`` table shows N cells of a row side by side and the others under *Details*. Two settings
say how cells look: ``table_steps``, for the name of a column the number of steps of its scale (a
cell "5 Firm" then has a mark of so many steps, five of them full), and ``table_quiet``, the texts
that say that there is nothing.

An explorer of more rows than a page bears keeps the first of them; all lie in files beside the
pages, which the page's script asks for as it needs them.
"""

import json
import os
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.writers.html5 import HTML5Translator

from booktheme.page import PAGES, ancestors

SOME, LONG = 14, 40  # characters from which on a column needs some room, or that of prose
KEYS = ((4, "short"), (12, "middle"), (10**6, "long"))  # characters of the keys of a table
DETAILS = "Details"
FILES = "_tables"
MOST, KEPT, PART = 1000, 100, 50  # rows of a page, of it if there are more, of a file
_NUMBERED = re.compile(r"[-_](\d+)$")
_STEP = re.compile(r"(\d) (.+)")


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
    """Note on each plain table what its cells are written by."""
    for table in doctree.findall(nodes.table):
        if not _is_plain(table):
            continue
        table["classes"] += [] if "evidence" in table["classes"] else ["evidence"]
        rows = [row.children for row in table.findall(nodes.row)]
        table["labels"] = [cell.astext() for cell in rows[0]]
        lead = next((c for c in table["classes"] if c.startswith("lead-")), None)
        table["lead"] = int(lead.removeprefix("lead-")) if lead else len(rows[0])
        table["folds"] = table["lead"] < len(rows[0]) and app.builder.name in PAGES
        table["steps"] = [app.config.table_steps.get(label, 0) for label in table["labels"]]
        table["quiet"] = app.config.table_quiet
        if is_of_class(table, "anchored"):
            table["classes"].append(f"{_shorten_keys(rows[1:], table['lead'])}-keys")
        longest = [max(len(cell.astext()) for cell in column) for column in zip(*rows, strict=True)]
        table["room"] = [("some" if n <= LONG else "long") if n > SOME else "" for n in longest]
        if is_of_class(table, "explorer") and len(rows) - 1 > MOST and app.builder.name in PAGES:
            table["texts"] = _texts(table["labels"], rows[1:])
            table["written"] = []
        if lead:
            table["classes"].append("lead")
        if all("text-right" in cell["classes"] for row in rows for cell in row[1:]):
            table["classes"].append("counts")


def _texts(labels, rows):
    """Return what each column says: its name and a text for each row, the whole key first."""
    said = [[" ".join(cell.astext().split()) for cell in row] for row in rows]
    for row, texts in zip(rows, said, strict=True):
        texts[0] = row[0].get("key", texts[0])
    return [
        [name, list(cells)] for name, cells in zip(labels, zip(*said, strict=True), strict=True)
    ]


def _shorten_keys(rows, lead):
    """Show of each key what its neighbours do not say; return how long the longest then is.

    What all keys begin with tells nothing, nor does what another cell of the row says. The whole
    key stays the row's anchor.
    """
    keys = [row[0].astext() for row in rows]
    start = os.path.commonprefix(keys) if len(keys) > 1 else ""  # noqa: RUF071 (it is meant)
    start = start[: start.rfind("-") + 1]
    shown = []
    for row, key in zip(rows, keys, strict=True):
        short = key.removeprefix(start)
        for cell in row[1:lead]:
            said = re.sub(r"\W+", "-", cell.astext().lower()).strip("-")
            if said and _NUMBERED.search(short):
                short = re.sub(rf"(^|-){re.escape(said)}-(?=\d+$)", r"\1", short)
        shown.append(_NUMBERED.sub(" \\1", short) if _NUMBERED.search(key) else short)
    for row, key, short in zip(rows, keys, shown, strict=True):
        row[0]["key"] = key
        for text in list(row[0].findall(nodes.Text)):
            if text == key:
                text.parent.replace(text, nodes.Text(short))
    longest = max(map(len, shown), default=0)
    return next(name for most, name in KEYS if longest <= most)


def visit_table(self, node):
    """Open the frame and the table."""
    self._table_row_indices.append(0)
    title = node.next_node(nodes.title)
    label = title.astext() if title is not None else "Table"
    kind = "frame wide" if is_of_class(node, "wide") or is_of_class(node, "explorer") else "frame"
    self.body.append(self.starttag({}, "div", CLASS=kind, role="group", **{"aria-label": label}))
    filed = {"data-rows": node["ids"][0], "data-part": str(PART)} if "written" in node else {}
    self.body.append(self.starttag(node, "table", **filed))


def depart_table(self, node):
    """Close the table and its frame."""
    self._table_row_indices.pop()
    self.body.append("</table>\n</div>\n")
    if "written" in node:
        rows = node["written"]
        write_rows(Path(self.builder.outdir, FILES), node["ids"][0], node["texts"], rows)
        told = f"Without scripts, this page shows the first {KEPT} of {len(rows):,} rows."
        self.body.append(f"<noscript><p>{told}</p></noscript>\n")


def write_rows(folder, name, texts, rows):
    """Write the files of a table, each a script that hands over its content.

    Parameters
    ----------
    folder : pathlib.Path
    name : str
        Of the table.
    texts : list
        Name and texts of each column.
    rows : list of str
        The rows as HTML.
    """
    (folder / name).mkdir(parents=True, exist_ok=True)
    parts = {f"rows-{n // PART}": "".join(rows[n : n + PART]) for n in range(0, len(rows), PART)}
    for part, content in {"texts": texts, **parts}.items():
        text = json.dumps(json.dumps(content, ensure_ascii=False), ensure_ascii=False)
        script = f'tableFile("{name}/{part}", {text});\n'
        (folder / name / f"{part}.js").write_text(script, encoding="utf-8")


def visit_row(self, node):
    """Open a row; note where it begins."""
    node["begins"] = len(self.body)
    HTML5Translator.visit_row(self, node)


def depart_row(self, node):
    """Close a row; one that a page cannot bear leaves only its file behind."""
    HTML5Translator.depart_row(self, node)
    written = node.parent.parent.parent.get("written")
    if written is None or isinstance(node.parent, nodes.thead):
        return
    written.append("".join(self.body[node["begins"] :]))
    if len(written) > KEPT:
        del self.body[node["begins"] :]


def visit_entry(self, node):
    """Write a cell: headers with their scope, the others with the name of their column."""
    table = next(n for n in ancestors(node) if isinstance(n, nodes.table))
    if "labels" not in table:
        HTML5Translator.visit_entry(self, node)
        return
    column = node.parent.index(node)
    is_head = isinstance(node.parent.parent, nodes.thead)
    if table["folds"] and column >= table["lead"]:
        _visit_detail(self, node, table, column, is_head)
        return
    text = node.astext()
    kinds = [table["room"][column], "more" if column >= table["lead"] else ""]
    attributes = {}
    tag = "td"
    if is_head:
        # A header without text would be announced as nothing: it is a cell.
        if text:
            tag = "th"
            attributes["scope"] = "col"
    else:
        attributes["data-label"] = table["labels"][column]
        kinds += [] if text else ["empty"]
        kinds += ["silent"] if text in table["quiet"] else []
        if column == 0 and text:
            tag = "th"
            attributes["scope"] = "row"
            if node.get("key", text) != text:
                attributes["data-key"] = node["key"]
    attributes["class"] = " ".join(filter(None, kinds))
    self.body.append(self.starttag(node, tag, "", **attributes))
    _mark(self, node, table, column)
    self.context.append(f"</{tag}>\n")


def _visit_detail(self, node, table, column, is_head):
    """Write a cell as a term and its description, the first of them opening the fold."""
    first, last = column == table["lead"], column == len(table["labels"]) - 1
    rest = node.parent.children[table["lead"] :]
    if is_head:
        head = f'<th scope="col" class="more">{DETAILS}</th>\n' if first else ""
        self.body.append(head)
        self.context.append(("", len(self.body)))
        return
    any_text = any(cell.astext() for cell in rest)
    if first:
        kind = "more" if any_text else "more empty"
        self.body.append(f'<td class="{kind}" data-label="{DETAILS}">')
        self.body.append(f"<details><summary>{DETAILS}</summary>\n<dl>\n" if any_text else "")
    end = ("</dl>\n</details></td>\n" if any_text else "</td>\n") if last else ""
    if not node.astext():
        self.context.append((end, len(self.body)))
        return
    kind = ' class="silent"' if node.astext() in table["quiet"] else ""
    label = self.encode(table["labels"][column])
    self.body.append(f"<div><dt>{label}</dt><dd{kind}>")
    _mark(self, node, table, column)
    self.context.append((f"</dd></div>\n{end}", None))


def _mark(self, node, table, column):
    """Draw beside the words of a cell what can be seen at a glance; the words stay."""
    text = node.astext()
    step = _STEP.fullmatch(text) if table["steps"][column] else None
    place = node.next_node(nodes.Text)
    if isinstance(node.parent.parent, nodes.thead) or place is None:
        return
    if step:
        kind = f"steps of-{table['steps'][column]} step-{step[1]}"
        self.body.append(f'<span class="{kind}" aria-hidden="true"></span>')
    elif text == "0" and "counts" in table["classes"]:
        self.body.append('<span class="dot" aria-hidden="true">·</span>')


def depart_entry(self, node):
    """Close a cell; of the fold, what has no text or is a header leaves nothing behind."""
    end = self.context.pop()
    if isinstance(end, tuple):
        end, kept = end
        if kept is not None:
            del self.body[kept:]
    self.body.append(end)


def setup(app):
    """Register the handlers of tables and their cells."""
    app.add_config_value("table_steps", {}, "html", types=[dict])
    app.add_config_value("table_quiet", ["–"], "html", types=[list])
    app.connect("doctree-read", anchor_rows)
    # After the search has read the rows, whose keys are found whole.
    app.connect("doctree-resolved", describe_columns, priority=600)
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_node(nodes.row, override=True, html=(visit_row, depart_row))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
