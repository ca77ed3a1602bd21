"""What model calls cost: recorded one by one, read by day and by model."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant_app import bus, clock
from assistant_app.errors import NotFoundError
from assistant_app.models import Usage
from assistant_app.repositories import database
from assistant_app.repositories import usage as rows

TOPIC = "usage"


@dataclass(frozen=True)
class DayUsage:
    """The calls of one day in the user's zone to one model; `cost` is None where no price is known."""

    day: date
    model: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None


@dataclass(frozen=True)
class UsageTotal:
    """All calls to one model in the time asked for; an empty `model` is the sum over all.

    `cost` sums the calls with a known price, None if there is none; `unpriced_calls` counts the others.
    """

    model: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None
    unpriced_calls: int = 0
    average_first_token_ms: int | None = None


@dataclass(frozen=True)
class UsageReport:
    """Usage for a chart and a table.

    `days` has a row for each used model on each day from `first_day` to `last_day`, zeros where nothing was used, so
    that a chart can draw it as it is; `models` has the dearest first, and then the one with most tokens.
    """

    days: tuple[DayUsage, ...]
    models: tuple[UsageTotal, ...]
    total: UsageTotal
    first_day: date
    last_day: date


async def record_usage(  # noqa: PLR0913 - one argument per column
    *,
    user_id: str,
    model: str,
    kind: str = "chat",
    schedule_id: str = "",
    conversation_id: str = "",
    prompt_tokens: int = 0,
    completion_tokens: int = 0,
    cost: float | None = None,
    first_token_ms: int | None = None,
    duration_ms: int = 0,
) -> None:
    """Keep what one model call used."""
    async with database.write() as session:
        session.add(
            Usage(
                user_id=user_id,
                model=model,
                kind=kind,
                schedule_id=schedule_id,
                conversation_id=conversation_id,
                prompt_tokens=prompt_tokens,
                completion_tokens=completion_tokens,
                cost=cost,
                first_token_ms=first_token_ms,
                duration_ms=duration_ms,
            )
        )
    bus.publish(user_id, TOPIC)


async def usage_by_day(*, user_id: str, days: int = 30) -> UsageReport:
    """Sum up the last `days` days, today included, in the user's zone."""
    async with database.read() as session:
        name = await rows.find_zone(session, user_id=user_id)
        if name is None:
            raise NotFoundError("This account does not exist any more.")
        zone = ZoneInfo(name)
        last_day = clock.local_now(name).date()
        first_day = last_day - timedelta(days=max(1, days) - 1)
        since = datetime.combine(first_day, datetime.min.time(), zone).astimezone(UTC)
        calls = await rows.list_usage(session, user_id=user_id, since=since)
    by_model: defaultdict[str, list[Usage]] = defaultdict(list)
    by_day: defaultdict[tuple[date, str], list[Usage]] = defaultdict(list)
    for call in calls:
        by_model[call.model].append(call)
        by_day[call.created_at.astimezone(zone).date(), call.model].append(call)
    totals = sorted((_total(model, its) for model, its in by_model.items()), key=_dearest_first)
    every_day = [first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1)]
    return UsageReport(
        days=tuple(_day(day, total.model, by_day[day, total.model]) for day in every_day for total in totals),
        models=tuple(totals),
        total=_total("", calls),
        first_day=first_day,
        last_day=last_day,
    )


def _day(day: date, model: str, calls: Sequence[Usage]) -> DayUsage:
    total = _total(model, calls)
    return DayUsage(day, model, total.calls, total.prompt_tokens, total.completion_tokens, total.cost)


def _total(model: str, calls: Sequence[Usage]) -> UsageTotal:
    costs = [call.cost for call in calls if call.cost is not None]
    waits = [call.first_token_ms for call in calls if call.first_token_ms is not None]
    return UsageTotal(
        model=model,
        calls=len(calls),
        prompt_tokens=sum(call.prompt_tokens for call in calls),
        completion_tokens=sum(call.completion_tokens for call in calls),
        cost=sum(costs) if costs else None,
        unpriced_calls=len(calls) - len(costs),
        average_first_token_ms=round(sum(waits) / len(waits)) if waits else None,
    )


def _dearest_first(total: UsageTotal) -> tuple[float, int, str]:
    return (-(total.cost or 0.0), -(total.prompt_tokens + total.completion_tokens), total.model)
