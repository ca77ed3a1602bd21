"""Exports as downloads: one's own only."""

import httpx2
import pytest

from assistant_app import models
from assistant_app.repositories import database
from assistant_app.services import tasks
from tests.web.conftest import cookie_of


async def conversation_of(user: models.User, title: str = 'Trip to "Örebro"\r\nX-Evil: 1') -> str:
    async with database.write() as session:
        conversation = models.Conversation(user_id=user.id, title=title)
        session.add(conversation)
        await session.flush()
        message = models.Message(user_id=user.id, conversation_id=conversation.id, role="user", text="pack the tent")
        session.add(message)
        conversation.leaf_id = message.id
    return conversation.id


@pytest.mark.parametrize(("form", "media_type"), [("md", "text/markdown"), ("json", "application/json")])
async def test_a_conversation_is_a_file_to_keep(
    client: httpx2.AsyncClient, ada: models.User, form: str, media_type: str
) -> None:
    conversation_id = await conversation_of(ada)
    answer = await client.get(f"/export/conversations/{conversation_id}.{form}", headers=await cookie_of(ada))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["cache-control"] == "no-store"
    assert "x-evil" not in answer.headers
    assert "pack the tent" in answer.text


async def test_somebody_elses_conversation_is_not_found(
    client: httpx2.AsyncClient, ada: models.User, bob: models.User
) -> None:
    conversation_id, cookie = await conversation_of(ada), await cookie_of(bob)
    theirs = await client.get(f"/export/conversations/{conversation_id}.json", headers=cookie)
    missing = await client.get("/export/conversations/con_nothing.json", headers=cookie)
    assert (theirs.status_code, theirs.text) == (missing.status_code, missing.text)
    assert theirs.status_code == 404


async def test_all_conversations_are_ones_own(client: httpx2.AsyncClient, ada: models.User, bob: models.User) -> None:
    await conversation_of(ada, "Hers")
    await conversation_of(bob, "His")
    answer = await client.get("/export/conversations.json", headers=await cookie_of(bob))
    assert answer.status_code == 200
    assert "His" in answer.text
    assert "Hers" not in answer.text


async def test_other_forms_do_not_exist(client: httpx2.AsyncClient, ada: models.User) -> None:
    conversation_id, cookie = await conversation_of(ada), await cookie_of(ada)
    assert (await client.get(f"/export/conversations/{conversation_id}.exe", headers=cookie)).status_code == 404
    assert (await client.get("/export/conversations.exe", headers=cookie)).status_code == 404


@pytest.mark.parametrize(("form", "media_type"), [("json", "application/json"), ("csv", "text/csv")])
async def test_activity_is_a_file_with_ones_own_changes(
    client: httpx2.AsyncClient, ada: models.User, bob: models.User, form: str, media_type: str
) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    await tasks.add_task(user_id=bob.id, title="secret")
    answer = await client.get(f"/export/activity.{form}", headers=await cookie_of(ada))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["cache-control"] == "no-store"
    assert "Added “milk”" in answer.text
    assert "secret" not in answer.text


async def test_activity_is_for_those_who_are_signed_in_and_has_two_forms(
    client: httpx2.AsyncClient, ada: models.User
) -> None:
    assert (await client.get("/export/activity.json")).status_code in (401, 303)
    assert (await client.get("/export/activity.exe", headers=await cookie_of(ada))).status_code == 404
