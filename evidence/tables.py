"""Rows as numbered, captioned tables whose every row can be linked to.

A :class:`Table` shows itself as HTML in a notebook and as a MyST ``{table}`` in the book, where
Sphinx numbers it and resolves its links. Cells are text: whatever stands in the data, markup
included, is shown as it is.
"""

import html
import re
import string
from dataclasses import dataclass, field

import pandas as pd

from evidence.analysis import counts
from evidence.scales import bearing, harmonised, level, where

_ESCAPES = str.maketrans({mark: "\\" + mark for mark in string.punctuation})
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere.

    Attributes
    ----------
    text : str
    target : str
        A label of the book (an anchor of a row, a page) or an address with ``://``.
    """

    text: str
    target: str

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Table:
    """A table with a caption and a name to refer to it by.

    Attributes
    ----------
    frame : pandas.DataFrame
        What is shown, a column for each column; cells are text, numbers, :class:`Link` or a list
        of these. The index is not shown.
    caption : str
    name : str
        Label of the table in the book.
    classes : tuple of str
        ``anchored``: the first cell of a row is the row's anchor; ``home``: links to that anchor
        from anywhere in the book lead here; ``wide``: may use the margin.
    """

    frame: pd.DataFrame
    caption: str
    name: str
    classes: tuple = field(default=())

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/plain": repr(self),
            "text/html": self.to_html(),
            "text/markdown": self.to_markdown(),
        }

    def __repr__(self):
        return f"{self.caption} ({len(self.frame)} rows)"

    def to_markdown(self):
        """Return the table as a MyST ``{table}`` directive."""
        columns = list(self.frame.columns)
        numeric = [pd.api.types.is_numeric_dtype(self.frame[c]) for c in columns]
        lines = [
            f"```{{table}} {_markdown(self.caption)}",
            f":name: {self.name}",
            f":class: {' '.join(('evidence', *self.classes))}",
            "",
            _row(_markdown(str(c)) for c in columns),
            _row("---:" if right else "---" for right in numeric),
        ]
        lines += [_row(map(_markdown, row)) for row in self.frame.itertuples(index=False)]
        return "\n".join([*lines, "```", ""])

    def to_html(self):
        """Return the table as plain HTML, for a notebook outside the book."""
        head = "".join(f'<th scope="col">{html.escape(str(c))}</th>' for c in self.frame.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>\n"
            for row in self.frame.itertuples(index=False)
        )
        caption = html.escape(self.caption)
        return (
            f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{body}</tbody>\n</table>"
        )


def _row(cells):
    return f"| {' | '.join(cells)} |"


def _plain(cell):
    """The text of a cell, or None if it is a link or a list."""
    if isinstance(cell, (Link, list)):
        return None
    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    return _BLANK.sub(" ", f"{cell:g}" if isinstance(cell, float) else str(cell)).strip()


def _markdown(cell):
    if isinstance(cell, list):
        return ", ".join(map(_markdown, cell))
    if isinstance(cell, Link):
        target = cell.target if "://" in cell.target else f"#{cell.target}"
        return f"[{_markdown(cell.text)}]({target})"
    return _plain(cell).translate(_ESCAPES)


def _html(cell):
    if isinstance(cell, list):
        return ", ".join(map(_html, cell))
    if isinstance(cell, Link):
        target = cell.target if "://" in cell.target else f"#{cell.target}"
        return f'<a href="{html.escape(target, quote=True)}">{_html(cell.text)}</a>'
    return html.escape(_plain(cell))


def source_page(source_id):
    """Label of a source's page."""
    return f"article-{source_id}"


def source_link(data, source_id):
    """Link a source's short name to its page."""
    labels = data["sources"].set_index("source_id")["label"]
    return Link(labels[source_id], source_page(source_id))


def _cells(data, name, rows, with_source):
    """The columns that every table of coded rows begins with: key, source, place, flag."""
    key = data.key(name)
    flagged = data["corrections"].groupby("row")["correction_id"].agg(list).to_dict()
    cells = {"Row": [Link(row, row) for row in rows[key]]}
    if with_source:
        cells["Source"] = [source_link(data, s) for s in rows["source_id"]]
    cells["Where"] = where(data, rows)
    flags = [[Link(c, c) for c in flagged.get(row, [])] for row in rows[key]]
    return cells, ({"Correction": flags} if any(flags) else {})


def _table(data, name, rows, columns, caption, label, with_source):
    first, flags = _cells(data, name, rows, with_source)
    columns = {title: list(values) for title, values in columns.items()}
    notes = list(rows["note"]) if "note" in rows else []
    if any(notes):
        columns["Note"] = notes
    frame = pd.DataFrame({**first, **columns, **flags})
    classes = ("anchored", "wide") if with_source else ("anchored", "home", "wide")
    return Table(frame, caption, label, classes)


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
        "Who says it": speakers.where(rows["speaker_name"] == "", rows["speaker_name"]),
        "Bears on": bearing(data, rows),
        "Causal words": level(data, "claims", "causal_strength", rows),
        "Certainty": level(data, "claims", "certainty", rows),
        "Of whom": data.labels("claims", "population")[rows.index],
        "Evidence named": data.labels("claims", "evidence_stated")[rows.index],
        "Advice": data.labels("claims", "advice")[rows.index],
    }
    return _table(data, "claims", rows, columns, caption, name, with_source)


def figures_table(data, rows, caption, name, with_source=False):
    """Show figures as stated beside harmonised; parameters as in :func:`claims_table`."""
    columns = {
        "As stated": quoted(rows["as_stated"]),
        "Kind": data.labels("figures", "kind")[rows.index],
        "What is measured": rows["measures"],
        "Harmonised": harmonised(data, rows),
        "Of whom": rows["denominator"].replace("", "not said"),
        "Region": rows["region"].replace("", "not said"),
        "Credited to": rows["attributed_to"].replace("", "nobody"),
    }
    return _table(data, "figures", rows, columns, caption, name, with_source)


def proposals_table(data, rows, caption, name, with_source=False):
    """Show treatment proposals with their roles; parameters as in :func:`claims_table`."""
    names = data["treatments"].set_index("treatment_id")["name"]
    columns = {
        "Treatment": rows["treatment_id"].map(names),
        "Role": data.labels("proposals", "role")[rows.index],
        "For which condition": rows["condition"],
        "Evidence named": data.labels("proposals", "evidence_stated")[rows.index],
        "Who says it": data.labels("proposals", "speaker")[rows.index],
        "In its words": quoted(rows["cue"]),
    }
    return _table(data, "proposals", rows, columns, caption, name, with_source)


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
    return _table(data, "citations", rows, columns, caption, name, with_source)


def losses_table(data, rows, caption, name, with_source=False):
    """Show what a copy has lost; parameters as in :func:`claims_table`."""
    columns = {
        "Kind": data.labels("losses", "kind")[rows.index],
        "What is missing": rows["missing"],
        "What cannot be told": rows["effect"],
        "At these words": quoted(rows["cue"]),
    }
    return _table(data, "losses", rows, columns, caption, name, with_source)


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
            "Address": [Link(url, url) if url else "not found" for url in sources["url"]],
            "Sure of the address?": data.labels("sources", "url_status"),
            "Licence": sources["licence"],
            "Copy": sources["copy_file"],
            "SHA-256": [f"{digest[:12]}…" for digest in sources["copy_sha256"]],
            "Words": sources["words"],
            "Note": sources["note"],
        }
    )
    return Table(frame, caption, name, ("wide",))


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
    grid["Without a row, for a reason"] = (passages["uncoded"] != "").groupby(
        passages["source_id"]
    ).sum()
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
        put_forward = of_source["proposals"][of_source["proposals"]["role"] == "proposed"]
        kinds = data.levels("sources", "publisher_kind")["label"]
        records.append(
            {
                "Article": source_link(data, source.source_id),
                "Publisher": f"{kinds[source.publisher_kind]}, {source.published[:4]}",
                "Weakest words": _words(data, on_it.head(1)),
                "Firmest words": _words(data, on_it.tail(1)),
                "Prevalence stated": _shares(data, shares),
                "Treatments proposed": [
                    Link(names[row.treatment_id], row.proposal_id)
                    for row in put_forward.drop_duplicates("treatment_id").itertuples()
                ]
                or "none",
                "Rows": len(claims) + len(of_source["figures"]) + len(of_source["proposals"]),
                "Copy": "damaged" if source.damaged else "whole or nearly",
            }
        )
    return Table(pd.DataFrame(records), caption, name, ("wide",))


def _words(data, claims):
    """A link to a claim under its words, with its level, or "says nothing of it"."""
    for row in claims.itertuples():
        label = data.levels("claims", "certainty")["label"][row.certainty]
        return Link(f"“{row.cue}” ({row.zone}; {label.lower()})", row.claim_id)
    return "no claim"


def _shares(data, figures):
    texts = zip(harmonised(data, figures), figures["denominator"], figures["figure_id"])
    return [Link(f"{text} of {of}", key) for text, of, key in texts] or "none"
