"""The book's data package, where it has one: its archive, and its words for search engines."""

import json
import zipfile
from pathlib import Path

DESCRIPTOR = "data/datapackage.json"
ARCHIVE = "data.zip"
ALONG = ("LICENSE-data", "CITATION.cff", "references.bib")
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
    along = [root / DESCRIPTOR, folder / "README.md", *(root / name for name in ALONG)]
    temporary = Path(app.outdir, ARCHIVE).with_suffix(".tmp")
    with zipfile.ZipFile(temporary, "w") as archive:
        for path in tables + [path for path in along if path.exists()]:
            place = path.relative_to(folder if path.is_relative_to(folder) else root)
            entry = zipfile.ZipInfo(f"{about.get('name', 'data')}/{place.as_posix()}", EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    temporary.replace(Path(app.outdir, ARCHIVE))


def setup(app):
    """Register the archive."""
    app.connect("build-finished", write_archive)
