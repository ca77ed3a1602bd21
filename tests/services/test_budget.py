"""What Steward may spend by itself, by the months of the user's own zone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from assistant_app import bus, models
from assistant_app.errors import BudgetError, InvalidInputError
from assistant_app.repositories import database
from assistant_app.services import budget, due_runs, inbox, occurrences, providers, schedules, usage
from assistant_app.services.providers import Price
from tests.conftest import add_user


async def spend(user: models.User, at: datetime, cost: float | None, *, kind: str = "job") -> None:
    with time_machine.travel(at, tick=False):
        await usage.record_usage(user_id=user.id, model="x/m", kind=kind, schedule_id="sch_1", cost=cost)


async def read(user: models.User) -> budget.BudgetView:
    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False):
        return await budget.read_budget(user_id=user.id)


async def test_only_this_months_own_initiative_counts(ada: models.User) -> None:
    await spend(ada, datetime(2026, 10, 31, 23, 59, tzinfo=UTC), 1.0)
    await spend(ada, datetime(2026, 11, 1, tzinfo=UTC), 0.5)
    await spend(ada, datetime(2026, 11, 2, tzinfo=UTC), None)
    await spend(ada, datetime(2026, 11, 3, tzinfo=UTC), 2.0, kind="chat")
    found = await read(ada)
    assert (found.spent, [job.calls for job in found.jobs]) == (0.5, [2])


async def test_a_month_begins_at_the_users_own_midnight(db: object) -> None:
    far = await add_user("eve", zone="Pacific/Auckland")
    await spend(far, datetime(2026, 10, 31, 10, 59, tzinfo=UTC), 1.0)
    await spend(far, datetime(2026, 10, 31, 11, 0, tzinfo=UTC), 0.25)
    assert (await read(far)).spent == 0.25


async def test_five_dollars_hold_until_somebody_sets_a_budget(ada: models.User, bob: models.User) -> None:
    assert (await read(ada)).is_default
    await budget.set_budget(user_id=ada.id, amount=2.5)
    assert ((await read(ada)).budget, (await read(bob)).budget) == (2.5, budget.DEFAULT_BUDGET)
    await budget.set_budget(user_id=ada.id, amount=None)
    assert (await read(ada)).is_default


@pytest.mark.parametrize("amount", [-0.01, float("nan"), float("inf"), 10_001])
async def test_budget_that_is_none_is_refused(ada: models.User, amount: float) -> None:
    with pytest.raises(InvalidInputError, match="US dollars"):
        await budget.set_budget(user_id=ada.id, amount=amount)


async def test_run_is_refused_when_the_month_is_used_up_and_runs_again_in_the_next(
    ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providers, "price_of", _one_dollar)
    november, december = datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    await spend(ada, november, 4.9995)
    await _ask(ada, december)
    with pytest.raises(BudgetError, match=r"may spend \$5\.00 by itself in November"):
        await _ask(ada, november)
    (item,) = await inbox.list_items(user_id=ada.id)
    assert (item.kind, item.title) == ("error", "“Report” was paused, since it would cost too much")


async def _resting(user: models.User, at: datetime, **fields: Any) -> str:
    """Return a schedule whose next call the month's budget does not allow."""
    wanted: dict[str, Any] = {"kind": "prompt", "repeat": "FREQ=DAILY", "data": {"prompt": "News?"}} | fields
    with time_machine.travel(at, tick=False):
        starts = datetime.fromisoformat("2026-11-22T09:00")
        added = await schedules.create_schedule(user_id=user.id, starts=starts, **wanted)
        await budget.set_budget(user_id=user.id, amount=0)
        await _refused(user, added.id)
    return added.id


async def _refused(user: models.User, schedule_id: str) -> str:
    allowed = await budget.allowance(user_id=user.id, schedule_id=schedule_id, model="x/m")
    with pytest.raises(BudgetError) as refused:
        await allowed.require(prompt_tokens=1)
    return str(refused.value)


NOVEMBER = datetime(2026, 11, 21, tzinfo=UTC)


async def test_schedule_that_the_budget_stopped_goes_on_in_the_next_month(
    db: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providers, "price_of", _one_dollar)
    eve = await add_user("eve", zone="Pacific/Auckland")
    schedule_id = await _resting(eve, NOVEMBER)
    december = datetime(2026, 11, 30, 11, tzinfo=UTC)  # In Auckland it is midnight.
    assert await due_runs.next_due(NOVEMBER) == december
    with time_machine.travel(december - timedelta(seconds=1), tick=False) as traveller:
        await due_runs.note_due()
        rests = await schedules.get_schedule(user_id=eve.id, schedule_id=schedule_id)
        assert (rests.enabled, rests.rests_until, rests.next_at) == (False, december, None)
        assert "goes on by itself in December" in rests.paused_why
        (told,) = await inbox.list_items(user_id=eve.id)
        traveller.shift(timedelta(seconds=1))
        await due_runs.note_due()
        goes_on = await schedules.get_schedule(user_id=eve.id, schedule_id=schedule_id)
        assert (goes_on.enabled, goes_on.rests_until, goes_on.paused_why) == (True, None, "")
        assert goes_on.next_at is not None
        assert goes_on.next_at.isoformat() == "2026-12-01T09:00:00+13:00"
        assert (await inbox.get_item(user_id=eve.id, item_id=told.id)).state == "done"
        assert await occurrences.claim(limit=10) == []


async def test_schedule_that_its_owner_paused_does_not_go_on_in_the_next_month(
    ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providers, "price_of", _one_dollar)
    schedule_id = await _resting(ada, NOVEMBER)
    with time_machine.travel(NOVEMBER, tick=False):
        await schedules.pause_schedule(user_id=ada.id, schedule_id=schedule_id)
        assert "run it again" in await _refused(ada, schedule_id)  # It was run by hand.
    with time_machine.travel(datetime(2026, 12, 2, tzinfo=UTC), tick=False):
        await due_runs.note_due()
        paused = await schedules.get_schedule(user_id=ada.id, schedule_id=schedule_id)
    assert (paused.enabled, paused.rests_until, paused.paused_why) == (False, None, "")


async def test_higher_budget_lets_resting_schedules_go_on_at_once(
    ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providers, "price_of", _one_dollar)
    schedule_id = await _resting(ada, NOVEMBER)
    with time_machine.travel(NOVEMBER, tick=False), bus.subscribe(ada.id) as changes:
        await budget.set_budget(user_id=ada.id, amount=3)
        assert "schedules" in await changes.changes()
        await due_runs.note_due()
        view = await schedules.get_schedule(user_id=ada.id, schedule_id=schedule_id)
    assert (view.enabled, view.rests_until, await inbox.list_items(user_id=ada.id)) == (True, None, [])


async def test_question_that_comes_once_does_not_promise_to_go_on(
    ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providers, "price_of", _one_dollar)
    schedule_id = await _resting(ada, NOVEMBER, repeat="")
    view = await schedules.get_schedule(user_id=ada.id, schedule_id=schedule_id)
    assert (view.enabled, view.rests_until) == (False, None)
    assert "wait for December, then run it again" in view.paused_why


async def _one_dollar(**_: object) -> Price:
    return Price(0.0, 1.0)


async def _ask(user: models.User, at: datetime) -> None:
    schedule = models.Schedule(
        user_id=user.id, kind="prompt", title="Report", zone="UTC", starts=datetime.fromisoformat("2026-11-16T09:00")
    )
    async with database.write() as session:
        session.add(schedule)
    with time_machine.travel(at, tick=False):
        allowed = await budget.allowance(user_id=user.id, schedule_id=schedule.id, model="x/m")
        try:
            await allowed.require(prompt_tokens=1)
        finally:
            allowed.release()


async def test_another_users_schedule_is_neither_read_nor_paused(
    ada: models.User, bob: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providers, "price_of", _one_dollar)
    schedule = models.Schedule(
        user_id=ada.id, kind="prompt", title="Hers", zone="UTC", starts=datetime.fromisoformat("2026-11-16T09:00")
    )
    async with database.write() as session:
        session.add(schedule)
    await budget.set_budget(user_id=bob.id, amount=0)
    allowed = await budget.allowance(user_id=bob.id, schedule_id=schedule.id, model="x/m")
    with pytest.raises(BudgetError):
        await allowed.require(prompt_tokens=1)
    async with database.read() as session:
        found = await session.get(models.Schedule, schedule.id)
    assert allowed.title != "Hers"
    assert found is not None
    assert found.enabled


async def test_built_in_model_is_free_and_an_unknown_one_has_no_price(ada: models.User) -> None:
    assert await providers.price_of(user_id=ada.id, model="builtin") == providers.FREE
    assert await providers.price_of(user_id=ada.id, model="nobody/knows") is None


async def test_listed_model_has_its_price_and_an_own_server_none_to_pay(ada: models.User) -> None:
    await providers.add_provider(user_id=ada.id, kind="mistral", secret="abc")
    server = await providers.add_provider(user_id=ada.id, kind="ollama", base_url="http://127.0.0.1:9")
    models_ = await providers.list_models(user_id=ada.id)
    known = next(model for model in models_ if model.kind == "mistral" and model.input_price)
    price = await providers.price_of(user_id=ada.id, model=known.id)
    assert price is not None
    assert price.of(1_000_000, 0) == known.input_price
    assert await providers.price_of(user_id=ada.id, model=f"{server.id}/any") == providers.FREE
