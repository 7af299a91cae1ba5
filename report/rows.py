"""The rows as tables: what a reader sees of a claim, a figure, a proposal, a citation, a loss."""

from functools import lru_cache
from urllib.parse import quote

import pandas as pd

from evidence.data import DataPackage
from evidence.reliability import disagreements
from evidence.scales import level, where
from evidence.tables import Link, Table

SIGNS = {
    "exactly": "{low}",
    "about": "about {low}",
    "at_least": "≥ {low}",
    "more_than": "> {low}",
    "up_to": "≤ {high}",
    "range": "{low} to {high}",
    "about_range": "about {low} to {high}",
    "none": "no number",
}
# Kinds of loss that took text away, how much nobody knows.
GAPS = ("title_missing", "section_missing", "list_missing", "references_missing", "cut_off")
UNIT_SIGNS = {"percent": "%", "calendar_year": "", "none": "", "things": ""}


def harmonised(rows: pd.DataFrame) -> list[str]:
    """Write figures in their harmonised form.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of ``figures.csv``.

    Returns
    -------
    list of str
        For example "≥ 2.5 %" or "about 19 to 73 %".
    """
    return [_harmonised(row) for row in rows.itertuples()]


def _harmonised(row):
    text = SIGNS[row.comparator].format(low=_number(row.low), high=_number(row.high))
    if row.comparator == "none":
        return text
    return f"{text} {UNIT_SIGNS.get(row.unit, row.unit)}".strip()


def _number(value):
    return "" if value is pd.NA else f"{value:g}"


def bearing(data: DataPackage, rows: pd.DataFrame) -> list[str]:
    """Write how claims bear on their propositions, for example "Opposes: It is …"."""
    statements = data["propositions"].set_index("proposition_id")["statement"]
    labels = data.labels("claims", "polarity", rows)
    return [
        f"{label}: {statements[proposition]}"
        for label, proposition in zip(labels, rows["proposition_id"], strict=True)
    ]


def source_page(source_id):
    """Label of a source's page."""
    return f"article-{source_id}"


def source_link(data, source_id):
    """Link a source's short name to its page."""
    return Link(_source_labels(data)[source_id], source_page(source_id))


@lru_cache(maxsize=4)  # a table asks once for each of its rows
def _source_labels(data):
    return data["sources"].set_index("source_id")["label"].to_dict()


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
    last["Correction"] = corrections(data, keys)
    if not with_source:
        last["Coding"] = _codings(data, keys)
        last["Live page"] = _live(data, rows)
    last = {title: values for title, values in last.items() if any(values)}
    classes = ("anchored", "wide") if with_source else ("anchored", "home", "wide")
    return Table(pd.DataFrame({**first, **last}), caption, label, classes, lead=min(len(first), 5))


def _given(data, table, column, rows, without):
    """Labels of a scale, empty at the level that means there is nothing to tell."""
    labels = data.labels(table, column, rows).astype(object)
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
        Link(f"look for “{text}”", f"{urls[source]}#:~:text={_fragment(text)}")
        if urls[source] and text
        else ""
        for source, text in zip(rows["source_id"], words, strict=True)
    ]


def _fragment(text):
    """Percent-encode words for a text fragment, in which a hyphen is a mark of its own."""
    return quote(text, safe="").replace("-", "%2D")


def corrections(data, keys):
    """For each row the links to what is known to be wrong in it, an empty list where nothing is."""
    flagged = data["corrections"].groupby("row")["correction_id"].agg(list).to_dict()
    return [[Link(key, key) for key in flagged.get(row, [])] for row in keys]


def _codings(data, keys):
    """For each row a link to how the codings were settled, empty where they agreed."""
    codings = data["codings"]
    settled = disagreements(codings[codings["unit"].isin(keys)])["unit"].value_counts()
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
    speakers = data.labels("claims", "speaker", rows).astype(object)
    columns = {
        "What is claimed": rows["statement"],
        "In its words": quoted(rows["cue"]),
        "Certainty": level(data, "claims", "certainty", rows),
    }
    more = {
        "Who says it": speakers.where(rows["speaker_name"] == "", rows["speaker_name"]),
        "Causal words": level(data, "claims", "causal_strength", rows),
        "Bears on": bearing(data, rows),
        "Of whom": _given(data, "claims", "population", rows, "none"),
        "Evidence named": data.labels("claims", "evidence_stated", rows),
        "Advice": _given(data, "claims", "advice", rows, 0),
    }
    return _table(data, "claims", rows, columns, more, caption, name, with_source)


def figures_table(data, rows, caption, name, with_source=False):
    """Show figures as stated beside harmonised; parameters as in :func:`claims_table`."""
    columns = {
        "As stated": quoted(rows["as_stated"]),
        "What is measured": rows["measures"],
        "Harmonised": harmonised(rows),
        "Of whom": rows["denominator"].replace("", "not said"),
        "Credited to": rows["attributed_to"].replace("", "nobody"),
    }
    more = {"Kind": data.labels("figures", "kind", rows), "Region": rows["region"]}
    return _table(data, "figures", rows, columns, more, caption, name, with_source)


def proposals_table(data, rows, caption, name, with_source=False):
    """Show treatment proposals with their roles; parameters as in :func:`claims_table`."""
    names = data["treatments"].set_index("treatment_id")["name"]
    columns = {
        "Treatment": rows["treatment_id"].map(names),
        "Role": data.labels("proposals", "role", rows),
        "For which condition": rows["condition"],
        "Evidence named": data.labels("proposals", "evidence_stated", rows),
        "In its words": quoted(rows["cue"]),
    }
    more = {"Who says it": data.labels("proposals", "speaker", rows)}
    return _table(data, "proposals", rows, columns, more, caption, name, with_source)


def citations_table(data, rows, caption, name, with_source=False):
    """Show what a source refers to and how; parameters as in :func:`claims_table`."""
    studies = data["studies"].set_index("study_id")
    of_rows = studies.loc[rows["study_id"], ["label", "doi"]]
    works = [
        Link(label, f"https://doi.org/{doi}") if doi else label
        for label, doi in zip(of_rows["label"], of_rows["doi"], strict=True)
    ]
    columns = {
        "Work": works,
        "How": data.labels("citations", "how", rows),
        "Match": data.labels("citations", "match", rows),
        "In its words": quoted(rows["cue"]),
    }
    return _table(data, "citations", rows, columns, {}, caption, name, with_source)


def losses_table(data, rows, caption, name, with_source=False):
    """Show what a copy has lost; parameters as in :func:`claims_table`."""
    columns = {
        "Kind": data.labels("losses", "kind", rows),
        "What is missing": rows["missing"],
        "What cannot be told": rows["effect"],
        "At these words": quoted(rows["cue"]),
    }
    return _table(data, "losses", rows, columns, {}, caption, name, with_source)
