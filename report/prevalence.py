"""How many people have it: what surveys found by their rules, and what articles state."""

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, listed, lowered, number, share


def widest(surveys: pd.DataFrame) -> pd.DataFrame:
    """Rows of the survey whose shares of one group differ most by the rules it went by.

    Parameters
    ----------
    surveys : pandas.DataFrame
        Columns ``study``, ``who`` and ``point`` (percent, missing where there is only a range).

    Returns
    -------
    pandas.DataFrame
        The smallest share first; empty if no survey gives shares by several rules.
    """
    known = surveys.dropna(subset=["point"]).sort_values("point")
    spread = known.groupby(["study", "who"])["point"].agg(lambda of: of.max() / of.min())
    if spread.empty or spread.max() == 1:
        return known.iloc[:0]
    study, who = spread.idxmax()
    return known[(known["study"] == study) & (known["who"] == who)]


def by_the_rules(rows: pd.DataFrame, works: pd.Series, matter: str) -> str:
    """Say what one survey found by several rules.

    Parameters
    ----------
    rows : pandas.DataFrame
        As returned by :func:`widest`.
    works : pandas.Series
        Short name by study.
    matter : str
        What people have.
    """
    if rows.empty:
        return f"How many people have {matter}: no survey here was counted by more than one rule."
    survey = f"{lowered(rows['who'].iloc[0])} ({works[rows['study'].iloc[0]]})"
    return (
        f"How many people have {matter} depends on who counts as having it. One survey of {survey} "
        f"came to {shares(rows)}, depending on the rules it went by."
    )


def shares(rows: pd.DataFrame) -> str:
    """Write the shares of a survey, for example "2, 5 or 6 percent"."""
    return f"{listed(rows['point'].map('{:g}'.format), 'or', most=4)} percent"


def stated(rows: pd.DataFrame, sources: int) -> str:
    """Say how many articles state a share, and how many shares are a lower limit only.

    Parameters
    ----------
    rows : pandas.DataFrame
        Stated shares: columns ``source``, ``article`` (short name), ``high`` (percent, missing for
        a lower limit) and ``as_stated``.
    sources : int
        How many articles there are.
    """
    n = rows["source"].nunique()
    who = capitalised(share(n, sources, "article"))
    said = f"{who} {agreeing('states', max(n, 1))} a share, as far as the copies show."
    bounds = rows[rows["high"].isna()]
    if bounds.empty:
        return said
    limits = [f"“{row.as_stated}” ({row.article})" for row in bounds.itertuples()]
    which = f"{capitalised(number(len(bounds)))} of {counted(len(rows), 'share')}"
    which = "The share" if len(rows) == 1 else which
    only = f"{agreeing('is', len(bounds))} only a lower limit"
    return f"{said} {which} {only}: {listed(limits, most=3)}."


def ends_title(rows: pd.DataFrame, group: str) -> str:
    """Write the title of the chart of who they are.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns ``low`` (percent) and ``text``.
    group : str
        Of whom the shares are, for example "women".
    """
    if rows.empty:
        return ""
    ends = [rows.loc[rows["low"] == end, "text"].iloc[0] for end in _ends(rows["low"])]
    words = [end.removesuffix(" %").replace("> ", "more than ") for end in ends]
    if words[0] == words[1]:
        return f"{capitalised(words[0])} percent of those affected are {group}"
    return (
        f"From {words[0]} to {words[1]} percent of those affected are {group}, "
        "depending on whom one asks and how"
    )


def _ends(values: pd.Series) -> tuple[float, float]:
    return float(values.min()), float(values.max())
