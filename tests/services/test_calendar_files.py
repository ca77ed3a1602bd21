"""Calendar files: taken away and read back, and those of other programs, well formed or not."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import calendar_feeds, calendar_files, events, ledger, tasks
from assistant_app.services.calendar_reading import BYTES, read_file
from assistant_app.services.events import EventView
from tests.conftest import add_user

FILES = Path(__file__).parent / "calendars"
START = "DTSTART:20261201T100000Z"
ONCE = "“x” repeats in a way that Steward does not know; it comes once."
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
async def eva(db: object) -> models.User:
    """Somebody who lives in Rome."""
    return await add_user("eva", zone="Europe/Rome")


def wall(text: str) -> datetime:
    """Return what a person's clocks show, naive."""
    return datetime.fromisoformat(text)


def calendar(*lines: str) -> bytes:
    """Return a calendar file with these lines."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str) -> bytes:
    """Return a calendar file with one event."""
    return calendar("BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z", "SUMMARY:x", *lines, "END:VEVENT")


async def listed(user: models.User, first: date, last: date) -> list[EventView]:
    """Return what takes place."""
    return await events.list_events(user_id=user.id, first=first, last=last)


async def test_what_is_taken_away_is_read_back_as_it_was(eva: models.User) -> None:
    with time_machine.travel(NOON, tick=False):
        ids: dict[str, Any] = {"user_id": eva.id}
        rule = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331"
        course = await events.add_event(
            title="class, with; commas\\",
            start=wall("2026-12-01 18:00"),
            repeat=rule,
            place="room 1",
            notes="a\nb",
            **ids,
        )
        await events.delete_event(event_id=course.id, occurrence=wall("2026-12-08 18:00"), **ids)
        await events.add_event(title="trip", start=date(2026, 12, 1), end=date(2026, 12, 3), **ids)
        await tasks.add_task(
            title="milk", list_title="Groceries", due=date(2026, 12, 1), priority="high", repeat="FREQ=DAILY",
            remind_at=wall("2026-12-01 09:00"), **ids,
        )  # fmt: skip
        task = await tasks.add_task(title="call", due=wall("2026-12-02 17:00"), priority="low", **ids)
        await tasks.complete_task(task_id=task.id, **ids)
        data = await calendar_files.export_calendar(user_id=eva.id)
        preview = await calendar_files.read_calendar(user_id=eva.id, data=data)
        assert {item.state for item in (*preview.events, *preview.tasks)} == {"same"}
        assert preview.problems == ()
        bob = await add_user("bob", zone="Europe/Rome")
        done = await calendar_files.import_calendar(user_id=bob.id, data=data)
        assert done.summary == "Imported 2 events and 2 tasks"
        span = date(2026, 11, 1), date(2027, 6, 1)
        theirs, ours = await listed(bob, *span), await listed(eva, *span)
        assert [(e.title, e.start, e.end, e.notes, e.place) for e in theirs] == [
            (e.title, e.start, e.end, e.notes, e.place) for e in ours
        ]
        page = await tasks.list_tasks(user_id=bob.id, view="all")
        assert {(t.title, t.list_title, t.due_on, t.priority, t.repeat, t.done) for t in page.tasks} == {
            ("milk", "Groceries", date(2026, 12, 1), "high", "FREQ=DAILY", False),
            ("call", "", date(2026, 12, 2), "low", "", True),
        }
        assert next(t for t in page.tasks if not t.done).remind_at == datetime(2026, 12, 1, 8, tzinfo=UTC)


async def test_import_is_one_change_that_is_not_doubled_and_can_be_undone(eva: models.User) -> None:
    data = (FILES / "google.ics").read_bytes()
    await calendar_files.import_calendar(user_id=eva.id, data=data)
    again = await calendar_files.import_calendar(user_id=eva.id, data=data)
    assert (again.added, again.changed) == (0, 0)
    assert again.summary == "Imported nothing: all of it was there already"
    changed = await calendar_files.import_calendar(user_id=eva.id, data=data.replace(b"Rehearsal", b"Concert"))
    assert (changed.added, changed.changed) == (0, 1)
    actions = await ledger.list_actions(user_id=eva.id)
    assert [(action.verb, action.source) for action in actions] == [("import", "import"), ("import", "import")]
    for action in actions:
        await ledger.undo(user_id=eva.id, action_id=action.id)
    assert await listed(eva, date(2026, 1, 1), date(2026, 12, 31)) == []


async def test_series_of_google_is_read_with_what_is_left_out_and_changed(eva: models.User) -> None:
    await calendar_files.import_calendar(user_id=eva.id, data=(FILES / "google.ics").read_bytes())
    found = await listed(eva, date(2026, 10, 1), date(2026, 12, 31))
    assert [(view.title, f"{view.start:%m-%d}" if view.all_day else f"{view.start:%m-%d %H:%M}") for view in found] == [
        ("Rehearsal", "10-20 20:00"),
        ("Rehearsal", "10-27 20:00"),
        ("All Saints' Day", "11-01"),
        ("Call", "11-05 10:00"),
        ("Dress rehearsal", "11-11 21:00"),
        ("Rehearsal", "11-17 20:00"),
    ]
    assert (found[0].place, found[0].notes) == ("Via Roma 1, Turin", "Bring the score.\nAnd a pencil, too.")
    assert found[0].source == "Eva's calendar"


async def test_file_of_outlook_is_read(eva: models.User) -> None:
    data = (FILES / "outlook.ics").read_bytes()
    preview = await calendar_files.read_calendar(user_id=eva.id, data=data)
    assert preview.problems == (
        "“Somewhere” is in the time zone 'Customized Time Zone', which is not known; it is taken as yours.",
    )
    await calendar_files.import_calendar(user_id=eva.id, data=data)
    found = await listed(eva, date(2026, 11, 1), date(2026, 12, 31))
    assert [f"{view.starts_at:%m-%d %H:%M}" for view in found] == [
        "11-30 09:00", "12-01 12:00", "12-07 09:00", "12-14 09:00", "12-21 09:00",
    ]  # fmt: skip
    assert found[0].title == "Montagsrunde mit einem Titel, der so lang ist, dass er umbrochen wird"


@pytest.mark.filterwarnings("ignore::icalendar.error.GloballyUniqueTZIDGuessed")
async def test_file_of_apple_is_read(eva: models.User) -> None:
    with time_machine.travel(NOON, tick=False):
        data = (FILES / "apple.ics").read_bytes()
        done = await calendar_files.import_calendar(user_id=eva.id, data=data)
        assert done.summary == "Imported 3 events and 2 tasks"
        found = await listed(eva, date(2026, 12, 1), date(2026, 12, 31))
        assert [(view.title, view.start, view.end) for view in found if view.all_day] == [
            ("Family visit 👋", date(2026, 12, 7), date(2026, 12, 9))
        ]
        assert [(view.title, f"{view.starts_at:%d %H:%M}", f"{view.ends_at:%H:%M}") for view in found[:2]] == [
            ("Floating", "03 15:00", "16:30"),
            ("No end", "04 16:00", "16:00"),
        ]
        page = await tasks.list_tasks(user_id=eva.id, view="all")
        assert [(task.title, task.priority, task.done, task.list_title) for task in page.tasks] == [
            ("Call the bank", "high", False, ""),
            ("Buy stamps", "none", True, "Errands"),
        ]
        assert page.tasks[0].remind_at == datetime(2026, 12, 1, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff" * 1000,
        b"<html>",
        b"BEGIN:VEVENT\r\nEND:VEVENT",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"x" * (BYTES + 1),
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 5_001 + b"END:VCALENDAR",
        b"BEGIN:VCALENDAR\r\n" * 4_000,
    ],
)
def test_what_is_no_calendar_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InvalidInputError, match=r"\.$"):
        read_file(data, "UTC")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["DTSTART:garbage"], "“x” is left out. It has a time that cannot be read."),
        (["DTSTART;VALUE=DATE:20261332"], "“x” is left out. It has a time that cannot be read."),
        (["LOCATION:here"], "“x” is left out. It has no start."),
        ([START, "RRULE:FREQ=SECONDLY"], ONCE),
        ([START, "RRULE:FREQ=DAILY;COUNT=999999999"], ONCE),
        ([START, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], ONCE),
        ([START, "RDATE:20261202T100000Z"], "“x” has extra dates beside its rule, which are left out."),
        (["DTSTART:00010101T000000Z"], "“x” is left out. The year 1 is too far away. Choose a nearer time."),
        ([START, "DURATION:P400D"], "“x” is left out. An event can last up to a year. Choose an earlier end."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said(lines: list[str], problem: str) -> None:
    assert read_file(event(*lines), "Europe/Rome").problems == [problem]


def test_rules_of_a_file_about_time_zones_are_not_counted() -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:Europe/Rome", "BEGIN:STANDARD", "DTSTART:19000101T000000", "TZOFFSETFROM:+0000",
            "TZOFFSETTO:+2300", "RRULE:FREQ=SECONDLY", "END:STANDARD", "END:VTIMEZONE"]  # fmt: skip
    folded = [line.replace("BEGIN:VTIME", "begin;x=1:VTI\r\n ME") for line in zone]
    start = ["BEGIN:VEVENT", "UID:1", "SUMMARY:x", "DTSTART;TZID=Europe/Rome:20261201T100000", "END:VEVENT"]
    for lines in (zone, folded):
        (found,) = read_file(calendar(*lines, *start), "UTC").events
        assert found.span.starts_at == datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_same_name_twice_is_one_thing() -> None:
    todo = ["BEGIN:VTODO", "UID:1", "SUMMARY:x", "END:VTODO"]
    assert len(read_file(calendar(*todo, *todo), "UTC").tasks) == 1


async def test_address_of_a_feed_works_until_it_is_replaced_or_revoked(eva: models.User) -> None:
    await tasks.add_task(user_id=eva.id, title="milk")
    assert await calendar_feeds.find_feed(user_id=eva.id) is None
    first = await calendar_feeds.make_feed(user_id=eva.id)
    assert b"SUMMARY:milk" in await calendar_feeds.feed_calendar(token=first)
    feed = await calendar_feeds.find_feed(user_id=eva.id)
    assert feed is not None
    assert feed.read_at is not None
    second = await calendar_feeds.make_feed(user_id=eva.id)
    with pytest.raises(NotFoundError):
        await calendar_feeds.feed_calendar(token=first)
    await calendar_feeds.feed_calendar(token=second)
    await calendar_feeds.revoke_feed(user_id=eva.id)
    with pytest.raises(NotFoundError):
        await calendar_feeds.feed_calendar(token=second)


async def test_feed_of_somebody_disabled_is_not_there(eva: models.User) -> None:
    token = await calendar_feeds.make_feed(user_id=eva.id)
    async with database.write() as session:
        (await session.get_one(models.User, eva.id)).disabled_at = NOON
    with pytest.raises(NotFoundError):
        await calendar_feeds.feed_calendar(token=token)
