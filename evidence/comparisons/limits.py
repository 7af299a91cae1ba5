"""Limits that hold everywhere, and a glossary."""

import pandas as pd

from evidence.tables import Table


def limits_table(data, caption, name):
    """Show the limits that hold for every page."""
    rows = data["limits"]
    frame = pd.DataFrame({"Key": list(rows["limit_id"]), "Limit": list(rows["limit"])})
    return Table(frame, caption, name, ("anchored", "home"))


def glossary_table(data, caption, name):
    """Show the terms with their definitions."""
    rows = data["glossary"]
    frame = pd.DataFrame(
        {
            "Key": list(rows["term_id"]),
            "Term": list(rows["term"]),
            "Meaning": list(rows["definition"]),
        }
    )
    return Table(frame, caption, name, ("anchored", "home"))
