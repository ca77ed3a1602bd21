"""Words of a search, and the piece of a text that shows where they stand."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant_app.services import texts

_BEFORE, _AFTER = 40, 120
_MOST_WORDS = 12
_MOST_CHARS = 200


@dataclass(frozen=True)
class SnippetPart:
    """A piece of plain text; `is_match` marks what was looked for."""

    text: str
    is_match: bool


class _Folded(dict[int, int]):
    """Each character's plain form, found once: lower case, without accents, and one character for one."""

    def __missing__(self, point: int) -> int:
        first, *rest = unicodedata.normalize("NFD", chr(point))
        # Only accents are dropped: a syllable of Korean decomposes, too, but is no variant of its first sound.
        plain = first if all("\u0300" <= mark <= "\u036f" for mark in rest) else chr(point)
        self[point] = ord(plain.lower()[0])
        return self[point]


_folded = _Folded()


def fold(text: str) -> str:
    """Return the text in lower case and without accents; every character of its composed form keeps its place."""
    return unicodedata.normalize("NFC", text).translate(_folded)


def words_of(query: str) -> list[str]:
    """Return the words of a query, without anything that a query language could read as its own."""
    query = unicodedata.normalize("NFC", texts.one_line(query)[:_MOST_CHARS])
    spaced = "".join(char if char.isalnum() or unicodedata.category(char).startswith("M") else " " for char in query)
    return [word for word in spaced.split() if any(char.isalnum() for char in word)][:_MOST_WORDS]


def cut(text: str, words: Sequence[str]) -> tuple[SnippetPart, ...]:
    """Return the piece of the text around the first match, on one line, with every match in it marked."""
    text = unicodedata.normalize("NFC", text)
    pattern = _pattern(words)
    first = pattern.search(fold(text))
    at = first.start() if first else 0
    start = max(0, at - _BEFORE)
    piece = texts.one_line(text[start : at + _AFTER])
    if start:
        piece = "…" + piece.split(" ", 1)[-1]
    if at + _AFTER < len(text):
        piece += "…"
    return _parts(piece, pattern)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    *whole, last = [re.escape(fold(word)) for word in words]
    choices = [rf"{word}(?![^\W_])" for word in whole] + [last]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(choices)})")


def _parts(piece: str, pattern: re.Pattern[str]) -> tuple[SnippetPart, ...]:
    parts: list[SnippetPart] = []
    done = 0
    for match in pattern.finditer(fold(piece)):
        parts += [
            SnippetPart(piece[done : match.start()], is_match=False),
            SnippetPart(piece[match.start() : match.end()], is_match=True),
        ]
        done = match.end()
    parts.append(SnippetPart(piece[done:], is_match=False))
    return tuple(part for part in parts if part.text)
