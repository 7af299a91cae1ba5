"""Agreement of two coders: against alphas and intervals that were worked out by hand."""

import pandas as pd
import pytest

from evidence import reliability


def judged(*pairs, kind="claim", field="certainty", finals=None):
    """Codings of a field: (first, second) for each unit."""
    rows = [
        (f"{kind}-a-{n:02}", "p", field, coder, value, (finals or {}).get(n, pair[0]), "")
        for n, pair in enumerate(pairs)
        for coder, value in zip(("first", "second"), pair, strict=True)
    ]
    columns = ["unit", "passage_id", "field", "coder", "value", "final", "reason"]
    return pd.DataFrame(rows, columns=columns)


def both(*pairs):
    return pd.DataFrame(pairs, columns=["first", "second"])


def test_a_nominal_alpha_is_chance_corrected():
    # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, B: two observers, ten units,
    # binary data; the paper gives 0.095. Four units differ; of 20 values 14 are 0.
    found = reliability.alpha(both(*zip("0100000010", "1110010000", strict=True)))
    assert found == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert round(found, 3) == 0.095


def test_an_ordinal_alpha_counts_how_far_apart_levels_are():
    near, far = both(("1", "2"), ("2", "2"), ("3", "3")), both(("1", "3"), ("2", "2"), ("3", "3"))
    levels = ["1", "2", "3"]
    # Coincidences: 1 and 2 once each way, 2 twice, 3 twice; totals 1, 3, 2. Distances between
    # mean ranks 0.5, 2.5, 5: 1-2 is 4, 2-3 is 6.25, 1-3 is 20.25.
    observed = 2 * 4
    expected = 2 * (1 * 3 * 4 + 3 * 2 * 6.25 + 1 * 2 * 20.25) / 5
    assert reliability.alpha(near, levels) == pytest.approx(1 - observed / expected)
    assert reliability.alpha(far, levels) < reliability.alpha(near, levels)


def test_alpha_is_one_for_the_same_and_missing_for_a_single_level():
    assert reliability.alpha(both(("a", "a"), ("b", "b"))) == 1
    assert pd.isna(reliability.alpha(both(("a", "a"), ("a", "a"))))


def test_an_interval_holds_95_of_100_draws_and_counts_units_not_judgements():
    rows = pd.DataFrame(
        {"unit": [f"u{n}" for n in range(100)], "first": "a", "second": ["a"] * 80 + ["b"] * 20}
    )
    low, high = reliability.percent_interval(rows)
    # The normal approximation: 80 plus or minus 1.96 times the root of 80 * 20 / 100.
    assert (low, high) == pytest.approx((80 - 1.96 * 4, 80 + 1.96 * 4), abs=1.5)
    again = pd.concat(
        [rows] * 9, ignore_index=True
    )  # nine judgements on each unit, which stand or fall together
    assert reliability.percent_interval(again) == pytest.approx((low, high), abs=0.01)


def test_intervals_of_alpha_hold_it_and_are_narrower_for_more():
    few = both(*[("a", "a"), ("b", "b"), ("a", "b"), ("b", "b"), ("a", "a")] * 4)
    many = pd.concat([few] * 10)
    (low, high), (nearer, farther) = map(reliability.alpha_interval, (few, many))
    alpha = reliability.alpha(few)
    assert low < nearer < alpha < farther < high


def test_an_interval_on_an_ordinal_scale_lies_around_the_alpha_of_that_scale():
    """The library computes alpha, and this package the draws: they must mean the same."""
    counts = {("1", "1"): 600, ("1", "2"): 100, ("2", "3"): 50, ("3", "3"): 50, ("1", "3"): 20}
    rows = both(*[pair for pair, count in counts.items() for _ in range(count)])
    for levels in (["1", "2", "3"], ["3", "1", "2"]):
        alpha, ends = reliability.alpha(rows, levels), reliability.alpha_interval(rows, levels)
        assert sum(ends) / 2 == pytest.approx(alpha, abs=0.01)
    assert reliability.alpha_interval(rows, levels) != reliability.alpha_interval(rows)


def test_each_field_has_its_counts_and_its_scale():
    codings = pd.concat(
        [
            judged(("1", "1"), ("2", "3"), ("3", "3")),
            judged(("x", "x"), ("y", "y"), ("y", "x"), ("x", "y"), field="polarity"),
        ]
    )
    found = reliability.by_field(codings, {("claim", "certainty"): ["1", "2", "3"]})
    shown = found[["kind", "field", "n", "agreed", "percent", "scale"]].to_numpy().tolist()
    assert shown == [
        ["claim", "certainty", 3, 2, pytest.approx(200 / 3), "ordinal"],
        ["claim", "polarity", 4, 2, 50, "nominal"],
    ]
    assert (found["low"] <= found["alpha"]).all() and (found["alpha"] <= found["high"]).all()


def test_articles_are_counted_over_all_fields():
    codings = pd.concat([judged(("1", "1"), ("2", "3")), judged(("x", "y"), field="polarity")])
    found = reliability.by_source(codings)
    assert found[["source_id", "n", "agreed"]].to_numpy().tolist() == [["a", 3, 1]]
    assert found["percent"].to_list() == [pytest.approx(100 / 3)]


def test_rows_are_counted_by_who_saw_them_of_those_that_either_saw():
    seen = [("yes", "yes")] * 3 + [("yes", "no")] * 2 + [("no", "yes")] + [("no", "no")] * 4
    [row] = reliability.unitising(judged(*seen, field="exists")).to_dict("records")
    assert row == {
        **{"kind": "claim", "both": 3, "first_only": 2, "second_only": 1, "neither": 4},
        "percent": 50,
    }


def test_a_decision_that_neither_made_is_shown_as_a_disagreement():
    codings = judged(("1", "1"), ("2", "2"), ("3", "4"), finals={1: "5"})
    assert list(reliability.disagreements(codings)["unit"]) == ["claim-a-01", "claim-a-02"]


def test_whether_a_row_exists_is_no_judgement_on_it():
    codings = pd.concat([judged(("1", "2")), judged(("yes", "yes"), field="exists")])
    assert list(reliability.judgements(codings)["field"]) == ["certainty"]
    assert reliability.percent(reliability.judgements(codings)) == 0


def test_only_ordered_scales_are_ordinal(made):
    scales = reliability.ordinal_scales(made)
    assert scales["claim", "certainty"] == list("123456")
    assert ("claim", "speaker") not in scales
