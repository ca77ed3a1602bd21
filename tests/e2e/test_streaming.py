"""Answers belong to the server: tabs and devices only follow them."""

from collections.abc import Callable

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.chat import LOCAL, Chat, Sidebar, tokens
from tests.e2e.conftest import ApplicationStarter, PersonMaker, until
from tests.e2e.people import Person
from tests.peers.openai_server import OpenAIServer

STEADY = "tokens-400-50"  # Eight seconds of text: time enough to open pages, even on a busy machine.
ENDLESS = "tokens-2000-50"
WHOLE = tokens(400)


@pytest_asyncio.fixture(loop_scope="session")
async def ada(person: PersonMaker) -> Person:
    """Somebody whose chats start with a model that takes its time."""
    return await person("ada", model=LOCAL + STEADY)


async def test_an_answer_grows_word_by_word_until_it_is_whole(ada: Person) -> None:
    chat = Chat(ada.page)
    await chat.ask("Go on, please")
    await chat.expect_writing()
    early = await chat.answer_text.inner_text()
    assert WHOLE.startswith(early.strip())
    assert len(early) < len(WHOLE)
    await chat.expect_whole(WHOLE)


async def test_stop_keeps_the_text_so_far_and_offers_to_go_on(person: PersonMaker) -> None:
    ada = await person("ada", model=LOCAL + ENDLESS)
    chat = Chat(ada.page)
    await chat.ask("Go on, please")
    await chat.expect_writing()
    await chat.stop.click()
    await expect(chat.answers.last.get_by_role("note")).to_contain_text("Stopped.")
    await expect(chat.answers.last.get_by_role("button", name="Retry")).to_be_visible()
    kept = (await chat.answer_text.inner_text()).strip()
    assert tokens(2000).startswith(kept)
    await ada.page.reload()
    await expect(chat.answer_text).to_have_text(kept)

    await chat.answers.last.get_by_role("button", name="Continue").click()
    await expect(chat.stop).to_be_visible()
    # The provider begins anew, so that its first words come a second time, behind those that were kept.
    await expect(chat.answer_text).to_contain_text(f"{kept} The quick brown")
    await ada.page.keyboard.press("Escape")
    await expect(chat.send).to_be_visible()


async def test_retry_writes_a_stopped_answer_anew(person: PersonMaker) -> None:
    ada = await person("ada", model=LOCAL + ENDLESS)
    chat = Chat(ada.page)
    await chat.ask("Go on, please")
    await chat.expect_writing()
    await chat.stop.click()
    await chat.choose_model("plain")
    await chat.answers.last.get_by_role("button", name="Retry").click()
    await chat.expect_whole("Hello from here.")


async def test_a_reload_in_the_middle_goes_on_to_the_whole_text(ada: Person) -> None:
    chat = Chat(ada.page)
    await chat.ask("Go on, please")
    await chat.expect_writing()
    await ada.page.reload()
    await chat.expect_writing()
    await chat.expect_whole(WHOLE)


async def test_another_tab_and_another_device_see_the_same_text_grow(ada: Person) -> None:
    chat = Chat(ada.page)
    path = (await chat.ask("Go on, please")).removeprefix(ada.server.url)
    tab, phone = Chat(await ada.tab(path)), Chat(await ada.device(path))
    for follower in (tab, phone):
        await follower.expect_writing()
    for follower in (chat, tab, phone):
        await follower.expect_whole(WHOLE)


async def test_another_device_hears_of_a_question_asked_elsewhere(ada: Person) -> None:
    chat = Chat(ada.page)
    path = (await chat.ask("Say it once")).removeprefix(ada.server.url)
    await chat.expect_whole(WHOLE)
    phone = Chat(await ada.device(path))
    await phone.expect_whole(WHOLE)
    await chat.say("Say it twice")
    await expect(phone.questions.last).to_contain_text("Say it twice")
    await expect(phone.answers).to_have_count(2)
    await phone.expect_writing()
    await phone.expect_whole(WHOLE)


async def test_an_answer_can_be_stopped_from_another_device(person: PersonMaker) -> None:
    ada = await person("ada", model=LOCAL + ENDLESS)
    chat = Chat(ada.page)
    path = (await chat.ask("Go on, please")).removeprefix(ada.server.url)
    phone = Chat(await ada.device(path))
    await phone.expect_writing()
    await phone.stop.click()
    await expect(chat.answers.last.get_by_role("note")).to_contain_text("Stopped.")
    await expect(chat.send).to_be_visible()
    await expect(phone.answer_text).to_have_text((await chat.answer_text.inner_text()).strip())


async def test_an_answer_is_finished_while_nobody_looks(ada: Person, provider: OpenAIServer) -> None:
    chat = Chat(ada.page)
    path = (await chat.ask(f"Go on without {ada.login}")).removeprefix(ada.server.url)
    await chat.expect_writing()
    await ada.context.close()
    await until(lambda: any(asked.finished for asked in provider.chats if ada.login in str(asked.body)))
    back = Chat(await ada.device(path))
    await back.expect_whole(WHOLE)


async def test_a_lost_network_is_told_and_heals_with_the_exact_text(
    person: PersonMaker, expect_errors: Callable[..., None]
) -> None:
    expect_errors("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED", "WebSocket")
    ada = await person("ada", model=LOCAL + "tokens-400-40")
    chat = Chat(ada.page)
    await chat.ask("Go on, please")
    await chat.expect_writing()
    await ada.context.set_offline(True)
    banner = ada.page.get_by_role("status").filter(has_text="Connection lost")
    await expect(banner).to_be_visible()
    await expect(ada.page.get_by_text("connect to server")).to_have_count(0)  # Nor does anything name addresses.
    below = await ada.page.locator(".shell").bounding_box()
    assert below is not None
    assert (below["y"], below["y"] + below["height"]) == (33, 800)
    await ada.context.set_offline(False)
    await expect(banner).to_have_count(0)
    await chat.expect_whole(tokens(400))


async def test_a_killed_server_keeps_the_question_and_what_was_answered(
    start_application: ApplicationStarter,
    provider: OpenAIServer,
    person: PersonMaker,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("ERR_CONNECTION", "WebSocket", "ERR_EMPTY_RESPONSE", "ERR_SOCKET")
    application = await start_application(provider.url)
    ada = await person("ada", model=LOCAL + ENDLESS, at=application)
    chat = Chat(ada.page)
    await chat.ask("Will you survive?")
    await chat.expect_writing()
    await expect(chat.answer_text).to_contain_text(tokens(60))  # By then its beginning has been saved.
    await application.kill()
    await application.start()
    # The page comes back by itself.
    await expect(chat.answers.last.get_by_role("note")).to_contain_text("Interrupted")
    await expect(chat.questions).to_contain_text("Will you survive?")
    kept = (await chat.answer_text.inner_text()).strip()
    assert kept.startswith("The quick brown fox")
    assert tokens(2000).startswith(kept)
    await chat.choose_model("plain")
    await chat.answers.last.get_by_role("button", name="Retry").click()
    await chat.expect_whole("Hello from here.")


async def test_reasoning_is_folded_away_until_somebody_wants_it(person: PersonMaker) -> None:
    ada = await person("ada", model=LOCAL + "reasoning")
    chat = Chat(ada.page)
    await chat.ask("What is the answer?")
    await expect(chat.send).to_be_visible()
    await expect(chat.answers.get_by_text("Let me think.")).to_have_count(0)
    await chat.answers.get_by_text("Reasoning", exact=True).click()
    await expect(chat.answers.get_by_text("Let me think.")).to_be_visible()


async def test_an_answer_that_comes_while_one_looks_elsewhere_leaves_a_dot(person: PersonMaker) -> None:
    ada = await person("ada", model=LOCAL + "tokens-60-20")
    other = await ada.conversation("Something else?", "Something else.", title="Elsewhere")
    await ada.page.reload()
    chat, sidebar = Chat(ada.page), Sidebar(ada.page)
    await chat.ask("Look away now")
    await chat.expect_writing()
    await sidebar.link("Elsewhere").click()
    await expect(ada.page).to_have_url(f"{ada.server.url}/c/{other}")
    await expect(chat.answers).to_contain_text("Something else.")
    dot = ada.page.get_by_role("img", name="Unread")
    await expect(sidebar.group("Today").get_by_role("img", name="Answering")).to_be_visible()
    await expect(dot).to_be_visible()
    await sidebar.whole.get_by_role("link").filter(has=dot).click()
    await chat.expect_whole(tokens(60))
    await expect(dot).to_have_count(0)
