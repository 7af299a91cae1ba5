"""The pages of the articles as they stand."""

from tests.reading import ROOT, run_page


def test_no_page_denies_what_a_lost_title_may_have_said(data, monkeypatch):
    lost = data["losses"].query("kind == 'title_missing'")["source_id"]
    assert list(lost) == ["verywell-health"]
    values = run_page("source-verywell-health", ROOT, monkeypatch).values
    assert "title is lost in our copy" in values["title"]
    assert values["on_question"].endswith("Its title is lost in our copy.")
    assert "neither says nor denies" not in values["on_question"]
