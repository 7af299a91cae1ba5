"""Terms of the book's glossary, linked where a page first uses them.

The setting ``glossary`` names the table: its rows have a key, a term and what it means.
"""

import re
from functools import cache

from docutils import nodes

from booktheme.page import ancestors

# What is a link, code or somebody's words is left as it is; so are tables and charts.
LEFT = (
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.raw,
    nodes.block_quote,
    nodes.table,
    nodes.figure,
    nodes.citation,
    nodes.footnote,
)
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")


@cache
def terms(env):
    """Return the glossary's page and, for each term, its anchor and what it means."""
    page, name = env.get_domain("std").anonlabels.get(env.config.glossary, ("", ""))
    if not page:
        return "", {}
    doctree = env.get_doctree(page)
    rows = [row for row in doctree.ids[name].findall(nodes.row) if row["ids"]]
    return page, {row[1].astext(): (row["ids"][0], row[2].astext()) for row in rows if len(row) > 2}


def _forms(name):
    """A term as it may be written: singular and plural."""
    if name.endswith("is"):
        return [name, f"{name[:-2]}es"]
    return [name, f"{name[:-1]}ies"] if re.search("[^aeiou]y$", name) else [name, f"{name}s"]


def link_terms(app, doctree, docname):
    """Link the first use of each term in a page's running text to its row in the glossary."""
    page, known = terms(app.env)
    if not known or docname == page:
        return
    linked = {ref.get("refuri", "").rpartition("#")[2] for ref in doctree.findall(nodes.reference)}
    where = app.builder.get_relative_uri(docname, page).partition("#")[0]
    left = {name: told for name, told in known.items() if told[0] not in linked}
    if not left:  # as in a PDF, one page, whose text links to every term
        return
    forms = {form.lower(): name for name in left for form in _forms(name)}
    longest = sorted(forms, key=len, reverse=True)
    find = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)

    def links(text, at, quoted):
        parts, end = [], 0
        for match in find.finditer(text):
            told = left.get(forms[match[0].lower()])
            if told and not any(a <= at + match.start() < b for a, b in quoted):
                del left[forms[match[0].lower()]]
                anchor, meaning = told
                how = {"internal": True, "refuri": f"{where}#{anchor}", "reftitle": meaning}
                link = nodes.reference("", match[0], classes=["term"], **how)
                parts += [nodes.Text(text[end : match.start()]), link]
                end = match.end()
        return [*parts, nodes.Text(text[end:])]

    for paragraph in list(doctree.findall(nodes.paragraph)):
        if any(isinstance(node, LEFT) for node in ancestors(paragraph)):
            continue
        whole = paragraph.astext()
        quoted = [match.span() for match in _QUOTED.finditer(whole)]
        at = 0
        for text in list(paragraph.findall(nodes.Text)):
            if not any(isinstance(node, LEFT) for node in ancestors(text)):
                text.parent.replace(text, links(text, at, quoted))
            at += len(text)


def outdated(app, env, added, changed, removed):
    """Have every page read again when the glossary's page changed."""
    page, _ = env.get_domain("std").anonlabels.get(env.config.glossary, ("", ""))
    return list(env.found_docs) if page in changed | removed else []


def setup(app):
    """Register the setting and the links."""
    app.add_config_value("glossary", "", "env", types=[str])
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-resolved", link_terms)
