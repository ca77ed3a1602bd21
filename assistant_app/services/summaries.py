"""The daily summary and the weekly review: computed from what there is, complete without any model."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app.models import Task
from assistant_app.repositories import accounts, database
from assistant_app.repositories import suggestions as suggestion_queries
from assistant_app.repositories import summaries as queries
from assistant_app.services import approvals, conflicts, events, suggestions
from assistant_app.services.brief_lines import (
    conflict_line,
    done_line,
    due_line,
    event_line,
    overdue_line,
    reminder_line,
)
from assistant_app.services.briefs import Brief, Line, Section, escaped, missing_facts, write_brief
from assistant_app.services.conflict_words import day_in_full
from assistant_app.services.reminder_views import day_bounds, moments_between
from assistant_app.services.suggestion_rules import UNTOUCHED
from assistant_app.services.task_views import counted
from assistant_app.times.repeat_words import listed
from assistant_app.times.zones import to_local

__all__ = ["Brief", "daily_summary", "missing_facts", "weekly_review"]

_MOST = 10  # Of one kind; the count says how many there are.
_MOST_EVENTS = 20
_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True)
class _Here:
    """Whose day it is, where, and when."""

    session: AsyncSession
    user_id: str
    zone: str
    at: datetime

    @property
    def today(self) -> date:
        return to_local(self.at, self.zone).date()


@asynccontextmanager
async def _here(user_id: str, at: datetime) -> AsyncGenerator[_Here]:
    """Read all of a brief as of one moment; the person is kept at hand, since each part asks for their zone."""
    async with database.one_read() as session:
        person = await accounts.get_user(session, user_id=user_id)
        yield _Here(session, user_id, person.zone, at)


async def daily_summary(*, user_id: str, at: datetime) -> Brief:
    """Return what a day holds from a moment on, with what is late, what waits, and what was done the day before."""
    async with _here(user_id, at) as here:
        due, overdue = await _due(here, here.today, here.today), await _overdue(here)
        done, reminders = await _done_yesterday(here), await _reminders(here)
        happening = await _events(here, here.today, here.today)
        clashing = await conflicts.list_conflicts(user_id=user_id, day=here.today, at=at)
        waiting, suggested = await _waiting(user_id), await _suggestion(user_id, at)
    title = f"Your {day_in_full(here.today)}"
    if not (happening.lines or due.lines or overdue.lines or reminders.lines or waiting.lines):
        return _empty(title, "Nothing is planned for today. Enjoy the free day.", done)
    clashes = Section("In conflict", [conflict_line(each) for each in clashing])
    sections = (happening, clashes, due, overdue, reminders, waiting, done, suggested)
    return write_brief(title, _opening(happening, due, overdue), sections)


async def weekly_review(*, user_id: str, at: datetime) -> Brief:
    """Return what was done and what slipped in the last seven days, and what the next hold; both include today."""
    async with _here(user_id, at) as here:
        first, last = here.today, here.today + (_WEEK - 1) * _DAY
        done = await _done(here, "Done in the last seven days", here.today - (_WEEK - 1) * _DAY, here.today)
        slipped = await _overdue(here, "Slipped", since=here.today - (_WEEK - 1) * _DAY)
        due = await _due(here, first, last)
        resting, happening = await _resting(here), await _events(here, first, last)
    title = f"Your week until {day_in_full(here.today)}"
    if not (done.lines or slipped.lines or happening.lines or due.lines or resting.lines):
        return _empty(title, "It was a quiet week, and nothing is planned for the next one.", done)
    parts = [f"You completed {counted(_count(done), 'task')} in the last seven days"]
    parts += [f"{counted(_count(slipped), 'task')} slipped"] if slipped.lines else []
    ahead = [counted(_count(part), noun) for part, noun in ((happening, "event"), (due, "task")) if part.lines]
    opening = f"{listed(parts)}. {f'The next seven have {listed(ahead)}' if ahead else 'Nothing is planned next'}."
    return write_brief(title, opening, (done, slipped, happening, due, resting))


def _opening(happening: Section, due: Section, overdue: Section) -> str:
    """Say in a sentence what a day holds."""
    parts = [counted(_count(happening), "event")] if happening.lines else []
    parts += [f"{counted(_count(due), 'task')} due"] if due.lines else []
    said = f"You have {listed(parts)} today." if parts else "Nothing is planned for today."
    if late := _count(overdue):
        said += f" {late:,} {'task is' if late == 1 else 'tasks are'} overdue."
    return said


def _empty(title: str, said: str, done: Section) -> Brief:
    more = f" You completed {counted(_count(done), 'task')} yesterday." if done.lines else ""
    return Brief(title, f"{said}{more}", True, {"facts": [], "objects": []})


def _count(section: Section) -> int:
    return max(section.total, len(section.lines))


async def _due(here: _Here, first: date, last: date) -> Section:
    rows, total = await queries.list_due(
        here.session, user_id=here.user_id, first=first, last=last, now=here.at, limit=_MOST
    )
    is_today = first == last == here.today
    lines = [due_line(row, here.zone, with_day=not is_today) for row in rows]
    return Section("Due today" if is_today else "Due in the next seven days", lines, total)


async def _overdue(here: _Here, heading: str = "Overdue", since: date = date.min) -> Section:
    rows, total = await queries.list_overdue(
        here.session, user_id=here.user_id, today=here.today, now=here.at, limit=_MOST, since=since
    )
    return Section(heading, [overdue_line(row, here.zone, here.today) for row in rows], total)


async def _done_yesterday(here: _Here) -> Section:
    return await _done(here, "Done yesterday", here.today - _DAY, here.today - _DAY)


async def _done(here: _Here, heading: str, first: date, last: date) -> Section:
    bounds = day_bounds(first, last, here.zone)
    rows: Sequence[Task]
    rows, total = await queries.list_done(
        here.session, user_id=here.user_id, first=bounds[0], last=bounds[1], limit=_MOST
    )
    return Section(heading, [done_line(row) for row in rows], total)


async def _reminders(here: _Here) -> Section:
    last = day_bounds(here.today, here.today, here.zone)[1]
    rows = await queries.list_reminders(here.session, user_id=here.user_id, last=last)
    coming = sorted((at, row.number, row) for row in rows for at in moments_between(row, here.at, last))
    lines = [reminder_line(row.text, row.id, to_local(at, here.zone)) for at, _, row in coming[:_MOST]]
    return Section("Reminders", lines, len(coming))


async def _events(here: _Here, first: date, last: date) -> Section:
    """Return the events of days; of a single day also those that began before it, and nothing that is over."""
    found = await events.list_events(user_id=here.user_id, first=first, last=last)
    ahead = [event for event in found if event.ends_at > here.at or event.starts_at >= here.at]
    is_today = first == last == here.today
    days = [max(first, event.starts_at.date()) for event in ahead]
    lines = [event_line(event, day, with_day=not is_today) for event, day in zip(ahead, days, strict=True)]
    heading = "Events" if is_today else "Events in the next seven days"
    return Section(heading, lines[:_MOST_EVENTS], len(lines))


async def _waiting(user_id: str) -> Section:
    found = await approvals.list_waiting(user_id=user_id)
    lines = [Line(escaped(each.summary), (each.summary,)) for each in found[:_MOST]]
    return Section("Waiting for your yes", lines, len(found))


async def _suggestion(user_id: str, at: datetime) -> Section:
    found = await suggestions.find_suggestions(user_id=user_id, at=at)
    lines = [Line(f"{escaped(each.title)}. {escaped(each.text)}", (each.title,)) for each in found[:1]]
    return Section("A suggestion", lines)


async def _resting(here: _Here) -> Section:
    rows = await suggestion_queries.list_untouched(
        here.session, user_id=here.user_id, before=here.at - UNTOUCHED, limit=_MOST
    )
    return Section(
        "Lists that nobody has touched for weeks",
        [
            Line(
                f"{escaped(row.title)}: {counted(count, 'open task')}",
                (row.title,),
                (),
                {"kind": "task_list", "id": row.id, "title": row.title},
            )
            for row, count, _ in rows
        ],
    )
