"""Pages of sources are made after one another, and stand together in the contents."""

import shutil

import nbformat
import pytest

from evidence.belonging import rows_of
from evidence.data import DataPackage
from evidence.editing.pages import (
    MODEL,
    STUB_WORDS,
    is_stub,
    page_of,
    source_page,
    stub_page,
    toc_with,
    toc_without,
)
from evidence.editing.renewal import renew
from evidence.files import as_files, replace_files, table_rows
from evidence.notebooks import pages
from tests.reading import ROOT


def test_a_new_source_gets_a_page_like_the_others(tmp_path):
    shutil.copytree(ROOT / "chapters", tmp_path / "chapters")
    shutil.copy(ROOT / "_toc.yml", tmp_path)
    shutil.copy(ROOT / "index.ipynb", tmp_path)
    text = source_page("sixth-source", "A sixth source", tmp_path)
    page = nbformat.reads(text, as_version=4)
    assert page.cells[0].source == "(article-sixth-source)=\n# A sixth source"
    assert 'SOURCE = "sixth-source"' in "\n".join(cell.source for cell in page.cells)
    assert not [cell for cell in page.cells if cell.get("outputs")]


def test_the_contents_name_a_source_after_the_others_until_it_goes(tmp_path):
    shutil.copytree(ROOT / "chapters", tmp_path / "chapters")
    shutil.copy(ROOT / "_toc.yml", tmp_path)
    before = (tmp_path / "_toc.yml").read_text(encoding="utf-8")
    last = [path for path in pages(tmp_path) if path.stem.startswith("source-")][-1]
    (tmp_path / "_toc.yml").write_text(toc_with("sixth-source", tmp_path), encoding="utf-8")
    names = [path.stem for path in pages(tmp_path)]
    assert names[names.index(last.stem) + 1] == "source-sixth-source"
    assert toc_without(["sixth-source"], tmp_path) == before


@pytest.fixture
def project(made_folder):
    """The made package as a book whose one page of a source can be a model."""
    cells = ["(tide-alpha)=\n# Alpha", "Text."]
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(cell) for cell in cells])
    (made_folder / "chapters").mkdir()
    nbformat.write(page, page_of("alpha", made_folder))
    toc = "root: index\nparts:\n  - chapters:\n      - file: chapters/source-alpha\n"
    (made_folder / "_toc.yml").write_text(toc, encoding="utf-8")
    return made_folder


def sources(page):
    return [cell.source for cell in nbformat.reads(page, as_version=4).cells]


def test_a_page_has_the_anchor_that_the_others_have(project):
    assert sources(source_page("beta", "Beta", project)) == ["(tide-beta)=\n# Beta", "Text."]
    assert sources(stub_page("beta", "Beta", project)) == ["(tide-beta)=\n# Beta", STUB_WORDS]


def test_the_last_page_is_kept_as_a_model_while_its_source_is_coded_again(project):
    page = page_of("alpha", project)
    before = page.read_text(encoding="utf-8")
    one = DataPackage(project / "data", whole=True)
    gone = [source for source in one["sources"]["source_id"] if source != "alpha"]
    for name, mask in rows_of(one, gone).items():
        rows = [row for row, away in zip(table_rows(one, name), mask, strict=True) if not away]
        replace_files(as_files(one, {name: rows}))
    for level in ("in_progress", "in_progress", "once"):
        rows = [{**row, "coded": level} for row in table_rows(one, "sources")]
        replace_files(as_files(one, {"sources": rows}))
        renew(DataPackage(project / "data"))
        assert is_stub(page) == (project / MODEL).exists() == (level == "in_progress")
    assert page.read_text(encoding="utf-8") == before


def test_what_is_set_below_an_entry_of_the_contents_stays_with_it(project):
    toc = project / "_toc.yml"
    listed = "      - file: chapters/source-alpha  # the first\n        title: Alpha's\n"
    toc.write_text(
        f"root: index\nparts:\n  - chapters:\n{listed}  - caption: More\n    chapters: []\n"
    )
    before = toc.read_text(encoding="utf-8")
    after = toc_with("beta", project)
    assert after == before.replace(listed, f"{listed}      - file: chapters/source-beta\n")
    toc.write_text(after, encoding="utf-8")
    assert toc_without(["beta"], project) == before
    assert toc_without(["alpha", "beta"], project) == before.replace(listed, "")
    assert toc_without([], project) == after
