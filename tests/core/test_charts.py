"""The wrapper around matplotlib: clean drawings in two layouts, marks that lead to rows."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from evidence import charts
from tests.reading import SVG, legend, looks, marks, place_of, shapes, standing, texts

ROWS = pd.DataFrame({"name": ["First", "Second"], "value": [1, 3], "key": ["row-1", "row-2"]})
WORDS = {"row-1": "one", "row-2": "three"}


def dots(ax, layout):
    """Two marks, the second to the right of the first and below it."""
    drawn = ax.scatter(ROWS["value"], [0, 1], s=100, color=charts.PALETTE["c1"])
    charts.link(drawn, ROWS["key"])
    ax.set_yticks([0, 1], ROWS["name"])
    charts.label_rows(ax, layout)


def made(draw=dots, words=WORDS, title="What is <found>", caption="How *to* read it"):
    return charts.chart(
        draw,
        ROWS,
        title=title,
        caption=caption,
        name="made",
        listing=lambda row: f"{row.name}: {row.value}",
        height=(200, 240),
        words=words,
    )


def test_the_same_rows_are_the_same_drawings():
    assert made().drawings == made().drawings


@pytest.mark.parametrize(("layout", "width"), [(0, "680"), (1, "328")])
def test_a_drawing_fits_a_page_with_a_strict_policy(layout, width):
    root = ET.fromstring(made().drawings[layout])
    assert root.get("viewBox").split()[2] == width
    assert "width" not in root.attrib
    for element in root.iter():
        assert not {"style", "id", "clip-path"} & set(element.attrib)
        assert element.tag.removeprefix(SVG) in {"svg", "g", "path", "text", "a", "title"}


def test_the_text_alternative_names_the_finding_and_every_row():
    root = ET.fromstring(made().drawings[0])
    assert root.get("aria-label") == "What is <found> First: 1; Second: 3."
    # An image has no parts that can be reached: with marks that lead somewhere it is a group.
    assert root.get("role") == "group"


@pytest.mark.parametrize("layout", [0, 1])
def test_marks_lead_to_their_rows_and_stand_where_they_belong(layout):
    chart = made()
    at = marks(chart, layout)
    assert set(at) == {"row-1", "row-2"}
    assert at["row-1"][0] < at["row-2"][0]
    assert at["row-1"][1] < at["row-2"][1]
    titles = [t.text for t in ET.fromstring(chart.drawings[layout]).iter(f"{SVG}title")]
    assert titles == ["one", "three"]


def test_names_stand_left_of_rows_on_a_desktop_and_above_them_on_a_phone():
    chart = made()
    at = marks(chart, 0)["row-2"]
    x, y = place_of(chart, "Second", 0)
    assert x < at[0] and abs(y - at[1]) < 8
    at = marks(chart, 1)["row-2"]
    x, y = place_of(chart, "Second", 1)
    assert x < 20 and 5 < at[1] - y < 30


def test_colours_are_classes_with_the_colour_as_fallback():
    chart = made()
    assert len(shapes(chart, "c1")) == 2
    root = ET.fromstring(chart.drawings[0])
    [fill] = {p.get("fill") for p in root.iter(f"{SVG}path") if "fill-c1" in p.get("class", "")}
    assert fill == charts.PALETTE["c1"]


def test_a_colour_of_no_palette_is_refused():
    with pytest.raises(ValueError, match="#123456 is not of the palette"):
        made(lambda ax, layout: ax.plot([0, 1], color="#123456"))


def test_slanted_text_is_refused():
    with pytest.raises(ValueError, match="'askew' is slanted"):
        made(lambda ax, layout: ax.text(0.5, 0.5, "askew", rotation=45))


def test_a_mark_without_words_is_refused():
    with pytest.raises(ValueError, match="'row-2', for which there are no words"):
        made(words={"row-1": "one"})


def test_more_marks_than_a_reader_can_step_through_are_refused():
    many = range(charts.LINKS_AT_MOST + 1)

    def draw(ax, layout):
        charts.link(ax.scatter(many, many), [f"row-{n}" for n in many])

    with pytest.raises(ValueError, match="marks are links"):
        made(draw, words={f"row-{n}": "words" for n in many})


def test_title_and_caption_are_text_whatever_stands_in_them():
    markdown = made(title='A "title": with # marks', caption="*not* [a link](x)").to_markdown()
    assert ':title: "A \\"title\\": with # marks"' in markdown
    assert "{chart} \\*not\\* \\[a link\\]\\(x\\)" in markdown
    assert "<strong>What is &lt;found&gt;</strong>" in made().to_html()


def test_a_series_has_one_look_for_each_name():
    looks = charts.series(["a", "b"])
    assert looks["palette"] == {"a": charts.PALETTE["c1"], "b": charts.PALETTE["c2"]}
    assert looks["markers"]["a"] != looks["markers"]["b"]


def test_a_legend_stands_above_the_marks():
    def draw(ax, layout):
        ax.scatter([1], [1], color=charts.PALETTE["c1"], label="named")
        charts.legend_above(ax, layout)

    chart = made(draw, words={})
    mark = max(shapes(chart, "c1"), key=lambda box: box[1])
    assert place_of(chart, "named")[1] < mark[1]
    assert [text for text, *_ in texts(chart)].count("named") == 1


OKABE_ITO = {"c1": "#0072b2", "c2": "#d55e00", "c3": "#009e73"}  # blue, vermillion, green


def test_the_first_of_a_series_is_blue_and_round_and_shades_run_from_light_to_dark():
    looks = charts.series("abc")
    assert looks["palette"] == dict(zip("abc", OKABE_ITO.values(), strict=True))
    assert looks["markers"] == dict(zip("abc", "osD", strict=True))
    brightness = [
        sum(int(charts.PALETTE[f"shade{n}"][place : place + 2], 16) for place in (1, 3, 5))
        for n in range(1, 6)
    ]
    assert brightness == sorted(brightness, reverse=True)


TILED = pd.DataFrame(
    {
        "x": [0, 1, 2, 0, 1, 2],
        "y": [0, 0, 0, 1, 1, 1],
        "who": ["Ay", "Bee", "Cee"] * 2,
        "tile": ["full", "part", "none", "unknown", "beside", "full"],
        "word": ["told", "in part", "left out", "cannot tell", "does not apply", "told"],
        "key": ["k-0", "k-1", "k-2", "k-3", "", "k-5"],
    }
)


def tiled(cells, names):
    def draw(ax, layout):
        charts.word_tiles(ax, layout, cells)
        ax.set_yticks([0, 1], ["Over", "Under"])
        charts.label_rows(ax, layout)
        charts.name_columns(ax, layout, names)

    words = {key: f"words of {key}" for key in cells["key"] if key}
    return charts.chart(
        draw,
        cells,
        title="Found",
        caption="Read",
        name="made",
        listing=lambda row: row.word,
        height=(200, 300),
        words=words,
    )


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_a_tile_stands_in_its_row_and_column_and_is_the_darker_the_more_it_tells(layout):
    chart = tiled(TILED, ["Ay", "Bee", "Cee"])
    assert standing(chart, ["Over", "Under"], ["Ay", "Bee", "Cee"], layout) == {
        "k-0": ("Over", "Ay"),
        "k-1": ("Over", "Bee"),
        "k-2": ("Over", "Cee"),
        "k-3": ("Under", "Ay"),
        "k-5": ("Under", "Cee"),
    }
    assert looks(chart, layout) == {
        "k-0": ("shade5", ""),
        "k-1": ("shade2", ""),
        "k-2": ("", "rule"),
        "k-3": ("", "quiet"),
        "k-5": ("shade5", ""),
    }
    broken = [part for part in chart.drawings[layout].split("<") if "dasharray" in part]
    assert len(broken) == 1 and "stroke-quiet" in broken[0]  # what cannot be told
    at = marks(chart, layout)
    for key, word in (("k-1", "in part"), ("k-2", "left out"), ("k-3", "cannot tell")):
        assert place_of(chart, word, layout) == (
            pytest.approx(at[key][0], abs=1),
            pytest.approx(at[key][1], abs=8),
        )


def test_where_a_phone_has_no_room_for_names_their_marks_stand_in_their_columns():
    names = ["Ay", "Bee", "Cee", "Dee", "Ee"]
    cells = pd.DataFrame(
        {"x": range(5), "y": 0, "tile": "full", "word": "told", "key": [f"k-{n}" for n in range(5)]}
    )
    cells.loc[4, "y"] = 1
    chart = tiled(cells, names)
    wide = [place_of(chart, name)[0] for name in names]
    assert wide == pytest.approx([marks(chart)[f"k-{n}"][0] for n in range(5)], abs=1)
    found = legend(chart, *names, layout=1)
    assert [fill for fill, _ in found.values()] == ["c1", "c2", "c3", "c4", "c5"]
    at = marks(chart, 1)
    top = min(y for _, y in at.values())
    below = max(place_of(chart, name, 1)[1] for name in names)  # the legend
    for place in range(5):
        above = [
            (box[0] + box[2]) / 2
            for box in shapes(chart, f"c{place + 1}", 1)
            if below < box[1] < top - 5 and abs((box[0] + box[2]) / 2 - at[f"k-{place}"][0]) < 2
        ]
        assert len(above) == 1, names[place]


def test_bars_of_cells_that_are_alike_follow_one_another_as_long_as_their_number():
    names = [f"N{n}" for n in range(8)]
    tiles = ["full"] * 3 + ["part"] * 1 + ["none"] * 4
    words = {"full": "told", "part": "in part", "none": "left out"}
    cells = pd.DataFrame({"x": range(8), "y": 0, "who": names, "tile": tiles, "key": ""})
    cells = pd.concat([cells, cells.head(1).assign(y=1)])
    bars, _ = charts.tally(cells.assign(word=cells["tile"].map(words)), "who", "article")
    chart = tiled(bars, names)
    boxes = [
        next(box for box in (shapes(chart, colour) or [None]) if box and box[2] - box[0] > 20)
        for colour in ("shade5", "shade2")
    ]
    full, part = boxes
    unit = (full[2] - full[0]) / 3
    assert part[0] == pytest.approx(full[2], abs=1)
    assert part[2] - part[0] == pytest.approx(unit, abs=1)
    assert place_of(chart, "4")[0] == pytest.approx(part[2] + 2 * unit, abs=2)
    assert place_of(chart, "3")[0] == pytest.approx((full[0] + full[2]) / 2, abs=2)
    found = legend(chart, "told", "in part", "left out")
    assert list(found.values()) == [("shade5", "rule"), ("shade2", "rule"), ("", "rule")]


def test_a_legend_names_each_mark_by_its_own_words():
    def draw(ax, layout):
        for place, name in enumerate(("first", "second", "third"), 1):
            ax.scatter([place], [1], color=charts.PALETTE[f"c{place}"], label=name)
        charts.legend_above(ax, layout)

    chart = made(draw, words={})
    for layout in (0, 1):
        found = legend(chart, "first", "second", "third", layout=layout)
        assert [fill for fill, _ in found.values()] == ["c1", "c2", "c3"]


def test_exactly_as_many_as_can_be_drawn_are_all_drawn():
    rows = pd.DataFrame({"who": ["b", "a", "c", "a", "c"]})
    assert charts.top(rows, "who", "source", 3)[1] == ""
    kept, told = charts.top(rows, "who", "source", 1)
    assert list(kept["who"]) == ["a", "a"] and "only one is drawn" in told
