"""Agreement between two codings of the same units.

Percent agreement says how often two coders chose the same; Krippendorff's alpha how much more
often than chance would have it (Krippendorff K. Content Analysis, 4th ed. 2018, chapter 12).
Intervals are percentile bootstraps over units.
"""

from collections.abc import Callable, Sequence

import krippendorff
import numpy as np
import pandas as pd

from evidence.data import Package

DRAWS = 400
SEED = 20211105
EXISTS = "exists"  # the field that says whether a coder made the unit at all
UNIT = r"^(?:not-kept-)?(?P<kind>[a-z]+)-(?:(?P<source_id>.+)-)?\d+$"


def pairs(codings: pd.DataFrame) -> pd.DataFrame:
    """Put the two codings of each judgement side by side.

    Parameters
    ----------
    codings : pandas.DataFrame
        Rows of ``codings.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit, field, first, second, passage_id, final, reason, kind, source_id``, one row
        a judgement that both coders made. An empty value is "".
    """
    index = ["unit", "field"]
    rows = codings.fillna({"value": "", "final": "", "reason": ""})
    both = rows.pivot(index=index, columns="coder", values="value")[["first", "second"]].dropna()
    decided = rows.drop_duplicates(index).set_index(index)[["passage_id", "final", "reason"]]
    found = both.join(decided).reset_index()
    return found.join(found["unit"].str.extract(UNIT))


def percent(rows: pd.DataFrame) -> float:
    """Share of judgements on which the two codings are the same, in percent."""
    return 100 * float((rows["first"] == rows["second"]).mean())


def alpha(rows: pd.DataFrame, levels: Sequence[object] | None = None) -> float:
    """Krippendorff's alpha of two codings.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns ``first`` and ``second``.
    levels : sequence, optional
        The levels in their order; with them the scale is ordinal, without them nominal.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance would give; missing where the two codings
        together use one level only, for which alpha is not defined.
    """
    return _alpha(_counts(rows, levels), ordinal=levels is not None)


def alpha_interval(
    rows: pd.DataFrame, levels: Sequence[object] | None = None
) -> tuple[float, float]:
    """Bootstrap interval (95 percent) of :func:`alpha`."""
    counts = _counts(rows, levels)
    return bootstrap(len(counts), lambda drawn: _alpha(counts[drawn], levels is not None))


def bootstrap(size: int, measure: Callable[[np.ndarray], float]) -> tuple[float, float]:
    """Percentile interval (95 percent) of a measure of so many units drawn with replacement.

    Draws for which the measure is missing are left out; without any left both ends are missing.
    """
    draws = np.random.default_rng(SEED).integers(0, size, (DRAWS, size))
    found = [value for value in map(measure, draws) if not np.isnan(value)]
    if not found:
        return float("nan"), float("nan")
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def _counts(rows: pd.DataFrame, levels: Sequence[object] | None) -> np.ndarray:
    """How often each level was given to each unit: an array of shape (units, levels)."""
    both = rows[["first", "second"]].to_numpy()
    known = list(levels) if levels is not None else sorted(set(both.ravel()))
    places = {level: place for place, level in enumerate(known)}
    counts = np.zeros((len(both), len(known)), dtype=int)
    for unit, given in enumerate(both):
        for level in given:
            counts[unit, places[level]] += 1
    return counts


def _alpha(counts: np.ndarray, ordinal: bool) -> float:
    used = counts[:, counts.any(axis=0)]
    if used.shape[1] < 2:
        return float("nan")
    if ordinal:
        return float(krippendorff.alpha(value_counts=used, level_of_measurement="ordinal"))
    # The library holds each level against each for each unit: minutes where levels are many.
    totals = used.sum(axis=0)
    differing = (used == 1).any(axis=1).mean()
    alike = (totals * (totals - 1)).sum() / (totals.sum() * (totals.sum() - 1))
    return float(1 - differing / (1 - alike))


def existence(codings: pd.DataFrame) -> pd.DataFrame:
    """Agreement on which rows there are at all, by kind of row.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``kind``; columns ``both``, ``first_only``, ``second_only``, ``neither`` (found
        on a third reading) and ``percent``, the share of units that both made among those either
        did. Chance correction has no meaning where the units that nobody saw cannot be counted.
    """
    rows = pairs(codings)
    rows = rows[rows["field"] == EXISTS]
    first, second = rows["first"] == "yes", rows["second"] == "yes"
    found = pd.DataFrame(
        {
            "both": first & second,
            "first_only": first & ~second,
            "second_only": second & ~first,
            "neither": ~first & ~second,
        }
    )
    counts = found.groupby(rows["kind"], sort=False).sum()
    either = counts[["both", "first_only", "second_only"]].sum(axis="columns")
    return counts.assign(percent=100 * counts["both"] / either)


def by_field(codings: pd.DataFrame, data: Package | None = None) -> pd.DataFrame:
    """Agreement on each field of the units that both coders made.

    Parameters
    ----------
    codings : pandas.DataFrame
    data : Package, optional
        Whose scales tell which fields are ordinal.

    Returns
    -------
    pandas.DataFrame
        Columns ``kind, field, n, agreed, percent, alpha, low, high, scale``.
    """
    data = data or Package()
    ordinal = {
        (data.keys[table][0].removesuffix("_id"), column): [
            str(level["value"]) for level in field["categories"]
        ]
        for table, fields in data.fields.items()
        for column, field in fields.items()
        if field.get("categoriesOrdered")
    }
    rows = []
    for (kind, field), of in _judgements(codings).groupby(["kind", "field"], sort=False):
        levels = ordinal.get((kind, field))
        rows.append(
            {
                "kind": kind,
                "field": field,
                "n": len(of),
                "agreed": int((of["first"] == of["second"]).sum()),
                "percent": percent(of),
                "alpha": alpha(of, levels),
                **dict(zip(["low", "high"], alpha_interval(of, levels), strict=True)),
                "scale": "ordinal" if levels else "nominal",
            }
        )
    return pd.DataFrame(rows)


def disagreements(codings: pd.DataFrame) -> pd.DataFrame:
    """Judgements on which the codings differ, or that were decided otherwise than both."""
    both = pairs(codings)
    return both[(both["first"] != both["second"]) | (both["final"] != both["first"])]


def _judgements(codings: pd.DataFrame) -> pd.DataFrame:
    """The judgements on units that both coders made."""
    rows = pairs(codings)
    return rows[rows["field"] != EXISTS]
