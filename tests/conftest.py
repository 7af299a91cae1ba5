"""Fixtures: the project's data, a copy of it to wreck, and the source copies where they are."""

import os
import shutil
from pathlib import Path

import pytest
from browser import chromium, opened  # noqa: F401 (fixtures of all tests)

from evidence.data import FOLDER, DataPackage

COPIES = os.environ.get("SOURCE_COPIES")


def pytest_report_header():
    """Say at once whether the tests that need the source copies can run."""
    return f"source copies: {COPIES or 'not here; set SOURCE_COPIES to their folder'}"


@pytest.fixture(scope="session")
def data():
    """The project's data package."""
    return DataPackage()


@pytest.fixture
def wreck(tmp_path):
    """A copy of the data package that a test may damage."""
    folder = tmp_path / "data"
    shutil.copytree(FOLDER, folder)
    shutil.copy(FOLDER.parent / "references.bib", tmp_path)
    # No test damages the codings, and nothing refers to them: a few stand for thousands.
    codings = folder / "codings.csv"
    lines = codings.read_text(encoding="utf-8").splitlines(keepends=True)
    codings.write_text("".join(lines[:50]), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def copies():
    """The folder of the source copies, which are not the project's to ship."""
    if not COPIES:
        pytest.skip("left out: the source copies are not here (set SOURCE_COPIES)")
    return Path(COPIES)
