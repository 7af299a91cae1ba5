"""Whatever the rows say, the sentences of all pages follow: any verdict, any number of sources.

The pages are read on the made package with sources added or tables emptied. That a sentence is
true is asked where a fault would be told first; that it is grammatical and short, of all.
"""

import re

import pandas as pd
import pytest

from evidence.charts import Chart
from evidence.data import DataPackage
from report.coding import how_coded
from report.readme import summary
from tests.reading import OF_ALPHA, PAGES, ROOT, SOURCE, append, complete, run_page

KEPT = {"sources", "passages", "propositions"}
LONGEST_TITLE, LONGEST = 140, 900
NOUNS = "article|copy|claim|statement|study|work|finding|figure|treatment|detail|person|gap|limit"
FAULTS = {
    "none of one": r"\b[Nn]one of (?:the )?one\b|\ball one\b",
    "a zero": r"(?<![\w.,])0 (?!of|and|in)[a-z]+|\bzero\b",
    "an empty list": r"\(\)|: ?\.|: ?;|, ?\.|“”|\bof \.|\band \.|  ",
    "no value": r"\bnan\b|\bNone\b(?! (?:of|had|that|tells|has|can|was))|<NA>",
    "one in the plural": rf"\b[Oo]ne (?:{NOUNS})s\b|\b[Oo]ne (?:studies|copies|people)\b",
    "many in the singular": rf"\b(?:two|three|four|five|\d\d+) (?:{NOUNS})\b(?!s|-)",
    "one that are": rf"\b[Oo]ne (?:(?:of [a-z ]+ )?(?:are|have|were)|(?:{NOUNS}) (?:are|have|say))\b",
}


def undrawn(draw, rows, *, title, caption, name, **_):
    """Take the place of a chart where only its words are read."""
    return Chart(title, caption, name, (), rows) if len(rows) else None


@pytest.fixture
def pages(made_folder, monkeypatch):
    """Read pages of the made package as it is by then, their charts not drawn: name and page."""
    monkeypatch.setattr("evidence.charts.chart", undrawn)
    complete(made_folder)

    def read(names=PAGES):
        swaps = {SOURCE: OF_ALPHA}
        return {
            name: run_page(name, made_folder, monkeypatch, swaps.get(name, ("", "")))
            for name in names
        }

    return read


def sentences(found):
    """All that the pages say of the rows: (page, name, words)."""
    for page, shown in found.items():
        for name, value in shown.values.items():
            yield page, name, value
        for chart in shown.charts.values():
            yield page, f"title of {chart.name}", chart.title


def assert_readable(found):
    for page, name, words in sentences(found):
        for fault, pattern in FAULTS.items():
            assert not re.search(pattern, words), f"{fault}: {page}, {name}: {words}"
        most = LONGEST_TITLE if name.startswith("title of") else LONGEST
        assert len(words) <= most, f"{len(words)} characters: {page}, {name}: {words}"


def add_source(folder, key, *claims):
    """Add a source of one passage for each of some claims: (polarity, certainty)."""
    about = {"label": key.capitalize(), "title": "On coffee", "publisher_kind": "charity"}
    about |= {"published": "2021", "date_precision": "year", "url_status": "unknown", "words": 10}
    append(folder, "sources", source_id=key, damaged="false", **about)
    for n, (polarity, certainty) in enumerate(claims or [None], 1) if claims else ():
        passage = {"passage_id": f"passage-{key}-{n}-1", "source_id": key, "line": n}
        append(folder, "passages", **passage, start=10 * n, end=10 * n + 9, words=5, role="body")
        append(
            folder,
            "claims",
            claim_id=f"claim-{key}-{n:02}",
            source_id=key,
            passage_id=f"passage-{key}-{n}-1",
            proposition_id="coffee-headache",
            statement="Coffee.",
            cue="some words",
            zone="body",
            speaker="author",
            polarity=polarity,
            causal_strength=6,
            certainty=certainty,
            population="human_implicit",
            evidence_stated="none",
            advice=0,
        )


def keep(folder, *sources):
    """Leave nothing of other sources in the made package."""
    other = {"alpha", "beta", "gamma"} - set(sources)
    for path in (folder / "data").glob("*.csv"):
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        hit = rows.isin(other).any(axis="columns")
        hit |= rows.apply(lambda cells: cells.str.contains("|".join(other))).any(axis="columns")
        if not path.name.startswith(("stud", "treat", "benchm", "propos", "since")) or (
            "source_id" in rows
        ):
            rows[~hit].to_csv(path, index=False)


def test_the_made_pages_are_readable(pages):
    assert_readable(pages())


def test_one_that_asserts_one_that_denies_one_that_is_silent(made_folder, pages):
    add_source(made_folder, "delta", ("supports", 6))
    add_source(made_folder, "epsilon", ("opposes", 6))
    add_source(made_folder, "zeta")
    found = pages()
    assert_readable(found)
    first = found["index"].values
    assert first["opening"] == "Disputed, going by these six articles."
    assert first["outright"] == (
        "Beta and Delta say in their own voice that it does. Epsilon says that it does not."
    )
    assert first["one_study"].startswith("Two of the six tell of the same study")
    assert found["conflict"].values["denied"] == (
        "What one article denies and another affirms: “Coffee and headaches” and “Whether water helps”."
    )
    told = " ".join(summary(DataPackage(made_folder / "data")))
    assert "Zeta makes no claim about it" in told and "Gamma leaves it open" in told


def test_fifty_that_say_the_same_take_no_more_room(made_folder, pages):
    before = {(page, name): len(words) for page, name, words in sentences(pages())}
    for n in range(50):
        add_source(made_folder, f"same{n}", ("supports", 6))
    found = pages()
    assert_readable(found)
    assert found["index"].values["outright"] == (
        "Beta, Same0, Same1, Same2 and 47 others say in their own voice that it does."
    )
    for page, name, words in sentences(found):
        if (page, name) in before and name != "read_more":
            assert len(words) <= before[page, name] + 150, f"{page}, {name}: {words}"


def test_no_page_warns_where_no_size_and_no_overlap_is_known(pages, made_folder, recwarn):
    for table, columns in (
        ("studies", ["size_fact", "controls_fact"]),
        ("since", ["overlap_with"]),
    ):
        path = made_folder / "data" / f"{table}.csv"
        rows = pd.read_csv(path, dtype=str).assign(**dict.fromkeys(columns, ""))
        rows.to_csv(path, index=False)
    pages(["studies", "since"])
    assert [str(warning.message) for warning in recwarn] == []


def test_a_single_source(made_folder, pages):
    keep(made_folder, "alpha")
    found = pages()
    assert_readable(found)
    first = found["index"].values
    assert first["opening"] == "Not settled, going by this article."
    assert first["outright"] == "Our copy does not say outright, in its own voice, that it does."
    assert first["one_study"] == ""


def test_tables_without_rows_are_said_to_be_empty(made_folder, pages):
    for path in (made_folder / "data").glob("*.csv"):
        if path.stem not in KEPT:
            path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n")
    found = pages()
    assert_readable(found)
    assert found["index"].values["opening"] == "No answer, going by these three articles."
    assert found["figures"].values["finding"] == "No figure has been coded yet."
    assert found["treatments"].values["naming"] == "The articles name no treatment in the text."
    assert found["since"].values["looked"].startswith("Nobody has looked yet")
    assert not found["strength"].charts and not found["treatments"].charts


GROUPS = [
    ("citations", "lineage"),
    ("figures", "benchmarks"),
    ("proposals", "treatments"),
    ("details", "retellings", "leaps"),
    ("since", "searches"),
    ("appraisals", "omissions", "readability"),
    ("codings", "making"),
    ("verdicts",),
]


@pytest.mark.parametrize("tables", GROUPS, ids="-".join)
def test_no_page_fails_without_some_tables(made_folder, pages, tables):
    for table in tables:
        path = made_folder / "data" / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n")
    names = {"index": "index.ipynb"} | {page: f"chapters/{page}.ipynb" for page in PAGES[1:]}
    texts = {name: (ROOT / path).read_text(encoding="utf-8") for name, path in names.items()}
    assert_readable(
        pages([n for n in PAGES if any(f'data[\\"{t}\\"]' in texts[n] for t in tables)])
    )


def test_how_often_was_coded_follows_from_the_codings(made):
    sources = made["sources"]
    assert how_coded(made["codings"].iloc[:0], sources).startswith(
        "The articles were read once and what they say was sorted; no clinician"
    )
    twice = pd.DataFrame(
        [
            (f"claim-{source}-01", "", "certainty", coder, "3", "3", "")
            for source in ("alpha", "beta")
            for coder in ("first", "second")
        ],
        columns=list(made["codings"].columns[:7]),
    )
    assert how_coded(made["codings"].iloc[:0], sources, {"reader": "one person"}) == (
        "One person read the articles once and sorted what they say; no clinician checked the result."
    )
    assert how_coded(made["codings"].iloc[:0], sources, {"reviewer": "two nurses"}) == (
        "The articles were read once and what they say was sorted; two nurses checked the result."
    )
    assert "once, two of the three a second time" in how_coded(twice, sources)
    assert "read twice and" in how_coded(twice, sources[sources["source_id"] != "gamma"])
