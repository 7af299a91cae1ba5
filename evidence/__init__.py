"""Read, check and show evidence coded from text, each row anchored to a passage of its source.

============ ==========================================================================
module       what it does
============ ==========================================================================
data         reads the tables with the types and scales of their schema
check        holds the tables against their schema and against each other
verify       holds the tables against the copies they were coded from
passages     cuts a copy into passages, recognises them again, counts words up to a word
numbers      finds numbers in text
overlaps     finds words that two copies share
conflicts    finds claims that deny each other or differ in strength
agreement    measures agreement between the two codings
people       measures agreement of our coding with people's
adding       takes in a new copy
tables       numbered, captioned tables whose rows can be linked to
charts       numbered, captioned charts with a text alternative
rows         the rows of one article, or of all, in a reader's words
prose        holds what prose says to asserts beside it
run          executes a notebook and stores its outputs
============ ==========================================================================
"""
