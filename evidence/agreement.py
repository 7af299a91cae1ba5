"""Reliability of the coding: agreement between two codings, computed from ``codings.csv`` alone.

Percent agreement says how often two coders chose the same; Krippendorff's alpha how much more
often than chance would have it (Krippendorff K. Content Analysis, 4th ed. 2018, chapter 12). The
ordinal form is used where the levels are ordered. Intervals are percentile bootstraps over units.
"""

from collections.abc import Iterator, Mapping, Sequence

import krippendorff
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evidence.data import DataPackage

CODERS = ("first", "second")
DRAWS = 400
SEED = 20211105
AT_ONCE = 2_000_000  # units drawn together: some tens of megabytes
EXISTS = "exists"  # the field that says whether a coder made the unit at all
UNIT = r"(?:not-kept-)?(?P<kind>[a-z]+)-(?:(?P<source_id>.+)-)?\d+"


def units(codings: pd.DataFrame) -> pd.DataFrame:
    """Read kind and source of each unit from its key.

    Parameters
    ----------
    codings : pandas.DataFrame
        With a column ``unit``, for example "claim-a-01", "not-kept-claim-a-02" or "link-03".

    Returns
    -------
    pandas.DataFrame
        Columns ``kind`` and ``source_id`` (missing where the key names none), indexed as given.
    """
    return codings["unit"].str.extract(f"^{UNIT}$")


def pairs(codings: pd.DataFrame) -> pd.DataFrame:
    """Put the two codings of each judgement side by side.

    Parameters
    ----------
    codings : pandas.DataFrame
        Rows of ``codings.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit, passage_id, field, first, second, final, reason, kind, source_id``, one row
        a judgement that both coders made.
    """
    index = ["unit", "passage_id", "field"]
    values = codings.pivot(index=index, columns="coder", values="value")
    values = values.reindex(columns=list(CODERS)).dropna()
    decided = codings.drop_duplicates(index).set_index(index)[["final", "reason"]]
    found = values.join(decided).reset_index()
    return found.join(units(found))


def judgements(codings: pd.DataFrame) -> pd.DataFrame:
    """The judgements on units that both coders made, as :func:`pairs`."""
    return pairs(codings[codings["field"] != EXISTS])


def percent(rows: pd.DataFrame) -> float:
    """Share of judgements on which the two codings are the same, in percent."""
    return 100 * float((rows["first"] == rows["second"]).mean())


def alpha(rows: pd.DataFrame, levels: Sequence[str] | None = None) -> float:
    """Krippendorff's alpha of two codings.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns ``first`` and ``second``.
    levels : list of str, optional
        The levels in their order; with them the scale is ordinal, without them nominal.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance would give; missing where the two codings
        together use one level only, for which alpha is not defined.
    """
    codes = _codes(rows, levels)
    if codes.min() == codes.max():
        return float("nan")
    if (codes[:, 0] == codes[:, 1]).all():
        return 1.0
    if levels:
        return float(krippendorff.alpha(codes.T, level_of_measurement="ordinal"))
    # The library's table of units by levels by levels takes gigabytes where levels are many.
    return float(_nominal_alphas(codes[None], int(codes.max()) + 1)[0])


def alpha_interval(rows: pd.DataFrame, levels: Sequence[str] | None = None) -> tuple[float, float]:
    """Percentile bootstrap interval (95 percent) of :func:`alpha` over units.

    Draws are computed together from their counts: the library computes one alpha a call, which
    for thousands of draws takes most of the time of a book.

    Parameters
    ----------
    rows, levels
        As for :func:`alpha`.

    Returns
    -------
    tuple of float
        Lower and upper end; both missing where alpha is.
    """
    codes = _codes(rows, levels)
    size = int(codes.max()) + 1
    of_drawn = _ordinal_alphas if levels else _nominal_alphas
    return _ends(np.concatenate([of_drawn(codes[draw], size) for draw in _draws(len(codes))]))


def _ordinal_alphas(codes: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Alpha of each draw, from its table of coincidences; codes are (draws, judgements, 2)."""
    table = _counts(codes[:, :, 0] * size + codes[:, :, 1], size * size).reshape(-1, size, size)
    coincidences = (table + table.transpose(0, 2, 1)).astype(float)
    totals = coincidences.sum(axis=2)
    upto = totals.cumsum(axis=1) - totals / 2  # squared distances of levels (Krippendorff 2018)
    distance = (upto[:, :, None] - upto[:, None, :]) ** 2
    observed = (coincidences * distance).sum(axis=(1, 2))
    products = totals[:, :, None] * totals[:, None, :]
    return _alphas(observed, (products * distance).sum(axis=(1, 2)), totals.sum(axis=1))


def _nominal_alphas(codes: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Alpha of each draw from how often each level is used: a scale may have very many levels."""
    totals = _counts(codes.reshape(len(codes), -1), size).astype(float)
    observed = 2.0 * (codes[:, :, 0] != codes[:, :, 1]).sum(axis=1)
    total = totals.sum(axis=1)
    return _alphas(observed, total**2 - (totals**2).sum(axis=1), total)


def _alphas(
    observed: NDArray[np.float64], products: NDArray[np.float64], total: NDArray[np.float64]
) -> NDArray[np.float64]:
    expected = products / (total - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def _counts(values: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """How often each of the values below a size stands in each row."""
    apart = values + size * np.arange(len(values))[:, None]
    return np.bincount(apart.ravel(), minlength=len(values) * size).reshape(len(values), size)


def percent_interval(rows: pd.DataFrame) -> tuple[float, float]:
    """Percentile bootstrap interval (95 percent) of :func:`percent`, resampling units.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns ``unit``, ``first`` and ``second``.
    """
    same = (rows["first"] == rows["second"]).groupby(rows["unit"]).agg(["sum", "size"])
    counts = same.to_numpy()
    drawn = np.concatenate([counts[draw].sum(axis=1) for draw in _draws(len(counts))])
    return _ends(100 * drawn[:, 0] / drawn[:, 1])


def _draws(count: int) -> Iterator[NDArray[np.int64]]:
    """Places of the units of each draw, an array of shape (draws, units), as memory allows."""
    drawn = np.random.default_rng(SEED)
    at_once = max(1, AT_ONCE // count)
    for done in range(0, DRAWS, at_once):
        yield drawn.integers(0, count, (min(at_once, DRAWS - done), count))


def _ends(values: NDArray[np.float64]) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def _codes(rows: pd.DataFrame, levels: Sequence[str] | None) -> NDArray[np.int64]:
    """The two codings as ranks of levels, an array of shape (judgements, 2)."""
    both = rows[list(CODERS)]
    domain = list(levels) if levels else sorted(set(both.to_numpy().ravel()))
    return both.map({level: place for place, level in enumerate(domain)}.__getitem__).to_numpy()


def unitising(codings: pd.DataFrame) -> pd.DataFrame:
    """Agreement on which rows there are at all, by kind of row.

    Returns
    -------
    pandas.DataFrame
        Columns ``kind``, ``both``, ``first_only``, ``second_only``, ``neither`` (found on a third
        reading) and ``percent``, the share of units that both coded among those either did.
        Chance correction has no meaning where the units that nobody saw are not countable.
    """
    rows = pairs(codings[codings["field"] == EXISTS])
    first, second = rows["first"] == "yes", rows["second"] == "yes"
    found = pd.DataFrame(
        {
            "kind": rows["kind"],
            "both": first & second,
            "first_only": first & ~second,
            "second_only": second & ~first,
            "neither": ~first & ~second,
        }
    )
    counts = found.groupby("kind", sort=False).sum().reset_index()
    either = counts[["both", "first_only", "second_only"]].sum(axis="columns")
    return counts.assign(percent=100 * counts["both"] / either)


def ordinal_scales(data: DataPackage) -> dict[tuple[str, str], list[str]]:
    """Levels, in order, of the columns whose scale is ordinal.

    Returns
    -------
    dict
        By kind of row (the key of a table without its ``_id``) and column.
    """
    return {
        (data.key(table).removesuffix("_id"), column): list(
            map(str, data.levels(table, column).index)
        )
        for table, fields in data.fields.items()
        for column, field in fields.items()
        if field.get("categoriesOrdered")
    }


def by_field(
    codings: pd.DataFrame, ordinal: Mapping[tuple[str, str], Sequence[str]]
) -> pd.DataFrame:
    """Agreement on each field of the units that both coders made.

    Parameters
    ----------
    codings : pandas.DataFrame
    ordinal : mapping
        As returned by :func:`ordinal_scales`.

    Returns
    -------
    pandas.DataFrame
        Columns ``kind, field, n, agreed, percent, alpha, low, high, scale``.
    """
    rows = []
    for (kind, field), of in judgements(codings).groupby(["kind", "field"], sort=False):
        levels = ordinal.get((str(kind), str(field)))
        low, high = alpha_interval(of, levels)
        rows.append(
            {
                "kind": kind,
                "field": field,
                "n": len(of),
                "agreed": int((of["first"] == of["second"]).sum()),
                "percent": percent(of),
                "alpha": alpha(of, levels),
                "low": low,
                "high": high,
                "scale": "ordinal" if levels else "nominal",
            }
        )
    columns = ["kind", "field", "n", "agreed", "percent", "alpha", "low", "high", "scale"]
    return pd.DataFrame(rows, columns=columns)


def by_source(codings: pd.DataFrame) -> pd.DataFrame:
    """Percent agreement by source, over all fields of the units that both coders made.

    Returns
    -------
    pandas.DataFrame
        Columns ``source_id, n, agreed, percent, low, high``; the interval resamples units.
    """
    rows = []
    for source, of in judgements(codings).groupby("source_id", sort=False):
        low, high = percent_interval(of)
        agreed = int((of["first"] == of["second"]).sum())
        rows.append((source, len(of), agreed, percent(of), low, high))
    return pd.DataFrame(rows, columns=["source_id", "n", "agreed", "percent", "low", "high"])


def disagreements(codings: pd.DataFrame) -> pd.DataFrame:
    """Judgements on which the codings differ, or that were decided otherwise than both.

    Returns
    -------
    pandas.DataFrame
        As :func:`pairs`, with whether a unit exists.
    """
    both = pairs(codings)
    return both[(both["first"] != both["second"]) | (both["final"] != both["first"])]
