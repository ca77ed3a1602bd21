"""What model calls cost: recorded one by one, read by day and by model."""

from dataclasses import dataclass
from datetime import date


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
    """All calls to one model in the time asked for; an empty `model` is the sum over all."""

    model: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None
    average_first_token_ms: int | None = None


@dataclass(frozen=True)
class UsageReport:
    """Usage for a chart (`days`, each day present once per used model) and a table (`models`, dearest first)."""

    days: tuple[DayUsage, ...]
    models: tuple[UsageTotal, ...]
    total: UsageTotal
    first_day: date
    last_day: date


async def record_usage(
    *,
    user_id: str,
    model: str,
    kind: str = "chat",
    conversation_id: str = "",
    prompt_tokens: int = 0,
    completion_tokens: int = 0,
    cost: float | None = None,
    first_token_ms: int | None = None,
    duration_ms: int = 0,
) -> None:
    """Keep what one model call used."""
    raise NotImplementedError(
        user_id, model, kind, conversation_id, prompt_tokens, completion_tokens, cost, first_token_ms, duration_ms
    )


async def usage_by_day(*, user_id: str, days: int = 30) -> UsageReport:
    """Sum up the last `days` days, today included, in the user's zone."""
    raise NotImplementedError(user_id, days)
