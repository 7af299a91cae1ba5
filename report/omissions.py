"""What sources leave out, and what published instruments say of them."""

import pandas as pd


def standing(appraisals: pd.DataFrame, levels: pd.DataFrame) -> pd.Series:
    """Tell how high each judgement stands among the levels of its item.

    Parameters
    ----------
    appraisals, levels : pandas.DataFrame
        Rows of ``appraisals.csv`` and ``appraisal_levels.csv``, the latter with the levels of an
        item from the lowest to the highest.

    Returns
    -------
    pandas.Series
        Indexed as `appraisals`: "lowest", "between", "highest", or "unknown" for what a damaged
        copy does not let us tell.
    """
    known = levels[levels["level"] != "cannot_tell"]
    rank = known.groupby("item_id").cumcount()
    last = known.groupby("item_id")["level"].transform("size") - 1
    name = pd.Series("between", index=known.index)
    name = name.mask(rank == 0, "lowest").mask(rank == last, "highest")
    names = known.assign(standing=name).set_index(["item_id", "level"])["standing"]
    return appraisals.join(names, on=["item_id", "level"])["standing"].fillna("unknown")


def told_in_full(omissions: pd.DataFrame) -> pd.DataFrame:
    """Count for each topic the sources that tell it in full, in part, and not at all.

    Parameters
    ----------
    omissions : pandas.DataFrame
        Rows of ``omissions.csv``.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``topic`` in the order of the rows; columns ``told``, ``partly`` and ``silent``.
        What does not apply or cannot be told counts in none.
    """
    counts = pd.crosstab(omissions["topic"], omissions["state"])
    states = ["told", "partly", "silent"]
    return counts.reindex(
        index=omissions["topic"].unique(), columns=states, fill_value=0
    ).rename_axis(columns=None)
