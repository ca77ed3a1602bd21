"""Whatever people do to their objects, taking it back in turn gives what was there before."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from assistant_app import models
from assistant_app.errors import StewardError
from assistant_app.ids import new_id
from assistant_app.repositories import database
from assistant_app.repositories.ledger import TABLES, values_of
from assistant_app.services import events, ledger, reminders, task_lists, tasks
from assistant_app.services.events import EventChanges
from assistant_app.services.ledger import ActionView, ChangedSinceError
from assistant_app.services.reminders import ReminderChanges
from assistant_app.services.tasks import TaskChanges
from tests.conftest import add_user

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
RULES = ("", "", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU,FR", "FREQ=DAILY;COUNT=3")
LISTS = ("", "A", "B")


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Person:
    """Does by chance what a person could do; the same chance does the same."""

    def __init__(self, user_id: str, seed: int) -> None:
        """Begin with nothing done."""
        self.user_id = user_id
        self.chance = random.Random(seed)

    async def act(self) -> None:
        """Do one thing; what cannot be done is left."""
        gestures: list[Callable[[], Awaitable[Any]]] = [
            self._add_task, self._add_task, self._change_task, self._complete, self._complete, self._reopen,
            self._delete_task, self._clear, self._order, self._lists, self._add_reminder,
            self._change_reminder, self._add_event, self._change_event, self._several,
        ]  # fmt: skip
        with contextlib.suppress(StewardError):
            await self.chance.choice(gestures)()

    def _moment(self) -> datetime:
        """Return a moment of the next days."""
        return NOON + timedelta(hours=self.chance.randint(1, 100))

    async def _task(self) -> str:
        """Return the id of one of the tasks."""
        page = await tasks.list_tasks(user_id=self.user_id, view="all")
        return self.chance.choice([task.id for task in page.tasks] or ["tsk_none"])

    async def _add_task(self) -> None:
        due = self.chance.choice([None, date(2026, 11, 24), self._moment()])
        remind_at = self.chance.choice([None, self._moment()])
        title = f"task {self.chance.randint(1, 99)}"
        rule, of = self.chance.choice(RULES), self.chance.choice(LISTS)
        await tasks.add_task(
            user_id=self.user_id, title=title, due=due, remind_at=remind_at, repeat=rule, list_title=of
        )

    async def _change_task(self) -> None:
        changes = self.chance.choice(
            [
                TaskChanges(title=f"now {self.chance.randint(1, 99)}", priority="high"),
                TaskChanges(due=self._moment(), repeat=self.chance.choice(RULES)),
                TaskChanges(due=None, repeat="", remind_at=None),
                TaskChanges(list_title=self.chance.choice(LISTS), remind_at=self._moment()),
            ]
        )
        await tasks.update_task(user_id=self.user_id, task_id=await self._task(), changes=changes)

    async def _complete(self) -> None:
        await tasks.complete_task(user_id=self.user_id, task_id=await self._task())

    async def _reopen(self) -> None:
        await tasks.reopen_task(user_id=self.user_id, task_id=await self._task())

    async def _delete_task(self) -> None:
        await tasks.delete_task(user_id=self.user_id, task_id=await self._task())

    async def _clear(self) -> None:
        await tasks.clear_tasks(user_id=self.user_id, list_title=self.chance.choice(LISTS))

    async def _order(self) -> None:
        after = self.chance.choice([None, await self._task()])
        await tasks.move_task(user_id=self.user_id, task_id=await self._task(), after_id=after)

    async def _several(self) -> None:
        ids = list({await self._task(), await self._task()})
        await self.chance.choice([tasks.complete_tasks, tasks.delete_tasks])(user_id=self.user_id, task_ids=ids)

    async def _lists(self) -> None:
        found = [each.id for each in await task_lists.list_lists(user_id=self.user_id)]
        if not found or self.chance.random() < 0.3:
            await task_lists.add_list(user_id=self.user_id, title=f"list {self.chance.randint(1, 99)}")
        elif self.chance.random() < 0.5:
            await task_lists.delete_list(user_id=self.user_id, list_id=self.chance.choice(found))
        else:
            await task_lists.move_list(user_id=self.user_id, list_id=self.chance.choice(found), after_id=None)

    async def _add_reminder(self) -> None:
        await reminders.add_reminder(
            user_id=self.user_id, text="r", at=self._moment(), repeat=self.chance.choice(RULES)
        )

    async def _change_reminder(self) -> None:
        found = await reminders.list_reminders(user_id=self.user_id)
        ids: dict[str, Any] = {
            "user_id": self.user_id,
            "reminder_id": self.chance.choice([r.id for r in found] or [""]),
        }
        await self.chance.choice(
            [
                lambda: reminders.snooze_reminder(until=self._moment(), **ids),
                lambda: reminders.finish_reminder(**ids),
                lambda: reminders.skip_reminder(when=self.chance.choice([None, self._moment().date()]), **ids),
                lambda: reminders.delete_reminder(**ids),
                lambda: reminders.update_reminder(changes=ReminderChanges(text="s", at=self._moment()), **ids),
            ]
        )()

    async def _add_event(self) -> None:
        start = self.chance.choice([date(2026, 12, 1), self._moment()])
        await events.add_event(user_id=self.user_id, title="e", start=start, repeat=self.chance.choice(RULES))

    async def _change_event(self) -> None:
        found = await events.list_events(user_id=self.user_id, first=date(2026, 11, 20), last=date(2026, 12, 31))
        if not found:
            return
        event = self.chance.choice(found)
        ids: dict[str, Any] = {"user_id": self.user_id, "event_id": event.id}
        await self.chance.choice(
            [
                lambda: events.move_event(start=self._moment(), **ids),
                lambda: events.change_occurrence(occurrence=event.occurrence, start=self._moment(), **ids),
                lambda: events.delete_event(occurrence=self.chance.choice([None, event.occurrence]), **ids),
                lambda: events.update_event(changes=EventChanges(title="f", place="here"), **ids),
            ]
        )()


async def snapshot(user_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return all that a user has, but for the times of the last changes."""
    found: dict[str, list[dict[str, Any]]] = {}
    async with database.read() as session:
        for name, table in TABLES.items():
            rows = (await session.scalars(select(table).where(table.user_id == user_id))).all()  # pyright: ignore[reportArgumentType]
            values = [values_of(row) for row in rows]
            for each in values:
                each.pop("updated_at", None)
            found[name] = sorted(values, key=lambda each: str(each["id"]))
    return found


async def newest(user_id: str) -> ActionView | None:
    """Return the last change that is not taken back."""
    actions = await ledger.list_actions(user_id=user_id, limit=1000)
    return next((action for action in actions if not action.undone and not action.is_undo), None)


async def try_all_back(seed: int, steps: int) -> None:
    """Do things, take them back one after the other, and compare what is there with what was."""
    user = await add_user(new_id("usr"), zone="Europe/Rome")
    person = Person(user.id, seed)
    before = [(0, await snapshot(user.id))]
    for _ in range(steps):
        await person.act()
        actions = len(await ledger.list_actions(user_id=user.id, limit=1000))
        if actions > before[-1][0]:
            before.append((actions, await snapshot(user.id)))
    after = before.pop()[1]
    undone: list[ActionView] = []
    while (action := await newest(user.id)) is not None:
        undone.append(await ledger.undo(user_id=user.id, action_id=action.id))
        assert await snapshot(user.id) == before.pop()[1], action.summary
    assert before == []
    for action in reversed(undone):
        await ledger.undo(user_id=user.id, action_id=action.id)
    assert await snapshot(user.id) == after


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), steps=st.integers(1, 14))
async def test_what_is_undone_in_turn_was_never_done(db: object, seed: int, steps: int) -> None:
    await try_all_back(seed, steps)


async def test_undoing_an_undo_does_it_again(ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="milk", list_title="Groceries")
    await tasks.complete_task(user_id=ada.id, task_id=task.id)
    done = await snapshot(ada.id)
    action = await newest(ada.id)
    assert action is not None
    back = await ledger.undo(user_id=ada.id, action_id=action.id)
    assert back.summary == "Undid: Completed “milk”"
    assert not (await tasks.get_task(user_id=ada.id, task_id=task.id)).done
    again = await ledger.undo(user_id=ada.id, action_id=back.id)
    assert again.summary == "Did again: Completed “milk”"
    assert await snapshot(ada.id) == done


async def test_what_changed_since_is_taken_back_only_by_force(ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="milk")
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(title="oat milk"))
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(priority="high"))
    _, renamed, _ = await ledger.list_actions(user_id=ada.id)
    with pytest.raises(ChangedSinceError):
        await ledger.undo(user_id=ada.id, action_id=renamed.id)
    assert (await tasks.get_task(user_id=ada.id, task_id=task.id)).title == "oat milk"
    await ledger.undo(user_id=ada.id, action_id=renamed.id, force=True)
    assert (await tasks.get_task(user_id=ada.id, task_id=task.id)).title == "milk"


async def test_several_things_of_one_message_are_undone_together(ada: models.User) -> None:
    before = await snapshot(ada.id)
    origin = ledger.Origin("chat", conversation_id="cnv_1", gesture="msg_1")
    for title in ("milk", "eggs"):
        await tasks.add_task(user_id=ada.id, title=title, list_title="Groceries", origin=origin)
    undone = await ledger.undo_last(user_id=ada.id, conversation_id="cnv_1")
    assert len(undone) == 2
    assert await snapshot(ada.id) == before


async def test_two_who_add_at_once_get_different_numbers(ada: models.User) -> None:
    views = await asyncio.gather(*(tasks.add_task(user_id=ada.id, title=f"number {n}") for n in range(8)))
    assert sorted(view.number for view in views) == list(range(1, 9))


async def test_what_came_to_a_list_since_keeps_its_making_from_being_undone_unasked(ada: models.User) -> None:
    await tasks.add_task(user_id=ada.id, title="milk", list_title="groceries")
    (made, *_) = await ledger.list_actions(user_id=ada.id)
    await tasks.add_task(user_id=ada.id, title="eggs", list_title="groceries")
    with pytest.raises(ChangedSinceError):
        await ledger.undo(user_id=ada.id, action_id=made.id)
    before = await snapshot(ada.id)

    undone = await ledger.undo(user_id=ada.id, action_id=made.id, force=True)
    (eggs,) = (await tasks.list_tasks(user_id=ada.id, view="open")).tasks
    assert (eggs.title, eggs.list_title) == ("eggs", "")

    await ledger.undo(user_id=ada.id, action_id=undone.id)
    assert await snapshot(ada.id) == before
