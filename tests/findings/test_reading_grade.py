"""How hard the pages are to read, as they stand."""

from tests.reading import ROOT, run_page


def test_every_page_opens_in_words_for_nine_years_at_school(monkeypatch):
    rows = run_page("methods", ROOT, monkeypatch).charts["chart-reading"].rows
    assert list(rows.loc[rows["brief"] > 9, "page"]) == []
