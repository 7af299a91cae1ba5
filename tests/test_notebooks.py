"""The notebooks: executed whole, and each stops where a planted value makes a sentence of it untrue."""

import ast
import base64
import re
import shutil

import nbformat
import pytest
import yaml

from evidence.check import check
from evidence.data import Package, read
from evidence.prose import plain, prose
from evidence.run import Stopped, run
from tests.conftest import ROOT

NOTEBOOKS = ["index.ipynb", *sorted(f"chapters/{p.name}" for p in ROOT.glob("chapters/*.ipynb"))]


def cells(name, kind):
    return [cell for cell in nbformat.read(ROOT / name, 4).cells if cell.cell_type == kind]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_was_executed_whole_and_without_error(name):
    code = cells(name, "code")
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert not any(output.output_type == "error" for output in cell.outputs)
        shows = isinstance(ast.parse(cell.source).body[-1], ast.Expr)
        assert cell.outputs or not shows, cell.source


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_cell_is_empty(name):
    assert all(cell.source.strip() for cell in nbformat.read(ROOT / name, 4).cells)


def test_every_page_that_is_listed_exists_and_every_notebook_is_listed():
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = [contents["root"]]
    listed += [page["file"] for part in contents["parts"] for page in part["chapters"]]
    there = {p.relative_to(ROOT).with_suffix("").as_posix() for p in ROOT.glob("chapters/*")}
    assert sorted(listed) == sorted({"index"} | {p for p in there if "." not in p})


def as_read(text):
    """Markdown as it reads once citations are labels and links their words."""
    works = read("studies", ROOT / "data").set_index("study_id")["label"]
    text = re.sub(r"\{cite:t\}`([^`]+)`", lambda role: works[role[1]], text)
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)


def first_paragraph(text):
    """What stands between the title and the next empty line."""
    return text.split("\n# ")[-1].split("\n\n")[1]


def test_the_answer_of_the_readme_is_that_of_the_first_page():
    page = cells("index.ipynb", "markdown")[0].source
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert as_read(first_paragraph(page)) == as_read(first_paragraph(readme))


ARTICLES = read("sources", ROOT / "data")[["source_id", "title", "url"]].fillna("")


@pytest.mark.parametrize("article", ARTICLES.to_dict("records"), ids=ARTICLES["source_id"])
def test_the_page_of_an_article_has_its_title_and_leads_to_it(article):
    head = cells(f"chapters/source-{article['source_id']}.ipynb", "markdown")[0].source
    assert f"(article-{article['source_id']})=\n# {article['title']}\n" in head
    assert article["url"] in head


PLANTED = [  # notebook, table, column, value, row
    ("index", "since", "direction", "supports", "since-21"),
    (
        "chapters/prevalence",
        "surveys",
        "population",
        "Women in north-east Scotland",
        "benchmark-02",
    ),
    ("chapters/since", "since", "overlap", "none_seen", "since-01"),
    ("chapters/claims", "claims", "put_as", "stated", "claim-verywell-health-135"),
    ("chapters/source-fibrohell", "errors", "gravity", "misleading", "error-fibrohell-01"),
    ("chapters/treatments", "treatments", "name", "Steroids", "ivig"),
]


@pytest.fixture
def project(folder, monkeypatch):
    """A copy of the project's data and pages, with this package."""
    shutil.copy(ROOT / "index.ipynb", folder.parent)
    shutil.copy(ROOT / "CITATION.cff", folder.parent)
    shutil.copytree(ROOT / "chapters", folder.parent / "chapters")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return folder.parent


@pytest.mark.slow
@pytest.mark.parametrize(("name", "table", "column", "value", "key"), PLANTED)
def test_a_false_value_stops_its_notebook_with_a_sentence_of_its_page(
    project, change, name, table, column, value, key
):
    change(project / "data", f"{table}.csv", column, value, lambda row: key in row.values())
    assert check(Package(project / "data")) == [], "the tables alone do not show that it is false"
    page = f"{name}.ipynb"
    shown = " ".join(plain(text) for _, text in prose(nbformat.read(ROOT / page, 4)))
    with pytest.raises(Stopped, match=rf"{page}, cell \d+: no longer holds: ") as stopped:
        run(project / page, project / "stamp")
    sentences = str(stopped.value).partition("no longer holds: ")[2].split(";")
    assert any(plain(sentence) in shown for sentence in sentences), sentences


def test_the_picture_of_the_readme_is_the_chart_of_the_first_page():
    shown = "".join(
        output.get("data", {}).get("text/html", "")
        for cell in cells("index.ipynb", "code")
        for output in cell.outputs
    )
    picture = (ROOT / "_static/words-to-the-mouse.svg").read_bytes().strip()
    assert base64.b64encode(picture).decode() in shown, "copy the drawing from the first page"
