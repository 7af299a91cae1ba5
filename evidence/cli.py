"""The command line: ``python -m evidence``."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence.data import CODED, IN_PROGRESS, ONCE, TWICE, DataError, DataPackage, Fault


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 in order, 1 faults found, 2 cannot run."""
    argv = sys.argv[1:] if argv is None else argv
    try:
        arguments = _parser(argv).parse_args(argv)
        return int(arguments.run(arguments))
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evidence",
        description="Check, verify and render coded evidence.",
        parents=[_folder_option()],
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("check", help="hold the tables against their schemas and rules")
    command.set_defaults(run=_check)
    command = commands.add_parser(
        "verify", help="hold the tables against the source copies, or a newer copy against them"
    )
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", type=Path, nargs="?", help="folder that holds the copies")
    what.add_argument(
        "--against",
        nargs=2,
        metavar=("PAGE", "SOURCE"),
        help="say which coded passages of SOURCE, a source_id, still stand in PAGE, a newer copy "
        "of it: a text file or a saved web page",
    )
    command.set_defaults(run=_verify)
    _add_intake(commands, argv)
    command = commands.add_parser("new", help="make a book on another question in a new folder")
    command.add_argument("folder", type=Path, help="a folder that is empty or not there yet")
    command.add_argument("--title", help="the question, which is the title of the book")
    command.add_argument("--author", help="who makes the book")
    command.set_defaults(run=_new)
    command = commands.add_parser("execute", help="execute the notebooks that are not fresh")
    command.add_argument("--all", action="store_true", help="execute the fresh ones as well")
    command.set_defaults(run=_execute)
    command = commands.add_parser(
        "export", help="write web annotations and an RO-Crate beside the pages of the built book"
    )
    command.add_argument("folder", type=Path, help="folder of the built pages: _build/html")
    command.set_defaults(run=_export)
    command = commands.add_parser("stale", help="name the notebooks that are not fresh")
    command.set_defaults(run=_stale)
    return parser


def _add_intake(commands: Any, argv: Sequence[str]) -> None:
    """Add the commands that take a source in, keep it and take it out."""
    command = commands.add_parser("add", help="take in a new source: its copy, or a saved page")
    command.add_argument("copy", type=Path, help="a UTF-8 text file, or a saved web page")
    command.add_argument(
        "--sheets", type=Path, help="folder for the coding sheets; by default coding/ID"
    )
    if "add" in argv:  # its options are the columns of a table
        known, _ = _folder_option().parse_known_args(argv)
        _add_columns(command, DataPackage(known.data))
    command.set_defaults(run=_add)
    command = commands.add_parser("enter", help="enter the accepted lines of coding sheets")
    command.add_argument("sheets", type=Path, help="folder of the sheets")
    told = "the sheets are those of a second reader: enter them as codings"
    command.add_argument("--second", action="store_true", help=told)
    command.set_defaults(run=_enter)
    command = commands.add_parser("todo", help="say what a source still lacks, rule by rule")
    command.add_argument("source", nargs="?", help="key of the source; by default every source")
    command.add_argument("--to", choices=[ONCE, TWICE], help="what it shall be declared as")
    command.set_defaults(run=_todo)
    command = commands.add_parser("declare", help="declare how often a source was coded")
    command.add_argument("source", help="key of the source")
    command.add_argument("level", choices=[ONCE, TWICE, IN_PROGRESS])
    command.set_defaults(run=_declare)
    command = commands.add_parser("renew", help="write everything that is generated again")
    command.add_argument("folder", type=Path, nargs="?", help="folder that holds the copies")
    command.set_defaults(run=_renew)
    command = commands.add_parser("remove", help="take out a source, its rows and its page")
    command.add_argument("source", help="key of the source")
    command.set_defaults(run=_remove)
    command = commands.add_parser("clear", help="take out the example that a new book begins with")
    command.set_defaults(run=_clear)


def _add_columns(command: argparse.ArgumentParser, data: DataPackage) -> None:
    from evidence.editing.intake import FOUND

    for column, described in data.fields["sources"].items():
        if column not in FOUND:
            option = "--id" if column == "source_id" else f"--{column.replace('_', '-')}"
            levels = described.get("constraints", {}).get("enum")
            about = described.get("description", "").replace("%", "%%")
            command.add_argument(option, dest=column, choices=levels, help=about)


def _folder_option() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--data", type=Path, help="folder of the data package; by default data/ here or above"
    )
    return parser


def _report(name: str, faults: Sequence[Fault], counts: Mapping[str, int]) -> int:
    for fault in faults:
        print(fault)
    outcome = f"{len(faults)} fault{'s' * (len(faults) > 1)}" if faults else "no fault"
    print(
        ": ".join(
            [name, *filter(None, [", ".join(f"{n} {w}" for w, n in counts.items())]), outcome]
        )
    )
    return 1 if faults else 0


def _check(arguments: argparse.Namespace) -> int:
    from evidence.check import check

    data = DataPackage(arguments.data).whole()
    there = [name for name in data.resources if (data.folder / data.path(name)).is_file()]
    counts = {"tables": len(there), "rows": sum(len(data[name]) for name in there)}
    return _report("check", check(DataPackage(arguments.data)), counts)


def _verify(arguments: argparse.Namespace) -> int:
    from evidence.verify import verify

    if arguments.against:
        return _against(arguments)
    faults, counts = verify(DataPackage(arguments.data, whole=True), arguments.folder)
    return _report("verify", faults, counts)


def _against(arguments: argparse.Namespace) -> int:
    from collections import Counter

    from evidence.copies import read_copy
    from evidence.newer import STATES, fates

    page, source = arguments.against
    found = fates(DataPackage(arguments.data), source, read_copy(Path(page)).text)
    for fate in found:
        if fate.state != STATES[0]:
            print(fate)
    states = Counter(fate.state for fate in found)
    told = ", ".join(f"{states[state]} {state}" for state in STATES)
    print(f"verify: {page} against {source}: of {len(found)} coded passages {told}")
    return 0 if states[STATES[0]] == len(found) else 1


def _add(arguments: argparse.Namespace) -> int:
    from evidence.editing.intake import add, row_of

    data = DataPackage(arguments.data)
    given = {column: value for column, value in vars(arguments).items() if value is not None}
    cells = row_of(data, arguments.copy, given, ask=_ask if sys.stdin.isatty() else None)
    return _tell(add(data, arguments.copy, cells, arguments.sheets))


def _ask(column: str, described: Mapping[str, Any]) -> str:
    levels = described.get("constraints", {}).get("enum", [])
    print(f"{column}: {described.get('description', '')} {' | '.join(map(str, levels))}")
    return input("> ").strip()


def _tell(lines: Sequence[object]) -> int:
    print(*lines, sep="\n")
    return 0


def _enter(arguments: argparse.Namespace) -> int:
    from evidence.editing.entering import enter
    from evidence.editing.second import enter_second
    from evidence.prose import counted

    entering = enter_second if arguments.second else enter
    faults, told = entering(DataPackage(arguments.data), arguments.sheets)
    _tell(faults or told or ["nothing to enter: no line has yes in the column accept"])
    if faults:
        print(f"nothing was entered: {counted(len(faults), 'fault')} to mend first")
    return 1 if faults else 0


def _todo(arguments: argparse.Namespace) -> int:
    from evidence.editing.renewal import grouped, lacking

    data = DataPackage(arguments.data).whole()
    coded = data["sources"].set_index("source_id")[CODED]
    for source in [arguments.source] if arguments.source else list(coded.index):
        level = arguments.to or coded.get(source, ONCE)
        level = ONCE if level == IN_PROGRESS else level
        found = list(lacking(data, source, level))
        n = sum(len(faults) for _, faults in found)
        print(f"{source}, coded {level}: {f'{n} to do' if n else 'complete'}")
        for rule, faults in found:
            print(f"  {rule}")
            _tell([f"    {line}" for line in grouped(faults)])
    return 0


def _declare(arguments: argparse.Namespace) -> int:
    from evidence.editing.renewal import declare

    faults = declare(DataPackage(arguments.data), arguments.source, arguments.level)
    return _report(f"declare {arguments.source} coded {arguments.level}", faults, {})


def _renew(arguments: argparse.Namespace) -> int:
    from evidence.editing.renewal import renew

    return _tell(renew(DataPackage(arguments.data), arguments.folder))


def _remove(arguments: argparse.Namespace) -> int:
    from evidence.editing.intake import remove

    return _tell(remove(DataPackage(arguments.data), arguments.source))


def _clear(arguments: argparse.Namespace) -> int:
    from evidence.editing.intake import clear
    from evidence.editing.newbook import EXAMPLE

    data = DataPackage(arguments.data)
    return _tell(clear(data, data.folder.parent / EXAMPLE))


def _new(arguments: argparse.Namespace) -> int:
    from evidence.editing.newbook import create

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


def _export(arguments: argparse.Namespace) -> int:
    from evidence.exports import export

    base = os.environ.get("BOOK_URL", "").strip()
    data = DataPackage(arguments.data)
    for path, number in export(data, arguments.folder, base):
        print(f"{path}: {number} described")
    return 0


def _stale(arguments: argparse.Namespace) -> int:
    from evidence.notebooks import find_root, stale

    root = find_root()
    for path in stale(root):
        print(f"stale: {path.relative_to(root)} (make execute)")
    return 0
