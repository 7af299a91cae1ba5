"""The theme builds a book in any folder, from what lies in that folder."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

import booktheme
from tests.books import build, table

ROOT = Path(booktheme.__file__).parent
DESCRIPTOR = {
    "name": "tides",
    "title": "Tides of five harbours",
    "version": "2.0",
    "created": "2001-02-03T00:00:00Z",
    "licenses": [{"name": "CC0-1.0", "path": "https://example.org/cc0"}],
    "resources": [
        {"name": "tides", "path": "tides.csv", "title": "Tides"},
        {"name": "harbours", "path": "more/harbours.csv"},
    ],
}


def soup(path):
    """A written page, parsed."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def tides(tmp_path):
    """A folder with a data package of its own."""
    (tmp_path / "data" / "more").mkdir(parents=True)
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(DESCRIPTOR))
    (tmp_path / "data" / "tides.csv").write_text("harbour,metres\na,2\n")
    (tmp_path / "data" / "more" / "harbours.csv").write_text("harbour\na\n")
    (tmp_path / "LICENSE-data").write_text("Free.")
    return tmp_path


def test_imports_nothing_of_a_book():
    text = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("*.py"))
    assert "import evidence" not in text and "from evidence" not in text
    assert "import report" not in text and "from report" not in text


def test_a_book_ships_the_data_of_its_own_folder(tides):
    out = build(tides, "# Tides\n\nHigh and low.")
    page = soup(out / "index.html")
    found = json.loads(page.select_one('[type="application/ld+json"]').string)
    assert found["@type"] == "Dataset"
    assert found["name"] == "Tides of five harbours"
    assert found["datePublished"] == "2001-02-03"
    assert found["license"] == ["https://example.org/cc0"]
    assert found["variableMeasured"] == ["Tides", "harbours"]
    assert page.select_one("footer a[download]")["href"] == "data.zip"
    with zipfile.ZipFile(out / "data.zip") as archive:
        assert sorted(archive.namelist()) == [
            "tides/LICENSE-data",
            "tides/datapackage.json",
            "tides/more/harbours.csv",
            "tides/tides.csv",
        ]
        assert archive.read("tides/tides.csv") == b"harbour,metres\na,2\n"


def test_the_same_data_make_the_same_archive(tides):
    first = (build(tides, "# Tides") / "data.zip").read_bytes()
    (tides / "_html" / "data.zip").unlink()
    assert (build(tides, "# Tides\n\nMore.") / "data.zip").read_bytes() == first


def test_what_the_book_lays_beside_its_pages_is_linked_to_below_them(tides):
    options = {"downloads": {"tides.json": "Tides & more"}}
    page = soup(build(tides, "# Tides\n\nLow.", html_theme_options=options) / "index.html")
    found = {link["href"]: link.get_text() for link in page.select("footer a[download]")}
    assert found == {"data.zip": "All data with their schema (zip)", "tides.json": "Tides & more"}


def test_a_book_without_data_says_nothing_of_data(tmp_path):
    out = build(tmp_path, "# Nothing\n\nNo data here.")
    assert not (out / "data.zip").exists()
    page = soup(out / "index.html")
    assert "zip" not in page.footer.get_text()
    assert "Test · Nobody · © Nobody" in page.footer.get_text()
    assert not page.select('[type="application/ld+json"]')


def test_a_page_loads_only_what_is_there(tmp_path):
    (tmp_path / "more.md").write_text("# More\n\nText.")
    out = build(tmp_path, "# Here\n\nText.\n\n```{toctree}\nmore\n```")
    for path in out.glob("*.html"):
        page = soup(path)
        loaded = page.select("script[src], link[rel=stylesheet], link[rel=icon], img")
        names = [element.get("src") or element["href"] for element in loaded]
        assert names and all((out / name).is_file() for name in names)
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        assert "default-src 'none'" in policy and "unsafe" not in policy


def test_a_work_is_cited_and_listed(tmp_path):
    (tmp_path / "works.bib").write_text(
        "@article{a, author={Doe, Jane}, title={Tides}, journal={J}, year={1999}}"
    )
    extensions = ["myst_nb", "sphinxcontrib.bibtex", "booktheme"]
    more = {"bibtex_bibfiles": ["works.bib"], "bibtex_reference_style": "author_year"}
    text = "# Here\n\nHigh {cite}`a`.\n\n```{bibliography}\n```\n"
    page = soup(build(tmp_path, text, extensions=extensions, **more) / "index.html")
    assert page.select_one("p a").get_text() == "Doe, 1999"
    work = page.select_one(page.select_one("p a")["href"])
    assert work["role"] == "listitem" and "Jane Doe. Tides." in work.get_text()


def test_style_sheets_load_the_type_alone(tmp_path):
    out = build(tmp_path, "# Here")
    text = (out / "_static" / "book.css").read_text(encoding="utf-8")
    faces = [part.split('"')[0] for part in text.split('url("')[1:]]
    assert len(faces) == 4 and "@import" not in text
    for face in faces:
        packed = (out / "_static" / face).read_bytes()
        assert packed.startswith(b"wOF2") and len(packed) < 18_000


def test_data_in_a_page_stay_and_scripts_go(tmp_path):
    raw = (
        '<script type="application/ld+json">{"@type": "Claim"}</script>'
        "<script>alert(1)</script>"
        '<script type="application/ld+json" src="x.js"></script>'
        '<SCRIPT type="module">alert(2)</SCRIPT>'
    )
    out = build(tmp_path, f"# Here\n\n```{{raw}} html\n{raw}\n```")
    scripts = soup(out / "index.html").article.select("script")
    assert [script.string for script in scripts] == ['{"@type": "Claim"}']


def test_a_row_is_found_where_it_is_at_home(tmp_path):
    row = [["row-1", "Tide"]]
    (tmp_path / "home.md").write_text(
        "# Home\n\n" + table(["Key", "Text"], row, "Rows", "t-1", "anchored home")
    )
    text = "# Index\n\n[the row](#row-1)\n\n```{toctree}\nhome\n```\n\n"
    out = build(tmp_path, text + table(["Key", "Text"], row, "Again", "t-2", "anchored"))
    assert soup(out / "index.html").select_one("p a")["href"] == "home.html#row-1"
    written = (out / "_static" / "searchtext.js").read_text(encoding="utf-8")
    passages = json.loads(f"[{written.removeprefix('bookText(').rstrip().removesuffix(');')}]")[0]
    assert ["row-1", "row-1 · Tide"] in passages["home"]
    assert not any("Tide" in text for _, text in passages["index"])


def test_other_names_go_along_with_the_text_of_the_search(tmp_path):
    out = build(tmp_path, "# Here", search_names={"ebb": ["low tide"]})
    written = (out / "_static" / "searchtext.js").read_text(encoding="utf-8")
    assert written.endswith(',{"ebb":["low tide"]});\n')


def address_of(folder, monkeypatch, address):
    """Build a page with BOOK_URL set; give its canonical address, social picture and map."""
    monkeypatch.setenv("BOOK_URL", address)
    (folder / "_static").mkdir(exist_ok=True)
    (folder / "_static" / "card.png").write_bytes(b"")
    options = {"card": "_static/card.png"}
    out = build(folder, "# Here\n\nText.", html_theme_options=options, html_static_path=["_static"])
    page = soup(out / "index.html")
    canonical = page.select_one("[rel=canonical]")
    picture = page.select_one('[property="og:image"]')["content"]
    sitemap, robots = out / "sitemap.xml", out / "robots.txt"
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


def test_the_map_lists_pages_that_were_not_written_again(tmp_path, monkeypatch):
    monkeypatch.setenv("BOOK_URL", "https://example.org/")
    (tmp_path / "more.md").write_text("# More")
    text = "# Here\n\n```{toctree}\nmore\n```\n"
    build(tmp_path, text)
    sitemap = (build(tmp_path, text + "\nChanged.") / "sitemap.xml").read_text()
    assert sitemap.count("<loc>") == 2


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://", "https:x"])
def test_no_address_is_made_of_nonsense(address, tmp_path, monkeypatch):
    monkeypatch.setenv("BOOK_URL", address)
    with pytest.raises(ConfigError, match=r"must look like https://example\.org/book/"):
        build(tmp_path, "# Here")


def test_the_package_ships_all_files_of_the_theme(tmp_path):
    """An installed theme is whole: what setuptools takes is what lies in the folder."""
    script = "import setuptools; setuptools.setup()"
    subprocess.run(
        [sys.executable, "-c", script, "-q", "build", "--build-base", str(tmp_path)],
        cwd=ROOT.parent,
        check=True,
        capture_output=True,
    )
    shipped = tmp_path / "lib" / "booktheme"
    mine = [p.relative_to(ROOT) for p in ROOT.rglob("*.*") if "__pycache__" not in p.parts]
    assert mine and all((shipped / path).is_file() for path in mine)
