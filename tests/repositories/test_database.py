"""The engine: what its errors say, and what they keep to themselves."""

import asyncio
import contextlib
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant_app import bus, models
from assistant_app.repositories import database
from assistant_app.repositories.database import Database
from tests.conftest import add_user


async def test_error_does_not_quote_what_somebody_wrote(db: Database) -> None:
    with pytest.raises(IntegrityError) as raised:
        async with database.write() as session:
            session.add(models.Message(user_id="usr_0", conversation_id="con_0", role="user", text="my diary"))
    assert "diary" not in str(raised.value)
    assert "message" in str(raised.value)


async def test_transaction_keeps_what_its_functions_wrote_together_and_tells_afterwards(db: Database) -> None:
    ada = await add_user()
    with bus.subscribe(ada.id) as subscription:
        async with database.transaction():
            async with database.write() as session:
                session.add(models.TaskList(user_id=ada.id, title="first"))
            bus.publish(ada.id, "tasks")
            with contextlib.suppress(ValueError):
                async with database.write() as session:
                    session.add(models.TaskList(user_id=ada.id, title="second"))
                    await session.flush()
                    raise ValueError
            async with database.read() as session:
                assert await _titles(session) == ["first"]
            assert await subscription.changes(seconds=0) == frozenset()
        assert await subscription.changes(seconds=0) == {"tasks"}
    async with database.read() as session:
        assert await _titles(session) == ["first"]


async def test_transaction_that_fails_leaves_nothing_and_tells_nobody(db: Database) -> None:
    ada = await add_user()
    with bus.subscribe(ada.id) as subscription, contextlib.suppress(ValueError):
        async with database.transaction():
            async with database.write() as session:
                session.add(models.TaskList(user_id=ada.id, title="first"))
            bus.publish(ada.id, "tasks")
            raise ValueError
    assert await subscription.changes(seconds=0) == frozenset()
    async with database.read() as session:
        assert await _titles(session) == []


async def _titles(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(col(models.TaskList.title))))


async def test_connection_outlives_those_who_are_cancelled_in_the_middle_of_a_statement(db: Database) -> None:
    if not db.is_sqlite:
        pytest.skip("the driver of PostgreSQL cancels the statement itself")
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        go_on.wait(10)

    async with db.engine.connect() as connection:
        thread = (await connection.get_raw_connection()).driver_connection
        assert thread is not None
        await thread.create_function("hold", 0, hold)

    async def read() -> None:
        async with database.read() as session:
            await session.execute(text("SELECT hold()"))
            await asyncio.Event().wait()

    reading = asyncio.create_task(read())
    await asyncio.to_thread(begun.wait, 10)
    for _ in range(2):  # A tab that is closed while it is left is cancelled twice.
        reading.cancel()
        await asyncio.sleep(0)
    assert not reading.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await reading
    async with db.engine.connect() as connection:
        assert (await connection.get_raw_connection()).driver_connection is thread


async def test_deadline_is_told_as_such_in_the_middle_of_a_statement(db: Database) -> None:
    async def read_on() -> None:
        while True:
            async with database.read() as session:
                await session.execute(text("SELECT 1"))

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(read_on(), 0.001)
