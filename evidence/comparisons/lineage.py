"""Who rests on whom: works behind works, and words in common."""

import pandas as pd

from evidence.charts import FULL, PART, Tile, tile_map
from evidence.comparisons.shared import labels_of
from evidence.prose import capitalised, listed, number
from evidence.tables import Table


def lineage_chart(data, name):
    """Draw which works each article rests on, and what these works rest on in turn."""
    links, sources = data["lineage"], labels_of(data)
    names = data["studies"].set_index("study_id")["label"]
    sure = (links["status"] == "V").groupby([links["child"], links["parent"]]).any()
    told = sure[sure.index.get_level_values("child").isin(sources.index)]
    often = told.groupby("parent").size()
    order = [work for work in links["parent"].unique() if work in often.index]
    order = sorted(order, key=lambda work: -often[work])
    looks = {True: Tile("✓", FULL), False: Tile("(✓)", PART)}
    tiles = pd.DataFrame(
        [
            [looks.get(told.get((article, work)), Tile()) for article in sources.index]
            for work in order
        ],
        index=[_with_parents(work, names, sure) for work in order],
        columns=sources.to_list(),
    )
    common = often.idxmax()
    caption = (
        f"{capitalised(number(int(often[common])))} of {number(len(sources))} articles rest on "
        f"{names[common]}; an arrow leads to what a work rests on in turn."
    )
    listing = "; ".join(
        f"{sources.get(child, names.get(child))} rests on {names[parent]}{'' if v else ' (inferred)'}"
        for (child, parent), v in sure.items()
        if child in sources.index or child in often.index
    )
    key = {"rests on it": looks[True], "inferred": looks[False]}
    return tile_map(tiles, caption, f"{caption} {listing}.", name, key=key)


def _with_parents(work, names, sure):
    """Name a work and, after an arrow, what it rests on itself."""
    if work not in sure.index.get_level_values("child"):
        return names[work]
    parents = [names[p] + ("" if v else " (inferred)") for p, v in sure[work].items()]
    return f"{names[work]} → {listed(parents)}"


def lineage_table(data, caption, name):
    """Show every link with its evidence."""
    rows = data["lineage"]
    works = data["studies"].set_index("study_id")["label"]
    names = {**works, **labels_of(data)}
    frame = pd.DataFrame(
        {
            "Link": list(rows["link_id"]),
            "This": [names[k] for k in rows["child"]],
            "How": list(data.labels("lineage", "kind")),
            "That": [names[k] for k in rows["parent"]],
            "What shows it": list(rows["evidence"]),
            "Status": list(data.labels("lineage", "status")),
        }
    )
    return Table(frame, caption, name, ("anchored", "home", "wide"), lead=4)


def overlaps_table(data, caption, name):
    """Show the words that pairs of copies have in common."""
    rows = data["overlaps"].sort_values("words", ascending=False, kind="stable")
    labels = labels_of(data)
    frame = pd.DataFrame(
        {
            "Article": [labels[s] for s in rows["first"]],
            "Other": [labels[s] for s in rows["second"]],
            "Runs": rows["runs"].astype(int).to_list(),
            "Longest run, words": rows["longest"].astype(int).to_list(),
            "All runs, words": rows["words"].astype(int).to_list(),
        }
    )
    return Table(frame, caption, name)
