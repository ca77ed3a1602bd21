"""Runs what is due: some runs beside each other, each with a deadline, and none of them in the way of the tick."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
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

AT_ONCE = 8
# What is only computed waits for nobody: more of it at once would be no faster, and keep those who chat waiting.
_COMPUTED = frozenset({"summary", "review"})
_COMPUTED_AT_ONCE = 2
_GATHER_SECONDS = 0.1  # So long those that end gather, to be replaced by one claim together.
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
        self._computing = asyncio.Semaphore(_COMPUTED_AT_ONCE)
        self._starting: asyncio.Task[None] | None = None

    async def look(self, now: datetime) -> int:
        """Note what is due and begin to run it, beside all else; return of how many schedules something was due."""
        noted = await due_runs.note_due(now)
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._start_all())
        return noted

    async def idle(self) -> None:
        """Wait until nothing is running or about to."""
        while going := {task for task in (*self._going, self._starting) if task is not None and not task.done()}:
            await asyncio.wait(going)

    async def stop(self) -> None:
        """Stop all runs, and return them as not begun."""
        stopped = [(task, due) for task, due in self._going.items() if not task.done()]
        tasks = [task for task, _ in stopped] + ([self._starting] if self._starting else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _, due in stopped:
            try:
                await occurrences.give_back(due)
            except Exception:  # noqa: BLE001 - its lease runs out, and it is claimed again then
                _log.exception("give_back_failed", occurrence_id=due.occurrence_id)

    async def _start_all(self) -> None:
        """Claim and start runs until there is none left."""
        try:
            while claimed := await occurrences.claim(limit=AT_ONCE - len(self._going)):
                for due in claimed:
                    task = asyncio.create_task(self._run(due))
                    self._going[task] = due
                    task.add_done_callback(self._going.pop)
                await asyncio.wait(tuple(self._going), timeout=_GATHER_SECONDS)
                if len(self._going) == AT_ONCE:
                    await asyncio.wait(tuple(self._going), return_when=asyncio.FIRST_COMPLETED)
        except Exception:  # noqa: BLE001 - what is due stays due, and is claimed at the next look
            _log.exception("claim_failed")

    async def _run(self, due: Due) -> None:
        try:
            computed = due.kind in _COMPUTED and not due.data.get("model")
            async with self._computing if computed else contextlib.nullcontext():
                outcome = await self._make(due)
                if isinstance(outcome, Made):
                    await occurrences.finish(due, outcome)
                else:
                    await occurrences.fail(due, outcome)
        except Exception:  # noqa: BLE001 - a run that could not be ended is claimed again when its lease is over
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
