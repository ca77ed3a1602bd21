"""Runs beside each other: within a bound, with a deadline, and each told honestly."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from assistant_app import clock, models
from assistant_app.errors import ServiceUnavailableError
from assistant_app.jobs.schedules import AT_ONCE, RUNNERS, Runner, Runs
from assistant_app.services import inbox, schedules, tasks
from assistant_app.services.occurrences import Due, Made
from assistant_app.settings import get_settings
from tests.peers.openai_server import OpenAIServer

MODEL = "openai_compatible/plain"


@pytest.fixture
def short_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that are stopped at once."""
    monkeypatch.setattr(get_settings(), "job_seconds", 0.01)


async def make_due(user: models.User, count: int = 1, kind: schedules.Kind = "summary") -> list[str]:
    """Have some schedules run now."""
    ids: list[str] = []
    for _ in range(count):
        starts = datetime.fromisoformat("2026-11-24 07:00")
        schedule = await schedules.create_schedule(
            user_id=user.id, kind=kind, starts=starts, repeat="FREQ=DAILY", data={"prompt": "Go on."}
        )
        await schedules.run_now(user_id=user.id, schedule_id=schedule.id)
        ids.append(schedule.id)
    return ids


async def run_all(runs: Runs) -> None:
    """Run what is due, to the end."""
    await runs.look(clock.now())
    await runs.idle()


async def last_run(user: models.User, schedule_id: str) -> schedules.OccurrenceView:
    """Return the newest run of a schedule."""
    return (await schedules.list_occurrences(user_id=user.id, schedule_id=schedule_id))[0]


async def test_daily_summary_and_weekly_review_are_delivered(ada: models.User) -> None:
    await tasks.add_task(user_id=ada.id, title="buy *milk*", due=clock.now().date())
    await make_due(ada)
    review = await schedules.create_schedule(
        user_id=ada.id, kind="review", starts=datetime.fromisoformat("2026-11-24 07:00"), repeat="FREQ=WEEKLY"
    )
    await schedules.run_now(user_id=ada.id, schedule_id=review.id)
    await run_all(Runs())
    items = await inbox.list_items(user_id=ada.id)
    assert {item.kind for item in items} == {"summary"}
    assert len(items) == 2
    assert all("buy \\*milk\\*" in item.text for item in items)


async def test_summary_is_in_the_words_of_the_model_that_its_schedule_names(
    ada: models.User, provider: OpenAIServer
) -> None:
    provider.text = "Today the rent is due: pay rent."
    provider.tokens = len(provider.text.split())
    await tasks.add_task(user_id=ada.id, title="pay rent", due=clock.now().date())
    schedule = await schedules.create_schedule(
        user_id=ada.id, kind="summary", starts=datetime.fromisoformat("2026-11-24 07:00"), data={"model": MODEL}
    )
    await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
    await run_all(Runs())
    (item,) = await inbox.list_items(user_id=ada.id)
    assert item.text == provider.text
    provider.text = "Nothing today."
    await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
    await run_all(Runs())
    assert "pay rent" in (await inbox.list_items(user_id=ada.id))[0].text


async def test_every_kind_that_is_built_in_has_a_runner() -> None:
    assert RUNNERS.keys() >= {"summary", "review"}


async def test_runs_go_on_beside_each_other_up_to_a_bound(ada: models.User) -> None:
    going = most = 0

    async def slow(due: Due) -> Made:
        nonlocal going, most
        going += 1
        most = max(most, going)
        await asyncio.sleep(0.02)
        going -= 1
        return Made(state="ok", title="done")

    ids = await make_due(ada, 2 * AT_ONCE + 3, "prompt")
    runs = Runs({"prompt": Runner(slow)})
    await run_all(runs)
    assert most == AT_ONCE
    assert {(await last_run(ada, each)).state for each in ids} == {"ok"}


async def test_look_does_not_wait_for_what_runs(ada: models.User) -> None:
    go_on = asyncio.Event()

    async def held(due: Due) -> Made:
        await go_on.wait()
        return Made(state="ok", title="done")

    (schedule_id,) = await make_due(ada)
    runs = Runs({"summary": Runner(held)})
    await runs.look(clock.now())
    await runs.look(clock.now())
    go_on.set()
    await runs.idle()
    assert (await last_run(ada, schedule_id)).state == "ok"


async def test_summary_does_not_wait_for_models_that_are_slow(ada: models.User) -> None:
    go_on = asyncio.Event()

    async def asked(due: Due) -> Made:
        await go_on.wait()
        return Made(state="ok", title="done")

    async def computed(due: Due) -> Made:
        go_on.set()
        return Made(state="ok", title="done")

    ids = await make_due(ada, 2 * AT_ONCE, "prompt")
    ids += await make_due(ada)
    await run_all(Runs({"prompt": Runner(asked), "summary": Runner(computed)}))
    assert {(await last_run(ada, each)).state for each in ids} == {"ok"}


async def test_summaries_that_are_due_at_once_are_made_together(ada: models.User, bob: models.User) -> None:
    together: list[list[str]] = []

    async def alone(due: Due) -> Made:
        raise AssertionError

    async def made(runs: Sequence[Due]) -> Sequence[Made]:
        together.append([due.user_id for due in runs])
        return [Made(state="ok", title=f"for {due.user_id}", kind="summary") for due in runs]

    await make_due(ada, 2)
    await make_due(bob)
    await run_all(Runs({"summary": Runner(alone, made)}))
    assert [sorted(each) for each in together] == [sorted([ada.id, ada.id, bob.id])]
    for user, count in ((ada, 2), (bob, 1)):
        assert [item.title for item in await inbox.list_items(user_id=user.id)] == [f"for {user.id}"] * count


@pytest.mark.parametrize("way", ["raises", "hangs"])
async def test_one_run_that_breaks_does_not_take_along_those_that_are_made_with_it(
    ada: models.User, bob: models.User, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(get_settings(), "job_seconds", 0.2)

    async def alone(due: Due) -> Made:
        if due.user_id == bob.id:
            raise ServiceUnavailableError("Bob's calendar cannot be read.")
        return Made(state="ok", title="Your day", kind="summary")

    async def made(runs: Sequence[Due]) -> Sequence[Made]:
        if way == "hangs":
            await asyncio.Event().wait()
        raise RuntimeError

    (of_ada,), (of_bob,) = await make_due(ada), await make_due(bob)
    await run_all(Runs({"summary": Runner(alone, made)}))
    assert (await last_run(ada, of_ada)).state == "ok"
    failed = await last_run(bob, of_bob)
    assert (failed.state, failed.error) == ("due", "Bob's calendar cannot be read.")


async def test_summaries_that_a_model_words_are_bounded_like_prompts(ada: models.User) -> None:
    going = most = 0

    async def worded(due: Due) -> Made:
        nonlocal going, most
        going += 1
        most = max(most, going)
        await asyncio.sleep(0)
        going -= 1
        return Made(state="ok", title="done")

    starts = datetime.fromisoformat("2026-11-24 07:00")
    ids: list[str] = []
    for _ in range(2 * AT_ONCE):
        schedule = await schedules.create_schedule(
            user_id=ada.id, kind="summary", starts=starts, repeat="FREQ=DAILY", data={"model": MODEL}
        )
        await schedules.run_now(user_id=ada.id, schedule_id=schedule.id)
        ids.append(schedule.id)
    await run_all(Runs({"summary": Runner(worded)}))
    assert 1 < most <= AT_ONCE
    assert {(await last_run(ada, each)).state for each in ids} == {"ok"}


async def test_run_that_cannot_be_stored_does_not_keep_others_from_being_delivered(ada: models.User) -> None:
    ids = await make_due(ada, 3)

    async def computed(due: Due) -> Made:
        unwritable = {"when": clock.now()} if due.schedule_id == ids[1] else {}
        return Made(state="ok", title="done", data=unwritable)

    await run_all(Runs({"summary": Runner(computed)}))
    assert [(await last_run(ada, each)).state for each in ids] == ["ok", "running", "ok"]


async def test_run_that_takes_too_long_is_stopped(ada: models.User, short_deadline: None) -> None:
    async def endless(due: Due) -> Made:
        await asyncio.Event().wait()
        raise AssertionError

    (schedule_id,) = await make_due(ada)
    await run_all(Runs({"summary": Runner(endless)}))
    run = await last_run(ada, schedule_id)
    assert (run.state, run.retry_at is not None) == ("due", True)
    assert run.error.startswith("It was stopped after")


async def test_error_is_told_in_its_own_words_and_a_fault_is_not(ada: models.User) -> None:
    async def away(due: Due) -> Made:
        raise ServiceUnavailableError("The provider is down. Try again later.")

    async def broken(due: Due) -> Made:
        raise KeyError("secret")

    (first,) = await make_due(ada)
    await run_all(Runs({"summary": Runner(away)}))
    (second,) = await make_due(ada)
    await run_all(Runs({"summary": Runner(broken)}))
    assert (await last_run(ada, first)).error == "The provider is down. Try again later."
    assert (await last_run(ada, second)).error == "Something went wrong inside Steward, and its log says what."


async def test_kind_that_nobody_knows_fails_with_a_sentence(ada: models.User) -> None:
    (schedule_id,) = await make_due(ada)
    await run_all(Runs({}))
    assert "does not know how to run it" in (await last_run(ada, schedule_id)).error


async def test_stop_returns_what_was_running(ada: models.User) -> None:
    begun = asyncio.Event()

    async def endless(due: Due) -> Made:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    (schedule_id,) = await make_due(ada)
    runs = Runs({"summary": Runner(endless)})
    await runs.look(clock.now())
    await begun.wait()
    await runs.stop()
    assert (await last_run(ada, schedule_id)).state == "due"
    await run_all(Runs())
    assert (await last_run(ada, schedule_id)).state == "empty"
