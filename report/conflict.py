"""Where the sources stand on each proposition, and where they contradict each other."""

from collections.abc import Sequence

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, none_or, number

FIRMNESS = ["certainty", "causal_strength"]  # how firm a claim is, the first before the second
STRENGTH_GAP = 3  # levels of certainty between which a source differs from itself
# Up to so many sources that speak to a proposition each two of them are held against each other;
# beyond, when pairs would be more than anyone could read, each against the firmest of the others.
PAIRED_AT_MOST = 20
AFFIRMING = ("asserts", "hedges", "reports", "both ways")


def shared(found: pd.DataFrame) -> pd.DataFrame:
    """Keep the propositions that at least two sources speak to.

    Parameters
    ----------
    found : pandas.DataFrame
        As returned by :func:`stances`.

    Returns
    -------
    pandas.DataFrame
        The same columns.
    """
    speaking = found.groupby("proposition_id")["source_id"].transform("nunique")
    return found[speaking >= 2]


def denied(found: pd.DataFrame) -> list[str]:
    """Propositions that one source denies and another affirms, by their keys.

    Parameters
    ----------
    found : pandas.DataFrame
        As returned by :func:`stances`.
    """
    denies = found["stance"].isin(["disputes", "both ways"])
    affirms = found["stance"].isin(AFFIRMING)
    marks = pd.DataFrame({"denies": denies, "affirms": affirms, "both": denies & affirms})
    counts = marks.groupby(found["proposition_id"], sort=False).sum()
    others = counts["denies"] * counts["affirms"] - counts["both"]  # pairs of two sources
    return list(map(str, counts.index[others > 0]))


def verdict(common: pd.DataFrame, apart: pd.DataFrame) -> str:
    """Say whether the sources contradict each other, or differ in how firm they are.

    Parameters
    ----------
    common : pandas.DataFrame
        As returned by :func:`shared`.
    apart : pandas.DataFrame
        Those of its rows on whose proposition one source goes further than another.
    """
    n = common["proposition_id"].nunique()
    if not n:
        return (
            "No statement turns up in more than one article, so they can neither agree nor differ."
        )
    against = len(denied(common))
    if 4 * against > n:
        return "The articles often say no to each other."
    if apart.empty:
        return "Where the articles say the same things, they say them just as firmly."
    firmly = "they differ in how firmly they say yes"
    if against:
        return f"The articles hardly ever say no to each other; {firmly}."
    return f"We found no article that denies what another affirms. But {firmly}."


def tally(found: pd.DataFrame, common: pd.DataFrame, apart: pd.DataFrame) -> str:
    """Say how many statements the sources share, and on how many one goes further.

    Parameters
    ----------
    found : pandas.DataFrame
        As returned by :func:`stances`.
    common, apart : pandas.DataFrame
        As for :func:`verdict`.
    """
    total, n, further = (of["proposition_id"].nunique() for of in (found, common, apart))
    if not n:
        return ""
    turn = f"{number(n)} {agreeing('turns', n)} up in more than one article"
    only = "only " if 2 * n < total else ""
    on = "all" if further == n > 1 else none_or(further)
    return (
        f"Of {counted(total, 'statement')} {only}{turn}. On {on} of these "
        "one article goes further than another."
    )


def alone(found: pd.DataFrame, common: pd.DataFrame) -> str:
    """Say how many propositions only one source speaks of.

    Parameters
    ----------
    found, common : pandas.DataFrame
        As returned by :func:`stances` and by :func:`shared`.
    """
    n = found["proposition_id"].nunique() - common["proposition_id"].nunique()
    if not n:
        return ""
    others = f"{counted(n, 'other statement')} {agreeing('stands', n)}"
    return f"{capitalised(others)} in one article only."


def left_open(between: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Say so where of each pair of sources one leaves open what the other affirms.

    Parameters
    ----------
    between, claims : pandas.DataFrame
        Rows of ``contradictions.csv`` with claims of two sources, and of ``claims.csv``.

    Returns
    -------
    str
        A sentence; empty if there is no pair, or one of another kind.
    """
    polarity = claims.set_index("claim_id")["polarity"]
    pairs = [{polarity[row.first_row], polarity[row.second_row]} for row in between.itertuples()]
    if not pairs or any(pair != {"supports", "open"} for pair in pairs):
        return ""
    each = "In this pair" if len(pairs) == 1 else "In each of these pairs"
    return f"{each} one passage leaves open what the other says; neither says no."


def conflicts(claims: pd.DataFrame) -> pd.DataFrame:
    """Find the pairs of claims on one proposition that deny each other or differ in strength.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows of ``claims.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns ``conflict, proposition_id, source_ids`` (sorted tuple) and ``claim_ids``
        (frozenset of two). A ``denial`` for each two sources, or one, of which a claim supports
        the proposition and another opposes it or leaves it open: the firmest of each side; where
        more than :data:`PAIRED_AT_MOST` sources speak to it, one for each source with the firmest
        claim of the other side, and for each source that denies itself. A ``strength`` for each
        source that supports it at levels :data:`STRENGTH_GAP` or more apart: the weakest and the
        firmest.
    """
    rated = claims.dropna(subset=FIRMNESS)
    supporting = rated["polarity"] == "supports"
    denials = _denials(rated[supporting], rated[~supporting]).assign(conflict="denial")
    strengths = _strengths(rated[supporting]).assign(conflict="strength")
    found = pd.concat([denials, strengths], ignore_index=True)
    place = {key: number for number, key in enumerate(rated["proposition_id"].unique())}
    found = found.sort_values("proposition_id", key=lambda keys: keys.map(place), kind="stable")
    return found[["conflict", "proposition_id", "source_ids", "claim_ids"]].reset_index(drop=True)


def _firmest_first(claims: pd.DataFrame) -> pd.DataFrame:
    return claims.sort_values(FIRMNESS, ascending=False, kind="stable")


def _denials(supports: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The firmest two claims of each pair of sources on each proposition."""
    sides = [_firmest_first(supports), _firmest_first(others)]
    speaking = pd.concat(sides).groupby("proposition_id")["source_id"].nunique()
    crowded = speaking.index[speaking > PAIRED_AT_MOST]
    pairs = pd.concat(
        [
            _met(*(side[~side["proposition_id"].isin(crowded)] for side in sides)),
            _each_with_firmest(*(side[side["proposition_id"].isin(crowded)] for side in sides)),
        ],
        ignore_index=True,
    )
    pairs["firmness"] = pairs["certainty"] + pairs["certainty_other"]
    pairs["source_ids"] = [
        tuple(sorted({row.source_id, row.source_id_other})) for row in pairs.itertuples()
    ]
    pairs["claim_ids"] = [
        frozenset([row.claim_id, row.claim_id_other]) for row in pairs.itertuples()
    ]
    pairs = pairs.sort_values("firmness", ascending=False, kind="stable")
    return pairs.drop_duplicates(["proposition_id", "source_ids"]).sort_index()


def _met(
    supports: pd.DataFrame, others: pd.DataFrame, on: Sequence[str] = ("proposition_id",)
) -> pd.DataFrame:
    found = supports.merge(others, on=list(on), suffixes=("", "_other"))
    return found.assign(source_id_other=found.get("source_id_other", found["source_id"]))


def _each_with_firmest(supports: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The firmest claim of each source with the firmest of the other side, its own included."""
    own = ["proposition_id", "source_id"]
    supports, others = supports.drop_duplicates(own), others.drop_duplicates(own)
    parts = [
        _met(supports, others, own),
        _met(supports, others.drop_duplicates("proposition_id")),
        _met(supports.drop_duplicates("proposition_id"), others),
    ]
    return pd.concat(parts, ignore_index=True)


def _strengths(supports: pd.DataFrame) -> pd.DataFrame:
    """The weakest and the firmest claim of each source on each proposition, where far apart."""
    own = ["proposition_id", "source_id"]
    weakest = supports.sort_values(FIRMNESS, kind="stable").drop_duplicates(own)
    ends = _firmest_first(supports).drop_duplicates(own).merge(weakest, on=own, suffixes=("", "_w"))
    ends = ends[ends["certainty"] - ends["certainty_w"] >= STRENGTH_GAP]
    ids = [frozenset([row.claim_id, row.claim_id_w]) for row in ends.itertuples()]
    return ends.assign(source_ids=[(source,) for source in ends["source_id"]], claim_ids=ids)
