"""Who rests on whom: the studies that sources tell of, and sources that share one."""

from collections.abc import Mapping, Sequence

import pandas as pd

from evidence.prose import capitalised, counted, first_few, listed, lowered, number, share
from report.retold import common_study, told_studies


def witnesses(
    citations: pd.DataFrame,
    studies: pd.DataFrame,
    sources: pd.DataFrame,
    species: Mapping[str, str],
    *,
    briefly: bool = False,
) -> str:
    """Say how many sources tell of the common study, and what their agreement is worth.

    Parameters
    ----------
    citations, studies, sources : pandas.DataFrame
        Rows of ``citations.csv``, ``studies.csv`` and ``sources.csv``.
    species : mapping of str to str
        Label of each level of the column ``species`` of the studies.
    briefly : bool
        In one sentence, after others on the same sources.
    """
    told = told_studies(citations, studies)
    common = studies[studies["study_id"] == common_study(told)]
    n, total = told["study_id"].isin(common["study_id"]).sum(), len(sources)
    if n < 2:
        them = "them" if briefly else "the articles"
        return f"No two of {them} tell of the same study." if total > 1 else ""
    [(label, of)] = common[["label", "species"]].itertuples(index=False)
    bodies = lowered(species[of]) if of in species else ""
    if not briefly:
        study = f"{label}, in {bodies}" if bodies else label
        return (
            f"{capitalised(share(n, total, 'article'))} tell of the same study: {study}. "
            f"When they agree, that is not {number(n)} witnesses but one, heard {number(n)} times."
        )
    study = f"{label}: {bodies}" if bodies else label
    every = "Both" if total == 2 else f"All {number(n)}"
    who = every if n == total else f"{capitalised(number(n))} of the {number(total)}"
    return f"{who} tell of the same study ({study}), so they are not independent witnesses."


def title(telling: int, total: int) -> str:
    """Write the title of the chart: how many sources rest on one study."""
    if telling < 2:
        return "From study to article"
    return f"{capitalised(share(telling, total, 'article'))} rest on one study"


def besides(
    told: pd.DataFrame, common: str, labels: Mapping[str, str], works: Mapping[str, str]
) -> str:
    """Say which sources tell of other studies than the common one.

    Parameters
    ----------
    told : pandas.DataFrame
        As returned by :func:`told_studies`.
    common : str
        Key of the common study.
    labels, works : mapping of str to str
        Short name by source, and by study.
    """
    telling = set(told.loc[told["study_id"] == common, "source_id"])
    others = told[told["study_id"] != common].groupby("source_id", sort=False)["study_id"].agg(list)
    also = [
        f"{labels[s]} {'of' if place else 'also tells of'} {number(len(of))}"
        + ("" if place else f" other published {'study' if len(of) == 1 else 'studies'}")
        for place, (s, of) in enumerate((s, of) for s, of in others.items() if s in telling)
    ]
    apart = [
        f"{labels[s]} tells of {listed((works[w] for w in of), most=3)}"
        + (" instead." if telling else ".")
        for s, of in others.items()
        if s not in telling
    ]
    sentence = "None of them tells of another published study."
    if also:
        rest = len(telling) - len(also)
        others_of = "the other" if rest == 1 else f"the other {number(rest)}"
        sentence = f"{listed(also, most=3)}{f'; {others_of} of none' if rest else ''}."
    sentence = sentence if also or len(telling) > 1 else ""
    return f"{sentence} {first_few(apart)}".strip()


def as_one(lines: Sequence[Sequence[str]], labels: Mapping[str, str]) -> str:
    """Say which sources count as one where each study is to count once."""
    groups = [
        f"{listed((labels[s] for s in line), most=4)} {'as one' if len(line) > 1 else 'by itself'}"
        for line in lines
    ]
    rest = [f"{counted(len(groups) - 3, 'more group')}"] if len(groups) > 4 else groups[3:]
    return ", and ".join([*groups[:3], *rest])


def routes(
    links: pd.DataFrame, sources: pd.DataFrame, studies: pd.DataFrame, common: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Trace the ways from studies to the sources: straight, or through news of the common study.

    Kept are the links of the common study with the sources and with works between, those of the
    works between with the sources, and those of other studies with the sources. Studies that the
    same sources rest on are one node; the common study stays by itself.

    Parameters
    ----------
    links, sources, studies : pandas.DataFrame
        Rows of ``lineage.csv``, ``sources.csv`` and ``studies.csv``.
    common : str
        Key of the study that most sources rest on.

    Returns
    -------
    nodes : pandas.DataFrame
        Columns ``node``; ``layer`` (0 studies, 1 works between, 2 sources); ``lane``, counted from
        the top: the works between stand above the studies, so that a way past them is free, and
        the sources have lanes of their own; and ``works``, the keys that the node stands for.
    arrows : pandas.DataFrame
        Columns ``parent, child`` (nodes), ``verified`` (any of the links is), ``works`` (the
        parents' keys) and ``link_ids`` (lists).
    """
    articles = list(sources["source_id"])
    to_article = links["child"].isin(articles)
    between = set(links.loc[links["parent"] == common, "child"]) - set(articles)
    between &= set(links.loc[to_article, "parent"])
    is_study = links["parent"].map(studies.set_index("study_id")["work"]) == "study"
    from_common = (links["parent"] == common) & (to_article | links["child"].isin(between))
    kept = links[from_common | (to_article & (is_study | links["parent"].isin(between)))]
    told_by = kept.groupby("parent", sort=False)["child"].agg(frozenset)
    alone = told_by.index.isin([common, *between])
    groups = pd.Series(told_by.index, told_by.index).where(alone)
    groups = groups.fillna(told_by.map(lambda by: "+".join(sorted(by))))
    first = {group: works.index[0] for group, works in groups.groupby(groups)}
    node = groups.map(first)
    arrows = (
        kept.assign(work=kept["parent"], parent=kept["parent"].map(node))
        .groupby(["parent", "child"], sort=False)
        .agg(
            verified=("status", lambda status: bool((status == "V").any())),
            works=("work", lambda works: list(dict.fromkeys(works))),
            link_ids=("link_id", list),
        )
        .reset_index()
    )
    height = {article: place for place, article in enumerate(articles)}
    mean = arrows["child"].map(height).groupby(arrows["parent"]).mean()
    upper = sorted(between, key=lambda work: (mean[work], work))
    lower = sorted(set(node) - between, key=lambda work: (work != common, mean[work], work))
    lanes = {work: lane for lane, work in enumerate([*upper, *lower])}
    names = [*lanes, *articles]
    nodes = pd.DataFrame(
        {
            "node": names,
            "layer": [2 if n in height else int(n in between) for n in names],
            "lane": [height[n] if n in height else lanes[n] for n in names],
            "works": [[n] if n in height else list(node.index[node == n]) for n in names],
        }
    )
    return nodes, arrows
