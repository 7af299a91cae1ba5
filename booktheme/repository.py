"""Links to where the book is kept: the repository, the page's source, a form for errors, a lab.

Who publishes a book names its repository in ``REPO_URL``; a book without one has no such links.
"""

import os
from pathlib import Path
from urllib.parse import quote, urlsplit

from sphinx.errors import ConfigError

# By a part of the host's name: how its addresses go on. The first that fits; what is none of these
# is taken to be like the last. What is reported stands at the end of the last of them.
FORGES = {
    "gitlab": ("/-/edit/{branch}/{path}", "/-/issues/new?issue[title]=Error%20in%20"),
    "codeberg": ("/_edit/{branch}/{path}", "/issues/new?title=Error%20in%20"),
    "": ("/edit/{branch}/{path}", "/issues/new?title=Error%20in%20"),
}
# A form of the repository, whose field "row" an address can fill in.
FORM = ".github/ISSUE_TEMPLATE/report-an-error.yml"
FORMS = "/issues/new?template=report-an-error.yml&row="
LAB = "https://mybinder.org/v2/gh/{name}/{branch}?labpath={path}"  # a JupyterLab for who has none


def links(app, pagename):
    """Return the links of a page by name; empty where no repository is known."""
    base = app.config.repository
    if not base:
        return {}
    place = urlsplit(base)
    edit, report = next(how for part, how in FORGES.items() if part in place.hostname)
    is_github = place.hostname == "github.com"
    if is_github and Path(app.srcdir, FORM).exists():
        report = FORMS
    found = {"repository": base, "report": base + report}
    if pagename in app.env.found_docs:
        path = str(app.env.doc2path(pagename, base=False))
        branch = quote(app.config.repository_branch)
        found["edit"] = base + edit.format(branch=branch, path=quote(path))
        found["report_page"] = found["report"] + quote(pagename, safe="")
        if is_github and path.endswith(".ipynb"):
            name = place.path.strip("/")
            found["lab"] = LAB.format(name=name, branch=branch, path=quote(path, safe=""))
    return found


def configure(app, config):
    """Take the repository's address from ``REPO_URL``."""
    address = os.environ.get("REPO_URL", config.repository).strip()
    if not address:
        config.repository = ""
        return
    parts = urlsplit(address)
    is_whole = parts.hostname and parts.path.strip("/")
    if parts.scheme != "https" or not is_whole or parts.query or parts.fragment:
        raise ConfigError(
            f"REPO_URL is not where a repository can be: {address!r}. "
            "It must look like https://example.org/people/book"
        )
    config.repository = address.rstrip("/").removesuffix(".git")


def setup(app):
    """Register the settings."""
    app.add_config_value("repository", "", "html", types=[str])
    app.add_config_value("repository_branch", "main", "html", types=[str])
    app.connect("config-inited", configure)
