"""The built pages as files: what every page must have, and that every link leads somewhere."""

import json
import re
from functools import cache
from urllib.parse import unquote, urljoin, urlparse

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from evidence.notebooks import ROOT, pages
from evidence.tables import Link, Table

pytestmark = pytest.mark.book
HTML = ROOT / "_build" / "html"
NAMES = [path.relative_to(ROOT).with_suffix(".html").as_posix() for path in pages()]
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
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


def test_tables_are_described(name):
    for table in soup(name).select("table"):
        assert table.caption and table.caption.get_text(strip=True), table.get("id")
        for header in table.select("th"):
            assert header.get("scope") in ("col", "row")
            assert header.get_text(strip=True)
        assert all("data-label" in cell.attrs for cell in table.select("tbody > tr > *"))
        assert table.find_parent(class_="frame")["aria-label"]


def test_pictures_are_described(name):
    page = soup(name)
    for drawing in page.select("svg.chart"):
        assert drawing["role"] == "img"
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
        assert target == row["id"] == row.th.get_text(strip=True)


def test_one_search_box(name):
    assert len(soup(name).select('input[name="q"]')) == 1


def test_notebook_can_be_taken_away(name):
    links = [a["href"] for a in soup(name).select("a[download]")]
    assert any(link.endswith((".ipynb", ".md")) for link in links)


def test_style_sheets_load_nothing():
    for path in HTML.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "url(" not in text and "@import" not in text, path.name


def test_nothing_is_shipped_that_no_page_uses():
    mine = {path.name for path in (ROOT / "_static").iterdir()}
    shipped = {path.name for path in (HTML / "_static").rglob("*") if path.is_file()}
    assert shipped - mine <= {
        "doctools.js",
        "documentation_options.js",
        "language_data.js",
        "searchtools.js",
        "jquery.slim.min.js",
        "dataTables.min.js",
    }


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


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><h1>out</h1>",
    '" onmouseover="alert(1)',
    '=HYPERLINK("http://x.example";"y")',
    "{{ 7*7 }} {glue:text}`x` [a](javascript:alert(1)) ![b](http://x.example/b.png)",
    "`code` **bold** $x^2$ | pipe \\ backslash ```{raw} html",
    "http://x.example/a?b=1&c=2 &lt;b&gt; &amp;",
    "שלום עולם ‮gnissim‬",
    "w" * 400,
    "-- 'quotes' … “and” others",
    "# heading\n\n- list\n\n```\nfence",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The page made of a table whose cells are out to break it."""
    folder = tmp_path_factory.mktemp("hostile")
    frame = pd.DataFrame(
        {
            "Row": [f"row-{n}" for n in range(len(HOSTILE))],
            "Text": HOSTILE,
            "Link": [Link(text, f"row-{n}") for n, text in enumerate(HOSTILE)],
        }
    )
    return build(
        folder,
        "# Hostile\n\n" + Table(frame, HOSTILE[0], "table", ("anchored", "home")).to_markdown(),
    )


def build(folder, text, **more):
    """Build a book of one page with the project's templates and looks; return its folder.

    More settings of Sphinx may follow the text of the page.
    """
    (folder / "index.md").write_text(text, encoding="utf-8")
    for name in ("_static", "_templates"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    settings = {
        "extensions": ["myst_nb", "evidence.book"],
        "myst_enable_extensions": ["colon_fence"],
        "html_static_path": ["_static"],
        "templates_path": ["_templates"],
        "exclude_patterns": ["_*"],
        "html_theme": "basic",
        "smartquotes": False,
        "language": "en",
        "project": "Test",
        "html_title": "Test",
        **more,
    }
    out = folder / "_html"
    Sphinx(
        folder,
        None,
        out,
        folder / "_doctrees",
        "html",
        settings,
        status=None,
        warningiserror=True,
        keep_going=True,
    ).build()
    return out


def test_hostile_cells_are_text(hostile):
    page = BeautifulSoup((hostile / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = page.select("table tbody tr")
    assert len(rows) == len(HOSTILE)
    for row, text in zip(rows, HOSTILE):
        shown = re.sub(r"\s+", " ", text)
        key, cell, link = row.find_all(["th", "td"], recursive=False)
        assert cell.get_text().strip() == shown
        assert link.get_text().strip() == shown
        assert not cell.select("script, img, h1, a, strong, em, code, pre, li")
        assert [a["href"] for a in link.select("a")] == [f"#{row['id']}"]
        assert [a["href"] for a in key.select("a")] == [f"#{row['id']}"]
    assert page.caption.select_one(".caption-text").get_text() == HOSTILE[0]
    assert not page.article.select("script, img")


def address_of(folder, monkeypatch, address):
    """Build a page with BOOK_URL set; give its canonical address, social picture and map."""
    monkeypatch.setenv("BOOK_URL", address)
    written = (build(folder, "# Here\n\nText.") / "index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(written, "html.parser")
    canonical = page.select_one("[rel=canonical]")
    picture = page.select_one('[property="og:image"]')["content"]
    sitemap = folder / "_html" / "sitemap.xml"
    robots = folder / "_html" / "robots.txt"
    assert sitemap.exists() == robots.exists()
    if robots.exists():
        assert f"Sitemap: {address.rstrip('/')}/sitemap.xml\n" in robots.read_text()
    return canonical and canonical["href"], picture, sitemap.exists() and sitemap.read_text()


def test_address_is_told_only_where_it_is_known(tmp_path, monkeypatch):
    for base in ("https://example.org/book/", "https://example.org/book", "http://localhost:8/"):
        address = f"{base.rstrip('/')}/index.html"
        canonical, picture, sitemap = address_of(tmp_path, monkeypatch, base)
        assert canonical == address
        assert picture == f"{base.rstrip('/')}/_static/card.png"
        assert f"<loc>{address}</loc>" in sitemap
    assert address_of(tmp_path, monkeypatch, "") == (None, "_static/card.png", False)


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://", "https:x"])
def test_no_address_is_made_of_nonsense(address, tmp_path, monkeypatch):
    monkeypatch.setenv("BOOK_URL", address)
    with pytest.raises(ConfigError, match="must look like https://example.org/book/"):
        build(tmp_path, "# Here")
