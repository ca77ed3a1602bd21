"""Rows of whole tables as plain values, out of one database and into another, of either kind."""

import base64
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, func, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant_app import models
from assistant_app.errors import InvalidInputError
from assistant_app.repositories.database import Database

Row = Mapping[str, Any]
_AT_ONCE = 500


def list_tables() -> list[Table]:
    """Return the tables of this version, those first that others point to."""
    return models.User.metadata.sorted_tables


@asynccontextmanager
async def snapshot(database: Database) -> AsyncGenerator[AsyncConnection]:
    """Open a connection that sees one moment of the database for as long as it lasts, while others go on writing."""
    async with database.engine.connect() as connection:
        if not database.is_sqlite:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


async def find_damage(connection: AsyncConnection) -> str:
    """Return what SQLite finds wrong with its file; empty if nothing, and on PostgreSQL, which looks after itself."""
    if connection.dialect.name != "sqlite":
        return ""
    findings = [str(row[0]) for row in await connection.execute(text("PRAGMA integrity_check(5)"))]
    return "" if findings == ["ok"] else "; ".join(findings)


async def read_rows(connection: AsyncConnection, table: Table) -> AsyncIterator[list[dict[str, Any]]]:
    """Return the rows of a table in values that JSON has, some at a time."""
    result = await connection.stream(select(table).order_by(*table.primary_key.columns))
    async for rows in result.mappings().partitions(_AT_ONCE):
        yield [{key: _plain(value) for key, value in row.items()} for row in rows]


def add_rows(connection: Connection, name: str, rows: Iterable[Row]) -> int:
    """Put rows of `read_rows` into the table as this database has it, and return how many."""
    if not inspect(connection).has_table(name):
        raise InvalidInputError(f"The database of that version has no table {name!r}.")
    table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
    count, batch = 0, list[dict[str, Any]]()
    for row in rows:
        batch.append({key: _typed(_column(table, key), value, connection) for key, value in row.items()})
        if len(batch) == _AT_ONCE:
            count += _add(connection, table, batch)
            batch = []
    count += _add(connection, table, batch)
    _continue_numbers(connection, table)
    return count


def _add(connection: Connection, table: Table, batch: Sequence[Row]) -> int:
    if batch:
        connection.execute(table.insert(), list(batch))
    return len(batch)


def _column(table: Table, name: str) -> Column[Any]:
    if name not in table.columns:
        raise InvalidInputError(f"The table {table.name!r} of that version has no column {name!r}.")
    return table.columns[name]


def _continue_numbers(connection: Connection, table: Table) -> None:
    """Have PostgreSQL number further rows after those that came with a number."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        if isinstance(column.type, (Integer, BigInteger)):
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            highest = select(func.max(column)).scalar_subquery()
            connection.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, Decimal) else value


def _typed(column: Column[Any], value: Any, connection: Connection) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    kind = column.type.python_type
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:  # What clocks on a wall show; it is no moment.
            return moment
        moment = moment.astimezone(UTC)
        return moment.replace(tzinfo=None) if connection.dialect.name == "sqlite" else moment
    if kind in (date, time):
        return kind.fromisoformat(value)
    return kind(value) if kind in (int, float, bool, Decimal) else value
