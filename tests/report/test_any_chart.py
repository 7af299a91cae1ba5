"""Whatever a page draws or tabulates: words stand free and inside, rows are told, tables fold."""

import re
import xml.etree.ElementTree as ET
from operator import mul

import pytest
from matplotlib.colors import to_rgb

from evidence.charts import PALETTE
from tests.reading import (
    OF_ALPHA,
    PAGES,
    SOURCE,
    SVG,
    colliding,
    complete,
    drawn_boxes,
    run_page,
    text_boxes,
)

ROLES = {"wide", "anchored", "home", "explorer"}  # what the theme knows of a table
COLUMNS, CHARACTERS = 4, 100  # what a row can hold beside each other on a phone


@pytest.fixture(params=PAGES)
def shown(request, made_folder, monkeypatch):
    """A page on the made package."""
    complete(made_folder)
    swap = OF_ALPHA if request.param == SOURCE else ("", "")
    return run_page(request.param, made_folder, monkeypatch, swap)


def test_words_of_a_chart_stand_free_and_nothing_leaves_it(shown):
    for chart in shown.charts.values():
        for layout, drawing in enumerate(chart.drawings):
            assert colliding(chart, layout) == [], chart.name
            root = ET.fromstring(drawing)
            wide, tall = map(float, root.get("viewBox").split()[2:])
            written, drawn = text_boxes(chart, layout), drawn_boxes(chart, layout)
            for what, box in [*written, *drawn]:
                inside = min(box) > -3 and box[2] < wide + 3 and box[3] < tall + 3
                assert inside, f"{chart.name}: {what} at {box} of {wide} by {tall}"
            for element, (words, box) in zip(root.iter(f"{SVG}text"), written, strict=True):
                contrast = _contrast(element.get("class"), _below(box, drawn))
                assert contrast >= 4.5, f"{chart.name}: {words} has a contrast of {contrast:.1f}"


def _below(box, drawn):
    """Classes of the shape that some words stand on, or of the page."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    filled = [(kinds, of) for kinds, of in drawn if "fill-" in kinds]
    on = [kinds for kinds, (a, b, c, d) in filled if a < x < c and b < y < d]
    return on[-1] if on else "fill-paper"


def _contrast(*classes):
    """Contrast by https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, of which text needs 4.5."""
    lights = []
    for kinds in classes:
        parts = to_rgb(PALETTE[re.search(r"fill-(\w+)", kinds)[1]])
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(sum(map(mul, (0.2126, 0.7152, 0.0722), linear)) + 0.05)
    return max(lights) / min(lights)


def test_a_chart_tells_its_rows_to_who_does_not_see_it(shown):
    for chart in shown.charts.values():
        for drawing in chart.drawings:
            told = ET.fromstring(drawing).get("aria-label").removeprefix(chart.title)
            assert len(told.split()) >= 2, f"{chart.name}: {told}"


def test_a_mark_has_the_shape_of_its_article_on_every_page(shown):
    """Beside the colour a second channel: the first article's marks are round, and so on."""
    shapes = {"c1": "round", "c2": "square", "c3": "diamond"}
    for chart in shown.charts.values():
        for layout, drawing in enumerate(chart.drawings):
            for path in ET.fromstring(drawing).iter(f"{SVG}path"):
                kinds = path.get("class", "").replace("fill-", "").replace("stroke-", "").split()
                article = next((shapes[kind] for kind in kinds if kind in shapes), None)
                if article and path.get("fill") != "none" and _is_mark(path):
                    assert _shape(path) == article, f"{chart.name}, {layout}: {path.get('d')}"


def _corners(path):
    pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d"))
    return [(float(x), float(y)) for x, y in pairs]


def _is_mark(path):
    sides = [max(of) - min(of) for of in zip(*_corners(path), strict=True)]
    return all(7 < side < 18 for side in sides)


def _shape(path):
    if "C" in path.get("d"):
        return "round"
    return "square" if len({x for x, _ in _corners(path)}) == 2 else "diamond"


def test_a_table_can_be_written_under_a_caption_of_its_own(shown):
    captions = [table.caption for table in shown.tables.values()]
    assert len(set(captions)) == len(captions) and all(captions)
    for table in shown.tables.values():
        assert table.to_markdown().startswith(("```{table} ", table.caption[:8])), table.name


def test_a_table_of_many_words_folds_on_a_phone(shown):
    for table in shown.tables.values():
        assert set(table.classes) <= ROLES, table.name
        rows = table.frame.map(lambda cell: len(str(cell))).sum(axis="columns")
        if table.frame.shape[1] > COLUMNS and (rows > CHARACTERS).any():
            assert {"wide", "explorer"} & set(table.classes), table.name
