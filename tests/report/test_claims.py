"""The page of all claims: what is stated flatly, and every statement by topic."""

import pytest

from tests.reading import ET, SVG, alternative, lines, place_of, row_names, rows_of, shapes, texts


def test_flat_facts_are_counted_on_the_question_and_on_the_rest(page):
    values = page("claims").values
    assert values["finding"].endswith("no more flatly than the big one.")  # 1 of 4 against 1 of 4
    assert values["on_question"].startswith("Of four statements on whether ")
    assert values["on_question"].endswith(
        ", one is put as flat fact; of four on everything else, one."
    )
    assert values["none_is"] == ""
    assert values["counts"].startswith("Eight statements on three different things, ")


def test_fewer_flat_facts_on_the_question_are_said_so(page, made_folder):
    path = made_folder / "data" / "claims.csv"
    rows = path.read_text().replace("supports,6,6,human_implicit", "supports,6,5,human_implicit")
    path.write_text(rows)
    shown = page("claims")
    values = shown.values
    assert values["finding"] == "The articles state the small things more flatly than the big one."
    assert values["on_question"].endswith(
        ", none is put as flat fact; of four on everything else, one."
    )
    none = "No statement says flatly that coffee causes headaches."
    assert values["none_is"] == none
    assert shown.charts["chart-certainty"].caption.endswith(f"from claims.csv. {none}")


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_marks_stand_at_their_share_in_their_row(page, layout):
    chart = page("claims").charts["chart-certainty"]
    assert "1 of 4 statements on whether" in chart.title
    none, half, everything = (place_of(chart, w, layout)[0] for w in ("none", "half", "all"))
    assert none < half < everything
    (diamond,) = (box for box in shapes(chart, "accent", layout) if box[2] - box[0] > 4)
    circles = [box for box in shapes(chart, "quiet", layout) if box[2] - box[0] > 4]
    xs = [(left + right) / 2 for left, _, right, _ in (*circles, diamond)]
    assert xs == pytest.approx([none, half, (none + half) / 2], abs=1.5)
    row = place_of(chart, "Coffee", layout)[1]
    assert abs((diamond[1] + diamond[3]) / 2 - row) < 25
    assert circles[0][1] < diamond[1] < circles[1][1]
    assert abs(place_of(chart, "1 of 4", layout)[0] - diamond[2]) < 12
    stems = sorted(right - left for left, _, right, _ in lines(chart, "shade2", layout))
    assert stems == pytest.approx([0, (half - none) / 2, half - none], abs=1.5)


def test_levels_are_counted_by_article(page):
    table = page("claims").tables["table-certainty"].frame.set_index("Article")
    assert list(table.columns) == [
        *["Speculative", "Tentative", "Probable", "Reported as shown", "Flat fact", "All"]
    ]
    assert list(table.loc["Alpha"]) == [0, 1, 0, 2, 0, 3]
    assert list(table.loc["Beta"]) == [0, 0, 0, 1, 2, 3]
    assert list(table.loc["All"]) == [1, 1, 1, 3, 2, 8]


def test_every_statement_stands_under_its_topic_with_what_is_wrong(page):
    tables = page("claims").tables
    assert "claims-background" not in tables
    table = tables["claims-coffee"]
    rows = table.frame.set_index(table.frame["Row"].map(str))
    assert list(rows.index) == [
        *["claim-alpha-01", "claim-alpha-02", "claim-beta-01", "claim-gamma-01"]
    ]
    assert table.lead == 4
    row = rows.loc["claim-beta-01"]
    assert str(row["Article"]) == "Beta"
    assert row["How firm"] == "Flat fact"
    assert row["In its words"] == "“causes headaches”"
    assert [link.target for link in row["Correction"]] == ["correction-01"]
    assert rows.loc["claim-alpha-02", "Correction"] == []


def test_a_topic_stands_in_its_row_with_its_mark_and_its_numbers(page):
    chart = page("claims").charts["chart-certainty"]
    topics = ["Mouse experiment", "Coffee", "Treatment"]
    assert row_names(chart) == topics
    heights = [place_of(chart, topic)[1] for topic in topics]
    beside = [(words, y) for words, _, y in texts(chart) if " of " in words]
    assert [words for words, _ in beside] == ["0 of 2", "1 of 4", "1 of 2"]
    assert [y for _, y in beside] == pytest.approx(heights, abs=3)
    ticks = sorted((x, words) for words, x, _ in texts(chart) if words in ("none", "half", "all"))
    assert [words for _, words in ticks] == ["none", "half", "all"]
    # A diamond has straight sides, a circle curves; the diamond is that of the question.
    root = ET.fromstring(chart.drawings[0])
    marks = {
        path.get("class").split()[0]: path.get("d")
        for path in root.iter(f"{SVG}path")
        if {"fill-accent", "fill-quiet"} & set(path.get("class", "").split())
    }
    assert "C" not in marks["fill-accent"] and "C" in marks["fill-quiet"]
    assert alternative(chart) == ["Mouse experiment: 0 of 2", "Coffee: 1 of 4", "Treatment: 1 of 2"]


def test_every_statement_is_shown_with_its_own_cells(page):
    tables = page("claims").tables
    columns = ["Row", "Article", "What is claimed", "How firm", "In its words", "Correction"]
    names = ("claims-coffee", "claims-mice", "claims-treatment")
    assert all(list(tables[name].frame) == columns for name in names)
    alpha, beta, gamma = (f"{name}#article-{name.lower()}" for name in ("Alpha", "Beta", "Gamma"))
    assert [row for name in names for row in rows_of(tables[name])] == [
        [
            *["claim-alpha-01", alpha, "Coffee might cause headaches.", "Tentative"],
            *["“may cause”", "correction-02"],
        ],
        [
            *["claim-alpha-02", alpha, "A study showed that coffee causes headaches."],
            *["Reported as shown", "“showed that coffee causes”", ""],
        ],
        [
            *["claim-beta-01", beta, "Coffee causes headaches.", "Flat fact"],
            *["“causes headaches”", "correction-01"],
        ],
        [
            *["claim-gamma-01", gamma, "Whether coffee causes headaches remains open."],
            *["Speculative", "“remains open”", ""],
        ],
        [
            *["claim-alpha-03", alpha, "Mice given coffee became jittery.", "Reported as shown"],
            *["“became jittery”", ""],
        ],
        [
            *["claim-beta-02", beta, "The study found jittery mice.", "Reported as shown"],
            *["“found jittery mice”", ""],
        ],
        ["claim-beta-03", beta, "Water does not help.", "Flat fact", "“does not help”", ""],
        ["claim-gamma-02", gamma, "Water probably helps.", "Probable", "“probably helps”", ""],
    ]
    assert rows_of(tables["table-certainty"]) == [
        ["Alpha", *"010203"],
        ["Beta", *"000123"],
        ["Gamma", *"101002"],
        ["All", *"111328"],
    ]


def test_an_article_without_a_statement_has_none_of_any_level(page, made_folder):
    path = made_folder / "data" / "claims.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(row for row in rows if "-gamma-" not in row) + "\n")
    table = page("claims").tables["table-certainty"]
    assert rows_of(table)[2] == ["Gamma", *"0000"]  # 3, 5, 6 and all
