"""Links to where the book is kept: the repository, the page's source, the form for an error.

Who publishes a book names its repository in ``REPO_URL``; a book without one has no such links.
"""

import os
from urllib.parse import quote, urlsplit

from sphinx.errors import ConfigError

# By a part of the host's name: how its addresses go on. The first that fits; what is none of these
# is taken to be like the last.
FORGES = {
    "gitlab": ("/-/edit/{branch}/{path}", "/-/issues/new?issue[title]="),
    "codeberg": ("/_edit/{branch}/{path}", "/issues/new?title="),
    "": ("/edit/{branch}/{path}", "/issues/new?title="),
}


def links(app, pagename):
    """Return the links of a page by name; empty where no repository is known."""
    base = app.config.repository
    if not base:
        return {}
    host = urlsplit(base).hostname
    edit, report = next(how for part, how in FORGES.items() if part in host)
    found = {"repository": base, "report": base + report}
    if pagename in app.env.found_docs:
        path = app.env.doc2path(pagename, base=False)
        branch = app.config.repository_branch
        found["edit"] = base + edit.format(branch=quote(branch), path=quote(str(path)))
        found["report_page"] = found["report"] + quote(f"Error on the page {pagename}", safe="")
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
