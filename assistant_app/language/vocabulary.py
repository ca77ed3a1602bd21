"""The words of days and times, as data: what they mean, and how else they are written."""

import functools

WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "tues": 1, "wednesday": 2, "wed": 2, "weds": 2, "thursday": 3,
    "thu": 3, "thur": 3, "thurs": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip
WEEKDAY_PLURALS = {f"{word}s": day for word, day in WEEKDAYS.items() if word.endswith("day")}
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
FIXED_FEASTS = {
    "christmas": (12, 25), "christmas day": (12, 25), "xmas": (12, 25), "christmas eve": (12, 24), "xmas eve": (12, 24),
    "boxing day": (12, 26), "new year": (1, 1), "new years": (1, 1), "new year's": (1, 1), "new year's day": (1, 1),
    "new years day": (1, 1), "new year's eve": (12, 31), "new years eve": (12, 31), "halloween": (10, 31),
    "valentine's day": (2, 14), "valentines day": (2, 14), "valentine's": (2, 14), "st patrick's day": (3, 17),
    "independence day": (7, 4),
}  # fmt: skip
# Days from Easter Sunday.
EASTER_FEASTS = {"easter": 0, "easter sunday": 0, "good friday": -2, "easter monday": 1, "ash wednesday": -46}
UNITS = {
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute", "hour": "hour", "hours": "hour",
    "hr": "hour", "hrs": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week", "wk": "week",
    "wks": "week", "fortnight": "fortnight", "fortnights": "fortnight", "month": "month", "months": "month",
    "year": "year", "years": "year", "yr": "year", "yrs": "year", "second": "second", "seconds": "second",
}  # fmt: skip
GLUED_UNITS = {"h": "hour", "m": "minute", "d": "day", "w": "week"}  # As in "30m": only right behind a figure.
SMALL_NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
PARTS = {
    "morning": 9, "forenoon": 9, "noon": 12, "midday": 12, "noontime": 12, "lunchtime": 12, "afternoon": 15,
    "evening": 18, "night": 20, "tonight": 20,
}  # fmt: skip
SPELLINGS = {
    "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "tmrrw": "tomorrow", "tomo": "tomorrow",
    "tomoz": "tomorrow", "tomoro": "tomorrow", "tommorow": "tomorrow", "tommorrow": "tomorrow", "2moro": "tomorrow",
    "2morrow": "tomorrow", "2mrw": "tomorrow", "morrow": "tomorrow", "tdy": "today", "2day": "today",
    "2nite": "tonight", "2night": "tonight", "tonite": "tonight", "nite": "night", "nxt": "next", "evry": "every",
    "evrey": "every", "everey": "every", "evey": "every", "eveyr": "every", "ev": "every", "eve.": "evening",
    "mornin": "morning", "arvo": "afternoon", "aft": "afternoon", "mth": "month", "mths": "months", "wkend": "weekend",
    "oclock": "o'clock", "o'clk": "o'clock", "thrusday": "thursday", "thirsday": "thursday", "wensday": "wednesday",
    "wendsday": "wednesday", "wednsday": "wednesday", "tusday": "tuesday", "teusday": "tuesday", "tuesdy": "tuesday",
    "saterday": "saturday", "satuday": "saturday", "feburary": "february", "febuary": "february", "toady": "today",
    "todya": "today", "tody": "today", "todat": "today", "fortnite": "fortnight", "yesteday": "yesterday",
    "hrly": "hourly", "bi-weekly": "biweekly", "untill": "until", "'til": "until", "til": "until", "till": "until",
    "thru": "through", "betwen": "between", "dialy": "daily", "weekely": "weekly", "montly": "monthly",
    "noonish": "noon", "weekdy": "weekday", "tues.": "tuesday", "frday": "friday", "firday": "friday",
    "midnite": "midnight", "mondy": "monday", "mumday": "monday",
}  # fmt: skip
# Long words in which one wrong letter is forgiven.
_FORGIVEN = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "august",
    "september", "october", "november", "december", "tomorrow", "tonight", "yesterday", "weekend", "weekends",
    "weekday", "weekdays", "morning", "evening", "afternoon", "midnight", "fortnight", "fortnightly", "minutes",
    "monthly", "starting", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays",
)  # fmt: skip
# English words that are one letter away from those.
_OTHER_WORDS = frozenset({
    "sundry", "mourning", "warning", "evenings", "leaning", "weakened", "mooring", "adorning", "moaning", "minuses",
    "minuets", "minute", "staring", "starring", "stating", "startling", "mornings", "mouthly", "afternoons", "augustus",
    "fortnights", "evensong", "sundae", "sundaes", "augusta", "sunny", "fridge",
})  # fmt: skip
_NO_TYPOS = _OTHER_WORDS.union(_FORGIVEN)


@functools.lru_cache(maxsize=4096)
def canonical(word: str) -> str:
    """Return a lower-case word as the grammar knows it: short spellings written out, one wrong letter mended."""
    if word in SPELLINGS:
        return SPELLINGS[word]
    if 5 <= len(word) <= 12 and word not in _NO_TYPOS and word.isalpha():
        return next((known for known in _FORGIVEN if _one_letter_off(word, known)), word)
    return word


def _one_letter_off(word: str, known: str) -> bool:
    """Tell whether a letter is missing, too many, wrong, or swapped with its neighbour; the first one is right."""
    if word[0] != known[0] or abs(len(word) - len(known)) > 1 or word == known:
        return False
    same = next((place for place, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), len(known))
    rest, wanted = word[same:], known[same:]
    if len(word) > len(known):
        return rest[1:] == wanted
    if len(word) < len(known):
        return rest == wanted[1:]
    return rest[1:] == wanted[1:] or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
