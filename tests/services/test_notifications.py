"""What may interrupt somebody, and what waits until it is not quiet any more."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from assistant_app import bus, models
from assistant_app.errors import InvalidInputError
from assistant_app.services import arrivals, deliveries, inbox, notifications
from assistant_app.services.inbox import Kind
from assistant_app.services.notifications import Preferences, is_quiet, may_interrupt, next_change
from tests.services.test_inbox import bring

NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def night() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these begin."""
    with time_machine.travel(NIGHT, tick=False) as traveller:
        yield traveller


def quiet(begin: str, end: str, zone: str = "UTC") -> Preferences:
    """Return what somebody wants who has these quiet hours."""
    kinds = frozenset({"reminder"})
    return Preferences(zone, time.fromisoformat(begin), time.fromisoformat(end), kinds, kinds, in_browser=False)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("at", "expected"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_go_over_midnight(at: str, expected: bool) -> None:
    assert is_quiet(quiet("22:00", "07:00"), moment(f"2026-11-24T{at}+00:00")) is expected


@pytest.mark.parametrize(("at", "expected"), [("12:59", False), ("13:00", True), ("14:59", True), ("15:00", False)])
def test_quiet_hours_within_a_day(at: str, expected: bool) -> None:
    assert is_quiet(quiet("13:00", "15:00"), moment(f"2026-11-24T{at}+00:00")) is expected


def test_quiet_hours_that_end_when_they_begin_are_none() -> None:
    wanted = quiet("22:00", "22:00")
    assert not any(is_quiet(wanted, NIGHT + hour * timedelta(hours=1)) for hour in range(24))
    assert next_change(wanted, NIGHT) is None


def test_quiet_hours_are_by_the_clock_of_the_user() -> None:
    rome, tokyo = quiet("22:00", "07:00", "Europe/Rome"), quiet("22:00", "07:00", "Asia/Tokyo")
    at = moment("2026-11-24T21:30+00:00")  # Half past ten in Rome, half past six in Tokyo.
    assert (is_quiet(rome, at), is_quiet(tokyo, at)) == (True, True)
    at += timedelta(hours=1)
    assert (is_quiet(rome, at), is_quiet(tokyo, at)) == (True, False)


def test_quiet_hours_end_once_in_the_night_in_which_an_hour_comes_twice() -> None:
    wanted = quiet("22:00", "02:30", "Europe/Rome")  # On 25 October 2026 the clocks show 2:30 twice there.
    start = moment("2026-10-24T20:00+00:00")
    states = [is_quiet(wanted, start + step * MINUTE) for step in range(12 * 60)]
    assert sum(states) == 4.5 * 60
    assert states == sorted(states, reverse=True)


def test_quiet_hours_that_begin_in_the_hour_that_is_left_out_begin_at_the_jump() -> None:
    wanted = quiet("02:30", "06:00", "Europe/Rome")  # On 29 March 2026 the clocks jump from 2:00 to 3:00 there.
    assert not is_quiet(wanted, moment("2026-03-29T00:59+00:00"))
    assert is_quiet(wanted, moment("2026-03-29T01:00+00:00"))
    assert not is_quiet(quiet("02:10", "02:50", "Europe/Rome"), moment("2026-03-29T01:00+00:00"))


def test_next_change_is_the_nearest_edge() -> None:
    wanted = quiet("22:00", "07:00")
    assert next_change(wanted, NIGHT) == MORNING
    assert next_change(wanted, MORNING) == moment("2026-11-25T22:00+00:00")


@pytest.mark.parametrize(
    ("kind", "came", "now", "expected"),
    [
        ("reminder", MORNING, MORNING, "now"),
        ("reminder", NIGHT, NIGHT, "never"),
        ("reminder", NIGHT, MORNING, "gathered"),
        ("reminder", NIGHT - timedelta(hours=2), MORNING, "now"),
        ("summary", MORNING, MORNING, "never"),
    ],
)
def test_what_may_interrupt(kind: Kind, came: datetime, now: datetime, expected: str) -> None:
    assert may_interrupt(quiet("22:00", "07:00"), kind=kind, came_at=came, now=now) == expected


async def test_reminders_approvals_and_errors_interrupt_unless_something_else_is_chosen(ada: models.User) -> None:
    before = await notifications.get_preferences(user_id=ada.id)
    assert before.interrupting == {"reminder", "approval", "error"}
    assert (before.sounding, before.quiet_from, before.in_browser) == ({"reminder"}, None, False)


async def test_choices_are_kept_and_every_tab_hears_of_them(ada: models.User, bob: models.User) -> None:
    with bus.subscribe(ada.id) as subscription:
        await notifications.set_kind(user_id=ada.id, kind="summary", way="interrupting", wanted=True)
        assert notifications.TOPIC in await subscription.changes()
    await notifications.set_kind(user_id=ada.id, kind="reminder", way="sounding", wanted=False)
    await notifications.set_in_browser(user_id=ada.id, wanted=True)
    await notifications.set_quiet_hours(user_id=ada.id, quiet_from=time(22), quiet_until=time(7))
    found = await notifications.get_preferences(user_id=ada.id)
    assert found.interrupting == {"reminder", "approval", "error", "summary"}
    assert (found.sounding, found.in_browser) == (frozenset(), True)
    assert (found.quiet_from, found.quiet_until) == (time(22), time(7))
    await notifications.set_quiet_hours(user_id=ada.id, quiet_from=None, quiet_until=None)
    assert (await notifications.get_preferences(user_id=ada.id)).quiet_from is None
    assert (await notifications.get_preferences(user_id=bob.id)).in_browser is False


async def test_choices_that_make_no_sense_are_refused(ada: models.User) -> None:
    with pytest.raises(InvalidInputError, match="beginning and an end"):
        await notifications.set_quiet_hours(user_id=ada.id, quiet_from=time(22), quiet_until=None)
    with pytest.raises(InvalidInputError, match="cannot begin when they end"):
        await notifications.set_quiet_hours(user_id=ada.id, quiet_from=time(22), quiet_until=time(22))
    for kind, way in (("gossip", "interrupting"), ("reminder", "shouting")):
        with pytest.raises(InvalidInputError, match="nothing of that kind"):
            await notifications.set_kind(user_id=ada.id, kind=kind, way=way, wanted=True)


async def test_what_comes_in_quiet_hours_only_counts_and_is_gathered_afterwards(
    ada: models.User, night: time_machine.Traveller
) -> None:
    await notifications.set_quiet_hours(user_id=ada.id, quiet_from=time(22), quiet_until=time(7))
    for key in "abc":
        await bring(ada, key, title=key, kind="error")
    told = await arrivals.list_arrivals(user_id=ada.id)
    assert (told.count, told.now, told.gathered, told.changes_at) == (3, (), (), MORNING)
    night.move_to(MORNING)
    await bring(ada, "d", title="d", kind="error")
    told = await arrivals.list_arrivals(user_id=ada.id)
    assert [each.title for each in told.now] == ["d"]
    assert {each.title for each in told.gathered} == {"a", "b", "c"}
    await inbox.read_items(user_id=ada.id, item_ids=[each.id for each in told.gathered])
    assert (await arrivals.list_arrivals(user_id=ada.id)).gathered == ()


async def test_what_was_snoozed_into_the_quiet_hours_is_gathered_as_well(
    ada: models.User, night: time_machine.Traveller
) -> None:
    night.move_to(NIGHT - timedelta(hours=3))
    await notifications.set_quiet_hours(user_id=ada.id, quiet_from=time(22), quiet_until=time(7))
    await bring(ada, kind="error")
    (arrival,) = (await arrivals.list_arrivals(user_id=ada.id)).now
    await inbox.snooze_item(user_id=ada.id, item_id=arrival.id, until=NIGHT)
    night.move_to(NIGHT)
    await deliveries.wake_snoozed()
    assert (await arrivals.list_arrivals(user_id=ada.id)).now == ()
    night.move_to(MORNING)
    told = await arrivals.list_arrivals(user_id=ada.id)
    assert (told.now, [each.id for each in told.gathered]) == ((), [arrival.id])


async def test_only_what_has_just_come_sounds(ada: models.User, night: time_machine.Traveller) -> None:
    await notifications.set_kind(user_id=ada.id, kind="error", way="sounding", wanted=True)
    await bring(ada, kind="error")
    (arrival,) = (await arrivals.list_arrivals(user_id=ada.id)).now
    assert (arrival.sounds, arrival.is_fresh) == (True, True)
    night.shift(MINUTE)
    (arrival,) = (await arrivals.list_arrivals(user_id=ada.id)).now
    assert (arrival.sounds, arrival.is_fresh) == (True, False)


async def test_a_test_interrupts_even_when_it_is_quiet_and_takes_the_place_of_the_last(ada: models.User) -> None:
    await notifications.set_quiet_hours(user_id=ada.id, quiet_from=time(22), quiet_until=time(7))
    await notifications.send_test(user_id=ada.id)
    first = (await arrivals.list_arrivals(user_id=ada.id)).now
    await notifications.send_test(user_id=ada.id)
    second = (await arrivals.list_arrivals(user_id=ada.id)).now
    assert [(each.title, each.is_test, each.sounds) for each in second] == [("This is a test", True, True)]
    assert first[0].id != second[0].id
    await inbox.resolve_item(user_id=ada.id, item_id=second[0].id)
    assert (await arrivals.list_arrivals(user_id=ada.id)).count == 0
