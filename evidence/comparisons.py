"""What the sources say together: charts and tables that put them side by side."""

import pandas as pd

from evidence.analysis import FIRM, citing_sources, counts, figures_of, stances
from evidence.charts import (
    FULL,
    LITTLE,
    PART,
    Tile,
    count_map,
    dumbbells,
    intervals,
    log_dots,
    tile_map,
)
from evidence.prose import capitalised, counted, listed, number
from evidence.scales import harmonised
from evidence.sensitivity import common_study
from evidence.tables import Link, Table
from evidence.views import quoted, source_link

# One language for every grid of tiles: the darker, the more of it the article has; an outline
# where the copy does not let us tell; no tile where there is nothing to tell.
UNKNOWN = Tile("?", outlined=True)
STANCES = {
    "asserts": Tile("A", FULL),
    "hedges": Tile("h", PART),
    "reports": Tile("r", PART / 2),
    "leaves open": Tile("o", LITTLE),
    "disputes": Tile("D", FULL),
    "both ways": Tile("±", PART),
    "silent": Tile(),
    "cannot tell": UNKNOWN,
}
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
JUDGED = (
    "told",
    "partly",
    "silent",
)  # states of an omission that is neither lost nor beside the point
SIZES = ("n_total", "n_patients", "n_treated", "n_animals")


def _labels(data):
    return data["sources"].set_index("source_id")["label"]


def _statuses(data):
    return data.levels("study_facts", "status")["label"]


def _key(looks, titles):
    """Explain the tiles that occur: words for each, and the tile.

    Parameters
    ----------
    looks : dict of str to Tile
    titles : dict of str to str
        What occurs, and how it is called.
    """
    words = {}
    for value, title in titles.items():
        words.setdefault(looks[value], []).append(title.lower())
    return {
        f"{'' if tile != Tile() else 'empty: '}{listed(titles, 'or')}": tile
        for tile, titles in words.items()
    }


# -- agreement and conflict ------------------------------------------------------------------


def shared_stances(data):
    """Stances on the propositions that at least two sources speak to.

    Returns
    -------
    pandas.DataFrame
        As :func:`evidence.analysis.stances`, those with most sources first.
    """
    grid = stances(data)
    speaking = (~grid.isin(["silent", "cannot tell"])).sum(axis="columns")
    order = speaking[speaking >= 2].sort_values(ascending=False, kind="stable").index
    return grid.loc[order]


def stances_chart(data, name):
    """Draw how each source stands on what at least two of them speak to."""
    grid = shared_stances(data)
    spoken = len(stances(data))
    propositions = data["propositions"].set_index("proposition_id")
    pairs = int((data["contradictions"]["kind"] == "between").sum())
    tiles = grid.map(STANCES.get)
    tiles.index = propositions["label"][grid.index]
    tiles.columns = [_labels(data)[s] for s in grid.columns]
    caption = (
        f"Of {spoken} propositions, {len(grid)} are spoken to by more than one article: "
        f"{_none_or(len(denied(data)))} of these is denied by one and affirmed by another, and "
        f"{_none_or(len(left_open(data)))} left open in one place and affirmed in another; "
        f"{counted(pairs, 'pair')} of claims of two articles contradict each other all the same."
    )
    used = [stance for stance in STANCES if (grid == stance).any(axis=None)]
    listing = "; ".join(
        f"{propositions['statement'][p]} "
        + ", ".join(f"{_labels(data)[s]} {v}" for s, v in grid.loc[p].items())
        for p in grid.index
    )
    key = _key(STANCES, {stance: stance for stance in used})
    return tile_map(tiles, caption, f"{caption} {listing}", name, key=key)


def _none_or(count):
    return number(count) if count else "none"


AFFIRMS = ["asserts", "hedges", "reports", "both ways"]


def denied(data):
    """Propositions that one source denies and another affirms."""
    grid = shared_stances(data)
    return [p for p in grid.index if _denied(grid.loc[p])]


def _denied(row):
    deniers = row.index[row.isin(["disputes", "both ways"])]
    return any(row.drop(source).isin(AFFIRMS).any() for source in deniers)


def left_open(data):
    """Propositions that a source leaves open in a place, and that it or another one affirms."""
    grid = shared_stances(data)
    claims = data["claims"]
    undecided = set(claims.loc[claims["polarity"] == "open", "proposition_id"])
    return [p for p in grid.index if p in undecided and grid.loc[p].isin(AFFIRMS).any()]


def stances_table(data, topic, caption, name):
    """Show stances on the propositions of a topic, each linked to the claims it rests on."""
    propositions = data["propositions"]
    propositions = propositions[propositions["topic"] == topic]
    grid = stances(data)
    claims = data["claims"].groupby(["proposition_id", "source_id"])["claim_id"].agg(list)
    records = []
    for row in propositions.itertuples():
        record = {"Proposition": row.statement}
        for source, label in _labels(data).items():
            stance = grid.loc[row.proposition_id, source]
            keys = claims.get((row.proposition_id, source), [])
            links = [Link(stance if i == 0 else str(i + 1), key) for i, key in enumerate(keys)]
            record[label] = links or stance
        records.append(record)
    return Table(pd.DataFrame(records), caption, name, ("wide",))


def contradictions_table(data, kind, caption, name):
    """Show pairs of claims that contradict each other, with both cues."""
    rows = data["contradictions"][data["contradictions"]["kind"] == kind]
    claims = data["claims"].set_index("claim_id")
    labels = _labels(data)
    frame = pd.DataFrame(
        {
            "Pair": list(rows["contradiction_id"]),
            "Article": [labels[s] for s in claims.loc[rows["first_row"], "source_id"]],
            "Says": [
                Link(q, k) for q, k in zip(_cues(claims, rows["first_row"]), rows["first_row"])
            ],
            "Other": [labels[s] for s in claims.loc[rows["second_row"], "source_id"]],
            "But": [
                Link(q, k) for q, k in zip(_cues(claims, rows["second_row"]), rows["second_row"])
            ],
            "In what they differ": list(rows["what"]),
        }
    )
    if kind == "within":
        frame = frame.drop(columns="Other")
    return Table(frame, caption, name, ("anchored", "home", "wide"))


def _cues(claims, keys):
    return quoted(claims.loc[keys, "cue"])


def conflict_facts(data):
    """Values for the page on agreement and conflict."""
    grid = shared_stances(data)
    kinds = data["contradictions"]["kind"].value_counts()
    undecided = left_open(data)
    return {
        "n_propositions": counted(len(data["propositions"]), "proposition"),
        "n_shared": number(len(grid)),
        "n_denied": _none_or(len(denied(data))),
        "n_open": _none_or(len(undecided)),
        "n_within": counted(int(kinds.get("within", 0)), "pair"),
        "n_between": counted(int(kinds.get("between", 0)), "pair"),
    }


# -- strength --------------------------------------------------------------------------------


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
    grid.index = [_labels(data)[s] for s in grid.index]
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
    labels, studies = _labels(data), data["studies"].set_index("study_id")["label"]
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
    absent = [label for key, label in _labels(data).items() if key not in set(rungs["source_id"])]
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
            "Status": list(rungs["status"].map(_statuses(data)).fillna("")),
            "Read in": list(rungs["verified_in"]),
        }
    )
    return Table(frame, caption, name, ("anchored", "home", "wide"), lead=7)


# -- retellings, leaps, omissions ------------------------------------------------------------


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
    tiles.columns = [_labels(data)[s] for s in grid.columns]
    titles = data.levels(table, "state")["label"]
    listing = "; ".join(
        f"{labels[key]}: "
        + ", ".join(f"{_labels(data)[s]} {titles[v].lower()}" for s, v in grid.loc[key].items())
        for key in grid.index
    )
    key = _key(
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
    status = data["study_facts"].set_index("fact_id")["status"].map(_statuses(data)).str.lower()
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
            record[_labels(data)[source]] = Link(text, cell["row"]) if cell["row"] else text
        records.append(record)
    return Table(pd.DataFrame(records), caption, name, ("wide",))


def leaps_chart(data, name):
    """Draw which steps beyond the study each article takes."""
    labels = data.levels("leaps", "kind")["label"]
    taken = data["leaps"][data["leaps"]["state"].isin(["made", "made_with_hedge"])]
    plain = int((taken["state"] == "made").sum())
    common = common_study(data)
    apart = taken[~taken["source_id"].isin(citing_sources(data, common))]
    others = listed(_labels(data)[s] for s in apart["source_id"].unique())
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


# -- lineage ---------------------------------------------------------------------------------


def lineage_chart(data, name):
    """Draw which works each article rests on, and what these works rest on in turn."""
    links, sources = data["lineage"], _labels(data)
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
    names = {**works, **_labels(data)}
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
    labels = _labels(data)
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


# -- prevalence and studies ------------------------------------------------------------------


def prevalence_chart(data, name):
    """Draw the shares that the sources state (filled) beside surveys (hollow)."""
    shares = figures_of(data, "prevalence")
    stated = pd.DataFrame(
        {
            "label": [
                f"{_labels(data)[row.source_id]}: {', '.join(filter(None, (row.denominator, row.region)))}"
                for row in shares.itertuples()
            ],
            "low": shares["low"].astype(float),
            "high": shares["high"].astype(float),
            "text": harmonised(data, shares),
            "group": "In the articles",
        }
    )
    surveys = data["benchmarks"].dropna(subset=["prevalence", "low"], how="all")
    works = data["studies"].set_index("study_id")["label"]
    rows = []
    for row in surveys.itertuples():
        point = row.prevalence is not pd.NA
        low = row.low if row.low is not pd.NA else row.prevalence
        high = row.high if row.high is not pd.NA else row.prevalence
        text = f"{row.prevalence:g} %" if point else f"{row.low:g} to {row.high:g} %"
        rule = row.population if row.definition == "not stated" else row.definition
        label = f"{works[row.study_id]}: {rule}"
        point_at = float(row.prevalence) if point else float("nan")
        rows.append((label, float(low), float(high), text, "In surveys", point_at))
    surveys = pd.DataFrame(rows, columns=[*stated, "point"])
    both = pd.concat([stated, surveys], ignore_index=True)
    caption = (
        f"The articles' {number(len(stated))} shares beside surveys: in one population, the "
        f"definition alone moves prevalence {_fold(data)}-fold. An arrow has no upper end; a line "
        "around a diamond is an interval, a line alone a range."
    )
    listing = "; ".join(f"{r.label}: {r.text}" for r in both.itertuples())
    return intervals(
        both, caption, f"{caption} {listing}.", name, "People with the disease, percent", most=100
    )


def _fold(data):
    """How far definitions move the prevalence of one study's population."""
    by_study = data["benchmarks"].dropna(subset=["prevalence"]).groupby(["study_id", "population"])
    ratios = by_study["prevalence"].agg(lambda p: p.max() / p.min())
    return f"{float(ratios.max()):g}"


def women_chart(data, name):
    """Draw the share of women by case definition and setting, stated and surveyed."""
    stated = figures_of(data, "sex_share")
    rows = [
        (
            f"{_labels(data)[r.source_id]}: {r.denominator}",
            float(r.low),
            float("nan"),
            text,
            "In the articles",
        )
        for r, text in zip(stated.itertuples(), harmonised(data, stated))
    ]
    works = data["studies"].set_index("study_id")["label"]
    for row in data["benchmarks"].dropna(subset=["women"]).itertuples():
        setting = (
            row.population
            if row.definition == "not stated"
            else f"{row.definition}, {row.population[:1].lower()}{row.population[1:]}"
        )
        label = f"{works[row.study_id]}: {setting}"
        bound = row.women_comparator == "more_than"
        high = float("nan") if bound else float(row.women)
        rows.append((label, float(row.women), high, f"{'> ' * bound}{row.women:g} %", "In surveys"))
    frame = pd.DataFrame(rows, columns=["label", "low", "high", "text", "group"])
    shares = data["benchmarks"]["women"].dropna()
    caption = (
        f"The share of women moves from {shares.min():g} to {shares.max():g} percent in surveys, "
        "with the definition and with who is asked; an arrow has no upper end short of 100."
    )
    listing = "; ".join(f"{r.label}: {r.text}" for r in frame.itertuples())
    return intervals(frame, caption, f"{caption} {listing}.", name, "Women, percent", most=100)


def benchmarks_table(data, caption, name):
    """Show the surveys with their case definitions."""
    rows = data["benchmarks"]
    works = data["studies"].set_index("study_id")

    def shown(values):
        return ["" if v is pd.NA else f"{v:g}" for v in values]

    labels = [
        Link(works["label"][s], f"https://doi.org/{works['doi'][s]}")
        if works["doi"][s]
        else works["label"][s]
        for s in rows["study_id"]
    ]
    frame = pd.DataFrame(
        {
            "Survey": labels,
            "Who": list(rows["population"]),
            "Case definition": list(rows["definition"]),
            "Prevalence, %": shown(rows["prevalence"]),
            "From, to, %": [
                " to ".join(filter(None, ends))
                for ends in zip(shown(rows["low"]), shown(rows["high"]))
            ],
            "Women, %": [
                f"> {value}" if bound == "more_than" else value
                for value, bound in zip(shown(rows["women"]), rows["women_comparator"])
            ],
            "Note": list(rows["note"]),
        }
    )
    return Table(frame, caption, name, ("wide",), lead=6)


def sizes(data):
    """Sizes of the studies that the sources cite.

    Returns
    -------
    pandas.DataFrame
        Columns ``study_id, label, value, unit, status``; the largest first. Patients where there
        are any: controls are not counted in.
    """
    facts = data["study_facts"]
    cited = set(data["citations"]["study_id"])
    works = data["studies"].set_index("study_id")
    rows = []
    for study in works.index:
        of = facts[(facts["study_id"] == study) & facts["measure"].isin(SIZES)].set_index("measure")
        if of.empty or study not in cited:
            continue
        measure = next(m for m in SIZES if m in of.index)
        fact = of.loc[measure]
        label = works["label"][study]
        rows.append((study, label, int(fact["value"]), fact["unit"], fact["status"]))
    frame = pd.DataFrame(rows, columns=["study_id", "label", "value", "unit", "status"])
    return frame.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def sizes_chart(data, name):
    """Draw how many people or animals stand behind the studies that the sources cite."""
    rows = sizes(data)
    people = rows["unit"] == "people"
    chart_rows = pd.DataFrame(
        {
            "label": rows["label"],
            "value": rows["value"],
            "text": [
                f"{row.value}{'' if row.unit == 'people' else ' animals'}"
                f"{' (S)' if row.status == 'S' else ''}"
                for row in rows.itertuples()
            ],
            "shape": people.map({True: "circle", False: "square"}),
        }
    )
    caption = (
        f"Of the cited studies whose size is known here, the largest has "
        f"{rows.loc[people, 'value'].max()} patients and the smallest "
        f"{rows.loc[people, 'value'].min()} (squares: animals; S: read in a secondary "
        "account)."
    )
    listing = "; ".join(f"{r.label}: {r.value} {r.unit}" for r in rows.itertuples())
    return log_dots(
        chart_rows, caption, f"{caption} {listing}.", name, "Patients or animals, log scale"
    )


def studies_table(data, caption, name):
    """Show every work with its kind, design, species, size, who refers to it, and what is known."""
    size = sizes(data).set_index("study_id")
    citing = (
        data["citations"].groupby("study_id")["source_id"].agg(lambda s: list(dict.fromkeys(s)))
    )
    facts = data["study_facts"].groupby("study_id").size()
    records = []
    rows = data["studies"]
    rows = rows.assign(cited=[len(citing.get(s, [])) for s in rows["study_id"]])
    for row in rows.sort_values("cited", ascending=False, kind="stable").itertuples():
        label = Link(row.label, f"https://doi.org/{row.doi}") if row.doi else row.label
        known = row.study_id in size.index
        records.append(
            {
                "Work": label,
                "Year": "" if row.year is pd.NA else str(row.year),
                "Kind": data.levels("studies", "work")["label"][row.work],
                "Design": data.levels("studies", "design")["label"].get(row.design, ""),
                "Species": data.levels("studies", "species")["label"].get(row.species, ""),
                "Size": f"{size['value'][row.study_id]} {size['unit'][row.study_id]}"
                if known
                else "",
                "Referred to by": [source_link(data, s) for s in citing.get(row.study_id, [])]
                or "none",
                "Facts": int(facts.get(row.study_id, 0)),
                "Read in": data.levels("studies", "verified")["label"][row.verified],
                "Note": row.note,
            }
        )
    return Table(pd.DataFrame(records), caption, name, ("wide",), lead=7)


def facts_table(data, caption, name):
    """Show every fact with its status and where it was read."""
    rows = data["study_facts"]
    works = data["studies"].set_index("study_id")["label"]
    frame = pd.DataFrame(
        {
            "Fact": list(rows["fact_id"]),
            "Work": [works[s] for s in rows["study_id"]],
            "What is known": list(rows["statement"]),
            "Status": list(data.labels("study_facts", "status")),
            "Read in": list(rows["verified_in"]),
        }
    )
    return Table(frame, caption, name, ("anchored", "home", "wide"), lead=4)


def studies_facts(data):
    """Values for the page of the studies."""
    cited = data["citations"]
    entries = cited[cited["how"] == "reference_entry"].groupby("source_id").size()
    announced = data["figures"][data["figures"]["measures"].str.contains("sources announced")]
    gaps = [
        f"{_labels(data)[r.source_id]} announces {int(r.low)} sources and {entries[r.source_id]} are found"
        for r in announced.itertuples()
    ]
    none = [_labels(data)[s] for s in data["sources"]["source_id"] if s not in entries.index]
    matches = cited.groupby(["source_id", "study_id"])["match"].agg(set)
    return {
        "n_works": counted(cited["study_id"].nunique(), "work"),
        "n_inferred": number(int((matches == {"inferred"}).sum())),
        "announced_sentence": f"{capitalised(listed(gaps))}; {listed(none)} give no reference list.",
        "n_facts": counted(len(data["study_facts"]), "fact"),
        "n_secondary": number(int((data["study_facts"]["status"] == "S").sum())),
    }


# -- treatments ------------------------------------------------------------------------------


FOR = ("proposed", "reported_benefit")
AGAINST = ("reported_no_benefit", "judged_ineffective")


def evidence_chart(data, name):
    """Draw the evidence that is named for each treatment put forward or judged."""
    judged = data["proposals"][data["proposals"]["role"].isin(FOR + AGAINST)]
    names = data["treatments"].set_index("treatment_id")["name"]
    titles = data.levels("proposals", "evidence_stated")["label"].str.lower()
    roles = data.levels("proposals", "role")["label"].str.lower()
    used = [e for e in titles.index if (judged["evidence_stated"] == e).any()]
    short = {"none": "none", "unspecified": "kind not told"}
    looks = {"+": Tile("+", FULL), "–": Tile("–", LITTLE), "±": Tile("±", PART)}
    treatments = list(judged["treatment_id"].unique())
    tiles = pd.DataFrame(
        [[Tile()] * len(used) for _ in treatments],
        index=names[treatments].to_list(),
        columns=[short.get(evidence, titles[evidence]) for evidence in used],
    )
    listing = []
    for (treatment, evidence), of in judged.groupby(["treatment_id", "evidence_stated"]):
        signs = {"+" if role in FOR else "–" for role in of["role"]}
        sign = signs.pop() if len(signs) == 1 else "±"
        tiles.iloc[treatments.index(treatment), used.index(evidence)] = looks[sign]
        told = listed(dict.fromkeys(roles[role] for role in of["role"]))
        listing.append(f"{names[treatment]}: {titles[evidence]}, {told}")
    caption = f"{capitalised(_trials(judged, len(treatments)))}."
    words = {"put forward": "+", "no benefit": "–", "both": "±"}
    shown = set(tiles.to_numpy().ravel())
    key = {word: looks[sign] for word, sign in words.items() if looks[sign] in shown}
    alt = f"{caption} {'; '.join(listing)}."
    return tile_map(tiles, caption, alt, name, "Evidence that the passage names", key)


def _trials(judged, count):
    """Say for how many of some treatments a trial is named, for what, and what is said of it."""
    trials = judged[judged["evidence_stated"] == "trial"]
    with_trial = trials["treatment_id"].nunique()
    of = f"of {counted(count, 'treatment')} put forward or judged"
    if not with_trial:
        return f"{of}, none has a trial named"
    conditions = listed(dict.fromkeys(trials["condition"]))
    against = trials[trials["role"].isin(AGAINST)]
    outcome = f", of which it says “{listed(against['cue'])}”" if len(against) else ""
    return (
        f"{of}, {number(with_trial)} has a trial named (of {conditions}){outcome}; titles in "
        "reference lists are not counted"
    )


def both_roles_table(data, caption, name):
    """Show treatments that one article puts forward or names as used and also rejects."""
    good, bad = (
        {"proposed", "in_use", "reported_benefit"},
        {"judged_ineffective", "reported_no_benefit"},
    )
    names = data["treatments"].set_index("treatment_id")["name"]
    records = []
    for (source, treatment), rows in data["proposals"].groupby(
        ["source_id", "treatment_id"], sort=False
    ):
        if not (set(rows["role"]) & good and set(rows["role"]) & bad):
            continue
        titles = data.labels("proposals", "role")[rows.index]
        records.append(
            {
                "Article": source_link(data, source),
                "Treatment": names[treatment],
                "For and against": [
                    Link(f"{title.lower()} ({row.condition})", row.proposal_id)
                    for title, row in zip(titles, rows.itertuples())
                    if row.role in good | bad
                ],
            }
        )
    return Table(pd.DataFrame(records), caption, name)


# -- limits and glossary ---------------------------------------------------------------------


def limits_table(data, caption, name):
    """Show the limits that hold for every page."""
    rows = data["limits"]
    frame = pd.DataFrame({"Key": list(rows["limit_id"]), "Limit": list(rows["limit"])})
    return Table(frame, caption, name, ("anchored", "home"))


def glossary_table(data, caption, name):
    """Show the terms with their definitions."""
    rows = data["glossary"]
    frame = pd.DataFrame(
        {
            "Key": list(rows["term_id"]),
            "Term": list(rows["term"]),
            "Meaning": list(rows["definition"]),
        }
    )
    return Table(frame, caption, name, ("anchored", "home"))
