"""What people do with messages: versions, copies, drafts, and chats that leave nothing behind."""

import re

from playwright.async_api import Page, expect
from sqlmodel import col, func, select

from assistant_app import models
from assistant_app.repositories import database
from tests.e2e.chat import LOCAL, Chat, Sidebar
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import Person, storage


async def test_an_edited_question_is_a_second_version_with_its_own_answer(page: Page) -> None:
    chat = Chat(page)
    await chat.ask("What is 20 + 3?")
    await expect(chat.answer_text).to_contain_text("23")
    await (await chat.under(chat.questions.first, "Edit message")).click()
    editor = page.get_by_role("textbox", name="Edit message")
    await expect(editor).to_have_value("What is 20 + 3?")
    await editor.fill("What is 20 + 9?")
    await page.get_by_role("article", name="You said").get_by_role("button", name="Send").click()
    await expect(chat.answer_text).to_contain_text("29")
    await expect(chat.questions.first.get_by_label("Version 2 of 2")).to_have_text("2/2")

    await (await chat.under(chat.questions.first, "Previous version")).click()
    await expect(chat.questions.first).to_contain_text("What is 20 + 3?")
    await expect(chat.answer_text).to_contain_text("23")
    await page.reload()
    await expect(chat.questions.first.get_by_label("Version 1 of 2")).to_have_text("1/2")
    await expect(chat.answer_text).to_contain_text("23")


async def test_an_edit_can_be_given_up(page: Page) -> None:
    chat = Chat(page)
    await chat.ask("What is 20 + 3?")
    await (await chat.under(chat.questions.first, "Edit message")).click()
    editor = page.get_by_role("textbox", name="Edit message")
    await editor.fill("Never mind")
    await editor.press("Escape")
    await expect(editor).to_have_count(0)
    await expect(chat.questions.first).to_contain_text("What is 20 + 3?")


async def test_a_regenerated_answer_stands_beside_the_first(person: PersonMaker) -> None:
    ada = await person("ada", model=LOCAL + "tokens-60-20")
    chat = Chat(ada.page)
    await chat.ask("Say something")
    await expect(chat.send).to_be_visible()
    await chat.choose_model("plain")
    await (await chat.under(chat.answers.first, "Regenerate answer")).click()
    await chat.expect_whole("Hello from here.")
    await expect(chat.answers.first.get_by_label("Version 2 of 2")).to_be_visible()
    await (await chat.under(chat.answers.first, "Previous version")).click()
    await expect(chat.answer_text).to_contain_text("The quick brown fox")


async def test_a_deleted_message_is_gone_and_the_rest_stays(me: Person, page: Page) -> None:
    conversation_id = await me.conversation("First?", "One.", "Second?", "Two.")
    await me.open(f"/c/{conversation_id}")
    chat = Chat(page)
    await expect(chat.answers).to_have_count(2)
    await chat.choose_under(chat.questions.last, "Delete message")
    await expect(page.get_by_text("Second?")).to_have_count(0)
    await page.reload()
    await expect(chat.answers).to_have_count(2)
    await expect(chat.questions).to_have_count(1)


async def test_an_answer_is_copied_as_it_was_written(me: Person, page: Page) -> None:
    await me.context.grant_permissions(["clipboard-read", "clipboard-write"])
    conversation_id = await me.conversation("Bold?", "Some **bold** words.")
    await me.open(f"/c/{conversation_id}")
    chat = Chat(page)
    button = await chat.under(chat.answers.last, "Copy answer")
    await button.click()
    await expect(button).to_have_attribute("title", "Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == "Some **bold** words."


async def test_what_is_typed_before_the_page_is_ready_stays(me: Person, page: Page) -> None:
    await page.goto(me.server.url, wait_until="commit")
    await Chat(page).field.fill("I am quick")
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await expect(Chat(page).field).to_have_value("I am quick")
    await expect(Chat(page).send).to_be_enabled()


async def test_a_draft_is_kept_for_each_conversation(me: Person, page: Page) -> None:
    first = await me.conversation("First?", "One.", title="The first")
    await me.conversation("Second?", "Two.", title="The second")
    await me.open(f"/c/{first}")
    chat, sidebar = Chat(page), Sidebar(page)
    await expect(chat.answers).to_contain_text("One.")
    await chat.field.fill("Half a thou")
    await sidebar.link("The second").click()
    await expect(chat.answers).to_contain_text("Two.")
    await expect(chat.field).to_have_value("")
    await sidebar.link("The first").click()
    await expect(chat.field).to_have_value("Half a thou")
    await page.reload()
    await expect(chat.field).to_have_value("Half a thou")
    await chat.field.press("Enter")
    await expect(chat.questions).to_have_count(2)
    await expect(chat.field).to_have_value("")
    await page.reload()
    await expect(chat.questions).to_have_count(2)
    await expect(chat.field).to_have_value("")


async def test_what_is_typed_while_a_page_opens_is_what_is_sent(me: Person, page: Page) -> None:
    first = await me.conversation("First?", "One.", title="The first")
    await me.open("/")
    chat, sidebar = Chat(page), Sidebar(page)
    await chat.field.fill("An old draft")
    await sidebar.link("The first").click()
    await expect(chat.answers).to_contain_text("One.")
    await page.goto(f"{me.server.url}/", wait_until="commit")
    await chat.say("What is 20 + 3?")
    await expect(chat.questions).to_have_text([re.compile(r"What is 20 \+ 3\?")])
    await expect(chat.answer_text).to_contain_text("23")
    await page.goto(f"{me.server.url}/")
    await expect(page.get_by_role("heading", name="Hello, ")).to_be_visible()
    await expect(chat.field).to_have_value("")
    await page.goto(f"{me.server.url}/c/{first}")
    await expect(chat.answers).to_contain_text("One.")
    await expect(chat.field).to_have_value("")


async def test_a_temporary_chat_leaves_nothing_behind(me: Person, page: Page) -> None:
    chat, sidebar = Chat(page), Sidebar(page)
    await page.get_by_role("button", name="Temporary chat").click()
    await expect(page.get_by_text("Nothing of this chat is kept.")).to_be_visible()
    await chat.say("What is 20 + 3?")
    await expect(chat.answer_text).to_contain_text("23")
    await chat.say("What is 20 + 9?")
    await expect(chat.answer_text).to_contain_text("29")
    await expect(sidebar.whole.get_by_text("Your conversations will be listed here.")).to_be_visible()
    async with storage(me.server), database.read() as session:
        stored = await session.scalar(select(func.count()).where(col(models.Message.user_id) == me.id))
    assert stored == 0

    await sidebar.whole.get_by_role("button", name="New chat").click()
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await expect(chat.answers).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()


async def test_what_is_typed_before_a_chat_becomes_temporary_stays_in_the_field_alone(me: Person, page: Page) -> None:
    chat, sidebar = Chat(page), Sidebar(page)
    temporary = page.get_by_role("button", name="Temporary chat")
    drafts = "Object.keys(localStorage).filter((key) => key.startsWith('steward.draft.')).length"
    await expect(page.get_by_role("button", name="Choose model")).to_have_text("Built-in assistant")
    await chat.field.fill("Between us")
    await chat.field.blur()
    assert await page.evaluate(drafts) == 1
    await temporary.click()
    await expect(temporary).to_have_attribute("aria-pressed", "true")
    await expect(chat.field).to_have_value("Between us")
    assert await page.evaluate(drafts) == 0
    await temporary.click()
    await expect(temporary).to_have_attribute("aria-pressed", "false")
    await expect(chat.field).to_have_value("Between us")
    await temporary.click()
    await expect(temporary).to_have_attribute("aria-pressed", "true")
    await chat.field.press("Enter")
    await expect(chat.questions).to_have_count(1)
    await expect(chat.field).to_have_value("")
    await chat.field.fill("Nobody else's business")
    await sidebar.whole.get_by_role("button", name="New chat").click()
    await expect(chat.questions).to_have_count(0)
    await expect(chat.field).to_have_value("")
    assert await page.evaluate(drafts) == 0


async def test_a_temporary_chat_is_gone_with_its_tab(me: Person, page: Page) -> None:
    chat = Chat(page)
    await page.get_by_role("button", name="Temporary chat").click()
    await chat.say("What is 20 + 3?")
    await expect(chat.answer_text).to_contain_text("23")
    other = await me.tab()
    await expect(other.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await expect(Chat(other).answers).to_have_count(0)
