"""Charts as captioned SVG with a text alternative, drawn to be read on a phone and in grey.

Every chart is 360 points wide: the width of a phone is one point a pixel, and type of 11 points
stays readable there. Colours are those of the light page; the book's style sheet maps them to
those of the dark one.
"""

import html
import io
import math
import re
import textwrap
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import matplotlib
import seaborn as sns
from matplotlib.figure import Figure

WIDTH = 360 / 72
TYPE = 11
LABEL = 54  # characters that fit the width
INK, QUIET, PALE, PAPER = "#000000", "#666666", "#dddddd", "#ffffff"
BLUE = "#0072b2"  # of Okabe and Ito's palette; what differs also differs in shape or in shade
SETTINGS = {
    "svg.fonttype": "none",  # text stays text: it takes the page's type and can be read aloud
    "svg.hashsalt": "evidence",  # the same chart is the same file
    "font.size": TYPE,
    "axes.titlesize": TYPE,
    "axes.labelsize": TYPE,
    "xtick.labelsize": TYPE,
    "ytick.labelsize": TYPE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
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


def chart(figure, caption, alt, name):
    """Make a :class:`Chart` of a matplotlib figure."""
    buffer = io.StringIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(
            buffer,
            format="svg",
            transparent=True,
            bbox_inches="tight",
            pad_inches=0.03,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    return Chart(_clean(buffer.getvalue(), alt, name), caption, alt, name)


def _clean(svg, alt, name):
    """Turn matplotlib's SVG into an element that a page with a strict policy can hold.

    Style attributes become presentation attributes, black becomes the page's ink, ids begin with
    the chart's name, and the element names itself to assistive technology.
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
    text = ET.tostring(root, encoding="unicode")
    return re.sub(r"\n\s*\n", "\n", text)


def _presentation(attribute, value):
    if attribute == "font":  # matplotlib writes the shorthand "11px 'DejaVu Sans', …"
        size = re.search(r"[\d.]+px", value)
        return "font-size", size.group() if size else f"{TYPE}px"
    return attribute, value


def _figure(height):
    with matplotlib.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        return figure, figure.subplots()


def intervals(rows, caption, alt, name, axis, most=math.inf):
    """Draw figures as intervals on one axis, an open end as an arrow.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``label`` (text above the interval), ``low``, ``high`` (missing: open), ``text`` (written
        at its end) and ``filled`` (bool: a filled mark, otherwise a hollow one), from top to bottom;
        ``point``, where there is an estimate within the interval.
    caption, alt, name : str
    axis : str
        Label of the axis with its unit.
    most : float
        The greatest value there can be: no arrow leads beyond it.

    Returns
    -------
    Chart
    """
    top = float(rows[["low", "high"]].max().max())
    with matplotlib.rc_context(SETTINGS):
        lines = sum(1 + (len(label) > LABEL) for label in rows["label"])
        figure, axes = _figure(0.62 + 0.3 * len(rows) + 0.17 * lines)
        for position, row in enumerate(rows.itertuples()):
            _interval(axes, -position, row, top, most)
        axes.set_ylim(-len(rows) + 0.55, 0.95)
        axes.set_xlim(0, top * 1.3)
        axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= top * 1.15])
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(axis)
    return chart(figure, caption, alt, name)


def _interval(axes, y, row, top, most):
    missing_low, missing_high = (value != value or value is None for value in (row.low, row.high))
    low = 0.0 if missing_low else float(row.low)
    high = min(low + 0.14 * top, most) if missing_high else float(row.high)
    face = BLUE if row.filled else PAPER
    label = textwrap.fill(row.label, LABEL)
    axes.text(0, y + 0.17, label, ha="left", va="bottom", color=INK, linespacing=1.05)
    point = getattr(row, "point", None)
    if missing_high or missing_low:
        ends = (high, low) if missing_high else (low, high)
        arrow = {"arrowstyle": "-|>", "color": BLUE, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (ends[0], y), (ends[1], y), arrowprops=arrow)
        axes.plot([ends[1]], [y], "|", color=BLUE, markersize=11, markeredgewidth=2)
    elif low == high:
        axes.plot([low], [y], "o", color=BLUE, markerfacecolor=face, markersize=7)
    elif point is not None and point == point:
        axes.plot([low, high], [y, y], "|-", color=BLUE, linewidth=1.5, markersize=8)
        axes.plot([point], [y], "o", color=BLUE, markerfacecolor=face, markersize=7)
    else:
        axes.plot([low, high], [y, y], color=BLUE, linewidth=2)
        axes.plot([low, high], [y, y], "|", color=BLUE, markersize=11, markeredgewidth=2)
    axes.text(high + 0.025 * top, y, row.text, ha="left", va="center", color=INK)


def tile_map(counts, caption, alt, name, rows, columns, texts=None):
    """Draw a table of counts as tiles, darker for more, with the number in each.

    Parameters
    ----------
    counts : pandas.DataFrame
        Whole numbers; the index labels the rows, the columns label the columns.
    caption, alt, name : str
    rows, columns : str
        What the rows and the columns are.
    texts : pandas.DataFrame, optional
        What to write in each tile instead of the number; the same shape.

    Returns
    -------
    Chart
    """
    values = counts.astype(float)
    most = max(values.max().max(), 1)
    shown = counts.map(lambda n: f"{n:g}" if n else "") if texts is None else texts
    with matplotlib.rc_context(SETTINGS):
        longest = max(len(str(column)) for column in counts.columns)
        upright = longest <= 2
        figure, axes = _figure(0.75 + 0.3 * len(counts) + (0 if upright else 0.085 * longest))
        sns.heatmap(
            values,
            ax=axes,
            cmap=sns.light_palette(BLUE, as_cmap=True),
            vmin=0,
            vmax=most * 1.5,
            cbar=False,
            linewidths=1.5,
            annot=shown,
            fmt="",
            annot_kws={"color": INK, "size": TYPE},
        )
        axes.set_xlabel(columns)
        axes.set_ylabel(rows)
        axes.xaxis.set_ticks_position("top")
        axes.xaxis.set_label_position("top")
        axes.tick_params(axis="x", rotation=0 if upright else 90, length=0)
        axes.tick_params(axis="y", rotation=0, length=0)
    return chart(figure, caption, alt, name)


def dumbbells(rows, caption, alt, name, axis, ticks, missing="no claim", pitch=0.66):
    """Draw for each row its marks on one ordinal axis, joined by a line.

    Parameters
    ----------
    rows : dict of str to list of (float, str, bool)
        For each label, from top to bottom, the marks: position, text above it, and whether it is
        filled (otherwise hollow). A row without marks says so.
    caption, alt, name : str
    axis : str
        Label of the axis.
    ticks : dict of float to str
        Positions of the axis and their labels.
    missing : str
        What a row without marks says.
    pitch : float
        Height of a row, in inches.

    Returns
    -------
    Chart
    """
    first, last = min(ticks), max(ticks)
    with matplotlib.rc_context(SETTINGS):
        figure, axes = _figure(0.75 + pitch * len(rows))
        for index, (label, marks) in enumerate(rows.items()):
            _dumbbell(axes, -index, label, marks, first, missing)
        axes.set_xlim(first - 0.35, last + 0.35)
        axes.set_ylim(-len(rows) + 0.45, 0.55)
        axes.set_xticks(list(ticks), list(ticks.values()))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(axis)
    return chart(figure, caption, alt, name)


def _dumbbell(axes, y, label, marks, first, missing):
    axes.text(first - 0.35, y + 0.36, label, ha="left", va="center", color=INK, weight="bold")
    if not marks:
        axes.text(first, y, missing, ha="left", va="center", color=QUIET)
        return
    positions = [position for position, _, _ in marks]
    axes.plot([min(positions), max(positions)], [y, y], color=PALE, linewidth=3, zorder=1)
    for position, text, filled in marks:
        face = BLUE if filled else PAPER
        axes.plot([position], [y], "o", color=BLUE, markerfacecolor=face, markersize=9, zorder=2)
        axes.text(position, y - 0.2, text, ha="center", va="top", color=INK)


def log_dots(rows, caption, alt, name, axis):
    """Draw one number a row as a dot on a logarithmic axis, the number beside it.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``label``, ``value`` (more than 0), ``text`` and ``filled``, from top to bottom.
    caption, alt, name : str
    axis : str
        Label of the axis with its unit.

    Returns
    -------
    Chart
    """
    with matplotlib.rc_context(SETTINGS):
        figure, axes = _figure(0.7 + 0.3 * len(rows))
        for index, row in enumerate(rows.itertuples()):
            face = BLUE if row.filled else PAPER
            axes.plot([1, row.value], [-index, -index], color=PALE, linewidth=1.5, zorder=1)
            axes.plot(
                [row.value], [-index], "o", color=BLUE, markerfacecolor=face, markersize=7, zorder=2
            )
            axes.annotate(
                row.text,
                (row.value, -index),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                color=INK,
            )
        axes.set_xscale("log")
        axes.set_xlim(1, float(rows["value"].max()) * 6)
        axes.xaxis.set_major_formatter("{x:g}")
        axes.minorticks_off()
        axes.set_ylim(-len(rows) + 0.4, 0.6)
        axes.set_yticks([-i for i in range(len(rows))], list(rows["label"]))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(axis)
    return chart(figure, caption, alt, name)


def layers(columns, links, caption, alt, name):
    """Draw a directed graph whose nodes stand in columns.

    Parameters
    ----------
    columns : dict of str to dict of str to str
        For each column, from left to right, its title and its nodes: key and label.
    links : list of (str, str, bool)
        From a node, to a node (the key of each), and whether the line is solid.
    caption, alt, name : str

    Returns
    -------
    Chart
    """
    tallest = max(len(nodes) for nodes in columns.values())
    place = {}
    with matplotlib.rc_context(SETTINGS):
        figure, axes = _figure(0.5 + 0.5 * tallest)
        for x, (title, nodes) in enumerate(columns.items()):
            axes.text(x, 0.75, title, ha="center", va="center", color=QUIET)
            for index, (key, label) in enumerate(nodes.items()):
                y = -(index + 0.5) * tallest / len(nodes) + 0.5
                place[key] = (x, y)
                axes.text(
                    *(x, y, label),
                    ha="center",
                    va="center",
                    color=INK,
                    fontsize=TYPE - 1.5,
                    bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
                )
        for child, parent, solid in links:
            (x0, y0), (x1, y1) = place[child], place[parent]
            arrow = {
                "arrowstyle": "-|>",
                "color": BLUE,
                "linewidth": 1.2,
                "linestyle": "-" if solid else (0, (3, 2)),
            }
            step = 0.3 if x1 > x0 else -0.3
            axes.annotate("", (x1 - step, y1), (x0 + step, y0), arrowprops=arrow, zorder=0)
        axes.set_xlim(-0.45, len(columns) - 0.55)
        axes.set_ylim(-tallest + 0.5, 1)
        axes.axis("off")
    return chart(figure, caption, alt, name)
