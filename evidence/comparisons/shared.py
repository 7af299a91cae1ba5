"""What the comparisons share: names of sources, tiles and their legend."""

from evidence.charts import Tile
from evidence.prose import listed

# One language for every grid of tiles: the darker, the more of it the article has; an outline
# where the copy does not let us tell; no tile where there is nothing to tell.
UNKNOWN = Tile("?", outlined=True)


def labels_of(data):
    """Short names of the sources by their keys."""
    return data["sources"].set_index("source_id")["label"]


def statuses_of(data):
    """What the marks of a fact's status mean."""
    return data.levels("study_facts", "status")["label"]


def legend(looks, titles):
    """Explain the tiles that occur: words for each, and the tile.

    Parameters
    ----------
    looks : dict of str to Tile
    titles : dict of str to str
        What occurs, and how it is called.
    """
    words = {}
    for value, title in titles.items():
        words.setdefault(looks[value], []).append(title.lower())
    return {
        f"{'' if tile != Tile() else 'empty: '}{listed(titles, 'or')}": tile
        for tile, titles in words.items()
    }
