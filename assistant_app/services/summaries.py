"""What a day and a week hold, in plain words."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from assistant_app.repositories import database
from assistant_app.services import agenda, tasks
from assistant_app.services.task_views import counted, zone_of
from assistant_app.times.wording import day_words, time_words
from assistant_app.times.zones import to_local

_MOST_OVERDUE = 10


@dataclass(frozen=True)
class Brief:
    """What there is to say; `empty` if there is nothing. The text is Markdown."""

    title: str
    text: str
    empty: bool
    data: dict[str, Any] = field(default_factory=dict[str, Any])


async def daily_summary(*, user_id: str, at: datetime) -> Brief:
    """Return what is on today, and what is overdue."""
    return await _brief(user_id, at, days=1, title="Your day")


async def weekly_review(*, user_id: str, at: datetime) -> Brief:
    """Return what is on in the next seven days, and what is overdue."""
    return await _brief(user_id, at, days=7, title="Your week")


async def _brief(user_id: str, at: datetime, *, days: int, title: str) -> Brief:
    async with database.read() as session:
        today = to_local(at, await zone_of(session, user_id=user_id)).date()
    last = today + timedelta(days=days - 1)
    coming = await agenda.list_agenda(user_id=user_id, first=today, last=last, done=False)
    late = await tasks.list_tasks(user_id=user_id, view="open", due_to=today - timedelta(days=1), limit=_MOST_OVERDUE)
    parts = [_day(day, today) for day in coming if day.items]
    if late.total:
        titles = "\n".join(f"- {_plain(task.title)}" for task in late.tasks)
        parts.append(f"**Overdue: {counted(late.total, 'task')}**\n\n{titles}")
    text = "\n\n".join(parts) or "Nothing is due, and nothing is on the calendar."
    return Brief(title=title, text=text, empty=not parts)


def _day(day: agenda.AgendaDay, today: date) -> str:
    lines = [f"- {_time(item)}{_plain(item.title)}" for item in day.items]
    return f"**{day_words(day.day, today).capitalize()}**\n\n" + "\n".join(lines)


def _time(item: agenda.AgendaItem) -> str:
    return "" if item.starts_at is None else f"{time_words(item.starts_at.time())} "


def _plain(title: str) -> str:
    """Return a title so that Markdown in it stays text."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!<>|~])", r"\\\1", title)
