"""A sentence in two forms at once: plain words that phrases match, and the text as it was typed for titles."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant_app.llm.builtin.spelling import corrected

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\u00a0": " "})
_EDGE = " \t\n\"'`*_.,;:!?()[]<>"
_WORD = re.compile(r"\S+")
# "The report's done" says that it is; "the report's deadline" says whose it is.
_STATED = re.compile(
    r"\s+(?:all |already |now )*(?:done|finished|completed?|due|overdue|ready|paid|urgent|important|not|been)\b"
    r"|\s+(?:bought|sent|[a-z]{3,}ed)\W*$",
    re.IGNORECASE,
)
# Short forms as the words that they stand for, so that phrases need one spelling only.
_SHORT: dict[str, str] = {
    "dont": "do not", "don't": "do not", "doesn't": "does not", "didn't": "did not", "hadn't": "had not",
    "hadnt": "had not", "didnt": "did not",
    "isn't": "is not", "isnt": "is not", "aren't": "are not", "wasn't": "was not", "won't": "will not",
    "wouldn't": "would not", "shouldn't": "should not", "couldn't": "could not", "haven't": "have not",
    "hasn't": "has not", "can't": "can not", "cannot": "can not", "cant": "can not", "mustn't": "must not",
    "i'm": "i am", "im": "i am", "i've": "i have", "ive": "i have", "i'd": "i would", "i'll": "i will",
    "we've": "we have", "we're": "we are", "we'll": "we will", "you're": "you are", "let's": "let us",
    "what's": "what is", "whats": "what is", "where's": "where is", "when's": "when is", "who's": "who is",
    "how's": "how is", "it's": "it is", "that's": "that is", "thats": "that is", "there's": "there is",
    "here's": "here is", "she's": "she is", "he's": "he is", "they're": "they are", "gonna": "going to",
    "gotta": "got to", "wanna": "want to", "u": "you", "pls": "please", "plz": "please", "rn": "right now",
    "&": "and", "+": "and", "todos": "to-dos", "to-do's": "to-dos", "todo's": "to-dos", "to-do’s": "to-dos",
    "n": "and", "ur": "your", "plss": "please", "lemme": "let me",
    "wats": "what is", "wat": "what", "whens": "when is", "wheres": "where is", "lsit": "list", "tmr": "tomorrow",
    "teh": "the", "hte": "the", "taks": "task", "tsak": "task", "adde": "add", "til": "until", "'til": "until",
    "w": "with", "w/": "with", "what've": "what have", "whatve": "what have", "you've": "you have",
    "they've": "they have", "who've": "who have", "where've": "where have", "how've": "how have",
}  # fmt: skip


@dataclass(frozen=True)
class _Word:
    """A plain word, and where in the text the token stands that it comes from."""

    plain: str
    start: int
    end: int


class Sentence:
    """A text cut into words. `plain` is lower case without punctuation, a blank before each word."""

    def __init__(self, text: str, words: "Sequence[_Word] | None" = None) -> None:
        """Cut the text, unless its words are given."""
        self.text = text
        self.asks = text.rstrip(" \"')").endswith("?")
        self._words = tuple(_words(text) if words is None else words)
        self.plain = "".join(f" {word.plain}" for word in self._words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The plain words."""
        return tuple(word.plain for word in self._words)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = list[int](), 0
        for word in self._words:
            starts.append(at)
            at += len(word.plain) + 1
        return starts

    def _at(self, start: int) -> int:
        """Return the index of the word that begins at a place in `plain`, with or without the blank before it."""
        return bisect_left(self._starts, start if self.plain[start : start + 1] in (" ", "") else start - 1)

    def typed(self, start: int, end: int) -> str:
        """Return the text as it was typed that a piece of `plain` stands for."""
        first, last = self._at(start), bisect_left(self._starts, end) - 1
        if last < first:
            return ""
        before, behind = self._words[first - 1 : first], self._words[last + 1 : last + 2]
        if any(word.start == self._words[first].start for word in before) or any(
            word.start == self._words[last].start for word in behind
        ):
            return self.plain[start:end].strip()  # A piece of a short form: the "it" of "it's".
        return trimmed(self.text[self._words[first].start : self._words[last].end])

    def raw(self, start: int, end: int) -> str:
        """Return the text that a piece of `plain` stands for with all marks around it."""
        first, last = self._at(start), bisect_left(self._starts, end) - 1
        return self.text[self._words[first].start : self._words[last].end] if last >= first else ""

    def spelled(self, known: frozenset[str]) -> "Sentence":
        """Return the sentence with its words as they were meant, where they are one letter off a known one."""
        return Sentence(
            self.text,
            [
                word if word.plain in known else replace(word, plain=corrected(word.plain, known))
                for word in self._words
            ],
        )

    def after(self, start: int) -> "Sentence":
        """Return the rest of the sentence from a place in `plain`, its end punctuation kept."""
        first = self._at(start)
        return Sentence(self.text[self._words[first].start :] if first < len(self._words) else "")

    def before(self, end: int) -> "Sentence":
        """Return the sentence up to a place in `plain`, still asking if it asks."""
        last = bisect_left(self._starts, end) - 1
        return Sentence(self.text[: self._words[last].end] + "?" * self.asks if last >= 0 else "")


def trimmed(text: str) -> str:
    """Return text without the punctuation around it; brackets and quotes that belong to it stay."""
    text = text.strip().strip(",;:").strip()
    while len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`“*":
        text = text[1:-1].strip()
    text = re.sub(r"[\s,;:.!?]+$", "", text) if not text.endswith("...") else text[:-3].rstrip()
    text = text.removeprefix("“").removesuffix("”") if text.startswith("“") or text.endswith("”") else text
    return " ".join(text.split())


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    plain = text.translate(_TYPOGRAPHY)
    for token in _WORD.finditer(plain):
        word = token[0].lower().strip(_EDGE) or ("&" if "&" in token[0] else "")
        word = _SHORT.get(word, word)
        if word.endswith("'s") and _STATED.match(plain, token.end()):
            word = f"{word[:-2]} is"
        if re.search(r"\w", word) or word.startswith("#"):
            found += [_Word(piece, token.start(), token.end()) for piece in word.split()]
    return found
