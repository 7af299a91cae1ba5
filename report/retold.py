"""Which studies articles tell of, and which articles share one."""

import networkx as nx
import pandas as pd


def told_studies(citations: pd.DataFrame, studies: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a source and a study that its text tells of, reference lists aside.

    Parameters
    ----------
    citations, studies : pandas.DataFrame
        Rows of ``citations.csv`` and ``studies.csv``. Works that are no studies (reviews, news,
        releases) are left out.

    Returns
    -------
    pandas.DataFrame
        Columns ``source_id, study_id``, each pair once.
    """
    told = citations[citations["how"] != "reference_entry"]
    kinds = told["study_id"].map(studies.set_index("study_id")["work"])
    return told.loc[kinds == "study", ["source_id", "study_id"]].drop_duplicates()


def common_study(citations: pd.DataFrame) -> str:
    """Key of the work that most sources refer to; of several, the first; empty if there is none.

    Parameters
    ----------
    citations : pandas.DataFrame
        Rows of ``citations.csv``, or what :func:`told_studies` returns.
    """
    sources = citations.groupby("study_id", sort=False)["source_id"].nunique()
    return str(sources.idxmax()) if len(sources) else ""


def citing_sources(citations: pd.DataFrame, study_id: str) -> list[str]:
    """Keys of the sources that cite, name or describe a work, in the order of the rows."""
    return list(citations.loc[citations["study_id"] == study_id, "source_id"].unique())


def lines_of_evidence(
    told: pd.DataFrame, sources: pd.DataFrame, claims: pd.DataFrame
) -> list[list[str]]:
    """Group the sources that rest on a study in common.

    Two sources belong together if both tell of the same study; sources that are joined through a
    third belong together too (the connected components of the graph of sources and studies).

    Parameters
    ----------
    told : pandas.DataFrame
        As returned by :func:`told_studies`.
    sources, claims : pandas.DataFrame
        Rows of ``sources.csv`` and ``claims.csv``.

    Returns
    -------
    list of list of str
        Source ids, the largest group first; in each group those with most claims first.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sources["source_id"])
    graph.add_edges_from((row.source_id, ("study", row.study_id)) for row in told.itertuples())
    position = {source: place for place, source in enumerate(sources["source_id"])}
    count = claims["source_id"].value_counts()
    groups = [[n for n in group if n in position] for group in nx.connected_components(graph)]
    groups = [sorted(g, key=lambda s: (-count.get(s, 0), position[s])) for g in groups]
    return sorted(groups, key=lambda group: (-len(group), min(position[s] for s in group)))
