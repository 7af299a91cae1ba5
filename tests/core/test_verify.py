"""Copies that changed are told apart from copies that did not, passage by passage."""

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.cli import main
from evidence.data import DataError
from evidence.passages import draft
from evidence.verify import locate, verify

TEXT = "One mouse ran. Two mice “slept” soundly.\n\nThree mice ate 5 % more.\nThe end.\n"


def standing(text, passages):
    return {key for key, place in locate(text, passages).items() if place.same}


def test_every_passage_of_an_unchanged_copy_stands_where_it_was():
    passages = draft("made", TEXT)
    places = locate(TEXT, passages)
    assert all(place.same for place in places.values())
    assert [p.start for p in places.values()] == list(passages["start"])


@given(st.integers(0, len(TEXT.encode()) - 1), st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_one_changed_byte_touches_its_own_passage_alone(position, value):
    raw = bytearray(TEXT.encode())
    raw[position] = value
    changed = bytes(raw).decode("utf-8", "surrogateescape")
    passages = draft("made", TEXT)
    before = len(TEXT.encode()[:position].decode("utf-8", "ignore"))
    holding = {row.passage_id for row in passages.itertuples() if row.start <= before < row.end}
    fallen = set(passages["passage_id"]) - standing(changed, passages)
    assert fallen <= holding


@given(st.text(max_size=30), st.integers(0, 3))
@settings(deadline=None)
def test_text_put_between_passages_leaves_all_standing(added, index):
    passages = draft("made", TEXT)
    at = passages["start"].iloc[index]
    assert standing(TEXT[:at] + added + " " + TEXT[at:], passages) == set(passages["passage_id"])


def test_a_removed_passage_falls_alone():
    passages = draft("made", TEXT)
    row = passages.iloc[1]
    changed = TEXT[: row["start"]] + TEXT[row["end"] :]
    assert set(passages["passage_id"]) - standing(changed, passages) == {row["passage_id"]}


def test_a_changed_byte_of_a_copy_is_found_in_its_passage(intact, made_copies, tmp_path):
    generator = random.Random(7)
    for source in intact["sources"].itertuples():
        raw = (made_copies / source.copy_file).read_bytes()
        passages = intact["passages"]
        passages = passages[passages["source_id"] == source.source_id]
        row = passages.iloc[generator.randrange(len(passages))]
        text = raw.decode("utf-8")
        at = len(text[: row["start"]].encode()) + generator.randrange(3)
        for other in intact["sources"]["copy_file"]:
            (tmp_path / other).write_bytes((made_copies / other).read_bytes())
        (tmp_path / source.copy_file).write_bytes(raw[:at] + b"\x07" + raw[at + 1 :])
        faults, _ = verify(intact, tmp_path)
        touched = {f.key for f in faults if f.column == "sha256"}
        assert touched == {row["passage_id"]}
        assert any(f.file == source.copy_file for f in faults)


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("claims.csv", ",may cause,", ",might cause,", "cue"),
        ("figures.csv", "10% to 30% of drinkers", "11% to 30% of drinkers", "as_stated"),
        ("proposals.csv", "may help", "may hel p", "cue"),
    ],
)
def test_an_altered_fragment_is_named(wreck, made_copies, file, old, new, column):
    from evidence.data import DataPackage

    path = wreck / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults, _ = verify(DataPackage(wreck), made_copies)
    assert [f for f in faults if f.file == file and f.column == column]


def test_a_number_without_figure_or_rule_is_named(wreck, made_copies):
    from evidence.data import DataPackage

    path = wreck / "number_rules.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("B12", "B1"), encoding="utf-8")  # excuses a part of the number
    faults, _ = verify(DataPackage(wreck), made_copies)
    assert [f for f in faults if f.found == "12" and "number rule" in f.expected]


@pytest.mark.parametrize("place", [4, 5, 10], ids=["first", "between", "last"])
def test_a_passage_lost_from_the_table_leaves_text_uncovered(intact, made_copies, place):
    passages = intact["passages"]
    gone = passages.loc[place]
    faults, _ = verify(intact.replaced({"passages": passages.drop(place)}), made_copies)
    found = [f for f in faults if f.file == f"{gone['source_id']}.txt" and f.row == gone["line"]]
    assert [f for f in found if "outside the passages" in f.expected]


@pytest.mark.parametrize(
    ("old", "new", "starts"),
    [
        ("A.\nA.", "New A.\nand\nA.", [4, 11]),  # the second is not where the first is
        ("A.\nBb bb.\nC.", "New A.\nb C. b\nC.", [4, 7, 14]),  # as far on as the one before it
    ],
)
def test_words_that_stand_twice_are_found_where_they_follow(old, new, starts):
    assert [place.start for place in locate(new, draft("made", old)).values()] == starts


def test_a_missing_copy_is_named(intact, made_copies, tmp_path):
    names = list(intact["sources"]["copy_file"])
    for name in names[1:]:
        (tmp_path / name).write_bytes((made_copies / name).read_bytes())
    faults, counts = verify(intact, tmp_path)
    assert counts["copies"] == len(names) - 1
    assert [f for f in faults if f.found == names[0] and "readable copy" in f.expected]


def test_a_wrong_folder_is_a_message_not_a_trace(data, tmp_path, capsys):
    with pytest.raises(DataError, match="holds none"):
        verify(data, tmp_path)
    assert main(["verify", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().err
    assert main(["verify", str(tmp_path)]) == 2


def test_a_changed_copy_is_read_even_if_it_is_not_utf8(data, tmp_path, capsys):
    for name in data["sources"]["copy_file"]:
        (tmp_path / name).write_bytes(b"\xff\xfe\x00 not text")
    assert main(["verify", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "is not UTF-8" in out and "Traceback" not in out


def test_passages_table_is_not_needed_to_be_whole():
    """An empty table of passages leaves nothing standing and nothing broken."""
    empty = pd.DataFrame(columns=["passage_id", "start", "end", "sha256"])
    assert locate(TEXT, empty) == {}


@pytest.mark.parametrize(
    ("cells", "column", "right"),
    [
        ({"start": 102, "end": 246}, "start", "103"),
        ({"start": 104, "end": 248}, "start", "103"),
        ({"line": 2}, "line", "3"),
        ({"line": 4}, "line", "3"),
        ({"words": 26}, "words", "27"),
        ({"words": 28}, "words", "27"),
    ],
)
def test_a_passage_that_is_told_wrong_is_named(intact, made_copies, cells, column, right):
    passages = intact["passages"].copy()
    for name, cell in cells.items():
        passages[name] = passages[name].mask(passages.index == 2, cell)
    faults, _ = verify(intact.replaced({"passages": passages}), made_copies)
    found = [(f.column, f.expected) for f in faults if f.key == "passage-alpha-3-1"]
    assert found == [(column, right)]
