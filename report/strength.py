"""How firm the words are on their way from a paper over a release to the articles."""

from collections.abc import Mapping

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, listed, number

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


def firmer_articles(ladder: pd.DataFrame) -> pd.DataFrame:
    """Select the wordings of articles that are firmer than the release on the same statement.

    Parameters
    ----------
    ladder : pandas.DataFrame
        Rows of ``ladder.csv``.

    Returns
    -------
    pandas.DataFrame
        Some of these rows.
    """
    release = ladder["statement"].map(boldest(ladder)["release"])
    return ladder[(ladder["step"] == "article") & (ladder["certainty"] > release).fillna(False)]


def named(rows: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Name the article that rows are of; "an article" where they are of several.

    Parameters
    ----------
    rows : pandas.DataFrame
        Column ``source_id``.
    labels : mapping of str to str
        Name of each source.
    """
    of = rows["source_id"].unique()
    return labels[of[0]] if len(of) == 1 else "an article"


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


def boldest_step(found: pd.DataFrame, statements: Mapping[str, str], who: str) -> str:
    """Say whether an article is firmer than the release, and what the release adds to the paper.

    Parameters
    ----------
    found : pandas.DataFrame
        As returned by :func:`verdicts`.
    statements : mapping of str to str
        Each statement in quotation marks.
    who : str
        The article that is firmer than the release on any of them, as :func:`named`.
    """
    followed = int(found["comparable"].sum())
    if not followed:
        return "No statement could be followed from the paper to the articles yet."
    said = {name: [statements[key] for key in found.index[found[name]]] for name in found}
    n = len(said["beyond_release"])
    we = f"We followed {counted(followed, 'statement')}."
    if n:
        told = f"{we} {capitalised(who)} is firmer than the press release on {number(n)} of them. "
        told += f"{'It is' if n == 1 else 'They are'} {listed(said['beyond_release'], most=3)}."
    else:
        what = "it" if followed == 1 else "any of them"
        told = f"The boldest wording does not begin with the articles. {we} "
        told += f"No article is firmer on {what} than the press release."
    added = []
    if said["beyond_paper"]:
        added = [f"is firmer than the paper on {listed(said['beyond_paper'], most=3)}"]
    if said["new_in_release"]:
        new = listed(said["new_in_release"], most=3)
        added += [f"adds what we did not find in the paper: {new}"]
    return f"{told} The release itself {'. It '.join(added)}." if added else told


def turns(change: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Say which articles speak of a statement more surely, or less, the last time than the first.

    Parameters
    ----------
    change : pandas.DataFrame
        As returned by :func:`course`.
    labels : mapping of str to str
        Short name by source.

    Returns
    -------
    str
        Goes on with a sentence.
    """
    rising = [labels[key] for key in change.index[change["last"] > change["first"]]]
    falling = [labels[key] for key in change.index[change["last"] < change["first"]]]
    told = []
    if rising:
        verb = agreeing("grows", len(rising))
        told += [f"{listed(rising, most=3)} {verb} surer from the first mention to the last"]
    if falling:
        verb = agreeing("grows", len(falling))
        rest = "" if rising else " from the first mention to the last"
        told += [f"{listed(falling, most=3)} {verb} less sure{rest}"]
    return "; ".join(told) or "no article changes its tone"
