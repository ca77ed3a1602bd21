"""The calendar's states: what an address shows, what is typed, changed and dragged, and whose it is."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from assistant_app import bus, clock, models
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.services import events, reminders, tasks
from assistant_app.ui.calendar.adding import AddingState
from assistant_app.ui.calendar.dragging import DragState
from assistant_app.ui.calendar.editing import EditorState
from assistant_app.ui.calendar.state import CalendarState
from assistant_app.ui.calendar.things import ThingState
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.session import SessionState
from tests.ui.conftest import OpenTab, Tab

LOAD: Sequence[Any] = [SessionState.load, CalendarState.load]


def today() -> date:
    return clock.now().date()


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour))


async def open_calendar(open_tab: OpenTab, user: models.User, query: str = "") -> Tab:
    """Open the calendar at an address."""
    tab = await open_tab(user, "/calendar", on_load=LOAD)
    tab.router["asPath"] = f"/calendar?{query}"
    await tab.send(CalendarState.load)
    return tab


def cell_of(tab: Tab, day: date) -> Any:
    cells = [cell for week in tab.value(CalendarState, "weeks") for cell in week.cells]
    return next(cell for cell in cells if cell.day == day.isoformat())


async def test_a_month_is_whole_weeks_from_monday_to_sunday(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_calendar(open_tab, ada, "view=month&month=2027-02")
    weeks = tab.value(CalendarState, "weeks")
    assert [weeks[0].cells[0].day, weeks[-1].cells[-1].day, len(weeks)] == ["2027-02-01", "2027-02-28", 4]
    assert tab.value(CalendarState, "title") == "February 2027"
    assert tab.value(CalendarState, "previous_address") == "/calendar?view=month&month=2027-01"


async def test_what_changes_before_the_page_is_opened_waits_for_it(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/calendar", on_load=[SessionState.load, CalendarState.follow], wait=False)
    await tab.until(lambda: bus.subscribers(ada.id) == 1)
    await tasks.add_task(user_id=ada.id, title="Sweep", due=today())
    await tab.send(CalendarState.show_more())
    assert not tab.value(CalendarState, "loaded")
    await tab.send(CalendarState.load())
    assert tab.value(CalendarState, "loaded")


async def test_a_day_shows_what_fits_and_counts_the_rest(open_tab: OpenTab, ada: models.User) -> None:
    for hour in range(8, 13):
        await events.add_event(user_id=ada.id, title=f"Call {hour}", start=at(today(), hour))
    tab = await open_calendar(open_tab, ada)
    cell = cell_of(tab, today())
    assert ([thing.title for thing in cell.shown], cell.more) == (["Call 8", "Call 9"], 3)
    assert cell.label.endswith(", 5 things")
    assert len(tab.value(CalendarState, "things")) == 5


async def test_things_say_what_and_when_they_are(open_tab: OpenTab, ada: models.User) -> None:
    day = today() + timedelta(days=2)
    await events.add_event(user_id=ada.id, title="Trip", start=day, end=day + timedelta(days=1), place="Rome")
    await events.add_event(user_id=ada.id, title="Flight", start=at(day, 22), end=at(day + timedelta(days=1), 1))
    await tasks.add_task(user_id=ada.id, title="Pack", due=at(day, 9), list_title="Home", priority="high")
    await reminders.add_reminder(user_id=ada.id, text="Passport", at=at(day, 8), repeat="FREQ=DAILY")
    tab = await open_calendar(open_tab, ada, "view=agenda")
    shown = next(each for each in tab.value(CalendarState, "days") if each.day == day.isoformat())
    assert [thing.label for thing in shown.things] == [
        "Event: Trip, All day, Rome",
        "Reminder: Passport, 8:00, Every day",
        "Task: Pack, 9:00, Home, High priority",
        "Event: Flight, 22:00 – 01:00",
    ]
    assert not shown.things[1].open


async def test_the_agenda_says_how_far_it_reaches_and_goes_on(open_tab: OpenTab, ada: models.User) -> None:
    await tasks.add_task(user_id=ada.id, title="Far away", due=today() + timedelta(days=40))
    tab = await open_calendar(open_tab, ada, "view=agenda")
    assert [day.name for day in tab.value(CalendarState, "days")] == ["Today"]
    assert tab.value(CalendarState, "is_empty") is True
    await tab.send(CalendarState.show_more)
    assert len(tab.value(CalendarState, "days")) == 2
    assert tab.value(CalendarState, "is_empty") is False


async def test_a_chosen_day_brings_its_month(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_calendar(open_tab, ada, "view=month&month=2026-11")
    await tab.forge(f"{CalendarState.get_full_name()}.choose_day", {"day": "2026-12-24"})
    assert tab.value(CalendarState, "title") == "December 2026"
    assert tab.value(CalendarState, "day") == "2026-12-24"
    assert cell_of(tab, date(2026, 12, 24)).is_outside is False


@pytest.mark.parametrize("day", ["", "tomorrow", 5, ["2026-12-24"], None])
async def test_what_is_no_day_is_dropped(open_tab: OpenTab, ada: models.User, day: object) -> None:
    tab = await open_calendar(open_tab, ada, "view=month&month=2026-11")
    await tab.forge(f"{CalendarState.get_full_name()}.choose_day", {"day": day})
    assert tab.value(CalendarState, "title") == "November 2026"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_a_day_that_the_calendar_does_not_reach_is_refused(open_tab: OpenTab, ada: models.User, day: str) -> None:
    tab = await open_calendar(open_tab, ada, "view=month&month=2026-11")
    with pytest.raises(InvalidInputError, match="does not reach that far"):
        await tab.forge(f"{CalendarState.get_full_name()}.choose_day", {"day": day})
    assert tab.value(CalendarState, "title") == "November 2026"


async def test_a_change_elsewhere_shows_while_the_page_is_open(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/calendar", on_load=[*LOAD, CalendarState.follow], wait=False)
    await tab.until(lambda: bool(tab.value(CalendarState, "weeks")))
    await tab.send(SessionState.load)
    await tasks.add_task(user_id=ada.id, title="Pack", due=today())
    await tab.until(lambda: [thing.title for thing in tab.value(CalendarState, "things")] == ["Pack"])
    tab.close()


async def test_a_typed_event_is_added_once_however_often_it_is_sent(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_calendar(open_tab, ada)
    for _ in range(2):
        await tab.send(AddingState.add("dentist 10-11 at Main St", "nonce-1"))
    (event,) = await events.list_events(user_id=ada.id, first=today(), last=today())
    assert (event.title, event.place, event.starts_at.hour) == ("dentist", "Main St", 10)
    assert tab.value(AddingState, "added_nonce") == "nonce-1"
    await tab.send(AddingState.add("10-11", "nonce-2"))
    assert tab.value(AddingState, "refused_nonce") == "nonce-2"
    assert tab.value(AddingState, "problem").startswith("Say what it is")


def form(**changes: str) -> dict[str, str]:
    day = today().isoformat()
    said = {"title": "Standup", "start_day": day, "start_time": "09:00", "end_day": day, "end_time": "10:00"}
    return {**said, "place": "", "notes": "", "repeat": "every day", **changes}


async def test_one_of_a_series_that_is_moved_moves_all_by_as_much(open_tab: OpenTab, ada: models.User) -> None:
    first, second = today(), today() + timedelta(days=1)
    event = await events.add_event(user_id=ada.id, title="Standup", start=at(first, 9), repeat="FREQ=DAILY")
    tab = await open_calendar(open_tab, ada)
    (there,) = await events.list_events(user_id=ada.id, first=second, last=second)
    await tab.send(EditorState.open_event(event.id, there.occurrence.isoformat()))
    assert tab.value(EditorState, "start_day") == second.isoformat()
    later = form(start_day=second.isoformat(), end_day=second.isoformat(), start_time="11:00")
    await tab.send(EditorState.save(later))
    assert tab.value(EditorState, "is_open") is False
    moved = await events.get_event(user_id=ada.id, event_id=event.id)
    assert (moved.starts_at.date(), moved.starts_at.hour, moved.ends_at.hour) == (first, 11, 12)


async def test_a_form_that_is_refused_changes_nothing(open_tab: OpenTab, ada: models.User) -> None:
    event = await events.add_event(user_id=ada.id, title="Standup", start=at(today(), 9), repeat="FREQ=DAILY")
    tab = await open_calendar(open_tab, ada)
    await tab.send(EditorState.open_event(event.id, ""))
    await tab.send(EditorState.save(form(title="New title", start_day="2250-01-01", end_day="2250-01-01")))
    assert tab.value(EditorState, "is_open") is True
    assert "too far away" in tab.value(EditorState, "problem")
    assert (await events.get_event(user_id=ada.id, event_id=event.id)).title == "Standup"


async def test_a_dropped_event_keeps_its_time_and_can_be_taken_back(open_tab: OpenTab, ada: models.User) -> None:
    event = await events.add_event(user_id=ada.id, title="Dentist", start=at(today(), 9))
    tab = await open_calendar(open_tab, ada)
    to = (today() + timedelta(days=3)).isoformat()
    payload = {"event_id": event.id, "occurrence": event.occurrence.isoformat(), "day": to}
    await tab.forge(f"{DragState.get_full_name()}.move", payload)
    moved = await events.get_event(user_id=ada.id, event_id=event.id)
    assert (moved.starts_at.date().isoformat(), moved.starts_at.hour) == (to, 9)
    await tab.send(NoticeState.undo(tab.value(NoticeState, "notices")[-1].id))
    assert (await events.get_event(user_id=ada.id, event_id=event.id)).starts_at == event.starts_at


async def test_a_reminder_is_snoozed_to_tomorrow_morning(open_tab: OpenTab, ada: models.User) -> None:
    reminder = await reminders.add_reminder(user_id=ada.id, text="Call", at=clock.now() + timedelta(minutes=5))
    tab = await open_calendar(open_tab, ada)
    await tab.send(ThingState.snooze(reminder.id, "tomorrow"))
    snoozed = await reminders.get_reminder(user_id=ada.id, reminder_id=reminder.id)
    assert (snoozed.at.date(), snoozed.at.hour) == (today() + timedelta(days=1), 9)


async def test_nobody_elses_things_are_seen_or_touched(open_tab: OpenTab, ada: models.User, bob: models.User) -> None:
    event = await events.add_event(user_id=ada.id, title="Secret meeting", start=at(today(), 9))
    task = await tasks.add_task(user_id=ada.id, title="Secret task", due=today())
    tab = await open_calendar(open_tab, bob)
    for spec in (EditorState.open_event(event.id, ""), ThingState.complete(task.id)):
        with pytest.raises(NotFoundError):
            await tab.send(spec)
    payload = {"event_id": event.id, "occurrence": event.occurrence.isoformat(), "day": "2026-12-24"}
    with pytest.raises(NotFoundError):
        await tab.forge(f"{DragState.get_full_name()}.move", payload)
    assert "Secret" not in str(tab.deltas)
