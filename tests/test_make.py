"""`make book`, with stand-ins for Python and jupyter-book: what stays when something goes wrong."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PYTHON = '#!/bin/sh\n[ "$2" = evidence ] || exec python3 "$@"\n'
BOOK = """#!/bin/sh
mkdir alone || {{ echo "two at once" >&2; exit 1; }}
mkdir -p _build/next/_build/html && echo "{says}" > _build/next/_build/html/index.html
sleep 0.3; rmdir alone; exit {code}
"""


@pytest.fixture
def project(tmp_path):
    """A project of one page in a folder with a space, a hash and an accent."""
    folder = tmp_path / "a book #1 é"
    for name in ("Makefile", "_config.yml", "_toc.yml", "references.bib", "index.ipynb"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    tool(folder, "python", PYTHON)
    for name in ("_static", "_templates"):
        (folder / name).mkdir()
    for name in ("requirements.txt", "pyproject.toml", ".venv/.ready"):
        (folder / name).touch()
    return folder


def tool(folder, name, text):
    path = folder / ".venv/bin" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def start(folder):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    alone = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}  # not a make's make
    return subprocess.Popen(["make", "book"], cwd=folder, env=alone, **pipes)


def make(folder):
    done = start(folder)
    return (*done.communicate(timeout=60), done.returncode)


def page(folder):
    return (folder / "_build/html/index.html").read_text().strip()


def test_the_address_of_the_book_is_encoded(project):
    tool(project, "jupyter-book", BOOK.format(says="one", code=0))
    said, _, code = make(project)
    assert code == 0
    assert said.strip().endswith("/a%20book%20%231%20%C3%A9/_build/html/index.html")
    assert page(project) == "one"


def test_a_build_that_fails_leaves_the_last_pages_and_says_so_in_a_line(project):
    tool(project, "jupyter-book", BOOK.format(says="one", code=0))
    make(project)
    tool(project, "jupyter-book", BOOK.format(says="half a page", code=1))
    (project / "_config.yml").touch()
    _, said, code = make(project)
    assert code != 0
    assert "those of the last build stay" in said
    assert page(project) == "one"
    tool(project, "jupyter-book", BOOK.format(says="two", code=0))
    assert make(project)[2] == 0
    assert page(project) == "two"


def test_pages_that_did_not_change_are_kept_unless_what_is_in_all_of_them_did(project):
    there = "$([ -f _build/next/_build/html/index.html ] && echo kept || echo anew)"
    tool(project, "jupyter-book", BOOK.format(says=there, code=0))
    make(project)
    (project / "references.bib").touch()
    make(project)
    assert page(project) == "kept"
    for name in ("_toc.yml", "_static/book.css"):
        (project / name).touch()
        make(project)
        assert page(project) == "anew", name


@pytest.mark.skipif(not shutil.which("flock"), reason="this system cannot lock from a shell")
def test_two_builds_at_once_take_turns(project):
    tool(project, "jupyter-book", BOOK.format(says="one", code=0))
    both = [start(project), start(project)]
    assert [each.communicate(timeout=60)[1] for each in both] == ["", ""]
    assert page(project) == "one"


def test_what_is_saved_while_pages_are_built_is_built_next_time(project):
    saves = BOOK.format(says="one", code=0).replace("sleep 0.3", "sleep 0.1; touch _config.yml")
    tool(project, "jupyter-book", saves)
    make(project)
    tool(project, "jupyter-book", BOOK.format(says="two", code=0))
    make(project)
    assert page(project) == "two"
