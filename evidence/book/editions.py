"""The book as a PDF and as an EPUB: the pages' text, tables and charts without what cannot run.

Sphinx puts the pages together (builders ``singlehtml`` and ``epub``); WeasyPrint sets the PDF.
"""

import html
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.builders.epub3 import Epub3Builder

from evidence.book.page import contents, without_scripts
from evidence.book.structured import package
from evidence.book.tables import is_of_class

TEMPLATES = {"singlehtml": "evidence-print.html", "epub": "evidence-epub.html"}
STYLES = ("edition.css", "print.css")
COVER = "cover.png"
LEFT_OUT = (
    "This table is in the web edition, where it can be searched and filtered. "
    "Here its rows stand on the pages of the sources."
)


def adapt(app, doctree, docname):
    """Leave out what needs a browser: code cells, and the table that scripts search.

    On the single page that becomes the PDF an id must not come twice, so only the row that links
    lead to keeps it.
    """
    if app.builder.name not in TEMPLATES:
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
    """Choose the template and give it what it shows."""
    template = TEMPLATES.get(app.builder.name)
    if template:
        context.update(parts=contents(app.env), about=_about(app), body=without_scripts(context))
    return template


def _about(app):
    """The descriptor of the book's data package; empty if it has none."""
    data = package(Path(app.srcdir, "data"))
    return data.descriptor if data else {}


def print_pdf(app, error):
    """Set the single page as a PDF: tagged, with outline, links and page numbers."""
    if error or app.builder.name != "singlehtml":
        return
    # Their import takes longer than a page of the web edition.
    import fontpkg_atkinson_hyperlegible as font
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: Book; font-style: {slant}; font-weight: {weight};"
        f" src: url('{path.as_uri()}') }}\n"
        for path in sorted((font.ROOT / "files").glob("*.ttf"))
        for slant in ["italic" if "Italic" in path.stem else "normal"]
        for weight in ["bold" if "Bold" in path.stem else "normal"]
    )
    static = Path(app.confdir, "_static")
    sheets = [weasyprint.CSS(string=faces, font_config=fonts)]
    sheets += [weasyprint.CSS(static / name, font_config=fonts) for name in STYLES]
    page = weasyprint.HTML(Path(app.outdir, f"{app.config.root_doc}.html"))
    target = Path(app.outdir, f"{app.config.epub_basename}.pdf")
    temporary = target.with_suffix(".tmp")
    page.write_pdf(temporary, stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    temporary.replace(target)


class EpubBuilder(Epub3Builder):
    """Sphinx's builder, which would ship the theme's files and leave drawings undeclared.

    The standard wants ``properties="svg"`` on each page that holds a drawing
    (https://www.w3.org/TR/epub-33/#sec-svg).
    """

    def content_metadata(self):
        """Return Sphinx's metadata with the description of the data package."""
        description = html.escape(_about(self.app).get("description", ""))
        return super().content_metadata() | {"description": description}

    def build_content(self):
        """Write the package document."""
        for path in Path(self.outdir, "_static").glob("*"):
            if path.name not in (STYLES[0], COVER):
                path.unlink()
        # That of an earlier build would be listed twice.
        Path(self.outdir, self.coverpage_name).unlink(missing_ok=True)
        super().build_content()
        package_document = Path(self.outdir, "content.opf")
        text = package_document.read_text(encoding="utf-8")
        for page in Path(self.outdir).rglob("*.xhtml"):
            if b"<svg" in page.read_bytes():
                item = f'href="{quote(page.relative_to(self.outdir).as_posix())}" media-type='
                text = text.replace(item, f'properties="svg" {item}')
        cover = f'href="_static/{COVER}"'
        text = text.replace(cover, f'{cover} properties="cover-image"')
        package_document.write_text(text, encoding="utf-8")


def add_cover(app, config):
    """Give the e-book its cover, which a configuration in YAML cannot: it must be a tuple."""
    if Path(app.confdir, "_static", COVER).exists():
        config.epub_cover = (f"_static/{COVER}", TEMPLATES["epub"])


def setup(app):
    """Register the builders' handlers."""
    app.connect("config-inited", add_cover)
    app.connect("doctree-resolved", adapt)
    app.connect("html-page-context", fill, priority=900)
    app.connect("build-finished", print_pdf)
    app.add_builder(EpubBuilder, override=True)
