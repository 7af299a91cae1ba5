"""Charts as files to share: a picture with finding, source and address, and the rows drawn."""

import base64
import html
import re
import textwrap

from booktheme import fonts

FOLDER = "_charts"
MARGIN, WIDTH = 24, 680  # CSS pixels
TITLE, TEXT = (20, 26, 58), (13, 19, 100)  # size, height of a line, characters that fit a line
INK, QUIET, PAPER = "#20242a", "#5a6069", "#fdfcfa"
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def write(app, name, files):
    """Write a chart's files beside the pages; ``files`` maps a kind to its text."""
    folder = app.outdir / FOLDER
    folder.mkdir(exist_ok=True)
    for kind, text in files.items():
        (folder / f"{name}.{kind}").write_text(text, encoding="utf-8")


def is_drawn(svg):
    """Whether a drawing tells its size, without which it cannot be set."""
    return _VIEW.search(svg) is not None


def picture(svg, title, caption, address):
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
    view = _VIEW.search(svg)
    wide, tall = float(view[1]), float(view[2])
    tall *= WIDTH / wide
    lines, y = [], MARGIN
    y = _lines(lines, title, TITLE, y, f'font-weight="700" fill="{INK}"')
    top = y + 10
    y = top + tall + 8
    y = _lines(lines, caption, TEXT, y, f'fill="{QUIET}"')
    y = _lines(lines, address, TEXT, y, f'fill="{QUIET}"')
    # Links of the page lead nowhere from a file of its own.
    drawing = re.sub(r"<a [^>]*>", "<g>", svg).replace("</a>", "</g>")
    drawing = re.sub(
        r"<svg ", f'<svg x="{MARGIN}" y="{top}" width="{WIDTH}" height="{tall}" ', drawing, count=1
    )
    whole, height = WIDTH + 2 * MARGIN, round(y + MARGIN)
    label = html.escape(f"{title}. {caption}", quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {height}" '
        f'width="{whole}" height="{height}" role="img" aria-label="{label}" '
        f'font-family="Atkinson Hyperlegible, sans-serif">\n<style>{_faces()}</style>\n'
        f'<rect width="{whole}" height="{height}" fill="{PAPER}"/>\n'
        + "\n".join(lines)
        + f"\n{drawing}\n</svg>\n"
    )


def _lines(found, text, kind, y, look):
    size, step, room = kind
    for line in textwrap.wrap(text, room):
        y += step
        found.append(
            f'<text x="{MARGIN}" y="{y}" font-size="{size}" {look}>{html.escape(line)}</text>'
        )
    return y


def _faces():
    faces = {name: base64.b64encode(fonts.packed(name)).decode() for name in ("Regular", "Bold")}
    return "".join(
        '@font-face{font-family:"Atkinson Hyperlegible";'
        f"font-weight:{'700' if name == 'Bold' else '400'};"
        f"src:url(data:font/woff2;base64,{data})}}"
        for name, data in faces.items()
    )
