"""The built pages as files: what every page must have, and that every link leads somewhere."""

import json
import re
from functools import cache
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlparse

import pytest
from bs4 import BeautifulSoup

from evidence.notebooks import pages
from tests.markup import faults
from tests.reading import ROOT

pytestmark = pytest.mark.book
HTML = ROOT / "_build" / "html"
NAMES = [path.relative_to(ROOT).with_suffix(".html").as_posix() for path in pages(ROOT)]
LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src"}


@cache
def soup(name):
    """A built page, parsed."""
    path = HTML / name
    if not path.exists():
        pytest.fail(f"{name} is not built: run make book", pytrace=False)
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def anchors(name):
    """Ids of a built page, in order."""
    return [element["id"] for element in soup(name).select("[id]")]


@pytest.fixture(params=NAMES)
def name(request):
    """Each page of the table of contents, and none that was built before and is gone."""
    return request.param


def test_names_itself(name):
    page = soup(name)
    assert page.html["lang"] == "en"
    assert page.title.string.strip()
    assert len(page.select("h1")) == 1
    assert page.h1.get_text(strip=True).rstrip("#")
    about = page.select_one('meta[name="description"]')["content"]
    assert 40 <= len(about) <= 201, about
    card = page.select_one('meta[property="og:image"]')["content"]
    assert (HTML / name).parent.joinpath(card).resolve().is_file() or "://" in card


def test_a_card_shows_the_first_chart_of_its_page(name):
    page = soup(name)
    card = page.select_one('meta[property="og:image"]')["content"]
    finding = page.select_one("figure.chart > .finding")
    said = page.select_one('meta[property="og:image:alt"]')["content"]
    assert card.endswith(f"_cards/{name.removesuffix('.html')}.png")
    assert said == (finding or page.h1).get_text().removesuffix("#")


def test_titles_and_descriptions_differ():
    for of in (
        lambda p: p.title.string,
        lambda p: p.select_one('meta[name="description"]')["content"],
    ):
        found = [of(soup(name)) for name in NAMES]
        assert len(set(found)) == len(found)


def test_headings_in_order(name):
    levels = [int(h.name[1]) for h in soup(name).select("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_are_described(name):
    for table in soup(name).select("table"):
        assert table.caption and table.caption.get_text(strip=True), table.get("id")
        for header in table.select("th"):
            assert header.get("scope") in ("col", "row")
            assert header.get_text(strip=True)
        assert all("data-label" in cell.attrs for cell in table.select("tbody > tr > *"))
        assert not table.select("[role]")  # a table's parts have their roles
        assert table.find_parent(class_="frame")["aria-label"]


def test_pictures_are_described(name):
    page = soup(name)
    for drawing in page.select("svg.chart"):
        assert drawing["role"] == ("group" if drawing.select("a") else "img")
        assert len(drawing["aria-label"]) > 20
        assert drawing.find_parent("figure").figcaption.get_text(strip=True)
    assert all(image.get("alt") for image in page.select("img"))


def test_ids_are_unique(name):
    ids = anchors(name)
    assert len(set(ids)) == len(ids), {i for i in ids if ids.count(i) > 1}


def test_links_resolve(name):
    for link in soup(name).select("a[href]"):
        address = urlparse(link["href"])
        if address.scheme:
            assert address.scheme in ("https", "http", "mailto")
            continue
        target = urlparse(urljoin(f"/{name}", link["href"])).path[1:] or name
        assert (HTML / unquote(target)).is_file(), link["href"]
        if address.fragment and target.endswith(".html"):
            assert unquote(address.fragment) in anchors(target), link["href"]


def test_loads_nothing_from_elsewhere(name):
    page = soup(name)
    for tag, attribute in LOADED.items():
        for element in page.select(f"{tag}[{attribute}]"):
            if "canonical" in element.get("rel", []):
                continue
            address = urlparse(element[attribute])
            assert not address.netloc and address.scheme in ("", "data"), str(element)
            if "prev" not in element.get("rel", []) and "next" not in element.get("rel", []):
                assert (HTML / name).parent.joinpath(address.path).resolve().is_file(), str(element)


def test_runs_under_a_strict_policy(name):
    page = soup(name)
    policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert page.head.index(page.select_one("[http-equiv]")) < page.head.index(page.head.link)
    assert not page.select("style, [style]")
    assert all(s.get("src") or s["type"] == "application/ld+json" for s in page.select("script"))
    handlers = [a for e in page.find_all(True) for a in e.attrs if a.startswith("on")]
    assert not handlers


def test_keys_lead_to_their_rows(name):
    for row in soup(name).select("tbody tr[id]"):
        target = row.th.a["href"].split("#")[-1]
        assert target == row["id"] == row.th.get("data-key", row.th.get_text(strip=True))


def test_every_page_and_drawing_is_valid():
    # What lies in _static of the book's own is for the README.
    assert [fault for fault in faults(HTML) if not fault.startswith("_static/")] == []


def test_one_search_box(name):
    assert len(soup(name).select('input[name="q"]')) == 1


def test_notebook_can_be_taken_away(name):
    links = [a["href"] for a in soup(name).select("a[download]")]
    assert any(link.endswith((".ipynb", ".md")) for link in links)


def test_style_sheets_load_the_type_alone():
    for path in HTML.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        loaded = re.findall(r"url\(([^)]*)\)", text)
        assert "@import" not in text and all(a.startswith('"atkinson-') for a in loaded), path.name


def test_no_other_theme_is_shipped():
    """What Sphinx and MyST-NB always write is a style sheet each, which no page loads."""
    shipped = {path.name for path in (HTML / "_static").iterdir()}
    ours = {path.name for path in (ROOT / "booktheme" / "static").iterdir()}
    ours |= {path.name for path in (ROOT / "_static").iterdir()} | {"searchtext.js"}
    ours |= {"pygments.css"}
    assert [n for n in shipped - ours if not re.match("atkinson-|mystnb\\..*css", n)] == []


def test_data_for_search_engines():
    found = [
        json.loads(s.string) for s in soup("index.html").select('[type="application/ld+json"]')
    ]
    assert [d["@type"] for d in found] == ["Dataset"]
    assert found[0]["name"] and found[0]["description"] and found[0]["license"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", found[0]["datePublished"])
    archive = found[0]["distribution"]
    assert archive["encodingFormat"] == "application/zip"
    assert (HTML / archive["contentUrl"].rpartition("/")[2]).is_file()


def test_claims_for_search_engines_are_rows(name):
    for script in soup(name).select('[type="application/ld+json"]'):
        for claim in json.loads(script.string).get("@graph", []):
            assert claim["@id"] == "#article" or claim["@id"][1:] in anchors(name)
