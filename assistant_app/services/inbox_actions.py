"""The answers that matters of some kinds have beside done, snooze and dismiss: each kind's own service knows them."""

from collections.abc import Mapping
from typing import Protocol

from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.services import conflicts, inbox, suggestions
from assistant_app.services.ledger import PAGE, Origin


class Actor(Protocol):
    """Does one of an item's actions, and returns the sentence that says what was done."""

    async def __call__(self, *, user_id: str, item_id: str, action: str, origin: Origin) -> str:
        """Do it."""
        ...


# The kinds of items that have actions of their own, each with the function that does them.
ACTORS: Mapping[str, Actor] = {"conflict": conflicts.act, "suggestion": suggestions.act}


async def act(*, user_id: str, item_id: str, action: str, origin: Origin = PAGE) -> str:
    """Do an action that an open item offers; return the sentence that says what was done."""
    item = await inbox.get_item(user_id=user_id, item_id=item_id)
    if item.resolved_at is not None:
        raise ConflictError(f"That was {item.state} already.")
    actor = ACTORS.get(item.kind)
    if actor is None or action not in {each.name for each in item.actions}:
        raise InvalidInputError("That cannot be done with this item. Open its page to change it there.")
    return await actor(user_id=user_id, item_id=item_id, action=action, origin=origin)
