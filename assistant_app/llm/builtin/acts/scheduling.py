"""Adds, shows, changes, pauses and runs what is done by itself."""

import re
from collections.abc import Callable, Iterable
from datetime import date, time

from assistant_app.language.extract import extract
from assistant_app.language.rhythms import every_weekday_of, in_the_morning
from assistant_app.language.vocabulary import SMALL_NUMBERS
from assistant_app.language.when import When
from assistant_app.llm.builtin.grammar import compile_phrase
from assistant_app.llm.builtin.instructions import Wish, has_condition, hear_wish
from assistant_app.llm.builtin.intents.scheduling import ADDING, AT_ONCE, CHANGING, PROMPTS, Act
from assistant_app.llm.builtin.moments import MORNING, Moments
from assistant_app.llm.builtin.plans import Plan, one
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence

_HOUR = re.compile(rf"\d|\b(?:{'|'.join(SMALL_NUMBERS)}|noon)\b", re.IGNORECASE)
_SUMMARY_AT, _REVIEW_AT = time(7), time(18)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_WORDS, _LONGEST_NAME, _LONGEST_PROMPT = 30, 6, 8_000
_BRIEF = r"(?:summar(?:y|ies)|briefings?|digests?|recaps?|reviews?)"
_NAME = re.compile(rf"\b(?:{_BRIEF}|reports?|schedules?|scheduled prompts?|rundowns?)\b", re.IGNORECASE)
_JOB = re.compile(
    rf"(?:(?:the|my|our|your|that|this) )?(?:(?:daily|weekly|morning|evening|scheduled|automatic) )*{_BRIEF}"
    r"(?: of (?:my|the) (?:day|week))?(?: schedule)?|.+ schedule"
    r"|(?:the |my )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|daily|weekly|monthly)(?:'s)? (?:\w+ )?reports?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:sending|giving|showing|writing|up|time|me|today|tomorrow|tonight|next|until|till|for|to|at|from|in|and|if"
    r"|on|when|because)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"(?:(?:the|my|our|your|that|this|these|those|a|any|all|of) )+", re.IGNORECASE)
_POINTERS = frozenset({"it", "that", "this", "that one", "them"})
# A person can be asked something every Friday, too: only what is called as models are is one.
_MODEL = re.compile(
    r"(?:the |my |an? )?(?:[\w./:-]*(?:gpt|claude|gemini|llama|qwen|mi[sx]tral|deepseek|kimi|grok|gemma|glm|minimax"
    r"|command-r|opus|sonnet|haiku|nemotron|phi-)[\w./:-]*(?: [\w.:-]+){0,3}|\w+/[\w./:-]+|o[1-9](?:-\w+)?"
    r"|(?:built-in |builtin |default |usual |language |local |connected )?(?:model|ai|llm|assistant)|steward|yourself"
    r"|built-in|builtin)",
    re.IGNORECASE,
)
_ANY_MODEL = re.compile(
    r"(?:the |my |an? )?(?:default |usual |language |connected |local )?(?:model|ai|llm|assistant)|steward|yourself",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"\b(?:now|right away|immediately|at once|straight away)\W*$", re.IGNORECASE)
_NO_WATCH = "I cannot watch for that condition. Tell me a time, or say it without the condition."
# What is wanted in the first person is a wish here, though in general it is talk.
_OWN_WISH = re.compile(r" i (?:want|would like|need|would love) ")
_TOOLS: dict[Act, str] = {"stop": "pause", "run_now": "run"}
_Slots = dict[str, str]


def plan_prompt(text: str, talk: Talk) -> Plan | None:
    """Plan that a model is asked something regularly, None if a message asks for no such thing."""
    if len(text) > _LONGEST_PROMPT:
        return None
    wish = hear_wish(Sentence(text))
    slots = None if wish.talk else _read(PROMPTS, wish.sentence, talk.moments)
    if slots is None:
        return None
    prompt, rhythm = (slots["prompt"], slots["rhythm"]) if "rhythm" in slots else _cut(slots["prompt"], talk.moments)
    when = talk.moments.when(rhythm)
    if when is None or not prompt or not when.repeat or when.unclear:
        return Plan(say=when.unclear) if when and when.unclear else None
    model = "" if _ANY_MODEL.fullmatch(slots["model"]) else _MINE.sub("", slots["model"], count=1)
    prompt = prompt[:1].upper() + prompt[1:]
    at = talk.moments.at(when, default=MORNING)
    return one("add_schedule", what="prompt", at=at, repeat=when.repeat, prompt=prompt, model=model)


def _cut(text: str, moments: Moments) -> tuple[str, str]:
    """Cut off the time that a text ends with; both are empty if it ends with none."""
    spans = extract(text, moments.now).spans
    start, end = spans[-1] if spans else (0, 0)
    return (text[:start].strip(" ,"), text[start:]) if start and not text[end:].strip(" .!") else ("", "")


async def plan(wish: Wish, whole: Sentence, talk: Talk) -> Plan | None:
    """Plan what a clause wants with schedules, None if it is about none; `whole` is the sentence around it."""
    found = _meant(wish, talk.moments)
    if found is None:
        return None
    act, slots = found
    if act == "list":
        return one("list_schedules")
    if has_condition(wish.sentence.text):
        return Plan(say=_NO_WATCH)
    if act in ("add_summary", "add_review"):
        return _added(act.removeprefix("add_"), slots, whole, talk.moments)
    return await _changed(act, slots, whole, talk)


async def _changed(act: Act, slots: _Slots, whole: Sentence, talk: Talk) -> Plan | None:
    """Plan what happens to a schedule that is there."""
    if act == "run_now" and not _AT_ONCE.search(whole.text):
        return None
    name = _plain_name(slots.get("name") or slots.get("job") or "it")
    if name != "it" and await _is_own_thing(name, talk):
        return None
    if act == "retime":
        return _retimed(name, slots["when"], talk.moments)
    return one(f"{_TOOLS.get(act, act)}_schedule", schedule=name)


def _meant(wish: Wish, moments: Moments) -> tuple[Act, _Slots] | None:
    """Return the act that a wish is, with its slots; mere talk and questions can only ask for a look, or say no."""
    sentence = wish.sentence
    if len(sentence.words) > _MOST_WORDS:
        return None
    own = not wish.veiled and bool(_OWN_WISH.match(sentence.plain))
    for act, phrases in (*CHANGING, *ADDING, AT_ONCE):
        if wish.talk and not own and act not in ("list", "stop"):
            continue
        slots = _read(phrases, sentence, moments, early=act != "add_review")
        if slots is not None:
            return None if sentence.asks and not wish.asked and act != "list" else (act, slots)
    return None


def _added(what: str, slots: _Slots, whole: Sentence, moments: Moments) -> Plan | None:
    said = slots.get("rhythm") or slots.get("when") or ""
    when = _when(said, moments, early=what == "summary") if said else None
    if when is None:
        if _AT_ONCE.search(whole.text):
            return one("run_schedule", schedule="daily summary" if what == "summary" else "weekly review")
        return one("add_schedule", what=what)
    if when.unclear:
        return Plan(say=when.unclear)
    usual = _SUMMARY_AT if what == "summary" else _REVIEW_AT
    at = when.time or usual
    if "morning" in said.lower() and not _HOUR.search(said):
        at = usual  # The morning of a summary is the usual hour of one.
    repeat = when.repeat or ("FREQ=DAILY" if what == "summary" else _weekly(when, said, moments))
    first = When(day=when.day if when.repeat == repeat and when.time == at else None, time=at, repeat=repeat)
    return one("add_schedule", what=what, at=moments.at(first), repeat=repeat)


def _retimed(name: str, said: str, moments: Moments) -> Plan | None:
    when = _when(said, moments, early="review" not in name)
    if when is None or when.unclear:
        return Plan(say=when.unclear) if when else None
    repeat = when.repeat
    if not repeat and "review" in name and moments.says_day(said):
        repeat = _weekly(when, said, moments)
    if not repeat and when.time is None:
        return Plan(say="At what time of day should it come? Say it as in *move my summary to 6:30*.")
    at = f"{when.time:%H:%M}" if when.time else ""
    return one("change_schedule", schedule=name, time=at, repeat=repeat)


def _weekly(when: When, said: str, moments: Moments) -> str:
    """Return the rule of what comes every week on the day that was named, or on Sundays."""
    named: date | None = when.day if said and moments.says_day(said) else None
    return f"FREQ=WEEKLY;BYDAY={_DAYS[named.weekday()] if named else 'SU'}"


async def _is_own_thing(name: str, talk: Talk) -> bool:
    """Tell whether a task, reminder or event of the person is called like that: then it is meant."""
    found = await talk.book.find(name)
    return bool(found) and found[0].score >= 0.9


def _plain_name(text: str) -> str:
    name = _MINE.sub("", text, count=1) if _MINE.match(text) else text
    return "it" if text.lower() in _POINTERS else name.removesuffix(" schedule").strip() or name


def _read(phrases: Iterable[str], sentence: Sentence, moments: Moments, *, early: bool = False) -> _Slots | None:
    """Return the slots of the first phrase that the whole sentence is, and whose slots hold what they should."""
    for phrase in phrases:
        least = 1
        while found := compile_phrase(phrase, least).fullmatch(sentence.plain):
            spans = [(name, found.span(name)) for name, value in found.groupdict().items() if value is not None]
            slots = {name: sentence.typed(*span) for name, span in spans}
            if all(_holds(name, text, moments, early=early) for name, text in slots.items()):
                return slots
            first = next((sentence.plain[start:end] for _, (start, end) in spans), "")
            least = max(least, len(first.split())) + 1
            if not spans or least > _MOST_WORDS:
                break
    return None


def _holds(slot: str, text: str, moments: Moments, *, early: bool) -> bool:
    if slot in ("rhythm", "when"):
        when = _when(text, moments, early=early)
        return when is not None and (slot == "when" or bool(when.repeat))
    checks: dict[str, Callable[[str], bool]] = {
        "name": lambda said: bool(_NAME.search(said)) and not _NO_NAME.search(said),
        "job": lambda said: bool(_JOB.fullmatch(said)),
        "it": lambda said: said.lower() in _POINTERS,
        "model": lambda said: bool(_MODEL.fullmatch(said)),
        "prompt": bool,
    }
    return checks[slot](text) and (slot == "prompt" or len(text.split()) <= _LONGEST_NAME)


def _when(text: str, moments: Moments, *, early: bool) -> When | None:
    text = every_weekday_of(text)
    said = in_the_morning(text) if early else text
    return moments.when(said) or (moments.when(f"at {said}") if said[:1].isdigit() else None)
