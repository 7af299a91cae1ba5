"""Numbers in running text: digits and number words, where they stand and what they are worth."""

import re
from collections.abc import Iterable

from text_to_num import text2num

from evidence.passages import straight

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_UNITS += " sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_LARGE = "hundred thousand million billion"
_OTHER = "zero half halves dozen dozens hundreds thousands millions billions once twice thrice"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"

_CARDINALS = "|".join((_UNITS + " " + _TENS + " " + _LARGE).split())
_CARDINAL = (  # 40 million, two, forty-four
    rf"\d+(?:[.,]\d+)*(?:[\s-](?:{_LARGE.replace(' ', '|')})\b)?"
    rf"|\b(?:{_CARDINALS})(?:[\s-](?:and[\s-])?(?:{_CARDINALS}))*\b"
)
NUMBER = re.compile(
    rf"{_CARDINAL}|\b(?:{'|'.join((_OTHER + ' ' + _ORDINALS).split())})\b", re.IGNORECASE
)
# "1 in 40", "eight out of ten", "19 %"; what follows "in" is no calendar year
SHARE = re.compile(
    rf"(?P<part>{_CARDINAL})(?:\s(?:in|out\sof)\s(?P<whole>(?!(?:19|20)\d\d\b)(?:{_CARDINAL}))"
    r"|\s?%|\sper\s?cent\b)",
    re.IGNORECASE,
)
NO_FIGURES = {  # numbers in names, addresses and figures of speech
    r"\bGM3\b": "part of the name of a ganglioside",
    r"interleukine?-2R": "part of the name of a receptor",
    r"type ?2\b": "part of the name of a disease",
    r"\b(?:in the )?first\b": "an order or a figure of speech",
    r"\bOne very\b": "a figure of speech",
    r"\bonce the\b": "a conjunction",
    r"https?://\S+": "part of an address",
    r"\beach one of\b": "a pronoun",
}
# Words that stand for a number where the text counts with them: "almost half", "for a year"
HALF = re.compile(r"\bhalf\b", re.IGNORECASE)
ONE_SPAN = re.compile(r"\ban?\s(?:hour|day|week|month|year|decade|century)\b", re.IGNORECASE)


def number_spans(text: str) -> list[tuple[int, int]]:
    """Find every number in a text.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (int, int)
        Start and end of each run of digits and each number word, ordinals and plurals included.
    """
    return [match.span() for match in NUMBER.finditer(text)]


def number_value(token: str) -> float | None:
    """Value of one number as written, or None if the token is a word without a definite value.

    Examples
    --------
    >>> number_value("2,500"), number_value("forty-four"), number_value("millions")
    (2500.0, 44.0, None)
    >>> number_value("1.5 million")
    1500000.0
    """
    if token[:1].isdigit():
        digits, *large = re.split(r"[\s-]", token)
        times = number_value(large[0]) if large else 1
        try:
            return float(digits.replace(",", "")) * (times or 1)
        except ValueError:
            return None
    if token.lower() in _OTHER.split():
        return {"zero": 0.0, "once": 1.0, "twice": 2.0}.get(token.lower())
    try:
        return float(text2num(token.replace("-", " ").lower(), "en"))
    except ValueError:
        return None


def stated_values(text: str) -> set[float]:
    """Values that a quantity as stated can bear out, shares in "n in m" form as percent.

    Parameters
    ----------
    text : str
        For example "at least 1 in 40 people".

    Returns
    -------
    set of float
        ``{1.0, 40.0, 2.5}`` for the example. "Half" is 0.5, and 50 percent; "a year" is 1.
    """
    values = {number_value(text[start:end]) for start, end in number_spans(text)}
    values |= {_share_value(match) for match in SHARE.finditer(text)}
    values |= {0.5, 50.0} if HALF.search(text) else set()
    values |= {1.0} if ONE_SPAN.search(text) else set()
    return {value for value in values if value is not None}


def _share_value(share: re.Match[str]) -> float | None:
    part = number_value(share["part"])
    whole = number_value(share["whole"]) if share["whole"] else 100
    return 100 * part / whole if part is not None and whole else None


def unaccounted(text: str, stated: Iterable[str]) -> list[str]:
    """Numbers of a text that stand in none of the figures stated and are figures all the same.

    Parameters
    ----------
    text : str
    stated : iterable of str
        The words of figures that were coded from the text.
    """
    spans = [match.span() for rule in NO_FIGURES for match in re.finditer(rule, text)]
    for words in stated:
        found = re.finditer(re.escape(straight(words)), straight(text))
        spans += [match.span() for match in found]
    return [
        text[start:end]
        for start, end in number_spans(text)
        if not any(first <= start and end <= last for first, last in spans)
    ]
