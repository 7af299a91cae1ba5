"""The book's data package, where it has one, and the book as a bundle: both as archives."""

import json
import zipfile
from pathlib import Path

from sphinx.errors import ConfigError

DESCRIPTOR = "data/datapackage.json"
ARCHIVE = "data.zip"
ALONG = ("LICENSE-data", "CITATION.cff", "references.bib")
MADE = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}  # what tools leave behind
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same data make the same archive


def descriptor(app):
    """Return the descriptor of the book's data package; empty if the book has none."""
    path = Path(app.srcdir, DESCRIPTOR)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def dataset(app):
    """Describe the data package as a ``Dataset`` of schema.org; None if the book has none."""
    about = descriptor(app)
    if not about:
        return None
    base = app.config.html_baseurl
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": about.get("title", about.get("name", app.config.html_title)),
        "description": about.get("description"),
        "version": about.get("version"),
        "url": base,
        "datePublished": about.get("created", "")[: len("2000-01-01")],
        "license": [licence["path"] for licence in about.get("licenses", []) if "path" in licence],
        "inLanguage": app.config.language,
        "isAccessibleForFree": True,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": base + ARCHIVE,
        },
        "creator": {"@type": "Organization", "name": app.config.author},
        "variableMeasured": [r.get("title", r["name"]) for r in about.get("resources", [])],
    }
    return {name: value for name, value in found.items() if value}


def write_archive(app, error):
    """Lay all tables and what describes them beside the pages, as one zip archive."""
    about = descriptor(app)
    if error or not about or app.builder.name not in ("html", "dirhtml"):
        return
    root = Path(app.srcdir)
    folder = (root / DESCRIPTOR).parent
    tables = [folder / resource["path"] for resource in about.get("resources", [])]
    along = [root / DESCRIPTOR, *(folder / name for name in ("README.md", "SHA256SUMS"))]
    along += [root / name for name in ALONG]
    found = {
        path.relative_to(folder if path.is_relative_to(folder) else root): path
        for path in tables + [path for path in along if path.exists()]
    }
    _pack(Path(app.outdir, ARCHIVE), about.get("name", "data"), found)


def bundle(app):
    """Return the name of the archive with all that the book is made from; empty if there is none.

    The setting ``bundle`` lists its files and folders.
    """
    version = descriptor(app).get("version", app.config.version)
    return f"{app.config.epub_basename}-{version}.zip" if app.config.bundle else ""


def write_bundle(app, error):
    """Lay what the book is made from beside the pages: unzipped, it builds the same book."""
    if error or not app.config.bundle or app.builder.name not in ("html", "dirhtml"):
        return
    root, found = Path(app.srcdir), {}
    for name in app.config.bundle:
        top = root / name
        if not top.exists():
            raise ConfigError(f"the setting bundle names {name!r}, which is not in {root}")
        for path in [top, *top.rglob("*")]:
            place = path.relative_to(root)
            if path.is_file() and not MADE.intersection(place.parts):
                found[place] = path
    target = Path(app.outdir, bundle(app))
    for old in target.parent.glob(f"{app.config.epub_basename}-*.zip"):
        old.unlink()
    _pack(target, target.stem, dict(sorted(found.items())))


def _pack(target, folder, files):
    """Write an archive of files, each by its place in a folder; no date, so the same bytes."""
    temporary = target.with_suffix(".tmp")
    with zipfile.ZipFile(temporary, "w") as archive:
        for place, path in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{place.as_posix()}", EPOCH)
            runs = path.stat().st_mode & 0o100
            entry.external_attr = (0o100755 if runs else 0o100644) << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    temporary.replace(target)


def setup(app):
    """Register the archives."""
    app.add_config_value("bundle", [], "html", types=[list])
    app.connect("build-finished", write_archive)
    app.connect("build-finished", write_bundle)
