"""Take a source in, and out again. Either command writes all of its files or none."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from evidence import check as checks
from evidence.belonging import links, rows_of
from evidence.copies import read_copy
from evidence.data import CODED, IN_PROGRESS, DataError, DataPackage
from evidence.editing.candidates import drafted
from evidence.editing.pages import page_of, pages_without, stub_page, toc_with
from evidence.editing.sheets import sheets_of
from evidence.files import Row, Texts, as_files, read_rows, replace_files, staged, table_rows
from evidence.notebooks import TOC, notebooks, read_notebook
from evidence.passages import word_count
from evidence.prose import counted

Ask = Callable[[str, Mapping[str, Any]], str]
BIBLIOGRAPHY = "references.bib"
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
    columns = [column for column in data.fields["sources"] if column not in FOUND]
    cells = {column: given.get(column) or told.get(column, "") for column in columns}
    fields = data.fields["sources"]
    missing = {
        column: fields[column]
        for column, cell in cells.items()
        if not cell and fields[column].get("constraints", {}).get("required")
    }
    if not missing:
        return cells
    if ask is None:
        options = ", ".join(_option(column, described) for column, described in missing.items())
        raise DataError(f"sources.csv, column {', '.join(missing)}: give {options}")
    return cells | {column: ask(column, described) for column, described in missing.items()}


def _option(column: str, described: Mapping[str, Any]) -> str:
    option = "--id" if column == "source_id" else f"--{column.replace('_', '-')}"
    levels = described.get("constraints", {}).get("enum", [])
    return f"{option} ({', '.join(levels)})" if levels else option


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
        page_of(source, root): stub_page(source, cells["label"], root),
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

    What its rows alone referred to, as a work that no other source cites, goes as well.

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
    data.require_source(source)
    found = rows_of(data, [source])
    return _taken_out(data, found | left_unused(data, found), [source], {})


def left_unused(data: DataPackage, gone: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Find the rows that would be referred to no more.

    Of the tables that rows coded from passages refer to, as a claim to what it is about. A row that
    the head of ``datapackage.json`` names is in use.

    Parameters
    ----------
    data : DataPackage
        Whole: sources in progress included.
    gone : mapping of str to pandas.Series
        For each table, whether each row goes; as :func:`rows_of` gives it.

    Returns
    -------
    dict of str to pandas.Series
        For each such table, whether each row is referred to by rows that go and by no other.
    """
    leads = list(links(data))
    shared = {target for name, _, target in leads if name in data.coded_from_passages()}
    head = {name: part for name, part in data.descriptor.items() if name != "resources"}
    named = set(re.findall(r"[\w-]+", json.dumps(head)))
    found = {}
    for table in shared - {"sources", "passages"}:
        columns = [(name, column) for name, column, target in leads if target == table]
        theirs = [data[name].loc[gone[name], column] for name, column in columns]
        others = [data[name].loc[~gone[name], column] for name, column in columns]
        only = set(pd.concat(theirs)) - set(pd.concat(others)) - named
        found[table] = data[table][data.key(table)].isin(list(only))
    return found


def clear(data: DataPackage, example: Path) -> list[str]:
    """Take out the example that a new book begins with, and leave what is the book's own.

    Parameters
    ----------
    data : DataPackage
    example : pathlib.Path
        Folder of the example's tables. A row is the example's as long as it stands there, word
        for word; so is what belongs to such a source. A row that a page links to stays.

    Returns
    -------
    list of str
        What was taken out, and what refers to it and was left.

    Raises
    ------
    DataError
        If a file cannot be read or written. Nothing is then changed.
    """
    data = data.whole()
    root = data.folder.parent
    linked = _linked(root)
    made = {name: _made_rows(data, name, example) - linked for name in data.fields}
    sources = [key for key in data["sources"]["source_id"] if key in made["sources"]]
    found = rows_of(data, sources)
    for name, keys in made.items():
        found[name] |= data[name][data.key(name)].isin(keys)
    if not any(mask.any() for mask in found.values()):
        return ["nothing of the example is here"]
    texts: Texts = {}
    works = root / BIBLIOGRAPHY
    if works.is_file():
        entries = re.split(r"(?m)^(?=@)", works.read_text(encoding="utf-8"))
        theirs = set().union(*made.values())  # a work is of the example if a row has its key
        texts[works] = "".join(e for e in entries if _key_of(e) not in theirs)
    return _taken_out(data, found, sources, texts)


def _key_of(entry: str) -> str:
    """Key of an entry of a bibliography in BibTeX."""
    return entry.partition("{")[2].partition(",")[0].strip()


def _made_rows(data: DataPackage, name: str, example: Path) -> set[str]:
    """Keys of the rows of a table that stand in the example as they stand here."""
    path = example / data.path(name)
    if not path.is_file():
        return set()
    theirs = {row[data.key(name)]: row for row in read_rows(path) if data.key(name) in row}
    rows = {row[data.key(name)]: row for row in table_rows(data, name)}
    return {key for key, row in theirs.items() if key in rows and row.items() <= rows[key].items()}


def _linked(root: Path) -> set[str]:
    """Anchors that the cells of the book's notebooks link to: what they say, not what they show."""
    pages = map(read_notebook, notebooks(root))
    texts = (cell.source for page in pages for cell in page.cells)
    return {anchor for text in texts for anchor in re.findall(r"\]\(#([\w-]+)\)", text)}


def _taken_out(
    data: DataPackage, found: Mapping[str, pd.Series], sources: list[str], texts: Texts
) -> list[str]:
    """Take rows out, and the pages of these sources; say so, and what is left that names them."""
    root = data.folder.parent
    gone = {name: list(mask) for name, mask in found.items() if mask.any()}
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
    texts = texts | as_files(data, rows) | pages_without(sources, root)
    faults = {str(fault) for fault in checks.check(DataPackage(data.folder))}
    with staged(data, texts) as package:
        after = checks.check(DataPackage(package.folder))
        left = [
            f"left: {fault}"
            for fault in after
            if str(fault) not in faults and root / fault.file not in texts
        ]
        left += [f"left: {place} names {key}" for place, key in _mentions(package, keys)]
    replace_files(texts)
    told += [f"{page_of(source, root).relative_to(root)}: taken out" for source in sources]
    return [*told, *left]


def _mentions(data: DataPackage, keys: set[str]) -> Iterator[tuple[str, str]]:
    """Places in the text of rows that name any of these keys."""
    for name in data.fields:
        for number, row in enumerate(table_rows(data, name), start=2):
            for column, cell in row.items():
                for word in set(re.findall(r"[a-z]+(?:-[a-z0-9]+)+", cell)) & keys:
                    yield f"{data.path(name)}, row {number}, column {column}", word
