"""What a reader of this report may look for is found: numbers, other names, plurals."""

import pytest

from tests.book.test_browser import marked, site  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.book, pytest.mark.browser]


@pytest.mark.parametrize(
    ("query", "found"),
    [("44", "44"), ("plasmapheresis", "plasma"), ("antibodies", "antibody"), ("mouse", "mice")],
)
def test_search_shows_the_words_it_found(query, found, site, opened):  # noqa: F811
    page, _ = opened(site)
    assert found in marked(page, site, query)
