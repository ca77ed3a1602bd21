"""What supervisors and proxies ask."""

import httpx2
import pytest
from sqlalchemy import text

from assistant_app.repositories.database import Database


async def test_a_process_that_answers_is_alive(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_a_migrated_database_is_ready(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "database": True, "migrations": True})


async def test_a_database_with_an_older_schema_is_not(client: httpx2.AsyncClient, db: Database) -> None:
    async with db.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


async def test_a_database_that_does_not_answer_is_not_but_the_process_is_alive(
    client: httpx2.AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent() -> bool:
        return False

    monkeypatch.setattr(db, "answers", silent)
    assert (await client.get("/readyz")).status_code == 503
    assert (await client.get("/healthz")).status_code == 200
