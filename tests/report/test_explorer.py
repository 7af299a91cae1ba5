"""The explorer: every row once, each value in its own column."""

import pytest

from tests.reading import rows_of


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


COLUMNS = ["Row", "Source", "What it says", "In its words", "Topic", "Strength", "Kind", "Role"]
COLUMNS += ["Who says it", "Name", "Causal words", "Of whom", "Evidence named", "Advice"]
COLUMNS += ["Bears on", "Where", "Note", "Correction"]


def test_rows_of_each_kind_hold_their_own_cells(page, made_folder):
    for table, old, new in (
        ("claims", "animal,animal,0,\nclaim-beta-03", "animal,animal,0,Seen.\nclaim-beta-03"),
        (
            "claims",
            "found jittery mice,body,study_researchers,",
            "found jittery mice,body,study_researchers,Dr Mouse",
        ),
        (
            "figures",
            "people with headaches,general,,Agency,",
            "people with headaches,general,Europe,Agency,Rounded.",
        ),
    ):
        path = made_folder / "data" / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    table = page("explorer").tables["table-explorer"]
    assert list(table.frame) == COLUMNS
    shown = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows_of(table)}

    def cells(key):
        return {name: cell for name, cell in shown[key].items() if cell}

    assert cells("claim-beta-02") == {
        "Row": "claim-beta-02",
        "Source": "Beta#article-beta",
        "What it says": "The study found jittery mice.",
        "In its words": "“found jittery mice”",
        "Topic": "Mouse experiment",
        "Strength": "5 Reported as shown",
        "Kind": "Claim",
        "Who says it": "Researchers of a named study",
        "Name": "Dr Mouse",
        "Causal words": "2 Correlation",
        "Of whom": "Animals",
        "Evidence named": "Animal",
        "Advice": "None",
        "Bears on": "Supports: Mice given coffee became jittery.",
        "Where": "line 2, body",
        "Note": "Seen.",
    }
    assert cells("figure-beta-02") == {
        "Row": "figure-beta-02",
        "Source": "Beta#article-beta",
        "What it says": "share of women: > 80 %",
        "In its words": "“more than 80% women”",
        "Topic": "Sex share",
        "Strength": "More than",
        "Kind": "Figure",
        "Name": "Agency",
        "Of whom": "people with headaches, Europe",
        "Where": "line 2, body",
        "Note": "Rounded.",
    }
    assert cells("proposal-gamma-01") == {
        "Row": "proposal-gamma-01",
        "Source": "Gamma#article-gamma",
        "What it says": "Water, for: headache",
        "In its words": "“improved”",
        "Topic": "Lifestyle",
        "Kind": "Treatment",
        "Role": "Benefit reported",
        "Who says it": "Researchers of a named study",
        "Evidence named": "Trial",
        "Where": "line 2, body",
    }
    assert shown["proposal-gamma-03"]["Topic"] == "Natural"
    assert shown["claim-beta-01"]["Correction"] == "correction-01"


def test_the_page_counts_rows_of_each_kind(page):
    values = page("explorer").values
    names = ("n_rows", "n_claims", "n_figures", "n_proposals", "n_sources", "damaged")
    assert [values[name] for name in names] == [
        *["18", "eight statements", "five figures", "five mentions", "three articles", "Gamma"]
    ]
    assert values["max_words"] == "twelve"
