"""Writes wishes whose parts have an order of their own as plain orders: the list first, the order last."""

import re
from collections.abc import Callable, Sequence

from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.list_names import SHOPPING, find_list, plain_name
from assistant_app.llm.builtin.loosely.words import DEEDS
from assistant_app.llm.builtin.past_forms import PAST
from assistant_app.llm.builtin.sentences import Sentence

# "Do I have to", "read is", "tell me" begin no errand.
_NO_OBJECTS = frozenset({"i", "you", "we", "they", "he", "she", "is", "are", "was", "were", "has", "me", "us"})
# What is arranged rather than done is an errand here, too: "urgent: book the hall".
_ERRANDS = ERRANDS | {"book", "reserve", "arrange", "plan", "schedule", "organise", "organize"}
_PLEASE = r"(?:(?:please|pls|plz|kindly|and|so|can you|could you|would you|just|then|also)\s+)*"
_HAVE_TO = (
    r"(?:(?:(?:i|we)(?:'ve| have)?\s+)?(?:really\s+|still\s+|also\s+)*(?:have to|need to|must|should|gotta|got to"
    r"|ought to|mustn't forget to|must not forget to)\s+)"
)
_MY_LIST = r"(?:my|the|our)\s+(?:(?:to-?do|to do|task|running)\s+)?(?:list|tasks|to-?dos|todos)"
_LEVEL = r"(?:urgent|important|(?:very\s+)?(?:high|top|low|medium)[- ]prio(?:rity)?)"
# "In my car list, add book the service", "for work I need to draft the slides": where it goes comes first.
_LIST_FIRST = re.compile(
    rf"\s*(?:(?:in|on|to|for|under)\s+)?(?:(?:my|the|our)\s+)?(?P<list>[\w-]+)(?P<said>\s+list)?\s*,?\s+{_PLEASE}"
    r"(?:add|put|write|stick|pop|note down|note)\s+(?P<what>[^\n?]+)",
    re.IGNORECASE,
)
_LIST_NEEDS = re.compile(
    rf"\s*(?:in|on|for)\s+(?:(?:my|the|our)\s+)?(?P<list>[\w-]+)(?:\s+list)?\s*,?\s+{_HAVE_TO}(?P<what>[^\n?]+)",
    re.IGNORECASE,
)
_LEVEL_FIRST = re.compile(
    rf"\s*(?P<level>{_LEVEL})(?:\s+(?:task|to-?do|item))?\s*[:!–—-]\s*{_HAVE_TO}?(?P<what>[^\n?]+)", re.IGNORECASE
)
_REMEMBER = re.compile(
    r"\s*(?:remember|do not forget|don['’]t forget|not to forget|to remember|important to remember)"
    r"\s*[:–—-]\s*(?:to\s+)?(?P<what>[^\n?]+)",
    re.IGNORECASE,
)
# "New task in home: clean the gutters".
_TASK_IN = re.compile(
    rf"\s*{_PLEASE}(?:(?:add|create|make|put|new)\s+)?(?:(?:an?|another|one more)\s+)?(?:new\s+)?(?:task"
    rf"|to-?do|item)\s+"
    r"(?:in|to|on|for|under)\s+(?:(?:my|the|our)\s+)?(?P<list>[\w-]+)(?:\s+list)?\s*:\s*(?P<what>[^\n?]+)",
    re.IGNORECASE,
)
# "I need to clean the gutters, put it in home".
_FILED_LAST = re.compile(
    rf"\s*(?:(?:hey|oh|ok|okay|so)\W+)?{_HAVE_TO}?(?P<what>[^\n?]+?)\s*(?:[,.;!–—-]\s*{_PLEASE})"
    r"(?:add|put|pop|stick|write|file|note)\s+(?:it|that|this)\s+(?:on|onto|to|in|into|under)\s+(?:(?:my|the|our)\s+)?"
    r"(?P<list>[\w-]+)(?:\s+list)?(?:\s+(?:please|for me|too))*\W*",
    re.IGNORECASE,
)
_TO_LIST_LAST = re.compile(
    rf"\s*{_HAVE_TO}?(?P<what>[^\n?]+?)\s*(?:[,;–—]|\s-)\s*{_PLEASE}(?:add|put)\s+(?:on|onto|to|in|into)\s+"
    r"(?:(?:my|the|our)\s+)?(?:(?:to-?do|to do|task)\s+)?(?:list|tasks|to-?dos|todos)\W*",
    re.IGNORECASE,
)
_TO_ADD = re.compile(
    r"\s*(?:(?:one|a|another|new)\s+)*(?:task|to-?do|item|thing)\s+to\s+(?:add|do|note|remember)\s*:\s*(?P<what>[^\n?]+)",
    re.IGNORECASE,
)
# "Add these to my tasks: check the tyres, vacuum the car".
_THESE = re.compile(
    r"\s*(?:(?:please|can you|could you)\s+)*(?:add|put|write|note)\s+(?:(?:all )?(?:of )?these"
    r"|the following|all this|this)"
    r"(?:\s+(?:things|items|tasks|to-?dos|errands))?\s+(?:to|on|in|onto)\s+(?:(?:my|the"
    r"|our)\s+)?(?P<list>[\w -]+?)(?:\s+list)?\s*:"
    r"\s*(?P<what>[^\n?]+)",
    re.IGNORECASE,
)
# "Take milk off the list, I bought it": what is off the list then is done.
_OFF_AS_DONE = re.compile(
    r"\s*(?:(?:please|can you|could you|you can)\s+)*(?:take|cross|strike|scratch|get)\s+(?P<what>[^\n,;?]+?)\s+off"
    r"(?:\s+(?:of\s+)?(?:my|the|our)\s+(?:[\w-]+\s+)?list)?\s*[,;.–—-]\s*(?:because\s+|since\s+"
    r"|as\s+)?(?:i|we)(?:['’]ve| have)?\s+"
    r"(?:(?:already|just|now)\s+)*(?:bought|got|did|done|paid|finished|completed|have|had|handled)\s+(?:it|that|them|one|some)"
    r"(?:\s+(?:already|now|today|yesterday))*\W*",
    re.IGNORECASE,
)
# "Eggs and rice to the groceries list please", "need eggs on the grocery list": what is bought needs no verb.
_ITEMS_TO = re.compile(
    r"\s*(?P<need>(?:(?:i|we)\s+)?(?:(?:also|still)\s+)?need\s+)?(?P<what>[^\n?:;]+?)"
    r"(?P<go>\s+needs? to (?:go|be added|be put|be))?\s+(?P<to>to|onto|on|in)\s+"
    r"(?:(?:my|the|our)\s+)?(?P<list>[\w-]+)(?P<said>\s+list)?(?P<please>\s+(?:please|pls|plz))?\W*",
    re.IGNORECASE,
)
# "Add a task to renew the card and another one to return the blender".
_ANOTHER = re.compile(
    r"\s*(?P<lead>(?:(?:please|can you|could you)\s+)*(?:add|create|make|set"
    r"|put)\s+an?\s+(?:new\s+)?(?:task|to-?do|reminder)"
    r"\s+(?:to|for))\s+(?P<one>[^\n?]+?),?\s+and\s+(?:also\s+)?(?:another|one more|a second)(?:\s+(?:one"
    r"|task|to-?do|reminder))?"
    r"\s+(?:to|for)\s+(?P<two>[^\n?]+)",
    re.IGNORECASE,
)
_LONGER = re.compile(
    r"\s*(?:(?:just|give me|another|i need)\s+)?(?P<count>\d{1,3}|five|ten|fifteen|twenty|thirty|one|two)\s+more\s+"
    r"(?P<unit>minutes?|mins?|hours?)(?:\s+please)?\W*",
    re.IGNORECASE,
)
# What goes "to the list" and is no item: a deed, somebody, or a saying.
_NO_ITEMS = frozenset({
    "back", "thanks", "welcome", "next", "on", "off", "everything", "nothing", "all", "it", "that", "this", "them",
    "these", "those", "i", "we", "you", "he", "she", "they", "what", "who", "which", "where", "when", "how", "why",
    "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "no", "not", "never", "yes", "if", "maybe",
    "my", "our", "his", "her", "their", "your", "there", "anything", "something", "stuff", "items", "tasks", "can",
    "could", "should", "would", "will", "another", "one", "two", "three", "each", "every", "both", "and", "or", "but",
    "please", "add", "due", "item", "task", "things", "number", "first", "last", "the",
})  # fmt: skip
_FINITE = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "has",
        "had",
        "goes",
        "go",
        "belongs",
        "belong",
        "should",
        "to",
        "me",
        "i",
        "we",
        "says",
    }
)
_MOST_ITEMS = 8  # Words.
# "Don't let me forget to bring the drill, remind me on Friday at 7".
_REMIND_LAST = re.compile(
    r"\s*(?:(?:do not|don['’]t)\s+(?:let me\s+)?forget\s+(?:to\s+)?|(?:i|we)\s+(?:must(?:n['’]t| not)|can(?:['’]t|not)"
    r"|should(?:n['’]t| not))\s+forget\s+to\s+|remember\s+to\s+"
    r"|make sure (?:that )?i (?:don['’]t forget to\s+|remember to\s+)?)"
    rf"(?P<what>[^\n?,;.]+?)\s*[,;.–—-]\s*{_PLEASE}(?:remind|ping|nudge|alert)\s+me\s+(?P<when>[^\n?]+)",
    re.IGNORECASE,
)
# "Descale the kettle should go on my list", "I should ring the vet tomorrow, add it to my list".
_BELONGS = re.compile(
    r"\s*(?P<what>[^\n?,;]+?)\s+(?:needs to|need to|has to|should|must|ought to)\s+(?:also\s+)?(?:go|be|be put|be"
    rf" added|get added)\s+(?:on|onto|in|into|to)\s+{_MY_LIST}\W*",
    re.IGNORECASE,
)
_ADDED_LAST = re.compile(
    rf"\s*(?:(?:hey|oh|ok|okay|so)\W+)?{_HAVE_TO}?(?P<what>[^\n?]+?)\s*(?:[,.;!–—-]\s*{_PLEASE}|\s+(?:please|pls"
    r"|can you|could you)\s+)(?:add|put|pop|stick|write|note|get|log)\s+(?:it|that|this)(?:\s+(?:down|in))?"
    rf"(?:\s+(?:on|onto|to|in|into)\s+{_MY_LIST})?(?:\s+(?:with|as|at)\s+(?P<level>{_LEVEL}))?"
    r"(?:\s+(?:please|for me|too))*\W*",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"\s*(?:(?:i|we)\s+)?(?:do not|don['’]t|no longer)\s+(?:need|use|want)\s+(?P<what>(?:the|my|our|that)\s+[\w' -]+?"
    rf"\s+list)(?:\s+(?:any ?more|any longer|now))?\s*[,.;–—-]\s*{_PLEASE}"
    r"(?:delete|remove|drop|bin|scrap|erase|trash|get rid of)\s+(?:it|that|this)\W*",
    re.IGNORECASE,
)
# "Edit task 9: book a hotel" gives it that title, though "edit task 9: due Friday" says something else of it.
_RETITLED = re.compile(
    r"\s*(?:please\s+)?(?:edit|rename|retitle|reword|rephrase|correct)\s+(?P<what>(?:(?:task|to-?do|reminder|event"
    r"|number)\s+|#)?\d{1,6})\s*(?::|[-–—=]+>?)\s*(?!(?:due|priority|prio|high|low|list|notes?|to|on|at)\b)"
    r"(?P<name>[^\n?]+)",
    re.IGNORECASE,
)
_SHOULD_SAY = re.compile(
    r"\s*(?:no,?\s+)?(?:it|that|this|the (?:title|name|task))\s+(?:should|must|has to|needs to)\s+(?:say|read"
    r"|be called)\s+(?P<name>[^\n?]+?),?\s+(?:instead of|rather than|and not|not)\s+(?P<what>[^\n?]+)",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    r"\s*(?P<what>[^\n:,;?]{2,60}):\s+(?:set\s+)?(?:the\s+)?prio(?:rity)?\s*(?:to|=|:)?\s*"
    r"(?P<level>high|low|medium|none|top|urgent)\W*",
    re.IGNORECASE,
)
_MORE_DAYS = re.compile(
    r"\s*(?:please\s+)?(?:(?:give|grant) me|(?:i|we)(?:['’]ll)? need|(?:can|could|may) (?:i|we) (?:have|get)"
    r"|let me have)\s+(?P<count>an?|one|two|three|four|five|\d{1,2}|another)\s+(?:(?:more|extra|additional)\s+)?"
    r"(?P<unit>days?|weeks?|months?)(?P<more>\s+(?:more|longer|extra))?\s+(?:for|on|with)\s+(?P<what>[^\n?]+?)\W*",
    re.IGNORECASE,
)


def rewritten_order(text: str, lists: Sequence[str]) -> str:
    """Return a wish whose parts come in an order of their own as a plain one, empty if it is none of these."""
    for pattern, written in _WAYS:
        if (found := pattern.fullmatch(text)) and (plain := written(found, lists)):
            return plain
    return ""


def is_errand(text: str) -> bool:
    """Tell whether words begin with the verb of an errand, and say more than that."""
    words = Sentence(text).words
    return len(words) > 1 and words[0] in _ERRANDS and words[1] not in _NO_OBJECTS


def _list_first(found: re.Match[str], lists: Sequence[str]) -> str:
    name = find_list(found["list"], lists)
    named = name or (found["list"] if found["said"] and found["list"].lower() not in _PLAIN else "")
    return f"add {found['what']} to the {named} list" if named else ""


def _list_needs(found: re.Match[str], lists: Sequence[str]) -> str:
    name = find_list(found["list"], lists)
    return f"add {found['what']} to the {name} list" if name and is_errand(found["what"]) else ""


def _leveled(found: re.Match[str], _lists: Sequence[str]) -> str:
    return f"add task {found['what']}, {_level(found['level'])}" if is_errand(found["what"]) else ""


def _level(said: str) -> str:
    return said if "prio" in said.lower() else "high priority"


def _remembered(found: re.Match[str], _lists: Sequence[str]) -> str:
    return f"remember to {found['what']}" if is_errand(found["what"]) else ""


def _filed(found: re.Match[str], lists: Sequence[str]) -> str:
    name = find_list(found["list"], lists)
    return f"add {found['what']} to the {name} list" if name and is_errand(found["what"]) else ""


def _gathered(found: re.Match[str], lists: Sequence[str]) -> str:
    name = find_list(found["list"], lists)
    plain = plain_name(found["list"]) in ("", "tasks", "to-dos", "todos", "to-do", "todo", "to do", "task", "list")
    if name or not plain:
        return f"add {found['what']} to the {name} list" if name else ""
    items = re.split(r"\s*(?:[,;]\s*(?:and\s+)?|\s+and\s+)", found["what"])
    return "\n".join(f"add task {item}" for item in items if item)


def _itemised(found: re.Match[str], lists: Sequence[str]) -> str:
    """Write what is to be bought as a wish to add it, where a list that there is can be meant and nothing else."""
    name = find_list(found["list"], lists)
    words = Sentence(found["what"]).words
    said = found["said"] or (found["to"].lower() in ("to", "onto") and plain_name(found["list"]) in SHOPPING)
    sure = found["need"] or found["go"] or found["please"] or found["to"].lower() in ("to", "onto")
    if not (name in lists and said and sure and words) or len(words) > _MOST_ITEMS:
        return ""
    first = words[0]
    told = first.endswith("ing") or not set(words).isdisjoint(_FINITE | PAST.keys() | {"add", "put"}) or first in DEEDS
    told = told or '"' in found["what"]
    return "" if first in _NO_ITEMS or told or first in _ERRANDS else f"add {found['what']} to the {name} list"


def _belonging(found: re.Match[str], _lists: Sequence[str]) -> str:
    return f"add task {found['what']}" if is_errand(found["what"]) else ""


def _added_last(found: re.Match[str], _lists: Sequence[str]) -> str:
    level = f", {_level(found['level'])}" if found["level"] else ""
    what = re.sub(r",\s*(?:it's |it is )?(?:not (?:that )?urgent|no rush)\s*$", "", found["what"])
    return f"add task {what}{level}" if is_errand(what) else ""


def _weighed(found: re.Match[str], _lists: Sequence[str]) -> str:
    return f"set the priority of {found['what']} to {found['level']}"


def _more_days(found: re.Match[str], _lists: Sequence[str]) -> str:
    more = found["more"] or found["count"].lower() == "another" or re.search(r"\b(?:more|extra)\b", found[0])
    count = "one" if found["count"].lower() in ("a", "an", "another") else found["count"]
    return f"postpone {found['what']} by {count} {found['unit']}" if more else ""


_PLAIN = frozenset({"to-do", "todo", "task", "my", "the"})
_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Sequence[str]], str]], ...] = (
    (_LIST_FIRST, _list_first),
    (_LIST_NEEDS, _list_needs),
    (_TASK_IN, _filed),
    (_TO_ADD, lambda found, _: f"add task {found['what']}"),
    (_THESE, _gathered),
    (_OFF_AS_DONE, lambda found, _: f"mark {found['what']} as done"),
    (_ITEMS_TO, _itemised),
    (_ANOTHER, lambda found, _: f"{found['lead']} {found['one']}\n{found['lead']} {found['two']}"),
    (_LONGER, lambda found, _: f"snooze it for {found['count']} {found['unit']}"),
    (_FILED_LAST, _filed),
    (_TO_LIST_LAST, _belonging),
    (_REMIND_LAST, lambda found, _: f"remind me to {found['what']} {found['when']}"),
    (_LEVEL_FIRST, _leveled),
    (_REMEMBER, _remembered),
    (_BELONGS, _belonging),
    (_ADDED_LAST, _added_last),
    (_SPENT, lambda found, _: f"delete {found['what']}"),
    (_RETITLED, lambda found, _: f"rename {found['what']} to {found['name']}"),
    (_SHOULD_SAY, lambda found, _: f"rename {found['what']} to {found['name']}"),
    (_WEIGHED, _weighed),
    (_MORE_DAYS, _more_days),
)
