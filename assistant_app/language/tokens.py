"""Cuts a text into words, figures and marks, each with its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from assistant_app.language.vocabulary import ORDINALS, SMALL_NUMBERS, TENS, canonical

T = TypeVar("T")
_LONGEST = 4_000  # A longer text is a document, and no sentence that asks for something.
_MOST_SKIPPED = 5
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "–": "-", "—": "-", "−": "-", "\u00a0": " "})
_TOKEN = re.compile(
    r"""(?P<short>2(?:moro|morrow|mrw|day|nite|night)\b)
    | (?P<iso>\d{4}-\d{1,2}-\d{1,2}(?:T\d{2}:\d{2}(?::\d{2})?)?(?![\d-]))
    | (?P<date>\d{1,2}(?P<sign>[./-])\d{1,2}(?P=sign)(?:\d{4}|\d{2})(?![\d./-]*\d)
        | \d{1,2}/\d{1,2}(?![\d/]) | \d{1,2}\.(?:0?[1-9]|1[0-2])\.(?=\s|$))
    | (?P<clock>\d{1,2}[:.]\d{2}(?::\d{2})?(?![\d:]) | \d{1,2}h\d{2}(?!\d))
    | (?P<decimal>\d{1,3}[.,]\d(?!\d))
    | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
    | (?P<number>\d+)
    | (?P<word>[^\W\d_]+(?:['][^\W\d_]+)*)
    | (?P<mark>\S)""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: `word` in the grammar's spelling, `raw` as typed, `glued` to the one before it.

    `number` is the value of figures, of `3rd` as well; `kind` is the name of the group that found it.
    """

    word: str
    raw: str
    start: int
    end: int
    kind: str
    glued: bool
    number: int | None = None


class Found(NamedTuple, Generic[T]):
    """What was read, and the index of the token behind it."""

    end: int
    value: T


Tokens = Sequence[Token]


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text; of a document those of its beginning."""
    tokens: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text.translate(_TYPOGRAPHY)[:_LONGEST]):
        kind, raw = match.lastgroup or "mark", match[0]
        if kind == "sign":
            kind = "date"
        lower = raw.lower()
        word = canonical(lower) if kind in ("word", "short") else lower
        if kind == "iso" and "t" in lower:  # The day and the time of it are two things to read.
            tokens.append(Token(lower[:10], raw[:10], match.start(), match.start() + 10, kind, match.start() == last))
            last = match.start() + 10
        number = int(lower) if kind == "number" else int(lower[:-2]) if kind == "ordinal" else None
        kind = "word" if kind == "short" else kind
        tokens.append(Token(word, raw, match.start(), match.end(), kind, match.start() == last, number))
        last = match.end()
    return tokens


def word_at(tokens: Tokens, at: int) -> str:
    """Return the word at an index, empty behind the end."""
    return tokens[at].word if 0 <= at < len(tokens) else ""


def may_start(token: Token, words: frozenset[str]) -> bool:
    """Tell whether a phrase can start with a token: with figures, or with one of the words."""
    return token.word in words if token.kind in ("word", "mark") else True


def skip(tokens: Tokens, at: int, *words: str) -> int:
    """Return the index behind the words that stand there, or `at` if they do not all stand there."""
    end = at + len(words)
    if end > len(tokens) or tokens[at].word != words[0]:
        return at
    return end if all(tokens[at + place].word == word for place, word in enumerate(words)) else at


def skip_any(tokens: Tokens, at: int, words: frozenset[str]) -> int:
    """Return the index behind the words of the set that stand there in a row: a few, as nobody says more."""
    end = at
    while end < at + _MOST_SKIPPED and end < len(tokens) and tokens[end].word in words:
        end += 1
    return end


def read_number(tokens: Tokens, at: int) -> Found[int] | None:
    """Read figures or number words: `3`, `three`, `twenty-five`."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "number" and token.number is not None and token.number < 10_000:
        return Found(at + 1, token.number)
    if token.word in TENS:
        behind = at + 2 if word_at(tokens, at + 1) == "-" else at + 1
        unit = SMALL_NUMBERS.get(word_at(tokens, behind), 0)
        return Found(behind + 1, TENS[token.word] + unit) if 0 < unit < 10 else Found(at + 1, TENS[token.word])
    if token.word in SMALL_NUMBERS:
        return Found(at + 1, SMALL_NUMBERS[token.word])
    return None


def read_ordinal(tokens: Tokens, at: int) -> Found[int] | None:
    """Read `3rd`, `third`, `twenty-first`."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "ordinal" and token.number is not None:
        return Found(at + 1, token.number)
    if token.word in ORDINALS:
        return Found(at + 1, ORDINALS[token.word])
    if token.word in ("twenty", "thirty"):
        behind = at + 2 if word_at(tokens, at + 1) == "-" else at + 1
        unit = ORDINALS.get(word_at(tokens, behind), 10)
        return Found(behind + 1, TENS[token.word] + unit) if unit < 10 else None
    return None
