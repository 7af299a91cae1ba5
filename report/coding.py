"""What several pages say of how the rows were coded: by whom, how often, how far readings agree."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from evidence.completeness import twice_levels
from evidence.data import ONCE, DataPackage
from evidence.prose import agreeing, capitalised, counted, listed, lowered, number
from evidence.reliability import alpha, judgements, ordinal_scales, units

NAMED = 3  # sources coded once that a sentence names; more are counted

TENTATIVE = 0.667  # Krippendorff: below this alpha not even tentative conclusions hold


def told(making: pd.DataFrame, part: str, otherwise: str = "") -> str:
    """What the makers of a book tell of a part of its making, as one paragraph.

    Parameters
    ----------
    making : pandas.DataFrame
        Rows of ``making.csv``.
    part : str
        A level of ``part``.
    otherwise : str
        What to say where they tell nothing.
    """
    return " ".join(making.loc[making["part"] == part, "told"]) or otherwise


def reader(terms: Mapping[str, str]) -> str:
    """Name who coded the sources, in the middle of a sentence.

    Parameters
    ----------
    terms : mapping of str to str
        ``terms`` of the package's descriptor: ``reader``, which may be left out.
    """
    return terms.get("reader", "a reader whom this book does not name")


def reviewed(terms: Mapping[str, str]) -> str:
    """Say who has checked the rows.

    Parameters
    ----------
    terms : mapping of str to str
        ``terms`` of the package's descriptor: ``reviewer``, left out where there is none.
    """
    if "reviewer" in terms:
        return f"{capitalised(terms['reviewer'])} has checked the rows."
    return (
        "No clinician and no patient has checked the rows, so read them as a careful first draft."
    )


def how_coded(
    codings: pd.DataFrame, sources: pd.DataFrame, terms: Mapping[str, str] | None = None
) -> str:
    """Say who coded the sources, how often, and who reviewed the rows.

    Parameters
    ----------
    codings, sources : pandas.DataFrame
        Rows of ``codings.csv`` and ``sources.csv``.
    terms : mapping of str to str, optional
        ``terms`` of the package's descriptor: ``reader`` and ``reviewer``, which may be left out.
    """
    terms = terms or {}
    twice = sources["source_id"].isin(judgements(codings)["source_id"])
    n, total = int(twice.sum()), len(sources)
    often = "twice" if n == total else "once"
    if 0 < n < total:
        often += f", {number(n)} of the {number(total)} a second time,"
    what = "article" if total == 1 else "articles"
    it = "it says" if total == 1 else "they say"
    checked = f"{terms.get('reviewer', 'no clinician')} checked the result"
    if "reader" in terms:
        model = capitalised(terms["reader"])
        return f"{model} read the {what} {often} and sorted what {it}; {checked}."
    verb = "was" if total == 1 else "were"
    return f"The {what} {verb} read {often} and what {it} was sorted; {checked}."


def read_again(codings: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say how many of the sources were read again.

    Parameters
    ----------
    codings, sources : pandas.DataFrame
        Rows of ``codings.csv`` and ``sources.csv``.
    """
    n = int(sources["source_id"].isin(judgements(codings)["source_id"]).sum())
    if not n:
        return "Nobody has read them a second time."
    them = "them" if n == len(sources) else f"{number(n)} of them"
    it = "it" if n == 1 else "them"
    return f"A second reader read {them} again without seeing what the first had made of {it}."


def coded_twice(tables: Sequence[str]) -> str:
    """Say which tables were coded twice.

    Parameters
    ----------
    tables : sequence of str
        Their titles.
    """
    if not tables:
        return "No table has been coded twice yet."
    told = f"Coded twice {agreeing('is', len(tables))} {counted(len(tables), 'table')}: "
    return f"{told}{listed(tables, most=len(tables))}."


def coded_once(data: DataPackage) -> str:
    """Name the sources that were coded once; empty if there are none."""
    sources = data["sources"]
    once = sources.loc[sources["coded"] == ONCE, "label"]
    if once.empty:
        return ""
    names = listed(once) if len(once) <= NAMED else counted(len(once), "article").capitalize()
    was, it = ("was", "it") if len(once) == 1 else ("were", "them")
    return f"{names} {was} coded once only: no count of agreement speaks for {it}."


def twice_in_part(data: DataPackage, codings: pd.DataFrame) -> str:
    """Say of which tables only some rows were coded twice, and which; empty if of none.

    Parameters
    ----------
    data : DataPackage
        With ``twice`` at tables of its descriptor: a column and its levels.
    codings : pandas.DataFrame
        Rows of ``codings.csv``.
    """
    coded, parts = set(units(codings)["kind"]), []
    for kind, table in judged_tables(data).items():
        limits = twice_levels(data, table) if kind in coded else None
        if limits:
            title = lowered(data.resources[table]["title"])
            parts.append(f"of the {title} only {listed(_levels_named(data, table, limits))}")
    if not parts:
        return ""
    first, *others = parts
    return f"{capitalised(', '.join([f'{first} were coded twice', *others]))}."


def _levels_named(data: DataPackage, table: str, limits: Mapping[str, list[str]]) -> Iterator[str]:
    for column, levels in limits.items():
        labels = data.levels(table, column)["label"][levels]
        named = listed((f"“{lowered(label)}”" for label in labels), "or")
        yield f"rows with the {column.replace('_', ' ')} {named}"


def judged_tables(data: DataPackage) -> dict[str, str]:
    """Name of the table of each kind of row, for example "link" to "lineage".

    The kind is the key of the table without its ``_id``; a table with another key holds no rows
    that could be judged.
    """
    keys = {data.key(table): table for table in data.fields}
    return {key.removesuffix("_id"): table for key, table in keys.items() if key.endswith("_id")}


def listed_rows(data: DataPackage) -> set[str]:
    """Keys of the rows that the book shows one by one: a link to any of them leads somewhere."""
    keys: set[str] = set()
    for name in judged_tables(data).values():
        rows = data[name]
        if "status" in rows:
            rows = rows[rows["status"] != "withdrawn"]
        keys |= set(rows[data.key(name)].astype(str))
    return keys


def caution(data: DataPackage, kind: str, field: str) -> str:
    """Warn where two readings agreed too little on a judgement to lean on it.

    Parameters
    ----------
    data : DataPackage
    kind, field : str
        For example "leap" and "state".

    Returns
    -------
    str
        A sentence; empty where they agreed well enough, where alpha is not defined, and where
        the rows were coded once only.
    """
    codings = data["codings"]
    rows = judgements(codings[codings["field"] == field])
    rows = rows[rows["kind"] == kind]
    weak = len(rows) and alpha(rows, ordinal_scales(data).get((kind, field))) < TENTATIVE
    return "Two readings agreed too little on this to lean on it." if weak else ""
