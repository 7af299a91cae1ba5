"""What this book is about is said by its data, and by nothing that another would take over.

The words of another question may well be words of its code: memory, paper, light.
"""

import re

import nbformat
import pytest

from evidence.notebooks import notebooks
from tests.reading import ROOT

ROOMS = (
    "benchmarks",
    "booktheme",
    "evidence",
    "report",
    "tests/core",
    "tests/report",
    "tests/theme",
)
KINDS = {".py", ".html", ".css", ".js", ".conf", ".mplstyle"}
SHORTEST = 6  # letters of a word of the question that is looked for: shorter ones are everywhere


def words_of(data):
    """Keys and names that are of one subject alone, and the words that ask its question."""
    question = data["propositions"].set_index("proposition_id").loc[data.descriptor["question"]]
    words = {w for w in re.findall(r"\w+", question["statement"]) if len(w) >= SHORTEST}
    words |= {data.descriptor["name"], data.descriptor["terms"]["matter"]}
    for table in ("sources", "studies", "propositions", "treatments"):
        keys = set(data[table][data.key(table)])
        words |= {key for key in keys if "-" in key}  # a single word is no name
    words |= {label for label in data["sources"]["label"] if " " in label}
    words |= {
        f"{page}-{key}" for page in ("source", "article") for key in data["sources"]["source_id"]
    }
    return {word.lower() for word in words}


@pytest.fixture(scope="module")
def named(data, intact):
    """Find the words of this book's subject in a text; the example's stand in many tests."""
    words = words_of(data) - words_of(intact)
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?:{either or '(?!)'})(?![\w-])", re.IGNORECASE)
    return lambda text: sorted(set(pattern.findall(text)))


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_of_code_names_the_subject(room, named):
    for path in sorted((ROOT / room).rglob("*")):
        if path.suffix in KINDS:
            assert named(path.read_text(encoding="utf-8")) == [], path.relative_to(ROOT)


@pytest.mark.parametrize("path", notebooks(ROOT), ids=lambda path: path.stem)
def test_no_notebook_names_the_subject_beside_its_title(path, named):
    first, *others = (cell.source for cell in nbformat.read(path, as_version=4).cells)
    source = path.stem.removeprefix("source-")
    assert named(re.sub(r"(?m)^# .*$", "", first).replace(f"(article-{source})=", "")) == []
    for text in others:
        assert named(text.replace(f'SOURCE = "{source}"', "")) == []
