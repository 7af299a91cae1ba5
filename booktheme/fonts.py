"""Atkinson Hyperlegible, made for low vision: the same on every machine, in pages and editions."""

import io
from functools import cache
from pathlib import Path

import fontpkg_atkinson_hyperlegible as package
from fontTools import subset, ttLib

FACES = {
    "Regular": ("normal", "normal"),
    "Italic": ("italic", "normal"),
    "Bold": ("normal", "bold"),
    "BoldItalic": ("italic", "bold"),
}


def source(face):
    """Return the path of a face as the package has it."""
    return package.ROOT / "files" / f"AtkinsonHyperlegible-{face}.ttf"


def css(address):
    """Return the style sheet that names the faces; `address` maps a face to its address."""
    return "".join(
        f'@font-face {{ font-family: "{package.FAMILY}"; font-style: {slant};'
        f" font-weight: {weight}; src: url('{address(face)}') }}\n"
        for face, (slant, weight) in FACES.items()
    )


@cache
def _advances(face):
    with ttLib.TTFont(source(face)) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: widths[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def length(text, face):
    """Return how long a text is, in units of its size; a character that is not there is wide."""
    return sum(_advances(face).get(ord(letter), 1) for letter in text)


@cache
def packed(face):
    """Return a face as it is sent over the web: a quarter of the package's file.

    Hints are for screens of another age; no character is left out.
    """
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["*"])
    font = subset.load_font(source(face), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    written = io.BytesIO()
    subset.save_font(font, written, options)
    return written.getvalue()


def ship(app, error):
    """Lay the faces beside the pages."""
    if error or app.builder.name not in ("html", "dirhtml"):
        return
    folder = Path(app.outdir, "_static")
    for face in FACES:
        target = folder / f"atkinson-{face.lower()}.woff2"
        if target.exists() and target.stat().st_mtime > source(face).stat().st_mtime:
            continue
        target.write_bytes(packed(face))
    # The licence asks to go along.
    (folder / "atkinson-licence.txt").write_bytes((package.ROOT / "LICENSE").read_bytes())


def setup(app):
    """Register the faces."""
    app.connect("build-finished", ship)
