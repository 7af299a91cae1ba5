"""How an article stands on a statement: from denial to assertion."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

OWN_VOICE = ("author", "reader")

FIRM = 5  # certainty from which a statement is told as shown or as fact

# From denial to assertion; the last two say nothing and have no place on the scale.
STANCES = {
    "disputes": "opposes it",
    "both ways": "supports it in one place and opposes it in another",
    "leaves open": "says that it is undecided and does not support it",
    "reports": "only others quoted or credited in it support it",
    "hedges": "supports it in its own voice, less firmly than as shown",
    "asserts": "supports it in its own voice, as shown or as fact",
    "silent": "says nothing of it",
    "cannot tell": "says nothing of it in a copy that has lost substantial text",
}

SPEAKING = [stance for stance in STANCES if stance not in ("silent", "cannot tell")]


def stances(claims: pd.DataFrame) -> pd.DataFrame:
    """Tell how each source stands on each proposition that it speaks to.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows of ``claims.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns ``proposition_id, source_id, stance`` (ordered categorical, levels of
        :data:`STANCES`) and ``claim_ids`` (list), a row for each pair that has a claim.
    """
    supports = claims["polarity"] == "supports"
    own = supports & claims["speaker"].isin(OWN_VOICE)
    marks = claims.assign(
        supports=supports,
        opposes=claims["polarity"] == "opposes",
        own=own,
        firm=own & (claims["certainty"] >= FIRM),
    )
    found = (
        marks.groupby(["proposition_id", "source_id"], sort=False)
        .agg(
            supports=("supports", "any"),
            opposes=("opposes", "any"),
            own=("own", "any"),
            firm=("firm", "any"),
            claim_ids=("claim_id", list),
        )
        .reset_index()
    )
    cases = {
        "both ways": found["opposes"] & found["supports"],
        "disputes": found["opposes"],
        "leaves open": ~found["supports"],
        "reports": ~found["own"],
        "asserts": found["firm"],
    }
    found["stance"] = ordered(np.select(list(cases.values()), list(cases), "hedges"))
    return found[["proposition_id", "source_id", "stance", "claim_ids"]]


def stance_grid(
    found: pd.DataFrame, propositions: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Fill in the sources that say nothing of a proposition.

    Parameters
    ----------
    found : pandas.DataFrame
        As returned by :func:`stances`.
    propositions, sources : pandas.DataFrame
        Rows of ``propositions.csv`` and ``sources.csv``; the pairs of these are the rows.

    Returns
    -------
    pandas.DataFrame
        Columns as :func:`stances`, a row for each pair; silence in a damaged copy is
        "cannot tell", elsewhere "silent".
    """
    pairs = propositions[["proposition_id"]].merge(sources[["source_id", "damaged"]], how="cross")
    grid = pairs.merge(found, how="left", on=["proposition_id", "source_id"])
    silence = pd.Series(np.where(grid["damaged"], "cannot tell", "silent"), index=grid.index)
    grid["stance"] = ordered(grid["stance"].astype(object).fillna(silence))
    return grid.drop(columns="damaged")


def ordered(values: Iterable[str]) -> pd.Categorical:
    """Stances in their order, from denial to assertion."""
    return pd.Categorical(list(values), categories=list(STANCES), ordered=True)
