"""Read, check and show evidence coded from text, each row anchored to a passage of its source.

The package knows nothing of the subject. What is coded, on which scales and with which levels is
said by the Frictionless Data Package in ``data/``; what the rows say together, by the notebooks
and the functions of :mod:`report`. Of the tables it knows four by name, its own model:
``sources``, ``passages``, ``codings``, and ``absences``, which say why a source has no row.

============ ==========================================================================
module       what it does
============ ==========================================================================
data         reads the data package into tables
belonging    which rows belong to a source
files        rows as they stand in a file; files that change together
copies       reads a text file or a saved web page
passages     cuts a copy into passages and recognises them again
quantities   finds numbers in text
check        holds the tables against their schemas and against each other
completeness what every finished source must have
verify       holds the tables against the copies they were coded from
newer        finds the coded passages in a newer copy
overlaps     words that two copies share
readability  reading grades of a text
reliability  agreement between the two codings
scales       levels and places as text
tables       numbered, captioned, linkable tables
charts       captioned SVG of matplotlib's drawings, with a text alternative
prose        words made from data
exports      web annotations and an RO-Crate
kernels      kernels that share their imports
notebooks    executes notebooks and knows whether their outputs are fresh
editing      takes sources in and out, and makes another book
cli          the command line
============ ==========================================================================
"""
