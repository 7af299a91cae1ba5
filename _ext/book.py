"""What the book adds to Sphinx and Furo: anchors of rows, charts, files beside the pages.

Tables and charts come from :mod:`evidence.tables` and :mod:`evidence.charts`; of a table this
module knows only its classes: ``keyed`` (the first column holds the keys of the rows), ``first-N``
(rows shown before the fold) and ``choose-N`` (columns that the explorer makes choices of).
"""

import csv
import gc
import hashlib
import html
import os
import re
import zipfile
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOG = logging.getLogger(__name__)
DROPPED = ("mystnb", "furo-extensions")  # style sheets of things that no page has
DESCRIPTION = 200  # characters that a search engine shows at most
BRIEF = 16  # characters of cells that a phone shows beside the name of their column
NOTHING = re.compile(r"<path(?![^>]* d=)[^>]*/>\n?")  # matplotlib writes one for a bar of no length
MARK = re.compile(r'(<a [^>]*?href=")#([^"]+)"')


class unsearched(nodes.comment):
    """What search leaves out, as it does comments: nodes in a box, or ready HTML."""


def visit_unsearched(self, node):
    """Open the box, or write the HTML."""
    self.body.append(node.get("html") or self.starttag(node, "div"))


def depart_unsearched(self, node):
    """Close the box."""
    self.body.append("" if "html" in node else "</div>\n")


# Tables


def key_rows(app, doctree):
    """Make each row of a keyed table an anchor, and a label that links from any page lead to."""
    labels = app.env.get_domain("std").anonlabels
    for table in doctree.findall(nodes.table):
        if "keyed" not in table["classes"]:
            continue
        group = next(table.findall(nodes.tgroup))
        group.remove(next(group.findall(nodes.colspec)))
        rows = list(table.findall(nodes.row))[1:]
        keys = [row[0].astext() for row in rows]
        is_explorer = number_in(table, "choose") is not None
        for row in table.findall(nodes.row):
            row.pop(0)
        for row, key in zip(rows, keys, strict=True):
            row["ids"].append(key)
            row["key"] = key
            doctree.ids[key] = row
            if is_explorer:
                continue
            home = labels.get(key, (app.env.docname,))[0]
            if home in (app.env.docname, *explorers(app.env)):
                labels[key] = (app.env.docname, key)
            else:
                LOG.warning("row %s has its anchor in %s too", key, home, location=table)
        if is_explorer:
            explorers(app.env)[app.env.docname] = keys


def explorers(env):
    """Pages with a table that has choices, each with the keys of its rows."""
    if not hasattr(env, "book_explorers"):
        env.book_explorers = {}
    return env.book_explorers


def add_entries(app, doctree):
    """Enter what readers type in the index, which search reads."""
    words = app.config.search_words.get(app.env.docname, ())
    entries = [("single", word, "", "main", None) for word in words]
    doctree += addnodes.index(entries=entries)
    app.env.get_domain("index").entries[app.env.docname] += entries


def number_in(node, kind):
    """Return N of the first class ``kind-N`` of a node, or None."""
    found = (re.fullmatch(rf"{kind}-(\d+)", name) for name in node["classes"])
    return next((int(match[1]) for match in found if match), None)


def finish_tables(app, doctree, docname):
    """Fold the rows beyond the first, label the cells, and write each named table as CSV."""
    for table in list(doctree.findall(nodes.table)):
        if table.parent["classes"][:1] == ["table-wrapper"]:  # Furo's, with the ids of the table
            table.parent["classes"], table.parent["ids"] = ["table-wrapper"], []
        heads, *rows = table.findall(nodes.row)
        labels = [cell.astext() for cell in heads]
        columns = zip(*rows, strict=True)
        brief = [all(len(cell.astext()) <= BRIEF for cell in column) for column in columns]
        for row in rows:
            for cell, label, is_brief in zip(row, labels, brief, strict=True):
                cell["label"] = label
                cell["classes"] += ["brief"] * is_brief
            if row.get("key"):
                name = html.escape(f"Link to row {row['key']}")
                mark = f'<a class="row-link" href="#{row["key"]}" aria-label="{name}">#</a>'
                row[0].append(nodes.raw("", mark, format="html"))
        name = table.get("csv") or next(iter(table["names"]), "")
        if name and len(table["ids"]):
            write_csv(app, name, labels, rows)
            caption = next(iter(table.findall(nodes.title)), None)
            if caption is not None:
                caption.append(csv_link(docname, name))
        first = number_in(table, "first")
        if first is not None and len(rows) > first:
            for row in rows[first:]:
                row["classes"].append("more")
            box = f'<label class="fold"><input type="checkbox"> Show all {len(rows)} rows</label>'
            place = table.parent.index(table)
            table.parent.insert(place + 1, nodes.raw("", box, format="html"))


def write_csv(app, name, labels, rows):
    """Write the texts of a table, with the keys of its rows if it has any."""
    path = Path(app.outdir, "csv", f"{name}.csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    is_keyed = any("key" in row for row in rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(["key", *labels] if is_keyed else labels)
        for row in rows:
            cells = [" ".join(c.astext() for c in cell.findall(nodes.paragraph)) for cell in row]
            write([row["key"], *cells] if is_keyed else cells)


def csv_link(docname, name):
    """Return a link to the CSV of a table or chart."""
    address = f"{'../' * docname.count('/')}csv/{name}.csv"
    mark = f' <a class="csv" href="{address}" download aria-label="{name} as CSV">CSV</a>'
    return unsearched(html=mark)


def visit_entry(self, node):
    """Write a cell: a header with its scope, or with the name of its column for a phone."""
    row, attributes, tag = node.parent, {}, "td"
    column = row.index(node)
    if isinstance(row.parent, nodes.thead):
        if node.astext():  # a header without text would be announced as nothing
            tag, attributes = "th", {"scope": "col"}
        if f"choose-{column}" in row.parent.parent.parent["classes"]:
            attributes["data-choose"] = ""
    elif column == 0 and node.astext():
        tag, attributes = "th", {"scope": "row"}
    elif not node.astext():
        attributes["class"] = "empty"
    if "label" in node:
        attributes["data-label"] = node["label"]
    self.body.append(self.starttag(node, tag, "", **attributes))
    self.context.append(f"</{tag}>\n")


def depart_entry(self, node):
    """Close a cell."""
    self.body.append(self.context.pop())


def tidy_frame(written):
    """Give a data frame that pandas wrote one row of headers with scopes, none of them empty."""
    text = re.sub(r"<style scoped>.*?</style>\n?", "", written, flags=re.DOTALL)
    text = re.sub(r' border="1"| valign="top"| style="text-align: right;"', "", text)
    head, end, body = text.partition("</thead>")
    index = re.search(r"</tr>\s*<tr>\s*<th>([^<]+)</th>(?:\s*<th></th>)+\s*", head)
    if index:  # the name of the index has a row of its own
        head = head.replace(index[0], "").replace("<th></th>", f"<th>{index[1]}</th>", 1)
    head = head.replace("<th></th>", "<td></td>").replace("<th>", '<th scope="col">')
    text = head + end + body.replace("<th>", '<th scope="row">')
    return f'<div class="frame" tabindex="0" role="group" aria-label="Data frame">{text}</div>'


# Charts


class Chart(SphinxDirective):
    """``{chart} caption``: a figure of one drawing or two (SVG), then a table of what is drawn."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = dict.fromkeys(("name", "title"), directives.unchanged_required)

    def run(self):
        """Return the figure: title, drawings, caption, the numbers."""
        figure = nodes.figure(classes=["chart"])
        figure += nodes.paragraph("", self.options["title"], classes=["finding"])
        text = "\n".join(self.content)
        drawings, _, rows = text.rpartition("</svg>\n")
        figure += nodes.raw("", f"{drawings}</svg>\n", format="html", drawing=True)
        words, messages = self.state.inline_text(self.arguments[0], self.lineno)
        figure += nodes.caption(self.arguments[0], "", *words)
        box = nodes.container()
        self.state.nested_parse(StringList(rows.strip().split("\n"), ""), self.content_offset, box)
        for table in box.findall(nodes.table):
            table["classes"] += ["evidence", "numbers"]
        figure += nodes.legend("", *box.children)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *messages]


def finish_charts(app, doctree, docname):
    """Lead the marks of drawings to their rows, fold the numbers, and write them as CSV."""
    labels = app.env.get_domain("std").anonlabels
    for figure in doctree.findall(nodes.figure):
        if "chart" not in figure["classes"]:
            continue

        def lead(match, figure=figure):
            if match[2] not in labels:
                LOG.warning("a mark leads to %r, which is no row", match[2], location=figure)
                return match[0]
            page, anchor = labels[match[2]]
            address = app.builder.get_relative_uri(docname, page) if page != docname else ""
            return f'{match[1]}{address}#{anchor}"'

        drawing = next(node for node in figure if node.get("drawing"))
        drawing.children = [nodes.Text(MARK.sub(lead, NOTHING.sub("", drawing.astext())))]
        heads, *rows = figure.findall(nodes.row)
        write_csv(app, figure["names"][0], [cell.astext() for cell in heads], rows)
        next(figure.findall(nodes.caption)).append(csv_link(docname, figure["names"][0]))


def visit_legend(self, node):
    """Open the fold with the numbers of a chart."""
    self.body.append('<details class="numbers"><summary>The numbers</summary>\n')


def depart_legend(self, node):
    """Close it."""
    self.body.append("</details>\n")


# Pages


def finish_cells(app, doctree, docname):
    """Set code and working frames of each cell apart; mend what Markdown and pandas wrote."""
    for cell in list(doctree.findall(nodes.container)):
        if "cell" not in cell["classes"]:
            continue
        steps = unsearched(classes=["analysis"])
        for node in list(cell):
            if "cell_input" in node.get("classes", ()) or is_frame(node):
                cell.remove(node)
                steps += node
        if not cell.children:
            cell["classes"].append("silent")
        cell += steps
    for raw in doctree.findall(nodes.raw):
        if 'class="dataframe"' in raw.astext():
            raw.children = [nodes.Text(tidy_frame(raw.astext()))]
    for link in doctree.findall(nodes.reference):
        if "refuri" in link:  # myst-parser escapes it, and so does the writer
            link["refuri"] = html.unescape(link["refuri"])


def is_frame(node):
    """Whether an output is a data frame, which a step of the analysis shows, and nothing else."""
    return 'class="dataframe"' in node.astext() and not any(node.findall(nodes.table))


def first_sentences(doctree):
    """Return the beginning of a page's first paragraph, cut at the end of a sentence."""
    paragraphs = (
        p for p in doctree.findall(nodes.paragraph) if isinstance(p.parent, nodes.section)
    )
    text = " ".join(next(paragraphs, nodes.paragraph()).astext().split())
    text = text.removeprefix("In brief.").strip()
    ends = [match.end() for match in re.finditer(r"[.?!][”’]?(?= |$)", text)]
    fitting = [end for end in ends if end <= DESCRIPTION]
    return text[: max(fitting, default=min(ends, default=len(text)))]


def page_context(app, pagename, templatename, context, doctree):
    """Say what a page is about, drop what it does not use, and give it its links."""
    base = app.config.html_baseurl
    about = {"og:title": context.get("title", ""), "og:type": "article"}
    about["og:site_name"] = app.config.html_title
    if base:
        about["og:url"] = base + app.builder.get_target_uri(pagename)
    text = first_sentences(doctree) if doctree is not None else ""
    if text:
        about["og:description"] = text
    tags = [f'<meta name="description" content="{html.escape(text)}">'] * bool(text)
    for name, value in about.items():
        value = html.escape(re.sub(r"<[^>]+>", "", html.unescape(value)))
        tags.append(f'<meta property="{name}" content="{value}">')
    of_docutils = re.sub(r'<meta name="viewport"[^>]*>\n?', "", context.get("metatags", ""))
    context["metatags"] = of_docutils + "\n".join(tags)
    unused = DROPPED if pagename in explorers(app.env) else (*DROPPED, "explorer.js")
    for kind in ("css_files", "script_files"):
        context[kind] = [
            file
            for file in context[kind]
            if not any(name in str(getattr(file, "filename", file) or "") for name in unused)
        ]
    # Roles that ARIA does not know so (any more).
    context["body"] = context.get("body", "").replace("doc-biblioentry", "listitem")
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(' role="heading"', "")
    context["page_links"] = page_links(app, pagename) if doctree is not None else []


def page_links(app, pagename):
    """Return address and words of what can be done with a page."""
    path = app.env.doc2path(pagename, base=False)
    links = []
    if str(path).endswith(".ipynb"):
        links.append((f"{'../' * pagename.count('/')}_sources/{path}", "Download this notebook"))
    repository = app.config.repository
    if not repository:
        return links
    if repository.startswith("https://github.com/"):
        name = repository.removeprefix("https://github.com/")
        binder = f"https://mybinder.org/v2/gh/{name}/HEAD?urlpath=lab/tree/{path}"
        links.append((binder, "Open in Binder"))
    return [
        *links,
        (repository, "Repository"),
        (f"{repository}/edit/main/{path}", "Edit this page"),
        (f"{repository}/issues", "Report an error"),
    ]


# Files beside the pages


def write_files(app, error):
    """Lay the data, redirects of pages that went, and what hosts want to know beside the pages."""
    if error or app.builder.format != "html":
        return
    out, data = Path(app.outdir), Path(app.srcdir, "data")
    (out / ".nojekyll").touch()
    (out / "data").mkdir(exist_ok=True)
    with zipfile.ZipFile(out / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in data.glob("*") if path.is_file()):
            content = path.read_bytes()
            archive.writestr(zipfile.ZipInfo(f"data/{path.name}"), content, zipfile.ZIP_DEFLATED)
            if path.suffix in (".csv", ".json"):
                (out / "data" / path.name).write_bytes(content)
    for old, new in app.config.redirects.items():
        address = html.escape(app.builder.get_relative_uri(old, new))
        page = out / f"{old}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            f'<!doctype html>\n<html lang="{app.config.language}">\n<meta charset="utf-8">\n'
            "<title>Moved</title>\n"
            f"<script>location.replace({address!r} + location.hash)</script>\n"
            f'<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>\n'
            f'<p>This page is now <a href="{address}">here</a>.</p>\n</html>\n',
            encoding="utf-8",
        )


def changed_pages(app, env):
    """Have every page written anew if titles, labels or homes of rows changed, else those read.

    A row whose only table is the explorer's is at home there. Of the last build's search Sphinx
    keeps all but the entries of the index.
    """
    domain = env.get_domain("std")
    for page, keys in explorers(env).items():
        for key in keys:
            domain.anonlabels.setdefault(key, (page, key))
    env._search_index_index_entries = {
        page: sorted({(words, target, main) for _, words, target, main, _ in entries})
        for page, entries in env.get_domain("index").entries.items()
    }
    titles = {page: title.astext() for page, title in env.titles.items()}
    shared = (titles, dict(domain.labels), dict(domain.anonlabels))
    is_same, env.book_shared = shared == getattr(env, "book_shared", None), shared
    return [] if is_same else env.found_docs


def configure(app, config):
    """Take the addresses of the book and of its repository from whoever publishes it."""
    address = os.environ.get("BOOK_URL", "").rstrip("/")
    if address:
        config.html_baseurl = f"{address}/"
    config.repository = os.environ.get("REPO_URL", "").rstrip("/")


def setup(app):
    """Register all of it."""
    gc.disable()  # a build ends soon; looking for cycles among its nodes takes a third of the time
    app.add_config_value("redirects", {}, "html", types=[dict])
    app.add_config_value("repository", "", "html", types=[str])
    app.add_directive("chart", Chart)
    app.add_config_value("search_words", {}, "env", types=[dict])
    app.add_node(unsearched, html=(visit_unsearched, depart_unsearched))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    app.add_node(nodes.legend, override=True, html=(visit_legend, depart_legend))
    app.connect("config-inited", configure, priority=900)
    app.connect("doctree-read", key_rows)
    app.connect("doctree-read", add_entries)
    app.connect("env-updated", changed_pages)
    for finish in (finish_cells, finish_charts, finish_tables):
        app.connect("doctree-resolved", finish, priority=600)
    app.connect("html-page-context", page_context, priority=900)
    app.connect("build-finished", write_files)
    # What is kept of the last build was made by this file as it was then.
    kept = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return {"env_version": kept, "parallel_read_safe": False, "parallel_write_safe": True}
