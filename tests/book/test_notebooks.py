"""Guards: notebooks are executed, fresh, short, and state no number that is not computed."""

import re
import shutil

import nbformat
import pytest

from evidence.data import DataError
from evidence.notebooks import (
    ROOT,
    STAMP,
    add_source_page,
    inputs_digest,
    is_fresh,
    notebooks,
    pages,
)

PATHS = notebooks()
IDS = [path.stem for path in PATHS]
MAX_LINES = 8
# What a number in prose may belong to: a role's target, a link's target, a work's year in brackets.
ALLOWED = re.compile(r"`[^`]*`|\]\([^)]*\)|\((?:[A-Z][\w\s]+,? )\d{4}\)|^\(.*\)=$", re.MULTILINE)
NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|majority|(?<!at )most)\b",
    re.IGNORECASE,
)


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
def test_every_cell_has_an_output(path):
    assert all(cell.outputs for cell in code(read(path)))


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_outputs_are_as_new_as_data_package_and_lock(path):
    assert is_fresh(read(path)), f"{path.name} is not fresh: run make execute"


def test_a_changed_input_makes_a_notebook_stale(tmp_path):
    for name in ("data", "evidence", "chapters"):
        (tmp_path / name).mkdir()
    table = tmp_path / "data" / "made.csv"
    table.write_text("a\n1\n")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    notebook.metadata["evidence"] = {STAMP: inputs_digest(notebook, tmp_path)}
    assert is_fresh(notebook, tmp_path)
    table.write_text("a\n2\n")
    assert not is_fresh(notebook, tmp_path)
    table.write_text("a\n1\n")
    (tmp_path / "evidence" / "more.py").write_text("x = 1\n")
    assert not is_fresh(notebook, tmp_path)


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_page_has_one_title_and_comes_first(path):
    titles = [line for text in prose(read(path)) for line in text.splitlines() if line[:2] == "# "]
    assert len(titles) == 1
    assert titles[0] in read(path).cells[0].source


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_cells_are_short_and_import_once(path):
    for index, cell in enumerate(code(read(path))):
        lines = [
            x for x in cell.source.splitlines() if x and not x.startswith(("from ", "import "))
        ]
        assert len(lines) <= MAX_LINES, cell.source
        assert index == 0 or "import " not in cell.source, cell.source


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
    names = {path.stem for path in pages()}
    assert {f"source-{source}" for source in data["sources"]["source_id"]} <= names


def test_every_topic_has_its_table_of_claims(data):
    text = "\n".join(cell.source for cell in read(ROOT / "chapters" / "claims.ipynb").cells)
    for topic in data.levels("propositions", "topic").index:
        assert f'"{topic}"' in text


def test_every_table_with_scales_is_in_the_codebook(data):
    text = "\n".join(cell.source for cell in read(ROOT / "chapters" / "codebook.ipynb").cells)
    for name, fields in data.fields.items():
        if any("categories" in field for field in fields.values()):
            assert f'scales_in_use(data, "{name}")' in text


def test_a_new_source_gets_a_page_like_the_others(tmp_path):
    shutil.copytree(ROOT / "chapters", tmp_path / "chapters")
    shutil.copy(ROOT / "_toc.yml", tmp_path)
    shutil.copy(ROOT / "index.ipynb", tmp_path)
    path = add_source_page("sixth-source", "A sixth source", tmp_path)
    text = "\n".join(cell.source for cell in read(path).cells)
    assert text.startswith("(article-sixth-source)=\n# A sixth source")
    assert 'SOURCE = "sixth-source"' in text
    assert not [cell for cell in code(read(path)) if cell.outputs]
    assert path in notebooks(tmp_path)
    with pytest.raises(DataError, match="already"):
        add_source_page("sixth-source", "A sixth source", tmp_path)
