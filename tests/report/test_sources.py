"""The page of the articles and their copies."""

import pandas as pd
import pytest

from tests.reading import place_of, shapes


def test_the_page_says_what_was_read_and_how_whole(page):
    values = page("sources").values
    assert values["n_sources"] == "three articles"
    assert values["n_words"] == "128 words"
    assert values["years"] == "between 2020 and 2022"
    assert values["damage"] == "The copy of Gamma is badly damaged: it has lost one list."
    assert values["unknown"] == "Of Gamma we know the site, but did not find the page."
    assert values["n_passages"] == "eleven passages"
    assert values["content"] == (
        "Of these, ten can carry content; two of them hold none, each for a stated reason."
    )


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_bars_are_as_long_as_the_words(page, layout):
    chart = page("sources").charts["chart-copies"]
    assert chart.title == "The one gap is in one copy, that of Gamma"
    assert "A gap is a place where text is, or may be, lost: a title" in chart.caption
    rows = sorted(shapes(chart, "shade5", layout), key=lambda box: box[1])[-3:]
    alpha, beta, gamma = (right - left for left, _, right, _ in rows)
    # words of passages that can carry content: 50, 46 and 27
    assert beta / alpha == pytest.approx(46 / 50, rel=0.02)
    assert gamma / alpha == pytest.approx(27 / 50, rel=0.02)
    references = max(shapes(chart, "shade3", layout), key=lambda box: box[1])
    assert references[0] == pytest.approx(rows[2][2], abs=0.5), "it follows Gamma's text"
    assert (references[2] - references[0]) / alpha == pytest.approx(5 / 50, rel=0.05)
    gap = place_of(chart, "one gap", layout)
    assert gap[0] > references[2] and rows[2][1] - 5 < gap[1] < rows[2][3] + 5


def test_the_verdicts_are_at_home_here_with_the_rows_they_rest_on(page):
    table = page("sources").tables["table-verdicts"]
    assert "home" in table.classes and "anchored" in table.classes
    assert [str(key) for key in table.frame["Row"]] == [
        "verdict-alpha",
        "verdict-beta",
        "verdict-gamma",
    ]
    rests = table.frame["Rests on"].iloc[0]
    assert [link.target for link in rests] == ["claim-alpha-01", "claim-alpha-03"]


def test_totals_of_losses_and_rows(page):
    tables = page("sources").tables
    losses = tables["table-losses"].frame.set_index("Article")
    assert losses["List missing"].to_dict() == {"Alpha": 0, "Beta": 0, "Gamma": 1, "All": 1}
    accounts = tables["table-accounting"].frame.set_index("Article")
    assert accounts["Passages"].to_dict() == {"Alpha": 4, "Beta": 3, "Gamma": 4, "All": 11}
    assert accounts["Can carry content"].to_dict() == {"Alpha": 4, "Beta": 3, "Gamma": 3, "All": 10}
    assert accounts.loc["All", "Claims"] == 8


def test_titles_that_damaged_copies_lost_are_counted(made_folder, page):
    path = made_folder / "data" / "sources.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False).assign(damaged="true")
    rows.to_csv(path, index=False)
    losses = made_folder / "data" / "losses.csv"
    text = losses.read_text(encoding="utf-8")
    losses.write_text(text.replace("list_missing", "title_missing"))
    assert page("sources").values["damage"].endswith(": together they have lost one title.")
