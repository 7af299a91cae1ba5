"""Which studies are behind it: how big they are and how they are referred to, in sentences."""

from typing import Any

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, none_or, number, share

FEW = 100  # patients


def sized(published: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Take the studies whose size is known, with their sizes.

    Parameters
    ----------
    published, facts : pandas.DataFrame
        Rows of ``studies.csv`` that report their own observations, and of ``study_facts.csv``.

    Returns
    -------
    pandas.DataFrame
        These rows, the largest study first; ``n``, patients or animals, ``controls``, the people
        compared with them, and ``unit``: "people" or "animals".
    """
    fact = facts.set_index("fact_id")
    known = published[published["size_fact"].isin(fact.index)]
    known = known.assign(
        n=known["size_fact"].map(fact["value"]),
        controls=known["controls_fact"].map(fact["value"]),
        unit=known["size_fact"].map(fact["unit"]),
    )
    return known.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def small(people: pd.DataFrame) -> int:
    """Count the studies with fewer than :data:`FEW` patients: column ``n``."""
    return int((people["n"] < FEW).sum())


def briefly(people: pd.DataFrame) -> str:
    """Say how many studies are small; parameters as in :func:`how_small`."""
    known = f"Of {counted(len(people), 'study')} whose number of patients we know"
    return f"{known}, {none_or(small(people))} had fewer than {number(FEW)}."


def how_small(people: pd.DataFrame) -> str:
    """Say how many studies are small, and how big the largest and the smallest are.

    Parameters
    ----------
    people : pandas.DataFrame
        Studies of people, the largest first: columns ``label`` and ``n`` (patients).
    """
    n = len(people)
    if not n:
        return "Of no study that the articles refer to do we know how many patients took part."
    largest, smallest = people.iloc[0], people.iloc[-1]
    if n == 1:
        patients = counted(largest["n"], "patient")
        return f"Of one study alone we know the size: {patients} ({largest['label']})."
    few = small(people)
    extent = "small" if 2 * few > n else "of many sizes"
    verdict = f"The studies that the articles refer to are {extent}."
    had = f"{none_or(few)} {agreeing('has', max(few, 1))} fewer than {number(FEW)} patients"
    ends = f"the largest has {largest['n']:g} patients ({largest['label']})"
    ends += f", the smallest {number(smallest['n'])} ({smallest['label']})"
    return f"{verdict} Of the {counted(n, 'study')} whose size we know, {had}; {ends}."


def title(people: pd.DataFrame) -> str:
    """Write the title of the chart of sizes."""
    if people.empty:
        return "How many animals took part in each study"
    if len(people) == 1:
        return f"One study has told its size: {counted(people['n'].iloc[0], 'patient')}"
    few = share(small(people), len(people), "study")
    return f"{capitalised(few)} had fewer than {number(FEW)} patients"


def leaned_on(row: Any, facts: pd.DataFrame) -> str:
    """Say what is known of the size of the study that the articles rest on most.

    Parameters
    ----------
    row : mapping
        Row of ``studies.csv``.
    facts : pandas.DataFrame
        Rows of ``study_facts.csv``.
    """
    told = facts["fact_id"].isin([row["size_fact"], row["controls_fact"]])
    told |= (facts["study_id"] == row["study_id"]) & (facts["measure"] == "n_patients")
    what = " ".join(facts.loc[told, "statement"])
    return f"The study that the articles rest on most is {row['label']}. {what}"


def referred_to(cited: pd.DataFrame, published: pd.DataFrame, listed_only: int) -> str:
    """Say how many works the articles refer to, and of what kind.

    Parameters
    ----------
    cited, published : pandas.DataFrame
        Rows of ``studies.csv``: all works, and those that report their own observations.
    listed_only : int
        How many of the latter stand in a list of references only.
    """
    if cited.empty:
        return "The articles refer to no work."
    n, animals = len(published), int(published["species"].isin(["mouse", "rat"]).sum())
    are = agreeing("is", max(n, 1))
    studies = "a published study" if n == 1 else "published studies"
    told = f"The articles refer to {counted(len(cited), 'work')}; {none_or(n)} {are} {studies}."
    if not n:
        return told
    were = f"{none_or(animals)} {agreeing('was', max(animals, 1))} done in animals alone"
    named = f"{none_or(listed_only)} {agreeing('is', max(listed_only, 1))} named in a list of"
    told += f" Of these {were}, and {named} references only"
    return told + (", where we cannot see what an article took from it." if listed_only else ".")
