"""The engine and the two kinds of session: one that reads, one that writes and commits."""

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from assistant_app import bus, clock
from assistant_app.repositories import sqlite_driver

_WAL_SAFE = (3, 51, 3)  # Older versions can corrupt the file when the write-ahead log is reset.
_SERVER_SECONDS = 5.0
_joined: ContextVar[AsyncSession | None] = ContextVar("joined", default=None)
_reading: ContextVar[AsyncSession | None] = ContextVar("reading", default=None)
_HIDE = True  # The parameters of a statement are what people wrote; errors that quote them end in the log.


class Database:
    """An open database: SQLite in one file, or PostgreSQL."""

    def __init__(self, url: str) -> None:
        """Prepare the engine; nothing is connected before the first session."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine: AsyncEngine = self._sqlite_engine() if self.is_sqlite else self._postgres_engine()
        # SQLite lets one connection write at a time; waiting here is fair and does not hold a thread.
        self._one_writer: contextlib.AbstractAsyncContextManager[Any] = (
            asyncio.Lock() if self.is_sqlite else contextlib.nullcontext()
        )

    def _postgres_engine(self) -> AsyncEngine:
        url = self.url.set(drivername="postgresql+psycopg")
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=_HIDE)

    def _sqlite_engine(self) -> AsyncEngine:
        path = self.url.database or ":memory:"
        Path(path).parent.mkdir(parents=True, exist_ok=True)

        async def connect(*_args: Any, **_kwargs: Any) -> aiosqlite.Connection:
            return await sqlite_driver.connect(path)

        engine = create_async_engine(
            self.url.set(drivername="sqlite+aiosqlite"),
            module=sqlite_driver.Driver(),
            connect_args={"async_creator_fn": connect},
            pool_size=8,
            hide_parameters=_HIDE,
        )

        @event.listens_for(engine.sync_engine, "connect")
        def set_pragmas(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            for pragma in (
                "foreign_keys=ON",
                "busy_timeout=5000",
                f"journal_mode={'WAL' if sqlite_driver.VERSION >= _WAL_SAFE else 'DELETE'}",
                "synchronous=FULL",
            ):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection: Connection) -> None:
            writes = connection.get_execution_options().get("writes", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

        return engine

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """Open a session that only reads; within a transaction it is that one, so that it sees what was changed."""
        if session := _joined.get() or _reading.get():
            yield session
            return
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncSession]:
        """Open a session that commits at the end, or rolls back if the body raises.

        Within a transaction it joins that one: what the body changed is kept or lost with the rest, and if it raises,
        only its own part is taken back.
        """
        if session := _joined.get():
            async with session.begin_nested():
                yield session
            return
        async with self._one_writer, AsyncSession(self.engine, expire_on_commit=False) as session:
            await session.connection(execution_options={"writes": True})
            yield session
            await session.commit()

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """Have all that the body reads and writes, in whatever function, kept together or not at all.

        Nobody is told of a change before it is committed.
        """
        with bus.held():
            async with self.write() as session:
                token = _joined.set(session)
                try:
                    yield session
                finally:
                    _joined.reset(token)

    @contextlib.asynccontextmanager
    async def one_read(self) -> AsyncGenerator[AsyncSession]:
        """Have all that the body reads, in whatever function, seen as of one moment and through one connection."""
        async with self.read() as session:
            token = _reading.set(session)
            try:
                yield session
            finally:
                _reading.reset(token)

    def write_stamp(self) -> object:
        """Return what differs after anybody, another process included, has written; asking costs next to nothing.

        Of a server it differs every few seconds, as nobody can tell.
        """
        if not self.is_sqlite:
            return int(clock.monotonic() / _SERVER_SECONDS)
        stamps: list[tuple[int, int]] = []
        for ending in ("", "-wal"):
            with contextlib.suppress(OSError):
                found = os.stat(f"{self.url.database}{ending}")  # noqa: PTH116 - a path object takes longer than the call
                stamps.append((found.st_mtime_ns, found.st_size))
        return tuple(stamps)

    async def answers(self) -> bool:
        """Tell whether the database can be reached."""
        try:
            async with self.read() as session:
                await session.execute(text("SELECT 1"))
        except (DBAPIError, OSError):
            return False
        return True

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


_open: list[Database] = []


def open_database(url: str) -> Database:
    """Make `url` the database that `read` and `write` use, until it is closed."""
    _open.append(Database(url))
    return _open[-1]


async def close_database() -> None:
    """Close the database opened last."""
    await _open.pop().close()


def current() -> Database:
    """Return the database opened last."""
    if not _open:
        raise RuntimeError("no database is open")
    return _open[-1]


def read() -> contextlib.AbstractAsyncContextManager[AsyncSession]:
    """Open a reading session on the current database."""
    return current().read()


def one_read() -> contextlib.AbstractAsyncContextManager[AsyncSession]:
    """Read on the current database as of one moment, whatever function the body calls."""
    return current().one_read()


def transaction() -> contextlib.AbstractAsyncContextManager[AsyncSession]:
    """Open a transaction on the current database that everything within joins."""
    return current().transaction()


def write() -> contextlib.AbstractAsyncContextManager[AsyncSession]:
    """Open a writing session on the current database; it commits at the end."""
    return current().write()
