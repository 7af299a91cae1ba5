"""How firm the words are on their way from a paper over a release to the articles."""

import pandas as pd

STEPS = ["paper", "release", "article"]


def boldest(ladder: pd.DataFrame) -> pd.DataFrame:
    """Find the firmest wording of each statement at each step.

    Parameters
    ----------
    ladder : pandas.DataFrame
        Rows of ``ladder.csv``.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``statement`` in the order of the rows; columns ``paper``, ``release`` and
        ``article``, each the highest certainty (1 to 6), missing where the step does not say it.
    """
    highest = ladder.groupby(["statement", "step"], sort=False)["certainty"].max().unstack("step")
    return highest.reindex(index=ladder["statement"].unique(), columns=STEPS)


def verdicts(firmest: pd.DataFrame) -> pd.DataFrame:
    """Tell for each statement where its firmest wording comes from.

    Parameters
    ----------
    firmest : pandas.DataFrame
        As returned by :func:`boldest`.

    Returns
    -------
    pandas.DataFrame
        The same index; boolean columns ``comparable`` (release and articles both say it),
        ``beyond_release`` (an article is firmer than the release), ``beyond_paper`` (the release
        is firmer than the paper) and ``new_in_release`` (the paper, as far as it was read, does
        not say it and the release does).
    """
    said = firmest.notna()
    return pd.DataFrame(
        {
            "comparable": said["release"] & said["article"],
            "beyond_release": (firmest["article"] > firmest["release"]).fillna(False),
            "beyond_paper": (firmest["release"] > firmest["paper"]).fillna(False),
            "new_in_release": said["release"] & ~said["paper"],
        }
    ).astype(bool)


def course(claims: pd.DataFrame) -> pd.DataFrame:
    """Compare the first and the last mention of a statement in each source.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows of ``claims.csv`` on one proposition, in reading order.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``source_id``; columns ``first`` and ``last`` (certainty, 1 to 6).
    """
    return claims.groupby("source_id", sort=False)["certainty"].agg(["first", "last"])
