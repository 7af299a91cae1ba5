"""The book as a PDF and as an EPUB: the pages' text, tables and charts without what cannot run.

Sphinx puts the pages together (builders ``singlehtml`` and ``epub``); WeasyPrint sets the PDF.
"""

import html
import re
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.builders.epub3 import Epub3Builder

from booktheme import fonts, pictures
from booktheme.data import descriptor
from booktheme.page import contents
from booktheme.tables import is_of_class

HERE = Path(__file__).resolve().parent
STYLES = (HERE / "epub/static/edition.css", HERE / "static/print.css")
COVER = "_static/cover.png"
BUILDERS = ("singlehtml", "epub")
SPACES = {"": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
XHTML = f"{{{SPACES['']}}}"
# https://www.w3.org/TR/epub-a11y-11/#sec-disc-package
ACCESS = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "Every chart has its rows as words; tables have headers."),
)
LEFT_OUT = (
    "This table is in the web edition, where it can be searched and filtered. "
    "Here its rows stand on the pages of the sources."
)


def adapt(app, doctree, docname):
    """Leave out what needs a browser: code cells, and the table that scripts search.

    On the single page that becomes the PDF an id must not come twice, so only the row that links
    lead to keeps it.
    """
    if app.builder.name not in BUILDERS:
        return
    for node in list(doctree.findall(nodes.container)):
        if "cell_input" in node["classes"]:
            whole = node.parent if isinstance(node.parent, HideCodeCellNode) else node
            whole.parent.remove(whole)
    for table in list(doctree.findall(nodes.table)):
        if is_of_class(table, "explorer"):
            table.parent.replace(table, nodes.paragraph("", LEFT_OUT))
        elif app.builder.name == "singlehtml" and not is_of_class(table, "home"):
            for row in table.findall(nodes.row):
                row["ids"] = []


def fill(app, pagename, templatename, context, doctree):
    """Give the templates what they show; a sheet has a template of its own."""
    if app.builder.name not in BUILDERS:
        return None
    body = re.sub(
        r"<script\b.*?</script>\s*", "", context.get("body") or "", flags=re.DOTALL | re.IGNORECASE
    )
    # Before its heading, what the contents lead to may be left behind at the foot of a sheet.
    body = re.sub(r'<span id="(document-[^"]+)"></span>(<section[^>]*>\s*<h1)', r'\2 id="\1"', body)
    about = descriptor(app)
    context.update(parts=contents(app.env), about=about, author=app.config.author, body=body)
    return "print.html" if app.builder.name == "singlehtml" else None


def print_pdf(app, error):
    """Set the single page as a PDF: tagged, with outline, links and page numbers."""
    if error or app.builder.name != "singlehtml":
        return
    # Their import takes longer than a page of the web edition.
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    settings = FontConfiguration()
    faces = fonts.css(lambda face: fonts.source(face).as_uri())
    sheets = [weasyprint.CSS(string=faces, font_config=settings)]
    sheets += [weasyprint.CSS(path, font_config=settings) for path in STYLES]
    page = weasyprint.HTML(Path(app.outdir, f"{app.config.root_doc}.html"))
    target = Path(app.outdir, f"{app.config.epub_basename}.pdf")
    temporary = target.with_suffix(".tmp")
    # Tagged, but not said to be PDF/UA: no checker of it is at hand to hold it to that.
    how = {"pdf_tags": True, "finisher": scope_headers}
    page.write_pdf(temporary, stylesheets=sheets, font_config=settings, **how)
    temporary.replace(target)


def scope_headers(document, pdf):
    """Tell of each header of a table whether it is that of a row or of a column."""
    parts = {part.reference: part for part in pdf.objects if hasattr(part, "get")}
    for header in parts.values():
        if header.get("S") == "/TH" and "A" in header:
            row = parts.get(header["P"], {})
            group = parts.get(row.get("P"), {}).get("S")
            header["A"]["Scope"] = "/Column" if group == "/THead" else "/Row"


class EpubBuilder(Epub3Builder):
    """Sphinx's builder, which would ship the files of the pages and leave drawings undeclared.

    The standard wants ``properties="svg"`` on each page that holds a drawing
    (https://www.w3.org/TR/epub-33/#sec-svg).
    """

    def content_metadata(self):
        """Return Sphinx's metadata with the description of the data package."""
        about, config = descriptor(self.app), self.config
        licences = [licence.get("title", licence["name"]) for licence in about.get("licenses", [])]
        rights = " · ".join([f"© {config.copyright} {config.author}".strip(), *licences])
        more = {"description": about.get("description", ""), "copyright": rights}
        return super().content_metadata() | {k: html.escape(v) for k, v in more.items()}

    def build_navigation_doc(self):
        """Write the contents with the book's parts, which Sphinx leaves out."""
        super().build_navigation_doc()
        path = Path(self.outdir, "nav.xhtml")
        for name, space in SPACES.items():
            ElementTree.register_namespace(name, space)
        tree = ElementTree.parse(path)
        entries = tree.find(f".//{XHTML}nav/{XHTML}ol")
        by_page = {
            entry.find(f"{XHTML}a").get("href").partition("#")[0]: entry for entry in entries
        }
        for caption, part in contents(self.env):
            names = [f"{name}{self.out_suffix}" for name, _ in part]
            found = [by_page[name] for name in names if name in by_page]
            if not caption or not found:
                continue
            group = ElementTree.Element(f"{XHTML}li")
            ElementTree.SubElement(group, f"{XHTML}span").text = caption
            entries.insert(list(entries).index(found[0]), group)
            members = ElementTree.SubElement(group, f"{XHTML}ol")
            for entry in found:
                entries.remove(entry)
                members.append(entry)
        tree.write(path, encoding="utf-8", xml_declaration=True)

    def build_content(self):
        """Write the cover and the package document."""
        static = Path(self.outdir, "_static")
        about, config = descriptor(self.app), self.config
        more = about.get("title", "").removeprefix(config.project).strip()
        drawn = pictures.cover(config.project, more, config.author)
        Path(self.outdir, COVER).write_bytes(pictures.dots(drawn))
        files = {f"_static/{path.relative_to(static).as_posix()}" for path in static.rglob("*")}
        self.config.epub_exclude_files += sorted(files - {f"_static/{STYLES[0].name}", COVER})
        # That of an earlier build would be listed twice.
        Path(self.outdir, self.coverpage_name).unlink(missing_ok=True)
        super().build_content()
        package_document = Path(self.outdir, "content.opf")
        text = package_document.read_text(encoding="utf-8")
        for page in Path(self.outdir).rglob("*.xhtml"):
            if b"<svg" in page.read_bytes():
                item = f'href="{quote(page.relative_to(self.outdir).as_posix())}" media-type='
                text = text.replace(item, f'properties="svg" {item}')
        cover = f'href="{COVER}"'
        text = text.replace(cover, f'{cover} properties="cover-image"')
        access = "".join(f'<meta property="schema:{n}">{v}</meta>\n' for n, v in ACCESS)
        text = text.replace("</metadata>", f"{access}</metadata>", 1)
        package_document.write_text(text, encoding="utf-8")


def add_cover(app, config):
    """Tell of the e-book's cover, which a configuration in YAML cannot: it must be a tuple."""
    config.epub_cover = (COVER, "epub-cover.html")


def setup(app):
    """Register the builders' handlers."""
    app.connect("config-inited", add_cover)
    app.connect("doctree-resolved", adapt)
    app.connect("html-page-context", fill, priority=900)
    app.connect("build-finished", print_pdf)
    app.add_builder(EpubBuilder, override=True)
