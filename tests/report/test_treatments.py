"""The page on treatments: the part that each plays, and what is behind a benefit."""

import pandas as pd
import pytest

from report import treatments
from tests.reading import (
    alternative,
    append,
    hints,
    legend,
    looks,
    marks,
    place_of,
    row_names,
    rows_of,
    standing,
    texts,
)

FACTS = pd.DataFrame(
    [
        ("s", "n_patients", 58.0),
        ("s", "n_treated", 15.0),
        ("t", "n_patients", 7.0),
        ("t", "no_comparison_group", None),
    ],
    columns=["study_id", "measure", "value"],
)


def proposal(passage, **cells):
    return {"proposal_id": "p", "source_id": "a", "passage_id": passage, **cells}


@pytest.mark.parametrize(
    ("passage", "studies"),
    [
        ("passage-a-13-6", ["s"]),  # goes on telling of what the passage before refers to
        ("passage-a-13-5", ["s"]),
        ("passage-a-13-4", ["t"]),
        ("passage-a-13-3", ["t"]),
        ("passage-a-13-2", []),
        ("passage-a-14-9", []),  # another paragraph
    ],
)
def test_a_study_is_behind_the_passages_that_go_on_telling_of_it(passage, studies):
    cited = pd.DataFrame(
        {"passage_id": ["passage-a-13-3", "passage-a-13-5"], "study_id": ["t", "s"]}
    )
    found = treatments.studies_behind(pd.DataFrame([proposal(passage)]), cited, FACTS)
    assert list(found["study_id"]) == studies


def test_people_treated_go_before_patients_and_a_missing_comparison_is_told():
    cited = pd.DataFrame({"passage_id": ["passage-a-1-1"] * 2, "study_id": ["s", "t"]})
    rows = pd.DataFrame([proposal("passage-a-1-1"), proposal("passage-a-1-2")])
    found = treatments.studies_behind(rows, cited, FACTS)
    assert found["treated"].tolist() == [15, 7]
    assert found["no_comparison"].tolist() == [False, True]


PARTS = pd.DataFrame(
    [
        ("a", "water", "head", "in use"),
        ("a", "water", "head", "said not to help"),
        ("a", "water", "head", "for others, or not yet"),
        ("a", "tea", "head", "put forward"),
        ("a", "tea", "foot", "said not to help"),
        ("b", "water", "head", "said not to help"),
        ("c", "water", "head", "said to help"),
    ],
    columns=["source_id", "treatment_id", "condition", "part"],
)


def test_for_and_against_must_be_of_one_source_and_treatment():
    assert treatments.for_and_against(PARTS).index.tolist() == [0, 1, 3, 4]


def test_for_and_against_can_be_of_one_condition():
    by = ["source_id", "treatment_id", "condition"]
    assert treatments.for_and_against(PARTS, by).index.tolist() == [0, 1]


def test_every_role_in_the_text_has_a_part(data):
    roles = set(data.levels("proposals", "role").index) - {"named_in_reference_title"}
    assert roles == set(treatments.PARTS)


def test_titles_in_reference_lists_are_left_out(page):
    shown = page("treatments")
    assert shown.values["naming"] == (
        "The articles name two treatments. "
        "One of these is put forward, asked about or said to have helped."
    )
    assert "proposal-gamma-03" not in marks(shown.charts["chart-roles"])


def test_the_page_tells_who_reports_a_benefit_and_who_names_a_trial(page):
    values = page("treatments").values
    assert values["helped"] == "What is said to have helped is water (Gamma)."
    assert (
        values["trials"] == "Gamma names a trial of water in headache, and says of it: “improved”."
    )
    assert values["others"] == "It is the only trial that we found named in a text."


@pytest.mark.parametrize(
    ("named", "in_titles", "sentence"),
    [
        (0, 3, ""),
        (2, 0, ""),
        (1, 0, "It is the only trial that we found named in a text."),
        (
            1,
            2,
            "It is the only trial that we found named in a text; "
            "titles of references name two more.",
        ),
    ],
)
def test_a_trial_is_called_the_only_one_as_far_as_it_is(named, in_titles, sentence):
    assert treatments.other_trials(named, in_titles) == sentence


def test_a_condition_that_the_sentence_does_not_name_is_told_as_what_it_seems(page, made_folder):
    path = made_folder / "data" / "proposals.csv"
    text = path.read_text()
    path.write_text(text.replace(",stated,trial,", ",inferred,trial,"))
    assert page("treatments").values["trials"] == (
        "Gamma names a trial of water in headache, as it seems, and says of it: “improved”."
    )


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (
            "no_comparison_group",
            " That probably rests on a study that treated 30 people. "
            "Its abstract mentions no comparison with a placebo or no treatment.",
        ),
        ("limit", " That probably rests on a study that treated 30 people."),
    ],
)
def test_a_benefit_is_told_with_how_many_and_against_whom(page, made_folder, measure, words):
    append(
        made_folder,
        "study_facts",
        fact_id="fact-trial-2023-03",
        study_id="trial-2023",
        statement="Nobody else was looked at.",
        measure=measure,
        status="V",
        verified_in="doi",
    )
    citations = made_folder / "data" / "citations.csv"
    citations.write_text(
        citations.read_text().replace(
            "passage-gamma-2-1,survey-2010,reference_entry",
            "passage-gamma-2-1,trial-2023,described",
        )
    )
    shown = page("treatments")
    assert shown.values["helped"].endswith(words)
    table = shown.tables["table-behind"].frame
    assert list(table["People treated"]) == [30]
    told = {True: "none, as far as its abstract tells", False: "not known here"}
    assert list(table["Placebo or untreated group"]) == [told[measure == "no_comparison_group"]]


def test_a_later_trial_is_dated_against_the_articles_that_report_a_benefit(page, made_folder):
    append(
        made_folder,
        "since",
        since_id="since-06",
        study_id="trial-2023",
        published="2023-02-01",
        bears_on="water-helps",
        design="trial",
        finding="It did no good.",
        shows_not="It was small.",
    )
    assert (
        page("treatments")
        .values["tested"]
        .endswith(
            " It did no good. It was small. (Trial 2023; published after Gamma first appeared.)"
        )
    )


@pytest.mark.parametrize(
    ("note", "reading"),
    [("“Tea” may mean coffee.", "On “tea is useless”: “Tea” may mean coffee."), ("", "")],
)
def test_what_an_article_says_both_ways_is_told_with_its_words(page, made_folder, note, reading):
    append(
        made_folder,
        "proposals",
        proposal_id="proposal-gamma-04",
        source_id="gamma",
        passage_id="passage-gamma-3-1",
        treatment_id="tea",
        role="judged_ineffective",
        condition="headache",
        evidence_stated="none",
        speaker="author",
        cue="tea is useless",
        note=note,
    )
    shown = page("treatments")
    assert shown.values["two_ways"] == (
        "Gamma names tea as in use, and also as no help: “tea is useless”, as we read it."
    )
    assert shown.values["readings"] == reading
    table = shown.tables["table-both-roles"].frame
    assert [str(cell) for cell in table["Article"]] == ["Gamma"]
    assert [link.target for link in table["For and against"].iloc[0]] == [
        "proposal-gamma-02",
        "proposal-gamma-04",
    ]


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_marks_stand_at_the_part_of_their_treatment(page, layout):
    chart = page("treatments").charts["chart-roles"]
    assert chart.title == "Of two treatments named, only one is said to have helped: water"
    at = marks(chart, layout)
    x = [at[f"proposal-{key}"][0] for key in ("alpha-01", "gamma-02", "gamma-01", "beta-01")]
    assert x == sorted(x)
    assert x[2] - x[1] == pytest.approx(x[1] - x[0], abs=1)
    heads = ("put forward", "in use", "said to help", "said not to help")
    if layout == 0:
        assert abs(place_of(chart, "in use")[0] - x[1]) < 30
    assert len(heads) == len(x)
    assert at["proposal-alpha-01"][1] == at["proposal-beta-01"][1] < at["proposal-gamma-02"][1]
    assert abs(place_of(chart, "Tea", layout)[1] - at["proposal-gamma-02"][1]) < 25


def test_a_mark_that_rests_on_animals_is_hollow(page):
    drawing = page("treatments").charts["chart-roles"].drawings[0]
    assert 'class="fill-paper stroke-c1"' in drawing
    assert 'class="fill-paper stroke-c2"' not in drawing
    assert "Water: Alpha, put forward (animal evidence)" in drawing


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_mentions_stand_in_the_row_of_their_evidence(page, layout):
    chart = page("treatments").charts["chart-evidence"]
    assert chart.title == (
        "Three mentions put a treatment forward or judge it: one names a trial, one no evidence at all"
    )
    at = marks(chart, layout)
    assert set(at) == {"proposal-alpha-01", "proposal-beta-01", "proposal-gamma-01"}
    for key, row in {"alpha": "Animal", "beta": "None named", "gamma": "Trial"}.items():
        assert abs(place_of(chart, row, layout)[1] - at[f"proposal-{key}-01"][1]) < 25


def test_a_dot_that_speaks_against_is_hollow(page):
    drawing = page("treatments").charts["chart-evidence"].drawings[0]
    hollow = drawing.split('href="#proposal-beta-01"')[1].split("</a>")[0]
    assert "fill-paper" in hollow
    assert "fill-accent" in drawing.split('href="#proposal-gamma-01"')[1].split("</a>")[0]


def test_each_treatment_is_shown_with_its_roles(page):
    table = page("treatments").tables["table-roles"].frame
    assert list(table["Treatment"]) == ["Water", "Tea"]
    assert list(table["Named"]) == [3, 2]
    assert [str(link) for link in table["In which roles"].iloc[1]] == [
        "in use (Gamma)",
        "named in a reference title (Gamma)",
    ]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("table-proposed", ["proposal-alpha-01"]),
        ("table-in-use", ["proposal-beta-01", "proposal-gamma-01", "proposal-gamma-02"]),
        ("table-elsewhere", ["proposal-gamma-03"]),
    ],
)
def test_rows_stand_in_the_table_of_their_role(page, name, rows):
    table = page("treatments").tables[name].frame
    assert [link.target for link in table["Row"]] == rows


def test_a_part_stands_in_its_column_in_the_look_of_its_article(page):
    chart = page("treatments").charts["chart-roles"]
    assert row_names(chart) == ["Water", "Tea"]
    # From left to right; the names of the last two are two lines each.
    heads = ["put forward", "in use", "said to help", "said not to", "for others, or"]
    above = sorted((x, words) for words, x, _ in texts(chart) if words in heads)
    assert [words for _, words in above] == heads
    assert standing(chart, ["Water", "Tea"], heads) == {
        "proposal-alpha-01": ("Water", "put forward"),
        "proposal-beta-01": ("Water", "said not to"),
        "proposal-gamma-01": ("Water", "said to help"),
        "proposal-gamma-02": ("Tea", "in use"),
    }
    assert looks(chart) == {
        "proposal-alpha-01": ("paper", "c1"),  # it rests on animals
        "proposal-beta-01": ("c2", "c2"),
        "proposal-gamma-01": ("c3", "c3"),
        "proposal-gamma-02": ("c3", "c3"),
    }
    fills = legend(chart, "Alpha", "Beta", "Gamma")
    assert [fill for fill, _ in fills.values()] == ["c1", "c2", "c3"]
    assert hints(chart) == {
        "proposal-alpha-01": "“may help”",
        "proposal-beta-01": "“does not help”",
        "proposal-gamma-01": "“improved”",
        "proposal-gamma-02": "“is drunk”",
    }
    assert alternative(chart) == [
        "Water: Alpha, put forward (animal evidence)",
        "Water: Beta, said not to help",
        "Water: Gamma, said to help",
        "Tea: Gamma, in use",
    ]
    assert chart.caption.startswith(
        "Each mark is an article and leads to its words; a hollow mark rests on animals. Four marks;"
    )


def test_a_mention_has_the_look_of_what_it_says_of_the_treatment(page):
    chart = page("treatments").charts["chart-evidence"]
    kinds = ["None named", "Animal", "Trial"]
    assert row_names(chart) == kinds
    assert {key: row for key, (row, _) in standing(chart, kinds, kinds).items()} == {
        "proposal-alpha-01": "Animal",
        "proposal-beta-01": "None named",
        "proposal-gamma-01": "Trial",
    }
    full, hollow = ("accent", "accent"), ("paper", "accent")
    assert looks(chart) == {
        "proposal-alpha-01": full,
        "proposal-beta-01": hollow,
        "proposal-gamma-01": full,
    }
    assert legend(chart, "put forward or said to help", "said not to help") == {
        "put forward or said to help": full,
        "said not to help": hollow,
    }
    assert hints(chart) == {
        "proposal-alpha-01": "Water: “may help”",
        "proposal-beta-01": "Water: “does not help”",
        "proposal-gamma-01": "Water: “improved”",
    }
    assert alternative(chart) == [
        "Water (Beta): None named, said not to help",
        "Water (Alpha): Animal, put forward",
        "Water (Gamma): Trial, said to help",
    ]


def another(made_folder, key, **cells):
    """Add a proposal of Alpha's on tea to the made package below a folder."""
    cells = {"role": "proposed", "condition": "headache", "evidence_stated": "none"} | cells
    append(
        made_folder,
        "proposals",
        **{"proposal_id": key, "source_id": "alpha", "passage_id": "passage-alpha-3-1"},
        **{"treatment_id": "tea", "speaker": "author", "cue": f"words of {key}"} | cells,
    )


def test_every_role_stands_in_one_table_and_in_its_column(page, made_folder):
    added = {
        "question": ("put forward", "table-proposed"),
        "given_in_study": ("in use", "table-in-use"),
        "reported_no_benefit": ("said not to", "table-in-use"),
        "in_development": ("for others, or", "table-elsewhere"),
        "available_for_other_disease": ("for others, or", "table-elsewhere"),
    }
    for n, role in enumerate(added):
        another(made_folder, f"proposal-alpha-1{n}", role=role)
    shown = page("treatments")
    chart = shown.charts["chart-roles"]
    heads = ["put forward", "in use", "said to help", "said not to", "for others, or"]
    at = standing(chart, ["Water", "Tea"], heads)
    tables = {
        name: [link.target for link in table.frame["Row"]]
        for name, table in shown.tables.items()
        if "Row" in table.frame
    }
    for n, (part, table) in enumerate(added.values()):
        key = f"proposal-alpha-1{n}"
        if n != 4:  # the chart shows a part of an article once
            assert at[key] == ("Tea", part)
        if n != 1:
            assert key in tables[table], key
    assert shown.values["naming"].startswith("The articles name two treatments. Two of these are")
    assert "proposal-alpha-14" not in at


def test_a_trial_in_the_title_of_a_reference_is_not_a_trial_that_is_named(page, made_folder):
    path = made_folder / "data" / "proposals.csv"
    text = path.read_text(encoding="utf-8")
    title = "named_in_reference_title,headache,stated"
    path.write_text(text.replace(f"{title},none", f"{title},trial"))
    values = page("treatments").values
    assert values["trials"].startswith("Gamma names a trial of water")
    assert values["others"] == (
        "It is the only trial that we found named in a text; the title of a reference names one more."
    )


def test_what_is_named_twice_is_counted_twice_and_shown_by_article(page, made_folder):
    another(made_folder, "proposal-alpha-10", treatment_id="water", cue="helps")
    table = page("treatments").tables["table-roles"]
    assert list(table.frame) == ["Treatment", "Named", "In which roles"]
    assert rows_of(table) == [
        [
            "Water",
            "4",
            "proposed (Alpha)#proposal-alpha-01, judged ineffective (Beta)#proposal-beta-01, "
            "benefit reported (Gamma)#proposal-gamma-01",
        ],
        [
            "Tea",
            "2",
            "in use (Gamma)#proposal-gamma-02, "
            "named in a reference title (Gamma)#proposal-gamma-03",
        ],
    ]


def test_marks_of_one_row_of_evidence_stand_side_by_side(page, made_folder):
    another(made_folder, "proposal-alpha-10")
    chart = page("treatments").charts["chart-evidence"]
    at = marks(chart)
    assert at["proposal-alpha-10"][1] == at["proposal-beta-01"][1]
    first, second = at["proposal-alpha-10"][0], at["proposal-beta-01"][0]  # what is for comes first
    assert second - first > 20
    assert at["proposal-gamma-01"][0] == pytest.approx(first, abs=1)
    assert "two no evidence at all" in chart.title


def test_only_trials_of_what_is_said_to_help_are_told_as_tests_of_it(page, made_folder):
    append(
        made_folder,
        "since",
        since_id="since-06",
        study_id="survey-2010",
        published="2021-02-01",
        bears_on="water-helps",
        design="survey",
        finding="Many drink it.",
        shows_not="A survey is no test.",
    )
    append(
        made_folder,
        "since",
        since_id="since-07",
        study_id="mouse-2024",
        published="2021-02-01",
        bears_on="water-helps",
        design="trial",
        finding="It was tried.",
        shows_not="It was tried on few.",
    )
    assert page("treatments").values["tested"] == (
        "Water did no better than nothing. It was a small trial. "
        "(Trial 2023; published after Gamma first appeared.) "
        "A larger trial is over without a result seen. It does not tell whether water helps. "
        "(Record 2024.) "
        "It was tried. It was tried on few. (Mouse again 2024.)"  # before Gamma appeared
    )


def test_a_study_behind_a_benefit_is_shown_with_what_it_found(page, made_folder):
    for key, measure, statement in (
        ("03", "finding", "They slept better."),
        ("04", "limit", "They were few."),
    ):
        append(
            made_folder,
            "study_facts",
            fact_id=f"fact-trial-2023-{key}",
            study_id="trial-2023",
            statement=statement,
            measure=measure,
            status="V",
            verified_in="doi",
        )
    citations = made_folder / "data" / "citations.csv"
    text = citations.read_text(encoding="utf-8")
    citations.write_text(
        text.replace("gamma-2-1,survey-2010,reference_entry", "gamma-2-1,trial-2023,described")
    )
    table = page("treatments").tables["table-behind"]
    assert list(table.frame) == [
        *["Article", "It says", "Study", "People treated", "Placebo or untreated group"],
        "What was found",
    ]
    assert rows_of(table) == [
        [
            "Gamma#article-gamma",
            "“improved”#proposal-gamma-01",
            "Trial 2023",
            "30",
            "not known here",
            "They slept better.",
        ]
    ]


def test_every_proposal_is_shown_with_its_own_cells(page):
    tables = page("treatments").tables
    columns = ["Row", "Source", "Treatment", "Role", "For which condition", "Evidence named"]
    columns += ["In its words", "Where", "Who says it"]
    names = ("table-proposed", "table-in-use", "table-elsewhere")
    assert all(list(tables[name].frame) == columns for name in names)
    assert [tables[name].caption for name in names] == [
        "Proposed, or asked about",
        "In use, said to help, said not to help",
        "In development, for another condition, in a title",
    ]
    author, researchers = "The article’s author", "Researchers of a named study"
    assert [row for name in names for row in rows_of(tables[name])] == [
        [
            *["proposal-alpha-01", "Alpha#article-alpha", "Water", "Proposed", "headache"],
            *["Animal", "“may help”", "line 3, body", author],
        ],
        [
            *["proposal-beta-01", "Beta#article-beta", "Water", "Judged ineffective", "headache"],
            *["None named", "“does not help”", "line 3, body", author],
        ],
        [
            *["proposal-gamma-01", "Gamma#article-gamma", "Water", "Benefit reported", "headache"],
            *["Trial", "“improved”", "line 2, body", researchers],
        ],
        [
            *["proposal-gamma-02", "Gamma#article-gamma", "Tea", "In use", "headache"],
            *["None named", "“is drunk”", "line 2, body", author],
        ],
        [
            *["proposal-gamma-03", "Gamma#article-gamma", "Tea", "Named in a reference title"],
            *["headache", "None named", "“Tea for headache”", "line 4, reference", researchers],
        ],
    ]


def behind(*treated, alone=True):
    return pd.DataFrame(
        {
            "study_id": [f"s{n}" for n in range(len(treated))],
            "treated": pd.Series(treated, dtype="Int64"),
            "no_comparison": alone,
        }
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (behind(None), ""),
        (behind(1, alone=False), " That probably rests on a study that treated one person."),
        (
            behind(7, 15, 4),
            " That probably rests on studies that treated 7, 15 and 4 people. "
            "Their abstracts mention no comparison with a placebo or no treatment.",
        ),
        (
            behind(7, 15, 4, 9, alone=[True, True, False, True]),
            " That probably rests on studies that treated from 4 to 15 people.",
        ),
        (
            pd.concat([behind(15), behind(15)]),  # two articles tell of it
            " That probably rests on a study that treated 15 people. "
            "Its abstract mentions no comparison with a placebo or no treatment.",
        ),
    ],
)
def test_people_treated_are_told_by_study(rows, said):
    assert treatments.people_treated(rows) == said


def test_too_many_mentions_are_counted_by_what_they_say(page, made_folder):
    path = made_folder / "data" / "proposals.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    of = {key: rows[rows["proposal_id"] == f"proposal-{key}"] for key in ("alpha-01", "beta-01")}
    more = [
        rows_.assign(proposal_id=f"proposal-{key[:-3]}-{n}")
        for key, rows_, count in (("alpha-01", of["alpha-01"], 60), ("beta-01", of["beta-01"], 4))
        for n in range(10, 10 + count)
    ]
    pd.concat([rows, *more]).to_csv(path, index=False)
    chart = page("treatments").charts["chart-evidence"]
    assert row_names(chart) == ["None named", "Animal", "Trial"]
    assert alternative(chart) == [
        "None named: five mentions said not to help",
        "Animal: 61 mentions put forward or said to help",
        "Trial: one mention put forward or said to help",
    ]
    fills = legend(chart, "put forward or said to help", "said not to help")
    assert [fill for fill, _ in fills.values()] == ["shade5", ""]
