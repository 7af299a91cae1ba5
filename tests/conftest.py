"""Fixtures: the project's data, a copy of it to wreck, a small made package, the source copies."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from evidence.data import DataPackage
from evidence.editing.newbook import BIBLIOGRAPHY, COPIES, EXAMPLE, write_example
from tests.browser import chromium, opened  # noqa: F401 (fixtures of all tests)
from tests.reading import ROOT, run_page

FOLDER = ROOT / "data"
MADE = ROOT / EXAMPLE
SOURCE_COPIES = os.environ.get("SOURCE_COPIES")
# Where the whole book is published, and with what, is nothing that the tests' small books know.
for _name in ("BOOK_URL", "REPO_URL", "EDITIONS"):
    os.environ.pop(_name, None)
settings.register_profile("steady", deadline=None)  # a busy machine is no fault
settings.load_profile("steady")


def pytest_report_header():
    """Say at once whether the tests that need the source copies can run."""
    return f"source copies: {SOURCE_COPIES or 'not here; set SOURCE_COPIES to their folder'}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests that run a page, or every rule, on a whole made package.

    And keep the tests of a file in one process, which then lays out, builds and runs once what they
    share; those of pages in the browser share nothing.
    """
    for item in items:
        if not item.get_closest_marker("xdist_group") and item.path.stem != "test_browser":
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        if {"made_folder", "wreck", "grown"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.package)


@pytest.fixture(scope="session")
def data():
    """The project's data package."""
    return DataPackage(FOLDER)


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """The folder of the made data package with its bibliography, written once: to read, or copy."""
    folder = tmp_path_factory.mktemp("example") / "data"
    write_example(ROOT, folder)
    shutil.copy(MADE / BIBLIOGRAPHY, folder.parent)
    return folder


@pytest.fixture(scope="session")
def intact(example):
    """A made data package that nobody damages."""
    return DataPackage(example)


@pytest.fixture
def wreck(example, tmp_path):
    """The folder of a made data package, with its bibliography, that a test may damage."""
    return shutil.copytree(example.parent, tmp_path, dirs_exist_ok=True) / "data"


@pytest.fixture
def made_folder(example, tmp_path):
    """A folder with a made data package: three sources, a few rows of each table.

    Its rows are the files in ``tests/made``; see :func:`evidence.editing.newbook.write_example`.
    """
    shutil.copytree(example, tmp_path / "data")
    return tmp_path


@pytest.fixture
def made(made_folder):
    """The made data package."""
    return DataPackage(made_folder / "data")


@pytest.fixture
def page(made_folder, monkeypatch):
    """Run a page of the book on the made data package: ``page("conflict")``."""
    return lambda name: run_page(name, made_folder, monkeypatch)


@pytest.fixture(scope="session")
def made_copies():
    """The folder of the copies of the made sources."""
    return MADE / COPIES


@pytest.fixture(scope="session")
def copies():
    """The folder of the source copies, which are not the project's to ship."""
    if not SOURCE_COPIES:
        pytest.skip("left out: the source copies are not here (set SOURCE_COPIES)")
    return Path(SOURCE_COPIES)
