"""Runs what is due: some runs beside each other, each with a deadline, and none of them in the way of the tick."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

import structlog

from assistant_app import clock
from assistant_app.agent import unattended, wording
from assistant_app.errors import StewardError
from assistant_app.services import due_runs, occurrences, summaries
from assistant_app.services.grouping import grouped
from assistant_app.services.occurrences import Due, Made
from assistant_app.services.summaries import Brief
from assistant_app.services.task_views import counted

AT_ONCE = 8  # Of those that ask a model.
_BATCH = 16
_GATHER_SECONDS = 0.5  # So long what was made waits for others, to be delivered together with them.
_BROKEN = "Something went wrong inside Steward, and its log says what."
_log = structlog.get_logger("steward.jobs")


@dataclass(frozen=True)
class Runner:
    """How a kind of schedule is run: one at a time, and if that is faster also several that began at one moment.

    What several made is in the order of the runs.
    """

    run: Callable[[Due], Awaitable[Made]]
    together: Callable[[Sequence[Due]], Awaitable[Sequence[Made]]] | None = None


async def daily_summary(due: Due) -> Made:
    """Sum up the day."""
    return await _made(due, await summaries.daily_summary(user_id=due.user_id, at=due.started_at))


async def daily_summaries(runs: Sequence[Due]) -> Sequence[Made]:
    """Sum up the day for many people."""
    briefs = await summaries.daily_summaries(user_ids={due.user_id for due in runs}, at=runs[0].started_at)
    return [_told(briefs[due.user_id]) for due in runs]


async def weekly_review(due: Due) -> Made:
    """Look back on the week, and ahead."""
    return await _made(due, await summaries.weekly_review(user_id=due.user_id, at=due.started_at))


async def weekly_reviews(runs: Sequence[Due]) -> Sequence[Made]:
    """Look back on the week of many people, and ahead."""
    briefs = await summaries.weekly_reviews(user_ids={due.user_id for due in runs}, at=runs[0].started_at)
    return [_told(briefs[due.user_id]) for due in runs]


async def prompt(due: Due) -> Made:
    """Ask a model what its schedule wants to know."""
    return await unattended.run_prompt(
        user_id=due.user_id,
        schedule_id=due.schedule_id,
        conversation_id=due.conversation_id,
        prompt=str(due.data.get("prompt", "")),
        model=str(due.data.get("model", "")),
        most_cost=due.most_cost,
    )


async def _made(due: Due, brief: Brief) -> Made:
    """Return a brief as what a run made, in the words of the model that its schedule names, if it names one."""
    told = _told(brief)
    if not (model := str(due.data.get("model", ""))):
        return told
    text, cost = await wording.word_brief(
        user_id=due.user_id, brief=brief, model=model, most_cost=due.most_cost, schedule_id=due.schedule_id
    )
    return replace(told, text=text, cost=cost)


def _told(brief: Brief) -> Made:
    """Return a brief as what a run made, in its own words."""
    state = "empty" if brief.empty else "ok"
    return Made(state=state, title=brief.title, text=brief.text, data=brief.data, kind="summary")


RUNNERS: Mapping[str, Runner] = MappingProxyType(
    {
        "summary": Runner(daily_summary, daily_summaries),
        "review": Runner(weekly_review, weekly_reviews),
        "prompt": Runner(prompt),
    }
)


class Runs:
    """The runs that go on in this process."""

    def __init__(self, runners: Mapping[str, Runner] = RUNNERS) -> None:
        """Begin with none."""
        self._runners = runners
        self._going: dict[asyncio.Task[None], Due] = {}
        self._computing: list[Due] = []
        self._starting: asyncio.Task[None] | None = None
        self._again = False

    async def look(self, now: datetime) -> int:
        """Note what is due and begin to run it, beside all else; return of how many schedules something was due."""
        noted = await due_runs.note_due(now)
        self._start()
        return noted

    async def idle(self) -> None:
        """Wait until nothing is running or about to."""
        while going := {task for task in (*self._going, self._starting) if task is not None and not task.done()}:
            await asyncio.wait(going)

    async def stop(self) -> None:
        """Stop all runs, and return them as not begun."""
        stopped, tasks = [*self._going.values(), *self._computing], [*self._going]
        self._going, self._computing, self._again = {}, [], False
        if self._starting is not None:
            tasks.append(self._starting)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for due in stopped:
            try:
                await occurrences.give_back(due)
            except Exception:  # noqa: BLE001 - its lease runs out, and it is claimed again then
                _log.exception("give_back_failed", occurrence_id=due.occurrence_id)

    def _start(self) -> None:
        """Have what can be claimed be claimed, now or as soon as what is being claimed is."""
        self._again = True
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._start_all())

    async def _start_all(self) -> None:
        """Claim and start runs until there is none left that may begin."""
        while self._again:
            self._again = False
            try:
                while claimed := await occurrences.claim(limit=_BATCH, most_asking=AT_ONCE - len(self._going)):
                    for due in claimed:
                        if due.asks_model:
                            self._begin(due)
                    await self._compute([due for due in claimed if not due.asks_model])
            except Exception:  # noqa: BLE001 - what is due stays due, and is claimed at the next look
                _log.exception("claim_failed")

    def _begin(self, due: Due) -> None:
        """Make a run beside all others; once it has ended, there is room for another one."""

        def over(task: asyncio.Task[None]) -> None:
            if self._going.pop(task, None) is not None:
                self._start()

        task = asyncio.create_task(self._run(due))
        self._going[task] = due
        task.add_done_callback(over)

    async def _run(self, due: Due) -> None:
        await self._end([(due, await self._make(due))])

    async def _compute(self, batch: Sequence[Due]) -> None:
        """Make runs that wait for nobody: together those that can be, and else one after another.

        At once they would be no faster, and hold up all else.
        """
        self._computing = list(batch)
        for group in grouped(batch, lambda due: f"{due.kind} {due.started_at}").values():
            made = await self._make_together(group)
            if made is None:
                await self._compute_each(group)
            else:
                await self._end([*zip(group, made, strict=True)])
        self._computing = []

    async def _compute_each(self, group: Iterable[Due]) -> None:
        made: list[tuple[Due, Made | str]] = []
        begun = clock.monotonic()
        for due in group:
            made.append((due, await self._make(due)))
            if clock.monotonic() - begun >= _GATHER_SECONDS:
                await self._end(made)
                made, begun = [], clock.monotonic()
        await self._end(made)

    async def _end(self, outcomes: Sequence[tuple[Due, Made | str]]) -> None:
        """Deliver what runs made, together if that works; what could not be ended is claimed again after its lease."""
        made = [(due, outcome) for due, outcome in outcomes if isinstance(outcome, Made)]
        try:
            await occurrences.finish_all(made)
        except Exception:  # noqa: BLE001 - one that cannot be stored must not take the others with it
            _log.exception("runs_not_ended", occurrence_ids=[due.occurrence_id for due, _ in made])
            if len(made) > 1:
                for each in made:
                    await self._end([each])
        for due, outcome in outcomes:
            if isinstance(outcome, str):
                await self._fail(due, outcome)

    async def _fail(self, due: Due, error: str) -> None:
        try:
            await occurrences.fail(due, error)
        except Exception:  # noqa: BLE001 - it is claimed again when its lease is over
            _log.exception("run_not_ended", occurrence_id=due.occurrence_id)

    async def _make_together(self, group: Sequence[Due]) -> Sequence[Made] | None:
        """Return what runs of one kind made, or nothing if one of them is in the way of the others."""
        runner = self._runners.get(group[0].kind)
        if runner is None or runner.together is None:
            return None
        try:
            async with asyncio.timeout(min(due.seconds for due in group)):
                return await runner.together(group)
        except Exception as error:  # noqa: BLE001 - each of them is made by itself then, and its failure is its own
            _log.info("runs_not_made_together", kind=group[0].kind, error=type(error).__name__)
            return None

    async def _make(self, due: Due) -> Made | str:
        """Return what the run made, or the sentence that says why it failed."""
        runner = self._runners.get(due.kind)
        if runner is None:
            return "This Steward does not know how to run it. Update Steward, or delete the schedule."
        started = clock.monotonic()
        try:
            async with asyncio.timeout(due.seconds):
                return await runner.run(due)
        except TimeoutError:
            return (
                f"It was stopped after {counted(round(clock.monotonic() - started), 'second')}, the most it may take."
            )
        except StewardError as error:
            return str(error)
        except Exception:  # noqa: BLE001 - whatever a job breaks with is told to its owner, and logged
            _log.exception("run_broke", occurrence_id=due.occurrence_id)
            return _BROKEN
