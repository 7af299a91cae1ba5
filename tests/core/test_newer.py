"""Of a newer copy it is told which coded passages stand, moved, changed or are gone."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.cli import main
from evidence.data import DataError
from evidence.newer import Fate, fates
from evidence.passages import draft

PARAGRAPHS = [
    "Coffee and headaches",
    "Coffee may well cause headaches in some people. Three mice were jittery.",
    "A study by Other showed that tea helps against them.",
    "In all, 5 % of the drinkers slept badly.",
    "Nobody knows what decaffeinated coffee does to a mouse.",
]
CUES = [
    "Coffee and headaches",
    "Coffee may well cause headaches",
    "mice were jittery",
    "showed that tea helps",
    "5 % of the drinkers",
    "Nobody knows",
]
KEYS = [f"claim-alpha-{number:02d}" for number in range(1, len(CUES) + 1)]


def coded(data, text, cues):
    """A package whose one source is a text, with one claim coded from each passage."""
    passages = draft("alpha", text)
    keys = [f"claim-alpha-{number:02d}" for number in range(1, len(cues) + 1)]
    rows = {"claim_id": keys, "source_id": "alpha", "passage_id": passages["passage_id"]}
    claims = pd.DataFrame({**rows, "cue": cues}).reindex(columns=data["claims"].columns)
    sources = data["sources"].iloc[:1].assign(source_id="alpha")
    empty = {name: data[name].iloc[:0] for name in data.fields}
    return data.replaced({**empty, "sources": sources, "passages": passages, "claims": claims})


@pytest.fixture(scope="module")
def package(data):
    """The package coded from the paragraphs."""
    return coded(data, "\n\n".join(PARAGRAPHS), CUES)


def states(found):
    return [fate.state for fate in found]


def test_in_the_same_text_every_passage_is_unchanged(package):
    found = fates(package, "alpha", "\n\n".join(PARAGRAPHS))
    assert states(found) == ["unchanged"] * len(CUES)
    assert [fate.rows for fate in found] == [(key,) for key in KEYS]


def test_white_space_and_what_stands_between_change_nothing(package):
    text = "Home\nMenu\n" + "\nAdvertisement.\n".join(PARAGRAPHS).replace(" ", "\u00a0 ")
    assert states(fates(package, "alpha", text)) == ["unchanged"] * len(CUES)


def test_each_of_the_four_fates_is_told_apart_and_shown(package):
    newer = [
        PARAGRAPHS[0],
        PARAGRAPHS[4],
        "Coffee does not cause headaches in some people. Three mice were jittery.",
        PARAGRAPHS[3],
        "A survey by Other showed that tea helps, it says.",
    ]
    first, *_ = found = fates(package, "alpha", "\n".join(newer))
    assert states(found) == [
        "unchanged",
        "changed",
        "unchanged",
        "changed",
        "unchanged",
        "moved",
    ]
    assert first == Fate("passage-alpha-1-1", "unchanged", ("claim-alpha-01",))
    assert str(found[1]) == (
        "passage-alpha-3-1 (claim-alpha-02): changed: "
        "Coffee [-may well-] {+does not+} cause headaches"
    )
    assert str(found[3]) == "passage-alpha-5-1 (claim-alpha-04): changed"  # round the coded words
    gone = fates(package, "alpha", "\n".join(newer[:-1]))[3]
    assert str(gone) == "passage-alpha-5-1 (claim-alpha-04): gone: [-showed that tea helps-]"
    half = "that showed coffee helps"  # in their order no more than half of the words
    assert fates(package, "alpha", "\n".join([*newer[:-1], half]))[3] == gone


def test_no_more_is_shown_of_either_text_than_the_fragment_has_words(package):
    newer = "The coffee, it may be said at length, may well have caused my headaches too. " * 3
    shown = [text for fate in fates(package, "alpha", newer) for text in fate.shown]
    assert shown
    most = max(len(cue.split()) for cue in CUES)
    for text in shown:
        old = re.sub(r"\{\+.*?\+\}", "", text).replace("[-", "").replace("-]", "")
        new = re.sub(r"\[-.*?-\]", "", text).replace("{+", "").replace("+}", "")
        assert " ".join(old.split()) in CUES
        assert len(new.split()) <= most


@given(st.permutations(PARAGRAPHS))
def test_paragraphs_in_another_order_are_moved_and_nothing_else(package, shuffled):
    found = fates(package, "alpha", "\n".join(shuffled))
    assert set(states(found)) <= {"unchanged", "moved"}
    assert ("moved" in states(found)) == (shuffled != PARAGRAPHS)


@given(st.lists(st.text(max_size=20), min_size=6, max_size=6))
def test_what_is_put_between_paragraphs_moves_none(package, between):
    text = "".join(
        f"{more}\n{part}\n" for more, part in zip(between, [*PARAGRAPHS, ""], strict=True)
    )
    found = states(fates(package, "alpha", text))
    assert found == ["unchanged"] * len(CUES)


@given(st.sets(st.integers(0, len(PARAGRAPHS) - 1)))
def test_of_what_was_cut_out_everything_else_stays(package, cut):
    text = "\n".join(part for number, part in enumerate(PARAGRAPHS) if number not in cut)
    for fate in fates(package, "alpha", text):
        number = (int(fate.passage_id.split("-")[2]) - 1) // 2
        assert fate.state == ("gone" if number in cut else "unchanged")


def test_a_repeated_line_is_found_as_often_as_it_is_there(data):
    package = coded(data, "Read more\nCoffee hurts.\nRead more\n", ["Read more", "hurts", "more"])
    found = fates(package, "alpha", "Coffee hurts.\nRead more\n")
    assert states(found) == ["gone", "unchanged", "unchanged"]


def test_a_heading_that_is_gone_is_not_found_inside_a_sentence(data):
    text = "Coffee\nToo much Coffee hurts.\n"
    package = coded(data, text, ["Coffee", "hurts"])
    found = fates(package, "alpha", "Too much Coffee hurts.")
    assert states(found) == ["gone", "unchanged"]


def test_a_passage_that_begins_inside_a_word_is_found(data):
    text = "Coffee hurts.Tea helps.\n"
    glued = pd.concat([draft("alpha", "Coffee hurts."), draft("alpha", "Tea helps.")])
    glued[["start", "end"]] = [[0, 13], [13, 23]]
    glued["passage_id"] = ["passage-alpha-1-1", "passage-alpha-1-2"]
    package = coded(data, "Coffee hurts.\nTea helps.\n", ["Coffee hurts", "Tea helps"])
    claims = package["claims"].assign(passage_id=list(glued["passage_id"]))
    package = package.replaced({"passages": glued, "claims": claims})
    assert states(fates(package, "alpha", text)) == ["unchanged", "unchanged"]


def test_a_source_that_is_not_there_is_named_with_those_that_are(made):
    with pytest.raises(
        DataError, match=r"omega: no such source_id in sources\.csv; there are alpha, beta"
    ):
        fates(made, "omega", "")


def test_the_command_names_what_changed_and_fails_for_it(made_folder, capsys):
    folder, page = made_folder / "data", made_folder / "newer.html"
    page.write_text("<html><body><article><p>Nothing of all this.</p></article></body></html>")
    before = (folder / "passages.csv").read_text(encoding="utf-8")
    assert main(["--data", str(folder), "verify", "--against", str(page), "alpha"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("passage-alpha-1-1 (claim-alpha-01, ")
    assert out[0].endswith("): gone: [-may cause-]")
    assert out[-1].endswith("of 3 coded passages 0 unchanged, 0 moved, 0 changed, 3 gone")
    assert (folder / "passages.csv").read_text(encoding="utf-8") == before
    assert main(["--data", str(folder), "verify", "--against", "nowhere.txt", "alpha"]) == 2
    assert "error: nowhere.txt: cannot be read" in capsys.readouterr().err


@pytest.mark.copies
def test_the_copies_themselves_are_unchanged(data, copies, capsys):
    for source in data["sources"].itertuples():
        path = str(copies / source.copy_file)
        assert main(["verify", "--against", path, source.source_id]) == 0
        assert "0 moved, 0 changed, 0 gone" in capsys.readouterr().out


def test_a_passage_of_which_one_fragment_stands_is_not_gone(data):
    package = coded(data, PARAGRAPHS[2], ["A study by Other"])
    second = package["claims"].assign(claim_id="claim-alpha-02", cue="helps against them")
    package = package.replaced({"claims": pd.concat([package["claims"], second])})
    [fate] = fates(package, "alpha", "A study by Other was never seen.")
    assert (fate.state, fate.shown) == ("changed", ("[-helps against them-]",))
