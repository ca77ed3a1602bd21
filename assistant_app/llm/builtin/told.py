"""Understands what people tell they have done, and finds the open task that it was.

It acts only on a task that fits well: "I did groceries today" changes nothing where no task is about groceries.
"""

import re
from dataclasses import dataclass, replace

from assistant_app.llm.base import Thing
from assistant_app.llm.builtin.past_forms import PAST, base_of
from assistant_app.llm.builtin.pointers import point
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence, trimmed
from assistant_app.llm.builtin.spelling import is_near

_SPOKEN = re.compile(
    r"^(?: (?:i|we|ok|okay|so|well|hey|yes|yay|just|already|finally|now|have|also|and|all|actually|today"
    r"|got around to))*"
)
_TAIL = re.compile(
    r"\s+(?:just now|today|already|now|just|yesterday|this morning|this afternoon|this evening|earlier|last night"
    r"|tonight|a minute ago|an hour ago|finally|by the way|btw|at last|too|as well|myself|for once|this week"
    r"|on my way home|online|on time|by card|in cash|in the end|after all|again|for you|so)$",
    re.IGNORECASE,
)
_ALL = re.compile(r"^(?:all|both)(?: of)? (?=the |my |our )", re.IGNORECASE)
_BOTH = re.compile(r"^both(?: of)? (?=.+ and )", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:regarding|concerning|re)\b:?", re.IGNORECASE)
_NO_ACTION = re.compile(
    r" (?:i |we )?(?:would|could|should|might|may|almost|nearly|never|not|wish|had to|wanted|used to|tried)\b"
)
_STATED = re.compile(
    r"(?P<what>(?: \S+){1,6}) (?:is been|is|are|(?:has|have)(?: (?:all|both|already|now|finally"
    r"|just))* been|got)(?: (?:all|both|already|now"
    r"|finally))* (?P<verb>\S+)"
    r"(?: (?:already|today|just now|yesterday|now|earlier|this morning|again|too|at last))*"
)
# "Rent paid", as a heading tells it. Of what people do to each other it may as well tell who did: "mom called".
_HEADING = re.compile(
    r"(?P<what>(?: (?!(?:i|we|you|he|she|they|it|who|somebody|someone|nobody|everybody|everyone|to|not"
    r"|never)\b)\S+){1,5}?)"
    r"(?: (?:all|both|already|now|finally))* (?P<verb>\S+)(?: (?:already|today|just now|yesterday|now|earlier"
    r"|this morning))*"
)
_DEALINGS = frozenset({
    "call", "email", "mail", "text", "message", "phone", "ring", "ask", "tell", "write", "visit", "meet", "see",
    "contact", "thank", "invite", "help", "need", "want", "use", "talk", "speak", "reply", "answer", "name",
    "finish", "complete", "close",
})  # fmt: skip
_AT_WORK = re.compile(
    r" (?:i am|we are)(?: (?:all|already|finally|now|just))* (?P<verb>done|finished) (?P<what>\S+ing \S.*)"
)
# "List everything that's done" wants to see it.
_LOOK = re.compile(
    r" (?:list|show|display|tell|give|find|print|count|read|what|which|how|who|when|where|is|are|let me see)\b"
)
_GENERIC = frozenset({"did", "done", "finished", "completed", "handled", "sorted", "wrapped", "got", "made", "took",
"taken", "closed",
                      "submitted", "knocked", "managed", "dealt"})  # fmt: skip
_GETTING = frozenset({"buy", "get", "pick", "fetch", "grab", "order", "purchase"})
_PARTICLES = frozenset({"up", "out", "off", "care", "of", "with", "through", "down", "over", "to", "the", "a", "my",
"all",
                        "an", "some", "his", "her", "our"})  # fmt: skip
# Words that tell of a deed, to be recognised with a letter wrong.
TELLING = frozenset({"finally", "already", "finished", "completed", "yesterday", "today", "morning", "have", "just"})
_LONG = 5  # Letters; of a shorter word one that is wrong can make it another word.
_ALSO = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+(?:then\s+|also\s+)?", re.IGNORECASE)
_LEAST = 0.5  # Share of the task's own words that have to be said.
_SMALL = frozenset(
    {"the", "a", "an", "my", "to", "for", "of", "and", "some", "on", "in", "at", "with", "our", "do", "be"}
)


@dataclass(frozen=True)
class Told:
    """Something that was done: the verb as it was said, its base form, and what it was done to."""

    verb: str
    base: str
    object: str
    exactly: bool = False  # It counts only for a task that has this very verb.


def read_told(sentence: Sentence) -> Told | None:
    """Read a sentence that tells of something done, such as "I already paid the rent"."""
    if sentence.asks or _NO_ACTION.match(sentence.plain) or _LOOK.match(sentence.plain):
        return None
    if (stated := _STATED.fullmatch(sentence.plain)) and (base := base_of(stated["verb"])):
        return Told(stated["verb"], base, _ALL.sub("", sentence.typed(*stated.span("what"))))
    if working := _AT_WORK.fullmatch(sentence.plain):
        return Told(working["verb"], "finish", _without_tail(sentence.typed(*working.span("what"))))
    lead = _SPOKEN.match(sentence.plain)
    at = lead.end() if lead else 0
    words = sentence.plain[at:].split()
    if len(words) < 2 or len(words) > 14:
        return None
    verb = words[0]
    base = base_of(verb)
    if not base:
        return _read_heading(sentence)
    rest = _without_tail(sentence.typed(at + len(verb) + 1, len(sentence.plain)))
    return Told(verb, base, _BOTH.sub("", trimmed(rest))) if rest else None


def _without_tail(text: str) -> str:
    text = f" {text}"  # Of "I paid already" nothing is left.
    while (shorter := _TAIL.sub("", text)) != text:
        text = shorter
    return text.strip()


def _read_heading(sentence: Sentence) -> Told | None:
    found = _HEADING.fullmatch(sentence.plain)
    base = base_of(found["verb"]) if found else ""
    if found is None or not base or base in _DEALINGS or base == found["verb"]:
        return None
    return Told(found["verb"], base, sentence.typed(*found.span("what")), exactly=True)


async def find_all_done(sentence: Sentence, talk: Talk) -> tuple[Thing, ...]:
    """Return the open tasks of several deeds told in one breath: nothing unless each of them is found."""
    things: list[Thing] = []
    parts = _ALSO.split(sentence.text.strip(" .!"))
    for part in parts if len(parts) > 1 else ():
        told = read_told(Sentence(part))
        found = await find_done(told, talk) if told and (things or _SPOKEN.match(Sentence(part).plain)) else ()
        if not found:
            return ()
        things += [thing for thing in found if thing not in things]
    return tuple(things)


async def find_done(told: Told, talk: Talk) -> tuple[Thing, ...]:
    """Return the open tasks that were done, nothing if none fits well."""
    best: list[Thing] = []
    for words in _searches(told):
        found = await talk.resolve(words, ("task",))
        if found.pointed:
            own = all(told.base in Sentence(thing.title).words for thing in found.things)
            return found.things if told.verb in _GENERIC or own else ()
        fitting = [thing for thing in found.things if _fits(told, words, thing)]
        if fitting and len(fitting) == len(found.things):
            return tuple(fitting)
        best += fitting
    return ()


def _searches(told: Told) -> list[str]:
    """Return what to look for: with the verb, and without one that says nothing of its own."""
    told = replace(told, object=_ABOUT.sub("about", told.object))
    bare = " ".join(_without_particles(told.object))
    full = [f"{told.base} {told.object}", f"{told.verb} {told.object}"]
    # "Cleaned out the garage" is to clean it; other particles make another verb: "called off the dentist".
    full += [f"{told.base} {bare}"] if told.object.lower().startswith(("out ", "up ", "through ")) else []
    pointed = bool(point(" ".join(Sentence(told.object).words)))
    alone = [told.object, bare] if pointed or told.verb in _GENERIC or told.base in _GETTING else []
    searches = [*alone, *full] if told.verb in _GENERIC else [*full, *alone]
    return list(dict.fromkeys(search for search in searches if search.strip()))


def _without_particles(text: str) -> list[str]:
    words = text.split()
    while words and words[0].lower() in _PARTICLES:
        words = words[1:]
    return words


def _fits(told: Told, words: str, thing: Thing) -> bool:
    title = [word for word in Sentence(thing.title).words if word not in _SMALL]
    if told.exactly and title[:1] != [told.base]:
        return False
    said = {word for word in Sentence(words).words if word not in _SMALL}
    if (
        told.base in _GETTING
        and title
        and title[0] in PAST.values()
        and title[0] not in _GETTING
        and told.verb != "got"
    ):
        return False
    if told.verb == "got" and title and title[0] in ("return", "sell", "throw", "delete", "cancel", "clean"):
        return False
    if thing.score >= 1:
        return True
    if any(len(word) < _LONG and _only_near(word, title) for word in said):
        return False  # "I did my best" is no slip of "test".
    verbs = title[0] in PAST.values() or title[0] in _GETTING if title else False
    own = max(1, len(title) - (1 if verbs and len(title) > 1 else 0))
    return len(said) / own >= _LEAST


def _only_near(word: str, title: list[str]) -> bool:
    """Tell whether a word is none of a title, but one letter away from one."""
    return not any(own.startswith(word[:3]) for own in title) and any(is_near(word, own) for own in title)
