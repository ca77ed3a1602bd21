"""Which revision the database has, and which this code wants.

Alembic is left out, as a start without changes needs no more than this, and importing it takes a tenth of that start.
"""

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from assistant_app.repositories.database import Database

_VERSIONS = Path(__file__).parents[2] / "alembic/versions"


def head() -> str:
    """Return the revision that this code wants: files are named by revision, and revisions count up."""
    return max((path.name.split("_")[0] for path in _VERSIONS.glob("[0-9]*.py")), default="")


def read_revision(connection: Connection) -> str:
    """Return the revision that the database has; empty for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


async def current_revision(database: Database) -> str:
    """Return the revision that the database has; empty for a new one."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(read_revision)
