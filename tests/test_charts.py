"""Charts: clean SVG in colours of the page, marks that lead to rows, the same each time."""

import base64
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest
import seaborn as sns
from bs4 import BeautifulSoup

from evidence.charts import PALETTE, as_html, chart, link, series

ROWS = pd.DataFrame({"x": [1, 2], "y": ["a", "<b> & |"], "key": ["claim-a-01", ""]})
SVG = "{http://www.w3.org/2000/svg}"
BOOK = (Path(__file__).parents[1] / "_static/book.css").read_text(encoding="utf-8")
PAPERS = {"light": "#fefefe", "dark": "#131416"}


def draw(ax, wide):
    link(ax.scatter(ROWS["x"], ROWS["y"], color=PALETTE["c2"], s=60 if wide else 40), ROWS["key"])


def made(draw=draw, **changes):
    words = {"title": "Two are drawn", "caption": "From *rows*", "alt": "Two dots.", "name": "made"}
    options = {"height": (200, 160), "words": {"claim-a-01": 'The "first"'}}
    return chart(draw, ROWS, **{**words, **options, **changes})


def roots(shown):
    return [ET.fromstring(drawing) for drawing in shown.drawings]


def test_a_chart_is_drawn_for_a_desktop_and_for_a_phone():
    wide, narrow = roots(made())
    assert wide.get("viewBox") == "0 0 680 200"
    assert narrow.get("viewBox") == "0 0 328 160"
    for root in (wide, narrow):
        assert root.get("aria-label") == "Two are drawn. Two dots."
        assert root.get("width") is root.get("height") is None


def test_text_stays_text_in_the_type_of_the_page():
    for drawing in made().drawings:
        assert "font-family" not in drawing
        assert "&lt;b&gt; &amp; |" in drawing
        assert not re.search(r"font: ", drawing)


def test_colours_are_variables_that_the_style_sheet_has_for_light_and_dark():
    used = set(re.findall(r"var\(--([\w-]+)", "".join(made().drawings)))
    assert {"c2", "ink", "rule"} <= used
    for name, colour in PALETTE.items():
        assert BOOK.count(f"--{name}: ") == 3, name  # light, dark, dark by the system
        assert f"--{name}: {colour};" in BOOK, name  # as a notebook shows it


@pytest.mark.parametrize("scheme", PAPERS)
def test_words_in_any_colour_stand_out_from_the_page(scheme):
    blocks = BOOK.split("@media not print")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme == "dark"]))
    for name in ("c1", "c2", "c3", "c4", "c5", "c6", "ink", "quiet"):
        assert contrast(found[name], PAPERS[scheme]) >= 4.5, name


def contrast(one, other):
    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(p * weight for p, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))

    low, high = sorted([light(one), light(other)])
    return (high + 0.05) / (low + 0.05)


def test_marks_are_named_links_to_their_rows():
    for root in roots(made()):
        (mark,) = root.iter(f"{SVG}a")
        assert mark.attrib == {"href": "#claim-a-01"}
        assert mark.find(f"{SVG}title").text == 'The "first"'
        assert root.get("role") == "group"


def test_a_chart_without_links_is_one_image():
    shown = made(lambda ax, wide: ax.plot([1, 2], color=PALETTE["c1"]))
    assert [root.get("role") for root in roots(shown)] == ["img", "img"]


def test_ids_are_those_that_are_referred_to_and_differ_between_drawings_and_charts():
    drawings = [drawing for name in ("one", "other") for drawing in made(name=name).drawings]
    ids = [name for drawing in drawings for name in re.findall(r'\bid="([^"]+)"', drawing)]
    assert len(ids) == len(set(ids)) > 0
    for drawing in drawings:
        own = set(re.findall(r'\bid="([^"]+)"', drawing))
        used = set(re.findall(r'(?:<use [^>]*href="#|url\(#)([^")]+)', drawing))
        assert used <= own


def test_a_notebook_shows_an_image_without_links_that_an_editor_could_stop_at():
    shown = made()
    (image,) = BeautifulSoup(as_html(shown), "html.parser").find_all("img")
    assert image["alt"] == "Two are drawn. Two dots."
    head, drawing = image["src"].split(",")
    assert head == "data:image/svg+xml;base64"
    assert ET.fromstring(base64.b64decode(drawing)).get("viewBox") == "0 0 680 200"
    assert "<a" not in as_html(shown)


def test_the_same_rows_are_the_same_output():
    assert made()._repr_mimebundle_() == made()._repr_mimebundle_()


def test_a_colour_of_another_palette_and_a_mark_without_words_are_refused():
    with pytest.raises(ValueError, match="#ff0000 is not of the palette"):
        made(lambda ax, wide: ax.plot([1, 2], color="#ff0000"))
    with pytest.raises(ValueError, match="'claim-a-01', for which there are no words"):
        made(words={})


def test_each_article_looks_the_same_to_seaborn_on_every_page():
    names = ["One", "Two", "Three", "Four", "Five"]
    looks = series(names)
    assert len(set(looks["palette"].values())) == len(set(looks["markers"].values())) == 5
    shown = made(
        lambda ax, wide: sns.scatterplot(
            pd.DataFrame({"x": range(5), "name": names}), x="x", y="x", hue="name", style="name", ax=ax, **looks
        )
    )  # fmt: skip
    assert all(f"var(--c{place}," in shown.drawings[0] for place in range(1, 6))
