"""How it was made: what was coded twice, what was searched, how hard this book is to read."""

import json

import nbformat
import pandas as pd
import pytest

from report import methods
from tests.reading import alternative, legend, place_of, row_names, rows_of, shapes

v4 = nbformat.v4


def glued(name, value):
    return v4.new_output(
        "display_data",
        {"application/papermill.record/text/plain": value},
        metadata={"scrapbook": {"name": name}},
    )


@pytest.fixture
def notebook():
    code = v4.new_code_cell("glue(n=3)")
    code.outputs = [glued("n", "three cats"), glued("both", "Two. And more."), glued("n2", "x")]
    opening = (
        "**In brief.** There are {glue:text}`n`. They *sleep*; see [more](x.ipynb).\n"
        "It {cite}`key` ends.\n\nThe text begins.\n"
    )
    rest = "(label)=\n## Heading\n\n- {glue:text}`both`\n- Lost: {glue:text}`gone`.\n| a | b |\n"
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("(page)=\n# Title"),
            code,
            v4.new_markdown_cell(opening),
            v4.new_markdown_cell(rest),
        ]
    )


def test_the_text_of_a_page_is_read_with_its_values(notebook):
    assert methods.sentences(notebook).to_numpy().tolist() == [
        [True, "There are three cats."],
        [True, "They sleep; see more."],
        [True, "It  ends."],
        [False, "The text begins."],
        [False, "Two."],
        [False, "And more."],
    ]


def test_a_page_without_in_brief_opens_before_its_first_heading():
    cells = [
        v4.new_markdown_cell("# Title\n\nFirst. Second."),
        v4.new_markdown_cell("Third."),
        v4.new_markdown_cell("## Heading\n\nFourth."),
        v4.new_markdown_cell("Fifth."),
    ]
    found = methods.sentences(v4.new_notebook(cells=cells))
    assert list(found["sentence"]) == ["First.", "Second.", "Third.", "Fourth.", "Fifth."]
    assert list(found["brief"]) == [True, True, True, False, False]


def test_grades_are_of_the_opening_and_of_all(notebook):
    text = methods.sentences(notebook)
    rows = methods.page_grades({"Cats": text, "Nothing": text.iloc[:0]}).set_index("page")
    # Kincaid and others 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59
    assert rows.loc["Cats", "brief"] == pytest.approx(0.39 * 10 / 3 + 11.8 * 10 / 10 - 15.59, 0.06)
    assert rows.loc["Cats", "words"] == 16
    assert rows.loc["Nothing", "words"] == 0
    assert rows.loc["Nothing"].isna().sum() == 2


def write_page(path, title, brief, rest):
    cells = [v4.new_markdown_cell(text) for text in (f"# {title}", f"**In brief.** {brief}", rest)]
    nbformat.write(v4.new_notebook(cells=cells), path)


@pytest.fixture
def shown(page, made_folder):
    (made_folder / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nparts:\n- chapters:\n  - file: a\n  - file: methods\n"
    )
    # Kincaid and others 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59
    write_page(made_folder / "index.ipynb", "Hard", "Unusual immunity everywhere.", "A cat sat.")
    write_page(made_folder / "a.ipynb", "Easy", "A good table is a table.", "A cat sat.")
    write_page(made_folder / "methods.ipynb", "Left out", "A cat.", "A cat.")
    (made_folder / "data" / "studies.csv").write_text(
        "study_id,label,verified\na,A,abstract\nb,B,page\nc,C,abstract\nd,D,excerpt\n"
    )
    (made_folder / "data" / "searches.csv").write_text(
        "search_id,date,corpus,query,found,note\n"
        "search-01,2026-01-01,public_pages,coffee trial,1,\n"
        "search-02,2026-01-02,public_pages,tea trial,0,Nothing.\n"
        "search-03,2026-01-02,reference_pages,tea trial,0,\n"
    )
    (made_folder / "data" / "readability.csv").write_text(
        "source_id,formula,words,sentences,score\n"
        "alpha,flesch_kincaid,100,10,12.1\nalpha,smog,100,10,20.0\n"
        "beta,flesch_kincaid,100,10,15.6\n"
    )
    return page("methods")


def test_the_page_counts_what_was_coded_read_and_searched(shown):
    values = shown.values
    assert (values["n_sources"], values["n_passages"]) == ("three articles", "eleven passages")
    assert values["max_words"] == "twelve"
    assert values["twice"] == "Coded twice are two tables: claims and treatment proposals."
    assert values["same"] == "Of three judgements that both made, 67 in 100 are the same."
    assert values["works"] == (
        "Of four studies and other works that the articles refer to or that came since, two were read in the "
        "abstract or the registry record, one also in a part of the text."
    )
    assert values["searched"].endswith("in three searches; two of them found nothing new.")
    assert values["articles_grade"].endswith("from grade 12 to 16.")
    assert values["again"].startswith("A second reader read them again")
    assert values["others"] and values["in_vain"]


def test_how_the_book_was_made_is_told_by_its_data(shown, page, made_folder):
    assert shown.values["reader"] == "A reader whom this book does not name"
    [readings, undone] = [thing.data for thing in shown.shown if hasattr(thing, "data")]
    assert readings.splitlines() == ["- The example was made up\\.", "- So were its articles\\."]
    assert undone == ""
    assert shown.values["readers"] == "Both readers were made up too."
    assert shown.values["searches"] == "The searches were made up."
    assert shown.values["reviewed"].startswith("No clinician and no patient has checked")
    path = made_folder / "data" / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["terms"] |= {"reader": "one person", "reviewer": "a dentist"}
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    values = page("methods").values
    assert values["reader"] == "One person"
    assert values["reviewed"] == "A dentist has checked the rows."


def test_a_book_without_second_reading_and_searches_tells_of_none(shown, page, made_folder):
    for table in ("codings", "searches", "making"):
        path = made_folder / "data" / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n")
    values = page("methods").values
    assert values["again"] == "Nobody has read them a second time."
    assert values["searched"] == "What has come since the articles has not been looked for yet."
    for name in ("others", "same", "in_vain", "readers", "searches"):
        assert values[name] == ""


def test_rules_reading_and_searches_are_shown(shown, made):
    rules = shown.tables["table-rules"].frame
    assert len(rules) == sum(len(r.get("rules", [])) for r in made.resources.values())
    read = shown.tables["table-read"].frame.set_index("Read")["Works"]
    assert (read["Abstract or record"], read["Publisher’s page"], read["Title"]) == (2, 1, 0)
    searched = shown.tables["table-searched"].frame
    assert searched.to_numpy().tolist() == [
        ["Stored public pages and abstracts", 2, 1],
        ["Stored reference pages", 1, 0],
    ]


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_pages_stand_at_their_grade_the_easiest_on_top(shown, layout):
    chart = shown.charts["chart-reading"]
    zero, goal = (place_of(chart, words, layout)[0] for words in ("0", "9"))
    grades = chart.rows.set_index("page")
    assert list(grades.index) == ["Easy", "Hard"]
    # six words of eight syllables; three words of twelve, and six of fifteen with the rest
    assert grades.loc["Easy", "brief"] == pytest.approx(0.39 * 6 + 11.8 * 8 / 6 - 15.59, abs=0.06)
    dots = sorted(shapes(chart, "accent", layout), key=lambda box: box[1])[-2:]
    xs = [(left + right) / 2 for left, _, right, _ in dots]
    assert xs[0] == pytest.approx(zero + (goal - zero) * grades["brief"].iloc[0] / 9, abs=2)
    assert xs[0] < goal < xs[1]
    easy, hard = (place_of(chart, words, layout)[1] for words in ("Easy", "Hard"))
    assert easy < hard
    assert chart.title.startswith("One of two pages begin")
    assert shown.values["grade_sentence"].endswith("; one of two keep to that.")


def test_opening_and_whole_text_have_the_look_of_their_legend(shown):
    chart = shown.charts["chart-reading"]
    assert row_names(chart) == ["Easy", "Hard"]
    found = legend(chart, "opening paragraph", "all of the page")
    assert [fill for fill, _ in found.values()] == ["accent", "quiet"]
    zero, goal = (place_of(chart, words)[0] for words in ("0", "9"))
    grades = chart.rows.set_index("page")
    for colour, column in (("accent", "brief"), ("quiet", "text")):
        for name in ("Easy", "Hard"):
            y = place_of(chart, name)[1]
            x = zero + grades.loc[name, column] * (goal - zero) / 9
            near = [
                box
                for box in shapes(chart, colour)
                if abs((box[1] + box[3]) / 2 - y) < 8 and box[2] - box[0] > 4
            ]
            assert [(box[0] + box[2]) / 2 for box in near] == [pytest.approx(x, abs=2)], name
    assert alternative(chart) == [
        f"{name}: {row['brief']:.1f} at the opening, {row['text']:.1f} in all"
        for name, row in grades.iterrows()
    ]


@pytest.mark.parametrize(("brief", "within"), [(9.0, "two of two"), (9.01, "one of two")])
def test_the_goal_is_kept_at_the_goal_itself(page, made_folder, monkeypatch, brief, within):
    (made_folder / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nparts:\n- chapters:\n  - file: a\n"
    )
    for name in ("index", "a"):
        write_page(made_folder / f"{name}.ipynb", name, "A cat sat.", "A cat sat.")

    def page_grades(pages):
        return pd.DataFrame(
            {"page": list(pages), "words": 9, "brief": [brief, 2.0], "text": [3.0, 3.0]}
        )

    monkeypatch.setattr(methods, "page_grades", page_grades)
    assert page("methods").values["grade_sentence"].endswith(f"; {within} keep to that.")


def test_rules_and_readings_are_shown_with_their_own_cells(shown, made):
    rules = shown.tables["table-rules"]
    assert list(rules.frame) == ["For", "Rule"]
    assert [str(rule) for rule in rules.frame[rules.frame["For"] == "Figures"]["Rule"]] == (
        made.resources["figures"]["rules"]
    )
    read = shown.tables["table-read"]
    assert list(read.frame) == ["Read", "Works", "Which means"]
    assert rows_of(read, "Read", "Works") == [
        ["Abstract and excerpt", "1"],
        ["Abstract or record", "2"],
        ["Publisher’s page", "1"],
        *[[level, "0"] for level in ("Secondary", "Title", "Source")],
    ]
    levels = made.levels("studies", "verified")
    assert list(read.frame["Which means"]) == list(levels["definition"])
    searched = shown.tables["table-searched"]
    assert list(searched.frame) == ["Searched in", "Searches", "Of these, found something"]
