"""Charts and pairs with many sources: they show what they can, and say what they leave out."""

import shutil
from functools import cache

import pandas as pd
import pytest

from evidence.charts import NAMED_AT_MOST, ROWS_AT_MOST, series, tally, top
from report.conflict import PAIRED_AT_MOST, conflicts
from tests.reading import colliding, run_page, texts

SIZES = [8, *(pytest.param(size, marks=pytest.mark.slow) for size in (20, 50))]


@pytest.fixture(scope="module")
def grown(example, tmp_path_factory):
    """The folder of a made package of so many sources, each made once: tests only read it."""
    return cache(lambda size: many(example, tmp_path_factory.mktemp(f"of{size}"), size))


def many(made, folder, size):
    """Write the made package with so many sources, each with the rows of one of its own."""
    shutil.copytree(made, folder / "data")
    rows = {
        path: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in (folder / "data").glob("*.csv")
    }
    models = list(rows[folder / "data" / "sources.csv"]["source_id"])
    for path, table in rows.items():
        if "source_id" not in table or not len(table):
            continue
        parts = [table]
        for number in range(size - len(models)):
            model = models[number % len(models)]
            of = table[table["source_id"] == model]
            copied = of.replace(rf"(^|-){model}(-|$)", rf"\g<1>{model}{number}\g<2>", regex=True)
            if "label" in copied and "copy_file" in copied:
                copied["label"] += f" {number}"
            for column in ("rung_id", "link_id"):
                if column in copied:
                    copied[column] += f"{number:03d}"
            parts.append(copied)
        pd.concat(parts).to_csv(path, index=False)
    return folder


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["omissions", "retellings", "conflict", "sources", "treatments"])
def test_no_words_of_a_chart_run_over_others(grown, monkeypatch, name, size):
    page = run_page(name, grown(size), monkeypatch)
    assert page.charts
    for chart in page.charts.values():
        assert colliding(chart, 0) == colliding(chart, 1) == []


@pytest.mark.parametrize("size", SIZES)
def test_too_many_columns_become_bars_and_the_caption_says_so(grown, monkeypatch, size):
    charts = run_page("omissions", grown(size), monkeypatch).charts
    assert "too many to name" in charts["chart-omissions"].caption
    assert "<a " not in charts["chart-omissions"].drawings[0]


def test_too_many_rows_are_cut_and_the_caption_says_so(grown, monkeypatch):
    chart = run_page("sources", grown(50), monkeypatch).charts["chart-copies"]
    assert f"only {ROWS_AT_MOST}" in chart.caption
    labels = pd.read_csv(grown(50) / "data" / "sources.csv")["label"]
    assert sum(words in set(labels) for words, *_ in texts(chart)) == ROWS_AT_MOST


def test_few_sources_are_drawn_one_by_one(page):
    for name in ("omissions", "retellings", "conflict", "sources"):
        for chart in page(name).charts.values():
            assert "too many" not in chart.caption and "only" not in chart.caption


def test_the_most_frequent_are_kept_in_the_order_given():
    rows = pd.DataFrame({"who": list("abbccc")})
    kept, told = top(rows, "who", "source", 2)
    assert list(kept["who"]) == list("bbccc")
    assert told == (
        " Of three sources only two are drawn, those with most to show; the data hold all."
    )
    assert top(rows, "who", "source", 3)[1] == ""


def test_cells_that_say_the_same_become_one_bar():
    cells = pd.DataFrame(
        {
            "who": ["a", "b", "c"],
            "x": [0, 1, 2],
            "y": 0,
            "tile": ["none", "full", "none"],
            "word": ["left out", "told", "left out"],
            "key": ["k-1", "k-2", "k-3"],
        }
    )
    bars, told = tally(cells, "who", "source", 2)
    assert bars[["word", "n", "x", "who"]].to_numpy().tolist() == [
        ["told", 1, 0, "one source"],
        ["left out", 2, 1, "two sources"],
    ]
    assert told.startswith(" Three sources are too many to name")
    assert tally(cells, "who", "source", 3)[0] is cells


def test_more_names_than_colours_differ_in_colour_or_marker():
    looks = series(range(3 * NAMED_AT_MOST))
    pairs = {(looks["palette"][n], looks["markers"][n]) for n in range(3 * NAMED_AT_MOST)}
    assert len(pairs) == 3 * NAMED_AT_MOST


def test_beyond_a_number_of_sources_each_meets_the_firmest_of_the_other_side():
    size = PAIRED_AT_MOST + 1
    claims = pd.DataFrame(
        {
            "claim_id": [f"claim-s{n}-01" for n in range(size)],
            "source_id": [f"s{n}" for n in range(size)],
            "proposition_id": "p",
            "polarity": ["supports", "opposes"] * (size // 2) + ["supports"],
            "certainty": [6, 6] + [4] * (size - 2),
            "causal_strength": 1,
        }
    )
    firmest = {"claim-s0-01", "claim-s1-01"}
    found = conflicts(claims)
    assert len(found) == size - 1
    assert all(pair & firmest for pair in found["claim_ids"])
    assert set().union(*found["claim_ids"]) == set(claims["claim_id"])
    fewer = claims.head(4)
    assert len(conflicts(fewer)) == 4
