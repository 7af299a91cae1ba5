"""Limits and glossary."""


def test_limits_are_shown_and_counted(page, made_folder):
    (made_folder / "data" / "studies.csv").write_text(
        "study_id,label,verified\na,A,abstract\nb,B,page\nc,C,abstract\n"
    )
    shown = page("limits")
    assert shown.values["below"].startswith("One limit to keep in mind stands below, then three ")
    assert shown.values["read"] == (
        "Of three studies and other works, two were read in the abstract or the record only."
    )
    assert shown.values["asked"] == "coffee causes headaches"
    assert shown.values["reader"] == "a reader whom this book does not name"
    table = shown.tables["table-limits"]
    assert table.frame.to_numpy().tolist() == [["limit-01", "The articles are made up."]]
    assert table.classes == ("anchored", "home")


def test_a_book_without_limits_leads_to_its_terms_alone(page, made_folder):
    (made_folder / "data" / "limits.csv").write_text("limit_id,limit\n")
    assert page("limits").values["below"] == "Three terms stand below in plain words."


def test_terms_stand_in_the_order_of_the_alphabet_under_their_keys(page, made_folder):
    path = made_folder / "data" / "glossary.csv"
    path.write_text("term_id,term,definition\nterm-b,beta,Second.\nterm-a,Alpha,First.\n")
    shown = page("limits")
    table = shown.tables["table-glossary"]
    assert table.frame.to_numpy().tolist() == [
        ["term-a", "Alpha", "First."],
        ["term-b", "beta", "Second."],
    ]
    assert "home" in table.classes


def test_terms_and_limits_are_counted_apart(page):
    values = page("limits").values
    assert (values["n_sources"], values["say"]) == ("three articles", "say")
    assert values["below"] == (
        "One limit to keep in mind stands below, then three terms in plain words."
    )
    assert list(page("limits").tables["table-glossary"].frame) == ["Key", "Term", "Meaning"]
