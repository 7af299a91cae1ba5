"""A full disk, a folder that may not be written, a build that is killed: nothing is lost by them."""

import errno
import io
import os
import signal
import subprocess
import sys
import tempfile
import time

import nbformat
import pytest
import yaml

from evidence.data import DataError
from evidence.files import replace_files
from evidence.notebooks import execute

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
LOCKED = OSError(errno.EROFS, os.strerror(errno.EROFS))


class NoRoom:
    """A file on a disk that is full after so many characters."""

    def __init__(self, file):
        self.file, self.name = file, file.name

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, text):
        self.file.write(text[:10])
        raise FULL


@pytest.fixture(params=[FULL, LOCKED], ids=["full", "read-only"])
def refusal(request, monkeypatch):
    """Have the disk refuse what is written, and say how."""
    opened = tempfile.NamedTemporaryFile

    def temporary(*args, **kwargs):
        if request.param is LOCKED:
            raise LOCKED
        return NoRoom(opened(*args, **kwargs))

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", temporary)
    return request.param


def notebook(path, *cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=code), path)
    return path


def contents(folder):
    """Every file of a folder with its bytes, what a kernel or an interpreter keeps aside."""
    return {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path, refusal):
    path = tmp_path / "table.csv"
    path.write_text("as it was\n")
    other = tmp_path / "new.csv"
    told = rf"table\.csv: cannot be written \({refusal.strerror}\); nothing changed"
    with pytest.raises(DataError, match=told):
        replace_files({path: "new\n" * 1000, other: "more\n"})
    assert contents(tmp_path) == {path: b"as it was\n"}


@pytest.mark.slow
def test_a_notebook_that_cannot_be_stored_is_one_line_and_stays(tmp_path, refusal):
    (tmp_path / "_toc.yml").write_text("root: index\n")
    notebook(tmp_path / "index.ipynb", "1 + 1")
    before, out = contents(tmp_path), io.StringIO()
    assert execute(root=tmp_path, out=out) == 1
    told = f"index.ipynb: cannot be written ({refusal.strerror}); nothing changed"
    failed, total = out.getvalue().splitlines()
    assert failed.startswith("  index.ipynb: failed: ") and failed.endswith(told)
    assert total == "execute: 1 notebooks, 1 failed"
    assert contents(tmp_path) == before


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_every_notebook_and_the_next_one_goes_on(tmp_path):
    """In a folder whose name has a space, accents and a quotation mark."""
    root = tmp_path / "Zoë's büch"
    pages = [f"page-{number}" for number in range(4)]
    toc = {"root": "index", "parts": [{"chapters": [{"file": name} for name in pages]}]}
    notebook(root / "index.ipynb", "'first'")
    (root / "_toc.yml").write_text(yaml.safe_dump(toc))
    slow = "import time, pathlib", "pathlib.Path('begun').touch()", "time.sleep(20)"
    paths = [notebook(root / f"{name}.ipynb", *slow) for name in pages]
    before = [path.read_bytes() for path in paths]
    command = [sys.executable, "-m", "evidence", "execute"]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, start_new_session=True) as run:
        deadline = time.monotonic() + 120
        while not (root / "begun").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(run.pid, signal.SIGKILL)
    assert (root / "begun").exists()
    assert [path.read_bytes() for path in paths] == before
    assert not list(root.rglob("*.tmp"))
    for path in paths:
        notebook(path, "'quick'")
    assert execute(root=root, out=io.StringIO()) == 0
