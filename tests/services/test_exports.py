"""Conversations as files."""

import io
import json
import threading
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from assistant_app import models
from assistant_app.repositories import database
from assistant_app.services import answers, conversations, exports, messages, trash
from tests.ui.calls import chat_with_calls


async def spoon(user: models.User) -> str:
    """Store a conversation with two versions of an answer, the first of which is shown."""
    asked = await answers.ask(user_id=user.id, conversation_id=None, text="What is a *spoon*?", model="builtin")
    await answers.finish_run(
        user_id=user.id,
        run_id=asked.run.run_id,
        status="failed",
        text="A small",
        reasoning="hm",
        error="The answer broke off.",
    )
    run = await answers.regenerate_answer(user_id=user.id, message_id=asked.run.message_id)
    await answers.finish_run(user_id=user.id, run_id=run.run_id, status="complete", text="Ein Löffel 🥄")
    await messages.switch_version(user_id=user.id, message_id=asked.run.message_id)
    return asked.conversation_id


async def test_markdown_is_the_shown_branch(ada: models.User) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 9, 30, tzinfo=UTC)):
        conversation_id = await spoon(ada)
    export = await exports.export_conversation(user_id=ada.id, conversation_id=conversation_id, form="md")
    assert (export.filename, export.media_type) == ("what-is-a-spoon.md", "text/markdown; charset=utf-8")
    assert export.body.decode() == (
        "# What is a *spoon*?\n\n*2026-03-02 09:30 UTC*\n\n## You\n\nWhat is a *spoon*?\n\n"
        "## Assistant (builtin)\n\nA small\n\n*(failed)* The answer broke off.\n"
    )


async def test_json_holds_the_whole_tree(ada: models.User) -> None:
    conversation_id = await spoon(ada)
    export = await exports.export_conversation(user_id=ada.id, conversation_id=conversation_id, form="json")
    assert (export.filename, export.media_type) == ("what-is-a-spoon.json", "application/json")
    document = json.loads(export.body)
    (conversation,) = document["conversations"]
    assert (document["format"], document["version"]) == ("steward-conversations", 1)
    assert conversation["id"] == conversation_id
    question, first, second = conversation["messages"]
    assert [message["parent_id"] for message in (question, first, second)] == [None, question["id"], question["id"]]
    assert (first["text"], first["reasoning"], first["status"]) == ("A small", "hm", "failed")
    assert second["text"] == "Ein Löffel 🥄"
    assert conversation["shown"] == first["id"]
    assert datetime.fromisoformat(second["created_at"]).tzinfo is not None


async def test_what_was_done_stands_in_both_forms(ada: models.User) -> None:
    place, _ = await chat_with_calls(ada, ("add_task", {"title": "milk"}), ("complete_task", {"task": "no such"}))
    markdown = (await exports.export_conversation(user_id=ada.id, conversation_id=place, form="md")).body.decode()
    assert "- Added “milk”\n" in markdown
    assert "*(failed)*" in markdown
    document = json.loads((await exports.export_conversation(user_id=ada.id, conversation_id=place, form="json")).body)
    calls = document["conversations"][0]["messages"][-1]["calls"]
    assert [(call["tool"], call["status"]) for call in calls] == [("add_task", "ok"), ("complete_task", "failed")]
    assert calls[0]["arguments"] == {"title": "milk"}


async def test_everything_is_a_zip_of_markdown_or_one_json(ada: models.User, bob: models.User) -> None:
    first, second = await spoon(ada), await spoon(ada)
    await conversations.archive_conversation(user_id=ada.id, conversation_id=second)
    await trash.move_to_trash(user_id=ada.id, conversation_id=await spoon(ada))
    await spoon(bob)
    with time_machine.travel(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), tick=False):
        archive = await exports.export_all(user_id=ada.id, form="md")
        document = await exports.export_all(user_id=ada.id, form="json")
    assert (archive.filename, archive.media_type) == ("steward-2026-03-02.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(archive.body)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["00001-what-is-a-spoon.md", "00002-what-is-a-spoon.md"]
        one = await exports.export_conversation(user_id=ada.id, conversation_id=first, form="md")
        assert opened.read("00001-what-is-a-spoon.md") == one.body
    assert document.filename == "steward-2026-03-02.json"
    kept = json.loads(document.body)["conversations"]
    assert [(c["id"], c["archived"], len(c["messages"])) for c in kept] == [(first, False, 3), (second, True, 3)]


async def test_export_of_nothing_is_an_empty_file_that_opens(ada: models.User) -> None:
    archive = await exports.export_all(user_id=ada.id, form="md")
    with zipfile.ZipFile(io.BytesIO(archive.body)) as opened:
        assert opened.namelist() == []
    assert json.loads((await exports.export_all(user_id=ada.id, form="json")).body)["conversations"] == []


async def test_more_conversations_than_are_read_at_once_are_all_exported(ada: models.User) -> None:
    async with database.write() as session:
        session.add_all(models.Conversation(user_id=ada.id, title=str(number)) for number in range(401))
    document = json.loads((await exports.export_all(user_id=ada.id, form="json")).body)
    assert {c["title"] for c in document["conversations"]} == {str(number) for number in range(401)}


async def test_others_are_served_while_an_export_is_packed(ada: models.User, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []

    class Archive(zipfile.ZipFile):
        def writestr(self, *arguments: Any, **more: Any) -> None:
            threads.append(threading.current_thread())
            super().writestr(*arguments, **more)

    monkeypatch.setattr(zipfile, "ZipFile", Archive)
    await spoon(ada)
    await exports.export_all(user_id=ada.id, form="md")
    assert threads
    assert threading.main_thread() not in threads


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("Con: a|b?", "con-a-b"),
        ("日本", "conversation"),
        ("", "conversation"),
        ("x" * 200, "x" * 60),
    ],
)
def test_title_becomes_a_harmless_file_name(title: str, stem: str) -> None:
    assert exports._file_stem(title) == stem


@given(title=st.text(max_size=200))
def test_file_name_is_plain_whatever_the_title(title: str) -> None:
    stem = exports._file_stem(title)
    assert 0 < len(stem) <= 60
    assert stem.isascii()
    assert all(char.isalnum() or char == "-" for char in stem)
