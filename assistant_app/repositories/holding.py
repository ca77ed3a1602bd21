"""Who runs the jobs of a database: one process at a time, which the system or the server lets go of if it dies."""

import asyncio
import contextlib
import fcntl
from pathlib import Path
from typing import Any, Protocol, TextIO

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from assistant_app.repositories.database import Database

_KEY = 0x57E3A2D  # Any number, as long as nobody else locks it in this database.
_SECONDS = 3.0  # A server that does not answer within this is as good as gone.
_BROKEN = (SQLAlchemyError, OSError, TimeoutError)


class Hold(Protocol):
    """The right to run jobs."""

    async def keep(self) -> bool:
        """Take it if nobody has it, and tell whether it is ours now."""
        ...

    async def leave(self) -> None:
        """Let others have it."""
        ...


def hold_of(database: Database) -> Hold:
    """Return the hold on a database, not yet taken."""
    if database.is_sqlite:
        return _FileHold(Path(f"{database.url.database}.jobs"))
    return _ServerHold(database)


class _FileHold:
    """A locked file beside SQLite's own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    async def keep(self) -> bool:
        if self._file is None:
            file = self._path.open("a")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
            else:
                self._file = file
        return self._file is not None

    async def leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class _ServerHold:
    """An advisory lock of PostgreSQL's, which lasts as long as the connection that took it."""

    def __init__(self, database: Database) -> None:
        url = database.url.set(drivername="postgresql+psycopg")
        self._engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection: AsyncConnection | None = None

    async def keep(self) -> bool:
        try:
            async with asyncio.timeout(_SECONDS):
                if self._connection is None:
                    return await self._take()
                await self._connection.execute(text("SELECT 1"))
        except _BROKEN:
            await self.leave()
        return self._connection is not None

    async def leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(*_BROKEN):
                async with asyncio.timeout(_SECONDS):
                    # The server notices a moment late that a connection is closed.
                    await connection.scalar(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
            with contextlib.suppress(*_BROKEN):
                async with asyncio.timeout(_SECONDS):
                    await connection.close()

    async def _take(self) -> bool:
        connection: Any = await self._engine.connect()
        taken = False
        try:
            taken = bool(await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}))
        finally:
            if not taken:
                await connection.close()
        self._connection = connection if taken else None
        return taken
