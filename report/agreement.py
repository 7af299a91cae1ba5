"""Do the findings hold under another coder, without the damaged copy, with each study once?"""

from collections.abc import Mapping

import pandas as pd

from evidence.data import DataPackage
from evidence.reliability import EXISTS
from report.conflict import FIRM, stances
from report.lineage import citing_sources, common_study, lines_of_evidence, told_studies

CODED = {"claim": "claims", "figure": "figures", "proposal": "proposals"}
Tables = dict[str, pd.DataFrame]


def variants(data: DataPackage) -> dict[str, Tables]:
    """Return the tables as they are and as they would be under other choices.

    Returns
    -------
    dict of str to dict of str to pandas.DataFrame
        ``as decided``; ``first pass`` and ``second pass`` (rows and judgements of one coder);
        ``whole copies`` (without the sources whose copy is damaged); ``each study once`` (of the
        sources that rest on the same studies, the one with the most claims).
    """
    tables = {name: data[name] for name in ("sources", "citations", "studies", *CODED.values())}
    sources = tables["sources"]
    told = told_studies(tables["citations"], tables["studies"])
    lines = lines_of_evidence(told, sources, tables["claims"])
    return {
        "as decided": tables,
        "first pass": recoded(tables, data["codings"], "first"),
        "second pass": recoded(tables, data["codings"], "second"),
        "whole copies": only(tables, sources.loc[~sources["damaged"], "source_id"]),
        "each study once": only(tables, [line[0] for line in lines]),
    }


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
    decision. Rows that only this coder made and that were not kept cannot be brought back: they
    have no statement.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
    codings : pandas.DataFrame
        Rows of ``codings.csv``.
    coder : str
        ``first`` or ``second``.
    """
    own = codings[codings["coder"] == coder]
    made = set(own.loc[(own["field"] == EXISTS) & (own["value"] == "yes"), "unit"])
    changed = {}
    for kind, name in CODED.items():
        key = f"{kind}_id"
        table = tables[name][tables[name][key].isin(made)].copy()
        judged = own[own["unit"].isin(table[key]) & (own["field"] != EXISTS)]
        values = judged.pivot(index="unit", columns="field", values="value")
        for field in values.columns.intersection(table.columns):
            new = table[key].map(values[field])
            if pd.api.types.is_numeric_dtype(table[field]):
                new = pd.to_numeric(new, errors="coerce").astype(table[field].dtype)
            table[field] = new.where(new.notna(), table[field])
        changed[name] = table
    return {**tables, **changed}


def findings(tables: Mapping[str, pd.DataFrame], question: str) -> pd.Series:
    """The findings that the book's first page rests on, as short answers.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        As in :func:`variants`.
    question : str
        Key of the central proposition.

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
    common = citing_sources(citations, common_study(citations))
    return pd.Series(
        {
            "Articles that assert it": f"{int(asserting.sum())}",
            "Firmest words on it": f"{on_it['certainty'].max()}",
            "Weakest words on it": f"{on_it['certainty'].min()}",
            "Articles on the same study": f"{len(common)}",
            "Claims told as shown or fact": f"{100 * (claims['certainty'] >= FIRM).mean():.0f} %",
            "Treatments put forward": f"{int(forward.sum())}",
            "of these, naming a trial": f"{int(with_trial.sum())}",
        }
    )


def sensitivity(data: DataPackage) -> pd.DataFrame:
    """Findings under every variant.

    Returns
    -------
    pandas.DataFrame
        Index: the finding; a column a variant; short answers as text.
    """
    question = data.descriptor["question"]
    return pd.DataFrame(
        {name: findings(tables, question) for name, tables in variants(data).items()}
    )
