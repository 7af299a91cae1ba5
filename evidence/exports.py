"""The rows and the built book in formats that other tools read.

Web annotations (https://www.w3.org/TR/annotation-model/) lead from a row to its place in a source,
and an RO-Crate (https://w3id.org/ro/crate/1.1) describes what lies in the folder of the book.
Addresses are relative to that folder, so that both hold wherever it is published.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from posixpath import join
from typing import Any

import yaml
from rocrate.rocrate import ROCrate
from sphinx.util.inventory import InventoryFile

from evidence.data import DataError, DataPackage, records
from evidence.files import replace_files

ANNOTATIONS = "annotations.jsonld"
CRATE = "ro-crate-metadata.json"
ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
KINDS = {  # media types of the files that a crate describes
    ".epub": "application/epub+zip",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


def inventory(book: Path, kind: str) -> dict[str, tuple[str, str]]:
    """What a built book tells of its places.

    Parameters
    ----------
    book : pathlib.Path
        Folder of the built pages.
    kind : str
        ``std:label`` for the rows, by their keys; ``std:doc`` for the pages.

    Returns
    -------
    dict of str to (str, str)
        For each name its address within the folder, and its title.

    Raises
    ------
    DataError
        If there is no built book.
    """
    path = book / "objects.inv"
    try:
        with path.open("rb") as file:
            found = InventoryFile.load(file, "", join).get(kind, {})
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read; build the book first (make book)") from error
    return {name: (str(address), str(title)) for name, (_, _, address, title) in found.items()}


def annotations(
    data: DataPackage, places: Mapping[str, tuple[str, str]], base: str = ""
) -> dict[str, Any]:
    """Every row that names a passage, as a collection of web annotations.

    The body says the row in words. One target is the copy that was coded, known by its digest (a
    ``ni:`` address, RFC 6920, as no copy is public): the passage by its position in code points,
    within it the row's verbatim words, if it has any. Where the source has an address, these words
    on that page are the other target. No text of a source beside these words is passed on.

    Parameters
    ----------
    data : DataPackage
    places : mapping of str to (str, str)
        Where each row stands in the book, by key: the address of its annotation.
    base : str
        Address of the book, if it is known.

    Returns
    -------
    dict
        JSON-LD.
    """
    items = list(chain.from_iterable(_table(data, name, places) for name in _annotated(data)))
    page = {
        "id": f"{ANNOTATIONS}#page",
        "type": "AnnotationPage",
        "partOf": ANNOTATIONS,
        "startIndex": 0,
        "items": items,
    }
    return {
        "@context": [ANNOTATION_CONTEXT, {"@base": base}] if base else ANNOTATION_CONTEXT,
        "id": ANNOTATIONS,
        "type": "AnnotationCollection",
        "label": data.descriptor["title"],
        "created": data.descriptor["created"],
        "total": len(items),
        "first": page,
    }


def _annotated(data: DataPackage) -> list[str]:
    """Tables whose rows name a passage and have a key of their own."""
    return [
        name
        for name, fields in data.fields.items()
        if name != "passages"
        and "passage_id" in fields
        and len(data.resources[name]["schema"]["primaryKey"]) == 1
    ]


def _table(
    data: DataPackage, name: str, places: Mapping[str, tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    fields = data.fields[name]
    passages = {row.passage_id: row for row in records(data["passages"])}
    sources = {row.source_id: row for row in records(data["sources"])}
    said = data[name].copy()
    for column, field in fields.items():
        said[column] = data.labels(name, column, said) if "categories" in field else said[column]
    words = said.astype("string").fillna("")
    verbatim = next((column for column, field in fields.items() if field.get("verbatim")), None)
    hidden = {data.key(name), "source_id", "passage_id", verbatim}
    for row, cells in zip(records(data[name]), words.to_dict("records"), strict=True):
        passage = passages.get(row.passage_id)
        if passage is None:
            continue
        key = str(getattr(row, data.key(name)))
        told = [
            f"{str(column).removesuffix('_id').replace('_', ' ').capitalize()}: {text}"
            for column, text in cells.items()
            if text and column not in hidden
        ]
        yield {
            "id": places.get(key, (f"{ANNOTATIONS}#{key}", ""))[0],
            "type": "Annotation",
            "motivation": "classifying",
            "rights": data.descriptor["licenses"][0]["path"],
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "value": key},
                {
                    "type": "TextualBody",
                    "purpose": "describing",
                    "format": "text/plain",
                    "language": "en",
                    "value": "\n".join(told),
                },
            ],
            "target": _targets(sources[passage.source_id], passage, cells.get(verbatim or "", "")),
        }


def _targets(source: Any, passage: Any, words: str) -> list[dict[str, Any]]:
    quote = {"type": "TextQuoteSelector", "exact": words}
    position: dict[str, Any] = {
        "type": "TextPositionSelector",
        "start": int(passage.start),
        "end": int(passage.end),
    }
    if words:
        position["refinedBy"] = quote
    digest = base64.urlsafe_b64encode(bytes.fromhex(source.copy_sha256)).decode().rstrip("=")
    found = [{"source": f"ni:///sha-256;{digest}?ct=text/plain", "selector": position}]
    if source.url and words:
        found.append({"source": source.url, "selector": quote})
    return [{"type": "SpecificResource", **target} for target in found]


def crate(data: DataPackage, book: Path) -> dict[str, Any]:
    """Describe a built book: its pages with their sources, its data, what it was made from.

    Parameters
    ----------
    data : DataPackage
        Beside its folder lies ``CITATION.cff``.
    book : pathlib.Path
        Folder of the built pages.

    Returns
    -------
    dict
        The metadata of an RO-Crate, version 1.1.

    Raises
    ------
    DataError
        If there is no ``CITATION.cff`` or no built book, or a file that it should have is missing.
    """
    citation = _citation(data.folder.parent / "CITATION.cff")
    found = ROCrate(version="1.1")
    whole = found.root_dataset
    whole["name"] = citation["title"]
    whole["description"] = data.descriptor["description"]
    whole["datePublished"] = str(citation["date-released"])
    whole["version"] = str(citation["version"])
    licence = data.descriptor["licenses"][0]
    whole["license"] = _context(found, licence["path"], "CreativeWork", name=licence["title"])
    whole["author"] = [
        _context(found, f"#author-{number}", kind, name=name)
        for number, (kind, name) in enumerate(_authors(citation), start=1)
    ]
    for name, (address, title) in sorted(inventory(book, "std:doc").items()):
        _file(found, book, address, title)
        for path in book.glob(f"_sources/{name}.*"):
            _file(found, book, str(path.relative_to(book)), f"{title}: its source")
    _file(found, book, "data.zip", "All tables, as a Frictionless Data Package")
    _file(found, book, ANNOTATIONS, "The rows as web annotations")
    for path in sorted([*book.glob("*.pdf"), *book.glob("*.epub")]):
        _file(found, book, path.name, f"The book as {path.suffix[1:].upper()}")
    whole["isBasedOn"] = [
        _context(
            found,
            source.url or f"#source-{source.source_id}",
            "CreativeWork",
            name=source.title,
            publisher=source.publisher,
            datePublished=source.published,
        )
        for source in records(data["sources"])
    ]
    return dict(found.metadata.generate())


def _citation(path: Path) -> dict[str, Any]:
    try:
        return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, TypeError, ValueError) as error:
        raise DataError(f"{path}: is no citation file ({error})") from error


def _authors(citation: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for author in citation["authors"]:
        if "name" in author:
            yield "Organization", author["name"]
        else:
            yield "Person", f"{author.get('given-names', '')} {author['family-names']}".strip()


def _context(found: ROCrate, address: str, kind: str, **told: str) -> Any:
    properties = {name: value for name, value in told.items() if value}
    return found.add_jsonld({"@id": address, "@type": kind, **properties})


def _file(found: ROCrate, book: Path, place: str, name: str) -> None:
    path = book / place
    if not path.is_file():
        raise DataError(f"{path}: is not there; build the book first (make book)")
    properties = {"name": name, "encodingFormat": KINDS[path.suffix]}
    found.add_file(path, dest_path=place, properties=properties)


def export(data: DataPackage, book: Path, base: str = "") -> list[tuple[Path, int]]:
    """Write both beside the pages of a built book.

    Parameters
    ----------
    data : DataPackage
    book : pathlib.Path
        Folder of the built pages.
    base : str
        Address of the book, if it is known.

    Returns
    -------
    list of (pathlib.Path, int)
        What was written, and how many annotations or files it describes.
    """
    notes = annotations(data, inventory(book, "std:label"), base)
    _write(book / ANNOTATIONS, notes)
    described = crate(data, book)
    _write(book / CRATE, described)
    files = sum(entity["@type"] == "File" for entity in described["@graph"])
    return [(book / ANNOTATIONS, notes["total"]), (book / CRATE, files)]


def _write(path: Path, content: Mapping[str, Any]) -> None:
    replace_files({path: json.dumps(content, ensure_ascii=False, indent=1) + "\n"})
