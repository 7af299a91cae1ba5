"""The works behind the sources: their sizes, designs and facts."""

import pandas as pd

from evidence.charts import log_dots
from evidence.comparisons.shared import labels_of
from evidence.prose import capitalised, counted, listed, number
from evidence.tables import Link, Table
from evidence.views import source_link

SIZES = ("n_total", "n_patients", "n_treated", "n_animals")


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
        f"{labels_of(data)[r.source_id]} announces {int(r.low)} sources and {entries[r.source_id]} are found"
        for r in announced.itertuples()
    ]
    none = [labels_of(data)[s] for s in data["sources"]["source_id"] if s not in entries.index]
    matches = cited.groupby(["source_id", "study_id"])["match"].agg(set)
    return {
        "n_works": counted(cited["study_id"].nunique(), "work"),
        "n_inferred": number(int((matches == {"inferred"}).sum())),
        "announced_sentence": f"{capitalised(listed(gaps))}; {listed(none)} give no reference list.",
        "n_facts": counted(len(data["study_facts"]), "fact"),
        "n_secondary": number(int((data["study_facts"]["status"] == "S").sum())),
    }
