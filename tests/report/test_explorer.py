"""The explorer: every row once, each value in its own column."""

import pytest


@pytest.fixture
def explored(page):
    frame = page("explorer").tables["table-explorer"].frame
    return frame.set_index(frame["Row"].map(str))


def test_every_row_is_there_once(explored):
    assert len(explored) == 18
    assert explored.index.is_unique
    assert list(explored["Kind"].value_counts()) == [8, 5, 5]


def test_the_first_columns_stand_side_by_side(page):
    shown = page("explorer")
    table = shown.tables["table-explorer"]
    assert list(table.frame.columns[: table.lead]) == [
        *["Row", "Source", "What it says", "In its words", "Topic", "Strength"]
    ]
    assert "explorer" in table.classes
    assert shown.values["n_rows"] == "18"
    assert (shown.values["n_figures"], shown.values["damaged"]) == ("five figures", "Gamma")


def test_a_claim_has_its_strength_voice_and_evidence(explored):
    row = explored.loc["claim-beta-03"]
    assert row["Row"].target == "claim-beta-03"
    assert str(row["Source"]) == "Beta"
    assert (row["Topic"], row["Strength"]) == ("Treatment", "6 Flat fact")
    assert row["Causal words"] == "1 Says there is none"
    assert row["Bears on"] == "Opposes: Water helps against headaches."
    assert explored.loc["claim-alpha-02", "Who says it"] == "Researchers of a named study"
    assert explored.loc["claim-gamma-02", "Evidence named"] == "Trial"
    assert explored.loc["claim-gamma-02", "Advice"] == "Implicit"
    assert [link.target for link in explored.loc["claim-beta-01", "Correction"]] == [
        "correction-01"
    ]


def test_a_figure_has_its_form_group_and_credit(explored):
    row = explored.loc["figure-alpha-01"]
    assert row["What it says"] == "share with headaches: ≥ 2.5 %"
    assert (row["Topic"], row["Strength"]) == ("Prevalence", "At least")
    assert row["Of whom"] == "people, worldwide"
    assert explored.loc["figure-beta-02", "Name"] == "Agency"
    assert explored.loc["figure-gamma-01", "Of whom"] == ""


def test_a_treatment_has_its_role_and_no_strength(explored):
    row = explored.loc["proposal-gamma-01"]
    assert row["What it says"] == "Water, for: headache"
    assert (row["Role"], row["Evidence named"]) == ("Benefit reported", "Trial")
    assert row["Strength"] == row["Causal words"] == ""
