"""What the README computes from the data: the findings as sentences, and their picture."""

import textwrap
import xml.etree.ElementTree as ET

from evidence.charts import PALETTE, SVG
from evidence.data import DataPackage
from report.index import helped, less_firmly, opening, outright, stance_on, tried
from report.lineage import witnesses

README_WIDTH = 118

FONTS = "'Atkinson Hyperlegible', 'DejaVu Sans', Arial, sans-serif"


def summary(data: DataPackage) -> list[str]:
    """Write the findings as sentences, in the order in which a reader needs them."""
    sources, proposals, treatments = data["sources"], data["proposals"], data["treatments"]
    citations, studies, facts = data["citations"], data["studies"], data["study_facts"]
    stance = stance_on(data["claims"], sources, data.descriptor["question"])
    labels = sources.set_index("source_id")["label"]
    species = data.levels("studies", "species")["label"]
    sentences = [
        f"**{opening(stance)}**",
        outright(stance, labels, data.descriptor["terms"]),
        less_firmly(stance, labels),
        witnesses(citations, studies, sources, species, briefly=True),
        helped(proposals, treatments, citations, facts, sources),
        tried(proposals, treatments, sources),
    ]
    return [sentence for sentence in sentences if sentence]


def readme_text(data: DataPackage) -> str:
    """Return what the README says of the findings, wrapped as it is there."""
    return textwrap.fill(" ".join(summary(data)), README_WIDTH) + "\n"


def picture(drawing: str) -> str:
    """Turn a drawing of a page into a picture by itself: colours fixed, on paper, without links.

    Parameters
    ----------
    drawing : str
        An ``svg`` element as :func:`evidence.charts.svg` writes it.

    Returns
    -------
    str
        An SVG file.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(drawing)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}title":
                parent.remove(child)
            elif child.tag == f"{{{SVG}}}a":
                child.tag = f"{{{SVG}}}g"
                child.attrib.clear()
    for element in root.iter():
        element.attrib.pop("class", None)
    root.attrib |= {"role": "img", "font-family": FONTS}
    paper = {"width": "100%", "height": "100%", "fill": PALETTE["paper"]}
    root.insert(0, ET.Element(f"{{{SVG}}}rect", paper))
    return ET.tostring(root, encoding="unicode") + "\n"
