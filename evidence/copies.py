"""Copies as people have them: a text file, or a web page as a browser saved it."""

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

from evidence.data import DataError

PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
PAGE_BEGINNINGS = (b"<!doctype html", b"<html", b"<?xml")


@dataclass(frozen=True)
class FoundCopy:
    """The text of a copy, and what the copy says of itself.

    Attributes
    ----------
    text : str
        A text file as it stands. Of a web page the main text, one paragraph, heading or list item
        a line.
    title, author, publisher, url : str
        As a web page declares them; empty where it does not, and for a text file.
    published : str
        Date (``2021-04-05``) as a web page declares it or shows it; otherwise empty.
    """

    text: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""


def read_copy(path: Path) -> FoundCopy:
    """Read a copy: a UTF-8 text file, or a saved web page, by its name or its first characters.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    FoundCopy

    Raises
    ------
    DataError
        If there is no such file, it is neither text nor a web page, or it has no main text.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    if path.suffix.lower() in PAGE_ENDINGS or raw.lstrip().lower().startswith(PAGE_BEGINNINGS):
        return _page(path, raw)
    try:
        return FoundCopy(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        told = f"is neither text in UTF-8 (byte {error.start}) nor a saved web page"
        raise DataError(f"{path}: {told}") from error


def _page(path: Path, raw: bytes) -> FoundCopy:
    from trafilatura import bare_extraction  # here: its import takes a third of a second
    from trafilatura.settings import Document

    if path.suffix.lower() in (".mhtml", ".mht"):
        raw = _first_page(raw)
    # All of the article rather than the surest of it: a coder strikes what does not belong.
    found = bare_extraction(raw, favor_recall=True, include_comments=False, with_metadata=True)
    if not isinstance(found, Document) or not found.text:
        told = "holds no main text; save the page whole, or put its text into a text file"
        raise DataError(f"{path}: {told}")
    return FoundCopy(
        found.text + "\n",
        title=found.title or "",
        author=found.author or "",
        publisher=found.sitename or "",
        url=found.url or "",
        published=found.date or "",
    )


def _first_page(raw: bytes) -> bytes:
    """Return the page of a page saved with all its pictures in one file, which is a letter."""
    part = email.message_from_bytes(raw, policy=email.policy.default).get_body(("html",))
    content = part.get_payload(decode=True) if part else None
    return content if isinstance(content, bytes) else b""
