"""Agreement of our coding with people's, on sentences that they coded on scales like ours.

The sentences and their labels are not part of the data package: a folder of files holds them
(``strength.csv``, ``certainty.csv``, ``advice.csv``). Our codes are in ``held_against_people.csv``;
``people_counts.csv`` has what scores the calibration without the sentences, round by round.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from evidence.agreement import alpha, alpha_interval, bootstrap
from evidence.data import DataError

LEVELS = range(7)  # of strength

Measure = Callable[[pd.Series, pd.Series], float]

# Words that a simple reader goes by, the first that stands in a sentence deciding.
STRENGTH_WORDS = {
    1: r"\b(?:no (?:effect|difference|link|association|evidence)|not associated)",
    2: r"\b(?:associat|correlat|related|risk|more likely|less likely|predict)",
    3: r"\b(?:link|connect|tied)",
    4: r"\b(?:may|might|could)\b",
    5: r"\bcan\b",
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
    n : int
        Sentences.
    measure : str
    value, low, high : float
        The ends are those of a bootstrap interval (95 percent).
    """

    n: int
    measure: str
    value: float
    low: float
    high: float


def first_word(texts: pd.Series, words: dict[int, str], otherwise: int) -> pd.Series:
    """Code texts by the first of some patterns that stands in each: the simplest reader."""

    def code(text: str) -> int:
        found = (code for code, word in words.items() if re.search(word, text, re.IGNORECASE))
        return next(found, otherwise)

    return texts.map(code)


def strength_score(labels: pd.Series, codes: pd.Series) -> Score:
    """Krippendorff's alpha, ordinal."""
    rows = pd.DataFrame({"first": labels.astype(int), "second": codes.astype(int)})
    ends = alpha_interval(rows, LEVELS)
    return Score(len(rows), "Krippendorff’s alpha", alpha(rows, LEVELS), *ends)


def certainty_score(labels: pd.Series, codes: pd.Series) -> Score:
    """Spearman's rank correlation."""
    return _score("Spearman’s rho", _spearman, labels.astype(float), codes.astype(float))


def advice_score(labels: pd.Series, codes: pd.Series) -> Score:
    """Cohen's kappa; our levels 2 and 3, advice to others and to the reader, are their 2."""
    codes = codes.astype(int).clip(upper=2)
    return _score("Cohen’s kappa", cohen_kappa, labels.astype(int), codes)


def _score(name: str, measure: Measure, labels: pd.Series, codes: pd.Series) -> Score:
    ends = bootstrap(len(labels), lambda drawn: measure(labels.iloc[drawn], codes.iloc[drawn]))
    return Score(len(labels), name, measure(labels, codes), *ends)


def _spearman(first: pd.Series, second: pd.Series) -> float:
    ranks = np.array([ratings.rank() for ratings in (first, second)])
    ranks -= ranks.mean(axis=1, keepdims=True)
    spread = float(np.sqrt((ranks**2).sum(axis=1).prod()))
    return float((ranks[0] * ranks[1]).sum()) / spread if spread else float("nan")


def cohen_kappa(first: pd.Series, second: pd.Series) -> float:
    """Agreement beyond chance of two coders of nominal levels; missing where both use one only."""
    ours, theirs = first.to_numpy(), second.to_numpy()
    observed = float((ours == theirs).mean())
    levels = set(ours) & set(theirs)
    chance = float(sum((ours == level).mean() * (theirs == level).mean() for level in levels))
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
    Scale("strength", strength_score, STRENGTH_WORDS, 6),
    Scale("certainty", certainty_score, CERTAINTY_WORDS, 6),
    Scale("advice", advice_score, ADVICE_WORDS, 0),
)


def held_against(sentences: dict[str, pd.DataFrame], codes: pd.DataFrame) -> pd.DataFrame:
    """Score our codes against people's labels, scale by scale and part by part.

    Parameters
    ----------
    sentences : dict of str to pandas.DataFrame
        By name of the scale; columns ``unit, text, part, label``. What has no label is left out.
    codes : pandas.DataFrame
        Columns ``unit, code``.

    Returns
    -------
    pandas.DataFrame
        Columns ``scale, part, n, measure, value, low, high, baseline``: the baseline is the same
        measure of the simplest reader on the same sentences.
    """
    rows = []
    for scale in SCALES:
        known = sentences[scale.name].merge(codes, on="unit").dropna(subset=["label", "code"])
        for part, of in known.groupby("part", sort=False):
            score = vars(scale.score(of["label"], of["code"]))
            base = scale.score(of["label"], scale.baseline(of["text"])).value
            rows.append({"scale": scale.name, "part": part, **score, "baseline": base})
    columns = ["scale", "part", "n", "measure", "value", "low", "high", "baseline"]
    return pd.DataFrame(rows, columns=columns)


def calibration_scores(counts: pd.DataFrame) -> pd.DataFrame:
    """Score each round of the calibration from how often each label met each code.

    Parameters
    ----------
    counts : pandas.DataFrame
        Rows of ``people_counts.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns ``scale, round, n, measure, value, low, high``.
    """
    each = counts.loc[counts.index.repeat(counts["n"])]
    rows = []
    for scale in SCALES:
        for number, of in each[each["scale"] == scale.name].groupby("round"):
            score = vars(scale.score(of["label"], of["code"]))
            rows.append({"scale": scale.name, "round": number, **score})
    return pd.DataFrame(rows, columns=["scale", "round", "n", "measure", "value", "low", "high"])


def mean_certainty(counts: pd.DataFrame) -> pd.DataFrame:
    """People's mean certainty for each of our levels, by round: ``round, code, mean, n``."""
    rows = counts[counts["scale"] == "certainty"]
    sums = (
        rows.assign(mean=rows["label"] * rows["n"]).groupby(["round", "code"])[["mean", "n"]].sum()
    )
    return sums.assign(mean=sums["mean"] / sums["n"]).reset_index()


def consistency(codes: pd.DataFrame) -> pd.DataFrame:
    """How often a sentence that we coded twice got the same code: ``scale, n, same, percent``."""
    twice = codes.dropna(subset=["code_2"])
    same = (twice["code"] == twice["code_2"]).groupby(twice["unit"].str.split("-").str[0])
    found = same.agg(n="size", same="sum").rename_axis("scale").reset_index()
    return found.assign(percent=100 * found["same"] / found["n"])


def calibration_counts(sentences: dict[str, pd.DataFrame], codes: pd.DataFrame) -> pd.DataFrame:
    """Count how often each label met each code in the calibration: ``scale, label, code, n``."""
    found = []
    for scale in SCALES:
        rows = sentences[scale.name].merge(codes, on="unit").dropna(subset=["label", "code"])
        rows = rows[rows["part"] == "calibration"].assign(scale=scale.name)
        rows["label"] = rows["label"].round(2)
        found.append(rows.groupby(["scale", "label", "code"]).size().rename("n").reset_index())
    return pd.concat(found, ignore_index=True)


def read_sentences(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the sentences that people coded, by scale."""
    return {scale.name: _table(folder / f"{scale.name}.csv") for scale in SCALES}


def _table(path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise DataError(f"{path}: cannot be read ({reason})") from error
    missing = [column for column in ("unit", "text", "part", "label") if column not in table]
    if missing:
        raise DataError(f"{path}: no column {', '.join(missing)}")
    return table
