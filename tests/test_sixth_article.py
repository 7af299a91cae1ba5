"""A sixth article that denies: the check leads its editor, and the pages stop at what it changes."""

import csv
import json
import re
import shutil

import pytest

from evidence.__main__ import main
from evidence.check import check
from evidence.data import Package
from evidence.prose import plain, prose
from evidence.run import Stopped, run
from tests.conftest import ROOT, change_cell

pytestmark = pytest.mark.slow
SIXTH = "no-autoimmunity"
TEXT = """Fibromyalgia is not an autoimmune disease

Fibromyalgia is not an autoimmune disease. That is good news. Its pain comes from the way the \
brain handles signals. Nobody has shown that antibodies do harm in people. Walking helps against \
the pain. Drugs that lower antibodies are of no use. Ask your doctor before you stop a treatment.
"""
DENIAL = "a denial on (?P<on>[a-z-]+): (?P<first>[a-z0-9-]+) and (?P<second>[a-z0-9-]+)"


def passage(place):
    return f"passage-{SIXTH}-{place}"


def claim(
    number, place, proposition, statement, cue, polarity="opposes", strength="0", zone="body"
):
    judged = (zone, "author", "", "stated", polarity, strength, "6", "human_implicit", "none", "0")
    key = f"claim-{SIXTH}-{number}"
    return (key, SIXTH, passage(place), proposition, statement, cue, *judged, "")


def proposal(number, place, treatment, role, cue):
    about = ("fibromyalgia", "inferred", "none", "author", cue, "", "", "")
    note = "The whole text is on fibromyalgia."
    return (
        f"proposal-{SIXTH}-{number}",
        SIXTH,
        passage(place),
        treatment,
        role,
        *about,
        note,
    )


def omission(number, topic, state="silent", place="", cue=""):
    where = passage(place) if place else ""
    return (f"omission-{SIXTH}-{number:02}", topic, SIXTH, state, where, cue, "")


TOPICS = ["harm", "cost", "sample_size", "species", "limits", "replication", "alternatives"]
TOPICS += ["no_direct_trial"]
ROWS = {
    "claims": [
        claim("01", "1-1", "fm-autoimmune", "That it is autoimmune is denied.", "is not an", zone="title"),
        claim("02", "3-1", "fm-autoimmune", "That it is autoimmune is denied.", "is not an"),
        claim("03", "3-3", "fm-pain-central-sensitization", "The brain makes the pain.",
              "comes from the way the brain handles signals", "supports", "6"),
        claim("04", "3-4", "antibodies-cause-symptoms", "Whether antibodies do harm is not known.",
              "Nobody has shown that antibodies do harm", "open"),
        claim("05", "3-6", "lowering-antibodies-works", "Lowering them does not help.", "are of no use"),
    ],
    "proposals": [
        proposal("01", "3-5", "exercise", "proposed", "Walking helps against the pain"),
        proposal("02", "3-6", "antibody-lowering", "judged_ineffective", "are of no use"),
    ],
    "omissions": [
        *(omission(number, topic) for number, topic in enumerate(TOPICS, start=1)),
        omission(9, "advice_to_see_doctor", "told", "3-7", "Ask your doctor"),
    ],
    "lineage": [("link-99", SIXTH, "goebel-2021", "follows", "It speaks of such antibodies.", "I", "")],
}  # fmt: skip
VERDICT = {
    "verdict": "Surer than anybody can be.",
    "right": "Sends readers to a doctor.",
    "wrong": "Says that it “is not an autoimmune disease”.",
    "missing": "Any study.",
    "rests_on": f"claim-{SIXTH}-02",
}
UNCODED = {"3-2": "comment", "3-7": "comment"}


def type_in(data, table, rows):
    """Append rows to a table, as an editor does."""
    with (data / f"{table}.csv").open("a", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)


def fill(data, file, key, column, value):
    """Fill in a cell of a row."""
    change_cell(data, file, column, value, lambda row: key == next(iter(row.values())))


def faults(data):
    return [str(fault) for fault in check(Package(data))]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project that has taken in the sixth article, and what the check then said."""
    project = tmp_path_factory.mktemp("six")
    for name in ("references.bib", "CITATION.cff", "index.ipynb"):
        shutil.copy(ROOT / name, project)
    for name in ("data", "chapters"):
        shutil.copytree(ROOT / name, project / name)
    (project / "denies.txt").write_text(TEXT, encoding="utf-8")
    title = TEXT.partition("\n")[0]
    told = f"--id {SIXTH} --title-basis copy --publisher-kind health_site --published 2026"
    told += " --date-precision year --date-basis inferred --url-status unknown --damaged false"
    words = [
        "--label",
        "Denies",
        "--title",
        title,
        "--publisher",
        "Made",
        "--licence",
        "not stated",
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        assert main(["add", "denies.txt", *told.split(), *words]) == 0
    return project, faults(project / "data")


@pytest.fixture(scope="module")
def coded(project):
    """The project when its editor has typed in the rows that the check asks for."""
    data = project[0] / "data"
    for table, rows in ROWS.items():
        type_in(data, table, rows)
    for place, reason in UNCODED.items():
        fill(data, "passages.csv", passage(place), "uncoded", reason)
    for column, text in VERDICT.items():
        fill(data, "sources.csv", SIXTH, column, text)
    for table in ("claims", "proposals"):
        for place in {row[2] for row in ROWS[table]}:
            count = sum(row[2] == place for row in ROWS[table])
            fill(data, "passages.csv", place, table, str(count))
    denials = [match for fault in faults(data) if (match := re.search(DENIAL, fault))]
    rows = [
        (f"contradiction-{number}", "between", "denial", found["first"], found["second"], "One denies it.", "stands")
        for number, found in enumerate(denials, start=80)
    ]  # fmt: skip
    type_in(data, "contradictions", rows)
    return project[0], len(rows)


def test_the_check_names_what_a_new_article_lacks(project):
    _, told = project
    assert all(SIXTH in fault for fault in told)
    for table in ("claims", "omissions", "sources", "lineage"):
        assert any(fault.startswith(f"{table}.csv") for fault in told), table
    for place in ("1-1", "3-1", "3-7"):
        assert any(
            passage(place) in fault and "a reason, or a coded row" in fault for fault in told
        )


def test_with_its_rows_the_check_is_clean(coded):
    project, denials = coded
    assert faults(project / "data") == []
    assert denials > 5, "it denies what each of the others says"


@pytest.mark.parametrize("page", ["index", "chapters/claims", "chapters/from-mouse-to-headline"])
def test_a_page_stops_at_the_sentence_to_write_anew(coded, monkeypatch, page):
    project, _ = coded
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    path = project / f"{page}.ipynb"
    with pytest.raises(Stopped) as stopped:
        run(path, project / "stamp")
    sentence = str(stopped.value).split("no longer holds: ")[1].split(";")[0]
    written = json.loads((ROOT / f"{page}.ipynb").read_text(encoding="utf-8"))
    assert plain(sentence) in " ".join(plain(text) for _, text in prose(written))
