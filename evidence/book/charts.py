"""The ``{chart}`` directive: a numbered figure whose content is an SVG element."""

import re

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidence.charts import BLUE

TYPE = 'font-family="Book, sans-serif"'  # where no style sheet reaches into a drawing, as in a PDF
_SIZE = re.compile(r' (?:width|height)="[\d.]+pt"')
_FILL = re.compile(r'fill="#([0-9a-f]{6})"(?= stroke="#ffffff")')


class ChartDirective(SphinxDirective):
    """A figure whose content is an SVG element: ``{chart} caption``, ``:name:``."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"name": directives.unchanged_required}

    def run(self):
        """Return the figure with the drawing and its caption."""
        figure = nodes.figure(classes=["chart"])
        figure += nodes.raw("", self._drawing(), format="html")
        text, messages = self.state.inline_text(self.arguments[0], self.lineno)
        figure += nodes.caption(self.arguments[0], "", *text)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *messages]

    def _drawing(self):
        """The drawing without a size of its own: it takes the width that there is."""
        svg = _SIZE.sub("", as_tint("\n".join(self.content)), count=2)
        return svg.replace("<svg ", f'<svg {TYPE} preserveAspectRatio="xMinYMin" ', 1)


def as_tint(svg):
    """Write the shades of tiles as one colour, more or less opaque.

    A shade mixed with white glares on a dark page; an opacity takes the ground it lies on.

    Parameters
    ----------
    svg : str
        Tiles are told by their white outline.

    Returns
    -------
    str
    """
    full = 255 - int(BLUE[1:3], 16)

    def tint(match):
        opacity = (255 - int(match[1][:2], 16)) / full
        return f'fill="{BLUE}" class="tile" fill-opacity="{opacity:.2f}"'

    return _FILL.sub(tint, svg)


def setup(app):
    """Register the directive."""
    app.add_directive("chart", ChartDirective)
