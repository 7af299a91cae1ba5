"""The command line: ``python -m evidence`` and one of its commands."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from evidence.adding import NOT_ASKED, add
from evidence.check import check, form, told
from evidence.data import DataError, Package
from evidence.people import (
    calibration_counts,
    consistency,
    held_against,
    mean_certainty,
    read_sentences,
)
from evidence.prose import lint
from evidence.verify import verify


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong and leave."""
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns
    -------
    int
        0 if all is well, 1 if faults were found, 2 if the command could not be done.
    """
    try:
        data = Package()
        given = _parser(data).parse_args(arguments)
        found = given.command(data, given)
        sys.stdout.flush()
        return int(found)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser(data: Package) -> Parser:
    parser = Parser(prog="python -m evidence", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("check", help="hold the tables against their schema")
    command.set_defaults(command=_check)
    command = commands.add_parser("verify", help="hold the tables against the copies")
    command.add_argument("folder", type=Path, help="where the copies are")
    command.set_defaults(command=_verify)
    command = commands.add_parser("prose", help="hold the words of notebooks against their asserts")
    command.add_argument("notebooks", type=Path, nargs="+")
    command.set_defaults(command=_prose)
    command = commands.add_parser("people", help="hold codes against those of people")
    command.add_argument("folder", type=Path, help="where the sentences are that people coded")
    command.set_defaults(command=_people)
    command = commands.add_parser("add", help="take in a copy")
    command.add_argument("copy", type=Path, help="a text file in UTF-8")
    command.set_defaults(command=_add)
    for column, field in data.fields["sources"].items():
        if column not in NOT_ASKED:
            limits = field.get("constraints", {})
            option = "--id" if column == "source_id" else "--" + column.replace("_", "-")
            command.add_argument(
                option,
                dest=column,
                default="",
                required=bool(limits.get("required")),
                choices=limits.get("enum"),
                help=field["description"].replace("%", "%%"),
            )
    return parser


def _check(data: Package, given: argparse.Namespace) -> bool:
    faults = check(data)
    for line in told(faults):
        print(line)
    print(f"check: {len(data.resources)} tables, {len(faults)} faults")
    return bool(faults)


def _verify(data: Package, given: argparse.Namespace) -> bool:
    if any(form(data)):
        raise DataError("the tables have faults: run python -m evidence check first")
    faults, counts = verify(data, given.folder)
    for line in told(faults):
        print(line)
    looked_at = ", ".join(f"{count} {what}" for what, count in counts.items())
    print(f"verify: {looked_at}, {len(faults)} faults")
    return bool(faults)


def _prose(data: Package, given: argparse.Namespace) -> bool:
    faults = lint(given.notebooks)
    print("\n".join([*faults, f"prose: {len(given.notebooks)} notebooks, {len(faults)} faults"]))
    return bool(faults)


def _people(data: Package, given: argparse.Namespace) -> bool:
    sentences, codes = read_sentences(given.folder), data.frame("held_against_people")
    kept = data.frame("people_counts")
    counts = calibration_counts(sentences, codes).assign(round=kept["round"].max())
    counts = counts[list(kept.columns)].astype({"code": int})
    for table in (held_against(sentences, codes), consistency(codes), mean_certainty(counts)):
        print(table.round(3).to_string(index=False), end="\n\n")
    print(counts.to_csv(index=False), end="")
    last = kept[kept["round"] == kept["round"].max()]
    met = [set(table.itertuples(index=False, name=None)) for table in (counts, last)]
    if met[0] != met[1]:
        print("people_counts.csv: its last round is not that of these codes")
    return met[0] != met[1]


def _add(data: Package, given: argparse.Namespace) -> bool:
    cells = {c: getattr(given, c) for c in data.fields["sources"] if c not in NOT_ASKED}
    for line in add(data, given.copy, cells):
        print(line)
    return False


if __name__ == "__main__":
    sys.exit(main())
