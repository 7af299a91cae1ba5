"""Every row of this report was coded twice."""

from tests.book.test_data import CODED_TWICE


def test_every_row_was_coded_twice_or_says_why_not(data):
    units = set(data["codings"]["unit"])
    for name in CODED_TWICE:
        rows = data[name]
        if name == "ladder":
            rows = rows[rows["source_id"] != ""]  # only these have a passage
        if name == "contradictions":
            rows = rows[rows["conflict"] == "content"]  # the others follow from the claims
        assert set(rows[data.key(name)]) <= units, name
