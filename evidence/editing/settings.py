"""Files that tell the book's title and name beside the data: they follow the descriptor."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from evidence.data import DataError
from evidence.files import Texts

CONFIG, CITATION, README = "_config.yml", "CITATION.cff", "README.md"
TITLES = ("title", "sphinx.config.html_title", "sphinx.config.project")


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
            **dict.fromkeys(TITLES, quoted(asked)),
            "sphinx.config.epub_basename": quoted(name),
        },
        CITATION: {"title": quoted(title)},
    }
    texts: Texts = {}
    for file, values in settings.items():
        if (root / file).is_file():
            texts[root / file] = with_settings(root / file, values)
    if (root / README).is_file():
        text = (root / README).read_text(encoding="utf-8")
        texts[root / README] = re.sub(r"\A# .*", lambda _: f"# {title}", text)
    return texts


def with_settings(path: Path, settings: Mapping[str, str]) -> str:
    """Give settings of a YAML file other values; every other character stays.

    A library that writes YAML again (ruamel.yaml) keeps comments, but breaks and indents lists in
    its own way.

    Parameters
    ----------
    path : pathlib.Path
    settings : mapping of str to str
        Values as YAML, by the names that lead to them: ``sphinx.config.html_title``. One that the
        file does not set is left out.

    Returns
    -------
    str
        What the file shall hold.

    Raises
    ------
    DataError
        If the file is no YAML.
    """
    text, tree = _composed(path)
    found = {}
    for names, value in settings.items():
        node = _node_at(tree, names)
        if node is not None:
            found[node.start_mark.index, node.end_mark.index] = value
    for (start, end), value in sorted(found.items(), reverse=True):  # so that places stay
        said = text[start:end]
        before = " " if text[start - 1] == ":" else ""  # nothing is set yet
        anchor = re.match(r"&\S+\s+", said)
        end -= len(said) - len(said.rstrip())  # a block of text has its line's end
        text = f"{text[:start]}{before}{anchor[0] if anchor else ''}{value}{text[end:]}"
    return text


def _composed(path: Path) -> tuple[str, yaml.Node | None]:
    """Read a YAML file: its text, and nodes that tell where in the text they stand."""
    text = path.read_text(encoding="utf-8")
    try:
        return text, yaml.compose(text)
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise DataError(f"{path}: is no YAML; mend it first ({told})") from error


def setting(path: Path, names: str) -> str:
    """Return what a YAML file sets under names joined by dots, as text; empty if it does not.

    Raises
    ------
    DataError
        If the file is no YAML.
    """
    node = _node_at(_composed(path)[1], names)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _node_at(node: yaml.Node | None, names: str) -> yaml.Node | None:
    for name in names.split("."):
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for key, value in pairs if key.value == name), None)
    return node


def quoted(text: str) -> str:
    """A string as YAML reads it whatever is in it."""
    return json.dumps(text, ensure_ascii=False)
