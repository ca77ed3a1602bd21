"""Words that point at what was talked about: "it", "both", "the first two", "the other one", "all of them"."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant_app.llm.base import Focus, Thing, ThingKind
from assistant_app.llm.builtin.grammar import compile_phrase

Which = Literal["one", "all", "both", "first", "last", "nth", "middle", "other", "recent"]

_ONE = "one|task|to-do|todo|item|reminder|alarm|event|appointment|meeting|entry|thing"
_MANY = (
    "ones|tasks|to-dos|todos|items|reminders|alarms|events|appointments|meetings|entries|things"
    "|of them|of those|of these"
)
_COUNT = "two|three|four|five|six|seven|eight|nine|ten|2|3|4|5|6|7|8|9|10"
_NTH = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|1st|2nd|3rd|4th|5th|6th|7th|8th|9th|10th"
    "|last but one|second to last|next to last"
)
_PHRASES: tuple[tuple[Which, str], ...] = (
    (
        "one",
        (
            f"(it|that|this|that one|this one|the one|same|the same|the same one|(that|this|the) [same] ({_ONE})|it "
            f"all)"
        ),
    ),
    (
        "one",
        (
            f"(that|this|the|my) (thing|one|{_ONE}) [you|i] [just|that i just|that you just|i just] (added|created"
            f"|made|set|mentioned|said)"
        ),
    ),
    ("one", "(what|the thing) (i|you) just (added|created|made|set)"),
    ("one", f"(the|my) (latest|most recent|previous) ({_ONE}) [i added|you added|i created]"),
    (
        "all",
        (
            f"(them|those|these|they|them all|all|everything|all of it|all of them|all of those|all of these|those "
            f"all|all those|all these|every one|each of them|each one|the lot|(those|these|all the|all) ({_MANY}))"
        ),
    ),
    ("all", f"all [of] [the|these|those] {{count}} [({_MANY})]"),
    (
        "both",
        (
            f"(both|both of them|both of those|both of these|the two|them both|those two|these two|the two of them"
            f"|both ({_MANY})|the two ({_MANY}))"
        ),
    ),
    ("first", f"[the] first {{count}} [({_MANY})]"),
    ("last", f"[the] last {{count}} [({_MANY})]"),
    ("nth", f"[the|number] {{nth}} [({_ONE}|of them|of those)]"),
    ("nth", f"[the] {{nth}} ({_ONE}) [on the list|in the list|there]"),
    ("middle", f"(the middle ({_ONE}|of them)|the one in the middle)"),
    ("recent", f"(the|that|this|my) (last|latest) ({_ONE})"),
    ("last", f"the last [({_ONE}|of them)] [on the list|in the list]"),
    ("other", f"(the other [({_ONE})]|the others|another one|the other ({_MANY}))"),
)  # fmt: skip
_NUMBERS = {word: number for number, word in enumerate(_COUNT.split("|")[:9], 2)} | {
    str(number): number for number in range(2, 11)
}
_PLACES = {word: number % 10 for number, word in enumerate(_NTH.split("|")[:20])} | {
    "last but one": -2, "second to last": -2, "next to last": -2,
}  # fmt: skip
_KINDS: tuple[tuple[str, ThingKind], ...] = (
    (r"\b(?:tasks?|to-?dos?)\b", "task"),
    (r"\b(?:reminders?|alarms?)\b", "reminder"),
    (r"\b(?:events?|appointments?|meetings?)\b", "event"),
)


@dataclass(frozen=True)
class Pointer:
    """A phrase that points; `count` is how many, or which place."""

    which: Which
    words: str
    count: int = 1
    kind: ThingKind | None = None

    def choose(self, focus: Focus, kinds: Sequence[ThingKind]) -> tuple[Thing, ...]:
        """Return what it points at; nothing if that is not clear."""
        offered, shown, touched = (
            tuple(thing for thing in things if thing.kind in kinds)
            for things in (focus.candidates, focus.shown, focus.touched)
        )
        row = offered or shown or touched
        chosen: dict[Which, tuple[Thing, ...]] = {
            "one": touched[:1] or (row if len(row) == 1 else ()),
            "all": shown or offered or touched,
            "both": next((things for things in (offered, shown) if len(things) == 2), _pair(touched)),
            "first": row[: self.count],
            "last": row[-self.count :] if offered or shown else touched[: self.count],
            "nth": row[self.count : self.count + 1] if self.count >= 0 else row[self.count :][:1],
            "middle": row[len(row) // 2 :][: len(row) % 2] if len(row) > 1 else (),
            "recent": touched[:1] if not shown else shown[-1:],
            "other": _other(row, touched),
        }
        return chosen[self.which]


def _pair(touched: Sequence[Thing]) -> tuple[Thing, ...]:
    return tuple(touched[:2]) if len(touched) > 1 else ()


def _other(row: Sequence[Thing], touched: Sequence[Thing]) -> tuple[Thing, ...]:
    """Return what is left of a row of two without the one acted on last."""
    rest = tuple(thing for thing in row if not touched or thing.id != touched[0].id)
    if len(rest) == 1:
        return rest
    return tuple(touched[1:2]) if not rest else ()


def point(plain: str) -> Pointer | None:
    """Read a phrase that points at something, if it is one as a whole."""
    for which, pattern in _patterns():
        if not (found := pattern.fullmatch(f" {plain}")):
            continue
        slots = {name: value.strip() for name, value in found.groupdict().items() if value}
        if "count" in slots and slots["count"] not in _NUMBERS:
            continue
        if "nth" in slots and slots["nth"] not in _PLACES:
            continue
        count = _NUMBERS.get(slots.get("count", ""), 1) if which != "nth" else _PLACES[slots["nth"]]
        return Pointer(which, plain, count, _kind(plain))
    return None


def _kind(plain: str) -> ThingKind | None:
    return next((kind for pattern, kind in _KINDS if re.search(pattern, plain)), None)


@functools.cache
def _patterns() -> tuple[tuple[Which, re.Pattern[str]], ...]:
    return tuple((which, compile_phrase(phrase)) for which, phrase in _PHRASES)
