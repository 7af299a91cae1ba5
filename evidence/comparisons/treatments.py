"""Which evidence is named for which treatment."""

import pandas as pd

from evidence.charts import FULL, LITTLE, PART, Tile, tile_map
from evidence.prose import capitalised, counted, listed, number
from evidence.tables import Link, Table
from evidence.views import source_link

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
