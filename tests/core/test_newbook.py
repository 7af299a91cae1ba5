"""A book on another question is whole, says nothing of this one, and builds."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from pybtex.database import parse_file

from evidence.check import check
from evidence.cli import main
from evidence.data import DataError, DataPackage
from evidence.editing.intake import add, clear
from evidence.editing.newbook import EXAMPLE, create, write_example
from evidence.editing.pages import page_of
from evidence.editing.renewal import renew
from evidence.files import read_rows
from evidence.notebooks import notebooks, pages, stale
from evidence.verify import verify
from tests.reading import ROOT

pytestmark = pytest.mark.slow  # a project of some hundred files is written
TITLE, AUTHOR = "Is “tea”: good?", 'Zoë "Z" O\'Neil'


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A new book in a folder with a space and an accent in its name."""
    folder = tmp_path_factory.mktemp("new") / "un café"
    create(folder, TITLE, AUTHOR)
    return folder


def test_its_data_are_the_examples_and_without_fault(book):
    data = DataPackage(book / "data")
    assert list(data["sources"]["label"]) == ["Alpha", "Beta", "Gamma"]
    assert [str(fault) for fault in check(data)] == []
    faults, counts = verify(data, book / "copies")
    assert [str(fault) for fault in faults] == []
    assert counts["copies"] == 3


def test_title_and_author_stand_wherever_a_book_tells_them(book):
    config = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8"))
    sphinx = config["sphinx"]["config"]
    assert {config["author"], sphinx["epub_author"], sphinx["epub_contributor"]} == {AUTHOR}
    assert sphinx["epub_basename"] == sphinx["epub_uid"] == "coffee-and-headaches"
    citation = yaml.safe_load((book / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["title"], citation["authors"]) == (TITLE, [{"name": AUTHOR}])
    descriptor = DataPackage(book / "data").descriptor
    assert descriptor["title"] == descriptor["terms"]["asked"] == TITLE
    assert (book / "README.md").read_text(encoding="utf-8").startswith(f"# {TITLE}\n")
    assert_titled(book)


def assert_titled(book):
    """The files that tell the title or the name of a book tell the descriptor's."""
    descriptor = DataPackage(book / "data").descriptor
    config = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8"))
    sphinx, asked = config["sphinx"]["config"], descriptor["terms"]["asked"]
    assert {config["title"], sphinx["html_title"], sphinx["project"]} == {asked}
    assert {sphinx["epub_basename"], sphinx["epub_uid"]} == {descriptor["name"]}
    citation = yaml.safe_load((book / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["title"] == descriptor["title"]
    readme = (book / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(f"# {descriptor['title']}\n")
    first = nbformat.read(book / "index.ipynb", 4).cells[0].source
    assert first.startswith("# {glue:text}`asked`")


def test_this_book_tells_one_title():
    assert_titled(ROOT)


def test_a_title_that_changes_is_written_wherever_it_is_told(book, tmp_path):
    folder = shutil.copytree(book, tmp_path / "book")
    path = folder / "data" / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor |= {"title": r"Tea: \1 “more”", "name": "more-tea"}
    descriptor["terms"]["asked"] = "More 'tea' #1?"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    before = (folder / "_config.yml").read_text(encoding="utf-8")
    told = renew(DataPackage(folder / "data"))
    assert {f"{file}: renewed" for file in ("_config.yml", "CITATION.cff", "README.md")} <= set(
        told
    )
    assert_titled(folder)
    after = (folder / "_config.yml").read_text(encoding="utf-8")
    assert before.count("#") == after.count("#") - 3  # of the title itself: comments stay


def test_a_table_that_a_spreadsheet_saved_is_written_as_a_command_would(book, tmp_path):
    folder = shutil.copytree(book, tmp_path / "book")
    path = folder / "data" / "limits.csv"
    before = path.read_bytes()
    quoted = b'"limit_id","limit"\r\n"limit-01","The articles are made up."\r\n'
    for saved in (quoted, before.replace(b"\n", b"\r\n")):
        path.write_bytes(saved)
        assert "data/limits.csv: renewed" in renew(DataPackage(folder / "data"))
        assert path.read_bytes() == before


def test_what_a_book_is_about_stands_at_the_head_of_its_descriptor(book):
    names = list(DataPackage(book / "data").descriptor)
    own = ["name", "title", "description", "question", "terms"]
    assert max(map(names.index, own)) < min(map(names.index, ["roles", "candidates", "resources"]))


def test_levels_that_another_question_replaces_are_the_examples_own():
    """Else a book that replaced them could not make another."""
    guide = (ROOT / "ANOTHER-QUESTION.md").read_text(encoding="utf-8")
    named = guide.partition("levels that follow from the subject:")[2].partition(".\n")[0]
    columns = re.findall(r"`([a-z_]+)\.([a-z_]+)`", named)
    about = json.loads((ROOT / EXAMPLE / "about.json").read_text(encoding="utf-8"))
    assert {(table, column) for table, of in about["levels"].items() for column in of} == set(
        columns
    )


def test_a_title_of_the_example_serves_where_none_is_given(tmp_path):
    data = create(tmp_path)  # a folder that is there and empty will do
    assert data.folder.parent == tmp_path
    assert data.descriptor["title"] == "Does coffee cause headaches?"


def test_version_and_date_are_those_of_a_beginning(book):
    descriptor = DataPackage(book / "data").descriptor
    citation = yaml.safe_load((book / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8"))
    version, day = descriptor["version"], descriptor["created"][:10]
    assert config["copyright"] == day[:4]
    assert (citation["version"], str(citation["date-released"])) == (version, day)
    assert f"## {version} ({day})\n" in (book / "CHANGELOG.md").read_text(encoding="utf-8")


def test_its_pages_are_the_projects_with_those_of_its_own_sources(book):
    def others(root):
        return [path.stem for path in pages(root) if not path.stem.startswith("source-")]

    assert others(book) == others(ROOT)
    named = [path.stem for path in pages(book) if path.stem.startswith("source-")]
    assert named == ["source-alpha", "source-beta", "source-gamma"]
    assert {path.stem for path in (book / "chapters").glob("source-*")} == set(named)
    source = "\n".join(
        c.source for c in nbformat.read(book / "chapters/source-beta.ipynb", 4).cells
    )
    assert "(article-beta)=\n# Beta\n" in source and 'SOURCE = "beta"' in source


def test_no_page_has_outputs_of_another_book(book):
    assert stale(book) == notebooks(book)
    for path in notebooks(book):
        cells = nbformat.read(path, as_version=4).cells
        assert not [c for c in cells if c.cell_type == "code" and (c.outputs or c.execution_count)]


def test_what_the_method_rests_on_stays_in_the_bibliography(book):
    entries = parse_file(str(book / "references.bib")).entries
    method = {key for key, e in entries.items() if e.fields.get("keywords") == "method"}
    assert set(entries) - method == set(DataPackage(book / "data")["studies"]["study_id"])
    of_this = parse_file(str(ROOT / "references.bib")).entries
    assert method == {key for key, e in of_this.items() if e.fields.get("keywords") == "method"}


def test_nothing_of_this_report_comes_along(book, data):
    made = set(DataPackage(book / "data")["sources"]["source_id"])
    own = [key for key in data["sources"]["source_id"] if key not in made]
    # A key of one word may be any word, unless it stands in the key of a row or of a page.
    names = [key for key in own if "-" in key]
    names += {data.descriptor["name"]} - {DataPackage(book / "data").descriptor["name"]}
    names += [f"{kind}-{key}" for kind in ("source", "article", "claim", "passage") for key in own]
    told = re.compile(
        "|".join(map(re.escape, names)) or "(?!)"
    )  # the example has nothing of its own
    for path in book.rglob("*"):
        if path.suffix in {".csv", ".json", ".yml", ".ipynb", ".cff", ".bib"}:
            assert not told.search(path.read_text(encoding="utf-8")), path
    assert not (book / "tests" / "findings").exists()


def test_no_page_types_who_coded_with_what_help_and_who_paid(book, data):
    told = [re.escape(sentence) for text in data["making"]["told"] for sentence in text.split(". ")]
    typed = re.compile("|".join([r"language models?\b", r"\bsponsor", *told]))
    for path in notebooks(book):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not typed.search(cell.source), path


def test_a_book_made_from_a_new_book_is_whole_and_has_no_copies_of_others(book, tmp_path):
    theirs = book / "copies" / "theirs.txt"
    theirs.write_text("Words of others.")
    data = create(tmp_path / "second", root=book)
    theirs.unlink()
    config = yaml.safe_load((tmp_path / "second" / "_config.yml").read_text(encoding="utf-8"))
    assert config["author"] == AUTHOR
    assert [path.name for path in pages(data.folder.parent)] == [p.name for p in pages(book)]
    made = sorted(path.name for path in (tmp_path / "second" / "copies").iterdir())
    assert made == sorted(data["sources"]["copy_file"])
    assert [str(fault) for fault in check(data)] == []


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path, capsys):
    kept = tmp_path / "book" / "kept.txt"
    kept.parent.mkdir()
    kept.write_text("mine")
    assert main(["new", str(kept.parent)]) == 2
    assert "is not empty; name a folder that is not there yet" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["book", "kept.txt"]
    with pytest.raises(DataError, match="is not empty"):
        create(kept)


def test_a_folder_in_the_project_is_refused():
    with pytest.raises(DataError, match="lies in the project"):
        create(ROOT / "chapters" / "new")


def test_a_book_that_cannot_be_made_whole_is_not_made_at_all(tmp_path, monkeypatch, capsys):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("evidence.editing.newbook._write_references", full)
    assert main(["new", str(tmp_path / "book")]) == 2
    assert capsys.readouterr().err == f"error: {tmp_path}/book: No space left on device\n"
    assert list(tmp_path.iterdir()) == []


def test_the_example_has_the_columns_of_the_project_and_empty_tables_where_it_has_none(tmp_path):
    for place in ("data", "tests/made"):
        (tmp_path / place).mkdir(parents=True)
    fields = [{"name": name, "type": "string"} for name in ("key", "left_out", "kind")]
    fields[2] |= {"categories": [{"value": "a"}], "constraints": {"enum": ["a"]}}
    resources = [
        {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}}
        for name in ("one", "two")
    ]
    about = {"profile": "p", "rules": "r", "licenses": [], "question": "ours"}
    (tmp_path / "data/datapackage.json").write_text(json.dumps({**about, "resources": resources}))
    own = {"question": "theirs", "levels": {"one": {"kind": [{"value": "b", "label": "B"}]}}}
    (tmp_path / "tests/made/about.json").write_text(json.dumps(own))
    (tmp_path / "tests/made/one.csv").write_text("kind,key\nb,x\n")
    write_example(tmp_path, tmp_path / "new")
    data = DataPackage(tmp_path / "new")
    assert data.descriptor["question"] == "theirs" and data.descriptor["rules"] == "r"
    assert data["one"].to_numpy().tolist() == [["x", "", "b"]]
    assert data.fields["one"]["kind"]["constraints"]["enum"] == ["b"]
    assert data.fields["two"]["kind"]["constraints"]["enum"] == ["a"]
    assert (tmp_path / "new/two.csv").read_text() == "key,left_out,kind\n"


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    """A new book with two limits of its own, once executed, without the example; what was told."""
    folder = tmp_path_factory.mktemp("cleared") / "book"
    data = create(folder, TITLE, AUTHOR)
    shown = nbformat.read(folder / "index.ipynb", as_version=4)
    cell = next(cell for cell in shown.cells if cell.cell_type == "code")
    told = {"text/markdown": "[It](#since-01) is about [coffee](#term-coffee)."}
    cell.outputs = [nbformat.v4.new_output("display_data", told)]
    nbformat.write(shown, folder / "index.ipynb")
    limits = folder / "data" / "limits.csv"
    limits.write_text("limit_id,limit\nlimit-01,Ours.\nlimit-02,Ours too.\n")
    return folder, clear(data, folder / EXAMPLE)


def test_the_example_goes_and_what_is_the_books_own_stays(cleared):
    folder, told = cleared
    left = {name: list(table.index) for name, table in tables(folder).items() if len(table)}
    assert left == {
        "limits": ["limit-01", "limit-02"],
        "glossary": ["term-denominator", "term-krippendorffs-alpha"],  # pages link to them
    }
    assert "sources.csv: three rows taken out" in told
    faults = {str(fault) for fault in check(DataPackage(folder / "data"))}
    assert {line for line in told if line.startswith("left: ")} == {f"left: {f}" for f in faults}
    assert all(fault.startswith("datapackage.json, column ") for fault in faults)
    assert any("column question: found 'coffee-headache'" in fault for fault in faults)
    entries = parse_file(str(folder / "references.bib")).entries
    assert {entry.fields.get("keywords") for entry in entries.values()} == {"method"}
    assert not [path for path in pages(folder) if path.stem.startswith("source-")]


def tables(folder):
    data = DataPackage(folder / "data")
    return {name: data[name].set_index(data.key(name)) for name in data.fields}


def test_the_first_article_of_a_cleared_book_gets_its_sheets_and_its_page(cleared, tmp_path):
    folder = shutil.copytree(cleared[0], tmp_path / "book")
    copy = tmp_path / "first.txt"
    copy.write_text("Tea is good.\n", encoding="utf-8")
    cells = {
        **{"source_id": "source", "label": "First", "publisher": "First", "published": "2022"},
        **{
            "title": "Tea",
            "title_basis": "copy",
            "publisher_kind": "clinic",
            "date_precision": "year",
        },
        **{"date_basis": "copy", "url_status": "unknown", "licence": "none", "damaged": "false"},
    }
    add(DataPackage(folder / "data"), copy, cells)
    sheets = {path.stem: len(read_rows(path)) for path in (folder / "coding/source").iterdir()}
    assert sheets["claims"] == 1
    assert {sheets[name] for name in ("retellings", "appraisal_scope", "appraisals")} == {0}
    names = [path.stem for path in pages(folder)]
    assert names[names.index("sources") + 1] == "source-source"
    path = folder / "data" / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("in_progress", "once"), "utf-8")
    renew(DataPackage(folder / "data"))
    page = "\n".join(c.source for c in nbformat.read(page_of("source", folder), 4).cells)
    assert page.startswith("(article-source)=\n# First\n") and '\nSOURCE = "source"\n' in page
    model = nbformat.read(page_of(next(iter(DataPackage()["sources"]["source_id"])), ROOT), 4)
    assert len(page.splitlines()) == sum(len(c.source.splitlines()) for c in model.cells)
    assert "data[table]" in page and not (folder / "chapters/source.ipynb").exists()


def test_a_book_without_the_example_is_left_alone(cleared):
    folder, _ = cleared
    before = (folder / "_toc.yml").read_bytes()
    assert clear(DataPackage(folder / "data"), folder / EXAMPLE) == [
        "nothing of the example is here"
    ]
    assert (folder / "_toc.yml").read_bytes() == before


def run(folder, *command):
    """Run a command of this environment in a project, on the project's own packages."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "SOURCE_COPIES": str(folder / "copies")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_builds_and_passes_its_tests(book):
    evidence = [sys.executable, "-m", "evidence"]
    run(book, *evidence, "execute")
    run(book, sys.executable, "-m", "report", "readme")
    builder = str(Path(sys.executable).with_name("jupyter-book"))
    run(book, builder, "build", ".", "-W", "-n", "--keep-going", "-q")
    run(book, *evidence, "export", "_build/html")
    assert run(book, *evidence, "stale") == ""
    # What holds of the cells alone is the same here as in this project.
    tests = [f"tests/book/test_{name}.py" for name in ("data", "pages", "readme")]
    run(book, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    answer = (book / "README.md").read_text(encoding="utf-8")
    assert "**Disputed" in answer or "**Not settled" in answer
