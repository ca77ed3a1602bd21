"""The engine: what its errors say, and what they keep to themselves."""

import contextlib

import pytest
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
