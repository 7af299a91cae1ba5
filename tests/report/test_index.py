"""The first page and the README: the answer, what it rests on, and the one chart."""

import shutil

import pandas as pd
import pytest

from report import index
from report.lineage import witnesses
from tests.reading import (
    ROOT,
    alternative,
    append,
    hints,
    looks,
    marks,
    place_of,
    row_names,
    rows_of,
    standing,
    texts,
)

LABELS = {"a": "Ay", "b": "Bee", "c": "Cee"}
TERMS = {"yes": "it is", "no": "it is not", "awaited": "a drink of water"}


def stances(*said):
    return pd.Series(said, index=list("abc")[: len(said)])


@pytest.fixture(autouse=True)
def citation(made_folder):
    shutil.copy(ROOT / "CITATION.cff", made_folder)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (("asserts", "asserts", "asserts"), "Yes"),
        (("asserts", "hedges", "asserts"), "Not settled"),
        (("asserts", "silent", "asserts"), "Not settled"),
        (("asserts", "cannot tell", "asserts"), "Not settled"),
        (("disputes", "disputes", "disputes"), "No"),
        (("disputes", "silent", "silent"), "Not settled"),
        (("disputes", "asserts", "silent"), "Disputed"),
        (("both ways", "silent", "silent"), "Disputed"),
        (("disputes", "hedges", "reports"), "Not settled"),
        (("hedges", "reports", "leaves open"), "Not settled"),
        (("reports", "silent", "cannot tell"), "Not settled"),
        (("silent", "silent", "cannot tell"), "No answer"),
    ],
)
def test_the_answer_follows_from_the_stances(said, answer):
    assert index.answer(stances(*said)) == answer


def test_the_first_words_count_the_articles():
    three = index.opening(stances("silent", "silent", "silent"))
    assert three == "No answer, going by these three articles."
    assert index.opening(stances("asserts")) == "Yes, going by this article."


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            ("hedges", "reports", "silent"),
            "None of our copies says outright, in its own voice, that it is.",
        ),
        (("asserts", "hedges", "silent"), "Ay says in its own voice that it is."),
        (("asserts", "asserts", "silent"), "Ay and Bee say in their own voice that it is."),
        (
            ("disputes", "hedges", "disputes"),
            "None of our copies says outright, in its own voice, that it is. "
            "Ay and Cee say that it is not.",
        ),
        (
            ("asserts", "disputes", "both ways"),
            "Ay says in its own voice that it is. Bee says that it is not. Cee says both.",
        ),
    ],
)
def test_who_says_so_outright(said, sentence):
    assert index.outright(stances(*said), LABELS, TERMS) == sentence


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("asserts", "disputes", "asserts"), ""),
        (
            ("hedges", "reports", "silent"),
            (
                "Ay puts it less firmly; Bee leaves it to others to say so; "
                "Cee makes no claim about it."
            ),
        ),
        (("leaves open", "leaves open", "asserts"), "Ay and Bee leave it open."),
        (("silent", "silent", "asserts"), "Ay and Bee make no claim about it."),
        (
            ("asserts", "cannot tell", "asserts"),
            "What Bee had to say cannot be told, for its copy is damaged.",
        ),
        (
            ("asserts", "cannot tell", "cannot tell"),
            "What Bee and Cee had to say cannot be told, for their copies are damaged.",
        ),
    ],
)
def test_who_says_less(said, sentence):
    assert index.less_firmly(stances(*said), LABELS) == sentence


def test_the_stances_of_the_made_articles(made):
    claims, sources, question = made["claims"], made["sources"], made.descriptor["question"]
    assert index.stance_on(claims, sources, question).to_dict() == {
        "alpha": "hedges",
        "beta": "asserts",
        "gamma": "leaves open",
    }
    upside_down = index.stance_on(claims, sources[::-1], question)
    assert list(upside_down.index) == ["gamma", "beta", "alpha"]
    of_beta = index.stance_on(claims[claims["source_id"] == "beta"], sources, question)
    assert list(of_beta) == ["silent", "asserts", "cannot tell"]


def with_studies(made, pairs):
    rows = made["citations"].iloc[[0] * len(pairs)].copy()
    rows["source_id"], rows["study_id"] = zip(*pairs, strict=True)
    return made.replaced({"citations": rows})


def one_study(data):
    tables = (data[name] for name in ("citations", "studies", "sources"))
    return witnesses(*tables, data.levels("studies", "species")["label"], briefly=True)


def helped(data):
    names = ("proposals", "treatments", "citations", "study_facts", "sources")
    return index.helped(*(data[name] for name in names))


def tried(data):
    return index.tried(*(data[name] for name in ("proposals", "treatments", "sources")))


def test_one_study_makes_no_independent_witnesses(made):
    same = [("alpha", "mouse-2019"), ("gamma", "mouse-2019"), ("beta", "survey-2010")]
    assert one_study(with_studies(made, same)) == (
        "Two of the three tell of the same study (Mouse and others 2019: mice), "
        "so they are not independent witnesses."
    )
    each = [("alpha", "mouse-2019"), ("gamma", "survey-2010")]
    none = "No two of them tell of the same study."
    assert one_study(with_studies(made, each)) == none
    entered = with_studies(made, same[:2])
    entered["citations"]["how"] = ["described", "reference_entry"]
    assert one_study(entered) == none
    news = [("alpha", "release-2019"), ("gamma", "release-2019")]
    assert one_study(with_studies(made, news)) == none
    everyone = [(source, "mouse-2019") for source in ("alpha", "beta", "gamma")]
    assert one_study(with_studies(made, everyone)).startswith("All three tell")


def test_what_helped_names_people_and_comparison(made):
    beta = " Beta says that water did not help."
    assert helped(made) == f"What is said to have helped is water.{beta}"
    of_beta = made["proposals"]["source_id"] == "beta"
    other = made["proposals"].assign(
        treatment_id=made["proposals"]["treatment_id"].mask(of_beta, "tea")
    )
    assert helped(made.replaced({"proposals": other})) == "What is said to have helped is water."
    made = made.replaced({"proposals": made["proposals"][~of_beta]})
    assert helped(made) == "What is said to have helped is water."
    cited = made["citations"].iloc[[5]].assign(study_id="trial-2023", how="described")
    told = made.replaced({"citations": cited})
    assert helped(told) == (
        "What is said to have helped is water. That probably rests on a study that treated 30 people."
    )
    none = pd.concat(
        [
            made["study_facts"],
            made["study_facts"].iloc[[3]].assign(measure="no_comparison_group", value=pd.NA),
        ]
    )
    alone = told.replaced({"study_facts": none})
    assert helped(alone).endswith(
        "treated 30 people. Its abstract mentions no comparison with a placebo or no treatment."
    )
    facts = [none.assign(study_id=none["study_id"].replace("trial-2023", s)) for s in ("x", "y")]
    many = {"citations": pd.concat([cited.assign(study_id=s) for s in ("x", "y")])}
    many["study_facts"] = pd.concat(facts)
    assert helped(made.replaced(many)).endswith(
        " That probably rests on studies that treated 30 and 30 people. "
        "Their abstracts mention no comparison with a placebo or no treatment."
    )
    proposals = made["proposals"].query("role != 'reported_benefit'")
    assert helped(made.replaced({"proposals": proposals})) == (
        "No treatment is said to have helped. "
        "The part of Gamma that our damaged copy has lost may tell of one."
    )


def test_a_trial_in_a_damaged_copy_cannot_be_ruled_out(made):
    assert tried(made) == "Gamma names a trial of water in headache: “improved”."
    rows = made["proposals"].assign(evidence_stated="none")
    assert tried(made.replaced({"proposals": rows})) == (
        "No trial of a treatment is named. "
        "The part of Gamma that our damaged copy has lost may name one."
    )
    other = made["proposals"].query("source_id == 'beta'").assign(evidence_stated="trial")
    assert tried(made.replaced({"proposals": other})) == (
        "Beta names a trial of water in headache: “does not help”. "
        "The part of Gamma that our damaged copy has lost may name another."
    )
    named = made["proposals"].assign(note="The treatment is not named in the sentence.")
    assert "as it seems" not in tried(made.replaced({"proposals": named}))
    unsure = made["proposals"].assign(condition_basis="inferred")
    assert "water in headache, as it seems: “improved”" in tried(
        made.replaced({"proposals": unsure})
    )
    title = made["proposals"].assign(role="named_in_reference_title")
    assert "Gamma names" not in tried(made.replaced({"proposals": title}))


SEARCHES = pd.DataFrame({"search_id": ["search-01"], "found": [0]})


def since(*directions):
    return pd.DataFrame(
        {
            "bears_on": "q",
            "direction": directions,
            "study_id": [f"study-{n}" for n in range(len(directions))],
        }
    )


@pytest.mark.parametrize(
    ("directions", "sentence"),
    [
        ((), "We found no later work on the question itself."),
        (("context",), "We found no later work on the question itself."),
        (("open",), "We found one later work on the question itself, which leaves it open."),
        (
            ("open", "open"),
            "We found two later works on the question itself; both leave it open.",
        ),
        (
            ("open", "context", "open", "open"),
            "We found three later works on the question itself; all leave it open.",
        ),
        (
            ("supports", "open", "speaks_against", "speaks_against"),
            "We found four later works on the question itself: one supports a yes, "
            "two speak against it and one leaves it open.",
        ),
    ],
)
def test_what_came_since(directions, sentence):
    assert index.came_since(since(*directions), SEARCHES, "q") == sentence


def test_where_nobody_has_looked_nothing_is_said_to_be_found():
    told = index.came_since(since(), SEARCHES[:0], "q")
    assert told == "Nobody has looked yet for what has come out since."


@pytest.mark.parametrize(
    ("damaged", "words"),
    [
        ([], "none"),
        ([True], "one"),
        ([True] * 2, "both"),
        ([True] * 3, "all"),
        ([True, 0, 0], "one"),
    ],
)
def test_damaged_copies_are_counted(damaged, words):
    assert index.how_many_damaged(pd.Series(damaged, dtype=bool)) == words


def test_findings_of_one_work_count_once_and_other_questions_not_at_all():
    rows = since("open", "open", "supports").assign(study_id=["x", "x", "y"])
    rows["bears_on"] = ["q", "q", "other"]
    assert index.came_since(rows, SEARCHES, "q").startswith("We found one later work")
    rows = since("supports", "supports", "open").assign(study_id=["x", "x", "y"])
    assert index.came_since(rows, SEARCHES, "q").endswith(
        "one supports a yes and one leaves it open."
    )


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (0, "We know of no trial of a drink of water whose result is still to come."),
        (
            1,
            "One trial in patients has tested a drink of water; we did not find its result.",
        ),
        (
            2,
            "Two trials in patients have tested a drink of water; we did not find their results.",
        ),
    ],
)
def test_trials_without_a_result(n, sentence):
    rows = since(*["open"] * n, "supports").assign(
        bears_on="water-helps",
        published_as="registry_record",
        design="trial",
        studied_in="headache",
    )
    subject = {"awaited": "water-helps", "studied_in": "headache", "terms": TERMS}
    assert index.waiting(rows, subject) == sentence


def test_the_page_says_what_the_rows_say(page):
    found = page("index")
    assert found.values["opening"] == "Not settled, going by these three articles."
    assert found.values["outright"] == "Beta says in its own voice that it does."
    assert found.values["came_since"] == (
        "We found one later work on the question itself, which leaves it open."
    )
    cards = {thing.name: thing.cards for thing in found.shown if hasattr(thing, "cards")}
    head, beside, text = cards["verdicts"][0]
    assert (str(head), head.target) == ("Alpha", "article-alpha")
    assert [str(b) for b in beside] == ["Charity, 2020", "original"]
    assert beside[1].target == "https://example.org/alpha"
    assert text == "It says that coffee “may cause” headaches."
    assert [str(b) for b in cards["verdicts"][2][1]] == ["Health site, 2022"]
    ways = {head.target: text for head, _, text in cards["ways"]}
    assert ways["conflict"] == (
        "Of three statements that they share, one is affirmed by one and denied by another."
    )
    assert ways["strength"] == (
        "The firmest on the question: “causes headaches” (title; flat fact), Beta."
    )
    assert ways["retellings"] == (
        "Of two details of the mouse study, one is told in no article, as far as the copies show."
    )
    assert ways["prevalence"] == (
        "It depends on the rules and on how one asks: one survey found 2 to 6 percent."
    )
    assert ways["studies"] == (
        "Of one study whose number of patients we know, none had fewer than 100."
    )
    assert ways["omissions"] == (
        "One of two things that a reader would want to know is told in full by no article, "
        "as far as the copies show."
    )
    assert ways["sources"] == "Three articles, one in a badly damaged copy."
    assert ways["explorer"] == ("All 18 claims, figures and treatments, to search and to filter.")


@pytest.mark.parametrize(("people", "small"), [(99, "one"), (100, "none")])
def test_a_study_of_fewer_than_a_hundred_is_small(made_folder, page, people, small):
    path = made_folder / "data" / "study_facts.csv"
    facts = path.read_text(encoding="utf-8")
    path.write_text(facts.replace(",n_total,1000,", f",n_total,{people},"), encoding="utf-8")
    cards = [thing.cards for thing in page("index").shown if getattr(thing, "name", "") == "ways"]
    [studies] = [text for head, _, text in cards[0] if head.target == "studies"]
    assert studies.endswith(f"{small} had fewer than 100.")


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_marks_are_as_far_right_as_their_words_are_firm(page, layout):
    chart = page("index").charts["chart-answer"]
    at = marks(chart, layout)
    steps = ["Speculative", "Tentative", "Reported as shown"]
    x = {step: place_of(chart, step, layout)[0] for step in steps}
    step = (x["Reported as shown"] - x["Speculative"]) / 4
    assert step > 0 and x["Tentative"] == pytest.approx(x["Speculative"] + 2 * step, abs=1)
    x["Flat fact"] = x["Reported as shown"] + step
    for key, words in {
        "claim-gamma-01": "Speculative",
        "claim-alpha-01": "Tentative",
        "claim-alpha-02": "Reported as shown",
        "claim-beta-01": "Flat fact",
    }.items():
        assert abs(at[key][0] - x[words]) < step / 4, key
    assert at["claim-alpha-01"][1] == at["claim-alpha-02"][1] < at["claim-beta-01"][1]
    assert at["claim-beta-01"][1] < at["claim-gamma-01"][1]
    for key, place in {"claim-alpha-01": "title", "claim-alpha-02": "start"}.items():
        near = [w for w, _, y in texts(chart, layout) if 0 < y - at[key][1] < 25 and place in w]
        assert near, key


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_marks_of_an_article_at_one_step_stand_side_by_side(page, made_folder, layout):
    path = made_folder / "data" / "claims.csv"
    said = "said to cause,body,study_researchers,,supports,4,6,human_implicit,none,0,"
    path.write_text(
        path.read_text(encoding="utf-8")
        + f"claim-beta-09,beta,passage-beta-2-1,coffee-headache,They say it causes them.,{said}\n"
        + f"claim-beta-10,beta,passage-beta-3-1,coffee-headache,They say so again.,{said}\n"
    )
    chart = page("index").charts["chart-answer"]
    assert "Six statements in three articles" in chart.caption  # two of them share a mark
    at = marks(chart, layout)
    own, credited = at["claim-beta-01"], at["claim-beta-09"]
    assert own[1] == credited[1] and 8 < credited[0] - own[0] < 40
    below = [(y, w) for w, x, y in texts(chart, layout) if 0 < y - own[1] < 25 and x > own[0] - 60]
    assert sum(y == min(below)[0] for y, _ in below) == 1, "one label for both"


def test_the_title_of_the_chart_names_both_ends(page):
    assert page("index").charts["chart-answer"].title == (
        "The words run from speculative to flat fact"
    )


def test_the_chart_of_answers_has_every_mark_in_its_place_look_and_words(page):
    chart = page("index").charts["chart-answer"]
    articles = ["Alpha", "Beta", "Gamma"]
    steps = [*["Speculative", "Weak", "Tentative", "Probable", "Reported as shown", "Flat fact"]]
    assert row_names(chart) == articles
    below = [(x, words) for words, x, _ in texts(chart) if words in steps]
    assert [words for _, words in sorted(below)] == steps
    assert standing(chart, articles, steps) == {
        "claim-alpha-01": ("Alpha", "Tentative"),
        "claim-alpha-02": ("Alpha", "Reported as shown"),
        "claim-beta-01": ("Beta", "Flat fact"),
        "claim-gamma-01": ("Gamma", "Speculative"),
    }
    assert looks(chart) == {
        "claim-alpha-01": ("c1", "c1"),
        "claim-alpha-02": ("paper", "c1"),  # credited to researchers
        "claim-beta-01": ("c2", "c2"),
        "claim-gamma-01": ("c3", "c3"),
    }
    assert hints(chart) == {
        "claim-alpha-01": "“may cause”",
        "claim-alpha-02": "“showed that coffee causes”",
        "claim-beta-01": "“causes headaches”",
        "claim-gamma-01": "“remains open”",
    }
    assert alternative(chart) == [
        "Alpha: title, tentative",
        "Alpha: start, reported as shown",
        "Beta: title, flat fact",
        "Gamma: start, leaves open, speculative",
    ]
    assert chart.caption == (
        "How firmly the articles put it that coffee causes headaches, and where in the article. "
        "A filled mark is the article’s own voice, a hollow one somebody it credits. "
        "Four statements in three articles; each mark leads to its words. "
        "Our copy of Gamma is damaged: more may have been said."
    )


def test_who_says_nothing_on_the_question_is_told_apart_from_whose_copy_is_damaged(
    page, made_folder
):
    path = made_folder / "data" / "claims.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    silent = [r for r in rows if not r.startswith(("claim-beta-01", "claim-gamma-01"))]
    path.write_text("\n".join(silent) + "\n", encoding="utf-8")
    chart = page("index").charts["chart-answer"]
    for words, article in (("makes no claim", "Beta"), ("cannot tell", "Gamma")):
        assert abs(place_of(chart, words)[1] - place_of(chart, article)[1]) < 8, words
    assert "Two statements in one article" in chart.caption


def test_the_articles_stand_side_by_side_with_their_own_words(page, made_folder):
    append(
        made_folder,
        "proposals",
        proposal_id="proposal-alpha-02",
        source_id="alpha",
        passage_id="passage-alpha-3-1",
        treatment_id="tea",
        role="reported_benefit",
        condition="headache",
        evidence_stated="none",
        speaker="author",
        cue="tea helped",
    )
    table = page("index").tables["table-overview"]
    assert list(table.frame) == [
        "Article",
        "Published",
        "Firmest words on the question",
        "Named as a possible help",
        "Weakest words",
        "Share of people affected",
        "Rows",
        "Copy",
    ]
    beta = "“causes headaches” (title; flat fact)#claim-beta-01"
    gamma = "“remains open” (start, leaves open; speculative)#claim-gamma-01"
    assert rows_of(table) == [
        [
            "Alpha#article-alpha",
            "Charity, 2020",
            "“showed that coffee causes” (start; reported as shown)#claim-alpha-02",
            "Water#proposal-alpha-01, Tea#proposal-alpha-02",
            "“may cause” (title; tentative)#claim-alpha-01",
            "≥ 2.5 % of people#figure-alpha-01",
            "7",
            "whole or nearly",
        ],
        [
            "Beta#article-beta",
            "Clinic, 2021-05-01",
            beta,
            "nothing",
            beta,
            "10 to 30 % of coffee drinkers#figure-beta-01",
            "6",
            "whole or nearly",
        ],
        [
            "Gamma#article-gamma",
            "Health site, 2022",
            gamma,
            "Water#proposal-gamma-01",  # tea is in use there
            gamma,
            "cannot tell",
            "6",
            "damaged",
        ],
    ]


def test_the_cards_lead_to_every_page_with_its_finding(page, made_folder):
    rows = {"study_id": "survey-2020", "population": "Others", "definition": "strict"}
    append(made_folder, "benchmarks", benchmark_id="benchmark-04", prevalence=50, **rows)
    found = page("index")
    cards = {thing.name: thing.cards for thing in found.shown if hasattr(thing, "cards")}
    assert [(str(head), head.target, text) for head, _, text in cards["ways"]] == [
        (
            "Do the articles agree?",
            "conflict",
            "Of three statements that they share, one is affirmed by one and denied by another.",
        ),
        (
            "How strong are the words?",
            "strength",
            "The firmest on the question: “causes headaches” (title; flat fact), Beta.",
        ),
        (
            "What survives the retelling?",
            "retellings",
            "Of two details of the mouse study, one is told in no article, as far as the copies show.",
        ),
        ("Who rests on whom?", "lineage", found.values["one_study"]),
        (
            "How many people have it?",
            "prevalence",
            "It depends on the rules and on how one asks: one survey found 2 to 6 percent.",
        ),
        (
            "Which treatments are named?",
            "treatments",
            "What is said to have helped is water. Beta says that water did not help. "
            "Gamma names a trial of water in headache: “improved”.",
        ),
        (
            "How big are the studies?",
            "studies",
            "Of one study whose number of patients we know, none had fewer than 100.",
        ),
        (
            "What is left out?",
            "omissions",
            "One of two things that a reader would want to know is told in full by no article, "
            "as far as the copies show.",
        ),
        ("What has come since?", "since", found.values["came_since"]),
        ("What was read?", "sources", "Three articles, one in a badly damaged copy."),
        (
            "Where can I look something up?",
            "explorer",
            "All 18 claims, figures and treatments, to search and to filter.",
        ),
        ("How was it made?", "methods", "Who read what, how often, and what was checked."),
    ]
    assert [
        (str(head), [str(b) for b in beside], text) for head, beside, text in cards["verdicts"]
    ] == [
        ("Alpha", ["Charity, 2020", "original"], "It says that coffee “may cause” headaches."),
        ("Beta", ["Clinic, 2021", "original"], "A flat claim: coffee “causes headaches”."),
        (
            "Gamma",
            ["Health site, 2022"],
            "It leaves open whether coffee causes headaches at all.",
        ),
    ]


def test_what_is_told_changed_or_in_part_is_counted_apart(page, made_folder):
    """A detail that is only changed reaches a reader; a topic told in part is not told in full."""
    for table, old, new in (
        ("retellings", "alpha,kept", "alpha,dropped"),
        ("omissions", "harm,alpha,silent", "harm,alpha,partly"),
    ):
        path = made_folder / "data" / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    cards = {thing.name: thing.cards for thing in page("index").shown if hasattr(thing, "cards")}
    ways = {head.target: text for head, _, text in cards["ways"]}
    assert ways["retellings"].startswith(
        "Of two details of the mouse study, one is told in no article"
    )
    assert ways["omissions"].startswith("One of two things")


def test_only_studies_that_an_article_refers_to_are_counted_as_small(page, made_folder):
    append(
        made_folder,
        "citations",
        citation_id="citation-gamma-03",
        source_id="gamma",
        passage_id="passage-gamma-4-1",
        study_id="trial-2023",
        how="reference_entry",
        match="stated",
    )
    cards = {thing.name: thing.cards for thing in page("index").shown if hasattr(thing, "cards")}
    [studies] = [text for head, _, text in cards["ways"] if head.target == "studies"]
    assert studies == ("Of two studies whose number of patients we know, one had fewer than 100.")


@pytest.mark.parametrize(
    ("directions", "sentence"),
    [
        (("supports",), "itself, which supports a yes."),
        (("speaks_against",), "itself, which speaks against it."),
        (("supports", "supports"), "itself; both support a yes."),
    ],
)
def test_which_way_what_came_since_points(directions, sentence):
    assert index.came_since(since(*directions), SEARCHES, "q").endswith(sentence)


@pytest.mark.parametrize(
    "other",
    [
        {"bears_on": "coffee-headache"},
        {"published_as": "paper"},
        {"design": "survey"},
        {"studied_in": "other_pain"},
        {"direction": "supports"},
    ],
)
def test_only_a_registered_trial_of_what_is_awaited_is_waited_for(other):
    rows = since("open").assign(
        bears_on="water-helps",
        published_as="registry_record",
        design="trial",
        studied_in="headache",
    )
    subject = {"awaited": "water-helps", "studied_in": "headache", "terms": TERMS}
    assert index.waiting(rows, subject).startswith("One trial in patients")
    assert index.waiting(rows.assign(**other), subject).startswith("We know of no trial")


def test_words_that_are_all_alike_do_not_run():
    levels = pd.Series({1: "Weak", 2: "Firm", 3: "Flat fact"})
    said = index.run_of_words
    assert (
        said(pd.Series([1, 2]), levels)
        == "The words run from weak to firm; none states it as a flat fact"
    )
    assert said(pd.Series([3, 1]), levels) == "The words run from weak to flat fact"
    assert said(pd.Series([3, 3]), levels) == "The words are all flat fact"


def test_only_damaged_copies_leave_a_further_trial_in_doubt(made):
    rows = made["sources"].assign(damaged=[False, True, True])
    assert tried(made.replaced({"sources": rows})).endswith(
        "The part of Beta and Gamma that our damaged copies have lost may name another."
    )
    whole = made["sources"].assign(damaged=False)
    assert tried(made.replaced({"sources": whole})) == (
        "Gamma names a trial of water in headache: “improved”."
    )


def test_an_address_that_is_not_certain_is_said_to_be_so(page, made_folder):
    path = made_folder / "data" / "sources.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("org/beta,certain", "org/beta,likely"), encoding="utf-8")
    cards = {thing.name: thing.cards for thing in page("index").shown if hasattr(thing, "cards")}
    beside = [str(beside[1]) for _, beside, _ in cards["verdicts"][:2]]
    assert beside == ["original", "original (likely)"]


def test_all_that_the_first_page_says_follows_from_the_made_rows(page):
    assert page("index").values == {
        "asked": "Does coffee cause headaches?",
        "opening": "Not settled, going by these three articles.",
        "outright": "Beta says in its own voice that it does.",
        "one_study": "Two of the three tell of the same study (Mouse and others 2019: mice), "
        "so they are not independent witnesses.",
        "how_coded": "The articles were read twice and what they say was sorted; no clinician checked the result.",
        "came_since": "We found one later work on the question itself, which leaves it open.",
        "waiting": "One trial in patients has tested a drink of water; we did not find its result.",
    }


def test_the_title_tells_of_words_on_the_question_alone(page, made_folder):
    path = made_folder / "data" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("supports,6,6,human_implicit", "supports,6,5,human_implicit"))
    assert page("index").charts["chart-answer"].title == (  # Beta is flat on water, as before
        "The words run from speculative to reported as shown; none states it as a flat fact"
    )
