"""Where in its article a claim is made."""

import pandas as pd
import pytest

from report import places


def test_where_a_claim_is_made(made):
    passages = pd.DataFrame(
        {
            "passage_id": ["p1", "p2", "p3", "p4", "p5", "p6"],
            "source_id": "a",
            "words": [10, 30, 50, 30, 10, 20],
            "role": ["title", "body", "reference", "quotation", "body", "summary"],
        }
    )
    claims = pd.DataFrame(
        {
            "passage_id": ["p1", "p2", "p4", "p5", "p6", "p2"],
            "zone": ["title", "body", "body", "body", "summary", "reader_letter"],
        }
    )
    found = places.places(claims, passages, ["title", "body", "quotation", "summary"])
    assert list(found["place"]) == ["title", "start", "quotation", "end", "summary", "letter"]
    assert list(found["share"]) == pytest.approx([0, 0.1, 0.4, 0.7, 0.8, 0.1])
    middle = claims.assign(zone="body").iloc[[2]]
    roles = passages.assign(role="body")
    assert list(places.places(middle, roles, ["body"])["place"]) == ["middle"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ([33, 1, 66], "start"),  # of 100 words 33 stand before it
        ([34, 1, 65], "middle"),
        ([66, 1, 33], "middle"),
        ([67, 1, 32], "end"),
    ],
)
def test_an_article_is_divided_into_thirds(words, place):
    passages = pd.DataFrame(
        {"passage_id": ["p1", "p2", "p3"], "source_id": "a", "words": words, "role": "body"}
    )
    claims = pd.DataFrame({"passage_id": ["p2"], "zone": ["body"]})
    assert list(places.places(claims, passages, ["body"])["place"]) == [place]


def test_a_claim_that_does_not_support_says_what_it_does():
    passages = pd.DataFrame(
        {"passage_id": ["p1", "p2"], "source_id": "a", "role": "body", "words": [10, 90]}
    )
    claims = pd.DataFrame(
        {"passage_id": ["p1", "p1"], "zone": ["title", "body"], "polarity": ["supports", "open"]}
    )
    words = {"supports": "supports", "open": "leaves open"}
    assert list(places.where_put(claims, passages, ["body"], words)) == [
        "title",
        "start, leaves open",
    ]
