"""Plant faults in the packages and name those that no test notices.

``python benchmarks/mutants.py [--number 60] [--seed 1] [--minutes 30] [MODULE ...]`` draws so many
of the mutants that mutmut makes of the modules (all of ``evidence`` and ``report`` by default),
runs the tests that reach each, and prints what survives, by file and line. The same seed draws the
same mutants of the same code. Settings of mutmut are in ``pyproject.toml``.
"""

import argparse
import json
import random
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "mutants"
MUTMUT = str(Path(sys.executable).parent / "mutmut")
SURVIVED = 0  # exit codes of the tests; others are theirs, or a limit of time
NAME = re.compile(r"(?P<module>.+)\.(?:x_|xǁ(?P<class>\w+)ǁ)(?P<function>\w+)__mutmut_\d+")


def run(*names: str, minutes: float) -> None:
    """Have mutmut try some mutants, and stop after so many minutes."""
    try:
        subprocess.run([MUTMUT, "run", *names], cwd=ROOT, check=False, timeout=60 * minutes)
    except subprocess.TimeoutExpired:
        print(f"stopped after {minutes:g} minutes; what was tried counts", file=sys.stderr)


def results(modules: list[str]) -> dict[str, int | None]:
    """Return the exit code of the tests for each mutant; None where it was not tried."""
    codes: dict[str, int | None] = {}
    for path in sorted(MADE.rglob("*.meta")):
        codes |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return {
        name: code
        for name, code in codes.items()
        if any(name.startswith(f"{module}.") for module in modules)
    }


def place(name: str) -> str:
    """Where a mutant differs: file, line, and the two lines."""
    shown = subprocess.run([MUTMUT, "show", name], cwd=ROOT, capture_output=True, text=True)
    lines = shown.stdout.splitlines()
    gone = [line[1:] for line in lines if line.startswith("-") and not line.startswith("---")]
    come = [line[1:] for line in lines if line.startswith("+") and not line.startswith("+++")]
    parts = NAME.fullmatch(name)
    path = ROOT / f"{parts['module'].replace('.', '/')}.py"
    source = path.read_text(encoding="utf-8").splitlines()
    begin = next(
        number
        for number, line in enumerate(source)
        if re.match(rf"\s*(?:async )?def {parts['function']}\b", line)
    )
    wanted = gone[0].strip() if gone else ""
    line = next((n for n in range(begin, len(source)) if source[n].strip() == wanted), begin)
    old, new = (" ".join(" ".join(side).split()) for side in (gone, come))
    return f"{path.relative_to(ROOT)}:{line + 1}: {old}  ->  {new}"


def main() -> int:
    """Draw, try and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", default=["evidence", "report"])
    parser.add_argument("--number", type=int, default=60, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=30, help="when to stop")
    arguments = parser.parse_args()
    modules = arguments.modules or ["evidence", "report"]
    run("no.such.mutant", minutes=arguments.minutes)  # makes all mutants and tries none
    names = sorted(results(modules))
    drawn = random.Random(arguments.seed).sample(names, min(arguments.number, len(names)))
    run(*drawn, minutes=arguments.minutes)
    codes = {name: code for name, code in results(modules).items() if name in set(drawn)}
    tried = [name for name, code in codes.items() if code is not None]
    alive = [name for name in tried if codes[name] == SURVIVED]
    print("\n".join(sorted(map(place, alive))))
    print(f"mutants: {len(names)} made, {len(tried)} tried, {len(alive)} survived")
    return 0


if __name__ == "__main__":
    sys.exit(main())
