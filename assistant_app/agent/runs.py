"""Who owns the answers that are being written: this process, not a tab.

A run goes on whether anybody watches or not. Tabs read its text from here as it grows; the database gets it at least
every half second and at the end.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import aclosing, suppress
from itertools import chain, repeat
from typing import Literal

import structlog

from assistant_app import bus
from assistant_app.agent import decisions, titles, turn
from assistant_app.agent.history import messages_of
from assistant_app.agent.turn import CallBegun, CallMade, Event, Place
from assistant_app.errors import ConflictError, ModelCutError, ModelError, NotFoundError, StewardError
from assistant_app.llm.base import Decided, Finished, ReasoningDelta, TextDelta
from assistant_app.services import accounts, budget, providers, settling
from assistant_app.services.answers import EndStatus
from assistant_app.services.budget import Allowance
from assistant_app.services.transcripts import Transcript
from assistant_app.services.views import RunStart, Turn

_SAVE_EVERY = 0.4  # Seconds; with the time a save takes, no more than half a second of text is ever unsaved.
_STORE_AGAIN = (0.2, 1.0, 5.0, 15.0)  # Seconds before an end that could not be stored is tried again; then the last.
_STOP_WITHIN = 5.0  # Seconds; a database that does not answer must not keep a page, or the end of the process, waiting.
_MOST_CHARS = 500_000
_MOST_AT_ONCE = 50  # Of one person: each may cost money.
_LENGTH_NOTE = "The answer reached the model's limit of length. Continue to have it go on."
_ENDLESS = "The answer of {who} is longer than Steward keeps, so it was ended here."
_BROKEN = "Something went wrong inside Steward, and the server's log has the details. Try again."

_log = structlog.get_logger("steward.run")


class LiveRun:
    """One answer while it is being written; `text` and `reasoning` only ever grow."""

    def __init__(self, start: RunStart) -> None:
        """Start from the text that is there already, if the answer is being continued."""
        self.start = start
        self.transcript = Transcript(start)
        self.text = start.text
        self.reasoning = start.reasoning
        self.status: EndStatus | Literal["running"] = "running"
        self.doing = ""
        self.suggestions: tuple[str, ...] = ()
        self.error = ""
        self.error_kind = ""
        self.failure: StewardError | None = None
        self.waits = False
        self.cost = 0.0
        self.on_cancel: EndStatus = "stopped"
        self.closing = asyncio.Event()
        self.writing: asyncio.Task[None] = asyncio.create_task(_write(self), name=f"write {start.run_id}")
        self.task: asyncio.Task[None] = asyncio.create_task(_own(self), name=f"run {start.run_id}")

    @property
    def topic(self) -> str:
        """What tabs that show the conversation listen to."""
        return run_topic(self.start.conversation_id)

    def take(self, event: Event) -> None:
        """Add what the turn brings."""
        if isinstance(event, TextDelta):
            self.text += event.text
        elif isinstance(event, ReasoningDelta):
            self.reasoning += event.text
        elif isinstance(event, CallBegun):
            self.doing = event.title
        elif isinstance(event, CallMade):
            self.doing = ""
            self.waits = self.waits or event.call.status == "waiting"
        elif isinstance(event, Finished):
            self.suggestions = event.suggestions
            self.cost += event.cost or 0.0

    def cancel(self) -> None:
        """End the writing, once: whoever asks again must not disturb how the end is stored."""
        if not self.writing.cancelling():
            self.writing.cancel()

    def fail(self, error: StewardError) -> None:
        """Note the sentence that the thread will show."""
        self.failure, self.error, self.error_kind = error, str(error), type(error).__name__


_live: dict[str, LiveRun] = {}
_titles: set[asyncio.Task[None]] = set()


def run_topic(conversation_id: str) -> str:
    """Return the topic that tells of new text in a conversation."""
    return f"run:{conversation_id}"


def end_topic(conversation_id: str) -> str:
    """Return the topic that tells, before it is stored, that an answer has ended."""
    return f"end:{conversation_id}"


def start(run_start: RunStart) -> LiveRun:
    """Write the answer that a service has begun, in a task of its own."""
    run = _live[run_start.conversation_id] = LiveRun(run_start)
    return run


def require_room(user_id: str) -> None:
    """Refuse one more answer to a person who has as many being written as one can follow."""
    if sum(run.start.user_id == user_id for run in _live.values()) >= _MOST_AT_ONCE:
        raise ConflictError(f"{_MOST_AT_ONCE} answers are being written for you. Wait for one, or stop one.")


def find(*, user_id: str, conversation_id: str) -> LiveRun | None:
    """Return the run of a user's conversation, if one is going on."""
    run = _live.get(conversation_id)
    return run if run is not None and run.start.user_id == user_id else None


def count() -> int:
    """Return how many answers are being written at this moment."""
    return len(_live)


async def stop(*, user_id: str, conversation_id: str) -> None:
    """End an answer where it is, and keep its text."""
    run = find(user_id=user_id, conversation_id=conversation_id)
    if run is not None:
        run.cancel()
        await asyncio.wait([run.task], timeout=_STOP_WITHIN)


async def stop_all() -> None:
    """End every answer because the process ends; their text is kept, and each can be continued."""
    ending = list(_live.values())
    for run in ending:
        run.on_cancel = "interrupted"
        run.closing.set()
        run.cancel()
    for title in _titles:
        title.cancel()
    if tasks := [*(run.task for run in ending), *_titles]:
        await asyncio.wait(tasks, timeout=_STOP_WITHIN)


async def idle() -> None:
    """Wait until no answer is being written and no title is being found."""
    while tasks := [*(run.task for run in _live.values()), *_titles]:
        await asyncio.gather(*tasks, return_exceptions=True)


async def _own(run: LiveRun) -> None:
    """See to it that the end of an answer is recorded whatever happens; nobody cancels this, only the writing."""
    saver = asyncio.create_task(_save_regularly(run))
    status: EndStatus = "failed"
    try:
        await run.writing
        status = "complete"
    except asyncio.CancelledError:
        status = run.on_cancel
    except StewardError as error:
        run.fail(error)
    except Exception:  # noqa: BLE001 - whatever breaks, the thread says so and the text is kept
        _log.exception("run_broke", run_id=run.start.run_id)
        run.fail(ModelError(_BROKEN))
    finally:
        bus.publish(run.start.user_id, end_topic(run.start.conversation_id))
        saver.cancel()
        await asyncio.gather(saver, return_exceptions=True)
        await _finish(run, status)


async def _write(run: LiveRun) -> None:
    start = run.start
    person = await accounts.get_person(user_id=start.user_id)
    model = await providers.resolve_model(user_id=start.user_id, model=start.model)
    turns = await run.transcript.history()
    decided = await _decide(run, turns)
    calls = await run.transcript.calls()
    own = [call for call in calls if call.message_id == start.message_id]
    run.waits = any(call.status == "waiting" for call in own)
    place = Place(
        conversation_id=start.conversation_id,
        message_id=start.message_id,
        question_id=start.parent_id,
        first_step=max((call.step + 1 for call in own), default=0),
        said=len(start.text),
        decided=decided,
        allowance=await _allowance(start),
    )
    history = messages_of([*turns, Turn("assistant", start.text, start.message_id)], calls)
    events = turn.answer(person=person, model=model, history=history, place=place)
    async with aclosing(events):
        async for event in events:
            run.take(event)
            if isinstance(event, Finished) and event.reason == "length":
                raise ModelCutError(_LENGTH_NOTE, provider=model.provider)
            bus.publish(start.user_id, run.topic)
            if len(run.text) + len(run.reasoning) > _MOST_CHARS:
                raise ModelCutError(_ENDLESS.format(who=model.provider), provider=model.provider)


async def _allowance(start: RunStart) -> Allowance | None:
    """Return what an unattended run may spend; None if a person waits for the answer."""
    if not start.schedule_id:
        return None
    return await budget.allowance(
        user_id=start.user_id, schedule_id=start.schedule_id, model=start.model, message_id=start.message_id
    )


async def _decide(run: LiveRun, turns: Sequence[Turn]) -> tuple[Decided, ...]:
    """Take a plain yes or no of a person as the answer to what waits in the conversation."""
    start = run.start
    if start.schedule_id or start.text or not turns or turns[-1].role != "user":
        return ()
    made = await decisions.decide_by_word(
        user_id=start.user_id, conversation_id=start.conversation_id, said=turns[-1].text
    )
    return tuple(
        Decided(one.tool, one.arguments, one.approved, json.dumps(one.outcome.result, ensure_ascii=False))
        for one in made
    )


async def _save_regularly(run: LiveRun) -> None:
    saved = len(run.text), len(run.reasoning)
    while True:
        await asyncio.sleep(_SAVE_EVERY)
        if (now := (len(run.text), len(run.reasoning))) == saved:
            continue
        try:
            await run.transcript.save_partial(text=run.text, reasoning=run.reasoning)
            saved = now
        except NotFoundError:  # The conversation is gone, so that nobody will read what a model may be paid for.
            run.cancel()
            return
        except Exception:  # noqa: BLE001 - the next save holds this text, too
            _log.exception("run_not_saved", run_id=run.start.run_id)


async def _finish(run: LiveRun, status: EndStatus) -> None:
    start = run.start
    try:
        await _store_end(run, status)
        await _settle(run)
    finally:
        run.status = status
        if _live.get(start.conversation_id) is run:
            del _live[start.conversation_id]
        bus.publish(start.user_id, run.topic)
    _log.info("run", run_id=start.run_id, model=start.model, status=status, chars=len(run.text))
    if status == "complete":
        task = asyncio.create_task(titles.give_title(run.start))
        _titles.add(task)
        task.add_done_callback(_titles.discard)


async def _settle(run: LiveRun) -> None:
    """End the run of the schedule that waited for this answer; what fails here is made good by the next sweep."""
    start = run.start
    if start.schedule_id:
        try:
            await settling.settle_waiting(user_id=start.user_id, message_id=start.message_id, cost=run.cost)
        except Exception:  # noqa: BLE001 - a database that is away must not keep the run alive
            _log.exception("run_not_settled", run_id=start.run_id)


async def _store_end(run: LiveRun, status: EndStatus) -> None:
    """Store the end, however long that takes: before, nobody could go on in the conversation."""
    for wait in chain(_STORE_AGAIN, repeat(_STORE_AGAIN[-1])):
        try:
            await run.transcript.finish(
                status=status,
                text=run.text,
                reasoning=run.reasoning,
                error=run.error,
                error_kind=run.error_kind,
                suggestions=run.suggestions if status == "complete" else (),
            )
        except NotFoundError:
            _log.info("run_orphaned", run_id=run.start.run_id)
            return
        except Exception:  # noqa: BLE001 - a full disk or a database that is away; both come back
            _log.exception("run_end_not_stored", run_id=run.start.run_id)
        else:
            return
        if run.closing.is_set():
            return  # The next start finds the run, and marks it as interrupted.
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await run.closing.wait()
