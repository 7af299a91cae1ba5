"""Numbers in running text: digits and number words, where they stand and what they are worth."""

import re

from text_to_num import text2num

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_UNITS += " sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_LARGE = "hundred thousand million billion"
_OTHER = "zero half halves dozen dozens hundreds thousands millions billions once twice thrice"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"

_CARDINALS = "|".join((_UNITS + " " + _TENS + " " + _LARGE).split())
NUMBER = re.compile(
    rf"\d+(?:[.,]\d+)*(?:[\s-](?:{_LARGE.replace(' ', '|')})\b)?"
    rf"|\b(?:{_CARDINALS})(?:[\s-](?:and[\s-])?(?:{_CARDINALS}))*\b"
    rf"|\b(?:{'|'.join((_OTHER + ' ' + _ORDINALS).split())})\b",
    re.IGNORECASE,
)
ONE_IN = re.compile(r"(?P<part>[\w.,]+) in (?P<whole>[\d.,]+|[a-z-]+)", re.IGNORECASE)


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
        ``{1.0, 40.0, 2.5}`` for the example.
    """
    values = {number_value(text[start:end]) for start, end in number_spans(text)}
    for match in ONE_IN.finditer(text):
        part, whole = number_value(match["part"]), number_value(match["whole"])
        if part is not None and whole:
            values.add(100 * part / whole)
    return {value for value in values if value is not None}
