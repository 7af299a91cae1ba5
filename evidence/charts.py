"""Charts drawn by seaborn and matplotlib, as numbered figures of the book.

A notebook writes a function that draws on an axes. :func:`chart` calls it once for a desktop and
once for a phone, and keeps both drawings as SVG: text stays text in the type of the page, colours
become variables of its style sheet (so they turn with a dark page), and marks can lead to rows.
"""

import base64
import html
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidence.tables import myst, plain, rows_as_myst

# Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), darker where words in it would be hard
# to read on white; one hue in five shades; what is neither. `_static/book.css` has these names too.
PALETTE = {
    "ink": "#20242a",
    "quiet": "#5a6069",
    "rule": "#d9dce1",
    "paper": "#fefefe",
    "c1": "#0072b2",
    "c2": "#c05300",
    "c3": "#00805e",
    "c4": "#b0548a",
    "c5": "#8a6d00",
    "c6": "#5b3a1e",
    "shade1": "#e3eef6",
    "shade2": "#b5d3e7",
    "shade3": "#7fb2d3",
    "shade4": "#4089b8",
    "shade5": "#0b5f94",
}
MARKERS = ["o", "s", "D", "^", "v", "P"]  # a second channel beside colour, in the same order
WIDTHS = {"wide": 680, "narrow": 328}  # CSS pixels: a desktop's column, a phone's
STYLE = Path(__file__).with_name("evidence.mplstyle")
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
NAMES = {colour: name for name, colour in PALETTE.items()}
NAMES |= {"#000000": "ink", "#ffffff": "paper"}  # what the libraries draw with if nothing is said
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LONG = re.compile(r"(\.\d\d)\d+")


@dataclass(frozen=True)
class Chart:
    """What :func:`chart` returns: its words, its two drawings, what is drawn."""

    title: str
    caption: str
    name: str
    label: str
    drawings: tuple[str, str]
    rows: pd.DataFrame

    def __repr__(self) -> str:
        return f"{self.title} ({len(self.rows)} rows drawn)"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {
            "text/plain": repr(self),
            "text/html": as_html(self),
            "text/markdown": as_myst(self),
        }


def chart(
    draw: Callable[[Axes, bool], object],
    rows: pd.DataFrame,
    *,
    title: str,
    caption: str,
    name: str,
    alt: str,
    height: tuple[int, int],
    words: Mapping[str, str] | None = None,
) -> Chart:
    """Draw a chart for a desktop and for a phone.

    Parameters
    ----------
    draw : callable
        Takes an axes, and whether it is the wide drawing; its colours are of :data:`PALETTE`.
        Marks given a URL ``#key`` (:func:`link`) lead to the row of that key.
    rows : pandas.DataFrame
        What is drawn; readers find it as a table and as CSV below the drawing.
    title : str
        The finding, in words.
    caption : str
        How to read the drawing, n and source.
    name : str
        The label by which pages refer to it.
    alt : str
        What the drawing shows, for who cannot see it, in a sentence or two; its title goes before.
    height : (int, int)
        Of the wide and of the narrow drawing, in CSS pixels.
    words : mapping of str to str, optional
        For each key that a mark leads to, what the mark is called.
    """
    drawings = []
    label = " ".join(f"{re.sub(r'(?<![.?!])$', '.', title)} {alt}".split())
    for (layout, width), tall in zip(WIDTHS.items(), height, strict=True):
        with matplotlib.rc_context({"svg.hashsalt": f"{name}-{layout}"}, fname=STYLE):
            figure = Figure(figsize=(width / 72, tall / 72))
            draw(figure.add_subplot(), layout == "wide")
            buffer = io.StringIO()
            nothing = dict.fromkeys(["Date", "Creator", "Format", "Type"])
            figure.savefig(buffer, format="svg", metadata=nothing)
        drawings.append(as_svg(buffer.getvalue(), layout, label, words or {}))
    return Chart(title, caption, name, label, (drawings[0], drawings[1]), rows)


def series(names: Iterable[str]) -> dict[str, Any]:
    """Give each of up to six names a colour and a marker, by their order, as seaborn takes them.

    Called with the same names on each page, it gives each the same look everywhere.
    """
    order = list(names)
    return {
        "hue_order": order,
        "style_order": order,
        "palette": {name: PALETTE[f"c{place}"] for place, name in enumerate(order, 1)},
        "markers": dict(zip(order, MARKERS, strict=False)),
    }


def link(marks: Any, keys: Iterable[str]) -> None:
    """Let marks lead to rows: the points of a scatter plot, or the bars of a container."""
    addresses = [f"#{key}" if key else None for key in keys]
    if hasattr(marks, "set_urls"):
        marks.set_urls(addresses)
        return
    for mark, address in zip(marks, addresses, strict=True):
        mark.set_url(address)


def as_svg(drawn: str, layout: str, label: str, words: Mapping[str, str]) -> str:
    """Make of matplotlib's drawing an element for a page.

    Raises
    ------
    ValueError
        If a colour is not of the palette, or a mark leads to a key that `words` lacks: on a page
        it would be unseen in the dark, or a link without a name.
    """
    root = ET.fromstring(drawn)
    for parent in list(root.iter()):
        for child in [c for c in parent if c.tag.endswith(("}metadata", "}style"))]:
            parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        target = element.attrib.pop(f"{{{XLINK}}}href", None)
        if target:
            element.set("href", target)
        for attribute, value in element.attrib.items():
            if attribute == "style":
                element.set("style", _styled(value))
            elif attribute in ("d", "x", "y", "width", "height", "transform", "points"):
                element.set(attribute, _LONG.sub(r"\1", value))
        if element.tag == "g":
            element.attrib.pop("id", None)
        if element.tag == "a":
            _name(element, words)
    has_links = any(element.tag == "a" for element in root.iter())
    root.attrib = {
        "xmlns": SVG,
        "class": f"chart {layout}",
        "viewBox": root.get("viewBox", ""),
        "role": "group" if has_links else "img",  # what is in an image cannot be reached
        "aria-label": label,
    }
    return re.sub(r">\s+<", ">\n<", ET.tostring(root, encoding="unicode"))


def as_html(shown: Chart) -> str:
    """Write the wide drawing as a figure, for a notebook.

    It is an image there: JupyterLab takes drawings out of a notebook that was not run, and its
    script stops at links in them.
    """
    drawing = shown.drawings[0].replace("<svg", '<svg font-family="sans-serif"', 1)
    image = base64.b64encode(drawing.encode()).decode()
    return (
        f"<figure>\n<p><strong>{html.escape(shown.title)}</strong></p>\n"
        f'<img alt="{html.escape(shown.label)}" src="data:image/svg+xml;base64,{image}">\n'
        f"<figcaption>{html.escape(shown.caption)}</figcaption>\n</figure>"
    )


def as_myst(shown: Chart) -> str:
    """Write the drawings and what is drawn as the ``{chart}`` directive of the book."""
    wide, narrow = shown.drawings
    return (
        f"````{{chart}} {myst(shown.caption)}\n:name: {shown.name}\n"
        f":title: {json.dumps(plain(shown.title), ensure_ascii=False)}\n\n"
        f"{wide}\n{narrow}\n\n{rows_as_myst(shown.rows)}````\n"
    )


def _styled(style: str) -> str:
    """Name the colours of a style, and leave the type to the page."""

    def named(match: re.Match[str]) -> str:
        if match[0] not in NAMES:
            raise ValueError(f"the colour {match[0]} is not of the palette: {', '.join(PALETTE)}")
        name = NAMES[match[0]]
        return f"var(--{name}, {PALETTE[name]})"

    return _COLOUR.sub(named, re.sub(r"font-family: [^;]*(; )?", "", style))


def _name(anchor: ET.Element, words: Mapping[str, str]) -> None:
    """Give a link the name that is read aloud, and shown at the pointer."""
    anchor.attrib.pop("target", None)  # it would open a window
    key = anchor.get("href", "").removeprefix("#")
    if key not in words:
        raise ValueError(f"a mark leads to {key!r}, for which there are no words")
    title = ET.Element("title")
    title.text = plain(words[key])
    anchor.insert(0, title)
