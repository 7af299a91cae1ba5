"""The pictures that stand for a book: the card beside a shared link, the cover of the e-book."""

import textwrap
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from evidence.charts import PALETTE, STYLE

SIZES = {"card": (1200, 630), "cover": (1200, 1600)}  # pixels, as shared links and readers ask


def write_covers(folder: Path, title: str, author: str, line: str = "") -> None:
    """Draw ``card.png`` and ``cover.png``.

    Parameters
    ----------
    folder : pathlib.Path
        Where to write them.
    title, author : str
    line : str
        What stands below the title.
    """
    for name, (wide, tall) in SIZES.items():
        with matplotlib.rc_context(fname=STYLE):
            figure = Figure(figsize=(wide / 100, tall / 100), facecolor=PALETTE["paper"])
            size, left, top = 54, 0.08, 0.80
            words = "\n".join(textwrap.wrap(title, 26))
            figure.text(left, top, words, size=size, weight="bold", va="top", linespacing=1)
            below = top - (words.count("\n") + 2) * size * 1.3 * 100 / 72 / tall
            quiet: dict[str, Any] = {"color": PALETTE["quiet"], "size": 24, "va": "top"}
            figure.text(left, below, "\n".join(textwrap.wrap(line, 60)), linespacing=1.4, **quiet)
            figure.text(left, 0.12, author, **quiet)
            figure.savefig(
                folder / f"{name}.png", dpi=100, transparent=False, metadata={"Software": None}
            )
