"""Usage is summed up by the days of the user's own zone."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from assistant_app import bus, models
from assistant_app.errors import NotFoundError
from assistant_app.services import usage
from tests.conftest import add_user


async def record(user: models.User, at: datetime, model: str = "m", **fields: float) -> None:
    with time_machine.travel(at, tick=False):
        await usage.record_usage(user_id=user.id, model=model, **fields)  # type: ignore[arg-type] - a test's shorthand


async def report(user: models.User, days: int = 3) -> usage.UsageReport:
    with time_machine.travel(datetime(2026, 11, 21, 12, 0, tzinfo=UTC), tick=False):
        return await usage.usage_by_day(user_id=user.id, days=days)


async def test_calls_are_summed_by_day_and_by_model(ada: models.User) -> None:
    day = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    await record(ada, day, "cheap", prompt_tokens=10, completion_tokens=5, cost=0.5, first_token_ms=100)
    await record(ada, day, "cheap", prompt_tokens=1, completion_tokens=1, cost=0.25, first_token_ms=300)
    await record(ada, day, "dear", prompt_tokens=2, completion_tokens=2, cost=3.0)
    found = await report(ada)
    assert (found.first_day, found.last_day) == (date(2026, 11, 19), date(2026, 11, 21))
    assert [(total.model, total.calls, total.cost) for total in found.models] == [("dear", 1, 3.0), ("cheap", 2, 0.75)]
    assert found.models[1].average_first_token_ms == 200
    assert (found.total.prompt_tokens, found.total.completion_tokens, found.total.cost) == (13, 8, 3.75)
    used = [(row.day, row.model, row.prompt_tokens) for row in found.days if row.calls]
    assert used == [(date(2026, 11, 20), "dear", 2), (date(2026, 11, 20), "cheap", 11)]
    assert len(found.days) == 6  # Three days of two models, the empty ones included.


async def test_a_day_is_one_of_the_users_zone(db: object) -> None:
    far = await add_user("eve", zone="Pacific/Auckland")
    await record(far, datetime(2026, 11, 20, 23, 0, tzinfo=UTC), prompt_tokens=1)
    [row] = [row for row in (await report(far)).days if row.calls]
    assert row.day == date(2026, 11, 21)


async def test_the_first_day_counts_from_its_midnight(db: object) -> None:
    far = await add_user("eve", zone="America/New_York")
    await record(far, datetime(2026, 11, 19, 4, 59, tzinfo=UTC))  # Still the 18th in New York.
    await record(far, datetime(2026, 11, 19, 5, 0, tzinfo=UTC))
    assert (await report(far)).total.calls == 1


async def test_an_unknown_price_is_not_nothing(ada: models.User) -> None:
    await record(ada, datetime(2026, 11, 21, 10, 0, tzinfo=UTC), "local")
    assert (await report(ada)).total.cost is None
    await record(ada, datetime(2026, 11, 21, 10, 0, tzinfo=UTC), "priced", cost=0.5)
    total = (await report(ada)).total
    assert (total.cost, total.unpriced_calls) == (0.5, 1)


async def test_usage_is_ones_own(ada: models.User, bob: models.User) -> None:
    await record(ada, datetime(2026, 11, 21, 10, 0, tzinfo=UTC), prompt_tokens=1)
    found = await report(bob)
    assert found.models == ()
    assert found.total.calls == 0


async def test_nothing_used_is_an_empty_report(ada: models.User) -> None:
    found = await report(ada, days=30)
    assert found.days == ()
    assert (found.last_day - found.first_day).days == 29


async def test_recording_tells_open_pages(ada: models.User) -> None:
    with bus.subscribe(ada.id) as subscription:
        await usage.record_usage(user_id=ada.id, model="m")
        assert await subscription.changes() == {"usage"}


async def test_a_missing_account_is_not_found(db: object) -> None:
    with pytest.raises(NotFoundError):
        await usage.usage_by_day(user_id="usr_nobody")
