"""The archive holds every table with its schema and is the same for the same data."""

import csv
import io
import json
import zipfile

from evidence.check import check
from evidence.data import DataPackage
from evidence.export import write_archive


def test_the_archive_holds_what_its_descriptor_names(data, tmp_path):
    names = write_archive(data, tmp_path / "data.zip")
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        root = data.descriptor["name"]
        descriptor = json.loads(archive.read(f"{root}/datapackage.json"))
        for resource in descriptor["resources"]:
            text = archive.read(f"{root}/{resource['path']}").decode("utf-8")
            rows = list(csv.reader(io.StringIO(text)))
            assert rows[0] == [f["name"] for f in resource["schema"]["fields"]]
            assert len(rows) - 1 == len(data[resource["name"]])
    assert {"datapackage.json", "README.md", "LICENSE-data", "CITATION.cff"} <= set(names)
    assert not (tmp_path / "data.tmp").exists()


def test_the_archive_is_the_same_twice(data, tmp_path):
    for name in ("one.zip", "two.zip"):
        write_archive(data, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_cell_that_a_spreadsheet_would_run_is_a_fault(wreck):
    path = wreck / "treatments.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",Plasma exchange,", ",=HYPERLINK(1),", 1), encoding="utf-8")
    found = [f for f in check(DataPackage(wreck)) if f.found == "=HYPERLINK(1)"]
    assert found and found[0].file == "treatments.csv" and "formula" in found[0].expected
