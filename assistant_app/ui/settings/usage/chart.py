"""Figures for a bar chart and a table, as texts and heights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant_app.services.usage import DayUsage, UsageReport, UsageTotal, money

MEASURES = {"tokens": "Tokens", "calls": "Calls", "cost": "Cost"}
COLOURS = 6  # Further models share the last colour.


@dataclass(frozen=True)
class Segment:
    """What one model adds to a bar: its colour's number, and its height in percent of the chart."""

    colour: int
    height: float


@dataclass(frozen=True)
class Bar:
    """One day; `said` is what it stands for, in words."""

    day: str
    said: str
    segments: list[Segment]


@dataclass(frozen=True)
class UsageRow:
    """One model's line in the table."""

    model: str
    title: str
    colour: int
    calls: str
    prompt: str
    completion: str
    cost: str
    first_token: str


@dataclass(frozen=True)
class Chart:
    """All of it; `most` is what the top of the chart stands for, `said` the chart in a sentence."""

    bars: list[Bar]
    most: str
    first_day: str
    last_day: str
    said: str


def draw(report: UsageReport, measure: str) -> Chart:
    """Return the chart of a report."""
    days: dict[date, list[DayUsage]] = {}
    for entry in report.days:
        days.setdefault(entry.day, []).append(entry)
    sums = {day: sum(amount(entry, measure) for entry in entries) for day, entries in days.items()}
    most = max(sums.values(), default=0.0)
    colours = {total.model: min(number, COLOURS - 1) for number, total in enumerate(report.models)}
    bars = [_bar(day, entries, measure, colours, most) for day, entries in days.items()]
    busiest = max(sums, key=lambda day: sums[day], default=report.last_day)
    return Chart(
        bars=bars,
        most=as_text(most, measure),
        first_day=short_day(report.first_day),
        last_day=short_day(report.last_day),
        said=f"{MEASURES[measure]} a day from {short_day(report.first_day)} to {short_day(report.last_day)}; "
        f"most on {short_day(busiest)}, with {as_text(most, measure)}. The table has the sums.",
    )


def _bar(day: date, entries: Iterable[DayUsage], measure: str, colours: dict[str, int], most: float) -> Bar:
    used = [(entry.model, number) for entry in entries if (number := amount(entry, measure))]
    parts = [f"{title_of(model)} {as_text(number, measure)}" for model, number in used]
    heights = [0.0] * COLOURS
    for model, number in used:
        heights[colours[model]] += 100 * number / most
    return Bar(
        day=day.isoformat(),
        said=f"{short_day(day)}: {', '.join(parts) or 'nothing'}",
        segments=[Segment(colour, round(height, 2)) for colour, height in enumerate(heights) if height],
    )


def list_rows(totals: Sequence[UsageTotal]) -> list[UsageRow]:
    """Return the lines of the table."""
    return [row_of(total, min(number, COLOURS - 1)) for number, total in enumerate(totals)]


def row_of(total: UsageTotal, colour: int = 0) -> UsageRow:
    """Return one line; what is not known is a dash."""
    wait = total.average_first_token_ms
    return UsageRow(
        model=total.model,
        title=title_of(total.model),
        colour=colour,
        calls=f"{total.calls:,}",
        prompt=f"{total.prompt_tokens:,}",
        completion=f"{total.completion_tokens:,}",
        cost="—" if total.cost is None else money(total.cost),
        first_token="—" if wait is None else f"{wait} ms" if wait < 1000 else f"{wait / 1000:.1f} s",
    )


def amount(entry: DayUsage, measure: str) -> float:
    """Return what is measured of a day's use of a model."""
    if measure == "calls":
        return entry.calls
    return entry.cost or 0.0 if measure == "cost" else entry.prompt_tokens + entry.completion_tokens


def as_text(number: float, measure: str) -> str:
    """Return an amount as people write it."""
    if measure == "cost":
        return money(number)
    return f"{number:,.0f} {measure.removesuffix('s') if number == 1 else measure}"


def title_of(model: str) -> str:
    """Return how a model is called."""
    return "Built-in assistant" if model == "builtin" else model.rpartition("/")[2]


def short_day(day: date) -> str:
    """Return a day in few letters."""
    return f"{day.day} {day:%b}"
