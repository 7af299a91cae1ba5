"""The example, which other books begin with, has no word of this one."""

import re


def test_no_word_of_this_subject_stands_in_the_example(data, example):
    words = {data.descriptor["terms"]["matter"], "autoimmun"}
    for path in example.iterdir():
        told = [
            line
            for line in path.read_text("utf-8").splitlines()
            if re.search("|".join(words), line, re.IGNORECASE)
        ]
        assert told == [], path.name
