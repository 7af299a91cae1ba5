"""A notebook is executed and kept; what is saved meanwhile is neither lost nor passed over."""

import nbformat
import nbformat.v4 as new
import pytest

from evidence.run import Stopped, run

pytestmark = pytest.mark.slow


@pytest.fixture
def written(tmp_path):
    """Write a notebook of some cells; give its path."""

    def write(*cells):
        path = tmp_path / "page.ipynb"
        nbformat.write(new.new_notebook(cells=list(cells)), path)
        return path

    return write


def test_outputs_are_stored_and_the_empty_last_cell_is_dropped(written, tmp_path):
    path = written(
        new.new_markdown_cell("# A page"), new.new_code_cell("6 * 7"), new.new_code_cell(" \n")
    )
    run(path, tmp_path / "_build/page")
    prose, code = nbformat.read(path, 4).cells
    assert code.outputs[0].data["text/plain"] == "42"
    assert prose.source == "# A page"
    assert (tmp_path / "_build/page").stat().st_mtime == path.stat().st_mtime


def test_a_second_run_changes_nothing(written, tmp_path):
    path = written(new.new_code_cell("6 * 7"))
    run(path, tmp_path / "stamp")
    once = path.read_bytes()
    run(path, tmp_path / "stamp")
    assert path.read_bytes() == once


SAVE = """
from pathlib import Path
page = Path("page.ipynb")
page.write_text(page.read_text().replace("as it was", "as an editor has it now"))
"""  # what JupyterLab does when an editor saves; the second time there is nothing to replace


def test_what_an_editor_saves_meanwhile_is_kept_and_executed(written, tmp_path, capsys):
    path = written(new.new_code_cell(SAVE), new.new_code_cell("'as it was'"))
    run(path, tmp_path / "stamp")
    assert "saved while it was executed" in capsys.readouterr().out
    last = nbformat.read(path, 4).cells[-1]
    assert last.source == "'as an editor has it now'"
    assert last.outputs[0].data["text/plain"] == "'as an editor has it now'"


FAILS = 'share = 3\nassert share < 2, "the lowest is below two percent"'


def test_a_failing_assert_names_notebook_cell_and_sentence(written, tmp_path):
    path = written(new.new_markdown_cell("# A page"), new.new_code_cell(FAILS))
    before = path.read_bytes()
    with pytest.raises(Stopped) as stopped:
        run(path, tmp_path / "stamp")
    assert str(stopped.value) == f"{path}, cell 2: no longer holds: the lowest is below two percent"
    assert path.read_bytes() == before
    assert not (tmp_path / "stamp").exists()


def test_an_assert_without_a_sentence_is_told_with_what_failed(written, tmp_path):
    path = written(new.new_code_cell("share = 3\nassert share < 2"))
    with pytest.raises(Stopped, match=r"cell 1: no longer holds: assert share < 2$"):
        run(path, tmp_path / "stamp")


def test_any_other_failure_is_told_by_its_name(written, tmp_path):
    path = written(new.new_code_cell("{}['claim']"))
    with pytest.raises(Stopped, match="cell 1: KeyError: 'claim'"):
        run(path, tmp_path / "stamp")
