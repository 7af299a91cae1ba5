"""Which part a treatment plays in an article, and the studies behind what is said of it."""

from collections.abc import Sequence

import pandas as pd

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


def _parts(passages: pd.Series) -> dict[str, pd.Series]:
    split = passages.str.rpartition("-")
    return {"paragraph": split[0], "sentence": pd.to_numeric(split[2], errors="coerce")}


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
