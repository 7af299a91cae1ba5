"""Charts as captioned SVG with a text alternative, drawn to be read on a phone and in grey.

A chart is laid out in points, its text as wide as the text of a phone: there one point is one
pixel. Labels are given the room that they take with the text spacing of WCAG 1.4.12. A filled or
a hollow mark tells whose voice it is, and nothing else; other differences are told by shape, by
heading or in words. In tiles, darker is more. Colours are those of the light page; the book's
style sheet maps them to those of the dark one.
"""

import html
import io
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import matplotlib
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.textpath import TextToPath
from matplotlib.ticker import MaxNLocator

WIDTH = 328  # points: the narrowest phone has 360 pixels, of which the page's margins take 32
TYPE = 12
LINE = 15
INK, QUIET, PALE, PAPER = "#000000", "#666666", "#dddddd", "#ffffff"
BLUE = "#0072b2"  # of Okabe and Ito's palette; what differs also differs in shape or in shade
SHADES = sns.light_palette(BLUE, as_cmap=True)
FULL, PART, LITTLE = 0.65, 0.35, 0.1  # shades of tiles; ink can be read on each of them
SETTINGS = {
    "svg.fonttype": "none",  # text stays text: it takes the page's type and can be read aloud
    "svg.hashsalt": "evidence",  # the same chart is the same file
    "font.size": TYPE,
}
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"


@dataclass(frozen=True)
class Chart:
    """A chart with its caption and what to read instead of looking.

    Attributes
    ----------
    svg : str
        The drawing, an ``svg`` element without style attributes.
    caption : str
        States the finding; shown below the chart.
    alt : str
        States the finding and what is drawn, for those who do not see it.
    name : str
        Label of the chart in the book.
    """

    svg: str
    caption: str
    alt: str
    name: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        caption = html.escape(self.caption)
        return {
            "text/plain": repr(self),
            "text/html": f"<figure>\n{self.svg}\n<figcaption>{caption}</figcaption>\n</figure>",
            "text/markdown": f"````{{chart}} {self.caption}\n:name: {self.name}\n\n{self.svg}\n````\n",
        }

    def __repr__(self):
        return f"{self.caption} [{self.alt}]"


@dataclass(frozen=True)
class Tile:
    """What a tile shows.

    Attributes
    ----------
    text : str
    shade : float
        From 0 (no tile) to 1.
    outlined : bool
        An outline instead of a shade, for what cannot be known.
    """

    text: str = ""
    shade: float = 0
    outlined: bool = False


def chart(figure, caption, alt, name):
    """Make a :class:`Chart` of a matplotlib figure."""
    buffer = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(buffer, format="svg", transparent=True, metadata=nothing)
    return Chart(_clean(buffer.getvalue(), alt, name), caption, alt, name)


def _clean(svg, alt, name):
    """Turn matplotlib's SVG into an element that a page with a strict policy can hold.

    Style attributes become presentation attributes, black becomes the page's ink, ids begin with
    the chart's name, and the element names itself to assistive technology. Where a reader's own
    spacing makes a text wider than the drawing, it is shown all the same.
    """
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith(("metadata", "style")):
                parent.remove(child)
    for element in root.iter():
        for declaration in element.attrib.pop("style", "").split(";"):
            attribute, _, value = declaration.partition(":")
            if value and attribute.strip() != "font-family":
                element.set(*_presentation(attribute.strip(), value.strip()))
        for attribute, value in list(element.attrib.items()):
            if attribute == "id":
                element.set("id", f"{name}-{value}")
            elif value.startswith("url(#"):
                element.set(attribute, value.replace("url(#", f"url(#{name}-"))
            elif attribute.endswith("href") and value.startswith("#"):
                element.set(attribute, f"#{name}-{value[1:]}")
            elif value == INK:
                element.set(attribute, "currentColor")
        if element.tag.endswith("text") and "fill" not in element.attrib:
            element.set("fill", "currentColor")
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", alt)
    root.set("overflow", "visible")
    text = ET.tostring(root, encoding="unicode")
    return re.sub(r"\n\s*\n", "\n", text)


def _presentation(attribute, value):
    if attribute != "font":  # matplotlib writes the shorthand "700 12px 'DejaVu Sans', …"
        return attribute, value
    size = re.search(r"[\d.]+px", value)
    return "font-size", size.group() if size else f"{TYPE}px"


# -- drawing in points, from the top left -----------------------------------------------------


def _canvas(height):
    figure = Figure(figsize=(WIDTH / 72, height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    return figure, axes


def _text(axes, x, y, text, ha="left", color=INK, **more):
    """Write a line of text, `y` being its middle."""
    axes.text(x, y + 0.36 * TYPE, text, ha=ha, va="baseline", color=color, **more)


def _lines(axes, x, y, lines, **more):
    """Write lines below each other, `y` being the top of the first."""
    for index, line in enumerate(lines):
        _text(axes, x, y + LINE * (index + 0.5), line, **more)


def _line(axes, xs, ys, color=BLUE, width=2):
    axes.plot(xs, ys, color=color, linewidth=width, solid_capstyle="butt", clip_on=False)


def _mark(axes, x, y, shape="circle", filled=True, size=4.5):
    """Draw a mark as a shape of its own: a style sheet does not reach what is used by reference."""
    look = {
        "facecolor": BLUE if filled else PAPER,
        "edgecolor": BLUE,
        "linewidth": 1.5,
        "zorder": 3,
    }
    if shape == "circle":
        patch = Circle((x, y), size, **look)
    else:
        turned = math.pi / 4 if shape == "square" else 0
        corners = [turned + quarter * math.pi / 2 for quarter in range(4)]
        around = [(x + 1.3 * size * math.cos(a), y + 1.3 * size * math.sin(a)) for a in corners]
        patch = Polygon(around, **look)
    patch.set_clip_on(False)
    axes.add_patch(patch)


def _arrow(axes, start, end, y):
    head = math.copysign(7, end - start)
    _line(axes, [start, end - head], [y, y])
    tip = Polygon([(end, y), (end - head, y - 4), (end - head, y + 4)], color=BLUE, linewidth=0)
    tip.set_clip_on(False)
    axes.add_patch(tip)


def _wide(text, weight="normal"):
    """Width of a text with the spacing of WCAG 1.4.12, in points."""
    font = FontProperties(family="DejaVu Sans", size=TYPE, weight=weight)
    width, _, _ = TextToPath().get_text_width_height_descent(text, font, False)
    return width + TYPE * (0.12 * len(text) + 0.16 * text.count(" "))


def _wrapped(text, room, weight="normal"):
    """Break a text into lines that fit; a word that does not fit stands alone."""
    lines = []
    for word in text.replace(" %", "\N{NO-BREAK SPACE}%").split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _wide(longer, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _axis(axes, y, ticks, label, end):
    """Draw an axis with its ticks (position to label) and its label below; `end` is its right end."""
    _line(axes, [min(ticks), end], [y, y], QUIET, 1)
    for x, text in ticks.items():
        _line(axes, [x, x], [y, y + 4], QUIET, 1)
        _text(axes, x, y + 12, text, ha="center")
    _lines(axes, 0, y + 20, _wrapped(label, WIDTH))


# -- charts ------------------------------------------------------------------------------------


def intervals(rows, caption, alt, name, axis, most=math.inf):
    """Draw figures as intervals on one axis, an open end as an arrow.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``group`` (a heading above the first row of each), ``label`` (text above the interval),
        ``low``, ``high`` (missing: open) and ``text`` (written at its end), from top to bottom;
        ``point``, where there is an estimate within the interval.
    caption, alt, name : str
    axis : str
        Label of the axis with its unit.
    most : float
        The greatest value there can be: the axis and its arrows do not lead beyond it.

    Returns
    -------
    Chart
    """
    top = float(rows[["low", "high"]].max().max())
    end = min(top * 1.3, most)
    left, right = 5, WIDTH - 12  # so that the numbers at the ends of the axis stand within

    def at(value):
        return left + (right - left) * value / end

    labels = [_wrapped(label, WIDTH) for label in rows["label"]]
    heads = rows["group"].ne(rows["group"].shift()).to_list()
    heights = [LINE * len(label) + 26 for label in labels]
    height = sum(heights) + 26 * sum(heads)
    with matplotlib.rc_context(SETTINGS):
        figure, axes = _canvas(height + 40)
        y = 0
        for row, label, head, tall in zip(rows.itertuples(), labels, heads, heights):
            if head:
                _text(axes, 0, y + 10, row.group, weight="bold")
                y += 26
            _lines(axes, 0, y, label)
            _interval(axes, y + LINE * len(label) + 8, row, at, 0.14 * top, end)
            y += tall
        ticks = [t for t in MaxNLocator(6, steps=[1, 2, 5, 10]).tick_values(0, end) if t <= end]
        _axis(axes, y, {at(tick): f"{tick:g}" for tick in ticks}, axis, right)
    return chart(figure, caption, alt, name)


def _interval(axes, y, row, at, arrow, most):
    low, high = (None if pd.isna(value) else float(value) for value in (row.low, row.high))
    first = at(max(high - arrow, 0) if low is None else low)
    last = at(min(low + arrow, most) if high is None else high)
    point = getattr(row, "point", None)
    if low is None:
        _arrow(axes, last, first, y)
    elif high is None:
        _arrow(axes, first, last, y)
    else:
        _line(axes, [first, last], [y, y])
    for x in [first] * (low is not None) + [last] * (high is not None):
        _line(axes, [x, x], [y - 5, y + 5])
    if low == high:
        point = low
    if point is not None and not pd.isna(point):
        _mark(axes, at(float(point)), y, "diamond", size=4)
    if last + 8 + _wide(row.text) <= WIDTH:
        _text(axes, last + 8, y, row.text)
    else:
        _text(axes, first - 8, y, row.text, ha="right")


def count_map(counts, caption, alt, name, heading="", pitch=24):
    """Draw a table of counts as tiles, darker for more, with the number in each.

    The shade grows with the root of the number: one can be told from none beside a large one.

    Parameters
    ----------
    counts : pandas.DataFrame
        Whole numbers; the index labels the rows, the columns label the columns.
    caption, alt, name : str
    heading : str
        What the columns are.
    pitch : float
        Width of a column, in points.

    Returns
    -------
    Chart
    """
    most = max(int(counts.max().max()), 1)

    def tile(count):
        shade = LITTLE + (FULL - LITTLE) * math.sqrt(count / most) if count else 0
        return Tile(f"{count:g}", shade)

    return tile_map(counts.map(tile), caption, alt, name, heading, pitch=pitch)


def tile_map(tiles, caption, alt, name, heading="", key=None, pitch=24):
    """Draw a table of tiles.

    Parameters
    ----------
    tiles : pandas.DataFrame of Tile
        The index labels the rows, the columns label the columns.
    caption, alt, name : str
    heading : str
        What the columns are.
    key : dict of str to Tile, optional
        What to explain below the tiles: words and a tile that stands for them.
    pitch : float
        Width of a column, in points.

    Returns
    -------
    Chart
    """
    first = WIDTH - pitch * len(tiles.columns)
    labels = [_wrapped(str(label), first - 6) for label in tiles.index]
    heights = [
        max(22, LINE * max(len(label), *(len(_wrapped(tile.text, pitch)) for tile in row)) + 8)
        for label, row in zip(labels, tiles.itertuples(index=False))
    ]
    upright = all(len(str(column)) <= 2 for column in tiles.columns)
    longest = max(_wide(str(column)) for column in tiles.columns)
    head = LINE + 4 if upright else longest * math.sin(math.pi / 4) + 8
    above = 20 if heading else 0
    rows_of_key = _flowed(key or {})
    height = above + head + sum(heights) + (10 + 24 * len(rows_of_key) if key else 0)
    with matplotlib.rc_context(SETTINGS):
        figure, axes = _canvas(height)
        if heading:
            _text(axes, WIDTH, 8, heading, ha="right")
        y = above + head
        for index, column in enumerate(tiles.columns):
            x = first + pitch * (index + 0.5)
            if upright:
                _text(axes, x, y - 10, column, ha="center")
            else:
                slant = {"rotation": -45, "rotation_mode": "anchor"}
                axes.text(x + 2, y - 5, column, ha="right", va="center", color=INK, **slant)
        for label, tall, row in zip(labels, heights, tiles.itertuples(index=False)):
            _lines(axes, 0, y + (tall - LINE * len(label)) / 2, label)
            for index, tile in enumerate(row):
                _tile(axes, first + pitch * index, y, pitch, tall, tile)
            y += tall
        y += 10
        for entries in rows_of_key:
            for x, tile, words in entries:
                _tile(axes, x, y, 24, 22, tile)
                _text(axes, x + _swatch(tile), y + 11, words)
            y += 24
    return chart(figure, caption, alt, name)


def _tile(axes, x, y, wide, tall, tile):
    box = {"xy": (x + 1, y + 1), "width": wide - 2, "height": tall - 2, "clip_on": False}
    if tile.outlined:
        axes.add_patch(Rectangle(**box, facecolor="none", edgecolor=QUIET, linewidth=1))
    elif tile.shade:
        axes.add_patch(Rectangle(**box, facecolor=SHADES(tile.shade), edgecolor=PAPER, linewidth=1))
    color = INK if tile.outlined or tile.shade else QUIET
    lines = _wrapped(tile.text, wide)
    top = y + (tall - LINE * len(lines)) / 2
    _lines(axes, x + wide / 2, top, lines, ha="center", color=color)


def _swatch(tile):
    """Room of a tile in a key; that there is none is told in words."""
    return 0 if tile == Tile() else 29


def _flowed(key):
    """Lay the entries of a key out in rows: place, tile and words of each."""
    rows, x = [], WIDTH
    for words, tile in key.items():
        needed = _swatch(tile) + _wide(words)
        if x + needed > WIDTH:
            rows.append([])
            x = 0
        rows[-1].append((x, tile, words))
        x += needed + 12
    return rows


def dumbbells(rows, caption, alt, name, axis, ticks, missing="no claim"):
    """Draw for each row its marks on one ordinal axis, joined by a line.

    Parameters
    ----------
    rows : list of (str, list of (float, str, str, bool))
        From top to bottom, a label and its marks: position, text below it, shape (``circle``,
        ``square``, ``diamond``), and whether it is filled (otherwise hollow). A row without marks
        says so.
    caption, alt, name : str
    axis : str
        Label of the axis.
    ticks : dict of float to str
        Positions of the axis and their labels.
    missing : str
        What a row without marks says.

    Returns
    -------
    Chart
    """
    first, last = min(ticks), max(ticks)
    pitch = (WIDTH - 60) / (last - first)

    def at(position):
        return 30 + pitch * (position - first)

    labels = [_wrapped(label, WIDTH, "bold") for label, _ in rows]
    below = [_below([(at(p), text) for p, text, _, _ in marks], pitch) for _, marks in rows]
    heights = [
        LINE * len(label) + 20 + (LINE * max((n for _, n, _ in texts), default=0) + 6)
        for label, texts in zip(labels, below)
    ]
    with matplotlib.rc_context(SETTINGS):
        figure, axes = _canvas(sum(heights) + 40)
        y = 0
        for (_, marks), label, texts, tall in zip(rows, labels, below, heights):
            _lines(axes, 0, y, label, weight="bold")
            middle = y + LINE * len(label) + 10
            if marks:
                _dumbbell(axes, middle, marks, at, ticks)
            else:
                _text(axes, at(first) - 5, middle, missing, color=QUIET)
            for x, end, text in texts:
                _lines(axes, x, middle + 7 + LINE * (end - len(text)), text, ha="center")
            y += tall
        _axis(axes, y, {at(tick): text for tick, text in ticks.items()}, axis, at(last))
    return chart(figure, caption, alt, name)


def _dumbbell(axes, y, marks, at, ticks):
    _line(axes, [at(min(ticks)), at(max(ticks))], [y, y], PALE, 1)
    for tick in ticks:
        _line(axes, [at(tick), at(tick)], [y - 3, y + 3], PALE, 1)
    places = [at(position) for position, *_ in marks]
    _line(axes, [min(places), max(places)], [y, y], width=1.5)
    for place, (_, _, shape, filled) in zip(places, marks):
        _mark(axes, place, y, shape, filled)


def _below(texts, room):
    """Set texts below their marks so that none touches another.

    Returns
    -------
    list of (float, int, list of str)
        Middle, number of the line that the last one is, lines.
    """
    placed = []
    for x, text in texts:
        lines = _wrapped(text, room)
        half = max(map(_wide, lines), default=0) / 2
        start = 0
        for other, end, others in placed:
            if x - half < other + max(map(_wide, others), default=0) / 2 + 4:
                start = max(start, end)
        placed.append((x, start + len(lines), lines))
    return placed


def log_dots(rows, caption, alt, name, axis):
    """Draw one number a row as a mark on a logarithmic axis, the number beside it.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``label``, ``value`` (more than 0), ``text`` and ``shape``, from top to bottom.
    caption, alt, name : str
    axis : str
        Label of the axis with its unit.

    Returns
    -------
    Chart
    """
    left = 150
    decades = math.log10(float(rows["value"].max()))
    room = max(map(_wide, rows["text"])) + 8

    def at(value):
        return left + (WIDTH - room - left) * math.log10(value) / decades

    labels = [_wrapped(label, left - 10) for label in rows["label"]]
    heights = [LINE * len(label) + 8 for label in labels]
    with matplotlib.rc_context(SETTINGS):
        figure, axes = _canvas(sum(heights) + 40)
        y = 0
        for row, label, tall in zip(rows.itertuples(), labels, heights):
            middle = y + tall / 2
            _lines(axes, 0, y + 4, label)
            _line(axes, [at(1), at(row.value)], [middle, middle], PALE, 1.5)
            _mark(axes, at(row.value), middle, row.shape)
            _text(axes, at(row.value) + 10, middle, row.text)
            y += tall
        ticks = {at(10**power): f"{10**power:,}" for power in range(int(decades) + 1)}
        _axis(axes, y, ticks, axis, WIDTH - room)
    return chart(figure, caption, alt, name)
