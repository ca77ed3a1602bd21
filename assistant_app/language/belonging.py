"""Decides whether a phrase of time in a sentence says when, or belongs to what the sentence is about."""

import re
from datetime import date

from assistant_app.language.phrases import Draft
from assistant_app.language.title_words import (
    AFTER_PART,
    AFTER_WEEKDAY,
    AMOUNTS,
    BEFORE_WEEKDAY,
    COUNTING_VERBS,
    DETERMINERS,
    FUNCTION_WORDS,
    MEDIA_VERBS,
    NAMES,
    VERBS,
)
from assistant_app.language.tokens import Token, Tokens, word_at
from assistant_app.language.vocabulary import MONTHS, WEEKDAY_PLURALS, WEEKDAYS

_QUOTED = re.compile(r'"[^"]{1,300}"|“[^”]{1,300}”|„[^“”]{1,300}[“”]|«[^»]{1,300}»|(?<!\w)\'[^\']{3,300}\'(?!\w)')
_OPENING = frozenset("([\"'-,;/|")
_AMOUNT_SIGNS = frozenset("$€£#%°*+=")
_PREPOSITIONS = frozenset({
    "on", "at", "by", "before", "until", "from", "for", "in", "around", "about", "after", "during", "over", "@", "due",
    "sometime", "starting", "beginning", "between", "within", "no", "not", "or", "anytime", "through",
})  # fmt: skip
_NEAR = frozenset({"today", "tomorrow", "tonight"})
_DAY_NAMES = WEEKDAYS.keys() | WEEKDAY_PLURALS.keys() | MONTHS.keys()
_RISKY = frozenset({"sun", "sat", "wed", "mar", "mon"})
_PAST = frozenset({"yesterday", "last", "past", "previous", "ago"})


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """Return where the text quotes something, which is to be taken word by word."""
    return [match.span() for match in _QUOTED.finditer(text)]


def names_something(tokens: Tokens, first: int, end: int, draft: Draft) -> bool:
    """Tell whether the phrase from token `first` to before `end` is a name, or what something is about."""
    return _is_name(tokens, first, end, draft) or _is_about(draft)


def is_time(tokens: Tokens, first: int, end: int, draft: Draft) -> bool:
    """Tell whether the phrase can be a time at all, and no piece of a word, no amount and no short other word."""
    if draft.loose or _is_glued(tokens, first, end) or _is_risky(tokens, first, end):
        return False
    return not _is_amount(tokens, first, end, draft)


def is_attributive(tokens: Tokens, first: int, end: int, draft: Draft) -> bool:
    """Tell whether the phrase says which one rather than when: `the 3pm meeting`, `submit Friday report`."""
    before, after = word_at(tokens, first - 1), word_at(tokens, end)
    words = {token.word for token in tokens[first:end]}
    owned = before.endswith("'s")
    if (owned or before in DETERMINERS) and not (owned and _stands_alone(tokens, first, end)):
        return True
    if words <= _NEAR or not _is_content(tokens, end):
        return False
    if _is_noun_like(draft, words) and (after not in VERBS or first > 0):
        return True
    if tokens[first].word in _PREPOSITIONS or draft.ahead or (draft.repeat and tokens[first].word in ("every", "each")):
        return False
    if first == 0:
        return _is_compound(tokens, end, draft)
    ended = before not in VERBS and (before not in FUNCTION_WORDS or before in ("and", "then"))
    return not ended or (after in AFTER_WEEKDAY and draft.hours is None)


def _stands_alone(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether a phrase behind "Anna's" says when: "Anna's 3pm" is hers, "at Anna's at 3pm" says when."""
    begins = tokens[first].word in _PREPOSITIONS or tokens[first].word in _NEAR or word_at(tokens, first - 2) == "at"
    return begins and not _is_content(tokens, end)


def _is_noun_like(draft: Draft, words: set[str]) -> bool:
    """Tell whether a phrase goes together with a noun even behind a preposition: `on the 2nd floor`."""
    return (draft.day is not None and draft.day.kind in ("monthday", "feast")) or (
        "the" in words and not words.isdisjoint(WEEKDAYS)
    )


def is_past(tokens: Tokens, first: int, end: int, draft: Draft, today: date) -> bool:
    """Tell whether the phrase looks back, as nobody does who plans."""
    back = draft.day is not None and draft.day.first < today and not draft.repeat
    return back and any(token.word in _PAST for token in tokens[first:end])


def _is_content(tokens: Tokens, at: int) -> bool:
    """Tell whether the word at an index goes on with a noun phrase."""
    if at >= len(tokens) or tokens[at].kind == "mark":
        return False
    return tokens[at].word not in FUNCTION_WORDS and tokens[at].kind in ("word", "number", "ordinal")


def _is_compound(tokens: Tokens, end: int, draft: Draft) -> bool:
    """Tell whether a sentence starts with a name such as "Sunday roast", or "midnight snack"."""
    after = word_at(tokens, end)
    if draft.repeat:
        return after not in VERBS
    if draft.hours or draft.part:
        return end == 1 and after in AFTER_PART
    return after in AFTER_WEEKDAY


def _is_glued(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether the phrase is a piece of a longer word or figure: `#5pm`, `5-year`, `monday.com`."""
    before = tokens[first - 1] if first else None
    if before and ((tokens[first].glued and before.word not in _OPENING) or before.word in _AMOUNT_SIGNS):
        return True
    if before and before.word == "-" and before.glued and tokens[first].glued:
        return True
    if end >= len(tokens) or not tokens[end].glued:
        return False
    after = tokens[end]
    if after.kind != "mark" or after.word in _AMOUNT_SIGNS:
        return True
    return after.word in "-./'_" and end + 1 < len(tokens) and tokens[end + 1].glued


def _is_name(tokens: Tokens, first: int, end: int, draft: Draft) -> bool:
    """Tell whether the phrase is a part of a name: `Black Friday`, `The Day After Tomorrow`."""
    if tokens[first].raw in NAMES:
        return True
    if tokens[first].word in _DAY_NAMES and word_at(tokens, first - 1) in BEFORE_WEEKDAY:
        return True
    if draft.day and draft.day.kind == "feast":
        return draft.first_word == "for" and not draft.hours
    title = [token for token in tokens[first:end] if token.kind == "word" and token.word not in _DAY_NAMES]
    if _in_small_letters(tokens, first, end) and any(_is_capital(tokens, token) for token in title):
        return True
    if tokens[first].raw[0].isupper() and word_at(tokens, first - 1) in MEDIA_VERBS:
        return end < len(tokens) and (tokens[end].raw[0].isupper() or tokens[end].word == "with")
    return False


def _in_small_letters(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether the rest of the text is in small letters, so that capital ones say something."""
    others = [token for token in (*tokens[:first], *tokens[end:]) if token.kind == "word"]
    return sum(token.raw[0].islower() for token in others) * 2 > len(others)


def _is_capital(tokens: Tokens, token: Token) -> bool:
    """Tell whether a word is capitalised though no sentence starts with it."""
    at = next(place for place, each in enumerate(tokens) if each is token)
    starts = at == 0 or word_at(tokens, at - 1) in (".", "!", "?", ":", ";", "-", ",", '"', "(")
    return token.raw.istitle() and not starts and token.word not in ("am", "pm", "a", "p", "m")


def _is_risky(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether a short form is more likely the word that it looks like: `sun cream`, `sat nav`, `in the sun`."""
    if end != first + 1 or tokens[first].word not in _RISKY or tokens[first].raw.lower() not in _RISKY:
        return False
    if word_at(tokens, first - 1) in DETERMINERS | {"some", "more"}:
        return True
    alone = end < len(tokens) and _is_content(tokens, end)
    return alone or (tokens[first].raw[0].islower() and tokens[first].word == "sun")


def _is_about(draft: Draft) -> bool:
    """Tell whether "from Monday" or "about the weekend" says where something is from, or what it is about."""
    ranged = draft.last_day or draft.last_hours or draft.length or draft.repeat or (draft.hours and draft.hours.end)
    if draft.first_word == "about":
        return draft.hours is None
    return draft.first_word == "from" and not ranged and not draft.hours


def _is_amount(tokens: Tokens, first: int, end: int, draft: Draft) -> bool:
    """Tell whether a number that "at" or "by" makes a time counts something: `look at 3 houses`, `at 5 Main Street`."""
    if draft.day and tokens[first].raw in ("may", "march") and _names_amount(tokens, end):
        return True
    if draft.day and tokens[end - 1].kind == "date" and "/" in tokens[end - 1].word and _names_amount(tokens, end):
        return True
    if not draft.bare or not draft.hours or draft.hours.part:
        return False
    if tokens[end - 1].number is None and tokens[end - 1].kind != "word":
        return False
    if word_at(tokens, first - 1) in COUNTING_VERBS and tokens[first].word == "by":
        return True
    return _names_amount(tokens, end)


def _names_amount(tokens: Tokens, at: int) -> bool:
    """Tell whether the word at an index is counted: a plural, a unit, or a name as in an address."""
    if at >= len(tokens) or tokens[at].kind not in ("word", "number"):
        return at < len(tokens) and tokens[at].word in _AMOUNT_SIGNS
    word, raw = tokens[at].word, tokens[at].raw
    if word in VERBS or (word in FUNCTION_WORDS and word != "of"):
        return False
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    return (
        word in AMOUNTS
        or plural
        or (raw[0].isupper() and raw[1:].islower())
        or word_at(tokens, at + 1) in ("street", "st")
    )
