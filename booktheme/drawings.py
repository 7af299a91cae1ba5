"""The ``{chart}`` directive: a numbered figure whose content is one drawing or two.

Two drawings of one chart, ``class="chart wide"`` and ``class="chart narrow"``, are laid out for a
desktop's column and for a phone's; the style sheet shows the one that fits. A mark
``<a href="#key" class="mark"><title>words</title>…</a>`` leads to the row of that key, wherever in
the book its home is. After a line ``<!-- rows -->`` stand, as CSV, the rows that are drawn.
"""

import html
import re
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from booktheme import pictures
from booktheme.page import PAGES

MOST_STOPS = 40  # marks of a drawing that the tab key halts at where no script runs
ONLY = {"singlehtml": "wide", "epub": "narrow"}  # a sheet has room; an e-reader has a phone's
ROWS = "<!-- rows -->"
_LOG = logging.getLogger(__name__)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_HEAD = re.compile(r'<svg\b(?:"[^"]*"|[^">])*>')
_MARK = re.compile(r'<a (?=[^>]*class="mark")[^>]*?href="#([^"]+)"')


class ChartDirective(SphinxDirective):
    """A chart: ``{chart} caption``, ``:name:`` its label, ``:title:`` what it finds."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"name": directives.unchanged_required, "title": directives.unchanged}

    def run(self):
        """Return the figure: title, drawings, caption."""
        figure = nodes.figure(classes=["chart"])
        if self.options.get("title"):
            title = self.options["title"]
            figure += nodes.paragraph(title, title, classes=["finding"])
        drawings, _, rows = "\n".join(self.content).partition(f"{ROWS}\n")
        figure["rows"] = rows
        for drawing in _DRAWING.findall(drawings):
            figure += nodes.raw("", prepared(drawing), format="html")
        text, messages = self.state.inline_text(self.arguments[0], self.lineno)
        figure += nodes.caption(self.arguments[0], "", *text)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *messages]


def prepared(svg):
    """Give a drawing the book's type, and no size of its own: it takes the width that there is."""
    head = _HEAD.match(svg)[0]
    rest = svg.removeprefix(head)
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    if _MARK.search(rest):
        # What is in an image is not announced: with links in it, it is a group.
        head = head.replace('role="img"', 'role="group"')
    # The type is named where no style sheet reaches, as in a PDF.
    head = head.replace("<svg ", f'<svg {pictures.TYPE} preserveAspectRatio="xMinYMin" ', 1)
    return head + rest


def resolve_marks(app, doctree, docname):
    """Lead each mark to the home of its row, and keep the drawings that the builder shows."""
    labels = app.env.get_domain("std").anonlabels
    only = ONLY.get(app.builder.name)
    figures = [n for n in doctree.findall(nodes.figure) if "chart" in n["classes"]]
    for drawing in [n for figure in figures for n in figure if isinstance(n, nodes.raw)]:
        stops = 0

        def lead(match, drawing=drawing):
            nonlocal stops
            stops += 1
            key = match[1]
            place, anchor = labels.get(key, (docname, key))
            if key not in labels:
                _LOG.warning("a mark leads to %r, which is no row", key, location=drawing.parent)
            target = "" if place == docname else app.builder.get_relative_uri(docname, place)
            href = f"{target.partition('#')[0]}#{anchor}"
            stop = ' tabindex="-1"' if stops > MOST_STOPS else ""
            return match[0].replace(f'href="#{key}"', f'href="{href}"{stop}')

        svg = _MARK.sub(lead, drawing.astext())
        if app.builder.name in ONLY:
            svg = svg.replace('role="group"', 'role="img"', 1)  # all that EPUB lets a drawing be
        if app.builder.name == "singlehtml":
            # What the PDF reads aloud; a browser would show it at the pointer.
            told = re.search(r'aria-label="([^"]*)"', _HEAD.match(svg)[0])
            title = f"<title>{told[1] if told else ''}</title>"
            svg = _HEAD.sub(lambda head, title=title: head[0] + title, svg, count=1)
        drawing.children = [nodes.Text(svg)]
        kinds = re.search(r'class="([^"]*)"', svg)[1].split()
        if only and {"wide", "narrow"} & set(kinds) and only not in kinds:
            drawing.parent.remove(drawing)
    if app.builder.name in PAGES:
        for figure in figures:
            _offer(app, figure, docname)


def _offer(app, figure, docname):
    """Lay the chart beside the pages as files, and link to them below it."""
    drawing, finding, caption = _parts(figure)
    if not figure["ids"] or not drawing:
        return
    name = figure["ids"][0]
    base, page = app.config.html_baseurl, app.builder.get_target_uri(docname)
    address = f"{base}{page}#{name}" if base else app.config.html_title
    folder = Path(app.outdir, pictures.FOLDER)
    pictures.keep(folder / f"{name}.svg", pictures.chart(drawing, finding, caption, address))
    kinds = ["svg", "png"]
    if figure.get("rows"):
        kinds.append("csv")
        pictures.keep(folder / f"{name}.csv", figure["rows"].rstrip() + "\n")
    place = "../" * page.count("/") + f"{pictures.FOLDER}/{name}"
    links = " ".join(
        f'<a class="plain" href="{place}.{kind}" download aria-label="Chart as {kind.upper()}: '
        f'{html.escape(finding or name, quote=True)}">{kind.upper()}</a>'
        for kind in kinds
    )
    figure += nodes.raw("", f'<p class="take">{links}</p>\n', format="html")


def _parts(figure):
    """Return the first drawing of a chart, its finding and its caption; "" for what is not there.

    A drawing that does not tell its size cannot be set.
    """
    drawings = [n.astext() for n in figure if isinstance(n, nodes.raw)][:1]
    findings = [n.astext() for n in figure if "finding" in n.get("classes", ())]
    captions = [n.astext() for n in figure if isinstance(n, nodes.caption)]
    drawings = [svg for svg in drawings if pictures.is_drawn(svg)]
    return tuple(next(iter(found), "") for found in (drawings, findings, captions))


def add_card(app, pagename, templatename, context, doctree):
    """Give a page of the book a card with its first chart; one without a chart, with its title."""
    if app.builder.name not in PAGES or doctree is None or not context["known"]:
        return
    figures = [n for n in doctree.findall(nodes.figure) if "chart" in n["classes"]]
    drawing, finding, _ = next(filter(all, map(_parts, figures)), ("", "", ""))
    title = finding or app.env.titles[pagename].astext()
    svg = pictures.card(title, context["description"], app.config.html_title, drawing)
    pictures.keep(Path(app.doctreedir, pictures.CARDS, f"{pagename}.svg"), svg)
    context.update(card=f"{pictures.CARDS}/{pagename}.png", card_title=title)


def setup(app):
    """Register the directive."""
    app.add_directive("chart", ChartDirective)
    app.connect("doctree-resolved", resolve_marks)
    # After the page knows what it says of itself.
    app.connect("html-page-context", add_card, priority=950)
    pictures.setup(app)
