"""Asks a model what a schedule asks, while nobody sits there: what reads runs, everything else waits for a yes.

The answer is written as any other, so that who opens its chat meanwhile can watch it, or stop it.
"""

import asyncio
from typing import Literal

from assistant_app.agent import runs
from assistant_app.agent.runs import LiveRun
from assistant_app.errors import BudgetError, ModelCutError, ServiceUnavailableError
from assistant_app.llm.catalog import title_of
from assistant_app.services import answers, budget, providers
from assistant_app.services.occurrences import Made
from assistant_app.services.task_views import quoted

State = Literal["ok", "empty", "partial", "waiting"]
_ENDED = "Steward was stopped while the answer was being written."
_STOPPED = "You stopped the answer."


async def run_prompt(
    *, user_id: str, schedule_id: str, conversation_id: str, prompt: str, model: str, most_cost: float | None
) -> Made:
    """Ask the prompt in the schedule's own chat, and return what came of it.

    An error of the provider is raised, and so is a BudgetError, with the schedule paused, if it may not cost that much.
    Without a `model` it is the one that the user prefers.
    """
    model = model or await providers.default_model(user_id=user_id)
    chosen = await providers.resolve_model(user_id=user_id, model=model)
    allowed = await budget.allowance(user_id=user_id, schedule_id=schedule_id, model=model, most_cost=most_cost)
    try:  # What cannot even be asked leaves no trace in the chat.
        await allowed.require(prompt_tokens=chosen.count_tokens(prompt))
    finally:
        allowed.release()
    runs.require_room(user_id)
    start = await answers.ask_unattended(
        user_id=user_id, schedule_id=schedule_id, conversation_id=conversation_id, text=prompt, model=model
    )
    run = runs.start(start)
    await _ended(run)
    return _made(run, title=allowed.title)


async def _ended(run: LiveRun) -> None:
    """Wait for the end; who gives up waiting, as at a deadline, ends the answer, too."""
    try:
        await asyncio.wait([run.task])
    except asyncio.CancelledError:
        run.cancel()
        raise


def _made(run: LiveRun, *, title: str) -> Made:
    text, why = run.text.strip(), f"Your schedule {quoted(title)} asked {title_of(run.start.model)} for this."
    state: State = "ok" if text else "empty"
    if run.status == "interrupted":
        raise ServiceUnavailableError(_ENDED)
    if run.failure is not None:
        if not (text and isinstance(run.failure, ModelCutError | BudgetError)):
            raise run.failure
        state, why = "partial", f"{why} {run.failure}"
    elif run.status == "stopped":
        state, why = "partial" if text else "empty", f"{why} {_STOPPED}"
    elif run.waits:
        state = "waiting"
    return Made(
        state=state,
        title=title,
        text=text,
        why=why,
        cost=run.cost,
        conversation_id=run.start.conversation_id,
        message_id=run.start.message_id,
    )
