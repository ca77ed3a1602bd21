"""The assistant beside a page: one click away, in the same conversation from page to page."""

from playwright.async_api import Locator, Page, expect

from assistant_app.services import tasks
from tests.e2e.chat import CONVERSATION, Chat
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import PHONE, Person, storage


def opener(page: Page) -> Locator:
    """The button that opens the panel."""
    return page.get_by_role("button", name="Ask Steward")


def panel(page: Page) -> Locator:
    """The panel."""
    return page.get_by_role("complementary", name="Assistant")


async def add_tasks(me: Person, *titles: str) -> None:
    async with storage(me.server):
        for title in titles:
            await tasks.add_task(user_id=me.id, title=title)


async def test_panel_answers_on_the_page_and_goes_along_to_the_next(me: Person) -> None:
    page = await me.open("/settings/profile")
    await opener(page).click()
    chat = Chat(page)
    await expect(chat.field).to_be_focused()
    await chat.say("What is 2+2?")
    await expect(chat.answers).to_have_count(1)
    await expect(chat.answer_text).to_contain_text("4")
    await expect(page).to_have_url(f"{me.server.url}/settings/profile")
    await page.get_by_role("link", name="Tasks").click()
    await expect(page.get_by_role("heading", name="All tasks")).to_be_visible()
    await expect(chat.answer_text).to_contain_text("4")
    await expect(chat.field).not_to_be_focused()
    await chat.say("What is 3+4?")
    await expect(chat.answers).to_have_count(2)
    await expect(chat.answer_text).to_contain_text("7")
    await page.reload()
    await expect(chat.answers).to_have_count(2)
    await expect(chat.answer_text).to_contain_text("7")


async def test_finish_the_first_one_means_what_the_page_shows(me: Person) -> None:
    await add_tasks(me, "Water the plants", "Call mom", "Pay the rent")
    page = await me.open("/tasks")
    listed = page.get_by_role("main").get_by_role("listitem")
    await expect(listed).to_have_count(3)
    first = listed.first
    await expect(first).to_contain_text("Water the plants")
    await opener(page).click()
    chat = Chat(page)
    await chat.say("finish the first one")
    await expect(page.get_by_role("button", name="Undo: Completed “Water the plants”")).to_be_visible()
    await expect(listed).to_have_count(2)
    await expect(first).to_contain_text("Call mom")
    await chat.say("finish the first one")
    await expect(first).to_contain_text("Pay the rent")


async def test_esc_closes_the_panel_and_gives_the_focus_back(me: Person) -> None:
    page = await me.open("/tasks")
    await opener(page).click()
    await expect(Chat(page).field).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(panel(page)).to_have_count(0)
    await expect(opener(page)).to_be_focused()


async def test_conversation_of_the_panel_opens_as_a_page_which_has_no_panel(me: Person) -> None:
    page = await me.open("/tasks")
    await opener(page).click()
    chat = Chat(page)
    await chat.say("What is 2+2?")
    await expect(chat.answer_text).to_contain_text("4")
    await panel(page).get_by_role("link", name="Open as a page").click()
    await expect(page).to_have_url(CONVERSATION)
    await expect(chat.answer_text).to_contain_text("4")
    await expect(panel(page)).to_have_count(0)
    await expect(opener(page)).to_have_count(0)
    await page.get_by_role("link", name="Tasks").click()
    await opener(page).click()
    await expect(chat.answer_text).to_contain_text("4")
    await panel(page).get_by_role("button", name="New chat here").click()
    await expect(chat.answers).to_have_count(0)
    await expect(page).to_have_url(f"{me.server.url}/tasks")


async def test_panel_covers_a_phone(person: PersonMaker) -> None:
    me = await person("ada", path="/tasks", viewport=PHONE, has_touch=True, is_mobile=True)
    await opener(me.page).click()
    await expect(panel(me.page)).to_be_visible()
    box = await panel(me.page).bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    await expect(me.page.locator(".shell[inert]")).to_have_count(1)  # Nothing behind the panel can be reached.
    await panel(me.page).get_by_role("button", name="Close the assistant").click()
    await expect(me.page.locator(".shell[inert]")).to_have_count(0)
