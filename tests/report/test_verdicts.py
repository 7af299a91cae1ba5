"""The rule of the verdicts: each rests on rows of its article, and quotes nothing else."""

import csv

import pytest

from evidence.check import check
from evidence.completeness import complete
from evidence.data import DataPackage
from report.rules import verdicts


def planted(folder, place, column, value):
    """Put a value into one row of the made verdicts and return the faults of the rule."""
    path = folder / "data" / "verdicts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[place][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return list(verdicts(DataPackage(folder / "data")))


def test_the_made_verdicts_keep_the_rule(made):
    assert list(verdicts(made)) == []


@pytest.mark.parametrize(
    ("column", "value", "found", "expected"),
    [
        ("rests_on", "claim-alpha-01 claim-alpha-77", "claim-alpha-77", "that exist"),
        ("rests_on", "claim-alpha-01 claim-beta-01", "claim-beta-01", "rows of alpha"),
        ("verdict", "It says that it “will cause” headaches.", "will cause", "words of a row"),
        ("verdict", "It says “may cause headaches”.", "may cause headaches", "words of a row"),
        ("good", "It says “became” and “sleepy”.", "sleepy", "words of a row"),
        ("careful", "It says “causes headaches”.", "causes headaches", "words of a row"),
        ("verdict_id", "verdict-one", "verdict-one", "verdict-alpha"),
    ],
)
def test_a_planted_fault_is_named(made_folder, column, value, found, expected):
    faults = planted(made_folder, 0, column, value)
    assert [(f.column, f.found) for f in faults] == [(column, found)]
    assert expected in faults[0].expected


def test_a_correction_counts_for_the_article_that_it_corrects(made_folder, made):
    row = made["corrections"].iloc[0]
    owner = {key.split("-")[1] for key in (row["row"], row["passage_id"]) if key}
    for place, source in enumerate(made["sources"]["source_id"]):
        rests = made["verdicts"].set_index("source_id").loc[source, "rests_on"]
        faults = planted(made_folder, place, "rests_on", f"{rests} {row['correction_id']}")
        assert bool(faults) == (source not in owner), source
        planted(made_folder, place, "rests_on", rests)


def test_an_article_without_a_verdict_is_named(made_folder):
    path = made_folder / "data" / "verdicts.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    faults = list(complete(DataPackage(made_folder / "data")))
    faults = [f for f in faults if f.file == "verdicts.csv"]
    assert [(f.column, f.expected) for f in faults] == [("source_id", "a row for gamma")]


@pytest.mark.slow
def test_check_runs_the_rule(wreck):
    path = wreck / "verdicts.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("“may cause”", "“will cause”"), encoding="utf-8")
    faults = [f for f in check(DataPackage(wreck)) if f.file == "verdicts.csv"]
    assert [(f.column, f.found) for f in faults] == [("verdict", "will cause")]
