"""The command line says what is wrong in one line, wherever it is called."""

import json
import subprocess
import sys

import pytest

from evidence.check import check
from evidence.cli import main
from evidence.data import DataError, DataPackage


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["verify", "copies"],
        ["add", "copy.txt"],
        ["enter", "coding"],
        ["todo"],
        ["renew"],
        ["export", "pages"],
    ],
)
def test_where_there_are_no_data_one_line_says_so(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    shown = capsys.readouterr()
    told = f"error: no data/datapackage.json in {tmp_path} or a folder above it\n"
    assert (shown.out, shown.err) == ("", told)


@pytest.mark.parametrize("command", ["execute", "stale"])
def test_where_there_is_no_book_one_line_says_so(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    assert main([command]) == 2
    assert capsys.readouterr().err == f"error: no _toc.yml in {tmp_path} or a folder above it\n"


def test_a_folder_without_a_package_is_named(tmp_path, capsys):
    assert main(["--data", str(tmp_path / "nowhere"), "check"]) == 2
    told = f"error: {tmp_path}/nowhere/datapackage.json: cannot be read (No such file or directory)"
    assert capsys.readouterr().err.strip() == told


@pytest.mark.slow
def test_without_a_command_there_is_help(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "evidence"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr.startswith("usage: python -m evidence") and "Traceback" not in run.stderr


def test_a_missing_table_is_an_error_not_an_empty_frame(made_folder, capsys):
    (made_folder / "data" / "losses.csv").unlink()
    data = DataPackage(made_folder / "data")
    with pytest.raises(DataError, match=r"losses\.csv: cannot be read \(No such file or directory"):
        data["losses"]
    assert ("losses.csv", "a readable file") in [(f.file, f.expected) for f in check(data)]
    assert main(["--data", str(made_folder / "data"), "check"]) == 1
    assert "losses.csv" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("primaryKey", "resource studies: primaryKey: no field 'study'"),
        ("path", "resource studies: expected a path"),
        ("type", "resource studies, field study_id: expected a type"),
    ],
)
def test_a_description_without_what_it_needs_is_named(wreck, capsys, key, told):
    path = wreck / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    [studies] = [r for r in package["resources"] if r["name"] == "studies"]
    if key == "primaryKey":
        studies["schema"][key] = ["study"]
    else:
        del (studies if key == "path" else studies["schema"]["fields"][0])[key]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert main(["--data", str(wreck), "check"]) == 2
    assert f"{path}: {told}" in capsys.readouterr().err


def test_a_module_of_rules_that_is_not_there_is_named(wreck, capsys):
    path = wreck / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**descriptor, "rules": "no.such.module"}), encoding="utf-8")
    assert main(["--data", str(wreck), "check"]) == 2
    assert "datapackage.json: rules: no module no.such.module" in capsys.readouterr().err
