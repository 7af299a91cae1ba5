"""The page on lineage: which study the sources share, and how it reached them."""

import re

import pandas as pd
import pytest

from report import lineage
from tests.reading import (
    ET,
    SVG,
    alternative,
    append,
    drawn_boxes,
    hints,
    lines,
    looks,
    place_of,
    rows_of,
    shapes,
    texts,
)

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


def test_the_page_says_how_many_retell_one_study(page):
    values = page("lineage").values
    assert values["witnesses"] == (
        "Two of the three articles tell of the same study: Mouse and others 2019, in mice. "
        "When they agree, that is not two witnesses but one, heard two times."
    )
    assert values["besides"] == "Beta also tells of one other published study; the other of none."
    assert values["lines"].endswith("this book takes Alpha and Beta as one, and Gamma by itself.")
    assert values["longest"] == "Alpha and Beta have 12 words in a row in common."
    assert values["copied"] == values["unpublished"] == ""
    assert values["min_words"] == "eight"


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
    entry = {"how": "reference_entry", "match": "stated", "cue": "Mouse"}
    for n, study in enumerate(["mouse-2019", "survey-2010"], 4):
        ids = {"citation_id": f"citation-gamma-0{n}", "passage_id": "passage-gamma-4-1"}
        append(made_folder, "citations", source_id="gamma", study_id=study, **ids, **entry)
    values = page("lineage").values
    assert values["besides"].endswith(" Gamma tells of Trial 2023 instead.")
    assert values["witnesses"].startswith("Two of the three articles tell of the same study: Mouse")


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


def test_an_arrow_leads_from_a_work_to_what_rests_on_it_in_the_look_of_the_article(page):
    chart = page("lineage").charts["chart-lineage"]
    root = ET.fromstring(chart.drawings[0])
    ends = {}
    for anchor in root.iter(f"{SVG}a"):
        body = next(anchor.iter(f"{SVG}path")).get("d")  # the arrow, its tip in an anchor after it
        x0, y0, *_, x1, y1 = map(float, re.findall(r"-?\d+(?:\.\d+)?", body))
        ends.setdefault(anchor.get("href").removeprefix("#"), (x0, y0, x1, y1))
    mouse, survey, release = (
        place_of(chart, words) for words in ("Mouse and others 2019", "Survey 2010", "Release 2019")
    )
    alpha, beta, gamma = (place_of(chart, words) for words in ("Alpha", "Beta", "Gamma"))
    for key, (start, end) in {
        "link-01": (mouse, release),
        "link-02": (release, alpha),
        "link-03": (mouse, beta),
        "link-04": (survey, gamma),
    }.items():
        x0, y0, x1, y1 = ends[key]
        assert start[0] < x0 < x1 < end[0], key
        assert (abs(y0 - start[1]) < 8, abs(y1 - end[1]) < 8) == (True, True), key
    assert {key: stroke for key, (_, stroke) in looks(chart).items()} == {
        "link-01": "quiet",
        "link-02": "c1",
        "link-03": "c2",
        "link-04": "c3",
    }
    heads = sorted((x, words) for words, x, y in texts(chart) if y < 30)
    assert [words for _, words in heads] == ["Studies", "News", "Articles"]
    # The frame of an article and the mark in it have its colour too.
    for colour, (x, y) in (("c1", alpha), ("c2", beta), ("c3", gamma)):
        around = [
            box
            for kinds, box in drawn_boxes(chart)
            if f"stroke-{colour}" in kinds and "fill-paper" in kinds and box[2] - box[0] > 50
        ]
        assert len(around) == 1 and around[0][0] < x < around[0][2], colour
        assert around[0][1] < y < around[0][3], colour
        left, middle = around[0][0], (around[0][1] + around[0][3]) / 2
        dots = [((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in shapes(chart, colour)]
        assert pytest.approx((left, middle), abs=1) in dots, colour
    told = {
        "link-01": "Release 2019 rests on Mouse and others 2019",
        "link-02": "Alpha rests on Release 2019",
        "link-03": "Beta rests on Mouse and others 2019",
        "link-04": "Gamma rests on Survey 2010 (inferred)",
    }
    assert hints(chart) == told
    assert alternative(chart) == list(told.values())


def test_of_several_links_the_first_is_the_arrow_s(page, made_folder):
    link = {"child": "beta", "parent": "mouse-2019", "kind": "cites", "evidence": "Again."}
    append(made_folder, "lineage", link_id="link-05", status="S", **link)
    chart = page("lineage").charts["chart-lineage"]
    assert set(looks(chart)) == {"link-01", "link-02", "link-03", "link-04"}
    assert "Four arrows" in chart.caption
    assert "Beta rests on Mouse and others 2019" in alternative(chart)  # one of both is verified


def test_a_text_that_was_not_found_published_is_named_and_news_is_not(page, made_folder):
    append(
        made_folder,
        "citations",
        citation_id="citation-gamma-03",
        source_id="gamma",
        passage_id="passage-gamma-4-1",
        study_id="record-2024",
        how="linked",
        match="stated",
    )
    assert page("lineage").values["unpublished"] == (
        "Named in an article, but we found no publication of it: Record 2024."
    )


def test_words_shared_with_a_study_are_not_shared_with_news(page, made_folder):
    link = {"child": "alpha", "parent": "mouse-2019", "kind": "shares_words", "evidence": "Read."}
    append(made_folder, "lineage", link_id="link-05", status="V", **link)
    assert page("lineage").values["copied"] == ""


def test_the_most_words_in_common_come_first_and_the_longest_run_is_told(page, made_folder):
    path = made_folder / "data" / "overlaps.csv"
    path.write_text(
        "first,second,runs,longest,words\nalpha,beta,2,12,20\nalpha,gamma,3,9,27\nbeta,gamma,0,0,0\n"
    )
    shown = page("lineage")
    table = shown.tables["table-overlaps"]
    assert list(table.frame) == [
        *["Article", "Other", "Runs", "Longest run, words", "All runs, words"]
    ]
    assert table.frame.to_numpy().tolist() == [
        ["Alpha", "Gamma", 3, 9, 27],
        ["Alpha", "Beta", 2, 12, 20],
    ]
    assert table.caption == "Words in common (one other pair of articles has none)"
    assert shown.values["longest"] == "Alpha and Beta have 12 words in a row in common."


def test_every_link_is_shown_with_its_own_cells(page):
    table = page("lineage").tables["table-lineage"]
    assert list(table.frame) == ["Link", "This", "How", "That", "What shows it", "Status"]
    mouse, release = "Mouse and others 2019", "Release 2019"
    assert rows_of(table) == [
        ["link-01", release, "Cites", mouse, "The release names the study.", "Verified"],
        [
            *["link-02", "Alpha#article-alpha", "Cites", release, "The article links to it."],
            "Verified",
        ],
        ["link-03", "Beta#article-beta", "Cites", mouse, "The article names it.", "Verified"],
        [
            *["link-04", "Gamma#article-gamma", "Cites", "Survey 2010", "The list has it."],
            "Secondary",
        ],
    ]


@pytest.mark.parametrize(
    ("telling", "title", "said"),
    [
        (0, "From study to article", "No two of the articles tell of the same study."),
        (1, "From study to article", "No two of the articles tell of the same study."),
        (2, "Two of the three articles rest on one study", "Two of the three articles tell"),
        (
            3,
            "All three articles rest on one study",
            "All three articles tell of the same study: S.",
        ),
    ],
)
def test_one_article_alone_shares_no_study(telling, title, said):
    assert lineage.title(telling, 3) == title
    cited = pd.DataFrame({"source_id": list("abc")[:telling], "study_id": "s", "how": "named"})
    studies = pd.DataFrame({"study_id": ["s"], "work": ["study"], "label": ["S"], "species": [""]})
    sources = pd.DataFrame({"source_id": list("abc")})
    assert lineage.witnesses(cited, studies, sources, {"mouse": "Mice"}).startswith(said)
    in_mice = lineage.witnesses(cited, studies.assign(species="mouse"), sources, {"mouse": "Mice"})
    assert in_mice.startswith(said.replace(": S.", ": S, in mice."))


def test_who_tells_of_more_studies_and_who_of_others_is_told_apart():
    told = pd.DataFrame(
        [("a", "x"), ("b", "x"), ("b", "y"), ("b", "z"), ("c", "z")],
        columns=["source_id", "study_id"],
    )
    labels, works = {"a": "Ay", "b": "Bee", "c": "Cee"}, {"x": "Ex", "y": "Why", "z": "Zed"}
    assert lineage.besides(told, "x", labels, works) == (
        "Bee also tells of two other published studies; the other of none. "
        "Cee tells of Zed instead."
    )
    assert lineage.besides(told.iloc[:2], "x", labels, works) == (
        "None of them tells of another published study."
    )


def test_articles_that_share_a_study_count_as_one():
    labels = {"a": "Ay", "b": "Bee", "c": "Cee", "d": "Dee", "e": "Ee", "f": "Eff"}
    assert lineage.as_one([["a", "b"], ["c"]], labels) == "Ay and Bee as one, and Cee by itself"
    each = [[key] for key in labels]
    assert lineage.as_one(each, labels).endswith("Cee by itself, and three more groups")
