"""What sources leave out, and what published instruments say of them."""

import pandas as pd


def totals(
    appraisals: pd.DataFrame, items: pd.DataFrame, levels: pd.DataFrame, instrument_id: str
) -> pd.DataFrame:
    """Add up the weighted points of each source by an instrument that gives points.

    An item that cannot be told in a damaged copy may be worth anything from the least to the most
    that the item gives, so that a total is a range.

    Parameters
    ----------
    appraisals, items, levels : pandas.DataFrame
        Rows of ``appraisals.csv``, ``appraisal_items.csv`` and ``appraisal_levels.csv``.
    instrument_id : str

    Returns
    -------
    pandas.DataFrame
        Indexed by ``source_id`` in the order of the rows; columns ``least`` and ``most`` (points),
        ``unknown`` (items that cannot be told) and ``full`` (points that the instrument gives at
        most).
    """
    of = items[items["instrument_id"] == instrument_id].set_index("item_id")
    weight = of["weight"]
    ends = levels.groupby("item_id")["score"].agg(["min", "max"])
    points = levels.set_index(["item_id", "level"])["score"]
    rows = appraisals[appraisals["item_id"].isin(of.index)]
    score = rows.join(points, on=["item_id", "level"])["score"]
    weighted = rows["item_id"].map(weight)
    found = pd.DataFrame(
        {
            "source_id": rows["source_id"],
            "least": score.fillna(rows["item_id"].map(ends["min"])) * weighted,
            "most": score.fillna(rows["item_id"].map(ends["max"])) * weighted,
            "unknown": score.isna().astype(int),
        }
    )
    summed = found.groupby("source_id", sort=False).sum().astype(int)
    return summed.assign(full=int((ends["max"].reindex(of.index) * weight).sum()))


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
