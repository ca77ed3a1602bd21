"""The inbox as people use it, what may interrupt them, and how much of it reaches their other devices."""

import asyncio
import re
from datetime import timedelta
from typing import Any

from playwright.async_api import Locator, Page, expect

from assistant_app import clock
from assistant_app.repositories import database
from assistant_app.services import inbox, notifications
from tests.e2e.people import Person, storage
from tests.e2e.test_reminders import card, item, remind

SUMMARY = "## Due today\n\n- **Water** the plants\n- Call mom\n\n<script>alert(1)</script>"
# What a browser would do stands in two lists of the page: each tone, and each notification by its tag.
LISTENING = """
    window.tones = 0; window.told = [];
    const Context = window.AudioContext;
    window.AudioContext = class extends Context { constructor() { super(); window.tones += 1; } };
    window.Notification = class {
        static permission = "granted";
        constructor(title, options) { window.told.push(`${title}|${options.tag}`); this.tag = options.tag; }
        close() { window.told.push(`closed|${this.tag}`); }
    };
"""
AWAY = "document.hasFocus = () => false;"


async def bring(me: Person, key: str, title: str, kind: inbox.Kind = "suggestion", **fields: Any) -> str:
    """Put a matter into the inbox; return its id. What is open learns of it with the next that comes."""
    async with storage(me.server):
        async with database.write() as session:
            why = fields.pop("why", "A rule of yours.")
            await inbox.put_item(session, inbox.Matter(me.id, kind, key, title, why=why, **fields))
        return next(each.id for each in await inbox.list_items(user_id=me.id) if each.title == title)


def lines(page: Page) -> Locator:
    """All lines of the inbox."""
    return page.get_by_role("list", name="Inbox").get_by_role("listitem").filter(has=page.locator(".item-open"))


async def told(tabs: list[Page]) -> list[str]:
    """Return what the browser was asked to show, in all tabs."""
    return [each for page in tabs for each in await page.evaluate("() => window.told")]


async def test_several_are_answered_from_the_keyboard_and_taken_back_at_once(me: Person) -> None:
    for name in ("One", "Two", "Three"):
        await bring(me, name, name)
    page, other = await me.open("/inbox"), await me.device("/tasks")
    await expect(lines(page)).to_have_count(3)
    await expect(other.get_by_role("link", name="Inbox 3 new")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("x")
    await expect(page.get_by_role("toolbar", name="Selected items")).to_contain_text("1 selected")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("x")
    await expect(page.get_by_role("toolbar", name="Selected items")).to_contain_text("2 selected")
    await page.keyboard.press("e")
    await expect(lines(page)).to_have_count(1)
    await expect(other.get_by_role("link", name="Inbox 1 new")).to_be_visible()
    await expect(other).to_have_title(re.compile(r"^\(1\) "))
    await page.get_by_role("status", name="Notices").get_by_role("button", name="Undo").click()
    await expect(lines(page)).to_have_count(3)
    await expect(other).to_have_title(re.compile(r"^\(3\) "))


async def test_several_are_snoozed_and_listed_as_such(me: Person) -> None:
    for name in ("One", "Two"):
        await bring(me, name, name)
    page = await me.open("/inbox")
    await expect(lines(page)).to_have_count(2)
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await expect(page.get_by_role("toolbar", name="Selected items")).to_be_visible()
    await page.keyboard.press("a")
    await expect(page.get_by_role("toolbar", name="Selected items")).to_contain_text("2 selected")
    await page.keyboard.press("s")
    await page.get_by_role("menuitem", name="Tomorrow morning").click()
    await expect(page.get_by_role("heading", name="All clear.")).to_be_visible()
    await page.get_by_role("link", name="Snoozed").click()
    await expect(lines(page)).to_have_count(2)
    await expect(lines(page).first).to_contain_text("comes again tomorrow at 9:00")


async def test_kinds_are_shown_by_themselves(me: Person) -> None:
    await bring(me, "s", "Weekly plan")
    await bring(me, "e", "The report failed", kind="error")
    page = await me.open("/inbox")
    await expect(lines(page)).to_have_count(2)
    await page.get_by_role("combobox", name="Kind").select_option("Errors")
    await expect(page).to_have_url(re.compile(r"kind=error$"))
    await expect(lines(page)).to_have_count(1)
    await expect(lines(page)).to_contain_text("The report failed")
    await page.get_by_role("link", name="Answered").click()
    await expect(page.get_by_role("heading", name="Nothing is answered yet.")).to_be_visible()


async def test_item_opens_by_its_address_with_its_text_and_its_reason(me: Person) -> None:
    data = {"schedule_id": "sch_1", "objects": [{"kind": "task", "id": "tsk_1", "title": "Water the plants"}]}
    item_id = await bring(me, "s", "Your day", kind="summary", text=SUMMARY, data=data)
    page = await me.open(f"/inbox?item={item_id}")
    line = item(page, "Your day")
    await expect(line.get_by_role("heading", name="Due today")).to_be_visible()
    await expect(line.locator("strong").first).to_have_text("Water")
    await expect(line).to_contain_text("<script>alert(1)</script>")
    await expect(line).to_contain_text("Why this? A rule of yours.")
    await expect(line.get_by_role("link", name="Its schedule")).to_have_attribute("href", "/settings/schedules")
    await expect(line.get_by_role("link", name="Task “Water the plants”")).to_be_visible()
    await expect(page.get_by_role("link", name="Inbox", exact=True)).to_be_visible()  # It is read with that.
    await line.get_by_role("button", name="Your day").first.press("Enter")
    await expect(line.get_by_role("heading", name="Due today")).to_have_count(0)
    await page.keyboard.press("#")
    await expect(page.get_by_role("heading", name="All clear.")).to_be_visible()
    await me.open(f"/inbox?item={item_id}")
    await expect(line).to_contain_text("Done")


async def test_quiet_hours_keep_a_reminder_from_the_screen_and_tell_of_it_afterwards(me: Person) -> None:
    now = clock.now()
    async with storage(me.server):
        begin, end = ((now + timedelta(hours=hours)).time().replace(microsecond=0) for hours in (-2, 2))
        await notifications.set_quiet_hours(user_id=me.id, quiet_from=begin, quiet_until=end)
    page, settings = await me.open("/tasks"), await me.tab("/settings/notifications")
    await expect(settings.get_by_text("It is quiet now")).to_be_visible()
    await remind(me, "Water the plants", "Call mom")
    await expect(page.get_by_role("link", name="Inbox 2 new")).to_be_visible()
    await expect(page).to_have_title(re.compile(r"^\(2\) "))
    await expect(page.locator(".due-card")).to_have_count(0)
    # The quiet hours end before now, and what came in them is told in one line.
    async with storage(me.server):
        end = (clock.now() + timedelta(seconds=1)).time()
        await notifications.set_quiet_hours(user_id=me.id, quiet_from=begin, quiet_until=end)
    await settings.reload()
    await settings.get_by_role("switch", name="Reminders with a sound").click()
    await expect(page.get_by_role("link", name="2 items came in your quiet hours")).to_be_visible()
    await expect(page.locator(".due-card")).to_have_count(0)
    await page.get_by_role("button", name="Leave them in the inbox").click()
    await expect(page.get_by_role("link", name="Inbox", exact=True)).to_be_visible()


async def test_what_is_chosen_is_saved_at_once_and_holds_on_every_device(me: Person) -> None:
    page, other = await me.open("/settings/notifications"), await me.device("/settings/notifications")
    await expect(other.get_by_role("switch", name="Summaries on screen")).not_to_be_checked()
    await page.get_by_role("switch", name="Summaries on screen").click()
    await expect(page.get_by_text("Saved")).to_be_visible()
    await expect(other.get_by_role("switch", name="Summaries on screen")).to_be_checked()
    await page.get_by_role("switch", name="Quiet hours").click()
    await expect(other.get_by_label("From")).to_have_value("22:00")
    await page.get_by_label("Until").fill("22:00")
    await page.get_by_label("Until").press("Enter")
    await expect(page.get_by_text("Quiet hours cannot begin when they end.")).to_be_visible()
    await page.get_by_label("Until").fill("06:30")
    await page.get_by_label("Until").press("Enter")
    await expect(other.get_by_label("Until")).to_have_value("06:30")


async def test_of_several_tabs_that_nobody_looks_at_one_sounds_and_notifies(me: Person) -> None:
    await me.context.add_init_script(LISTENING + AWAY)
    async with storage(me.server):
        await notifications.set_in_browser(user_id=me.id, wanted=True)
    tabs = [await me.open("/tasks"), await me.tab("/calendar")]
    for page in tabs:
        await expect(page.get_by_role("link", name="Inbox", exact=True)).to_be_visible()
    await remind(me, "Water the plants")
    for page in tabs:
        await expect(card(page, "Water the plants")).to_be_visible()
    async with storage(me.server):
        (due,) = await inbox.list_items(user_id=me.id)
    async with asyncio.timeout(10):
        while not await told(tabs):  # noqa: ASYNC110 - it lies in another process
            await asyncio.sleep(0.05)
    claimed = await tabs[0].evaluate("() => JSON.parse(localStorage.getItem('steward.told')).length")
    assert (claimed, await told(tabs)) == (1, [f"Water the plants|{due.id}"])
    await card(tabs[0], "Water the plants").get_by_role("button", name="Done").click()
    for page in tabs:
        await expect(card(page, "Water the plants")).to_have_count(0)
    assert await told(tabs) == [f"Water the plants|{due.id}", f"closed|{due.id}"]
    assert sum([await page.evaluate("() => window.tones") for page in tabs]) == 1


async def test_a_test_comes_at_once_on_every_device(me: Person) -> None:
    await me.context.add_init_script(LISTENING)
    page, other = await me.open("/settings/notifications"), await me.device("/tasks")
    await page.get_by_role("switch", name="Browser notifications").click()
    await expect(page.get_by_text("Allowed in this browser.")).to_be_visible()
    await page.get_by_role("button", name="Send a test").click()
    test = page.get_by_role("article", name="Result: This is a test")
    await expect(test).to_be_visible()
    await expect(other.get_by_role("article", name="Result: This is a test")).to_be_visible()
    await test.get_by_role("link", name="Open").click()
    await expect(item(page, "This is a test")).to_contain_text("You asked for a test")
    await page.keyboard.press("j")
    await page.keyboard.press("e")
    await expect(other.get_by_role("article", name="Result: This is a test")).to_have_count(0)


async def test_each_kind_has_one_button_that_puts_it_away_and_both_keys_press_it(me: Person) -> None:
    await bring(me, "c", "Lunch and dentist overlap", kind="conflict", data={"rule": "overlap", "day": "2026-11-24"})
    await bring(me, "s", "Garage was put off three times")
    await bring(me, "e", "The report failed", kind="error")
    page = await me.open("/inbox")
    await expect(lines(page)).to_have_count(3)
    for title, word in (
        ("Lunch and dentist overlap", "Ignore"),
        ("Garage was put off three times", "Dismiss"),
        ("The report failed", "Done"),
    ):
        line = item(page, title)
        for other in ("Ignore", "Dismiss", "Done"):
            there = line.get_by_role("button", name=f"{other} {title}")
            await expect(there).to_have_count(1 if other == word else 0)
    notices = page.get_by_role("status", name="Notices")
    await item(page, "Lunch and dentist overlap").get_by_role("button", name="Ignore").click()
    await expect(notices).to_contain_text("Ignored “Lunch and dentist overlap”. It will not come up again.")
    await item(page, "The report failed").locator(".item-open").focus()
    await page.keyboard.press("#")
    await expect(item(page, "The report failed")).to_have_count(0)
    await item(page, "Garage was put off three times").locator(".item-open").focus()
    await page.keyboard.press("e")
    await expect(page.get_by_role("heading", name="All clear.")).to_be_visible()
    await page.get_by_role("link", name="Answered").click()
    await expect(item(page, "Lunch and dentist overlap")).to_contain_text("Ignored")
