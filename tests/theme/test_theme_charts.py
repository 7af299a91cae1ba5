"""The chart directive: two drawings of one chart, colours by class, marks that lead to rows."""

import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from PIL import Image, ImageFont
from sphinx.errors import SphinxError

import booktheme
from booktheme import pictures
from booktheme.fonts import length, source
from booktheme.pictures import ZOOM, card
from evidence.charts import PALETTE, STYLE
from tests.books import build, table
from tests.browser import Watch, overhang, served

SVG = "{http://www.w3.org/2000/svg}"
MARK = '<a href="#row-1" class="mark"><title>Low tide, 2 metres</title>{}</a>'
DOT = '<circle class="fill-c1 stroke-ink" fill="#0072b2" stroke="#000000" cx="60" cy="30" r="14"/>'


def drawing(kind, width, marks=1):
    """A drawing of a mark and a word."""
    return (
        f'<svg class="chart {kind}" viewBox="0 0 {width} 80" width="9pt" role="img" '
        f'aria-label="One tide > none"><text class="fill-ink" x="90" y="35">low</text>'
        f"{MARK.format(DOT) * marks}</svg>"
    )


def chart(*drawings, title=":title: The tide is low\n"):
    """A chart as MyST."""
    body = "\n".join(drawings)
    return f"````{{chart}} How to *read* it\n:name: chart-tide\n{title}\n{body}\n````\n"


@pytest.fixture
def book(tmp_path):
    """Build a book of charts whose row is at home on another page; return its folder."""

    def make(text, builder="html", **more):
        rows = table(["Key", "Text"], [["row-1", "Tide"]], "Rows", "t-1", "anchored home")
        (tmp_path / "home.md").write_text(f"# Home\n\n{rows}")
        return build(tmp_path, f"# Here\n\nText.\n\n{text}\n```{{toctree}}\nhome\n```\n", builder)

    return make


def soup(folder, name="index.html"):
    """A page, parsed."""
    return BeautifulSoup((folder / name).read_text(encoding="utf-8"), "html.parser")


def figure(folder, name="index.html"):
    """The figure of a page."""
    return soup(folder, name).select_one("figure")


def test_title_drawings_caption_in_this_order(book):
    found = figure(book(chart(drawing("wide", 680), drawing("narrow", 328))))
    kinds = [child.name for child in found.find_all(True, recursive=False)]
    assert kinds == ["p", "svg", "svg", "figcaption"]
    assert found.p["class"] == ["finding"] and found.p.get_text() == "The tide is low"
    assert found["id"] == "chart-tide"
    assert found.figcaption.em.get_text() == "read"
    assert all("width" not in svg.attrs and svg["viewbox"] for svg in found.select("svg"))
    assert all(svg["aria-label"] == "One tide > none" for svg in found.select("svg"))


def test_the_rows_of_a_chart_are_its_file_and_no_part_of_the_page(book):
    rows = "<!-- rows -->\nwho,n\nAlpha,1\n"
    folder = book(chart(drawing("wide", 680), rows))
    assert "Alpha,1" not in (folder / "index.html").read_text(encoding="utf-8")
    [file] = folder.rglob("chart-tide.csv")
    assert file.read_text(encoding="utf-8") == "who,n\nAlpha,1\n"


def test_a_mark_leads_to_the_home_of_its_row(book):
    found = figure(book(chart(drawing("wide", 680))))
    assert found.a["href"] == "home.html#row-1"
    assert found.a.title.get_text() == "Low tide, 2 metres"
    assert found.svg["role"] == "group"  # links in an image are not announced


def test_a_mark_that_leads_nowhere_is_an_error(book):
    with pytest.raises(SphinxError, match="no row"):
        book(chart(drawing("wide", 680).replace("#row-1", "#row-9")))


def test_the_tab_key_halts_at_forty_marks(book):
    found = figure(
        book(chart(*(drawing(*of, marks=50) for of in (("wide", 680), ("narrow", 328)))))
    )
    for shown in found.select("svg.chart"):
        stops = [mark for mark in shown.select("a.mark") if mark.get("tabindex") != "-1"]
        assert len(stops) == 40 and len(shown.select("a.mark")) == 50


def test_a_drawing_of_no_kind_is_kept_everywhere(book):
    old = drawing("", 328).replace("<a ", "<g ").replace("</a>", "</g>")
    text = chart(old, title="")
    assert figure(book(text)).svg["role"] == "img"
    assert len(figure(book(text, "singlehtml")).select("svg")) == 1


def test_a_sheet_takes_the_wide_drawing_and_an_ebook_the_narrow(book):
    text = chart(drawing("wide", 680), drawing("narrow", 328))
    for builder, name, kind in (
        ("singlehtml", "index.html", "wide"),
        ("epub", "index.xhtml", "narrow"),
    ):
        found = figure(book(text, builder), name)
        assert [svg["class"] for svg in found.select("svg")] == [["chart", kind]]
    assert found.a["href"] == "home.xhtml#row-1"


@pytest.fixture
def drawn(book, chromium):
    """Open a book of charts at a width."""
    pages = []

    def open_page(text, width, **options):
        with served(book(text)) as address:
            page = chromium.new_page(viewport={"width": width, "height": 800}, **options)
            pages.append(page)
            watch = Watch(page)
            page.goto(address)
            page.wait_for_load_state("networkidle")
        assert not watch.complaints
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.mark.browser
def test_the_drawing_that_fits_the_column_is_shown(drawn):
    both = chart(drawing("wide", 680), drawing("narrow", 328))
    for text, at in (
        (both, {1440: [True, False], 700: [True, False], 360: [False, True]}),
        (chart(drawing("wide", 680)), {360: [True]}),
        (chart(drawing("narrow", 328)), {1440: [True]}),
        (chart(drawing("", 328), title=""), {1440: [True]}),
    ):
        page = drawn(text, 1440)
        for width, shown in at.items():
            page.set_viewport_size({"width": width, "height": 800})
            assert overhang(page) <= 0
            assert [svg.is_visible() for svg in page.locator("svg.chart").all()] == shown, width


@pytest.mark.browser
def test_colours_are_those_of_the_theme(drawn):
    text = chart(drawing("wide", 680))
    found = {}
    for scheme in ("light", "dark"):
        page = drawn(text, 1440, color_scheme=scheme)
        found[scheme] = page.locator("svg circle").evaluate("e => getComputedStyle(e).fill")
    assert found == {"light": "rgb(0, 114, 178)", "dark": "rgb(92, 177, 230)"}
    page.emulate_media(media="print")
    assert page.locator("svg circle").evaluate("e => getComputedStyle(e).fill") == found["light"]


@pytest.mark.browser
def test_a_mark_says_its_words(drawn):
    page = drawn(chart(drawing("wide", 680)), 1440)
    words, mark = page.locator(".words-of-mark"), page.locator("a.mark")
    assert not words.is_visible()
    mark.hover()
    assert words.inner_text() == "Low tide, 2 metres"
    page.mouse.move(0, 0)
    assert not words.is_visible()
    mark.focus()
    assert words.is_visible()
    page.keyboard.press("Escape")
    assert not words.is_visible()
    assert mark.get_attribute("aria-label") == "Low tide, 2 metres"


@pytest.mark.browser
def test_a_chart_is_one_stop_and_the_arrow_keys_lead_through_its_marks(drawn):
    page = drawn(chart(drawing("wide", 680, marks=3)), 1440)
    assert page.locator("a.mark:not([tabindex='-1'])").count() == 1
    place = "[...document.querySelectorAll('a.mark')].indexOf(document.activeElement)"
    page.locator("a.mark").first.focus()
    for key, at in (
        ("ArrowRight", 1),
        ("ArrowDown", 2),
        ("ArrowDown", 2),
        ("ArrowLeft", 1),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        assert page.evaluate(place) == at
    assert page.locator(".words-of-mark").is_visible()


@pytest.mark.browser
def test_words_stay_on_the_page(drawn):
    long = drawing("narrow", 328).replace('cx="60"', 'cx="310"').replace("metres", "metres " * 20)
    page = drawn(chart(long), 360)
    page.locator("a.mark").focus()
    box = page.locator(".words-of-mark").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_every_colour_of_a_chart_has_its_classes():
    css = (booktheme.HERE / "static" / "book.css").read_text(encoding="utf-8")
    names = ["ink", "quiet", "rule", "paper", "accent"]
    names += [f"c{n}" for n in range(1, 7)] + [f"shade{n}" for n in range(1, 6)]
    for name in names:
        for part in ("fill", "stroke"):
            rule = re.search(rf"\.chart \.{part}-{name} {{ {part}: var\((--[\w-]+)\); }}", css)
            assert rule and rule[1] == ("--page" if name == "paper" else f"--{name}"), (part, name)
            assert re.search(rf"^  {rule[1]}: light-dark\(#\w+, #\w+\);$", css, re.MULTILINE)
    shades = re.findall(r"^  --shade\d: light-dark\((#\w+), (#\w+)\);$", css, re.MULTILINE)
    light, dark = ([sum(to_rgb(shade)) for shade in of] for of in zip(*shades, strict=True))
    assert light == sorted(light, reverse=True) and dark == sorted(dark)  # the more, the stronger
    scales = re.findall(r"\.(step|of)-(\d) { --(\w+): (\d); }", css)
    assert [of[:2] for of in scales] == [of[2:] for of in scales]
    assert len(scales) == len(range(8)) + len(range(3, 8))


def test_a_chart_has_the_same_light_colours_in_page_file_and_picture():
    css = (booktheme.HERE / "static" / "book.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"^  --(\w+): light-dark\((#\w+), #\w+\);$", css, re.MULTILINE))
    drawn = {"paper" if name == "page" else name: value for name, value in light.items()}
    assert PALETTE.items() <= drawn.items()
    assert all(
        getattr(pictures, n.upper()) == PALETTE[n] for n in ("ink", "quiet", "rule", "paper")
    )
    style = STYLE.read_text(encoding="utf-8")
    assert {f"#{value}" for value in re.findall(r"\b[0-9a-f]{6}\b", style)} <= set(PALETTE.values())


ROWS = 'tide,metres\nlow,2\n"high, very",3\n'


def test_a_chart_is_offered_as_files_of_its_own(book):
    drawn = chart(drawing("wide", 680), drawing("narrow", 328)).replace(
        "\n````\n", f"\n<!-- rows -->\n{ROWS}````\n"
    )
    folder = book(drawn)
    links = figure(folder).select(".take a[download]")
    assert [link["href"] for link in links] == [
        f"_charts/chart-tide.{kind}" for kind in ("svg", "png", "csv")
    ]
    assert all("The tide is low" in link["aria-label"] for link in links)
    assert (folder / links[2]["href"]).read_text(encoding="utf-8") == ROWS
    picture = (folder / links[0]["href"]).read_text(encoding="utf-8")
    whole = ElementTree.fromstring(picture)
    texts = ["".join(e.itertext()) for e in whole.iter() if e.tag.endswith("}text")]
    assert texts == ["The tide is low", "low", "How to read it", "Test"]
    assert "href" not in picture and "@font-face" in picture
    assert figure(folder).select_one("figcaption .caption-text").get_text() == "How to read it"


def colours(path):
    """The size of a picture of dots and how many of its dots have each colour, as hex."""
    picture = Image.open(path).convert("RGB")
    counted = picture.getcolors(picture.width * picture.height)
    return picture.size, {f"#{r:02x}{g:02x}{b:02x}": n for n, (r, g, b) in counted}


def test_a_chart_is_offered_as_a_picture_of_dots(book):
    folder = book(chart(drawing("wide", 680)))
    (wide, tall), dots = colours(folder / "_charts" / "chart-tide.png")
    drawn = ElementTree.parse(folder / "_charts" / "chart-tide.svg").getroot()
    sides = [ZOOM * int(drawn.get(side)) for side in ("width", "height")]
    assert [wide, tall] == pytest.approx(sides, abs=1)
    assert dots["#0072b2"] > 1000  # the mark
    assert dots["#20242a"] > 500  # its finding: the type is there


def test_a_page_has_its_chart_for_a_card(book):
    folder = book(chart(drawing("wide", 680), drawing("narrow", 328)))
    pages = {name: soup(folder, name) for name in ("index.html", "home.html")}
    cards = {n: p.select_one('[property="og:image"]')["content"] for n, p in pages.items()}
    said = {n: p.select_one('[property="og:image:alt"]')["content"] for n, p in pages.items()}
    assert said == {"index.html": "The tide is low", "home.html": "Home"}
    size, dots = colours(folder / cards["index.html"])
    assert size == (1200, 630) and dots["#0072b2"] > 500
    size, dots = colours(folder / cards["home.html"])
    assert size == (1200, 630) and "#0072b2" not in dots and dots["#20242a"] > 500


def test_a_picture_is_made_again_when_its_drawing_changed(book):
    first = book(chart(drawing("wide", 680)))
    made = {p: p.read_bytes() for p in first.rglob("*.png")}
    ages = {p: p.stat().st_mtime_ns for p in made}
    assert len(made) == 3
    book(chart(drawing("wide", 680)))
    assert {p: p.stat().st_mtime_ns for p in made} == ages
    book(chart(drawing("wide", 680).replace("#0072b2", "#d55e00")))
    changed = [p.relative_to(first).as_posix() for p in made if p.read_bytes() != made[p]]
    assert sorted(changed) == ["_cards/index.png", "_charts/chart-tide.png"]


@given(
    title=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=300),
    wide=st.integers(50, 900),
    tall=st.integers(20, 2000),
)
@example(title="antibodies of a " * 12, wide=680, tall=300)  # words, long and short, in lines
@settings(max_examples=60)
def test_nothing_of_a_card_stands_outside_it(title, wide, tall):
    drawn = ElementTree.fromstring(
        card(title, "About.", "Book", f'<svg viewBox="0 0 {wide} {tall}"></svg>')
    )
    inner = drawn.find(f"{SVG}svg")
    x, y, w, h = (float(inner.get(side)) for side in ("x", "y", "width", "height"))
    assert w > 0 and h > 0 and x >= 0 and y >= 0 and x + w <= 1200 and y + h <= 630
    texts = drawn.findall(f"{SVG}text")
    assert " ".join(text.text for text in texts) == " ".join([*title.split(), "Book"])
    assert max(float(text.get("y")) for text in texts) <= 630
    for text in texts:
        if " " in text.text:  # a word that is too long cannot be broken
            room = 1200 - 2 * 60
            assert length(text.text, "Bold") * float(text.get("font-size")) <= room * 1.01


def test_a_card_says_that_words_are_left_out_if_any_are():
    shown = set()
    for many in range(1, 120):
        about = " ".join(f"word{n}" for n in range(many))
        texts = [
            e.text for e in ElementTree.fromstring(card("Title", about, "")).iter(f"{SVG}text")
        ]
        said, end, _ = " ".join(texts[1:]).partition(" …")
        assert about.startswith(said) and bool(end) == (said != about)
        shown.add(bool(end))
    assert shown == {False, True}


def test_a_letter_is_as_long_as_its_face_draws_it():
    for face in ("Regular", "Bold"):
        drawn = ImageFont.truetype(source(face), 1000)
        for letter in "iWm—":
            assert 1000 * length(letter, face) == pytest.approx(drawn.getlength(letter), abs=2)
