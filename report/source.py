"""The page of an article: its passages as a picture, its words in sentences, its claims as data."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from evidence.data import ONCE
from evidence.prose import agreeing, counted, listed, lowered, none_or, number
from report.rows import GAPS

# What a passage is, in the order of the legend; the first three by the certainty of its firmest
# claim.
FIRMNESS = {"shown": (5, 6), "likely": (3, 4), "possible": (1, 2)}
KINDS = {
    "shown": "as shown or as fact",
    "likely": "tentative, probable",
    "possible": "speculative, weak",
    "text": "no claim in it",
    "beside": "references, menus",
    "gap": "lost in our copy",
}
BEFORE = "title_missing"  # the one loss that lies before its passage
GAP = 6  # words; how much is lost nobody knows


def kinds(passages: pd.DataFrame, claims: pd.DataFrame, content: Sequence[str]) -> pd.Series:
    """Tell what each passage is.

    Parameters
    ----------
    passages, claims : pandas.DataFrame
        Rows of ``passages.csv`` and ``claims.csv``.
    content : sequence of str
        Roles of passages that can carry content.

    Returns
    -------
    pandas.Series
        A key of :data:`KINDS` by ``passage_id``.
    """
    firmest = claims.groupby("passage_id")["certainty"].max()
    found = pd.Series("beside", index=passages["passage_id"])
    found[list(passages["role"].isin(list(content)))] = "text"
    for kind, levels in FIRMNESS.items():
        found[found.index.isin(firmest.index[firmest.isin(levels)])] = kind
    return found


def segments(
    passages: pd.DataFrame,
    claims: pd.DataFrame,
    losses: pd.DataFrame,
    content: Sequence[str],
    per_line: int,
) -> pd.DataFrame:
    """Lay the passages of an article out in reading order, as a page does.

    Parameters
    ----------
    passages, claims, losses : pandas.DataFrame
        Rows of ``passages.csv``, ``claims.csv`` and ``losses.csv`` of one source.
    content : sequence of str
        Roles of passages that can carry content.
    per_line : int
        Words of a line.

    Returns
    -------
    pandas.DataFrame
        A row for each piece of a passage or gap on a line: ``kind`` (of :data:`KINDS`), ``key``
        (of the first claim of its stretch, or of the loss; empty where there is none), ``line``
        (from 0), ``left`` and ``right`` (words). A stretch is a run of passages with claims of
        one kind; passages without a claim do not break it. A gap is :data:`GAP` words long.
    """
    kind_of = kinds(passages, claims, content)
    first = claims.drop_duplicates("passage_id").set_index("passage_id")["claim_id"]
    lost = losses[losses["kind"].isin(GAPS)].drop_duplicates("passage_id").set_index("passage_id")
    pieces: list[tuple[str, str, int]] = []
    stretch = ("", "")
    for row in passages.itertuples():
        kind, key = kind_of[row.passage_id], ""
        if kind in FIRMNESS:
            stretch = stretch if stretch[0] == kind else (kind, str(first[row.passage_id]))
            key = stretch[1]
        piece = [(kind, key, int(row.words))]
        if row.passage_id in lost.index:
            loss = lost.loc[row.passage_id]
            gap = ("gap", str(loss["loss_id"]), GAP)
            piece = [gap, *piece] if loss["kind"] == BEFORE else [*piece, gap]
        pieces += piece
    return _wrapped(pieces, per_line)


def _wrapped(pieces: Sequence[tuple[str, str, int]], per_line: int) -> pd.DataFrame:
    rows = []
    at = 0
    for kind, key, words in pieces:
        left = words
        while left:
            line, start = divmod(at, per_line)
            taken = min(left, per_line - start)
            rows.append((kind, key, line, start, start + taken))
            at, left = at + taken, left - taken
    return pd.DataFrame(rows, columns=["kind", "key", "line", "left", "right"])


def share_shown(passages: pd.DataFrame, kind_of: pd.Series) -> float:
    """Share of the words of an article's text (0 to 1) that stand in passages told as shown."""
    words = passages.set_index("passage_id")["words"].astype(int)
    text = words[kind_of != "beside"]
    return float(text[kind_of[text.index] == "shown"].sum() / text.sum()) if text.sum() else 0.0


def on_question(claims: pd.DataFrame, lost: Sequence[str], damaged: bool, statement: str) -> str:
    """Say what an article states on the question, in its own words.

    Parameters
    ----------
    claims : pandas.DataFrame
        Its claims on the question, with ``cue``, ``place`` and ``polarity``.
    lost : sequence of str
        Kinds of what its copy has lost.
    damaged : bool
        Whether the copy has lost substantial text.
    statement : str
        The question as a statement.
    """
    title = " Its title is lost in our copy." if "title_missing" in lost else ""
    if claims.empty:
        where = "In what is left of our copy it" if damaged else "It"
        what = lowered(statement.rstrip("."))
        return f"{where} neither says nor denies in so many words that {what}.{title}"
    turn = {"open": ", left open", "opposes": ", against it"}
    said = [f"“{r.cue}” ({r.place}{turn.get(r.polarity, '')})" for r in claims.itertuples()]
    return f"On the question itself it says {listed(said)}.{title}"


def voices(claims: pd.DataFrame, own: Sequence[str]) -> str:
    """Say how many claims are in an article's voice, in that of a letter and credited to others."""
    total = len(claims)
    if not total:
        return "We found no claim in it."
    by_itself = int(claims["speaker"].isin(list(own)).sum())
    others = total - by_itself
    letter = int((claims["speaker"] == "reader").sum()) if "reader" in own else 0
    by_itself -= letter
    printed = f", {number(letter)} in that of a reader whose letter it prints" if letter else ""
    return (
        f"It makes {counted(total, 'claim')}: {none_or(by_itself)} in its own voice{printed}, "
        f"{none_or(others)} credited to others."
    )


def put_forward(proposals: pd.DataFrame, names: Mapping[str, str], damaged: bool) -> str:
    """Say which treatments an article names as something that may help, or has helped.

    Parameters
    ----------
    proposals : pandas.DataFrame
        Rows of ``proposals.csv`` of one source.
    names : mapping of str to str
        Name by treatment.
    damaged : bool
        Whether the copy has lost substantial text.
    """
    forward = proposals[proposals["role"].isin(["proposed", "reported_benefit"])]
    what = listed(lowered(names[key]) for key in forward["treatment_id"].unique())
    more = " More may have stood in what our copy has lost." if damaged else ""
    if not what:
        return f"It puts no treatment forward.{more}"
    return f"Named in it as something that may help, or has helped: {what}.{more}"


def left_out(omissions: pd.DataFrame, topics: Mapping[str, str]) -> str:
    """Say what a reader would want to know of a study or treatment and is not told.

    Parameters
    ----------
    omissions : pandas.DataFrame
        Rows of ``omissions.csv`` of one source.
    topics : mapping of str to str
        What each topic is, as a clause.
    """
    headings = {
        "silent": "Not told",
        "partly": "Told only in part",
        "cannot_tell": "Our damaged copy cannot tell",
    }
    if omissions.empty:
        return "Nobody has looked yet for what it leaves out."
    return _under(omissions, "topic", topics, headings) or "Of what we looked for, it tells all."


def beyond(leaps: pd.DataFrame, kinds_: Mapping[str, str]) -> str:
    """Say which steps beyond the study an article takes, and which with a hedge.

    Parameters
    ----------
    leaps : pandas.DataFrame
        Rows of ``leaps.csv`` of one source.
    kinds_ : mapping of str to str
        What each kind of step is, as a clause.
    """
    headings = {
        "made": "Steps beyond the study",
        "made_with_hedge": "Steps beyond the study in careful words",
    }
    if leaps.empty:
        return "Nobody has looked yet for steps beyond a study."
    return _under(leaps, "kind", kinds_, headings) or "We saw no step beyond the study."


def _under(
    rows: pd.DataFrame, column: str, clauses: Mapping[str, str], headings: Mapping[str, str]
) -> str:
    """List the clauses of the rows under a heading for each of some states."""
    parts = []
    for state, heading in headings.items():
        of = [lowered(clauses[key].rstrip(".")) for key in rows.loc[rows["state"] == state, column]]
        parts += [f"{heading}: {'; '.join(of)}."] if of else []
    return " ".join(parts)


def reading(source: Mapping[str, Any]) -> str:
    """Say that an article was read by one coder; empty if it was read by two.

    Parameters
    ----------
    source : mapping
        A row of ``sources.csv``.
    """
    if source["coded"] != ONCE:
        return ""
    return "It was coded once only, so how far another reader would agree is not known."


def corrected(corrections: pd.DataFrame, rows: Sequence[str]) -> str:
    """Say how many errors of the article are on record; repeats of one error count once."""
    of = corrections[corrections["row"].isin(list(rows)) & (corrections["concerns"] == "source")]
    n = int((of["same_as"] == "").sum()) if "same_as" in of else len(of)
    if not n:
        return "We have no error of it on record."
    return f"{counted(n, 'error').capitalize()} in it {agreeing('is', n)} on record."


def structured(source: Mapping[str, Any], claims: pd.DataFrame) -> str:
    """List what an article says as ``Claim`` elements of schema.org, in a script element.

    Parameters
    ----------
    source : mapping
        A row of ``sources.csv``.
    claims : pandas.DataFrame
        Its rows of ``claims.csv``.

    Returns
    -------
    str
        An HTML element; nothing in the data can end it.
    """
    work = {
        "@type": "Article",
        "@id": "#article",
        "headline": source["title"],
        "url": source["url"],
    }
    graph: list[dict[str, Any]] = [{name: value for name, value in work.items() if value}]
    graph += [
        {
            "@type": "Claim",
            "@id": f"#{row.claim_id}",
            "text": row.statement,
            "appearance": {"@id": "#article"},
        }
        for row in claims.itertuples()
    ]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'
