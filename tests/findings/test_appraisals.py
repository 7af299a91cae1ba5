"""Appraisals by published instruments: what must hold of the rows."""


def test_what_cannot_be_told_is_of_damaged_copies_alone(data):
    damaged = data["sources"].set_index("source_id")["damaged"]
    rows = data["appraisals"]
    assert damaged[rows.loc[rows["level"] == "cannot_tell", "source_id"]].all()


def test_an_item_of_studies_is_scored_only_where_a_study_can_be_made_out(data):
    level = data["appraisals"].set_index(["item_id", "source_id"])["level"]
    for source, kind in level["quest-study-type"].items():
        found = level["quest-attribution", source] in ("one_study", "mostly_studies")
        assert found == (kind != "not_scored"), source


def test_both_codings_of_an_appraisal_end_in_its_row(data):
    codings = data["codings"][data["codings"]["unit"].str.startswith("appraisal-")]
    rows = data["appraisals"].set_index("appraisal_id")
    assert (codings.groupby("unit")["coder"].agg(set) == {"first", "second"}).all()
    for row in codings.itertuples():
        assert (row.final, row.passage_id) == tuple(rows.loc[row.unit, ["level", "passage_id"]])
    allowed = data["appraisal_levels"].groupby("item_id")["level"].agg(set)
    for row in codings.itertuples():
        assert row.value in allowed[rows.loc[row.unit, "item_id"]], row.unit


SAME = {  # state of an omission, and the levels that say the same
    "told": {"satisfactory", "supports"},
    "partly": {"not_satisfactory", "cannot_tell"},  # what is left of a damaged copy touches it
    "silent": {"not_satisfactory", "none"},
    "cannot_tell": {"cannot_tell"},
}


def test_an_omission_says_what_the_appraisal_that_covers_it_says(data):
    rows = data["appraisals"].set_index("appraisal_id")
    covered = data["omissions"][data["omissions"]["covered_by"] != ""]
    assert len(covered)
    for row in covered.itertuples():
        by = rows.loc[row.covered_by]
        assert by["source_id"] == row.source_id, row.omission_id
        assert by["level"] in SAME[row.state], row.omission_id
