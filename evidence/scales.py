"""Scales as text: levels with their rank and label, places in a source."""

import pandas as pd

from evidence.data import DataPackage


def level(data: DataPackage, table: str, column: str, rows: pd.DataFrame) -> list[str]:
    """Write levels of an ordinal scale with their rank and label, for example "6 Flat fact".

    Parameters
    ----------
    data : DataPackage
    table, column : str
        The table, and the column of levels, which are their ranks.
    rows : pandas.DataFrame
        Rows of the table.

    Returns
    -------
    list of str
        One for each row.
    """
    labels = data.levels(table, column)["label"]
    return [f"{value} {labels[value]}" for value in rows[column]]


def where(data: DataPackage, rows: pd.DataFrame) -> list[str]:
    """Write the place of rows in their source, for example "line 8, body".

    Parameters
    ----------
    data : DataPackage
    rows : pandas.DataFrame
        Rows of a table coded from passages: the column ``passage_id``.

    Returns
    -------
    list of str
        One for each row; empty for one without a passage.
    """
    passages = data["passages"]
    passages = passages[passages["passage_id"].isin(rows["passage_id"])].set_index("passage_id")
    roles = data.levels("passages", "role")["label"]
    lines, labels = passages["line"].to_dict(), passages["role"].map(roles).to_dict()
    return [
        f"line {lines[passage]}, {labels[passage].lower()}" if passage else ""
        for passage in rows["passage_id"]
    ]
