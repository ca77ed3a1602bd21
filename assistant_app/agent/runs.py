"""Who owns the answers that are being written: this process, not a tab.

A run goes on whether anybody watches or not. Tabs read its text from here as it grows; the database gets it at least
every half second and at the end.
"""

import asyncio
import contextlib
from contextlib import aclosing
from typing import Literal

import structlog

from assistant_app import bus
from assistant_app.agent import titles, turn
from assistant_app.errors import ModelCutError, ModelError, NotFoundError, StewardError
from assistant_app.llm.base import ChatMessage, Finished, ReasoningDelta, TextDelta
from assistant_app.services import accounts, providers
from assistant_app.services.answers import EndStatus
from assistant_app.services.transcripts import Transcript
from assistant_app.services.views import RunStart

_SAVE_EVERY = 0.4  # Seconds; with the time a save takes, no more than half a second of text is ever unsaved.
_LENGTH_NOTE = "The answer reached the model's limit of length. Continue to have it go on."
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
        self.error = ""
        self.error_kind = ""
        self.on_cancel: EndStatus = "stopped"
        self.task: asyncio.Task[None] | None = None

    @property
    def topic(self) -> str:
        """What tabs that show the conversation listen to."""
        return run_topic(self.start.conversation_id)

    def fail(self, error: StewardError) -> None:
        """Note the sentence that the thread will show."""
        self.error, self.error_kind = str(error), type(error).__name__


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
    run = LiveRun(run_start)
    _live[run_start.conversation_id] = run
    run.task = asyncio.create_task(_own(run), name=f"run {run_start.run_id}")
    return run


def find(*, user_id: str, conversation_id: str) -> LiveRun | None:
    """Return the run of a user's conversation, if one is going on."""
    run = _live.get(conversation_id)
    return run if run is not None and run.start.user_id == user_id else None


async def stop(*, user_id: str, conversation_id: str) -> None:
    """End an answer where it is, and keep its text."""
    run = find(user_id=user_id, conversation_id=conversation_id)
    if run is not None and run.task is not None:
        run.task.cancel()
        await asyncio.wait([run.task])


async def stop_all() -> None:
    """End every answer because the process ends; their text is kept, and each can be continued."""
    tasks = [run.task for run in _live.values() if run.task is not None]
    for run in _live.values():
        run.on_cancel = "interrupted"
    for task in [*tasks, *_titles]:
        task.cancel()
    await asyncio.gather(*tasks, *_titles, return_exceptions=True)


async def idle() -> None:
    """Wait until no answer is being written and no title is being found."""
    while tasks := [*(run.task for run in _live.values() if run.task is not None), *_titles]:
        await asyncio.gather(*tasks, return_exceptions=True)


async def _own(run: LiveRun) -> None:
    """Write the answer, and see to it that its end is recorded whatever happens."""
    saver = asyncio.create_task(_save_regularly(run))
    status: EndStatus = "failed"
    try:
        await _write(run)
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
    history = [ChatMessage(said.role, said.text) for said in await run.transcript.history()]
    if start.text:
        history.append(ChatMessage("assistant", start.text))
    events = turn.answer(person=person, model=model, history=history, conversation_id=start.conversation_id)
    async with aclosing(events):
        async for event in events:
            if isinstance(event, TextDelta):
                run.text += event.text
            elif isinstance(event, ReasoningDelta):
                run.reasoning += event.text
            elif isinstance(event, Finished) and event.reason == "length":
                raise ModelCutError(_LENGTH_NOTE, provider=model.provider)
            bus.publish(start.user_id, run.topic)


async def _save_regularly(run: LiveRun) -> None:
    saved = len(run.text), len(run.reasoning)
    with contextlib.suppress(NotFoundError):  # The conversation is gone; the end of the run will find that, too.
        while True:
            await asyncio.sleep(_SAVE_EVERY)
            if (now := (len(run.text), len(run.reasoning))) != saved:
                await run.transcript.save_partial(text=run.text, reasoning=run.reasoning)
                saved = now


async def _finish(run: LiveRun, status: EndStatus) -> None:
    start = run.start
    try:
        await run.transcript.finish(
            status=status, text=run.text, reasoning=run.reasoning, error=run.error, error_kind=run.error_kind
        )
    except NotFoundError:
        _log.info("run_orphaned", run_id=start.run_id)
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
