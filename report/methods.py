"""How hard this book is to read: the sentences of its own pages and their reading grade."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from evidence.prose import agreeing, capitalised, counted, listed, number
from evidence.readability import grades
from evidence.reliability import judgements

GLUED = re.compile(r"\{glue:(?:text|md)\}`(\w+)[^`]*`")
LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
CITED = re.compile(r"\{[\w:-]+\}`[^`]*`")
BEGINS = re.compile(r"(?<=[.!?])\s+(?=[“\"(]?[A-Z0-9])")
BRIEF = "**In brief.**"
NO_TEXT = ("#", "|", "```", "(", ":", "<")  # headings, tables, code, labels
FORMULA = "flesch_kincaid"


def glued_values(notebook: Any) -> dict[str, str]:
    """Values that a notebook's cells computed for its prose, from its stored outputs.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    """
    values = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            about = output.get("metadata", {}).get("scrapbook")
            if about:
                values[about["name"]] = str(next(iter(output["data"].values())))
    return values


def title(notebook: Any) -> str:
    """Title of a page, with what it refers to by name."""
    heading = notebook.cells[0].source.partition("# ")[2]
    return _plain(heading, glued_values(notebook))


def read_again(codings: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say how many of the sources were read again.

    Parameters
    ----------
    codings, sources : pandas.DataFrame
        Rows of ``codings.csv`` and ``sources.csv``.
    """
    n = int(sources["source_id"].isin(judgements(codings)["source_id"]).sum())
    if not n:
        return "Nobody has read them a second time."
    them = "them" if n == len(sources) else f"{number(n)} of them"
    it = "it" if n == 1 else "them"
    return f"A second reader read {them} again without seeing what the first had made of {it}."


def told(making: pd.DataFrame, part: str, otherwise: str = "") -> str:
    """What the makers of a book tell of a part of its making, as one paragraph.

    Parameters
    ----------
    making : pandas.DataFrame
        Rows of ``making.csv``.
    part : str
        A level of ``part``.
    otherwise : str
        What to say where they tell nothing.
    """
    return " ".join(making.loc[making["part"] == part, "told"]) or otherwise


def reader(terms: Mapping[str, str]) -> str:
    """Name who coded the sources, in the middle of a sentence.

    Parameters
    ----------
    terms : mapping of str to str
        ``terms`` of the package's descriptor: ``reader``, which may be left out.
    """
    return terms.get("reader", "a reader whom this book does not name")


def reviewed(terms: Mapping[str, str]) -> str:
    """Say who has checked the rows.

    Parameters
    ----------
    terms : mapping of str to str
        ``terms`` of the package's descriptor: ``reviewer``, left out where there is none.
    """
    if "reviewer" in terms:
        return f"{capitalised(terms['reviewer'])} has checked the rows."
    return (
        "No clinician and no patient has checked the rows, so read them as a careful first draft."
    )


def coded_twice(tables: Sequence[str]) -> str:
    """Say which tables were coded twice.

    Parameters
    ----------
    tables : sequence of str
        Their titles.
    """
    if not tables:
        return "No table has been coded twice yet."
    told = f"Coded twice {agreeing('is', len(tables))} {counted(len(tables), 'table')}: "
    return f"{told}{listed(tables, most=len(tables))}."


def sentences(notebook: Any) -> pd.DataFrame:
    """Read the running text of a page, sentence by sentence.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Executed: what its prose refers to by name is taken from its outputs.

    Returns
    -------
    pandas.DataFrame
        Columns ``brief`` (bool: of the paragraph *In brief*; on a page that has none, what stands
        before the first heading of the second level) and ``sentence``. Headings, tables,
        code and labels are left out, and so are sentences that refer to a value that is not there.
    """
    values = glued_values(notebook)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    named = any(BRIEF in source for source in cells)
    brief, rows = not named, []
    for source in cells:
        brief = brief and not named
        for line in source.splitlines():
            text = line.strip().removeprefix("- ")
            if named:
                brief = text.startswith(BRIEF) or (brief and bool(text))
            elif text.startswith("## "):
                brief = False
            if not text or text.startswith(NO_TEXT):
                continue
            if set(GLUED.findall(text)) <= set(values):
                rows += [(brief, sentence) for sentence in BEGINS.split(_plain(text, values))]
    return pd.DataFrame(rows, columns=["brief", "sentence"])


def _plain(text: str, values: Mapping[str, str]) -> str:
    """Text as it is read: values in place, links and marks taken away."""
    text = GLUED.sub(lambda match: values.get(match[1], ""), text.removeprefix(BRIEF))
    text = CITED.sub("", LINKED.sub(r"\1", text))
    return re.sub(r"[*`]", "", text).strip()


def page_grades(pages: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Reading grade of pages, of each opening paragraph and of all their running text.

    Parameters
    ----------
    pages : mapping of str to pandas.DataFrame
        By name of the page, as returned by :func:`sentences`.

    Returns
    -------
    pandas.DataFrame
        Columns ``page``, ``words``, ``brief`` and ``text``: grades by Flesch and Kincaid (years at
        school in the United States), missing where there is no such text.
    """
    rows = []
    for page, text in pages.items():
        words, grade = _grade(text["sentence"])
        rows.append((page, words, _grade(text.loc[text["brief"], "sentence"])[1], grade))
    return pd.DataFrame(rows, columns=["page", "words", "brief", "text"])


def _grade(text: pd.Series) -> tuple[int, float]:
    if text.empty:
        return 0, float("nan")
    found = grades(text).set_index("formula").loc[FORMULA]
    return int(found["words"]), float(found["score"])
