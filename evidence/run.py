"""Execute a notebook and store its outputs: ``python -m evidence.run NOTEBOOK STAMP``.

What is saved meanwhile is not lost.
"""

import os
import re
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SECONDS = 120  # of one cell
FAILED_LINE = re.compile(r"^-+> *\d+ +(.*)$", re.M)  # in the traceback of a cell
COLOURS = re.compile(r"\x1b\[[\d;]*m")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


class Stopped(Exception):
    """A cell of a notebook failed."""


def run(path: Path, stamp: Path) -> None:
    """Execute a notebook in its folder and write it back.

    The notebook and the stamp get the time at which execution began, so that Make sees whatever is
    saved later as newer. A notebook that an editor saves while it is executed is left as saved and
    executed once more.

    Parameters
    ----------
    path : pathlib.Path
    stamp : pathlib.Path
        An empty file that tells Make when the notebook was executed.

    Raises
    ------
    Stopped
        If a cell fails; the message names notebook, cell and what the cell says.
    """
    while True:
        began, before = time.time(), path.read_bytes()
        notebook = nbformat.reads(before.decode(), as_version=4)
        while notebook.cells and not notebook.cells[-1].source.strip():
            notebook.cells.pop()  # the empty cell that JupyterLab leaves at the end
        folder = {"metadata": {"path": str(path.parent.resolve())}}
        client = NotebookClient(
            notebook,
            timeout=SECONDS,
            resources=folder,
            kernel_name="python3",
            record_timing=False,
            shutdown_kernel="immediate",
            extra_arguments=["--log-level=ERROR"],  # else each kernel warns that it uses a port
        )
        try:
            client.execute()
        except CellExecutionError as error:
            raise Stopped(f"{path}, cell {_failed(notebook)}: {_said(error)}") from None
        notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
        if path.read_bytes() == before:
            break
        print(f"{path}: saved while it was executed; executing it as saved", flush=True)
    if nbformat.writes(notebook).encode() + b"\n" != before:
        written = path.with_suffix(".new")
        written.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        os.replace(written, path)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    for each in (path, stamp):
        os.utime(each, (began, began))


def _failed(notebook: nbformat.NotebookNode) -> int:
    errors = [
        number
        for number, cell in enumerate(notebook.cells, start=1)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    ]
    return errors[0]


def _said(error: CellExecutionError) -> str:
    """The sentence of an assert, or its code if it says none; else the error and what it says."""
    if error.ename == "AssertionError":
        line = FAILED_LINE.search(COLOURS.sub("", error.traceback))
        return f"no longer holds: {error.evalue or (line and line[1])}"
    return f"{error.ename}: {error.evalue}"


if __name__ == "__main__":
    try:
        run(*map(Path, sys.argv[1:]))
    except Stopped as error:
        sys.exit(str(error))
