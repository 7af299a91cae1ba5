"""What a page's template shows, and what lies beside the pages."""

import json
import os
import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import ConfigError
from sphinx.writers.html5 import HTML5Translator

from booktheme.archives import ARCHIVE, bundle, dataset, descriptor
from booktheme.repository import links

# No inline script or style, nothing from elsewhere. JSON-LD is data, which a policy lets pass.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
DESCRIPTION = 200  # characters that a search engine shows at most
PAGES = ("html", "dirhtml")  # the builders that write pages for a browser


def ancestors(node):
    """Yield a node and all that it stands in, from the inside out."""
    while node is not None:
        yield node
        node = node.parent


@cache
def contents(env):
    """Return the book's parts.

    Parameters
    ----------
    env : sphinx.environment.BuildEnvironment

    Returns
    -------
    list of tuple
        Caption and list of (page name, title) of each part.
    """
    root = env.get_doctree(env.config.root_doc)
    return [
        (
            toctree["caption"],
            [(name, title or env.titles[name].astext()) for title, name in toctree["entries"]],
        )
        for toctree in root.findall(addnodes.toctree)
    ]


def pages(env):
    """Return the names of all pages, in the order of the book."""
    return [env.config.root_doc, *(name for _, part in contents(env) for name, _ in part)]


def sections(env, name):
    """Return the (anchor, title) pairs of a page's sections of the second level."""
    toc = env.tocs.get(name)
    links = toc.findall(nodes.reference) if toc is not None else ()
    return [
        (link["anchorname"], link.astext())
        for link in links
        if sum(isinstance(node, nodes.bullet_list) for node in ancestors(link)) == 2
    ]


def root_name(app):
    """Return the name under which the contents lead to the first page."""
    return app.config.summary_name or app.env.titles[app.config.root_doc].astext()


def description(doctree, summary_name="", most=DESCRIPTION):
    """Return the first paragraph of a page, cut at the end of a sentence or a word.

    Parameters
    ----------
    doctree : docutils.nodes.document
    summary_name : str
        Left out where the paragraph begins with it as a sentence of its own.
    most : int
        Characters.

    Returns
    -------
    str
    """
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            text = re.sub(r"\s+", " ", paragraph.astext())
            text = text.removeprefix(f"{summary_name}. ").strip()
            break
    else:
        return ""
    if len(text) <= most:
        return text
    sentence = text.rfind(". ", 0, most)
    return text[: sentence + 1] if sentence > most // 3 else text[:most].rsplit(" ", 1)[0] + "…"


def summaries(app):
    """Return name, title and description of each page, for the search.

    The descriptions are read from the written pages: a build writes only those that changed.
    """
    found = []
    for name in pages(app.env):
        written = Path(app.builder.get_outfilename(name)).read_text(encoding="utf-8")
        about = re.search(r'<meta name="description" content="([^"]*)"', written)
        found.append((name, app.env.titles[name].astext(), unescape(about[1]) if about else ""))
    return found


def downloads(app, more):
    """Return name and words of each file that the foot of a page leads to.

    Parameters
    ----------
    app : sphinx.application.Sphinx
    more : dict of str to str
        Words for the files that the book itself lays beside its pages, by name.
    """
    data = {ARCHIVE: "All data with their schema (zip)"} if descriptor(app) else {}
    whole = {bundle(app): "The book to build, with data and code (zip)"} if bundle(app) else {}
    name = app.config.epub_basename
    books = {f"{name}.{kind}": f"The book as {kind.upper()}" for kind in app.config.editions}
    return list({**data, **more, **whole, **books}.items())


def without_scripts(body):
    """Return a page's text without scripts, which the policy forbids; data are none."""
    script = r'<script\b(?! type="application/ld\+json">).*?</script>\s*'
    return re.sub(script, "", body or "", flags=re.DOTALL | re.IGNORECASE)


def fill(app, pagename, templatename, context, doctree):
    """Give the templates what they show."""
    if app.builder.name not in PAGES:
        return
    env, config = app.env, app.config
    is_root = pagename == config.root_doc
    title = re.sub(r"<[^>]+>", "", context.get("title") or "")
    meta = context.get("meta") or {}
    about = meta.get("description") or (
        description(doctree, config.summary_name) if doctree is not None else ""
    )
    data = dataset(app) if is_root else None
    body = without_scripts(context.get("body"))
    context.update(
        policy=POLICY,
        author=config.author,
        base=config.html_baseurl.rstrip("/"),
        description=about,
        page_title=title if is_root or not title else f"{title} · {escape(config.html_title)}",
        root_name=root_name(app),
        parts=contents(env),
        part=next((p for p, part in contents(env) if pagename in dict(part)), None),
        sections=sections(env, pagename),
        is_root=is_root,
        known=pagename in pages(env),
        has_code='<details class="code">' in body,
        links=links(app, pagename),
        own_styles=[name for name, _ in config.html_css_files],
        downloads=downloads(app, context.get("theme_downloads") or {}),
        how_to_get=not config.editions and Path(app.srcdir, "Makefile").exists(),
        has_explorer=bool(re.search(r'<table class="[^"]*\bexplorer\b', body)),
        # "<" is escaped so that no text can end the element.
        structured=data and json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
        body=body,
    )


def visit_citation(self, node):
    """Open a work of a bibliography as an item of a list: ARIA 1.2 gave up docutils' role."""
    HTML5Translator.visit_citation(self, node)
    self.body[-1] = self.body[-1].replace("doc-biblioentry", "listitem")


def configure(app, config):
    """Take the book's address from ``BOOK_URL``.

    Who publishes a book knows its address, and edits nothing.
    """
    # What another extension would ship lies elsewhere on each machine, and no page loads it.
    config.html_static_path = [p for p in config.html_static_path if not Path(p).is_absolute()]
    # The theme has no page for an index: the search finds what one would list.
    config.html_use_index = config.html_domain_indices = False
    address = os.environ.get("BOOK_URL", "").strip()
    if not address:
        return
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(
            f"BOOK_URL is not where a book can be: {address!r}. "
            "It must look like https://example.org/book/"
        )
    config.html_baseurl = address.rstrip("/") + "/"


def outdated(app, env, added, changed, removed):
    """Have every page written again if looks changed after the last build.

    Sphinx knows of changed templates; of changed static files it does not. The editions are
    written whole each time.
    """
    written = Path(app.builder.get_outfilename(app.config.root_doc))
    if app.builder.name not in PAGES or not written.exists():
        return []
    looks = [*Path(__file__).parent.rglob("*.*"), *Path(app.confdir, "_static").glob("*.*")]
    newest = max(path.stat().st_mtime for path in looks)
    return list(env.found_docs) if newest > written.stat().st_mtime else []


def take_away(app, env, added, changed, removed):
    """Take away the pages that left the book; Sphinx leaves them for readers and crawlers."""
    for name in removed if app.builder.name in PAGES else ():
        Path(app.builder.get_outfilename(name)).unlink(missing_ok=True)
    return []


def tell_crawlers(app, error):
    """List the pages for search engines, if the book's address is known.

    sphinx-sitemap lists the pages that a build wrote, which are those that changed; it warns where
    no address is known, and writes no robots.txt.
    """
    if error or app.builder.name not in PAGES:
        return
    sitemap, robots = Path(app.outdir, "sitemap.xml"), Path(app.outdir, "robots.txt")
    base = app.config.html_baseurl
    if not base:
        sitemap.unlink(missing_ok=True)
        robots.unlink(missing_ok=True)
        return
    addresses = [escape(base + app.builder.get_target_uri(name)) for name in pages(app.env)]
    sitemap.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "".join(f"<url><loc>{address}</loc></url>\n" for address in addresses)
        + "</urlset>\n",
        encoding="utf-8",
    )
    robots.write_text(f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n", encoding="utf-8")


def setup(app):
    """Register the handlers."""
    works = (visit_citation, HTML5Translator.depart_citation)
    app.add_node(nodes.citation, override=True, html=works)
    editions = os.environ.get("EDITIONS", "").split()
    app.add_config_value("editions", editions, "html", types=[list])
    # What the book calls a summary: the contents name its first page so, and the first paragraph of
    # a page may begin so.
    app.add_config_value("summary_name", "", "html", types=[str])
    # After other extensions.
    app.connect("config-inited", configure, priority=900)
    app.connect("env-get-outdated", outdated)
    app.connect("env-get-outdated", take_away)
    # After other extensions, which add scripts to a page's text.
    app.connect("html-page-context", fill, priority=900)
    app.connect("build-finished", tell_crawlers)
