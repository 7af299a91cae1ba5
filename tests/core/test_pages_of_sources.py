"""Pages of sources are made after one another, and stand together in the contents."""

import shutil

import nbformat

from evidence.editing.pages import source_page, toc_with, toc_without
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
