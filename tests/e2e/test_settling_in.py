"""How people come in: the set-up link, signing in and out, and the way back to where they were."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import BrowserContext, Page, expect

from tests.e2e.application import Application
from tests.e2e.chat import CONVERSATION, Chat, Sidebar
from tests.e2e.conftest import ApplicationStarter, PersonMaker
from tests.e2e.people import PASSWORD, Person

NewContext = Callable[..., Awaitable[BrowserContext]]
ExpectErrors = Callable[..., None]


def setup_link(application: Application) -> str:
    found = re.search(r"Create the first account at (\S+)", application.log)
    assert found, application.log
    return found[1]


async def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    await page.get_by_label("Sign-in name").fill(login)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def test_a_newcomer_creates_the_first_account_and_gets_a_right_answer(
    start_application: ApplicationStarter, new_context: NewContext, expect_errors: ExpectErrors
) -> None:
    application = await start_application()
    page = await (await new_context()).new_page()
    await page.goto(setup_link(application))
    await page.get_by_label("Your name").fill("Ada Lovelace")
    await page.get_by_label("Sign-in name").fill("ada")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("checkbox", name="Send me a daily summary at").check()
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_role("heading", name="Hello, Ada Lovelace.")).to_be_visible()

    await page.get_by_role("button", name="What is 15% of 240?").click()
    chat = Chat(page)
    await expect(chat.answer_text).to_contain_text("36")
    await expect(page).to_have_url(CONVERSATION)
    await expect(chat.title).to_have_text("What is 15% of 240")
    await expect(Sidebar(page).link("What is 15% of 240")).to_be_visible()

    await page.goto(f"{application.url}/settings/schedules")
    await expect(page.get_by_role("list", name="Schedules")).to_contain_text("Daily summaryEvery day at 7:00")

    # The link has done its work: whoever finds it later gets nothing for it.
    expect_errors("status of 4")
    stranger = await (await new_context()).new_page()
    await stranger.goto(setup_link(application))
    await expect(stranger.get_by_role("heading", name="This link does not work")).to_be_visible()
    await expect(stranger.get_by_role("textbox")).to_have_count(0)


async def test_a_wrong_password_is_told_in_a_sentence_and_the_name_stays(
    server: Application, me: Person, new_context: NewContext, expect_errors: ExpectErrors
) -> None:
    expect_errors("status of 4")
    page = await (await new_context()).new_page()
    await page.goto(server.url)
    await sign_in(page, me.login, "not my password")
    await expect(page.get_by_role("alert")).to_have_text(
        "The name or the password is not right. Check both and try again."
    )
    await expect(page.get_by_label("Sign-in name")).to_have_value(me.login)


async def test_signing_in_leads_back_to_the_conversation_that_was_wanted(me: Person, new_context: NewContext) -> None:
    conversation_id = await me.conversation("Where were we?", "Right here.")
    page = await (await new_context()).new_page()
    await page.goto(f"{me.server.url}/c/{conversation_id}")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await sign_in(page, me.login)
    await expect(page).to_have_url(f"{me.server.url}/c/{conversation_id}")
    await expect(Chat(page).answers).to_contain_text("Right here.")


async def test_signing_out_closes_the_door_behind_one(me: Person, page: Page) -> None:
    conversation_id = await me.conversation("Where were we?", "Right here.")
    await me.open(f"/c/{conversation_id}")
    await Sidebar(page).choose_from_account("Sign out")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await page.goto(f"{me.server.url}/c/{conversation_id}")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(page.get_by_text("Right here.")).to_have_count(0)


async def test_somebody_elses_conversation_does_not_exist(person: PersonMaker) -> None:
    ada, bob = await person("ada"), await person("bob")
    conversation_id = await ada.conversation("A secret?", "A secret.")
    await bob.open(f"/c/{conversation_id}")
    await expect(bob.page.get_by_role("heading", name="No such conversation")).to_be_visible()
    await expect(bob.page.get_by_text("A secret.")).to_have_count(0)
    await bob.page.get_by_role("button", name="Start a new chat").click()
    await expect(bob.page.get_by_role("heading", name="Hello, Bob.")).to_be_visible()
