"""What came after the articles: when, and how far a date is known."""

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, listed, none_or, number, share

FIRST_AT_MOST = 3


def looked(searches: pd.DataFrame, since: pd.DataFrame) -> str:
    """Say when was looked for later findings, and how many there are.

    Parameters
    ----------
    searches, since : pandas.DataFrame
        Rows of ``searches.csv`` and ``since.csv``.
    """
    if searches.empty:
        return "Nobody has looked yet for what has come out since."
    days = [f"{day.day} {day:%B %Y}" for day in pd.to_datetime(searches["date"]).drop_duplicates()]
    when = listed(days) if len(days) <= FIRST_AT_MOST else f"{days[0]} to {days[-1]}"
    found = f"tell of {counted(len(since), 'finding')}" if len(since) else "found nothing"
    prefix = "on" if len(days) <= FIRST_AT_MOST else "from"
    return f"We looked {prefix} {when} for what has come out since, and {found}."


def on_the_question(since: pd.DataFrame, question: str) -> str:
    """Say whether a finding bears on the question itself, and whether it leaves it open."""
    on_it = set(since.loc[since["bears_on"] == question, "direction"])
    if on_it & {"supports", "speaks_against"}:
        return "Some of what we found bears on it directly."
    if "open" in on_it:
        return "What we found on the question itself leaves it open."
    return "We found nothing on the question itself."


def told_first(since: pd.DataFrame, keys: list[str]) -> list[str]:
    """Findings to tell before all others, each with what it does not show.

    Parameters
    ----------
    since : pandas.DataFrame
        Rows of ``since.csv``.
    keys : list of str
        ``told_first`` of the package's descriptor; no more than :data:`FIRST_AT_MOST` are told.
    """
    rows = since.set_index("since_id").reindex(keys[:FIRST_AT_MOST]).dropna(how="all")
    return [f"{row.finding} But: {row.shows_not}" for row in rows.itertuples()]


def tally(since: pd.DataFrame) -> str:
    """Say how many findings support what an article says, and how many do not."""
    if since.empty:
        return ""
    counts = since["direction"].value_counts()
    verbs = {"supports": "supports", "speaks_against": "speaks", "open": "leaves", "context": "is"}
    told = {
        direction: f"{none_or(n)} {agreeing(verb, max(n, 1))}"
        for direction, verb in verbs.items()
        for n in [int(counts.get(direction, 0))]
    }
    works = counted(since["study_id"].nunique(), "work")
    return (
        f"Of {counted(len(since), 'finding')} in {works}, {told['supports']} what an article says, "
        f"{told['speaks_against']} against it, {told['open']} it open, and {told['context']} "
        "context, such as work on something near."
    )


def akin(since: pd.DataFrame) -> str:
    """Say how many supporting findings come from people who were part of an earlier study."""
    supporting = since[since["direction"] == "supports"]
    earlier = since.loc[since["overlap"].isin(["same_team", "partly"]), "study_id"]
    n, total = int(supporting["study_id"].isin(earlier).sum()), len(supporting)
    if not n:
        return ""
    which = "The one" if total == 1 else capitalised(f"{number(n)} of the {number(total)}")
    support, shares = agreeing("supports", total), agreeing("shares", n)
    witness = "it is no fresh witness" if n == 1 else "they are no fresh witnesses"
    return (
        f"{which} that {support} {shares} authors or patients with an earlier study, so {witness}."
    )


def timing(published: pd.Series, newest: float) -> str:
    """Write the title of the chart: how many of the dated findings are later than all sources."""
    dated = int((published != "").sum())
    later = int(later_than(published, newest).sum())
    return f"{capitalised(share(later, dated, 'dated finding'))} came out after the last article"


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
