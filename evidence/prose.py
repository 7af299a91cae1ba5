"""The guard: what prose says is asserted beside it, and what it quotes stands in the rows.

An editor writes the Markdown of a notebook. Every number in it, and every word that counts or
ranks, stands in a ``{glue:text}`` role or in words that are also the message of an ``assert`` in
the same notebook. So a changed row stops the notebook with the sentence that no longer holds.
Titles, captions and text alternatives of charts and tables are prose too.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from evidence.data import Package, read

NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    "thousand|million|dozen|half|third|quarter|fifth|tenth|double|triple"
)
COUNTING = (
    "none|nobody|no one|nothing|never|only|sole|single|unique|once|twice|thrice|both|neither|every|"
    "everyone|everybody|most|more|fewer|less|least|best|worst|majority|minority|first|second|last|"
    "always|not one|just one"
)
NO_RANK = "inter|t|r|sugg|requ|prot|cont|for|hon|mod|ch|dig|harv|ing|arr|w|southw|northw"  # + "est"
COUNTED_THINGS = (  # "no cure" is an idiom of what one article says; "no article" is a count
    "articles?|titles?|stud(?:y|ies)|trials?|surveys?|results?|guidelines?|reviews?|treatments?|"
    "claims?|patients?|people|animals?|mice|mouse|errors?|cop(?:y|ies)"
)
COUNTED = re.compile(
    rf"\d+(?:[.,]\d+)*|\b(?:{NUMBERS}|{COUNTING})(?:s|fold)?\b|\bone (?:in|of)\b"
    r"|\ball (?:of|the|two|three|four|five)\b"
    r"|(?<!\bfor )(?<!\bas )\beach article\b"
    rf"|\b(?:no|any|all) (?:\w+ )?(?:{COUNTED_THINGS})\b|\b(?!(?:{NO_RANK})est\b)\w+est\b"
)
SHOWN = ("title", "caption", "alt")  # keywords whose strings readers see
QUOTATION = re.compile("“([^”]+)”")
LINKED = re.compile(r"\[([^\]]*)\]\(#([\w-]+)\)")
QUOTED_WORDS = 2  # from how many words on a quotation must stand in a row
TERM = re.compile(r"\{term\}`([^`<]+)[^`]*`")
ROLE = re.compile(r"\{[\w:-]+\}`[^`]*`")
MARKUP = re.compile(r"\]\([^)]*\)|^\s*(?:```|:::).*$|^:\w+:\s?|`[^`]*`|^\(.*\)=$|[*_\[\]#|>]", re.M)


def plain(text: str) -> str:
    """Markdown as a reader hears it: no markup, addresses or code, lower case, single spaces."""
    text = MARKUP.sub(" ", ROLE.sub(" ⟨⟩ ", TERM.sub(r"\1", text)))
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


def unquoted(
    notebook: dict, rows: str, by_key: Mapping[str, str] | None = None
) -> Iterator[tuple[int, str]]:
    """Quotations of two words and more that stand in no row, or not in the row that they link to.

    Parameters
    ----------
    notebook : dict
    rows : str
        The text of every row that it may quote, as :func:`spoken` gives it.
    by_key : mapping of str to str, optional
        The text of each row by its key.
    """
    for number, text in prose(notebook):
        for quotation in QUOTATION.findall(MARKUP.sub("", text)):
            words = spoken(quotation).rstrip(".,?!")
            if len(words.split()) >= QUOTED_WORDS and words not in rows:
                yield number, f"“{quotation}” stands in no row that this page may quote"
        for shown, key in LINKED.findall(text):
            for quotation in QUOTATION.findall(shown):
                if key in (by_key or {}) and spoken(quotation) not in by_key[key]:
                    yield number, f"“{quotation}” does not stand in {key}"


def spoken(text: str) -> str:
    """Words without capitals, curled apostrophes and line breaks."""
    return " ".join(text.replace("’", "'").lower().split())


def unsaid(notebook: dict) -> Iterator[tuple[int, str]]:
    """Messages of asserts that no prose has: what they held was rewritten, and nobody tells."""
    text = " ".join(plain(block) for _, block in prose(notebook))
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "code":
            for words in messages("".join(cell["source"])):
                if words not in text:
                    yield number, f"“{words}” is said by an assert and nowhere in the prose"


def mute(notebook: dict) -> Iterator[tuple[int, str]]:
    """Asserts without a message: whoever changes a row would be stopped and not told why."""
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse("".join(cell["source"]))):
                if isinstance(node, ast.Assert) and not isinstance(node.msg, ast.Constant):
                    yield number, f"“assert {ast.unparse(node.test)}” says nothing when it fails"


def lint(paths: list[Path]) -> list[str]:
    """Every fault of some notebooks, each with notebook, cell and phrase.

    The page of an article, ``source-ARTICLE.ipynb``, may quote rows of that article and of none.
    """
    by_key, by_article = defaultdict(str), defaultdict(str)
    for name in Package().resources:
        for row in read(name).to_dict("records"):
            text = spoken(" | ".join(map(str, row.values()))) + "\n"
            by_key[next(iter(row.values()))] += text
            by_article[row.get("source_id")] += text
    articles = set(read("sources")["source_id"])
    found = []
    for path in paths:
        own = path.stem.removeprefix("source-")
        others = articles - {own} if own in articles else set()
        rows = "".join(text for article, text in by_article.items() if article not in others)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        faults = (
            unasserted(notebook),
            unsaid(notebook),
            unquoted(notebook, rows, by_key),
            mute(notebook),
        )
        for cell, fault in chain.from_iterable(faults):
            found.append(f"{path}, cell {cell}: {fault}")
    return found
