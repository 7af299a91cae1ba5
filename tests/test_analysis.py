"""Counts, stances, agreement and lines of evidence, on small made data."""

import numpy as np
import pandas as pd
import pytest

from evidence import agreement
from evidence.analysis import stance
from evidence.prose import capitalised, counted, listed, number
from evidence.scales import harmonised
from evidence.sensitivity import lines_of_evidence, recoded


def claims(*rows):
    return pd.DataFrame(rows, columns=["polarity", "speaker", "certainty"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("supports", "author", 6)], "asserts"),
        ([("supports", "author", 4), ("supports", "named_researcher", 6)], "hedges"),
        ([("supports", "named_researcher", 6)], "reports"),
        ([("opposes", "author", 6)], "disputes"),
        ([("supports", "author", 6), ("opposes", "other_experts", 3)], "both ways"),
        ([("open", "author", 1)], "leaves open"),
        ([("open", "author", 1), ("supports", "reader", 2)], "hedges"),
    ],
)
def test_a_stance_follows_from_voice_polarity_and_certainty(rows, expected):
    assert stance(claims(*rows)) == expected


class Made(dict):
    """A stand-in for a data package: tables by name."""

    def coded_from_passages(self):
        return [name for name in self if name in ("claims", "citations")]

    def replaced(self, tables):
        return Made({**self, **tables})

    def key(self, name):
        return "claim_id"


def made_sources(**told):
    rows = [(s, study, "described") for s, studies in told.items() for study in studies]
    return Made(
        sources=pd.DataFrame({"source_id": list(told)}),
        citations=pd.DataFrame(rows, columns=["source_id", "study_id", "how"]),
        studies=pd.DataFrame(
            {"study_id": ["mice", "nerves", "news"], "work": ["study", "study", "news"]}
        ),
        claims=pd.DataFrame({"source_id": ["b", "b", "a"], "claim_id": ["1", "2", "3"]}),
    )


def test_sources_that_tell_the_same_study_are_one_line():
    data = made_sources(a=["mice"], b=["mice", "news"], c=["nerves"], d=["news"])
    assert lines_of_evidence(data) == [["b", "a"], ["c"], ["d"]]


def test_lines_join_through_a_third_source():
    data = made_sources(a=["mice"], b=["nerves"], c=["mice", "nerves"])
    assert [sorted(line) for line in lines_of_evidence(data)] == [["a", "b", "c"]]


def codings(*judgements, field="certainty"):
    rows = []
    for index, (first, second) in enumerate(judgements, start=1):
        for coder, value in (("first", first), ("second", second)):
            rows.append((f"claim-made-{index:02d}", "p", field, coder, value, first, ""))
    columns = ["unit", "passage_id", "field", "coder", "value", "final", "reason"]
    return pd.DataFrame(rows, columns=columns)


def test_perfect_agreement_is_one():
    made = agreement.pairs(codings(("1", "1"), ("2", "2"), ("3", "3")))
    assert agreement.percent(made) == 100
    assert agreement.alpha(made) == agreement.alpha(made, ["1", "2", "3"]) == 1


def test_alpha_of_a_worked_example():
    """Two observers, ten units, binary: Krippendorff's textbook example gives 0.095."""
    first = "0100000000"
    second = "1110010100"
    made = agreement.pairs(codings(*zip(first, second)))
    assert agreement.percent(made) == 60
    assert agreement.alpha(made) == pytest.approx(0.095, abs=0.001)


def test_near_misses_weigh_less_on_an_ordinal_scale():
    levels = ["1", "2", "3", "4"]
    near = agreement.pairs(codings(("1", "1"), ("2", "2"), ("3", "4"), ("4", "4")))
    far = agreement.pairs(codings(("1", "1"), ("2", "2"), ("1", "4"), ("4", "4")))
    assert agreement.alpha(near, levels) > agreement.alpha(far, levels)


def test_alpha_is_missing_where_there_is_one_level():
    assert np.isnan(agreement.alpha(agreement.pairs(codings(("1", "1"), ("1", "1")))))


def test_agreement_by_field_counts_pairs():
    made = pd.concat([codings(("1", "1"), ("2", "3")), codings(("x", "x"), field="speaker")])
    table = agreement.by_field(made, {"certainty": ["1", "2", "3"]}).set_index("field")
    assert table.loc["certainty", ["n", "agreed"]].to_list() == [2, 1]
    assert table.loc["certainty", "scale"] == "ordinal"
    assert table.loc["speaker", "scale"] == "nominal"


def test_unitising_counts_who_found_what():
    made = codings(("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no"), field="exists")
    row = agreement.unitising(made).iloc[0]
    assert row[["both", "first_only", "second_only", "neither"]].to_list() == [1, 1, 1, 1]
    assert row["percent"] == pytest.approx(100 / 3)


def test_recoding_takes_one_coder_at_their_word(data):
    second = recoded(data, "second")
    own = data["codings"].query("coder == 'second' and field == 'certainty'")
    given = own.set_index("unit")["value"]
    table = second["claims"].set_index("claim_id")
    both = table.index.intersection(given.index)
    assert len(both) and (table.loc[both, "certainty"].astype(str) == given[both]).all()


def test_harmonised_figures_keep_their_ends_open():
    rows = pd.DataFrame(
        {
            "comparator": ["at_least", "range", "about", "none", "exactly"],
            "low": pd.array([2.5, 10, 5, None, 2008], dtype="Float64"),
            "high": pd.array([None, 30, 5, None, 2008], dtype="Float64"),
            "unit": ["percent", "percent", "percent", "people", "calendar_year"],
        }
    )
    assert harmonised(None, rows) == ["≥ 2.5 %", "10 to 30 %", "about 5 %", "no number", "2008"]


def test_prose_counts_and_lists():
    assert [number(n) for n in (0, 5, 12, 13, 1500)] == ["zero", "five", "twelve", "13", "1,500"]
    assert counted(1, "study", "studies") == "one study"
    assert listed([]) == "" and listed("a") == "a" and listed("abc", "or") == "a, b or c"
    assert capitalised("me and FM") == "Me and FM"
