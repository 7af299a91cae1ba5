"""The exports beside the built pages: every row leads to its page, the crate to every file."""

import json

import pytest
from bs4 import BeautifulSoup

from tests.linked import crate_issues, unknown_words
from tests.reading import ROOT

pytestmark = pytest.mark.book
HTML = ROOT / "_build" / "html"


@pytest.fixture(scope="module")
def collection():
    """The web annotations of the book."""
    path = HTML / "annotations.jsonld"
    if not path.exists():
        pytest.fail("annotations.jsonld is not there: run make book", pytrace=False)
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_annotation_leads_to_its_row(collection):
    wanted = {}
    for one in collection["first"]["items"]:
        page, _, anchor = one["id"].partition("#")
        wanted.setdefault(page, set()).add(anchor)
    for page, anchors in wanted.items():
        text = (HTML / page).read_text(encoding="utf-8")
        ids = {element["id"] for element in BeautifulSoup(text, "html.parser").select("[id]")}
        assert anchors <= ids, page


def test_no_annotation_quotes_more_than_twelve_words(collection):
    assert not unknown_words(collection)
    quotes = []
    for target in (t for one in collection["first"]["items"] for t in one["target"]):
        selector = target["selector"]
        quotes.append(selector.get("exact") or selector.get("refinedBy", {}).get("exact", ""))
    assert any(quotes)
    assert max(len(quote.split()) for quote in quotes) <= 12


@pytest.mark.copies
def test_every_selector_finds_its_words_in_the_copy(collection, data, copies):
    sources = data["sources"].set_index("source_id")
    source_of = data["passages"].set_index("passage_id")["source_id"]
    texts = {
        key: (copies / name).read_bytes().decode("utf-8")
        for key, name in sources["copy_file"].items()
    }
    passage_of = {
        row[data.key(name)]: row["passage_id"]
        for name, fields in data.fields.items()
        if "passage_id" in fields and name not in ("passages", "codings")
        for row in data[name].to_dict("records")
    }
    for one in collection["first"]["items"]:
        text = texts[source_of[passage_of[one["body"][0]["value"]]]]
        selector = one["target"][0]["selector"]
        passage = text[selector["start"] : selector["end"]]
        assert selector.get("refinedBy", {}).get("exact", "") in passage, one["id"]


def test_the_validator_of_others_finds_no_fault_in_the_crate():
    assert crate_issues(HTML) == []
