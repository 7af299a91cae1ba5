"""The corpus that growth is measured on is sound: what is measured on it is what books would take."""

import pytest

from benchmarks.corpus import grow
from evidence.check import check
from evidence.data import DataPackage
from evidence.verify import verify


@pytest.mark.slow
def test_a_made_corpus_has_no_fault(tmp_path):
    data = DataPackage(grow(tmp_path, 7) / "data")
    assert len(data["sources"]) == 7
    assert check(data) == []
    assert verify(data, tmp_path / "copies")[0] == []
