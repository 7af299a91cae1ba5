"""How hard this book is to read: the sentences of its own pages and their reading grade."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from evidence.readability import grades

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
