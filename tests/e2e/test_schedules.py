"""What comes by itself, in a browser: added by a click, run at once, found in the inbox, changed in words."""

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.chat import Chat
from tests.e2e.people import Person


def line(page: Page, title: str) -> Locator:
    """The line of a schedule."""
    return page.get_by_role("list", name="Schedules").get_by_role("listitem").filter(has_text=title).first


async def add_summary(me: Person) -> Page:
    """Take up the offer of an empty page."""
    page = await me.open("/settings/schedules")
    await page.get_by_role("button", name="Add the daily summary").click()
    await expect(line(page, "Daily summary")).to_contain_text("Every day at 7:00")
    return page


async def test_daily_summary_is_added_by_one_click_runs_and_is_found_in_the_inbox(me: Person) -> None:
    page = await add_summary(me)
    await line(page, "Daily summary").get_by_role("button", name="Run now").click()
    await expect(line(page, "Daily summary")).to_contain_text(re.compile("Done|Nothing to say"))
    await line(page, "Daily summary").get_by_role("link", name="In the inbox").click()
    await expect(page.get_by_role("list", name="Inbox").get_by_role("listitem").first).to_contain_text(
        "Your schedule “Daily summary” comes every day at 7:00."
    )


async def test_other_devices_follow_what_is_paused_changed_and_deleted(me: Person) -> None:
    page = await add_summary(me)
    other = await me.device("/settings/schedules")
    await line(page, "Daily summary").get_by_role("button", name="Pause").click()
    await expect(line(other, "Daily summary")).to_contain_text("Paused")
    await line(other, "Daily summary").get_by_role("button", name="Resume").click()
    await expect(line(page, "Daily summary")).to_contain_text("next")
    await line(page, "Daily summary").get_by_role("button", name="Edit").click()
    form = page.get_by_role("form", name="Edit Daily summary")
    await form.get_by_label("When").fill("every weekday at 6:30")
    await expect(form.get_by_role("status", name="Understood")).to_contain_text("Every weekday at 06:30")
    await form.get_by_role("button", name="Save").click()
    for each in (page, other):
        await expect(line(each, "Daily summary")).to_contain_text("Every weekday at 06:30")
    await line(page, "Daily summary").get_by_role("button", name="Delete").click()
    await expect(other.get_by_role("button", name="Add the daily summary")).to_be_visible()
    notices = page.get_by_role("status", name="Notices")
    await expect(notices).to_contain_text("Deleted “Daily summary”.")
    await notices.get_by_role("button", name="Undo").last.click()
    await expect(line(other, "Daily summary")).to_contain_text("Every weekday at 06:30")


async def test_prompt_is_scheduled_from_the_form(me: Person) -> None:
    page = await me.open("/settings/schedules")
    await page.get_by_role("button", name="Ask a model regularly").click()
    form = page.get_by_role("form", name="Add a schedule")
    await form.get_by_label("Ask", exact=True).fill("What is on next week?")
    await form.get_by_label("When").fill("once in a blue moon")
    await form.get_by_role("button", name="Add").click()
    await expect(form.get_by_role("alert")).to_contain_text("does not understand that time")
    await expect(form.get_by_label("Ask", exact=True)).to_have_value("What is on next week?")
    await form.get_by_label("When").fill("every Friday at 16:00")
    await form.get_by_role("button", name="Model").click()
    await page.get_by_label("Search models").fill("built")
    await page.get_by_role("button", name=re.compile("^Built-in assistant")).click()
    await form.get_by_role("button", name="Add").click()
    await expect(line(page, "What is on next week?")).to_contain_text("Asks Built-in assistant")


async def test_schedules_are_spoken_of_in_a_chat_and_follow_on_the_page(me: Person) -> None:
    other = await me.device("/settings/schedules")
    chat = Chat(me.page)
    await chat.ask("every weekday at 7 send me a summary of my day")
    await expect(line(other, "Daily summary")).to_contain_text("Every weekday at 7:00")
    await chat.ask("move my summary to 6:30")
    await expect(line(other, "Daily summary")).to_contain_text("Every weekday at 06:30")
    await chat.ask("what do you do on your own?")
    await expect(chat.answer_text).to_contain_text("Daily summary, every weekday at 06:30")
    await chat.ask("every Friday at 16:00 ask gpt-4o to plan my week")
    await expect(chat.answer_text).to_contain_text("The model “gpt-4o” is not connected. These are there: Built-in")
    await chat.ask("no more daily summaries")
    await expect(line(other, "Daily summary")).to_contain_text("Paused")
    await chat.ask("resume it")
    await expect(line(other, "Daily summary")).to_contain_text("next run")
    await chat.ask("delete the daily summary")
    await me.page.get_by_role("button", name="Approve").click()
    await expect(other.get_by_role("button", name="Add the daily summary")).to_be_visible()
