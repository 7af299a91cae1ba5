"""Agreement of two coders: against the library, and against what was worked out by hand."""

import krippendorff
import numpy as np
import pandas as pd
import pytest

from evidence import agreement
from evidence.data import read


def both(*pairs):
    return pd.DataFrame(pairs, columns=["first", "second"])


def drawn(levels, size=60, seed=1):
    """Two codings that agree about half of the time."""
    generator = np.random.default_rng(seed)
    first = generator.integers(0, levels, size)
    second = np.where(generator.random(size) < 0.5, first, generator.integers(0, levels, size))
    return pd.DataFrame({"first": first, "second": second})


@pytest.mark.parametrize("levels", [2, 5, 40])
def test_alphas_are_those_of_the_library(levels):
    rows = drawn(levels)
    for scale, order in (("nominal", None), ("ordinal", range(levels))):
        expected = krippendorff.alpha(rows.T.to_numpy(), level_of_measurement=scale)
        assert agreement.alpha(rows, order) == pytest.approx(expected)


def test_a_nominal_alpha_is_chance_corrected():
    # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, B: ten units, 0.095.
    found = agreement.alpha(both(*zip("0100000010", "1110010000", strict=True)))
    assert found == pytest.approx(1 - 19 * 4 / (14 * 6))


def test_alpha_is_one_for_the_same_and_missing_for_a_single_level():
    assert agreement.alpha(both(("a", "a"), ("b", "b"))) == 1
    assert pd.isna(agreement.alpha(both(("a", "a"), ("a", "a"))))
    assert all(map(pd.isna, agreement.alpha_interval(both(("a", "a"), ("a", "a")))))


def test_an_interval_lies_about_its_alpha_and_narrows_with_more_units():
    wide = agreement.alpha_interval(drawn(4, 40))
    narrow = agreement.alpha_interval(drawn(4, 400))
    assert wide[0] < agreement.alpha(drawn(4, 40)) < wide[1]
    assert narrow[1] - narrow[0] < wide[1] - wide[0]
    assert agreement.alpha_interval(drawn(4, 40)) == wide, "the same each time"


def codings(*rows):
    """Codings of units: (unit, field, first, second, final)."""
    return pd.DataFrame(
        [
            (unit, "p", field, coder, value, final, "")
            for unit, field, first, second, final in rows
            for coder, value in (("first", first), ("second", second))
        ],
        columns=["unit", "passage_id", "field", "coder", "value", "final", "reason"],
    )


ROWS = codings(
    ("claim-a-b-01", "exists", "yes", "yes", "yes"),
    ("claim-a-b-01", "certainty", "6", "5", "6"),
    ("claim-a-b-02", "exists", "yes", "no", "yes"),
    ("not-kept-claim-a-b-03", "exists", "no", "yes", "no"),
    ("claim-c-01", "certainty", "3", "3", "3"),
    ("claim-c-02", "certainty", "2", "2", "3"),
    ("link-01", "kind", "cites", "cites", "cites"),
)


def test_agreement_is_counted_by_field():
    fields = agreement.by_field(ROWS).set_index(["kind", "field"])
    assert fields.loc[("claim", "certainty"), ["n", "agreed", "scale"]].to_list() == [
        3,
        2,
        "ordinal",
    ]
    assert fields.loc[("link", "kind"), "percent"] == 100


def test_units_that_one_coder_alone_made_are_counted_apart():
    assert agreement.existence(ROWS).loc["claim"].to_dict() == {
        **{"both": 1, "first_only": 1, "second_only": 1, "neither": 0},
        "percent": pytest.approx(100 / 3),
    }


def test_disagreements_are_those_of_the_coders_and_with_the_decision():
    found = agreement.disagreements(ROWS)
    assert list(found.query("field == 'certainty'")["unit"]) == ["claim-a-b-01", "claim-c-02"]


def test_an_empty_value_is_a_value():
    rows = codings(("figure-a-01", "low", None, None, None), ("figure-a-02", "low", "3", None, "3"))
    assert agreement.by_field(rows).loc[0, ["n", "agreed"]].to_list() == [2, 1]


def test_the_codings_of_the_project_agree_better_than_chance():
    found = agreement.by_field(read("codings")).set_index(["kind", "field"])
    assert found.loc[("claim", "certainty"), "low"] > 0.5
    assert (found["agreed"] <= found["n"]).all()
