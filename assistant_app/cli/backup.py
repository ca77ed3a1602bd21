"""`backup`: database, files and keys, in one archive."""

import argparse
import asyncio
from pathlib import Path

from assistant_app.services import backups, storage
from assistant_app.services.backups import Backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `backup` takes."""
    parser.add_argument(
        "file", type=lambda name: Path(name).absolute(), help="where to write, e.g. steward-2026-01-31.zip"
    )


def run(arguments: argparse.Namespace) -> None:
    """Write the archive, whether Steward runs or not."""
    backup = asyncio.run(_create(arguments.file))
    print(f"Wrote {describe(backup)} to {arguments.file}. It holds the keys as well: keep it where nobody else looks.")


async def _create(path: Path) -> Backup:
    async with storage.opened_storage():
        return await backups.create_backup(path=path)


def describe(backup: Backup) -> str:
    """Return in words what an archive holds."""
    return f"{backup.rows} rows of {backup.tables} tables and {backup.files} files"
