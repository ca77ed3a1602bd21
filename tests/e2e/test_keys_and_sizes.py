"""The keyboard, a phone's width, and the dark."""

from playwright.async_api import Locator, Page, expect

from assistant_app import models
from assistant_app.repositories import database
from tests.e2e.chat import LOCAL, Chat, Sidebar
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import PHONE, Person, storage


async def brightness(page: Page) -> float:
    """Return how bright the page's background is, from 0 to 255."""
    colour: str = await page.locator(".shell").evaluate(
        """element => {
            const place = document.createElement("canvas").getContext("2d");
            place.fillStyle = getComputedStyle(element).backgroundColor;
            place.fillRect(0, 0, 1, 1);
            return place.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
        }"""
    )
    return sum(map(int, colour.split(","))) / 3


async def test_the_keyboard_opens_search_and_the_help_and_closes_them(page: Page) -> None:
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("searchbox", name="Search titles and messages")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await Chat(page).field.blur()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Stop the answer")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_question_mark_in_a_message_is_just_that(page: Page) -> None:
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await Chat(page).field.press("?")
    await expect(Chat(page).field).to_have_value("?")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_keyboard_starts_a_new_chat_in_which_one_can_write_at_once(me: Person, page: Page) -> None:
    conversation_id = await me.conversation("Where were we?", "Right here.")
    await me.open(f"/c/{conversation_id}")
    await expect(Chat(page).answers).to_contain_text("Right here.")
    await page.keyboard.press("Control+Shift+O")
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await expect(page).to_have_url(f"{me.server.url}/")
    await expect(Chat(page).field).to_be_focused()


async def test_escape_stops_an_answer_and_shift_enter_makes_a_line(person: PersonMaker) -> None:
    ada = await person("ada", model=LOCAL + "tokens-2000-50")
    chat = Chat(ada.page)
    await chat.field.fill("One line")
    await chat.field.press("Shift+Enter")
    await chat.field.press_sequentially("and another")
    await expect(chat.send).to_be_enabled()
    await chat.field.press("Enter")
    await expect(chat.questions.locator("div").first).to_contain_text("One line\nand another", use_inner_text=True)
    await chat.expect_writing()
    await ada.page.keyboard.press("Escape")
    await expect(chat.answers.last.get_by_role("note")).to_contain_text("Stopped.")


async def test_a_phone_has_the_sidebar_in_a_drawer(person: PersonMaker) -> None:
    ada = await person("ada", viewport=PHONE, has_touch=True)
    await ada.conversation("Where were we?", "Right here.", title="Boats")
    page = await ada.open("/")
    chat, sidebar = Chat(page), Sidebar(page)
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await expect(sidebar.whole).to_be_hidden()
    await page.get_by_role("button", name="Toggle sidebar").tap()
    await expect(sidebar.link("Boats")).to_be_in_viewport()
    await sidebar.link("Boats").tap()
    await expect(sidebar.whole).to_be_hidden()
    await expect(chat.answers).to_contain_text("Right here.")
    await expect(chat.field).to_be_in_viewport()
    assert await fits(page.locator("html"))

    await page.get_by_role("button", name="Toggle sidebar").tap()
    await expect(sidebar.whole).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(sidebar.whole).to_be_hidden()


async def test_a_phone_closes_the_drawer_for_a_new_chat_even_if_one_is_open_already(person: PersonMaker) -> None:
    ada = await person("ada", viewport=PHONE, has_touch=True)
    sidebar = Sidebar(ada.page)
    await expect(ada.page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await ada.page.get_by_role("button", name="Toggle sidebar").tap()
    await sidebar.whole.get_by_role("button", name="New chat").tap()
    await expect(sidebar.whole).to_be_hidden()


async def fits(element: Locator) -> bool:
    """Tell whether nothing sticks out at the side."""
    return bool(await element.evaluate("element => element.scrollWidth <= element.clientWidth"))


async def test_the_sidebar_folds_away_and_stays_so(me: Person, page: Page) -> None:
    sidebar = Sidebar(page)
    await expect(sidebar.whole).to_be_visible()
    await page.get_by_role("button", name="Toggle sidebar").click()
    await expect(sidebar.whole).to_be_hidden()
    await page.reload()
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await expect(sidebar.whole).to_be_hidden()


async def test_the_dark_follows_the_system(person: PersonMaker) -> None:
    light, dark = await person("ada"), await person("bob", color_scheme="dark")
    await expect(light.page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await expect(dark.page.get_by_role("heading", name="Hello, Bob.")).to_be_visible()
    assert await brightness(light.page) > 240
    assert await brightness(dark.page) < 40


async def test_the_dark_that_somebody_chose_rules_over_the_system(me: Person, page: Page) -> None:
    async with storage(me.server), database.write() as session:
        user = await session.get(models.User, me.id)
        assert user is not None
        user.theme = "dark"
    await page.reload()
    await expect(page.locator("html.dark")).to_have_count(1)
    assert await brightness(page) < 40
