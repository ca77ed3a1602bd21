"""Schedules: how people make, change, pause and delete them, and what an undo brings back."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from assistant_app import bus, models
from assistant_app.errors import ConflictError, InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import accounts, ledger, schedules
from assistant_app.services.schedules import ScheduleChanges, ScheduleView
from tests.conftest import add_user

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # A Tuesday.
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


@pytest.fixture(autouse=True)
def clock_at_noon() -> object:
    """The moment at which all of these happen."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def wall(text: str) -> datetime:
    """Return what a person's clocks show, naive."""
    return datetime.fromisoformat(text)


async def add(user: models.User, **fields: Any) -> ScheduleView:
    """Add a daily summary on weekdays at seven, or something else."""
    wanted: dict[str, Any] = {"kind": "summary", "starts": wall("2026-11-24 07:00"), "repeat": WEEKDAYS} | fields
    return await schedules.create_schedule(user_id=user.id, **wanted)


async def undo(user: models.User) -> None:
    """Take back what was done last."""
    await ledger.undo_last(user_id=user.id, conversation_id=None)


async def test_schedule_comes_next_at_its_time_in_its_zone(db: object) -> None:
    eva = await add_user("eva", zone="America/New_York")
    schedule = await add(eva)
    assert (schedule.title, schedule.words) == ("Daily summary", "every weekday at 7:00")
    assert schedule.next_at == datetime(2026, 11, 24, 12, 0, tzinfo=UTC) + timedelta(days=1)
    assert schedule.next_at is not None
    assert schedule.next_at.isoformat() == "2026-11-25T07:00:00-05:00"
    assert (schedule.zone, schedule.catch_up, schedule.enabled, schedule.last) == (
        "America/New_York",
        "late",
        True,
        None,
    )


async def test_schedule_that_comes_once_says_so(ada: models.User) -> None:
    schedule = await add(ada, kind="prompt", repeat="", starts=wall("2026-11-25 09:30"), data={"prompt": "News?"})
    assert (schedule.title, schedule.words, schedule.data) == (
        "News?",
        "once, tomorrow at 9:30",
        {"prompt": "News?"},
    )
    assert schedule.next_at == NOON + timedelta(hours=21, minutes=30)


async def test_schedules_are_listed_with_those_that_are_paused(ada: models.User, bob: models.User) -> None:
    first = await add(ada)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        second = await add(ada, kind="review", repeat="FREQ=WEEKLY;BYDAY=SU")
    await schedules.pause_schedule(user_id=ada.id, schedule_id=first.id)
    found = await schedules.list_schedules(user_id=ada.id)
    assert [(view.id, view.enabled, view.next_at is None) for view in found] == [
        (first.id, False, True),
        (second.id, True, False),
    ]
    assert await schedules.list_schedules(user_id=bob.id) == []


async def test_changed_time_moves_what_comes_next(ada: models.User) -> None:
    schedule = await add(ada)
    changed = await schedules.change_schedule(
        user_id=ada.id, schedule_id=schedule.id, changes=ScheduleChanges(at=time(14, 15), repeat="FREQ=DAILY")
    )
    assert (changed.next_at, changed.words) == (NOON + timedelta(hours=2, minutes=15), "every day at 14:15")
    newest = (await ledger.list_actions(user_id=ada.id))[0]
    assert newest.summary == "Changed the schedule “Daily summary”: now “Daily summary”, every day at 14:15"


async def test_changing_the_title_leaves_the_time_alone(ada: models.User) -> None:
    schedule = await add(ada)
    changes = ScheduleChanges(title="Morning", catch_up="skip", most_cost=0.1, data={"silent_when_empty": True})
    changed = await schedules.change_schedule(user_id=ada.id, schedule_id=schedule.id, changes=changes)
    assert (changed.title, changed.catch_up, changed.most_cost, changed.next_at) == (
        "Morning",
        "skip",
        0.1,
        schedule.next_at,
    )
    assert changed.data == {"silent_when_empty": True}


async def test_resumed_schedule_comes_next_after_now(ada: models.User) -> None:
    schedule = await add(ada)
    await schedules.pause_schedule(user_id=ada.id, schedule_id=schedule.id)
    with pytest.raises(ConflictError, match="paused already"):
        await schedules.pause_schedule(user_id=ada.id, schedule_id=schedule.id)
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        resumed = await schedules.resume_schedule(user_id=ada.id, schedule_id=schedule.id)
        assert resumed.next_at == NOON + timedelta(days=7, hours=19)
        with pytest.raises(ConflictError, match="is not paused"):
            await schedules.resume_schedule(user_id=ada.id, schedule_id=schedule.id)


async def test_run_now_is_due_at_once_and_only_once(ada: models.User) -> None:
    schedule = await add(ada)
    occurrence = await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
    assert (occurrence.due_at, occurrence.state) == (NOON, "due")
    with pytest.raises(ConflictError, match="is running already"):
        await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
    assert await schedules.list_occurrences(user_id=ada.id, schedule_id=schedule.id) == [occurrence]
    again = await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id)
    assert (again.last, again.next_at) == (occurrence, schedule.next_at)


async def test_paused_schedule_does_not_make_what_was_due(ada: models.User) -> None:
    schedule = await add(ada)
    await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
    await schedules.pause_schedule(user_id=ada.id, schedule_id=schedule.id)
    (missed,) = await schedules.list_occurrences(user_id=ada.id, schedule_id=schedule.id)
    assert (missed.state, missed.error) == ("missed", "The schedule was paused before this run.")


async def test_undo_takes_each_change_of_a_schedule_back(ada: models.User) -> None:
    schedule = await add(ada)
    changes = ScheduleChanges(at=time(14), title="Afternoon")
    await schedules.change_schedule(user_id=ada.id, schedule_id=schedule.id, changes=changes)
    await undo(ada)
    assert await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id) == schedule
    await schedules.pause_schedule(user_id=ada.id, schedule_id=schedule.id)
    await undo(ada)
    assert await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id) == schedule
    await schedules.delete_schedule(user_id=ada.id, schedule_id=schedule.id)
    assert await schedules.list_schedules(user_id=ada.id) == []
    await undo(ada)
    assert await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id) == schedule
    await undo(ada)
    assert await schedules.list_schedules(user_id=ada.id) == []


async def test_undo_days_later_does_not_bring_back_what_is_past(ada: models.User) -> None:
    schedule = await add(ada)
    await schedules.delete_schedule(user_id=ada.id, schedule_id=schedule.id)
    (action, _) = await ledger.list_actions(user_id=ada.id)
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        await ledger.undo(user_id=ada.id, action_id=action.id)
        again = await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id)
    assert again.next_at == NOON + timedelta(days=2, hours=19)


async def test_moved_by_the_clock_is_no_reason_to_refuse_an_undo(ada: models.User) -> None:
    schedule = await add(ada)
    await schedules.change_schedule(user_id=ada.id, schedule_id=schedule.id, changes=ScheduleChanges(title="Other"))
    async with database.write() as session:
        row = await session.get_one(models.Schedule, schedule.id)
        row.next_at, row.failures = NOON + timedelta(days=9), 1
    await undo(ada)
    assert await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id) == schedule


async def test_change_is_told_to_every_device(ada: models.User) -> None:
    with bus.subscribe(ada.id) as changes:
        schedule = await add(ada)
        assert schedules.TOPIC in await changes.changes()
        await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
        assert schedules.TOPIC in await changes.changes()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "backup"}, "A schedule is one of"),
        ({"kind": "prompt"}, "needs something to ask"),
        ({"zone": "Mars/Base"}, "Choose a time zone"),
        ({"repeat": "FREQ=SECONDLY"}, "does not say how often"),
        ({"repeat": "", "starts": wall("2026-11-24 07:00")}, "have passed already"),
        ({"repeat": "FREQ=DAILY;COUNT=2", "starts": wall("2026-11-20 07:00")}, "have passed already"),
        ({"title": "x" * 201}, "a title of 1 to 200"),
        ({"catch_up": "never"}, "comes late, or is skipped"),
        ({"most_cost": -1.0}, "an amount above 0"),
        ({"data": {"prompt": "x" * 20_001}}, "too long for a schedule"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(
    ada: models.User, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidInputError, match=sentence):
        await add(ada, **fields)
    assert await schedules.list_schedules(user_id=ada.id) == []


async def test_schedule_of_somebody_else_is_not_found(ada: models.User, bob: models.User) -> None:
    his, schedule_id = bob.id, (await add(ada)).id
    for call in (
        schedules.get_schedule(user_id=his, schedule_id=schedule_id),
        schedules.change_schedule(user_id=his, schedule_id=schedule_id, changes=ScheduleChanges(title="x")),
        schedules.pause_schedule(user_id=his, schedule_id=schedule_id),
        schedules.resume_schedule(user_id=his, schedule_id=schedule_id),
        schedules.delete_schedule(user_id=his, schedule_id=schedule_id),
        schedules.run_now(user_id=his, schedule_id=schedule_id),
        schedules.list_occurrences(user_id=his, schedule_id=schedule_id),
    ):
        with pytest.raises(NotFoundError):
            await call


async def move(user: models.User, zone: str) -> None:
    """Have a person's clocks be elsewhere."""
    await accounts.update_profile(user_id=user.id, name="Ada", zone=zone, language="en", instructions="")


async def zones(user: models.User) -> dict[str, str]:
    """Return the zones of a person's schedules by their titles."""
    return {view.title: view.zone for view in await schedules.list_schedules(user_id=user.id)}


async def test_schedule_made_by_its_owners_clocks_follows_them(ada: models.User) -> None:
    mine, paused = await add(ada, title="Mine"), await add(ada, title="Paused", starts=wall("2026-11-24 08:00"))
    await add(ada, title="Rome", zone="Europe/Rome", starts=wall("2026-11-24 09:30"))
    await schedules.pause_schedule(user_id=ada.id, schedule_id=paused.id)
    await move(ada, "Asia/Tokyo")
    assert await zones(ada) == {"Mine": "Asia/Tokyo", "Paused": "Asia/Tokyo", "Rome": "Europe/Rome"}
    mine, paused = [await schedules.get_schedule(user_id=ada.id, schedule_id=each.id) for each in (mine, paused)]
    assert mine.next_at is not None
    assert mine.next_at.isoformat() == "2026-11-25T07:00:00+09:00"
    assert (mine.words, paused.next_at) == ("every weekday at 7:00", None)
    await undo(ada)
    assert await zones(ada) == {"Mine": "UTC", "Paused": "UTC", "Rome": "Europe/Rome"}
    await move(ada, "Europe/Rome")
    await move(ada, "UTC")
    assert await zones(ada) == {"Mine": "UTC", "Paused": "UTC", "Rome": "Europe/Rome"}


async def test_schedule_that_is_given_its_owners_zone_follows_from_then_on(ada: models.User) -> None:
    rome = await add(ada, zone="Europe/Rome")
    await schedules.change_schedule(user_id=ada.id, schedule_id=rome.id, changes=ScheduleChanges(zone="UTC"))
    await move(ada, "Asia/Tokyo")
    (moved,) = await schedules.list_schedules(user_id=ada.id)
    assert moved.zone == "Asia/Tokyo"
    await schedules.change_schedule(user_id=ada.id, schedule_id=rome.id, changes=ScheduleChanges(zone="Europe/Rome"))
    await move(ada, "UTC")
    (stays,) = await schedules.list_schedules(user_id=ada.id)
    assert stays.zone == "Europe/Rome"


@pytest.mark.parametrize(
    ("repeat", "starts", "zone"),
    [
        (WEEKDAYS, "2026-11-24 07:00", "UTC"),
        ("FREQ=DAILY", "2026-11-20 07:00", "UTC"),
        ("FREQ=MONTHLY;BYMONTHDAY=2", "2026-11-01 08:00", "Europe/Rome"),
        ("", "2026-11-27 07:00", "UTC"),
    ],
)
async def test_second_summary_at_the_moment_of_another_is_refused(
    ada: models.User, repeat: str, starts: str, zone: str
) -> None:
    first = await add(ada)
    with pytest.raises(
        schedules.AlreadyScheduledError, match=r"“Daily summary” comes every weekday at 7:00"
    ) as refused:
        await add(ada, alone=True, repeat=repeat, starts=wall(starts), zone=zone, title="Another")
    assert refused.value.schedule_id == first.id
    assert len(await schedules.list_schedules(user_id=ada.id)) == 1


async def test_what_comes_at_other_moments_or_says_something_else_is_no_second_one(
    ada: models.User, bob: models.User
) -> None:
    await add(ada)
    await add(ada, repeat="FREQ=WEEKLY;BYDAY=SA,SU", alone=True)
    await add(ada, starts=wall("2026-11-24 19:00"), alone=True)
    await add(ada, kind="review", alone=True)
    for prompt in ("News?", "Weather?"):
        await add(ada, kind="prompt", data={"prompt": prompt}, alone=True)
    with pytest.raises(schedules.AlreadyScheduledError):
        await add(ada, kind="prompt", data={"prompt": " news? "}, alone=True)
    await add(bob, alone=True)
    assert len(await schedules.list_schedules(user_id=ada.id)) == 6


async def test_schedule_is_not_moved_to_the_moment_of_another(ada: models.User) -> None:
    first, second = await add(ada), await add(ada, starts=wall("2026-11-24 19:00"))
    await schedules.pause_schedule(user_id=ada.id, schedule_id=first.id)
    changes = ScheduleChanges(at=time(7))
    with pytest.raises(schedules.AlreadyScheduledError, match="It is paused: resume or change that one"):
        await schedules.change_schedule(user_id=ada.id, schedule_id=second.id, changes=changes, alone=True)
    renamed = await schedules.change_schedule(
        user_id=ada.id, schedule_id=first.id, changes=ScheduleChanges(title="Morning", at=time(7)), alone=True
    )
    assert renamed.title == "Morning"
