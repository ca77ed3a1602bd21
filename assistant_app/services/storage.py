"""The data folder and the database: held by one process, opened, and brought up to date."""

import contextlib
import fcntl
import importlib
import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from assistant_app.errors import ConflictError, ServiceUnavailableError
from assistant_app.repositories import database, revisions
from assistant_app.settings import get_settings

LOCK_NAME = "steward.lock"


def data_folder() -> Path:
    """Return the data folder, which only its owner may look into."""
    folder = get_settings().data.absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ServiceUnavailableError(
            f"The data folder {folder} cannot be made ({error.strerror}). Set STEWARD_DATA to another place."
        ) from None
    return folder


@contextlib.contextmanager
def hold_data_folder() -> Generator[None]:
    """Keep every other Steward off the data folder; the system lets go of it if this process dies."""
    path = data_folder() / LOCK_NAME
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConflictError(
                f"Another Steward is running on the data folder {path.parent}. Stop it first, "
                "or give this one a folder of its own with STEWARD_DATA."
            ) from None
        yield


def open_storage() -> None:
    """Open the database of the settings; nothing is connected before it is used."""
    data_folder()
    database.open_database(get_settings().sqlalchemy_url)


def write_stamp() -> object:
    """Return what differs once anybody, another process included, has written into the open database."""
    return database.current().write_stamp()


async def close_storage() -> None:
    """Close what was opened last."""
    await database.close_database()


@contextlib.asynccontextmanager
async def opened_storage() -> AsyncGenerator[None]:
    """Have the database open for as long as the context lasts, as commands do."""
    open_storage()
    try:
        yield
    finally:
        await close_storage()


@contextlib.asynccontextmanager
async def scratch_storage() -> AsyncGenerator[None]:
    """Have an empty database open in place of the real one; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="steward-") as folder:
        database.open_database(f"sqlite:///{folder}/scratch.db")
        try:
            await bring_up_to_date()
            yield
        finally:
            await database.close_database()


async def bring_up_to_date(*, alone: bool = False) -> bool:
    """Migrate the open database if it needs it, and tell whether it did; a newer one is refused.

    Who does not hold the data folder asks to be `alone` for it.
    """
    current = database.current()
    try:
        if await revisions.current_revision(current) == revisions.head():
            return False
        # Alembic comes in only where there is something to migrate, as it would slow every start down.
        migrations = importlib.import_module("assistant_app.repositories.migrations")
        with hold_data_folder() if alone else contextlib.nullcontext():
            await migrations.migrate(current)
    except (DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip()
        raise ServiceUnavailableError(
            f"The database cannot be used: {reason}. Check that it runs, and STEWARD_DATABASE_URL."
        ) from error
    return True
