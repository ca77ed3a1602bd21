"""The titles of what a user has, held in memory, since they are looked at with every sentence.

The ledger knows of every change: the newest actions tell whether the titles are still right, and what to read again.
"""

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app.repositories import ledger as ledger_queries
from assistant_app.repositories import references as queries
from assistant_app.repositories.references import KINDS, Titled
from assistant_app.services.title_matches import Match, Titles

_USERS = 32
_RECENT = 20  # More changes than anybody makes at once: of those that are kept out of order, none is missed.


@dataclass
class TitleIndex:
    """What one user has, by its ids; `recent` are the newest actions that it knows of, the newest first."""

    things: dict[str, Titled] = field(default_factory=dict[str, Titled])
    titles: Titles = field(default_factory=Titles)
    recent: list[str] = field(default_factory=list[str])

    def find(self, words: str, *, kinds: Sequence[str], done: bool | None) -> list[tuple[Titled, Match]]:
        """Return what the words fit, best first, the newest last."""
        found = [(self.things[match.key], match) for match in self.titles.match(words)]
        found = [(thing, match) for thing, match in found if thing.kind in kinds and done in (None, thing.done)]
        return sorted(found, key=lambda pair: (-pair[1].score, pair[0].number))

    def put(self, thing: Titled) -> None:
        """Add something, or note how it is now."""
        if thing.id not in self.things or self.things[thing.id].title != thing.title:
            self.titles.put(thing.id, thing.title)
        self.things[thing.id] = thing

    def drop(self, thing_id: str) -> None:
        """Remove what is gone."""
        if self.things.pop(thing_id, None) is not None:
            self.titles.drop(thing_id)


_held: OrderedDict[str, TitleIndex] = OrderedDict()


async def current_index(session: AsyncSession, *, user_id: str) -> TitleIndex:
    """Return a user's titles as they are in this transaction."""
    recent = await ledger_queries.list_recent_ids(session, user_id=user_id, limit=_RECENT)
    index = _held.get(user_id)
    if index is None or not _goes_on(index.recent, recent):
        index = TitleIndex()
        for thing in await queries.list_titled(session, user_id=user_id, kinds=KINDS, done=None):
            index.put(thing)
    elif new := [action_id for action_id in recent if action_id not in index.recent]:
        await _read_again(session, user_id, index, new)
    index.recent = recent
    _held[user_id] = index
    _held.move_to_end(user_id)
    while len(_held) > _USERS:
        _held.popitem(last=False)
    return index


def _goes_on(before: list[str], now: list[str]) -> bool:
    """Tell whether only new actions came. One that is gone was of a transaction that was not kept."""
    kept = [action_id for action_id in before if action_id in now]
    return before[: len(kept)] == kept and (bool(kept) or (not before and len(now) < _RECENT))


async def _read_again(session: AsyncSession, user_id: str, index: TitleIndex, action_ids: Sequence[str]) -> None:
    """Bring what some actions changed up to date."""
    changes = await ledger_queries.list_changes(session, user_id=user_id, action_ids=action_ids)
    ids = {change["id"] for each in changes for change in json.loads(each)}
    found = {
        thing.id: thing for thing in await queries.list_named(session, user_id=user_id, kinds=KINDS, ids=list(ids))
    }
    for thing_id in ids:
        if thing_id in found:
            index.put(found[thing_id])
        else:
            index.drop(thing_id)
