"""Words made from data: counts, lists and values that a notebook's prose refers to by name."""

from IPython.display import Markdown, display

WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


class Text(str):
    """A string that a notebook shows as it is, without quotation marks."""

    def __repr__(self):
        return str(self)


def glue(**values):
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


def bibtex(key, fields):
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


def number(count):
    """Write a whole number the way prose does: in words up to twelve, then in digits.

    Examples
    --------
    >>> number(5), number(44)
    ('five', '44')
    """
    return WORDS[count] if 0 <= count < len(WORDS) else f"{count:,}"


def counted(count, singular, plural=None):
    """Write a count with its noun.

    Examples
    --------
    >>> counted(0, "source"), counted(1, "source"), counted(3, "study", "studies")
    ('no sources', 'one source', 'three studies')
    """
    noun = singular if count == 1 else plural or f"{singular}s"
    if count == 0:
        return f"no {noun}"
    return f"{number(count)} {noun}"


def lowered(text):
    """Write the first letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def listed(items, conjunction="and"):
    """Join words into a list.

    Examples
    --------
    >>> listed(["pain", "cold", "grip"])
    'pain, cold and grip'
    """
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def capitalised(text):
    """Make the first letter a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]
