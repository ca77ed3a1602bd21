"""Runs what is due: some runs beside each other, each with a deadline, and none of them in the way of the tick."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import structlog

from assistant_app import clock
from assistant_app.agent import unattended, wording
from assistant_app.errors import StewardError
from assistant_app.services import due_runs, occurrences, summaries
from assistant_app.services.occurrences import Due, Made
from assistant_app.services.summaries import Brief
from assistant_app.services.task_views import counted

AT_ONCE = 8  # Of those that ask a model.
_BATCH = 16
_GATHER_SECONDS = 0.5  # So long what was made waits for others, to be delivered together with them.
_BROKEN = "Something went wrong inside Steward, and its log says what."
_log = structlog.get_logger("steward.jobs")

Runner = Callable[[Due], Awaitable[Made]]


async def daily_summary(due: Due) -> Made:
    """Sum up the day."""
    return await _made(due, await summaries.daily_summary(user_id=due.user_id, at=due.started_at))


async def weekly_review(due: Due) -> Made:
    """Look back on the week, and ahead."""
    return await _made(due, await summaries.weekly_review(user_id=due.user_id, at=due.started_at))


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
    text, cost = brief.text, 0.0
    if model := str(due.data.get("model", "")):
        text, cost = await wording.word_brief(
            user_id=due.user_id, brief=brief, model=model, most_cost=due.most_cost, schedule_id=due.schedule_id
        )
    state = "empty" if brief.empty else "ok"
    return Made(state=state, title=brief.title, text=text, data=brief.data, cost=cost, kind="summary")


RUNNERS: Mapping[str, Runner] = MappingProxyType(
    {
        "summary": daily_summary,
        "review": weekly_review,
        "prompt": prompt,
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
        """Make runs that wait for nobody one after another: at once they would be no faster, and hold up all else."""
        self._computing = list(batch)
        made: list[tuple[Due, Made | str]] = []
        begun = clock.monotonic()
        for place, due in enumerate(batch, 1):
            made.append((due, await self._make(due)))
            if place == len(batch) or clock.monotonic() - begun >= _GATHER_SECONDS:
                await self._end(made)
                made, begun = [], clock.monotonic()
        self._computing = []

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

    async def _make(self, due: Due) -> Made | str:
        """Return what the run made, or the sentence that says why it failed."""
        runner = self._runners.get(due.kind)
        if runner is None:
            return "This Steward does not know how to run it. Update Steward, or delete the schedule."
        started = clock.monotonic()
        try:
            async with asyncio.timeout(due.seconds):
                return await runner(due)
        except TimeoutError:
            return (
                f"It was stopped after {counted(round(clock.monotonic() - started), 'second')}, the most it may take."
            )
        except StewardError as error:
            return str(error)
        except Exception:  # noqa: BLE001 - whatever a job breaks with is told to its owner, and logged
            _log.exception("run_broke", occurrence_id=due.occurrence_id)
            return _BROKEN
