"""Guards: notebooks are executed, fresh, open to read, and state no number that is not computed."""

import ast
import io
import py_compile
import re

import nbformat
import pytest
import yaml

from evidence.data import DataError
from evidence.notebooks import (
    READS,
    STAMP,
    execute,
    find_root,
    inputs_digest,
    is_fresh,
    notebooks,
    pages,
    stale,
)
from tests.reading import ROOT

PATHS = notebooks(ROOT)
IDS = [path.stem for path in PATHS]
MAX_LINES = 12
IMPORT = re.compile(r"^\s*(?:from|import) ", re.MULTILINE)
# What a number in prose may belong to.
ALLOWED = re.compile(
    r"`[^`]*`|\]\([^)]*\)|^\(.*\)=$"  # the target of a role or a link, an anchor
    r"|\((?:[A-Z][\w\s]+,? )\d{4}\)"  # a work's year in brackets
    r"|\bin 100\b|\bCC BY 4\.0\b"
    r"|\btwo (?:articles|codings|readers|readings|texts|ways)\b|\bthe two (?:agree|differ)\b"
    r"|\b(?:agree|differ) most\b",
    re.MULTILINE,
)
WORDS = "two three four five six seven eight nine ten eleven twelve half majority"
NUMBER = re.compile(rf"\d|\b(?:{'|'.join(WORDS.split())}|(?<!at )most)\b", re.IGNORECASE)


def read(path):
    return nbformat.read(path, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_every_cell_was_executed_in_order_without_error(path):
    cells = code(read(path))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "stream"]


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_something_is_shown(path):
    """Nbval has nothing to compare in a notebook without outputs, and passes it."""
    assert any(cell.outputs for cell in code(read(path)))


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_outputs_are_as_new_as_data_package_and_lock(path):
    assert is_fresh(read(path), ROOT), f"{path.name} is not fresh: run make execute"


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_page_has_one_title_and_comes_first(path):
    titles = [line for text in prose(read(path)) for line in text.splitlines() if line[:2] == "# "]
    assert len(titles) == 1
    assert titles[0] in read(path).cells[0].source


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_the_setup_comes_second_and_holds_all_imports(path):
    first, second = read(path).cells[:2]
    assert (first.cell_type, second.cell_type) == ("markdown", "code")
    assert IMPORT.search(second.source)
    for cell in code(read(path))[1:]:
        assert not IMPORT.search(cell.source), cell.source


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_cells_are_short(path):
    """A cell of more lines is a single statement: a function, or a chart with its words."""
    for cell in code(read(path))[1:]:
        lines = [line for line in cell.source.splitlines() if line.strip()]
        if len(lines) > MAX_LINES:
            assert len(ast.parse(cell.source).body) == 1, f"{len(lines)} lines:\n{cell.source}"


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_no_number_in_prose_is_typed(path):
    for text in prose(read(path)):
        rest = ALLOWED.sub("", text)
        assert not NUMBER.search(rest), NUMBER.search(rest).group() + ": " + text


def test_the_pages_of_the_sources_differ_in_their_source_alone(data):
    sources = data["sources"].set_index("source_id")["label"]
    bodies = set()
    for source, label in sources.items():
        notebook = read(ROOT / "chapters" / f"source-{source}.ipynb")
        text = "\n".join(cell.source for cell in notebook.cells)
        bodies.add(
            text.replace(f'"{source}"', "SOURCE")
            .replace(f"article-{source}", "ARTICLE")
            .replace(f"# {label}\n", "# LABEL\n")
        )
    assert len(bodies) == 1


def test_every_source_has_its_page(data):
    names = {path.stem for path in pages(ROOT)}
    assert {f"source-{source}" for source in data["sources"]["source_id"]} <= names


@pytest.fixture
def project(tmp_path):
    """A project of made notebooks: ``project("index", "1 + 1")`` adds a page with its cells."""
    toc = {"root": "index", "parts": [{"chapters": []}]}
    (tmp_path / "data").mkdir()

    def add(name, *cells):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        nbformat.write(book, tmp_path / f"{name}.ipynb")
        if name != "index":
            toc["parts"][0]["chapters"].append({"file": name})
        (tmp_path / "_toc.yml").write_text(yaml.safe_dump(toc))
        return tmp_path / f"{name}.ipynb"

    return add


STALE = {
    "data/read.csv": True,
    "data/other.csv": False,
    "core/drawn.py": True,
    "core/tables.py": True,
    "core/__init__.py": True,
    "core/other.py": False,
    "requirements.txt": True,
}


@pytest.mark.parametrize(("file", "is_stale"), STALE.items())
def test_a_notebook_is_stale_if_something_it_came_from_changed(project, file, is_stale):
    path = project("index", "from core.drawn import (\n    chart,\n)", "chart")
    root = path.parent
    (root / "core").mkdir()
    for name in STALE:
        (root / name).write_text("")
    (root / "core/drawn.py").write_text("def chart():\n    from core import tables\n")
    assert stale(root) == [path]
    notebook = read(path)
    notebook.metadata["evidence"] = {READS: ["data/read.csv"]}
    notebook.metadata["evidence"][STAMP] = inputs_digest(notebook, root)
    nbformat.write(notebook, path)
    assert stale(root) == []
    before = (root / file).read_text()
    (root / file).write_text(f"{before}# changed\n")
    assert stale(root) == [path] * is_stale
    (root / file).unlink()
    assert stale(root) == [path] * is_stale
    (root / file).write_text(before)
    assert stale(root) == []
    notebook.cells[0].source = "2"
    assert not is_fresh(notebook, root)


@pytest.mark.slow
def test_only_what_changed_is_executed_again(project):
    reads = "import pathlib, module; pathlib.Path('data/{}.csv').read_text()"
    one, other = (project(name, reads.format(name)) for name in ("index", "other"))
    root = one.parent
    for name in ("index", "other"):
        (root / f"data/{name}.csv").write_text("1")
    (root / "module.py").write_text("")
    py_compile.compile(root / "module.py")  # its name tells which Python: on others it is not there
    assert execute(root=root, out=io.StringIO()) == 0
    assert read(one).metadata["evidence"][READS] == ["data/index.csv"]
    before = other.read_bytes()
    (root / "data/index.csv").write_text("2")
    out = io.StringIO()
    assert execute(root=root, out=out) == 0
    assert "execute: 1 notebooks, 0 failed" in out.getvalue()
    assert read(one).cells[0].outputs[0].data["text/plain"] == "'2'"
    assert other.read_bytes() == before


def test_the_project_is_found_from_a_folder_in_it(project, monkeypatch):
    root = project("index", "1").parent
    monkeypatch.chdir(root / "data")
    assert find_root() == root
    monkeypatch.chdir("/")
    with pytest.raises(DataError, match=r"no _toc\.yml in / or a folder above it"):
        find_root()


@pytest.mark.slow
def test_an_output_that_was_edited_makes_its_notebook_stale(project):
    path = project("index", "print('told')\n'shown'")
    assert execute(root=path.parent, out=io.StringIO()) == 0
    assert stale(path.parent) == []
    for old, new in [("told", "tolt"), ("shown", "shone")]:
        text = path.read_text(encoding="utf-8")
        at = text.rindex(old) if old == "shown" else text.index(old)
        path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
        assert stale(path.parent) == [path]
        path.write_text(text, encoding="utf-8")
    assert stale(path.parent) == []


@pytest.mark.slow
def test_a_notebook_that_fails_is_one_line_and_keeps_what_it_had(project):
    good = project("index", "import sys", "'seaborn' in sys.modules, 'numbers' in globals()")
    bad = [
        project("fails", "'seen'", "numbers = 1", "1 / 0"),
        project("late", "import time", "time.sleep(60)"),
        project("dies", "import os", "os._exit(3)"),
        project("broken"),
    ]
    bad[-1].write_text("{")
    before = [path.read_bytes() for path in bad]
    out = io.StringIO()
    assert execute(root=good.parent, out=out, timeout=3) == 1
    said = dict(line.strip().split(".ipynb: ", 1) for line in out.getvalue().splitlines()[:-1])
    assert re.fullmatch(r"[\d.]+ s", said.pop("index"))
    assert said == {
        "fails": "failed: code cell 3: ZeroDivisionError: division by zero",
        "late": "failed: code cell 2: not done within 3 s",
        "dies": "failed: code cell 2: the kernel died",
        "broken": "failed: is no notebook (NotJSONError)",
    }
    assert out.getvalue().splitlines()[-1] == "execute: 5 notebooks, 4 failed"
    assert [path.read_bytes() for path in bad] == before
    assert stale(good.parent) == bad
    # Its kernel was forked with the imports made, and with nothing else.
    assert read(good).cells[1].outputs[0].data["text/plain"] == "(True, False)"


def test_a_list_of_pages_that_cannot_be_read_is_a_message(tmp_path):
    with pytest.raises(DataError, match=r"_toc\.yml: cannot be read"):
        pages(tmp_path)
    (tmp_path / "_toc.yml").write_text("- a list\n")
    with pytest.raises(DataError, match=r"_toc\.yml: is no list of pages"):
        pages(tmp_path)
