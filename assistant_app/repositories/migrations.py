"""Bringing the database's schema up to this code, or to any revision on the way."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from assistant_app.errors import ServiceUnavailableError
from assistant_app.repositories.database import Database
from assistant_app.repositories.revisions import head, read_revision

_ROOT = Path(__file__).parents[2]


def _config(connection: Connection | None = None) -> Config:
    config = Config(str(_ROOT / "alembic.ini"))
    config.attributes["connection"] = connection
    return config


def known_revisions() -> frozenset[str]:
    """Return every revision that this code can bring a database to."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def step(connection: Connection, revision: str) -> None:
    """Bring the database to `revision`, head or base, as part of the caller's transaction."""
    have = read_revision(connection)
    if have and have not in known_revisions():
        raise ServiceUnavailableError(
            f"The database was made by a newer Steward (its revision is {have}, this one knows up to {head()}). "
            "Start the newer version, or restore a backup made before the upgrade."
        )
    goes_down = revision == "base" or (revision != "head" and revision < have)
    (command.downgrade if goes_down else command.upgrade)(_config(connection), revision)


async def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to `revision`; refuse one that a newer Steward has migrated."""
    async with database.engine.connect() as connection:
        await connection.execution_options(writes=True)
        await connection.run_sync(step, revision)
        await connection.commit()
