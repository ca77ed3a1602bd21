"""Looks things up: tasks, reminders, events and whole days."""

from datetime import date, timedelta

from assistant_app.llm.builtin.plans import Plan, one
from assistant_app.llm.builtin.readings import Reading
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import escaped

_NO_SUBJECTS = frozenset({
    "it", "that", "this", "they", "them", "he", "she", "you", "we", "i", "there", "everything", "anything", "something",
    "nothing", "time", "all", "the time", "lunch time", "dinner time",
})  # fmt: skip
_DETERMINERS = frozenset(
    {"the", "my", "a", "an", "our", "any", "task", "tasks", "appointment", "meeting", "event", "next"}
)


async def list_objects(reading: Reading, talk: Talk) -> Plan | None:
    """Plan a look at tasks, reminders or events."""
    slots = reading.slots
    if slots.get("lists"):
        return _lists(talk)
    days = _past(slots["past"], talk) if "past" in slots else None
    days = talk.moments.days(slots["range"]) if "range" in slots else days
    text = _subject(slots.get("about", ""))
    if "about" in slots and (not text or talk.moments.days(text)):
        return None
    if reading.kind == "reminder":
        return one("list_reminders", text=text, **_span(days, "from_", "to"))
    if reading.kind == "event":
        return await _events(reading, talk, text, days)
    if "deed" in slots and not await talk.book.find(text, done=None):
        return None
    overdue = True if slots.get("overdue") else None
    done = True if slots.get("done") == "yes" else None
    return one(
        "list_tasks",
        list=slots.get("known", ""),
        overdue=overdue,
        done=done,
        text=text,
        **_span(days, "due_from", "due_to"),
    )


async def _events(reading: Reading, talk: Talk, text: str, days: tuple[date, date] | None) -> Plan | None:
    """Look among the events; a bare "when is X" only if there is something called so."""
    if text and reading.score < 1:
        found = await talk.book.find(text)
        if not found:
            return None
        if found[0].kind != "event":
            return one(f"list_{found[0].kind}s", text=text)
    return one("list_events", text=text, **_span(days, "from_", "to"))


async def agenda(reading: Reading, talk: Talk) -> Plan | None:
    """Plan a look at days: what is due, what takes place, and what will be reminded of."""
    days = talk.moments.days(reading.slots["range"])
    return one("list_agenda", **_span(days, "from_", "to")) if days else None


def _span(days: tuple[date, date] | None, first: str, last: str) -> dict[str, str]:
    return {first: days[0].isoformat(), last: days[1].isoformat()} if days else {}


def _past(words: str, talk: Talk) -> tuple[date, date] | None:
    """Read days that are over, up to today: "this week" began on its Monday."""
    days, today = talk.moments.days(words), talk.moments.today
    if days and words.lower().endswith("week") and days[0] == today:
        return today - timedelta(days=today.weekday()), today
    if days and words.lower().endswith("month") and days[0] == today:
        return today.replace(day=1), today
    return (days[0], min(days[1], today)) if days else None


def _subject(words: str) -> str:
    """Return the words of a title in a question, empty if it can't be one."""
    plain = " ".join(Sentence(words).words)
    if not plain or plain in _NO_SUBJECTS or plain.split()[0] in ("there", "anything", "something", "i", "you", "we"):
        return ""
    kept = words.split()
    while kept and kept[0].lower() in _DETERMINERS:
        kept = kept[1:]
    while (
        kept
        and kept[-1].lower() in ("task", "tasks", "appointment", "meeting", "event", "already", "yet")
        and len(kept) > 1
    ):
        kept = kept[:-1]
    return " ".join(kept)


def _lists(talk: Talk) -> Plan:
    if not talk.lists:
        return Plan(say="You have no lists yet. Say *create a list called groceries* to start one.")
    lines = "\n".join(f"- {escaped(title)}" for title in talk.lists)
    return Plan(say=f"Your lists:\n\n{lines}", suggestions=tuple(f"Show {title}" for title in talk.lists[:3]))
