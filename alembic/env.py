"""Runs the migrations on the database that the settings name, or on the connection that a caller hands in."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy.engine import Connection

from assistant_app import models
from assistant_app.repositories.database import Database
from assistant_app.settings import get_settings

# Full-text search is made by hand in the migrations, in each database's own way.
_BY_HAND = ("message_text",)


_METADATA = models.User.metadata  # Importing the tables has filled it.


def _include(_object: Any, name: str | None, kind: str, reflected: bool, _compare_to: Any) -> bool:
    return not (reflected and kind in ("table", "column", "index") and (name or "").startswith(_BY_HAND))


def run(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=_METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_object=_include,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _connect_and_run() -> None:
    database = Database(get_settings().sqlalchemy_url)
    async with database.engine.connect() as connection:
        await connection.execution_options(writes=True)
        await connection.run_sync(run)
        await connection.commit()
    await database.close()


given: Connection | None = context.config.attributes.get("connection")
if given is None:
    asyncio.run(_connect_and_run())
else:
    run(given)
