"""Words made from data: counts, lists and values that a notebook's prose refers to by name."""

import re
from collections.abc import Iterable
from unittest.mock import patch

from IPython.display import Markdown, display

from evidence.tables import escaped

# inflect has typeguard rewrite each of its functions on import, which takes two seconds of every
# command; our calls are type-checked without it.
with patch("typeguard.typechecked", lambda function: function):
    import inflect

_ENGLISH = inflect.engine()
DIGITS_FROM = 13  # whole numbers below it stand in words


def glue(**values: object) -> None:
    """Make values available to the page's prose as ``{glue:text}`` roles.

    Writes the outputs that myst-nb's own ``glue`` writes, without importing Sphinx into every
    notebook.

    Parameters
    ----------
    **values
        Name and value; each is shown as ``str(value)``.
    """
    for name, value in values.items():
        display(
            {"application/papermill.record/text/plain": str(value)},
            metadata={"scrapbook": {"name": name, "mime_prefix": "application/papermill.record/"}},
            raw=True,
        )


def glue_linked(**values: str) -> None:
    """Make sentences with links available to the page's prose as ``{glue:md}`name:myst``` roles.

    Parameters
    ----------
    **values
        Name and sentence, in MyST Markdown.
    """
    kind = "application/papermill.record/"
    for name, value in values.items():
        display(
            {f"{kind}text/plain": value, f"{kind}text/markdown": value},
            metadata={"scrapbook": {"name": name, "mime_prefix": kind}},
            raw=True,
        )


def points(texts: Iterable[str]) -> Markdown:
    """Write texts as the points of a list; markup in them is shown as it is."""
    return Markdown("\n".join(f"- {escaped(text)}" for text in texts))


def bibtex(key: str, fields: dict[str, str]) -> Markdown:
    """Write a BibTeX entry of a data set as a code block.

    Parameters
    ----------
    key : str
    fields : dict of str to str

    Returns
    -------
    IPython.display.Markdown
    """
    width = max(map(len, fields))
    lines = ",\n".join(f"  {name:<{width}} = {{{value}}}" for name, value in fields.items())
    return Markdown(f"```bibtex\n@misc{{{key},\n{lines}\n}}\n```")


def number(count: int) -> str:
    """Write a whole number the way prose does: in words up to twelve, then in digits.

    Examples
    --------
    >>> number(5), number(44)
    ('five', '44')
    """
    return str(_ENGLISH.number_to_words(str(int(count)), threshold=DIGITS_FROM - 1))


def numbers(counts: Iterable[int]) -> list[str]:
    """Write whole numbers that stand together alike: in digits if one of them must be.

    Examples
    --------
    >>> numbers([7, 15]), numbers([7, 9])
    (['7', '15'], ['seven', 'nine'])
    """
    written = [number(count) for count in counts]
    if any(text.isdigit() for text in written):
        return [str(int(count)) for count in counts]
    return written


def counted(count: int, noun: str) -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> counted(0, "source"), counted(1, "source"), counted(3, "copy")
    ('no sources', 'one source', 'three copies')
    """
    plural = _ENGLISH.plural_noun(noun, int(count))
    return f"no {plural}" if count == 0 else f"{number(count)} {plural}"


def share(count: int, total: int, noun: str) -> str:
    """Write how many of all there are.

    Examples
    --------
    >>> share(0, 5, "source"), share(1, 5, "source"), share(5, 5, "source")
    ('none of the five sources', 'one of the five sources', 'all five sources')
    >>> share(0, 2, "source"), share(2, 2, "source"), share(1, 1, "source"), share(0, 1, "source")
    ('neither of the two sources', 'both sources', 'the one source', 'none')
    """
    if total == 1:
        return f"the one {noun}" if count else "none"
    if total == 2 and count in (0, 2):
        plural = _ENGLISH.plural_noun(noun, 2)
        return f"both {plural}" if count else f"neither of the two {plural}"
    if count == total:
        return f"all {counted(total, noun)}"
    return f"{none_or(count)} of the {counted(total, noun)}"


def agreeing(verb: str, count: int) -> str:
    """Write a verb, given in the third person singular, so that it agrees with a count.

    Examples
    --------
    >>> agreeing("tells", 1), agreeing("tells", 3), agreeing("is", 2)
    ('tells', 'tell', 'are')
    """
    return str(_ENGLISH.plural_verb(verb, int(count)))


def listed(items: Iterable[str], conjunction: str = "and", most: int = 6) -> str:
    """Join words into a list that stays short however many there are.

    Where one of several has a comma or an "and" of its own, semicolons part them.

    Parameters
    ----------
    items : iterable of str
    conjunction : str
    most : int
        How many are named; the others are counted, unless it is but one.

    Examples
    --------
    >>> listed(["wind", "tide", "moon"])
    'wind, tide and moon'
    >>> listed("ABCDE", most=2)
    'A, B and three others'
    >>> listed(["date", "wind and tide", "place"])
    'date; wind and tide; and place'
    """
    names = list(items)
    if len(names) > most + 1:
        names = [*names[:most], f"{number(len(names) - most)} others"]
    parted = len(names) > 2 and any(re.search(r",| and | or ", name) for name in names)
    sep, last = (";", ";") if parted else (",", "")
    return str(_ENGLISH.join(names, sep=sep, final_sep=last, conj=conjunction))


def first_few(sentences: Iterable[str], most: int = 2) -> str:
    """Join sentences of one kind into a paragraph that stays short however many there are.

    Parameters
    ----------
    sentences : iterable of str
    most : int
        How many are told; the others are counted.

    Examples
    --------
    >>> first_few(["Alpha names a harbour."])
    'Alpha names a harbour.'
    >>> first_few(["A one.", "A two.", "A three.", "A four."])
    'A one. A two. There are two more like it.'
    """
    told = list(sentences)
    rest = len(told) - most
    more = [f"There {agreeing('is', rest)} {number(rest)} more like it."] if rest > 0 else []
    return " ".join([*told[:most], *more])


def none_or(count: int) -> str:
    """Write a whole number, "none" for zero.

    Examples
    --------
    >>> none_or(0), none_or(2)
    ('none', 'two')
    """
    return number(count) if count else "none"


def lowered(text: str) -> str:
    """Write the first letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capitalised(text: str) -> str:
    """Make the first letter a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]
