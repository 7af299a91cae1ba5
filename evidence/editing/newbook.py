"""A book on another question: this project with the example's data in the place of its own.

The example is the small made package that the tests use. What a book says of itself in files that
are no data (title, author, version) is written from the descriptor, one by one, so that all else
in these files stays.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import nbformat

from evidence.data import DESCRIPTOR, DataError, DataPackage
from evidence.editing.intake import BIBLIOGRAPHY
from evidence.editing.pages import page_of, source_page, toc_with, toc_without
from evidence.editing.settings import (
    CITATION,
    CONFIG,
    README,
    quoted,
    setting,
    titled_files,
    with_settings,
)
from evidence.files import as_csv, read_rows
from evidence.notebooks import TOC, find_root, notebooks

EXAMPLE = "tests/made"
COPIES = "copies"  # in the example and in the new book: made texts, which may be passed on
ABOUT = "about.json"  # what the example's descriptor says otherwise than the project's
# This project's alone; the copies of its sources may not be passed on.
OWN = ("tests/findings", "_static", "data", COPIES, ".git")
METHOD = re.compile(r"^\s*keywords\s*=\s*\{method\}", re.MULTILINE)
BLOCK = re.compile(r"(<!-- computed: begin.*?-->\n).*?(<!-- computed: end -->)", re.DOTALL)
VERSION = "0.1.0"
# What a descriptor says of any question; beside the tables, all else is the example's own.
SHARED = ("profile", "rules", "roles", "candidates", "licenses")


def create(
    folder: Path, title: str | None = None, author: str | None = None, root: Path | None = None
) -> DataPackage:
    """Make a project with the example's data: code, theme, notebooks, tests and settings.

    Parameters
    ----------
    folder : pathlib.Path
        A folder that is empty or not there yet, outside the project.
    title, author : str, optional
        Title of the new book, that of the example by default; who makes it, as in
        ``_config.yml`` by default.
    root : pathlib.Path, optional
        The project to begin from; found by :func:`evidence.notebooks.find_root` by default.

    Returns
    -------
    DataPackage
        That of the new book.

    Raises
    ------
    DataError
        If the folder is not empty, or lies in the project.
    """
    root, folder = (root or find_root()).resolve(), folder.resolve()
    if folder.is_relative_to(root):
        raise DataError(f"{folder}: lies in the project {root}; name a folder outside it")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DataError(f"{folder}: is not empty; name a folder that is not there yet")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as place:
        made = Path(place) / "book"
        shutil.copytree(root, made, ignore=_left_out(root))
        _write(made, root, title, author)
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    return DataPackage(folder / "data")


def _left_out(root: Path) -> Any:
    """What is not copied: what git ignores, and what is this project's alone."""
    ignored = (root / ".gitignore").read_text(encoding="utf-8").split()
    by_name = shutil.ignore_patterns(*(pattern.rstrip("/") for pattern in ignored))
    own = {root / name for name in OWN}

    def left_out(folder: str, names: list[str]) -> set[str]:
        return by_name(folder, names) | {name for name in names if Path(folder, name) in own}

    return left_out


def _write(made: Path, root: Path, title: str | None, author: str | None) -> None:
    """Put what is the new book's own into a copy of the project."""
    write_example(root, made / "data")
    path = made / "data" / DESCRIPTOR
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor |= {"version": VERSION, "created": f"{date.today()}T00:00:00Z"}
    if title:
        descriptor |= {"title": title, "terms": {**descriptor["terms"], "asked": title}}
    _write_json(path, descriptor)
    shutil.copy(root / "data" / "README.md", made / "data")
    shutil.copytree(root / EXAMPLE / COPIES, made / COPIES)
    data = DataPackage(made / "data")
    _write_settings(made, data.descriptor, author or setting(root / CONFIG, "author"))
    _write_pages(made, data)
    _write_references(made, root)
    (made / "_static").mkdir()


def write_example(root: Path, folder: Path) -> None:
    """Write the example as a data package.

    It has the project's tables and columns. A column that the example leaves out is empty, a
    table that it leaves out has no rows.

    Parameters
    ----------
    root : pathlib.Path
        The project.
    folder : pathlib.Path
        Where to write; made if it is not there.
    """
    folder.mkdir(exist_ok=True)
    descriptor = json.loads((root / "data" / DESCRIPTOR).read_text(encoding="utf-8"))
    own = json.loads((root / EXAMPLE / ABOUT).read_text(encoding="utf-8"))
    levels = own.pop("levels")
    shared = {name: descriptor[name] for name in (*SHARED, "resources") if name in descriptor}
    shared |= own
    # As in the project: what the data are about stands above the tables.
    descriptor = {name: shared[name] for name in [*descriptor, *own] if name in shared}
    for resource in descriptor["resources"]:
        fields = resource["schema"]["fields"]
        for field in fields:
            categories = levels.get(resource["name"], {}).get(field["name"])
            if categories:
                field["categories"] = categories
                field["constraints"]["enum"] = [level["value"] for level in categories]
        columns = [field["name"] for field in fields]
        rows = root / EXAMPLE / resource["path"]
        text = as_csv(columns, read_rows(rows) if rows.exists() else [])
        (folder / resource["path"]).write_text(text, encoding="utf-8")
    _write_json(folder / DESCRIPTOR, descriptor)


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_settings(made: Path, descriptor: Mapping[str, Any], author: str) -> None:
    """Write title, name, author and version into the files that tell them."""
    today = descriptor["created"][:10]
    for path, text in titled_files(descriptor, made).items():
        path.write_text(str(text), encoding="utf-8")
    config = {
        "author": quoted(author),
        "copyright": quoted(today[:4]),
        "sphinx.config.epub_author": quoted(author),
        "sphinx.config.version": quoted(VERSION.rpartition(".")[0]),
        "sphinx.config.search_names": "{}",
    }
    _set(made / CONFIG, config)
    _set(made / CITATION, {"version": VERSION, "date-released": today})
    path = made / CITATION
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(?:url|repository-code|doi|abstract): .*\n(?: .*\n)*", "", text)
    authors = f"authors:\n  - name: {quoted(author)}\n"
    text = re.sub(r"(?m)^authors:\n(?:[ -].*\n)+", lambda _: authors, text)
    path.write_text(text, encoding="utf-8")
    (made / "CHANGELOG.md").write_text(
        "# Changes\n\nKeys of rows stay: a withdrawn row is marked.\n\n"
        f"## {VERSION} ({today})\n\n- The example that a new book begins with.\n",
        encoding="utf-8",
    )
    path = made / README
    text = path.read_text(encoding="utf-8")
    block = BLOCK.search(text)
    if block is None:
        raise DataError("README.md: has no block between <!-- computed: begin … --> and its end")
    path.write_text(text[: block.start()] + block[1] + block[2] + text[block.end() :], "utf-8")


def _set(path: Path, settings: Mapping[str, str]) -> None:
    path.write_text(with_settings(path, settings), encoding="utf-8")


def _write_pages(made: Path, data: DataPackage) -> None:
    """Make the pages of the example's sources, and leave no outputs in any page."""
    old = {path for path in notebooks(made) if path.match("chapters/source-*.ipynb")}
    labels = data["sources"].set_index("source_id")["label"]
    own = {page_of(str(source), made): str(source) for source in labels.index}
    for path, source in own.items():
        path.write_text(source_page(source, labels[source], made), encoding="utf-8")
        if path not in old:  # a book made from one that has the example still has its pages
            (made / TOC).write_text(toc_with(source, made), encoding="utf-8")
    for path in old - own.keys():
        (made / TOC).write_text(toc_without([path.stem.removeprefix("source-")], made), "utf-8")
        path.unlink()
    for path in notebooks(made):
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata.pop("evidence", None)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, path)


def _write_references(made: Path, root: Path) -> None:
    """Keep the works that the method rests on, and put the example's beside them."""
    entries = re.split(r"(?m)^(?=@)", (root / BIBLIOGRAPHY).read_text(encoding="utf-8"))
    kept = [entry for entry in entries if METHOD.search(entry)]
    example = (root / EXAMPLE / BIBLIOGRAPHY).read_text(encoding="utf-8")
    (made / BIBLIOGRAPHY).write_text(example + "\n" + "".join(kept), encoding="utf-8")
