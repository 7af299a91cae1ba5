"""What the pages tell search engines, in the vocabulary of schema.org."""

from functools import cache
from pathlib import Path

from evidence.data import DataError, DataPackage
from evidence.views import source_page


@cache
def package(folder):
    """The data package of a book, or None if it has none."""
    try:
        return DataPackage(folder)
    except DataError:
        return None


def dataset(app, description, archive):
    """Describe the data package as a ``Dataset``.

    Parameters
    ----------
    app : sphinx.application.Sphinx
    description : str
        What to say where the package does not describe itself.
    archive : str
        Name of the file beside the first page that holds all data.

    Returns
    -------
    dict or None
    """
    data = package(Path(app.srcdir, "data"))
    if data is None:
        return None
    about = data.descriptor
    base = app.config.html_baseurl
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": about.get("title", about.get("name", app.config.html_title)),
        "description": about.get("description", description),
        "version": about.get("version"),
        "url": base,
        "datePublished": about.get("created", "")[: len("2000-01-01")],
        "license": [licence["path"] for licence in about.get("licenses", []) if "path" in licence],
        "inLanguage": app.config.language,
        "isAccessibleForFree": True,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": base + archive,
        },
        "creator": {"@type": "Organization", "name": app.config.author},
        "variableMeasured": [
            resource.get("title", name) for name, resource in data.resources.items()
        ],
    }
    return {name: value for name, value in found.items() if value}


def claims(app, pagename):
    """List what a source says as ``Claim`` elements that appear in it.

    Returns
    -------
    dict or None
        None for a page that is not that of a source.
    """
    data = package(Path(app.srcdir, "data"))
    if data is None:
        return None
    labels = app.env.get_domain("std").anonlabels
    for source in data["sources"].itertuples():
        if labels.get(source_page(source.source_id), ("",))[0] == pagename:
            break
    else:
        return None
    work = {"@type": "Article", "@id": "#article", "headline": source.title, "url": source.url}
    work = {name: value for name, value in work.items() if value}
    rows = data["claims"]
    return {
        "@context": "https://schema.org",
        "@graph": [work]
        + [
            {
                "@type": "Claim",
                "@id": f"#{row.claim_id}",
                "text": row.statement,
                "appearance": {"@id": "#article"},
            }
            for row in rows[rows["source_id"] == source.source_id].itertuples()
        ],
    }
