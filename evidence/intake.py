"""Take a source in, and out again. Either command writes all of its files or none."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evidence import check as checks
from evidence.belonging import rows_of
from evidence.candidates import drafted
from evidence.copies import read_copy
from evidence.data import CODED, IN_PROGRESS, DataError, DataPackage
from evidence.files import Row, Texts, as_files, replace_files, staged, table_rows
from evidence.notebooks import TOC, page_of, stub_page, toc_with, toc_without
from evidence.passages import word_count
from evidence.prose import counted
from evidence.sheets import sheets_of

Ask = Callable[[str, Mapping[str, Any]], str]
FOUND = ("copy_file", "copy_sha256", "words", CODED)  # columns that the copy tells by itself


def row_of(data: DataPackage, copy: Path, given: Row, ask: Ask | None) -> Row:
    """Bring together the row of a new source: what was given, what its page tells, what is asked.

    Parameters
    ----------
    data : DataPackage
    copy : pathlib.Path
        A text file, or a saved web page.
    given : dict of str to str
        Columns of ``sources.csv``; others are left out of account.
    ask : callable, optional
        Takes the name and the description of a column that must have a value and has none, and
        returns one.

    Returns
    -------
    dict of str to str

    Raises
    ------
    DataError
        If a column has no value and nobody can be asked; the message names the option.
    """
    told = vars(read_copy(copy))
    cells = {}
    for column, described in data.fields["sources"].items():
        if column in FOUND:
            continue
        rules = described.get("constraints", {})
        cells[column] = given.get(column) or told.get(column, "")
        if not cells[column] and rules.get("required"):
            if ask is None:
                option = "--id" if column == "source_id" else f"--{column.replace('_', '-')}"
                levels = f": one of {', '.join(rules['enum'])}" if "enum" in rules else ""
                raise DataError(f"sources.csv, column {column}: give it with {option}{levels}")
            cells[column] = ask(column, described)
    return cells


def add(data: DataPackage, copy: Path, cells: Row, sheets: Path | None = None) -> list[str]:
    """Take in a copy: its row, its passages, its page, and sheets of candidates for its rows.

    Parameters
    ----------
    data : DataPackage
    copy : pathlib.Path
        A text file, or a saved web page; the text of the page is put beside it.
    cells : dict of str to str
        Columns of ``sources.csv`` that the copy does not tell by itself.
    sheets : pathlib.Path, optional
        Folder of the sheets; by default ``coding/`` and the key of the source.

    Returns
    -------
    list of str
        What was written.

    Raises
    ------
    DataError
        If the copy cannot be read, or the source, its page or its sheets are there already, or
        its row is not one that the schema allows. Nothing is then written.
    """
    data = data.whole()
    root, source = data.folder.parent, cells["source_id"]
    if source in set(data["sources"]["source_id"]):
        raise DataError(f"{source}: sources.csv has a row of this source_id; choose another --id")
    sheets = sheets or root / "coding" / source
    for path in (page_of(source, root), sheets):
        if path.exists():
            raise DataError(f"{path}: is there already; move it away or choose another --id")
    kept, text = _kept_copy(copy)
    own = {
        "copy_file": kept.name,
        "copy_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "words": str(word_count(text)),
        CODED: IN_PROGRESS,
    }
    if kept.name in set(data["sources"]["copy_file"]):
        raise DataError(f"{kept.name}: is the copy of another source; rename it")
    cut = drafted(data, source, text, cells.get("title", ""))
    if cut.empty:
        raise DataError(f"{copy}: holds no text")
    passages = [
        {**dict.fromkeys(data.coded_from_passages(), "0"), **{k: str(v) for k, v in row.items()}}
        for row in cut.to_dict("records")
    ]
    texts: Texts = {
        **as_files(
            data,
            {
                "sources": [*table_rows(data, "sources"), {**cells, **own}],
                "passages": [*table_rows(data, "passages"), *passages],
            },
        ),
        page_of(source, root): stub_page(source, cells["label"]),
        root / TOC: toc_with(source, root),
    }
    with staged(data, texts) as package:
        new = {source, *cut["passage_id"]}
        faults = [f for rule in checks.RULES for f in rule(package) if f.key in new]
        if faults:
            raise DataError(str(faults[0]))
        written = sheets_of(package, source, cut, text)
    texts |= {sheets / f"{name}.csv": content for name, content in written.items()}
    if kept != copy:
        texts[kept] = text
    replace_files(texts)
    return [
        f"{data.path('sources')}: {source}, {IN_PROGRESS.replace('_', ' ')}",
        f"{data.path('passages')}: {len(passages)} passages; look at their roles in the sheet",
        f"{kept}: the copy to keep, {own['words']} words",
        f"{sheets}: {len(written)} sheets",
    ]


def _kept_copy(copy: Path) -> tuple[Path, str]:
    """The text of a copy and the file that holds it, or shall hold it."""
    found = read_copy(copy).text
    if found.encode("utf-8") == copy.read_bytes():
        return copy, found
    kept = copy.with_suffix(".txt")
    if kept.exists() and kept.read_bytes() != found.encode("utf-8"):
        raise DataError(f"{kept}: is there already with another text; move it away")
    return kept, found


def remove(data: DataPackage, source: str) -> list[str]:
    """Take out a source: its rows in every table, its page and its entry in ``_toc.yml``.

    Parameters
    ----------
    data : DataPackage
    source : str
        Key of the source.

    Returns
    -------
    list of str
        What was taken out, and what refers to it and was left.

    Raises
    ------
    DataError
        If there is no such source, or a file cannot be written. Nothing is then changed.
    """
    data = data.whole()
    root = data.folder.parent
    data.require_source(source)
    gone = {name: list(mask) for name, mask in rows_of(data, [source]).items() if mask.any()}
    rows: dict[str, list[Row]] = {}
    told, keys = [], set()
    for name, mask in gone.items():
        before = table_rows(data, name)
        rows[name] = [row for row, away in zip(before, mask, strict=True) if not away]
        key, *more = data.resources[name]["schema"]["primaryKey"]
        if not more:  # a key of several columns is made of names of rows that may stay
            gone_rows = (row for row, away in zip(before, mask, strict=True) if away)
            keys |= {row[key] for row in gone_rows if "-" in row[key]}
        told.append(f"{data.path(name)}: {counted(sum(mask), 'row')} taken out")
    texts = as_files(data, rows) | {
        root / TOC: toc_without(source, root),
        page_of(source, root): None,
    }
    with staged(data, texts) as package:
        left = [f"left: {fault}" for fault in checks.check(package)]
        left += [f"left: {place} names {key}" for place, key in _mentions(package, keys)]
    replace_files(texts)
    return [*told, f"{page_of(source, root).relative_to(root)}: taken out", *left]


def _mentions(data: DataPackage, keys: set[str]) -> Iterator[tuple[str, str]]:
    """Places in the text of rows that name any of these keys."""
    for name in data.fields:
        for number, row in enumerate(table_rows(data, name), start=2):
            for column, cell in row.items():
                for word in set(re.findall(r"[a-z]+(?:-[a-z0-9]+)+", cell)) & keys:
                    yield f"{data.path(name)}, row {number}, column {column}", word
