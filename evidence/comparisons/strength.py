"""How strong the words are, by source, by place and on the way from a paper to a page."""

import pandas as pd

from evidence.analysis import FIRM, counts
from evidence.charts import count_map, dumbbells
from evidence.comparisons.shared import labels_of, statuses_of
from evidence.prose import listed, number
from evidence.tables import Link, Table
from evidence.views import source_link


def bands_chart(data, name):
    """Draw how many claims of each source state which causal strength, relations only."""
    levels = data.levels("claims", "causal_strength")
    related = data["claims"]["causal_strength"] > 0
    grid = counts(data, "claims", "source_id", "causal_strength", related)
    bands = levels["band"]
    total = grid.sum()
    denying = int(total[[level for level in total.index if bands[level] == "none"]].sum())
    strong = int(total[[level for level in total.index if bands[level] == "strong"]].sum())
    caption = (
        f"Of {int(total.sum()) - denying} claims that state a relation, {strong} do so in strong "
        f"causal words (levels {_span(bands, 'strong')}; levels {_span(bands, 'weak')} read as "
        f"weak); {number(denying)} more deny one (level {_span(bands, 'none', 1)})."
    )
    grid.index = [labels_of(data)[s] for s in grid.index]
    listing = "; ".join(
        f"{source}: " + ", ".join(f"{n} at level {level}" for level, n in row.items() if n)
        for source, row in grid.iterrows()
    )
    return count_map(grid, caption, f"{caption} {listing}.", name, "Causal strength, 1 to 6")


def _span(bands, band, least=0):
    levels = [level for level, value in bands.items() if value == band and level >= least]
    return f"{levels[0]} to {levels[-1]}" if len(levels) > 1 else f"{levels[0]}"


def zones_table(data, caption, name):
    """Show by source and zone how many of the claims are told as shown or as fact."""
    claims = data["claims"]
    records = []
    zones = [z for z in data.levels("claims", "zone").index if (claims["zone"] == z).any()]
    titles = data.levels("claims", "zone")["label"]
    for source in data["sources"]["source_id"]:
        record = {"Article": source_link(data, source)}
        for zone in zones:
            rows = claims[(claims["source_id"] == source) & (claims["zone"] == zone)]
            firm = int((rows["certainty"] >= FIRM).sum())
            record[titles[zone]] = f"{firm} of {len(rows)}" if len(rows) else "no claim"
        records.append(record)
    return Table(pd.DataFrame(records), caption, name)


def ladder_chart(data, statement, name):
    """Draw how firmly one statement is put on its way from the paper to the page."""
    rungs = data["ladder"][data["ladder"]["statement"] == statement]
    labels, studies = labels_of(data), data["studies"].set_index("study_id")["label"]
    steps = data.levels("ladder", "step")["label"]
    levels = data.levels("claims", "certainty")["label"]
    rows, listing = [], []
    for rung in rungs.itertuples():
        who = labels[rung.source_id] if rung.source_id else studies[rung.study_id]
        title = f"{steps[rung.step]}: {who}"
        firm = rung.certainty is not pd.NA
        words = f"“{rung.cue}”" if rung.cue else "does not say it"
        shape = "square" if rung.source_id else "diamond"
        marks = [(int(rung.certainty), f"{rung.certainty}", shape, True)] if firm else []
        rows.append((title, marks))
        told = f"{levels[rung.certainty].lower()}, " if firm else ""
        listing.append(f"{title}: {told}{words}")
    caption = _ladder_caption(data, statement, rungs)
    axis = f"Certainty: 1 {levels.iloc[0].lower()} to {levels.index[-1]} {levels.iloc[-1].lower()}"
    ticks = {int(level): f"{level}" for level in levels.index}
    alt = f"{caption} {'; '.join(listing)}."
    return dumbbells(rows, caption, alt, name, axis, ticks, missing="does not say it")


def _ladder_caption(data, statement, rungs):
    """Tell at which levels a statement stands in each kind of text, and which articles lack it."""
    definition = data.levels("ladder", "statement").loc[statement, "definition"].rstrip(".")
    steps = data.levels("ladder", "step")["label"].str.lower()
    parts = []
    for step, of in rungs.groupby("step", sort=False):
        texts = len(of[["source_id", "study_id"]].drop_duplicates())
        kind = steps[step] if step == "news" or texts == 1 else f"{steps[step]}s"
        found = sorted(of["certainty"].dropna().unique())
        at = listed(map(str, found)) if found else "not said"
        parts.append(f"{at} in the {kind}{' (squares)' if step == 'article' else ''}")
    absent = [label for key, label in labels_of(data).items() if key not in set(rungs["source_id"])]
    without = (
        f"; {listed(absent)} {'has' if len(absent) == 1 else 'have'} no rung" if absent else ""
    )
    return (
        f"How firmly each text says “{definition}” (its words, not a finding of this book), as "
        f"certainty: {', '.join(parts)}{without}."
    )


def ladder_table(data, caption, name):
    """Show every rung with its words and levels."""
    rungs = data["ladder"]
    studies = data["studies"].set_index("study_id")["label"]
    who = [
        source_link(data, r.source_id) if r.source_id else studies[r.study_id]
        for r in rungs.itertuples()
    ]
    frame = pd.DataFrame(
        {
            "Rung": list(rungs["rung_id"]),
            "Statement": list(data.labels("ladder", "statement")),
            "Step": list(data.labels("ladder", "step")),
            "Where": who,
            "Words": [
                Link(f"“{r.cue}”", r.row) if r.row else (f"“{r.cue}”" if r.cue else "not said")
                for r in rungs.itertuples()
            ],
            "Certainty": ["" if v is pd.NA else str(v) for v in rungs["certainty"]],
            "Causal words": ["" if v is pd.NA else str(v) for v in rungs["causal_strength"]],
            "Status": list(rungs["status"].map(statuses_of(data)).fillna("")),
            "Read in": list(rungs["verified_in"]),
        }
    )
    return Table(frame, caption, name, ("anchored", "home", "wide"), lead=7)
