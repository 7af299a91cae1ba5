"""Measure how time and memory grow with the number of sources.

``python benchmarks/growth.py [--sizes 5 50 500 5000] [--pages 50 500] [--seconds 3600]`` makes a
corpus of each size (:mod:`benchmarks.corpus`), measures each part in a process of its own, prints
seconds of the processor and the peak of memory with the exponent from one size to the next (1:
linear), and draws both curves to ``benchmarks/growth.svg``. Notebooks are executed at the sizes
after ``--pages``. A part that fails or takes longer than so many seconds is printed as a dash.
"""

import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import seaborn as sns

from benchmarks.corpus import ROOT, grow
from evidence.charts import STYLE
from evidence.check import check
from evidence.data import DataPackage
from evidence.overlaps import overlaps
from evidence.readability import source_grades
from evidence.verify import unchanged_copies, verify

MEGABYTE = 1024  # what the system counts in kilobytes


def load(folder: Path) -> None:
    """Read every table."""
    data = DataPackage(folder / "data")
    for name in data.resources:
        data[name]


def checked(folder: Path) -> None:
    """Hold the tables against their schemas and each other; a fault is an error."""
    _no_faults(check(DataPackage(folder / "data")))


def verified(folder: Path) -> None:
    """Hold the tables against the copies; a fault is an error."""
    _no_faults(verify(DataPackage(folder / "data"), folder / "copies")[0])


def graded(folder: Path) -> None:
    """Work out the reading grades again."""
    data = DataPackage(folder / "data")
    copies = unchanged_copies(data, folder / "copies").values()
    source_grades(data, {key: text for copy in copies for key, text in copy.passages.items()})


def overlapped(folder: Path) -> None:
    """Find the words in common again."""
    overlaps({path.stem: path.read_text() for path in sorted((folder / "copies").iterdir())})


def _no_faults(faults: list) -> None:
    if faults:
        raise SystemExit(f"{len(faults)} faults; the first: {faults[0]}")


PARTS = {
    "load": load,
    "check": checked,
    "verify": verified,
    "readability": graded,
    "overlaps": overlapped,
}


def execute(folder: Path, page: str) -> None:
    """Run the cells of a notebook on a corpus, as a kernel would."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    for cell in nbformat.read(folder / page, as_version=4).cells:
        if cell.cell_type == "code":
            shell.run_cell(cell.source).raise_error()


def copy_pages(folder: Path) -> list[str]:
    """Put the book's notebooks beside a corpus, one of those that show a source for all."""
    names = []
    for path in sorted([*ROOT.glob("*.ipynb"), *ROOT.glob("chapters/*.ipynb")]):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(ROOT))
        if path.stem.startswith("source-"):
            text = text.replace(path.stem.removeprefix("source-"), "source0001")
            name = "chapters/source-source0001.ipynb"
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        names.append(name)
    files = [f"- file: {name.removesuffix('.ipynb')}" for name in names if "/" in name]
    toc = "\n".join(["root: index", "parts:", "- chapters:", *[f"  {file}" for file in files]])
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    for name in ("CITATION.cff", "CHANGELOG.md", "requirements.txt"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return list(dict.fromkeys(names))


def measure(part: str, folder: Path, limit: float) -> tuple[float, float]:
    """Seconds of the processor and megabytes of a part, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.growth", "--part", part, str(folder.resolve())]
    where = {"cwd": folder / Path(part).parent, "env": {"PYTHONPATH": str(ROOT)}}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, **where)
    except subprocess.TimeoutExpired:
        print(f"{part}: not done within {limit:g} s", file=sys.stderr)
        return math.nan, math.nan
    if done.returncode:
        print(f"{part}: {(done.stderr or done.stdout).strip()[-300:]}", file=sys.stderr)
        return math.nan, math.nan
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def run_part(part: str, folder: Path) -> None:
    """Run a part here and print what it took, imports left out."""
    begun = time.process_time()
    if part in PARTS:
        PARTS[part](folder)
    else:
        execute(folder, part)
    # Linux's own count: that of the module resource begins with the parent's.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / MEGABYTE
    print(json.dumps([time.process_time() - begun, peak]))


def told(rows: pd.DataFrame) -> str:
    """Write the measures as a table: seconds, megabytes, and exponents between sizes."""
    lines = [f"{'':28}{'sources':>8}{'seconds':>10}{'exponent':>10}{'MB':>8}"]
    for part, of in rows.groupby("part", sort=False):
        steps = of["seconds"].map(math.log).diff() / of["sources"].map(math.log).diff()
        for row, step in zip(of.itertuples(), steps, strict=True):
            exponent = "" if math.isnan(step) else f"{step:.2f}"
            numbers = f"{row.seconds:10.1f}{exponent:>10}{row.megabytes:8.0f}"
            lines.append(f"{part:28}{row.sources:8}{numbers}")
    return "\n".join(lines)


def plot(rows: pd.DataFrame, path: Path) -> None:
    """Draw seconds and megabytes against sources, both axes by powers of ten."""
    with matplotlib.rc_context(fname=STYLE):
        shown = rows[rows["part"].isin(PARTS)]
        figure, axes = plt.subplots(1, 2, figsize=(10, 4.5))
        for ax, measured in zip(axes, ("seconds", "megabytes"), strict=True):
            sns.lineplot(
                shown, x="sources", y=measured, hue="part", style="part", markers=True, ax=ax
            )
            ax.set(xscale="log", yscale="log")
        figure.savefig(path, metadata={"Date": None})


def main(sizes: Iterable[int], paged: Iterable[int], limit: float) -> None:
    """Measure, print and draw."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = grow(Path(name), size)
            pages = copy_pages(folder) if size in set(paged) else []
            for part in [*PARTS, *pages]:
                rows.append((part, size, *measure(part, folder, limit)))
                print(*rows[-1], file=sys.stderr)
    found = pd.DataFrame(rows, columns=["part", "sources", "seconds", "megabytes"])
    print(told(found.sort_values("sources", kind="stable")))
    plot(found, ROOT / "benchmarks" / "growth.svg")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 50, 500, 5000])
    parser.add_argument("--pages", type=int, nargs="*", default=[50, 500], help="execute at these")
    parser.add_argument("--seconds", type=float, default=3600, help="limit of one part")
    parser.add_argument("--part", nargs=2, metavar=("PART", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.part:
        run_part(chosen.part[0], Path(chosen.part[1]))
    else:
        main(chosen.sizes, chosen.pages, chosen.seconds)
