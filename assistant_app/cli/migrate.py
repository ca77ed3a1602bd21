"""`migrate`: bring the database up to date."""

import argparse
import asyncio

from assistant_app.services import storage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `migrate` takes: nothing."""
    del parser


def run(arguments: argparse.Namespace) -> None:
    """Migrate while nobody else uses the database."""
    del arguments
    with storage.hold_data_folder():
        asyncio.run(_migrate())


async def _migrate() -> None:
    async with storage.opened_storage():
        moved = await storage.bring_up_to_date()
    print("The database is up to date." if moved else "The database was up to date already.")
