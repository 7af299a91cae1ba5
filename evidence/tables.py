"""Rows as a numbered table with a caption, whose rows can be linked to.

A notebook shows it as HTML; the book takes it as a MyST ``{table}``, which Sphinx numbers and whose
links it resolves. A cell is text: markup in the data is shown as it is.
"""

import html
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation})
_UNSAFE = str.maketrans({mark: f"%{ord(mark):02X}" for mark in " <>\\`|"})
_KEY = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere.

    Attributes
    ----------
    text : str
    target : str
        The key of a row, the label of a page, or an address (``https://…``).
    """

    text: str
    target: str

    def __str__(self) -> str:
        return self.text

    @property
    def address(self) -> str:
        """The target as an address; a key or a label is one of this book."""
        if self.target.startswith(("https://", "http://")):
            return self.target.translate(_UNSAFE)
        return f"#{self.target}"


@dataclass(frozen=True)
class Table:
    """What :func:`table` returns, with its arguments."""

    frame: pd.DataFrame
    caption: str
    name: str
    keyed: bool
    first: int | None
    choices: tuple[str, ...]

    def __repr__(self) -> str:
        return f"{self.caption} ({len(self.frame)} rows)"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {
            "text/plain": repr(self),
            "text/html": as_html(self),
            "text/markdown": as_myst(self),
        }


def table(
    frame: pd.DataFrame,
    caption: str,
    name: str,
    *,
    keyed: bool = False,
    first: int | None = 8,
    choices: Sequence[str] = (),
) -> Table:
    """Show the rows of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        Cells are text, numbers, :class:`Link` or lists of these; a missing value is an empty cell.
    caption, name : str
        What stands above it, and the label by which pages refer to it.
    keyed : bool
        Whether the index holds keys of rows. Then each row is an anchor of that name, to which
        ``[text](#key)`` leads from every page; one table of the book holds a key.
    first : int, optional
        How many rows are shown at once, the others on a click; all, if None.
    choices : sequence of str
        Columns by which a reader can choose among the rows. A table with choices can be searched
        too; its rows may have their anchors in another table as well, to which links then lead.
    """
    if frame.empty:
        raise ValueError(f"{name}: a table needs rows; that there are none is a sentence")
    wrong = [key for key in frame.index if not _KEY.fullmatch(str(key))] if keyed else []
    if wrong or (keyed and not frame.index.is_unique):
        raise ValueError(f"{name}: keys are unique, in small letters, digits and hyphens: {wrong}")
    if not set(choices) <= set(frame.columns):
        raise ValueError(f"{name}: choices are columns of the table: {', '.join(choices)}")
    return Table(frame, caption, name, keyed, first, tuple(choices))


def as_myst(shown: Table) -> str:
    """Write a table as a directive; the extension of the book reads its classes."""
    columns = list(shown.frame.columns)
    classes = ["evidence"]
    if shown.keyed:
        classes.append("keyed")
    if shown.first is not None:
        classes.append(f"first-{shown.first}")
    classes += [f"choose-{columns.index(choice)}" for choice in shown.choices]
    head = f"```{{table}} {myst(shown.caption)}\n:name: {shown.name}\n:class: {' '.join(classes)}\n"
    return f"{head}\n{rows_as_myst(shown.frame, keyed=shown.keyed)}```\n"


def rows_as_myst(frame: pd.DataFrame, *, keyed: bool = False) -> str:
    """Write the rows of a frame between pipes, a keyed one with the keys as its first column."""
    heads, rules = ["key"] * keyed, ["---"] * keyed
    heads += [myst(column) for column in frame]
    rules += ["---:" if is_number else "---" for is_number in numeric(frame)]
    rows = [[myst(cell) for cell in row] for row in frame.itertuples(index=keyed)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [heads, rules, *rows])


def numeric(frame: pd.DataFrame) -> list[bool]:
    """Whether each column holds numbers."""
    return [pd.api.types.is_numeric_dtype(frame[column]) for column in frame]


def as_html(shown: Table) -> str:
    """Write a table as plain HTML, for a notebook; JupyterLab would set text at the right."""
    opened = [
        "<td>" if number else '<td style="text-align:left">' for number in numeric(shown.frame)
    ]
    keys = [f' id="{key}"' if shown.keyed else "" for key in shown.frame.index]
    heads = "".join(f'<th scope="col">{_html(column)}</th>' for column in shown.frame)
    rows = [
        "".join(f"{tag}{_html(cell)}</td>" for tag, cell in zip(opened, row, strict=True))
        for row in shown.frame.itertuples(index=False)
    ]
    body = [f"<tr{key}>{row}</tr>" for key, row in zip(keys, rows, strict=True)]
    head = f"<caption>{_html(shown.caption)}</caption>\n<thead><tr>{heads}</tr></thead>"
    return "\n".join(["<table>", head, "<tbody>", *body, "</tbody>", "</table>"])


def plain(cell: Any) -> str:
    """Write a single value as one line of text."""
    if pd.api.types.is_scalar(cell) and pd.isna(cell):
        return ""
    return " ".join((f"{cell:.10g}" if isinstance(cell, float) else str(cell)).split())


def myst(cell: object) -> str:
    """Write a cell as Markdown that is shown as it is."""
    if isinstance(cell, list):
        return ", ".join(map(myst, cell))
    if isinstance(cell, Link):
        return f"[{myst(cell.text)}](<{cell.address}>)"
    return plain(cell).translate(_ESCAPES)


def _html(cell: object) -> str:
    if isinstance(cell, list):
        return ", ".join(map(_html, cell))
    if isinstance(cell, Link):
        return f'<a href="{html.escape(cell.address)}">{_html(cell.text)}</a>'
    return html.escape(plain(cell))
