"""What published instruments make of the sources: totals where the instrument has one."""


def totals(appraisals, items, levels):
    """Weighted total of every source by every instrument that gives points.

    A level without points (what cannot be told) may hide any level of its item: the total is then
    a range, from the lowest to the highest that the item could add.

    Parameters
    ----------
    appraisals : pandas.DataFrame
        Rows of ``appraisals.csv``: ``instrument_id, item_id, source_id, level``.
    items : pandas.DataFrame
        Rows of ``appraisal_items.csv``; ``weight`` is missing where an item gives no points.
    levels : pandas.DataFrame
        Rows of ``appraisal_levels.csv``; ``score`` is missing where a level has no points.

    Returns
    -------
    pandas.DataFrame
        One row an instrument and source, in the order of `appraisals`: ``instrument_id,
        source_id``; ``low`` and ``high``, the ends of the total (points), alike where all can be
        told; ``most``, the most points that the instrument gives.
    """
    scored = items[items["weight"].notna()]
    points = levels.merge(scored[["item_id", "weight"]], on="item_id")
    points["points"] = points["score"] * points["weight"]
    ends = points.groupby("item_id")["points"].agg(least="min", largest="max").reset_index()
    rows = appraisals.merge(ends, on="item_id").merge(
        points[["item_id", "level", "points"]], on=["item_id", "level"]
    )
    rows["low"] = rows["points"].fillna(rows["least"])
    rows["high"] = rows["points"].fillna(rows["largest"])
    found = rows.groupby(["instrument_id", "source_id"], sort=False)
    table = found.agg(low=("low", "sum"), high=("high", "sum"), most=("largest", "sum"))
    return table.astype({column: "Int64" for column in table}).reset_index()
