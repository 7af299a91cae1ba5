"""Which part a treatment plays in an article, and the studies behind what is said of it."""

from collections.abc import Mapping, Sequence

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, listed, lowered, none_or, number, numbers

# Roles of proposals.csv as the parts that a reader tells apart, in the order of the chart.
PARTS = {
    "proposed": "put forward",
    "question": "put forward",
    "in_use": "in use",
    "given_in_study": "in use",
    "reported_benefit": "said to help",
    "reported_no_benefit": "said not to help",
    "judged_ineffective": "said not to help",
    "in_development": "for others, or not yet",
    "available_for_other_disease": "for others, or not yet",
}


def studies_behind(
    proposals: pd.DataFrame, citations: pd.DataFrame, facts: pd.DataFrame
) -> pd.DataFrame:
    """Find the studies that the passages of some proposals, or the passages before, refer to.

    A passage that names no study itself goes on telling of the one that the nearest earlier
    passage of its paragraph refers to; a paragraph is the part of a passage's key before its last
    number.

    Parameters
    ----------
    proposals, citations, facts : pandas.DataFrame
        Rows of ``proposals.csv``, ``citations.csv`` and ``study_facts.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns ``proposal_id, source_id, study_id``; ``treated``, the people treated, or the
        patients where no more is known; and ``no_comparison``, whether a fact says that the
        study had nobody to compare them with. In the order of the proposals, each source and
        study once.
    """
    cited = citations.assign(**_parts(citations["passage_id"]))
    rows = []
    for row in proposals.assign(**_parts(proposals["passage_id"])).itertuples():
        near = cited[(cited["paragraph"] == row.paragraph) & (cited["sentence"] <= row.sentence)]
        nearest = near[near["sentence"] == near["sentence"].max()]
        rows += [(row.proposal_id, row.source_id, study) for study in nearest["study_id"]]
    found = pd.DataFrame(rows, columns=["proposal_id", "source_id", "study_id"])
    found = found.drop_duplicates(["source_id", "study_id"], ignore_index=True)
    counts = facts[facts["measure"].isin(["n_treated", "n_patients"])]
    counts = counts.sort_values("measure", ascending=False, kind="stable")  # the treated first
    sizes = counts.drop_duplicates("study_id").set_index("study_id")["value"]
    without = facts.loc[facts["measure"] == "no_comparison_group", "study_id"]
    return found.assign(
        treated=found["study_id"].map(sizes), no_comparison=found["study_id"].isin(without)
    )


def said_to_help(
    helped: pd.DataFrame,
    names: Mapping[str, str],
    behind: pd.DataFrame,
    labels: Mapping[str, str] | None = None,
) -> str:
    """Say which treatments are told to have helped, and how many people were treated.

    Parameters
    ----------
    helped : pandas.DataFrame
        Rows of ``proposals.csv`` that report a benefit.
    names : mapping of str to str
        Name by treatment.
    behind : pandas.DataFrame
        As :func:`studies_behind` returns it for these rows.
    labels : mapping of str to str, optional
        Short name by source, to name who says so.
    """
    if helped.empty:
        return "No treatment is said to have helped."
    what = listed((lowered(names[key]) for key in helped["treatment_id"].unique()), most=3)
    who = ""
    if labels is not None:
        who = f" ({listed((labels[key] for key in helped['source_id'].unique()), most=3)})"
    return f"What is said to have helped is {what}{who}.{people_treated(behind)}"


def trials_named(
    trials: pd.DataFrame, names: Mapping[str, str], labels: Mapping[str, str]
) -> list[str]:
    """Say who names a trial, of which treatment and in which condition.

    Parameters
    ----------
    trials : pandas.DataFrame
        Rows of ``proposals.csv`` that name a trial.
    names, labels : mapping of str to str
        Name by treatment, as in a sentence, and short name by source.

    Returns
    -------
    list of str
        For each row the beginning of a sentence, up to what was found.
    """
    return [
        f"{labels[row.source_id]} names a trial of {names[row.treatment_id]} in "
        f"{row.condition}{', as it seems' if row.condition_basis == 'inferred' else ''}"
        for row in trials.itertuples()
    ]


def people_treated(behind: pd.DataFrame) -> str:
    """Say how many people were treated in the studies behind a benefit.

    Parameters
    ----------
    behind : pandas.DataFrame
        As :func:`studies_behind` returns it.

    Returns
    -------
    str
        For example " That probably rests on a study that treated 15 people."; empty where no
        number of people is known.
    """
    behind = behind.drop_duplicates("study_id")
    sizes = behind["treated"].dropna().astype(int)
    if sizes.empty:
        return ""
    one = len(behind) == 1
    rests = f" That probably rests on {'a study' if one else 'studies'} that treated"
    if len(sizes) > 3:
        least, most = numbers([sizes.min(), sizes.max()])
        many = f"from {least} to {most} people"
    else:
        people = "person" if set(sizes) == {1} else "people"
        many = f"{listed(numbers(sizes))} {people}"
    mention = "Its abstract mentions" if one else "Their abstracts mention"
    # Not "no comparison group": a study may compare people before anybody is treated.
    untreated = f" {mention} no comparison with a placebo or no treatment."
    return f"{rests} {many}.{untreated if behind['no_comparison'].all() else ''}"


def naming(named: int, forward: int, articles: int) -> str:
    """Say how many treatments the articles name and how many of these they put forward.

    Parameters
    ----------
    named, forward : int
        Treatments.
    articles : int
    """
    names = f"{'The article' if articles == 1 else 'The articles'} {agreeing('names', articles)}"
    if not named:
        return f"{names} no treatment in the text."
    if named == 1:
        which = "It is" if forward else "It is not"
    else:
        which = f"{capitalised(none_or(forward))} of these {agreeing('is', max(forward, 1))}"
    how = "put forward, asked about or said to have helped"
    return f"{names} {counted(named, 'treatment')}. {which} {how}."


def other_trials(named: int, in_titles: int) -> str:
    """Say whether the one trial that a text names is the only one.

    Parameters
    ----------
    named, in_titles : int
        Trials named in running text, and in the titles of references alone.
    """
    if named != 1:
        return ""
    only = "It is the only trial that we found named in a text"
    titles = "the title of a reference names" if in_titles == 1 else "titles of references name"
    return f"{only}; {titles} {number(in_titles)} more." if in_titles else f"{only}."


def benefit_title(named: int, helped: Sequence[str]) -> str:
    """Write the title of the chart of parts: how many treatments are said to have helped.

    Parameters
    ----------
    named : int
        Treatments that the articles name.
    helped : sequence of str
        Names of those said to have helped.
    """
    n = len(helped)
    what = f": {listed(map(lowered, helped), most=2)}" if n else ""
    if named == 1:
        return f"The one treatment named is {'' if n else 'not '}said to have helped{what}"
    only = {0: "none is", 1: "only one is"}.get(n, f"{number(n)} are")
    return f"Of {counted(named, 'treatment')} named, {only} said to have helped{what}"


def _parts(passages: pd.Series) -> dict[str, pd.Series]:
    split = passages.str.extract("^(?P<paragraph>.*)-(?P<sentence>[^-]*)$")
    split["sentence"] = pd.to_numeric(split["sentence"], errors="coerce")
    return {column: split[column] for column in split}


def for_and_against(
    proposals: pd.DataFrame, by: Sequence[str] = ("source_id", "treatment_id")
) -> pd.DataFrame:
    """Keep what one source puts forward, names as in use or as helpful, and also as no help.

    Parameters
    ----------
    proposals : pandas.DataFrame
        Rows of ``proposals.csv`` with a column ``part``, values of :data:`PARTS`.
    by : sequence of str
        What both must have in common; with ``condition``, it is said of the same condition.

    Returns
    -------
    pandas.DataFrame
        The rows for and the rows against, of what is said both ways.
    """
    against = proposals["part"] == "said not to help"
    other = proposals["part"].isin(["put forward", "in use", "said to help"])
    keys = [proposals[column] for column in by]
    both = against.groupby(keys).transform("any") & other.groupby(keys).transform("any")
    return proposals[both & (against | other)]
