"""Whether Steward can do its work."""

import asyncio
import functools
from dataclasses import dataclass

from assistant_app.repositories import database, revisions


@dataclass(frozen=True)
class Readiness:
    """What has to be so before people are let in."""

    database: bool
    migrations: bool

    @property
    def is_ready(self) -> bool:
        """Whether all of it is so."""
        return self.database and self.migrations


async def check_readiness() -> Readiness:
    """Look whether the database answers and has the schema that this code wants."""
    current = database.current()
    if not await current.answers():
        return Readiness(database=False, migrations=False)
    wanted = await asyncio.to_thread(_head)
    return Readiness(database=True, migrations=await revisions.current_revision(current) == wanted)


@functools.cache
def _head() -> str:
    return revisions.head()
