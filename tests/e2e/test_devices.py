"""Devices that are signed out from afar."""

import re
import time
from collections.abc import Callable

from playwright.async_api import expect

from tests.e2e.chat import LOCAL, Chat
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import PASSWORD, Person

GENEROUS_SECONDS = 3.0  # One is meant; a machine that runs a dozen other things may need more.
# The device looks whether it is still welcome, and hears that it is not.
LOST = ("status of 401", "WebSocket")


async def sign_out_the_other(me: Person, question: str = "Sign out ") -> None:
    await me.page.get_by_role("listitem").get_by_role("button", name=re.compile(f"^{question}.+")).click()
    await me.page.get_by_role("alertdialog").get_by_role("button", name="Sign out", exact=True).click()


async def test_a_device_signed_out_from_another_lands_on_sign_in_with_a_way_back(
    me: Person, expect_errors: Callable[..., None]
) -> None:
    expect_errors(*LOST)
    conversation_id = await me.conversation("Where were we?", "Right here.")
    lost = await me.device(f"/c/{conversation_id}")
    await expect(Chat(lost).answers).to_contain_text("Right here.")
    await me.open("/settings/devices")
    await expect(me.page.get_by_text("This device")).to_be_visible()
    await sign_out_the_other(me)
    started = time.monotonic()
    await expect(lost.get_by_role("heading", name="Sign in")).to_be_visible()
    assert time.monotonic() - started < GENEROUS_SECONDS
    await expect(me.page.get_by_role("status", name="Notices")).to_contain_text("Signed out there.")

    await lost.get_by_label("Sign-in name").fill(me.login)
    await lost.get_by_label("Password").fill(PASSWORD)
    await lost.get_by_role("button", name="Sign in").click()
    await expect(lost).to_have_url(f"{me.server.url}/c/{conversation_id}")
    await expect(Chat(lost).answers).to_contain_text("Right here.")


async def test_a_signed_out_device_hears_nothing_more_of_an_answer_that_goes_on(
    person: PersonMaker, expect_errors: Callable[..., None]
) -> None:
    expect_errors(*LOST)
    ada = await person("ada", model=LOCAL + "tokens-2000-50")
    path = (await Chat(ada.page).ask("Go on, please")).removeprefix(ada.server.url)
    lost = await ada.device(path)
    await Chat(lost).expect_writing()
    tab = await ada.tab("/settings/devices")
    await tab.get_by_role("button", name="Sign out all other devices").click()
    await tab.get_by_role("alertdialog").get_by_role("button", name="Sign out all others").click()
    await expect(lost.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(lost.get_by_text("quick brown fox")).to_have_count(0)
    # The device that did it is not touched.
    await expect(Chat(ada.page).stop).to_be_visible()


async def test_signing_out_takes_all_tabs_of_the_device_along(me: Person, expect_errors: Callable[..., None]) -> None:
    expect_errors(*LOST)
    tab = await me.tab()
    await expect(tab.get_by_role("heading", name="Hello, Ada.")).to_be_visible()
    await me.page.get_by_role("button", name="Account of").click()
    await me.page.get_by_role("menuitem", name="Sign out").click()
    await expect(me.page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()
