"""The digests of this report's tables are recorded, so that no cell changes by accident."""

from evidence.files import read_sums


def test_every_table_and_what_describes_them_is_recorded(data):
    tables = {data.path(name) for name in data.fields}
    assert set(read_sums(data.folder)) == {*tables, "datapackage.json"}
