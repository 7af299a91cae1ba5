"""The page on prevalence: shares as stated beside surveys."""

import pandas as pd
import pytest

from report import prevalence
from tests.reading import (
    alternative,
    append,
    hints,
    lines,
    looks,
    marks,
    place_of,
    row_names,
    rows_of,
    shapes,
    texts,
)


def test_the_page_gives_what_one_survey_found_by_each_set_of_rules(page):
    values = page("prevalence").values
    assert values["by_the_rules"] == (
        "How many people have headaches depends on who counts as having it. One survey of adults "
        "in one town (Survey 2010) came to 2 or 6 percent, depending on the rules it went by."
    )
    assert values["stated"] == (
        "Two of the three articles state a share, as far as the copies show. "
        "One of two shares is only a lower limit: “at least 1 in 40 people” (Alpha)."
    )
    assert (values["why"], values["more"]) == ("", "")


def test_what_else_differs_is_said_where_a_fact_tells_it(page, made_folder):
    append(
        made_folder,
        "study_facts",
        fact_id="fact-survey-2010-02",
        study_id="survey-2010",
        statement="More than the rules differs.",
        measure="prevalence_ratio",
        value=3,
        unit="ratio",
        status="V",
        verified_in="doi",
    )
    values = page("prevalence").values
    assert values["why"] == "More than the rules differs."
    assert values["more"] == "The rules were not all that differed."


def test_shares_of_patients_are_left_out_and_set_no_record(page, made_folder):
    for definition, share in (("strict", 50), ("loose", 1)):
        append(
            made_folder,
            "benchmarks",
            benchmark_id=f"benchmark-{share}",
            study_id="survey-2010",
            population=f"Visitors of {share} clinics",
            population_kind="patients",
            definition=definition,
            prevalence=share,
        )
    shown = page("prevalence")
    assert " came to 2 or 6 percent, " in shown.values["by_the_rules"]
    chart = shown.charts["chart-prevalence-surveys"]
    assert "two of patients are left out" in chart.caption
    assert not any("50 %" in words for words, _, _ in texts(chart))


def test_a_population_is_shown_whatever_words_describe_it(page, made_folder):
    told = {"population": "Adults, be they patients or not", "population_kind": "general"}
    row = {"study_id": "trial-2023", "population_label": "All adults", "definition": "not stated"}
    shares = {"prevalence": 5, "women": 70}
    append(made_folder, "benchmarks", benchmark_id="benchmark-04", **shares, **told, **row)
    path = made_folder / "data" / "figures.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",coffee drinkers,general,", ",coffee drinkers,patients,"))
    charts = page("prevalence").charts
    assert "Trial 2023: rules not stated, all adults: 70 %" in alternative(charts["chart-women"])
    chart = charts["chart-prevalence-surveys"]
    assert "Trial 2023: all adults: 5 %" in alternative(chart)
    assert not any("coffee drinkers" in row for row in row_names(chart))
    assert "Four shares; one of patients is left out" in chart.caption


def test_a_limit_that_the_credited_survey_does_not_set_is_told(page, made_folder):
    append(
        made_folder,
        "figures",
        figure_id="figure-beta-03",
        source_id="beta",
        passage_id="passage-beta-3-1",
        as_stated="at least 2 percent",
        kind="prevalence",
        low=2,
        unit="percent",
        comparator="at_least",
        denominator="adults",
        attributed_to="Agency",
    )
    assert page("prevalence").values["turned"] == (
        "Beta names its source for “at least 2 percent”: Agency. The page it probably means "
        "(Survey 2010) gives about 2 % (1 to 3) and sets no lower limit."
    )


def test_a_share_without_a_credit_is_not_held_against_a_survey(page):
    assert page("prevalence").values["turned"] == ""


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_points_intervals_and_limits_stand_where_they_belong(page, layout):
    chart = page("prevalence").charts["chart-prevalence-surveys"]
    assert chart.title == "One survey, two sets of rules: 2 or 6 percent"
    zero, ten = (place_of(chart, word, layout)[0] for word in ("0", "10"))
    step = (ten - zero) / 10
    at = marks(chart, layout)
    assert at["figure-alpha-01"][0] == pytest.approx(zero + 2.5 * step, abs=2)
    strict, loose = (box for box in lines(chart, "ink", layout) if box[2] - box[0] > step)
    assert (strict[0], strict[2]) == pytest.approx((zero + step, zero + 3 * step), abs=2)
    assert (loose[0], loose[2]) == pytest.approx((zero + 4 * step, zero + 8 * step), abs=2)
    assert abs(place_of(chart, "Survey 2010: strict", layout)[1] - strict[1]) < 25
    stated = [box for box in lines(chart, "c2", layout) if box[2] - box[0] > step]
    assert (stated[0][0], stated[0][2]) == pytest.approx(
        (zero + 10 * step, zero + 30 * step), abs=2
    )
    arrow = [box for box in lines(chart, "c1", layout) if box[2] > at["figure-alpha-01"][0] + 5]
    assert arrow, "a lower limit is an arrow to the right"
    assert at["figure-alpha-01"][1] < stated[0][1] < strict[1] < loose[1]
    words = " ".join(words for words, *_ in texts(chart, layout))
    assert "people, worldwide" in words and "coffee drinkers" in words


def test_articles_are_filled_and_surveys_hollow(page):
    drawing = page("prevalence").charts["chart-prevalence-surveys"].drawings[0]
    assert 'class="fill-c1 stroke-c1"' in drawing
    assert drawing.count('class="fill-paper stroke-ink"') == 2
    assert 'class="fill-paper stroke-c1"' not in drawing


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_shares_of_women_stand_at_their_value(page, layout):
    chart = page("prevalence").charts["chart-women"]
    assert chart.title == (
        "From 60 to more than 90 percent of those affected are women, "
        "depending on whom one asks and how"
    )
    low, high = (place_of(chart, word, layout)[0] for word in ("50", "90"))
    at = marks(chart, layout)
    assert at["figure-beta-02"][0] == pytest.approx(low + (high - low) * 0.75, abs=2)
    referred = place_of(chart, "> 90 %", layout)
    plain = place_of(chart, "60 %", layout)
    assert plain[0] < at["figure-beta-02"][0] < referred[0]
    assert at["figure-beta-02"][1] < referred[1] < plain[1]
    assert "Beta: people with" in " ".join(words for words, *_ in texts(chart, layout))


def test_rules_that_are_not_told_are_said_not_to_be(made_folder, page):
    path = made_folder / "data" / "benchmarks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",strict,2,", ",not stated,2,"))
    words = " ".join(words for words, *_ in texts(page("prevalence").charts["chart-women"]))
    assert "Survey 2010: rules not stated, adults in" in words


def test_the_share_of_women_in_one_survey_runs_from_low_to_high(page):
    assert page("prevalence").values["women_apart"] == (
        "In Survey 2010 alone the share runs from 60 percent to more than 90 percent."
    )


def test_surveys_are_shown_with_interval_and_bound(page):
    table = page("prevalence").tables["table-benchmarks"].frame
    assert list(table["Have it, %"]) == ["2", "6", ""]
    assert list(table["From, to, %"]) == ["1 to 3", "4 to 8", ""]
    assert list(table["Women, %"]) == ["60", "", "> 90"]
    assert list(table["Case definition"]) == ["strict", "loose", "strict"]


def test_stated_and_surveyed_shares_stand_in_their_rows_in_their_looks(page):
    chart = page("prevalence").charts["chart-prevalence-surveys"]
    rows = [
        "Alpha: people, worldwide",
        "Beta: coffee drinkers",
        "Survey 2010: strict",
        "Survey 2010: loose",
    ]
    assert row_names(chart) == rows
    heights = [place_of(chart, row)[1] for row in rows]
    beside = [(words, y) for words, _, y in texts(chart) if words.endswith(("%", ")"))]
    assert [words for words, _ in beside] == [
        *["≥ 2.5 %", "10 to 30 %", "2 % (1 to 3)", "6 % (4 to 8)"]
    ]
    assert [y for _, y in beside] == pytest.approx(heights, abs=3)
    assert looks(chart) == {"figure-alpha-01": ("c1", "c1")}
    assert hints(chart) == {"figure-alpha-01": "“at least 1 in 40 people”"}
    zero, ten = (place_of(chart, word)[0] for word in ("0", "10"))

    def at(percent):
        return zero + percent * (ten - zero) / 10

    # The tip of the arrow lies beyond the share, and no line runs the other way.
    tips = [box for box in shapes(chart, "c1") if box[2] > at(2.5) + 30]
    assert tips and not [box for box in lines(chart, "c1") if box[0] < at(2.5) - 2]
    dots = [box for box in shapes(chart, "paper") if box[2] - box[0] > 4]
    assert [(box[0] + box[2]) / 2 for box in dots] == pytest.approx([at(2), at(6)], abs=1)
    assert alternative(chart) == [
        "Alpha: people, worldwide: ≥ 2.5 %",
        "Beta: coffee drinkers: 10 to 30 %",
        "Survey 2010: strict: 2 % (1 to 3)",
        "Survey 2010: loose: 6 % (4 to 8)",
    ]
    assert chart.caption.endswith("Four shares; none of patients is left out.")


def test_shares_of_one_sex_stand_in_their_rows_and_an_arrow_has_no_upper_end(page):
    chart = page("prevalence").charts["chart-women"]
    rows = [
        "Beta: people with headaches",
        "Survey 2010: strict, referred patients",
        "Survey 2010: strict, adults in one town",
    ]
    assert row_names(chart) == rows
    heights = [place_of(chart, row)[1] for row in rows]
    beside = [(words, y) for words, _, y in texts(chart) if words.endswith("%")]
    assert [words for words, _ in beside] == ["> 80 %", "> 90 %", "60 %"]
    assert [y for _, y in beside] == pytest.approx(heights, abs=3)
    low, high = (place_of(chart, word)[0] for word in ("50", "90"))
    assert sorted(x for words, x, _ in texts(chart) if words in ("50", "70", "90")) == [
        *[low, place_of(chart, "70")[0], high]
    ]

    def at(percent):
        return low + (percent - 50) * (high - low) / 40

    dots = [box for box in shapes(chart, "paper") if box[2] - box[0] > 4]
    assert [(box[0] + box[2]) / 2 for box in dots] == pytest.approx([at(90), at(60)], abs=1)
    arrows = [box for box in lines(chart, "ink") if box[2] - box[0] > 10]
    assert [(box[0], box[2]) for box in arrows] == [
        (pytest.approx(at(90), abs=3), pytest.approx(at(90) + 44, abs=12))
    ]
    assert looks(chart) == {"figure-beta-02": ("c2", "c2")}
    assert hints(chart) == {"figure-beta-02": "“more than 80% women”"}
    assert alternative(chart) == [
        "Beta: people with headaches: > 80 %",
        "Survey 2010: strict, referred patients: > 90 %",
        "Survey 2010: strict, adults in one town: 60 %",
    ]
    assert chart.caption.startswith(
        "Filled: the article; hollow: surveys; an arrow has no upper end short of 100. Three shares."
    )


def test_every_survey_is_shown_with_its_own_cells(page):
    table = page("prevalence").tables["table-benchmarks"]
    assert list(table.frame) == [
        *["Survey", "Who", "Case definition", "Have it, %", "From, to, %", "Women, %", "Note"]
    ]
    survey, town = "Survey 2010#https://doi.org/10.1000/survey", "Adults in one town"
    assert rows_of(table) == [
        [survey, town, "strict", "2", "1 to 3", "60", ""],
        [survey, town, "loose", "6", "4 to 8", "", ""],
        [survey, "Referred patients", "strict", "", "", "> 90", ""],
    ]


@pytest.mark.parametrize(
    ("comparator", "share", "told"),
    [
        ("at_least", 2, True),
        ("more_than", 2, True),
        ("exactly", 2, False),
        ("at_least", 3, False),  # another number than the survey's
    ],
)
def test_only_a_limit_at_the_survey_s_own_share_is_told_to_be_none(
    page, made_folder, comparator, share, told
):
    append(
        made_folder,
        "figures",
        figure_id="figure-beta-03",
        source_id="beta",
        passage_id="passage-beta-3-1",
        as_stated=f"{share} percent",
        kind="prevalence",
        low=share,
        high=share if comparator == "exactly" else "",
        unit="percent",
        comparator=comparator,
        denominator="adults",
        attributed_to="Agency",
    )
    assert bool(page("prevalence").values["turned"]) == told


def test_a_survey_with_a_range_alone_is_a_line_without_a_mark(page, made_folder):
    row = {"study_id": "trial-2023", "population": "Adults everywhere", "definition": "strict"}
    append(made_folder, "benchmarks", benchmark_id="benchmark-04", low=20, high=25, **row)
    chart = page("prevalence").charts["chart-prevalence-surveys"]
    assert "Trial 2023: strict: 20 to 25 %" in alternative(chart)
    zero, ten = (place_of(chart, word)[0] for word in ("0", "10"))
    longest = max(lines(chart, "ink"), key=lambda box: box[2])
    assert (longest[0], longest[2]) == pytest.approx(
        (zero + 2 * (ten - zero), zero + 2.5 * (ten - zero)), abs=1
    )
    assert len([box for box in shapes(chart, "paper") if box[2] - box[0] > 4]) == 2


def surveys(*rows):
    return pd.DataFrame(rows, columns=["study", "who", "point"])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        # four times as many, against a difference of 30 in one of twice as many
        (
            surveys(("s", "a", 30), ("s", "a", 60), ("t", "b", 8), ("t", "b", 2), ("t", "b", None)),
            [2, 8],
        ),
        # others of the same survey are another group
        (surveys(("s", "a", 2), ("s", "a", 6), ("s", "b", 50)), [2, 6]),
        (surveys(("s", "a", 2), ("s", "a", 2)), []),
        (surveys(("s", "a", 2)), []),
        (surveys(), []),
    ],
)
def test_the_survey_whose_shares_of_one_group_differ_most(rows, found):
    assert list(prevalence.widest(rows)["point"]) == found


def test_a_lower_limit_is_counted_among_shares_not_among_articles():
    rows = pd.DataFrame(
        {
            "source": ["a", "a", "b"],
            "article": ["Ay", "Ay", "Bee"],
            "high": [None, 3, 4],
            "as_stated": ["from 1", "3", "4"],
        }
    )
    assert prevalence.stated(rows, 5) == (
        "Two of the five articles state a share, as far as the copies show. "
        "One of three shares is only a lower limit: “from 1” (Ay)."
    )


def test_ends_that_are_alike_are_one_share():
    rows = pd.DataFrame({"low": [60, 60], "text": ["60 %", "60 %"]})
    assert prevalence.ends_title(rows, "women") == "60 percent of those affected are women"


def test_where_no_survey_went_by_several_rules_the_title_names_none(page, made_folder):
    path = made_folder / "data" / "benchmarks.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(row for row in rows if ",loose," not in row) + "\n")
    title = page("prevalence").charts["chart-prevalence-surveys"].title
    assert title == "Shares that articles and surveys give"
