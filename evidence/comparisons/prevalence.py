"""Shares as stated beside those of surveys."""

import pandas as pd

from evidence.analysis import figures_of
from evidence.charts import intervals
from evidence.comparisons.shared import labels_of
from evidence.prose import number
from evidence.scales import harmonised
from evidence.tables import Link, Table


def prevalence_chart(data, name):
    """Draw the shares that the sources state (filled) beside surveys (hollow)."""
    shares = figures_of(data, "prevalence")
    stated = pd.DataFrame(
        {
            "label": [
                f"{labels_of(data)[row.source_id]}: {', '.join(filter(None, (row.denominator, row.region)))}"
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
            f"{labels_of(data)[r.source_id]}: {r.denominator}",
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
