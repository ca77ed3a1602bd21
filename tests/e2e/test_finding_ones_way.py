"""What tells people where they are, and keys that take them on."""

import re
from collections.abc import Callable

from playwright.async_api import Page, expect

from assistant_app import models
from assistant_app.repositories import database
from tests.e2e.chat import Chat, Sidebar
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import PHONE, Person, storage


async def test_the_tab_is_named_after_its_conversation(me: Person, page: Page) -> None:
    boat_id = await me.conversation("A name for the boat?", "Vela.", title="Names for the boat")
    await expect(page).to_have_title("Steward")
    await me.open(f"/c/{boat_id}")
    await expect(page).to_have_title("Names for the boat · Steward")
    await Chat(page).title.click()
    await page.get_by_role("textbox", name="Title").fill("The boat")
    await page.keyboard.press("Enter")
    await expect(page).to_have_title("The boat · Steward")
    await page.get_by_role("button", name="New chat").click()
    await expect(page).to_have_title("Steward")


async def test_an_address_without_a_page_leads_back(me: Person, page: Page, expect_errors: Callable[..., None]) -> None:
    expect_errors("404")
    await me.open("/no/such/page")
    await expect(page.get_by_role("heading", name="There is no page here")).to_be_visible()
    await page.get_by_role("link", name="Back to Steward").click()
    await expect(Chat(page).field).to_be_visible()


async def test_the_arrows_go_through_what_was_found_and_enter_opens_it(me: Person, page: Page) -> None:
    await me.conversation("About sails", "Two.", title="Sails for the winter")
    summer_id = await me.conversation("About sails", "One.", title="Sails for the summer")
    await me.open("/")
    await expect(Sidebar(page).link("Sails for the summer")).to_be_visible()
    await page.keyboard.press("Control+k")
    field, results = page.get_by_role("searchbox"), page.get_by_role("dialog").get_by_role("listitem")
    await field.fill("sails for")
    await expect(results).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(results.nth(1).get_by_role("button")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(field).to_be_focused()
    await field.fill("sails for the summer")
    await expect(results).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(summer_id))


async def test_a_message_as_long_as_a_page_is_folded(me: Person, page: Page) -> None:
    pasted = "\n".join(f"Line {number}" for number in range(200))
    await me.open(f"/c/{await me.conversation(pasted, 'That is long.')}")
    question = Chat(page).questions.first
    await expect(question.get_by_text("Line 199")).to_be_visible()  # It can be found in the page.
    folded = await question.bounding_box()
    await question.get_by_role("button", name="Show the whole message").click()
    await expect(question.get_by_role("button", name="Show less")).to_be_visible()
    whole = await question.bounding_box()
    assert folded is not None
    assert whole is not None
    assert folded["height"] < 450 < whole["height"]


async def test_code_in_an_answer_from_right_to_left_is_from_left_to_right(me: Person, page: Page) -> None:
    conversation_id = await me.conversation("مرحبا", "أهلا\n\n```python\nprint(1)\n```")
    await me.open(f"/c/{conversation_id}")
    code = Chat(page).answers.first.locator("pre")
    assert await code.evaluate("(element) => getComputedStyle(element).direction") == "ltr"
    said = Chat(page).questions.first.get_by_text("مرحبا")
    assert await said.evaluate("(element) => getComputedStyle(element).direction") == "rtl"


async def test_a_phone_has_a_new_chat_within_reach(person: PersonMaker) -> None:
    ada = await person("ada", viewport=PHONE, has_touch=True)
    await ada.open(f"/c/{await ada.conversation('A name for the boat?', 'Vela.')}")
    await ada.page.get_by_role("main").get_by_role("button", name="New chat").click()
    await expect(ada.page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()


async def test_the_list_stays_where_it_was_scrolled_when_a_conversation_opens(me: Person, page: Page) -> None:
    for number in range(30):
        await me.conversation("Anything?", "Something.", title=f"Chat {number}")
    await me.open("/")
    await expect(Sidebar(page).link("Chat 29")).to_be_visible()
    await Sidebar(page).link("Chat 0").scroll_into_view_if_needed()
    await Sidebar(page).link("Chat 0").click()
    await expect(page).to_have_title("Chat 0 · Steward")
    await expect(Sidebar(page).link("Chat 0")).to_be_in_viewport()
    await expect(Sidebar(page).link("Chat 29")).not_to_be_in_viewport()


async def test_a_model_that_is_not_connected_any_more_is_marked(person: PersonMaker) -> None:
    ada = await person("ada")
    conversation_id = await ada.conversation("Hello?", "Hello.")
    async with storage(ada.server), database.write() as session:
        (await session.get_one(models.Conversation, conversation_id)).model = "gone/vendor/some-model"
    await ada.open(f"/c/{conversation_id}")
    button = ada.page.get_by_role("button", name="Choose model")
    await expect(button).to_have_text("some-modelnot connected")
