"""Drawings as pictures of their own: charts to share, a card for each page, the e-book's cover.

Each is composed as an SVG; resvg makes a picture of dots of it, with the book's type and no other.
A picture is made again when its drawing has changed.
"""

import base64
import html
import re
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import resvg_py

from booktheme import fonts
from booktheme.page import PAGES

FOLDER = "_charts"
CARDS = "_cards"
# As in the light theme of book.css; a test compares.
INK, QUIET, RULE, PAPER = "#20242a", "#5a6069", "#dfdbd3", "#fdfcfa"
TYPE = 'font-family="Atkinson Hyperlegible, sans-serif"'
MARGIN, WIDTH = 24, 680  # CSS pixels, of a chart
ZOOM = 1.5  # dots to the pixel of a chart; twice as many take twice as long
CARD = (1200, 630)  # what social media ask for
COVER = (1200, 1600)
EDGE = 60  # of a card
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def is_drawn(svg):
    """Whether a drawing tells its size, without which it cannot be set."""
    return _VIEW.search(svg) is not None


def chart(svg, title, caption, address):
    """Set a drawing between its finding and its source.

    Parameters
    ----------
    svg : str
        The wide drawing.
    title, caption, address : str
        The address may be empty.

    Returns
    -------
    str
        An SVG that looks alike everywhere: it brings its type.
    """
    wide, tall = _size(svg)
    tall *= WIDTH / wide
    head, y = _text(title, "Bold", 20, (MARGIN, MARGIN), WIDTH)
    drawing = _placed(svg, MARGIN, y + 10, WIDTH, tall)
    note, y = _text(caption, "Regular", 13, (MARGIN, y + tall + 18), WIDTH, QUIET)
    source, y = _text(address, "Regular", 13, (MARGIN, y), WIDTH, QUIET)
    told = re.search(r' aria-label="([^"]*)"', svg)
    words = f"<title>{html.escape(title)}</title>\n<desc>{told[1] if told else ''}</desc>"
    parts = [words, f"<style>{_faces()}</style>", head, drawing, note, source]
    return _sheet((WIDTH + 2 * MARGIN, round(y + MARGIN)), parts)


def card(title, about, book, svg=""):
    """Compose the card of a page: its finding with its drawing, or its title with what it says.

    Parameters
    ----------
    title, about, book : str
        The name of the book stands at the foot.
    svg : str
        A drawing that tells its size; empty if the page has none. It stands beside its finding or
        below it, wherever it is larger.

    Returns
    -------
    str
    """
    wide, tall = CARD
    foot, _ = _text(book, "Regular", 26, (EDGE, tall - EDGE - 22), wide, QUIET)
    bottom = tall - EDGE - 50  # of the room above the foot
    if not svg:
        head, y = _text(title, "Bold", 60, (EDGE, EDGE), wide - 2 * EDGE)
        note, _ = _text(about, "Regular", 30, (EDGE, y + 20), wide - 2 * EDGE, QUIET, bottom)
        return _sheet(CARD, [head, note, foot])
    above, y = _text(title, "Bold", 38, (EDGE, EDGE - 12), wide - 2 * EDGE)
    beside, end = _text(title, "Bold", 38, (EDGE, EDGE - 12), 380)
    left = EDGE + 420
    ways = [(above, EDGE, y + 20, bottom)]
    if end < bottom:
        ways.append((beside, left, EDGE - 12, bottom))
    fitted = [(_fit(svg, x, y, wide - EDGE, bottom), head) for head, x, y, bottom in ways]
    (place, head) = max(fitted, key=lambda way: way[0][2])
    return _sheet(CARD, [head, _placed(svg, *place), foot])


def cover(title, about, author):
    """Compose the cover of an e-book from what it says of itself."""
    wide, tall = COVER
    room = wide - 240
    head, y = _text(title, "Bold", 112, (120, 320), room)
    note, y = _text(about, "Regular", 44, (120, y + 80), room, QUIET)
    line = f'<path d="M120 {y + 80:.0f}h{room}" stroke="{RULE}" stroke-width="6"/>'
    foot, _ = _text(author, "Regular", 34, (120, tall - 160), room, QUIET)
    return _sheet(COVER, [head, note, line, foot])


def dots(svg, zoom=1):
    """Return a drawing as a PNG, so many dots to the pixel."""
    faces = [str(fonts.source(face)) for face in fonts.FACES]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=zoom, font_files=faces, skip_system_fonts=True, languages=["en"]
        )
    )


def keep(path, text):
    """Write a file unless it is there as it should be: its age tells when it changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def develop(app, error):
    """Make pictures of the charts and of the cards whose drawings have changed."""
    if error or app.builder.name not in PAGES:
        return
    charts, cards = Path(app.outdir, FOLDER), Path(app.doctreedir, CARDS)
    wanted = [(svg, svg.with_suffix(".png"), ZOOM) for svg in sorted(charts.glob("*.svg"))]
    wanted += [
        (svg, Path(app.outdir, CARDS, svg.relative_to(cards)).with_suffix(".png"), 1)
        for svg in sorted(cards.rglob("*.svg"))
    ]
    late = [job for job in wanted if not _is_fresh(*job[:2])]
    with ProcessPoolExecutor() as pool:  # resvg lets nothing else of its process run meanwhile
        list(pool.map(_develop, late))


def _is_fresh(svg, png):
    return png.exists() and png.stat().st_mtime_ns >= svg.stat().st_mtime_ns


def _develop(job):
    svg, png, zoom = job
    png.parent.mkdir(parents=True, exist_ok=True)
    temporary = png.with_suffix(".tmp")
    temporary.write_bytes(dots(svg.read_text(encoding="utf-8"), zoom))
    temporary.replace(png)


def _size(svg):
    return tuple(float(side) for side in _VIEW.search(svg).groups())


def _fit(svg, left, top, right, bottom):
    """Place and size (x, y, width, height) of a drawing in the middle of a box."""
    wide, tall = _size(svg)
    scale = min((right - left) / wide, (bottom - top) / tall)
    wide, tall = wide * scale, tall * scale
    return left + (right - left - wide) / 2, top + (bottom - top - tall) / 2, wide, tall


def _placed(svg, x, y, wide, tall):
    """Set a drawing into a sheet, whose words tell what it shows and where links lead nowhere."""
    svg = re.sub(r"<a [^>]*>", "<g>", svg).replace("</a>", "</g>")
    head, end, rest = svg.partition(">")
    head = re.sub(r' (?:role|aria-label|x|y|width|height)="[^"]*"', "", head)
    place = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return head.replace("<svg ", f"<svg {place} ", 1) + end + rest


def _sheet(size, parts):
    wide, tall = size
    ground = f'<rect width="{wide}" height="{tall}" fill="{PAPER}"/>'
    body = "\n".join([ground, *filter(None, parts)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" '
        f'height="{tall}" role="img" {TYPE}>\n{body}\n</svg>\n'
    )


def _text(words, face, size, place, room, colour=INK, bottom=None):
    """Set words in lines; return them with where they end."""
    x, y = place
    step = size * (1.25 if face == "Bold" else 1.45)
    weight = ' font-weight="700"' if face == "Bold" else ""
    drawn = []
    lines = _lines(words, face, size, room)
    for place, line in enumerate(lines):
        y += step
        is_last = bottom and y + step > bottom and place < len(lines) - 1
        said = html.escape(f"{line} …" if is_last else line)
        look = f'font-size="{size}"{weight} fill="{colour}"'
        drawn.append(f'<text x="{x}" y="{y:.1f}" {look}>{said}</text>')
        if is_last:
            break
    return "\n".join(drawn), y


def _lines(words, face, size, room):
    lines = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fonts.length(longer, face) * size <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _faces():
    faces = {name: base64.b64encode(fonts.packed(name)).decode() for name in ("Regular", "Bold")}
    return "".join(
        '@font-face{font-family:"Atkinson Hyperlegible";'
        f"font-weight:{'700' if name == 'Bold' else '400'};"
        f"src:url(data:font/woff2;base64,{data})}}"
        for name, data in faces.items()
    )


def setup(app):
    """Register the making of pictures."""
    app.connect("build-finished", develop)
