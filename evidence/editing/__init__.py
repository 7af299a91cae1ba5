"""Commands that write the project: they take sources in and out, and make another book.

========== ============================================================================
module     what it does
========== ============================================================================
intake     takes a source in, and out again
candidates proposes roles of passages, and what may be a row
sheets     sheets of these for a coder
entering   enters what a coder accepted
second     enters what a second reader coded, beside what the first did
renewal    writes again what follows from the rest; says what a source lacks
pages      makes pages of sources and lists them in the contents
settings   the book's title wherever a file tells it
newbook    makes a whole project on another question
========== ============================================================================

Nothing outside but the command line knows of them.
"""
