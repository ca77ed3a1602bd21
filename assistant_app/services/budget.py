"""What Steward may spend by itself: so much a month, so much a run, and nothing whose price is unknown."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant_app import bus, clock
from assistant_app.errors import BudgetError, InvalidInputError
from assistant_app.llm.catalog import title_of
from assistant_app.repositories import accounts, database
from assistant_app.repositories import initiative as queries
from assistant_app.services import inbox_items, providers, usage
from assistant_app.services.providers import FREE, Price
from assistant_app.services.task_views import quoted
from assistant_app.services.usage import money
from assistant_app.settings import get_settings

DEFAULT_BUDGET = 5.0  # US dollars a month, of who has not set another one.
ANSWER_TOKENS = 1_000  # How long an answer is taken to be before it is there.
_MOST_BUDGET = 10_000.0
_UNPRICED = (
    "Steward does not know what {model} costs, so it does not ask it by itself. Give the schedule “{it}” a model with "
    "a known price or one on a server of your own, then resume it."
)
_OVER_CAP = (
    "One run of “{it}” would cost about {cost}, and it may cost {cap}. Raise that limit, or start its chat anew to "
    "have less to read, then resume the schedule."
)
_CAP_REACHED = (
    "This run of “{it}” has cost {cost}, and one may cost {cap}, so it was stopped here. "
    "What the cards above say is done."
)
_OVER_BUDGET = (
    "Steward may spend {budget} by itself in {month}, and has spent {spent}. The next step of “{it}” would cost about "
    "{cost}."
)
_GOES_ON = " The schedule goes on by itself in {next_month}, or as soon as you raise the budget under Settings > Usage."
_RUN_AGAIN = " Raise the budget under Settings > Usage or wait for {next_month}, then run it again."

# What calls that go on now are expected to cost, by user and by whoever makes the call.
_pledged: dict[str, dict[int, float]] = {}


@dataclass(frozen=True)
class JobCost:
    """What one schedule has cost this month; a `title` is empty if it was deleted."""

    schedule_id: str
    title: str
    calls: int
    cost: float


@dataclass(frozen=True)
class BudgetView:
    """A month of Steward's own initiative, in US dollars; `is_default` if the person has set no budget."""

    month: date
    budget: float
    is_default: bool
    spent: float
    jobs: tuple[JobCost, ...]

    @property
    def next_month(self) -> date:
        """The first day on which nothing is spent yet."""
        return (self.month + timedelta(days=31)).replace(day=1)


async def read_budget(*, user_id: str) -> BudgetView:
    """Return what holds and what was spent this month, in the user's zone."""
    async with database.read() as session:
        user = await accounts.get_user(session, user_id=user_id)
        spent = await queries.list_spent(session, user_id=user_id, since=_month_start(user.zone))
        titles = await queries.list_titles(session, user_id=user_id, schedule_ids=[one.schedule_id for one in spent])
    return BudgetView(
        month=clock.local_now(user.zone).date().replace(day=1),
        budget=_budget(user.monthly_budget),
        is_default=user.monthly_budget is None,
        spent=sum(one.cost for one in spent),
        jobs=tuple(JobCost(one.schedule_id, titles.get(one.schedule_id, ""), one.calls, one.cost) for one in spent),
    )


async def set_budget(*, user_id: str, amount: float | None) -> BudgetView:
    """Set the most that may be spent in a month; None for the default, 0 for nothing at all.

    With more than before, the schedules go on that rest until the next month.
    """
    if amount is not None and not (math.isfinite(amount) and 0 <= amount <= _MOST_BUDGET):
        raise InvalidInputError(f"A budget is a number of US dollars from 0 to {_MOST_BUDGET:,.0f}, such as 5 or 2.50.")
    async with database.write() as session:
        user = await accounts.get_user(session, user_id=user_id)
        is_more = _budget(amount) > _budget(user.monthly_budget)
        user.monthly_budget = amount
        goes_on = is_more and await queries.end_rests(session, user_id=user_id, at=clock.now())
    if goes_on:
        bus.publish(user_id, "schedules")
    bus.publish(user_id, usage.TOPIC)
    return await read_budget(user_id=user_id)


@dataclass
class Allowance:
    """What one run of a schedule may spend: `cap` for itself, of which `before` is gone, within the month's budget.

    A schedule that can do without the model, or that its owner has paused, does not rest when it may not be asked.
    """

    user_id: str
    schedule_id: str
    title: str
    model: str
    price: Price | None
    cap: float
    before: float = 0.0
    rests: bool = True
    repeats: bool = True

    async def require(self, *, prompt_tokens: int, spent: float = 0.0) -> None:
        """Refuse the next call of the model, as a BudgetError, if it would cost more than it may.

        The schedule then rests and its owner is told, unless the run had begun within its cap. `spent` is what the run
        has spent since it began or went on.
        """
        if self.price == FREE:
            return
        if self.price is None:
            raise await self._refuse(f"price:{self.model}", _UNPRICED.format(model=title_of(self.model), it=self.title))
        expected = self.price.of(prompt_tokens, ANSWER_TOKENS)
        gone = self.before + spent
        if gone and gone + expected > self.cap:
            raise BudgetError(_CAP_REACHED.format(it=self.title, cost=money(gone), cap=money(self.cap)))
        if expected > self.cap:
            said = _OVER_CAP.format(it=self.title, cost=money(expected), cap=money(self.cap))
            raise await self._refuse(f"cap:{self.cap:.2f}", said)
        others = dict(self._others())
        month = await read_budget(user_id=self.user_id)
        others |= self._others()  # Who has ended its call while we looked may not have been counted yet.
        if month.spent + sum(others.values()) + expected > month.budget:
            said = _OVER_BUDGET.format(
                it=self.title,
                month=f"{month.month:%B}",
                budget=money(month.budget),
                spent=money(month.spent),
                cost=money(expected),
            )
            goes_on = self.rests and self.repeats
            said += (_GOES_ON if goes_on else _RUN_AGAIN).format(next_month=f"{month.next_month:%B}")
            until = month.next_month if goes_on else None
            raise await self._refuse(f"budget:{month.budget:.2f}", said, until=until)
        _pledged.setdefault(self.user_id, {})[id(self)] = expected

    def release(self) -> None:
        """Note that no call goes on any more: what it cost is written down."""
        pledged = _pledged.get(self.user_id, {})
        pledged.pop(id(self), None)
        if not pledged:
            _pledged.pop(self.user_id, None)

    def _others(self) -> dict[int, float]:
        return {key: cost for key, cost in _pledged.get(self.user_id, {}).items() if key != id(self)}

    async def _refuse(self, limit: str, sentence: str, *, until: date | None = None) -> BudgetError:
        """Pause the schedule if it `rests` then, until a day if one is given; tell its owner once a month and limit."""
        if not self.rests:
            return BudgetError(sentence)
        async with database.write() as session:
            user = await accounts.get_user(session, user_id=self.user_id)
            await queries.pause_schedule(
                session,
                user_id=self.user_id,
                schedule_id=self.schedule_id,
                why=sentence,
                until=_midnight(until, user.zone) if until else None,
                moment=clock.now(),
            )
            await inbox_items.put_item(
                session,
                inbox_items.Matter(
                    user_id=self.user_id,
                    kind="error",
                    key=f"{inbox_items.SPEND}{clock.local_now(user.zone):%Y-%m}:{self.schedule_id}:{limit}",
                    title=f"{quoted(self.title)} was paused, since it would cost too much",
                    text=sentence,
                    why="Steward looks at the price before it asks a model by itself.",
                    subject_id=self.schedule_id,
                    data={"schedule_id": self.schedule_id},
                ),
            )
        for topic in (inbox_items.TOPIC, "schedules"):
            bus.publish(self.user_id, topic)
        return BudgetError(sentence)


async def allowance(
    *,
    user_id: str,
    schedule_id: str,
    model: str,
    most_cost: float | None = None,
    message_id: str = "",
    rests: bool = True,
) -> Allowance:
    """Return what a run may spend: as much as its schedule may, or `most_cost` if that is less.

    `message_id` names the answer that it goes on with, if there is one.
    """
    async with database.read() as session:
        schedule = await queries.find_schedule(session, user_id=user_id, schedule_id=schedule_id)
        before = await queries.find_cost(session, user_id=user_id, message_id=message_id) if message_id else 0.0
    caps = (get_settings().most_cost_per_answer, most_cost, schedule.most_cost if schedule else None)
    return Allowance(
        user_id=user_id,
        schedule_id=schedule_id,
        title=schedule.title if schedule else "A schedule that was deleted",
        model=model,
        price=await providers.price_of(user_id=user_id, model=model),
        cap=min(cap for cap in caps if cap is not None),
        before=before,
        rests=rests and (schedule is None or schedule.enabled),
        repeats=bool(schedule and schedule.repeat),
    )


def _budget(chosen: float | None) -> float:
    return DEFAULT_BUDGET if chosen is None else chosen


def _month_start(zone: str) -> datetime:
    return _midnight(clock.local_now(zone).date().replace(day=1), zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
