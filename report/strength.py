"""How firm the words are on their way from a paper over a release to the articles."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from evidence.charts import PALETTE, Layout, label_rows, link
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


def who_says_it(firmest: pd.Series) -> str:
    """Say which steps make a statement, for example "how firmly the paper puts it".

    Parameters
    ----------
    firmest : pandas.Series
        A row of what :func:`boldest` returns.
    """
    names = {"paper": "the paper", "release": "the release", "article": "the articles"}
    there = [name for step, name in names.items() if pd.notna(firmest[step])]
    if not there:
        return "no text that we read says it"
    verb = "put" if len(there) > 1 or names["article"] in there else "puts"
    return f"how firmly {listed(there)} {verb} it"


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


def draw_answers(
    ax: Axes,
    layout: Layout,
    marks: pd.DataFrame,
    rows: pd.Series,
    looks: Mapping[str, Any],
    levels: pd.Series,
    silent: Mapping[str, str],
) -> None:
    """Draw how sure each source is of a statement, from left to right, and where it says so.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    layout : Layout
    marks : pandas.DataFrame
        Columns ``source_id``; ``certainty`` (a level), and ``x``, where the mark stands by it;
        ``own`` (bool: the source's own voice, drawn full); ``key``, the row that it leads to;
        ``places``, what stands below the marks of a source at a level.
    rows : pandas.Series
        Short name by source, from top to bottom.
    looks : mapping
        ``palette`` and ``markers`` by source, as :func:`evidence.charts.series` gives them.
    levels : pandas.Series
        Label by level of certainty, the firmest last.
    silent : mapping of str to str
        What to say of a source that has no mark.
    """
    height = {source: place for place, source in enumerate(rows.index)}
    marks = marks.assign(y=marks["source_id"].map(height))
    for source, of in marks.groupby("source_id", sort=False):
        colour, marker = looks["palette"][source], looks["markers"][source]
        ax.plot(of["certainty"], of["y"], color=PALETTE["rule"], zorder=1)
        for own, some in of.groupby("own"):
            face = colour if own else PALETTE["paper"]
            look = {"facecolors": face, "edgecolors": colour, "linewidths": 2, "marker": marker}
            link(ax.scatter(some["x"], some["y"], s=110, zorder=2, **look), some["key"])
    below = {"xytext": (0, -10), "textcoords": "offset points", "ha": "center", "va": "top"}
    for step in marks.drop_duplicates(["source_id", "certainty"]).itertuples():
        where = "\n".join(layout.wrap([step.places], 20, 9))
        ax.annotate(where, (step.certainty, step.y), fontsize=12, **below)
    first, last = levels.index[0], levels.index[-1]
    for source in height.keys() - set(marks["source_id"]):
        ax.annotate(silent[source], (first, height[source]), va="center", color=PALETTE["quiet"])
    steps = levels if layout.wide else [f"\n{w}" if n % 2 else w for n, w in enumerate(levels)]
    ax.set(xlim=(first - 0.5, last + 0.5), xlabel="", ylabel="")
    ax.set_xticks(levels.index, steps)
    ax.set_yticks(range(len(rows)), rows)
    label_rows(ax, layout)
