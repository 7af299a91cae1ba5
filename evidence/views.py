"""The data package's rows as tables: what each page shows, column by column."""

from urllib.parse import quote

import pandas as pd

from evidence.agreement import JUDGED, disagreements, unit_kind
from evidence.analysis import counts
from evidence.scales import bearing, harmonised, level, where
from evidence.tables import Link, Table

REPORTED = {"proposed": "", "reported_benefit": " (benefit reported)"}


def source_page(source_id):
    """Label of a source's page."""
    return f"article-{source_id}"


def source_link(data, source_id):
    """Link a source's short name to its page."""
    labels = data["sources"].set_index("source_id")["label"]
    return Link(labels[source_id], source_page(source_id))


def _table(data, name, rows, columns, more, caption, label, with_source):
    """Put the columns of one kind of row between those that every kind has.

    ``columns`` stand side by side after the row's key; ``more`` and what every kind has follow.
    """
    keys = list(rows[data.key(name)])
    first = {"Row": [Link(key, key) for key in keys]}
    if with_source:
        first["Source"] = [source_link(data, source) for source in rows["source_id"]]
    first |= {title: list(values) for title, values in columns.items()}
    last = {"Where": where(data, rows)}
    last |= {title: list(values) for title, values in more.items()}
    last["Note"] = list(rows["note"]) if "note" in rows else []
    last["Correction"] = _corrections(data, keys)
    if not with_source:
        last["Coding"] = _codings(data, keys)
        last["Live page"] = _live(data, rows)
    last = {title: values for title, values in last.items() if any(values)}
    classes = ("anchored", "wide") if with_source else ("anchored", "home", "wide")
    return Table(pd.DataFrame({**first, **last}), caption, label, classes, lead=len(first))


def _given(data, table, column, rows, without):
    """Labels of a scale, empty at the level that means there is nothing to tell."""
    labels = data.labels(table, column)[rows.index]
    return labels.where(rows[column] != without, "")


def _live(data, rows):
    """For each row a link that opens the live page at the row's words, where the page is known.

    A text fragment (https://wicg.github.io/scroll-to-text-fragment/) finds them if the page still
    has them, and opens the page at its top if not.
    """
    sources = data["sources"].set_index("source_id")
    urls = sources["url"].where(sources["url_status"].isin(["certain", "likely"]), "")
    words = rows["cue"] if "cue" in rows else rows["as_stated"]
    return [
        Link("look for these words", f"{urls[source]}#:~:text={_fragment(text)}")
        if urls[source] and text
        else ""
        for source, text in zip(rows["source_id"], words)
    ]


def _fragment(text):
    """Percent-encode words for a text fragment, in which a hyphen is a mark of its own."""
    return quote(text, safe="").replace("-", "%2D")


def _corrections(data, keys):
    flagged = data["corrections"].groupby("row")["correction_id"].agg(list).to_dict()
    return [[Link(key, key) for key in flagged.get(row, [])] for row in keys]


def _codings(data, keys):
    """For each row a link to how the codings were settled, empty where they agreed."""
    settled = disagreements(data["codings"])["unit"].value_counts()
    return [
        Link(f"{settled[key]} settled", coding_anchor(key)) if key in settled else ""
        for key in keys
    ]


def coding_anchor(unit):
    """Anchor of the place where a unit's two codings and the decision stand."""
    return f"coding-{unit}"


def quoted(fragments):
    """Put verbatim fragments into quotation marks."""
    return [f"“{text}”" if text else "" for text in fragments]


def claims_table(data, rows, caption, name, with_source=False):
    """Show claims with what was said, by whom and how strongly.

    Parameters
    ----------
    data : DataPackage
    rows : pandas.DataFrame
        Rows of ``claims.csv``.
    caption, name : str
    with_source : bool
        Name the source of each row; without it, the table is the home of its rows' anchors.

    Returns
    -------
    Table
    """
    speakers = data.labels("claims", "speaker")[rows.index]
    columns = {
        "What is claimed": rows["statement"],
        "In its words": quoted(rows["cue"]),
        "Certainty": level(data, "claims", "certainty", rows),
        "Causal words": level(data, "claims", "causal_strength", rows),
        "Who says it": speakers.where(rows["speaker_name"] == "", rows["speaker_name"]),
    }
    more = {
        "Bears on": bearing(data, rows),
        "Of whom": _given(data, "claims", "population", rows, "none"),
        "Evidence named": data.labels("claims", "evidence_stated")[rows.index],
        "Advice": _given(data, "claims", "advice", rows, 0),
    }
    return _table(data, "claims", rows, columns, more, caption, name, with_source)


def figures_table(data, rows, caption, name, with_source=False):
    """Show figures as stated beside harmonised; parameters as in :func:`claims_table`."""
    columns = {
        "As stated": quoted(rows["as_stated"]),
        "What is measured": rows["measures"],
        "Harmonised": harmonised(data, rows),
        "Of whom": rows["denominator"].replace("", "not said"),
        "Credited to": rows["attributed_to"].replace("", "nobody"),
    }
    more = {"Kind": data.labels("figures", "kind")[rows.index], "Region": rows["region"]}
    return _table(data, "figures", rows, columns, more, caption, name, with_source)


def proposals_table(data, rows, caption, name, with_source=False):
    """Show treatment proposals with their roles; parameters as in :func:`claims_table`."""
    names = data["treatments"].set_index("treatment_id")["name"]
    columns = {
        "Treatment": rows["treatment_id"].map(names),
        "Role": data.labels("proposals", "role")[rows.index],
        "For which condition": rows["condition"],
        "Evidence named": data.labels("proposals", "evidence_stated")[rows.index],
        "In its words": quoted(rows["cue"]),
    }
    more = {"Who says it": data.labels("proposals", "speaker")[rows.index]}
    return _table(data, "proposals", rows, columns, more, caption, name, with_source)


def citations_table(data, rows, caption, name, with_source=False):
    """Show what a source refers to and how; parameters as in :func:`claims_table`."""
    studies = data["studies"].set_index("study_id")
    works = []
    for study in rows["study_id"]:
        label, doi = studies.loc[study, ["label", "doi"]]
        works.append(Link(label, f"https://doi.org/{doi}") if doi else label)
    columns = {
        "Work": works,
        "How": data.labels("citations", "how")[rows.index],
        "Match": data.labels("citations", "match")[rows.index],
        "In its words": quoted(rows["cue"]),
    }
    return _table(data, "citations", rows, columns, {}, caption, name, with_source)


def losses_table(data, rows, caption, name, with_source=False):
    """Show what a copy has lost; parameters as in :func:`claims_table`."""
    columns = {
        "Kind": data.labels("losses", "kind")[rows.index],
        "What is missing": rows["missing"],
        "What cannot be told": rows["effect"],
        "At these words": quoted(rows["cue"]),
    }
    return _table(data, "losses", rows, columns, {}, caption, name, with_source)


def passages_table(data, source_id, caption, name):
    """Account for every passage of a source by role.

    Returns
    -------
    Table
        A row a role: passages, words, coded rows of each kind, and reasons for passages that can
        carry content and have no row.
    """
    rows = data["passages"]
    rows = rows[rows["source_id"] == source_id]
    roles = data.levels("passages", "role")["label"]
    reasons = data.levels("passages", "uncoded")["label"]
    records = []
    for role, label in roles.items():
        group = rows[rows["role"] == role]
        if group.empty:
            continue
        counts = group.loc[group["uncoded"] != "", "uncoded"].map(reasons).value_counts()
        record = {"Role": label, "Passages": len(group), "Words": int(group["words"].sum())}
        for table in data.coded_from_passages():
            record[data.resources[table]["title"]] = int(group[table].sum())
        record["Not coded, because"] = ", ".join(f"{r}: {n}" for r, n in counts.items())
        records.append(record)
    return Table(pd.DataFrame(records), caption, name, ("wide",))


def sources_table(data, caption, name):
    """Show the sources, their publishers and their copies, a row each."""
    sources = data["sources"]
    frame = pd.DataFrame(
        {
            "Source": [source_link(data, s) for s in sources["source_id"]],
            "Title": quoted(sources["title"]),
            "Publisher": data.labels("sources", "publisher_kind"),
            "Author": sources["author"].replace("", "not named"),
            "Published": [published(row) for row in sources.itertuples()],
            "Words": sources["words"],
            "Address": [Link(url, url) if url else "not found" for url in sources["url"]],
            "Sure of the address?": data.labels("sources", "url_status"),
            "Licence": sources["licence"],
            "Copy": sources["copy_file"],
            "SHA-256": [f"{digest[:12]}…" for digest in sources["copy_sha256"]],
            "Note": sources["note"],
        }
    )
    return Table(frame, caption, name, ("wide",), lead=6)


def published(source):
    """Write the date of a source as exactly as it is known."""
    if source.date_precision == "season":
        return f"{source.published} (season named in the copy)"
    return source.published


def _with_total(frame, first):
    """Put the index into a first column and a row of totals at the end."""
    frame = frame.astype(int)
    frame.loc["All"] = frame.sum()
    frame.insert(0, first, list(frame.index))
    return frame.reset_index(drop=True)


def _named(data, frame):
    """Name the sources of an index of source ids by their labels."""
    return frame.rename(index=data["sources"].set_index("source_id")["label"])


def counts_table(data, table, column, caption, name):
    """Count the rows of a table by source and by the levels of a scale, with totals."""
    grid = counts(data, table, "source_id", column)
    labels = data.levels(table, column)["label"]
    ordered = data.fields[table][column].get("categoriesOrdered", False)
    grid.columns = [f"{level} {labels[level]}" if ordered else labels[level] for level in grid]
    grid["All"] = grid.sum(axis="columns")
    return Table(_with_total(_named(data, grid), "Source"), caption, name)


def accounting_table(data, caption, name):
    """Count passages and the rows coded from them by source, with totals."""
    passages = data["passages"]
    groups = passages.groupby("source_id", sort=False)
    content = data.levels("passages", "role").get("content", pd.Series(dtype=object)).eq(True)
    grid = pd.DataFrame({"Passages": groups.size()})
    carries = passages["role"].map(content)
    grid["Can carry content"] = carries.groupby(passages["source_id"]).sum()
    grid["Without a row, for a reason"] = (
        (passages["uncoded"] != "").groupby(passages["source_id"]).sum()
    )
    for table in data.coded_from_passages():
        grid[data.resources[table]["title"]] = groups[table].sum()
    return Table(_with_total(_named(data, grid), "Source"), caption, name)


def claims_of_topic(data, topic, name):
    """Show the claims that bear on the propositions of a topic, of every source."""
    propositions = data["propositions"]
    wanted = propositions.loc[propositions["topic"] == topic, "proposition_id"]
    rows = data["claims"][data["claims"]["proposition_id"].isin(wanted)]
    definition = data.levels("propositions", "topic").loc[topic, "definition"]
    return claims_table(data, rows, f"Claims: {definition.rstrip('.')}", name, with_source=True)


def proposals_of_roles(data, roles, caption, name):
    """Show the proposals of some roles, of every source, by treatment."""
    rows = data["proposals"][data["proposals"]["role"].isin(roles)]
    order = list(data["treatments"]["treatment_id"])
    rows = rows.sort_values("treatment_id", key=lambda ids: ids.map(order.index), kind="stable")
    return proposals_table(data, rows, caption, name, with_source=True)


def roles_table(data, caption, name):
    """Count the mentions of each treatment by role, with totals."""
    grid = counts(data, "proposals", "treatment_id", "role")
    labels = data.levels("proposals", "role")["label"]
    names = data["treatments"].set_index("treatment_id")["name"]
    grid = grid.rename(index=names, columns=labels)
    grid["All"] = grid.sum(axis="columns")
    return Table(_with_total(grid, "Treatment"), caption, name)


def overview_table(data, proposition, caption, name):
    """Put the sources side by side: the central question, prevalence, treatments, copy.

    Returns
    -------
    Table
        A row a source: its weakest and firmest words on the proposition, its shares of people
        affected, the treatments it puts forward, how many rows were coded, what the copy lost.
    """
    records = []
    names = data["treatments"].set_index("treatment_id")["name"]
    for source in data["sources"].itertuples():
        of_source = {
            table: data[table][data[table]["source_id"] == source.source_id]
            for table in data.coded_from_passages()
        }
        claims = of_source["claims"]
        on_it = claims[claims["proposition_id"] == proposition].sort_values(
            "certainty", kind="stable"
        )
        shares = of_source["figures"][of_source["figures"]["kind"] == "prevalence"]
        put_forward = of_source["proposals"]
        put_forward = put_forward[put_forward["role"].isin(["proposed", "reported_benefit"])]
        nothing = "none found in the damaged copy" if source.damaged else "none"
        kinds = data.levels("sources", "publisher_kind")["label"]
        records.append(
            {
                "Article": source_link(data, source.source_id),
                "Publisher": f"{kinds[source.publisher_kind]}, {source.published[:4]}",
                "Weakest words": _words(data, on_it.head(1)),
                "Firmest words": _words(data, on_it.tail(1)),
                "Prevalence stated": _shares(data, shares) or nothing,
                "Treatments put forward": [
                    Link(names[row.treatment_id] + REPORTED[row.role], row.proposal_id)
                    for row in put_forward.drop_duplicates("treatment_id").itertuples()
                ]
                or nothing,
                "Rows": len(claims) + len(of_source["figures"]) + len(of_source["proposals"]),
                "Copy": "damaged" if source.damaged else "whole or nearly",
            }
        )
    return Table(pd.DataFrame(records), caption, name, ("wide",), lead=6)


def _words(data, claims):
    """A link to a claim under its words, with its level, or "says nothing of it"."""
    for row in claims.itertuples():
        label = data.levels("claims", "certainty")["label"][row.certainty]
        return Link(f"“{row.cue}” ({row.zone}; {label.lower()})", row.claim_id)
    return "no claim"


def _shares(data, figures):
    texts = zip(harmonised(data, figures), figures["denominator"], figures["figure_id"])
    return [Link(f"{text} of {of}", key) for text, of, key in texts]


def disagreements_table(data, caption, name):
    """Show every judgement on which the codings differ, with what was decided and why."""
    rows = disagreements(data["codings"])
    kept = {key for table in data.coded_from_passages() for key in data[table][data.key(table)]}
    frame = pd.DataFrame(
        {
            "Coding": [coding_anchor(unit) for unit in rows["unit"]],
            "Judgement": rows["field"].str.replace("_", " ").to_list(),
            "First pass": _judged(data, rows, "first"),
            "Second pass": _judged(data, rows, "second"),
            "Decided": _judged(data, rows, "final"),
            "Why": rows["reason"].to_list(),
            "Row": [Link(u, u) if u in kept else "not kept" for u in rows["unit"]],
        }
    )
    return Table(frame, caption, name, ("anchored", "home", "wide"), lead=6)


def _judged(data, rows, coder):
    """Values of judgements as the labels of their levels, where their column has levels."""
    shown = []
    for kind, field, value in zip(unit_kind(rows["unit"]), rows["field"], rows[coder]):
        about = data.fields[JUDGED[kind]].get(field, {})
        labels = {str(level["value"]): level["label"] for level in about.get("categories", [])}
        label = labels.get(value, value)
        ranked = about.get("categoriesOrdered", False) and value in labels
        shown.append(f"{value} {label}" if ranked else label)
    return shown


def scale_table(data, table, column, name):
    """Show a scale: its levels, their definitions, how often each is used, and an example.

    Returns
    -------
    Table
        The caption names the column, its description and its literature source.
    """
    field = data.fields[table][column]
    levels = data.levels(table, column)
    values = data[table][column]
    used = values.value_counts()
    key = data.key(table)
    records = []
    for value, row in levels.iterrows():
        rows = data[table][values == value]
        ranked = field.get("categoriesOrdered", False)
        record = {"Level": f"{value} {row['label']}" if ranked else row["label"]}
        record["Definition"] = row.get("definition", "")
        if "band" in levels:
            record["Band"] = row["band"]
        record["Used"] = int(used.get(value, 0))
        record["Example"] = _example(data, table, key, rows)
        records.append(record)
    literature = f" Literature: {field['literature']}." if "literature" in field else ""
    title = column.replace("_", " ")
    caption = f"{data.resources[table]['title']}, {title}. {field['description']}{literature}"
    return Table(pd.DataFrame(records), caption, name, ("wide",))


def _example(data, table, key, rows):
    if rows.empty or "passage_id" not in rows or table not in data.coded_from_passages():
        return ""
    row = rows.iloc[0]
    words = row.get("cue", row.get("as_stated", ""))
    return Link(f"“{words}”", row[key])


def scales_in_use(data, table):
    """Columns of a table that have levels, in the table's order."""
    return [name for name, field in data.fields[table].items() if "categories" in field]


def corrections_table(data, concerns, caption, name):
    """Show the entries of the corrections ledger that concern a source or our own coding."""
    rows = data["corrections"]
    rows = rows[rows["concerns"] == concerns]
    source = data["passages"].set_index("passage_id")["source_id"]
    frame = pd.DataFrame(
        {
            "Entry": list(rows["correction_id"]),
            "Date": list(rows["date"]),
            "Source": [source_link(data, source[p]) for p in rows["passage_id"]],
            "Row": [Link(row, row) for row in rows["row"]],
            "What is wrong": list(rows["what"]),
            "What is right": list(rows["instead"]),
            "Read in": list(rows["verified_in"]),
        }
    )
    return Table(frame, caption, name, ("anchored", "home", "wide"))


def rules_table(data, caption, name):
    """Show the rules of coding by table."""
    records = [
        {"For": resource["title"], "Rule": rule}
        for resource in data.resources.values()
        for rule in resource.get("rules", [])
    ]
    return Table(pd.DataFrame(records), caption, name)


def explorer_table(data, caption, name):
    """Show every claim, figure and treatment proposal in one table, to search and filter.

    Returns
    -------
    Table
        Columns Row, Source, What it says, In its words, Topic, Strength, Kind, Role, Where.
        *Topic* is that of the proposition, the kind of figure or the class of treatment;
        *Strength* the certainty of a claim or the comparator of a figure; *Role* that of a
        treatment.
    """
    topics = data.levels("propositions", "topic")["label"]
    topic_of = data["propositions"].set_index("proposition_id")["topic"].map(topics)
    treatments = data["treatments"].set_index("treatment_id")
    class_of = treatments["class"].map(data.levels("treatments", "class")["label"])
    claims, figures, proposals = (data[t] for t in ("claims", "figures", "proposals"))
    parts = [
        (
            claims,
            "Claim",
            claims["proposition_id"].map(topic_of),
            level(data, "claims", "certainty", claims),
            "",
            claims["statement"],
            claims["cue"],
        ),
        (
            figures,
            "Figure",
            data.labels("figures", "kind"),
            data.labels("figures", "comparator"),
            "",
            [f"{m}: {h}" for m, h in zip(figures["measures"], harmonised(data, figures))],
            figures["as_stated"],
        ),
        (
            proposals,
            "Treatment",
            proposals["treatment_id"].map(class_of),
            "",
            data.labels("proposals", "role"),
            [
                f"{treatments['name'][t]}, for: {c}"
                for t, c in zip(proposals["treatment_id"], proposals["condition"])
            ],
            proposals["cue"],
        ),
    ]
    frames = []
    for rows, kind, topic, strength, role, says, words in parts:
        keys = rows.iloc[:, 0]
        frames.append(
            pd.DataFrame(
                {
                    "Row": [Link(key, key) for key in keys],
                    "Source": [source_link(data, s) for s in rows["source_id"]],
                    "What it says": list(says),
                    "In its words": quoted(words),
                    "Topic": list(topic),
                    "Strength": list(strength) if len(strength) else "",
                    "Kind": kind,
                    "Role": list(role) if len(role) else "",
                    "Where": where(data, rows),
                }
            )
        )
    return Table(pd.concat(frames), caption, name, ("anchored", "explorer", "wide"), lead=6)
