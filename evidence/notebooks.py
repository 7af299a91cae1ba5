"""The book's notebooks: execute them beside each other, and know whether their outputs are fresh.

A notebook's outputs are fresh if its metadata carry the digest of everything they came from: the
data, the package, the lock and the notebook's own cells.
"""

import hashlib
import os
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import yaml

from evidence.data import DataError

ROOT = Path(__file__).resolve().parent.parent
INPUTS = (
    "data/*",
    "evidence/*",
    "report/*.py",
    "references.bib",
    "requirements.txt",
    "CITATION.cff",
    "CHANGELOG.md",
)
STAMP = "inputs_sha256"
READS_PAGES = "reads_pages"  # metadata of a notebook that reads what the others say: it comes last


def pages(root=ROOT):
    """Return the paths of the book's pages in the order of ``_toc.yml``.

    Returns
    -------
    list of pathlib.Path
    """
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    names = [toc["root"]]
    for part in toc.get("parts", []):
        names += [chapter["file"] for chapter in part["chapters"]]
    return [_page(root, name) for name in names]


def _page(root, name):
    """The file of a page, which the table of contents names with or without its ending."""
    named = root / name
    text = named.with_name(f"{named.name}.md")
    if named.suffix in (".ipynb", ".md"):
        return named
    return text if text.is_file() else named.with_name(f"{named.name}.ipynb")


def notebooks(root=ROOT):
    """Return the paths of the pages that are notebooks."""
    return [path for path in pages(root) if path.suffix == ".ipynb"]


def inputs_digest(notebook, root=ROOT):
    """SHA-256 of what a notebook's outputs depend on.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    root : pathlib.Path
        The project.

    Returns
    -------
    str
    """
    total = hashlib.sha256()
    for pattern in INPUTS:
        for path in filter(Path.is_file, sorted(root.glob(pattern))):
            total.update(f"{path.relative_to(root)}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    others = map(_read, notebooks(root)) if notebook.metadata.get(READS_PAGES) else ()
    for of in (notebook, *others):
        for cell in of.cells:
            total.update(f"{cell.cell_type}\0{cell.source}\0".encode())
    return total.hexdigest()


def is_fresh(notebook, root=ROOT):
    """Whether a notebook's outputs came from the inputs as they are now."""
    return notebook.metadata.get("evidence", {}).get(STAMP) == inputs_digest(notebook, root)


def execute(everything=False, root=ROOT, out=sys.stderr):
    """Execute notebooks, as many at a time as there are processors, and store their outputs.

    A notebook that fails keeps its old outputs.

    Parameters
    ----------
    everything : bool
        Execute the fresh ones as well.
    root : pathlib.Path
    out : file
        Where progress is written.

    Returns
    -------
    int
        0, or 1 if any notebook failed.
    """
    paths = [p for p in notebooks(root) if everything or not is_fresh(_read(p), root)]
    if not paths:
        print("execute: every notebook is fresh", file=out)
        return 0
    last = [path for path in paths if _read(path).metadata.get(READS_PAGES)]
    errors = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for wave in ([path for path in paths if path not in last], last):
            errors += filter(None, pool.map(lambda p: _execute(p, root, out), wave))
    print(f"execute: {len(paths)} notebooks, {len(errors)} failed", file=out)
    return 1 if errors else 0


def _read(path):
    return nbformat.read(path, as_version=4)


def _execute(path, root, out):
    from nbclient import NotebookClient
    from traitlets.config import Config

    begun = time.monotonic()
    notebook = _read(path)
    with tempfile.TemporaryDirectory() as folder:
        config = Config()
        config.KernelManager.transport = "ipc"  # opens no port; the kernel warns where one is
        config.KernelManager.ip = f"{folder}/kernel"
        resources = {"metadata": {"path": path.parent}}
        client = NotebookClient(notebook, timeout=120, resources=resources, config=config)
        error = _run(client)
    if error:
        print(f"  {path.relative_to(root)}: failed, {error}", file=out)
        return error
    _tidy(notebook)
    notebook.metadata["evidence"] = {STAMP: inputs_digest(notebook, root)}
    _write(notebook, path)
    print(f"  {path.relative_to(root)}: {time.monotonic() - begun:.1f} s", file=out)
    return None


def _run(client):
    from nbclient.exceptions import CellExecutionError

    try:
        client.execute()
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    return None


def _tidy(notebook):
    """Leave out what differs from one execution to the next."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.get("language_info", {}).pop("version", None)


def _write(notebook, path):
    """Write to a temporary place, then move: an interrupted run loses nothing."""
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, suffix=".tmp", delete=False, encoding="utf-8"
    ) as file:
        nbformat.write(notebook, file)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def add_source_page(source_id, label, root=ROOT):
    """Make the page of a new source after that of an existing one and enter it in ``_toc.yml``.

    Parameters
    ----------
    source_id, label : str
        Key and short name of the source, as in ``sources.csv``.
    root : pathlib.Path

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    DataError
        If the page is there already, or there is none to take as a model.
    """
    pattern = "chapters/source-{}.ipynb"
    target = root / pattern.format(source_id)
    models = [p for p in notebooks(root) if p.match(pattern.format("*"))]
    if target.exists():
        raise DataError(f"{target.relative_to(root)}: is there already")
    if not models:
        raise DataError(f"{root / '_toc.yml'}: lists no page of a source to take as a model")
    old_id = models[-1].stem.removeprefix("source-")
    notebook = _read(models[-1])
    notebook.metadata.pop("evidence", None)
    for cell in notebook.cells:
        cell.source = re.sub(r"(?m)^# .*$", f"# {label}", cell.source).replace(old_id, source_id)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    entry = f"- file: chapters/source-{old_id}\n"
    toc = (root / "_toc.yml").read_text(encoding="utf-8")
    indent = toc[toc.rindex("\n", 0, toc.index(entry)) + 1 : toc.index(entry)]
    added = toc.replace(entry, f"{entry}{indent}- file: chapters/source-{source_id}\n")
    _write(notebook, target)
    (root / "_toc.yml").write_text(added, encoding="utf-8")
    return target
