"""A source is taken in, coded, entered and taken out by commands; an error leaves all as it was."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.belonging import rows_of as rows_of_sources
from evidence.check import decisions, settled
from evidence.cli import main
from evidence.data import DataError, DataPackage, Fault
from evidence.editing.candidates import MAX_CUE, candidates, cue, drafted
from evidence.editing.entering import completed_sheets, enter, next_key
from evidence.editing.intake import add, left_unused, remove, row_of
from evidence.editing.renewal import declare, grouped, lacking, renew
from evidence.editing.second import enter_second
from evidence.files import as_csv, read_rows, replace_files
from evidence.notebooks import pages
from evidence.reliability import pairs

ARTICLE = """Does coffee harm?

Some researchers think that coffee may cause headaches.
In one study, 8 mice were given coffee, 1 in 4 of them daily.
They became jittery:
Water helps, says the expert.
1. Made A, et al. Mice and coffee. J Made. 2019;1:1. doi:10.1000/MOUSE
"""
CELLS = {
    "source_id": "delta",
    "label": "Delta",
    "title": "Does coffee harm?",
    "title_basis": "copy",
    "publisher": "Delta",
    "publisher_kind": "clinic",
    "published": "2022",
    "date_precision": "year",
    "date_basis": "copy",
    "url_status": "unknown",
    "licence": "not stated",
    "damaged": "false",
}
PAGE = '{"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Alpha\\nalpha"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def project(made_folder):
    """The made package as a book with one page of a source, and a copy to take in."""
    (made_folder / "chapters").mkdir()
    (made_folder / "chapters" / "source-alpha.ipynb").write_text(PAGE)
    (made_folder / "index.ipynb").write_text(PAGE)
    toc = "root: index\nparts:\n  - chapters:\n      - file: chapters/source-alpha\n"
    (made_folder / "_toc.yml").write_text(toc)
    (made_folder / "copies").mkdir()
    (made_folder / "copies" / "delta.txt").write_text(ARTICLE, encoding="utf-8")
    return made_folder


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Where the first test leaves the project with the copy taken in, for the others."""
    return tmp_path_factory.mktemp("once") / "book"


@pytest.fixture
def taken_in(project, once):
    """The same, with the copy taken in."""
    if once.exists():
        return shutil.copytree(once, project, dirs_exist_ok=True)
    add(package(project), project / "copies" / "delta.txt", CELLS)
    return shutil.copytree(project, once) and project


def package(project):
    return DataPackage(project / "data", whole=True)


def contents(project):
    """Every file of a project but its sheets and copies."""
    files = [path for path in project.rglob("*") if path.is_file()]
    own = [path for path in files if not {"coding", "copies"} & set(path.parts)]
    return {path.relative_to(project): path.read_bytes() for path in own}


def fill(project, table, line, **cells):
    """Accept a line (0-based) of a sheet of delta, with these cells."""
    path = project / "coding" / "delta" / f"{table}.csv"
    rows = read_rows(path)
    rows[line] |= {"accept": "yes", **cells}
    path.write_text(as_csv(rows[0], rows), encoding="utf-8")
    return path


def sheet(project, table):
    return read_rows(project / "coding" / "delta" / f"{table}.csv")


def rows_of(project, table):
    return [row for row in read_rows(project / "data" / f"{table}.csv") if "delta" in row.values()]


FIGURE = {"kind": "sample_size", "measures": "Mice", "unit": "animals", "comparator": "exactly"}


def test_a_copy_is_cut_and_its_roles_proposed(taken_in):
    found = {
        row["passage_id"].removeprefix("passage-delta-"): row["role"]
        for row in rows_of(taken_in, "passages")
    }
    assert found == {
        "1-1": "title",
        "3-1": "body",
        "4-1": "body",
        "5-1": "list_stem",
        "6-1": "body",
        "7-1": "reference",  # one passage, full stops or not
    }


def test_the_passages_cover_the_copy(taken_in):
    for row in rows_of(taken_in, "passages"):
        assert ARTICLE[int(row["start"]) : int(row["end"])].strip()
    left = ARTICLE
    for row in reversed(rows_of(taken_in, "passages")):
        left = left[: int(row["start"])] + left[int(row["end"]) :]
    assert not left.strip()


def test_what_may_be_a_row_is_a_line_of_a_sheet(taken_in):
    figures = [(row["as_stated"], row["low"], row["high"]) for row in sheet(taken_in, "figures")]
    expected = [("Some", "", ""), ("one", "1", "1"), ("8", "8", "8"), ("1 in 4", "25", "25")]
    assert figures == expected
    assert [row["why"] for row in sheet(taken_in, "claims")][
        1
    ] == "hedging or causal words: think, may, cause"
    assert {"study_id": "mouse-2019", "passage_id": "passage-delta-7-1"}.items() <= sheet(
        taken_in, "citations"
    )[-1].items()
    assert [row["cue"] for row in sheet(taken_in, "losses")] == ["They became jittery"]
    assert {row["topic"] for row in sheet(taken_in, "omissions")} >= {"harm", "sample_size"}
    levels = package(taken_in).fields["omissions"]["topic"]["categories"]
    meanings = {str(level["value"]): level["definition"] for level in levels}
    assert {row["topic"]: row["why"] for row in sheet(taken_in, "omissions")} == meanings
    for table in ("figures", "claims", "citations", "losses"):
        for row in sheet(taken_in, table):
            column = "as_stated" if table == "figures" else "cue"
            assert row[column] in row["text"] in ARTICLE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nearly 40 million people drink coffee.", [("40 million", "40000000", "40000000")]),
        ("It went after 2-3 weeks.", [("2-3", "2", "3")]),
        (
            "It was 10% to 30% – 5 more than in 8 mice.",
            [("10% to 30%", "10", "30"), ("5", "5", "5"), ("8", "8", "8")],
        ),
        ("From 1 in 40 to 1 in 20 people.", [("1 in 40 to 1 in 20", "2.5", "5")]),
        ("8 mice, 4-eared rats, 2 cats.", [("8", "8", "8"), ("4", "4", "4"), ("2", "2", "2")]),
        ("Vitamin B12-24 of 8 mice had B12.", [("12-24", "12", "24"), ("8", "8", "8")]),
    ],
)
def test_a_number_is_one_candidate_in_full_and_so_is_a_range(project, text, found):
    copy = project / "copies" / "delta.txt"
    copy.write_text(f"{text}\n", encoding="utf-8")
    add(package(project), copy, CELLS)
    lines = [(row["as_stated"], row["low"], row["high"]) for row in sheet(project, "figures")]
    assert lines == found


def test_a_source_in_progress_is_kept_and_not_counted(taken_in):
    shown = DataPackage(taken_in / "data")
    assert "delta" not in set(shown["sources"]["source_id"]) | set(shown["passages"]["source_id"])
    assert "delta" in set(shown.whole()["passages"]["source_id"])
    assert "still being coded" in (taken_in / "chapters" / "source-delta.ipynb").read_text()
    assert [path.stem for path in pages(taken_in)] == ["index", "source-alpha", "source-delta"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"source_id": "alpha"}, "alpha: sources.csv has a row of this source_id"),
        (
            {"publisher_kind": "shop"},
            "column publisher_kind: found 'shop'; expected one of charity",
        ),
        (
            {"source_id": "Delta One"},
            "column source_id: found 'Delta One'; expected a value of the pattern",
        ),
    ],
)
def test_a_source_that_cannot_be_is_refused(project, cells, told):
    before = contents(project)
    with pytest.raises(DataError) as error:
        add(package(project), project / "copies" / "delta.txt", CELLS | cells)
    assert told in str(error.value)
    assert contents(project) == before and not (project / "coding").exists()


def test_a_page_is_kept_as_text_and_tells_of_itself(project):
    words = "".join(
        f"<p>Sentence {n} says to everybody who reads it that by all we know now "
        "coffee may cause headaches in some people.</p>"
        for n in range(9)
    )
    saved = project / "copies" / "page.html"
    saved.write_text(
        f"<html><head><title>On coffee</title></head><body><article><h1>On coffee</h1>{words}</article></body></html>"
    )
    given = {key: value for key, value in CELLS.items() if key != "title"}
    cells = row_of(package(project), saved, given, ask=None)
    assert cells["title"] == "On coffee"
    ours = row_of(package(project), saved, given | {"title": "Ours"}, ask=None)
    assert ours["title"] == "Ours"
    told = add(package(project), saved, cells)
    kept = project / "copies" / "page.txt"
    text = kept.read_text(encoding="utf-8")
    assert "Sentence 8 says" in text
    assert f"{kept}: the copy to keep, {len(text.split())} words" in told
    assert rows_of(project, "sources")[0]["copy_file"] == "page.txt"
    assert "coffee may cause" in sheet(project, "claims")[-1]["cue"]


def test_what_is_missing_is_asked_or_the_option_is_named(project):
    copy = project / "copies" / "delta.txt"
    given = {key: value for key, value in CELLS.items() if key != "date_basis"}
    asked = row_of(package(project), copy, given, ask=lambda column, described: f"{column}!")
    assert asked["date_basis"] == "date_basis!"
    levels = "--date-basis (copy, address, record, inferred)"
    with pytest.raises(DataError, match=f"column date_basis: give {re.escape(levels)}"):
        row_of(package(project), copy, given, ask=None)
    untitled = {key: value for key, value in given.items() if key != "title"}
    told = re.escape(f"column title, date_basis: give --title, {levels}")  # all at once
    with pytest.raises(DataError, match=told):
        row_of(package(project), copy, untitled, ask=None)


def test_an_accepted_line_becomes_a_row_once(taken_in):
    fill(taken_in, "figures", 2, **FIGURE)
    for _ in range(2):
        faults, _ = enter(package(taken_in), taken_in / "coding" / "delta")
        assert faults == []
        assert [row["figure_id"] for row in rows_of(taken_in, "figures")] == ["figure-delta-01"]
    assert [row["accept"] for row in sheet(taken_in, "figures")] == ["", "", "entered", ""]
    assert sheet(taken_in, "figures")[2]["figure_id"] == "figure-delta-01"
    totals = {row["passage_id"]: row["figures"] for row in rows_of(taken_in, "passages")}
    assert totals["passage-delta-4-1"] == "1" and sum(map(int, totals.values())) == 1


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"unit": "cats"}, "unit", "one of percent, people, animals"),
        ({"kind": ""}, "kind", "a value"),
        ({"high": "9"}, "high", "low and high alike for exactly"),
        ({"as_stated": "8 dogs"}, "as_stated", "words of the passage, letter by letter"),
        ({"low": "eight"}, "low", "a value of type number"),
        ({"accept": "perhaps"}, "accept", "yes, no or nothing"),
        (
            {"passage_id": "passage-delta-9-1", "text": "8"},
            "passage_id",
            "a key that exists in passages.csv",
        ),
    ],
)
def test_a_line_that_cannot_be_is_named_and_nothing_is_written(taken_in, cells, column, expected):
    path = fill(taken_in, "figures", 2, **FIGURE | cells)
    before = contents(taken_in), path.read_bytes()
    faults, told = enter(package(taken_in), path.parent)
    named = [f for f in faults if (f.file, f.row, f.column) == (str(path), 4, column)]
    assert [f for f in named if f.expected.startswith(expected)], [str(f) for f in faults]
    assert told == [] and (contents(taken_in), path.read_bytes()) == before


def test_a_role_that_cannot_be_is_named_in_its_sheet(taken_in):
    path = taken_in / "coding" / "delta" / "passages.csv"
    path.write_text(path.read_text().replace(",list_stem,", ",stem,"))
    faults, _ = enter(package(taken_in), path.parent)
    assert (str(path), 5, "role") in [(f.file, f.row, f.column) for f in faults]


def uncoded(project, reason):
    """Give the first passage of delta a reason why it has no row, and enter."""
    path = project / "coding" / "delta" / "passages.csv"
    rows = read_rows(path)
    rows[0]["uncoded"] = reason
    path.write_text(as_csv(rows[0], rows), encoding="utf-8")
    assert enter(package(project), path.parent)[0] == []
    return rows_of(project, "passages")[0]["uncoded"]


def test_rows_stand_in_the_order_of_the_text(taken_in):
    fill(taken_in, "figures", 2, **FIGURE)
    assert uncoded(taken_in, "question") == "question"
    cells = {"kind": "count", "measures": "Studies", "unit": "things", "comparator": "exactly"}
    fill(taken_in, "figures", 1, **cells)
    fill(
        taken_in, "figures", 0, kind="vague", measures="Researchers", unit="none", comparator="none"
    )
    assert uncoded(taken_in, "") == ""  # what a coder takes back is taken back
    assert [(row["figure_id"][-2:], row["as_stated"]) for row in rows_of(taken_in, "figures")] == [
        ("02", "Some"),
        ("01", "8"),
        ("03", "one"),
    ]


def test_a_line_below_another_is_of_its_passage_and_of_the_source(taken_in):
    path = fill(taken_in, "figures", 2, **FIGURE)
    lines = read_rows(path)
    more = {"accept": "yes", "as_stated": "8", "low": "8", "high": "8", **FIGURE}
    more |= {"measures": "Mice again"}
    lines.insert(3, dict.fromkeys(lines[0], "") | more)
    path.write_text(as_csv(lines[0], lines), encoding="utf-8")
    faults, _ = enter(package(taken_in), path.parent)
    assert faults == []
    found = rows_of(taken_in, "figures")
    assert [row["measures"] for row in found] == ["Mice", "Mice again"]
    assert {(row["source_id"], row["passage_id"]) for row in found} == {
        ("delta", "passage-delta-4-1")
    }


def test_a_conflict_that_follows_from_the_rows_is_a_line_to_fill(taken_in):
    claim = {"proposition_id": "coffee-headache", "statement": "It does not.", "cue": "8"}
    claim |= {"speaker": "author", "polarity": "opposes", "causal_strength": "1", "certainty": "6"}
    claim |= {"zone": "body", "population": "animal", "evidence_stated": "none", "advice": "0"}
    place = next(
        n for n, row in enumerate(sheet(taken_in, "claims")) if row["passage_id"][-3:] == "4-1"
    )
    fill(taken_in, "claims", place, **claim)
    faults, told = enter(package(taken_in), taken_in / "coding" / "delta")
    assert faults == [] and told[-1].endswith("contradictions.csv: two lines proposed")
    lines = sheet(taken_in, "contradictions")
    assert [
        (row["kind"], row["conflict"], row["first_row"], row["second_row"]) for row in lines
    ] == [
        ("between", "denial", "claim-beta-01", "claim-delta-01"),
        ("between", "denial", "claim-alpha-02", "claim-delta-01"),
    ]
    assert lines[0]["text"].endswith(" | It does not.")  # what either says
    enter(package(taken_in), taken_in / "coding" / "delta")
    assert sheet(taken_in, "contradictions") == lines  # once only


def test_a_proposed_line_goes_when_it_follows_no_more(taken_in):
    test_a_conflict_that_follows_from_the_rows_is_a_line_to_fill(taken_in)
    path = taken_in / "coding" / "delta" / "contradictions.csv"
    lines = [{**line, "accept": "no" if n else ""} for n, line in enumerate(read_rows(path))]
    own = dict.fromkeys(lines[0], "") | {"what": "What a coder put there."}
    path.write_text(as_csv(lines[0], [*lines, own]), encoding="utf-8")
    claims = taken_in / "data" / "claims.csv"
    claims.write_text(claims.read_text().replace("author,,opposes,1,6", "author,,supports,0,6"))
    enter(package(taken_in), path.parent)
    assert lines[0]["first_row"] == "claim-beta-01"  # which supports it, as the new one now does
    left = read_rows(path)
    assert left[:2] == [lines[1], own]
    assert "claim-beta-01" not in {row["first_row"] for row in left}


CLAIM = {"proposition_id": "coffee-headache", "statement": "It does.", "causal_strength": "6"}
CLAIM |= {"speaker": "author", "polarity": "supports", "certainty": "3", "advice": "0"}
CLAIM |= {"population": "none", "evidence_stated": "none"}


def last(project, table):
    return read_rows(project / "data" / f"{table}.csv")[-1]


def test_a_cell_that_follows_from_others_may_be_left_empty(taken_in):
    sheets = taken_in / "coding" / "delta"
    fill(taken_in, "claims", 1, **CLAIM)
    assert enter(package(taken_in), sheets)[0] == []
    [claim] = rows_of(taken_in, "claims")
    assert claim["zone"] == "body"  # what the role of its passage stands for
    fill(taken_in, "citations", -1, how="reference_entry")
    fill(taken_in, "ladder", 0, row=claim["claim_id"], of="person")
    fill(taken_in, "leaps", 0, passage_id="passage-delta-4-1", state="not_made")
    fill(taken_in, "leaps", 1, row=claim["claim_id"], state="made", cue="Some researchers")
    ladder = taken_in / "data" / "ladder.csv"
    ladder.write_text(ladder.read_text().replace("rung-04,cause,4", "rung-04,cause,7"))
    before = {row["rung_id"]: row for row in read_rows(ladder)}
    assert enter(package(taken_in), sheets)[0] == []
    rung, leap = last(taken_in, "ladder"), rows_of(taken_in, "leaps")[1]
    same = ("passage_id", "cue", "causal_strength", "certainty")
    assert {name: rung[name] for name in same} == {name: claim[name] for name in same}
    assert (rung["step"], rung["read"]) == ("article", "whole")
    assert [row["match"] for row in rows_of(taken_in, "citations")] == ["stated"]
    there = [
        int(row["position"]) for row in before.values() if row["statement"] == rung["statement"]
    ]
    assert int(rung["position"]) == max(there) + 1
    assert leap["passage_id"] == claim["passage_id"] and leap["cue"] == "Some researchers"


def test_what_is_not_stated_needs_no_basis_and_what_is_needs_one(taken_in):
    sheets = taken_in / "coding" / "delta"
    cells = {"treatment_id": "water", "role": "proposed", "evidence_stated": "none"}
    path = fill(taken_in, "proposals", 0, **cells, speaker="author", condition="headache")
    faults, _ = enter(package(taken_in), sheets)
    assert [(f.file, f.row, f.column) for f in faults] == [(str(path), 2, "condition_basis")]
    fill(taken_in, "proposals", 0, condition="not stated")
    assert enter(package(taken_in), sheets)[0] == []
    [proposal] = rows_of(taken_in, "proposals")
    assert proposal["condition_basis"] == "not_stated"


def test_a_correction_has_the_date_of_its_entry(taken_in):
    sheets = taken_in / "coding" / "delta"
    fill(taken_in, "claims", 1, **CLAIM)
    assert enter(package(taken_in), sheets)[0] == []
    [claim] = rows_of(taken_in, "claims")
    header = (sheets / "corrections.csv").read_text().strip().split(",")
    new = {"accept": "yes", "concerns": "source", "row": claim["claim_id"], "what": "Too firm."}
    new |= {"instead": "It may.", "verified_in": "doi:10.1000/mouse"}
    new |= {"passage_id": claim["passage_id"]}
    (sheets / "corrections.csv").write_text(as_csv(header, [new, {**new, "date": "2022-02-02"}]))
    assert enter(package(taken_in), sheets)[0] == []
    entered = read_rows(taken_in / "data" / "corrections.csv")[-2:]
    assert [row["date"] for row in entered] == [date.today().isoformat(), "2022-02-02"]


def test_what_follows_from_nothing_stays_empty_and_is_named(taken_in):
    sheets = taken_in / "coding" / "delta"
    rows = sheet(taken_in, "passages")
    rows[1]["role"] = "summary"  # a standfirst, or the closing summary: the coder's to say
    replace_files({sheets / "passages.csv": as_csv(rows[0], rows)})
    fill(taken_in, "claims", 1, **CLAIM)
    faults, _ = enter(package(taken_in), sheets)
    assert [(Path(f.file).name, f.column) for f in faults] == [("claims.csv", "zone")]


def test_one_reason_does_for_the_lines_below_it(taken_in):
    tables = [row["table"] for row in sheet(taken_in, "absences")]
    for table, reason in (("ladder", "Other study."), ("lineage", ""), ("overlaps", "No copy.")):
        fill(taken_in, "absences", tables.index(table), reason=reason)
    assert enter(package(taken_in), taken_in / "coding" / "delta")[0] == []
    reasons = [(row["table"], row["reason"]) for row in rows_of(taken_in, "absences")]
    assert reasons == [
        ("ladder", "Other study."),
        ("lineage", "Other study."),
        ("overlaps", "No copy."),
    ]


@pytest.fixture
def read_twice(taken_in):
    """Delta entered by one reader, and the sheets of another, not yet filled."""
    first, second = taken_in / "coding" / "delta", taken_in / "coding" / "second"
    shutil.copytree(first, second)
    fill(taken_in, "claims", 1, **CLAIM)
    fill(taken_in, "claims", 2, **CLAIM | {"cue": "mice were given coffee"})
    fill(taken_in, "leaps", 0, state="made")
    assert enter(package(taken_in), first)[0] == []
    return taken_in


def filled_by_second(project, table, *lines):
    """Accept lines of the second reader's sheet: each is a place in it and the cells put there."""
    path = project / "coding" / "second" / f"{table}.csv"
    rows = read_rows(path)
    for place, cells in lines:
        rows[place] |= {"accept": "yes", **cells}
    path.write_text(as_csv(rows[0], rows), encoding="utf-8")


def test_what_a_second_reader_coded_stands_beside_the_first(read_twice):
    beside = CLAIM | {"claim_id": "claim-delta-01", "certainty": "2"}
    own = CLAIM | {"cue": "Water helps"}
    filled_by_second(read_twice, "claims", (1, beside), (4, own))
    filled_by_second(read_twice, "leaps", (0, {"state": "not_made"}))  # one for each kind of step
    tables = {path.name: path.read_bytes() for path in (read_twice / "data").iterdir()}
    faults, told = enter_second(package(read_twice), read_twice / "coding" / "second")
    assert faults == []
    assert told == ["codings.csv: 24 rows entered; four judgements to decide, each with a reason"]
    codings = package(read_twice)["codings"]
    codings = codings[codings["unit"].str.contains("delta")]
    exists = codings[codings["field"] == "exists"].pivot(
        index="unit", columns="coder", values="value"
    )
    assert exists.to_dict("index") == {
        "claim-delta-01": {"first": "yes", "second": "yes"},
        "claim-delta-02": {"first": "yes", "second": "no"},
        "not-kept-claim-delta-01": {"first": "no", "second": "yes"},
    }
    assert list(exists.index) == list(dict.fromkeys(codings[codings["field"] == "exists"]["unit"]))
    judged = pairs(codings).set_index(["unit", "field"])
    assert (judged["final"] == judged["first"]).all()
    alike = judged["first"] == judged["second"]
    assert set(judged.index[~alike]) == {
        ("claim-delta-01", "certainty"),
        ("claim-delta-02", "exists"),
        ("not-kept-claim-delta-01", "exists"),
        ("leap-delta-01", "state"),
    }
    certainty = judged.loc[("claim-delta-01", "certainty")]
    assert list(certainty[["first", "second", "final"]]) == ["3", "2", "3"]
    faults = [f for f in settled(package(read_twice)) if "delta" in f.key]
    assert {f.column for f in faults} == {"reason"} and len(faults) == 4
    assert not [f for f in decisions(package(read_twice)) if "delta" in f.key]
    lacks = dict(lacking(package(read_twice), "delta", "twice"))
    assert not [f for found in lacks.values() for f in found if "both codings" in f.expected]
    after = {path.name: path.read_bytes() for path in (read_twice / "data").iterdir()}
    assert {name for name in after if after[name] != tables[name]} == {"codings.csv"}


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"claim_id": "claim-alpha-01"}, "claim_id", "the key of a row of claims.csv"),
        ({"certainty": "9"}, "certainty", "one of 1, 2, 3"),
        ({"cue": "Tea"}, "cue", "words of the passage, letter by letter"),
    ],
)
def test_a_line_of_a_second_reader_that_cannot_be_is_named(read_twice, cells, column, expected):
    before = (read_twice / "data" / "codings.csv").read_bytes()
    filled_by_second(read_twice, "claims", (1, CLAIM | cells))
    faults, _ = enter_second(package(read_twice), read_twice / "coding" / "second")
    assert [(Path(f.file).parts[-2:], f.row, f.column) for f in faults] == [
        (("second", "claims.csv"), 3, column)
    ]
    assert expected in faults[0].expected
    assert (read_twice / "data" / "codings.csv").read_bytes() == before


@pytest.mark.parametrize(("again", "certainty"), [(False, "3"), (True, "")])
def test_what_a_second_reader_judges_is_not_filled_from_the_first(read_twice, again, certainty):
    """By rule, or from a row of the first, two readers would always agree."""
    data = package(read_twice)
    line = dict.fromkeys(("accept", "why", "text", *data.fields["ladder"]), "")
    line |= {"accept": "yes", "row": "claim-delta-01"}
    sheets = read_twice / "coding" / "second"
    (sheets / "ladder.csv").write_text(as_csv(line, [line]), encoding="utf-8")
    [rung] = completed_sheets(data, sheets, again)[1]["ladder"]
    assert (rung["step"], rung["passage_id"]) == ("article", "passage-delta-3-1")
    assert rung["certainty"] == certainty


def test_a_required_judgement_that_a_second_reader_left_empty_is_named(read_twice):
    cells = {"study_id": "mouse-2019", "how": "reference_entry", "match": ""}
    filled_by_second(read_twice, "citations", (0, cells))
    faults, _ = enter_second(package(read_twice), read_twice / "coding" / "second")
    assert [(Path(f.file).name, f.column) for f in faults] == [("citations.csv", "match")]


def test_a_sheet_without_a_column_is_named(taken_in):
    path = taken_in / "coding" / "delta" / "passages.csv"
    rows = [{k: v for k, v in row.items() if k != "role"} for row in read_rows(path)]
    path.write_text(as_csv(rows[0], rows), encoding="utf-8")
    faults, _ = enter(package(taken_in), path.parent)
    assert [(f.file, f.column, f.found) for f in faults] == [(str(path), "role", "no such column")]


def test_a_second_reading_is_entered_once(read_twice):
    filled_by_second(read_twice, "leaps", (0, {"state": "made"}))
    sheets = read_twice / "coding" / "second"
    assert enter_second(package(read_twice), sheets)[0] == []
    faults, _ = enter_second(package(read_twice), sheets)
    assert [(f.file, f.expected) for f in faults] == [("codings.csv", "none: take them out first")]


def test_what_a_source_lacks_is_told_by_rule(taken_in):
    found = dict(lacking(package(taken_in), "delta", "once"))
    lines = [str(fault) for faults in found.values() for fault in faults]
    assert any("verdicts.csv" in line and "a row for delta" in line for line in lines)
    assert any("overlaps.csv" in line and "alpha and delta" in line for line in lines)
    assert any("(passage-delta-3-1), column uncoded" in line for line in lines)
    assert any("(passage-delta-7-1), column citations" in line for line in lines)
    assert "A passage that can carry content has a coded row or a reason why it has none." in found
    assert not [line for line in lines if "gamma" in line and "delta" not in line]


def test_faults_of_one_kind_are_told_in_one_line():
    rows = [Fault("claims.csv", n, "zone", f"x{n}", "a value", f"claim-{n}") for n in (3, 5, 8)]
    other = Fault("claims.csv", 5, "cue", "", "a value", "claim-5")
    lacks = [Fault("overlaps.csv", 0, "", "no row", f"a row for alpha and {s}") for s in "bc"]
    lone = Fault("verdicts.csv", 0, "", "no row", "a row for alpha")
    assert list(grouped([rows[0], other, *rows[1:], *lacks, lone])) == [
        "claims.csv, 3 rows, 3 to 8, column zone: expected a value",
        str(other),
        "overlaps.csv: 2 rows; expected a row for alpha and b; c",
        str(lone),
    ]


def test_an_incomplete_source_is_not_declared(taken_in):
    before = contents(taken_in)
    assert declare(package(taken_in), "delta", "once")
    assert contents(taken_in) == before


def test_what_is_computed_is_written_again(taken_in):
    path = taken_in / "data" / "passages.csv"
    good = path.read_bytes()
    rows = read_rows(path)
    rows[-1] |= {"sha256": "0" * 64, "line": "1", "words": "1", "claims": "7"}
    path.write_text(as_csv(rows[0], rows), encoding="utf-8")
    told = renew(package(taken_in), taken_in / "copies")
    assert read_rows(path)[-1] == dict(
        zip(rows[0], good.decode().splitlines()[-1].split(","), strict=True)
    )
    assert "left out, for want of an unchanged copy of alpha, beta, gamma" in told[-1]
    assert {row["formula"] for row in rows_of(taken_in, "readability")} == {
        "flesch_kincaid",
        "smog",
        "automated_readability",
    }


def test_without_copies_totals_and_titles_are_written_again(taken_in):
    page = taken_in / "chapters" / "source-alpha.ipynb"
    page.write_text(PAGE.replace("# Alpha", "# Alphabet"))
    renew(package(taken_in))
    assert json.loads(page.read_text())["cells"][0]["source"][0] == "# Alpha\n"


def test_a_page_that_is_listed_and_not_there_is_written_again(project):
    toc = project / "_toc.yml"
    toc.write_text(toc.read_text() + "      - file: chapters/source-gamma\n")
    renew(package(project))
    assert "# Gamma" in (project / "chapters" / "source-gamma.ipynb").read_text()


def test_a_source_that_is_taken_out_leaves_nothing(project):
    before = contents(project)
    add(package(project), project / "copies" / "delta.txt", CELLS)
    fill(project, "figures", 2, **FIGURE)
    enter(package(project), project / "coding" / "delta")
    remove(package(project), "delta")
    after = contents(project)
    # What the made package writes otherwise than the project's files are written is no difference.
    same = {path: read_rows(project / path) for path in after if path.suffix == ".csv"}
    assert set(after) == set(before)
    assert not [row for rows in same.values() for row in rows if "delta" in row.values()]
    assert (
        after[project.joinpath("_toc.yml").relative_to(project)]
        == before[project.joinpath("_toc.yml").relative_to(project)]
    )


def test_what_a_source_alone_referred_to_goes_with_it(taken_in):
    before = contents(taken_in)
    new = {"accept": "yes", "proposition_id": "coffee-calm", "label": "Calm"}
    sheets = taken_in / "coding" / "delta"
    header = (sheets / "propositions.csv").read_text().strip().split(",")
    topic = package(taken_in).levels("propositions", "topic").index[0]
    new |= {"statement": "Coffee calms.", "topic": topic}
    (sheets / "propositions.csv").write_text(as_csv(header, [new]))
    fill(taken_in, "claims", 1, **CLAIM)
    fill(taken_in, "claims", 3, **CLAIM | {"proposition_id": "coffee-calm"})
    assert enter(package(taken_in), sheets)[0] == []
    told = remove(package(taken_in), "delta")
    assert "propositions.csv: one row taken out" in told  # the other is used by other sources
    assert not [line for line in told if line.startswith("left")]
    here = Path("data/propositions.csv")
    assert contents(taken_in)[here].decode() == as_csv(
        package(taken_in).fields["propositions"], read_rows(taken_in / here)
    )
    assert {row["proposition_id"] for row in read_rows(taken_in / here)} == {
        line.partition(",")[0] for line in before[here].decode().splitlines()[1:]
    }


def test_what_the_head_of_the_descriptor_names_stays(made):
    made = made.replaced({"since": made["since"][:0]})
    gone = rows_of_sources(made, list(made["sources"]["source_id"]))
    unused = made["propositions"][left_unused(made, gone)["propositions"]]["proposition_id"]
    head = {made.descriptor["question"], *made.descriptor["near"], made.descriptor["awaited"]}
    assert head <= set(made["propositions"]["proposition_id"])
    assert not head & set(unused)
    # Nor does a work go that no other source cites but that another work is linked to.
    assert not left_unused(made, rows_of_sources(made, ["alpha"]))["studies"].any()


def test_what_refers_to_a_source_and_stays_is_told(project):
    path = project / "data" / "limits.csv"
    path.write_text(path.read_text() + "limit-99,See claim-beta-01 for more.\n")
    told = remove(package(project), "beta")
    assert any("limits.csv" in line and "names claim-beta-01" in line for line in told)
    assert not [row for row in read_rows(project / "data" / "codings.csv") if "beta" in row["unit"]]


def test_what_other_sources_lack_is_not_told_of_one_that_goes(taken_in):
    told = remove(package(taken_in), "beta")
    assert not [line for line in told if "delta" in line]


def test_that_other_sources_stay_is_not_told(project):
    for path in (project / "data").glob("*.csv"):  # a key is looked for by its hyphens
        path.write_text(path.read_text().replace("alpha", "al-pha"))
    told = remove(package(project), "beta")
    assert "overlaps.csv: two rows taken out" in told
    assert not [line for line in told if line.endswith("names al-pha")]


def test_a_source_that_is_not_there_cannot_be_taken_out(project, capsys):
    assert main(["--data", str(project / "data"), "remove", "omega"]) == 2
    assert (
        "omega: no such source_id in sources.csv; there are alpha, beta, gamma"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("claim-[a-z0-9]+(-[a-z0-9]+)*-[0-9]{2,}", "claim-a-b-03"),
        ("rung-[0-9]{2,}", "rung-12"),
        ("verdict-[a-z0-9]+(-[a-z0-9]+)*", "verdict-a-b"),
        ("[a-z0-9]+(-[a-z0-9]+)*", ""),
    ],
)
def test_the_next_key_is_the_next_free_number(pattern, key):
    taken = {"claim-a-b-01", "claim-a-b-02", "claim-a-07", "rung-02", "rung-11"}
    assert next_key(pattern, "a-b", taken) == key


@given(st.text(min_size=1), st.integers(0, 50), st.integers(0, 50))
def test_a_cue_is_a_short_piece_of_its_passage(text, start, length):
    found = cue(text, start, start + length)
    assert found in text and len(found.split()) <= max(MAX_CUE, length)


def test_files_change_together_or_not_at_all(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b"
    first.write_text("as it was")
    second.mkdir()
    (second / "in the way").write_text("")
    with pytest.raises(DataError, match="nothing changed"):
        replace_files({first: "new", second: "a file where a folder is"})
    assert first.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b"]


def test_what_was_moved_is_put_back_when_the_next_cannot_be(tmp_path, monkeypatch):
    first, second, third = (tmp_path / name for name in "abc")
    first.write_text("as it was")
    move = Path.replace

    def fails(path, target):
        if target == third:
            raise OSError(28, "No space left on device", str(target))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(DataError, match=r"No space left on device\); nothing changed"):
        replace_files({first: "new", second: "new", third: "new"})
    assert first.read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_package_that_names_no_candidates_has_none(made):
    made.descriptor.pop("candidates")
    made.descriptor.pop("roles")
    rows = drafted(made, "delta", ARTICLE, "")
    assert set(rows["role"]) == {"title"}  # the first level, for a coder to change
    assert candidates(made, rows, dict.fromkeys(rows["passage_id"], "may")) == []
