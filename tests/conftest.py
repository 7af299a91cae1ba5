"""Fixtures: the project's data, a copy of it to wreck, a small made package, the source copies."""

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from evidence.data import DESCRIPTOR, DataPackage
from tests.browser import chromium, opened  # noqa: F401 (fixtures of all tests)
from tests.reading import ROOT, run_page

FOLDER = ROOT / "data"
MADE = Path(__file__).parent / "made"
# What the made package is about.
SUBJECT = {
    "title": "Does coffee cause headaches? What some articles say",
    "question": "coffee-headache",
    "near": ["mice-jittery"],
    "awaited": "water-helps",
    "tested": ["water-helps"],
    "told_first": ["since-03", "since-04", "since-02"],
    "terms": {
        "asked": "Does coffee cause headaches?",
        "yes": "it does",
        "no": "it does not",
        "matter": "headaches",
        "group": "women",
        "experiment": "mice were given coffee",
        "experiment_name": "mouse study",
        "experiment_caution": "What coffee does to mice is no headache.",
        "awaited": "a drink of water",
    },
}
COPIES = os.environ.get("SOURCE_COPIES")
settings.register_profile("steady", deadline=None)  # a busy machine is no fault
settings.load_profile("steady")


def pytest_report_header():
    """Say at once whether the tests that need the source copies can run."""
    return f"source copies: {COPIES or 'not here; set SOURCE_COPIES to their folder'}"


@pytest.fixture(scope="session")
def data():
    """The project's data package."""
    return DataPackage(FOLDER)


def wrecked(place):
    """Copy the data package into a folder below `place`, for a test to damage."""
    folder = place / "data"
    shutil.copytree(FOLDER, folder)
    shutil.copy(ROOT / "references.bib", place)
    # No test damages the codings, and nothing refers to them: a few stand for thousands.
    codings = folder / "codings.csv"
    lines = codings.read_text(encoding="utf-8").splitlines(keepends=True)
    codings.write_text("".join(lines[:50]), encoding="utf-8")
    return folder


@pytest.fixture
def wreck(tmp_path):
    """A copy of the data package that a test may damage."""
    return wrecked(tmp_path)


@pytest.fixture
def made_folder(tmp_path):
    """A folder with a made data package: three sources, a few rows of each table.

    It has the project's schema; its rows are the files in ``tests/made``, in which a column that
    is left out is empty. A table without a file there has no rows.
    """
    folder = tmp_path / "data"
    folder.mkdir()
    descriptor = json.loads((FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor |= SUBJECT
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    for resource in descriptor["resources"]:
        rows = MADE / resource["path"]
        names = ",".join(field["name"] for field in resource["schema"]["fields"])
        text = rows.read_text(encoding="utf-8") if rows.exists() else f"{names}\n"
        (folder / resource["path"]).write_text(text, encoding="utf-8")
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
def copies():
    """The folder of the source copies, which are not the project's to ship."""
    if not COPIES:
        pytest.skip("left out: the source copies are not here (set SOURCE_COPIES)")
    return Path(COPIES)
