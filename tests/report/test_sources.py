"""The page of the articles and their copies."""

import pandas as pd
import pytest

from tests.reading import alternative, append, legend, place_of, row_names, rows_of, shapes, texts


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


def test_bars_have_the_shade_of_their_legend_and_stand_at_their_article(page):
    chart = page("sources").charts["chart-copies"]
    articles = ["Alpha", "Beta", "Gamma"]
    assert row_names(chart) == articles
    fills = legend(chart, "the article’s text", "references", "menus, forms, notices")
    assert [fill for fill, _ in fills.values()] == ["shade5", "shade3", "rule"]
    text = [box for box in shapes(chart, "shade5") if box[1] > 30]
    heights = [place_of(chart, article)[1] for article in articles]
    assert [(top + bottom) / 2 for _, top, _, bottom in text] == pytest.approx(heights, abs=8)
    at = [(words, y) for words, _, y in texts(chart) if "gap" in words]
    assert [words for words, _ in at] == ["no gap found", "no gap found", "one gap"]
    assert [y for _, y in at] == pytest.approx(heights, abs=8)
    assert alternative(chart) == [
        *["Alpha: 50 words, no gaps", "Beta: 46 words, no gaps", "Gamma: 32 words, one gap"]
    ]


def test_menus_are_no_text_of_an_article_and_a_misprint_is_no_gap(page, made_folder):
    path = made_folder / "data" / "passages.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(",4,heading,") == 1
    path.write_text(text.replace(",4,heading,", ",4,navigation,"), encoding="utf-8")
    of_alpha = {"source_id": "alpha", "passage_id": "passage-alpha-2-1"}
    append(made_folder, "losses", loss_id="loss-alpha-01", kind="misprint", **of_alpha)
    append(made_folder, "losses", loss_id="loss-alpha-02", kind="list_missing", **of_alpha)
    append(made_folder, "losses", loss_id="loss-alpha-03", kind="cut_off", **of_alpha)
    shown = page("sources")
    chart = shown.charts["chart-copies"]
    rows = chart.rows.set_index("source_id")
    assert list(rows.columns) == ["the article’s text", "references", "menus, forms, notices"]
    assert rows.loc["alpha"].to_list() == [46, 0, 4]
    assert rows.loc["gamma"].to_list() == [27, 5, 0]
    assert chart.title == "Two of the three gaps are in one copy, that of Alpha"
    # Alpha's copy is not damaged: what it lost is not told of the damaged one.
    assert shown.values["damage"] == "The copy of Gamma is badly damaged: it has lost one list."
    assert shown.values["content"].startswith("Of these, nine can carry content")


def test_articles_and_verdicts_are_shown_with_their_own_cells(page):
    tables = page("sources").tables
    assert list(tables["table-sources"].frame) == [
        *["Article", "Title", "Publisher", "Published", "Author", "Words", "Address"],
        *["Sure of the address?", "Licence", "Copy", "SHA-256", "Note"],
    ]
    stated = "None is stated."
    site = "https://example.org"
    assert rows_of(tables["table-sources"]) == [
        [
            *["Alpha#article-alpha", "“Coffee may cause headaches”", "Charity", "2020"],
            *["not named", "50", f"{site}/alpha", "Certain", stated, "alpha.txt"],
            *["b7d63b8c1325…", ""],
        ],
        [
            *["Beta#article-beta", "“Coffee causes headaches”", "Clinic", "2021-05-01"],
            *["B. Author", "46", f"{site}/beta", "Certain", stated, "beta.txt"],
            *["34b4a059a054…", ""],
        ],
        [
            *["Gamma#article-gamma", "“Coffee and heads”", "Health site", "2022"],
            *["not named", "32", "not found", "Unknown", stated, "gamma.txt"],
            *["1381d995e6b0…", "The list after the third line is lost."],
        ],
    ]
    assert list(tables["table-verdicts"].frame)[2:] == [
        *["What to make of it", "What is good", "What to be careful of", "Rests on"]
    ]
    assert rows_of(tables["table-verdicts"]) == [
        [
            *["verdict-alpha", "Alpha#article-alpha"],
            "It says that coffee “may cause” headaches.",
            *["It names the study.", "It rests on mice.", "claim-alpha-01, claim-alpha-03"],
        ],
        [
            *["verdict-beta", "Beta#article-beta", "A flat claim: coffee “causes headaches”."],
            *["It is short.", "It names no limit.", "claim-beta-01"],
        ],
        [
            *["verdict-gamma", "Gamma#article-gamma"],
            "It leaves open whether coffee causes headaches at all.",
            *["It tells of a trial.", "It gives no number.", "claim-gamma-01, proposal-gamma-01"],
        ],
    ]


def test_passages_and_rows_are_counted_by_article(page):
    table = page("sources").tables["table-accounting"]
    assert list(table.frame) == [
        *["Article", "Passages", "Can carry content", "Without a row, for a reason", "Claims"],
        *["Figures", "Treatment proposals", "Citations", "Losses"],
    ]
    assert rows_of(table) == [
        ["Alpha", *"44132120"],
        ["Beta", *"33032120"],
        ["Gamma", *"43121321"],
        ["All", "11", "10", *"285561"],
    ]


def test_copies_without_a_gap_are_said_to_have_none(page, made_folder):
    path = made_folder / "data" / "losses.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    shown = page("sources")
    assert shown.charts["chart-copies"].title == "No gap is listed in any copy"
    assert shown.values["damage"] == "The copy of Gamma is badly damaged."


def test_an_address_that_is_likely_is_not_said_to_be_unknown(page, made_folder):
    path = made_folder / "data" / "sources.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("org/beta,certain", "org/beta,likely"), encoding="utf-8")
    shown = page("sources")
    assert shown.values["unknown"] == "Of Gamma we know the site, but did not find the page."
    sure = rows_of(shown.tables["table-sources"], "Article", "Sure of the address?")
    assert sure[1] == ["Beta#article-beta", "Likely"]
