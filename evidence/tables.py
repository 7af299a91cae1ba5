"""Rows as numbered, captioned tables whose every row can be linked to.

A :class:`Table` shows itself as HTML in a notebook and as a MyST ``{table}`` in the book, where
Sphinx numbers it and resolves its links. Cells are text: whatever stands in the data, markup
included, is shown as it is.
"""

import html
import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

_ESCAPES = str.maketrans({mark: "\\" + mark for mark in string.punctuation})
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere.

    Attributes
    ----------
    text : str
    target : str
        A label of the book (an anchor of a row, a page) or an address with ``://``.
    """

    text: str
    target: str

    def __str__(self) -> str:
        return self.text


class Shown:
    """What a notebook shows: its text alone, as HTML, and in the book by the Markdown it writes."""

    def to_html(self) -> str:
        """Return it for a notebook outside the book."""
        raise NotImplementedError

    def to_markdown(self) -> str:
        """Return it as the book's theme takes it."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {
            "text/plain": repr(self),
            "text/html": self.to_html(),
            "text/markdown": self.to_markdown(),
        }


@dataclass(frozen=True)
class Table(Shown):
    """A table with a caption and a name to refer to it by.

    Attributes
    ----------
    frame : pandas.DataFrame
        What is shown, a column for each column; cells are text, numbers, :class:`Link` or a list
        of these. The index is not shown.
    caption : str
    name : str
        Label of the table in the book.
    classes : tuple of str
        ``anchored``: the first cell of a row is the row's anchor; ``home``: links to that anchor
        from anywhere in the book lead here; ``wide``: may use the margin.
    lead : int
        How many of the first columns stand side by side; the others follow below them, each
        cell under its name, so that a row of many columns stays readable. 0: all.
    """

    frame: pd.DataFrame
    caption: str
    name: str
    classes: tuple[str, ...] = field(default=())
    lead: int = 0

    def __repr__(self) -> str:
        return f"{self.caption} ({len(self.frame)} rows)"

    def to_markdown(self) -> str:
        """Return the table as a MyST ``{table}`` directive; one without rows as a sentence."""
        if self.frame.empty:
            return f"{_markdown(self.caption.rstrip('.'))}: none.\n"
        columns = list(self.frame.columns)
        numeric = [pd.api.types.is_numeric_dtype(self.frame[c]) for c in columns]
        classes = ["evidence", *self.classes, *([f"lead-{self.lead}"] if self.lead else [])]
        lines = [
            f"```{{table}} {_markdown(self.caption)}",
            f":name: {self.name}",
            f":class: {' '.join(classes)}",
            "",
            _row(_markdown(str(c)) for c in columns),
            _row("---:" if right else "---" for right in numeric),
        ]
        lines += [_row(map(_markdown, row)) for row in self.frame.itertuples(index=False)]
        return "\n".join([*lines, "```", ""])

    def to_html(self) -> str:
        """Return the table as plain HTML, for a notebook outside the book."""
        if self.frame.empty:
            return f"<p>{html.escape(self.caption.rstrip('.'))}: none.</p>"
        head = "".join(f'<th scope="col">{html.escape(str(c))}</th>' for c in self.frame.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>\n"
            for row in self.frame.itertuples(index=False)
        )
        caption = html.escape(self.caption)
        return (
            f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{body}</tbody>\n</table>"
        )


def capped(cells: Sequence[str | Link], most: int = 30) -> list[str | Link]:
    """Keep the first of some entries of a cell, and say how many more there are.

    Parameters
    ----------
    cells : sequence of (str or Link)
    most : int
        How many are kept.

    Returns
    -------
    list of (str or Link)
    """
    rest = len(cells) - most
    return [*cells[:most], f"and {rest} more"] if rest > 0 else list(cells)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(cell: object) -> str:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    return _BLANK.sub(" ", f"{cell:g}" if isinstance(cell, float) else str(cell)).strip()


def _markdown(cell: object) -> str:
    if isinstance(cell, list):
        return ", ".join(map(_markdown, cell))
    if isinstance(cell, Link):
        target = cell.target if "://" in cell.target else f"#{cell.target}"
        return f"[{_markdown(cell.text)}]({target})"
    return escaped(_plain(cell))


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it is."""
    return text.translate(_ESCAPES)


def _html(cell: object) -> str:
    if isinstance(cell, list):
        return ", ".join(map(_html, cell))
    if isinstance(cell, Link):
        target = cell.target if "://" in cell.target else f"#{cell.target}"
        return f'<a href="{html.escape(target, quote=True)}">{_html(cell.text)}</a>'
    return html.escape(_plain(cell))


@dataclass(frozen=True)
class Cards(Shown):
    """Short texts with a heading each, as a list.

    Attributes
    ----------
    cards : tuple of (str or Link, sequence, str)
        For each card its heading, what stands beside it (text or links, may be empty), and its
        text.
    name : str
        Class of the list in the book, beside ``cards``.
    """

    cards: tuple[tuple[str | Link, Sequence[str | Link], str], ...]
    name: str

    def __repr__(self) -> str:
        return "\n".join(f"{head}: {text}" for head, _, text in self.cards)

    def to_markdown(self) -> str:
        """Return the list in a container that a page's style sheet can tell by its class."""
        items = [
            f"- {' · '.join([f'**{_markdown(head)}**', *map(_markdown, beside)])}\n\n"
            f"  {_markdown(text)}\n"
            for head, beside, text in self.cards
        ]
        return f":::{{container}} cards {self.name}\n\n" + "\n".join(items) + "\n:::\n"

    def to_html(self) -> str:
        """Return the list as plain HTML, for a notebook outside the book."""
        items = "\n".join(
            f"<li>{' · '.join([f'<strong>{_html(head)}</strong>', *map(_html, beside)])}"
            f"<p>{_html(text)}</p></li>"
            for head, beside, text in self.cards
        )
        return f"<ul>\n{items}\n</ul>"
