"""The ledger: changes a person's objects, remembers how they were, and takes changes back.

Every service that changes an object of a person's does so within `change`, which writes the action in the same
transaction. What is undone is computed from the rows before and after, so that no service brings an inverse of its own.
"""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.models import Action
from assistant_app.repositories import database
from assistant_app.repositories import ledger as queries
from assistant_app.repositories.ledger import Row, table_of, values_of
from assistant_app.services import schedule_times

TOPIC = "activity"
Source = Literal["chat", "page", "import", "job", "undo"]
_TOPICS = {
    "task": "tasks",
    "task_list": "tasks",
    "reminder": "reminders",
    "event": "events",
    "inbox_item": "inbox",
    "schedule": "schedules",
}
# What the clock moves by itself is no change of a person's.
_MOVED: dict[str, tuple[str, ...]] = {"schedule": ("next_at", "failures")}
_PAGES_BACK = timedelta(hours=1)  # "Undo" in a chat reaches what was clicked on a page as long ago as this.
_MOST_UNDONE = 50
_CHANGED = "This was changed again since: {what}. Undoing it now would lose what came after."


class ChangedSinceError(ConflictError):
    """What would be undone was changed again since; undoing it all the same would lose that."""


@dataclass(frozen=True)
class Origin:
    """Where a change comes from. `gesture` joins the changes of one message or click; empty makes each its own."""

    source: Source = "page"
    conversation_id: str | None = None
    message_id: str | None = None
    tool_call_id: str | None = None
    gesture: str = ""


PAGE = Origin()


@dataclass(frozen=True)
class ActionView:
    """One line of the ledger. `undone` tells that it was taken back, `is_undo` that it took something back."""

    id: str
    number: int
    verb: str
    kind: str
    object_id: str
    summary: str
    source: str
    conversation_id: str | None
    message_id: str | None
    tool_call_id: str | None
    gesture: str
    undone: bool
    is_undo: bool
    created_at: datetime


@dataclass(frozen=True)
class Change:
    """How one row was before and is after; None where there is none."""

    table: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def inverse(self) -> "Change":
        """Return the change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


class Step:
    """One change while it is being made: rows are changed through it, so that it knows how they were."""

    def __init__(self, session: AsyncSession, *, user_id: str, origin: Origin) -> None:
        """Start with nothing changed."""
        self.session = session
        self.user_id = user_id
        self.origin = origin
        self._rows: dict[tuple[str, str], tuple[Row | None, dict[str, Any] | None]] = {}
        self._said: tuple[str, str, str, str] | None = None

    def add(self, row: Row) -> None:
        """Put a new row into the database."""
        self.session.add(row)
        self._rows[table_of(row), row.id] = (row, None)

    def change(self, row: Row) -> None:
        """Remember how a row is, before it is changed."""
        self._rows.setdefault((table_of(row), row.id), (row, values_of(row)))

    async def delete(self, row: Row) -> None:
        """Delete a row; those that point at it must be changed or deleted first, through this step as well."""
        key = table_of(row), row.id
        before = self._rows[key][1] if key in self._rows else values_of(row)
        self._rows[key] = (None, before)
        await self.session.delete(row)
        await self.session.flush()

    def say(self, verb: str, kind: str, object_id: str, summary: str) -> None:
        """Say what the whole step does: the line of the ledger, such as "Completed “buy milk”"."""
        self._said = (verb, kind, object_id, summary)

    def changes(self) -> list[Change]:
        """Return what differs now, in the order in which it was first touched."""
        found = [
            Change(table, row_id, before, None if row is None else values_of(row))
            for (table, row_id), (row, before) in self._rows.items()
        ]
        return [
            change for change in found if _lasting(change.table, change.before) != _lasting(change.table, change.after)
        ]

    def action(self) -> Action | None:
        """Return the ledger's row for the step, None if nothing was changed."""
        changes = self.changes()
        if not changes:
            return None
        if self._said is None:
            raise RuntimeError("a change must say what it does")
        verb, kind, object_id, summary = self._said
        return _action(self.user_id, (verb, kind, object_id, summary), changes, self.origin)


@asynccontextmanager
async def change(*, user_id: str, origin: Origin) -> AsyncGenerator[Step]:
    """Change objects and record it, in one transaction; whoever shows them is told afterwards."""
    async with database.write() as session:
        step = Step(session, user_id=user_id, origin=origin)
        yield step
        await session.flush()
        action = step.action()
        if action is not None:
            session.add(action)
    if action is not None:
        _publish(user_id, {change.table for change in step.changes()})


async def undo(*, user_id: str, action_id: str, force: bool = False, origin: Origin = PAGE) -> ActionView:
    """Take an action back, an undo included; return the action that did it.

    ChangedSinceError says that an object was changed since; `force` takes the action back all the same.
    """
    async with database.write() as session:
        action = await queries.get_action(session, user_id=user_id, action_id=action_id)
        taken = await _take_back(session, action, force=force, origin=origin)
    _publish(user_id, {change.table for change in _changes(taken)})
    return _view(taken)


async def undo_last(
    *, user_id: str, conversation_id: str | None, count: int | None = None, force: bool = False, origin: Origin = PAGE
) -> list[ActionView]:
    """Take back the last gesture, or the last `count` actions: all of them or, if one cannot be, none."""

    async def find(session: AsyncSession) -> list[Action]:
        found = await queries.list_undoable(
            session,
            user_id=user_id,
            conversation_id=conversation_id,
            pages_since=clock.now() - _PAGES_BACK,
            limit=_MOST_UNDONE if count is None else max(1, min(count, _MOST_UNDONE)),
        )
        return [action for action in found if count is not None or action.gesture == found[0].gesture]

    return await _undo_all(user_id, find, "nothing to undo here", force=force, origin=origin)


async def undo_gesture(*, user_id: str, gesture: str, force: bool = False, origin: Origin = PAGE) -> list[ActionView]:
    """Take back all that one message or click did: all of it or, if something cannot be, nothing."""

    async def find(session: AsyncSession) -> Sequence[Action]:
        return await queries.list_gesture(session, user_id=user_id, gesture=gesture)

    return await _undo_all(user_id, find, "nothing left to undo", force=force, origin=origin)


async def undo_call(*, user_id: str, tool_call_id: str, force: bool = False, origin: Origin = PAGE) -> list[ActionView]:
    """Take back all that one call of a tool did: all of it or, if something cannot be, nothing."""

    async def find(session: AsyncSession) -> list[Action]:
        made = await queries.list_actions(session, user_id=user_id, tool_call_ids=[tool_call_id])
        return [action for action in made if action.undone_by_id is None]

    return await _undo_all(user_id, find, "nothing left to undo", force=force, origin=origin)


async def redo_call(*, user_id: str, tool_call_id: str, force: bool = False, origin: Origin = PAGE) -> list[ActionView]:
    """Do again, in its order, what one call of a tool did and what was taken back since: all of it, or nothing."""

    async def find(session: AsyncSession) -> list[Action]:
        made = await queries.list_actions(session, user_id=user_id, tool_call_ids=[tool_call_id])
        undone = [action.undone_by_id for action in reversed(made) if action.undone_by_id is not None]
        return [await queries.get_action(session, user_id=user_id, action_id=action_id) for action_id in undone]

    return await _undo_all(user_id, find, "nothing to do again", force=force, origin=origin)


async def _undo_all(
    user_id: str, find: Callable[[AsyncSession], Awaitable[Sequence[Action]]], none: str, *, force: bool, origin: Origin
) -> list[ActionView]:
    """Take back all that is found: all of it or, if something cannot be, nothing."""
    async with database.write() as session:
        found = await find(session)
        if not found:
            raise NotFoundError(f"There is {none}. Settings > Activity lists everything that was changed.")
        done = await _take_all_back(session, found, force=force, origin=origin)
    _publish(user_id, {change.table for action in done for change in _changes(action)})
    return [_view(action) for action in done]


async def list_actions(  # noqa: PLR0913 - one filter each
    *,
    user_id: str,
    since: datetime | None = None,
    until: datetime | None = None,
    kind: str = "",
    conversation_id: str = "",
    tool_call_ids: list[str] | None = None,
    before_number: int | None = None,
    limit: int = 100,
) -> list[ActionView]:
    """Return what was changed, the newest first, between two moments, of a kind, or by a conversation."""
    async with database.read() as session:
        found = await queries.list_actions(
            session,
            user_id=user_id,
            since=since,
            until=until,
            kind=kind,
            conversation_id=conversation_id,
            tool_call_ids=tool_call_ids,
            before_number=before_number,
            limit=limit,
        )
    return [_view(action) for action in found]


async def _take_all_back(
    session: AsyncSession, actions: Iterable[Action], *, force: bool, origin: Origin
) -> list[Action]:
    done: list[Action] = []
    for action in actions:
        locked = await queries.get_action(session, user_id=action.user_id, action_id=action.id)
        done.append(await _take_back(session, locked, force=force, origin=origin))
    return done


async def _take_back(session: AsyncSession, action: Action, *, force: bool, origin: Origin) -> Action:
    if action.undone_by_id is not None:
        raise ConflictError(f"That was undone already: {action.summary}.")
    inverse = [change.inverse() for change in reversed(_changes(action))]
    # What points at a row is put back before the row goes, or else the database would change the pointer by itself.
    inverse.sort(key=lambda change: change.after is None)
    made: list[Change] = []
    for change in inverse:
        if change.after is None:
            made += await _let_go(session, action, change, force=force)
        await _apply(session, action, change, force=force)
        made.append(change)
    verb = "redo" if action.source == "undo" else "undo"
    said = (verb, action.kind, action.object_id, f"{'Did again' if verb == 'redo' else 'Undid'}: {_bare(action)}")
    # What a chat did is still that chat's business when it is undone elsewhere.
    place = origin.conversation_id or action.conversation_id
    taken = _action(action.user_id, said, made, replace(origin, source="undo", conversation_id=place))
    taken.undoes_id = action.id
    session.add(taken)
    action.undone_by_id = taken.id
    if action.undoes_id is not None:  # What this undo had taken back stands again, and can be undone again.
        original = await queries.get_action(session, user_id=action.user_id, action_id=action.undoes_id)
        original.undone_by_id = None
    return taken


async def _let_go(session: AsyncSession, action: Action, change: Change, *, force: bool) -> list[Change]:
    """Part what came to a row later from it, before it goes: a list's tasks stay, a task's reminders go with it.

    The database would do the same by itself, and nobody could take that back.
    """
    found: list[Change] = []
    for table, row in await queries.list_pointing(
        session, user_id=action.user_id, table=change.table, row_id=change.id
    ):
        if not force:
            raise ChangedSinceError(_CHANGED.format(what=_bare(action)))
        before = values_of(row)
        parted = await queries.part(session, row)
        found.append(Change(table, row.id, before, None if parted is None else values_of(parted)))
    return found


async def _apply(session: AsyncSession, action: Action, change: Change, *, force: bool) -> None:
    row = await queries.find_row(session, user_id=action.user_id, table=change.table, row_id=change.id)
    now = None if row is None else values_of(row)
    if _lasting(change.table, now) != _lasting(change.table, change.before) and not force:
        raise ChangedSinceError(_CHANGED.format(what=_bare(action)))
    if change.after is not None:
        values = schedule_times.joined_again(change.after) if change.table == "schedule" else change.after
        await queries.put_row(session, user_id=action.user_id, table=change.table, values=values)
    elif row is not None:
        await session.delete(row)
        await session.flush()


def _action(user_id: str, said: tuple[str, str, str, str], changes: list[Change], origin: Origin) -> Action:
    verb, kind, object_id, summary = said
    action = Action(
        user_id=user_id,
        verb=verb,
        kind=kind,
        object_id=object_id,
        summary=summary,
        changes=json.dumps([vars(change) for change in changes]),
        gesture=origin.gesture,
        source=origin.source,
        conversation_id=origin.conversation_id,
        message_id=origin.message_id,
        tool_call_id=origin.tool_call_id,
    )
    action.gesture = action.gesture or action.id
    return action


def _changes(action: Action) -> list[Change]:
    return [Change(**change) for change in json.loads(action.changes)]


def _lasting(table: str, values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return what counts as a change of a row: the time of its last change is none."""
    passing = ("updated_at", *_MOVED.get(table, ()))
    return None if values is None else {name: value for name, value in values.items() if name not in passing}


def _bare(action: Action) -> str:
    """Return what an action did without the "Undid:" of an undo in front."""
    return action.summary.removeprefix("Undid: ").removeprefix("Did again: ")


def _publish(user_id: str, tables: set[str]) -> None:
    for topic in sorted({_TOPICS[table] for table in tables}):
        bus.publish(user_id, topic)
    bus.publish(user_id, TOPIC)


def _view(action: Action) -> ActionView:
    return ActionView(
        id=action.id,
        number=action.number or 0,
        verb=action.verb,
        kind=action.kind,
        object_id=action.object_id,
        summary=action.summary,
        source=action.source,
        conversation_id=action.conversation_id,
        message_id=action.message_id,
        tool_call_id=action.tool_call_id,
        gesture=action.gesture,
        undone=action.undone_by_id is not None,
        is_undo=action.source == "undo",
        created_at=action.created_at,
    )
