"""The README's first screen says and shows what the data say today."""

import re

from evidence.pages import answer_chart, readme_text
from tests.reading import ROOT


def test_what_the_readme_says_is_computed(data):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- computed: begin.*?-->\n(.*?)<!-- computed: end -->", text, re.DOTALL)
    assert block[1] == readme_text(data), f"should be:\n{readme_text(data)}"


def test_what_the_readme_shows_is_computed(data):
    shown = (ROOT / "_static" / "answer.svg").read_text(encoding="utf-8")
    expected = answer_chart(data, "chart-answer").svg
    assert shown == expected, "_static/answer.svg is not the chart: write it again"


def test_the_citation_file_has_the_version_and_date_of_the_data(data):
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {data.descriptor['version']}" in text
    assert f"date-released: {data.descriptor['created'][:10]}" in text
    assert data.descriptor["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
