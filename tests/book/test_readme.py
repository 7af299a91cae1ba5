"""The README's first screen says and shows what the data say today."""

import re

import pytest

from evidence.data import DataError
from report.__main__ import stored_drawing
from report.readme import picture, readme_text
from tests.reading import ET, ROOT, SVG, run_page


@pytest.fixture
def block():
    """What the README says of the data; a new book's says nothing yet."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- computed: begin.*?-->\n(.*?)<!-- computed: end -->", text, re.DOTALL)
    if not found[1]:
        pytest.skip("the README says nothing of the data yet: make renew")
    return found[1]


def test_what_the_readme_says_is_computed(block, data):
    assert block == readme_text(data), f"make renew; it should be:\n{readme_text(data)}"


def test_what_the_readme_shows_is_computed(block, monkeypatch):
    shown = (ROOT / "_static" / "answer.svg").read_text(encoding="utf-8")
    chart = run_page("index", ROOT, monkeypatch).charts["chart-answer"]
    assert shown == picture(chart.drawings[0]), "_static/answer.svg is not the chart: make renew"


def test_a_picture_by_itself_needs_no_style_sheet():
    drawing = (
        f'<svg xmlns="{SVG[1:-1]}" viewBox="0 0 9 9" class="chart wide" role="group">'
        '<a href="#claim-1" class="mark"><title>words</title>'
        '<path class="fill-c1" fill="#0072b2" d="M 0 0"/></a></svg>'
    )
    root = ET.fromstring(picture(drawing))
    assert root.get("role") == "img" and "Atkinson" in root.get("font-family")
    assert [e.tag for e in root] == [f"{SVG}rect", f"{SVG}g"]
    assert not [e for e in root.iter() if e.get("class") or e.get("href")]
    assert next(root.iter(f"{SVG}path")).get("fill") == "#0072b2"


def test_a_notebook_without_the_chart_is_named(tmp_path):
    path = tmp_path / "index.ipynb"
    path.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    with pytest.raises(DataError, match=r"index\.ipynb: holds no chart-answer"):
        stored_drawing(path, "chart-answer")


def test_the_citation_file_has_the_version_and_date_of_the_data(data):
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {data.descriptor['version']}" in text
    assert f"date-released: {data.descriptor['created'][:10]}" in text
    assert data.descriptor["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
