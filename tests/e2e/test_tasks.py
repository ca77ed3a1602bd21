"""The tasks page in a browser: adding in plain words, completing, changing, ordering, and taking it all back."""

import re
from datetime import date, timedelta

from playwright.async_api import Locator, Page, expect

from assistant_app.services import task_lists, tasks
from tests.e2e.chat import Chat
from tests.e2e.conftest import PersonMaker
from tests.e2e.people import PHONE, Person, storage

THREE = ("Buy milk", "Call Bob", "Read the book")


async def open_tasks(person: Person, *titles: str, path: str = "/tasks") -> Page:
    """Open the page of somebody who has these things to do."""
    async with storage(person.server):
        for title in titles:
            await tasks.add_task(user_id=person.id, title=title)
    page = await person.open(path)
    await expect(field(page)).to_be_visible()
    for title in titles:
        await expect(task(page, title)).to_be_visible()
    return page


def field(page: Page) -> Locator:
    """Return where a task is added."""
    return page.get_by_role("textbox", name="Add a task")


def task(page: Page, title: str) -> Locator:
    """Return a task's line."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("button", name=title, exact=True))


def titles(page: Page) -> Locator:
    """Return the titles of the tasks, from top to bottom."""
    return page.locator("[data-open]")


def lists(page: Page) -> Locator:
    """Return the views and lists at the side."""
    return page.get_by_role("navigation", name="Task lists")


def notices(page: Page) -> Locator:
    """Return what was said to be done."""
    return page.get_by_role("status", name="Notices")


async def add(page: Page, text: str) -> None:
    """Type a task, and wait until it is kept."""
    await field(page).fill(text)
    await field(page).press("Enter")
    await expect(field(page)).to_have_value("")


async def test_tasks_are_reached_from_the_sidebar_and_teach_by_example(me: Person, page: Page) -> None:
    link = page.get_by_role("link", name="Tasks", exact=True)
    await link.click()
    await expect(page.get_by_role("heading", name="Nothing to do.")).to_be_visible()
    await expect(page).to_have_title("Tasks · Steward")
    await expect(link).to_have_attribute("aria-current", "page")
    await page.get_by_role("button", name="Buy milk tomorrow 5pm #groceries").click()
    await expect(field(page)).to_have_value("Buy milk tomorrow 5pm #groceries")
    await field(page).press("Enter")
    await expect(task(page, "Buy milk")).to_contain_text("Tomorrow at 17:00")
    await expect(page.get_by_role("heading", name="Nothing to do.")).to_have_count(0)


async def test_what_is_understood_shows_while_one_types(me: Person) -> None:
    page = await open_tasks(me)
    understood = page.get_by_role("status", name="Understood")
    await page.keyboard.press("n")
    await expect(field(page)).to_be_focused()
    await page.keyboard.type("Water the plants every week friday 9am #home !high")
    for words in ("Water the plants", "Friday", "9:00", "home, a new list", "High priority"):
        await expect(understood).to_contain_text(words)
    await field(page).press("Enter")
    await expect(field(page)).to_have_value("")
    await expect(understood).to_be_empty()
    line = task(page, "Water the plants")
    await expect(line).to_contain_text("Friday at 9:00")
    await expect(line).to_contain_text("High")
    await expect(lists(page).get_by_role("link", name="home")).to_be_visible()


async def test_what_cannot_be_added_stays_in_the_field(me: Person) -> None:
    page = await open_tasks(me)
    await field(page).fill("x" * 501)
    await field(page).press("Enter")
    await expect(page.get_by_role("alert").filter(has_text="500 characters")).to_be_visible()
    await expect(field(page)).to_have_value("x" * 501)
    await field(page).fill("Short")
    await field(page).press("Enter")
    await expect(task(page, "Short")).to_be_visible()
    await expect(page.get_by_role("alert").filter(has_text="500 characters")).to_have_count(0)


async def test_a_click_completes_a_task_and_undo_brings_it_back(me: Person) -> None:
    page = await open_tasks(me, *THREE)
    await page.get_by_role("checkbox", name="Complete Call Bob").click()
    await expect(titles(page)).to_have_text(["Buy milk", "Read the book"])
    await expect(notices(page)).to_contain_text("Completed “Call Bob”.")
    await notices(page).get_by_role("button", name="Undo").click()
    await expect(titles(page)).to_have_text(list(THREE))
    await expect(notices(page)).to_contain_text("Undone.")
    await notices(page).get_by_role("button", name="Redo").click()
    await expect(titles(page)).to_have_text(["Buy milk", "Read the book"])
    await lists(page).get_by_role("link", name="Done").click()
    await page.get_by_role("checkbox", name="Complete Call Bob").click()
    await expect(page.get_by_role("heading", name="Nothing is done yet.")).to_be_visible()
    await lists(page).get_by_role("link", name="All tasks").click()
    await expect(titles(page)).to_have_text(list(THREE))


async def test_a_recurring_task_comes_again_and_says_when(me: Person) -> None:
    page = await open_tasks(me)
    await add(page, "Take out the bins every day")
    await page.get_by_role("checkbox", name="Complete Take out the bins").click()
    await expect(notices(page)).to_contain_text("Completed “Take out the bins”. Next: tomorrow.")
    await expect(task(page, "Take out the bins")).to_contain_text("Tomorrow")


async def test_what_was_changed_since_is_undone_only_after_a_question(me: Person) -> None:
    page = await open_tasks(me, "Buy milk")
    await page.get_by_role("checkbox", name="Complete Buy milk").click()
    await expect(notices(page).get_by_role("button", name="Undo")).to_be_visible()
    async with storage(me.server):
        (done,) = (await tasks.list_tasks(user_id=me.id, view="done")).tasks
        await tasks.update_task(user_id=me.id, task_id=done.id, changes=tasks.TaskChanges(title="Buy oat milk"))
    await notices(page).get_by_role("button", name="Undo").click()
    await expect(notices(page)).to_contain_text("This was changed again since")
    await notices(page).get_by_role("button", name="Undo anyway").click()
    await expect(task(page, "Buy milk")).to_be_visible()


async def test_a_task_is_changed_where_it_stands(me: Person) -> None:
    page = await open_tasks(me, *THREE)
    await page.get_by_role("button", name="Call Bob", exact=True).click()
    form = page.get_by_role("form", name="Edit Call Bob")
    await expect(form.get_by_label("Title")).to_be_focused()
    await form.get_by_label("Title").fill("Call Alice")
    await form.get_by_label("Notes").fill("About the trip")
    await form.get_by_label("Due").fill("tomorrow at half past 4")
    await expect(form).to_contain_text("Tomorrow at 16:30")
    await form.get_by_label("Repeats").fill("every week")
    await form.get_by_label("List", exact=True).fill("People")
    await form.get_by_label("Priority").select_option("Medium")
    await form.get_by_role("button", name="Save").click()
    line = task(page, "Call Alice")
    for words in ("Tomorrow at 16:30", "Every week", "People", "Medium"):
        await expect(line).to_contain_text(words)
    # The keyboard goes on from where it was.
    await expect(page.get_by_role("button", name="Call Alice", exact=True)).to_be_focused()
    await notices(page).get_by_role("button", name="Undo").click()
    await expect(titles(page)).to_have_text(list(THREE))


async def test_what_is_not_understood_stays_open_and_esc_leaves_things_as_they_were(me: Person) -> None:
    page = await open_tasks(me, *THREE)
    await page.get_by_role("button", name="Call Bob", exact=True).click()
    form = page.get_by_role("form", name="Edit Call Bob")
    await form.get_by_label("Due").fill("when pigs fly")
    await form.get_by_label("Due").press("Enter")
    await expect(form.get_by_role("alert")).to_contain_text("“when pigs fly” is not understood.")
    await expect(form.get_by_label("Due")).to_have_value("when pigs fly")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await expect(task(page, "Call Bob")).not_to_contain_text("pigs")


async def test_opening_another_task_saves_the_first(me: Person) -> None:
    page = await open_tasks(me, *THREE)
    await page.get_by_role("button", name="Call Bob", exact=True).click()
    await page.get_by_role("form", name="Edit Call Bob").get_by_label("Notes").fill("About the trip")
    await page.get_by_role("button", name="Buy milk", exact=True).click()
    await expect(page.get_by_role("form", name="Edit Buy milk")).to_be_visible()
    await expect(task(page, "Call Bob").get_by_title("Has notes")).to_be_visible()


async def test_lists_are_added_renamed_and_deleted(me: Person) -> None:
    page = await open_tasks(me)
    await page.get_by_role("button", name="New list").click()
    await page.get_by_role("textbox", name="Title of the new list").fill("Work")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Work")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/tasks\?list=lst_\w+$"))
    await add(page, "Write the report")
    await page.get_by_role("button", name="List: Work").click()
    await page.keyboard.type("Office")
    await page.keyboard.press("Enter")
    link = lists(page).get_by_role("link", name="Office")
    await expect(link).to_contain_text("1")
    await expect(link).to_have_attribute("aria-current", "page")
    await page.reload()
    await expect(titles(page)).to_have_text(["Write the report"])
    await link.hover()
    await page.get_by_role("button", name="More for Office").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(page.get_by_role("heading", name="All tasks")).to_be_visible()
    await expect(task(page, "Write the report")).not_to_contain_text("Office")
    await notices(page).get_by_role("button", name="Undo").click()
    await expect(task(page, "Write the report")).to_contain_text("Office")
    await expect(link).to_be_visible()


async def test_a_list_that_is_gone_says_so(me: Person) -> None:
    page = await open_tasks(me)
    async with storage(me.server):
        work = await task_lists.add_list(user_id=me.id, title="Work")
    await me.open(f"/tasks?list={work.id}")
    await expect(page.get_by_role("heading", name="This list is empty.")).to_be_visible()
    other = await me.tab("/tasks")
    await lists(other).get_by_role("link", name="Work").hover()
    await other.get_by_role("button", name="More for Work").click()
    await other.get_by_role("menuitem", name="Delete").click()
    await expect(page.get_by_role("heading", name="This list is not there any more.")).to_be_visible()


async def test_views_show_what_is_due_when(me: Person) -> None:
    today = date.today()  # noqa: DTZ011 - the account's zone is UTC, as the test's machine has it
    async with storage(me.server):
        for title, days in (("Late", -1), ("Now", 0), ("Soon", 3)):
            await tasks.add_task(user_id=me.id, title=title, due=today + timedelta(days=days))
    page = await open_tasks(me)
    for view, title in (("Overdue", "Late"), ("Today", "Now"), ("Upcoming", "Soon")):
        await lists(page).get_by_role("link", name=view).click()
        await expect(page.get_by_role("heading", name=view)).to_be_visible()
        await expect(titles(page)).to_have_text([title])
    await page.go_back()
    await expect(titles(page)).to_have_text(["Now"])
    await lists(page).get_by_role("link", name="Overdue").click()
    await expect(task(page, "Late").get_by_title("Overdue")).to_contain_text("Overdue: Yesterday")


async def test_keys_move_about_and_put_tasks_into_order(me: Person) -> None:
    page = await open_tasks(me, *THREE)
    await page.keyboard.press("j")
    await expect(page.get_by_role("button", name="Buy milk", exact=True)).to_be_focused()
    await page.keyboard.press("j")
    await page.keyboard.press("Alt+ArrowUp")
    await expect(titles(page)).to_have_text(["Call Bob", "Buy milk", "Read the book"])
    await expect(page.get_by_role("button", name="Call Bob", exact=True)).to_be_focused()
    await page.keyboard.press("Alt+ArrowDown")
    await expect(titles(page)).to_have_text(list(THREE))
    await page.keyboard.press("Alt+ArrowDown")
    await expect(titles(page)).to_have_text(["Buy milk", "Read the book", "Call Bob"])
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("c")
    await expect(titles(page)).to_have_text(["Buy milk", "Call Bob"])
    await expect(page.get_by_role("button", name="Call Bob", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("form", name="Edit Call Bob")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Call Bob", exact=True)).to_be_focused()
    await page.keyboard.press("Delete")
    await expect(titles(page)).to_have_text(["Buy milk"])
    await notices(page).get_by_role("button", name="Undo").last.click()
    await expect(titles(page)).to_have_text(["Buy milk", "Call Bob"])


async def test_a_task_is_dragged_to_its_place(me: Person) -> None:
    page = await open_tasks(me, *THREE)
    await task(page, "Read the book").hover()
    grip = await task(page, "Read the book").locator("[data-grip]").bounding_box()
    first = await task(page, "Buy milk").bounding_box()
    assert grip is not None
    assert first is not None
    await page.mouse.move(grip["x"] + 4, grip["y"] + 8)
    await page.mouse.down()
    await page.mouse.move(grip["x"] + 4, first["y"] + 30, steps=5)
    await page.mouse.move(grip["x"] + 4, first["y"] + 4, steps=5)
    await page.mouse.up()
    await expect(titles(page)).to_have_text(["Read the book", "Buy milk", "Call Bob"])
    await page.reload()
    await expect(titles(page)).to_have_text(["Read the book", "Buy milk", "Call Bob"])


async def test_several_tasks_are_changed_together(me: Person) -> None:
    async with storage(me.server):
        await task_lists.add_list(user_id=me.id, title="Home")
    page = await open_tasks(me, *THREE, "Write to Ann")
    bar = page.get_by_role("toolbar", name="Selected tasks")
    await page.get_by_role("checkbox", name="Select Buy milk").click()
    await page.get_by_role("checkbox", name="Select Read the book").click(modifiers=["Shift"])
    await expect(bar).to_contain_text("3 selected")
    await bar.get_by_role("button", name="Move to list").click()
    await page.get_by_role("menuitem", name="Home").click()
    for title in THREE:
        await expect(task(page, title)).to_contain_text("Home")
    await expect(bar).to_have_count(0)
    await page.get_by_role("button", name="Call Bob", exact=True).focus()
    await page.keyboard.press("x")
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await expect(bar).to_contain_text("2 selected")
    await bar.get_by_role("button", name="Complete").click()
    await expect(titles(page)).to_have_text(["Buy milk", "Write to Ann"])
    await notices(page).get_by_role("button", name="Undo").last.click()
    await expect(titles(page)).to_have_text([*THREE, "Write to Ann"])


async def test_deleting_several_asks_once_and_can_be_undone(me: Person) -> None:
    page = await open_tasks(me, *THREE)
    for title in THREE[:2]:
        await page.get_by_role("checkbox", name=f"Select {title}").click()
    await expect(page.get_by_text("2 selected")).to_be_visible()
    await page.keyboard.press("Delete")
    question = page.get_by_role("alertdialog", name="Delete 2 tasks?")
    await question.get_by_role("button", name="Cancel").click()
    await expect(titles(page)).to_have_text(list(THREE))
    await page.get_by_role("toolbar", name="Selected tasks").get_by_role("button", name="Delete").click()
    await question.get_by_role("button", name="Delete").click()
    await expect(titles(page)).to_have_text(["Read the book"])
    await notices(page).get_by_role("button", name="Undo").click()
    await expect(titles(page)).to_have_text(list(THREE))


async def test_a_change_on_one_device_shows_on_the_other(me: Person) -> None:
    page = await open_tasks(me, "Buy milk")
    phone = await me.device("/tasks", viewport=PHONE)
    await expect(task(phone, "Buy milk")).to_be_visible()
    await add(page, "Call Bob tomorrow")
    await expect(task(phone, "Call Bob")).to_contain_text("Tomorrow")
    await phone.get_by_role("checkbox", name="Complete Buy milk").click()
    await expect(task(page, "Buy milk")).to_have_count(0)
    await page.get_by_role("checkbox", name="Complete Call Bob").click()
    await notices(page).get_by_role("button", name="Undo").click()
    await expect(task(phone, "Call Bob")).to_be_visible()


async def test_what_is_added_by_a_chat_shows_on_an_open_page(person: PersonMaker) -> None:
    ada = await person("ada", path="/tasks")
    await expect(ada.page.get_by_role("heading", name="Nothing to do.")).to_be_visible()
    chat = Chat(await ada.device())
    await chat.field.fill("add buy stamps tomorrow at 5pm")
    await chat.field.press("Enter")
    await expect(
        ada.page.get_by_role("button", name="Buy stamps", exact=True).or_(task(ada.page, "buy stamps"))
    ).to_be_visible()


async def test_many_tasks_come_a_page_at_a_time(me: Person) -> None:
    async with storage(me.server):
        for number in range(103):
            await tasks.add_task(user_id=me.id, title=f"Task {number}")
    page = await open_tasks(me)
    await expect(titles(page)).to_have_count(100)
    await expect(page.get_by_text("100 of 103 tasks")).to_be_visible()
    await page.get_by_role("button", name="Show more").click()
    await expect(titles(page)).to_have_count(103)
    await expect(page.get_by_role("button", name="Show more")).to_have_count(0)


async def test_a_phone_has_room_for_everything(person: PersonMaker) -> None:
    ada = await person("ada", viewport=PHONE, has_touch=True, is_mobile=True)
    page = await open_tasks(ada, *THREE)
    await page.get_by_role("button", name="Call Bob", exact=True).tap()
    await expect(page.get_by_role("form", name="Edit Call Bob")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    await page.get_by_role("button", name="Cancel").tap()
    await page.get_by_role("checkbox", name="Select Call Bob").tap()
    await expect(page.get_by_role("toolbar", name="Selected tasks")).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    await lists(page).get_by_role("link", name="Done").tap()
    await expect(page.get_by_role("heading", name="Nothing is done yet.")).to_be_visible()
    await expect(lists(page).get_by_role("link", name="Done")).to_be_in_viewport()
