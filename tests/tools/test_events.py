"""Tools for events, and for whole days."""

from datetime import date

import pytest

from assistant_app import models
from assistant_app.errors import InvalidInputError
from assistant_app.services import events, ledger
from assistant_app.toolkit.outcomes import RetryTool
from tests.tools.conftest import Ask, Call


async def test_event_is_added_with_all_that_was_said(call: Call, berliner: models.User) -> None:
    result = await call(
        "add_event", title="dentist", start="2026-11-20T10:00", end="2026-11-20T11:30", place="Main St", notes="X-ray"
    )
    assert result.summary == "Added “dentist”, Friday at 10:00 until 11:30 · at Main St"
    event = (await events.list_events(user_id=berliner.id, first=date(2026, 11, 20), last=date(2026, 11, 20)))[0]
    assert event.message_id == "msg_question"
    assert result.touched == [("event", event.id)]
    assert result.data["object"] == {
        "kind": "event",
        "number": 1,
        "id": event.id,
        "title": "dentist",
        "start": "2026-11-20T10:00:00+01:00",
        "end": "2026-11-20T11:30:00+01:00",
        "place": "Main St",
        "repeat": "",
        "text": "dentist, Friday at 10:00 until 11:30, at Main St",
        "notes": "X-ray",
    }


async def test_event_without_an_end_lasts_an_hour_or_the_day(call: Call) -> None:
    hour = await call("add_event", title="call", start="2026-11-20T10:00:00+01:00")
    assert hour.data["object"]["end"] == "2026-11-20T11:00:00+01:00"
    day = await call("add_event", title="holiday", start="2026-11-20")
    assert (day.data["object"]["start"], day.data["object"]["end"]) == ("2026-11-20", "2026-11-20")
    trip = await call("add_event", title="trip", start="2026-11-20", end="2026-11-22")
    assert trip.data["object"]["text"] == "trip, Friday until Sunday"


async def test_event_over_midnight_and_over_a_change_of_the_clocks(call: Call) -> None:
    party = await call("add_event", title="party", start="2027-03-27T22:00", end="2027-03-28T04:00")
    assert party.data["object"]["end"] == "2027-03-28T04:00:00+02:00"
    said = "party, Saturday, 27 March 2027 at 22:00 until Sunday, 28 March 2027 at 04:00"
    assert party.data["object"]["text"] == said


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        ({"title": "x"}, "start: Field required"),
        ({"title": "x", "start": "friday"}, "is not a time"),
        ({"title": "x", "start": "2026-11-20", "repeat": "FREQ=NEVER"}, "FREQ="),
    ],
)
async def test_event_that_is_unclear_asks_again(call: Call, arguments: dict[str, str], about: str) -> None:
    with pytest.raises(RetryTool, match=about):
        await call("add_event", **arguments)


async def test_event_that_ends_before_it_begins_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInputError, match="end"):
        await call("add_event", title="x", start="2026-11-20T10:00", end="2026-11-20T09:00")


async def test_events_are_listed_as_asked(call: Call) -> None:
    await call("add_event", title="standup", start="2026-11-18T09:00", repeat="FREQ=DAILY")
    await call("add_event", title="dentist", start="2026-11-20T10:00", place="Main St")
    coming = await call("list_events")
    assert coming.summary == "2 events"
    assert [one["text"] for one in coming.data["objects"]] == [
        "standup, tomorrow at 9:00 until 10:00, every day",
        "dentist, Friday at 10:00 until 11:00, at Main St",
    ]
    days = await call("list_events", from_="2026-11-19", to="2026-11-20")
    assert days.summary == "3 events from tomorrow to Friday"
    assert [one["title"] for one in days.data["objects"]] == ["standup", "standup", "dentist"]
    assert [kind for kind, _ in days.shown] == ["event", "event"]
    assert (await call("list_events", text="main")).summary == "1 event with “main”"
    past = await call("list_events", from_="2026-11-01", to="2026-11-10")
    assert past.summary.startswith("No events from ")


async def test_events_without_a_range_are_shown_at_their_next_time(call: Call) -> None:
    await call("add_event", title="standup", start="2026-11-16T09:00", end="2026-11-16T09:15", repeat="FREQ=DAILY")
    listed = await call("list_events")
    assert [one["start"] for one in listed.data["objects"]] == ["2026-11-19T09:00:00+01:00"]
    since = await call("list_events", from_="2026-11-17")
    assert (since.data["total"], since.data["objects"][0]["start"]) == (1, "2026-11-17T09:00:00+01:00")


async def test_event_moves_with_its_length(call: Call) -> None:
    await call("add_event", title="dentist", start="2026-11-20T10:00", end="2026-11-20T10:30")
    moved = await call("move_event", event="dentist", start="2026-11-23T14:00")
    assert moved.summary == "Moved “dentist” to Monday at 14:00"
    assert moved.data["object"]["end"] == "2026-11-23T14:30:00+01:00"
    other_day = await call("move_event", event="1", start="2026-11-24")
    assert other_day.data["object"]["start"] == "2026-11-24T14:00:00+01:00"
    longer = await call("move_event", event="1", start="2026-11-24T14:00", end="2026-11-24T16:00")
    assert longer.data["object"]["end"] == "2026-11-24T16:00:00+01:00"
    assert (await call("move_event", event="1", start="2026-11-24")).summary == "“dentist” is at that time already"


async def test_of_an_event_that_repeats_one_day_can_be_moved_alone(call: Call, berliner: models.User) -> None:
    await call(
        "add_event", title="standup", start="2026-11-20T09:00", end="2026-11-20T09:15", repeat="FREQ=DAILY;COUNT=3"
    )
    moved = await call("move_event", event="standup", start="2026-11-21T11:00", day="2026-11-21")
    assert moved.summary == "Changed only “standup” on Saturday, 21 November, now Saturday at 11:00"
    assert (moved.data["object"]["number"], moved.data["object"]["repeat"]) == (2, "")
    found = await events.list_events(user_id=berliner.id, first=date(2026, 11, 19), last=date(2026, 11, 30))
    assert [(event.number, f"{event.starts_at:%d %H:%M}") for event in found] == [
        (1, "20 09:00"),
        (2, "21 11:00"),
        (1, "22 09:00"),
    ]
    newest = (await ledger.list_actions(user_id=berliner.id))[0]
    await ledger.undo(user_id=berliner.id, action_id=newest.id)
    found = await events.list_events(user_id=berliner.id, first=date(2026, 11, 19), last=date(2026, 11, 30))
    assert [event.number for event in found] == [1, 1, 1]


async def test_event_is_changed_where_something_was_said(call: Call) -> None:
    await call("add_event", title="dentist", start="2026-11-20T10:00", place="Main St")
    changed = await call("update_event", event="dentist", place="", title="Dr. Weber", repeat="FREQ=MONTHLY")
    assert changed.summary.startswith("Changed “dentist”: now “Dr. Weber”, no place, every month")
    assert (changed.data["object"]["place"], changed.data["object"]["repeat"]) == ("", "FREQ=MONTHLY")
    assert (await call("update_event", event=1, title="Dr. Weber")).summary == "“Dr. Weber” is like that already"


async def test_event_is_deleted_after_its_preview(call: Call, ask: Ask) -> None:
    await call("add_event", title="dentist", start="2026-11-20T10:00")
    preview = await ask("delete_event", event="dentist")
    assert preview.summary == "Delete event 1 “dentist”, Friday at 10:00"
    assert preview.arguments == {"event": "1"}
    assert (await call("delete_event", **preview.arguments)).summary == "Deleted “dentist”"
    assert (await call("list_events")).data["total"] == 0


async def test_one_time_of_an_event_is_deleted_alone(call: Call, ask: Ask) -> None:
    await call("add_event", title="standup", start="2026-11-16T09:00", repeat="FREQ=DAILY")
    whole = await ask("delete_event", event="standup")
    assert whole.summary == "Delete event 1 “standup”, all of them (every day)"
    one = await ask("delete_event", event="standup", day="2026-11-20")
    assert one.summary == "Delete event 1 “standup”, Friday at 9:00"
    assert one.arguments == {"event": "1", "day": "2026-11-20"}
    assert (await call("delete_event", **one.arguments)).summary == "Deleted “standup” on Friday, 20 November"
    assert (await call("list_events", from_="2026-11-19", to="2026-11-21")).data["total"] == 2
    with pytest.raises(RetryTool, match="does not take place on 2026-11-20"):
        await call("delete_event", event="1", day="2026-11-20")


async def test_previews_pin_what_was_meant(call: Call, ask: Ask) -> None:
    await call("add_event", title="dentist", start="2026-11-20T10:00")
    new = await ask("add_event", title="lunch", start="2026-11-19T12:00", end="2026-11-19T13:00", place="Luigi's")
    assert new.summary == "Add event “lunch”, tomorrow at 12:00 until 13:00, at Luigi's"
    assert new.arguments["start"] == "2026-11-19T12:00:00+01:00"
    move = await ask("move_event", event="dentist", start="2026-11-23")
    assert (move.summary, move.arguments) == (
        "Move event 1 “dentist”: Monday",
        {"event": "1", "start": "2026-11-23"},
    )
    change = await ask("update_event", event="dentist", place="")
    assert change.summary == "Change event 1 “dentist”: at no place"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("move_event", {"start": "2026-11-23"}), ("update_event", {"title": "mine"}), ("delete_event", {})],
)
async def test_events_of_others_are_not_there(
    call: Call, bob: models.User, name: str, arguments: dict[str, object]
) -> None:
    event = await events.add_event(user_id=bob.id, title="secret", start=date(2026, 11, 20))
    for words in ("1", event.id, "secret"):
        with pytest.raises(RetryTool, match="There is no event"):
            await call(name, event=words, **arguments)
    assert await events.get_event(user_id=bob.id, event_id=event.id) == event
    assert (await call("list_agenda", from_="2026-11-20", to="2026-11-20")).data["total"] == 0


async def test_agenda_holds_events_tasks_and_reminders(call: Call) -> None:
    await call("add_event", title="trip", start="2026-11-19", end="2026-11-21")
    await call("add_event", title="dentist", start="2026-11-19T10:00", place="Main St")
    await call("add_task", title="pay rent", due="2026-11-19", list="Home", priority="high")
    await call("add_task", title="done thing", due="2026-11-19")
    await call("complete_task", task="2")
    await call("add_reminder", text="call mom", at="2026-11-20T17:00")
    agenda = await call("list_agenda", from_="2026-11-19", to="2026-11-20")
    assert agenda.summary == "2 events, 1 task and 1 reminder from tomorrow to Friday"
    assert [one["text"] for one in agenda.data["objects"]] == [
        "trip, tomorrow until Saturday",
        "dentist, tomorrow at 10:00 until 11:00, at Main St",
        "pay rent (Home), due tomorrow, high priority",
        "call mom, reminder Friday at 17:00",
    ]
    assert [(kind, one["number"]) for (kind, _), one in zip(agenda.shown, agenda.data["objects"], strict=True)] == [
        ("event", 1),
        ("event", 2),
        ("task", 1),
        ("reminder", 1),
    ]
    assert agenda.data["objects"][0]["end"] == "2026-11-21"


async def test_agenda_of_an_empty_day_says_so(call: Call) -> None:
    empty = await call("list_agenda", from_="2027-04-03")
    assert (empty.summary, empty.data["objects"]) == ("Nothing is on Saturday, 3 April 2027", [])
    with pytest.raises(RetryTool, match="not a day"):
        await call("list_agenda", from_="tomorrow")
    with pytest.raises(RetryTool, match="at most a year"):
        await call("list_agenda", from_="2026-11-20", to="2026-11-19")
