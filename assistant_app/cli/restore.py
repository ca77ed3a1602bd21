"""`restore`: put back what an archive holds."""

import argparse
import asyncio
from pathlib import Path

from assistant_app.cli.backup import describe
from assistant_app.services import restores, storage
from assistant_app.services.backups import Backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `restore` takes."""
    parser.add_argument("file", type=lambda name: Path(name).absolute(), help="an archive that backup has written")


def run(arguments: argparse.Namespace) -> None:
    """Restore while Steward does not run."""
    with storage.hold_data_folder():
        backup = asyncio.run(_restore(arguments.file))
    print(f"Restored {describe(backup)}, as they were at {backup.created_at:%Y-%m-%d %H:%M} UTC.")
    if backup.kept_before:
        print(f"What was there before is in {backup.kept_before}; delete it once all is well.")


async def _restore(path: Path) -> Backup:
    async with storage.opened_storage():
        return await restores.restore_backup(path=path)
