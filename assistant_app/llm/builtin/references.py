"""Finds what words mean among the user's objects: a number, a pronoun, a place in a list, or words of a title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from assistant_app.llm.base import KINDS, Book, Focus, Thing, ThingKind
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.moments import Moments
from assistant_app.llm.builtin.pointers import Pointer, point
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.spelling import corrected, is_near

_CLOSE = 0.03  # Scores nearer than this tell nothing about which one is meant.
_NUMBERS = re.compile(
    r"(?:the )?(?:(?:tasks?|to-?dos?|reminders?|events?|items?|appointments?|meetings?) )?(?:(?:numbers?|numero"
    r"|no|nr|nos?)\.? )?"
    r"#?\d{1,6}(?:(?:,| and| &|, and| plus|,? #| or) ?(?:(?:task|number|reminder|event|no)\.? )?#?\d{1,6})*"
)
_RANGE = re.compile(r"(?:(?:tasks|numbers|items|reminders|events) )?#?(\d{1,5}) ?(?:-|to|through|until) ?#?(\d{1,5})")
_AND = re.compile(r"\s*(?:,\s*and\s+|,|\s+and\s+|\s+&\s+)\s*", re.IGNORECASE)
# "The slides can wait, drop them": said of one thing whose name is in the plural.
_JUST_NAMED = frozenset({"them", "those", "these", "they"})
_FIGURES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_COUNTED = re.compile(rf"\b(task|tasks|number|reminder|event) ({'|'.join(_FIGURES)})\b")
_KIND_WORDS: dict[str, ThingKind] = {
    "task": "task", "tasks": "task", "to-do": "task", "todo": "task", "to-dos": "task", "item": "task",
    "errand": "task",
    "chore": "task", "reminder": "reminder", "reminders": "reminder", "alarm": "reminder", "alert": "reminder",
    "event": "event", "events": "event", "appointment": "event", "meeting": "event", "appointments": "event",
}  # fmt: skip
_LEAD = re.compile(
    r"^(?:(?:the|my|our|a|an|this|that|those|these|all|of|both|one|ones|other|new|old|latest|upcoming|next|called|named"
    r"|titled|about|for|to|with|just|only|doing|saying|entry|calendar)\s+)+",
    re.IGNORECASE,
)
# "Both email tasks": with the noun at the end, what stands in front of it is what they have in common.
_SEVERAL = re.compile(
    r"(?:(?:the|my)\s+)?(?P<count>both|all|two|three|four|[2-4])(?:\s+of)?(?:\s+(?:the|my|these|those))?\s+"
    r"(?P<what>\S.*\s(?:tasks|to-?dos|reminders|alarms|events|appointments|meetings|ones|chores|errands|items))",
    re.IGNORECASE,
)
_COUNTS = {"both": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_TODAY = re.compile(r"\btoday['’]?s?\b", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:\s+(?:one|ones|task|tasks|to-do|todo|item|entry|reminder|reminders|alarm|event|again|now|today|already"
    r"|too|please"
    r"|thing|please|instead|anymore|any more|altogether|entirely|completely|as well))+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """What words mean: `things` in their order, `rivals` if one is meant and several fit, `missing` words."""

    things: tuple[Thing, ...] = ()
    rivals: tuple[Thing, ...] = ()
    missing: str = ""
    pointed: bool = False  # By a pronoun or a place in a list, so that what was said before decides.


@dataclass
class Talk:
    """What one message is understood against; `mentioned` are objects that its earlier clauses were about."""

    book: Book
    focus: Focus
    moments: Moments
    lists: Sequence[str] = ()
    mentioned: list[Thing] = field(default_factory=list[Thing])
    last_list: str = ""
    confirmed: bool = False  # The person has just said yes to what is asked before much is changed.
    told_around: bool = False  # Other sentences of the message only tell something.
    told: str = ""  # What the message said last.
    once: bool = False  # Of what repeats only the next time is meant: "just this once".

    async def resolve(self, words: str, kinds: Sequence[ThingKind] = KINDS, *, done: bool | None = False) -> Found:
        """Return what the words mean."""
        found = await self._resolved(words, kinds, done=done)
        return replace(found, things=tuple(self._next_only(thing) for thing in found.things)) if self.once else found

    def _next_only(self, thing: Thing) -> Thing:
        repeats = thing.kind == "event" and thing.repeats and thing.when and not thing.on
        return replace(thing, on=thing.when[:10]) if repeats else thing

    async def _resolved(self, words: str, kinds: Sequence[ThingKind], *, done: bool | None) -> Found:
        plain = _COUNTED.sub(lambda found: f"{found[1]} {_FIGURES[found[2]]}", " ".join(Sentence(words).words))
        if pointer := point(plain):
            found = self._pointed(pointer, kinds)
            if found.things or pointer.which != "one" or not _KIND_WORDS.keys() & set(plain.split()):
                return found  # "The meeting" can be the one that was talked about, and the only one there is.
        if numbers := _numbers(plain):
            return await self._numbered(numbers, words, _kinds_of(plain, kinds))
        if several := _SEVERAL.fullmatch(words.strip()):
            return await self._all_named(several, kinds, done=done)
        return await self._named(words, kinds, done=done)

    def points(self, words: str) -> bool:
        """Tell whether words point at what was talked about, such as "all of them" after a list."""
        pointer = point(" ".join(Sentence(words).words))
        return bool(pointer and self._pointed(pointer, KINDS).things)

    def _pointed(self, pointer: Pointer, kinds: Sequence[ThingKind]) -> Found:
        focus = self.focus
        if self.mentioned:
            focus = Focus(focus.shown, (*self.mentioned, *focus.touched), focus.candidates)
            if pointer.words in _JUST_NAMED and (
                one := next((each for each in self.mentioned if each.kind in kinds), None)
            ):
                return Found((one,), pointed=True)
        wanted = (pointer.kind,) if pointer.kind else kinds
        things = pointer.choose(focus, wanted)
        return Found(things, missing="" if things else pointer.words, pointed=True)

    async def _numbered(self, numbers: Sequence[int], words: str, kinds: Sequence[ThingKind]) -> Found:
        things: list[Thing] = []
        for number in numbers:
            found = await self.book.find(str(number), kinds=kinds, done=None)
            if one := next((thing for thing in found if thing.number == number), None):
                things.append(one)
            elif named := await self._best(str(number), kinds, done=False):
                things.append(named[0])  # A title can be a number, such as that of a book.
            else:
                return Found(tuple(things), missing=str(number) if len(numbers) > 1 else words)
        return Found(tuple(things))

    async def _named(self, words: str, kinds: Sequence[ThingKind], *, done: bool | None) -> Found:
        if best := await self._best(words, kinds, done=done):
            dated = [self.dated(thing, words) for thing in best]
            return Found((dated[0],), rivals=tuple(dated) if len(dated) > 1 else ())
        parts = [part for part in _AND.split(words) if part.strip()]
        if len(parts) < 2 or len(parts) > 10:
            return Found(missing=words)
        if "," in words and (first := await self._best(words.split(",", maxsplit=1)[0], kinds, done=done)):
            rest = [part for part in parts[1:] if await self._best(part, kinds, done=done)]
            if not rest:  # What stands behind the comma is a reason: "delete the plumber task, it is fixed".
                return Found((first[0],), rivals=tuple(first) if len(first) > 1 else ())
        things: list[Thing] = []
        for part in parts:
            found = await self.resolve(part, kinds, done=done)
            if not found.things:
                return Found(missing=part if things else words)
            if found.rivals:
                return found
            things += found.things
        return Found(tuple(dict.fromkeys(things)))

    async def _all_named(self, several: re.Match[str], kinds: Sequence[ThingKind], *, done: bool | None) -> Found:
        """Return what "both email tasks" are, if there are as many as was said."""
        found = await self._best(several["what"], kinds, done=done)
        wanted = _COUNTS.get(several["count"].lower(), len(found))
        return Found(tuple(found)) if found and len(found) == wanted else Found(missing=several[0])

    async def _best(self, words: str, kinds: Sequence[ThingKind], *, done: bool | None) -> list[Thing]:
        """Return the best fits for a title, several if nothing tells them apart."""
        for search, hinted, moment in self._searches(words, kinds):
            found = [thing for thing in await self.book.find(search, kinds=hinted, done=done) if thing.kind in hinted]
            if moment:
                found = [thing for thing in found if self._fits(thing, moment)]
            found = [
                thing for thing in found if not _is_slip_of_verb(search, thing) and not self._is_later(thing, words)
            ]
            if found:
                return self._nearest(found)
        return []

    def _is_later(self, thing: Thing, words: str) -> bool:
        """Tell whether an event is on another day than today, which the words name behind it."""
        on_one_day = thing.kind == "event" and thing.when and not thing.repeats
        return bool(on_one_day and _TODAY.search(words) and not self.moments.fits(thing.when, "today"))

    def _fits(self, thing: Thing, moment: str) -> bool:
        """Tell whether an object has the time; of an event that repeats its tool knows on which days it is."""
        if thing.kind == "event" and thing.repeats:
            return bool(self.moments.named_day(moment)) or self.moments.names_stretch(moment)
        return self.moments.fits(thing.when, moment)

    def one_day(self, thing: Thing, words: str) -> date | None:
        """Return the day that words mean of what repeats: the one that they name, or its only one in a week."""
        if not thing.repeats:
            return None
        days = self.moments.times_in_stretch(thing.when, thing.repeat, words)
        return self.moments.named_day(words) or (days[0] if len(days) == 1 else None)

    def unclear_days(self, things: Sequence[Thing], words: str) -> Thing | None:
        """Return what repeats and is spoken of for a week in which it comes not at all, or more than once."""
        if not self.moments.names_stretch(words):
            return None
        return next((thing for thing in things if thing.repeats and not self.one_day(thing, words)), None)

    def dated(self, thing: Thing, words: str) -> Thing:
        """Keep the day that was said of an event that repeats: only the one of that day is meant."""
        day = self.one_day(thing, words) if thing.kind == "event" else None
        if day is None or not thing.when or self.moments.named_day(thing.title):
            return thing
        ends = ""
        if thing.ends:
            begins, ended = datetime.fromisoformat(thing.when), datetime.fromisoformat(thing.ends)
            ends = self.moments.on_day(thing.ends, day + (ended.date() - begins.date()))
        return replace(thing, on=day.isoformat(), when=self.moments.on_day(thing.when, day), ends=ends)

    def _searches(self, words: str, kinds: Sequence[ThingKind]) -> list[tuple[str, Sequence[ThingKind], str]]:
        """Return what to look for: the words as they are, then without what people say around a title."""
        plain = _TAIL.sub("", _LEAD.sub("", words.strip())).strip() or words.strip()
        hinted = _kinds_of(words.lower(), kinds)
        bare = " ".join(word for word in plain.split() if not _is_kind(word))
        bare = _LEAD.sub("", bare).strip()
        rest, moment = self.moments.split(plain)
        if not moment:  # The "next" of "next week's yoga" is no word around a title.
            rest, moment = self.moments.split(words.strip())
        rest = _TAIL.sub("", _LEAD.sub("", rest)).strip() if moment else ""
        owned = re.sub(r"['’]s\b", "", bare)
        spelled = _TAIL.sub("", _LEAD.sub("", " ".join(Sentence(plain).words)))
        searches = [(words.strip(), kinds, ""), (plain, hinted, ""), (plain, kinds, ""), (bare, hinted, "")]
        searches += [(spelled, hinted, "")]
        searches += [(owned, hinted, "")] if owned != bare else []
        kept = " ".join(word for word in rest.split() if not _is_kind(word))
        searches += [(kept, hinted, moment)] if moment and kept != rest else []
        searches += [(rest, hinted, moment), (rest, kinds, moment)] if moment else []
        return list(dict.fromkeys(search for search in searches if search[0]))

    def _nearest(self, found: Sequence[Thing]) -> list[Thing]:
        best = [thing for thing in found if thing.score >= found[0].score - _CLOSE]
        recent = [thing.id for thing in (*self.mentioned, *self.focus.touched)]
        # Of several of the same name, those that were talked about are meant, and first the one talked about last.
        known = [thing for thing in best if thing.id in recent]
        return sorted(known, key=lambda thing: recent.index(thing.id)) or best


def _is_slip_of_verb(search: str, thing: Thing) -> bool:
    """Tell whether a word fits only as a slip of the verb that a title begins with: "cake" is not "take the pills"."""
    said, title = Sentence(_LEAD.sub("", search)).words, Sentence(thing.title).words
    if len(said) != 1 or len(title) < 2 or title[0] not in ERRANDS or said[0] == title[0] or said[0].isdigit():
        return False
    return is_near(said[0], title[0]) and not any(is_near(said[0], word) for word in title[1:])


def _is_kind(word: str) -> bool:
    """Tell whether a word says what sort of thing is meant, a letter of it wrong or not."""
    plain = word.lower()
    return plain in _KIND_WORDS or (len(plain) > 5 and corrected(plain, _KIND_WORDS) in _KIND_WORDS)


def _numbers(plain: str) -> list[int]:
    if found := _RANGE.fullmatch(plain):
        first, last = int(found[1]), int(found[2])
        return list(range(first, last + 1)) if first < last <= first + 20 else []
    return [int(number) for number in re.findall(r"\d+", plain)] if _NUMBERS.fullmatch(plain) else []


def _kinds_of(plain: str, kinds: Sequence[ThingKind]) -> Sequence[ThingKind]:
    """Narrow the kinds by a word such as "appointment", if any of them is left then."""
    said = {kind for word, kind in _KIND_WORDS.items() if re.search(rf"\b{word}\b", plain)}
    return tuple(kind for kind in kinds if kind in said) or kinds
