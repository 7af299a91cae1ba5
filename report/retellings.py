"""What becomes of the details of an experiment in its retellings."""

from collections.abc import Mapping

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, listed, lowered, none_or, number, share

TOLD = ("kept", "changed")
JUDGED = (*TOLD, "dropped")  # the copy lets us say whether the source tells it


def survival(retellings: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """Count for each detail the sources that tell it.

    Parameters
    ----------
    retellings, details : pandas.DataFrame
        Rows of ``retellings.csv`` and ``details.csv``.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``detail_id``; columns ``label, kind, told`` (sources that keep or change it),
        ``left_out`` and ``unknown`` (lost or not to be told in a damaged copy).
    """
    states = retellings["state"]
    counts = (
        retellings.assign(
            told=states.isin(TOLD),
            left_out=states == "dropped",
            unknown=~states.isin(JUDGED),
        )
        .groupby("detail_id")[["told", "left_out", "unknown"]]
        .sum()
    )
    return details.set_index("detail_id")[["label", "kind"]].join(counts)


def reaching_nobody(found: pd.DataFrame) -> pd.DataFrame:
    """Keep the details that no source tells, among those that can be judged in at least one.

    Parameters
    ----------
    found : pandas.DataFrame
        As returned by :func:`survival`.
    """
    return found[(found["told"] == 0) & (found["left_out"] > 0)]


def retold(articles: int, terms: Mapping[str, str], cited: str) -> str:
    """Say how many articles retell the experiment, and what was done in it.

    Parameters
    ----------
    articles : int
        How many retell it.
    terms : mapping of str to str
        ``terms`` of the package's descriptor: ``experiment``.
    cited : str
        Its citation.
    """
    if not articles:
        return "No experiment has been followed into the articles yet."
    what = f" In it, {terms['experiment']}." if "experiment" in terms else ""
    which = "an experiment" if articles == 1 else "the same experiment"
    tells = f"{capitalised(counted(articles, 'article'))} {agreeing('retells', articles)}"
    return f"{tells} {which} {cited}.{what}"


def tally(details: int, states: Mapping[str, int]) -> str:
    """Say how many details are told, changed, left out, or not to be judged.

    Parameters
    ----------
    details : int
        How many were looked for in each article.
    states : mapping of str to int
        Rows of ``retellings.csv`` by state.
    """

    def verb(count: int) -> str:
        return f"{none_or(count)} {agreeing('is', max(count, 1))}"

    told, unknown = (
        states[a] + states[b] for a, b in (("kept", "changed"), ("lost", "cannot_tell"))
    )
    changed = f", {none_or(states['changed'])} of these changed" if told else ""
    rest = f" For {number(unknown)} we cannot tell." if unknown else ""
    return (
        f"We looked for {counted(details, 'detail')} in each article. In all, {verb(told)} told"
        f"{changed}, and {verb(states['dropped'])} left out.{rest}"
    )


def passed_on(found: pd.DataFrame, kinds: pd.DataFrame) -> str:
    """Say which part of what happened the articles pass on, and whether more than what lets judge.

    A kind of detail is passed on if the articles tell its details more often than they leave them
    out.

    Parameters
    ----------
    found : pandas.DataFrame
        As returned by :func:`survival`.
    kinds : pandas.DataFrame
        Levels of a detail's kind: ``label`` and ``serves`` ("telling" or "judging").
    """
    by_kind = found.groupby("kind")[["told", "left_out"]].sum().reindex(kinds.index, fill_value=0)
    reached = by_kind.groupby(kinds["serves"]).sum()
    rate = (reached["told"] / reached.sum(axis=1)).dropna()
    if not {"telling", "judging"} <= set(rate.index):
        return ""
    passed = (kinds["serves"] == "telling") & (by_kind["told"] > by_kind["left_out"])
    if passed.any():
        told = f"Articles tell {listed(map(lowered, kinds.loc[passed, 'label']))}."
    else:
        told = "Of what happened, articles leave out as much as they tell, or more."
    more = rate["judging"] < rate["telling"]
    often = "less often" if more else "just as often, or more often,"
    return f"{told} They tell {often} what would let a reader judge it."


def left_behind(found: pd.DataFrame, kinds: pd.DataFrame) -> str:
    """Say which details that would let a reader judge the experiment no article tells."""
    if found.empty:
        return ""
    nobody = reaching_nobody(found)
    judging = nobody.loc[nobody["kind"].map(kinds["serves"]) == "judging", "label"]
    if judging.empty:
        return "Each detail that would help to judge it is told in some article."
    n = len(judging)
    return (
        f"As far as the copies show, {counted(n, 'detail')} that would help to judge it "
        f"{agreeing('is', n)} told in none: {listed(map(lowered, judging), most=3)}."
    )


def rates_title(by_kind: pd.DataFrame, serves: pd.Series) -> str:
    """Write the title of the chart of kinds: how often what happened is told, and what lets judge.

    Parameters
    ----------
    by_kind : pandas.DataFrame
        Columns ``told`` and ``left_out``, indexed by kind.
    serves : pandas.Series
        "telling" or "judging" by kind.
    """
    sums = by_kind[["told", "left_out"]].groupby(serves.reindex(by_kind.index)).sum()
    telling, judging = (
        f"{of['told']} of {of.sum()}"
        for _, of in sums.reindex(["telling", "judging"]).fillna(0).astype(int).iterrows()
    )
    return (
        f"What happened and what follows is told {telling} times; "
        f"what would let a reader judge it, {judging}"
    )


def steps_title(leaps: pd.DataFrame, definitions: pd.Series) -> str:
    """Write the title of the chart of steps: the one that most articles take.

    Parameters
    ----------
    leaps : pandas.DataFrame
        Rows of ``leaps.csv``.
    definitions : pandas.Series
        What each kind of step is, as a sentence, by kind.
    """
    taken = leaps[leaps["state"].isin(["made", "made_with_hedge"])]
    if taken.empty:
        return "We saw no article step beyond the study"
    kind = taken["kind"].value_counts().reindex(definitions.index, fill_value=0).idxmax()
    of = taken[taken["kind"] == kind]
    hedged = int((of["state"] == "made_with_hedge").sum())
    where = share(len(of), leaps["source_id"].nunique(), "article")
    under = f", in {number(hedged)} of them under a hedge" if hedged else ""
    under = ", under a hedge" if hedged and len(of) == 1 else under
    return f"In {where} {lowered(definitions[kind]).rstrip('.')}{under}"
