"""The guard: what prose says is asserted beside it, and what it quotes stands in the rows.

An editor writes the Markdown of a notebook. Every number in it, and every word that counts or
ranks, stands in a ``{glue:text}`` role or in words that are also the message of an ``assert`` in
the same notebook. So a changed row stops the notebook with the sentence that no longer holds.
Titles, captions and text alternatives of charts and tables are prose too.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from evidence.data import Package, read

NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    "thousand|million|dozen|half|third|quarter|double"
)
COUNTING = (
    "none|nobody|nothing|never|only|sole|single|once|twice|both|neither|every|most|more|fewer|less|"
    "least|majority|minority|first|second|last|always"
)
RANKING = "small|larg|great|high|low|long|short|old|few|grav|strong|weak|firm|earli|lat"  # and -est
COUNTED_THINGS = (  # "no cure" is an idiom of what one article says; "no article" is a count
    "articles?|titles?|stud(?:y|ies)|trials?|surveys?|results?|guidelines?|reviews?|treatments?|"
    "claims?|patients?|people|animals?|mice|mouse|errors?|cop(?:y|ies)"
)
COUNTED = re.compile(
    rf"\d+(?:[.,]\d+)*|\b(?:{NUMBERS}|{COUNTING})(?:s|fold)?\b|\bone (?:in|of)\b"
    r"|\ball (?:of|the|two|three|four|five)\b"
    rf"|\bno (?:\w+ )?(?:{COUNTED_THINGS})\b|\b(?:{RANKING})est\b"
)
SHOWN = ("title", "caption", "alt")  # keywords whose strings readers see
QUOTATION = re.compile("“([^”]+)”")
QUOTED_WORDS = 3  # from how many words on a quotation must stand in a row
ROLE = re.compile(r"\{[\w:-]+\}`[^`]*`")
MARKUP = re.compile(r"\]\([^)]*\)|^\s*(?:```|:::).*$|^:\w+:\s?|`[^`]*`|^\(.*\)=$|[*_\[\]#|>]", re.M)


def plain(text: str) -> str:
    """Markdown as a reader hears it: no markup, addresses or code, lower case, single spaces."""
    text = MARKUP.sub(" ", ROLE.sub(" ⟨⟩ ", text))
    return " ".join(text.replace("’", "'").lower().split())


def strings(node: ast.expr) -> str:
    """The typed text of a string or of a sum or formatted string of them."""
    parts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
    return " ".join(part for part in parts if isinstance(part, str))


def messages(code: str) -> list[str]:
    """What the asserts of some code say when they fail, one entry for each part between semicolons.

    An assert that looks at nothing, such as ``assert True``, holds no sentence.
    """
    said = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Assert) or not isinstance(node.msg, ast.Constant):
            continue
        if any(isinstance(n, ast.Name) for n in ast.walk(node.test)):
            said += [plain(part) for part in str(node.msg.value).split(";")]
    return [words for words in said if len(words.split()) > 1]


def prose(notebook: dict) -> Iterator[tuple[int, str]]:
    """Each text that readers of a notebook see and an editor typed, with its cell's number."""
    for number, cell in enumerate(notebook["cells"], start=1):
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield from ((number, block) for block in re.split(r"\n\s*\n", text))
        elif cell["cell_type"] == "code":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.keyword) and node.arg in SHOWN:
                    yield number, strings(node.value)


def unasserted(notebook: dict) -> Iterator[tuple[int, str]]:
    """Words that count or rank and stand in no assert's message, with their cell and sentence."""
    code = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    said = [words for cell in code for words in messages(cell)]
    for number, text in prose(notebook):
        text = plain(QUOTATION.sub("“”", text))
        held = [m.span() for words in said for m in re.finditer(re.escape(words), text)]
        for match in COUNTED.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in held):
                around = text[max(0, match.start() - 30) : match.end() + 40]
                yield number, f"“{match.group()}” in “… {around.strip()} …”: no assert says so"


def unquoted(notebook: dict, rows: str) -> Iterator[tuple[int, str]]:
    """Quotations of three words and more that stand in no row."""
    for number, text in prose(notebook):
        for quotation in QUOTATION.findall(MARKUP.sub("", text)):
            words = " ".join(quotation.replace("’", "'").lower().split()).rstrip(".,?!")
            if len(words.split()) >= QUOTED_WORDS and words not in rows:
                yield number, f"“{quotation}” stands in no row"


def lint(paths: list[Path]) -> list[str]:
    """Every fault of some notebooks, each with notebook, cell and phrase."""
    tables = [read(name) for name in Package().resources]
    cells = (str(cell) for frame in tables for cell in frame.to_numpy().ravel())
    rows = "\n".join(cells).replace("’", "'").lower()
    found = []
    for path in paths:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell, fault in (*unasserted(notebook), *unquoted(notebook, rows)):
            found.append(f"{path}, cell {cell}: {fault}")
    return found
