"""What is particular to this report: functions of tidy frames, at most one module for each page.

``rows`` (the rows as tables) and ``rules`` (what its tables must keep) serve all pages. A page's
own frames and sentences are computed in its notebook; what deserves a test of its own stands in
the module of the page's name.
"""
