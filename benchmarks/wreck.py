"""Damage data, notebooks, settings and copies, and name what nothing notices.

``python benchmarks/wreck.py [--number 500] [--seed 1] [--minutes 60] [--copies FOLDER]`` plants
one fault at a time in a copy of the project: in cells and rows of the tables, in the descriptor,
in cells, outputs and stamps of the notebooks, in ``_config.yml`` and ``_toc.yml``, and, where
their folder is known, in the copies of the sources. It asks the check, the verification and the
guard of stale notebooks what they make of it, and prints what no rule names. The same seed plants
the same faults in the same project.

A row that is as valid as before no rule can know, nor what a reader alone can judge, such as a
column of free text: the recorded digest names its table, and these are counted apart. A fault in a
notebook makes it stale.
"""

import argparse
import csv
import io
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import nbformat
import yaml

from evidence import check as checks
from evidence.data import DataError, DataPackage
from evidence.notebooks import notebooks, stale
from evidence.verify import verify

ROOT = Path(__file__).resolve().parent.parent
SHARES = {"cell": 60, "row": 10, "descriptor": 10, "notebook": 8, "settings": 4, "copy": 8}
NOTHING, RECORD, ONLY_STALE = "nothing", "the record alone", "stale alone"
BUILD, BARE = "a build alone", "bare error"
UNNAMED = (NOTHING, RECORD, ONLY_STALE, BUILD, BARE)


def damaged_text(rng, text):
    """A text with one small fault: a letter, a word, or its end."""
    words = text.split(" ")
    at = rng.randrange(len(text)) if text else 0
    return rng.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + "x" + text[at:],
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
            " ".join(words[:-1]),
            " ".join(words[1:]),
            "",
        ]
    )


def damaged_cell(rng, text, field, others):
    """A cell with a fault that somebody could make: another value of the column, or a slip."""
    levels = [str(level) for level in field.get("constraints", {}).get("enum", [])]
    choices = [lambda: damaged_text(rng, text), lambda: rng.choice(levels or others)]
    if field["type"] in ("integer", "number") and text:
        choices += [lambda: f"{float(text) + 1:g}", lambda: f"{float(text) * 10:g}"]
    return rng.choice(choices)()


def is_free(field):
    """Whether a column holds words that only a reader can judge."""
    bound = {"enum", "pattern"} & field.get("constraints", {}).keys()
    tied = field.get("verbatim") or field.get("refersTo")
    return field["type"] == "string" and not bound and not tied


def in_table(rng, project, kind):
    """Plant a fault in a cell or among the rows; return file, place and whether it is free text."""
    data = DataPackage(project / "data")
    name = rng.choice([n for n in data.fields if len(data[n]) > 1])
    path = project / "data" / data.path(name)
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    number = rng.randrange(len(rows))
    column, free = "", False
    if kind == "cell":
        column = rng.choice(header)
        at = header.index(column)
        fields = data.fields[name]
        keys = data.resources[name]["schema"].get("foreignKeys", [])
        tied = {c for key in keys for c in key["fields"]}
        tied |= set(data.resources[name]["schema"]["primaryKey"])
        free = is_free(fields[column]) and column not in tied
        others = [row[at] for row in rows]
        rows[number][at] = damaged_cell(rng, rows[number][at], fields[column], others)
        what = f"{name}.{column}"
    else:
        how = rng.choice(["row gone", "row doubled", "rows swapped"])
        other = rng.randrange(len(rows))
        if how == "row gone":
            del rows[number]
        elif how == "row doubled":
            rows.insert(number, rows[number])
        else:
            rows[number], rows[other] = rows[other], rows[number]
        what = f"{name}: {how}"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path, f"{what}, row {number + 2}", free


def leaves(content, path=()):
    """Paths to all values of a JSON document."""
    items = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in items:
        yield from leaves(value, (*path, key)) if isinstance(value, dict | list) else [(*path, key)]


WORDS = ("title", "description", "label", "definition", "rules", "unit", "short")


def in_descriptor(rng, project, _kind):
    """Change or take out one value of the descriptor."""
    path = project / "data" / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    place = rng.choice(list(leaves(content)))
    inner = content
    for key in place[:-1]:
        inner = inner[key]
    value = inner[place[-1]]
    if rng.random() < 0.3:
        del inner[place[-1]]
    elif isinstance(value, bool):
        inner[place[-1]] = not value
    elif isinstance(value, int | float):
        inner[place[-1]] = value + 1
    else:
        inner[place[-1]] = damaged_text(rng, str(value))
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    named = [str(key) for key in place if isinstance(key, str)]
    return path, "datapackage.json: " + ".".join(named[1:]), bool({*named} & {*WORDS})


def in_notebook(rng, project, _kind):
    """Change a cell, a stored output or the stamp of a notebook."""
    path = rng.choice(notebooks(project))
    notebook = nbformat.read(path, as_version=4)
    how = rng.choice(["cell", "output", "stamp"])
    cells = [cell for cell in notebook.cells if how == "cell" or cell.get("outputs")]
    if how == "stamp" or not cells:
        how = "stamp"
        notebook.metadata["evidence"] = {"inputs_sha256": "0" * 64}
    elif how == "cell":
        cell = rng.choice(cells)
        cell.source = damaged_text(rng, cell.source)
    else:
        output = rng.choice(rng.choice(cells).outputs)
        bundle = output.get("data", {"text": output.get("text", "")})
        kind = rng.choice(sorted(bundle))
        bundle[kind] = damaged_text(rng, str(bundle[kind]))
    nbformat.write(notebook, path)
    return path, f"notebook: {how}", False


def in_settings(rng, project, _kind):
    """Take out or double a line of the book's settings or its table of contents."""
    path = project / rng.choice(["_config.yml", "_toc.yml"])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = rng.choice([n for n, line in enumerate(lines) if line.strip()[:1] not in ("#", "")])
    lines[number : number + 1] = rng.choice([[], [lines[number]] * 2, [lines[number][:-3] + "\n"]])
    path.write_text("".join(lines), encoding="utf-8")
    return path, f"{path.name}, line {number + 1}", False


def in_copy(rng, project, _kind):
    """Change, lose or double a part of a copy."""
    path = rng.choice(sorted((project / "copies").iterdir()))
    raw = path.read_bytes()
    at = rng.randrange(len(raw))
    end = at + rng.randrange(1, 200)
    new = rng.choice([b"x", b"", raw[at:end] * 2, bytes([rng.randrange(256)])])
    path.write_bytes(raw[:at] + new + raw[end:])
    return path, f"copy {path.name}", False


PLANTS = {
    "cell": in_table,
    "row": in_table,
    "descriptor": in_descriptor,
    "notebook": in_notebook,
    "settings": in_settings,
    "copy": in_copy,
}


def settings_fault(project, settings):
    """What reading the settings says; it does not build the book, which would say more."""
    try:
        listed = set(notebooks(project))
        config = yaml.safe_load((project / "_config.yml").read_text(encoding="utf-8"))
    except (DataError, yaml.YAMLError) as error:
        return str(error)
    there = {project / "index.ipynb", *(project / "chapters").glob("*.ipynb")}
    if listed != there:
        return "pages and notebooks differ"
    return "" if config == settings else BUILD


def schema_of(table):
    """The rule on schemas for a table alone: all of them take most of a check."""

    def rule(data):
        some = DataPackage(data.folder)
        some.resources = {table: some.resources[table]}
        return checks.schemas(some)

    return rule


def noticed(project, settings, table=""):
    """Who notices that something is wrong, and the first words of it; the surest comes first."""
    rules = checks.RULES
    if table:
        checks.RULES = tuple(schema_of(table) if r is checks.schemas else r for r in rules)
    try:
        return _noticed(project, settings)
    finally:
        checks.RULES = rules


def _noticed(project, settings):
    try:
        data = DataPackage(project / "data")
        recorded = {str(fault) for fault in checks.recorded(data)}
        faults = [fault for fault in checks.check(data) if str(fault) not in recorded]
        if not faults and (project / "copies").is_dir():
            faults, who = verify(data, project / "copies")[0], "verify"
        else:
            who = "check"
    except DataError as error:
        return "check", str(error)
    except Exception as error:  # a bare error of Python is no good answer, and is told
        return BARE, f"{type(error).__name__}: {error}"
    if faults:
        return who, str(faults[0])
    if recorded:
        return RECORD, ""
    wrong = settings_fault(project, settings)
    if wrong:
        return (BUILD if wrong == BUILD else "settings"), wrong
    if stale(project):
        return ONLY_STALE, "stale"
    return NOTHING, ""


def laid_out(folder, copies):
    """Copy the project into a folder, without its environment and what was built."""
    aside = shutil.ignore_patterns(".*", "_build", "mutants", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=aside, dirs_exist_ok=True)
    if copies:
        shutil.copytree(copies, folder / "copies", copy_function=shutil.copyfile)


def main():
    """Plant, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--number", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="when to stop")
    parser.add_argument("--copies", type=Path, default=os.environ.get("SOURCE_COPIES"))
    arguments = parser.parse_args()
    shares = {k: n for k, n in SHARES.items() if k != "copy" or arguments.copies}
    tally, survivors = Counter(), Counter()
    with tempfile.TemporaryDirectory() as made:
        project = Path(made)
        laid_out(project, arguments.copies)
        if stale(project):
            parser.error("execute the notebooks first: a stale one tells nothing")
        settings = yaml.safe_load((project / "_config.yml").read_text(encoding="utf-8"))
        before = {path: path.read_bytes() for path in project.rglob("*.*") if path.is_file()}
        begun = time.monotonic()
        for number in range(arguments.number):
            if time.monotonic() - begun > 60 * arguments.minutes:
                print(f"stopped after {arguments.minutes:g} minutes; what was tried counts")
                break
            rng = random.Random(f"{arguments.seed} {number}")
            [kind] = rng.choices(list(shares), list(shares.values()))
            path, place, free = PLANTS[kind](rng, project, kind)
            if path.read_bytes() == before[path]:
                tally[kind, "no change"] += 1
                continue
            table = path.stem if kind in ("cell", "row") else ""
            who, words = noticed(project, settings, table)
            tally[kind, who] += 1
            is_known = (free and who == RECORD) or (kind, who) == ("notebook", ONLY_STALE)
            if who in UNNAMED and not is_known:
                survivors[place.partition(", row")[0], who] += 1
                print(f"{number}: {place}: {who} {words}", flush=True)
            path.write_bytes(before[path])
    print("\nby table and column, of what no rule names:")
    for (place, who), count in sorted(survivors.items()):
        print(f"  {place}: {count} ({who})")
    print("\nplanted in, noticed by:")
    for (kind, who), count in sorted(tally.items()):
        print(f"  {kind}: {who}: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
