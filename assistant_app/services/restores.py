"""A backup, put back: checked as a whole first, and then all of it or nothing."""

import contextlib
import secrets
import shutil
from collections.abc import Generator
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from assistant_app import clock
from assistant_app.errors import InvalidInputError, ServiceUnavailableError
from assistant_app.repositories import database, dumps, migrations
from assistant_app.repositories.database import Database
from assistant_app.services.archives import ArchiveReader, read_archive, sync_folder
from assistant_app.services.backups import BEFORE, STAGE, Backup, database_files, kept_files
from assistant_app.services.storage import data_folder


async def restore_backup(*, path: Path) -> Backup:
    """Put back what the archive at `path` holds, after checking all of it; on any failure nothing has changed.

    The caller holds the data folder. What was in it before is kept in a folder inside.
    """
    with read_archive(path) as archive:
        manifest = archive.manifest
        if manifest.revision not in migrations.known_revisions():
            raise InvalidInputError(
                f"{path} cannot be restored: a newer Steward made it, {manifest.version}. Restore it with that version."
            )
        with _stage() as stage:
            archive.extract_files(stage)
            put_back = _into_sqlite if database.current().is_sqlite else _into_postgres
            rows, kept = await put_back(archive, stage)
    files = sum(name.startswith("files/") for name in manifest.members)
    return Backup(manifest.version, manifest.created_at, len(manifest.tables), rows, files, kept)


@contextlib.contextmanager
def _stage() -> Generator[Path]:
    stage = data_folder() / f"{STAGE}{secrets.token_hex(4)}"
    stage.mkdir(mode=0o700)
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _fill(connection: Connection, archive: ArchiveReader) -> int:
    """Make the tables of the archive's own version, fill them, and bring them to this version."""
    migrations.step(connection, archive.manifest.revision)
    rows = sum(dumps.add_rows(connection, name, archive.read_rows(name)) for name in archive.manifest.tables)
    migrations.step(connection, "head")
    return rows


@contextlib.contextmanager
def _explained() -> Generator[None]:
    """Say that the rows do not fit; such an archive was not written by Steward."""
    try:
        yield
    except (SQLAlchemyError, ValueError, TypeError, AttributeError) as error:
        raise InvalidInputError(
            f"The archive cannot be restored: its rows do not fit the database ({getattr(error, 'orig', error)})."
        ) from error


async def _into_sqlite(archive: ArchiveReader, stage: Path) -> tuple[int, Path | None]:
    """Fill a new file beside the database, and put it in the database's place together with the other files."""
    place = database_files(database.current())[0]
    draft = place.with_name(f"{STAGE}{secrets.token_hex(4)}.db")
    try:
        fresh = Database(f"sqlite:///{draft}")
        try:
            with _explained():
                async with fresh.engine.connect() as connection:
                    await connection.execution_options(writes=True)
                    rows = await connection.run_sync(_fill, archive)
                    await connection.commit()
                    if damage := await dumps.find_damage(connection):
                        raise ServiceUnavailableError(f"The new database is damaged: {damage}. Check the disk.")
        finally:
            await fresh.close()
        await database.current().close()
        with _swapped(stage, {draft: place}) as kept:
            pass
        return rows, kept
    finally:
        for path in place.parent.glob(f"{draft.name}*"):
            path.unlink()


async def _into_postgres(archive: ArchiveReader, stage: Path) -> tuple[int, Path | None]:
    """Take all tables down and fill them anew in one transaction, which also waits for the files."""
    async with database.current().engine.connect() as connection:
        with _explained():
            await connection.run_sync(migrations.step, "base")
            rows = await connection.run_sync(_fill, archive)
        with _swapped(stage, {}) as kept:
            await connection.commit()
    return rows, kept


@contextlib.contextmanager
def _swapped(stage: Path, further: dict[Path, Path]) -> Generator[Path | None]:
    """Put the staged files in place of those that are there; all of it is taken back if the body fails."""
    folder, kept = data_folder(), f"{BEFORE}{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    databases = [path for path in database_files(database.current()) if path.is_file()]
    moves = {path: folder / kept / path.relative_to(folder) for path in kept_files(apart=tuple(databases))}
    moves |= {path: path.parent / kept / path.name for path in databases}
    moves |= {path: folder / path.relative_to(stage) for path in stage.rglob("*") if path.is_file()}
    done = list[tuple[Path, Path]]()
    try:
        for source, target in (moves | further).items():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            source.rename(target)
            done.append((source, target))
        for each in {target.parent for _, target in done}:
            sync_folder(each)
        places = [folder / kept, *(path.parent / kept for path in databases)]
        yield next(filter(Path.exists, places), None)
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise
