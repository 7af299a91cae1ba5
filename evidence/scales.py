"""Scales and quantities as text: levels with their labels, harmonised figures, places."""

import pandas as pd

SIGNS = {
    "exactly": "{low}",
    "about": "about {low}",
    "at_least": "≥ {low}",
    "more_than": "> {low}",
    "up_to": "≤ {high}",
    "range": "{low} to {high}",
    "about_range": "about {low} to {high}",
    "none": "no number",
}
UNIT_SIGNS = {"percent": "%", "calendar_year": "", "none": "", "things": ""}


def harmonised(data, rows):
    """Write figures in their harmonised form.

    Parameters
    ----------
    data : DataPackage
    rows : pandas.DataFrame
        Rows of ``figures.csv``.

    Returns
    -------
    list of str
        For example "≥ 2.5 %" or "about 19 to 73 %".
    """
    return [_harmonised(row) for row in rows.itertuples()]


def _harmonised(row):
    text = SIGNS[row.comparator].format(low=_number(row.low), high=_number(row.high))
    if row.comparator == "none":
        return text
    return f"{text} {UNIT_SIGNS.get(row.unit, row.unit)}".strip()


def _number(value):
    return "" if value is pd.NA else f"{value:g}"


def level(data, table, column, rows):
    """Write levels of an ordinal scale with their rank and label, for example "6 Flat fact"."""
    labels = data.levels(table, column)["label"]
    return [f"{value} {labels[value]}" for value in rows[column]]


def bearing(data, rows):
    """Write how claims bear on their propositions, for example "opposes: FM is …"."""
    statements = data["propositions"].set_index("proposition_id")["statement"]
    labels = data.labels("claims", "polarity")[rows.index]
    return [
        f"{label}: {statements[proposition]}"
        for label, proposition in zip(labels, rows["proposition_id"])
    ]


def where(data, rows):
    """Write the place of rows in their source, for example "line 8, body"."""
    passages = data["passages"].set_index("passage_id")
    roles = data.levels("passages", "role")["label"]
    places = passages.loc[rows["passage_id"]]
    return [
        f"line {line}, {roles[role].lower()}" for line, role in zip(places["line"], places["role"])
    ]
