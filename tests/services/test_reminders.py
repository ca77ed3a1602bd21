"""Reminders: how people set, snooze and end them, and how they are delivered."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import deliveries, inbox, ledger, reminders, tasks
from assistant_app.services.inbox import ItemView
from assistant_app.services.reminders import ReminderChanges, ReminderView
from tests.conftest import add_user

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock_at_noon() -> object:
    """The moment at which all of these happen."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def wall(text: str) -> datetime:
    """Return what a person's clocks show, naive."""
    return datetime.fromisoformat(text)


async def add(user: models.User, text: str = "oven", at: datetime = NOON + HOUR, repeat: str = "") -> ReminderView:
    """Add a reminder."""
    return await reminders.add_reminder(user_id=user.id, text=text, at=at, repeat=repeat)


async def items(user: models.User) -> list[ItemView]:
    """Return what lies in the inbox."""
    return await inbox.list_items(user_id=user.id)


async def test_reminder_comes_once_at_its_time(ada: models.User) -> None:
    reminder = await add(ada)
    assert await deliveries.next_due() == NOON + HOUR
    assert await deliveries.deliver_due(NOON + HOUR - timedelta(seconds=1)) == 0
    assert await deliveries.deliver_due(NOON + HOUR) == 1
    assert await deliveries.deliver_due(NOON + 2 * HOUR) == 0
    (item,) = await items(ada)
    assert (item.kind, item.title, item.text, item.state, item.late) == ("reminder", "oven", "", "new", False)
    assert (item.subject_id, item.why) == (reminder.id, "You set this reminder.")
    delivered = await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)
    assert (delivered.delivered_at, delivered.upcoming, delivered.done) == (NOON + HOUR, False, False)
    assert await deliveries.next_due() is None


async def test_two_schedulers_deliver_a_reminder_once(ada: models.User) -> None:
    for number in range(5):
        await add(ada, f"number {number}")
    delivered = await asyncio.gather(*(deliveries.deliver_due(NOON + HOUR) for _ in range(4)))
    assert sum(delivered) == 5
    assert len(await items(ada)) == 5


async def test_late_reminder_says_that_it_is_late(ada: models.User) -> None:
    await add(ada)
    await deliveries.deliver_due(NOON + 3 * HOUR)
    (item,) = await items(ada)
    assert item.late
    assert item.text == "This was due today at 13:00. Steward was not running then."


async def test_reminder_of_two_days_ago_was_missed(ada: models.User) -> None:
    await add(ada)
    await deliveries.deliver_due(NOON + timedelta(days=2))
    (item,) = await items(ada)
    assert item.data["missed"]
    assert item.text.startswith("You missed this: it was due Tuesday, 24 November at 13:00")


@pytest.mark.parametrize("repeat", ["FREQ=HOURLY", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU"])
async def test_after_a_long_pause_a_recurring_reminder_comes_once(ada: models.User, repeat: str) -> None:
    await add(ada, repeat=repeat)
    after = NOON + timedelta(days=40, minutes=90)
    assert await deliveries.deliver_due(after) == 1
    assert await deliveries.deliver_due(after) == 0
    (item,) = await items(ada)
    due = datetime.fromisoformat(item.data["due_at"])
    newest = {"FREQ=HOURLY": after - HOUR / 2, "FREQ=DAILY": after - HOUR / 2}
    assert due == newest.get(repeat, datetime(2026, 12, 29, 13, tzinfo=UTC))
    following = await deliveries.next_due()
    assert following is not None
    assert following > after


async def test_recurring_reminder_keeps_its_wall_time_when_the_clocks_change(db: object) -> None:
    eva = await add_user("eva", zone="Europe/Rome")
    with time_machine.travel(datetime(2027, 3, 26, 12, tzinfo=UTC), tick=False):
        await add(eva, at=wall("2027-03-27 09:00"), repeat="FREQ=DAILY")
    assert await deliveries.next_due() == datetime(2027, 3, 27, 8, tzinfo=UTC)
    await deliveries.deliver_due(datetime(2027, 3, 27, 8, tzinfo=UTC))
    assert await deliveries.next_due() == datetime(2027, 3, 28, 7, tzinfo=UTC)


async def test_reminder_of_somebody_disabled_waits(ada: models.User) -> None:
    await add(ada)
    async with database.write() as session:
        (await session.get_one(models.User, ada.id)).disabled_at = NOON
    assert await deliveries.deliver_due(NOON + HOUR) == 0


async def test_broken_reminder_does_not_keep_others_from_their_people(ada: models.User) -> None:
    broken = await add(ada, "broken")
    await add(ada, "whole")
    async with database.write() as session:
        row = await session.get_one(models.Reminder, broken.id)
        row.zone, row.repeat = "Nowhere/Land", "FREQ=DAILY"
    assert await deliveries.deliver_due(NOON + HOUR) == 1
    assert [item.title for item in await items(ada)] == ["whole"]


async def test_snoozed_reminder_comes_again(ada: models.User) -> None:
    reminder = await add(ada)
    await deliveries.deliver_due(NOON + HOUR)
    (item,) = await items(ada)
    with time_machine.travel(NOON + HOUR, tick=False):
        await inbox.snooze_item(user_id=ada.id, item_id=item.id, until=NOON + 2 * HOUR)
    assert await items(ada) == []
    snoozed = await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)
    assert (snoozed.at, snoozed.snoozed) == (NOON + 2 * HOUR, True)
    assert await deliveries.deliver_due(NOON + 2 * HOUR) == 1
    assert len(await items(ada)) == 1


async def test_snoozed_reminder_is_listed_as_such_until_it_comes_again(ada: models.User) -> None:
    await add(ada)
    await deliveries.deliver_due(NOON + HOUR)
    (item,) = await items(ada)
    await inbox.snooze_item(user_id=ada.id, item_id=item.id, until=NOON + 2 * HOUR)
    assert [each.id for each in await inbox.list_items(user_id=ada.id, state="snoozed")] == [item.id]
    with time_machine.travel(NOON + 2 * HOUR, tick=False):
        assert await deliveries.wake_snoozed() == 0
        await deliveries.deliver_due()
        (again,) = await items(ada)
        assert (again.state, again.id == item.id) == ("new", False)
        assert [each.id for each in await inbox.list_items(user_id=ada.id, state="closed")] == [item.id]


@pytest.mark.parametrize(("repeat", "then"), [("", None), ("FREQ=DAILY", NOON + HOUR + timedelta(days=1))])
async def test_snoozed_reminder_that_is_done_does_not_come_again(
    ada: models.User, repeat: str, then: datetime | None
) -> None:
    reminder = await add(ada, repeat=repeat)
    await deliveries.deliver_due(NOON + HOUR)
    (item,) = await items(ada)
    with time_machine.travel(NOON + HOUR, tick=False):
        await inbox.snooze_item(user_id=ada.id, item_id=item.id, until=NOON + timedelta(days=3))
        await inbox.resolve_item(user_id=ada.id, item_id=item.id)
    done = await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)
    assert (done.done, done.upcoming) == (then is None, then is not None)
    assert then is None or done.at == then
    assert await inbox.list_items(user_id=ada.id, state="snoozed") == []


async def test_new_time_for_a_snoozed_reminder_ends_its_snooze(ada: models.User) -> None:
    reminder = await add(ada)
    await deliveries.deliver_due(NOON + HOUR)
    (item,) = await items(ada)
    await inbox.snooze_item(user_id=ada.id, item_id=item.id, until=NOON + 2 * HOUR)
    changes = ReminderChanges(at=NOON + 5 * HOUR)
    await reminders.update_reminder(user_id=ada.id, reminder_id=reminder.id, changes=changes)
    assert await inbox.list_items(user_id=ada.id, state="snoozed") == []


async def test_snoozed_recurring_reminder_goes_on_by_its_rule(ada: models.User) -> None:
    reminder = await add(ada, repeat="FREQ=DAILY")
    await reminders.snooze_reminder(user_id=ada.id, reminder_id=reminder.id, until=NOON + 3 * HOUR)
    await deliveries.deliver_due(NOON + 3 * HOUR)
    again = await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)
    assert (again.at, again.snoozed) == (NOON + HOUR + timedelta(days=1), False)


async def test_done_in_the_inbox_ends_a_reminder(ada: models.User) -> None:
    reminder = await add(ada)
    await deliveries.deliver_due(NOON + HOUR)
    (item,) = await items(ada)
    done = await inbox.resolve_item(user_id=ada.id, item_id=item.id)
    assert done.state == "done"
    assert (await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)).done
    assert await reminders.list_reminders(user_id=ada.id) == []
    assert [view.id for view in await reminders.list_reminders(user_id=ada.id, done=True)] == [reminder.id]


async def test_dismissed_recurring_reminder_goes_on(ada: models.User) -> None:
    reminder = await add(ada, repeat="FREQ=DAILY")
    await deliveries.deliver_due(NOON + HOUR)
    (item,) = await items(ada)
    assert (await inbox.dismiss_item(user_id=ada.id, item_id=item.id)).state == "dismissed"
    going = await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)
    assert (going.done, going.upcoming) == (False, True)


async def test_completing_the_task_answers_its_reminder(ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="milk", remind_at=NOON + HOUR)
    await deliveries.deliver_due(NOON + HOUR)
    assert len(await items(ada)) == 1
    await tasks.complete_task(user_id=ada.id, task_id=task.id)
    assert await items(ada) == []


async def test_time_that_has_passed_is_refused(ada: models.User) -> None:
    with pytest.raises(InvalidInputError, match="has passed already"):
        await add(ada, at=NOON - HOUR)
    with pytest.raises(InvalidInputError, match="All times of that recurrence have passed"):
        await add(ada, at=NOON - 48 * HOUR, repeat="FREQ=DAILY;COUNT=2")


async def test_recurring_reminder_first_comes_at_a_time_of_its_rule(ada: models.User) -> None:
    reminder = await add(ada, at=wall("2026-11-25 09:00"), repeat="FREQ=WEEKLY;BYDAY=FR")
    assert reminder.at == datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    assert reminder.repeat_words == "every Friday"
    (action,) = await ledger.list_actions(user_id=ada.id)
    assert action.summary == "Added the reminder “oven”, every Friday, first Friday at 9:00"


async def test_reminders_of_days_have_those_that_come_on_them(ada: models.User) -> None:
    await add(ada, "once", at=NOON + timedelta(days=2))
    await add(ada, "daily", repeat="FREQ=DAILY")
    await add(ada, "weekly", repeat="FREQ=WEEKLY")
    day = date(2026, 11, 26)
    found = await reminders.list_reminders(user_id=ada.id, first=day, last=day)
    assert [(view.text, view.at) for view in found] == [
        ("once", NOON + timedelta(days=2)),
        ("daily", NOON + HOUR + timedelta(days=2)),
    ]


async def test_changed_reminder_comes_at_its_new_time(ada: models.User) -> None:
    reminder = await add(ada)
    changed = await reminders.update_reminder(
        user_id=ada.id, reminder_id=reminder.id, changes=ReminderChanges(text="cake", at=wall("2026-11-25 09:00"))
    )
    assert (changed.text, changed.at) == ("cake", datetime(2026, 11, 25, 9, tzinfo=UTC))
    newest = (await ledger.list_actions(user_id=ada.id))[0]
    assert newest.summary == "Changed the reminder “oven”: now “cake”, tomorrow at 9:00"


async def test_reminder_of_somebody_else_is_not_found(ada: models.User, bob: models.User) -> None:
    his, reminder_id = bob.id, (await add(ada)).id
    for call in (
        reminders.get_reminder(user_id=his, reminder_id=reminder_id),
        reminders.delete_reminder(user_id=his, reminder_id=reminder_id),
        reminders.finish_reminder(user_id=his, reminder_id=reminder_id),
        reminders.snooze_reminder(user_id=his, reminder_id=reminder_id, until=NOON + HOUR),
        reminders.skip_reminder(user_id=his, reminder_id=reminder_id),
        reminders.update_reminder(user_id=his, reminder_id=reminder_id, changes=ReminderChanges(text="x")),
    ):
        with pytest.raises(NotFoundError):
            await call
    assert await reminders.list_reminders(user_id=bob.id) == []


async def days_of(user: models.User, reminder_id: str, *, until: int = 5) -> list[int]:
    """Return on which of the days from the first on a reminder comes."""
    first = NOON.date()
    days = [first + timedelta(days=number) for number in range(until)]
    found = [await reminders.list_reminders(user_id=user.id, first=day, last=day) for day in days]
    return [number for number, views in enumerate(found) if reminder_id in {view.id for view in views}]


async def test_one_day_of_a_reminder_is_skipped_and_the_others_come(ada: models.User) -> None:
    reminder = await add(ada, repeat="FREQ=DAILY")
    tomorrow = NOON.date() + timedelta(days=1)
    skipped = await reminders.skip_reminder(user_id=ada.id, reminder_id=reminder.id, when=tomorrow)
    assert skipped.at == reminder.at
    assert await days_of(ada, reminder.id) == [0, 2, 3, 4]
    (action, *_) = await ledger.list_actions(user_id=ada.id)
    assert action.summary == f"Skipped the reminder “{reminder.text}” tomorrow at 13:00"
    await deliveries.deliver_due(NOON + HOUR)
    assert (await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)).at == NOON + HOUR + timedelta(days=2)
    with pytest.raises(InvalidInputError, match="does not come tomorrow"):
        await reminders.skip_reminder(user_id=ada.id, reminder_id=reminder.id, when=tomorrow)


async def test_next_time_of_a_reminder_is_skipped_and_undo_brings_it_back(ada: models.User) -> None:
    reminder = await add(ada, repeat="FREQ=DAILY")
    for _ in range(2):
        await reminders.skip_reminder(user_id=ada.id, reminder_id=reminder.id)
    assert await days_of(ada, reminder.id) == [2, 3, 4]
    assert await deliveries.deliver_due(NOON + HOUR) == 0
    await ledger.undo_last(user_id=ada.id, conversation_id=None)
    assert await days_of(ada, reminder.id) == [1, 2, 3, 4]
    assert (await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)).at == NOON + HOUR + timedelta(days=1)


async def test_one_of_several_times_of_a_day_is_skipped(ada: models.User) -> None:
    reminder = await add(ada, repeat="FREQ=DAILY;BYHOUR=13,20")
    await reminders.skip_reminder(user_id=ada.id, reminder_id=reminder.id, when=NOON + HOUR)
    assert (await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)).at == NOON + 8 * HOUR
    await reminders.skip_reminder(user_id=ada.id, reminder_id=reminder.id, when=NOON.date() + timedelta(days=1))
    assert await days_of(ada, reminder.id) == [0, 2, 3, 4]


async def test_skipped_day_stays_skipped_when_the_reminder_comes_at_another_hour(ada: models.User) -> None:
    reminder = await add(ada, repeat="FREQ=DAILY")
    tomorrow = NOON.date() + timedelta(days=1)
    await reminders.skip_reminder(user_id=ada.id, reminder_id=reminder.id, when=tomorrow)
    await reminders.update_reminder(
        user_id=ada.id, reminder_id=reminder.id, changes=ReminderChanges(at=NOON + 3 * HOUR)
    )
    assert await days_of(ada, reminder.id) == [0, 2, 3, 4]


async def test_last_time_skipped_ends_a_reminder_and_what_comes_once_is_not_skipped(ada: models.User) -> None:
    reminder = await add(ada, repeat="FREQ=DAILY;COUNT=1")
    assert (await reminders.skip_reminder(user_id=ada.id, reminder_id=reminder.id)).done
    once = await add(ada)
    with pytest.raises(InvalidInputError, match="comes only once"):
        await reminders.skip_reminder(user_id=ada.id, reminder_id=once.id)
