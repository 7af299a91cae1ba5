"""What sources keep, change and leave out of a study, and which steps they take beyond it."""

import pandas as pd

from evidence.analysis import citing_sources
from evidence.charts import FULL, LITTLE, PART, Tile, tile_map
from evidence.comparisons.shared import UNKNOWN, labels_of, legend, statuses_of
from evidence.prose import capitalised, counted, listed, number
from evidence.sensitivity import common_study
from evidence.tables import Link, Table
from evidence.views import quoted, source_link

STATES = {  # of retellings, leaps and omissions
    "kept": Tile("✓", FULL),
    "changed": Tile("≠", PART),
    "dropped": Tile("–", LITTLE),
    "lost": UNKNOWN,
    "cannot_tell": UNKNOWN,
    "made": Tile("!", FULL),
    "made_with_hedge": Tile("(!)", PART),
    "not_made": Tile("–", LITTLE),
    "not_applicable": Tile(),
    "told": Tile("✓", FULL),
    "partly": Tile("(✓)", PART),
    "silent": Tile("–", LITTLE),
}
# States of an omission that is neither lost nor beside the point.
JUDGED = ("told", "partly", "silent")


def _states(data, table, rows, labels):
    """States of a table as a grid: a row for each of its things, a column a source."""
    frame = data[table]
    grid = frame.pivot(index=rows, columns="source_id", values="state")
    sources = [s for s in data["sources"]["source_id"] if s in grid.columns]
    return grid.reindex(index=list(labels.index), columns=sources)


def _state_chart(data, table, rows, labels, caption, name):
    grid = _states(data, table, rows, labels)
    tiles = grid.map(STATES.get)
    tiles.index = [labels[key] for key in grid.index]
    tiles.columns = [labels_of(data)[s] for s in grid.columns]
    titles = data.levels(table, "state")["label"]
    listing = "; ".join(
        f"{labels[key]}: "
        + ", ".join(f"{labels_of(data)[s]} {titles[v].lower()}" for s, v in grid.loc[key].items())
        for key in grid.index
    )
    key = legend(
        STATES, {state: titles[state] for state in titles.index if (grid == state).any(axis=None)}
    )
    return tile_map(tiles, caption, f"{caption} {listing}.", name, key=key)


def retellings_chart(data, name):
    """Draw what became of each detail of the experiment in each article."""
    labels = data["details"].set_index("detail_id")["label"]
    cells = data["retellings"]
    states = cells["state"].value_counts()
    unknown = int(states.get("lost", 0) + states.get("cannot_tell", 0))
    caption = (
        f"Of {len(cells)} details to tell ({counted(len(labels), 'detail')}, "
        f"{counted(cells['source_id'].nunique(), 'article')}), {states.get('kept', 0)} are kept, "
        f"{states.get('changed', 0)} changed and {states.get('dropped', 0)} dropped; for {unknown} "
        "the copies do not let us tell."
    )
    return _state_chart(data, "retellings", "detail_id", labels, caption, name)


def retellings_table(data, caption, name):
    """Show each detail as the paper reports it and as each article tells it."""
    titles = data.levels("retellings", "state")["label"]
    cells = data["retellings"].set_index(["detail_id", "source_id"])
    status = data["study_facts"].set_index("fact_id")["status"].map(statuses_of(data)).str.lower()
    sources = [s for s in data["sources"]["source_id"] if s in set(cells.index.get_level_values(1))]
    records = []
    for detail in data["details"].itertuples():
        record = {
            "Detail": detail.label,
            "The paper": f"{detail.paper} ({status[detail.fact_id]})",
        }
        for source in sources:
            cell = cells.loc[(detail.detail_id, source)]
            text = titles[cell["state"]] + (f". {cell['note']}" if cell["note"] else "")
            record[labels_of(data)[source]] = Link(text, cell["row"]) if cell["row"] else text
        records.append(record)
    return Table(pd.DataFrame(records), caption, name, ("wide",))


def leaps_chart(data, name):
    """Draw which steps beyond the study each article takes."""
    labels = data.levels("leaps", "kind")["label"]
    taken = data["leaps"][data["leaps"]["state"].isin(["made", "made_with_hedge"])]
    plain = int((taken["state"] == "made").sum())
    common = common_study(data)
    apart = taken[~taken["source_id"].isin(citing_sources(data, common))]
    others = listed(labels_of(data)[s] for s in apart["source_id"].unique())
    study = data["studies"].set_index("study_id")["label"][common]
    caption = (
        f"{capitalised(counted(len(taken), 'step'))} beyond the studies told of are taken, "
        f"{number(plain)} of them without a hedge"
        + (f"; {number(len(apart))} by {others}, which does not tell of {study}" if others else "")
        + "."
    )
    return _state_chart(data, "leaps", "kind", labels, caption, name)


def omissions_chart(data, name):
    """Draw what each article leaves out, silence told apart from loss."""
    labels = data.levels("omissions", "topic")["label"]
    grid = _states(data, "omissions", "topic", labels)
    nobody = [labels[t] for t in grid.index if not grid.loc[t].isin(["told", "partly"]).any()]
    states = data["omissions"]["state"].value_counts()
    told, partly, silent = (int(states.get(state, 0)) for state in JUDGED)
    caption = (
        f"Of {told + partly + silent} cells that can be judged, {told} tell in full what a reader "
        f"would want to know, {partly} in part, and {silent} say nothing of it"
        + (f"; as far as the copies show, none tells of {listed(nobody).lower()}" if nobody else "")
        + "."
    )
    return _state_chart(data, "omissions", "topic", labels, caption, name)


def states_table(data, table, column, caption, name):
    """Show leaps or omissions, a row each, with the fragment that shows it."""
    rows = data[table]
    frame = pd.DataFrame(
        {
            "Key": list(rows[data.key(table)]),
            "Article": [source_link(data, s) for s in rows["source_id"]],
            "What": list(data.labels(table, column)),
            "State": list(data.labels(table, "state")),
            "In its words": quoted(rows["cue"]),
            "Row": [Link(r, r) if r else "" for r in rows["row"]]
            if "row" in rows
            else [""] * len(rows),
            "Note": list(rows["note"]),
        }
    )
    if "row" not in rows:
        frame = frame.drop(columns="Row")
    return Table(frame, caption, name, ("anchored", "home", "wide"), lead=5)


def states_facts(data):
    """Values for the pages of retellings and omissions."""
    states = data["retellings"]["state"].value_counts()
    silent = data["omissions"]["state"].value_counts()
    return {
        "n_details": counted(len(data["details"]), "detail"),
        "n_kept": number(int(states.get("kept", 0))),
        "n_changed": number(int(states.get("changed", 0))),
        "n_dropped": number(int(states.get("dropped", 0))),
        "n_lost": number(int(states.get("lost", 0) + states.get("cannot_tell", 0))),
        "n_cells": f"{len(data['retellings'])}",
        "n_told": number(int(silent.get("told", 0))),
        "n_partly": number(int(silent.get("partly", 0))),
        "n_silent": number(int(silent.get("silent", 0))),
        "n_topics": counted(data["omissions"]["topic"].nunique(), "thing"),
        "n_retelling": capitalised(counted(data["retellings"]["source_id"].nunique(), "article")),
        "nowhere": "; ".join(_nowhere(data)).lower(),
    }


def _nowhere(data):
    """Labels of the details that no article keeps or changes."""
    states = data["retellings"].groupby("detail_id")["state"].agg(set)
    labels = data["details"].set_index("detail_id")["label"]
    return [labels[d] for d in labels.index if not states[d] & {"kept", "changed"}]
