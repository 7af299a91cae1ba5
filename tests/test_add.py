"""A copy is taken in whole, or not at all and with one line that says why."""

import pathlib

import pytest

from evidence.__main__ import main
from evidence.check import check
from evidence.data import Package, read

pytestmark = pytest.mark.slow

TEXT = (
    "Coffee hurts.\n\n"
    "In a café she doesn't rest. Then mice with the antibodies of 44 people moved less and less.\n\n"
    "References\n"
    "1. Goebel A, et al. Passive transfer. J Clin Invest. 2021.\n"
)


def options(copy, source="made", **more):
    given = {
        "id": source,
        "label": "Made",
        "title": "Coffee hurts.",
        "title-basis": "copy",
        "publisher": "Nobody",
        "publisher-kind": "charity",
        "published": "2021-07",
        "date-precision": "month",
        "date-basis": "copy",
        "url-status": "unknown",
        "licence": "not stated",
        "damaged": "false",
        **more,
    }
    return [
        "add",
        str(copy),
        *(word for key, value in given.items() for word in (f"--{key}", value)),
    ]


@pytest.fixture
def copy(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    path = folder.parent / "made.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_copy_becomes_a_row_and_its_passages(folder, copy, capsys):
    assert main(options(copy)) == 0
    assert capsys.readouterr().out == (
        "sources.csv: made\npassages.csv: 5 passages; say what each is\n"
    )
    source = read("sources", folder).set_index("source_id").loc["made"]
    assert (source["words"], source["running_words"], source["words_to_animal"]) == (32, 19, 7)
    passages = read("passages", folder).query("source_id == 'made'")
    assert list(passages["role"]) == ["title", "body", "body", "body", "reference"]
    assert [TEXT[row.start : row.end] for row in passages.itertuples()][2].startswith("Then mice")


def test_what_is_wanting_of_a_new_article_is_told_by_the_check(folder, copy):
    main(options(copy))
    faults = [str(fault) for fault in check(Package(folder))]
    assert any("(passage-made-3-2), column uncoded" in fault for fault in faults)
    assert any("a row for made" in fault for fault in faults)
    assert all("made" in fault for fault in faults), "no other article is touched"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("café".encode("latin-1"), "is not UTF-8 (byte 3); perhaps Latin-1"),
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"12 - 34 !\n", "holds no words"),
        (None, "cannot be read (No such file or directory)"),
    ],
)
def test_a_copy_that_is_no_text_is_one_line_and_writes_nothing(folder, copy, capsys, content, told):
    copy.unlink() if content is None else copy.write_bytes(content)
    before = contents(folder)
    assert main(options(copy)) == 2
    assert capsys.readouterr().err == f"{copy}: {told}" + (
        " or Windows-1252: save as UTF-8\n" if "Latin" in told else "\n"
    )
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"id": "fibrohell"}, "has this source_id already"),
        ({"id": "Made Up"}, "a value of the pattern"),
        ({"label": ""}, "column label: found ''; expected a value"),
        ({"label": "NaN"}, "empty cell"),
        ({"published": "2021-13"}, "a date that there is"),
        ({"damaged": "TRUE"}, "true or false"),
    ],
)
def test_a_value_that_may_not_be_is_one_line_and_writes_nothing(folder, copy, capsys, more, told):
    before = contents(folder)
    assert main(options(copy, **more)) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "made.txt", "--id", "made"], "required: --label"),
        (options("made.txt", **{"publisher-kind": "shop"}), "invalid choice: 'shop'"),
        ([], "required: COMMAND"),
    ],
)
def test_a_wrong_option_is_one_line(copy, capsys, arguments, told):
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


@pytest.mark.parametrize("fails_at", [1, 2])
def test_where_a_file_cannot_be_written_both_stay(folder, copy, capsys, monkeypatch, fails_at):
    before, replace, calls = contents(folder), pathlib.Path.replace, []

    def refuse(path, target):
        calls.append(target)
        if len(calls) == fails_at:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(pathlib.Path, "replace", refuse)
    assert main(options(copy)) == 2
    assert "nothing changed" in capsys.readouterr().err
    assert contents(folder) == before
