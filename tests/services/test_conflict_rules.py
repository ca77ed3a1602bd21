"""What clashes, and where there is room, against computations that share nothing with ours."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from assistant_app.services.conflict_rules import BREAK, Clash, find_clashes, free_from
from assistant_app.services.engagements import Engagement

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STEP = timedelta(minutes=5)
minutes = st.integers(0, 24 * 60)


@st.composite
def engagements(draw: st.DrawFn) -> list[Engagement]:
    """Return up to a dozen things of a day, some of no length, some at the same place, some events of one series."""
    found: list[Engagement] = []
    for number in range(draw(st.integers(0, 12))):
        is_task = draw(st.booleans())
        start = MIDNIGHT + draw(minutes) * MINUTE
        length = timedelta() if is_task else draw(st.sampled_from((0, 5, 15, 30, 60, 300))) * MINUTE
        place = "" if is_task else draw(st.sampled_from(("", "Home", "home ", "Office")))
        event_id = f"evt_{draw(st.integers(0, 9))}"
        found.append(
            Engagement(
                "task" if is_task else "event",
                f"tsk_{number}" if is_task else event_id,
                number,
                "t",
                start,
                start + length,
                place,
            )
        )
    return found


def minutes_taken(each: Engagement) -> set[datetime]:
    """Return the minutes that something takes: at least the one in which it begins."""
    count = max(1, (each.ends_at - each.starts_at) // MINUTE)
    return {each.starts_at + number * MINUTE for number in range(count)}


def naive_rule(one: Engagement, other: Engagement) -> str | None:
    """Tell by the minutes of two whether they clash."""
    if one.id == other.id or (one.kind == "task" and other.kind == "task"):
        return None
    if minutes_taken(one) & minutes_taken(other):
        return "overlap" if one.kind == other.kind else "task"
    if "task" in (one.kind, other.kind):
        return None
    first, second = sorted((one, other), key=lambda each: (each.starts_at, each.ends_at))
    places = {first.place.strip().lower(), second.place.strip().lower()}
    gap = (second.starts_at - first.ends_at) / MINUTE
    return "travel" if len(places) == 2 and "" not in places and 0 <= gap < 15 else None


def told(clash: Clash) -> tuple[str, frozenset[Engagement]]:
    """Return what a clash says."""
    return clash.rule, frozenset((clash.first, clash.second))


@given(engagements())
def test_clashes_are_what_comparing_the_minutes_of_every_two_finds(all_of_a_day: list[Engagement]) -> None:
    expected = [
        (rule, frozenset(pair)) for pair in combinations(all_of_a_day, 2) if (rule := naive_rule(*pair)) is not None
    ]
    found = [told(clash) for clash in find_clashes(all_of_a_day)]
    assert sorted(map(repr_of, found)) == sorted(map(repr_of, expected))


def repr_of(one: tuple[str, frozenset[Engagement]]) -> tuple[str, list[int]]:
    """Return a finding in a form that can be ordered."""
    return one[0], sorted(each.number for each in one[1])


@given(engagements())
def test_the_order_in_which_things_were_added_does_not_matter(all_of_a_day: list[Engagement]) -> None:
    forwards, backwards = find_clashes(all_of_a_day), find_clashes(reversed(all_of_a_day))
    assert sorted(repr_of(told(clash)) for clash in backwards) == sorted(repr_of(told(clash)) for clash in forwards)


@given(
    st.lists(st.tuples(minutes, st.integers(0, 200)), max_size=12),
    st.integers(8 * 60, 20 * 60),
    st.sampled_from((0, 7, 30, 60, 240)),
)
def test_room_is_the_first_that_trying_every_step_finds(taken: list[tuple[int, int]], first: int, length: int) -> None:
    def is_free(start: int) -> bool:
        return all(start >= begins + lasts or begins >= start + length for begins, lasts in taken if (begins, lasts))

    tried = (start for start in range(0, 24 * 60, 5) if start >= first and start + length <= 20 * 60)
    expected = next((start for start in tried if is_free(start)), None)
    found = free_from(
        [(MIDNIGHT + begins * MINUTE, MIDNIGHT + (begins + lasts) * MINUTE) for begins, lasts in taken],
        first=MIDNIGHT + first * MINUTE,
        last=MIDNIGHT + timedelta(hours=20),
        length=length * MINUTE,
        step=STEP,
    )
    assert found == (None if expected is None else MIDNIGHT + expected * MINUTE)


def test_a_quarter_of_an_hour_is_enough_between_two_places() -> None:
    def at(start: datetime, place: str) -> Engagement:
        return Engagement("event", place, 1, place, start, start + MINUTE, place)

    here, there = at(MIDNIGHT, "here"), at(MIDNIGHT + MINUTE + BREAK, "there")
    assert find_clashes([here, there]) == []
    assert [clash.rule for clash in find_clashes([here, at(there.starts_at - MINUTE, "there")])] == ["travel"]
