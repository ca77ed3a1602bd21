"""Titles that models find."""

import pytest

from assistant_app import models
from assistant_app.agent import runs, talk
from assistant_app.agent.titles import tidy
from assistant_app.services import conversations, threads
from tests.peers.openai_server import OpenAIServer


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ('"Packing for Rome"\n', "Packing for Rome"),
        ("Title: Packing for Rome.", "Packing for Rome"),
        ("**Packing**", "Packing"),
        ("## Title: A **token bucket** in `Python`", "A token bucket in Python"),
        ("\n\n", ""),
        ("word " * 30, "word word word word word word word word word word word…"),
    ],
)
def test_title_is_one_short_plain_line(answer: str, title: str) -> None:
    assert tidy(answer) == title


async def test_first_exchange_gives_a_title_without_touching_the_order(
    ada: models.User, provider: OpenAIServer
) -> None:
    asked = await talk.ask(user_id=ada.id, conversation_id="", text="Greet me", model="openai_compatible/plain")
    (before,) = await conversations.list_conversations(user_id=ada.id)
    await runs.idle()
    (after,) = await conversations.list_conversations(user_id=ada.id)
    assert after.title == "Hello from here"
    assert after.touched_at == before.touched_at
    assert (await threads.open_thread(user_id=ada.id, conversation_id=asked.conversation_id)).title_by == "model"


async def test_title_of_the_users_own_stays(ada: models.User, provider: OpenAIServer) -> None:
    asked = await talk.ask(user_id=ada.id, conversation_id="", text="Greet me", model="openai_compatible/plain")
    await conversations.rename_conversation(user_id=ada.id, conversation_id=asked.conversation_id, title="Mine")
    await runs.idle()
    (row,) = await conversations.list_conversations(user_id=ada.id)
    assert row.title == "Mine"


async def test_builtin_model_titles_by_rule(ada: models.User) -> None:
    await talk.ask(user_id=ada.id, conversation_id="", text="what time is it in Tokyo?", model="builtin")
    await runs.idle()
    (row,) = await conversations.list_conversations(user_id=ada.id)
    assert row.title == "What time is it in Tokyo"


async def test_greeting_leaves_the_title_to_what_comes_after_it(ada: models.User) -> None:
    asked = await talk.ask(user_id=ada.id, conversation_id="", text="Hi there!", model="builtin")
    await runs.idle()
    (row,) = await conversations.list_conversations(user_id=ada.id)
    assert row.title == "Hi there!"
    await talk.ask(
        user_id=ada.id, conversation_id=asked.conversation_id, text="Can you tell me the time?", model="builtin"
    )
    await runs.idle()
    (row,) = await conversations.list_conversations(user_id=ada.id)
    assert row.title == "The time"
