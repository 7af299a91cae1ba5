"""Levels and places as text."""

from evidence import scales


def test_a_level_has_its_rank_before_its_label(made):
    assert scales.level(made, "claims", "certainty", made["claims"].iloc[:3]) == [
        *["3 Tentative", "5 Reported as shown", "5 Reported as shown"]
    ]
    assert scales.level(made, "claims", "causal_strength", made["claims"].iloc[[5, 6]]) == [
        *["1 Says there is none", "0 No relation"]
    ]


def test_a_place_is_the_line_and_the_role_of_the_passage(made):
    rows = made["claims"].iloc[[0, 4, 6]]
    assert scales.where(made, rows) == ["line 1, title", "line 2, body", "line 1, summary or lead"]
    assert scales.where(made, rows.assign(passage_id=["", *rows["passage_id"][1:]]))[0] == ""


def test_labels_are_those_of_the_rows_handed_in_in_the_order_of_the_scale(made):
    rows = made["claims"].iloc[[4, 0]]
    labels = made.labels("claims", "certainty", rows.assign(more=1))
    assert list(labels.index) == [4, 0]
    names = made.levels("claims", "certainty")["label"]
    assert list(labels) == [names[level] for level in rows["certainty"]]
    assert list(labels.cat.categories) == list(names)
    assert labels.cat.ordered


def test_a_value_that_is_no_level_has_no_label(made):
    rows = made["claims"].iloc[:2].assign(speaker=["author", "nobody"])
    assert made.labels("claims", "speaker", rows).isna().tolist() == [False, True]
