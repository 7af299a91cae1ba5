"""Rows as they stand in a file, and files that change together or not at all."""

import csv
import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from evidence.data import DataError, DataPackage

Row = dict[str, str]
Texts = dict[Path, str | None]  # what files shall hold; None: that they be gone
SUMS = "SHA256SUMS"  # of the files beside it, as `sha256sum --check` reads them


def read_rows(path: Path) -> list[Row]:
    """Read the rows of a CSV file, every cell as the text it is.

    Parameters
    ----------
    path : pathlib.Path
        With a header; in UTF-8, with a byte-order mark or without.

    Returns
    -------
    list of dict of str to str
        Cells by column.

    Raises
    ------
    DataError
        If the file cannot be read, or a row has more or fewer cells than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *lines = list(csv.reader(file)) or [[]]
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: is no CSV file in UTF-8 ({error})") from error
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            told = f"{len(cells)} cells; expected {len(header)}, one a column"
            raise DataError(f"{path}, row {number}: {told}")
    return [dict(zip(header, cells, strict=True)) for cells in lines]


def table_rows(data: DataPackage, name: str) -> list[Row]:
    """Read the rows of a table as they stand in its file.

    Parameters
    ----------
    data : DataPackage
    name : str
        Name of the table.

    Returns
    -------
    list of dict of str to str
        Cells by column, those of the file.

    Raises
    ------
    DataError
        As for :func:`read_rows`.
    """
    return read_rows(data.folder / data.path(name))


def as_csv(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows as the project's files are written: LF, no more quotes than are needed.

    Parameters
    ----------
    columns : iterable of str
        In their order.
    rows : iterable of mapping of str to str
        Cells by column; one that is lacking is empty.

    Returns
    -------
    str
        With a header.

    Raises
    ------
    ValueError
        If a row has a cell of no column.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_files(data: DataPackage, rows: Mapping[str, list[Row]]) -> Texts:
    """Write tables as the files that they are.

    Parameters
    ----------
    data : DataPackage
    rows : mapping of str to list of dict
        Rows by name of the table, each with the columns of its schema.

    Returns
    -------
    dict of pathlib.Path to str
        What each file shall hold.
    """
    return {
        data.folder / data.path(name): as_csv(data.fields[name], of) for name, of in rows.items()
    }


def read_sums(folder: Path) -> dict[str, str]:
    """Read the digests that are recorded in a folder.

    Parameters
    ----------
    folder : pathlib.Path

    Returns
    -------
    dict of str to str
        SHA-256, as 64 hexadecimal digits, by file name; empty if none are recorded.

    Raises
    ------
    DataError
        If a line is none that ``sha256sum`` writes.
    """
    path = folder / SUMS
    found = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        digest, parted, name = line.partition("  ")
        if len(digest) != 64 or not parted:
            raise DataError(f"{path}, line {number}: expected a digest, two spaces and a file name")
        found[name] = digest
    return found


def as_sums(digests: Mapping[str, str]) -> str:
    """Write digests as ``sha256sum`` does.

    Parameters
    ----------
    digests : mapping of str to str
        As :func:`read_sums` gives them.

    Returns
    -------
    str
        A line each, by file name.
    """
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))


def digest_of(raw: bytes) -> str:
    """SHA-256 of the bytes of a file."""
    return hashlib.sha256(raw).hexdigest()


def _recorded(texts: Texts) -> Texts:
    """The same, with the digests beside those files; a change by hand stays unrecorded."""
    found = dict(texts)
    for folder in {path.parent for path in texts}:
        digests = read_sums(folder)
        for path in (path for path in texts if path.parent == folder and path.name in digests):
            text = texts[path]
            if path.is_file() and digest_of(path.read_bytes()) == digests[path.name]:
                digests[path.name] = digest_of((text or "").encode("utf-8"))
        if digests and folder / SUMS not in texts:
            found[folder / SUMS] = as_sums(digests)
    return found


@contextmanager
def staged(data: DataPackage, texts: Texts) -> Iterator[DataPackage]:
    """Give the data package as it would be with other files, from a folder beside its own.

    Parameters
    ----------
    data : DataPackage
    texts : dict of pathlib.Path to str
        What files shall hold; those outside the package's folder are left out.

    Yields
    ------
    DataPackage
        With its sources in progress; its folder goes with the context.
    """
    folder = Path(tempfile.mkdtemp(dir=data.folder.parent, prefix=".staged-"))
    try:
        shutil.copytree(data.folder, folder, dirs_exist_ok=True)
        for path, text in _recorded(texts).items():
            if path.parent == data.folder and text is not None:
                (folder / path.name).write_text(text, encoding="utf-8", newline="")
        yield DataPackage(folder, whole=True)
    finally:
        shutil.rmtree(folder)


def replace_files(texts: Texts) -> None:
    """Write files, or take them away where the text is None, all of them or none.

    Each is written beside its place and then moved there. If one cannot be moved, those that were
    are put back. Where digests are recorded beside them, theirs are recorded along with them.

    Parameters
    ----------
    texts : dict of pathlib.Path to str
        What each file shall hold; None: that it be gone.

    Raises
    ------
    DataError
        If a file cannot be written; everything is then as it was.
    """
    texts = _recorded(texts)
    before: dict[Path, bytes | None] = {}
    staged: dict[Path, Path] = {}
    moved: list[Path] = []
    try:
        for path, text in texts.items():
            before[path] = path.read_bytes() if path.exists() else None
            if text is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                staged[path] = _beside(path, text.encode("utf-8"))
        for path, text in texts.items():
            if text is None:
                path.unlink(missing_ok=True)
            else:
                staged[path].replace(path)
                del staged[path]
            moved.append(path)
    except OSError as error:
        for path in moved:
            raw = before[path]
            path.unlink(missing_ok=True)
            if raw is not None:
                _beside(path, raw).replace(path)
        told = error.strerror or str(error)
        raise DataError(f"{error.filename}: cannot be written ({told}); nothing changed") from error
    finally:
        for left in staged.values():
            left.unlink(missing_ok=True)


def _beside(path: Path, raw: bytes) -> Path:
    """Write to a temporary place beside a file; where that fails, leave nothing there."""
    written: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            written = Path(file.name)
            file.write(raw)
    except OSError as error:
        if written:
            written.unlink()
        error.filename = str(path)  # which is what somebody wanted to write
        raise
    written.chmod(0o644)
    return written
