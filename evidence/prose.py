"""Words made from data: counts, lists and values that a notebook's prose refers to by name."""

from collections.abc import Iterable

import inflect
from IPython.display import Markdown, display

_ENGLISH = inflect.engine()
DIGITS_FROM = 13  # whole numbers below it stand in words


class Text(str):
    """A string that a notebook shows as it is, without quotation marks."""

    def __repr__(self) -> str:
        return str(self)


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


def counted(count: int, noun: str) -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> counted(0, "source"), counted(1, "source"), counted(3, "study")
    ('no sources', 'one source', 'three studies')
    """
    plural = _ENGLISH.plural_noun(noun, int(count))
    return f"no {plural}" if count == 0 else f"{number(count)} {plural}"


def share(count: int, total: int, noun: str) -> str:
    """Write how many of all there are.

    Examples
    --------
    >>> share(0, 5, "source"), share(1, 5, "source"), share(5, 5, "source")
    ('none of the five sources', 'one of the five sources', 'all five sources')
    """
    if count == total and total > 2:
        return f"all {counted(total, noun)}"
    return f"{number(count) if count else 'none'} of the {counted(total, noun)}"


def agreeing(verb: str, count: int) -> str:
    """Write a verb, given in the third person singular, so that it agrees with a count.

    Examples
    --------
    >>> agreeing("tells", 1), agreeing("tells", 3), agreeing("is", 2)
    ('tells', 'tell', 'are')
    """
    return str(_ENGLISH.plural_verb(verb, int(count)))


def listed(items: Iterable[str], conjunction: str = "and") -> str:
    """Join words into a list.

    Examples
    --------
    >>> listed(["pain", "cold", "grip"])
    'pain, cold and grip'
    """
    return str(_ENGLISH.join(list(items), final_sep="", conj=conjunction))


def lowered(text: str) -> str:
    """Write the first letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capitalised(text: str) -> str:
    """Make the first letter a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]
