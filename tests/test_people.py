"""Our codes are held against people's, on made sentences."""

import pandas as pd
import pytest

from evidence import people
from evidence.__main__ import main
from evidence.data import DataError, read

pytestmark = pytest.mark.slow

TEXTS = [
    "Coffee causes headaches.",
    "Coffee may cause headaches.",
    "Coffee is associated with headaches.",
    "Coffee was drunk in the morning.",
    "Patients should drink less coffee.",
    "Coffee might help, but it is unclear.",
]
LABELS = {"strength": [6, 4, 2, 0, 0, 4], "advice": [0, 0, 0, 0, 2, 1]}
LABELS["certainty"] = [5.8, 3.2, 4.9, 5.5, 5.1, 2.0]
OURS = {
    "strength": [6, 4, 2, 0, 0, 4],
    "certainty": [6, 3, 5, 6, 5, 2],
    "advice": [0, 0, 0, 0, 3, 1],
}


@pytest.fixture
def sentences():
    """Sentences of each scale: four of the calibration, two held out without a label."""
    found = {}
    for scale, labels in LABELS.items():
        parts = ["calibration"] * 4 + ["held_out"] * 2
        units = [f"{scale}-{n}" for n in range(len(TEXTS))]
        table = pd.DataFrame({"unit": units, "text": TEXTS, "part": parts, "label": labels})
        found[scale] = table
    return found


@pytest.fixture
def codes():
    rows = [(f"{scale}-{n}", code) for scale in OURS for n, code in enumerate(OURS[scale])]
    return pd.DataFrame(rows, columns=["unit", "code"]).assign(code_2=float("nan"))


def whole(sentences):
    return {name: table.assign(part="calibration") for name, table in sentences.items()}


def test_codes_like_the_labels_score_one_and_keywords_less_or_as_much(sentences, codes):
    scores = people.held_against(whole(sentences), codes).set_index("scale")
    assert scores.loc["strength", "value"] == 1
    assert scores.loc["certainty", "value"] > 0.9
    assert scores.loc["advice", "value"] == 1, "our 2 and 3 are both their 2"
    assert (scores["baseline"] <= scores["value"]).all()
    assert (scores["n"] == 6).all()


def test_only_parts_with_labels_are_scored(sentences, codes):
    for table in sentences.values():
        table.loc[table["part"] == "held_out", "label"] = float("nan")
    scores = people.held_against(sentences, codes)
    assert set(scores["part"]) == {"calibration"} and set(scores["n"]) == {4}
    counts = people.calibration_counts(sentences, codes)
    assert counts.groupby("scale")["n"].sum().to_dict() == dict.fromkeys(OURS, 4)


def test_counts_alone_score_as_the_sentences_do(sentences, codes):
    sentences = whole(sentences)
    counts = people.calibration_counts(sentences, codes).assign(round=1)
    again = people.calibration_scores(counts).set_index("scale")
    scores = people.held_against(sentences, codes).set_index("scale")
    assert again["value"].to_dict() == pytest.approx(scores["value"].to_dict())


def test_each_round_has_its_score(sentences, codes):
    after = people.calibration_counts(whole(sentences), codes).assign(round=2)
    codes["code"] = codes["code"].where(codes["unit"] != "strength-0", 0)
    before = people.calibration_counts(whole(sentences), codes).assign(round=1)
    scores = people.calibration_scores(pd.concat([before, after], ignore_index=True))
    strength = scores[scores["scale"] == "strength"].set_index("round")["value"]
    assert strength[1] < strength[2] == 1


def test_peoples_mean_is_given_for_each_of_our_levels(sentences, codes):
    counts = people.calibration_counts(whole(sentences), codes).assign(round=1)
    means = people.mean_certainty(counts).set_index("code")
    assert means.loc[6, ["mean", "n"]].to_list() == [pytest.approx((5.8 + 5.5) / 2), 2]


def test_what_we_coded_twice_is_counted(codes):
    codes.loc[codes["unit"] == "strength-0", "code_2"] = 6
    codes.loc[codes["unit"] == "strength-1", "code_2"] = 5
    (row,) = people.consistency(codes).to_dict("records")
    assert row == {"scale": "strength", "n": 2, "same": 1, "percent": 50}


def test_kappa_is_chance_corrected():
    # Twenty yes and fifteen no of fifty in common, five and ten apart: 0.7 seen, 0.5 by chance.
    first = pd.Series([1] * 25 + [0] * 25)
    second = pd.Series([1] * 20 + [0] * 5 + [1] * 10 + [0] * 15)
    assert people.cohen_kappa(first, second) == pytest.approx(0.4)


def test_the_command_tells_scores_and_whether_the_counts_are_those_of_the_codes(
    sentences, codes, empty, monkeypatch, capsys, tmp_path
):
    for name, table in sentences.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    codes.astype({"code_2": "Int64"}).to_csv(empty / "held_against_people.csv", index=False)
    counts = people.calibration_counts(sentences, codes).assign(round=2)
    counts = counts[["scale", "round", "label", "code", "n"]]
    counts.to_csv(empty / "people_counts.csv", index=False)
    monkeypatch.chdir(empty.parent)
    assert main(["people", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "Krippendorff’s alpha" in told and "scale,round,label,code,n" in told
    assert not any(text in told for text in TEXTS), "the sentences are their authors'"
    counts.iloc[1:].to_csv(empty / "people_counts.csv", index=False)
    assert main(["people", str(tmp_path)]) == 1
    assert "its last round is not that of these codes" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match=r"strength\.csv: cannot be read"):
        people.read_sentences(tmp_path)
    (tmp_path / "strength.csv").write_text("unit,text\n")
    with pytest.raises(DataError, match=r"no column part, label"):
        people.read_sentences(tmp_path)


def test_the_counts_of_the_project_score_better_than_chance():
    scores = people.calibration_scores(read("people_counts"))
    assert (scores["low"] > 0).all()
    assert (scores.groupby("scale")["n"].nunique() == 1).all(), "the same sentences each round"
