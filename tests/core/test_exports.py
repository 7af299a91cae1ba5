"""What is exported is read by tools of others, leads back to the rows, and passes on no more text."""

import errno
import json
import os
import tempfile
import zlib

import pytest
from rdflib import URIRef
from rdflib.namespace import RDF

from evidence.cli import main
from evidence.data import DataPackage
from evidence.exports import ANNOTATION_CONTEXT, annotations, crate, export
from tests.linked import OA, annotation_graph, crate_issues, unknown_words

BASE = "https://example.org/book/"
PAGE = "https://example.org/alpha"
PLACES = {"claim-alpha-01": ("chapters/alpha.html#claim-alpha-01", "")}


@pytest.fixture
def book(made_folder):
    """A built book of two pages, in the project of the made package."""
    (made_folder / "CITATION.cff").write_text(
        "title: Coffee\nversion: 1.2.3\ndate-released: 2001-02-03\nauthors:\n"
        "  - name: The Coffee Club\n  - {given-names: Ann, family-names: Other}\n"
    )
    folder = made_folder / "html"
    for name in ("index.html", "chapters/alpha.html", "_sources/index.ipynb", "data.zip"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    lines = ["# Sphinx inventory version 2", "# Project: Coffee", "# Version: 1", "# zlib"]
    places = [
        "index std:doc -1 index.html Coffee and headaches",
        "chapters/alpha std:doc -1 chapters/alpha.html Alpha",
        "claim-alpha-01 std:label -1 chapters/alpha.html#$ -",
    ]
    packed = zlib.compress("".join(f"{line}\n" for line in places).encode())
    (folder / "objects.inv").write_bytes("".join(f"{line}\n" for line in lines).encode() + packed)
    return folder


def by_key(content):
    """The annotations of a collection, by the keys of their rows."""
    return {one["body"][0]["value"]: one for one in content["first"]["items"]}


def test_every_row_that_names_a_passage_is_an_annotation(made):
    found = by_key(annotations(made, PLACES))
    for name in ("claims", "figures", "proposals", "citations", "losses", "appraisals"):
        rows = made[name]
        rows = rows[rows["passage_id"].isin(made["passages"]["passage_id"])]
        assert set(rows[made.key(name)]) <= set(found)
    assert not any(key.startswith(("passage", "coding")) for key in found)


def test_another_tool_reads_row_place_and_words(made):
    content = annotations(made, PLACES)
    assert content["@context"] == ANNOTATION_CONTEXT
    assert not unknown_words(content)
    graph = annotation_graph(content, BASE)
    oa = {name: URIRef(OA + name) for name in ("hasTarget", "hasSource", "hasSelector")}
    everything = set(graph.subjects(RDF.type, URIRef(f"{OA}Annotation")))
    assert len(everything) == content["total"] == len(content["first"]["items"])
    one = URIRef(f"{BASE}chapters/alpha.html#claim-alpha-01")
    assert one in everything
    selectors = {
        str(graph.value(target, oa["hasSource"])): graph.value(target, oa["hasSelector"])
        for target in graph.objects(one, oa["hasTarget"])
    }
    exact = URIRef(f"{OA}exact")
    assert str(graph.value(selectors.pop(PAGE), exact)) == "may cause"
    [(copy, place)] = selectors.items()
    assert copy.startswith("ni:///sha-256;")
    ends = [int(graph.value(place, URIRef(f"{OA}{end}"))) for end in ("start", "end")]
    assert ends == [0, 26]
    assert str(graph.value(graph.value(place, URIRef(f"{OA}refinedBy")), exact)) == "may cause"


def test_the_copy_is_named_by_its_digest(made):
    # The example of RFC 6920, section 8.1.
    digest = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    sources = made["sources"].assign(copy_sha256=digest)
    one = by_key(annotations(made.replaced({"sources": sources}), {}))["claim-alpha-01"]
    named = "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk?ct=text/plain"
    assert one["target"][0]["source"] == named


def test_the_body_says_the_row_in_words(made):
    words = by_key(annotations(made, {}))["claim-alpha-01"]["body"][1]["value"].split("\n")
    assert "Statement: Coffee might cause headaches." in words
    assert "Speaker: The article’s author" in words
    assert not any(line.startswith(("Cue", "Claim", "Source", "Passage", "Note")) for line in words)


def test_no_text_of_a_source_is_passed_on_but_the_verbatim_words(made):
    allowed = {
        cell
        for name, fields in made.fields.items()
        for column, field in fields.items()
        if field.get("verbatim")
        for cell in made[name][column]
    }
    for one in by_key(annotations(made, {})).values():
        for target in one["target"]:
            selector = target["selector"]
            quote = selector if "exact" in selector else selector.get("refinedBy")
            assert quote is None or (quote["exact"] in allowed and len(quote) == 2)


def test_without_an_address_or_words_there_is_the_place_in_the_copy_alone(made):
    sources = made["sources"].assign(url="")
    found = by_key(annotations(made.replaced({"sources": sources}), {}))["claim-alpha-01"]
    assert [target["source"][:3] for target in found["target"]] == ["ni:"]
    claims = made["claims"].assign(cue="")
    found = by_key(annotations(made.replaced({"claims": claims}), {}))["claim-alpha-01"]
    [target] = found["target"]
    assert target["selector"].keys() == {"type", "start", "end"}


def test_a_row_without_a_page_has_an_address_in_the_collection(made):
    found = by_key(annotations(made, PLACES, BASE))
    assert found["claim-alpha-02"]["id"] == "annotations.jsonld#claim-alpha-02"
    assert annotations(made, PLACES, BASE)["@context"] == [ANNOTATION_CONTEXT, {"@base": BASE}]


def test_the_validator_of_others_finds_no_fault_in_the_crate(made, book):
    export(made, book)
    assert crate_issues(book) == []
    whole = {entity["@id"]: entity for entity in crate(made, book)["@graph"]}
    assert whole["./"]["datePublished"] == "2001-02-03"
    assert [whole[author["@id"]]["name"] for author in whole["./"]["author"]] == [
        "The Coffee Club",
        "Ann Other",
    ]
    kinds = [whole[author["@id"]]["@type"] for author in whole["./"]["author"]]
    assert kinds == ["Organization", "Person"]
    assert whole["./"]["description"] == made.descriptor["description"] != made.descriptor["title"]
    assert whole["chapters/alpha.html"]["name"] == "Alpha"
    assert whole["_sources/index.ipynb"]["encodingFormat"] == "application/x-ipynb+json"
    assert whole["https://example.org/beta"]["name"] == "Coffee causes headaches"


def test_the_validator_would_find_a_fault(made, book):
    export(made, book)
    path = book / "ro-crate-metadata.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    root = next(entity for entity in content["@graph"] if entity["@id"] == "./")
    gone = ("name", "license", "datePublished")
    for word in gone:
        del root[word]
    path.write_text(json.dumps(content), encoding="utf-8")
    issues = crate_issues(book)
    assert [word for word in gone if not any(word in issue for issue in issues)] == []


def test_the_same_data_make_the_same_bytes(made_folder, book):
    def written():
        export(DataPackage(made_folder / "data"), book)
        return [
            (book / name).read_bytes() for name in ("annotations.jsonld", "ro-crate-metadata.json")
        ]

    assert written() == written()
    assert not list(book.glob("*.tmp"))


def test_on_a_full_disk_one_line_says_so_and_the_last_exports_stay(
    made_folder, book, monkeypatch, capsys
):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    command = ["--data", str(made_folder / "data"), "export", str(book)]
    assert main(command) == 0
    before = {path: path.read_bytes() for path in book.iterdir() if path.is_file()}
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    assert main(command) == 2
    told = f"error: {book / 'annotations.jsonld'}: cannot be written (No space left on device)"
    assert capsys.readouterr().err == f"{told}; nothing changed\n"
    assert {path: path.read_bytes() for path in book.iterdir() if path.is_file()} == before


def test_the_editions_are_part_of_the_crate_if_they_are_there(made, book):
    export(made, book)
    assert "coffee.pdf" not in {entity["@id"] for entity in crate(made, book)["@graph"]}
    (book / "coffee.pdf").write_text("")
    assert "coffee.pdf" in {entity["@id"] for entity in crate(made, book)["@graph"]}


def test_without_a_built_book_one_line_says_what_to_do(made_folder, book, capsys):
    command = ["--data", str(made_folder / "data"), "export"]
    assert main([*command, str(made_folder)]) == 2
    assert "objects.inv: cannot be read; build the book first" in capsys.readouterr().err
    (book / "chapters" / "alpha.html").unlink()
    assert main([*command, str(book)]) == 2
    assert "chapters/alpha.html: is not there; build the book first" in capsys.readouterr().err
    (book.parent / "CITATION.cff").unlink()
    assert main([*command, str(book)]) == 2
    assert "CITATION.cff: is no citation file" in capsys.readouterr().err
