"""The book's notebooks: execute them beside each other, and know whether their outputs are fresh.

A notebook's outputs are fresh if its metadata carry the digest of everything they came from: its
own cells, the modules of the project that these import, the files that they read, and the lock.
"""

import ast
import hashlib
import json
import os
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import nbformat
import yaml
from nbformat import NotebookNode

from evidence.data import DataError, find_above
from evidence.files import replace_files

if TYPE_CHECKING:
    from nbclient import NotebookClient

TOC = "_toc.yml"
LOCK = "requirements.txt"
STAMP = "inputs_sha256"
READS = "reads"  # beside the stamp: the project's files that the cells read
TIMEOUT = 120  # seconds that one cell may take
# Python up to 3.11.7 counts the depth of all threads as one, and then finds that it does not add up
# (https://github.com/python/cpython/issues/106905).
PARSING = threading.Lock()
WAITING = 2  # kernels beyond one a processor: each waits for messages a third of its time
READS_PAGES = "reads_pages"  # metadata of a notebook that reads what the others say: it comes last


def find_root(start: Path | None = None) -> Path:
    """Find the project: the folder with ``_toc.yml``, the current one or the nearest above it."""
    return find_above(TOC, start)


def pages(root: Path | None = None) -> list[Path]:
    """Return the paths of the book's pages in the order of ``_toc.yml``.

    Parameters
    ----------
    root : pathlib.Path, optional
        The project; found by :func:`find_root` by default, here and below.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    DataError
        If there is no ``_toc.yml``, or it lists no pages.
    """
    root = root or find_root()
    try:
        toc = yaml.safe_load((root / TOC).read_text(encoding="utf-8"))
        names = [toc["root"]]
        for part in toc.get("parts", []):
            names += [chapter["file"] for chapter in part["chapters"]]
    except OSError as error:
        raise DataError(f"{root / TOC}: cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise DataError(f"{root / TOC}: is no list of pages ({error!r})") from error
    return [_page(root, name) for name in names]


def _page(root: Path, name: str) -> Path:
    """The file of a page, which the table of contents names with or without its ending."""
    named = root / name
    text = named.with_name(f"{named.name}.md")
    if named.suffix in (".ipynb", ".md"):
        return named
    return text if text.is_file() else named.with_name(f"{named.name}.ipynb")


def notebooks(root: Path | None = None) -> list[Path]:
    """Return the paths of the pages that are notebooks."""
    return [path for path in pages(root) if path.suffix == ".ipynb"]


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook.

    Raises
    ------
    DataError
        If it cannot be read, or is none.
    """
    try:
        return nbformat.read(path, as_version=4)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, nbformat.ValidationError) as error:
        raise DataError(f"{path}: is no notebook ({type(error).__name__})") from error


def inputs_digest(notebook: NotebookNode, root: Path | None = None) -> str:
    """SHA-256 of what a notebook's outputs depend on, and of the outputs: nobody edits them.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    root : pathlib.Path, optional

    Returns
    -------
    str
    """
    root = root or find_root()
    read = [root / name for name in notebook.metadata.get("evidence", {}).get(READS, ())]
    total = hashlib.sha256()
    for path in sorted({root / LOCK, *read, *modules(notebook, root)}):
        total.update(f"{path.relative_to(root)}\0".encode())
        total.update(_digest(path))
    for cell in notebook.cells:
        total.update(f"{cell.cell_type}\0{cell.source}\0".encode())
        total.update(json.dumps(cell.get("outputs", []), sort_keys=True).encode())
    return total.hexdigest()


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except FileNotFoundError:
        return b"not there"


def modules(notebook: NotebookNode, root: Path) -> set[Path]:
    """Files of the project's packages that a notebook's cells import, and what these import.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    root : pathlib.Path

    Returns
    -------
    set of pathlib.Path
    """
    wanted: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            wanted |= _imports(cell.source)
    found: set[Path] = set()
    while wanted:
        name = wanted.pop().replace(".", "/")
        for path in {root / f"{name}.py", root / name / "__init__.py"} - found:
            if path.is_file():
                found.add(path)
                wanted |= _imports(path.read_text(encoding="utf-8"))
    return found


@cache
def _imports(source: str) -> frozenset[str]:
    """Dotted names of all that a source may import, packages on the way included."""
    try:
        with PARSING:
            tree = ast.parse(re.sub(r"(?m)^[%!].*$", "", source))
    except SyntaxError:  # it cannot run, and so imports nothing
        return frozenset()
    nodes = list(ast.walk(tree))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    parts = (name.split(".") for name in names)
    return frozenset(".".join(of[:end]) for of in parts for end in range(1, len(of) + 1))


def is_fresh(notebook: NotebookNode, root: Path | None = None) -> bool:
    """Whether a notebook's outputs came from the inputs as they are now."""
    stamp = notebook.metadata.get("evidence", {}).get(STAMP)
    return stamp is not None and stamp == inputs_digest(notebook, root)


def stale(root: Path | None = None) -> list[Path]:
    """Return the paths of the notebooks that are not fresh, or cannot be read."""
    root = root or find_root()
    return [path for path in notebooks(root) if not _is_fresh(path, root)]


def _is_fresh(path: Path, root: Path) -> bool:
    try:
        return is_fresh(read_notebook(path), root)
    except DataError:
        return False


def _reads_pages(path: Path) -> bool:
    try:
        return bool(read_notebook(path).metadata.get(READS_PAGES))
    except DataError:
        return False


def execute(
    everything: bool = False,
    root: Path | None = None,
    out: TextIO | None = None,
    timeout: int = TIMEOUT,
) -> int:
    """Execute notebooks, some more at a time than there are processors, and store their outputs.

    Kernels are forked (:mod:`evidence.kernels`). A notebook that fails is one line that says
    where and why, and keeps the outputs that it had.

    Parameters
    ----------
    everything : bool
        Execute the fresh ones as well.
    root : pathlib.Path, optional
    out : file, optional
        Where progress is written; standard error by default.
    timeout : int
        Seconds that one cell may take.

    Returns
    -------
    int
        0, or 1 if any notebook failed.
    """
    from jupyter_client.provisioning import KernelProvisionerFactory

    KernelProvisionerFactory.instance().default_provisioner_name = "forked"
    root, out = root or find_root(), out or sys.stderr

    def run(path: Path) -> str | None:
        begun = time.monotonic()
        error = _execute(path, root, timeout)
        told = f"failed: {error}" if error else f"{time.monotonic() - begun:.1f} s"
        print(f"  {path.relative_to(root)}: {told}", file=out)
        return error

    last = [path for path in notebooks(root) if _reads_pages(path)]
    first = [path for path in notebooks(root) if path not in last]
    done: list[str | None] = []
    with ThreadPoolExecutor((os.cpu_count() or 1) + WAITING) as pool:
        for wave in (first, last):
            done += pool.map(run, [p for p in wave if everything or not _is_fresh(p, root)])
    errors = sum(1 for error in done if error)
    told = f"{len(done)} notebooks, {errors} failed" if done else "every notebook is fresh"
    print(f"execute: {told}", file=out)
    return 1 if errors else 0


def _execute(path: Path, root: Path, timeout: int) -> str | None:
    """Execute one notebook and store it; return what went wrong, if anything did."""
    from nbclient import NotebookClient

    try:
        notebook = read_notebook(path)
    except DataError as error:
        return str(error).removeprefix(f"{path}: ")  # which is said already
    resources = {"metadata": {"path": path.parent}}
    # Last the kernel is asked which files it read; the cell that asks is not kept.
    asks = f"__import__('evidence.kernels').kernels.files_read({str(root)!r})"
    notebook.cells.append(nbformat.v4.new_code_cell(asks))
    failure = _run(NotebookClient(notebook, timeout=timeout, resources=resources))
    answer = notebook.cells.pop()
    if failure:
        return failure
    _tidy(notebook)
    read = ast.literal_eval(answer.outputs[0]["data"]["text/plain"])
    notebook.metadata["evidence"] = {READS: read}
    notebook.metadata["evidence"][STAMP] = inputs_digest(notebook, root)
    try:
        replace_files({path: f"{nbformat.writes(notebook)}\n"})
    except DataError as error:
        return str(error)
    return None


def _run(client: "NotebookClient") -> str | None:
    """Run all cells; return the number of the code cell that failed and its error."""
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    begun: list[Any] = []
    client.on_cell_execute = lambda cell, **_: begun.append(cell)
    try:
        client.execute()
    except CellExecutionError as error:
        told = f"{error.ename}: {error.evalue}"
    except CellTimeoutError:
        told = f"not done within {client.timeout} s"
    except DeadKernelError:
        told = "the kernel died"
    except RuntimeError as error:
        told = f"no kernel: {error}"
    else:
        return None
    return f"code cell {len(begun)}: {' '.join(told.split())}" if begun else told


def _tidy(notebook: NotebookNode) -> None:
    """Leave out what differs from one execution to the next."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
