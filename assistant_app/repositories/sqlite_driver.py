"""SQLite for the engine: the newest library that is there, and few ways between the event loop and its thread.

Whoever is cancelled while the thread works is told once the thread is done: a connection that was left in the middle
of something would be lost to the pool, and the tasks that wait for one with it.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_

try:
    import pysqlite3.dbapi2 as sqlite  # Bundles a newer SQLite than most systems have.
except ImportError:  # pragma: no cover - platforms without a wheel use the interpreter's own
    import sqlite3 as sqlite

_connect: Any = vars(sqlite)["connect"]  # pysqlite3 ships no types.
VERSION: tuple[int, ...] = sqlite.sqlite_version_info


class _Work(asyncio.Future[Any]):
    """What the thread does: it comes to its end whoever is cancelled."""

    def cancel(self, msg: Any | None = None) -> bool:  # noqa: ARG002 - the name is part of the protocol
        """Refuse, so that who waits is told with the end."""
        return False


class _Thread(aiosqlite.Connection):
    """A connection in its thread."""

    async def _connect(self) -> aiosqlite.Connection:
        try:
            self._connection = await self._done(self._connector)
        except BaseException:
            self.stop()
            raise
        return self

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")  # As the original says it, and the engine expects it.
        return await self._done(partial(fn, *args, **kwargs))

    async def _done(self, function: Callable[[], Any]) -> Any:
        """Have the thread do something, and wait for its end."""
        work = _Work()
        self._tx.put_nowait((work, function))
        try:
            return await work
        except asyncio.CancelledError:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - nothing but a task is cancelled
            task.uncancel()  # Whoever counts the cancellations counts this one once.
            task.cancel()  # The next wait is told, when the connection is back where it belongs.
            return work.result()


async def connect(path: str) -> aiosqlite.Connection:
    """Open a file in a thread of its own."""
    connection = _Thread(partial(_connect, path, isolation_level=None, check_same_thread=False), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does: a crash must not hang on it
    return await connection


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Runs a statement in one visit to the connection's thread; the original makes four, which cost more than it."""

    __slots__ = ("_outcome",)

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001 - as the original does
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = deque()
        self._outcome: tuple[Any, int, Any] = (None, -1, None)

    @property
    def description(self) -> Any:
        return self._outcome[0]

    @property
    def rowcount(self) -> int:
        return self._outcome[1]

    @property
    def lastrowid(self) -> Any:
        return self._outcome[2]

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Leave things as they are: the thread has closed its own cursor."""

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._visit("execute", operation, parameters or ())

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._visit("executemany", operation, seq_of_parameters)

    async def _visit(self, method: str, *arguments: Any) -> None:
        connection: Any = self._connection

        def work() -> tuple[tuple[Any, int, Any], list[Any]]:
            cursor: Any = connection._conn.cursor()  # noqa: SLF001 - aiosqlite does one thing at a time
            try:
                getattr(cursor, method)(*arguments)
                rows: list[Any] = cursor.fetchall() if cursor.description else []
                return (cursor.description, cursor.rowcount, cursor.lastrowid), rows
            finally:
                cursor.close()

        async with self._adapt_connection._execute_mutex:  # noqa: SLF001 - as the original does
            self._outcome, rows = await connection._execute(work)  # noqa: SLF001 - see above
            self._rows = deque(rows)


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()

    _cursor_cls = _Cursor


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """The asynchronous driver over whichever SQLite module is in use, with that module's errors."""

    def __init__(self) -> None:
        """Stand for both modules."""
        super().__init__(aiosqlite, sqlite)

    def connect(self, *args: Any, **kwargs: Any) -> AsyncAdapt_aiosqlite_connection:
        """Open a connection by the engine's own function."""
        return _Connection(self, await_(kwargs.pop("async_creator_fn")(*args, **kwargs)))

    def _init_dbapi_attributes(self) -> None:
        super()._init_dbapi_attributes()
        for name in ("DatabaseError", "Error", "IntegrityError", "NotSupportedError", "OperationalError"):
            setattr(self, name, getattr(self.sqlite, name))
        for name in ("ProgrammingError", "sqlite_version", "sqlite_version_info"):
            setattr(self, name, getattr(self.sqlite, name))
