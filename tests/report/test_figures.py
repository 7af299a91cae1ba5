"""The page of all figures: who is credited, and every figure by kind."""

import json

import pandas as pd
import pytest

from tests.reading import alternative, legend, place_of, row_names, rows_of, shapes, texts


def test_credits_and_numbers_are_counted(page):
    values = page("figures").values
    assert values["finding"] == ("Most figures in these articles stand without a name beside them.")
    assert values["uncredited"] == (
        "Four of the five figures (years left out) are credited to nobody, "
        "and one gives no number at all, only a word such as “some” or “many”."
    )
    assert values["prevalence"] == (
        "Two figures say how many people have headaches, from two of the three articles."
    )


def test_the_year_of_a_study_needs_nobody_to_credit(page, made_folder):
    path = made_folder / "data" / "figures.csv"
    row = "figure-beta-03,beta,passage-beta-2-1,in 2019,year,year,2019,2019,calendar_year,exactly"
    row += ",,,,\n"
    path.write_text(path.read_text() + row)
    shown = page("figures")
    assert shown.values["uncredited"].startswith("Four of the five figures")
    chart = shown.charts["chart-figures"]
    assert row_names(chart) == ["Prevalence", "Duration", "Sample size", "Sex share"]
    assert "Five figures, years of studies left out, of three articles" in chart.caption
    assert "in 2019" in str(rows_of(shown.tables["table-times"]))


def test_credited_by_most_is_said_so(page, made_folder):
    path = made_folder / "data" / "figures.csv"
    head, *rows = path.read_text().splitlines()
    credited = [row.rsplit(",", 2)[0] + ",Agency," for row in rows[:4]]
    path.write_text("\n".join([head, *credited, *rows[4:]]) + "\n")
    assert page("figures").values["finding"].startswith("Few figures in these articles stand")


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_bars_are_as_long_as_their_counts(page, layout):
    chart = page("figures").charts["chart-figures"]
    assert chart.title == "Four of the five figures are credited to nobody"
    label = place_of(chart, "Sex share", layout)[1]
    everyone = sorted(shapes(chart, "shade2", layout), key=lambda box: box[1])[1:]  # not the legend
    widths = [right - left for left, _, right, _ in everyone]
    assert widths == pytest.approx([widths[0], *[widths[0] / 2] * 3], abs=1)
    dark = [box for box in shapes(chart, "accent", layout) if box[1] > everyone[0][1]]
    filled = [box for box in dark if box[2] - box[0] > 1]
    assert len(filled) == 1
    assert filled[0][2] - filled[0][0] == pytest.approx(widths[1], abs=1)
    assert abs((filled[0][1] + filled[0][3]) / 2 - label) < 30
    assert place_of(chart, "0 of 2", layout)[1] < place_of(chart, "1 of 1", layout)[1]


def test_every_figure_stands_under_its_kind(page):
    tables = page("figures").tables
    prevalence = tables["table-prevalence"].frame
    assert list(prevalence["Row"].map(str)) == ["figure-alpha-01", "figure-beta-01"]
    assert list(prevalence["In one form"]) == ["≥ 2.5 %", "10 to 30 %"]
    assert list(prevalence["Credited to"]) == ["nobody", "nobody"]
    share = tables["table-sex-share"].frame.iloc[0]
    assert (share["As stated"], share["Credited to"]) == ("“more than 80% women”", "Agency")
    assert tables["table-times"].frame.iloc[0]["Of whom"] == "not said"
    assert list(tables["table-samples"].frame["What it measures"]) == ["mice"]


def test_every_kind_of_figure_has_its_table(page, made, made_folder):
    kinds = [kind for of in page("figures").names["TABLES"].values() for kind in of]
    assert sorted(kinds) == sorted(made.levels("figures", "kind").index)
    path = made_folder / "data" / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    [table] = [of for of in descriptor["resources"] if of["name"] == "figures"]
    [kind] = [field for field in table["schema"]["fields"] if field["name"] == "kind"]
    kind["categories"].append(
        {"value": "another", "label": "Another", "definition": "How much less."}
    )
    kind["constraints"]["enum"].append("another")
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    rows = made_folder / "data" / "figures.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace(",sex_share,", ",another,"))
    others = page("figures").tables["table-others"]
    assert "How much less" in others.caption and len(others.frame) == 1


def test_bars_have_the_look_of_their_legend_and_their_numbers_beside_them(page):
    chart = page("figures").charts["chart-figures"]
    kinds = ["Prevalence", "Duration", "Sample size", "Sex share"]
    assert row_names(chart) == kinds
    fills = legend(chart, "nobody named", "somebody credited")
    assert [fill for fill, _ in fills.values()] == ["shade2", "accent"]
    beside = [(words, y) for words, x, y in texts(chart) if " of " in words]
    assert [words for words, _ in beside] == ["0 of 2", "0 of 1", "0 of 1", "1 of 1"]
    heights = [place_of(chart, kind)[1] for kind in kinds]
    assert [y for _, y in beside] == pytest.approx(heights, abs=3)
    assert alternative(chart) == [
        "Prevalence: 0 of 2 credited",
        "Duration: 0 of 1 credited",
        "Sample size: 0 of 1 credited",
        "Sex share: 1 of 1 credited",
    ]


def test_every_figure_is_shown_with_its_own_cells(page, made_folder):
    path = made_folder / "data" / "corrections.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("passage-beta-1-1,claim-beta-01", "passage-beta-2-1,figure-beta-02")
    )
    tables = page("figures").tables
    columns = ["Row", "Article", "As stated", "What it measures", "In one form", "Of whom"]
    columns += ["Credited to", "Correction"]
    names = [f"table-{name}" for name in ("prevalence", "sex-share", "samples", "times")]
    assert all(list(tables[name].frame) == columns for name in names)
    assert [row for name in names for row in rows_of(tables[name])] == [
        [
            *["figure-alpha-01", "Alpha#article-alpha", "“at least 1 in 40 people”"],
            *["share with headaches", "≥ 2.5 %", "people", "nobody", ""],
        ],
        [
            *["figure-beta-01", "Beta#article-beta", "“10% to 30% of drinkers”"],
            *["share with headaches", "10 to 30 %", "coffee drinkers", "nobody", ""],
        ],
        [
            *["figure-beta-02", "Beta#article-beta", "“more than 80% women”", "share of women"],
            *["> 80 %", "people with headaches", "Agency", "correction-01"],
        ],
        [
            *["figure-alpha-02", "Alpha#article-alpha", "“8 mice”", "mice", "8 animals", "mice"],
            *["nobody", ""],
        ],
        [
            *["figure-gamma-01", "Gamma#article-gamma", "“several weeks”", "time", "no number"],
            *["not said", "nobody", ""],
        ],
    ]


@pytest.mark.parametrize(
    ("credited", "finding"),
    [(0, "Most"), (2, "Most"), (3, "Few"), (4, "Few"), (5, "No")],
)
def test_most_few_or_no_figures_stand_without_a_name(page, made_folder, credited, finding):
    path = made_folder / "data" / "figures.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows["attributed_to"] = ["Agency"] * credited + [""] * (len(rows) - credited)
    rows.to_csv(path, index=False)
    assert page("figures").values["finding"] == (
        f"{finding} figures in these articles stand without a name beside them."
    )


def test_half_is_not_most(page, made_folder):
    path = made_folder / "data" / "figures.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False).iloc[:4]
    rows["attributed_to"] = ["Agency", "Agency", "", ""]
    rows.to_csv(path, index=False)
    assert page("figures").values["finding"].startswith("Few figures")


@pytest.mark.parametrize(("shares", "said"), [(2, True), (1, False)])
def test_only_several_shares_can_be_averaged(page, made_folder, shares, said):
    path = made_folder / "data" / "figures.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    drop = rows.index[rows["kind"] == "prevalence"][shares:]
    rows.drop(drop).to_csv(path, index=False)
    warning = "They speak of different groups of people, so they must not be averaged."
    assert page("figures").values["apart"] == (warning if said else "")


def test_articles_that_give_a_share_are_counted_once(page, made_folder):
    path = made_folder / "data" / "figures.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    more = rows.iloc[[0]].assign(figure_id="figure-alpha-03", denominator="women")
    pd.concat([rows, more]).to_csv(path, index=False)
    assert page("figures").values["prevalence"] == (
        "Three figures say how many people have headaches, from two of the three articles."
    )
