"""Charts drawn by matplotlib and seaborn, as clean SVG with a caption and a text alternative.

A notebook writes a function that draws on an axes; :func:`chart` calls it once for a desktop's
column and once for a phone's, under the style sheet ``evidence.mplstyle``. What is ours is the
wrapper: colours become classes that a page's style sheet can turn with its theme, marks become
links to the rows that they stand for, and the listing of the drawn rows becomes the text
alternative.
"""

import html
import io
import json
import re
import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible
import matplotlib
import pandas as pd
from IPython.display import Markdown
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from evidence.prose import agreeing, capitalised, counted, number
from evidence.tables import Shown, escaped

# Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), its yellow left out for being too
# pale for a mark, and a sequence of one hue. The names are the classes in the drawing. No two have
# one value, by which they are told apart: the accent is the first colour but for a step of blue.
PALETTE = {
    "ink": "#20242a",
    "quiet": "#5a6069",
    "rule": "#dfdbd3",
    "paper": "#fdfcfa",
    "c1": "#0072b2",
    "c2": "#d55e00",
    "c3": "#009e73",
    "c4": "#b0548a",
    "c5": "#8a6d00",
    "c6": "#5b3a1e",
    "accent": "#0072b3",
    "shade1": "#e3eef6",
    "shade2": "#b5d3e7",
    "shade3": "#7fb2d3",
    "shade4": "#4089b8",
    "shade5": "#0b5f94",
}
SERIES = [PALETTE[f"c{number}"] for number in range(1, 7)]
MARKERS = ["o", "s", "D", "^", "v", "P"]  # a second channel beside colour, in the same order
PLAIN = {"#000000": PALETTE["ink"], "#ffffff": PALETTE["paper"]}
NAMES = {value: name for name, value in PALETTE.items()}
STYLE = Path(__file__).with_name("evidence.mplstyle")
SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
NAMED_AT_MOST = len(SERIES)  # things that colours, markers and the heads of columns can tell apart
ROWS_AT_MOST = 20  # rows that fit a screen or two
LINKS_AT_MOST = 60  # tab stops of one chart

for _path in sorted(Path(fontpkg_atkinson_hyperlegible.ROOT, "files").glob("*.ttf")):
    font_manager.fontManager.addfont(_path)


@dataclass(frozen=True)
class Layout:
    """The room that a drawing has.

    Attributes
    ----------
    name : str
        ``wide`` for a desktop's column, ``narrow`` for a phone's.
    width : int
        In CSS pixels.
    """

    name: str
    width: int

    @property
    def wide(self) -> bool:
        """Whether this is the layout for a desktop."""
        return self.name == "wide"

    def wrap(self, texts: Iterable[str], wide: int = 40, narrow: int = 20) -> list[str]:
        """Break labels into lines of at most so many characters in this layout."""
        room = wide if self.wide else narrow
        return ["\n".join(textwrap.wrap(str(text), room)) for text in texts]


WIDE, NARROW = Layout("wide", 680), Layout("narrow", 328)


@dataclass(frozen=True)
class Chart(Shown):
    """A chart with what is said above and below it, and what to read instead of looking.

    Attributes
    ----------
    title : str
        The finding, in words.
    caption : str
        How to read the drawing, how many rows it shows and where they come from.
    name : str
        Label of the chart in the book.
    drawings : tuple of str
        An ``svg`` element for each layout, the wide one first.
    rows : pandas.DataFrame
        What is drawn.
    """

    title: str
    caption: str
    name: str
    drawings: tuple[str, ...]
    rows: pd.DataFrame

    def __repr__(self) -> str:
        return f"{self.title} ({len(self.rows)} rows drawn)"

    def to_html(self) -> str:
        """Return the wide drawing as a figure, for a notebook outside the book."""
        return (
            f"<figure>\n<p><strong>{html.escape(self.title)}</strong></p>\n{self.drawings[0]}\n"
            f"<figcaption>{html.escape(self.caption)}</figcaption>\n</figure>"
        )

    def to_markdown(self) -> str:
        """Return drawings and rows as the ``{chart}`` directive of the book's theme."""
        drawings = "\n".join(self.drawings)
        rows = self.rows.to_csv(index=self.rows.index.name is not None, lineterminator="\n")
        return (
            f"````{{chart}} {escaped(self.caption)}\n:name: {self.name}\n"
            f":title: {json.dumps(self.title, ensure_ascii=False)}\n\n"
            f"{drawings}\n<!-- rows -->\n{rows}````\n"
        )


def chart(
    draw: Callable[[Axes, Layout], object],
    rows: pd.DataFrame,
    *,
    title: str,
    caption: str,
    name: str,
    listing: Callable[[Any], str],
    height: int | tuple[int, int],
    words: Mapping[str, str] | None = None,
) -> Chart | Markdown:
    """Draw a chart for a desktop and for a phone.

    Parameters
    ----------
    draw : callable
        Takes an axes and a :class:`Layout`, and draws `rows` on it with matplotlib or seaborn.
        Colours are those of :data:`PALETTE`; text stands upright.
    rows : pandas.DataFrame
        The tidy frame that is drawn.
    title : str
        The finding, in words.
    caption : str
        How to read the drawing, n and source.
    name : str
        Label of the chart in the book.
    listing : callable
        Turns one row (a named tuple) into the words of the text alternative.
    height : int or (int, int)
        In CSS pixels, for the wide and for the narrow layout.
    words : mapping of str to str, optional
        For each row key that a mark links to (:func:`link`), the words shown at the mark.

    Returns
    -------
    Chart
        Where there are no rows, nothing is drawn: a sentence says so.

    Raises
    ------
    ValueError
        If a colour is not of the palette, a text is slanted, or a mark links to a key without
        words: a page could not show it as it should.
    """
    if rows.empty:
        return Markdown("There is nothing to draw here: no row is of this kind.")
    heights = height if isinstance(height, tuple) else (height, height)
    told = "; ".join(dict.fromkeys(filter(None, map(listing, rows.itertuples()))))
    drawings = []
    for layout, tall in zip((WIDE, NARROW), heights, strict=True):
        with matplotlib.rc_context(fname=STYLE):
            figure = Figure(figsize=(layout.width / 72, tall / 72))
            draw(figure.add_subplot(), layout)
            drawings.append(svg(figure, f"{title} {told}.", layout.name, words or {}))
    return Chart(title, caption, name, tuple(drawings), rows)


def series(names: Iterable[str]) -> dict[str, Any]:
    """Give each of some names its colour and its marker, the same on every page.

    Parameters
    ----------
    names : iterable of str
        In their order; the first takes the first colour. More than :data:`NAMED_AT_MOST` share
        colours, and then differ in their markers.

    Returns
    -------
    dict
        ``hue_order``, ``style_order``, ``palette`` and ``markers``, as seaborn takes them.
    """
    order = list(names)
    return {
        "hue_order": order,
        "style_order": order,
        "palette": dict(zip(order, cycle(SERIES), strict=False)),
        "markers": {
            name: MARKERS[(place + place // len(SERIES)) % len(MARKERS)]
            for place, name in enumerate(order)
        },
    }


def top(
    rows: pd.DataFrame, by: str, noun: str, most: int = ROWS_AT_MOST
) -> tuple[pd.DataFrame, str]:
    """Keep the rows of what has most of them, if there is more than a chart can show.

    Parameters
    ----------
    rows : pandas.DataFrame
    by : str
        Column that tells what a row belongs to.
    noun : str
        What that is, in the singular.
    most : int
        How many of them are kept at most; of equals, the first.

    Returns
    -------
    rows : pandas.DataFrame
        In the order given.
    left_out : str
        What to say of it in a caption, with a space before it; empty if all are kept.
    """
    counts = rows[by].value_counts(sort=False)
    if len(counts) <= most:
        return rows, ""
    kept = counts.sort_values(ascending=False, kind="stable").index[:most]
    told = f" Of {counted(len(counts), noun)} only {number(most)} {agreeing('is', most)} drawn, "
    return rows[rows[by].isin(kept)], told + "those with most to show; the data hold all."


def tally(
    cells: pd.DataFrame, who: str, noun: str, most: int = NAMED_AT_MOST
) -> tuple[pd.DataFrame, str]:
    """Count the cells of a row that say the same, if there are more columns than can be named.

    Parameters
    ----------
    cells : pandas.DataFrame
        As for :func:`word_tiles`.
    who : str
        Column with the name of each cell's column.
    noun : str
        What the columns are, in the singular.
    most : int
        Columns that are shown one by one.

    Returns
    -------
    cells : pandas.DataFrame
        As given or, if there are more columns, one row for each ``y`` and ``word``: ``n`` is how
        many cells it stands for, ``x`` how many stand left of it, `who` says so in words, and
        ``key`` is empty.
    folded : str
        What to say of it in a caption, with a space before it; empty if nothing is folded.
    """
    columns = cells[who].nunique()
    if columns <= most:
        return cells, ""
    alike = cells.groupby(["y", "tile", "word"], sort=False)
    bars = alike.first().assign(n=alike.size(), key="").reset_index()
    order = {tile: place for place, tile in enumerate(TILES)}
    bars["place"] = bars["tile"].map(order)
    bars = bars.sort_values(["y", "place"], kind="stable", ignore_index=True)
    bars["x"] = bars.groupby("y")["n"].cumsum() - bars["n"]
    bars[who] = [counted(n, noun) for n in bars["n"]]
    told = f" {capitalised(counted(columns, noun))} {agreeing('is', columns)} too many to name: "
    told += "the length of a bar tells how many are alike, and the data hold each."
    return bars, told


def label_rows(ax: Axes, layout: Layout, room: int = 40, above: int = 10) -> None:
    """Set the names of rows: left of them on a desktop, above them on a phone.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        With one name at each tick of its vertical axis, the first row on top.
    layout : Layout
    room : int
        Characters of a line on a desktop.
    above : int
        How far above the middle of its row a name stands on a phone, in CSS pixels.
    """
    ticks = [
        (tick, label.get_text())
        for tick, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)
    ]
    ax.set_ylim(max(tick for tick, _ in ticks) + 0.5, min(tick for tick, _ in ticks) - 0.5)
    if layout.wide:
        ax.set_yticks([tick for tick, _ in ticks], layout.wrap([text for _, text in ticks], room))
        return
    ax.set_yticks([tick for tick, _ in ticks], [""] * len(ticks))
    for tick, text in ticks:
        ax.annotate(
            "\n".join(textwrap.wrap(text, 46)),
            xy=(0, tick),
            xycoords=ax.get_yaxis_transform(),
            xytext=(0, above),
            textcoords="offset points",
            ha="left",
            va="bottom",
        )


def legend_above(ax: Axes, layout: Layout) -> None:
    """Put the legend above the drawing, at its left edge.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        With what was drawn under labels; a legend of its own goes.
    layout : Layout
        A phone has room for two names side by side, a desktop for four.
    """
    handles, labels = ax.get_legend_handles_labels()
    own = ax.get_legend()
    if own:
        own.remove()
    ax.figure.legend(
        handles,
        labels,
        loc="outside upper left",
        ncols=4 if layout.wide else 2,
        columnspacing=1,
        handletextpad=0.2,
        borderaxespad=0,
    )


# The look of a tile, by how much of a thing there is: the darker, the more. What cannot be told has
# a broken outline, and what does not apply has none.
TILES: dict[str, dict[str, Any]] = {
    "full": {"color": PALETTE["shade5"], "words": PALETTE["paper"]},
    "part": {"color": PALETTE["shade2"], "words": PALETTE["ink"]},
    "none": {"color": "none", "edgecolor": PALETTE["rule"], "words": PALETTE["ink"]},
    "unknown": {"color": "none", "edgecolor": PALETTE["quiet"], "linestyle": "--"},
    "beside": {"color": "none"},
}


def word_tiles(ax: Axes, layout: Layout, cells: pd.DataFrame) -> None:
    """Draw tiles with a word on each, a row for each thing and a column for each who.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    layout : Layout
    cells : pandas.DataFrame
        Columns ``x`` and ``y`` (places, from 0, the first row on top), ``tile`` (one of
        :data:`TILES`), ``word``, and ``key`` (of the row that a tile leads to; empty for none).
        Folded by :func:`tally`, they are drawn as bars.
    """
    if "n" in cells:
        _word_bars(ax, layout, cells)
        return
    for tile, of in cells.groupby("tile", sort=False):
        look = {"edgecolor": "none", "words": PALETTE["quiet"], "linewidth": 1, **TILES[str(tile)]}
        words = look.pop("words")
        bars = ax.barh(of["y"], 0.92, 0.84 if layout.wide else 0.38, of["x"] - 0.46, **look)
        lines = layout.wrap(of["word"], 15, 11)
        ax.bar_label(bars, lines, label_type="center", color=words, fontsize=12, linespacing=1)
        link(bars, of["key"])


def _word_bars(ax: Axes, layout: Layout, cells: pd.DataFrame) -> None:
    """Draw cells that are alike as a bar with their number, where it has room for one."""
    room = cells.groupby("y")["n"].sum().max() * (0.05 if layout.wide else 0.1)
    for (tile, word), of in cells.groupby(["tile", "word"], sort=False):
        look = {"edgecolor": PALETTE["rule"], "words": PALETTE["quiet"], **TILES[str(tile)]}
        words = look.pop("words")
        height = 0.6 if layout.wide else 0.38
        bars = ax.barh(of["y"], of["n"], height, of["x"], linewidth=1, label=word, **look)
        numbers = of["n"].astype(str).where(of["n"] >= room, "")
        ax.bar_label(bars, numbers, label_type="center", color=words, fontsize=12)


def name_columns(ax: Axes, layout: Layout, names: Sequence[str]) -> None:
    """Set the names of columns above them; where a phone has no room, their marks and a legend.

    To be called after :func:`label_rows`. More than :data:`NAMED_AT_MOST` have no names: a legend
    tells what bars (:func:`tally`) stand for.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    layout : Layout
    names : sequence of str
        The first is that of the column at 0.
    """
    looks = series(names)
    ax.set(xlim=(-0.5, len(names) - 0.5), xlabel="", ylabel="")
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    if len(names) > NAMED_AT_MOST:
        ax.set(xlim=(0, len(names)), xticks=[])
        legend_above(ax, layout)
        return
    if layout.wide or len(names) < 5:
        ax.set_xticks(range(len(names)), layout.wrap(names, 13, 12))
        ax.tick_params("x", top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
        if not layout.wide:  # the first row's name stands above the row
            ax.set_ylim(max(ax.get_ylim()), min(ax.get_ylim()) - 0.5)
        return
    ax.set_xticks([])
    top = min(ax.get_ylim()) - 0.6
    for place, name in enumerate(names):
        mark = {"marker": looks["markers"][name], "color": looks["palette"][name], "label": name}
        ax.scatter([place], [top], s=80, **mark)
    ax.set_ylim(max(ax.get_ylim()), top - 0.4)
    legend_above(ax, layout)


def link(artist: Any, keys: Iterable[str]) -> None:
    """Make the marks of an artist lead to rows.

    Parameters
    ----------
    artist : matplotlib.collections.Collection or iterable of matplotlib.artist.Artist
        What seaborn drew: the points of a scatter plot, or the bars of a container.
    keys : iterable of str
        The key of each mark's row, in the order of the marks.
    """
    urls = [f"#{key}" if key else None for key in keys]
    if hasattr(artist, "set_urls"):
        artist.set_urls(urls)
        return
    for part, url in zip(artist, urls, strict=True):
        part.set_url(url)


def svg(figure: Figure, alt: str, layout: str, words: Mapping[str, str]) -> str:
    """Write a figure as an SVG element that a page with a strict policy can hold.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    alt : str
        What to read instead of looking.
    layout : str
        Becomes a class of the element.
    words : mapping of str to str
        For each key that a mark links to, the words shown at the mark.

    Returns
    -------
    str
        Without ids, style attributes, scripts or a size of its own.

    Raises
    ------
    ValueError
        As for :func:`chart`.
    """
    buffer = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(buffer, format="svg", metadata=nothing)
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK[1:].split("}")[0])
    root = ET.fromstring(buffer.getvalue())
    symbols = {e.get("id"): e for e in root.iter(f"{{{SVG}}}path") if e.get("id")}
    _without(root, ("metadata", "style", "defs"))
    for element in list(root.iter()):
        _inlined(element, symbols)
        _presented(element)
    for anchor in root.iter(f"{{{SVG}}}a"):
        _worded(anchor, words)
    links = sum(1 for _ in root.iter(f"{{{SVG}}}a"))
    if links > LINKS_AT_MOST:
        raise ValueError(f"{links} marks are links; at most {LINKS_AT_MOST} can be stepped through")
    _folded(root)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.attrib |= {"class": f"chart {layout}", "role": "img", "aria-label": alt}
    if links:  # an image has no parts that could be reached
        root.set("role", "group")
    text = ET.tostring(root, encoding="unicode")
    return re.sub(r"\n\s*", "\n", re.sub(r"(\d+\.\d{2})\d+", r"\1", text))


def _without(root: ET.Element, names: tuple[str, ...]) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag is ET.Comment or child.tag.endswith(names):
                parent.remove(child)


def _inlined(element: ET.Element, symbols: Mapping[str | None, ET.Element]) -> None:
    """Write a shape used by reference as a shape: a style sheet does not reach into references."""
    if not element.tag.endswith("}use"):
        return
    symbol = symbols[element.attrib.pop(XLINK)[1:]]
    place = f"translate({element.attrib.pop('x', 0)} {element.attrib.pop('y', 0)})"
    element.tag = symbol.tag
    element.set("d", symbol.get("d", ""))
    element.set("transform", place)
    element.set("style", f"{symbol.get('style', '')};{element.get('style', '')}")


def _presented(element: ET.Element) -> None:
    """Turn style into presentation attributes, and colours into classes beside them."""
    for attribute in ("id", "clip-path"):
        element.attrib.pop(attribute, None)
    declarations = [d.partition(":") for d in element.attrib.pop("style", "").split(";")]
    style = {name.strip(): value.strip() for name, _, value in declarations if value}
    if "font" in style:  # matplotlib writes the shorthand "700 12px 'Atkinson Hyperlegible', …"
        font = style.pop("font")
        size = re.search(r"[\d.]+px", font)
        style["font-size"] = size.group() if size else "13px"
        if font.startswith(("700", "bold")):
            style["font-weight"] = "700"
    if element.tag.endswith("}text"):
        _upright(element)
        style.setdefault("fill", "#000000")
    classes = []
    for attribute in ("fill", "stroke"):
        colour = style.get(attribute)
        if colour and colour != "none":
            style[attribute], name = _named(colour)
            classes.append(f"{attribute}-{name}")
    if classes:
        element.set("class", " ".join(classes))
    for name in ("font-family", "stroke-linejoin", "-webkit-text-stroke"):
        style.pop(name, None)
    element.attrib.update(style)


def _named(colour: str) -> tuple[str, str]:
    """A colour and its name in the palette; the libraries' black and white are ink and paper."""
    value = PLAIN.get(to_hex(colour), to_hex(colour))
    if value not in NAMES:
        raise ValueError(f"the colour {value} is not of the palette: {', '.join(PALETTE)}")
    return value, NAMES[value]


def _upright(text: ET.Element) -> None:
    turn = re.search(r"rotate\((-?[\d.]+)", text.get("transform", ""))
    if turn and abs(float(turn[1])) > 0.5:
        raise ValueError(f"the text {''.join(text.itertext())!r} is slanted")
    transform = re.sub(r"rotate\([^)]*\)", "", text.get("transform", "")).strip()
    text.attrib.pop("transform", None)
    if transform:
        text.set("transform", transform)


def _worded(anchor: ET.Element, words: Mapping[str, str]) -> None:
    target = anchor.attrib.pop(XLINK)
    anchor.attrib.pop("target", None)  # it would open a window
    key = target.removeprefix("#")
    if key not in words:
        raise ValueError(f"a mark leads to {key!r}, for which there are no words")
    anchor.attrib |= {"href": target, "class": "mark"}
    title = ET.Element(f"{{{SVG}}}title")
    title.text = words[key]
    anchor.insert(0, title)


def _folded(root: ET.Element) -> None:
    """Leave out what is not seen, and put the parts of plain groups in the groups' place."""
    for child in list(root):
        _folded(child)
        if child.tag.endswith("}path") and child.get("fill") == "none" and not child.get("stroke"):
            root.remove(child)
        if child.tag == f"{{{SVG}}}g" and not child.attrib:
            place = list(root).index(child)
            root.remove(child)
            for offset, part in enumerate(list(child)):
                root.insert(place + offset, part)
