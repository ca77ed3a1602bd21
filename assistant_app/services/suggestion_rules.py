"""The rules by which something is suggested: each looks at a person's own data, and says why it speaks."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app.models import Task, TaskList
from assistant_app.repositories import suggestions as queries
from assistant_app.repositories import summaries as summary_queries
from assistant_app.services.conflict_words import day_in_full
from assistant_app.services.grouping import by_user, grouped
from assistant_app.services.task_views import counted, quoted
from assistant_app.times.recurrence import describe
from assistant_app.times.zones import to_local

PUT_OFF = 3
UNTOUCHED = timedelta(weeks=3)
PILE = 7
_TIMES = 3
_PUT_OFF_WITHIN = timedelta(days=90)
_DONE_WITHIN = timedelta(days=200)
_MOST_READ = 2_000  # Done tasks, and enough to see a habit in.
_MOST_FOUND = 10  # Of one rule.
_NAMED = 10


@dataclass(frozen=True)
class Found:
    """What a rule found; `key` names the matter, `strength` orders those of one rule, the strongest first.

    `data` has `objects`, as the inbox shows them, and what the rule's own actions need.
    """

    key: str
    title: str
    text: str
    why: str
    strength: float
    data: dict[str, Any] = field(default_factory=dict[str, Any])


Findings = Mapping[str, Sequence[Found]]
"""What was found, by user; who is not named has nothing to be told."""


@dataclass(frozen=True)
class Look:
    """Whose data a rule looks at, all of them in one zone, and when."""

    session: AsyncSession
    user_ids: Collection[str]
    zone: str
    at: datetime

    @property
    def today(self) -> date:
        """The day on which they are."""
        return to_local(self.at, self.zone).date()


@dataclass(frozen=True)
class Rule:
    """One kind of suggestion: `about` names it in a sentence, after "Suggestions about"."""

    name: str
    about: str
    find: Callable[[Look], Awaitable[Findings]]


async def _put_off(look: Look) -> Findings:
    """Find tasks that were due later and later."""
    since = look.at - _PUT_OFF_WITHIN
    tasks = await queries.list_often_changed(look.session, user_ids=look.user_ids, since=since, least=PUT_OFF)
    looked_at = {task.id for own in by_user(tasks).values() for task in own[: _MOST_FOUND * 3]}
    changes = await queries.list_changes_of(look.session, user_ids=look.user_ids, object_ids=looked_at, since=since)
    times: defaultdict[str, int] = defaultdict(int)
    for task_id, recorded in changes:
        times[task_id] += _is_put_off(task_id, json.loads(recorded))
    put_off = [task for task in tasks if times[task.id] >= PUT_OFF and not task.repeat]
    return {
        user_id: [_put_off_found(task, times[task.id]) for task in own] for user_id, own in by_user(put_off).items()
    }


def _put_off_found(task: Task, times: int) -> Found:
    return Found(
        key=task.id,
        title=f"{quoted(task.title)} was put off {times} times",
        text="Do it first thing, make it smaller, or let it go: without a day it is still on its list.",
        why=f"You have moved this task to a later time {times} times in three months.",
        strength=times,
        data=_objects("task", [task]) | {"actions": [{"name": "undate", "label": "Take its day away"}]},
    )


async def _untouched(look: Look) -> Findings:
    """Find lists that nobody has looked after."""
    rows = await queries.list_untouched(look.session, user_ids=look.user_ids, before=look.at - UNTOUCHED)
    return {
        user_id: [_untouched_found(look, each, count, last) for each, count, last in own[:_MOST_FOUND]]
        for user_id, own in grouped(rows, lambda row: row[0].user_id).items()
    }


def _untouched_found(look: Look, resting: TaskList, count: int, last: datetime) -> Found:
    return Found(
        key=f"{resting.id}:{last.date().isoformat()}",
        title=f"The list {quoted(resting.title)} has rested for {(look.at - last).days // 7} weeks",
        text=f"It has {counted(count, 'open task')}. Do one of them, or delete what does not matter any more.",
        why=f"Nothing in this list has changed since {day_in_full(to_local(last, look.zone).date())}.",
        strength=(look.at - last).days,
        data={"objects": [{"kind": "task_list", "id": resting.id, "title": resting.title}]},
    )


async def _pile(look: Look) -> Findings:
    """Find out whether more is overdue than anyone looks at."""
    overdue = await summary_queries.list_overdue(
        look.session, user_ids=look.user_ids, today=look.today, now=look.at, limit=_NAMED
    )
    return {user_id: [_pile_found(look, oldest, count)] for user_id, (oldest, count) in overdue.items() if count > PILE}


def _pile_found(look: Look, oldest: Sequence[Task], count: int) -> Found:
    return Found(
        key=f"{look.today:%Y-%m}",
        title=f"{count} tasks are overdue",
        text=f"The oldest is {quoted(oldest[0].title)}. Choose the few that matter, and give the others another day.",
        why=f"More than {PILE} of your tasks are overdue.",
        strength=count,
        data=_objects("task", oldest),
    )


async def _habit(look: Look) -> Findings:
    """Find what is done again and again, and added by hand each time."""
    done = await queries.list_done_titles(
        look.session, user_ids=look.user_ids, since=look.at - _DONE_WITHIN, limit=_MOST_READ
    )
    habits = {user_id: _habits(own, look.zone) for user_id, own in done.items()}
    opened = await queries.list_open_titled(
        look.session, user_ids=habits, titles={habit.title for own in habits.values() for habit in own}
    )
    repeating = {(task.user_id, task.title.casefold()) for task in opened if task.repeat}
    return {
        user_id: [
            _habit_found(habit) for habit in own[:_MOST_FOUND] if (user_id, habit.title.casefold()) not in repeating
        ]
        for user_id, own in habits.items()
    }


@dataclass(frozen=True)
class _Habit:
    """What was done on these days, by a rule that they follow."""

    title: str
    days: Collection[date]
    rhythm: str


def _habits(done: Iterable[tuple[str, datetime]], zone: str) -> list[_Habit]:
    days: defaultdict[str, set[date]] = defaultdict(set)
    written: dict[str, str] = {}
    for title, at in done:
        days[title.casefold()].add(to_local(at, zone).date())
        written.setdefault(title.casefold(), title)
    rhythms = {name: rhythm_of(sorted(found)) for name, found in days.items()}
    return [_Habit(written[name], days[name], rhythm) for name, rhythm in rhythms.items() if rhythm is not None]


def _habit_found(habit: _Habit) -> Found:
    title, days, rhythm = habit.title, habit.days, habit.rhythm
    often = describe(rhythm)
    last = max(days)
    return Found(
        key=hashlib.sha256(title.casefold().encode()).hexdigest()[:24],
        title=f"Have {quoted(title)} come {often}",
        text=f"You have done it {len(days)} times, about {often}, last on {day_in_full(last)}.",
        why="You have completed a task with this title several times, about as far from each other each time.",
        strength=len(days),
        data={
            "objects": [],
            "title": title,
            "repeat": rhythm,
            "last": last.isoformat(),
            "actions": [{"name": "repeat", "label": f"Repeat it {often}"}],
        },
    )


def rhythm_of(days: Sequence[date]) -> str | None:
    """Return the rule by which days follow each other at similar distances, None if they do not.

    The last few count: a habit may have changed.
    """
    recent = list(days)[-5:]
    gaps = [(later - earlier).days for earlier, later in pairwise(recent)]
    if len(recent) < _TIMES:
        return None
    mean = sum(gaps) / len(gaps)
    if max(gaps) - min(gaps) > max(1.0, mean * 0.3):
        return None
    for about, tolerance, rule in _RHYTHMS:
        if abs(mean - about) <= tolerance:
            return rule
    return f"FREQ=DAILY;INTERVAL={round(mean)}"


_RHYTHMS = (
    (1, 0.4, "FREQ=DAILY"),
    (7, 1, "FREQ=WEEKLY"),
    (14, 1.5, "FREQ=WEEKLY;INTERVAL=2"),
    (21, 1.5, "FREQ=WEEKLY;INTERVAL=3"),
    (30.4, 2.5, "FREQ=MONTHLY"),
    (61, 4, "FREQ=MONTHLY;INTERVAL=2"),
)

RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("habit", "things that you do again and again", _habit),
        Rule("put_off", "tasks that are put off again and again", _put_off),
        Rule("pile", "many overdue tasks", _pile),
        Rule("untouched", "lists that nobody has touched for weeks", _untouched),
    )
}


def _objects(kind: str, tasks: Sequence[Task]) -> dict[str, Any]:
    return {"objects": [{"kind": kind, "id": task.id, "title": task.title} for task in tasks]}


def _is_put_off(task_id: str, changes: list[dict[str, Any]]) -> bool:
    """Tell whether a change had a task be due later; days and moments are written so that later is greater."""
    for change in changes:
        before, after = change["before"], change["after"]
        if change["id"] == task_id and before and after:
            was, is_now = ((row["due_on"] or "", row["due_at"] or "") for row in (before, after))
            return bool(was[0]) and is_now > was
    return False
