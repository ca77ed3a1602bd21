"""Tells whether words name something new at all, or only tell of something, ask, or say how."""

import re
from collections.abc import Sequence

from assistant_app.language.extract import extract
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.loosely.news import is_occasion
from assistant_app.llm.builtin.past_forms import PAST, base_of
from assistant_app.llm.builtin.readings import Reading
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence

# Not errands, though they come after "I need to": the person talks about themself.
_TALK_VERBS = frozenset({
    "know", "think", "ask", "say", "talk", "vent", "go", "sleep", "rest", "admit", "understand", "believe", "feel",
    "see",
    "learn", "relax", "stop", "be", "hear", "confess", "tell", "agree", "disagree", "decide", "wonder", "focus", "cry",
    "laugh", "breathe", "wait", "live", "calm", "get over", "have", "work", "improve", "become", "lose", "change",
})  # fmt: skip
# "Task force" and "task manager" are things of their own.
_OF_TASKS = {("force",), ("manager",), ("management",), ("master",), ("bar",), ("forces",), ("managers",)}
_NOBODY = frozenset[str]()
# Those that begin errands as well, with what makes talk of them: "I need to tell you something", "to go to bed".
_PERSONAL = frozenset(
    {"you", "me", "myself", "us", "someone", "somebody", "everyone", "people", "something", "everything"}
)
_TALK_VERBS_TO = {
    "tell": _PERSONAL | {"truth", "lie", "story", "secret"},
    "ask": _PERSONAL | {"question", "questions", "help", "favor", "favour", "a"},
    "talk": _PERSONAL | {"about", "more", "less", "now"},
    "go": _PERSONAL
    | {"bed", "sleep", "home", "away", "now", "toilet", "bathroom", "loo", "out", "on", "back", "through"},
    "change": _PERSONAL
    | {"life", "mind", "world", "subject", "habits", "habit", "ways", "attitude", "mindset", "topic"},
    "see": _PERSONAL | {"if", "whether", "what", "how", "it", "that", "this", "more", "him", "her", "them"},
}
# "Schedule is tight" states something, and "add 2 and 3" is a sum.
_STATING = frozenset({"is", "are", "was", "were", "has", "had", "will", "isn't", "would", "seems", "means"})
# "The reminder you set was loud" speaks of one, and "remind me what is due" asks.
_RELATING = frozenset(
    {"off", "you", "your", "which", "is", "was", "were", "has", "had", "did", "does", "isn't", "never"}
)
_TOLD_OF = frozenset(
    {"is", "are", "was", "were", "went", "came", "goes", "comes", "would", "sounds", "sounded", "woke", "rang"}
)
_ASKING = frozenset({"what", "which", "who", "whom", "whose", "where", "why", "how", "whether", "if"})
_SUM = re.compile(r"[\d\s.,+]*\d(?:\s*(?:and|to|plus|,|\+)\s*\d[\d.,]*)+", re.IGNORECASE)
# "Put it back" and "get rid of" begin so: neither names anything new.
_NOTHING_NEW = re.compile(
    r"(?:(?:it|them|that one|this one)(?: back)?\b|rid of\b|everything\b(?! bagel)"
    r"|(?:an?|the) (?:location|place|venue|address|comment|due date|deadline|priority)\b.* (?:to|for|on)\b)",
    re.IGNORECASE,
)
# Verbs that make a statement of the words around them.
FINITE = frozenset({"is", "are", "was", "were", "has", "had", "am"})
_MOST_OF_WARE, _MOST_OF_EVENT = 4, 12
_WAYS = frozenset({"by", "via", "from", "than", "without"})  # "Adding tasks by voice" adds none.
_PERSONS = frozenset({
    "i", "we", "you", "he", "she", "it", "they", "there", "everything", "nothing", "something", "anything", "all", "do",
    "does", "did", "not", "no", "got", "to", "from", "back", "what", "which", "who", "how", "that", "these", "those",
    "this", "them", "tasks", "items", "things", "will", "can", "should", "would", "could", "goes", "go",
})  # fmt: skip
# What is only said: how to do it another time, and sayings.
_NO_WISH = re.compile(
    r"\bnext time\b|\bmore often\b|^(?:more )?(?:fuel to the (?:fire|flames)|insult to injury|salt to the wounds?"
    r"|two and two"
    r"|my two cents)\b|\bto (?:your|somebody's|someone's) (?:life|day|face|plate|collection|knowledge)\W*$",
    re.IGNORECASE,
)
# "Task “buy milk” completed by Tom" is a notice.
_NOTICE = re.compile(r"[\"“][^\"”]+[\"”]\s+(?:(?:was|is|has been)\s+)?(?:\w+ed|done)\b", re.IGNORECASE)
_SET = frozenset({"set", "added", "created", "updated", "deleted", "moved", "sent", "snoozed", "dismissed", "saved"})
_BEHIND_SET = frozenset({"for", "at", "on", "by", "to", "successfully", "in"})
# What is said behind something that there is, to change it.
_CHANGING = frozenset({"repeat", "recur", "repeating", "recurring", "instead"})


def names_something_new(reading: Reading, body: str, talk: Talk) -> bool:
    """Tell whether what would be added can be something new at all."""
    if reading.slots.get("wish") == "need" and not _is_errand(body, talk):
        return False
    words = Sentence(body).words
    if (words and words[0] in _STATING | _WAYS) or _SUM.fullmatch(body) or _NO_WISH.search(body):
        return False
    if reading.kind == "reminder":
        return not (words and (words[0] in _RELATING or _only_told(reading, words)))
    if not _suits(reading, words):
        return False
    stated = "stated" in reading.slots and (words in _OF_TASKS or _states(words) or bool(_NOTICE.match(body)))
    if reading.kind == "task" and (stated or _is_for_others(words)):
        return False
    # "Note that water boils" states something.
    return not (
        body.lower().startswith("that ")
        or (words and words[-1] in _CHANGING)
        or _NOTHING_NEW.match(body)
        or _goes_back(reading, body)
    )


def _suits(reading: Reading, words: Sequence[str]) -> bool:
    """Tell whether words are of the sort that their phrase asks for, where it says little itself."""
    if curt := reading.slots.get("curt"):
        return _is_ware(words, most=_MOST_OF_WARE if curt == "yes" else _MOST_OF_EVENT)
    if "down" in reading.slots:  # "Put the phone down at 9" keeps nothing.
        return words[0] in ERRANDS or is_occasion(reading.slots.get("body", ""), ranged=False)
    return "heed" not in reading.slots or len(words) > 1  # "Don't forget to smile" is a wish of another kind.


def _is_ware(words: Sequence[str], *, most: int) -> bool:
    """Tell whether words without any verb name a thing: the "oat milk" of "oat milk on the grocery list"."""
    verbs = FINITE | _PERSONS | ERRANDS
    names = set(words) - ({"to", "from"} if most == _MOST_OF_EVENT else set())
    return 0 < len(words) <= most and not any(word in verbs or base_of(word) for word in names)


def _states(words: Sequence[str]) -> bool:
    """Tell whether words behind a bare noun state something: "task completed", "note: the boiler is leaking"."""
    if not words or words[0] in ERRANDS:
        return False
    return words[0] == "the" or bool(FINITE & set(words)) or (bool(base_of(words[0])) and words[0] not in PAST.values())


def _is_for_others(words: Sequence[str]) -> bool:
    """Tell whether words behind a noun say whom it is for: a "note to readers" is none for oneself."""
    return len(words) > 1 and words[0] == "to" and words[1] not in ERRANDS | {"be", "try"}


def _only_told(reading: Reading, words: Sequence[str]) -> bool:
    """Tell whether what could be a reminder's words ask for something, or state something of a reminder."""
    if "asking" in reading.slots:
        return next((word for word in words if word != "again"), "") in _ASKING
    noticed = words[0] in _SET and (len(words) == 1 or words[1] in _BEHIND_SET)
    return "stated" in reading.slots and (noticed or bool(_TOLD_OF & set(words)))


def _goes_back(reading: Reading, body: str) -> bool:
    """Tell whether something is to be put back rather than added: "the drill back", though not "call Bo back"."""
    words = Sentence(reading.slots.get("body", body)).words
    return len(words) > 1 and words[-1] == "back" and words[0] not in ERRANDS


def _is_errand(body: str, talk: Talk) -> bool:
    """Tell whether what somebody needs to do is something to get done, rather than talk about themself."""
    timed = extract(body, talk.moments.now)
    words = Sentence(timed.rest if timed.when else body).words
    if not words or words[0] in ("you", "a", "the", "some", "not", "my"):
        return False
    if words[0] not in _TALK_VERBS:
        return True
    if len(words) < 3 or not _TALK_VERBS_TO.get(words[0], _NOBODY).isdisjoint(words[1:]):
        return False
    return words[0] in _TALK_VERBS_TO
