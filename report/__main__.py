"""Commands of this report: ``python -m report readme``."""

import argparse
import re
import sys
from pathlib import Path

import nbformat

from evidence.data import DataError, DataPackage
from evidence.notebooks import find_root
from report.readme import picture, readme_text

BLOCK = re.compile(r"(<!-- computed: begin.*?-->\n).*?(<!-- computed: end -->)", re.DOTALL)
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)


def stored_drawing(path: Path, name: str) -> str:
    """Return the wide drawing of a chart from the stored outputs of a notebook.

    Raises
    ------
    DataError
        If the notebook has no such output.
    """
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/markdown", "")
            if f":name: {name}\n" in text:
                return DRAWING.findall(text)[0]
    raise DataError(f"{path.name}: holds no {name}; execute it first (make execute)")


def readme(root: Path | None = None) -> int:
    """Write the README's computed block and its picture again."""
    root = root or find_root()
    data = DataPackage(root / "data")
    path = root / "README.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(BLOCK.sub(lambda m: m[1] + readme_text(data) + m[2], text), encoding="utf-8")
    drawing = picture(stored_drawing(root / "index.ipynb", "chart-answer"))
    (root / "_static" / "answer.svg").write_text(drawing, encoding="utf-8")
    print("README.md and _static/answer.svg say and show what the data say")
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 2 cannot run."""
    parser = argparse.ArgumentParser(prog="python -m report", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("readme", help="write what the README computes from the data")
    command.set_defaults(run=readme)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run())
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
