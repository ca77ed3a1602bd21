"""Numbers in English words, up to the millions."""

import re

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SMALL = {word: number for number, word in enumerate(_UNITS)} | _TENS
_SCALES = {"thousand": 1_000, "million": 1_000_000}
_WORD = "|".join(sorted({*_SMALL, *_SCALES, "hundred"}, key=len, reverse=True))
_RUN = re.compile(rf"\b(?:an? (?=hundred|thousand|million))?(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*\b")


def replace_number_words(text: str) -> str:
    """Replace every run of number words by its figures; a run that makes no number stays as it is."""
    return _RUN.sub(lambda found: _figures(found[0]), text)


def _figures(words: str) -> str:
    total, group, last = 0, 0, 1_000
    for word in re.split(r"[ -]", re.sub(r"\ban? | and ", " ", words).strip()):
        if not word:
            continue
        if word == "hundred":
            group, last = max(group, 1) * 100, 100
        elif word in _SCALES:
            total, group, last = total + max(group, 1) * _SCALES[word], 0, 1_000
        elif not _follows(_SMALL[word], last):
            return words
        else:
            group, last = group + _SMALL[word], _SMALL[word]
    return str(total + group)


def _follows(number: int, last: int) -> bool:
    """Tell whether a number can stand after another in one: "twenty one" can, "one two" cannot."""
    return number < 10 if 20 <= last < 100 else last >= 100
