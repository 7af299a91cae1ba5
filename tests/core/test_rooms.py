"""What stands where: one name, one module, so that a name says which is meant."""

from collections import Counter
from pathlib import Path

from tests.reading import ROOT

SPECIAL = {"__init__", "__main__"}  # names that every package has


def test_no_two_modules_and_no_two_files_of_tests_have_one_name():
    rooms = ("booktheme", "evidence", "report", "tests")
    files = [path for room in rooms for path in Path(ROOT, room).rglob("*.py")]
    names = Counter(path.stem for path in files)
    assert [name for name, n in names.items() if n > 1 and name not in SPECIAL] == []
