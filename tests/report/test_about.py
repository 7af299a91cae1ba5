"""The page about the book: citation and changes come from the project's own files."""

import pytest

from report import about
from tests.reading import ROOT

CITATION = """cff-version: 1.2.0
title: A made book
authors:
  - name: The makers
  - given-names: Ada
    family-names: Example
version: 1.2.0
date-released: 2026-02-03
license:
  - CC-BY-4.0
  - MIT
"""
CHANGES = """# Changes

Not an item.

## 1.2.0 (2026-02-03)

- Two lines
  of one change.
- Another.

## 1.1.0

- The first.
"""


@pytest.fixture
def shown(page, made_folder):
    def show(more=""):
        (made_folder / "CITATION.cff").write_text(CITATION + more)
        (made_folder / "CHANGELOG.md").write_text(CHANGES)
        return page("about")

    return show


def test_people_and_organisations_are_authors():
    citation = {"authors": [{"name": "The makers"}, {"given-names": "A", "family-names": "B"}]}
    assert about.authors(citation) == ["The makers", "A B"]


def test_a_citation_has_no_field_for_what_is_not_known():
    citation = {
        "authors": [{"name": "The makers"}, {"given-names": "A", "family-names": "B"}],
        "title": "T",
        "version": "1.0",
        "date-released": "2026-02-03",
        "doi": "",
    }
    assert about.bibtex_fields(citation) == {
        "title": "T",
        "author": "{The makers} and A B",
        "year": "2026",
        "note": "Version 1.0, 2026-02-03",
    }
    assert about.bibtex_fields(citation | {"doi": "10.1/x"})["doi"] == "10.1/x"


def test_changes_are_read_with_their_version():
    assert about.changes(CHANGES).to_numpy().tolist() == [
        ["1.2.0", "2026-02-03", "Two lines of one change."],
        ["1.2.0", "2026-02-03", "Another."],
        ["1.1.0", "", "The first."],
    ]


def test_the_page_says_who_and_which_version(shown):
    values = shown().values
    assert values["kept"] == "The makers and Ada Example"
    assert (values["version"], values["released"]) == ("1.2.0", "2026-02-03")
    assert values["licences"] == "CC-BY-4.0 and MIT"
    assert values["max_words"] == "twelve"
    assert values["doi"] == "It has no DOI yet."
    assert "names none" in values["where"]


def test_makers_who_give_no_name_are_said_to_give_none(shown, page, made_folder):
    shown()
    unnamed = CITATION.replace("The makers", "The maintainers of this book")
    (made_folder / "CITATION.cff").write_text(unnamed)
    assert page("about").values["kept"] == "its maintainers, who give no name"


def test_the_page_gives_an_address_and_a_doi_once_they_are_known(shown):
    page = shown("repository-code: https://example.org/repo\ndoi: 10.1000/made\n")
    assert page.values["doi"] == "Its DOI is 10.1000/made."
    assert page.values["where"] == "at https://example.org/repo"
    entry = next(t.data for t in page.shown if hasattr(t, "data") and "bibtex" in str(t.data))
    assert "10.1000/made" in entry
    assert "{The makers} and Ada Example" in entry


def test_the_page_shows_what_changed(shown):
    table = shown().tables["table-changes"].frame
    assert list(table["Version"]) == ["1.2.0", "1.2.0", "1.1.0"]
    assert list(table["Change"])[-1] == "The first."


def test_the_projects_own_files_can_be_read(page, made_folder):

    for name in ("CITATION.cff", "CHANGELOG.md"):
        (made_folder / name).write_text((ROOT / name).read_text())
    assert page("about").tables["table-changes"].frame["Version"].ne("").all()


def test_every_change_stands_beside_its_version_and_day(shown):
    frame = shown().tables["table-changes"].frame
    assert list(frame) == ["Version", "Date", "Change"]
    assert frame.to_numpy().tolist() == [
        ["1.2.0", "2026-02-03", "Two lines of one change."],
        ["1.2.0", "2026-02-03", "Another."],
        ["1.1.0", "", "The first."],
    ]
