"""The scales that rows are judged on, and how each of their levels is used."""

import pandas as pd

from evidence.data import DataPackage

# What a row is shown by, as an example of its level: the first of these that its table has.
SHOWN_BY = ("cue", "as_stated", "label", "name")


def scales(data: DataPackage) -> pd.DataFrame:
    """List the columns that have levels.

    Parameters
    ----------
    data : DataPackage

    Returns
    -------
    pandas.DataFrame
        Columns ``table, column, description, literature`` (empty if the scale is our own) and
        ``ordered`` (bool), in the order of the package.
    """
    rows = [
        (
            table,
            column,
            field.get("description", ""),
            field.get("literature", ""),
            bool(field.get("categoriesOrdered", False)),
        )
        for table, fields in data.fields.items()
        for column, field in fields.items()
        if "categories" in field
    ]
    return pd.DataFrame(rows, columns=["table", "column", "description", "literature", "ordered"])


def levels_in_use(data: DataPackage, table: str, column: str) -> pd.DataFrame:
    """Tell how often each level of a scale is used, with the first row that can show it.

    Parameters
    ----------
    data : DataPackage
    table, column : str
        A column that has levels.

    Returns
    -------
    pandas.DataFrame
        Indexed by level in the scale's order: the columns of :meth:`DataPackage.levels`, ``used``
        (rows), ``example`` (key of the first row of the level that has something to show, empty
        if there is none) and ``words`` (what that row is shown by).
    """
    rows, key = data[table], data.key(table)
    levels = data.levels(table, column)
    used = rows[column].value_counts().reindex(levels.index, fill_value=0).astype(int)
    shown_by = next((name for name in SHOWN_BY if name in rows), None)
    shown = rows[rows[shown_by] != ""] if shown_by else rows.iloc[:0]
    firsts = shown.drop_duplicates(column).set_index(column)
    levels["example"] = firsts[key].reindex(levels.index)
    levels["words"] = firsts[shown_by].reindex(levels.index) if shown_by else ""
    return levels.assign(used=used).fillna("")
