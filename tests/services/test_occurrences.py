"""Runs of schedules: what is due after a pause, who claims it, how it ends, and that each is delivered once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event

from assistant_app import models
from assistant_app.repositories import database
from assistant_app.services import due_runs, inbox, ledger, occurrences, schedules
from assistant_app.services.inbox import ItemView
from assistant_app.services.occurrences import Due, Made
from assistant_app.services.schedules import OccurrenceView, ScheduleView
from tests.conftest import add_user

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DONE = Made(state="ok", title="Your day", text="Nothing burns.", kind="summary")


@pytest.fixture(autouse=True)
def clock_at_noon() -> object:
    """The moment at which all of these begin."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


async def add(user: models.User, **fields: Any) -> ScheduleView:
    """Add a daily summary that comes at one o'clock, or something else."""
    wanted: dict[str, Any] = {"kind": "summary", "starts": datetime.fromisoformat("2026-11-24 13:00")}
    wanted |= {"repeat": "FREQ=DAILY"} | fields
    return await schedules.create_schedule(user_id=user.id, **wanted)


async def runs(user: models.User, schedule: ScheduleView) -> list[OccurrenceView]:
    """Return the runs of a schedule, the newest first."""
    return await schedules.list_occurrences(user_id=user.id, schedule_id=schedule.id)


async def states(user: models.User, schedule: ScheduleView) -> list[str]:
    """Return how the runs of a schedule went, the newest first."""
    return [run.state for run in await runs(user, schedule)]


async def items(user: models.User) -> list[ItemView]:
    """Return what lies in the inbox."""
    return await inbox.list_items(user_id=user.id)


async def take(now: datetime) -> list[Due]:
    """Note what is due, and claim all of it."""
    await due_runs.note_due(now)
    return await occurrences.claim(now, limit=100)


async def deliver(now: datetime, made: Made = DONE) -> int:
    """Run everything that is due; each makes the same."""
    return sum([await occurrences.finish(due, made, now) for due in await take(now)])


async def test_run_is_delivered_once_at_its_time(ada: models.User) -> None:
    schedule = await add(ada)
    assert await due_runs.next_due(NOON) == NOON + HOUR
    assert await deliver(NOON + HOUR - MINUTE) == 0
    assert await deliver(NOON + HOUR) == 1
    assert await deliver(NOON + HOUR) == 0
    (run,) = await runs(ada, schedule)
    (item,) = await items(ada)
    assert (run.state, run.delivered_at, run.item_id, run.error) == ("ok", NOON + HOUR, item.id, "")
    assert (item.kind, item.title, item.text, item.late) == ("summary", "Your day", "Nothing burns.", False)
    assert item.why == "Your schedule “Daily summary” comes every day at 13:00."
    assert item.data["occurrence_id"] == run.id
    assert await due_runs.next_due(NOON + HOUR) == NOON + HOUR + DAY


async def test_after_a_pause_only_the_newest_summary_comes_late(ada: models.User) -> None:
    schedule = await add(ada)
    back = NOON + 30 * DAY
    assert await deliver(back) == 1
    (item,) = await items(ada)
    assert item.late
    assert item.text == "This was due yesterday at 13:00; it comes late.\n\nNothing burns."
    assert await states(ada, schedule) == ["ok"] + ["missed"] * 5
    (newest, *missed) = await runs(ada, schedule)
    assert newest.due_at == back - DAY + HOUR
    assert {run.error for run in missed} == {"Steward was not running then; the newest run was made instead."}
    assert (await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id)).next_at == back + HOUR


async def test_schedule_that_skips_runs_only_what_is_hardly_late(ada: models.User) -> None:
    schedule = await add(ada, catch_up="skip")
    assert await deliver(NOON + 3 * DAY) == 0
    assert await states(ada, schedule) == ["missed"] * 3
    assert await items(ada) == []
    assert await deliver(NOON + 3 * DAY + HOUR + 9 * MINUTE) == 1
    assert await states(ada, schedule) == ["ok"] + ["missed"] * 3


async def test_noted_run_that_nobody_claimed_before_a_pause_is_skipped(ada: models.User) -> None:
    schedule = await add(ada, catch_up="skip")
    await due_runs.note_due(NOON + HOUR)
    assert await occurrences.claim(NOON + 2 * HOUR, limit=9) == []
    assert await states(ada, schedule) == ["missed"]


async def test_noted_run_that_nobody_claimed_gives_way_to_a_newer_one(ada: models.User) -> None:
    schedule = await add(ada)
    await due_runs.note_due(NOON + HOUR)
    assert await deliver(NOON + HOUR + 2 * DAY) == 1
    assert await states(ada, schedule) == ["ok", "missed", "missed"]


async def test_hours_of_years_are_no_storm(ada: models.User) -> None:
    schedule = await add(ada, repeat="FREQ=HOURLY")
    back = NOON + 900 * DAY + MINUTE
    assert await deliver(back) == 1
    assert await states(ada, schedule) == ["ok"] + ["missed"] * 5
    assert (await runs(ada, schedule))[0].due_at == back - MINUTE
    assert await due_runs.next_due(back) == back - MINUTE + HOUR


async def test_schedule_that_comes_once_is_over_afterwards(ada: models.User) -> None:
    schedule = await add(ada, repeat="")
    assert await deliver(NOON + 5 * DAY) == 1
    after = await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id)
    assert (after.enabled, after.next_at) == (True, None)
    assert await deliver(NOON + 9 * DAY) == 0


async def test_clock_that_jumps_back_runs_nothing_again(ada: models.User) -> None:
    schedule = await add(ada)
    assert await deliver(NOON + 2 * DAY + HOUR) == 1
    for day in range(3):
        assert await deliver(NOON + day * DAY + HOUR) == 0
    assert await deliver(NOON + 3 * DAY + HOUR) == 1
    assert (await states(ada, schedule)).count("ok") == 2


async def test_run_by_hand_comes_beside_the_regular_one(ada: models.User) -> None:
    schedule = await add(ada)
    await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
    assert await deliver(NOON) == 1
    assert await deliver(NOON + HOUR) == 1
    assert await states(ada, schedule) == ["ok", "ok"]


async def test_paused_schedule_runs_when_told_to(ada: models.User) -> None:
    schedule = await add(ada)
    await schedules.pause_schedule(user_id=ada.id, schedule_id=schedule.id)
    assert await deliver(NOON + 3 * DAY) == 0
    await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
    assert await deliver(NOON + 3 * DAY) == 1


async def test_many_who_claim_at_once_get_each_run_once(ada: models.User) -> None:
    for _ in range(7):
        await add(ada)
    await asyncio.gather(*(due_runs.note_due(NOON + HOUR) for _ in range(3)))
    claimed = await asyncio.gather(*(occurrences.claim(NOON + HOUR, limit=3) for _ in range(6)))
    ids = [due.occurrence_id for each in claimed for due in each]
    ids += [due.occurrence_id for due in await occurrences.claim(NOON + HOUR, limit=20)]
    assert len(ids) == len(set(ids)) == 7


async def test_runs_of_one_schedule_come_one_after_the_other(ada: models.User) -> None:
    schedule = await add(ada, repeat="FREQ=HOURLY")
    (first,) = await take(NOON + HOUR)
    assert await take(NOON + HOUR + MINUTE / 2) == []
    await due_runs.note_due(NOON + 2 * HOUR)
    await occurrences.fail(first, "It broke.", NOON + HOUR + MINUTE)
    (second,) = await occurrences.claim(NOON + 2 * HOUR, limit=1)
    assert second.occurrence_id == first.occurrence_id
    assert await occurrences.claim(NOON + 2 * HOUR, limit=5) == []
    await occurrences.finish(second, DONE, NOON + 2 * HOUR)
    assert await deliver(NOON + 2 * HOUR) == 1
    assert await states(ada, schedule) == ["ok", "ok"]


async def test_nothing_to_say_is_empty_and_silent_if_wanted(ada: models.User) -> None:
    nothing = Made(state="empty", title="Nothing today", kind="summary")
    short, silent = await add(ada), await add(ada, data={"silent_when_empty": True})
    assert await deliver(NOON + HOUR, nothing) == 2
    (run,) = await runs(ada, silent)
    assert (run.state, run.item_id, run.delivered_at, run.finished_at) == ("empty", "", None, NOON + HOUR)
    (run,) = await runs(ada, short)
    assert (run.state, run.delivered_at) == ("empty", NOON + HOUR)
    assert [item.title for item in await items(ada)] == ["Nothing today"]


async def test_failed_run_is_tried_again_after_a_minute_and_after_five(ada: models.User) -> None:
    schedule = await add(ada)
    now = NOON + HOUR
    for wait in (MINUTE, 5 * MINUTE):
        (due,) = await take(now)
        await occurrences.fail(due, "The provider is down.", now)
        (run,) = await runs(ada, schedule)
        assert (run.state, run.error, run.retry_at) == ("due", "The provider is down.", now + wait)
        assert await due_runs.next_due(now) == now + wait
        assert await take(now + wait - timedelta(seconds=1)) == []
        now += wait
    assert await deliver(now) == 1
    (run,) = await runs(ada, schedule)
    assert (run.state, run.error) == ("ok", "")
    async with database.read() as session:
        assert (await session.get_one(models.Schedule, schedule.id)).failures == 0


async def test_three_failures_in_a_row_pause_the_schedule_and_say_why(ada: models.User) -> None:
    schedule = await add(ada)
    now = NOON + HOUR
    for _ in range(3):
        (due,) = await take(now)
        assert await occurrences.fail(due, "The provider is down.", now, cost=0.5)
        now += 5 * MINUTE
    (run,) = await runs(ada, schedule)
    (item,) = await items(ada)
    assert (run.state, run.item_id, run.cost) == ("failed", item.id, 1.5)
    assert (item.kind, item.title) == ("error", "“Daily summary” failed and is paused")
    assert item.text.startswith("The provider is down. Once that is mended, resume it")
    paused = await schedules.get_schedule(user_id=ada.id, schedule_id=schedule.id)
    assert (paused.enabled, paused.next_at) == (False, None)
    assert paused.paused_why == "It failed 3 times in a row. The provider is down."
    action = (await ledger.list_actions(user_id=ada.id))[0]
    assert (action.verb, action.source) == ("pause", "job")
    assert await deliver(NOON + 5 * DAY) == 0
    with time_machine.travel(NOON + 5 * DAY, tick=False):
        await schedules.resume_schedule(user_id=ada.id, schedule_id=schedule.id)
    assert await deliver(NOON + 5 * DAY + HOUR) == 1


async def test_run_of_a_dead_process_is_claimed_again_when_its_lease_is_over(ada: models.User) -> None:
    schedule = await add(ada)
    (lost,) = await take(NOON + HOUR)
    over = NOON + HOUR + timedelta(seconds=90)
    assert await due_runs.next_due(NOON + HOUR) == over
    assert await take(over - timedelta(seconds=1)) == []
    (again,) = await take(over)
    assert (again.occurrence_id, again.tries) == (lost.occurrence_id, 2)
    assert not await occurrences.finish(lost, DONE, over)
    assert not await occurrences.fail(lost, "late", over)
    assert await occurrences.finish(again, DONE, over)
    assert not await occurrences.finish(again, DONE, over)
    assert await states(ada, schedule) == ["ok"]
    assert len(await items(ada)) == 1


async def test_new_holder_takes_over_at_once_what_the_old_one_left(ada: models.User) -> None:
    await add(ada)
    (lost,) = await take(NOON + HOUR)
    await occurrences.take_over(NOON + HOUR + MINUTE / 6)
    (again,) = await take(NOON + HOUR + MINUTE / 6)
    assert again == replace(lost, tries=2, started_at=NOON + HOUR + MINUTE / 6)


async def test_run_that_kills_the_process_three_times_fails(ada: models.User) -> None:
    schedule = await add(ada)
    now = NOON + HOUR
    for _ in range(3):
        assert len(await take(now)) == 1
        now += 5 * MINUTE
    assert await take(now) == []
    assert await states(ada, schedule) == ["failed"]
    (item,) = await items(ada)
    assert item.text.startswith("Steward stopped in the middle of it three times.")


async def test_run_given_back_is_as_if_never_claimed(ada: models.User) -> None:
    await add(ada)
    for _ in range(5):
        (due,) = await take(NOON + HOUR)
        assert due.tries == 1
        await occurrences.give_back(due)


async def test_run_that_waits_for_a_person_has_delivered_nothing_yet(ada: models.User) -> None:
    schedule = await add(ada, kind="prompt", data={"prompt": "Tidy up"})
    waiting = Made(state="waiting", title="", message_id="msg_1", conversation_id="cnv_1", cost=0.25)
    assert await deliver(NOON + HOUR, waiting) == 1
    (run,) = await runs(ada, schedule)
    assert (run.state, run.delivered_at, run.finished_at, run.conversation_id) == ("waiting", None, None, "cnv_1")
    assert await items(ada) == []
    assert await deliver(NOON + 2 * HOUR) == 0


async def test_run_by_hand_of_a_paused_schedule_that_fails_is_not_tried_again(ada: models.User) -> None:
    schedule = await add(ada)
    await schedules.pause_schedule(user_id=ada.id, schedule_id=schedule.id)
    await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
    (due,) = await take(NOON)
    assert await occurrences.fail(due, "The budget is used up.", NOON)
    assert await states(ada, schedule) == ["failed"]
    (item,) = await items(ada)
    assert (item.kind, item.title) == ("error", "“Daily summary” failed")


async def test_deleted_schedule_delivers_nothing(ada: models.User) -> None:
    schedule = await add(ada)
    (due,) = await take(NOON + HOUR)
    await schedules.delete_schedule(user_id=ada.id, schedule_id=schedule.id)
    assert not await occurrences.finish(due, DONE, NOON + HOUR)
    assert await items(ada) == []


async def test_run_of_somebody_else_is_not_ended(ada: models.User, bob: models.User) -> None:
    await add(ada)
    (due,) = await take(NOON + HOUR)
    assert not await occurrences.finish(replace(due, user_id=bob.id), DONE, NOON + HOUR)
    assert not await occurrences.fail(replace(due, user_id=bob.id), "x", NOON + HOUR)
    assert await items(bob) == []


async def test_schedules_of_somebody_disabled_wait(ada: models.User) -> None:
    await add(ada)
    async with database.write() as session:
        (await session.get_one(models.User, ada.id)).disabled_at = NOON
    assert await deliver(NOON + HOUR) == 0
    assert await due_runs.next_due(NOON) is None


async def test_broken_schedule_is_paused_and_others_go_on(ada: models.User) -> None:
    broken, whole = await add(ada), await add(ada)
    async with database.write() as session:
        (await session.get_one(models.Schedule, broken.id)).zone = "Nowhere/Land"
    assert await deliver(NOON + HOUR) == 1
    async with database.write() as session:
        row = await session.get_one(models.Schedule, broken.id)
        assert (row.enabled, row.next_at) == (False, None)
        row.zone = "UTC"
    assert await states(ada, whole) == ["ok"]
    assert sorted(item.kind for item in await items(ada)) == ["error", "summary"]


async def test_time_in_a_gap_comes_at_the_jump_and_one_shown_twice_comes_once(db: object) -> None:
    eva = await add_user("eva", zone="Europe/Berlin")
    with time_machine.travel(datetime(2026, 3, 28, 12, tzinfo=UTC), tick=False):
        schedule = await add(eva, starts=datetime.fromisoformat("2026-03-01 02:30"))
    jump = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert await deliver(jump - timedelta(seconds=1)) == 0
    assert await deliver(jump) == 1
    fold = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert await deliver(fold - MINUTE) == 1
    assert await deliver(fold) == 1
    assert await deliver(fold + HOUR) == 0
    assert (await schedules.get_schedule(user_id=eva.id, schedule_id=schedule.id)).next_at == fold + 25 * HOUR


async def test_looking_for_what_is_due_never_reads_all_runs_or_schedules(ada: models.User) -> None:
    engine, asked = database.current().engine, list[tuple[str, Any]]()
    if not database.current().is_sqlite:
        pytest.skip("PostgreSQL reads tables as small as these whole")

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await take(NOON)
    await due_runs.next_due(NOON)
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    steps: list[str] = []
    async with engine.connect() as connection:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                steps += [str(row.detail) for row in plan]
    assert len(asked) > 4
    assert [step for step in steps if step.startswith("SCAN") and " INDEX ix_" not in step] == []


async def put(user: models.User, schedule: ScheduleView, *due: datetime, state: str = "ok") -> None:
    """Put runs into the database as they were left."""
    async with database.write() as session:
        for at in due:
            session.add(models.Occurrence(schedule_id=schedule.id, user_id=user.id, due_at=at, state=state))


async def test_runs_of_long_ago_and_all_but_the_newest_200_are_forgotten(ada: models.User, bob: models.User) -> None:
    often, rare, rested = await add(ada), await add(bob), await add(bob, title="Old")
    await put(ada, often, *[NOON - HOUR * number for number in range(230)])
    await put(ada, often, NOON - HOUR * 300, state="waiting")
    await put(bob, rare, NOON - 399 * DAY, NOON - 401 * DAY)
    await put(bob, rested, NOON - 500 * DAY, NOON - 800 * DAY)
    assert await occurrences.forget_old() == 30 + 1 + 1
    kept = await schedules.list_occurrences(user_id=ada.id, schedule_id=often.id, limit=500)
    assert (len(kept), kept[-1].state, kept[-2].due_at) == (201, "waiting", NOON - HOUR * 199)
    assert [run.due_at for run in await runs(bob, rare)] == [NOON - 399 * DAY]
    assert [run.due_at for run in await runs(bob, rested)] == [NOON - 500 * DAY]
    assert await occurrences.forget_old() == 0
