"""Where in its article a claim is made."""

from collections.abc import Iterable, Mapping

import pandas as pd

ZONES = {"title": "title", "caption": "caption", "summary": "summary", "heading": "heading"}


def places(claims: pd.DataFrame, passages: pd.DataFrame, content: Iterable[str]) -> pd.DataFrame:
    """Tell where in its article each claim is made.

    Parameters
    ----------
    claims, passages : pandas.DataFrame
        Rows of ``claims.csv`` and ``passages.csv``.
    content : iterable of str
        Roles of the passages that count as the article's text.

    Returns
    -------
    pandas.DataFrame
        With the index of the claims; ``share``, the words of the article before the passage as a
        share of all (0 to 1), and ``place``: "title", "caption", "summary", "heading",
        "quotation" or "letter" where it is one, else "start", "middle" or "end" by thirds.
    """
    text = passages[passages["role"].isin(list(content))]
    words = text["words"].astype(int)
    before = words.groupby(text["source_id"]).cumsum() - words
    share = before / words.groupby(text["source_id"]).transform("sum")
    share.index = text["passage_id"]
    roles = passages.set_index("passage_id")["role"]
    found = pd.DataFrame({"share": claims["passage_id"].map(share)})
    thirds = pd.cut(found["share"], [-1, 1 / 3, 2 / 3, 1], labels=["start", "middle", "end"])
    named = claims["zone"].map({**ZONES, "reader_letter": "letter"})
    named = named.mask(claims["passage_id"].map(roles) == "quotation", "quotation")
    found["place"] = named.fillna(thirds.astype(object))
    return found


def where_put(
    claims: pd.DataFrame,
    passages: pd.DataFrame,
    content: Iterable[str],
    polarity: Mapping[str, str],
) -> pd.Series:
    """Say in words where each claim is made and, of one that does not support, what it does.

    Parameters
    ----------
    claims, passages, content
        As for :func:`places`.
    polarity : mapping of str to str
        Words for each level of polarity.

    Returns
    -------
    pandas.Series
        With the index of the claims, for example "title" or "middle, leaves open".
    """
    place = places(claims, passages, content)["place"]
    other = claims["polarity"] != "supports"
    return place.where(~other, place + ", " + claims["polarity"].map(polarity))
