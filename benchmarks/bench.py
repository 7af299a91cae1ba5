"""Time the steps of a build as whole processes: python benchmarks/bench.py [RUNS]

Prints for each step the least, the median and the greatest number of seconds, after one run that
does not count. Needs the environment that `make book` makes.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
STEPS = {
    "check the data": [sys.executable, "-m", "evidence", "check"],
    "execute all notebooks": [sys.executable, "-m", "evidence", "execute", "--all"],
    "build all pages": [str(BIN / "jupyter-book"), "build", ".", "--all", "-q"],
}


def seconds(command):
    """Run a command and return how long it took; its failure is an error."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


def main():
    """Time every step."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    for name, command in STEPS.items():
        times = [seconds(command) for _ in range(runs + 1)][1:]
        row = "  ".join(f"{f(times):6.1f}" for f in (min, statistics.median, max))
        print(f"{name:24}{row} s", flush=True)


if __name__ == "__main__":
    main()
