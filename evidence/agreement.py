"""Agreement between two codings, computed from ``codings.csv`` alone.

Percent agreement says how often two coders chose the same; Krippendorff's alpha how much more
often than chance would have it (Krippendorff K. Content Analysis, 4th ed. 2018, chapter 12). The
ordinal form is used where the levels are ordered. Intervals are percentile bootstraps over units.
"""

import krippendorff
import numpy as np
import pandas as pd

CODERS = ("first", "second")
JUDGED = {"claim": "claims", "figure": "figures", "proposal": "proposals"}  # tables of the units
DRAWS = 400
SEED = 20211105


def pairs(codings):
    """Put the two codings of each judgement side by side.

    Parameters
    ----------
    codings : pandas.DataFrame
        Rows of ``codings.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit, passage_id, field, first, second, final, reason``, one row a judgement
        that both coders made.
    """
    index = ["unit", "passage_id", "field"]
    values = codings.pivot(index=index, columns="coder", values="value").dropna()
    decided = codings.drop_duplicates(index).set_index(index)[["final", "reason"]]
    return values[list(CODERS)].join(decided).reset_index()


def unit_kind(units):
    """Name the kind of row each unit is: claim, figure or proposal."""
    return units.str.removeprefix("not-kept-").str.split("-").str[0]


def unit_source(units):
    """Name the source each unit belongs to."""
    bare = units.str.removeprefix("not-kept-")
    return bare.str.replace(r"^[a-z]+-(.+)-\d+$", r"\1", regex=True)


def percent(judgements):
    """Share of judgements on which the two codings are the same, in percent."""
    return 100 * float((judgements["first"] == judgements["second"]).mean())


def alpha(judgements, levels=None):
    """Krippendorff's alpha of two codings.

    Parameters
    ----------
    judgements : pandas.DataFrame
        Columns ``first`` and ``second``.
    levels : list of str, optional
        The levels in their order; with them the scale is ordinal, without them nominal.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance would give; missing where the two codings
        together use one level only, for which alpha is not defined.
    """
    return _alpha(_codes(judgements, levels), levels)


def _codes(judgements, levels):
    """The two codings as ranks of levels, an array of shape (judgements, 2)."""
    both = judgements[list(CODERS)]
    domain = levels or sorted(set(both.to_numpy().ravel()))
    return both.map(domain.index).to_numpy()


def _alpha(codes, levels):
    if codes.min() == codes.max():
        return float("nan")
    if (codes[:, 0] == codes[:, 1]).all():
        return 1.0
    level = "ordinal" if levels else "nominal"
    return float(krippendorff.alpha(codes.T, level_of_measurement=level))


def interval(values, statistic):
    """Percentile bootstrap interval (95 percent) of a statistic over units.

    Parameters
    ----------
    values : numpy.ndarray
        One row a unit.
    statistic : callable
        Takes such an array.

    Returns
    -------
    tuple of float
        Lower and upper end; both missing where the statistic is.
    """
    generator = np.random.default_rng(SEED)
    count = len(values)
    draws = [statistic(values[generator.integers(0, count, count)]) for _ in range(DRAWS)]
    draws = [value for value in draws if not np.isnan(value)]
    if not draws:
        return float("nan"), float("nan")
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


def unitising(codings):
    """Agreement on which rows there are at all, by kind of row.

    Returns
    -------
    pandas.DataFrame
        Columns ``kind``, ``both``, ``first_only``, ``second_only``, ``neither`` (found on a third
        reading) and ``percent``, the share of units that both coded among those either did.
        Chance correction has no meaning where the units that nobody saw are not countable.
    """
    exists = pairs(codings[codings["field"] == "exists"])
    kinds = unit_kind(exists["unit"])
    rows = []
    for kind in kinds.unique():
        of = exists[kinds == kind]
        first, second = of["first"] == "yes", of["second"] == "yes"
        either = int((first | second).sum())
        rows.append(
            {
                "kind": kind,
                "both": int((first & second).sum()),
                "first_only": int((first & ~second).sum()),
                "second_only": int((~first & second).sum()),
                "neither": int((~first & ~second).sum()),
                "percent": 100 * float((first & second).sum()) / either,
            }
        )
    return pd.DataFrame(rows)


def by_field(codings, ordinal):
    """Agreement on each field of the units that both coders made.

    Parameters
    ----------
    codings : pandas.DataFrame
    ordinal : dict of str to list of str
        Levels, in order, of the fields whose scale is ordinal.

    Returns
    -------
    pandas.DataFrame
        Columns ``kind, field, n, agreed, percent, alpha, low, high, scale``.
    """
    judgements = pairs(codings[codings["field"] != "exists"])
    judgements["kind"] = unit_kind(judgements["unit"])
    rows = []
    for (kind, field), of in judgements.groupby(["kind", "field"], sort=False):
        levels = ordinal.get(field)
        codes = _codes(of, levels)
        low, high = interval(codes, lambda drawn, levels=levels: _alpha(drawn, levels))
        rows.append(
            {
                "kind": kind,
                "field": field,
                "n": len(of),
                "agreed": int((of["first"] == of["second"]).sum()),
                "percent": percent(of),
                "alpha": _alpha(codes, levels),
                "low": low,
                "high": high,
                "scale": "ordinal" if levels else "nominal",
            }
        )
    return pd.DataFrame(rows)


def by_source(codings):
    """Percent agreement by source, over all fields of the units that both coders made.

    Returns
    -------
    pandas.DataFrame
        Columns ``source_id, n, agreed, percent, low, high``; the interval resamples units.
    """
    judgements = pairs(codings[codings["field"] != "exists"])
    judgements["source_id"] = unit_source(judgements["unit"])
    rows = []
    for source, of in judgements.groupby("source_id", sort=False):
        same = (of["first"] == of["second"]).groupby(of["unit"]).agg(["sum", "size"]).to_numpy()
        low, high = interval(same, lambda drawn: 100 * drawn[:, 0].sum() / drawn[:, 1].sum())
        rows.append(
            {
                "source_id": source,
                "n": len(of),
                "agreed": int(same[:, 0].sum()),
                "percent": percent(of),
                "low": low,
                "high": high,
            }
        )
    return pd.DataFrame(rows)


def disagreements(codings):
    """Judgements on which the codings differ, or that were decided otherwise than both.

    Returns
    -------
    pandas.DataFrame
        As :func:`pairs`, with whether a unit exists; and judgements that one coder alone made and
        that were decided otherwise.
    """
    both = pairs(codings)
    return both[(both["first"] != both["second"]) | (both["final"] != both["first"])]
