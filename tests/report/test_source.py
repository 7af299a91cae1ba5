"""The page of an article: one page for all, the article as a picture, its findings, its claims."""

import json
import re

import nbformat
import pandas as pd
import pytest

from evidence.tables import Table
from report import source
from tests.reading import (
    ET,
    ROOT,
    SVG,
    alternative,
    append,
    hints,
    legend,
    looks,
    marks,
    rows_of,
    run_page,
    shapes,
)

CONTENT = ["title", "body", "list_stem"]


@pytest.fixture
def article(made_folder, monkeypatch):
    """Run the page of an article on the made data package: ``article("alpha")``."""
    model = min(path.stem for path in (ROOT / "chapters").glob("source-*.ipynb"))
    swap = model.removeprefix("source-")
    return lambda key: run_page(model, made_folder, monkeypatch, (swap, key))


def test_the_pages_differ_in_their_article_alone(data):
    pages = set()
    for row in data["sources"].itertuples():
        notebook = nbformat.read(ROOT / f"chapters/source-{row.source_id}.ipynb", 4)
        text = "\n\n".join(f"{cell.cell_type}: {cell.source}" for cell in notebook.cells)
        assert text.count(f'SOURCE = "{row.source_id}"') == 1
        assert text.count(f"(article-{row.source_id})=\n# {row.label}\n") == 1
        assert text.count(row.source_id) == 2, "what differs is the label and SOURCE"
        pages.add(text.replace(row.source_id, "KEY").replace(f"# {row.label}", "# LABEL"))
    assert len(pages) == 1


PASSAGES = pd.DataFrame(
    {
        "passage_id": ["p1", "p2", "p3", "p4", "p5", "p6"],
        "words": [4, 8, 3, 5, 6, 2],
        "role": ["title", "body", "list_stem", "body", "reference", "body"],
    }
)
CLAIMS = pd.DataFrame(
    {
        "claim_id": ["c1", "c2", "c3", "c4", "c6"],
        "passage_id": ["p1", "p2", "p2", "p4", "p6"],
        "certainty": [2, 5, 3, 6, 4],
    }
)
LOSSES = pd.DataFrame(
    {
        "loss_id": ["l1", "l2", "l3"],
        "passage_id": ["p1", "p3", "p4"],
        "kind": ["title_missing", "list_missing", "misprint"],
    }
)


def test_a_passage_is_as_firm_as_its_firmest_claim():
    assert source.kinds(PASSAGES, CLAIMS, CONTENT).to_dict() == {
        "p1": "possible",
        "p2": "shown",
        "p3": "text",
        "p4": "shown",
        "p5": "beside",
        "p6": "likely",
    }


def test_every_level_of_certainty_has_one_colour(data):
    levels = [level for pair in source.FIRMNESS.values() for level in pair]
    assert sorted(levels) == list(data.levels("claims", "certainty").index)
    assert set(source.KINDS) == {*source.FIRMNESS, "text", "beside", "gap"}


def test_passages_follow_one_another_and_lines_break_as_on_a_page():
    pieces = source.segments(PASSAGES, CLAIMS, LOSSES, CONTENT, per_line=20)
    assert [tuple(row) for row in pieces.itertuples(index=False)] == [
        ("gap", "l1", 0, 0, 6),  # a lost title comes before its passage
        ("possible", "c1", 0, 6, 10),
        ("shown", "c2", 0, 10, 18),
        ("text", "", 0, 18, 20),
        ("text", "", 1, 0, 1),
        ("gap", "l2", 1, 1, 7),  # a lost list after it; a misprint is no gap
        ("shown", "c2", 1, 7, 12),  # the stretch goes on over the list's stem
        ("beside", "", 1, 12, 18),
        ("likely", "c6", 1, 18, 20),
    ]


def test_the_share_told_as_shown_is_one_of_words_and_leaves_references_out():
    kind_of = source.kinds(PASSAGES, CLAIMS, CONTENT)
    assert source.share_shown(PASSAGES, kind_of) == pytest.approx(13 / 22)


def claim(cue, place, polarity="supports"):
    return {"cue": cue, "place": place, "polarity": polarity}


@pytest.mark.parametrize(
    ("claims", "lost", "damaged", "sentence"),
    [
        (
            [claim("may be", "title"), claim("is", "end")],
            [],
            False,
            "On the question itself it says “may be” (title) and “is” (end).",
        ),
        (
            [claim("remains", "start", "open")],
            ["title_missing"],
            True,
            "On the question itself it says “remains” (start, left open). "
            "Its title is lost in our copy.",
        ),
        (
            [claim("is not", "end", "opposes")],
            [],
            False,
            "On the question itself it says “is not” (end, against it).",
        ),
        (
            [],
            ["misprint"],
            False,
            "It neither says nor denies in so many words that coffee causes headaches.",
        ),
        (
            [],
            ["title_missing"],
            True,
            "In what is left of our copy it neither says nor denies in so many words that "
            "coffee causes headaches. Its title is lost in our copy.",
        ),
    ],
)
def test_what_it_says_on_the_question(claims, lost, damaged, sentence):
    frame = pd.DataFrame(claims, columns=["cue", "place", "polarity"])
    assert source.on_question(frame, lost, damaged, "Coffee causes headaches.") == sentence


def test_who_speaks():
    claims = pd.DataFrame({"speaker": ["author", "reader", "other_experts"]})
    own = ("author", "reader")
    assert source.voices(claims, own) == (
        "It makes three claims: one in its own voice, "
        "one in that of a reader whose letter it prints, one credited to others."
    )
    assert source.voices(claims, ("author",)) == (
        "It makes three claims: one in its own voice, two credited to others."
    )
    assert source.voices(claims.iloc[:0], own) == "We found no claim in it."


def test_what_is_put_forward():
    names = {"water": "Water", "ivig": "IVIg"}
    rows = pd.DataFrame(
        {
            "role": ["proposed", "reported_benefit", "in_use"],
            "treatment_id": ["water", "ivig", "tea"],
        }
    )
    more = " More may have stood in what our copy has lost."
    told = "Named in it as something that may help, or has helped: water and IVIg."
    assert source.put_forward(rows, names, False) == told
    assert source.put_forward(rows, names, True) == told + more
    assert source.put_forward(rows.iloc[2:], names, False) == "It puts no treatment forward."
    assert source.put_forward(rows.iloc[2:], names, True).endswith(more)


def test_what_is_left_out_and_what_cannot_be_told():
    topics = {"harm": "What harm it does.", "cost": "What it costs.", "size": "How many."}
    rows = pd.DataFrame(
        {"topic": ["harm", "cost", "size"], "state": ["silent", "silent", "cannot_tell"]}
    )
    assert source.left_out(rows, topics) == (
        "Not told: what harm it does; what it costs. Our damaged copy cannot tell: how many."
    )
    partly = rows.iloc[:1].assign(state="partly")
    assert source.left_out(partly, topics) == "Told only in part: what harm it does."
    told = rows.assign(state="told")
    assert source.left_out(told, topics) == "Of what we looked for, it tells all."


def test_steps_beyond_the_study():
    kinds = {"species": "Mice are told as people.", "therapy": "From mice to treatment."}
    rows = pd.DataFrame({"kind": ["species", "therapy"], "state": ["made", "made_with_hedge"]})
    assert source.beyond(rows, kinds) == (
        "Steps beyond the study: mice are told as people. "
        "Steps beyond the study in careful words: from mice to treatment."
    )
    none = rows.assign(state=["not_made", "cannot_tell"])
    assert source.beyond(none, kinds) == "We saw no step beyond the study."


def test_errors_on_record_count_once():
    rows = pd.DataFrame(
        {
            "row": ["c1", "c2", "c3", "other"],
            "concerns": ["source", "source", "coding", "source"],
            "same_as": ["", "correction-01", "", ""],
        }
    )
    assert source.corrected(rows, ["c1", "c2", "c3"]) == "One error in it is on record."
    assert source.corrected(rows, ["c3"]) == "We have no error of it on record."
    both = rows.assign(same_as="")
    assert source.corrected(both, ["c1", "c2"]) == "Two errors in it are on record."


def test_structured_data_cannot_be_ended_by_the_data():
    claims = pd.DataFrame(
        {"claim_id": ["claim-a-01"], "statement": ["</script><script>alert(1)</script>"]}
    )
    element = source.structured({"title": "Coffee", "url": ""}, claims)
    assert element.count("<") == 2
    inside = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', element)[1]
    work, said = json.loads(inside)["@graph"]
    assert work == {"@type": "Article", "@id": "#article", "headline": "Coffee"}
    assert said["@id"] == "#claim-a-01" and said["appearance"] == {"@id": "#article"}
    assert said["text"] == "</script><script>alert(1)</script>"


def test_the_page_opens_with_its_verdict(article):
    values = article("alpha").values
    assert values["verdict"] == "It says that coffee “may cause” headaches."
    assert values["good"] == "It names the study."
    assert values["careful"] == "It rests on mice."
    assert (values["good_is"], values["careful_of"]) == (
        "What is good about it.",
        "What to be careful of.",
    )
    assert values["judged"].startswith("This is our own judgement")
    assert values["damage"] == ""
    assert values["kind"] == "Charity"
    assert values["voices"] == (
        "It makes three claims: two in its own voice, one credited to others."
    )
    assert values["on_question"] == (
        "On the question itself it says “may cause” (title) "
        "and “showed that coffee causes” (start)."
    )
    assert values["corrected"] == "We have no error of it on record."
    assert article("beta").values["corrected"] == "One error in it is on record."
    assert article("gamma").values["damage"].startswith("Our copy is badly damaged")


@pytest.mark.parametrize(("source", "careful_of"), [("alpha", ""), ("gamma", "What to be careful")])
def test_a_page_without_a_verdict_promises_none(article, made_folder, source, careful_of):
    path = made_folder / "data" / "verdicts.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n")
    values = article(source).values
    assert values["verdict"].startswith("Nobody has judged the article of ")
    assert not any(values[name] for name in ("good_is", "good", "careful", "judged"))
    assert values["careful_of"].startswith(careful_of)
    assert bool(values["careful_of"]) == bool(values["damage"])


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_the_picture_has_passages_in_order_as_long_as_their_words(article, layout):
    chart = article("alpha").charts["chart-article-alpha"]
    assert chart.title == "In 84% of the text, something is put as shown or as fact"
    at = marks(chart, layout)
    assert set(at) == {"claim-alpha-01", "claim-alpha-02"}
    assert at["claim-alpha-01"][0] < at["claim-alpha-02"][0]
    width = {
        colour: max(right - left for left, _, right, _ in shapes(chart, colour, layout))
        for colour in ("shade3", "shade5", "rule")
    }
    # words: 4 in the title, 15 and 27 in the body, 4 in the heading; room of 0.15 at each side
    # Beside the title, a narrow layout has no room for all of the body.
    body = 41.7 if layout == 0 else 29.7
    assert width["shade5"] / width["shade3"] == pytest.approx(body / 3.7, rel=0.02)
    assert width["rule"] == pytest.approx(width["shade3"], rel=0.02)


def test_a_gap_stands_after_the_words_that_announce_it(article):
    chart = article("gamma").charts["chart-article-gamma"]
    at = marks(chart)
    assert at["claim-gamma-01"][0] < at["claim-gamma-02"][0] < at["loss-gamma-01"][0]
    assert "one gap where text is, or may be, lost; how much, nobody knows" in chart.caption
    assert "gap" not in article("alpha").charts["chart-article-alpha"].caption
    light, firmer = shapes(chart, "shade1"), shapes(chart, "shade3")
    assert max(light)[0] < max(firmer)[0], "the speculative passage comes first"


def test_the_tables_of_the_page(article):
    tables = article("gamma").tables
    assert list(tables) == [
        f"{name}-gamma"
        for name in ("claims", "figures", "treatments", "citations", "losses", "passages")
    ]
    assert [str(key) for key in tables["claims-gamma"].frame["Row"]] == [
        "claim-gamma-01",
        "claim-gamma-02",
    ]
    assert all(isinstance(t, Table) and 0 < t.lead <= 5 for t in tables.values())
    accounts = tables["passages-gamma"].frame.set_index("Role")
    assert accounts.loc["Body", ["Passages", "Words", "Claims"]].tolist() == [1, 17, 1]
    assert accounts.loc["List stem", "Not coded, because"].endswith(": 1")
    assert accounts.loc["Reference", ["Words", "Claims"]].tolist() == [5, 0]


def test_the_claims_are_there_for_machines(article):
    page = article("alpha")
    script = next(thing.data for thing in page.shown if hasattr(thing, "data"))
    assert script.startswith('<script type="application/ld+json">')
    assert script.count('"@type": "Claim"') == 3


def test_a_page_says_that_its_article_was_coded_once():
    assert source.reading({"coded": "twice"}) == ""
    assert source.reading({"coded": "once"}).startswith("It was coded once only")


def test_pieces_have_the_shade_of_how_firm_they_are_and_follow_one_another(article):
    chart = article("gamma").charts["chart-article-gamma"]
    assert looks(chart) == {
        "claim-gamma-01": ("shade1", ""),
        "claim-gamma-02": ("shade3", ""),
        "loss-gamma-01": ("paper", "c2"),
    }
    assert legend(
        chart,
        "tentative, probable",
        "speculative, weak",
        "no claim in it",
        "references, menus",
        "lost in our copy",
    ) == {
        "tentative, probable": ("shade3", ""),
        "speculative, weak": ("shade1", ""),
        "no claim in it": ("rule", ""),
        "references, menus": ("paper", "rule"),
        "lost in our copy": ("paper", "c2"),
    }
    assert legend(article("alpha").charts["chart-article-alpha"], "as shown or as fact") == {
        "as shown or as fact": ("shade5", "")
    }
    assert hints(chart) == {
        "claim-gamma-01": "“remains open”",
        "claim-gamma-02": "“probably helps”",
        "loss-gamma-01": "Lost: the list of remedies.",
    }
    assert alternative(chart) == [
        "speculative, weak: “remains open”",
        "tentative, probable: “probably helps”",
        "lost in our copy: Lost: the list of remedies.",
    ]
    assert chart.title.startswith("In 0% of the text")
    assert chart.caption.endswith(
        "Four passages, one gap where text is, or may be, lost; how much, nobody knows."
    )


def test_lines_follow_one_another_downwards(article):
    chart = article("beta").charts["chart-article-beta"]
    # Beta's words are all told as shown or as fact: 46 of them, on a phone's lines of 30.
    assert chart.title.startswith("In 100% of the text")
    narrow = [box for box in shapes(chart, "shade5", 1) if box[2] - box[0] > 60]
    whole = [box for box in shapes(chart, "shade5", 0) if box[2] - box[0] > 60]
    assert narrow and whole
    root = ET.fromstring(chart.drawings[1])
    [path] = [
        path.get("d") for anchor in root.iter(f"{SVG}a") for path in anchor.iter(f"{SVG}path")
    ]
    corners = [
        [tuple(map(float, xy)) for xy in re.findall(r"(-?[\d.]+) (-?[\d.]+)", part)]
        for part in path.split("M")[1:]
    ]
    boxes = [(min(x for x, _ in c), min(y for _, y in c), max(x for x, _ in c)) for c in corners]
    assert [y for _, y, _ in boxes] == sorted(y for _, y, _ in boxes), "the first line is on top"
    last = [box for box in boxes if box[1] == max(y for _, y, _ in boxes)]
    assert max(right for *_, right in last) < max(right for *_, right in boxes)


def test_what_stands_above_the_picture_is_the_article_s_own(article, made_folder):
    error = {"concerns": "source", "passage_id": "passage-gamma-2-1", "row": "figure-gamma-01"}
    append(made_folder, "corrections", correction_id="correction-03", **error)
    values = article("gamma").values
    assert values["verdict"] == "It leaves open whether coffee causes headaches at all."
    assert (values["good"], values["careful"]) == ("It tells of a trial.", "It gives no number.")
    assert (values["kind"], values["published"]) == ("Health site", "2022")
    assert values["title"] == "Coffee and heads. (The title is lost in our copy.)"
    assert article("alpha").values["title"] == "Coffee may cause headaches."
    assert article("alpha").values["address"] == (
        "[Read the original](<https://example.org/alpha>). "
        "Its address is certain: the text of the page was matched."
    )
    assert values["note"] == "The list after the third line is lost."
    assert values["damage"] == (
        "Our copy is badly damaged: what it does not say, the article may say."
    )
    assert values["reading"].startswith("It was coded once only")
    assert values["corrected"] == "One error in it is on record."  # of a figure
    assert values["on_question"] == (
        "On the question itself it says “remains open” (start, left open)."
    )
    assert values["voices"] == "It makes two claims: two in its own voice, none credited to others."
    assert values["put_forward"] == (
        "Named in it as something that may help, or has helped: water. "
        "More may have stood in what our copy has lost."
    )
    assert values["beyond"] == (
        "Steps beyond the study in careful words: "
        "from an experiment in animals to the treatment of people."
    )
    assert values["left_out"] == (
        "Our damaged copy cannot tell: what harm a treatment may do; how many were studied."
    )
    beta = article("beta").values
    assert beta["beyond"] == "Steps beyond the study: a result in animals is told as one in people."
    assert beta["left_out"] == (
        "Not told: how many were studied. Told only in part: what harm a treatment may do."
    )
    assert beta["put_forward"] == "It puts no treatment forward."


def test_every_row_of_an_article_is_shown_with_its_own_cells(article):
    tables = article("alpha").tables
    live = "https://example.org/alpha#:~:text="

    def look(words):
        return f"look for “{words}”#{live}{words.replace(' ', '%20')}"

    assert list(tables["claims-alpha"].frame) == [
        *["Row", "What is claimed", "In its words", "Certainty", "Where", "Who says it"],
        *["Causal words", "Bears on", "Of whom", "Evidence named", "Correction", "Coding"],
        "Live page",
    ]
    coffee, author = "Supports: Coffee causes headaches.", "The article’s author"
    assert rows_of(tables["claims-alpha"]) == [
        [
            *["claim-alpha-01", "Coffee might cause headaches.", "“may cause”", "3 Tentative"],
            *["line 1, title", author, "4 Conditional cause", coffee, "People, understood"],
            *["None named", "correction-02", "1 settled#coding-claim-alpha-01", look("may cause")],
        ],
        [
            *["claim-alpha-02", "A study showed that coffee causes headaches."],
            *["“showed that coffee causes”", "5 Reported as shown", "line 2, body"],
            *["Researchers of a named study", "6 Cause", coffee, "People, said so"],
            *["Research of no stated kind", "", "", look("showed that coffee causes")],
        ],
        [
            *["claim-alpha-03", "Mice given coffee became jittery.", "“became jittery”"],
            *["5 Reported as shown", "line 3, body", author, "3 Ambiguous link"],
            *["Supports: Mice given coffee became jittery.", "Animals", "Animal", "", ""],
            look("became jittery"),
        ],
    ]
    assert list(tables["figures-alpha"].frame) == [
        *["Row", "As stated", "What is measured", "Harmonised", "Of whom", "Credited to"],
        *["Where", "Kind", "Region", "Live page"],
    ]
    assert rows_of(tables["figures-alpha"]) == [
        [
            *["figure-alpha-01", "“at least 1 in 40 people”", "share with headaches", "≥ 2.5 %"],
            *["people", "nobody", "line 2, body", "Prevalence", "worldwide"],
            look("at least 1 in 40 people"),
        ],
        [
            *["figure-alpha-02", "“8 mice”", "mice", "8 animals", "mice", "nobody"],
            *["line 3, body", "Sample size", "", look("8 mice")],
        ],
    ]
    assert list(tables["treatments-alpha"].frame) == [
        *["Row", "Treatment", "Role", "For which condition", "Evidence named", "In its words"],
        *["Where", "Who says it", "Live page"],
    ]
    assert rows_of(tables["treatments-alpha"]) == [
        [
            *["proposal-alpha-01", "Water", "Proposed", "headache", "Animal", "“may help”"],
            *["line 3, body", author, look("may help")],
        ]
    ]
    assert list(tables["citations-alpha"].frame) == [
        *["Row", "Work", "How", "Match", "In its words", "Where", "Live page"]
    ]
    assert rows_of(tables["citations-alpha"]) == [
        [
            *["citation-alpha-01", "Mouse and others 2019#https://doi.org/10.1000/mouse"],
            *["Described", "Inferred", "“a study”", "line 2, body", look("a study")],
        ],
        [
            *["citation-alpha-02", "Release 2019", "Linked", "Stated", "“the release”"],
            *["line 3, body", look("the release")],
        ],
    ]


def test_a_lost_list_and_the_accounts_are_shown_with_their_own_cells(article):
    tables = article("gamma").tables
    assert list(tables["losses-gamma"].frame) == [
        *["Row", "Kind", "What is missing", "What cannot be told", "At these words", "Where"]
    ]
    assert rows_of(tables["losses-gamma"]) == [
        [
            *["loss-gamma-01", "List missing", "The list of remedies."],
            *["Which remedies were named.", "“They include:”", "line 3, list stem"],
        ]
    ]
    accounts = tables["passages-gamma"]
    assert list(accounts.frame) == [
        *["Role", "Passages", "Words", "Claims", "Figures", "Treatment proposals", "Citations"],
        *["Losses", "Not coded, because"],
    ]
    by_role = {row[0]: row[1:8] for row in rows_of(accounts)}
    assert by_role == {
        "Summary or lead": [*"1810000"],
        "Body": ["1", "17", *"11210"],
        "List stem": [*"1200001"],
        "Reference": [*"1500110"],
    }
    body = {row[0]: row[1:3] for row in rows_of(article("alpha").tables["passages-alpha"])}
    assert body["Body"] == ["2", "42"]  # 15 and 27


def test_a_page_without_an_address_leads_to_no_live_page(article, page, made_folder):
    assert "Live page" not in article("gamma").tables["claims-gamma"].frame
    path = made_folder / "data" / "sources.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("org/alpha,certain", "org/alpha,unknown"), encoding="utf-8")
    assert "Live page" not in article("alpha").tables["claims-alpha"].frame
    path.write_text(text.replace("org/alpha,certain", "org/alpha,likely"), encoding="utf-8")
    assert "Live page" in article("alpha").tables["claims-alpha"].frame


def test_whom_a_claim_is_credited_to_is_named(article, made_folder):
    path = made_folder / "data" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            "study_researchers,,supports,6", "study_researchers,Dr Cup,supports,6"
        ).replace("showed that coffee causes,", "well-known coffee,")
    )
    table = article("alpha").tables["claims-alpha"]
    assert rows_of(table, "Row", "Who says it")[1] == ["claim-alpha-02", "Dr Cup"]
    # A hyphen of the words is none of the address, which would mean words before or after them.
    assert rows_of(table, "Live page")[1] == [
        "look for “well-known coffee”#https://example.org/alpha#:~:text=well%2Dknown%20coffee"
    ]


def test_a_figure_is_told_with_who_is_credited(article):
    [_, share] = rows_of(
        article("beta").tables["figures-beta"], "Row", "Harmonised", "Of whom", "Credited to"
    )
    assert share == ["figure-beta-02", "> 80 %", "people with headaches", "Agency"]


def test_errors_of_our_coding_are_no_errors_of_the_article():
    rows = pd.DataFrame({"row": ["c1"], "concerns": ["coding"], "same_as": [""]})
    assert source.corrected(rows, ["c1"]) == "We have no error of it on record."
