"""Conflicts: found near what changes, brought once each, gone when they are gone, fixed or ignored by a person."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, insert

from assistant_app import bus, models
from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.ids import new_id
from assistant_app.jobs.conflicts import Watch, watching_conflicts
from assistant_app.repositories import database
from assistant_app.services import conflicts, events, inbox, ledger, tasks
from assistant_app.services.events import EventView
from assistant_app.services.inbox import ItemView
from assistant_app.services.ledger import Origin
from assistant_app.services.task_views import TaskChanges, TaskView
from tests.conftest import add_user

MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # A Tuesday.
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def morning() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
async def eva(db: object) -> models.User:
    """Somebody who lives in Rome."""
    return await add_user("eva", zone="Europe/Rome")


def wall(text: str) -> datetime:
    """Return what a person's clocks show, naive: `24 10:00` of this month, or `2027-01-19 09:10`."""
    return datetime.fromisoformat(text if len(text) > len("24 10:00") else f"2026-11-{text}")


async def event_at(user: models.User, title: str, start: str, end: str, **fields: Any) -> EventView:
    """Add an event."""
    return await events.add_event(user_id=user.id, title=title, start=wall(start), end=wall(end), **fields)


async def check(user: models.User, *changed: EventView | TaskView) -> int:
    """Look around what changed."""
    return await conflicts.check(user_id=user.id, changed=[each.id for each in changed])


async def items(user: models.User, state: inbox.State = "open") -> list[ItemView]:
    """Return the conflicts in the inbox."""
    return await inbox.list_items(user_id=user.id, kind="conflict", state=state)


async def dentist_during_lunch(user: models.User) -> tuple[EventView, EventView, ItemView]:
    """Let two events overlap, and return them with what the inbox says."""
    lunch = await event_at(user, "Lunch", "24 12:00", "24 13:30", place="Bar Sport")
    dentist = await event_at(user, "Dentist", "24 13:00", "24 14:00", place="Via Roma 1")
    assert await check(user, lunch, dentist) == 1
    (item,) = await items(user)
    return lunch, dentist, item


async def test_overlap_is_brought_once_with_its_reason_and_a_fix(eva: models.User) -> None:
    lunch, dentist, item = await dentist_during_lunch(eva)
    assert item.title == "“Lunch” and “Dentist” overlap, Tuesday, 24 November"
    assert item.text == "“Lunch” is 12:00–13:30 at Bar Sport. “Dentist” is 13:00–14:00 at Via Roma 1."
    assert item.why == "Two events of yours take place at the same time."
    assert [each["id"] for each in item.data["objects"]] == [lunch.id, dentist.id]
    assert item.data["actions"] == [
        {"name": "fix", "label": "Move “Dentist” to 13:45–14:45"},
    ]
    (call,) = item.data["fix"]["calls"]
    assert (call["tool"], call["arguments"]) == ("move_event", {"event": "2", "start": "2026-11-24T13:45:00"})
    assert await check(eva, dentist) == 0
    assert await conflicts.check_ahead(user_id=eva.id) == 0
    assert len(await items(eva)) == 1


async def test_fix_moves_it_can_be_undone_and_the_conflict_comes_back(eva: models.User) -> None:
    _, dentist, item = await dentist_during_lunch(eva)
    said = await conflicts.act(user_id=eva.id, item_id=item.id, action="fix", origin=Origin(gesture="g"))
    assert said == "Moved “Dentist” to 13:45–14:45."
    assert await items(eva) == []
    moved = await events.get_event(user_id=eva.id, event_id=dentist.id)
    assert (moved.start, moved.end) == (dentist.start + timedelta(minutes=45), dentist.end + timedelta(minutes=45))
    await ledger.undo_gesture(user_id=eva.id, gesture="g")
    assert await check(eva, dentist) == 1
    assert [each.id for each in await items(eva)] == [item.id]


async def test_fix_is_carried_out_once(eva: models.User) -> None:
    _, dentist, item = await dentist_during_lunch(eva)
    await conflicts.act(user_id=eva.id, item_id=item.id, action="fix")
    with pytest.raises(ConflictError):
        await conflicts.act(user_id=eva.id, item_id=item.id, action="fix")
    moves = [line for line in await ledger.list_actions(user_id=eva.id) if line.verb == "move"]
    assert [line.object_id for line in moves] == [dentist.id]


async def test_fix_that_was_not_shown_is_not_carried_out(eva: models.User) -> None:
    _, dentist, item = await dentist_during_lunch(eva)
    await event_at(eva, "Call", "24 14:00", "24 15:00")  # Where the dentist would be.
    with pytest.raises(ConflictError, match="new proposal"):
        await conflicts.act(user_id=eva.id, item_id=item.id, action="fix")
    assert (await events.get_event(user_id=eva.id, event_id=dentist.id)).start == dentist.start
    (item,) = [each for each in await items(eva) if "Lunch" in each.title]
    assert item.data["actions"][0]["label"] == "Move “Dentist” to 15:00–16:00"


async def test_conflict_that_is_gone_closes_itself(eva: models.User) -> None:
    lunch, dentist, _ = await dentist_during_lunch(eva)
    await events.move_event(user_id=eva.id, event_id=lunch.id, start=wall("25 12:00"))
    await check(eva, lunch)
    assert await items(eva) == []
    await ledger.undo_last(user_id=eva.id, conversation_id=None)
    assert await check(eva, lunch) == 1
    await events.delete_event(user_id=eva.id, event_id=dentist.id)
    await check(eva, dentist)
    assert await items(eva) == []


async def test_fix_of_a_conflict_that_is_gone_changes_nothing(eva: models.User) -> None:
    lunch, dentist, item = await dentist_during_lunch(eva)
    await events.delete_event(user_id=eva.id, event_id=lunch.id)
    with pytest.raises(ConflictError, match="not in conflict any more"):
        await conflicts.act(user_id=eva.id, item_id=item.id, action="fix")
    assert (await events.get_event(user_id=eva.id, event_id=dentist.id)).start == dentist.start


async def test_ignored_conflict_never_comes_again(eva: models.User) -> None:
    lunch, dentist, item = await dentist_during_lunch(eva)
    await inbox.dismiss_item(user_id=eva.id, item_id=item.id)
    await events.move_event(user_id=eva.id, event_id=lunch.id, start=wall("25 12:00"))
    await check(eva, lunch)
    await events.move_event(user_id=eva.id, event_id=lunch.id, start=wall("24 12:30"))
    assert await check(eva, lunch, dentist) == 0
    assert await conflicts.check_ahead(user_id=eva.id) == 0
    assert await items(eva) == []
    today = await conflicts.list_conflicts(user_ids=[eva.id], zone=eva.zone, day=TODAY, at=MORNING)
    assert today == {eva.id: []}


async def test_what_has_been_is_no_conflict(eva: models.User, morning: time_machine.Traveller) -> None:
    await dentist_during_lunch(eva)
    morning.shift(timedelta(hours=12))
    assert await check(eva) == 0
    assert await items(eva) == []


async def test_whole_days_and_what_begins_as_another_ends_are_no_conflict(eva: models.User) -> None:
    holiday = await events.add_event(user_id=eva.id, title="Holiday", start=TODAY)
    first = await event_at(eva, "First", "24 10:00", "24 11:00", place="Room 1")
    second = await event_at(eva, "Second", "24 11:00", "24 12:00", place=" room 1")
    third = await event_at(eva, "Third", "24 12:00", "24 13:00")
    assert await check(eva, holiday, first, second, third) == 0


async def test_two_places_with_no_time_between_them(eva: models.User) -> None:
    await event_at(eva, "Class", "24 10:00", "24 11:00", place="School")
    dentist = await event_at(eva, "Dentist", "24 11:10", "24 12:00", place="Via Roma 1")
    assert await check(eva, dentist) == 1
    (item,) = await items(eva)
    assert item.title == "Little time to get from “Class” to “Dentist”, Tuesday, 24 November"
    assert item.data["actions"][0]["label"] == "Move “Dentist” to 11:15–12:05"


async def test_task_within_an_event_moves_behind_it(eva: models.User) -> None:
    await event_at(eva, "Meeting", "24 10:00", "24 11:00")
    call = await tasks.add_task(user_id=eva.id, title="Call Anna", due=wall("24 10:30"))
    assert await check(eva, call) == 1
    (item,) = await items(eva)
    assert item.title == "“Call Anna” is due during “Meeting”, Tuesday, 24 November"
    assert await conflicts.act(user_id=eva.id, item_id=item.id, action="fix") == "Moved “Call Anna” to 11:00."
    changed = await tasks.get_task(user_id=eva.id, task_id=call.id)
    assert changed.due_at is not None
    assert changed.due_at.replace(tzinfo=None) == wall("24 11:00")


async def test_done_task_is_in_nobodys_way(eva: models.User) -> None:
    await event_at(eva, "Meeting", "24 10:00", "24 11:00")
    call = await tasks.add_task(user_id=eva.id, title="Call Anna", due=wall("24 10:30"))
    await check(eva, call)
    await tasks.complete_task(user_id=eva.id, task_id=call.id)
    await check(eva, call)
    assert await items(eva) == []
    await tasks.reopen_task(user_id=eva.id, task_id=call.id)
    assert await check(eva, call) == 1


async def test_full_day_moves_something_to_the_next_one(eva: models.User) -> None:
    await event_at(eva, "Fair", "24 08:00", "24 20:00")
    late = await event_at(eva, "Talk", "24 18:00", "24 19:00")
    await check(eva, late)
    (item,) = await items(eva)
    assert item.data["actions"][0]["label"] == "Move “Talk” to Wednesday, 25 November, 8:00–9:00"


async def test_no_room_means_no_fix(eva: models.User) -> None:
    await event_at(eva, "Fair", "24 07:00", "24 21:00")
    other = await event_at(eva, "Rally", "24 07:30", "24 20:30")
    await check(eva, other)
    (item,) = await items(eva)
    assert (item.data["fix"], [each["name"] for each in item.data["actions"]]) == (None, [])
    with pytest.raises(ConflictError):
        await conflicts.act(user_id=eva.id, item_id=item.id, action="fix")
    with pytest.raises(InvalidInputError):
        await conflicts.act(user_id=eva.id, item_id=item.id, action="dance")


async def test_too_much_on_one_day_is_put_off_as_one_change(eva: models.User) -> None:
    day = date(2026, 11, 26)
    added = [await tasks.add_task(user_id=eva.id, title=f"Task {number}", due=day) for number in range(10)]
    assert await check(eva, added[0]) == 1
    (item,) = await items(eva)
    assert item.title == "10 tasks are due on Thursday, 26 November"
    assert item.data["actions"][0]["label"] == "Put “Task 9” and “Task 8” off until Friday, 27 November"
    await conflicts.act(user_id=eva.id, item_id=item.id, action="fix", origin=Origin(gesture="g"))
    assert await items(eva) == []
    assert (await tasks.list_tasks(user_id=eva.id, due_from=day, due_to=day)).total == 8
    await ledger.undo_gesture(user_id=eva.id, gesture="g")
    assert await check(eva, added[9]) == 1


async def test_events_that_repeat_clash_as_one_matter(eva: models.User, morning: time_machine.Traveller) -> None:
    daily = await event_at(eva, "Standup", "23 09:00", "23 09:30", repeat="FREQ=DAILY")
    weekly = await event_at(eva, "Review", "23 09:15", "23 10:00", repeat="FREQ=WEEKLY;BYDAY=MO")
    assert await check(eva, daily, weekly) == 1
    (item,) = await items(eva)
    assert item.title == "“Standup” and “Review” overlap, again and again, first on Monday, 30 November"
    assert item.data["actions"][0]["label"] == "Move every “Review” to 9:30–10:15"
    morning.shift(timedelta(days=8))  # The first time is over, and the next one is as bad.
    assert await check(eva) == 0
    (item,) = await items(eva)
    assert item.data["day"] == "2026-12-07"
    await conflicts.act(user_id=eva.id, item_id=item.id, action="fix")
    assert await items(eva) == []
    moved = await events.list_events(user_id=eva.id, first=date(2026, 12, 7), last=date(2026, 12, 7), text="review")
    assert [f"{each.starts_at:%H:%M}" for each in moved] == ["09:30"]
    assert await conflicts.check_ahead(user_id=eva.id) == 0


async def test_what_repeats_is_looked_at_for_sixty_days(eva: models.User) -> None:
    far = await event_at(eva, "Far", "2027-01-19 09:10", "2027-01-19 09:20")
    await event_at(eva, "Further", "2027-03-16 09:10", "2027-03-16 09:20")
    daily = await event_at(eva, "Standup", "24 09:00", "24 09:30", repeat="FREQ=WEEKLY;BYDAY=TU")
    assert await check(eva, daily) == 1
    (item,) = await items(eva)
    assert item.data["actions"][0]["label"] == "Move “Far” to 9:30–9:40"
    assert {each["id"] for each in item.data["objects"]} == {far.id, daily.id}


async def test_one_users_events_are_no_conflict_with_anothers(ada: models.User, bob: models.User) -> None:
    mine = await event_at(ada, "Mine", "24 10:00", "24 11:00")
    theirs = await event_at(bob, "Theirs", "24 10:00", "24 11:00")
    assert await check(ada, mine, theirs) == await check(bob, mine, theirs) == 0


async def test_changes_are_seen_as_they_are_kept_undone_ones_too(eva: models.User) -> None:
    watch = Watch()
    with ledger.listening(watch.note):
        async with database.transaction():
            await event_at(eva, "Lunch", "24 12:00", "24 13:30")
            await event_at(eva, "Dentist", "24 13:00", "24 14:00")
            await watch.look()
            assert await items(eva) == []  # What is not kept yet has not happened.
        await watch.look()
        assert len(await items(eva)) == 1
        await ledger.undo_last(user_id=eva.id, conversation_id=None)
        await watch.look()
        assert await items(eva) == []
    assert await items(eva, "done") != []


async def test_conflicts_arrive_by_themselves_soon_after_the_change(eva: models.User) -> None:
    with bus.subscribe(eva.id) as changes:
        async with watching_conflicts():
            await event_at(eva, "Lunch", "24 12:00", "24 13:30")
            await event_at(eva, "Dentist", "24 13:00", "24 14:00")
            async with asyncio.timeout(20):
                while inbox.TOPIC not in await changes.changes():
                    pass
    assert len(await items(eva)) == 1


async def test_a_change_among_five_thousand_tasks_reads_only_its_neighbourhood(eva: models.User) -> None:
    rows = [
        models.Task(
            user_id=eva.id, number=number, title=f"Task {number}", due_on=TODAY + timedelta(days=number % 1_000)
        ).model_dump()
        for number in range(1, 5_001)
    ]
    async with database.write() as session:
        await session.execute(insert(models.Task), rows)
        session.add(models.Counter(user_id=eva.id, kind="task", last=5_000))
    lunch = await event_at(eva, "Lunch", "24 12:00", "24 13:30")
    await event_at(eva, "Dentist", "24 13:00", "24 14:00")
    statements: list[str] = []
    engine = database.current().engine.sync_engine
    loaded: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    def note_row(target: models.Task, *_rest: Any) -> None:
        loaded.append(target.id)

    event.listen(engine, "before_cursor_execute", note)
    event.listen(models.Task, "load", note_row)
    try:
        assert await check(eva, lunch) == 1
    finally:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(models.Task, "load", note_row)
    assert len(statements) <= 15
    assert loaded == []


async def test_changes_of_other_things_are_not_looked_at(eva: models.User) -> None:
    watch = Watch()
    watch.note(eva.id, [ledger.Change("task_list", new_id("lst"), None, {}), ledger.Change("reminder", "r", None, {})])
    await watch.look()
    task = await tasks.add_task(user_id=eva.id, title="t")
    await tasks.update_task(user_id=eva.id, task_id=task.id, changes=TaskChanges(title="u"))
    assert await items(eva, "all") == []
