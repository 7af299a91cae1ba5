"""What sources leave out, and what published instruments say of them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, listed, lowered, number


def standing(appraisals: pd.DataFrame, levels: pd.DataFrame) -> pd.Series:
    """Tell how high each judgement stands among the levels of its item.

    Parameters
    ----------
    appraisals, levels : pandas.DataFrame
        Rows of ``appraisals.csv`` and ``appraisal_levels.csv``, the latter with the levels of an
        item from the lowest to the highest.

    Returns
    -------
    pandas.Series
        Indexed as `appraisals`: "lowest", "between", "highest", or "unknown" for what a damaged
        copy does not let us tell.
    """
    known = levels[levels["level"] != "cannot_tell"]
    rank = known.groupby("item_id").cumcount()
    last = known.groupby("item_id")["level"].transform("size") - 1
    name = pd.Series("between", index=known.index)
    name = name.mask(rank == 0, "lowest").mask(rank == last, "highest")
    names = known.assign(standing=name).set_index(["item_id", "level"])["standing"]
    return appraisals.join(names, on=["item_id", "level"])["standing"].fillna("unknown")


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


def title(said: pd.DataFrame) -> str:
    """Say how many of the topics no source tells in full.

    Parameters
    ----------
    said : pandas.DataFrame
        As returned by :func:`told_in_full`.
    """
    judged = said[said.sum(axis=1) > 0]
    nowhere = int((judged["told"] == 0).sum())
    if nowhere:
        return (
            f"{capitalised(number(nowhere))} of {counted(len(said), 'thing')} that a reader would "
            f"want to know {agreeing('is', nowhere)} told in full by no article, "
            "as far as the copies show"
        )
    if judged.empty:
        return "Nothing that a reader would want to know can be judged in these copies"
    each = "The one thing" if len(judged) == 1 else f"Each of the {counted(len(judged), 'thing')}"
    return f"{each} that can be judged is told in full by some article"


def nowhere_in_full(
    looked_for: int, judged: int, nowhere: Sequence[str], untouched: Sequence[str]
) -> list[str]:
    """Say what no source tells in full, and on what none says anything.

    Parameters
    ----------
    looked_for, judged : int
        Topics looked for, and those that can be judged in some source.
    nowhere, untouched : sequence of str
        Names of the topics that can be judged and are told in full, or at all, nowhere.

    Returns
    -------
    list of str
        Two sentences; empty where there is nothing to say.
    """
    if not looked_for:
        return ["Nobody has looked yet for what is left out.", ""]
    we = f"We looked for {counted(looked_for, 'thing')} that a reader would want to know."
    if not judged:
        return [f"{we} In our copies none can be judged.", ""]
    if not len(nowhere) and judged < looked_for:
        it = "some article tells it" if judged == 1 else "each is told by some article"
        return [f"{we} Only {number(judged)} can be judged in our copies: {it} in full.", ""]
    if not len(nowhere):
        return ["Whatever we looked for, some article tells it in full.", ""]
    these = "this" if len(nowhere) == 1 else "these"
    told = f"{we} No article that we can judge tells {these} in full: {listed(nowhere)}."
    if not len(untouched):
        return [told, ""]
    return [told, f"On {listed(untouched, most=3)} they say nothing at all, as far as we can tell."]


def criteria_met(failed: Sequence[str], passed: Sequence[str], judged: int) -> str:
    """Say which criteria of an instrument no source meets, and which all meet.

    Parameters
    ----------
    failed, passed : sequence of str
        Criteria.
    judged : int
        Sources that were judged.
    """
    if not judged:
        return ""
    told = "Each criterion is met somewhere."
    if len(failed):
        told = f"None that can be judged meets {listed(_quoted(failed), 'or')}."
    every = f" All that can be judged meet {listed(_quoted(passed))}." if len(passed) else ""
    return told + every


def not_applied(instruments: pd.DataFrame, scope: pd.DataFrame, cited: Mapping[str, str]) -> str:
    """Name the instruments that were applied to no source, what they are made for, and why.

    Parameters
    ----------
    instruments, scope : pandas.DataFrame
        Rows of ``instruments.csv`` and ``appraisal_scope.csv``.
    cited : mapping of str to str
        Key in ``references.bib`` by instrument.
    """
    applied = scope.loc[scope["applied"].astype(bool), "instrument_id"]
    told = []
    for row in instruments[~instruments["instrument_id"].isin(applied)].itertuples():
        made_for = lowered(row.made_for.rstrip("."))
        key = cited.get(row.instrument_id)
        label = f"{row.label} {{cite}}`{key}`" if key else row.label
        said = f"{label}, made for {made_for}, was applied to no article."
        reasons = scope.loc[scope["instrument_id"] == row.instrument_id, "reason"].unique()
        told.append(said)
        if len(reasons) == 1:
            told.append(f"The reason is the same for each: {lowered(reasons[0])}")
    return " ".join(told)


def levels_missed(missed: Sequence[str]) -> str:
    """Write the title of the chart of an instrument whose levels are ordered."""
    if not len(missed):
        return "By QUEST some article reaches the highest level of each question"
    what = listed(_quoted(missed), "or", most=3)
    return f"By QUEST no article that can be judged reaches the highest level for {what}"


def _quoted(names: Sequence[str]) -> list[str]:
    return [f"“{lowered(name)}”" for name in names]
