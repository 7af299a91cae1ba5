"""Agreement of our coding with people's, on sentences that they coded on scales like ours.

The sentences and their labels are not part of the data package: a folder of files holds them
(``strength.csv``, ``certainty.csv``, ``advice.csv``). Ours are in ``held_against_people.csv``, a
second round, coded after the first was looked at, beside the first.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evidence.agreement import alpha, alpha_interval
from evidence.data import DataError

ROUNDS = {1: "code", 2: "code_2"}
CODES = "held_against_people.csv"
COUNTS = ["scale", "round", "label", "code", "n"]  # columns of people_counts.csv
LEVELS = range(7)  # of strength

# Words that a simple reader goes by, the first that stands in a sentence deciding.
STRENGTH_WORDS = {
    4: r"\b(?:may|might|could)\b.*\b(?:caus|reduc|increas|improv|prevent|lead|help|protect)",
    5: r"\bcan\b",
    3: r"\b(?:link|risk|more likely|less likely|predict)",
    2: r"\b(?:associat|correlat|related)",
    6: r"\b(?:caus|reduc|increas|improv|prevent|leads? to|led to|effect|protect|trigger)",
}
CERTAINTY_WORDS = {
    2: r"\b(?:might|could|unclear|unknown|possibl)",
    3: r"\b(?:may|suggest|seem|appear|potential)",
    4: r"\b(?:likely|probabl|indicat)",
    5: r"\b(?:found|show|reveal|report|demonstrat)",
}
ADVICE_WORDS = {
    2: r"\b(?:should|must|recommend|ought|need to|needs to|advis)",
    1: r"\b(?:may|could) be (?:useful|used|considered|beneficial|helpful)|\bimportant",
}


@dataclass(frozen=True)
class Score:
    """How near codes come to people's labels.

    Attributes
    ----------
    measure : str
    value, low, high : float
        The ends are missing where the measure has no interval.
    n : int
        Sentences with both a label and a code.
    """

    measure: str
    value: float
    low: float
    high: float
    n: int


def first_word(texts: pd.Series, words: dict[int, str], otherwise: int) -> pd.Series:
    """Code texts by the first of some patterns that stands in each: the simplest reader."""

    def code(text: str) -> int:
        found = (code for code, word in words.items() if re.search(word, text, re.IGNORECASE))
        return next(found, otherwise)

    return texts.map(code)


def strength_score(labels: pd.Series, codes: pd.Series) -> Score:
    """Krippendorff's alpha, ordinal, with its bootstrap interval."""
    rows = pd.DataFrame({"first": labels.astype(int), "second": codes.astype(int)})
    ends = alpha_interval(rows, LEVELS)
    return Score("Krippendorff’s alpha", alpha(rows, LEVELS), *ends, len(rows))


def certainty_score(labels: pd.Series, codes: pd.Series) -> Score:
    """Spearman's rank correlation."""
    value = labels.astype(float).rank().corr(codes.astype(float).rank())
    return Score("Spearman’s rho", float(value), float("nan"), float("nan"), len(labels))


def advice_score(labels: pd.Series, codes: pd.Series) -> Score:
    """Cohen's kappa; our levels 2 and 3, advice to others and to the reader, are their 2."""
    value = cohen_kappa(labels.astype(int), codes.astype(int).clip(upper=2))
    return Score("Cohen’s kappa", value, float("nan"), float("nan"), len(labels))


def cohen_kappa(first: pd.Series, second: pd.Series) -> float:
    """Agreement beyond chance of two coders of nominal levels; missing where both use one only."""
    observed = float((first == second).mean())
    shares = [coder.value_counts(normalize=True) for coder in (first, second)]
    chance = float(shares[0].mul(shares[1], fill_value=0).sum())
    return (observed - chance) / (1 - chance) if chance < 1 else float("nan")


@dataclass(frozen=True)
class Scale:
    """One file of sentences: its name, its score, and how the simplest reader codes it."""

    name: str
    score: Callable[[pd.Series, pd.Series], Score]
    words: dict[int, str]
    otherwise: int

    def baseline(self, texts: pd.Series) -> pd.Series:
        """Codes by keywords alone."""
        return first_word(texts, self.words, self.otherwise)


SCALES = (
    Scale("strength", strength_score, STRENGTH_WORDS, 0),
    Scale("certainty", certainty_score, CERTAINTY_WORDS, 6),
    Scale("advice", advice_score, ADVICE_WORDS, 0),
)


def held_against(
    sentences: dict[str, pd.DataFrame], codes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Score codes against people's labels, part by part.

    Parameters
    ----------
    sentences : dict of str to pandas.DataFrame
        By name of the scale; columns ``unit, text, part, label``.
    codes : pandas.DataFrame
        Columns ``unit, code, code_2``.

    Returns
    -------
    scores : pandas.DataFrame
        Columns ``scale, part, round, measure, value, low, high, baseline, n``; the baseline is
        the same measure of the simplest reader on the same sentences.
    means : pandas.DataFrame
        People's mean certainty for each of our levels: ``part, round, code, mean, n``.
    counts : pandas.DataFrame
        How often each label met each code in the calibration: as ``people_counts.csv``.
    """
    scores, means, counts = [], [], []
    for scale in SCALES:
        rows = sentences[scale.name].merge(codes, on="unit", validate="one_to_one")
        for part, of in rows.groupby("part", sort=False):
            for number, column in ROUNDS.items():
                known = of.dropna(subset=["label", column])
                if known.empty:
                    continue
                score = scale.score(known["label"], known[column])
                base = scale.score(known["label"], scale.baseline(known["text"])).value
                about = {"scale": scale.name, "part": part, "round": number}
                scores.append({**about, **vars(score), "baseline": base})
                if scale.name == "certainty":
                    for code, labels in known["label"].groupby(known[column]):
                        means.append((part, number, code, labels.mean(), len(labels)))
                if part == "calibration":
                    met = known.groupby([known["label"].round(), known[column]]).size()
                    counts += [(scale.name, number, *pair, n) for pair, n in met.to_dict().items()]
    columns = ["scale", "part", "round", "measure", "value", "low", "high", "baseline", "n"]
    whole = {"label": int, "code": int}
    return (
        pd.DataFrame(scores, columns=columns),
        pd.DataFrame(means, columns=["part", "round", "code", "mean", "n"]).astype({"code": int}),
        pd.DataFrame(counts, columns=COUNTS).astype(whole),
    )


def read_sentences(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the sentences that people coded, by scale."""
    needed = ["unit", "text", "part", "label"]
    return {scale.name: _table(folder / f"{scale.name}.csv", needed) for scale in SCALES}


def read_codes(folder: Path) -> pd.DataFrame:
    """Read our codes."""
    return _table(folder / CODES, ["unit", *ROUNDS.values()])


def _table(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise DataError(f"{path}: cannot be read ({reason})") from error
    missing = [column for column in columns if column not in table]
    if missing:
        raise DataError(f"{path}: no column {', '.join(missing)}")
    return table
