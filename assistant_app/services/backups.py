"""Everything Steward keeps, in one archive.

Rows are kept as JSON and not as a copy of the database, so that a backup of one kind of database can be restored into
the other kind, and an older backup into a newer Steward.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant_app import __version__, clock
from assistant_app.errors import ConflictError, InvalidInputError, ServiceUnavailableError
from assistant_app.repositories import database, dumps, revisions
from assistant_app.repositories.database import Database
from assistant_app.services.archives import DRAFT, ArchiveWriter, Manifest, write_archive
from assistant_app.services.storage import LOCK_NAME, data_folder

BEFORE = "before-restore-"
STAGE = ".restore-"


@dataclass(frozen=True)
class Backup:
    """What an archive holds, and, after a restore, the folder with what was there before."""

    version: str
    created_at: datetime
    tables: int
    rows: int
    files: int
    kept_before: Path | None = None


async def create_backup(*, path: Path) -> Backup:
    """Write the open database and the data folder to `path`, as they are at one moment; others may go on writing."""
    _require_new(path)
    current, rows = database.current(), 0
    revision = await revisions.current_revision(current)
    if revision != revisions.head():
        raise ConflictError("The database is not up to date. Run the command migrate first.")
    tables = dumps.list_tables()
    with write_archive(path) as archive:
        async with dumps.snapshot(current) as connection:
            if damage := await dumps.find_damage(connection):
                raise ServiceUnavailableError(f"The database is damaged: {damage}. Restore an earlier backup.")
            for table in tables:
                with archive.open_member(f"tables/{table.name}.jsonl") as member:
                    async for batch in dumps.read_rows(connection, table):
                        member.write("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in batch).encode())
                        rows += len(batch)
        files = _add_files(archive, apart=(*database_files(current), path))
        manifest = Manifest(
            version=__version__,
            revision=revision,
            created_at=clock.now(),
            tables=tuple(table.name for table in tables),
            members=archive.members,
        )
        archive.finish(manifest)
    return Backup(manifest.version, manifest.created_at, len(tables), rows, files)


def _require_new(path: Path) -> None:
    if path.exists():
        raise ConflictError(f"{path} is there already. Choose another name.")
    if not path.parent.is_dir():
        raise InvalidInputError(f"There is no folder {path.parent}.")


def database_files(current: Database) -> tuple[Path, ...]:
    """Return where SQLite keeps the database and what belongs to it; nothing for PostgreSQL."""
    if not current.is_sqlite:
        return ()
    path = Path(current.url.database or "").absolute()
    return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal", ".jobs"))


def kept_files(*, apart: tuple[Path, ...] = ()) -> Iterator[Path]:
    """Return the files of the data folder that are worth keeping."""
    folder = data_folder()
    for path in sorted(folder.rglob("*")):
        passing = path.relative_to(folder).parts[0].startswith((BEFORE, STAGE, DRAFT, LOCK_NAME))
        if path.is_file() and not path.is_symlink() and not passing and path not in apart:
            yield path


def _add_files(archive: ArchiveWriter, *, apart: tuple[Path, ...]) -> int:
    count = 0
    for path in kept_files(apart=apart):
        # A file that goes away in the meantime is one that nobody wants any more.
        with contextlib.suppress(FileNotFoundError), path.open("rb") as source:
            with archive.open_member(f"files/{path.relative_to(data_folder()).as_posix()}") as member:
                member.copy(source)
            count += 1
    return count
