"""Files that tell the book's title and name beside the data: they follow the descriptor."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence.files import Texts

CONFIG, CITATION, README = "_config.yml", "CITATION.cff", "README.md"


def titled_files(descriptor: Mapping[str, Any], root: Path) -> Texts:
    """Write title and name of the book wherever a file of the project tells them.

    Parameters
    ----------
    descriptor : mapping
        Its ``title``; its ``name``, which the EPUB and the PDF are called by; and, where its
        ``terms`` have it, the question ``asked``, which is the title of the pages.
    root : pathlib.Path
        The project.

    Returns
    -------
    dict of pathlib.Path to str
        What each of these files shall hold, as far as it is there.
    """
    title, name = descriptor["title"], descriptor["name"]
    asked = descriptor.get("terms", {}).get("asked", title)
    settings = {
        CONFIG: {
            **dict.fromkeys(["title", "html_title", "project"], quoted(asked)),
            "epub_basename": f"&name {quoted(name)}",
        },
        CITATION: {"title": quoted(title)},
    }
    texts: Texts = {}
    for file, values in settings.items():
        if (root / file).is_file():
            texts[root / file] = with_settings((root / file).read_text(encoding="utf-8"), values)
    if (root / README).is_file():
        text = (root / README).read_text(encoding="utf-8")
        texts[root / README] = re.sub(r"\A# .*", lambda _: f"# {title}", text)
    return texts


def with_settings(text: str, settings: Mapping[str, str]) -> str:
    """Give settings of a YAML text other values, wherever they stand, a line each.

    The comments beside the other settings stay.
    """
    for key, value in settings.items():
        told = value.replace("\\", "\\\\")  # in what takes the place, re reads backslashes
        text = re.sub(rf"(?m)^( *{key}: ).*$", rf"\g<1>{told}", text)
    return text


def quoted(text: str) -> str:
    """A string as YAML reads it whatever is in it."""
    return json.dumps(text, ensure_ascii=False)
