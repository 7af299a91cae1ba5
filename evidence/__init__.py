"""Read, check and show evidence coded from text, each row anchored to a passage of its source.

The package knows nothing of the subject: what is coded, on which scales and with which levels is
said by the Frictionless Data Package in ``data/``.

=========== ==========================================================================
module      what it does
=========== ==========================================================================
data        reads the data package into tables
passages    cuts a copy into passages and recognises them again
quantities  finds numbers in text
check       holds the tables against their schemas and against each other
verify      holds the tables against the copies they were coded from
analysis    counts, stances, what the sources share
agreement   agreement between the two codings
tables      numbered, captioned, linkable tables
charts      captioned SVG with a text alternative
scales      levels and quantities as text
views       the tables that the pages show
pages       the prose values and charts that the pages show
prose       words made from data
comparisons a module for each page that compares the sources
overlaps    words that two copies share
readability reading grades by published formulas
appraisals  totals of published instruments
sensitivity do the findings hold under other choices
export      the data package as an archive
notebooks   executes notebooks and knows whether their outputs are fresh
book        the Sphinx extension that builds the pages
cli         the command line
=========== ==========================================================================
"""
