"""The theme builds a book in any folder, from what lies in that folder."""

import io
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
from tests.markup import faults

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


def test_a_book_bundles_what_its_settings_name(tides):
    (tides / "code" / "__pycache__").mkdir(parents=True)
    (tides / "code" / "__pycache__" / "run.pyc").write_bytes(b"x")
    (tides / "code" / "run.sh").write_text("echo")
    (tides / "code" / "run.sh").chmod(0o755)
    (tides / "notes.txt").write_text("Not for others.")
    out = build(tides, "# Tides", bundle=["index.md", "data", "code"], epub_basename="book")
    page = soup(out / "index.html")
    assert page.select_one('footer a[href="book-2.0.zip"][download]')
    with zipfile.ZipFile(out / "book-2.0.zip") as archive:
        assert archive.namelist() == [
            "book-2.0/code/run.sh",
            "book-2.0/data/datapackage.json",
            "book-2.0/data/more/harbours.csv",
            "book-2.0/data/tides.csv",
            "book-2.0/index.md",
        ]
        modes = [oct(entry.external_attr >> 16)[-3:] for entry in archive.infolist()]
    assert modes == ["755", "644", "644", "644", "644"]


def test_a_bundle_without_one_of_its_files_is_none(tides):
    with pytest.raises(ConfigError, match="the setting bundle names 'code'"):
        build(tides, "# Tides", bundle=["code"])


def test_the_pages_link_to_the_editions_made_along_or_say_how(tmp_path, monkeypatch):
    (tmp_path / "Makefile").write_text("")
    assert "run make editions" in soup(build(tmp_path, "# A") / "index.html").footer.get_text()
    monkeypatch.setenv("EDITIONS", "pdf epub")
    page = soup(build(tmp_path, "# A", epub_basename="book") / "index.html")
    assert [a["href"] for a in page.select("footer a[download]")] == ["book.pdf", "book.epub"]
    assert "make editions" not in page.footer.get_text()


NAME = "Tides <low> & &lt;"
EDITIONS = """# Tides

[The ebb](#row-2) and [a page left out](away.md).

```{toctree}
:caption: Harbours

first
```

```{toctree}
away
```
"""


def edition_of(folder):
    """Build a book as pages, single page and e-book; give the bytes of each file by its name."""
    folder.mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "datapackage.json").write_text(json.dumps(DESCRIPTOR | {"resources": []}))
    rows = [["row-1", "Flood", "Up"], ["row-2", "Ebb", "Down"]]
    tables = [
        table(["Key", "Tide", "Way"], rows[:1], "Kept", "t-kept", "anchored home lead-2"),
        table(["Key", "Tide", "Way"], rows[1:], "Gone", "t-gone", "anchored home lead-2"),
    ]
    (folder / "first.md").write_text("# First\n\nText.\n\n" + "\n".join(tables))
    (folder / "away.md").write_text("# Away\n\nText.")
    more = {"epub_basename": "book", "print_leaves_out": ["away", "t-gone"], "bundle": ["data"]}
    more |= {"myst_ref_domains": ["std"], "html_copy_source": True, "project": NAME}
    found = {}
    for builder in ("html", "singlehtml", "epub"):
        out = build(folder, EDITIONS, builder, **more)
        files = sorted(path for path in out.rglob("*") if path.is_file())
        found |= {f"{builder}/{path.relative_to(out)}": path.read_bytes() for path in files}
    return found


@pytest.mark.slow
def test_the_same_book_is_the_same_bytes_wherever_it_lies(tmp_path):
    first = edition_of(tmp_path / "here")
    second = edition_of(tmp_path / "far and away é")
    assert {"html/index.html", "singlehtml/book.pdf", "epub/book.epub"} <= set(first)
    assert [name for name in first if first[name] != second.get(name)] == []
    assert set(first) == set(second)
    assert b"<dc:date>2001-02-03T00:00:00Z</dc:date>" in first["epub/content.opf"]
    contents = BeautifulSoup(first["epub/nav.xhtml"], "html.parser").nav.select("span, a")
    assert [entry.get_text() for entry in contents] == ["Tides", "Harbours", "First", "Away"]
    with zipfile.ZipFile(io.BytesIO(first["epub/book.epub"])) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.slow
def test_paper_leaves_out_what_is_told_to_and_leads_nowhere_that_is_not(tmp_path):
    page = BeautifulSoup(edition_of(tmp_path / "book")["singlehtml/index.html"], "html.parser")
    assert {page.title.get_text(), page.select_one(".cover .title").get_text()} == {NAME}
    main = page.main.get_text(" ")
    assert "Flood" in main and "Up" not in main  # a column that folds
    assert "Ebb" not in main and "Table 2. Gone: 1 row, which the web edition shows." in main
    assert "Not in print: Away." in page.nav.get_text() and "Away" not in main
    anchors = {element["id"] for element in page.select("[id]")}
    inside = [a["href"] for a in page.select("a[href*='#']")]
    assert inside and {address.partition("#")[2] for address in inside} <= anchors


def test_a_book_without_data_says_nothing_of_data(tmp_path):
    out = build(tmp_path, "# Nothing\n\nNo data here.")
    assert not (out / "data.zip").exists()
    page = soup(out / "index.html")
    assert "zip" not in page.footer.get_text()
    assert "Test · Nobody · © Nobody" in page.footer.get_text()
    assert not page.select('[type="application/ld+json"]')


def test_a_page_loads_only_what_is_there(tmp_path):
    (tmp_path / "more.md").write_text("# More\n\nText.")
    called = dict.fromkeys(["html_title", "author", "copyright"], NAME)
    text = f"# Here\n\nText.\n\n```{{toctree}}\n:caption: {NAME}\n\nmore\n```"
    out = build(tmp_path, text, **called)
    for path in out.glob("*.html"):
        page = soup(path)
        titles = {"index": "Here", "more": f"More · {NAME}", "search": f"Search · {NAME}"}
        assert page.title.get_text() == titles[path.stem]
        assert page.header.select_one(".book").get_text() == NAME
        assert page.select_one("#contents > p").get_text() == NAME
        assert f"{NAME} · {NAME} · © {NAME}" in page.footer.get_text()
        loaded = page.select("script[src], link[rel=stylesheet], link[rel=icon], img")
        names = [element.get("src") or element["href"] for element in loaded]
        assert names and all((out / name).is_file() for name in names)
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        assert "default-src 'none'" in policy and "unsafe" not in policy


def test_what_is_not_valid_is_named_by_page_and_line(tmp_path):
    out = build(tmp_path, "# Here\n\n```{raw} html\n<p><ul role=row></p>\n```\n")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><tide/></svg>'
    (out / "tide.svg").write_text(drawing, encoding="utf-8")
    found = faults(out)
    assert {fault.partition(":")[0] for fault in found} == {"index.html", "tide.svg"}
    assert any("role" in fault and fault.split(":")[1].isdigit() for fault in found)


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
    out = build(folder, "# Here\n\nText.")
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
        assert picture == f"{base.rstrip('/')}/_cards/index.png"
        assert f"<loc>{address}</loc>" in sitemap
    assert address_of(tmp_path, monkeypatch, "") == (None, "_cards/index.png", False)


def test_the_map_lists_pages_that_were_not_written_again(tmp_path, monkeypatch):
    monkeypatch.setenv("BOOK_URL", "https://example.org/")
    (tmp_path / "more.md").write_text("# More")
    text = "# Here\n\n```{toctree}\nmore\n```\n"
    build(tmp_path, text)
    sitemap = (build(tmp_path, text + "\nChanged.") / "sitemap.xml").read_text()
    assert sitemap.count("<loc>") == 2


def test_a_page_that_left_the_book_is_taken_away(tmp_path):
    (tmp_path / "moon.md").write_text("# Moon\n\nIt pulls.")
    text = "# Tides\n\n```{toctree}\nmoon\n```\n"
    assert (build(tmp_path, text) / "moon.html").exists()
    (tmp_path / "moon.md").unlink()
    out = build(tmp_path, "# Tides\n")
    assert (out / "index.html").exists() and not (out / "moon.html").exists()


@pytest.mark.parametrize(
    "address",
    ["example.org", "ftp://example.org", "https://", "https:x", "https://a.b/?c", "https://a.b/#c"],
)
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
