"""What each conversation talked about last: the objects that "it", "the first two" or "the other one" can mean."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.models import Focus
from assistant_app.repositories import database
from assistant_app.repositories import tool_calls as queries

Ref = tuple[str, str]  # An object's kind and id.
_MOST = 50
_MOST_TOUCHED = 10


class Noted(Protocol):
    """What a call showed and touched."""

    @property
    def shown(self) -> Sequence[Ref]:
        """What was listed, in order."""
        ...

    @property
    def touched(self) -> Sequence[Ref]:
        """What was changed."""
        ...

    @property
    def candidates(self) -> Sequence[Ref]:
        """What could have been meant."""
        ...


@dataclass(frozen=True)
class FocusView:
    """References by kind and id: what was listed last, touched last (newest first), and offered to choose from."""

    shown: tuple[Ref, ...] = ()
    touched: tuple[Ref, ...] = ()
    candidates: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Sight:
    """What a person sees beside a conversation when they speak: `shown`, in order.

    `before` is what they saw at the same place when they spoke there last; None if they have come from elsewhere.
    """

    shown: tuple[Ref, ...]
    before: tuple[Ref, ...] | None = None


async def get_focus(*, user_id: str, conversation_id: str) -> FocusView:
    """Return what the conversation is about; nothing for one that has done nothing yet."""
    async with database.read() as session:
        row = await queries.find_focus(session, user_id=user_id, conversation_id=conversation_id)
    if row is None:
        return FocusView()
    return FocusView(_read(row.shown), _read(row.touched), _read(row.candidates))


async def set_shown(*, user_id: str, conversation_id: str, sight: Sight) -> None:
    """Note what the person sees beside the conversation: it counts as listed.

    Where nothing but the page went on, what the conversation itself has listed since is what its next words are about.
    """
    async with database.write() as session:
        row = await _get_row(session, user_id, conversation_id)
        if sight.before is None:
            row.touched = row.candidates = "[]"
        elif row.shown != _write(sight.before):
            return
        row.shown = _write(sight.shown)
        row.updated_at = clock.now()


async def note(session: AsyncSession, *, user_id: str, conversation_id: str, outcome: Noted) -> None:
    """Note what a call listed, changed, or asked to choose from."""
    if not (outcome.shown or outcome.touched or outcome.candidates):
        return
    row = await _get_row(session, user_id, conversation_id)
    if outcome.shown:  # A new list is what the next words are about, so that what came before it is forgotten.
        row.shown, row.touched = _write(outcome.shown), "[]"
    if outcome.touched:
        before = [ref for ref in _read(row.touched) if ref not in outcome.touched]
        row.touched = _write([*reversed(outcome.touched), *before][:_MOST_TOUCHED])
    row.candidates = _write(outcome.candidates)
    row.updated_at = clock.now()


async def _get_row(session: AsyncSession, user_id: str, conversation_id: str) -> Focus:
    row = await queries.find_focus(session, user_id=user_id, conversation_id=conversation_id)
    if row is None:
        row = Focus(conversation_id=conversation_id, user_id=user_id)
        session.add(row)
        await session.flush()
    return row


def _read(refs: str) -> tuple[Ref, ...]:
    return tuple((str(kind), str(object_id)) for kind, object_id in json.loads(refs))


def _write(refs: Sequence[Ref]) -> str:
    return json.dumps([list(ref) for ref in refs[:_MOST]])
