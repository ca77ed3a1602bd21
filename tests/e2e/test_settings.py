"""The settings in a browser: what is changed there shows, stays, and reaches other devices."""

import re
import zipfile
from collections.abc import Callable

from playwright.async_api import Page, expect

from assistant_app.services.usage import record_usage
from tests.e2e.chat import Chat
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import PASSWORD, PHONE, Person, storage
from tests.peers.openai_server import OpenAIServer

# What a browser writes to its console when its session ends.
LOST = ("WebSocket connection to", "status of 401")
SECTIONS = ("Profile", "Appearance", "Models", "Schedules", "Devices", "Usage")


async def go_to(page: Page, section: str) -> None:
    """Open a section by its tab."""
    navigation = page.get_by_role("navigation", name="Settings")
    await navigation.get_by_role("link", name=section).click()
    await expect(navigation.get_by_role("link", name=section)).to_have_attribute("aria-current", "page")


async def test_settings_are_reached_from_the_account_and_every_section_opens(me: Person, page: Page) -> None:
    await page.get_by_role("button", name="Account of").click()
    await page.get_by_role("menuitem", name="Settings").click()
    await expect(page.get_by_role("heading", name="About you")).to_be_visible()
    for section in SECTIONS:
        await go_to(page, section)
        await expect(page).to_have_title(f"{section} · Steward")
    await me.open("/settings")
    await expect(page.get_by_role("heading", name="About you")).to_be_visible()


async def test_the_profile_saves_itself_and_says_so(me: Person) -> None:
    page = await me.open("/settings/profile")
    name = page.get_by_label("Name", exact=True)
    await name.fill("Ada Lovelace")
    await name.press("Enter")
    await expect(page.get_by_text("Saved")).to_be_visible()
    await expect(page.get_by_role("button", name="Account of Ada Lovelace")).to_be_visible()
    instructions = page.get_by_label("Custom instructions")
    await instructions.fill("Be brief.")
    await expect(page.get_by_text("9 of 8,000 characters")).to_be_visible()
    await instructions.blur()
    await expect(page.locator("#instructions-saved")).to_have_text("Saved")
    await page.reload()
    await expect(name).to_have_value("Ada Lovelace")
    await expect(instructions).to_have_value("Be brief.")


async def test_what_is_refused_stays_in_its_field_beside_a_sentence(me: Person) -> None:
    page = await me.open("/settings/profile")
    instructions = page.get_by_label("Custom instructions")
    await instructions.fill("x" * 8001)
    await instructions.blur()
    await expect(page.get_by_text("Custom instructions can have up to 8,000 characters.")).to_be_visible()
    await expect(instructions).to_have_value("x" * 8001)
    await page.reload()
    await expect(instructions).to_have_value("")


async def test_what_was_typed_is_saved_even_if_a_shortcut_leaves_the_page(me: Person) -> None:
    page = await me.open("/settings/profile")
    await page.get_by_label("Custom instructions").fill("Be kind.")
    await page.keyboard.press("Control+Shift+O")
    await expect(page.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await me.open("/settings/profile")
    await expect(page.get_by_label("Custom instructions")).to_have_value("Be kind.")


async def test_a_time_zone_is_found_by_its_city(me: Person) -> None:
    page = await me.open("/settings/profile")
    await page.get_by_role("button", name="Time zone").click()
    await page.get_by_label("Search time zones").fill("tok")
    await page.get_by_role("button", name=re.compile("^Asia.Tokyo")).click()
    await expect(page.get_by_role("button", name="Time zone Asia/Tokyo")).to_be_visible()
    await expect(page.locator("#zone-saved")).to_have_text("Saved")


async def test_a_new_password_is_the_one_that_counts(me: Person, expect_errors: Callable[..., None]) -> None:
    expect_errors(*LOST)
    other = await me.device()
    page = await me.open("/settings/profile")
    await page.get_by_label("Current password").fill("not my password")
    await page.get_by_label("New password").fill("another long horse")
    await page.get_by_role("button", name="Change password").click()
    await expect(page.get_by_text("The current password is not right.")).to_be_visible()
    await expect(page.get_by_label("New password")).to_have_value("another long horse")
    await page.get_by_label("Current password").fill(PASSWORD)
    await page.get_by_role("button", name="Change password").click()
    await expect(page.get_by_label("New password")).to_have_value("")
    await expect(page.locator("#password-saved")).to_have_text("Saved")
    await expect(other.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_all_conversations_are_downloaded(me: Person) -> None:
    await me.conversation("What is a heron?", "A bird.")
    page = await me.open("/settings/profile")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Markdown").click()
    with zipfile.ZipFile(await (await download.value).path()) as archive:
        assert "A bird." in archive.read(archive.namelist()[0]).decode()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="JSON").click()
    assert "A bird." in (await (await download.value).path()).read_text()


async def test_a_theme_shows_at_once_on_every_device(me: Person) -> None:
    phone = await me.device(viewport=PHONE)
    page = await me.open("/settings/appearance")
    await page.get_by_text("Dark", exact=True).click()
    await expect(page.locator("html")).to_have_class(re.compile(r"\bdark\b"))
    await expect(phone.locator("html")).to_have_class(re.compile(r"\bdark\b"))
    await expect(page.get_by_label("Dark")).to_be_checked()
    await page.get_by_label("Dark").press("ArrowLeft")
    await expect(page.locator("html")).to_have_class(re.compile(r"\blight\b"))
    await page.get_by_text("Compact", exact=True).click()
    await expect(phone.locator("html")).to_have_attribute("data-density", "compact")


async def test_a_server_is_connected_tested_chosen_and_answers(me: Person, provider: OpenAIServer) -> None:
    page = await me.open("/settings/models")
    await page.get_by_role("button", name="OpenAI-compatible server", exact=True).click()
    await page.get_by_label("Address").fill(provider.url)
    await page.get_by_label("API key, if it wants one").fill("sk-of-nobody-4321")
    await page.get_by_label("Name, if you like").fill("House")
    await page.get_by_role("button", name="Connect and test").click()
    await expect(page.get_by_text(re.compile(r"House answers, and has \d+ models\."))).to_be_visible()
    assert "sk-of-nobody" not in await page.content()
    await page.get_by_role("button", name="New chats start with").click()
    await page.get_by_label("Search models").fill("house second")
    await page.get_by_role("button", name=re.compile("^second House")).click()
    await expect(page.locator("#default-model-saved")).to_have_text("Saved")
    await page.get_by_role("button", name="New chat", exact=True).click()
    await expect(page.get_by_role("button", name="Choose model")).to_contain_text("second")
    await Chat(page).say("Hello?")
    await expect(Chat(page).answer_text).not_to_be_empty()


async def test_a_key_that_is_missing_is_asked_for_and_a_provider_is_removed_after_a_question(
    me: Person, provider: OpenAIServer
) -> None:
    page = await me.open("/settings/models")
    await page.get_by_role("button", name="Anthropic", exact=True).click()
    await page.get_by_role("button", name="Connect and test").click()
    await expect(page.get_by_text("Anthropic needs an API key.")).to_be_visible()
    await page.get_by_role("button", name="Ollama", exact=True).click()
    await page.get_by_label("Address").fill(provider.url)
    await page.get_by_role("button", name="Connect and test").click()
    await page.get_by_role("button", name=re.compile("^Remove Ollama")).click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_role("button", name=re.compile("^Remove Ollama"))).to_have_count(0)


async def test_usage_has_a_chart_and_a_table(me: Person) -> None:
    page = await me.open("/settings/usage")
    await expect(page.get_by_text("Nothing was asked in this time.")).to_be_visible()
    async with storage(me.server):
        await record_usage(user_id=me.id, model="x/mine", prompt_tokens=1200, completion_tokens=34, cost=0.5)
    await page.reload()
    await expect(page.get_by_role("row", name="mine 1 1,200 34 $0.5000")).to_be_visible()
    await expect(page.get_by_role("img", name="Tokens a day")).to_be_visible()
    await page.get_by_text("Cost", exact=True).first.click()
    await expect(page.get_by_role("img", name="Cost a day")).to_be_visible()


async def test_an_owner_invites_somebody_and_members_are_told_whose_page_it_is(
    person: PersonMaker, expect_errors: Callable[..., None]
) -> None:
    expect_errors(*LOST)
    owner, member = await person("olga", role="owner"), await person("ada")
    await member.open("/settings/members")
    await expect(member.page.get_by_text("Only owners see who is here")).to_be_visible()
    await expect(member.page.get_by_role("link", name="Members")).to_have_count(0)
    page = await owner.open("/settings/members")
    await page.get_by_role("button", name="Invite a member").click()
    link = await page.get_by_label("One-time link").input_value()
    await expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    guest = await (await owner.new_context()).new_page()
    await guest.goto(link)
    await guest.get_by_label("Your name").fill("Guest")
    await guest.get_by_label("Sign-in name").fill(f"guest-{owner.login}")
    await guest.get_by_label("Password").fill(PASSWORD)
    await guest.get_by_role("button", name="Create account").click()
    await expect(guest.get_by_role("heading", name="Hello, Guest.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("One-time link")).to_have_count(0)
    await page.get_by_role("listitem").filter(has_text=f"guest-{owner.login}").get_by_text("Disable").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Disable").click()
    await expect(guest.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_tab_is_in_sight(person: PersonMaker) -> None:
    owner = await person("olga", role="owner", viewport=PHONE)
    for section in (*SECTIONS, "Members"):
        page = await owner.open(f"/settings/{section.lower()}")
        tab = page.get_by_role("navigation", name="Settings").get_by_role("link", name=section)
        await expect(tab).to_be_in_viewport(ratio=0.9)
        await expect(page.locator(".panel").first).to_be_visible()
        width = await page.locator(".settings").evaluate("each => each.scrollWidth")
        assert width <= PHONE["width"], section
