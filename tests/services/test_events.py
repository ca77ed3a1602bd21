"""Events and days: from when to when, again and again, and what a day holds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import agenda, events, ledger, reminders, tasks
from assistant_app.services.events import EventChanges, EventView
from tests.conftest import add_user

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # A Tuesday.
FIRST, LAST = date(2026, 11, 20), date(2027, 1, 10)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
async def eva(db: object) -> models.User:
    """Somebody who lives in Rome."""
    return await add_user("eva", zone="Europe/Rome")


def wall(text: str) -> datetime:
    """Return what a person's clocks show, naive."""
    return datetime.fromisoformat(text)


async def add(user: models.User, title: str, start: date | datetime, **fields: object) -> EventView:
    """Add an event."""
    return await events.add_event(user_id=user.id, title=title, start=start, **fields)  # pyright: ignore[reportArgumentType]


async def starts(user: models.User, first: date = FIRST, last: date = LAST) -> list[str]:
    """Return when what takes place begins."""
    found = await events.list_events(user_id=user.id, first=first, last=last)
    return [f"{view.start:%m-%d}" if view.all_day else f"{view.start:%m-%d %H:%M}" for view in found]


async def said(user: models.User) -> str:
    """Return the newest line of the ledger."""
    return (await ledger.list_actions(user_id=user.id, limit=1))[0].summary


async def test_event_takes_an_hour_or_the_whole_day(eva: models.User) -> None:
    dentist = await add(eva, "dentist", wall("2026-11-27 10:00"), place="Via Roma 1")
    assert dentist.starts_at == datetime(2026, 11, 27, 9, tzinfo=UTC)
    assert dentist.ends_at - dentist.starts_at == timedelta(hours=1)
    assert await said(eva) == "Added “dentist”, Friday at 10:00 until 11:00"
    trip = await add(eva, "trip", date(2026, 12, 1), end=date(2026, 12, 3))
    assert (trip.all_day, trip.start, trip.end) == (True, date(2026, 12, 1), date(2026, 12, 3))
    assert await starts(eva) == ["11-27 10:00", "12-01"]
    assert await starts(eva, date(2026, 12, 3), date(2026, 12, 3)) == ["12-01"]
    assert await starts(eva, date(2026, 12, 4), date(2026, 12, 4)) == []


async def test_moved_event_keeps_its_length_and_time_of_day(eva: models.User) -> None:
    event = await add(eva, "dentist", wall("2026-11-27 10:00"), end=wall("2026-11-27 10:30"))
    moved = await events.move_event(user_id=eva.id, event_id=event.id, start=date(2026, 12, 2))
    assert (moved.starts_at, moved.ends_at) == (
        datetime(2026, 12, 2, 9, tzinfo=UTC),
        datetime(2026, 12, 2, 9, 30, tzinfo=UTC),
    )
    await events.move_event(user_id=eva.id, event_id=event.id, start=wall("2026-11-27 15:00"))
    assert await said(eva) == "Moved “dentist” to Friday at 15:00"


async def test_series_keeps_its_wall_time_when_the_clocks_change(eva: models.User) -> None:
    await add(eva, "class", wall("2027-03-25 18:00"), repeat="FREQ=WEEKLY")
    found = await events.list_events(user_id=eva.id, first=date(2027, 3, 25), last=date(2027, 4, 1))
    assert [view.starts_at.astimezone(UTC).hour for view in found] == [17, 16]


async def test_series_begins_on_a_day_of_its_rule(eva: models.User) -> None:
    await add(eva, "class", wall("2026-11-25 18:00"), repeat="FREQ=WEEKLY;BYDAY=TU;COUNT=2")
    assert await starts(eva) == ["12-01 18:00", "12-08 18:00"]


async def test_one_time_of_a_series_can_be_left_out(eva: models.User) -> None:
    event = await add(eva, "class", wall("2026-12-01 18:00"), repeat="FREQ=WEEKLY;COUNT=3")
    deleted = await events.delete_event(user_id=eva.id, event_id=event.id, occurrence=wall("2026-12-08 18:00"))
    assert deleted.start == datetime(2026, 12, 8, 17, tzinfo=UTC)
    assert await starts(eva) == ["12-01 18:00", "12-15 18:00"]
    with pytest.raises(NotFoundError, match="does not take place then"):
        await events.delete_event(user_id=eva.id, event_id=event.id, occurrence=wall("2026-12-08 18:00"))
    await events.move_event(user_id=eva.id, event_id=event.id, start=wall("2026-12-02 19:00"))
    assert await starts(eva) == ["12-02 19:00", "12-16 19:00"]


async def test_one_day_of_a_series_of_days_can_be_left_out(eva: models.User) -> None:
    event = await add(eva, "market", date(2026, 12, 5), repeat="FREQ=WEEKLY;BYDAY=SA;COUNT=3")
    second = (await events.list_events(user_id=eva.id, first=FIRST, last=LAST))[1]
    await events.delete_event(user_id=eva.id, event_id=event.id, occurrence=second.occurrence)
    assert await starts(eva) == ["12-05", "12-19"]


async def test_series_on_several_days_is_not_moved_to_another_one(eva: models.User) -> None:
    event = await add(eva, "class", wall("2026-12-01 18:00"), repeat="FREQ=WEEKLY;BYDAY=TU,TH")
    with pytest.raises(InvalidInputError, match="every Tuesday and Thursday"):
        await events.move_event(user_id=eva.id, event_id=event.id, start=wall("2026-12-02 18:00"))
    await events.move_event(user_id=eva.id, event_id=event.id, start=wall("2026-12-01 19:00"))
    assert (await starts(eva))[:2] == ["12-01 19:00", "12-03 19:00"]


async def test_day_is_the_same_day_for_whoever_travels(eva: models.User) -> None:
    await add(eva, "holiday", date(2026, 12, 8))
    async with database.write() as session:
        (await session.get_one(models.User, eva.id)).zone = "America/Los_Angeles"
    assert await starts(eva, date(2026, 12, 8), date(2026, 12, 8)) == ["12-08"]
    assert await starts(eva, date(2026, 12, 7), date(2026, 12, 7)) == []


async def test_changes_of_an_event_are_said(eva: models.User) -> None:
    event = await add(eva, "dentist", wall("2026-11-27 10:00"))
    changes = EventChanges(title="Dr. Rossi", place="Via Roma 1", repeat="FREQ=MONTHLY")
    await events.update_event(user_id=eva.id, event_id=event.id, changes=changes)
    assert await said(eva) == "Changed “dentist”: now “Dr. Rossi”, at Via Roma 1, every month"


async def test_end_before_the_start_is_refused(eva: models.User) -> None:
    with pytest.raises(InvalidInputError, match="cannot end before it begins"):
        await add(eva, "x", wall("2026-11-27 10:00"), end=wall("2026-11-27 09:00"))
    with pytest.raises(InvalidInputError, match="cannot end before it begins"):
        await add(eva, "x", date(2026, 11, 27), end=date(2026, 11, 26))


async def test_event_of_somebody_else_is_not_found(ada: models.User, bob: models.User) -> None:
    his, event_id = bob.id, (await add(ada, "secret", NOON)).id
    for call in (
        events.get_event(user_id=his, event_id=event_id),
        events.move_event(user_id=his, event_id=event_id, start=NOON),
        events.update_event(user_id=his, event_id=event_id, changes=EventChanges(title="x")),
        events.delete_event(user_id=his, event_id=event_id),
    ):
        with pytest.raises(NotFoundError):
            await call
    assert await starts(bob) == []


async def test_agenda_has_what_days_hold_in_their_order(eva: models.User) -> None:
    await add(eva, "holiday", date(2026, 11, 25), end=date(2026, 11, 26))
    await add(eva, "late show", wall("2026-11-25 22:00"), end=wall("2026-11-26 01:00"))
    await tasks.add_task(user_id=eva.id, title="call", due=wall("2026-11-25 17:00"), remind_at=wall("2026-11-25 16:00"))
    await tasks.add_task(user_id=eva.id, title="bins", due=date(2026, 11, 25))
    await reminders.add_reminder(user_id=eva.id, text="stretch", at=wall("2026-11-24 15:00"), repeat="FREQ=DAILY")
    days = await agenda.list_agenda(user_id=eva.id, first=date(2026, 11, 25), last=date(2026, 11, 27))
    assert [[item.title for item in day.items] for day in days] == [
        ["holiday", "stretch", "call", "late show", "bins"],
        ["holiday", "late show", "stretch"],
        ["stretch"],
    ]
    with pytest.raises(InvalidInputError):
        await agenda.list_agenda(user_id=eva.id, first=LAST, last=FIRST)
