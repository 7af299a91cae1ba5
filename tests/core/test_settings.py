"""Settings are changed where they stand, and nothing beside them."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evidence.data import DataError
from evidence.editing.settings import quoted, setting, titled_files, with_settings

CONFIG = """\
# title: not this one
title: "Old"  # said in many places
author:
html:
  navbar:
    title: Menu   # of the bar
  lists: [one,
    two]
sphinx:
    config: {html_title: Old, project: &title Old, other: *title}
    note: >
        title: nor this
    project: Elsewhere
"""
CITATION = "title: Old\nreferences:\n- title: A work\n  type: book\n"


@pytest.fixture
def file(tmp_path):
    """A file of settings of any content."""

    def written(text):
        path = tmp_path / "_config.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_only_the_named_place_is_changed(file, tmp_path):
    (tmp_path / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    path = file(CONFIG)
    texts = titled_files({"title": "New", "name": "new"}, tmp_path)
    assert texts[path] == CONFIG.replace('"Old"', "Old").replace("Old", '"New"')
    assert texts[tmp_path / "CITATION.cff"] == CITATION.replace("Old", '"New"')
    assert setting(path, "html.navbar.title") == "Menu"


def test_a_setting_that_is_not_there_is_left_out_and_an_empty_one_filled(file):
    path = file(CONFIG)
    assert (
        with_settings(path, {"subtitle": "x", "title.of": "x", "html.navbar.book": "x"}) == CONFIG
    )
    assert with_settings(path, {"author": '"Ann"'}) == CONFIG.replace("author:", 'author: "Ann"')
    path = file("title: >\n  Old\n\n  and long\nauthor: Ann\n")
    assert with_settings(path, {"title": '"New"'}) == 'title: "New"\nauthor: Ann\n'


@given(title=st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_a_title_is_it_is_read_again(tmp_path_factory, title):
    path = tmp_path_factory.mktemp("any") / "_config.yml"
    path.write_text(CONFIG, encoding="utf-8")
    wanted = yaml.safe_load(CONFIG)
    wanted["title"] = wanted["sphinx"]["config"]["project"] = title
    wanted["sphinx"]["config"]["other"] = title
    changed = {"title": quoted(title), "sphinx.config.project": quoted(title)}
    assert yaml.safe_load(with_settings(path, changed)) == wanted


def test_what_is_no_yaml_is_named(file):
    with pytest.raises(DataError, match=r"_config\.yml: is no YAML; mend it first \(.*line 2"):
        setting(file("title: [\n}"), "title")
