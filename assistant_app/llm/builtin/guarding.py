"""Keeps unknown orders about what there is from becoming something new: "ditch the standup on Monday" adds nothing."""

import re
from collections.abc import Sequence

from assistant_app.llm.base import Thing
from assistant_app.llm.builtin.instructions import Wish
from assistant_app.llm.builtin.intents.adding import EVENT_NOUNS
from assistant_app.llm.builtin.intents.errands import ERRANDS, UNCLEAR
from assistant_app.llm.builtin.loosely.words import DEEDS
from assistant_app.llm.builtin.plans import Plan
from assistant_app.llm.builtin.questions import KNOWN
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.spelling import corrected
from assistant_app.llm.builtin.wording import quoted

_MAKING = frozenset({"add", "schedule", "remind"})
_SMALL = frozenset({
    "the", "a", "an", "my", "our", "this", "that", "to", "of", "for", "with", "on", "at", "in", "about", "out", "up",
    "off", "away", "down", "over",
})  # fmt: skip
# Verbs that add and do nothing else, so that what stands behind them is new, whatever it is called.
_ADDERS = frozenset({
    "add", "create", "new", "note", "jot", "write", "record", "log", "enter", "insert", "schedule", "book", "plan",
    "arrange", "remind", "ping", "nudge", "wake", "pencil", "block", "reserve", "organize", "organise",
})  # fmt: skip
# Verbs of an errand with somebody or something, which may be what an event is called as well: "call the dentist".
_DEALING = (ERRANDS - UNCLEAR) | {"call", "email", "text", "message", "phone", "contact", "ask", "visit", "meet"}
_MOST_BEHIND = 2  # Words that may stand behind the name of what is there: "make the meeting shorter".
_MAKES = re.compile(
    r" make (?!(?:it|that|this|them|the|my|our|all|both|sure|me|tasks?|reminders?|events?|to-dos?)\b)\S+"
)
_NAMES = ("title", "text")


def changes_only(sentence: Sentence) -> bool:
    """Tell whether a sentence begins with an order to change something, so that no title can begin there."""
    words = sentence.words
    verb = next((said for count in (3, 2, 1) if (said := " ".join(words[:count])) in DEEDS), "")
    deeds = set(DEEDS.get(verb, ()))
    return bool(deeds) and not deeds & (_MAKING | {"look"}) and verb not in ERRANDS | EVENT_NOUNS


def orders_change(sentence: Sentence) -> bool:
    """Tell whether a sentence begins with an order that can only be for what is there: "make dinner" makes it first."""
    words = sentence.words
    known = any(" ".join(words[:count]) in DEEDS for count in (3, 2, 1)) or corrected(words[0], DEEDS) in DEEDS
    return known and not _MAKES.match(sentence.plain)


async def known_instead(plan: Plan | None, wish: Wish, talk: Talk) -> Plan | None:
    """Ask what to do with an object that there is, where a verb of no known meaning stands before its name.

    `plan` is what the sentence would come to otherwise: only one that adds, or offers to, gives way.
    """
    if plan is None or not ((plan.suggestions and not plan.sure) or _adds(plan)):
        return plan
    words = wish.sentence.words
    if len(words) < 2 or words[0] in _ADDERS or words[0] in EVENT_NOUNS:
        return plan
    title = next((str(one.arguments[name]) for one in plan.calls for name in _NAMES if name in one.arguments), "")
    thing = await _named(Sentence(title or wish.sentence.text).words, talk)
    return _asked(thing) if thing else plan


def _adds(plan: Plan) -> bool:
    return bool(plan.calls) and all(one.name in ("add_task", "add_event", "add_reminder") for one in plan.calls)


async def _named(words: Sequence[str], talk: Talk) -> Thing | None:
    """Return the object that the words of a title name behind its verb."""
    behind = [word for word in words[1:] if word not in _SMALL]
    if not behind:
        return None
    for count in range(len(behind), max(0, len(behind) - _MOST_BEHIND - 1), -1):
        for thing in await talk.book.find(" ".join(behind[:count])):
            own = [word for word in Sentence(thing.title).words if word not in _SMALL]
            if words[0] in own[:1]:
                return None  # It is said just as it is called: one more of the same is wanted.
            if _is_named(words[0], behind[:count], own):
                return thing
    return None


def _is_named(verb: str, said: Sequence[str], own: Sequence[str]) -> bool:
    """Tell whether words name an object nearly exactly; the verb that its own title begins with may be left away."""
    if verb in _DEALING:
        return len(own) > 1 and len(said) >= len(own)
    return len(said) >= len(own) - (len(own) > 1 and own[0] in ERRANDS)


def _asked(thing: Thing) -> Plan:
    kind = "" if thing.kind == "task" else f"{thing.kind} "
    done = (f"Complete {thing.number}",) if thing.kind == "task" else ()
    return Plan(
        say=KNOWN.format(what=f"{kind}{thing.number} · {quoted(thing.title)}"),
        suggestions=(*done, f"Delete {kind}{thing.number}", f"Postpone {kind}{thing.number}"),
        about=(thing,),
    )
