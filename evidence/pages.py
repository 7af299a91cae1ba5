"""What the pages say in prose and show in charts, computed from the rows.

Each ``…_facts`` function returns the values that a page refers to by name, ready for
:func:`evidence.prose.glue`.
"""

import pandas as pd

from evidence.analysis import citing_sources, counts, figures_of, stances
from evidence.charts import intervals, tile_map
from evidence.prose import capitalised, counted, listed, number
from evidence.scales import harmonised

BADLY_DAMAGED = " It is badly damaged: what it does not say, the article may say."


def _labels(data, source_ids):
    labels = data["sources"].set_index("source_id")["label"]
    return [labels[source] for source in source_ids]


def _of(data, table, source_id):
    return data[table][data[table]["source_id"] == source_id]


def source_rows(data, source_id):
    """Rows of every coded table that belong to a source, by table."""
    return {table: _of(data, table, source_id) for table in data.coded_from_passages()}


def source_facts(data, source_id):
    """Values for the page of a source."""
    source = data["sources"].set_index("source_id").loc[source_id]
    rows = source_rows(data, source_id)
    kind = data.levels("sources", "publisher_kind").loc[source["publisher_kind"], "label"]
    status = data.levels("sources", "url_status").loc[source["url_status"]]
    losses = len(rows["losses"])
    return {
        "kind": kind,
        "published": source["published"],
        "title": source["title"],
        "address": f"Address: {status['label'].lower()}. {status['definition']}",
        "note": source["note"],
        "answer": _answer(rows["claims"], data),
        "n_claims": counted(len(rows["claims"]), "claim"),
        "n_figures": counted(len(rows["figures"]), "figure"),
        "n_proposals": counted(len(rows["proposals"]), "treatment proposal"),
        "n_citations": counted(len(rows["citations"]), "place"),
        "damage": f"The copy has lost or garbled something in {counted(losses, 'place')}."
        + (BADLY_DAMAGED if source["damaged"] else ""),
    }


def _answer(claims, data):
    """Say how firmly some claims put the package's central question."""
    on_it = claims[claims["proposition_id"] == data.question]
    if on_it.empty:
        return "it makes no claim"
    levels = data.levels("claims", "certainty")["label"]
    low, high = on_it["certainty"].min(), on_it["certainty"].max()
    places = counted(len(on_it), "place")
    if low == high:
        return f"it makes a claim in {places}, at certainty {low} of {levels.index.max()} ({levels[low].lower()})"
    return (
        f"it makes a claim in {places}, from certainty {low} ({levels[low].lower()}) to {high} "
        f"({levels[high].lower()}) of {levels.index.max()}"
    )


def corpus_facts(data):
    """Values for the page of the articles and their copies."""
    sources, passages = data["sources"], data["passages"]
    content = data.levels("passages", "role")["content"].eq(True)
    years = sources["published"].str[:4]
    damaged = _labels(data, sources.loc[sources["damaged"], "source_id"])
    lists = data["losses"][data["losses"]["kind"] == "list_missing"]
    return {
        "n_sources": counted(len(sources), "article"),
        "n_words": counted(int(sources["words"].sum()), "word"),
        "first_year": years.min(),
        "last_year": years.max(),
        "n_passages": counted(len(passages), "passage"),
        "n_content": number(int(passages["role"].map(content).sum())),
        "n_uncoded": number(int((passages["uncoded"] != "").sum())),
        "damage_sentence": f"{counted(len(damaged), 'copy', 'copies').capitalize()} "
        f"({listed(damaged)}) lost substantial text: {counted(len(lists), 'list')} after their stems.",
    }


def claims_facts(data):
    """Values for the page of all claims."""
    claims = data["claims"]
    shares = claims["certainty"].value_counts()
    levels = data.levels("claims", "certainty")["label"]
    most = shares.idxmax()
    return {
        "n_claims": counted(len(claims), "statement"),
        "n_propositions": counted(claims["proposition_id"].nunique(), "proposition"),
        "certainty_sentence": f"The commonest level of certainty is {most}, "
        f"{levels[most].lower()}, with {counted(int(shares[most]), 'claim')}.",
    }


def certainty_chart(data, name):
    """Draw how many claims of each source stand at each level of certainty."""
    grid = counts(data, "claims", "source_id", "certainty")
    levels = data.levels("claims", "certainty")["label"]
    most = grid.sum().idxmax()
    total = int(grid.to_numpy().sum())
    caption = (
        f"Most statements are told as {levels[most].lower()}: {int(grid[most].sum())} of {total} "
        f"claims stand at level {most} of {levels.index.max()}."
    )
    grid.index = _labels(data, grid.index)
    rows = "; ".join(
        f"{source}: " + ", ".join(f"{n} at level {level}" for level, n in row.items() if n)
        for source, row in grid.iterrows()
    )
    return tile_map(grid, caption, f"{caption} {rows}.", name, "", "Certainty, 1 to 6")


def figures_facts(data):
    """Values for the page of all figures."""
    shares = figures_of(data, "prevalence")
    return {
        "n_figures": counted(len(data["figures"]), "figure"),
        "n_prevalence": number(len(shares)),
        "n_prevalence_sources": number(shares["source_id"].nunique()),
        "n_sources": number(len(data["sources"])),
    }


def prevalence_chart(data, name):
    """Draw every stated prevalence as an interval or an arrow, by denominator."""
    shares = figures_of(data, "prevalence").sort_values("low")
    texts = harmonised(data, shares)
    sources = _labels(data, shares["source_id"])
    rows = pd.DataFrame(
        {
            "label": [f"{s}: of {d}" for s, d in zip(sources, shares["denominator"])],
            "low": shares["low"].astype(float).to_list(),
            "high": shares["high"].astype(float).to_list(),
            "text": texts,
            "filled": [True] * len(shares),
        }
    )
    rows["label"] = rows["label"].map(_shortened)
    low, high = shares["low"].min(), shares["high"].max()
    caption = (
        f"{capitalised(counted(len(shares), 'stated share'))} from {low:g} to {high:g} percent, "
        f"each of another population; an arrow means that no upper end is given."
    )
    listing = "; ".join(
        f"{s}: {t} of {d}" for s, t, d in zip(sources, texts, shares["denominator"])
    )
    return intervals(rows, caption, f"{caption} {listing}.", name, "People with the disease, percent")


def _shortened(text, most=52):
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def treatments_facts(data):
    """Values for the page of all treatment proposals."""
    proposals = data["proposals"]
    text = proposals[proposals["role"] != "named_in_reference_title"]
    forward = text[text["role"].isin(["proposed", "reported_benefit"])]
    with_trial = forward[forward["evidence_stated"] == "trial"]
    without = forward[forward["evidence_stated"] == "none"]
    trials = number(len(with_trial)) if len(with_trial) else "none"
    return {
        "n_treatments": counted(proposals["treatment_id"].nunique(), "treatment"),
        "n_proposals": counted(len(proposals), "place"),
        "evidence_sentence": f"Of the {number(len(forward))} places that propose a treatment or "
        f"report a benefit of one, {trials} names a trial as its evidence, and "
        f"{number(len(without))} name no evidence at all.",
    }


def roles_chart(data, name):
    """Draw how often each treatment is mentioned in each role."""
    grid = counts(data, "proposals", "treatment_id", "role")
    grid = grid.loc[grid.sum(axis="columns").sort_values(ascending=False, kind="stable").index]
    labels = data.levels("proposals", "role")["label"]
    names = data["treatments"].set_index("treatment_id")["name"]
    grid = grid.rename(index=names.map(lambda text: _shortened(text, 34)), columns=labels)
    most = grid.index[0]
    caption = f"{most} is mentioned most often, {counted(int(grid.iloc[0].sum()), 'time')}."
    listing = "; ".join(
        f"{treatment}: " + ", ".join(f"{role.lower()} {n}" for role, n in row.items() if n)
        for treatment, row in grid.iterrows()
    )
    return tile_map(grid, caption, f"{caption} {listing}.", name, "", "Role")


def index_facts(data, study):
    """Values for the first page.

    Parameters
    ----------
    data : DataPackage
    study : str
        The study on which most sources rest.
    """
    claims = data["claims"]
    on_it = claims[claims["proposition_id"] == data.question]
    stance = stances(data).loc[data.question]
    flat = on_it[(on_it["certainty"] == 6)]
    resting = citing_sources(data, study)
    text = data["proposals"][data["proposals"]["role"] != "named_in_reference_title"]
    put_forward = text[text["role"].isin(["proposed", "reported_benefit"])]
    trials = (put_forward["evidence_stated"] == "trial").sum()
    asserting = _labels(data, stance.index[stance == "asserts"])
    return {
        "n_sources": counted(len(data["sources"]), "article"),
        "stance_sentence": f"{_none_or(len(flat))} of them calls it a flat fact, and "
        f"{number(len(asserting)) if asserting else 'none'} asserts it in its own voice as shown; "
        f"the words run from certainty {on_it['certainty'].min()} to {on_it['certainty'].max()} "
        f"on a scale of six.",
        "lineage_sentence": f"{capitalised(number(len(resting)))} of them "
        f"({listed(_labels(data, resting))}) tell of one and the same experiment.",
        "therapy_sentence": f"No treatment they put forward is backed, in their own words, by a trial."
        if trials == 0
        else f"{capitalised(counted(int(trials), 'place'))} name a trial as evidence for a treatment.",
    }


def _none_or(count):
    return "None" if count == 0 else capitalised(number(count))
