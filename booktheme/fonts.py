"""Atkinson Hyperlegible, made for low vision: the same on every machine, in pages and editions."""

from pathlib import Path

import fontpkg_atkinson_hyperlegible as package
from fontTools import subset

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


def ship(app, error):
    """Lay the faces beside the pages, packed for the web: a quarter of the package's files.

    Hints are for screens of another age; no glyph is left out.
    """
    if error or app.builder.name not in ("html", "dirhtml"):
        return
    folder = Path(app.outdir, "_static")
    for face in FACES:
        target = folder / f"atkinson-{face.lower()}.woff2"
        if target.exists() and target.stat().st_mtime > source(face).stat().st_mtime:
            continue
        options = subset.Options(flavor="woff2", hinting=False, layout_features=["*"])
        font = subset.load_font(source(face), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=font.getBestCmap())
        subsetter.subset(font)
        subset.save_font(font, target, options)
    # The licence asks to go along.
    (folder / "atkinson-licence.txt").write_bytes((package.ROOT / "LICENSE").read_bytes())


def setup(app):
    """Register the faces."""
    app.connect("build-finished", ship)
