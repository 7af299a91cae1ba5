"""What the pages say in prose and show in charts, computed from the rows.

Each ``…_facts`` function returns the values that a page refers to by name, ready for
:func:`evidence.prose.glue`.
"""

import textwrap

import pandas as pd

from evidence import agreement
from evidence.analysis import FIRM, citing_sources, counts, figures_of, stances
from evidence.charts import PART, Tile, count_map, dumbbells, tile_map
from evidence.prose import bibtex, capitalised, counted, listed, lowered, number
from evidence.sensitivity import common_study, lines_of_evidence, sensitivity
from evidence.tables import Table

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
        "title": source["title"] + ("" if source["title"].endswith((".", "?", "!")) else "."),
        "address": f"Its address is {status['label'].lower()}: {lowered(status['definition'])}",
        "note": source["note"],
        "answer": _answer(rows["claims"], data) + _near(rows["claims"], data),
        "n_claims": counted(len(rows["claims"]), "claim"),
        "n_figures": counted(len(rows["figures"]), "figure"),
        "n_proposals": counted(len(rows["proposals"]), "treatment proposal"),
        "n_citations": counted(len(rows["citations"]), "place"),
        "damage": _damage(losses) + (BADLY_DAMAGED if source["damaged"] else ""),
    }


def _damage(losses):
    if not losses:
        return "Nothing in the copy was found to be lost or garbled."
    return f"The copy has lost or garbled something in {counted(losses, 'place')}."


def _answer(claims, data):
    """Say how firmly some claims put the package's central question."""
    on_it = claims[claims["proposition_id"] == data.question]
    if on_it.empty:
        return "it makes no claim"
    levels = data.levels("claims", "certainty")["label"]
    low, high = on_it["certainty"].min(), on_it["certainty"].max()
    places = counted(len(on_it), "place")
    if low == high:
        return (
            f"it makes a claim in {places}, at certainty {low} of {levels.index.max()} "
            f"({levels[low].lower()})"
        )
    return (
        f"it makes a claim in {places}, from certainty {low} ({levels[low].lower()}) to {high} "
        f"({levels[high].lower()}) of {levels.index.max()}"
    )


def _firm_and_near(claims, data):
    """Claims that a source makes firmly and in its own voice close to the central question."""
    return claims[
        claims["proposition_id"].isin(data.near)
        & (claims["speaker"] == "author")
        & (claims["polarity"] == "supports")
        & (claims["certainty"] >= FIRM)
    ]


def _near(claims, data):
    """Say what a source says firmly and in its own voice close to the central question."""
    said = [f"that {_clause(text)}" for text in _firm_and_near(claims, data)["statement"]]
    return f"; close to it, in its own voice and as shown, it says {listed(said)}" if said else ""


def _clause(statement):
    return lowered(statement).rstrip(".")


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
        "certainty_ends": _ends(data, "certainty"),
        "causal_ends": _ends(data, "causal_strength"),
        "n_claims": counted(len(claims), "statement"),
        "n_propositions": counted(claims["proposition_id"].nunique(), "proposition"),
        "certainty_sentence": f"The commonest level of certainty is {most}, "
        f"{levels[most].lower()}, with {counted(int(shares[most]), 'claim')}, "
        f"{_on_the_question(data, most)}.",
    }


def _on_the_question(data, level):
    """Say how many of the claims at a level of certainty are on the central question."""
    claims = data["claims"][data["claims"]["certainty"] == level]
    on_it = int((claims["proposition_id"] == data.question).sum())
    return f"{number(on_it) if on_it else 'none'} of them on the statement {_statement(data)}"


def _statement(data):
    """The statement that the central question is about, in quotation marks."""
    statements = data["propositions"].set_index("proposition_id")["statement"]
    return f"“{statements[data.question].rstrip('.')}”"


def _ends(data, column):
    """Write the ends of a scale of claims, for example "1 (speculative) to 6 (flat fact)"."""
    labels = data.levels("claims", column)["label"]
    first, last = labels.index[0], labels.index[-1]
    return f"{first} ({labels[first].lower()}) to {last} ({labels[last].lower()})"


def certainty_chart(data, name):
    """Draw how many claims of each source stand at each level of certainty."""
    grid = counts(data, "claims", "source_id", "certainty")
    levels = data.levels("claims", "certainty")["label"]
    most = grid.sum().idxmax()
    total = int(grid.to_numpy().sum())
    caption = (
        f"The commonest way to tell a statement is as {levels[most].lower()}: "
        f"{int(grid[most].sum())} of {total} claims stand at level {most} of {levels.index.max()}, "
        f"{_on_the_question(data, most)}."
    )
    grid.index = _labels(data, grid.index)
    rows = "; ".join(
        f"{source}: " + ", ".join(f"{n} at level {level}" for level, n in row.items() if n)
        for source, row in grid.iterrows()
    )
    return count_map(grid, caption, f"{caption} {rows}.", name, "Certainty, 1 to 6")


def figures_facts(data):
    """Values for the page of all figures."""
    shares = figures_of(data, "prevalence")
    return {
        "n_figures": counted(len(data["figures"]), "figure"),
        "n_prevalence": number(len(shares)),
        "n_prevalence_sources": number(shares["source_id"].nunique()),
        "prevalence_sources_first": capitalised(number(shares["source_id"].nunique())),
        "n_sources": number(len(data["sources"])),
    }


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


def fact_value(data, study_id, measure):
    """Value of a fact on a study, as text.

    Raises
    ------
    KeyError
        If there is no such fact, so that a page cannot keep a number that the data lost.
    """
    facts = data["study_facts"].set_index(["study_id", "measure"])["value"]
    return f"{facts[study_id, measure].item():g}"


def roles_chart(data, name):
    """Draw how often each treatment is mentioned in each role, those mentioned more than once."""
    grid = counts(data, "proposals", "treatment_id", "role")
    often = grid.sum(axis="columns").sort_values(ascending=False, kind="stable")
    grid = grid.loc[often[often > 1].index]
    once = counted(int((often == 1).sum()), "treatment")
    labels = data.levels("proposals", "role")["label"]
    names = data["treatments"].set_index("treatment_id")["name"]
    grid = grid.rename(index=names, columns=labels)
    most = grid.index[0]
    caption = (
        f"{most} is mentioned most often, {counted(int(often.max()), 'time')}; left out here: "
        f"{once} mentioned once."
    )
    listing = "; ".join(
        f"{treatment}: " + ", ".join(f"{role.lower()} {n}" for role, n in row.items() if n)
        for treatment, row in grid.iterrows()
    )
    return count_map(grid, caption, f"{caption} {listing}.", name, "Role", pitch=19)


def index_facts(data):
    """Values for the first page: how firm the words are, what they rest on, what is put forward."""
    claims = data["claims"]
    on_it = claims[claims["proposition_id"] == data.question]
    stance = stances(data).loc[data.question]
    levels = data.levels("claims", "certainty")["label"]
    low, high = on_it["certainty"].min(), on_it["certainty"].max()
    asserting = _labels(data, stance.index[stance == "asserts"])
    lines = lines_of_evidence(data)
    text = data["proposals"][data["proposals"]["role"] != "named_in_reference_title"]
    put_forward = text[text["role"].isin(["proposed", "reported_benefit"])]
    trials = int((put_forward["evidence_stated"] == "trial").sum())
    near = _firm_and_near(claims, data)
    labels = data["sources"].set_index("source_id")["label"]
    said = [f"{labels[row.source_id]} that {_clause(row.statement)}" for row in near.itertuples()]
    benefit = text[text["role"] == "reported_benefit"]
    names = data["treatments"].set_index("treatment_id")["name"]
    helped = listed(dict.fromkeys(lowered(names[t]) for t in benefit["treatment_id"]))
    return {
        "n_sources": counted(len(data["sources"]), "article"),
        "near_sentence": f"Close to it, {number(near['source_id'].nunique())} tell something as "
        f"shown, in their own voice: {', and '.join(said)}."
        if said
        else "None says anything close to it as shown in its own voice.",
        "n_common": number(len(citing_sources(data, common_study(data)))),
        "stance_sentence": f"{listed(asserting) or 'None of them'} says outright, in its own voice, that it is; "
        f"their words run from {levels[low].lower()} to {levels[high].lower()}"
        + ("." if asserting else ", the firmest credited to others."),
        "lineage_sentence": f"{capitalised(number(len(lines[0])))} of the "
        f"{number(len(data['sources']))} tell of the same study "
        f"({_study(data, common_study(data))}), so they are not independent witnesses.",
        "therapy_sentence": (
            "For no treatment they put forward do they name a trial"
            if trials == 0
            else f"{capitalised(counted(trials, 'place'))} name a trial as evidence for a treatment"
        )
        + (
            f"; {number(benefit['source_id'].nunique())} tell of a benefit in patients, from {helped}."
            if helped
            else "."
        ),
    }


def agreement_facts(data):
    """Values on how often the two codings agree."""
    codings = data["codings"]
    judged = agreement.pairs(codings[codings["field"] != "exists"])
    units = agreement.unitising(codings).set_index("kind")
    return {
        "n_judgements": counted(len(judged), "judgement"),
        "percent_judgements": f"{agreement.percent(judged):.0f}",
        "n_differing": number(int((judged["first"] != judged["second"]).sum())),
        "percent_claims": f"{units.loc['claim', 'percent']:.0f}",
        "percent_figures": f"{units.loc['figure', 'percent']:.0f}",
        "percent_proposals": f"{units.loc['proposal', 'percent']:.0f}",
        "n_third": capitalised(counted(int(units["neither"].sum()), "row")),
    }


def lowest_agreement_facts(fields):
    """Values on the judgement with the lowest alpha, of :func:`agreement_by_field`."""
    lowest = fields.loc[fields["alpha"].idxmin()]
    return {
        "lowest_field": f"{lowest['field'].replace('_', ' ')} ({lowest['kind']}s)",
        "lowest_alpha": f"{lowest['alpha']:.2f}",
        "lowest_low": f"{lowest['low']:.2f}",
        "lowest_high": f"{lowest['high']:.2f}",
        "lowest_agreed": f"{lowest['agreed']} of {lowest['n']}",
    }


def agreement_by_field(data):
    """Agreement by field, with the ordinal scales of the package as ordinal."""
    ordinal = {
        column: [str(level) for level in data.levels(table, column).index]
        for table in ("claims", "figures", "proposals")
        for column, field in data.fields[table].items()
        if field.get("categoriesOrdered")
    }
    return agreement.by_field(data["codings"], ordinal)


def agreement_table(rows, caption, name):
    """Show :func:`agreement_by_field`: percent, alpha, its interval."""
    frame = pd.DataFrame(
        {
            "Row": rows["kind"],
            "Judgement": rows["field"].str.replace("_", " "),
            "Pairs": rows["n"],
            "Alike": rows["agreed"],
            "Percent": [f"{value:.1f}" for value in rows["percent"]],
            "Alpha": [f"{value:.2f}" for value in rows["alpha"]],
            "95 % interval": [f"{a:.2f} to {b:.2f}" for a, b in zip(rows["low"], rows["high"])],
            "Scale": rows["scale"],
        }
    )
    return Table(frame, caption, name)


def agreement_by_source_table(data, caption, name):
    """Show percent agreement by source with its interval."""
    rows = agreement.by_source(data["codings"])
    frame = pd.DataFrame(
        {
            "Source": _labels(data, rows["source_id"]),
            "Pairs": rows["n"],
            "Alike": rows["agreed"],
            "Percent": [f"{value:.1f}" for value in rows["percent"]],
            "95 % interval": [f"{a:.1f} to {b:.1f}" for a, b in zip(rows["low"], rows["high"])],
        }
    )
    return Table(frame, caption, name)


def unitising_table(data, caption, name):
    """Show which rows both codings, one of them, or neither found."""
    rows = agreement.unitising(data["codings"])
    frame = pd.DataFrame(
        {
            "Row": rows["kind"],
            "Both passes": rows["both"],
            "First only": rows["first_only"],
            "Second only": rows["second_only"],
            "Third reading only": rows["neither"],
            "Both, of those either found, percent": [f"{value:.0f}" for value in rows["percent"]],
        }
    )
    return Table(frame, caption, name)


def sensitivity_chart(data, name):
    """Draw the findings under every variant; a tile and a sign mark those that differ."""
    grid = sensitivity(data)
    decided = grid.iloc[:, 0]
    changed = grid.iloc[:, 1:].ne(decided, axis=0)
    moved = {variant: list(changed.index[changed[variant]]) for variant in changed}
    coders = [v for v in changed if v.endswith("pass")]
    firm = [f for f in changed.index if not changed.loc[f, coders].any()]
    tiles = pd.DataFrame(
        {
            variant: [
                Tile(f"≠\N{NO-BREAK SPACE}{value}", PART) if differs else Tile(value, 0)
                for value, differs in zip(grid[variant], changed[variant])
            ]
            for variant in changed
        },
        index=[f"{finding}: {value}" for finding, value in decided.items()],
    )
    caption = (
        f"{capitalised(counted(len(firm), 'finding'))} of {len(grid)} stay the same under either "
        "coder; ≠ marks one that differs from what was decided, which stands after its name."
    )
    listing = "; ".join(
        f"{variant}: {listed(names) or 'nothing'} differ" for variant, names in moved.items()
    )
    return tile_map(tiles, caption, f"{caption} {listing}.", name, pitch=50)


def sensitivity_table(data, caption, name):
    """Show the findings under every variant."""
    grid = sensitivity(data)
    grid.insert(0, "Finding", list(grid.index))
    return Table(grid.reset_index(drop=True), caption, name)


def lines_facts(data):
    """Values for prose on lines of evidence."""
    lines = lines_of_evidence(data)
    return {
        "lines": ", and ".join(
            f"{listed(_labels(data, line))} {'as one' if len(line) > 1 else 'by itself'}"
            for line in lines
        ),
        "others_sentence": _others(data, lines[0]),
    }


def _others(data, line):
    """Say which of the sources that share a study tell of other studies as well."""
    told = data["citations"][data["citations"]["how"] != "reference_entry"]
    studies = data["studies"].set_index("study_id")["work"]
    told = told[(told["study_id"].map(studies) == "study")]
    told = told[told["source_id"].isin(line) & (told["study_id"] != common_study(data))]
    n_told = told.groupby("source_id", sort=False)["study_id"].nunique()
    said = [f"{_labels(data, [s])[0]} ({number(int(n))})" for s, n in n_told.items()]
    if not said:
        return "None of these tells of another study."
    return f"Of these, only {listed(said)} tells of other studies as well."


def codebook_facts(data):
    """Values for the page of the codebook."""
    scales = sum("categories" in f for fields in data.fields.values() for f in fields.values())
    return {"n_scales": counted(scales, "scale"), "n_tables": counted(len(data.fields), "table")}


def corrections_facts(data):
    """Values for the page of corrections."""
    rows = data["corrections"]
    coding = int((rows["concerns"] == "coding").sum())
    return {
        "n_source_errors": capitalised(counted(int((rows["concerns"] == "source").sum()), "row")),
        "n_coding_errors": counted(coding, "error") if coding else "no error",
    }


def course_sentence(data):
    """Say where the words on the central question rise or fall inside an article."""
    on_it = data["claims"][data["claims"]["proposition_id"] == data.question]
    labels = data["sources"].set_index("source_id")["label"]
    rises, falls = [], []
    for source, of in on_it.groupby("source_id", sort=False):
        first, last = of["certainty"].iloc[[0, -1]]
        if last > first:
            rises.append(labels[source])
        elif last < first:
            falls.append(labels[source])
    return (
        "On the central question, certainty rises from the first mention to the last in "
        f"{listed(rises) or 'none'} and falls in {listed(falls) or 'none'}."
    )


def told_by(data, study_id):
    """Say which articles tell of a study."""
    telling = _labels(data, citing_sources(data, study_id))
    if telling:
        return f"{listed(telling)} tell of it."
    return "As far as the copies show, no article tells of it."


def answer_chart(data, name):
    """Draw how firmly each source puts the central question, and where in the article."""
    claims = data["claims"]
    on_it = claims[(claims["proposition_id"] == data.question)]
    levels = data.levels("claims", "certainty")["label"]
    rows, listing = [], []
    for source in data["sources"].itertuples():
        of = on_it[on_it["source_id"] == source.source_id]
        marks = []
        for certainty, at in of.groupby("certainty"):
            zones = listed(dict.fromkeys(at["zone"].str.replace("reader_letter", "letter")))
            own = bool((at["speaker"] == "author").any())
            marks.append((int(certainty), zones, "circle", own))
        rows.append((source.label, marks))
        told = ", ".join(f"{zone} at level {level}" for level, zone, *_ in marks)
        listing.append(f"{source.label}: {told or 'no claim'}")
    steps = {int(level): f"{level}" for level in levels.index}
    axis = f"Certainty: 1 {levels.iloc[0].lower()} to {levels.index[-1]} {levels.iloc[-1].lower()}"
    caption = answer_caption(data)
    alt = f"{caption} {'; '.join(listing)}."
    return dumbbells(rows, caption, alt, name, axis, steps)


def answer_caption(data):
    """State how firmly the sources put the central question."""
    on_it = data["claims"][data["claims"]["proposition_id"] == data.question]
    levels = data.levels("claims", "certainty")["label"]
    low, high = on_it["certainty"].min(), on_it["certainty"].max()
    return (
        f"On the statement {_statement(data)}, the articles' words run from {levels[low].lower()} (level {low}) "
        f"to {levels[high].lower()} (level {high}); filled marks are the article's own voice, "
        "hollow ones somebody it credits."
    )


def _study(data, study_id):
    """Name a study with whose bodies it studied, for example "A 2021, in humans and mice"."""
    row = data["studies"].set_index("study_id").loc[study_id]
    species = data.levels("studies", "species").loc[row["species"], "label"].lower()
    return f"{row['label']}, in {species}"


def readme_text(data):
    """What the README says of the findings, wrapped as it stands there."""
    facts = index_facts(data)
    sentences = [
        f"**Not settled, going by these {facts['n_sources']}.**",
        facts["stance_sentence"],
        facts["near_sentence"],
        facts["lineage_sentence"],
        facts["therapy_sentence"],
    ]
    return textwrap.fill(" ".join(sentences), 118) + "\n"


def citation(data):
    """How to cite the book and its data: a BibTeX entry with version and date of the data."""
    package = data.descriptor
    return bibtex(
        package["name"],
        {
            "title": package["title"],
            "author": "{The maintainers of this book}",
            "year": package["created"][:4],
            "note": f"Version {package['version']}, data of {package['created'][:10]}",
        },
    )
