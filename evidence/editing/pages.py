"""Pages of sources: made after one another, and listed in ``_toc.yml``."""

import re
from collections.abc import Collection
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from evidence.data import DataError
from evidence.files import Texts
from evidence.notebooks import TOC, find_root, notebooks, read_notebook

SOURCE_PAGE = "chapters/source-{}.ipynb"
SOURCES_PAGE = "chapters/sources"  # the page before those of the sources
MODEL = "chapters/source.ipynb"  # what is kept of the last page of a source, to make others after
STUB = "stub"  # metadata of the page of a source that is still being coded
STUB_WORDS = "This source is still being coded.\nNothing in this book counts it yet."


def source_page(source_id: str, label: str, root: Path | None = None) -> str:
    """Make the page of a source after that of another.

    Parameters
    ----------
    source_id, label : str
        Key and short name of the source, as in ``sources.csv``.
    root : pathlib.Path, optional

    Returns
    -------
    str
        The notebook, as JSON.

    Raises
    ------
    DataError
        If there is no page of a source to take as a model.
    """
    root = root or find_root()
    models = _models(root, {source_id})
    if not models:
        raise DataError(f"{root / TOC}: lists no page of a source to take as a model")
    notebook = read_notebook(models[-1])
    notebook.metadata.pop("evidence", None)
    for cell in notebook.cells:
        cell.source = _labelled(cell.source, source_id)
        cell.source = re.sub(r'(?m)^SOURCE = "[\w-]*"$', f'SOURCE = "{source_id}"', cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return titled(notebook, label)


def _labelled(text: str, source_id: str) -> str:
    """Give the anchor of a page, a word of the book's own before the source's key, another key."""
    return re.sub(r"(?m)^\((\w+)-[\w-]*\)=$", rf"(\1-{source_id})=", text)


def _models(root: Path, without: Collection[str] = ()) -> list[Path]:
    """Pages of sources that others can be made after, or what was kept of the last of them."""
    left_out = [page_of(source, root) for source in without]
    there = [page for page in _source_pages(root) if page not in left_out and page.is_file()]
    found = [page for page in there if not is_stub(page)]
    kept = root / MODEL
    return found or [kept] * kept.is_file()


def model_kept(sources: Collection[str], root: Path) -> Texts:
    """What to keep, out of the contents, of the last page that another can be made after.

    Parameters
    ----------
    sources : collection of str
        Keys of the sources whose pages are to go, or to say only that they are being coded.
    root : pathlib.Path

    Returns
    -------
    dict of pathlib.Path to str
        Empty as long as there is such a page of another source.
    """
    is_last = _models(root) and not _models(root, sources)
    return {root / MODEL: source_page("", "", root)} if is_last else {}


def pages_without(sources: Collection[str], root: Path) -> Texts:
    """Files of the book without the pages of some sources.

    Parameters
    ----------
    sources : collection of str
        Keys of the sources.
    root : pathlib.Path

    Returns
    -------
    dict of pathlib.Path to str
        What each file shall hold; None: that it be gone.
    """
    texts: Texts = {root / TOC: toc_without(sources, root), **model_kept(sources, root)}
    return texts | {page_of(source, root): None for source in sources}


def titled(notebook: NotebookNode, label: str) -> str:
    """Return a notebook as JSON, its title replaced by `label`."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"(?m)^# .*$", lambda _: f"# {label}", cell.source)
    return f"{nbformat.writes(notebook)}\n"


def stub_page(source_id: str, label: str, root: Path) -> str:
    """Make the page of a source that is still being coded, headed like the others, as JSON."""
    others = [path for path in (root / MODEL, *_source_pages(root)) if path.is_file()]
    head = read_notebook(others[-1]).cells[0].source if others else "# "
    cells = [
        nbformat.v4.new_markdown_cell(_labelled(head, source_id), id="title"),
        nbformat.v4.new_markdown_cell(STUB_WORDS, id="stub"),
    ]
    return titled(nbformat.v4.new_notebook(cells=cells, metadata={STUB: True}), label)


def is_stub(path: Path) -> bool:
    """Whether the page of a source only says that it is still being coded."""
    return bool(read_notebook(path).metadata.get(STUB))


def page_of(source_id: str, root: Path) -> Path:
    """Where the page of a source is."""
    return root / SOURCE_PAGE.format(source_id)


def _source_pages(root: Path) -> list[Path]:
    return [path for path in notebooks(root) if path.match(SOURCE_PAGE.format("*"))]


def toc_with(source_id: str, root: Path) -> str:
    """Return ``_toc.yml`` with the page of a source after that of the last one.

    Raises
    ------
    DataError
        If it lists neither such a page nor the one that stands before them.
    """
    pages_ = _source_pages(root)
    last = f"chapters/{pages_[-1].stem}" if pages_ else SOURCES_PAGE
    toc = (root / TOC).read_text(encoding="utf-8")
    entry = re.search(_entry_of([last]), toc)
    if entry is None:
        raise DataError(f"{root / TOC}: expected a line '- file: {last}'")
    new = f"{entry['before']}chapters/source-{source_id}{entry['ending']}\n"
    return f"{toc[: entry.end()]}{new}{toc[entry.end() :]}"


def toc_without(sources: Collection[str], root: Path) -> str:
    """Return ``_toc.yml`` without the pages of some sources."""
    toc = (root / TOC).read_text(encoding="utf-8")
    names = [f"chapters/source-{source}" for source in sources]
    return re.sub(_entry_of(names), "", toc) if names else toc


def _entry_of(pages_: Collection[str]) -> str:
    """Pattern of the entry of a page: its line, and those below it that say more, as a title.

    Lines rather than what a library of YAML reads: every other line stays as it is.
    """
    names = "|".join(map(re.escape, pages_))
    line = rf"(?P<before>(?P<dash> *)- file: )(?:{names})(?P<ending>(?:\.\w+)?)(?: .*)?\n"
    return rf"(?m)^{line}(?:(?P=dash) +\S.*\n)*"
