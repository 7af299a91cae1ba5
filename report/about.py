"""How the book is cited and what changed from version to version, read from the project's files."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

VERSION = re.compile(r"^## (?P<version>\S+)(?: \((?P<date>[\d-]+)\))?$")


def authors(citation: Mapping[str, Any]) -> list[str]:
    """Names of the authors of a citation file, people and organisations.

    Parameters
    ----------
    citation : mapping
        As read from ``CITATION.cff`` (https://citation-file-format.github.io, version 1.2).
    """
    names = []
    for author in citation["authors"]:
        person = [author.get("given-names", ""), author.get("family-names", "")]
        names.append(author.get("name") or " ".join(filter(None, person)))
    return names


def bibtex_fields(citation: Mapping[str, Any]) -> dict[str, str]:
    """Turn a citation file into the fields of a BibTeX entry.

    Parameters
    ----------
    citation : mapping
        As for :func:`authors`. ``doi`` and ``url`` may be missing or empty; then so is the field.

    Returns
    -------
    dict of str to str
        ``title``, ``author`` (organisations in braces, so that they are not taken apart), ``year``,
        ``note`` with version and date, and ``doi`` and ``url`` where they are known.
    """
    organisations = {author["name"] for author in citation["authors"] if author.get("name")}
    names = [f"{{{n}}}" if n in organisations else n for n in authors(citation)]
    date = str(citation["date-released"])
    fields = {
        "title": citation["title"],
        "author": " and ".join(names),
        "year": date[:4],
        "note": f"Version {citation['version']}, {date}",
    }
    return fields | {name: citation[name] for name in ("doi", "url") if citation.get(name)}


def changes(text: str) -> pd.DataFrame:
    """Read a list of changes.

    Parameters
    ----------
    text : str
        Markdown: a heading of the second level for each version, such as ``## 0.1.0 (2026-11-21)``,
        and a list under it.

    Returns
    -------
    pandas.DataFrame
        Columns ``version``, ``date`` (empty where none is given) and ``change``, a row an item, in
        the order of the text.
    """
    rows: list[list[str]] = []
    version, date = "", ""
    for line in text.splitlines():
        heading = VERSION.match(line)
        if heading:
            version, date = heading["version"], heading["date"] or ""
        elif line.startswith("- "):
            rows.append([version, date, line[2:].strip()])
        elif line.startswith("  ") and line.strip() and rows:
            rows[-1][2] += f" {line.strip()}"
    return pd.DataFrame(rows, columns=["version", "date", "change"])
