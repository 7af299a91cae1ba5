"""The first page as it stands: as short as a reader was promised, and its chart's end."""

import re

import nbformat

from tests.reading import ROOT, run_page

WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def test_no_article_says_it_as_firmly_as_one_can(data, monkeypatch):
    chart = run_page("index", ROOT, monkeypatch).charts["chart-answer"]
    assert chart.title.endswith("; none states it as a flat fact")
    assert data["claims"].query("proposition_id == 'fm-autoimmune'")["certainty"].max() == 5


def test_the_first_page_is_short_before_its_table(monkeypatch):
    """What a reader meets before the table, the chart's own words aside."""
    shown = run_page("index", ROOT, monkeypatch)
    verdicts = next(t for t in shown.shown if getattr(t, "name", "") == "verdicts")
    cells = [
        c.source for c in nbformat.read(ROOT / "index.ipynb", 4).cells if c.cell_type == "markdown"
    ]
    before = "\n".join(cells).split("## The articles side by side")[0]
    before = re.sub(r"\{glue:text\}`(\w+)`", lambda m: shown.values[m[1]], before)
    assert len(WORD.findall(before)) < 120
    for heading, beside, text in verdicts.cards:  # one for each article, however many there are
        assert len(WORD.findall(f"{heading} {' '.join(map(str, beside))} {text}")) < 40, heading
