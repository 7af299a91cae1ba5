"""Scales as text: levels with their rank and label, places in a source."""

import pandas as pd

from evidence.data import DataPackage, records


def level(data: DataPackage, table: str, column: str, rows: pd.DataFrame) -> list[str]:
    """Write levels of an ordinal scale with their rank and label, for example "6 Flat fact"."""
    labels = data.levels(table, column)["label"]
    return [f"{value} {labels[value]}" for value in rows[column]]


def where(data: DataPackage, rows: pd.DataFrame) -> list[str]:
    """Write the place of rows in their source, for example "line 8, body"."""
    passages = data["passages"].set_index("passage_id")
    roles = data.levels("passages", "role")["label"]
    places = passages.loc[rows["passage_id"]]
    return [f"line {place.line}, {roles[place.role].lower()}" for place in records(places)]
