"""The page on agreement: where the sources stand, and where they part."""

import pandas as pd
import pytest

from report import conflict
from tests.reading import marks, place_of


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
    assert list(conflict.stances(pd.DataFrame(claims))["stance"]) == [stance]


def test_silence_in_a_damaged_copy_cannot_be_told(made):
    found = conflict.stances(made["claims"])
    grid = conflict.stance_grid(found, made["propositions"], made["sources"])
    stance = grid.set_index(["proposition_id", "source_id"])["stance"]
    assert len(grid) == 9
    assert stance["mice-jittery", "gamma"] == "cannot tell"
    assert stance["water-helps", "alpha"] == "silent"
    assert stance["coffee-headache", "gamma"] == "leaves open"


def test_what_one_denies_and_another_affirms(made):
    assert conflict.denied(conflict.stances(made["claims"])) == ["water-helps"]


def test_one_source_alone_does_not_contradict_another():
    rows = pd.DataFrame([claim("opposes"), claim(certainty=2)])
    assert conflict.denied(conflict.stances(rows)) == []


def test_a_source_that_says_both_denies_what_another_affirms():
    rows = pd.DataFrame([claim("opposes"), claim(certainty=2), {**claim(), "source_id": "b"}])
    assert conflict.denied(conflict.stances(rows)) == ["p"]


def test_what_two_sources_speak_to_is_shared():
    rows = [claim(), claim("opposes"), {**claim(), "proposition_id": "q"}]
    rows.append({**claim("open"), "proposition_id": "q", "source_id": "b"})
    shared = conflict.shared(conflict.stances(pd.DataFrame(rows)))
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
        "On three of these one article goes further than another."
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
