"""Do the findings hold under another coder, without the damaged copy, with each study once?"""

import pandas as pd

from evidence.agreement import JUDGED
from evidence.analysis import FIRM, citing_sources, stances


def variants(data):
    """Return the data as they are and as they would be under other choices.

    Returns
    -------
    dict of str to DataPackage
        ``as decided``; ``first pass`` and ``second pass`` (rows and judgements of one coder);
        ``whole copies`` (without the sources whose copy is damaged); ``each study once`` (of the
        sources that rest on the same studies, the one with the most claims).
    """
    sources = data["sources"]
    return {
        "as decided": data,
        "first pass": recoded(data, "first"),
        "second pass": recoded(data, "second"),
        "whole copies": only(data, sources.loc[~sources["damaged"], "source_id"]),
        "each study once": only(data, [line[0] for line in lines_of_evidence(data)]),
    }


def only(data, source_ids):
    """Keep the rows of some sources."""
    wanted = set(source_ids)
    tables = {}
    for name in ("sources", "passages", *data.coded_from_passages()):
        tables[name] = data[name][data[name]["source_id"].isin(wanted)]
    return data.replaced(tables)


def recoded(data, coder):
    """Take the rows and judgements of one coder instead of the decisions.

    A row that the coder did not make is left out; a judgement the coder did not make keeps its
    decision. Rows that only this coder made and that were not kept cannot be brought back: they
    have no statement.
    """
    codings = data["codings"]
    own = codings[codings["coder"] == coder]
    made = set(own.loc[(own["field"] == "exists") & (own["value"] == "yes"), "unit"])
    tables = {}
    for name in JUDGED.values():
        key = data.key(name)
        table = data[name][data[name][key].isin(made)].copy()
        judged = own[own["unit"].isin(table[key]) & (own["field"] != "exists")]
        values = judged.pivot(index="unit", columns="field", values="value")
        for field in values.columns.intersection(table.columns):
            new = table[key].map(values[field])
            if pd.api.types.is_numeric_dtype(table[field]):
                new = pd.to_numeric(new, errors="coerce").astype(table[field].dtype)
            table[field] = new.where(new.notna(), table[field])
        tables[name] = table
    return data.replaced(tables)


def lines_of_evidence(data):
    """Group the sources that rest on a study in common.

    Two sources belong together if the text of both, reference lists aside, tells of the same
    study. Sources that share a group through a third belong to it too.

    Returns
    -------
    list of list of str
        Source ids; in each group those with most claims first.
    """
    told = data["citations"][data["citations"]["how"] != "reference_entry"]
    studies = data["studies"].set_index("study_id")["work"]
    told = told[told["study_id"].map(studies) == "study"]
    groups = [{source} for source in data["sources"]["source_id"]]
    for _, citing in told.groupby("study_id")["source_id"]:
        joined = [group for group in groups if group & set(citing)]
        groups = [group for group in groups if group not in joined]
        groups.append(set().union(*joined))
    claims = data["claims"]["source_id"].value_counts()
    position = {source: index for index, source in enumerate(data["sources"]["source_id"])}
    groups.sort(key=lambda group: (-len(group), min(map(position.get, group))))
    return [sorted(group, key=lambda s: (-claims.get(s, 0), position[s])) for group in groups]


def common_study(data):
    """Key of the study that most sources refer to."""
    sources = data["citations"].groupby("study_id", sort=False)["source_id"].nunique()
    return sources.idxmax()


def findings(data):
    """The findings that the book's first page rests on, as short answers.

    Returns
    -------
    pandas.Series
        Index: the finding; values: its answer as text.
    """
    on_it = data["claims"][data["claims"]["proposition_id"] == data.question]
    asserting = stances(data).loc[data.question] == "asserts"
    forward = data["proposals"]["role"].isin(["proposed", "reported_benefit"])
    with_trial = forward & (data["proposals"]["evidence_stated"] == "trial")
    certainty = data["claims"]["certainty"]
    return pd.Series(
        {
            "Articles that assert it": f"{int(asserting.sum())}",
            "Firmest words on it": f"{on_it['certainty'].max()}",
            "Weakest words on it": f"{on_it['certainty'].min()}",
            "Articles on the same study": f"{len(citing_sources(data, common_study(data)))}",
            "Claims told as shown or fact": f"{100 * (certainty >= FIRM).mean():.0f} %",
            "Treatments put forward": f"{int(forward.sum())}",
            "of these, naming a trial": f"{int(with_trial.sum())}",
        }
    )


def sensitivity(data):
    """Findings under every variant.

    Returns
    -------
    pandas.DataFrame
        Index: the finding; a column a variant; short answers as text.
    """
    return pd.DataFrame({name: findings(kind) for name, kind in variants(data).items()})
