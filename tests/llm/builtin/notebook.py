"""A person's tasks, reminders and events in memory, found by the same rules as those in the database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant_app.llm.base import KINDS, Focus, Thing, ThingKind

_SMALL = frozenset({"the", "a", "an", "my", "our", "for", "to", "of", "some"})
_ENDINGS = re.compile(r"(?:ing|ies|ed|es|s|e|y|d)$")


@dataclass
class Notebook:
    """What is there, and what the conversation was about."""

    things: Sequence[Thing]
    titles: Sequence[str] = ("groceries", "work", "home")
    asked: Sequence[str] = ()
    about: Focus = field(default_factory=Focus)

    async def find(
        self, words: str, *, kinds: Sequence[ThingKind] = KINDS, done: bool | None = False
    ) -> Sequence[Thing]:
        """Return what fits: a number, a whole title, all words, then words with a letter or an ending changed."""
        fitting = [
            replace(thing, score=score)
            for thing in self.things
            if thing.kind in kinds and done in (None, thing.done) and (score := _score(words, thing))
        ]
        return sorted(fitting, key=lambda thing: thing.score, reverse=True)

    async def focus(self) -> Focus:
        """Return what the conversation was about."""
        return self.about

    async def open_tasks(
        self, *, in_list: str = "", first: date | None = None, last: date | None = None
    ) -> Sequence[Thing]:
        """Return the open tasks of a list, or due on some days."""
        begin, end = first.isoformat() if first else "", last.isoformat() if last else "9999"
        dated = bool(first or last)
        return [
            thing
            for thing in self.things
            if (thing.kind, thing.done) == ("task", False)
            and in_list in ("", thing.list)
            and (not dated or (thing.when and begin <= thing.when[:10] <= end))
        ]

    async def waiting(self) -> Sequence[str]:
        """Return what waits for a yes."""
        return self.asked

    async def lists(self) -> Sequence[str]:
        """Return the titles of all lists."""
        return self.titles


def _score(words: str, thing: Thing) -> float:
    said, title = _words(words), _words(thing.title)
    if words.strip().lstrip("#") == str(thing.number) or (said and said == title):
        return 1.0
    if not said:
        return 0.0
    if set(said) <= set(title):
        return 0.9
    if all(any(_typo(word, other) for other in title) for word in said):
        return 0.8
    if all(any(_stem(word) == _stem(other) or _typo(word, other) for other in title) for word in said):
        return 0.75
    return 0.0


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w'-]+", text.lower()) if word not in _SMALL]


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > 4 else word


def _typo(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    swapped = len(one) > 1 and len(other) > 1 and one[1] == other[0] and one[0] == other[1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped
