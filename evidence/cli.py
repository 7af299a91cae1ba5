"""The command line: ``python -m evidence``."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from evidence.data import DataError, DataPackage, Fault


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 in order, 1 faults found, 2 cannot run."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evidence", description="Check, verify and render coded evidence."
    )
    parser.add_argument(
        "--data", type=Path, help="folder of the data package; by default data/ here or above"
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("check", help="hold the tables against their schemas and rules")
    command.set_defaults(run=_check)
    command = commands.add_parser("verify", help="hold the tables against the source copies")
    command.add_argument("folder", type=Path, help="folder that holds the copies")
    command.set_defaults(run=_verify)
    command = commands.add_parser(
        "renew-readability", help="work out readability.csv again from the source copies"
    )
    command.add_argument("folder", type=Path, help="folder that holds the copies")
    command.set_defaults(run=_renew_readability)
    command = commands.add_parser(
        "draft", help="print passages.csv for a new copy, every role still 'body'"
    )
    command.add_argument("source_id", help="key of the new source")
    command.add_argument("copy", type=Path, help="the copy, a UTF-8 text file")
    command.set_defaults(run=_draft)
    command = commands.add_parser("page", help="make the page of a new source")
    command.add_argument("source_id", help="key of the source, as in sources.csv")
    command.set_defaults(run=_page)
    command = commands.add_parser("new", help="make a book on another question in a new folder")
    command.add_argument("folder", type=Path, help="a folder that is empty or not there yet")
    command.add_argument("--title", help="the question, which is the title of the book")
    command.add_argument("--author", help="who makes the book")
    command.set_defaults(run=_new)
    command = commands.add_parser("execute", help="execute the notebooks that are not fresh")
    command.add_argument("--all", action="store_true", help="execute the fresh ones as well")
    command.set_defaults(run=_execute)
    command = commands.add_parser("stale", help="name the notebooks that are not fresh")
    command.set_defaults(run=_stale)
    return parser


def _report(name: str, faults: Sequence[Fault], counts: Mapping[str, int]) -> int:
    for fault in faults:
        print(fault)
    outcome = f"{len(faults)} fault{'s' * (len(faults) > 1)}" if faults else "no fault"
    print(f"{name}: {', '.join(f'{n} {what}' for what, n in counts.items())}: {outcome}")
    return 1 if faults else 0


def _check(arguments: argparse.Namespace) -> int:
    from evidence.check import check

    data = DataPackage(arguments.data)
    there = [name for name in data.resources if (data.folder / data.path(name)).is_file()]
    counts = {"tables": len(there), "rows": sum(len(data[name]) for name in there)}
    return _report("check", check(data), counts)


def _verify(arguments: argparse.Namespace) -> int:
    from evidence.verify import verify

    faults, counts = verify(DataPackage(arguments.data), arguments.folder)
    return _report("verify", faults, counts)


def _renew_readability(arguments: argparse.Namespace) -> int:
    from evidence.readability import source_grades
    from evidence.verify import passage_texts

    data = DataPackage(arguments.data)
    rows = source_grades(data, passage_texts(data, arguments.folder))
    path = data.folder / data.path("readability")
    rows.to_csv(path, index=False, lineterminator="\n")
    print(f"{path}: {len(rows)} rows")
    return 0


def _draft(arguments: argparse.Namespace) -> int:
    from evidence.passages import draft

    try:
        text = arguments.copy.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{arguments.copy}: cannot be read as UTF-8 text ({error})") from error
    draft(arguments.source_id, text).to_csv(sys.stdout, index=False)
    return 0


def _page(arguments: argparse.Namespace) -> int:
    from evidence.notebooks import add_source_page

    labels = DataPackage(arguments.data)["sources"].set_index("source_id")["label"]
    if arguments.source_id not in labels:
        raise DataError(f"{arguments.source_id}: no such source_id in sources.csv")
    print(add_source_page(arguments.source_id, labels[arguments.source_id]))
    return 0


def _new(arguments: argparse.Namespace) -> int:
    from evidence.newbook import create

    try:
        data = create(arguments.folder, arguments.title, arguments.author)
    except OSError as error:
        raise DataError(f"{arguments.folder}: {error.strerror}") from error
    sources = ", ".join(data["sources"]["label"])
    print(f"{data.folder.parent}: {data.descriptor['title']}")
    print(f"It has made sources: {sources}. What to do next: ANOTHER-QUESTION.md")
    return 0


def _execute(arguments: argparse.Namespace) -> int:
    from evidence.notebooks import execute

    return execute(everything=arguments.all)


def _stale(arguments: argparse.Namespace) -> int:
    from evidence.notebooks import find_root, stale

    root = find_root()
    for path in stale(root):
        print(f"stale: {path.relative_to(root)} (make execute)")
    return 0
