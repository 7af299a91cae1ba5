"""Tests: of the core, of the report, of the theme, and of the book that they make together."""

import typeguard

# inflect has its own code instrumented at import by typeguard, which takes two seconds a process;
# the tests ask what it answers, not whether its types are right.
typeguard.typechecked = lambda target=None, **_: target or (lambda function: function)
