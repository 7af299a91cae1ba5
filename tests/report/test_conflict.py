"""The page on agreement: where the sources stand, and where they part."""

import pandas as pd
import pytest

from report import conflict
from report.stance import SPEAKING, stance_grid, stances
from tests.reading import (
    alternative,
    hints,
    legend,
    looks,
    marks,
    place_of,
    row_names,
    rows_of,
    standing,
)


def claim(polarity="supports", speaker="author", certainty=6):
    return {
        "claim_id": "claim-a-01",
        "proposition_id": "p",
        "source_id": "a",
        "polarity": polarity,
        "speaker": speaker,
        "certainty": certainty,
    }


@pytest.mark.parametrize(
    ("claims", "stance"),
    [
        ([claim()], "asserts"),
        ([claim(certainty=5)], "asserts"),
        ([claim(certainty=4)], "hedges"),
        ([claim(speaker="reader", certainty=5)], "asserts"),
        ([claim(speaker="study_researchers")], "reports"),
        ([claim(speaker="study_researchers"), claim(certainty=3)], "hedges"),
        ([claim("open", certainty=1)], "leaves open"),
        ([claim("open", certainty=1), claim(certainty=4)], "hedges"),
        ([claim("opposes")], "disputes"),
        ([claim("opposes"), claim("open")], "disputes"),
        ([claim("opposes"), claim(certainty=2)], "both ways"),
    ],
)
def test_a_stance_is_told_by_polarity_voice_and_certainty(claims, stance):
    assert list(stances(pd.DataFrame(claims))["stance"]) == [stance]


def test_silence_in_a_damaged_copy_cannot_be_told(made):
    found = stances(made["claims"])
    grid = stance_grid(found, made["propositions"], made["sources"])
    stance = grid.set_index(["proposition_id", "source_id"])["stance"]
    assert len(grid) == 9
    assert stance["mice-jittery", "gamma"] == "cannot tell"
    assert stance["water-helps", "alpha"] == "silent"
    assert stance["coffee-headache", "gamma"] == "leaves open"


def test_what_one_denies_and_another_affirms(made):
    assert conflict.denied(stances(made["claims"])) == ["water-helps"]


def test_one_source_alone_does_not_contradict_another():
    rows = pd.DataFrame([claim("opposes"), claim(certainty=2)])
    assert conflict.denied(stances(rows)) == []


def test_a_source_that_says_both_denies_what_another_affirms():
    rows = pd.DataFrame([claim("opposes"), claim(certainty=2), {**claim(), "source_id": "b"}])
    assert conflict.denied(stances(rows)) == ["p"]


def test_what_two_sources_speak_to_is_shared():
    rows = [claim(), claim("opposes"), {**claim(), "proposition_id": "q"}]
    rows.append({**claim("open"), "proposition_id": "q", "source_id": "b"})
    shared = conflict.shared(stances(pd.DataFrame(rows)))
    assert list(zip(shared["proposition_id"], shared["source_id"], strict=True)) == [
        ("q", "a"),
        ("q", "b"),
    ]


def told(*rows):
    """Claims on one proposition: number, source, polarity, certainty, causal strength."""
    columns = ["claim_id", "source_id", "polarity", "certainty", "causal_strength"]
    return pd.DataFrame(rows, columns=columns).assign(proposition_id="p")


def pairs(claims):
    found = conflict.conflicts(claims)
    return [(r.conflict, r.source_ids, sorted(r.claim_ids)) for r in found.itertuples()]


def test_a_denial_is_the_firmest_two_of_each_pair_of_sources():
    claims = told(
        (1, "a", "supports", 3, 2),
        (2, "a", "supports", 5, 1),
        (3, "b", "opposes", 2, 4),
        (4, "b", "leaves_open", 4, 0),
        (5, "a", "opposes", 1, 0),
    )
    assert pairs(claims) == [("denial", ("a", "b"), [2, 4]), ("denial", ("a",), [2, 5])]


def test_of_claims_as_certain_the_causally_stronger_denies_and_of_alike_the_first():
    claims = told(
        (1, "a", "supports", 5, 1),
        (2, "a", "supports", 5, 3),
        (3, "b", "opposes", 4, 2),
        (4, "b", "opposes", 4, 2),
    )
    assert pairs(claims) == [("denial", ("a", "b"), [2, 3])]


def test_who_says_a_thing_weakly_and_firmly_differs_in_strength_from_three_levels_on():
    apart = told((1, "a", "supports", 2, 3), (2, "a", "supports", 2, 1), (3, "a", "supports", 5, 2))
    assert pairs(apart) == [("strength", ("a",), [2, 3])]
    near = told((1, "a", "supports", 3, 3), (2, "a", "supports", 5, 1), (3, "b", "supports", 1, 1))
    assert pairs(near) == []


def test_where_two_sources_deny_each_other_both_ways_the_firmer_pair_is_named():
    claims = told(
        (1, "a", "supports", 5, 1),
        (2, "b", "opposes", 1, 1),
        (3, "b", "supports", 4, 1),
        (4, "a", "opposes", 4, 1),
    )
    between = [pair for pair in pairs(claims) if pair[1] == ("a", "b")]
    assert between == [("denial", ("a", "b"), [3, 4])]
    columns = ["conflict", "proposition_id", "source_ids", "claim_ids"]
    assert list(conflict.conflicts(claims)) == columns


def test_an_unrated_claim_contradicts_nothing():
    claims = told((1, "a", "supports", None, 3), (2, "b", "opposes", 5, 1))
    assert pairs(claims) == []


def test_the_page_counts_statements_that_are_shared_and_those_put_apart(page):
    values = page("conflict").values
    assert values["verdict"] == "The articles often say no to each other."
    assert values["shared"] == (
        "Of three statements three turn up in more than one article. "
        "On all of these one article goes further than another."
    )
    assert values["denied"] == (
        "What one article denies and another affirms: “Whether water helps”."
    )


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_marks_stand_at_their_stance_in_their_row(page, layout):
    chart = page("conflict").charts["chart-stances"]
    at = marks(chart, layout)
    x = {s: place_of(chart, s, layout)[0] for s in ("disputes", "leaves open", "hedges", "asserts")}
    assert x["disputes"] < x["leaves open"] < x["hedges"] < x["asserts"]
    step = x["asserts"] - x["hedges"]
    for key, stance in {
        "claim-alpha-01": "hedges",
        "claim-beta-01": "asserts",
        "claim-gamma-01": "leaves open",
        "claim-beta-03": "disputes",
        "claim-gamma-02": "hedges",
    }.items():
        assert abs(at[key][0] - x[stance]) < step / 3, key
    in_row = [at[f"claim-{source}-01"][1] for source in ("alpha", "beta", "gamma")]
    assert in_row == pytest.approx([in_row[0]] * 3)
    row = place_of(chart, "Whether water helps", layout)[1]
    assert abs(at["claim-beta-03"][1] - row) < 25


def test_a_statement_of_one_article_alone_is_counted_and_in_no_table(page, made_folder):
    claims = made_folder / "data" / "claims.csv"
    said = pd.read_csv(claims, dtype=str, keep_default_na=False)
    said[said["claim_id"] != "claim-beta-02"].to_csv(claims, index=False)
    shown = page("conflict")
    assert shown.values["alone"] == "One other statement stands in one article only."
    assert "stances-mice" not in shown.tables
    assert {"stances-coffee", "stances-treatment"} <= set(shown.tables)


@pytest.mark.parametrize(
    ("polarities", "sentence"),
    [
        ([], ""),
        (
            [("supports", "open")],
            "In this pair one passage leaves open what the other says; neither says no.",
        ),
        (
            [("open", "supports"), ("supports", "open")],
            "In each of these pairs one passage leaves open what the other says; neither says no.",
        ),
        ([("supports", "open"), ("supports", "opposes")], ""),
        ([("supports", "supports")], ""),
    ],
)
def test_articles_at_odds_over_what_one_leaves_open_are_told_so(polarities, sentence):
    keys = [(f"a{n}", f"b{n}") for n in range(len(polarities))]
    between = pd.DataFrame(keys, columns=["first_row", "second_row"])
    claims = pd.DataFrame(
        list(zip(sum(keys, ()), sum(polarities, ()), strict=True)),
        columns=["claim_id", "polarity"],
    )
    assert conflict.left_open(between, claims) == sentence


def test_each_cell_leads_to_its_claims(page):
    table = page("conflict").tables["stances-coffee"].frame
    assert list(table["Statement"]) == ["Coffee causes headaches."]
    links = table.loc["coffee-headache", "Alpha"]
    assert [(link.text, link.target) for link in links] == [
        ("hedges", "claim-alpha-01"),
        ("2", "claim-alpha-02"),
    ]


def test_pairs_that_contradict_are_shown_with_both_cues(page):
    table = page("conflict").tables["contradictions-between"].frame
    assert list(table["Pair"]) == [
        "contradiction-01",
        "contradiction-03",
        "contradiction-04",
    ]
    assert [str(cell) for cell in table["Says"]] == [
        "“probably helps”",
        "“causes headaches”",
        "“showed that coffee causes”",
    ]
    assert [str(cell) for cell in table["But"]] == ["“does not help”", *["“remains open”"] * 2]


def test_a_position_stands_in_its_row_in_the_look_of_its_article_with_its_words(page):
    chart = page("conflict").charts["chart-stances"]
    rows = ["Mice became jittery", "Coffee and headaches", "Whether water helps"]
    stances = ["disputes", "leaves open", "reports", "hedges", "asserts"]
    mice, coffee, water = rows
    assert row_names(chart) == rows
    assert standing(chart, rows, stances) == {
        "claim-alpha-03": (mice, "asserts"),
        "claim-beta-01": (coffee, "asserts"),
        "claim-alpha-01": (coffee, "hedges"),
        "claim-gamma-02": (water, "hedges"),
        "claim-beta-02": (mice, "reports"),
        "claim-gamma-01": (coffee, "leaves open"),
        "claim-beta-03": (water, "disputes"),
    }
    colours = {"alpha": "c1", "beta": "c2", "gamma": "c3"}
    assert {key: fill for key, (fill, _) in looks(chart).items()} == {
        key: colours[key.split("-")[1]] for key in marks(chart)
    }
    heads = legend(chart, "Alpha", "Beta", "Gamma")
    assert [fill for fill, _ in heads.values()] == ["c1", "c2", "c3"]
    assert hints(chart) == {
        "claim-alpha-03": "“became jittery”",
        "claim-beta-01": "“causes headaches”",
        "claim-alpha-01": "“may cause”",
        "claim-gamma-02": "“probably helps”",
        "claim-beta-02": "“found jittery mice”",
        "claim-gamma-01": "“remains open”",
        "claim-beta-03": "“does not help”",
    }
    assert alternative(chart) == [
        f"{mice}: Alpha asserts",
        f"{coffee}: Beta asserts",
        f"{coffee}: Alpha hedges",
        f"{water}: Gamma hedges",
        f"{mice}: Beta reports",
        f"{coffee}: Gamma leaves open",
        f"{water}: Beta disputes",
    ]
    assert chart.title == "On three statements one article goes further than another"
    assert "Seven positions; statements that all put alike are left out." in chart.caption


def test_each_shared_statement_is_shown_with_what_each_article_says_of_it(page):
    tables = page("conflict").tables
    shown = {name: rows_of(t) for name, t in tables.items() if name.startswith("stances-")}
    assert list(tables["stances-coffee"].frame) == ["Statement", "Alpha", "Beta", "Gamma"]
    assert tables["stances-coffee"].caption == "Who says what: Coffee"
    assert {name: rows for name, rows in shown.items() if rows} == {
        "stances-coffee": [
            [
                "Coffee causes headaches.",
                "hedges#claim-alpha-01, 2#claim-alpha-02",
                "asserts#claim-beta-01",
                "leaves open#claim-gamma-01",
            ]
        ],
        "stances-mice": [
            [
                "Mice given coffee became jittery.",
                "asserts#claim-alpha-03",
                "reports#claim-beta-02",
                "cannot tell",
            ]
        ],
        "stances-treatment": [
            [
                "Water helps against headaches.",
                "silent",
                "disputes#claim-beta-03",
                "hedges#claim-gamma-02",
            ]
        ],
    }


def test_a_pair_that_contradicts_is_shown_with_who_says_what(page, made_folder):
    path = made_folder / "data" / "contradictions.csv"
    text = path.read_text(encoding="utf-8")
    stands = "contradiction-05,within,strength,claim-alpha-01,claim-alpha-02,The strength.,stands\n"
    path.write_text(text + stands, encoding="utf-8")
    tables = page("conflict").tables
    assert list(tables["contradictions-between"].frame) == [
        *["Pair", "Article", "Says", "Other", "But", "In what they differ"]
    ]
    assert tables["contradictions-within"].caption == "Inside one article"
    assert tables["contradictions-between"].caption == "Between articles"
    assert rows_of(tables["contradictions-within"]) == [  # the second is withdrawn
        [
            "contradiction-05",
            "Alpha#article-alpha",
            "“may cause”#claim-alpha-01",
            "Alpha#article-alpha",
            "“showed that coffee causes”#claim-alpha-02",
            "The strength.",
        ]
    ]
    gamma_leaves_open = ["Gamma#article-gamma", "“remains open”#claim-gamma-01"]
    assert rows_of(tables["contradictions-between"]) == [
        [
            "contradiction-01",
            *["Gamma#article-gamma", "“probably helps”#claim-gamma-02"],
            *["Beta#article-beta", "“does not help”#claim-beta-03"],
            "One says that water helps, the other that it does not.",
        ],
        [
            "contradiction-03",
            *["Beta#article-beta", "“causes headaches”#claim-beta-01"],
            *gamma_leaves_open,
            "One says so outright, the other leaves it open.",
        ],
        [
            "contradiction-04",
            *["Alpha#article-alpha", "“showed that coffee causes”#claim-alpha-02"],
            *gamma_leaves_open,
            "One tells of a study that showed it, the other leaves it open.",
        ],
    ]


def found(**stances):
    """Stances by source and statement, as ``found(p="asserts disputes")``."""
    rows = [
        (statement, f"s{n}", stance.replace("_", " "), [f"{statement}-{n}"])
        for statement, of in stances.items()
        for n, stance in enumerate(of.split())
    ]
    return pd.DataFrame(rows, columns=["proposition_id", "source_id", "stance", "claim_ids"])


def test_who_only_tells_of_others_affirms_and_who_leaves_open_does_not():
    rows = found(p="disputes reports", q="disputes leaves_open", r="both_ways hedges", s="asserts")
    assert conflict.denied(rows) == ["p", "r"]


@pytest.mark.parametrize(
    ("rows", "apart", "verdict"),
    [
        (found(p="asserts"), set(), "No statement turns up in more than one article"),
        (
            found(p="asserts disputes", q="asserts asserts", r="asserts asserts"),
            {"p"},
            "The articles often say no to each other.",
        ),
        (  # one of four is not more than a quarter
            found(p="asserts disputes", q="asserts hedges", r="hedges hedges", s="hedges hedges"),
            {"p", "q"},
            "The articles hardly ever say no to each other; they differ in how firmly they say yes.",
        ),
        (
            found(p="asserts hedges", q="hedges hedges"),
            {"p"},
            "We found no article that denies what another affirms. "
            "But they differ in how firmly they say yes.",
        ),
        (
            found(p="asserts asserts"),
            set(),
            "Where the articles say the same things, they say them just as firmly.",
        ),
    ],
)
def test_the_verdict_follows_from_how_many_shared_statements_are_denied(rows, apart, verdict):
    shared = conflict.shared(rows)
    apart = shared[shared["proposition_id"].isin(apart)]
    assert conflict.verdict(shared, apart).startswith(verdict)


@pytest.mark.parametrize(
    ("rows", "apart", "said"),
    [
        (found(p="asserts"), set(), ""),
        (
            found(p="asserts hedges", q="asserts", r="hedges"),
            {"p"},
            "Of three statements only one turns up in more than one article. "
            "On one of these one article goes further than another.",
        ),
        (  # half is not few
            found(p="asserts asserts", q="asserts"),
            set(),
            "Of two statements one turns up in more than one article. "
            "On none of these one article goes further than another.",
        ),
    ],
)
def test_few_shared_statements_are_said_to_be_few(rows, apart, said):
    shared = conflict.shared(rows)
    apart = shared[shared["proposition_id"].isin(apart)]
    assert conflict.tally(rows, shared, apart) == said


def test_of_pairs_as_firm_together_the_first_is_named_and_the_other_side_counts():
    claims = told(
        (1, "a", "supports", 6, 1),
        (2, "b", "opposes", 1, 1),
        (3, "b", "supports", 5, 1),
        (4, "a", "opposes", 4, 1),
    )
    between = [pair for pair in pairs(claims) if pair[1] == ("a", "b")]
    assert between == [("denial", ("a", "b"), [3, 4])]  # 9 together, the others 7


def test_of_a_source_s_weakest_claims_that_of_weakest_cause_is_named():
    claims = told(
        (1, "a", "supports", 2, 3), (2, "a", "supports", 2, 1), (3, "a", "supports", 6, 2)
    )
    assert pairs(claims) == [("strength", ("a",), [2, 3])]


def test_many_articles_are_listed_by_what_they_say(made_folder, page):
    sources = made_folder / "data" / "sources.csv"
    claims = made_folder / "data" / "claims.csv"
    rows = pd.read_csv(sources, dtype=str, keep_default_na=False)
    more = [rows.iloc[[0]].assign(source_id=f"more{n}", label=f"More {n}") for n in range(4)]
    pd.concat([rows, *more]).to_csv(sources, index=False)
    said = pd.read_csv(claims, dtype=str, keep_default_na=False)
    alike = said[said["claim_id"] == "claim-alpha-03"]
    again = [
        alike.assign(source_id=f"more{n}", claim_id=f"claim-more{n}-{k}")
        for n in range(4)
        for k in (1, 2)
    ]
    pd.concat([said, *again]).to_csv(claims, index=False)
    table = page("conflict").tables["stances-mice"]
    assert list(table.frame) == ["Statement", *SPEAKING[:1], *SPEAKING[2:]]
    [row] = table.frame.to_dict("records")
    assert row["disputes"] == row["hedges"] == "nobody"
    assert [(link.text, link.target) for link in row["reports"]] == [("Beta", "claim-beta-02")]
    assert [(link.text, link.target) for link in row["asserts"]] == [
        ("Alpha", "claim-alpha-03"),
        *[(f"More {n}", f"claim-more{n}-1") for n in range(4)],
    ]


def test_a_statement_that_all_put_alike_is_left_out(made_folder, page):
    path = made_folder / "data" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("found jittery mice,body,study_researchers", "found jittery mice,body,author"),
        encoding="utf-8",
    )
    propositions = made_folder / "data" / "propositions.csv"
    told = propositions.read_text(encoding="utf-8")
    propositions.write_text(told.replace(",treatment", ",mice"), encoding="utf-8")
    shown = page("conflict")
    assert rows_of(shown.tables["stances-mice"], "Statement", "Beta") == [
        ["Mice given coffee became jittery.", "asserts#claim-beta-02"],
        ["Water helps against headaches.", "disputes#claim-beta-03"],
    ]
    chart = shown.charts["chart-stances"]
    assert chart.title == "On two statements one article goes further than another"
    assert row_names(chart) == ["Coffee and headaches", "Whether water helps"]
    assert "Five positions" in chart.caption
    assert shown.values["shared"] == (
        "Of three statements three turn up in more than one article. "
        "On two of these one article goes further than another."
    )


def test_the_grid_has_every_statement_and_source_once_in_their_order(made):
    grid = stance_grid(stances(made["claims"]), made["propositions"], made["sources"])
    assert list(grid.columns) == ["proposition_id", "source_id", "stance", "claim_ids"]
    said = grid["stance"].astype(str).to_list()
    assert said == [
        *["hedges", "asserts", "leaves open"],
        *["asserts", "reports", "cannot tell"],
        *["silent", "disputes", "hedges"],
    ]
    assert list(grid["source_id"]) == ["alpha", "beta", "gamma"] * 3
    assert list(grid["proposition_id"].unique()) == [
        "coffee-headache",
        "mice-jittery",
        "water-helps",
    ]
    assert grid["claim_ids"].iloc[0] == ["claim-alpha-01", "claim-alpha-02"]
    assert grid["stance"].cat.ordered
    assert list(grid["stance"].cat.categories) == [
        *["disputes", "both ways", "leaves open", "reports", "hedges", "asserts"],
        *["silent", "cannot tell"],
    ]
