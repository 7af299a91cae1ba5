"""Read what a page says and shows: its values, tables, charts, and where their marks stand."""

import ast
import os
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import matplotlib
import nbformat
import pandas as pd
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from evidence import charts
from evidence.charts import Chart
from evidence.notebooks import find_root, notebooks
from evidence.tables import Link, Table

ROOT = find_root(Path(__file__).parent)
PAGES = sorted(path.stem for path in notebooks(ROOT) if path.parent != ROOT)
SOURCE = next(page for page in PAGES if page.startswith("source-"))  # they differ in that alone
PAGES = ["index", *(page for page in PAGES if not page.startswith("source-")), SOURCE]
OF_ALPHA = (f'SOURCE = "{SOURCE.removeprefix("source-")}"', 'SOURCE = "alpha"')
TYPE = FontProperties(family="Atkinson Hyperlegible")
RUN = {}  # pages by what they came from: many tests read the same page of the same data
SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Page:
    """What the cells of a notebook leave behind.

    Attributes
    ----------
    values : dict of str to str
        What its prose refers to by name.
    tables, charts : dict
        By name.
    shown : list
        Everything that is shown, in order.
    names : dict
        The variables.
    """

    values: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)
    charts: dict = field(default_factory=dict)
    shown: list = field(default_factory=list)
    names: dict = field(default_factory=dict)

    def show(self, thing, metadata=None, raw=False, **_):
        """Take the place of IPython's ``display``."""
        if raw and metadata and "scrapbook" in metadata:
            self.values[metadata["scrapbook"]["name"]] = next(iter(thing.values()))
            return
        if isinstance(thing, Table):
            self.tables[thing.name] = thing
        if isinstance(thing, Chart):
            thing = replace(thing, drawings=Drawings(thing.drawings))
            self.charts[thing.name] = thing
        self.shown.append(thing)


class Drawings(Sequence):
    """The drawings of a chart, each written when a test reads it: most tests of a page read none.

    What is drawn is drawn with the page; writing it as SVG takes three quarters of a page's time.
    """

    def __init__(self, figures):
        self.figures = list(figures)

    def __len__(self):
        return len(self.figures)

    def __getitem__(self, place):
        if not isinstance(self.figures[place], str):
            with matplotlib.rc_context(fname=charts.STYLE):
                self.figures[place] = charts.svg(*self.figures[place])
        return self.figures[place]


def complete(folder):
    """Lay beside the made data what pages on a whole book read."""
    for file in ("CITATION.cff", "CHANGELOG.md", "index.ipynb"):
        shutil.copy(ROOT / file, folder)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")


def run_page(name, folder, monkeypatch, swap=("", "")):
    """Run the cells of a notebook of the book on the data package below a folder.

    Parameters
    ----------
    name : str
        For example "conflict", or "index".
    folder : pathlib.Path
        Holds ``data/``.
    monkeypatch : pytest.MonkeyPatch
    swap : (str, str)
        A key in the notebook's cells and the one to put in its place: pages of one kind differ in
        a key alone.

    Returns
    -------
    Page
    """
    path = ROOT / ("index.ipynb" if name == "index" else f"chapters/{name}.ipynb")
    inputs = [path, *sorted(folder.glob("*.*")), *sorted((folder / "data").iterdir())]
    # A planted fault (benchmarks/mutants.py) comes by the environment, into a fork of this process.
    key = (
        swap,
        os.environ.get("MUTANT_UNDER_TEST"),
        *((file.name, file.read_bytes()) for file in inputs if file.is_file()),
    )
    if hash(key) not in RUN:
        monkeypatch.chdir(folder)
        RUN[hash(key)] = run_cells(path, swap)
    return RUN[hash(key)]


def run_cells(path, swap=("", ""), kept=None):
    """Run the cells of a notebook where the process is.

    Parameters
    ----------
    path : pathlib.Path
    swap : (str, str)
        As in :func:`run_page`.
    kept : dict of str to callable, optional
        For tables, by the names of :func:`unpacked`, what to keep of each once it is loaded.

    Returns
    -------
    Page
    """
    page = Page()
    with (
        patch("IPython.display.display", page.show),
        patch("evidence.prose.display", page.show),
        patch("evidence.charts.svg", lambda *figure: figure),
    ):
        for statement, tables in _compiled(path.read_text(encoding="utf-8"), swap):
            value = eval(statement, page.names)
            if value is not None:
                page.show(value)
            for table in tables & (kept or {}).keys():
                page.names[table] = kept[table](page.names[table])
    return page


def unpacked(path):
    """Names that the cells of a notebook give to whole tables: ``claims = data["claims"]``."""
    statements = _compiled(path.read_text(encoding="utf-8"), ("", ""))
    return sorted(set().union(*(tables for _, tables in statements)))


@cache
def _compiled(notebook, swap):
    """The statements of a notebook, each with the names that it gives to whole tables.

    They are what a kernel runs: the value of an expression that ends a cell is shown.
    """
    found = []
    for cell in nbformat.reads(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            body = ast.parse(cell.source.replace(*swap) if swap[0] else cell.source).body
            for statement in body:
                if statement is body[-1] and isinstance(statement, ast.Expr):
                    code = compile(ast.Expression(statement.value), "<cell>", "eval")
                else:
                    code = compile(ast.Module([statement], []), "<cell>", "exec")
                found.append((code, _tables(statement)))
    return found


def _tables(statement):
    """Names of the whole tables that a statement takes from the data."""
    if not isinstance(statement, ast.Assign):
        return set()
    target = statement.targets[0]
    pairs = [(target, statement.value)]
    if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
        pairs = zip(target.elts, statement.value.elts, strict=True)
    table = re.compile(r"data\['\w+'\]")
    return {name.id for name, value in pairs if table.fullmatch(ast.unparse(value))}


def append(folder, table, /, **cells):
    """Add a row to a table of the made package below a folder; other cells are empty."""
    path = folder / "data" / f"{table}.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    row = {column: str(cells.pop(column, "")) for column in rows}
    assert not cells, f"{table} has no column {', '.join(cells)}"
    pd.concat([rows, pd.DataFrame([row])]).to_csv(path, index=False)


def texts(chart, layout=0):
    """Every text of a chart with its place, as (words, x, y), from top to bottom."""
    found = []
    for element in ET.fromstring(chart.drawings[layout]).iter(f"{SVG}text"):
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        moved = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)", element.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        found.append((" ".join("".join(element.itertext()).split()), x, y))
    return sorted(found, key=lambda text: (text[2], text[1]))


def place_of(chart, words, layout=0):
    """Place (x, y) of the one text of a chart that reads so."""
    found = [(x, y) for text, x, y in texts(chart, layout) if text == words]
    assert len(found) == 1, f"{words!r} stands {len(found)} times in the chart"
    return found[0]


def marks(chart, layout=0):
    """Middle (x, y) of each mark that leads to a row, by the row's key.

    y grows downwards, as in SVG.
    """
    found = {}
    for anchor in ET.fromstring(chart.drawings[layout]).iter(f"{SVG}a"):
        found[anchor.get("href").removeprefix("#")] = _middle(next(anchor.iter(f"{SVG}path")))
    return found


def looks(chart, layout=0):
    """Colours (filling, edge) of each mark that leads to a row, by the row's key.

    They are names of the palette; "" stands for none.
    """
    return {
        anchor.get("href").removeprefix("#"): _look(next(anchor.iter(f"{SVG}path")))
        for anchor in ET.fromstring(chart.drawings[layout]).iter(f"{SVG}a")
    }


def hints(chart, layout=0):
    """Words that are shown at each mark that leads to a row, by the row's key."""
    return {
        anchor.get("href").removeprefix("#"): anchor.find(f"{SVG}title").text
        for anchor in ET.fromstring(chart.drawings[layout]).iter(f"{SVG}a")
    }


def legend(chart, *words, layout=0):
    """Colours (filling, edge) of the shape before each of some words of a chart, by the word."""
    root = ET.fromstring(chart.drawings[layout])
    paths = [(_middle(path), _look(path)) for path in root.iter(f"{SVG}path") if path.get("d")]
    found = {}
    for word in words:
        left, base = place_of(chart, word, layout)
        before = [(left - x, look) for (x, y), look in paths if x < left and 0 <= base - y < 10]
        found[word] = min(before)[1]
    return found


def alternative(chart, layout=0):
    """What is read instead of looking at a chart: a text for each row, its title left out."""
    told = ET.fromstring(chart.drawings[layout]).get("aria-label")
    return told.removeprefix(f"{chart.title} ").removesuffix(".").split("; ")


def standing(chart, rows, columns, layout=0):
    """Name of the row and of the column of each mark that leads to a row, by the row's key.

    The names are those of `rows` and `columns` that stand nearest.
    """
    heights = {name: place_of(chart, name, layout)[1] for name in rows}
    lefts = {name: place_of(chart, name, layout)[0] for name in columns}
    return {
        key: (
            min(heights, key=lambda name: abs(heights[name] - y)),
            min(lefts, key=lambda name: abs(lefts[name] - x)),
        )
        for key, (x, y) in marks(chart, layout).items()
    }


def row_names(chart):
    """The lines of text left of the rows of a wide drawing, from top to bottom."""
    root = ET.fromstring(chart.drawings[0])
    left = {
        " ".join("".join(text.itertext()).split())
        for text in root.iter(f"{SVG}text")
        if text.get("text-anchor") == "end"
    }
    return [words for words, *_ in texts(chart) if words in left]


def rows_of(table, *columns):
    """A table as it is shown: a list of texts for each row, of some columns or of all.

    A link is its text and, where that is another, "#" and its target.
    """
    rows = table.frame[list(columns)] if columns else table.frame
    return [[_cell(cell) for cell in row] for row in rows.itertuples(index=False)]


def _cell(cell):
    if isinstance(cell, list):
        return ", ".join(map(_cell, cell))
    if isinstance(cell, Link) and cell.text != cell.target:
        return f"{cell.text}#{cell.target}"
    if isinstance(cell, float) or cell is pd.NA:
        return "" if pd.isna(cell) else f"{cell:g}"
    return str(cell)


def _look(path):
    classes = path.get("class", "").split()
    kinds = ("fill-", "stroke-")
    return tuple(next((c[len(k) :] for c in classes if c.startswith(k)), "") for k in kinds)


def shapes(chart, colour, layout=0):
    """Boxes (left, top, right, bottom) of the shapes filled with a colour, in order."""
    root = ET.fromstring(chart.drawings[layout])
    return [
        _box(path)
        for path in root.iter(f"{SVG}path")
        if f"fill-{colour}" in path.get("class", "").split()
    ]


def lines(chart, colour, layout=0):
    """Boxes of the lines drawn in a colour of the palette, in order."""
    root = ET.fromstring(chart.drawings[layout])
    return [
        _box(path)
        for path in root.iter(f"{SVG}path")
        if f"stroke-{colour}" in path.get("class", "").split() and path.get("fill") == "none"
    ]


def drawn_boxes(chart, layout=0):
    """Boxes (left, top, right, bottom) of all shapes and lines of a chart, with their classes."""
    root = ET.fromstring(chart.drawings[layout])
    paths = [path for path in root.iter(f"{SVG}path") if path.get("d")]
    return [(path.get("class", ""), _box(path)) for path in paths]


def _middle(path):
    left, top, right, bottom = _box(path)
    return (left + right) / 2, (top + bottom) / 2


def _box(path):
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path.get("d"))]
    xs, ys = numbers[0::2], numbers[1::2]
    moved = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)", path.get("transform", ""))
    dx, dy = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
    return min(xs) + dx, min(ys) + dy, max(xs) + dx, max(ys) + dy


def text_boxes(chart, layout=0):
    """Boxes (left, top, right, bottom) of the lines of text of a chart, with their words."""
    found = []
    for element in ET.fromstring(chart.drawings[layout]).iter(f"{SVG}text"):
        words = "".join(element.itertext())
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        moved = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)", element.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        size = float(element.get("font-size").removesuffix("px"))
        wide = size * _width(words) if words.strip() else 0
        left = x - {"middle": wide / 2, "end": wide}.get(element.get("text-anchor"), 0)
        found.append((words, (left, y - 0.7 * size, left + wide, y)))
    return found


@cache
def _width(words):
    """Width of a line of text, in heights of its type."""
    return TextPath((0, 0), words, 100, prop=TYPE).get_extents().width / 100


def colliding(chart, layout=0):
    """Pairs of lines of text of a chart that run over each other."""
    boxes = text_boxes(chart, layout)
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]
