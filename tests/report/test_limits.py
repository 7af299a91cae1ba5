"""Limits and glossary."""


def test_limits_are_shown_and_counted(page, made_folder):
    (made_folder / "data" / "studies.csv").write_text(
        "study_id,label,verified\na,A,abstract\nb,B,page\nc,C,abstract\n"
    )
    shown = page("limits")
    assert shown.values["n_limits"] == "one limit"
    assert (shown.values["n_abstract"], shown.values["n_works"]) == (
        "two",
        "three studies and other works",
    )
    table = shown.tables["table-limits"]
    assert table.frame.to_numpy().tolist() == [["limit-01", "Three made articles."]]
    assert table.classes == ("anchored", "home")


def test_terms_stand_in_the_order_of_the_alphabet_under_their_keys(page, made_folder):
    path = made_folder / "data" / "glossary.csv"
    path.write_text("term_id,term,definition\nterm-b,beta,Second.\nterm-a,Alpha,First.\n")
    shown = page("limits")
    table = shown.tables["table-glossary"]
    assert shown.values["n_terms"] == "two"
    assert table.frame.to_numpy().tolist() == [
        ["term-a", "Alpha", "First."],
        ["term-b", "beta", "Second."],
    ]
    assert "home" in table.classes
