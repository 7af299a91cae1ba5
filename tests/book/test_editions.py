"""The PDF, the EPUB and the bundle: whole, with links that lead somewhere, valid."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from tests.book.test_pages import HTML, NAMES, soup
from tests.reading import ROOT

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("test_pages")]  # they read the same pages
HOW = "no epubcheck found: install it (Debian: apt-get install epubcheck)"


def edition(kind, name="*"):
    """Path of an edition beside the pages."""
    found = sorted(HTML.glob(f"{name}.{kind}"))
    if not found:
        pytest.fail(f"there is no {kind.upper()}: run make editions", pytrace=False)
    return found[0]


@pytest.fixture(scope="module")
def pdf():
    """The PDF, opened."""
    return PdfReader(edition("pdf"))


@pytest.fixture(scope="module")
def epub():
    """Each page of the EPUB by its name."""
    with zipfile.ZipFile(edition("epub")) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return {name: archive.read(name) for name in names}


@cache
def headings():
    """Heading of each page, in order."""
    return [soup(name).h1.get_text().removesuffix("#") for name in NAMES]


@cache
def sheets():
    """The text of each sheet."""
    with PdfDocument(edition("pdf")) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    return [text.replace("\r\n", "\n") for text in texts]


class Entry(NamedTuple):
    """An entry of the outline: its depth, its words, its sheet, and how high it stands there."""

    level: int
    title: str
    sheet: int
    top: float


@cache
def outline():
    """Entries of the outline, those of parts included."""
    with PdfDocument(edition("pdf")) as pdf:
        places = [(mark.level, mark.get_title(), mark.get_dest()) for mark in pdf.get_toc()]
        return [
            Entry(level, title, place.get_index(), place.get_view()[1][1])
            for level, title, place in places
        ]


def test_the_pdf_names_itself_and_can_be_read_aloud(pdf):
    assert pdf.metadata.title == soup("index.html").h1.get_text().removesuffix("#")
    assert pdf.metadata.author
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "en"


def test_parts_of_the_pdf_are_told_to_readers_aloud(pdf):
    """Words for each drawing, scope of each header; and no claim that nothing here checks."""
    parts = [pdf.get_object(number) for number in range(1, pdf.trailer["/Size"])]
    parts = [part for part in parts if hasattr(part, "get")]
    figures = [part for part in parts if part.get("/S") == "/Figure"]
    headers = [part for part in parts if part.get("/S") == "/TH"]
    assert figures and all(part.get("/Alt") for part in figures)
    assert headers and all("/Scope" in part["/A"] for part in headers)
    assert "/Metadata" not in pdf.trailer["/Root"]


def test_no_sheet_is_nearly_empty_and_the_pdf_is_no_heap_of_paper():
    assert len(sheets()) < 150
    assert min(len(text) for text in sheets()[1:-1]) > 600


def test_no_caption_of_a_table_stands_alone_at_the_foot_of_a_sheet():
    for text in sheets()[2:]:
        foot = text.splitlines()[-3]  # two lines of the margin follow: the running title, the page
        assert not re.match(r"Table \d+ ", foot), foot


def test_no_heading_stands_alone_at_the_foot_of_a_sheet():
    """Where it is the last text above the margin, or stands too low for a line below it."""
    for entry in outline():
        text = sheets()[entry.sheet]
        body = " ".join(text.splitlines()[:-2])  # two lines of the margin follow
        assert not body.endswith(entry.title), entry.title
        assert entry.top >= 80, f"{entry.title}: {entry.top} points, of which the margin takes 51"


def test_the_pdf_is_set_in_the_type_of_the_pages(pdf):
    letters = {}

    def read(text, _user, _text, font, _size):
        if font and (found := "".join(re.findall(r"[a-z]", text))):
            letters.setdefault(font["/BaseFont"].partition("+")[2], []).append(found)

    for page in pdf.pages[:12]:
        page.extract_text(visitor_text=read)
    text = {name for name in letters if "Mono" not in name}  # what is code
    assert text == {f"Atkinson-Hyperlegible{face}" for face in ("", "-Bold", "-Italic")}


def test_the_pdf_has_every_page_that_paper_has_room_for():
    told = {entry.title for entry in outline()}
    left_out = [h for h in headings() if h not in told]
    assert left_out == ["Explore all rows", "All claims", "All figures", "Codebook"]
    assert f"Not in print: {', '.join(left_out)}." in sheets()[1].replace("\n", " ")


def test_the_pdf_says_what_a_table_that_it_leaves_out_holds():
    text = "".join(sheets()).replace("\n", " ")
    rows = len(soup("chapters/agreement.html").select("#table-disagreements > tbody > tr"))
    if not rows:
        pytest.skip("no table of this book is left out")
    assert f"Disagreements and decisions: {rows} rows, which the web edition shows" in text


def test_the_contents_of_the_pdf_tell_the_sheet():
    text = sheets()[1]
    told = dict(re.findall(r"^(.+?)[ .]{4,} ?(\d+)$", text, re.MULTILINE))
    real = {
        entry.title: str(entry.sheet + 1)
        for entry in outline()
        if not entry.level and entry.title in headings()[1:]
    }
    assert len(real) > len(headings()) / 2
    assert {title: told[title] for title in real} == real


def test_the_pdf_shows_no_code():
    text = "".join(sheets())
    assert "import DataPackage" not in text and "glue(" not in text


def test_links_of_the_pdf_lead_somewhere(pdf):
    inside, outside = 0, 0
    places = set(pdf.named_destinations)
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            note = note.get_object()
            if note.get("/Subtype") != "/Link":
                continue
            address = note.get("/A", {}).get("/URI", "")
            assert not address.startswith("file:"), address
            outside += bool(address)
            target = note.get("/Dest")
            inside += target is not None
            assert address or target is None or str(target) in places
    assert inside > outside > 0


def test_the_epub_has_every_page(epub):
    pages = {name.replace(".html", ".xhtml") for name in NAMES}
    assert pages <= set(epub)
    contents = BeautifulSoup(epub["nav.xhtml"], "html.parser")
    assert pages <= {link["href"] for link in contents.select("a[href]")}


def test_the_epub_tells_its_parts_its_rights_and_how_it_can_be_read(epub):
    contents = BeautifulSoup(epub["nav.xhtml"], "html.parser")
    assert [part.get_text() for part in contents.select("nav > ol > li > span")] == [
        caption.get_text() for caption in soup("index.html").select("#contents > p")
    ]
    with zipfile.ZipFile(edition("epub")) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".opf"))
        package = BeautifulSoup(archive.read(name), "html.parser")
    assert "Creative Commons" in package.find("dc:rights").get_text()
    told = {meta["property"] for meta in package.select("meta[property]")}
    assert {"schema:accessMode", "schema:accessibilityFeature"} <= told


def test_pages_of_the_epub_are_well_formed_and_without_code(epub):
    for name, page in epub.items():
        ElementTree.fromstring(page.replace(b"&nbsp;", b"&#160;"))
        assert not BeautifulSoup(page, "html.parser").select("script, details, .cell_input"), name


def test_charts_of_the_epub_are_drawings(epub):
    drawn = {n.replace(".html", ".xhtml") for n in NAMES if soup(n).select("svg.chart")}
    assert drawn == {name for name, page in epub.items() if b"<svg" in page}


def test_the_epub_is_valid():
    """By the W3C's checker (https://www.w3.org/publishing/epubcheck/)."""
    command = shutil.which("epubcheck")
    if not command:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW)
    # Debian's command is a jar, which a shell that knows no jars cannot start.
    run = subprocess.run(
        ["java", "-jar", command, edition("epub"), "--failonwarnings"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def unzipped(tmp_path_factory):
    """The bundle, unzipped; in a folder whose name has a space."""
    place = tmp_path_factory.mktemp("the bundle")
    with zipfile.ZipFile(edition("zip", "*-[0-9]*")) as archive:
        archive.extractall(place)
    (folder,) = place.iterdir()
    return folder


def test_every_page_links_to_the_editions_and_to_the_bundle():
    wanted = {edition("pdf").name, edition("epub").name, edition("zip", "*-[0-9]*").name}
    for name in NAMES:
        links = {
            link["href"].rpartition("/")[2] for link in soup(name).select("footer a[download]")
        }
        assert wanted <= links, name


def test_the_bundle_holds_what_git_keeps(unzipped):
    run = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if run.returncode or not run.stdout:
        pytest.skip("this is no clone: git does not know what it keeps")
    held = {p.relative_to(unzipped).as_posix() for p in unzipped.rglob("*") if p.is_file()}
    assert held == set(run.stdout.split("\0")) - {""}


def test_the_bundle_is_a_project_of_its_own(unzipped):
    run = subprocess.run(
        [sys.executable, "-m", "evidence", "check"],
        cwd=unzipped,
        env=os.environ | {"PYTHONPATH": str(unzipped)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert (unzipped / "Makefile").read_bytes() == (ROOT / "Makefile").read_bytes()
