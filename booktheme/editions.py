"""The book as a PDF and as an EPUB: the pages' text, tables and charts without what cannot run.

Sphinx puts the pages together (builders ``singlehtml`` and ``epub``); WeasyPrint sets the PDF.
"""

import html
import re
import zipfile
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from booktheme import fonts, pictures
from booktheme.archives import EPOCH, descriptor
from booktheme.page import contents, root_name
from booktheme.table_layout import is_of_class

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


def adapt(app, doctree, docname):
    """Leave out of the e-book what needs a browser: code, and tables that scripts search.

    A table whose rows links lead to stays, long as it is.
    """
    if app.builder.name != "epub":
        return
    for node in list(doctree.findall(nodes.container)):
        if "cell_input" in node["classes"]:
            whole = node.parent if isinstance(node.parent, HideCodeCellNode) else node
            whole.parent.remove(whole)
    numbers = app.env.toc_fignumbers.get(docname, {}).get("table", {})
    for table in list(doctree.findall(nodes.table)):
        if is_of_class(table, "explorer") and not is_of_class(table, "home"):
            table.parent.replace(table, _stand_in(table, numbers))


class SheetsBuilder(SingleFileHTMLBuilder):
    """Sphinx's builder of a single page, which would put together what no sheet shows.

    ``print_leaves_out`` names the pages, and the tables by their labels, that the PDF leaves out.
    """

    def assemble_doctree(self):
        """Return the pages of the contents one after the other, each without what paper lacks."""
        root = self.config.root_doc
        tree = self._lightened(root)
        for toctree in list(tree.findall(addnodes.toctree)):
            chapters = []
            for name in toctree["includefiles"]:
                if name in self.config.print_leaves_out:
                    continue
                chapter = addnodes.start_of_file(docname=name)
                chapter += self._lightened(name).children
                for section in chapter.findall(nodes.section):
                    section["docname"] = name
                chapters.append(chapter)
            toctree.parent.replace(toctree, chapters)
        tree["docname"] = root
        self.env.resolve_references(tree, root, self)
        self._lead_out(tree)
        self.fix_refuris(tree)
        return tree

    def _lightened(self, name):
        """Return a page without its code, the tables left out, and the columns that fold.

        An id must not come twice: only the row that links lead to keeps it.
        """
        tree = self.env.get_doctree(name)
        for code in [n for n in tree.findall(nodes.container) if "cell_input" in n["classes"]]:
            cell = code.parent
            cell.remove(code)
            if not cell.children:  # else a heading is kept with nothing, and not with what follows
                cell.parent.remove(cell)
        numbers = self.env.toc_fignumbers.get(name, {}).get("table", {})
        for table in list(tree.findall(nodes.table)):
            if set(table["ids"]) & set(self.config.print_leaves_out):
                table.parent.replace(table, _stand_in(table, numbers))
                continue
            lead = next((c for c in table["classes"] if c.startswith("lead-")), None)
            for row in table.findall(nodes.row):
                row["ids"] = row["ids"] if is_of_class(table, "home") else []
                row[:] = row[: int(lead.removeprefix("lead-"))] if lead else row[:]
        return tree

    def _lead_out(self, tree):
        """Lead links to what was left out to the web edition, or nowhere if it has no address."""
        here = {anchor for node in tree.findall(nodes.Element) for anchor in node.get("ids", ())}
        pages = {chapter["docname"] for chapter in tree.findall(addnodes.start_of_file)}
        pages.add(self.config.root_doc)
        for link in list(tree.findall(nodes.reference)):
            page, _, anchor = link.get("refuri", "").removeprefix("#document-").partition("#")
            is_inside = "refid" in link or link["refuri"].startswith("#document-")
            anchor = link.get("refid", anchor)
            if not is_inside or (anchor in here if anchor else page in pages):
                continue
            if self.config.html_baseurl and page:
                fragment = f"#{anchor}" if anchor else ""
                link["refuri"] = f"{self.config.html_baseurl}{page}.html{fragment}"
            else:
                link.parent.replace(link, link.children)


def _stand_in(table, numbers):
    """Say, where a table was left out, what it is and how long."""
    number = ".".join(str(part) for part in numbers.get(table["ids"][0], ()))
    rows = len(list(table.findall(nodes.row))) - 1
    title = table.next_node(nodes.title).astext()
    count = f"{rows} row" if rows == 1 else f"{rows} rows"
    text = f"Table {number}. {title}: {count}, which the web edition shows."
    return nodes.paragraph("", text, ids=table["ids"], classes=["left-out"])


def fill(app, pagename, templatename, context, doctree):
    """Give the templates what they show; a sheet has a template of its own."""
    if app.builder.name not in BUILDERS:
        return None
    body = re.sub(
        r"<script\b.*?</script>\s*", "", context.get("body") or "", flags=re.DOTALL | re.IGNORECASE
    )
    # Before its heading, what the contents lead to may be left behind at the foot of a sheet.
    body = re.sub(
        r'<span id="(document-[^"]+)"></span>(.*?<h\d)', r'\2 id="\1"', body, flags=re.DOTALL
    )
    titles = [entry for _, part in contents(app.env) for entry in part]
    context.update(
        root_name=root_name(app),
        parts=contents(app.env),
        left_out=[entry for entry in titles if entry[0] in app.config.print_leaves_out],
        base=app.config.html_baseurl,
        about=descriptor(app),
        author=app.config.author,
        body=body,
    )
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

    It writes each page each time, and no date but that of the data: the same book, the same bytes.

    The standard wants ``properties="svg"`` on each page that holds a drawing
    (https://www.w3.org/TR/epub-33/#sec-svg).
    """

    def get_outdated_docs(self):
        """Return all pages."""
        return self.env.found_docs

    def content_metadata(self):
        """Return Sphinx's metadata with the description and the date of the data package."""
        about, config = descriptor(self.app), self.config
        licences = [licence.get("title", licence["name"]) for licence in about.get("licenses", [])]
        rights = " · ".join([f"© {config.copyright} {config.author}".strip(), *licences])
        more = {"description": about.get("description", ""), "copyright": rights}
        more |= {"date": about["created"]} if "created" in about else {}
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

    def build_epub(self):
        """Pack the files; the first, not compressed, says what they are."""
        target = Path(self.outdir, f"{self.config.epub_basename}.epub")
        names = ("mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files)
        with zipfile.ZipFile(target, "w") as archive:
            for name in names:
                how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                content = Path(self.outdir, name).read_bytes()
                archive.writestr(zipfile.ZipInfo(str(name), EPOCH), content, how)


def add_cover(app, config):
    """Tell of the e-book's cover, which a configuration in YAML cannot: it must be a tuple."""
    config.epub_cover = (COVER, "epub-cover.html")


def setup(app):
    """Register the builders' handlers."""
    app.connect("config-inited", add_cover)
    app.connect("doctree-resolved", adapt)
    app.connect("html-page-context", fill, priority=900)
    app.connect("build-finished", print_pdf)
    app.add_config_value("print_leaves_out", [], "env", types=[list])
    app.add_builder(EpubBuilder, override=True)
    app.add_builder(SheetsBuilder, override=True)
