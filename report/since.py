"""What came after the articles: when, and how far a date is known."""

import pandas as pd


def known_dates(published: pd.Series) -> pd.DataFrame:
    """Place dates that are known to the year, month or day.

    Parameters
    ----------
    published : pandas.Series
        Text such as "2023", "2023-11" or "2023-11-12"; empty if unknown.

    Returns
    -------
    pandas.DataFrame
        With the same index; ``start`` and ``end`` (years with decimals, the first and the last
        moment that the date may mean), ``middle`` between them, and ``precision`` ("year",
        "month", "day"; missing if unknown).
    """
    periods = [_period(text) for text in published]
    frame = pd.DataFrame(periods, columns=["start", "end", "precision"], index=published.index)
    frame.insert(2, "middle", (frame["start"] + frame["end"]) / 2)
    return frame


def _period(text: str) -> tuple[float, float, str | None]:
    precision = {4: "year", 7: "month", 10: "day"}.get(len(text))
    if precision is None:
        return float("nan"), float("nan"), None
    period = pd.Period(text, {"year": "Y", "month": "M", "day": "D"}[precision])
    return _decimal(period.start_time), _decimal((period + 1).start_time), precision


def _decimal(moment: pd.Timestamp) -> float:
    first = pd.Timestamp(moment.year, 1, 1)
    days = pd.Timestamp(moment.year + 1, 1, 1) - first
    return moment.year + (moment - first) / days


def later_than(published: pd.Series, moment: float) -> pd.Series:
    """Tell which dates lie wholly after a moment.

    Parameters
    ----------
    published : pandas.Series
        As for :func:`known_dates`.
    moment : float
        Year with decimals.

    Returns
    -------
    pandas.Series
        Of bool; an unknown date is not told to be later.
    """
    return known_dates(published)["start"] >= moment


def lanes(middle: pd.Series, group: pd.Series, apart: float) -> pd.Series:
    """Set marks of one group that would overlap on lanes of their own.

    Parameters
    ----------
    middle : pandas.Series
        Where each mark is to stand.
    group : pandas.Series
        Which row of the chart it belongs to.
    apart : float
        How far apart two marks of one lane must be.

    Returns
    -------
    pandas.Series
        The number of each mark's lane, from 0.
    """
    taken: dict[tuple[object, int], float] = {}
    lane = pd.Series(0, index=middle.index)
    for key in middle.sort_values(kind="stable").index:
        number = 0
        while middle[key] - taken.get((group[key], number), -apart) < apart:
            number += 1
        taken[group[key], number] = middle[key]
        lane[key] = number
    return lane
