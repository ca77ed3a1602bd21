"""Temporary conversations: held in this process's memory, never written anywhere, gone with their tab.

The functions mirror those of stored conversations, so that doors treat both alike.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assistant_app import bus, clock
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.ids import new_id
from assistant_app.models import Conversation, Message
from assistant_app.services import texts, tool_calls, trees
from assistant_app.services.answers import UNFINISHED, EndStatus
from assistant_app.services.conversations import thread_topic
from assistant_app.services.threads import WINDOW
from assistant_app.services.views import (
    Asked,
    MessageView,
    RunStart,
    Thread,
    Turn,
    message_of,
    run_of,
    thread_of,
    turns_of,
)

PER_USER = 10
IDLE = timedelta(hours=12)  # As long as a tab is remembered.
LEFT = timedelta(minutes=2)  # A lost connection comes back within that; a closed tab does not.
CHARS = 2_000_000
_PREFIX = "tmp"
_BUSY = "An answer is still being written here. Wait for it or stop it, then try again."
_GONE = "That temporary chat is gone. They end with their tab; start a new chat."


@dataclass
class _Held:
    """One temporary conversation; messages are in the order in which they were written."""

    conversation: Conversation
    messages: dict[str, Message] = field(default_factory=dict[str, Message])
    run_id: str = ""
    running_id: str = ""
    used_at: datetime = field(default_factory=clock.now)
    left_at: datetime | None = None

    def view(self, message: Message) -> MessageView:
        return message_of(message, self.versions())

    def versions(self) -> dict[str | None, list[str]]:
        found: dict[str | None, list[str]] = {}
        for message in self.messages.values():
            found.setdefault(message.parent_id, []).append(message.id)
        return found

    def add(self, message: Message) -> None:
        held = sum(len(other.text) for other in self.messages.values())
        if held + len(message.text) > CHARS:
            raise ConflictError("This temporary chat is as long as one may be. Start a new chat to go on.")
        self.messages[message.id] = message
        self.conversation.leaf_id = message.id

    def leaf_below(self, top_id: str | None) -> str | None:
        return trees.newest_leaf(list(self.messages.values()), top_id)


_held: dict[str, _Held] = {}


def is_temporary(conversation_id: str) -> bool:
    """Tell a temporary conversation by its id."""
    return conversation_id.startswith(f"{_PREFIX}_")


async def create_conversation(*, user_id: str, model: str) -> Thread:
    """Start an empty one; of too many, the one that lay idle longest is dropped."""
    mine = [held for held in _held.values() if held.conversation.user_id == user_id]
    if len(mine) >= PER_USER:
        idle = [held for held in mine if not held.run_id]
        if not idle:
            raise ConflictError("Answers are being written in all your temporary chats. Stop one, then try again.")
        await _forget([min(idle, key=lambda held: held.used_at)])
    conversation = Conversation(id=new_id(_PREFIX), user_id=user_id, title="Temporary chat", model=model)
    _held[conversation.id] = _Held(conversation)
    return thread_of(conversation, (), temporary=True)


async def open_thread(
    *, user_id: str, conversation_id: str, limit: int = WINDOW, before_message_id: str | None = None
) -> Thread:
    """Return the last `limit` messages of the shown branch, or those before a message."""
    held = _get(user_id, conversation_id)
    held.left_at = None  # A tab looks at it. What a run still writes does not count as one.
    leaf_id = held.conversation.leaf_id
    if before_message_id is not None:
        leaf_id = _get_message(held, before_message_id).parent_id
    branch = trees.branch(held.messages.values(), leaf_id)
    versions = held.versions()
    return thread_of(
        held.conversation,
        [message_of(message, versions) for message in branch[-limit:]],
        has_earlier=len(branch) > limit,
        has_later=before_message_id is not None,
        run_id=held.run_id,
        temporary=True,
    )


async def set_model(*, user_id: str, conversation_id: str, model: str) -> None:
    """Choose the model for the next answers."""
    _get(user_id, conversation_id).conversation.model = model
    bus.publish(user_id, thread_topic(conversation_id))


async def add_user_message(
    *, user_id: str, conversation_id: str, text: str, parent_id: str | None = None
) -> MessageView:
    """Hold what a person wrote, after the newest shown message or after `parent_id`."""
    held = _get(user_id, conversation_id)
    parent_id = parent_id or held.conversation.leaf_id
    if parent_id is not None and _get_message(held, parent_id).status == "running":
        raise ConflictError(_BUSY)
    return _say(held, text=text, parent_id=parent_id)


async def edit_user_message(*, user_id: str, message_id: str, text: str) -> MessageView:
    """Hold another version of a user's message beside the old one, and show it."""
    held, old = _find_message(user_id, message_id)
    if old.role != "user":
        raise ConflictError("Only your own messages can be edited. Regenerate an answer to get another one.")
    return _say(held, text=text, parent_id=old.parent_id)


async def ask(*, user_id: str, conversation_id: str, text: str, model: str, parent_id: str | None = None) -> Asked:
    """Hold a question and begin its answer."""
    held = _get(user_id, conversation_id)
    _refuse_second(held)
    question = await add_user_message(user_id=user_id, conversation_id=conversation_id, text=text, parent_id=parent_id)
    return Asked(conversation_id, question, _begin(held, parent_id=question.id, model=model))


async def ask_edited(*, user_id: str, message_id: str, text: str, model: str) -> Asked:
    """Hold another version of a question and begin its answer."""
    held, _ = _find_message(user_id, message_id)
    _refuse_second(held)
    question = await edit_user_message(user_id=user_id, message_id=message_id, text=text)
    return Asked(held.conversation.id, question, _begin(held, parent_id=question.id, model=model))


async def start_answer(*, user_id: str, conversation_id: str, parent_id: str, model: str) -> RunStart:
    """Begin an answer to a message that is held."""
    held = _get(user_id, conversation_id)
    return _begin(held, parent_id=_get_message(held, parent_id).id, model=model)


async def regenerate_answer(*, user_id: str, message_id: str, model: str | None = None) -> RunStart:
    """Begin another version of an answer."""
    held, old = _find_answer(user_id, message_id)
    return _begin(held, parent_id=old.parent_id, model=model or held.conversation.model)


async def retry_answer(*, user_id: str, message_id: str, model: str | None = None) -> RunStart:
    """Try a failed answer again: in its place if it has no text, else as another version beside it."""
    held, old = _find_answer(user_id, message_id)
    model = model or held.conversation.model
    if old.text or old.status not in UNFINISHED:
        return _begin(held, parent_id=old.parent_id, model=model)
    return _begin_again(held, old, model=model)


async def continue_answer(*, user_id: str, message_id: str, model: str | None = None) -> RunStart:
    """Let an answer that ended early go on after its text so far."""
    held, old = _find_answer(user_id, message_id)
    if old.status not in UNFINISHED or not old.text:
        raise ConflictError("There is nothing to continue here. Regenerate the answer to get another one.")
    return _begin_again(held, old, model=model or held.conversation.model)


async def resume_answer(*, user_id: str, message_id: str) -> RunStart | None:
    """Let an answer go on whose calls have been decided, if it is still the last; else None."""
    held, old = _find_answer(user_id, message_id)
    if held.run_id or held.conversation.leaf_id != old.id:
        return None
    return _begin_again(held, old, model=old.model)


async def save_partial(*, user_id: str, run_id: str, text: str, reasoning: str = "") -> None:
    """Keep what an answer has so far."""
    held = _find_run(user_id, run_id)
    answer = held.messages[held.running_id]
    answer.text, answer.reasoning = text, reasoning


async def finish_run(  # noqa: PLR0913 - an answer's end has this many sides
    *,
    user_id: str,
    run_id: str,
    status: EndStatus,
    text: str,
    reasoning: str = "",
    error: str = "",
    error_kind: str = "",
    suggestions: Sequence[str] = (),
) -> bool:
    """End a run with its whole text; NotFoundError if its conversation is gone or the run has ended."""
    held = _find_run(user_id, run_id)
    answer = held.messages[held.running_id]
    answer.status, answer.text, answer.reasoning = status, text, reasoning
    answer.error, answer.error_kind, answer.suggestions = error, error_kind, json.dumps(list(suggestions))
    held.run_id = held.running_id = ""
    _changed(held)
    return True


async def switch_version(*, user_id: str, message_id: str) -> str:
    """Show the branch through this message; return the new leaf's id."""
    held, message = _find_message(user_id, message_id)
    leaf_id = held.leaf_below(message.id) or message.id
    held.conversation.leaf_id = leaf_id
    _changed(held)
    return leaf_id


async def delete_message(*, user_id: str, message_id: str) -> None:
    """Remove one message; what followed it then follows the one before it."""
    held, message = _find_message(user_id, message_id)
    if message.status == "running":
        raise ConflictError("This answer is still being written. Stop it first, then delete it.")
    del held.messages[message.id]
    for other in held.messages.values():
        if other.parent_id == message.id:
            other.parent_id = message.parent_id
    if held.conversation.leaf_id == message.id:
        held.conversation.leaf_id = held.leaf_below(message.parent_id)
    _changed(held)


async def history_for_model(*, user_id: str, message_id: str) -> list[Turn]:
    """Return the branch from the first message down to this one, without questions that have no text."""
    held, message = _find_message(user_id, message_id)
    branch = trees.branch(held.messages.values(), message.id)
    return turns_of((said.id, said.role, said.text) for said in branch)


async def discard_conversation(*, user_id: str, conversation_id: str) -> None:
    """Forget one; nothing of it is left."""
    await _forget([_get(user_id, conversation_id)])
    bus.publish(user_id, thread_topic(conversation_id))


async def leave_conversation(*, user_id: str, conversation_id: str) -> None:
    """Note that no tab shows it any more; it is forgotten unless one comes back soon."""
    _get(user_id, conversation_id).left_at = clock.now()


async def sweep_idle() -> int:
    """Forget those whose tab is gone; return how many."""
    now = clock.now()
    idle = [
        held
        for held in _held.values()
        if not held.run_id and (held.used_at < now - IDLE or (held.left_at and held.left_at < now - LEFT))
    ]
    await _forget(idle)
    return len(idle)


async def forget_calls() -> None:
    """Remove what is left of the calls of temporary chats that ended with their process. For the start."""
    await tool_calls.forget_conversations_named(f"{_PREFIX}_")


async def _forget(gone: Sequence[_Held]) -> None:
    """Let go of conversations, and of the record of what they called: what was changed stays, as does the ledger."""
    for held in gone:
        _held.pop(held.conversation.id, None)
    if gone:
        await tool_calls.forget_conversations([held.conversation.id for held in gone])


def _get(user_id: str, conversation_id: str) -> _Held:
    held = _held.get(conversation_id)
    if held is None or held.conversation.user_id != user_id:
        raise NotFoundError(_GONE)
    held.used_at = clock.now()
    return held


def _get_message(held: _Held, message_id: str) -> Message:
    if message_id not in held.messages:
        raise NotFoundError(_GONE)
    return held.messages[message_id]


def _find_message(user_id: str, message_id: str) -> tuple[_Held, Message]:
    for held in _held.values():
        if held.conversation.user_id == user_id and message_id in held.messages:
            return _get(user_id, held.conversation.id), held.messages[message_id]
    raise NotFoundError(_GONE)


def _find_answer(user_id: str, message_id: str) -> tuple[_Held, Message]:
    held, message = _find_message(user_id, message_id)
    if message.role != "assistant":
        raise ConflictError("This is a question, not an answer. Edit it, or ask again below it.")
    if message.parent_id is None:
        raise ConflictError("The question to this answer was deleted. Ask again to get a new answer.")
    return held, message


def _find_run(user_id: str, run_id: str) -> _Held:
    for held in _held.values():
        if run_id and held.run_id == run_id:
            return _get(user_id, held.conversation.id)
    raise NotFoundError(_GONE)


def _say(held: _Held, *, text: str, parent_id: str | None) -> MessageView:
    of = held.conversation
    message = Message(
        user_id=of.user_id, conversation_id=of.id, parent_id=parent_id, role="user", text=texts.message_text(text)
    )
    held.add(message)
    _changed(held)
    return held.view(message)


def _refuse_second(held: _Held) -> None:
    if held.run_id:
        raise ConflictError(_BUSY)


def _begin(held: _Held, *, parent_id: str | None, model: str) -> RunStart:
    _refuse_second(held)
    of = held.conversation
    answer = Message(
        user_id=of.user_id, conversation_id=of.id, parent_id=parent_id, role="assistant", status="running", model=model
    )
    held.add(answer)
    return _run(held, answer)


def _begin_again(held: _Held, old: Message, *, model: str) -> RunStart:
    _refuse_second(held)
    old.status, old.model, old.error, old.error_kind = "running", model, "", ""
    held.conversation.leaf_id = held.leaf_below(old.id)
    return _run(held, old)


def _run(held: _Held, answer: Message) -> RunStart:
    held.run_id, held.running_id = new_id("run"), answer.id
    _changed(held)
    return run_of(held.run_id, answer)


def _changed(held: _Held) -> None:
    bus.publish(held.conversation.user_id, thread_topic(held.conversation.id))
