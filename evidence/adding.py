"""Take in a new copy: a row of ``sources.csv`` and its passages."""

import csv
import hashlib
import io
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence.data import CODED, JUDGED, DataError, Package, value_of
from evidence.passages import draft, reading_distances, word_count

COUNTED = ("running_words", "words_to_animal", "words_to_autoimmune")
FOUND = ("copy_file", "copy_sha256", "words", *COUNTED)  # columns that the copy tells by itself
NOT_ASKED = (*FOUND, *JUDGED)  # a verdict is written when the article is coded


def add(data: Package, copy: Path, given: Mapping[str, str]) -> list[str]:
    """Write the row and the passages of a copy; both or nothing.

    Parameters
    ----------
    data : Package
    copy : pathlib.Path
        A text file in UTF-8.
    given : mapping of str to str
        Columns of ``sources.csv`` that the copy does not tell by itself.

    Returns
    -------
    list of str
        What was written.

    Raises
    ------
    DataError
        If the copy is no text with words, the source is there already, or a column has no value
        that it may have. Nothing is then written.
    """
    text = _text(copy)
    source = given.get("source_id", "")
    for row in data["sources"]:
        if source == row["source_id"]:
            raise DataError(f"{source}: sources.csv has this source_id already; choose another")
        if copy.name == row["copy_file"]:
            raise DataError(f"{copy.name}: is the copy of {row['source_id']}; rename it")
    passages = draft(source, text, given.get("title", ""))
    cuts = passages.to_dict("records")
    texts = {cut["passage_id"]: text[cut["start"] : cut["end"]] for cut in cuts}
    cells = {
        **given,
        "copy_file": copy.name,
        "copy_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "words": word_count(text),
        **reading_distances(passages, texts),
    }
    new = {c: "" if cells.get(c) is None else str(cells[c]) for c in data.fields["sources"]}
    for column, field in data.fields["sources"].items():
        if column not in JUDGED:
            _require_allowed(column, new[column], field)
    rows = [
        {**dict.fromkeys(data.fields["passages"], ""), **dict.fromkeys(CODED, "0"), **cut}
        for cut in cuts
    ]
    _append(data, {"sources": [new], "passages": rows})
    return [f"sources.csv: {source}", f"passages.csv: {len(rows)} passages; say what each is"]


def _text(copy: Path) -> str:
    try:
        text = copy.read_bytes().decode("utf-8")
    except OSError as error:
        raise DataError(f"{copy}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        told = f"is not UTF-8 (byte {error.start}); perhaps Latin-1 or Windows-1252: save as UTF-8"
        raise DataError(f"{copy}: {told}") from error
    if not any(map(str.isalpha, text)):
        raise DataError(f"{copy}: {'holds no words' if text.strip() else 'is empty'}")
    return text


def _require_allowed(column: str, cell: str, field: Mapping[str, Any]) -> None:
    limits = field.get("constraints", {})
    expected = ""
    try:
        value_of(cell, dict(field))
    except ValueError as error:
        expected = str(error)
    if limits.get("required") and not cell:
        expected = "a value"
    elif cell and cell not in map(str, limits.get("enum", [cell])):
        expected = "one of " + ", ".join(map(str, limits["enum"]))
    elif cell and not re.fullmatch(limits.get("pattern", ".*"), cell):
        expected = f"a value of the pattern {limits['pattern']}"
    if expected:
        raise DataError(f"sources.csv, column {column}: found {cell!r}; expected {expected}")


def _append(data: Package, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Append rows to tables; where a file cannot be written all stay as they were."""
    before = {data.folder / data.files[name]: new for name, new in rows.items()}
    old = {path: path.read_bytes() for path in before}
    staged = {}
    try:
        for name, new in rows.items():
            path = data.folder / data.files[name]
            lines = io.StringIO(newline="")
            csv.DictWriter(lines, data.fields[name], lineterminator="\n").writerows(new)
            whole = old[path].rstrip(b"\r\n") + b"\n" + lines.getvalue().encode("utf-8")
            staged[path] = _beside(path, whole)
        for path, new_file in staged.items():
            new_file.replace(path)
    except OSError as error:
        for path in staged:
            if path.read_bytes() != old[path]:
                path.write_bytes(old[path])
        told = f"cannot be written ({error.strerror}); nothing changed"
        raise DataError(f"{data.folder}: {told}") from error
    finally:
        for new_file in staged.values():
            new_file.unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> Path:
    """Write a temporary file beside another."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        file.write(content)
    Path(file.name).chmod(path.stat().st_mode)
    return Path(file.name)
