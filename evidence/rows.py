"""The rows of one article, or of all, as tables in a reader's words."""

import re

import pandas as pd
from IPython.display import Markdown

from evidence.data import levels, read
from evidence.tables import Link, Table, myst, table

# How sure a statement is put, in a reader's words. Readers hear the two highest levels alike.
SURE = {
    1: "left open",
    2: "perhaps",
    3: "may be",
    4: "likely or suggested",
    5: "as fact",
    6: "as fact",
}


def quoted(words: pd.Series) -> pd.Series:
    """Put words between quotation marks."""
    return "“" + words + "”"


def places(rows: pd.DataFrame) -> pd.Series:
    """Where rows stand in their article, such as “line 8”."""
    return "line " + rows["passage_id"].map(
        read("passages").set_index("passage_id")["line"]
    ).astype(str)


def sureness(claims: pd.DataFrame) -> pd.Series:
    """How each claim is put: how sure, or that it denies, leaves open or takes for granted."""
    sure = claims["certainty"].map(SURE)
    sure = sure.mask(claims["polarity"].eq("open"), "left open")
    sure = sure.mask(claims["polarity"].eq("opposes"), "denied (" + sure + ")")
    return sure.mask(claims["put_as"].eq("presupposed"), "taken for granted")


def speakers(rows: pd.DataFrame) -> pd.Series:
    """Who says it: the name where there is one, else in what role."""
    who = rows["speaker"].map(levels("claims", "speaker")["label"])
    return rows["speaker_name"].fillna(who) if "speaker_name" in rows else who


def linked(verified_in: str) -> list[str | Link]:
    """Where something was read, a DOI or a PubMed number as a link."""
    links: list[str | Link] = []
    for place in verified_in.split("; "):
        kind, _, number = place.partition(":")
        if kind == "doi":
            links.append(Link("DOI", f"https://doi.org/{number.split()[0]}"))
        elif kind == "PMID":
            links.append(Link("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{number}/"))
        else:
            links.append(place)
    return links


def in_its_words(rows: pd.DataFrame, column: str = "cue") -> list[str | list[str | Link]]:
    """What rows quote, each that an error stands in with the link to what is wrong there."""
    found = read("errors").dropna(subset="row").drop_duplicates("row").set_index("row")["error_id"]
    return [
        [words, Link("see what is wrong", found[key])] if key in found else words
        for key, words in quoted(rows[column]).items()
    ]


def of_source(name: str, source_id: str) -> pd.DataFrame:
    """Rows of a table that belong to one article, by their keys, in the order of the text."""
    rows = read(name)
    rows = rows.set_index(rows.columns[0])
    return rows[rows["source_id"] == source_id]


def verdict(source_id: str) -> Markdown:
    """What to make of an article, and what is right, wrong and missing in it."""
    row = read("sources").set_index("source_id").loc[source_id]
    parts = [f"**{myst(row['verdict'])}**"]
    parts += [
        f"**{part.capitalize()}.** {myst(row[part])}" for part in ("right", "wrong", "missing")
    ]
    return Markdown("\n\n".join(parts))


def errors_table(source_id: str) -> Table:
    """What is wrong in an article, the most serious first: the home of the keys of its errors."""
    rows = of_source("errors", source_id)
    gravity = levels("errors", "gravity")["label"]
    order = {level: place for place, level in enumerate(gravity.index)}
    rows = rows.sort_values("gravity", key=lambda level: level.map(order), kind="stable")
    label = read("studies").set_index("study_id")["label"]
    shown = {
        "It says": [
            Link(f"“{row.quoted}”", row.row) if isinstance(row.row, str) else f"“{row.quoted}”"
            for row in rows.itertuples()
        ],
        "What is so": rows["what_is_so"],
        "How serious": rows["gravity"].map(gravity),
        "Source": [
            [Link(label[row.study_id], row.study_id)]
            if isinstance(row.study_id, str)
            else linked(row.verified_in)
            for row in rows.itertuples()
        ],
    }
    if rows["taken_from"].notna().any():
        shown["Said before by"] = rows["taken_from"].map(label)
    frame = pd.DataFrame(shown, index=rows.index)
    caption = "What is wrong in it, the most serious first"
    return table(frame, caption, f"errors-{source_id}", keyed=True, first=4)


def claims_table(source_id: str) -> Table:
    """What an article claims: the home of the keys of its claims."""
    rows = of_source("claims", source_id)
    shown = {
        "What it says": rows["statement"],
        "In its words": in_its_words(rows),
        "How sure": sureness(rows),
        "Who says it": speakers(rows),
        "Where": places(rows),
    }
    return table(pd.DataFrame(shown), "What it claims", f"claims-{source_id}", keyed=True, first=3)


def figures_table(source_id: str) -> Table:
    """The numbers an article gives: the home of the keys of its figures."""
    rows = of_source("figures", source_id)
    shown = {
        "In its words": in_its_words(rows, "as_stated"),
        "What it counts": rows["measures"],
        "Of whom": rows["denominator"],
        "Credited to": rows["attributed_to"],
        "Where": places(rows),
    }
    frame = pd.DataFrame(shown).dropna(axis="columns", how="all")
    return table(frame, "Figures it gives", f"figures-{source_id}", keyed=True, first=2)


def proposals_table(source_id: str) -> Table:
    """The treatments an article names: the home of the keys of its proposals."""
    rows = of_source("proposals", source_id)
    evidence = rows["evidence_stated"].map(levels("proposals", "evidence_stated")["label"])
    shown = {
        "Treatment": rows["treatment_id"].map(read("treatments").set_index("treatment_id")["name"]),
        "In its words": in_its_words(rows),
        "How it appears": rows["role"].map(levels("proposals", "role")["label"]),
        "For what": rows["condition"],
        "Evidence named": evidence,
        "Who says it": speakers(rows),
        "Where": places(rows),
    }
    name = f"treatments-{source_id}"
    return table(pd.DataFrame(shown), "Treatments it names", name, keyed=True, first=2)


def citations_table(source_id: str) -> Table:
    """The works an article refers to: the home of the keys of its citations."""
    rows = of_source("citations", source_id)
    label = read("studies").set_index("study_id")["label"]
    shown = {
        "Work": [Link(label[study], study) for study in rows["study_id"]],
        "In its words": quoted(rows["cue"]),
        "How": rows["how"].map(levels("citations", "how")["label"]),
        "Where": places(rows),
    }
    frame = pd.DataFrame(shown, index=rows.index)
    return table(frame, "Works it refers to", f"citations-{source_id}", keyed=True, first=1)


def losses_table(source_id: str) -> Table:
    """What the copy that was read has lost: the home of the keys of its losses."""
    rows = of_source("losses", source_id)
    shown = {
        "What is missing": rows["missing"],
        "What that means": rows["effect"],
        "At": quoted(rows["cue"]),
        "Where": places(rows),
    }
    name = f"losses-{source_id}"
    return table(pd.DataFrame(shown), "What our copy has lost", name, keyed=True, first=1)


def cards() -> Markdown:
    """Each article by its headline, with its verdict, at an anchor, and what weighs most in it."""
    items = []
    for row in read("sources").itertuples():
        anchor = f'<span id="verdict-{row.source_id}"></span>'
        head = f"**[{myst(row.title)}](#article-{row.source_id})**"
        lines = [f"- {anchor}{head} *{myst(row.label)}*", myst(row.verdict)]
        for part, words in {"right": 15, "wrong": 30, "missing": 15}.items():
            lines.append(f"**{part.capitalize()}.** {myst(opening(getattr(row, part), words))}")
        items.append("\n\n  ".join(lines))
    return Markdown(":::{container} cards\n\n" + "\n\n".join(items) + "\n\n:::")


def opening(text: str, words: int) -> str:
    """The first sentence of a text, and the next ones while they fit into so many words."""
    kept = ""
    for sentence in re.split(r"(?<=[.?!”]) (?=[A-Z])", text):
        if kept and len(f"{kept} {sentence}".split()) > words:
            break
        kept = f"{kept} {sentence}".strip()
    return kept
