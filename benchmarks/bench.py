"""Time the parts of a build beside plain jupyter-book on the same pages.

``python benchmarks/bench.py [RUNS]`` prints for each part the median of so many runs (3) in
seconds, and how many times the plain build of the same run it takes. Plain is jupyter-book with
its own theme, which executes the same notebooks one by one and renders them, and nothing of this
project. The last line is what stands beside it: all notebooks executed and all pages built.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOK = str(Path(sys.executable).parent / "jupyter-book")
EVIDENCE = [sys.executable, "-m", "evidence"]
PLAIN = "plain jupyter-book"
PARTS = {
    "check the data": [*EVIDENCE, "check"],
    "find the stale notebooks": [*EVIDENCE, "stale"],
    "execute all notebooks": [*EVIDENCE, "execute", "--all"],
    "build all pages": [BOOK, "build", ".", "--all", "-q"],
}
WHOLE = ("execute all notebooks", "build all pages")
CONFIG = "title: Plain\nonly_build_toc_files: true\nexecute: {execute_notebooks: force}\n"


def plain_book(folder: Path) -> None:
    """Put the book's pages and data into a folder, with a configuration that sets nothing."""
    for name in ("chapters", "data"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("index.ipynb", "_toc.yml", "references.bib", "CITATION.cff", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")


def seconds(command: list[str], folder: Path) -> float:
    """Run a command and return how long it took; its failure is an error."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Time every part, one after the other in each run, after a run that does not count."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    times: dict[str, list[float]] = {PLAIN: [], **{name: [] for name in PARTS}}
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name)
        plain_book(plain)
        for _ in range(runs + 1):
            times[PLAIN].append(seconds(PARTS["build all pages"], plain))
            for part, command in PARTS.items():
                times[part].append(seconds(command, ROOT))
    times["execute and build"] = [sum(of) for of in zip(*(times[p] for p in WHOLE), strict=True)]
    for part, taken in times.items():
        ratios = [own / base for own, base in zip(taken, times[PLAIN], strict=True)]
        own, ratio = statistics.median(taken[1:]), statistics.median(ratios[1:])
        print(f"{part:26}{own:7.1f} s{ratio:7.2f}")


if __name__ == "__main__":
    main()
