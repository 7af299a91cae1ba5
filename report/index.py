"""The first page: what the articles answer, what it rests on and what came since, in sentences."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evidence.prose import (
    agreeing,
    capitalised,
    counted,
    first_few,
    listed,
    lowered,
    none_or,
    number,
)
from report.stance import SPEAKING, STANCES, stance_grid, stances
from report.treatments import said_to_help, studies_behind, trials_named

REFERENCE = "named_in_reference_title"


def stance_on(claims: pd.DataFrame, sources: pd.DataFrame, question: str) -> pd.Series:
    """Tell how each source stands on a question.

    Parameters
    ----------
    claims, sources : pandas.DataFrame
        Rows of ``claims.csv`` and ``sources.csv``.
    question : str
        Key of a proposition.

    Returns
    -------
    pandas.Series
        Stance (a level of :data:`report.stance.STANCES`) by source, in the order of the sources.
    """
    asked = pd.DataFrame({"proposition_id": [question]})
    grid = stance_grid(stances(claims), asked, sources)
    return grid.set_index("source_id")["stance"].astype(str)


def answer(stance: pd.Series) -> str:
    """Answer the question in a word, as far as the sources go.

    Parameters
    ----------
    stance : pandas.Series
        As returned by :func:`stance_on`.

    Returns
    -------
    str
        "Yes" or "No" only if every source says so; "Disputed" where one says yes and another no;
        "No answer" where none speaks to it; else "Not settled".
    """
    said = set(stance)
    if not said & set(SPEAKING):
        return "No answer"
    if said == {"asserts"}:
        return "Yes"
    if said == {"disputes"}:
        return "No"
    if said & {"disputes", "both ways"} and said & {"asserts", "both ways"}:
        return "Disputed"
    return "Not settled"


def opening(stance: pd.Series, noun: str = "article") -> str:
    """Write the book's first words, for example "Not settled, going by these five articles."."""
    if stance.empty:
        return f"No answer yet: no {noun} has been coded."
    these = f"these {counted(len(stance), noun)}" if len(stance) > 1 else f"this {noun}"
    return f"{answer(stance)}, going by {these}."


def outright(
    stance: pd.Series, labels: Mapping[str, str], terms: Mapping[str, str], most: int = 4
) -> str:
    """Say which sources affirm or deny it plainly, in their own voice.

    Parameters
    ----------
    stance : pandas.Series
        As returned by :func:`stance_on`.
    labels : mapping of str to str
        Short name by source.
    terms : mapping of str to str
        ``terms`` of the package's descriptor: ``yes`` and ``no``.
    most : int
        How many sources a list names.
    """
    if stance.empty:
        return ""
    names = _names(stance, labels)
    listing = {stance: listed(of, most=most) for stance, of in names.items()}
    yes, no, both = (names[s] for s in ("asserts", "disputes", "both ways"))
    if yes:
        voice = "their" if len(yes) > 1 else "its"
        says = f"{agreeing('says', len(yes))} in {voice} own voice that {terms['yes']}"
        sentences = [f"{listing['asserts']} {says}."]
    else:
        copies = {1: "Our copy does not say", 2: "Neither of our copies says"}
        who = copies.get(len(stance), "None of our copies says")
        sentences = [f"{who} outright, in its own voice, that {terms['yes']}."]
    if no:
        sentences.append(f"{listing['disputes']} {agreeing('says', len(no))} that {terms['no']}.")
    if both:
        sentences.append(f"{listing['both ways']} {agreeing('says', len(both))} both.")
    return " ".join(sentences)


def less_firmly(stance: pd.Series, labels: Mapping[str, str], most: int = 4) -> str:
    """Say what the sources do that neither affirm nor deny it plainly; empty if there are none."""
    names = _names(stance, labels)
    cannot = names["cannot tell"]
    copies = "its copy is damaged" if len(cannot) == 1 else "their copies are damaged"
    endings = {
        "hedges": f"{agreeing('puts', len(names['hedges']))} it less firmly",
        "reports": f"{agreeing('leaves', len(names['reports']))} it to others to say so",
        "leaves open": f"{agreeing('leaves', len(names['leaves open']))} it open",
        "silent": f"{agreeing('makes', len(names['silent']))} no claim about it",
    }
    told = [f"{listed(names[s], most=most)} {end}" for s, end in endings.items() if names[s]]
    if cannot:
        told += [f"what {listed(cannot, most=most)} had to say cannot be told, for {copies}"]
    return f"{capitalised('; '.join(told))}." if told else ""


def _names(stance: pd.Series, labels: Mapping[str, str]) -> dict[str, list[str]]:
    return {s: [labels[key] for key in stance.index[stance == s]] for s in STANCES}


def helped(
    proposals: pd.DataFrame,
    treatments: pd.DataFrame,
    citations: pd.DataFrame,
    facts: pd.DataFrame,
    sources: pd.DataFrame,
) -> str:
    """Say which treatments are told to have helped, how many were treated, and who denies it.

    Parameters
    ----------
    proposals, treatments, citations, facts, sources : pandas.DataFrame
        Rows of ``proposals.csv``, ``treatments.csv``, ``citations.csv``, ``study_facts.csv`` and
        ``sources.csv``.
    """
    text = proposals[proposals["role"] != REFERENCE]
    rows = text.query("role == 'reported_benefit'")
    names = treatments.set_index("treatment_id")["name"]
    told = said_to_help(rows, names, studies_behind(rows, citations, facts))
    if rows.empty:
        return told + _damaged(sources, "may tell of one")
    against = text.query("role in ['reported_no_benefit', 'judged_ineffective']")
    against = against[against["treatment_id"].isin(rows["treatment_id"])]
    if against.empty:
        return told
    labels = sources.set_index("source_id")["label"]
    who = [labels[key] for key in against["source_id"].unique()]
    denied = listed((lowered(names[key]) for key in against["treatment_id"].unique()), most=3)
    return f"{told} {listed(who, most=3)} {agreeing('says', len(who))} that {denied} did not help."


def tried(proposals: pd.DataFrame, treatments: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say for which treatments the running text names a trial, for what, and what it found.

    Parameters
    ----------
    proposals, treatments, sources : pandas.DataFrame
        Rows of ``proposals.csv``, ``treatments.csv`` and ``sources.csv``.
    """
    rows = proposals[proposals["role"] != REFERENCE].query("evidence_stated == 'trial'")
    names = treatments.set_index("treatment_id")["name"].map(lowered)
    named = trials_named(rows, names, sources.set_index("source_id")["label"])
    told = [f"{trial}: “{cue}”." for trial, cue in zip(named, rows["cue"], strict=True)]
    unread = sources[~sources["source_id"].isin(rows["source_id"])]
    more = _damaged(sources, f"may name {'another' if told else 'one'}")
    found = first_few(told) or "No trial of a treatment is named."
    return found + (more if unread["damaged"].any() else "")


def _damaged(sources: pd.DataFrame, may: str) -> str:
    names = list(sources.loc[sources["damaged"], "label"])
    copies = "copy has" if len(names) == 1 else "copies have"
    lost = f"The part of {listed(names, most=3)} that our damaged {copies} lost"
    return f" {lost} {may}." if names else ""


def came_since(since: pd.DataFrame, searches: pd.DataFrame, question: str) -> str:
    """Say whether what was found since bears on the question, and which way.

    Parameters
    ----------
    since, searches : pandas.DataFrame
        Rows of ``since.csv`` and ``searches.csv``.
    question : str
        Key of the proposition.
    """
    if since.empty and searches.empty:
        return "Nobody has looked yet for what has come out since."
    on_it = since[(since["bears_on"] == question) & (since["direction"] != "context")]
    works = on_it.groupby("direction")["study_id"].nunique()
    total = int(on_it["study_id"].nunique())
    if not total:
        return "We found no later work on the question itself."
    verbs = {"supports": "supports", "speaks_against": "speaks", "open": "leaves"}
    ends = {"supports": "a yes", "speaks_against": "against it", "open": "it open"}
    told = [(d, int(works[d])) for d in verbs if d in works.index]
    found = f"We found {counted(total, 'later work')} on the question itself"
    if len(told) > 1:
        parts = [f"{number(n)} {agreeing(verbs[d], n)} {ends[d]}" for d, n in told]
        return f"{found}: {listed(parts)}."
    [(direction, _)] = told
    says = f"{agreeing(verbs[direction], total)} {ends[direction]}"
    every = "both" if total == 2 else "all"
    return f"{found}, which {says}." if total == 1 else f"{found}; {every} {says}."


def waiting(since: pd.DataFrame, subject: Mapping[str, Any]) -> str:
    """Say how many trials of the awaited treatment are on record without a result seen.

    Parameters
    ----------
    since : pandas.DataFrame
        Rows of ``since.csv``.
    subject : mapping
        The package's descriptor: ``awaited``, ``studied_in`` and the term ``awaited``. Without
        them there is nothing to say.
    """
    what = subject["terms"].get("awaited")
    if not what or "awaited" not in subject:
        return ""
    rows = since[
        (since["published_as"] == "registry_record")
        & (since["design"] == "trial")
        & (since["studied_in"] == subject.get("studied_in"))
        & (since["direction"] == "open")
        & (since["bears_on"] == subject["awaited"])
    ]
    n = int(rows["study_id"].nunique())
    if not n:
        return f"We know of no trial of {what} whose result is still to come."
    have, result = ("has", "its result") if n == 1 else ("have", "their results")
    trials = capitalised(counted(n, "trial"))
    return f"{trials} in patients {have} tested {what}; we did not find {result}."


def how_many_damaged(damaged: pd.Series) -> str:
    """Count the damaged copies: "none", "two", "both" or "all"."""
    n, total = int(damaged.sum()), len(damaged)
    if n < total or total < 2:
        return none_or(n)
    return "both" if total == 2 else "all"


def run_of_words(certainty: pd.Series, levels: pd.Series) -> str:
    """Say from which to which level the words on the question run.

    Parameters
    ----------
    certainty : pandas.Series
        Levels of the claims on the question.
    levels : pandas.Series
        Label by level, the firmest last.
    """
    if certainty.empty:
        return ""
    weakest, firmest = (lowered(levels[end]) for end in (certainty.min(), certainty.max()))
    beyond = lowered(levels.iloc[-1])
    runs = f"run from {weakest} to {firmest}" if weakest != firmest else f"are all {firmest}"
    return f"The words {runs}" + ("" if firmest == beyond else f"; none states it as a {beyond}")
