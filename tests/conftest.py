"""Fixtures that all tests share: both databases, and a person with an account."""

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from psycopg.sql import SQL, Identifier

from assistant_app import models
from assistant_app.repositories import database, migrations
from assistant_app.repositories.database import Database

# What must be there is said by the environment, so that a missing server fails a CI run and skips a laptop's.
REQUIRED = frozenset(filter(None, os.environ.get("STEWARD_TEST_REQUIRE", "").split(",")))
POSTGRES_URL = os.environ.get("STEWARD_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def skip_or_fail(what: str, why: str) -> None:
    """Skip the test for want of `what`, unless the environment says that it must be there."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required: {why}")
    pytest.skip(f"{what}: {why}")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new, empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'steward.db'}"
        return
    name = f"steward_{uuid.uuid4().hex}"
    try:
        admin = psycopg.connect(POSTGRES_URL, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        skip_or_fail("postgres", str(error))
        raise
    with admin:
        admin.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield POSTGRES_URL.rsplit("/", 1)[0] + f"/{name}"
        admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest_asyncio.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated database, SQLite and PostgreSQL in turn."""
    opened = database.open_database(database_url)
    await migrations.migrate(opened)
    yield opened
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
