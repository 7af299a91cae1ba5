"""The page around the text: a template of our own, without what a reader does not use.

The theme's template would load some 850 kB of scripts, styles and an icon font, part of it
inline, which a strict Content-Security-Policy forbids.
"""

import json
import os
import re
import shutil
from functools import cache
from html import escape, unescape
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import ConfigError

from evidence.book.structured import claims, dataset
from evidence.data import DataPackage
from evidence.export import write_archive

TEMPLATE = "evidence-page.html"
# No inline script or style, nothing from elsewhere. JSON-LD is data, which a policy lets pass.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
ARCHIVE = "data.zip"
DESCRIPTION = 200  # characters that a search engine shows at most
# DataTables and what it needs, in the order of loading. They ship with great_tables.
LIBRARIES = ["jquery.slim.min.js", "dataTables.min.js"]
SEARCH = {  # of Sphinx; the theme's files are not shipped
    "doctools.js",
    "documentation_options.js",
    "language_data.js",
    "searchtools.js",
}


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


def sections(env, name):
    """Return the (anchor, title) pairs of a page's sections of the second level."""
    toc = env.tocs.get(name)
    found = []
    for link in toc.findall(nodes.reference) if toc is not None else []:
        lists = 0
        parent = link.parent
        while parent is not None:
            lists += isinstance(parent, nodes.bullet_list)
            parent = parent.parent
        if lists == 2:
            found.append((link["anchorname"], link.astext()))
    return found


def description(doctree, most=DESCRIPTION):
    """Return the first paragraph of a page, cut at the end of a sentence or a word.

    Parameters
    ----------
    doctree : docutils.nodes.document
    most : int
        Characters.

    Returns
    -------
    str
    """
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            text = re.sub(r"\s+", " ", paragraph.astext()).removeprefix("In brief. ").strip()
            break
    else:
        return ""
    if len(text) <= most:
        return text
    sentence = text.rfind(". ", 0, most)
    return text[: sentence + 1] if sentence > most // 3 else text[:most].rsplit(" ", 1)[0] + "…"


def pages(env):
    """Return the names of all pages, in the order of the book."""
    return [env.config.root_doc, *(name for _, part in contents(env) for name, _ in part)]


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


def editions(app):
    """Return the names of the PDF and the EPUB, of those that lie beside the pages."""
    names = [f"{app.config.epub_basename}.{kind}" for kind in ("pdf", "epub")]
    return [name for name in names if Path(app.outdir, name).exists()]


def without_scripts(context):
    """Return a page's text without the scripts of other extensions: the policy forbids them."""
    return re.sub(r"<script\b.*?</script>\s*", "", context.get("body") or "", flags=re.S)


def fill(app, pagename, templatename, context, doctree):
    """Choose the template and give it what it shows."""
    if app.builder.name not in ("html", "dirhtml"):
        return None
    env, config = app.env, app.config
    is_root = pagename == config.root_doc
    title = re.sub(r"<[^>]+>", "", context.get("title") or "")
    meta = context.get("meta") or {}
    about = meta.get("description") or (description(doctree) if doctree is not None else "")
    place = next((p for p, part in contents(env) if pagename in dict(part)), None)
    context.update(
        policy=POLICY,
        base=config.html_baseurl.rstrip("/"),
        description=about,
        page_title=title if is_root or not title else f"{title} · {config.html_title}",
        parts=contents(env),
        part=place,
        sections=sections(env, pagename),
        is_root=is_root,
        archive=ARCHIVE,
        libraries=LIBRARIES,
        editions=editions(app),
        known=pagename in pages(env),
        structured=None,
        summaries=summaries(app) if pagename == "search" else None,
        body=without_scripts(context),
    )
    context["has_explorer"] = bool(re.search(r'<table class="[^"]*\bexplorer\b', context["body"]))
    data = dataset(app, about, ARCHIVE) if is_root else claims(app, pagename)
    if data:
        # "<" is escaped so that no text can end the element.
        context["structured"] = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return TEMPLATE


def know_address(app, config):
    """Take the book's address from ``BOOK_URL``: who publishes it knows it, and edits nothing."""
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
    """Have every page written again if looks or editions changed after the last build.

    Sphinx would else neither copy the changed style sheet nor write a page.
    """
    suffix = getattr(app.builder, "out_suffix", ".html")
    written = Path(app.outdir, f"{app.config.root_doc}{suffix}")
    if not written.exists():
        return []
    looks = [Path(app.confdir, "_static"), Path(app.confdir, "_templates"), Path(__file__).parent]
    files = [path for folder in looks for path in folder.glob("*.*")]
    files += [Path(app.outdir, name) for name in editions(app)]
    newest = max((path.stat().st_mtime for path in files), default=0)
    return list(env.found_docs) if newest > written.stat().st_mtime else []


def finish(app, error):
    """Leave out the theme's files that no page uses, and add what the pages link to."""
    if error or app.builder.name not in ("html", "dirhtml"):
        return
    static = Path(app.outdir, "_static")
    own = {path.name for path in Path(app.confdir, "_static").glob("*")}
    for name in LIBRARIES:
        shutil.copyfile(files("great_tables") / "js" / name, static / name)
    kept = {static / name for name in own | SEARCH | set(LIBRARIES)}
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept and path.parent.name != "downloads":
            path.unlink()
    write_archive(DataPackage(), Path(app.outdir, ARCHIVE))
    tell_crawlers(app)


def tell_crawlers(app):
    """List the pages for search engines, if the book's address is known."""
    sitemap, robots = Path(app.outdir, "sitemap.xml"), Path(app.outdir, "robots.txt")
    base = app.config.html_baseurl.rstrip("/")
    if not base:
        for written in (sitemap, robots):
            written.unlink(missing_ok=True)
        return
    addresses = [f"{base}/{app.builder.get_target_uri(name)}" for name in pages(app.env)]
    lines = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    sitemap.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</urlset>\n",
        encoding="utf-8",
    )
    allowed = f"User-agent: *\nAllow: /\nSitemap: {base}/{sitemap.name}\n"
    robots.write_text(allowed, encoding="utf-8")


def setup(app):
    """Register the template and the clearing up; both come after all other extensions."""
    app.connect("config-inited", know_address)
    app.connect("env-get-outdated", outdated)
    app.connect("html-page-context", fill, priority=900)
    app.connect("build-finished", finish, priority=900)
