"""What stands where: a name says which module is meant, and the core knows its own tables alone."""

import ast
from collections import Counter
from pathlib import Path

import nbformat

from evidence.notebooks import notebooks
from tests.reading import ROOT

SPECIAL = {"__init__", "__main__"}  # names that every package has


def test_no_two_modules_and_no_two_files_of_tests_have_one_name():
    rooms = ("booktheme", "evidence", "report", "tests")
    files = [path for room in rooms for path in Path(ROOT, room).rglob("*.py")]
    names = Counter(path.stem for path in files)
    assert [name for name, n in names.items() if n > 1 and name not in SPECIAL] == []


def test_the_core_names_no_tables_but_its_own(made):
    texts = [path.read_text(encoding="utf-8") for path in Path(ROOT, "evidence").rglob("*.py")]
    nodes = (node for text in texts for node in ast.walk(ast.parse(text)))
    said = {node.value for node in nodes if isinstance(node, ast.Constant)}
    assert said & made.fields.keys() == {"sources", "passages", "codings", "absences"}


def imported(source, package):
    """Modules of a package that a source imports."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    names = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith(f"{package}.")}


def test_a_page_uses_its_own_module_and_those_that_are_of_no_page():
    """But for the first page, which sums up the others."""
    cells = {
        path.stem.partition("-")[0]: "\n".join(
            cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"
        )
        for path in notebooks(ROOT)
    }
    of_others = {
        page: (imported(code, "report") & cells.keys()) - {page} for page, code in cells.items()
    }
    assert of_others.pop("index")
    assert not any(of_others.values()), of_others
