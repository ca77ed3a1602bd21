"""A small language for phrases, so that what is understood reads as data.

`what time is it [now] [in {place}]`: brackets are optional, `(a|b)` is a choice, `{place}` takes one or more words.
A phrase matches a whole form, never a part of it: whoever says more than the phrase means more than it.
"""

import functools
import re
from collections.abc import Iterable, Mapping

from assistant_app.llm.builtin.hearing import Heard

_TOKEN = re.compile(r"\{(?P<slot>\w+)\}|(?P<mark>[\[\]()|])|(?P<word>[^\s\[\]()|{}]+)")


def match(heard: Heard, phrases: Iterable[str]) -> Mapping[str, str] | None:
    """Return the words in the slots of the first phrase that fits, an empty mapping if it has none, else None."""
    compiled = [compile_phrase(phrase, commas=True) for phrase in phrases]
    for form in reversed(heard.forms):  # The barest first, so that no slot ends in "please".
        for pattern in compiled:
            if found := pattern.fullmatch(f" {form}"):
                return {name: value.strip() for name, value in found.groupdict(default="").items() if value}
    return None


@functools.cache
def compile_phrase(phrase: str, least: int = 1, *, commas: bool = False) -> re.Pattern[str]:
    """Turn a phrase into a pattern over a form with a blank in front: every word brings the blank before it.

    The first slot takes `least` words or more: what does not hold with the fewest words may hold with more. `commas`
    are let through between words, for forms that keep them.
    """
    parts: list[str] = []
    for token in _TOKEN.finditer(phrase):
        if token["slot"]:
            parts.append(rf"(?P<{token['slot']}>(?: \S+){{{least},}}?)")
            least = 1
        elif token["word"]:
            word = re.escape(token["word"])
            parts.append(rf"[ ,]*(?<![^ ,]){word}(?![^ ,])" if commas else f" {word}")
        else:
            parts.append({"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}[token["mark"]])
    return re.compile("".join(parts))


def first_words(phrase: str) -> frozenset[str] | None:
    """Return the words that what fits a phrase can begin with, None if that can be any word."""
    words: set[str] = set()
    tokens = [(token["slot"], token["mark"], token["word"]) for token in _TOKEN.finditer(phrase)]
    return frozenset(words) if _first(tokens, 0, len(tokens), words) else None


_Tokens = list[tuple[str | None, str | None, str | None]]


def _first(tokens: _Tokens, at: int, end: int, words: set[str]) -> bool:
    """Collect the first words of a piece; False if it can begin with a slot, or be empty as a whole."""
    while at < end:
        slot, mark, word = tokens[at]
        if slot:
            return False
        if word:
            words.add(word)
            return True
        close = _closing(tokens, at)
        known = [_first(tokens, start, stop, words) for start, stop in _choices(tokens, at + 1, close)]
        if mark == "(":
            return all(known)
        if not all(known):
            return False
        at = close + 1
    return False


def _closing(tokens: _Tokens, at: int) -> int:
    depth = 0
    for index in range(at, len(tokens)):
        depth += (tokens[index][1] in ("(", "[")) - (tokens[index][1] in (")", "]"))
        if not depth:
            return index
    raise ValueError("a bracket is never closed")


def _choices(tokens: _Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the choices of a bracket begin and end."""
    found, depth, begin = list[tuple[int, int]](), 0, start
    for index in range(start, end):
        mark = tokens[index][1]
        depth += (mark in ("(", "[")) - (mark in (")", "]"))
        if mark == "|" and not depth:
            found.append((begin, index))
            begin = index + 1
    return [*found, (begin, end)]
