"""The guard: what prose says is asserted beside it, and what it quotes stands in the rows.

An editor writes the Markdown of a notebook. Every number in it, and every word that counts, ranks
or compares, stands in words that are also the message of an ``assert`` in the same notebook. So a
changed row stops the notebook with the sentence that no longer holds. A quotation stands in a row,
and a link says what its row says.
Titles, captions and text alternatives of charts and tables are prose too.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
    "always|not one|just one|few|many|much|several|almost|nearly|hardly|barely|mostly|mainly|"
    "often|rarely|rare|seldom|usually|generally|commonly|little|handful|various|numerous|"
    "strongly|weakly|better|worse|older|newer|earlier|higher|larger|smaller|longer|shorter|"
    "greater|bigger|stronger|weaker|milder"
)
NO_RANK = "inter|t|r|sugg|requ|prot|cont|for|hon|mod|ch|dig|harv|ing|arr|w|southw|northw"  # + "est"
COUNTED_THINGS = (  # "no cure" is an idiom of what one article says; "no article" is a count
    "articles?|titles?|stud(?:y|ies)|trials?|surveys?|results?|guidelines?|reviews?|treatments?|"
    "claims?|patients?|people|animals?|mice|mouse|errors?|cop(?:y|ies)"
)
COUNTED = re.compile(
    rf"\d+(?:[.,]\d+)*|(?<!how )\b(?:{NUMBERS}|{COUNTING})(?:s|fold)?\b|\bone (?:in|of)\b"
    r"|\ball (?:of|the|two|three|four|five)\b"
    r"|(?<!\bfor )(?<!\bas )\beach article\b"
    rf"|\b(?:no|any|all) (?:\w+ )?(?:{COUNTED_THINGS})\b|\b(?!(?:{NO_RANK})est\b)\w+est\b"
)
STRESSED = re.compile(  # words of a link that its row must have
    r"\b(?:no|not|nobody|none|never|nothing|without|strongly|weakly|small|large|little|rarely|often|"
    r"usually|most|better|worse|milder|more|less|higher|lower)\b"
)
SHOWN = ("title", "caption", "alt")  # keywords whose strings readers see
QUOTATION = re.compile("“([^”]+)”")
LINKED = re.compile(r"\[([^\]]*)\]\(#([\w-]+)\)")
CLAUSE = re.compile(r"(?<=[.!?:;])\s+(?![^“]*”)|\n\s*-\s")
TERM = re.compile(r"\{term\}`([^`<]+)[^`]*`")
ROLE = re.compile(r"\{[\w:-]+\}`[^`]*`")
MARKUP = re.compile(r"\]\([^)]*\)|^\s*(?:```|:::).*$|^:\w+:\s?|`[^`]*`|^\(.*\)=$|[*_\[\]#|>]", re.M)


@dataclass(frozen=True)
class Row:
    """What prose may take from a row.

    Attributes
    ----------
    text, verbatim : str
        All its cells, and what in them copies a text word for word, as :func:`spoken` writes it.
    article : str
        The name of the article it was coded from; empty if it was coded from none.
    """

    text: str
    verbatim: str
    article: str


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
                elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "table":
                    yield from ((number, strings(caption)) for caption in node.args[1:2])


def typed(notebook: dict) -> Iterator[tuple[int, str]]:
    """Each text that is typed in code, such as the labels of a chart, with its cell's number."""
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse("".join(cell["source"]))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield number, node.value


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


def unborne(notebook: dict, rows: Mapping[str, Row], own: str = "") -> Iterator[tuple[int, str]]:
    """Quotations and links that the rows do not bear out.

    A quotation stands word for word in a row, and where its clause names articles, in one of
    theirs. A link to a row has the row's words in its quotations, no word of stress that the row
    lacks, and is of an article that its clause names, if it names any.

    Parameters
    ----------
    notebook : dict
    rows : mapping of str to Row
        By key.
    own : str, optional
        The only article that the page may quote.
    """
    articles = {row.article for row in rows.values()} - {""}
    for number, text in chain(prose(notebook), typed(notebook)):
        for clause in CLAUSE.split(text):
            named = {a for a in articles if a in QUOTATION.sub("", clause)} or articles
            for quotation in QUOTATION.findall(MARKUP.sub("", clause)):
                words = spoken(quotation).rstrip(".,?!")
                of = {row.article for row in rows.values() if says(row.verbatim, words)}
                if not of & ({own, ""} if own else {*articles, ""}):
                    yield number, f"“{quotation}” stands in no row that this page may quote"
                elif not of & {*named, ""}:
                    yield number, f"“{quotation}” is of {_names(of)}, not of {_names(named)}"
            for shown, key in LINKED.findall(clause):
                yield from ((number, fault) for fault in _misled(shown, key, rows, named))


def _misled(shown: str, key: str, rows: Mapping[str, Row], named: set[str]) -> Iterator[str]:
    """Yield what the words of a link say and its row does not."""
    if key not in rows:
        return
    row, own_words = rows[key], spoken(QUOTATION.sub("", shown))
    for quotation in QUOTATION.findall(shown):
        if not says(row.verbatim, spoken(quotation).rstrip(".,?!")):
            yield f"“{quotation}” does not stand in {key}"
    for word in STRESSED.findall(own_words):
        if not says(row.text, word):
            yield f"“{word}” of “{shown}” is not said in {key}"
    if row.article and row.article not in named:
        yield f"{key} is of {row.article}, not of {_names(named)}"


def _names(articles: Iterable[str]) -> str:
    return " or ".join(sorted(articles))


def spoken(text: str) -> str:
    """Words without capitals, curled apostrophes and line breaks."""
    return " ".join(text.replace("’", "'").lower().split())


def says(text: str, words: str) -> bool:
    """Whether words stand in a text, whole: “effective” does not stand in “ineffective”."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


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


def coded(data: Package) -> dict[str, Row]:
    """Read every row that has a key of its own, by its key."""
    labels = read("sources").set_index("source_id")["label"]
    rows = {}
    for name, (key, *others) in data.keys.items():
        if others:
            continue
        fields = data.fields[name]
        literal = [
            c for c, field in fields.items() if field.get("verbatim") or field.get("literal")
        ]
        for row in read(name).to_dict("records"):
            text = " | ".join(map(str, row.values()))
            verbatim = [*(str(row[c]) for c in literal), *QUOTATION.findall(text)]
            article = labels.get(row.get("source_id"), "")
            rows[row[key]] = Row(spoken(text), spoken(" | ".join(verbatim)), article)
    return rows


def lint(paths: list[Path]) -> list[str]:
    """Every fault of some notebooks, each with notebook, cell and phrase.

    The page of an article, ``source-ARTICLE.ipynb``, may quote rows of that article and of none.
    """
    rows = coded(Package())
    labels = read("sources").set_index("source_id")["label"]
    found = []
    for path in paths:
        own = labels.get(path.stem.removeprefix("source-"), "")
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for faults in (unasserted(notebook), unsaid(notebook), mute(notebook)):
            found += [f"{path}, cell {cell}: {fault}" for cell, fault in faults]
        for cell, fault in unborne(notebook, rows, own):
            found.append(f"{path}, cell {cell}: {fault}")
    return found
