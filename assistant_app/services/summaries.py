"""The daily summary and the weekly review: computed from what there is, complete without any model.

Both are made for many people at once, since all of a team's may be due in the same minute: each question is asked once
for all of them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

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
from assistant_app.services.grouping import by_user, grouped
from assistant_app.services.reminder_views import day_bounds, moments_between
from assistant_app.services.suggestion_rules import UNTOUCHED
from assistant_app.services.task_views import counted
from assistant_app.times.repeat_words import listed
from assistant_app.times.zones import to_local

__all__ = ["Brief", "daily_summaries", "daily_summary", "missing_facts", "weekly_review", "weekly_reviews"]

_MOST = 10  # Of one kind; the count says how many there are.
_MOST_EVENTS = 20
_DAY = timedelta(days=1)
_WEEK = 7


Sections = dict[str, Section]
"""One of each user."""


@dataclass(frozen=True)
class _Here:
    """Whose day it is, all of them in one zone, and when."""

    session: AsyncSession
    user_ids: Sequence[str]
    zone: str
    at: datetime

    @property
    def today(self) -> date:
        return to_local(self.at, self.zone).date()

    async def each(self, section: Callable[[str], Section]) -> Sections:
        """Return the section of each user; others have their turn between them."""
        sections: Sections = {}
        for user_id in self.user_ids:
            sections[user_id] = section(user_id)
            await asyncio.sleep(0)
        return sections


async def daily_summary(*, user_id: str, at: datetime) -> Brief:
    """Return what a day holds from a moment on, with what is late, what waits, and what was done the day before."""
    return (await daily_summaries(user_ids=[user_id], at=at))[user_id]


async def daily_summaries(*, user_ids: Iterable[str], at: datetime) -> dict[str, Brief]:
    """Return, by user, the daily summary; to ask for many at once costs little more than for one."""
    return await _of_all(user_ids, at, _days)


async def weekly_review(*, user_id: str, at: datetime) -> Brief:
    """Return what was done and what slipped in the last seven days, and what the next hold; both include today."""
    return (await weekly_reviews(user_ids=[user_id], at=at))[user_id]


async def weekly_reviews(*, user_ids: Iterable[str], at: datetime) -> dict[str, Brief]:
    """Return, by user, the weekly review; to ask for many at once costs little more than for one."""
    return await _of_all(user_ids, at, _weeks)


async def _of_all(
    user_ids: Iterable[str], at: datetime, brief_all: Callable[[_Here], Awaitable[dict[str, Brief]]]
) -> dict[str, Brief]:
    """Brief those who live in the same zone together, all as of one moment."""
    briefs: dict[str, Brief] = {}
    async with database.one_read() as session:
        people = await accounts.get_users(session, user_ids=set(user_ids))
        for zone, group in grouped(people, lambda person: person.zone).items():
            briefs |= await brief_all(_Here(session, [person.id for person in group], zone, at))
    return briefs


async def _days(here: _Here) -> dict[str, Brief]:
    parts = (
        await _events(here, here.today, here.today),
        await _clashes(here),
        await _due(here, here.today, here.today),
        await _overdue(here),
        await _reminders(here),
        await _waiting(here),
        await _done_yesterday(here),
        await _suggestion(here),
    )
    return {user_id: _day(here.today, [part[user_id] for part in parts]) for user_id in here.user_ids}


def _day(today: date, sections: Sequence[Section]) -> Brief:
    happening, _, due, overdue, reminders, waiting, done, _ = sections
    title = f"Your {day_in_full(today)}"
    if not (happening.lines or due.lines or overdue.lines or reminders.lines or waiting.lines):
        return _empty(title, "Nothing is planned for today. Enjoy the free day.", done)
    return write_brief(title, _opening(happening, due, overdue), sections)


async def _weeks(here: _Here) -> dict[str, Brief]:
    first, last = here.today, here.today + (_WEEK - 1) * _DAY
    before = here.today - (_WEEK - 1) * _DAY
    parts = (
        await _done(here, "Done in the last seven days", before, here.today),
        await _overdue(here, "Slipped", since=before),
        await _events(here, first, last),
        await _due(here, first, last),
        await _resting(here),
    )
    return {user_id: _week(here.today, [part[user_id] for part in parts]) for user_id in here.user_ids}


def _week(today: date, sections: Sequence[Section]) -> Brief:
    done, slipped, happening, due, resting = sections
    title = f"Your week until {day_in_full(today)}"
    if not (done.lines or slipped.lines or happening.lines or due.lines or resting.lines):
        return _empty(title, "It was a quiet week, and nothing is planned for the next one.", done)
    parts = [f"You completed {counted(_count(done), 'task')} in the last seven days"]
    parts += [f"{counted(_count(slipped), 'task')} slipped"] if slipped.lines else []
    ahead = [counted(_count(part), noun) for part, noun in ((happening, "event"), (due, "task")) if part.lines]
    opening = f"{listed(parts)}. {f'The next seven have {listed(ahead)}' if ahead else 'Nothing is planned next'}."
    return write_brief(title, opening, sections)


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


async def _due(here: _Here, first: date, last: date) -> Sections:
    pages = await queries.list_due(
        here.session, user_ids=here.user_ids, first=first, last=last, now=here.at, limit=_MOST
    )
    is_today = first == last == here.today
    heading = "Due today" if is_today else "Due in the next seven days"

    def section(user_id: str) -> Section:
        rows, total = pages[user_id]
        return Section(heading, [due_line(row, here.zone, with_day=not is_today) for row in rows], total)

    return await here.each(section)


async def _overdue(here: _Here, heading: str = "Overdue", since: date = date.min) -> Sections:
    pages = await queries.list_overdue(
        here.session, user_ids=here.user_ids, today=here.today, now=here.at, limit=_MOST, since=since
    )

    def section(user_id: str) -> Section:
        rows, total = pages[user_id]
        return Section(heading, [overdue_line(row, here.zone, here.today) for row in rows], total)

    return await here.each(section)


async def _done_yesterday(here: _Here) -> Sections:
    return await _done(here, "Done yesterday", here.today - _DAY, here.today - _DAY)


async def _done(here: _Here, heading: str, first: date, last: date) -> Sections:
    bounds = day_bounds(first, last, here.zone)
    pages = await queries.list_done(here.session, user_ids=here.user_ids, first=bounds[0], last=bounds[1], limit=_MOST)

    def section(user_id: str) -> Section:
        rows, total = pages[user_id]
        return Section(heading, [done_line(row) for row in rows], total)

    return await here.each(section)


async def _reminders(here: _Here) -> Sections:
    last = day_bounds(here.today, here.today, here.zone)[1]
    rows = by_user(await queries.list_reminders(here.session, user_ids=here.user_ids, last=last))

    def section(user_id: str) -> Section:
        coming = sorted((at, row.number, row) for row in rows[user_id] for at in moments_between(row, here.at, last))
        lines = [reminder_line(row.text, row.id, to_local(at, here.zone)) for at, _, row in coming[:_MOST]]
        return Section("Reminders", lines, len(coming))

    return await here.each(section)


async def _events(here: _Here, first: date, last: date) -> Sections:
    """Return the events of days; of a single day also those that began before it, and nothing that is over."""
    found = await events.list_events_of(user_ids=here.user_ids, zone=here.zone, first=first, last=last)
    is_today = first == last == here.today
    heading = "Events" if is_today else "Events in the next seven days"

    def section(user_id: str) -> Section:
        ahead = [event for event in found[user_id] if event.ends_at > here.at or event.starts_at >= here.at]
        days = [max(first, event.starts_at.date()) for event in ahead]
        lines = [event_line(event, day, with_day=not is_today) for event, day in zip(ahead, days, strict=True)]
        return Section(heading, lines[:_MOST_EVENTS], len(lines))

    return await here.each(section)


async def _clashes(here: _Here) -> Sections:
    found = await conflicts.list_conflicts(user_ids=here.user_ids, zone=here.zone, day=here.today, at=here.at)
    return await here.each(lambda user_id: Section("In conflict", [conflict_line(each) for each in found[user_id]]))


async def _waiting(here: _Here) -> Sections:
    found = await approvals.list_waiting_of(user_ids=here.user_ids)

    def section(user_id: str) -> Section:
        lines = [Line(escaped(each.summary), (each.summary,)) for each in found[user_id][:_MOST]]
        return Section("Waiting for your yes", lines, len(found[user_id]))

    return await here.each(section)


async def _suggestion(here: _Here) -> Sections:
    found = await suggestions.find_suggestions(user_ids=here.user_ids, zone=here.zone, at=here.at)

    def section(user_id: str) -> Section:
        first = found[user_id][:1]
        return Section(
            "A suggestion", [Line(f"{escaped(one.title)}. {escaped(one.text)}", (one.title,)) for one in first]
        )

    return await here.each(section)


async def _resting(here: _Here) -> Sections:
    rows = await suggestion_queries.list_untouched(here.session, user_ids=here.user_ids, before=here.at - UNTOUCHED)
    resting = grouped(rows, lambda row: row[0].user_id)

    def section(user_id: str) -> Section:
        lines = [
            Line(
                f"{escaped(row.title)}: {counted(count, 'open task')}",
                (row.title,),
                (),
                {"kind": "task_list", "id": row.id, "title": row.title},
            )
            for row, count, _ in resting[user_id][:_MOST]
        ]
        return Section("Lists that nobody has touched for weeks", lines)

    return await here.each(section)
