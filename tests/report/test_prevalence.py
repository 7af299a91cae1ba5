"""The page on prevalence: shares as stated beside surveys."""

import pytest

from tests.reading import append, lines, marks, place_of, texts


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
            population=f"Patients of {share} clinics",
            definition=definition,
            prevalence=share,
        )
    shown = page("prevalence")
    assert " came to 2 or 6 percent, " in shown.values["by_the_rules"]
    chart = shown.charts["chart-prevalence-surveys"]
    assert "two of patients are left out" in chart.caption
    assert not any("50 %" in words for words, _, _ in texts(chart))


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
