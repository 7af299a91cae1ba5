"""Plant faults in the cells of the notebooks and name those that no test of the page notices.

``python benchmarks/page_mutants.py [--number 60] [--seed 1] [--minutes 30] [PAGE ...]`` draws so
many of the mutants that mutmut's operators make of the cells (of all pages by default), runs the
tests of the page on each, and prints what survives, by page and cell. The same seed draws the same
mutants of the same cells. Recorded outputs play no part: a page is run on made data.
"""

import argparse
import multiprocessing
import os
import random
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import nbformat
import pytest
from mutmut.mutation.file_mutation import create_mutations

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SURVIVED = 0  # exit code of pytest where every test passed


@dataclass(frozen=True)
class Mutant:
    """A notebook with one cell that is not as it was."""

    path: Path
    cell: int
    source: str

    def __str__(self) -> str:
        was = nbformat.read(self.path, as_version=4).cells[self.cell].source.splitlines()
        now = self.source.splitlines()
        gone = " ".join(line.strip() for line in was if line not in now)
        come = " ".join(line.strip() for line in now if line not in was)
        return f"{self.path.name}, cell {self.cell + 1}: {gone}  ->  {come}"


def tests_of(path: Path) -> Path:
    """Tests of a page; pages of one kind share theirs."""
    name = path.stem.partition("-")[0]
    return ROOT / "tests" / "report" / f"test_{name}.py"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of the cells of a notebook, the setup left out."""
    cells = nbformat.read(path, as_version=4).cells
    code = [place for place, cell in enumerate(cells) if cell.cell_type == "code"]
    for place in code[1:]:
        # mutmut changes what stands in functions.
        wrapped = f"def cell():\n{textwrap.indent(cells[place].source, '    ')}\n"
        module, mutations, *_ = create_mutations(str(path), wrapped)
        for mutation in mutations:
            changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
            source = textwrap.dedent(changed.code.partition("\n")[2]).strip()
            if source != cells[place].source:
                yield Mutant(path, place, source)


def tried(mutant: Mutant) -> tuple[Mutant, int]:
    """Run the tests of a page with a mutant in its place; return their exit code with it."""
    read = nbformat.read

    def changed(path: Path, **options: object) -> nbformat.NotebookNode:
        notebook = read(path, **options)
        if Path(path) == mutant.path:
            notebook.cells[mutant.cell].source = mutant.source
        return notebook

    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
    with patch("nbformat.read", changed):
        own = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not book and not browser"]
        return mutant, int(pytest.main([*own, str(tests_of(mutant.path))]))


def main() -> int:
    """Draw, try and print."""
    from evidence.notebooks import notebooks

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="*", help="names of pages, as conflict")
    parser.add_argument("--number", type=int, default=60, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=30, help="when to stop")
    arguments = parser.parse_args()
    paths = {tests_of(path): path for path in notebooks(ROOT) if tests_of(path).is_file()}
    wanted = [p for p in paths.values() if not arguments.pages or p.stem in arguments.pages]
    made = [mutant for path in wanted for mutant in mutants(path)]
    drawn = random.Random(arguments.seed).sample(made, min(arguments.number, len(made)))
    ends = time.monotonic() + 60 * arguments.minutes
    alive, count = [], 0
    # Forked, and each used once: imports are paid once, and a page runs in a process that is clean.
    import seaborn  # noqa: F401

    import tests.conftest  # noqa: F401

    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        for mutant, code in pool.imap_unordered(tried, drawn):
            count += 1
            alive += [mutant] if code == SURVIVED else []
            print(f"{count} of {len(drawn)}", end="\r", file=sys.stderr)
            if time.monotonic() > ends:
                print(f"stopped after {arguments.minutes:g} minutes", file=sys.stderr)
                pool.terminate()
                break
    print("\n".join(sorted(map(str, alive))))
    print(f"mutants of pages: {len(made)} made, {count} tried, {len(alive)} survived")
    return 0


if __name__ == "__main__":
    sys.exit(main())
