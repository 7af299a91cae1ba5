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
