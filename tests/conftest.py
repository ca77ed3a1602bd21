"""Fixtures that all tests share: both databases, and a person with an account."""

import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
import pytest_asyncio
from psycopg.sql import SQL, Identifier
from sqlmodel import SQLModel

from assistant_app import models
from assistant_app.repositories import database, migrations, revisions
from assistant_app.repositories.database import Database

# What must be there is said by the environment, so that a missing server fails a CI run and skips a laptop's.
REQUIRED = frozenset(filter(None, os.environ.get("STEWARD_TEST_REQUIRE", "").split(",")))
POSTGRES_URL = os.environ.get("STEWARD_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def skip_or_fail(what: str, why: str) -> None:
    """Skip the test for want of `what`, unless the environment says that it must be there."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required: {why}")
    pytest.skip(f"{what}: {why}")


class Databases:
    """Migrated databases for the tests of one process: a file to copy for SQLite, one to empty for PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        """Make nothing before it is asked for."""
        self._file = folder / "migrated.db"
        self._name = ""

    async def open_sqlite(self, path: Path) -> Database:
        """Open a new, empty database that is up to date."""
        if not self._file.exists():
            await migrations.migrate(database.open_database(f"sqlite:///{self._file}"))
            await database.close_database()
        shutil.copy(self._file, path)
        return database.open_database(f"sqlite:///{path}")

    async def open_postgres(self) -> Database:
        """Open an empty database that is up to date; what the test before left in it is deleted."""
        url = POSTGRES_URL.rsplit("/", 1)[0]
        if not self._name:
            self._name = f"steward_{uuid.uuid4().hex}"
            _administrate("CREATE DATABASE {}", self._name)
            await migrations.migrate(database.open_database(f"{url}/{self._name}"))
            await database.close_database()
        try:
            with psycopg.connect(f"{url}/{self._name}") as connection:
                _empty(connection)
        except _ChangedError:  # The test before left another version, or no tables at all.
            self.drop()
            return await self.open_postgres()
        return database.open_database(f"{url}/{self._name}")

    def drop(self) -> None:
        """Remove the database, if there is one."""
        if self._name:
            _administrate("DROP DATABASE {} WITH (FORCE)", self._name)
            self._name = ""


class _ChangedError(Exception):
    """The tables are not those of this version."""


def _administrate(statement: LiteralString, name: str) -> None:
    try:
        admin = psycopg.connect(POSTGRES_URL, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        skip_or_fail("postgres", str(error))
        raise
    with admin:
        admin.execute(SQL(statement).format(Identifier(name)))


def _empty(connection: psycopg.Connection[Any]) -> None:
    """Delete all rows, the keys that point at them notwithstanding, and count from 1 again."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    names = {str(row[0]) for row in connection.execute(tables)}
    if names != {table.name for table in SQLModel.metadata.sorted_tables}:
        raise _ChangedError
    if connection.execute("SELECT version_num FROM alembic_version").fetchall() != [(revisions.head(),)]:
        raise _ChangedError
    connection.execute("SET LOCAL session_replication_role = replica")
    for name in sorted(names):
        connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))
    for (name,) in connection.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall():
        connection.execute(SQL("ALTER SEQUENCE {} RESTART").format(Identifier(name)))


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """What tests take their databases from."""
    held = Databases(tmp_path_factory.mktemp("databases"))
    yield held
    held.drop()


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def db(request: pytest.FixtureRequest, tmp_path: Path, databases: Databases) -> AsyncIterator[Database]:
    """An open, migrated, empty database, SQLite and PostgreSQL in turn."""
    if request.param == "sqlite":
        yield await databases.open_sqlite(tmp_path / "steward.db")
    else:
        yield await databases.open_postgres()
    await database.close_database()


async def add_user(login: str = "ada", **fields: Any) -> models.User:
    """Put a person straight into the database, without the cost of a password hash."""
    async with database.write() as session:
        user = models.User(login=login, name=fields.pop("name", login.title()), password_hash="-", **fields)
        session.add(user)
    return user


@pytest_asyncio.fixture
async def ada(db: Database) -> models.User:
    """A person with an account."""
    return await add_user("ada")


@pytest_asyncio.fixture
async def bob(db: Database) -> models.User:
    """Somebody else."""
    return await add_user("bob")
