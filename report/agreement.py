"""Do the findings hold under another coder, without the damaged copy, with each study once?

Also what the page shows of each judgement: its table in words, its values as labels of levels.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from evidence.belonging import NUMBERED_UNIT
from evidence.data import ONCE, DataPackage
from evidence.prose import agreeing, capitalised, counted, lowered, none_or
from evidence.reliability import EXISTS, judgements, units
from report.coding import judged_tables
from report.retold import citing_sources, common_study, lines_of_evidence, told_studies
from report.stance import FIRM, stances

CODED = {
    "claim": "claims",
    "figure": "figures",
    "proposal": "proposals",
    "citation": "citations",
}
READINGS = {
    "first": "with the rows of one reading alone",
    "second": "with those of the other",
}
Tables = dict[str, pd.DataFrame]


def overall(same: int, judged: int) -> str:
    """Say how often two readings gave the same answer.

    Parameters
    ----------
    same, judged : int
        Judgements on which they agree, and all that both made.
    """
    if not judged:
        return "Nobody knows: only one reading has been made."
    verdict = "Mostly yes" if 10 * same >= 9 * judged else "Not always"
    return (
        f"{verdict}, as far as we can tell. Two readings gave the same answer to "
        f"{100 * same / judged:.0f} in 100 of {counted(judged, 'judgement')}."
    )


def on_scales(firm: int, weak: int, known: int) -> str:
    """Say on how many scales the readings agree well enough, and on how many too little."""
    if not known:
        return ""
    if known == 1:
        extent = "well enough" if firm else "too little" if weak else "not quite well enough"
        return f"On the one scale that can be judged they agree {extent} for firm conclusions."
    return (
        f"On {none_or(firm)} of {counted(known, 'scale')} they agree well enough for firm "
        f"conclusions; on {none_or(weak)} they agree too little to lean on."
    )


def on_rows(units: pd.DataFrame) -> dict[str, str]:
    """Say of which rows the readings agree most, and least, that they exist.

    Parameters
    ----------
    units : pandas.DataFrame
        As returned by :func:`evidence.reliability.unitising`, with ``title``.

    Returns
    -------
    dict of str to str
        Sentences ``rows``, ``ends`` and ``third``; empty where there is nothing to say.
    """
    known = units.dropna(subset=["percent"])
    if known.empty:
        return {"rows": "", "ends": "", "third": ""}
    best, worst = (known.loc[known["percent"].agg(end)] for end in ("idxmax", "idxmin"))
    either = worst[["both", "first_only", "second_only"]].sum()
    ends = [f"{lowered(of['title'])} ({of['percent']:.0f} in 100)" for of in (best, worst)]
    neither = int(units["neither"].sum())
    missed = f"{capitalised(counted(neither, 'row'))} {agreeing('was', neither)} missed by both"
    return {
        "rows": "They agree least on what counts as a row at all: of the "
        f"{lowered(worst['title'])} that either noted, both found {worst['both']:.0f} of "
        f"{either:.0f}.",
        "ends": f"They agree most on {ends[0]} and least on {ends[1]}." if len(known) > 1 else "",
        "third": f"{missed} and found on a third reading." if neither else "",
    }


class Variant(NamedTuple):
    """The tables as they are, or as they would be under another choice.

    Attributes
    ----------
    label : str
        Head of its column.
    words : str
        How a sentence names the choice; empty for the tables as they are.
    tables : dict of str to pandas.DataFrame
    """

    label: str
    words: str
    tables: Tables


def variants(data: DataPackage, codings: pd.DataFrame) -> dict[str, Variant]:
    """Return the tables as they are and as they would be under other choices.

    Parameters
    ----------
    data : DataPackage
    codings : pandas.DataFrame
        Rows of ``codings.csv``, all or some.

    Returns
    -------
    dict of str to Variant
        ``as decided``; ``first pass`` and ``second pass`` (rows and judgements of one coder), if
        two have judged anything; ``whole copies`` (without the sources whose copy is damaged), if
        one is; ``each study once`` (of the sources that rest on the same studies, the one with
        the most claims).
    """
    tables = {name: data[name] for name in ("sources", "studies", *CODED.values())}
    sources = tables["sources"]
    found = {"as decided": Variant("As decided", "", tables)}
    if len(judgements(codings)):
        for coder, words in READINGS.items():
            label = f"{coder.capitalize()} reading"
            found[f"{coder} pass"] = Variant(label, words, recoded(tables, codings, coder))
    if n := int(sources["damaged"].sum()):
        words = f"without the damaged {'copy' if n == 1 else 'copies'}"
        whole = only(tables, sources.loc[~sources["damaged"], "source_id"])
        found["whole copies"] = Variant("Whole copies only", words, whole)
    told = told_studies(tables["citations"], tables["studies"])
    lines = lines_of_evidence(told, sources, tables["claims"])
    apart = only(tables, [line[0] for line in lines])
    words = "with one article for each group that shares a study"
    return found | {"each study once": Variant("Each study once", words, apart)}


def only(tables: Tables, source_ids) -> Tables:
    """Keep the rows of some sources."""
    wanted = set(source_ids)
    return {
        name: table[table["source_id"].isin(wanted)] if "source_id" in table else table
        for name, table in tables.items()
    }


def recoded(tables: Tables, codings: pd.DataFrame, coder: str) -> Tables:
    """Take the rows and judgements of one coder instead of the decisions.

    A row that the coder did not make is left out; a judgement the coder did not make keeps its
    decision, and so does a table or a source that was not coded twice or that has no row in
    ``codings``. Rows that only this coder made and that were not kept cannot be brought back:
    they have no statement.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
    codings : pandas.DataFrame
        Rows of ``codings.csv``.
    coder : str
        ``first`` or ``second``.
    """
    own = codings[codings["coder"] == coder]
    existing = own[own["field"] == EXISTS]
    made = set(existing.loc[existing["value"] == "yes", "unit"])
    twice = set(units(existing)["kind"])
    read = set(units(own)["source_id"])
    read -= set(tables["sources"].loc[tables["sources"]["coded"] == ONCE, "source_id"])
    changed = {}
    for kind, name in CODED.items():
        key = f"{kind}_id"
        table = tables[name].copy()
        if kind in twice:
            table = table[table[key].isin(made) | ~table["source_id"].isin(read)]
        judged = own[own["unit"].isin(table[key]) & (own["field"] != EXISTS)]
        values = judged.pivot(index="unit", columns="field", values="value")
        for field in values.columns.intersection(table.columns):
            new = table[key].map(values[field])
            if pd.api.types.is_numeric_dtype(table[field]):
                new = pd.to_numeric(new, errors="coerce").astype(table[field].dtype)
            table[field] = new.where(new.notna(), table[field])
        changed[name] = table
    return {**tables, **changed}


def findings(
    tables: Mapping[str, pd.DataFrame], question: str, certainty: Mapping[int, str]
) -> pd.Series:
    """The findings that the book's first page rests on, as short answers.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Those of a :class:`Variant`.
    question : str
        Key of the central proposition.
    certainty : mapping of int to str
        Label of each level of certainty.

    Returns
    -------
    pandas.Series
        Index: the finding; values: its answer as text.
    """
    claims, proposals, citations = (tables[n] for n in ("claims", "proposals", "citations"))
    on_it = claims[claims["proposition_id"] == question]
    asserting = stances(on_it)["stance"] == "asserts"
    forward = proposals["role"].isin(["proposed", "reported_benefit"])
    with_trial = forward & (proposals["evidence_stated"] == "trial")
    told = told_studies(citations, tables["studies"])
    common = citing_sources(told, common_study(told))
    return pd.Series(
        {
            "Articles that assert it": f"{int(asserting.sum())}",
            "Firmest words on it": _level(on_it["certainty"].max(), certainty),
            "Weakest words on it": _level(on_it["certainty"].min(), certainty),
            "Articles on the same study": f"{len(common)}",
            "Claims told as shown or fact": _percent(claims["certainty"] >= FIRM),
            "Treatments put forward": f"{int(forward.sum())}",
            "of these, naming a trial": f"{int(with_trial.sum())}",
        }
    )


def _percent(held: pd.Series) -> str:
    return f"{100 * held.mean():.0f} %" if len(held) else "none"


def _level(value, certainty: Mapping[int, str]) -> str:
    return "none" if pd.isna(value) else certainty[value].lower()


def described(data: DataPackage, rows: pd.DataFrame) -> pd.Series:
    """Say in words what was judged.

    Parameters
    ----------
    data : DataPackage
    rows : pandas.DataFrame
        Columns ``kind`` and ``field``, as returned by :func:`evidence.reliability.by_field`.

    Returns
    -------
    pandas.Series
        For example "Claims: causal strength", indexed as given: the table's title, and the
        column's title or, where it has none, its name.
    """
    tables = judged_tables(data)
    words = []
    for kind, field in zip(rows["kind"], rows["field"], strict=True):
        about = data.fields[tables[kind]].get(field, {})
        name = about.get("title", field.removesuffix("_id").replace("_", " "))
        words.append(f"{data.resources[tables[kind]]['title']}: {name}")
    return pd.Series(words, index=rows.index)


def articles_of(data: DataPackage, units: pd.Series) -> pd.Series:
    """Name the article of what was judged, by the key of the row.

    Parameters
    ----------
    data : DataPackage
    units : pandas.Series of str
        Keys of rows, kept or not.

    Returns
    -------
    pandas.Series of str
        Labels, indexed as given; empty where a key names no article.
    """
    labels = data["sources"].set_index("source_id")["label"]
    return units.str.extract(f"^{NUMBERED_UNIT.pattern}$")["source"].map(labels).fillna("")


def as_labels(data: DataPackage, rows: pd.DataFrame, column: str) -> list[str]:
    """Write the values of judgements as the labels of their levels.

    Parameters
    ----------
    data : DataPackage
    rows : pandas.DataFrame
        As returned by :func:`evidence.reliability.pairs`.
    column : str
        ``first``, ``second`` or ``final``.

    Returns
    -------
    list of str
        A level of an ordered scale with its rank before it, for example "6 Flat fact"; a value
        that is no level of the column in words, for example "not satisfactory".
    """
    tables = judged_tables(data)
    shown = []
    for kind, field, value in zip(rows["kind"], rows["field"], rows[column], strict=True):
        about = data.fields[tables[kind]].get(field, {}) if kind in tables else {}
        labels = {str(level["value"]): level["label"] for level in about.get("categories", [])}
        label = labels.get(value, value.replace("_", " "))
        ranked = about.get("categoriesOrdered", False) and value in labels
        shown.append(f"{value} {label}" if ranked else label)
    return shown
