"""CONTRIBUTING.md, followed to the letter: a source is added, coded, shown and taken out again."""

import re
import shlex
import shutil

import pytest

from evidence.cli import main
from evidence.data import DataPackage
from evidence.editing.renewal import renew
from evidence.files import as_csv, read_rows
from tests.reading import ROOT, run_cells

ARTICLE = """Fibromyalgia and immunity

Fibromyalgia might be an autoimmune disease, some researchers say.
Goebel and colleagues gave antibodies of 44 people to mice in 2021.
The mice grew more sensitive to pressure.
What does this mean for patients?
Mice are not people.
Plasma exchange may help.
No trial of it has been done.
We will tell you more as we learn more.
Goebel A, et al. Passive transfer of symptoms. J Clin Invest. 2021;131(13):e144201. doi:10.1172/JCI144201
This page is not a substitute for medical advice.
"""
PASSAGE = "passage-example-health-{}-1"
CLAIM = {"polarity": "supports", "causal_strength": "0", "advice": "0"}
CLAIM |= {"population": "human_implicit", "evidence_stated": "none", "speaker": "author"}
FIGURE = {"comparator": "exactly"}
# What a coder puts into the lines of the sheets: sheet, what the line holds already, what is put.
CODED = [
    ("claims", 2, {**CLAIM, "proposition_id": "fm-autoimmune", "statement": "Some hold that it may be autoimmune.", "certainty": "3", "speaker": "other_experts"}),
    ("claims", 4, {**CLAIM, "proposition_id": "mice-more-sensitive", "statement": "Pressure hurt the mice more.", "certainty": "6", "population": "animal"}),
    ("claims", 7, {**CLAIM, "proposition_id": "lowering-antibodies-works", "statement": "Taking out antibodies may work.", "certainty": "3"}),
    ("figures", 2, {"kind": "vague", "measures": "Researchers who say so", "unit": "none", "comparator": "none"}),
    ("figures", 3, {**FIGURE, "as_stated": "44", "kind": "sample_size", "measures": "Donors", "unit": "people"}),
    ("figures", 3, {**FIGURE, "as_stated": "2021", "kind": "year", "measures": "Year of the study", "unit": "calendar_year"}),
    ("proposals", 7, {"treatment_id": "plasma-exchange", "role": "proposed", "condition": "fibromyalgia", "condition_basis": "stated", "evidence_stated": "none", "speaker": "author"}),
    ("citations", 3, {"study_id": "goebel-2021", "how": "named_in_text", "match": "stated"}),
    ("citations", 10, {"study_id": "goebel-2021", "how": "reference_entry", "match": "stated"}),
]  # fmt: skip
UNCODED = {1: "names_topic", 5: "question", 6: "comment", 8: "comment", 9: "about_the_article"}
EVERY = {  # what every line of a sheet is given
    "retellings": {"state": "dropped"},
    "leaps": {"state": "not_made"},
    "omissions": {"state": "silent"},
    "appraisal_scope": {"applied": "false", "reason": "A made article."},
    "lineage": {"parent": "goebel-2021", "kind": "cites", "evidence": "In the reference list.", "status": "V"},
    "contradictions": {"what": "They differ."},
    "verdicts": {"verdict": "Careful.", "good": "It says that mice are not people.", "careful": "It is short.", "rests_on": "claim-example-health-01"},
}  # fmt: skip
EXCUSED = {"ladder": "A made article.", "overlaps": "The other copies are not here."}
SHOWN = ("source-example-health", "sources", "omissions", "retellings")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The project, a few codings standing for all, and a made article among the copies."""
    for folder in ("chapters", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    codings, sources = tmp_path / "data" / "codings.csv", tmp_path / "data" / "sources.csv"
    codings.write_text("".join(codings.open(encoding="utf-8").readlines()[:50]), encoding="utf-8")
    rows = sources.read_text(encoding="utf-8")
    sources.write_text(rows.replace(",twice,", ",once,"), encoding="utf-8")
    for name in ("references.bib", "_toc.yml", "index.ipynb", "CITATION.cff", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    renew(DataPackage(tmp_path / "data"))
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "example.html").write_text(page_of(ARTICLE), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def page_of(text):
    """An article as the web page of its lines."""
    title, *lines = [line for line in text.splitlines() if line]
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f"<head><title>{title}</title></head>"
    return f"<html>{head}<body><article><h1>{title}</h1>{body}</article></body></html>"


def commands():
    """The commands of the section, in order, as they stand there."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = re.search(r"(?ms)^## Add a source$(.*?)^## ", text)[1]
    blocks = re.findall(r"(?ms)^ *```sh$(.*?)^ *```$", section)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if line.strip()]


def run(command, capsys):
    """Run a command of this project without starting another Python."""
    assert command[:3] == [".venv/bin/python", "-m", "evidence"], command
    status = main(command[3:])
    return status, capsys.readouterr().out.splitlines()


def fill(sheets, which="*"):
    """Do a coder's work in the sheets of a name."""
    for path in sheets.glob(f"{which}.csv"):
        rows = read_rows(path)
        for row in rows if path.stem in EVERY else ():
            row |= {"accept": "yes", **EVERY[path.stem]}
        if path.stem == "passages":
            for row in rows:
                line = int(row["passage_id"].split("-")[-2])
                row["uncoded"] = UNCODED.get(line, "")
        for table, line, cells in CODED:
            if table == path.stem:
                known = {"passage_id": PASSAGE.format(line)}
                known |= {k: v for k, v in cells.items() if k in ("as_stated", "study_id")}
                row = next(r for r in rows if known.items() <= r.items() and r["accept"] != "yes")
                row |= {"accept": "yes", **cells}
        for row in rows if path.stem == "absences" else ():
            if row["table"] in EXCUSED:
                row |= {"accept": "yes", "reason": EXCUSED[row["table"]]}
        if rows:
            path.write_text(as_csv(rows[0], rows), encoding="utf-8")


def state(project):
    """Every table byte for byte, the pages and their contents."""
    tables = {path.name: path.read_bytes() for path in (project / "data").iterdir()}
    return tables, sorted((project / "chapters").iterdir()), (project / "_toc.yml").read_text()


@pytest.mark.slow
def test_a_source_is_added_and_taken_out_as_contributing_says(project, capsys):
    before, others = state(project), len(DataPackage()["sources"])  # their copies are not here
    add, enter, renewing, todo, declare, check, verify, make, remove, after = commands()
    sheets = project / enter[-1]

    assert run(add, capsys)[0] == 0
    fill(sheets)
    assert run(enter, capsys)[0] == 0
    assert run(renewing, capsys)[0] == 0
    _, lines = run(todo, capsys)
    assert any("a strength on" in line or "a denial on" in line for line in lines)
    fill(sheets, "contradictions")  # which became known by now
    assert run(enter, capsys)[0] == 0
    assert run(todo, capsys)[1] == ["example-health, coded once: complete"]

    assert run(declare, capsys)[0] == 0
    assert run(check, capsys)[0] == 0
    _, lines = run(verify, capsys)
    assert len(lines) == others + 1 and all("a readable copy" in line for line in lines[:-1])
    assert make == ["make", "renew", "book"]
    shown = {name: run_cells(project / "chapters" / f"{name}.ipynb") for name in SHOWN}
    assert shown["source-example-health"].values["reading"].startswith("It was coded once only")
    assert len(shown["source-example-health"].tables["claims-example-health"].frame) == 3
    assert "Example Health" in str(shown["sources"].tables["table-sources"].frame)

    assert run(remove, capsys)[0] == 0
    assert state(project) == before
    assert after == ["make", "renew"]
