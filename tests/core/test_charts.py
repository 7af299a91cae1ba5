"""The wrapper around matplotlib: clean drawings in two layouts, marks that lead to rows."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from evidence import charts
from tests.reading import SVG, marks, place_of, shapes, texts

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
