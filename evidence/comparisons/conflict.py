"""Where the sources agree and where they contradict each other or themselves."""

import pandas as pd

from evidence.analysis import stances
from evidence.charts import FULL, LITTLE, PART, Tile, tile_map
from evidence.comparisons.shared import UNKNOWN, labels_of, legend
from evidence.prose import counted, number
from evidence.tables import Link, Table
from evidence.views import quoted

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
    tiles.columns = [labels_of(data)[s] for s in grid.columns]
    caption = (
        f"Of {spoken} propositions, {len(grid)} are spoken to by more than one article: "
        f"{_none_or(len(denied(data)))} of these is denied by one and affirmed by another, and "
        f"{_none_or(len(left_open(data)))} left open in one place and affirmed in another; "
        f"{counted(pairs, 'pair')} of claims of two articles contradict each other all the same."
    )
    used = [stance for stance in STANCES if (grid == stance).any(axis=None)]
    listing = "; ".join(
        f"{propositions['statement'][p]} "
        + ", ".join(f"{labels_of(data)[s]} {v}" for s, v in grid.loc[p].items())
        for p in grid.index
    )
    key = legend(STANCES, {stance: stance for stance in used})
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
        for source, label in labels_of(data).items():
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
    labels = labels_of(data)
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
