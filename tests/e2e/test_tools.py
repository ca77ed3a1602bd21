"""What the assistant does by tools, as people see it: cards, Undo, questions, settings and the activity."""

import json
import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.e2e.chat import LOCAL, Chat
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import PHONE, Person

SCRIPTED = LOCAL + "scripted"


async def script(chat: Chat, *rounds: Any) -> None:
    """Have the model do this."""
    await chat.say(json.dumps(rounds))


def undo(page: Page, summary: str) -> Locator:
    """Return the button on a card that takes back what it says."""
    return page.get_by_role("button", name=f"Undo: {summary}", exact=True)


def redo(page: Page, summary: str) -> Locator:
    """Return the button on a card that does again what it says."""
    return page.get_by_role("button", name=f"Redo: {summary}", exact=True)


def question(page: Page, summary: str) -> Locator:
    """Return the card that asks before something is done."""
    return page.get_by_role("region", name=f"Approval: {summary}", exact=True)


async def test_what_was_done_shows_as_a_card_that_opens_and_can_be_undone(person: PersonMaker) -> None:
    me = await person("ada", model=SCRIPTED)
    page, chat = me.page, Chat(me.page)
    await script(chat, [{"add_task": {"title": "buy milk", "priority": "high"}}], "It is on your list.")
    await expect(chat.answers.last).to_contain_text("It is on your list.")
    card = page.get_by_role("list", name="What was done").get_by_role("button", name="Added “buy milk”", expanded=False)
    await card.click()
    details = page.get_by_role("region", name="Details of: Added “buy milk”")
    await expect(details).to_contain_text("Add a task")
    await expect(details).to_contain_text("Priority")
    tasks = await me.tab("/tasks")
    await expect(tasks.get_by_role("button", name="buy milk", exact=True)).to_be_visible()
    await undo(page, "Added “buy milk”").click()
    await expect(redo(page, "Added “buy milk”")).to_be_visible()
    await expect(tasks.get_by_role("button", name="buy milk", exact=True)).to_have_count(0)
    await redo(page, "Added “buy milk”").click()
    await expect(tasks.get_by_role("button", name="buy milk", exact=True)).to_be_visible()


async def test_deletion_is_asked_on_every_device_and_answered_once(person: PersonMaker) -> None:
    me = await person("ada", model=SCRIPTED)
    page, chat = me.page, Chat(me.page)
    await chat.ask(json.dumps([[{"add_task": {"title": "buy milk"}}], "Added."]))
    await expect(chat.answers.last).to_contain_text("Added.")
    phone = await me.device(page.url.removeprefix(me.server.url), viewport=PHONE)
    await script(chat, [{"delete_task": {"task": "milk"}}], "It is gone.")
    here, there = (question(place, "Delete task 1 “buy milk”") for place in (page, phone))
    await expect(here).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="asks for your approval")).to_have_count(1)
    await there.get_by_role("button", name="Approve", exact=True).click()
    for place in (page, phone):
        await expect(Chat(place).answers.last).to_contain_text("It is gone.")
        await expect(undo(place, "Deleted “buy milk”")).to_be_visible()
        await expect(question(place, "Delete task 1 “buy milk”")).to_have_count(0)


async def test_without_any_model_yes_deletes_and_undo_that_brings_back(person: PersonMaker) -> None:
    me = await person("ada")
    chat, phone = Chat(me.page), await me.device("/tasks", viewport=PHONE)
    there = phone.get_by_role("button", name="buy oat milk", exact=True)
    await chat.ask("add buy oat milk to my tasks")
    await expect(there).to_be_visible()
    await chat.ask("delete the oat milk task")
    await expect(question(me.page, "Delete task 1 “buy oat milk”")).to_be_visible()
    await expect(there).to_be_visible()
    await chat.ask("yes")
    await expect(undo(me.page, "Deleted “buy oat milk”")).to_be_visible()
    await expect(there).to_have_count(0)
    await chat.ask("undo that")
    await expect(there).to_be_visible()


async def test_question_can_be_edited_and_what_is_refused_stays_typed(person: PersonMaker) -> None:
    me = await person("ada", model=SCRIPTED)
    page = await me.open("/settings/tools")
    choices = page.get_by_role("group", name="Add a task")
    await choices.get_by_text("Ask", exact=True).click()
    await expect(page.get_by_role("region", name="Tasks")).to_contain_text("Saved")
    await me.open("/")
    chat = Chat(page)
    await script(chat, [{"add_task": {"title": "buy milk"}}], "Added.")
    await page.get_by_role("button", name="Edit", exact=True).click()
    await page.get_by_role("textbox", name=re.compile("^Title")).fill("buy oat milk")
    await page.get_by_label(re.compile("^Due")).fill("when pigs fly")
    await page.get_by_role("button", name="Approve with changes").click()
    await expect(page.get_by_role("alert").filter(has_text="not understood")).to_be_visible()
    await expect(page.get_by_role("textbox", name=re.compile("^Title"))).to_have_value("buy oat milk")
    await page.get_by_label(re.compile("^Due")).fill("")
    await page.get_by_role("button", name="Approve with changes").click()
    await expect(undo(page, "Added “buy oat milk”")).to_be_visible()


async def test_no_leaves_everything_as_it_is(person: PersonMaker) -> None:
    me = await person("ada", model=SCRIPTED)
    page, chat = me.page, Chat(me.page)
    await script(chat, [{"add_task": {"title": "buy milk"}}, {"delete_task": {"task": "milk"}}], "Kept.")
    await question(page, "Delete task 1 “buy milk”").get_by_role("button", name="Deny", exact=True).click()
    await expect(chat.answers.last).to_contain_text("Kept.")
    await expect(page.get_by_role("button", name="You said no: Delete task 1 “buy milk”")).to_be_visible()


async def test_several_that_could_be_meant_are_offered_to_click(person: PersonMaker) -> None:
    me = await person("ada", model=SCRIPTED)
    page, chat = me.page, Chat(me.page)
    await script(chat, [{"add_task": {"title": "buy milk"}}, {"add_task": {"title": "buy eggs"}}], "Added.")
    await expect(chat.answers.last).to_contain_text("Added.")
    await script(chat, [{"complete_task": {"task": "buy"}}], "Which one?")
    await expect(chat.answers.last).to_contain_text("Which one?")
    await page.get_by_role("group", name="Which one do you mean?").get_by_role("button", name="buy eggs").click()
    await expect(chat.questions.last).to_contain_text("Task 2")
    await expect(page.get_by_role("group", name="Which one do you mean?")).to_have_count(0)


async def test_undo_that_would_lose_something_asks_first(person: PersonMaker) -> None:
    me = await person("ada", model=SCRIPTED)
    page, chat = me.page, Chat(me.page)
    await script(chat, [{"add_task": {"title": "buy milk"}}], [{"complete_task": {"task": "milk"}}], "Both.")
    await expect(chat.answers.last).to_contain_text("Both.")
    await undo(page, "Added “buy milk”").click()
    asked = page.get_by_role("alert").filter(has_text="changed again since")
    await asked.get_by_role("button", name="Undo anyway").click()
    await expect(redo(page, "Added “buy milk”")).to_be_visible()


async def test_activity_lists_undoes_and_leads_back(me: Person) -> None:
    page, chat = me.page, Chat(me.page)
    await chat.ask("Add milk to my groceries list")
    await expect(undo(page, "Added “milk” to groceries")).to_be_visible()
    await chat.choose_from_header("What was done here")
    activity = page.get_by_role("region", name="Activity", exact=True)
    await activity.get_by_role("button", name="Undo: Added “milk” to groceries").click()
    await expect(activity.get_by_role("button", name="Do again: Undid: Added “milk” to groceries")).to_be_visible()
    await expect(activity.get_by_text("Undone", exact=True)).to_be_visible()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="CSV").click()
    assert (await download.value).suggested_filename.endswith(".csv")
    await activity.get_by_role("link").first.click()
    await expect(redo(page, "Added “milk” to groceries")).to_be_visible()


async def test_what_the_model_suggests_is_sent_by_a_click(me: Person) -> None:
    page, chat = me.page, Chat(me.page)
    await chat.ask("remind me to stretch")
    suggestions = page.get_by_role("group", name="Suggestions").get_by_role("button")
    first = await suggestions.first.inner_text()
    await suggestions.first.click()
    await expect(chat.questions.last).to_contain_text(first)
    await expect(page.get_by_role("button", name=re.compile("^Undo: Added the reminder “stretch”"))).to_be_visible()
