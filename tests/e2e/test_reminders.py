"""Reminders that come, and the inbox in which they wait: on every device at once."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from assistant_app import clock
from assistant_app.services import reminders, tasks
from tests.e2e.chat import Chat
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import Person, storage


async def remind(me: Person, *texts: str) -> None:
    """Store reminders that are due now; the application looks for such every second."""
    async with storage(me.server):
        for text in texts:
            await reminders.add_reminder(user_id=me.id, text=text, at=clock.now())


def card(page: Page, text: str) -> Locator:
    """What stands on every page once a reminder has come."""
    return page.get_by_role("article", name=f"Reminder: {text}")


def item(page: Page, text: str) -> Locator:
    """The line of the inbox about a matter."""
    return page.get_by_role("list", name="Inbox").get_by_role("listitem").filter(has_text=text)


async def test_reminder_comes_on_two_devices_and_is_snoozed_on_both(me: Person) -> None:
    here, there = await me.open("/tasks"), await me.device("/settings/profile")
    for page in (here, there):
        await expect(page.get_by_role("link", name="Inbox")).to_be_visible()
    await remind(me, "Water the plants")
    for page in (here, there):
        await expect(card(page, "Water the plants")).to_be_visible()
        await expect(page.get_by_role("link", name="Inbox 1 new")).to_be_visible()
        await expect(page).to_have_title(re.compile(r"^\(1\) \w+ · Steward$"))
    await card(here, "Water the plants").get_by_role("button", name="Snooze").click()
    await here.get_by_role("menuitem", name="In an hour").click()
    for page in (here, there):
        await expect(card(page, "Water the plants")).to_have_count(0)
        await expect(page).to_have_title(re.compile(r"^\w+ · Steward$"))
    async with storage(me.server):
        (reminder,) = await reminders.list_reminders(user_id=me.id)
    assert reminder.snoozed


async def test_reminder_stays_through_pages_until_it_is_done_and_undo_brings_it_back(me: Person) -> None:
    page = await me.open("/")
    await remind(me, "Water the plants")
    await expect(card(page, "Water the plants")).to_be_visible()
    await page.get_by_role("link", name="Tasks").click()
    await expect(page.get_by_role("heading", name="All tasks")).to_be_visible()
    await expect(card(page, "Water the plants")).to_be_visible()
    await card(page, "Water the plants").get_by_role("button", name="Done").click()
    await expect(card(page, "Water the plants")).to_have_count(0)
    await page.get_by_role("status", name="Notices").get_by_role("button", name="Undo").click()
    await expect(card(page, "Water the plants")).to_be_visible()


async def test_reminder_that_is_left_for_later_waits_in_the_inbox_with_its_reason(me: Person) -> None:
    page = await me.open("/tasks")
    await remind(me, "Water the plants")
    await card(page, "Water the plants").get_by_role("button", name="Leave Water the plants in the inbox").click()
    await expect(card(page, "Water the plants")).to_have_count(0)
    await page.get_by_role("link", name="Inbox", exact=True).click()
    await expect(item(page, "Water the plants")).to_contain_text("You set this reminder.")


async def test_inbox_is_worked_through_from_the_keyboard(me: Person) -> None:
    await remind(me, "Third", "Second", "First")
    page = await me.open("/inbox")
    for text in ("First", "Second", "Third"):
        await expect(item(page, text)).to_be_visible()
    newest = page.get_by_role("list", name="Inbox").get_by_role("listitem").first
    name = (await newest.get_by_role("button").first.inner_text()).split(" (")[0]
    await page.keyboard.press("j")
    await expect(newest.get_by_role("button").first).to_be_focused()
    await page.keyboard.press("s")
    await page.get_by_role("menuitem", name="Choose a time …").press("Enter")
    field = page.get_by_role("textbox", name="Snooze until")
    await expect(field).to_be_focused()
    await field.fill("tomorrow at 9")
    await expect(page.get_by_text("Comes again tomorrow at 9:00.")).to_be_visible()
    await field.press("Enter")
    await expect(item(page, name)).to_have_count(0)
    rest = page.get_by_role("list", name="Inbox").get_by_role("listitem")
    await expect(rest).to_have_count(2)
    await page.keyboard.press("j")
    await page.keyboard.press("e")
    await expect(rest).to_have_count(1)
    await expect(rest.get_by_role("button").first).to_be_focused()  # The neighbour of what went away.
    await page.keyboard.press("#")
    await expect(page.get_by_role("heading", name="All clear.")).to_be_visible()
    await page.get_by_role("link", name="Answered").click()
    await expect(rest).to_have_count(2)
    await page.get_by_role("link", name="Snoozed").click()
    await expect(rest).to_have_count(1)


async def test_question_of_a_chat_is_answered_from_the_inbox_of_another_device(me: Person) -> None:
    async with storage(me.server):
        await tasks.add_task(user_id=me.id, title="Water the plants")
    page, other = await me.open("/"), await me.device("/inbox")
    await Chat(page).ask("delete the task water the plants")
    await item(other, "Water the plants").get_by_role("button", name=re.compile("^Approve")).click()
    await expect(other.get_by_role("heading", name="All clear.")).to_be_visible()
    await expect(page.get_by_role("main")).to_contain_text("Deleted")
    async with storage(me.server):
        assert (await tasks.list_tasks(user_id=me.id, view="open")).total == 0


@pytest.mark.parametrize("width", [1280, 390])
async def test_what_has_come_covers_no_field_to_type_in(person: PersonMaker, width: int) -> None:
    me = await person("ada", viewport={"width": width, "height": 780})
    await remind(me, "Water the plants")
    for path, field in (
        ("/tasks", "Add a task"),
        ("/calendar?view=agenda", "Add an event"),
        ("/calendar?view=month", "Add an event on this day"),
    ):
        page = await me.open(path)
        await expect(card(page, "Water the plants")).to_be_visible()
        if width > 1000 and "month" in path:
            await page.get_by_role("button", name="New event").click()
        # A click has to reach the field itself: playwright refuses if something lies over it.
        await page.get_by_role("textbox", name=field, exact=True).click()
        await expect(page.get_by_role("textbox", name=field, exact=True)).to_be_focused()
