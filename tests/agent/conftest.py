"""A provider on this machine that the settings name, and runs that have ended when a test has."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func
from sqlmodel import select

from assistant_app import models
from assistant_app.agent import runs
from assistant_app.repositories import database
from assistant_app.repositories.database import Database
from assistant_app.settings import get_settings
from tests.peers.openai_server import OpenAIServer, openai_server


@pytest_asyncio.fixture
async def provider(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[OpenAIServer]:
    """A provider that speaks the OpenAI protocol, connected for all users."""
    async with openai_server() as server:
        monkeypatch.setenv("STEWARD_OPENAI_COMPATIBLE_URL", server.url)
        monkeypatch.setenv("STEWARD_DATA", str(tmp_path / "data"))
        get_settings.cache_clear()
        yield server
        await runs.stop_all()
    get_settings.cache_clear()


@pytest.fixture
def read_tables(db: Database) -> Callable[[], Awaitable[int]]:
    """Count what is stored of conversations."""

    async def count() -> int:
        async with database.read() as session:
            tables = (models.Conversation, models.Message, models.Run)
            return sum([await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables])

    return count
