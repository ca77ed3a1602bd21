"""Choosing models, and what people read when a provider fails."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.chat import LOCAL, Chat, Sidebar
from tests.e2e.conftest import ApplicationStarter, PersonMaker
from tests.e2e.people import Person
from tests.peers.openai_server import SCENARIOS, OpenAIServer, Reply, Scenario


def first(failing: Scenario) -> Scenario:
    """Return a model that fails once and then answers."""
    calls: list[Reply] = []

    async def answer(reply: Reply) -> None:
        calls.append(reply)
        if len(calls) == 1:
            await failing(reply)
        else:
            await reply.delta(content="Now it works.")
            await reply.finish()

    return answer


async def test_the_selector_offers_the_models_of_each_provider_and_searches_them(page: Page) -> None:
    chat = Chat(page)
    button = page.get_by_role("button", name="Choose model")
    await expect(button).to_have_text("Built-in assistant")
    await button.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("region", name="Steward")).to_contain_text("no key needed")
    local = dialog.get_by_role("region", name="OpenAI-compatible server")
    await expect(local.get_by_role("button", name=re.compile("^plain"))).to_be_visible()
    await expect(local).to_contain_text("context")
    await page.get_by_role("searchbox", name="Search models").fill("seco")
    await expect(dialog.get_by_role("region", name="Steward")).to_have_count(0)
    await expect(local.get_by_role("button")).to_have_count(1)
    await page.get_by_role("searchbox", name="Search models").fill("nonesuch")
    await expect(dialog).to_contain_text("No model has that name.")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(chat.field).to_be_visible()


async def test_without_a_provider_the_selector_says_how_to_connect_one(
    person: PersonMaker, start_application: ApplicationStarter
) -> None:
    ada = await person("ada", at=await start_application())
    await ada.page.get_by_role("button", name="Choose model").click()
    dialog = ada.page.get_by_role("dialog")
    await expect(dialog.get_by_role("region")).to_have_count(1)
    await dialog.get_by_role("link", name="Settings > Models").click()
    await expect(ada.page).to_have_url(f"{ada.server.url}/settings/models")


async def test_a_conversation_keeps_the_model_chosen_for_it(me: Person, page: Page, provider: OpenAIServer) -> None:
    first_id = await me.conversation("First?", "One.", title="The first")
    second_id = await me.conversation("Second?", "Two.", title="The second")
    await me.open(f"/c/{first_id}")
    chat, button = Chat(page), page.get_by_role("button", name="Choose model")
    await chat.choose_model("second")
    await chat.say(f"Who are you, asks {me.login}")
    await chat.expect_whole("Hello from here.")
    asked = [chats.body for chats in provider.chats if me.login in str(chats.body["messages"][-1])]
    assert [body["model"] for body in asked] == ["second"]
    # What was said before goes along.
    assert [message["content"] for message in asked[0]["messages"]][-3:-1] == ["First?", "One."]

    await Sidebar(page).link("The second").click()
    await expect(page).to_have_url(re.compile(second_id))
    await expect(button).to_have_text("Built-in assistant")
    await Sidebar(page).link("The first").click()
    await expect(button).to_have_text("second")
    await page.reload()
    await expect(button).to_have_text("second")


async def test_new_chats_start_with_the_model_made_the_default(me: Person, page: Page) -> None:
    chat, button = Chat(page), page.get_by_role("button", name="Choose model")
    await chat.choose_model("second")
    await button.click()
    await page.get_by_role("button", name="Start new chats with this model").click()
    await expect(page.get_by_role("status", name="Notices")).to_contain_text("New chats now start with this model.")
    tab = await me.tab()
    await expect(tab.get_by_role("button", name="Choose model")).to_have_text("second")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("fail-401", "OpenAI-compatible server refuses the API key. Check it under Settings > Models."),
        ("fail-404", "OpenAI-compatible server does not know the model"),
        ("busy-429", "OpenAI-compatible server takes no more requests from this key for now. Try again in 20 seconds"),
        ("cut", "The answer of OpenAI-compatible server broke off before its end."),
    ],
)
async def test_a_fault_of_the_provider_is_a_sentence_and_retry_works(
    person: PersonMaker, monkeypatch: pytest.MonkeyPatch, fault: str, sentence: str
) -> None:
    monkeypatch.setitem(SCENARIOS, f"once-{fault}", first(SCENARIOS[fault]))
    ada = await person("ada", model=f"{LOCAL}once-{fault}")
    chat = Chat(ada.page)
    await chat.ask("Does it work?")
    alert = chat.answers.last.get_by_role("alert")
    await expect(alert).to_contain_text(sentence)
    await expect(alert).not_to_contain_text("sk-")
    if fault == "cut":
        await expect(chat.answer_text).to_have_text("Half an")
    await alert.get_by_role("button", name="Retry").click()
    await chat.expect_whole("Now it works.")
    await expect(alert).to_have_count(0)


async def test_a_question_that_failed_is_still_there_after_a_reload(person: PersonMaker) -> None:
    ada = await person("ada", model=f"{LOCAL}fail-401")
    chat = Chat(ada.page)
    await chat.ask("Is anybody there?")
    await expect(chat.answers.last.get_by_role("alert")).to_be_visible()
    await ada.page.reload()
    await expect(chat.questions).to_contain_text("Is anybody there?")
    await expect(chat.answers.last.get_by_role("alert")).to_contain_text("refuses the API key")
    await expect(chat.answers.last.get_by_role("button", name="Continue")).to_have_count(0)
