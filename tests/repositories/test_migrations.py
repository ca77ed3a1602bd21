"""The migrations, on both databases."""

from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from assistant_app import models
from assistant_app.errors import ServiceUnavailableError
from assistant_app.repositories import database, migrations, revisions
from assistant_app.repositories.database import Database
from tests.conftest import add_user


async def test_search_revision_goes_down_and_up_again_with_data(db: Database) -> None:
    ada = await add_user()
    async with database.write() as session:
        conversation = models.Conversation(user_id=ada.id)
        session.add(conversation)
        await session.flush()
        session.add(models.Message(user_id=ada.id, conversation_id=conversation.id, role="user", text="a wet umbrella"))
    await migrations.migrate(db, "0001")
    await migrations.migrate(db)
    async with database.read() as session:
        statement = (
            "SELECT count(*) FROM message_text WHERE message_text MATCH 'umbrella'"
            if db.is_sqlite
            else "SELECT count(*) FROM message WHERE message_text @@ to_tsquery('simple', 'umbrella')"
        )
        assert (await session.execute(text(statement))).scalar() == 1


async def test_database_of_a_newer_version_is_refused_in_a_sentence(db: Database) -> None:
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ServiceUnavailableError, match="made by a newer Steward"):
        await migrations.migrate(db)


async def test_every_revision_goes_down_to_nothing_and_up_again(db: Database) -> None:
    await migrations.migrate(db, "base")
    assert await revisions.current_revision(db) == ""
    await migrations.migrate(db)
    assert await revisions.current_revision(db) == revisions.head()


def test_revision_that_the_code_wants_is_the_one_that_alembic_ends_at() -> None:
    scripts = ScriptDirectory.from_config(Config(str(Path(__file__).parents[2] / "alembic.ini")))
    assert scripts.get_heads() == [revisions.head()]
