"""The page on lineage: which study the sources share, and how it reached them."""

import pandas as pd
import pytest

from report import lineage
from tests.reading import append, lines, place_of, texts

LINKS = pd.DataFrame(
    [
        ("link-1", "news", "mouse", "V"),
        ("link-2", "a", "news", "S"),
        ("link-3", "a", "news", "V"),
        ("link-4", "b", "mouse", "S"),
        ("link-5", "b", "old", "V"),
        ("link-6", "b", "older", "V"),
        ("link-7", "c", "review", "V"),
        ("link-8", "idle", "mouse", "V"),
    ],
    columns=["link_id", "child", "parent", "status"],
)
SOURCES = pd.DataFrame({"source_id": ["a", "b", "c"]})
WORKS = {"mouse": "study", "old": "study", "older": "study", "review": "review", "news": "news"}
STUDIES = pd.DataFrame({"study_id": list(WORKS), "work": list(WORKS.values())})


@pytest.fixture
def ways():
    return lineage.routes(LINKS, SOURCES, STUDIES, "mouse")


def test_works_stand_in_the_layer_of_their_part(ways):
    layers = ways[0].set_index("node")["layer"].to_dict()
    assert layers == {"news": 1, "mouse": 0, "old": 0, "a": 2, "b": 2, "c": 2}


def test_works_between_stand_above_the_common_study_and_that_above_others(ways):
    lanes = ways[0].set_index("node")["lane"]
    assert list(lanes[["news", "mouse", "old"]]) == [0, 1, 2]
    assert list(lanes[["a", "b", "c"]]) == [0, 1, 2]


def test_studies_of_the_same_sources_are_one_node(ways):
    nodes, arrows = ways
    assert nodes.set_index("node")["works"]["old"] == ["old", "older"]
    arrow = arrows.set_index(["parent", "child"]).loc[("old", "b")]
    assert arrow["link_ids"] == ["link-5", "link-6"]


def test_a_way_is_verified_if_any_link_is(ways):
    verified = ways[1].set_index(["parent", "child"])["verified"].to_dict()
    assert verified == {
        ("mouse", "news"): True,
        ("news", "a"): True,
        ("mouse", "b"): False,
        ("old", "b"): True,
    }


def test_sources_joined_through_a_third_are_one_line():
    told = pd.DataFrame(
        [("a", "x"), ("b", "x"), ("b", "y"), ("d", "y")], columns=["source_id", "study_id"]
    )
    sources = pd.DataFrame({"source_id": ["c", "a", "b", "d"]})
    claims = pd.DataFrame({"source_id": ["d", "d", "a"]})
    assert lineage.lines_of_evidence(told, sources, claims) == [["d", "a", "b"], ["c"]]


def test_a_reference_entry_is_not_told_and_a_release_is_no_study(made):
    told = lineage.told_studies(made["citations"], made["studies"])
    assert list(told.itertuples(index=False, name=None)) == [
        ("alpha", "mouse-2019"),
        ("beta", "mouse-2019"),
        ("beta", "survey-2010"),
    ]


def test_the_common_study_is_that_of_most_sources_not_of_most_rows():
    rows = pd.DataFrame(
        [("a", "x"), ("a", "x"), ("a", "x"), ("a", "y"), ("b", "y")],
        columns=["source_id", "study_id"],
    )
    assert lineage.common_study(rows) == "y"


def test_the_page_says_how_many_retell_one_study(page):
    values = page("lineage").values
    assert values["witnesses"] == (
        "Two of the three articles tell of the same study: Mouse and others 2019, in mice. "
        "When they agree, that is not two witnesses but one, heard two times."
    )
    assert values["besides"] == "Besides it, only Beta (of one) tells of published studies."
    assert values["lines"].endswith("this book takes Alpha and Beta as one, and Gamma by itself.")
    assert values["longest"] == "Alpha and Beta have 12 words in a row in common."
    assert values["copied"] == values["unpublished"] == ""


def test_the_page_names_who_shares_words_with_news_if_it_was_read(page, made_folder):
    of_news = {"parent": "release-2019", "kind": "shares_words", "evidence": "Read."}
    append(made_folder, "lineage", link_id="link-05", child="alpha", status="V", **of_news)
    append(made_folder, "lineage", link_id="link-06", child="beta", status="S", **of_news)
    assert (
        page("lineage").values["copied"]
        == "Texts travel too. Alpha shares wording with the news of the study."
    )


def test_the_page_names_the_studies_of_who_does_not_tell_of_the_common_one(page, made_folder):
    append(
        made_folder,
        "citations",
        citation_id="citation-gamma-03",
        source_id="gamma",
        passage_id="passage-gamma-2-1",
        study_id="trial-2023",
        how="described",
        match="inferred",
        cue="a trial",
    )
    told = page("lineage").values["besides"]
    assert told.endswith(" Gamma tells of Trial 2023 instead.")


def test_where_no_study_is_common_nothing_is_told_instead_of_it():
    told = pd.DataFrame({"source_id": ["a"], "study_id": ["w"]})
    assert lineage.besides(told, "", {"a": "A"}, {"w": "Work"}) == "A tells of Work."


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_arrows_run_from_study_through_news_to_article(page, layout):
    chart = page("lineage").charts["chart-lineage"]
    assert chart.title == "Two of the three articles rest on one study"
    heads = [place_of(chart, word, layout)[0] for word in ("Studies", "News", "Articles")]
    assert heads == sorted(heads)
    alpha, beta, gamma = (place_of(chart, word, layout) for word in ("Alpha", "Beta", "Gamma"))
    assert alpha[1] < beta[1] < gamma[1]
    arrow = max(lines(chart, "c2", layout), key=lambda box: box[2] - box[0])
    assert arrow[0] < heads[1] and heads[1] < arrow[2] < beta[0]
    assert not [words for words, *_ in texts(chart, layout) if words.isdigit()]  # no axes
    through = [box for box in lines(chart, "c1", layout) if box[2] - box[0] > 5]
    assert min(box[0] for box in through) >= heads[1] - 20


def test_an_inferred_link_is_broken_and_the_caption_says_so(page):
    chart = page("lineage").charts["chart-lineage"]
    assert "a broken one is inferred" in chart.caption
    assert "Four arrows" in chart.caption
    broken = [part for part in chart.drawings[0].split("<") if "stroke-dasharray" in part]
    assert broken and all("stroke-c3" in part for part in broken)  # Gamma's alone


def test_pairs_without_words_in_common_are_counted_not_shown(page):
    table = page("lineage").tables["table-overlaps"]
    assert table.caption == "Words in common (two other pairs of articles have none)"
    assert table.frame.to_numpy().tolist() == [["Alpha", "Beta", 1, 12, 12]]


def test_every_link_is_shown_with_what_it_rests_on(page):
    table = page("lineage").tables["table-lineage"].frame
    assert list(table["Link"]) == ["link-01", "link-02", "link-03", "link-04"]
    assert [str(cell) for cell in table["This"]] == ["Release 2019", "Alpha", "Beta", "Gamma"]
    assert [str(cell) for cell in table["That"]][2] == "Mouse and others 2019"
