"""What a person can do in a conversation that makes a model answer: the step is stored, then its run begins."""

from typing import Protocol

from assistant_app.agent import runs
from assistant_app.services import answers, focus, temporary
from assistant_app.services.focus import Sight
from assistant_app.services.temporary import is_temporary
from assistant_app.services.views import Asked, RunStart


class Step(Protocol):
    """One of the ways to have an answer written again."""

    async def __call__(self, *, user_id: str, conversation_id: str, message_id: str, model: str) -> RunStart:
        """Begin the run."""
        ...


async def ask(
    *, user_id: str, conversation_id: str, text: str, model: str, keep: bool = True, sight: Sight | None = None
) -> Asked:
    """Ask in a conversation, or start one where `conversation_id` is empty: a stored one, or a temporary one.

    `sight` is what the person sees beside it, if that is news: their words can mean it.
    """
    runs.require_room(user_id)
    if not keep or is_temporary(conversation_id):
        place = conversation_id or (await temporary.create_conversation(user_id=user_id, model=model)).id
        asked = await temporary.ask(user_id=user_id, conversation_id=place, text=text, model=model)
    else:
        asked = await answers.ask(user_id=user_id, conversation_id=conversation_id or None, text=text, model=model)
    try:
        if sight is not None:
            await focus.set_shown(user_id=user_id, conversation_id=asked.conversation_id, sight=sight)
    finally:  # The question is stored: it must not stay without its answer.
        runs.start(asked.run)
    return asked


async def ask_edited(*, user_id: str, conversation_id: str, message_id: str, text: str, model: str) -> None:
    """Ask another version of a question, and have it answered."""
    runs.require_room(user_id)
    place = temporary if is_temporary(conversation_id) else answers
    asked = await place.ask_edited(user_id=user_id, message_id=message_id, text=text, model=model)
    runs.start(asked.run)


async def regenerate(*, user_id: str, conversation_id: str, message_id: str, model: str) -> RunStart:
    """Have another version of an answer written."""
    runs.require_room(user_id)
    place = temporary if is_temporary(conversation_id) else answers
    start = await place.regenerate_answer(user_id=user_id, message_id=message_id, model=model)
    runs.start(start)
    return start


async def retry(*, user_id: str, conversation_id: str, message_id: str, model: str) -> RunStart:
    """Try an answer again that failed."""
    runs.require_room(user_id)
    place = temporary if is_temporary(conversation_id) else answers
    start = await place.retry_answer(user_id=user_id, message_id=message_id, model=model)
    runs.start(start)
    return start


async def resume(*, user_id: str, conversation_id: str, message_id: str, model: str) -> RunStart:
    """Have an answer go on that ended early."""
    runs.require_room(user_id)
    place = temporary if is_temporary(conversation_id) else answers
    start = await place.continue_answer(user_id=user_id, message_id=message_id, model=model)
    runs.start(start)
    return start
