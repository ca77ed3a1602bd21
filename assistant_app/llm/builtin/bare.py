"""Understands what is said without a verb of the assistant's: "water the plants at 5", "lunch with Sam at 12"."""

import re

from assistant_app.language.extract import Extract, extract
from assistant_app.llm.builtin.details import Details, event_title, items_of, read_details, without_reason
from assistant_app.llm.builtin.intents.adding import EVENT_NOUNS
from assistant_app.llm.builtin.intents.errands import ERRANDS, UNCLEAR
from assistant_app.llm.builtin.loosely.words import NOUNS
from assistant_app.llm.builtin.past_forms import base_of
from assistant_app.llm.builtin.plans import Plan, call, one
from assistant_app.llm.builtin.pointers import point
from assistant_app.llm.builtin.questions import OFFER, OFFER_EVENT
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import quoted

_HAVE = re.compile(
    r" (?:i|we) (?:have|have got|got|am having|are having)(?: got)? (?:(?:an?|my|our|the) )?(?=\S)|there is (?:an? )?"
    r"| (?:my|the|our) (?=\S+(?: \S+)? (?:is|takes place) (?:on|at|this|next|tomorrow|today))"
)
_LACK = re.compile(
    r" (?:i|we) (?:(?:really|also|still) )?(?:need|are out of|am out of|ran out of|have run out of|are running "
    r"low on|am running low on"
    r"|are low on)(?: more| some| an?)? (?P<what>\S+(?: \S+){0,2})"
)
_WISH = re.compile(
    r" (?:i|we) (?:should|want to|would like to|ought to|plan to|am going to|are going to|will|might|could|may)"
    r"(?: (?:really|probably|maybe|also))* (?P<what>\S+(?: \S+){0,7})"
)
_FIRST_PERSON = re.compile(
    r"\b(?:i|we|you|he|she|they|it|is|are|was|were|has|had|will|would|there|can|could|should|must|needs)\b"
)
_NO_VERB = frozenset({
    "the", "a", "an", "i", "we", "you", "he", "she", "it", "they", "my", "this", "that", "there", "his", "her", "their",
    "your", "its", "these", "those",
})  # fmt: skip
# "The flight lands at 18:30" tells of one: nobody calls an appointment by a sentence.
_TELLING = frozenset({
    "lands", "leaves", "departs", "arrives", "starts", "begins", "ends", "finishes", "runs", "takes", "happens",
    "opens", "closes", "got", "went", "came", "ran", "started", "ended", "began", "lasted", "felt", "sounds", "seems",
    "looks", "gets", "goes", "comes", "makes", "made", "took", "said", "says",
})  # fmt: skip
_ARTICLES = frozenset({"the", "a", "an", "my", "our", "this", "that", "on", "out", "of", "from", "off", "up"})
# What is to be arranged by a time is something to do; at a time it takes place then.
_ARRANGING = frozenset({"book", "schedule", "plan", "arrange", "organize", "organise", "reserve"})
_DEADLINE = re.compile(r"(?:by|before|until|no later than|not later than|due)\b", re.IGNORECASE)
# What ends so speaks of something that there is.
_CHANGED = frozenset({"instead", "rescheduled", "moved", "postponed", "shifted", "cancelled", "canceled", "delayed"})
_TIMES_LEFT = re.compile(r"\bat \d{1,2}\b.*\bat \d{1,2}\b|,.*\bat \d{1,2}\b", re.IGNORECASE)
_REFUSED = re.compile(r" (?:please )?(?:never|do not(?! forget)) ")
_SPEAKER = re.compile(r"\s*(?P<who>[A-Z][\w'’-]+):\s+\S")
_TAGGED = re.compile(r"\w\s+#[^\W\d_][\w-]*\W*$")  # "Clean the gutters #home" says what it is by its list.
_MOST_WORDS = 12
_MOST_IN_NAME = 4
# Words of what is told or found out: "closed 9 to 5", "not free from 2 to 4", "heavy rain from 3 to 6 tomorrow".
_NOT_NAMED = frozenset({
    "open", "closed", "not", "no", "free", "busy", "rain", "snow", "storm", "wind", "sun", "only", "sale", "off",
    "here", "there", "away", "out", "home", "between", "what", "who", "how", "when", "where", "why", "which", "or",
    "if", "but", "because", "so", "too", "very", "until", "more", "than", "like", "fine", "ok", "works", "good",
    "best", "better", "bad", "great", "perfect", "available", "ideal", "possible", "hours", "score", "from", "to",
    "sounds", "maybe",
})  # fmt: skip


def plan_bare(sentence: Sentence, talk: Talk) -> Plan | None:
    """Plan what an errand or an appointment with a time comes to; nothing for other sentences."""
    if len(sentence.words) > 2 * _MOST_WORDS or sentence.asks:
        return None
    found = extract(sentence.text, talk.moments.now)
    if found.when is None or found.when.unclear:
        return _tagged(sentence, talk)
    rest = list(Sentence(found.rest).words)
    if (
        not rest
        or _TIMES_LEFT.search(found.rest)
        or _is_spoken(found.rest)
        or _points(rest[1:])
        or _REFUSED.match(sentence.plain)
        or _CHANGED & set(rest[-2:])
        or len(rest) > _MOST_WORDS
        or _FIRST_PERSON.search(" ".join(rest))
    ):
        return None
    errand = rest[0] in ERRANDS and not {"me", "us", "you"} & set(rest[1:3])
    arranged = rest[0] in _ARRANGING and any(_DEADLINE.match(sentence.text[start:]) for start, _ in found.spans)
    if len(rest) > 1 and (errand or arranged):
        return _task(read_details(sentence.text, talk.moments, talk.lists), talk)
    is_event = _is_occasion(rest) or (_is_ranged(found, sentence.text, talk) and _is_noun_phrase(rest))
    dated = found.when.day is not None or found.when.time is not None
    if is_event and dated and rest[0] not in _NO_VERB:
        return _event(read_details(sentence.text, talk.moments, talk.lists, event=True), talk)
    return None


def _is_spoken(text: str) -> bool:
    """Tell whether words are somebody's, as a chat shows them: "Maria: book club at 8"; "meeting: budget" is none's."""
    found = _SPEAKER.match(text)
    return bool(found) and not {found["who"].lower(), f"{found['who'].lower()}s"} & (EVENT_NOUNS | NOUNS.keys())


def _tagged(sentence: Sentence, talk: Talk) -> Plan | None:
    if not _TAGGED.search(sentence.text) or sentence.words[0] not in ERRANDS or "," in sentence.text:
        return None
    return _task(read_details(sentence.text, talk.moments, talk.lists), talk)


def _points(words: list[str]) -> bool:
    """Tell whether words mean something of a list that was shown: "pay the first one"."""
    pointer = point(" ".join(words)) if words else None
    return pointer is not None and pointer.which not in ("one", "all")


def _is_ranged(found: Extract, text: str, talk: Talk) -> bool:
    """Tell whether a time goes from one hour of a day to another, as only what takes place has it."""
    when = found.when
    if when is None or when.time is None or when.end_time is None:
        return False
    return any(talk.moments.says_day(text[start:end].strip(" ,")) for start, end in found.spans)


def _is_noun_phrase(words: list[str]) -> bool:
    """Tell whether a few words without any verb can be what something is called: "parents' evening"."""
    # The last word may be a noun that is a verb elsewhere: "sound check", "power cut".
    verbs = any(word in ERRANDS or base_of(word) for word in words[:-1]) or (
        bool(base_of(words[-1])) and words[-1] not in ERRANDS
    )
    return len(words) <= _MOST_IN_NAME and not verbs and not (_TELLING | _NOT_NAMED) & set(words)


def _is_occasion(words: list[str]) -> bool:
    """Tell whether a title is that of an event; an article in front of the noun tells that a verb stands before it."""
    club = len(words) - 1 if words[-1] == "club" else None
    at = next((at for at, word in enumerate(words[:3]) if word in EVENT_NOUNS), club)
    of_somebody = at is not None and set(words[at + 1 : at + 2]) & {"me", "us", "you", "him", "them"}  # "Call me at 5."
    return at is not None and not of_somebody and not _ARTICLES & set(words[:at]) and not _TELLING & set(words[1:])


def offer(sentence: Sentence, talk: Talk) -> Plan | None:
    """Offer to keep what sounds like something to remember, without doing it."""
    if sentence.asks or len(sentence.words) > _MOST_WORDS + 6:
        return None
    if (match := _HAVE.match(sentence.plain)) and (plan := _offered_event(sentence, match.end(), talk)):
        return plan
    for pattern in (_LACK, _WISH):
        if (match := pattern.fullmatch(sentence.plain)) and _keepable(pattern is _WISH, match["what"]):
            return _offered(sentence.typed(*match.span("what")))
    first = sentence.words[0] if sentence.words else ""
    if first in ERRANDS - UNCLEAR and 1 < len(sentence.words) <= 8 and sentence.words[1] not in ("me", "us", "you"):
        return _offered(sentence.typed(0, len(sentence.plain)))
    return None


def _keepable(is_wish: bool, what: str) -> bool:
    words = what.split()
    if is_wish:
        return (
            words[0] in ERRANDS - (UNCLEAR - {"call", "read", "review", "finish", "sign", "email", "phone"})
            and len(words) > 1
        )
    return words[0] not in (
        "to",
        "you",
        "your",
        "help",
        "advice",
        "time",
        "somebody",
        "someone",
        "it",
        "that",
        "this",
        "sleep",
        "luck",
        "rest",
    )


def _offered(title: str) -> Plan:
    return Plan(
        say=OFFER.format(what=quoted(title)), suggestions=(f"Add {title} to my tasks", "No, thanks"), sure=False
    )


def _offered_event(sentence: Sentence, start: int, talk: Talk) -> Plan | None:
    rest = sentence.after(start)
    details = read_details(rest.text, talk.moments, talk.lists, event=True)
    if details.when is None or details.when.day is None or not details.title:
        return None
    if not any(word in EVENT_NOUNS for word in Sentence(details.title).words):
        return None
    text = rest.text.rstrip(".!")
    return Plan(
        say=OFFER_EVENT.format(what=quoted(text)), suggestions=(f"Put {text} on my calendar", "No, thanks"), sure=False
    )


def _task(details: Details, talk: Talk) -> Plan | None:
    if not details.title:
        return None
    titles = items_of(without_reason(details.title))
    several = len(titles) > 2 and all(Sentence(title).words[0] in ERRANDS for title in titles)
    return Plan(
        tuple(
            call(
                "add_task",
                title=title,
                list=details.list,
                due=talk.moments.due(details.when),
                priority=details.priority,
                repeat=details.when.repeat if details.when else "",
            )
            for title in (titles if several else [without_reason(details.title)])
        )
    )


def _event(details: Details, talk: Talk) -> Plan | None:
    if not details.title or details.when is None:
        return None
    return one(
        "add_event",
        title=event_title(details.title, repeats=bool(details.when.repeat)),
        start=talk.moments.due(details.when),
        end=talk.moments.end(details.when),
        place=details.place,
        repeat=details.when.repeat,
    )
