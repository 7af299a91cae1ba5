"""What is particular to this report: functions of tidy frames to tidy frames.

A page's own frames and sentences are computed in its notebook; what deserves a test of its own
stands in the module of the page's name, at most one a page. What several pages need stands in
modules named for the thing: ``rows`` (the rows as tables), ``rules`` (what the tables must keep),
``coding`` (who coded them, and how far two readings agree), ``stance`` (where an article stands on
a statement), ``places`` (where in it a claim is made), ``retold`` (which studies articles tell of),
``readme`` (what the README computes). The first page sums up the others and uses their modules.
"""
