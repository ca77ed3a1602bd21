"""Reading what is typed into the calendar: addresses, events in plain words, and the editor's form."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant_app.errors import InvalidInputError
from assistant_app.ui.calendar.addresses import address_of, month_after, read_place
from assistant_app.ui.calendar.forms import Times, read_repeat, read_times, shifted
from assistant_app.ui.calendar.reading import Reading, parts_of, read_event

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 21, 11, 40, tzinfo=ROME)  # A Saturday.
THURSDAY = date(2026, 11, 26)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 - a wall time


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("dentist 10-11 at Main St", Reading("dentist", "Main St", at(26, 10), at(26, 11))),
        ("dentist 9:30 – 10 @ Main St", Reading("dentist", "Main St", at(26, 9, 30), at(26, 10))),
        ("3pm call", Reading("call", "", at(26, 15))),
        ("Anna's birthday", Reading("Anna's birthday", "", THURSDAY)),
        ("read 1984", Reading("read 1984", "", THURSDAY)),
        ("dentist friday 9-10", Reading("dentist", "", at(27, 9), at(27, 10))),
        ("dentist today at 15", Reading("dentist", "", at(21, 15))),
        ("lunch tomorrow at 12:30 for 2 hours", Reading("lunch", "", at(22, 12, 30), at(22, 14, 30))),
        ("vacation next week", Reading("vacation", "", date(2026, 11, 23), date(2026, 11, 29))),
        ("run every day at 7am", Reading("run", "", at(26, 7), repeat="FREQ=DAILY")),
        ("flight 22:30-1:15", Reading("flight", "", at(26, 22, 30), at(27, 1, 15))),
        ("10-11", Reading("", "", at(26, 10), at(26, 11))),
    ],
)
def test_an_event_is_read_on_the_chosen_day_unless_it_names_another(text: str, reading: Reading) -> None:
    assert read_event(text, now=NOW, chosen=THURSDAY) == reading


def test_what_was_understood_is_said() -> None:
    reading = read_event("standup every weekday at 9:15 at the office", now=NOW, chosen=THURSDAY)
    assert parts_of(reading, NOW.date()) == [
        ("title", "standup"),
        ("day", "Monday"),
        ("time", "9:15 – 10:15"),
        ("place", "the office"),
        ("repeat", "Every weekday"),
    ]
    assert parts_of(read_event("10-11", now=NOW, chosen=THURSDAY), NOW.date()) == []


def test_an_address_says_view_month_and_day() -> None:
    today = NOW.date()
    assert address_of("agenda", date(2026, 12, 1)) == "/calendar?view=agenda&month=2026-12"
    place = read_place("http://here/calendar?view=agenda&month=2026-12", today=today)
    assert (place.view, place.month, place.day) == ("agenda", date(2026, 12, 1), None)
    place = read_place("/calendar?day=2027-02-03&event=evt_1", today=today)
    assert (place.view, place.month, place.day, place.event_id) == ("", date(2027, 2, 1), date(2027, 2, 3), "evt_1")


@pytest.mark.parametrize("query", ["", "view=x&month=9999-12", "month=nonsense&day=2026-02-30", "month=2026-13"])
def test_an_address_that_makes_no_sense_shows_this_month(query: str) -> None:
    place = read_place(f"/calendar?{query}", today=NOW.date())
    assert (place.view, place.month, place.day) == ("", date(2026, 11, 1), None)


def test_months_go_on_over_the_year() -> None:
    assert month_after(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert month_after(date(2026, 1, 1), -1) == date(2025, 12, 1)


def form(start: str, end: str, **more: str) -> dict[str, str]:
    (start_day, start_time), (end_day, end_time) = (each.split(" ") for each in (start, end))
    return {"start_day": start_day, "start_time": start_time, "end_day": end_day, "end_time": end_time, **more}


def test_a_form_that_moves_only_the_start_keeps_the_length() -> None:
    before = Times(at(24, 10), at(24, 11, 30))
    assert read_times(form("2026-11-27 14:00", "2026-11-24 11:30"), before) == Times(at(27, 14), at(27, 15, 30))
    assert read_times(form("2026-11-24 10:00", "2026-11-24 12:00"), before) == Times(at(24, 10), at(24, 12))
    whole = read_times(form("2026-11-27 14:00", "2026-11-28 11:30", all_day="yes"), before)
    assert whole == Times(date(2026, 11, 27), date(2026, 11, 28))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (form("2026-11-24 10:00", "2026-11-24 09:00"), "ends before it starts"),
        (form("2026-11-24 ", "2026-11-24 09:00"), "Choose the time at which it starts"),
        (form(" 10:00", "2026-11-24 09:00"), "Choose the day on which it starts"),
        ({}, "Choose the time at which it starts"),
    ],
)
def test_a_form_without_sense_is_answered_with_a_sentence(said: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidInputError, match=sentence):
        read_times(said, Times(at(24, 10), at(24, 11)))


def test_words_say_how_it_repeats() -> None:
    before = ("FREQ=WEEKLY;BYDAY=TU", "every Tuesday")
    assert read_repeat("Every  tuesday", before=before, start=at(24, 10), now=NOW) == "FREQ=WEEKLY;BYDAY=TU"
    assert read_repeat("every other week", before=before, start=at(24, 10), now=NOW) == "FREQ=WEEKLY;INTERVAL=2"
    assert read_repeat(" ", before=before, start=at(24, 10), now=NOW) == ""
    for words in ("when the moon is full", "tomorrow"):
        with pytest.raises(InvalidInputError, match="every other Tuesday"):
            read_repeat(words, before=before, start=at(24, 10), now=NOW)


def test_moving_one_of_a_series_moves_its_first_by_as_much() -> None:
    shown, times = Times(at(24, 10), at(24, 11)), Times(at(25, 9), at(25, 11))
    assert shifted(times, shown=shown, series_start=at(3, 10)) == Times(at(4, 9), at(4, 11))
    days = Times(date(2026, 11, 25), date(2026, 11, 25))
    assert shifted(days, shown=shown, series_start=at(3, 10)) == Times(date(2026, 11, 4), date(2026, 11, 4))
