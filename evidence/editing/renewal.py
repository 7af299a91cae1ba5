"""Write again whatever follows from the rest, and declare how often a source was coded."""

from collections.abc import Iterator
from pathlib import Path

from evidence import check as checks
from evidence.data import CODED, DESCRIPTOR, IN_PROGRESS, DataPackage, Fault, records
from evidence.editing.entering import count_rows
from evidence.editing.pages import (
    MODEL,
    is_stub,
    model_kept,
    page_of,
    source_page,
    stub_page,
    titled,
)
from evidence.editing.settings import titled_files
from evidence.files import (
    SUMS,
    Row,
    Texts,
    as_files,
    as_sums,
    digest_of,
    replace_files,
    table_rows,
)
from evidence.notebooks import TOC, read_notebook
from evidence.passages import digest, word_count
from evidence.verify import Copy, unchanged_copies


def renew(data: DataPackage, copies: Path | None = None) -> list[str]:
    """Write everything that is generated again.

    These are the form of the tables, their digests, the control totals of passages, the pages'
    titles, and the book's wherever a file tells it; and with the copies the lines, words and
    digests of passages and the tables that the package's own rules can work out.

    Parameters
    ----------
    data : DataPackage
    copies : pathlib.Path, optional
        Folder of the copies. What is not there, or has changed, is left out and said.

    Returns
    -------
    list of str
        What changed, and what was left out.

    Raises
    ------
    DataError
        If a file cannot be read or written. Nothing is then changed.
    """
    data = data.whole()
    names = ["passages", *data.coded_from_passages()]
    rows = {name: table_rows(data, name) for name in names}
    count_rows(data, rows)
    renewals = dict(checks.own_rules(data, "RENEWALS"))
    at_hand = unchanged_copies(data, copies) if copies else {}
    _measure(rows["passages"], at_hand)
    for name, rule in renewals.items() if at_hand else ():
        fresh = [{k: str(v) for k, v in row.items()} for row in rule(data, at_hand)]
        rows[name] = _merged(data, name, fresh)
    # All tables, as a command writes them: a spreadsheet quotes otherwise.
    texts = as_files(data, {name: rows.get(name, table_rows(data, name)) for name in data.fields})
    texts |= _pages(data) | titled_files(data.descriptor, data.folder.parent)
    texts[data.folder / SUMS] = _sums(data, texts)
    changed = {p: t for p, t in texts.items() if not _holds(p, t)}
    told = [f"{data.folder.name}/{f.file}: {f.found}; now it is" for f in checks.recorded(data)]
    replace_files(changed)
    told += [f"{path.relative_to(data.folder.parent)}: renewed" for path in changed]
    left = [source for source in data["sources"]["source_id"] if source not in at_hand]
    if left:
        what = ", ".join([data.path("passages"), *map(data.path, renewals)])
        told.append(f"left out, for want of an unchanged copy of {', '.join(left)}: their {what}")
    return told or ["nothing to renew"]


def _sums(data: DataPackage, texts: Texts) -> str:
    """The digests of the descriptor and all tables, as they will be."""
    found = {DESCRIPTOR: digest_of((data.folder / DESCRIPTOR).read_bytes())}
    for name in map(data.path, data.fields):
        found[name] = digest_of(str(texts[data.folder / name]).encode("utf-8"))
    return as_sums(found)


def _holds(path: Path, text: str | None) -> bool:
    return path.is_file() and text is not None and path.read_bytes() == text.encode("utf-8")


def _measure(passages: list[Row], copies: dict[str, Copy]) -> None:
    """Fill line, words and digest of the passages of the copies at hand."""
    for row in passages:
        if row["source_id"] in copies:
            text = copies[row["source_id"]].text
            start, end = int(row["start"]), int(row["end"])
            row["line"] = str(text.count("\n", 0, start) + 1)
            row["words"] = str(word_count(text[start:end]))
            row["sha256"] = digest(text[start:end])


def _merged(data: DataPackage, name: str, fresh: list[Row]) -> list[Row]:
    """Rows of a table, those worked out again in the places of those that were."""
    key = data.resources[name]["schema"]["primaryKey"]
    new = {tuple(row[column] for column in key): row for row in fresh}
    kept = [new.pop(tuple(row[column] for column in key), row) for row in table_rows(data, name)]
    return [*kept, *new.values()]


def _pages(data: DataPackage) -> Texts:
    """The pages of sources: a stub while a source is coded, then a page under its label."""
    root = data.folder.parent
    texts: Texts = {}
    if not (root / TOC).is_file():  # data without a book
        return texts
    unfinished = _in_progress(data)
    texts |= model_kept(unfinished, root)
    for row in records(data["sources"]):
        path = page_of(row.source_id, root)
        if row.source_id in unfinished:
            texts[path] = stub_page(row.source_id, row.label, root)
        elif not path.is_file() or is_stub(path):
            texts[path] = source_page(row.source_id, row.label, root)
            if (root / MODEL).is_file():
                texts[root / MODEL] = None  # from now on there is a page to make others after
        else:
            notebook = read_notebook(path)
            if f"# {row.label}" not in notebook.cells[0].source.splitlines():
                texts[path] = titled(notebook, row.label)
    return texts


def _in_progress(data: DataPackage) -> list[str]:
    if CODED not in data.fields["sources"]:
        return []
    sources = data["sources"]
    return list(sources.loc[sources[CODED] == IN_PROGRESS, "source_id"])


def lacking(data: DataPackage, source: str, level: str) -> Iterator[tuple[str, list[Fault]]]:
    """What a source still lacks to be declared as coded once or twice, rule by rule.

    Parameters
    ----------
    data : DataPackage
    source : str
        Key of the source.
    level : str
        ``once`` or ``twice``.

    Yields
    ------
    str
        The rule, in words.
    list of Fault
        What goes against it because of this source alone.

    Raises
    ------
    DataError
        If there is no such source.
    """
    without, declared = (_declared(data, source, to) for to in (IN_PROGRESS, level))
    for rule in (*checks.FINISHED_RULES, *checks.own_rules(data, "CHECKS")):
        faults = sorted(set(rule(declared)) - set(rule(without)))
        if faults:
            yield str(rule.__doc__).strip().splitlines()[0], faults


def grouped(faults: list[Fault]) -> Iterator[str]:
    """Say faults of one kind in one line."""
    kinds: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        same = fault.expected if fault.row else fault.found
        kinds.setdefault((fault.file, fault.column, same), []).append(fault)
    for (file, column, _), of in kinds.items():
        if len(of) == 1:
            yield str(of[0])
        elif of[0].row:
            rows = f"{len(of)} rows, {of[0].row} to {of[-1].row}"
            yield f"{file}, {rows}, column {column}: expected {of[0].expected}"
        else:
            wanted = [fault.expected for fault in of]
            same = wanted[0].rpartition(" ")[0] + " "
            if all(words.startswith(same) for words in wanted):
                wanted = [words.removeprefix(same) for words in wanted]
                wanted[0] = same + wanted[0]
            yield f"{file}: {len(of)} rows; expected {'; '.join(wanted)}"


def _declared(data: DataPackage, source: str, level: str) -> DataPackage:
    data.require_source(source)
    sources = data.whole()["sources"]
    coded = sources[CODED].where(sources["source_id"] != source, level)
    return DataPackage(data.folder).replaced({"sources": sources.assign(**{CODED: coded})})


def declare(data: DataPackage, source: str, level: str) -> list[Fault]:
    """Declare how often a source was coded, and make its page accordingly.

    Parameters
    ----------
    data : DataPackage
    source : str
        Key of the source.
    level : str
        ``once``, ``twice`` or ``in_progress``.

    Returns
    -------
    list of Fault
        What the source still lacks; if there is anything, nothing was changed.

    Raises
    ------
    DataError
        If there is no such source, or a file cannot be written.
    """
    declared = _declared(data, source, level).whole()
    if level != IN_PROGRESS:
        faults = [fault for _, found in lacking(data, source, level) for fault in found]
        if faults:
            return faults
    rows = [
        {**row, CODED: level} if row["source_id"] == source else row
        for row in table_rows(data, "sources")
    ]
    replace_files(as_files(data, {"sources": rows}) | _pages(declared))
    return []
