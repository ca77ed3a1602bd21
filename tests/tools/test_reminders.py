"""Tools for reminders."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import InvalidInputError
from assistant_app.services import deliveries, ledger, reminders
from assistant_app.toolkit.outcomes import RetryTool
from tests.tools.conftest import MORNING, Ask, Call


async def test_reminder_is_added_at_its_time(call: Call, berliner: models.User) -> None:
    result = await call("add_reminder", text="call mom", at="2026-11-19T17:00")
    assert result.summary == "Added the reminder “call mom”, tomorrow at 17:00"
    reminder = (await reminders.list_reminders(user_id=berliner.id))[0]
    assert reminder.message_id == "msg_question"
    assert result.touched == [("reminder", reminder.id)]
    assert result.data["object"] == {
        "kind": "reminder",
        "number": 1,
        "id": reminder.id,
        "title": "call mom",
        "at": "2026-11-19T17:00:00+01:00",
        "repeat": "",
        "done": False,
        "text": "call mom, tomorrow at 17:00",
    }


async def test_reminder_that_repeats_says_when_it_comes_first(call: Call) -> None:
    result = await call("add_reminder", text="bins", at="2026-11-24T09:00", repeat="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    assert result.summary == "Added the reminder “bins”, every other Tuesday, first Tuesday at 9:00"
    assert result.data["object"]["text"] == "bins, Tuesday at 9:00, every other Tuesday"


async def test_reminder_keeps_its_wall_time_across_a_change_of_the_clocks(
    call: Call, morning: time_machine.Traveller
) -> None:
    morning.move_to(datetime(2027, 3, 27, 9, tzinfo=UTC))
    result = await call("add_reminder", text="walk", at="2027-03-27T12:00+01:00", repeat="FREQ=DAILY")
    assert result.data["object"]["at"] == "2027-03-27T12:00:00+01:00"
    listed = await call("list_reminders", from_="2027-03-28", to="2027-03-28")
    assert listed.data["objects"][0]["at"] == "2027-03-28T12:00:00+02:00"


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        ({"text": "call mom"}, "at: Field required"),
        ({"text": "call mom", "at": "2026-11-19"}, "has no time of day"),
        ({"text": "call mom", "at": "tomorrow at 5"}, "is not a time"),
        ({"text": "call mom", "at": "2026-11-19T17:00", "repeat": "FREQ=SECONDLY"}, "recurrence"),
    ],
)
async def test_reminder_without_a_clear_time_asks_for_it(
    call: Call, berliner: models.User, arguments: dict[str, str], about: str
) -> None:
    with pytest.raises(RetryTool, match=about):
        await call("add_reminder", **arguments)
    assert await reminders.list_reminders(user_id=berliner.id) == []


async def test_reminder_of_the_past_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInputError, match="passed already"):
        await call("add_reminder", text="call mom", at="2026-11-18T09:00")


async def test_reminders_are_listed_as_asked(call: Call) -> None:
    await call("add_reminder", text="call mom", at="2026-11-19T17:00")
    await call("add_reminder", text="call dad", at="2026-11-21T17:00")
    everything = await call("list_reminders")
    assert everything.summary == "2 reminders"
    assert [one["text"] for one in everything.data["objects"]] == [
        "call mom, tomorrow at 17:00",
        "call dad, Saturday at 17:00",
    ]
    assert [kind for kind, _ in everything.shown] == ["reminder", "reminder"]
    assert (await call("list_reminders", text="DAD")).summary == "1 reminder with “DAD”"
    day = await call("list_reminders", from_="2026-11-19", to="2026-11-19")
    assert (day.summary, day.data["total"]) == ("1 reminder tomorrow", 1)
    assert (await call("list_reminders", done=True)).summary == "No done reminders"


async def test_reminder_is_changed_where_something_was_said(call: Call, berliner: models.User) -> None:
    await call("add_reminder", text="call mom", at="2026-11-19T17:00")
    changed = await call("update_reminder", reminder="mom", at="2026-11-20T09:00", text="call mum")
    assert changed.summary == "Changed the reminder “call mom”: now “call mum”, Friday at 9:00"
    assert changed.data["object"]["at"] == "2026-11-20T09:00:00+01:00"
    unchanged = await call("update_reminder", reminder=1, text="call mum")
    assert unchanged.summary == "The reminder “call mum” is like that already"
    assert len(await ledger.list_actions(user_id=berliner.id)) == 2


async def test_delivered_reminder_is_snoozed(call: Call, morning: time_machine.Traveller) -> None:
    await call("add_reminder", text="check the oven", at="2026-11-18T10:30")
    morning.move_to(MORNING + timedelta(minutes=31))
    assert await deliveries.deliver_due(MORNING + timedelta(minutes=31)) == 1
    came = await call("list_reminders")
    assert came.data["objects"][0]["text"] == "check the oven, was due today at 10:30"
    snoozed = await call("snooze_reminder", reminder="oven", minutes=10)
    assert snoozed.summary == "Snoozed the reminder “check the oven” until today at 10:41"
    assert snoozed.data["object"]["text"] == "check the oven, snoozed until today at 10:41"
    later = await call("snooze_reminder", reminder="1", until="2026-11-18T18:00")
    assert later.data["object"]["at"] == "2026-11-18T18:00:00+01:00"


@pytest.mark.parametrize("arguments", [{}, {"minutes": 5, "until": "2026-11-19T09:00"}, {"minutes": 0}])
async def test_snooze_wants_one_time(call: Call, arguments: dict[str, object]) -> None:
    await call("add_reminder", text="call mom", at="2026-11-19T17:00")
    with pytest.raises(RetryTool, match="minutes"):
        await call("snooze_reminder", reminder="1", **arguments)


async def test_reminder_is_deleted_after_its_preview(call: Call, ask: Ask, berliner: models.User) -> None:
    await call("add_reminder", text="call mom", at="2026-11-19T17:00")
    preview = await ask("delete_reminder", reminder="mom")
    assert (preview.summary, preview.arguments) == ("Delete reminder 1 “call mom”", {"reminder": "1"})
    assert (await call("delete_reminder", **preview.arguments)).summary == "Deleted the reminder “call mom”"
    assert await reminders.list_reminders(user_id=berliner.id) == []


async def test_previews_pin_what_was_meant(call: Call, ask: Ask) -> None:
    await call("add_reminder", text="call mom", at="2026-11-19T17:00")
    new = await ask("add_reminder", text="bins", at="2026-11-20T09:00", repeat="FREQ=WEEKLY")
    assert new.summary == "Add reminder “bins”, Friday at 9:00, every week"
    assert new.arguments["at"] == "2026-11-20T09:00:00+01:00"
    snooze = await ask("snooze_reminder", reminder="mom", until="2026-11-19T18:00")
    assert snooze.summary == "Snooze reminder 1 “call mom”: until tomorrow at 18:00"
    assert snooze.arguments == {"reminder": "1", "until": "2026-11-19T18:00:00+01:00"}
    assert (await ask("snooze_reminder", reminder="1", minutes=10)).summary.endswith(": for 10 minutes")
    change = await ask("update_reminder", reminder="mom", text="call dad", repeat="")
    assert change.summary == "Change reminder 1 “call mom”: now “call dad”, no longer repeating"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("update_reminder", {"text": "mine"}), ("snooze_reminder", {"minutes": 5}), ("delete_reminder", {})],
)
async def test_reminders_of_others_are_not_there(
    call: Call, bob: models.User, name: str, arguments: dict[str, object]
) -> None:
    reminder = await reminders.add_reminder(user_id=bob.id, text="secret", at=MORNING + timedelta(days=1))
    for words in ("1", reminder.id, "secret"):
        with pytest.raises(RetryTool, match="There is no reminder"):
            await call(name, reminder=words, **arguments)
    assert await reminders.get_reminder(user_id=bob.id, reminder_id=reminder.id) == reminder
    assert (await call("list_reminders")).data["total"] == 0


async def test_one_day_of_a_reminder_is_skipped(call: Call, ask: Ask, berliner: models.User) -> None:
    await call("add_reminder", text="take pills", at="2026-11-19T09:00", repeat="FREQ=DAILY")
    assert (await ask("skip_reminder", reminder="pills", day="2026-11-19")).summary == (
        "Skip reminder 1 “take pills”: only tomorrow"
    )
    result = await call("skip_reminder", reminder="pills", day="2026-11-19")
    assert result.summary == "Skipped the reminder “take pills” tomorrow at 9:00"
    assert result.data["object"]["at"] == "2026-11-20T09:00:00+01:00"
    await call("skip_reminder", reminder="pills")
    (reminder,) = await reminders.list_reminders(user_id=berliner.id)
    assert reminder.at.isoformat() == "2026-11-21T09:00:00+01:00"
