"""Values from a notebook's cells for its prose."""

from IPython.display import display

KIND = "application/papermill.record/"


def glue(**values: object) -> None:
    """Make values available to the page's prose, as ``{glue:text}`name``` roles.

    Writes what myst-nb's own ``glue`` writes, which imports all of Sphinx and cannot format
    numbers of numpy.

    Parameters
    ----------
    **values
        Name and value: text, or a number that a role may format (``{glue:text}`share:.1f```).
    """
    for name, value in values.items():
        value = value.item() if hasattr(value, "item") else value
        record = {"name": name, "mime_prefix": KIND}
        display({f"{KIND}text/plain": repr(value)}, metadata={"scrapbook": record}, raw=True)
