"""The sidebar, the header's menu, search, and the addresses of conversations."""

import re
from datetime import timedelta

from playwright.async_api import Page, expect

from assistant_app import clock
from tests.e2e.chat import Chat, Sidebar
from tests.e2e.people import Person


async def shown(me: Person, *titles: str) -> Sidebar:
    """Put conversations into the list, and open the first."""
    ids = [await me.conversation(f"What about {title}?", f"All about {title}.", title=title) for title in titles]
    await me.open(f"/c/{ids[0]}")
    sidebar = Sidebar(me.page)
    for title in titles:
        await expect(sidebar.link(title)).to_be_visible()
    await expect(Chat(me.page).answers).to_contain_text(f"All about {titles[0]}.")
    return sidebar


async def test_conversations_stand_under_the_days_of_their_last_message(me: Person, page: Page) -> None:
    for title, days in (("Just now", 0), ("The day before", 1), ("Some days ago", 4), ("Long ago", 40)):
        await me.conversation("Hello?", "Hello!", title=title, at=clock.now() - timedelta(days=days))
    await page.reload()
    sidebar = Sidebar(page)
    await expect(sidebar.group("Today")).to_contain_text("Just now")
    await expect(sidebar.group("Yesterday")).to_contain_text("The day before")
    await expect(sidebar.group("Last 7 days")).to_contain_text("Some days ago")
    await expect(sidebar.group("Older")).to_contain_text("Long ago")


async def test_a_title_is_changed_in_the_sidebar_by_enter_and_left_by_escape(me: Person, page: Page) -> None:
    sidebar = await shown(me, "Boats")
    await sidebar.choose("Boats", "Rename")
    field = sidebar.whole.get_by_role("textbox", name="Title")
    await expect(field).to_be_focused()
    await field.fill("Ships")
    await field.press("Escape")
    await expect(field).to_have_count(0)
    await expect(sidebar.link("Boats")).to_be_visible()

    await sidebar.choose("Boats", "Rename")
    await field.fill("Ships")
    await field.press("Enter")
    await expect(sidebar.link("Ships")).to_be_visible()
    await expect(Chat(page).title).to_have_text("Ships")
    await page.reload()
    await expect(sidebar.link("Ships")).to_be_visible()


async def test_a_title_is_changed_where_it_stands_in_the_header(me: Person, page: Page) -> None:
    sidebar = await shown(me, "Boats")
    await Chat(page).title.click()
    field = page.get_by_role("main").get_by_role("textbox", name="Title")
    await field.fill("Ships")
    await field.press("Enter")
    await expect(Chat(page).title).to_have_text("Ships")
    await expect(sidebar.link("Ships")).to_be_visible()


async def test_a_change_shows_at_once_on_another_device(me: Person) -> None:
    sidebar = await shown(me, "Boats")
    elsewhere = Sidebar(await me.device())
    await expect(elsewhere.link("Boats")).to_be_visible()
    await sidebar.choose("Boats", "Rename")
    await sidebar.whole.get_by_role("textbox", name="Title").fill("Ships")
    await me.page.keyboard.press("Enter")
    await expect(elsewhere.link("Ships")).to_be_visible()


async def test_a_pinned_conversation_stays_on_top(me: Person) -> None:
    sidebar = await shown(me, "Boats", "Trains")
    await sidebar.choose("Boats", "Pin")
    await expect(sidebar.group("Pinned")).to_contain_text("Boats")
    await expect(sidebar.group("Today")).not_to_contain_text("Boats")
    await sidebar.choose("Boats", "Unpin")
    await expect(sidebar.group("Pinned")).to_have_count(0)
    await expect(sidebar.group("Today")).to_contain_text("Boats")


async def test_an_archived_conversation_leaves_the_list_and_comes_back(me: Person, page: Page) -> None:
    sidebar = await shown(me, "Boats", "Trains")
    await sidebar.choose("Trains", "Archive")
    await expect(sidebar.link("Trains")).to_have_count(0)
    await expect(page.get_by_role("status", name="Notices")).to_contain_text("Archived.")
    await sidebar.choose_from_account("Archive")
    await expect(sidebar.whole.get_by_role("heading", name="Archive")).to_be_visible()
    await sidebar.choose("Trains", "Unarchive")
    await expect(sidebar.whole.get_by_text("Nothing is archived.")).to_be_visible()
    await sidebar.whole.get_by_role("button", name="Back to conversations").click()
    await expect(sidebar.link("Trains")).to_be_visible()


async def test_a_deleted_conversation_waits_in_the_trash_and_can_be_restored(me: Person, page: Page) -> None:
    sidebar = await shown(me, "Boats", "Trains")
    await sidebar.choose("Boats", "Delete")
    await expect(sidebar.link("Boats")).to_have_count(0)
    await expect(page.get_by_role("note")).to_contain_text("This conversation is in the trash.")
    await expect(Chat(page).field).to_have_count(0)
    await sidebar.choose_from_account("Trash")
    await sidebar.choose("Boats", "Restore")
    await expect(sidebar.whole.get_by_text("The trash is empty.")).to_be_visible()
    await sidebar.whole.get_by_role("button", name="Back to conversations").click()
    await expect(sidebar.link("Boats")).to_be_visible()
    await expect(Chat(page).field).to_be_visible()


async def test_what_is_deleted_for_good_is_gone(me: Person, page: Page) -> None:
    sidebar = await shown(me, "Boats", "Trains")
    address = page.url
    await Chat(page).choose_from_header("Delete")
    await sidebar.choose_from_account("Trash")
    await sidebar.choose("Boats", "Delete for good")
    await expect(sidebar.whole.get_by_text("The trash is empty.")).to_be_visible()
    await page.goto(address)
    await expect(page.get_by_role("heading", name="No such conversation")).to_be_visible()


async def test_the_trash_is_emptied_after_a_question(me: Person, page: Page) -> None:
    sidebar = await shown(me, "Boats", "Trains")
    for title in ("Boats", "Trains"):
        await sidebar.choose(title, "Delete")
        await expect(sidebar.link(title)).to_have_count(0)
    await sidebar.choose_from_account("Trash")
    await sidebar.whole.get_by_role("button", name="Empty").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    await expect(sidebar.link("Trains")).to_be_visible()
    await sidebar.whole.get_by_role("button", name="Empty").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Empty trash").click()
    await expect(sidebar.whole.get_by_text("The trash is empty.")).to_be_visible()


async def test_a_copy_is_opened_and_is_a_conversation_of_its_own(me: Person, page: Page) -> None:
    await shown(me, "Boats")
    original = page.url
    await Chat(page).choose_from_header("Duplicate")
    await expect(page).not_to_have_url(original)
    chat = Chat(page)
    await expect(chat.answers).to_contain_text("All about Boats.")
    await chat.say("What is 2 + 3?")
    await expect(chat.answers).to_have_count(2)
    await page.goto(original)
    await expect(chat.answers).to_have_count(1)


async def test_a_branch_has_what_was_said_up_to_its_message(me: Person, page: Page) -> None:
    conversation_id = await me.conversation("First?", "One.", "Second?", "Two.", title="Counting")
    await me.open(f"/c/{conversation_id}")
    chat = Chat(page)
    await expect(chat.answers).to_have_count(2)
    await chat.choose_under(chat.answers.first, "Branch from here")
    await expect(page).not_to_have_url(re.compile(conversation_id))
    await expect(chat.answers).to_have_count(1)
    await expect(chat.answers).to_contain_text("One.")
    await expect(page.get_by_text("Two.")).to_have_count(0)


async def test_search_finds_words_of_a_message_and_jumps_to_it(me: Person, page: Page) -> None:
    said = [f"{'Answer' if number % 2 else 'Question'} number {number}." for number in range(120)]
    said[7] = "The heron stood in the reeds."
    conversation_id = await me.conversation(*said, title="A long talk")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("searchbox", name="Search titles and messages").fill("heron reeds")
    results = page.get_by_role("list", name="Results")
    await expect(results.get_by_role("listitem")).to_have_count(1)
    await expect(results).to_contain_text("The heron stood in the reeds.")
    await results.get_by_role("button").click()
    await expect(page).to_have_url(re.compile(rf"/c/{conversation_id}\?m=msg_"))
    found = Chat(page).answers.filter(has_text="The heron stood")
    await expect(found).to_be_in_viewport()
    await expect(found).to_be_focused()
    await page.get_by_role("button", name="Go to the latest messages").click()
    await expect(Chat(page).answers.filter(has_text="Answer number 119.")).to_be_in_viewport()


async def test_search_finds_titles_and_says_when_it_finds_nothing(me: Person, page: Page) -> None:
    await shown(me, "Boats", "Trains")
    await page.get_by_role("button", name="Search").click()
    field = page.get_by_role("searchbox", name="Search titles and messages")
    await field.fill("zeppelin")
    await expect(page.get_by_text("Nothing found. Try fewer or other words.")).to_be_visible()
    await field.fill("train")
    await page.get_by_role("list", name="Results").get_by_role("button").first.click()
    await expect(Chat(page).title).to_have_text("Trains")


async def test_earlier_messages_are_shown_on_demand(me: Person, page: Page) -> None:
    said = [f"{'Answer' if number % 2 else 'Question'} number {number}." for number in range(80)]
    conversation_id = await me.conversation(*said)
    await me.open(f"/c/{conversation_id}")
    chat = Chat(page)
    await expect(chat.answers.filter(has_text="Answer number 79.")).to_be_in_viewport()
    await expect(chat.questions.filter(has_text="Question number 0.")).to_have_count(0)
    await page.get_by_role("button", name="Show earlier").click()
    await expect(chat.questions.filter(has_text="Question number 0.")).to_have_count(1)
    await expect(page.get_by_role("button", name="Show earlier")).to_have_count(0)


async def test_a_long_list_shows_more_on_demand(me: Person, page: Page) -> None:
    now = clock.now()
    for number in range(45):
        await me.conversation("Hello?", title=f"Talk {number}", at=now - timedelta(minutes=number))
    await page.reload()
    sidebar = Sidebar(page)
    await expect(sidebar.link("Talk 0")).to_be_visible()
    await expect(sidebar.link("Talk 44")).to_have_count(0)
    await sidebar.whole.get_by_role("button", name="Show more").click()
    await expect(sidebar.link("Talk 44")).to_be_visible()
    await expect(sidebar.whole.get_by_role("button", name="Show more")).to_have_count(0)


async def test_back_and_reload_keep_the_conversation(me: Person, page: Page) -> None:
    sidebar = await shown(me, "Boats", "Trains")
    chat = Chat(page)
    await sidebar.link("Trains").click()
    await expect(chat.answers).to_contain_text("All about Trains.")
    await page.go_back()
    await expect(chat.answers).to_contain_text("All about Boats.")
    await expect(chat.title).to_have_text("Boats")
    await page.reload()
    await expect(chat.answers).to_contain_text("All about Boats.")
    await page.go_forward()
    await expect(chat.answers).to_contain_text("All about Trains.")


async def test_a_conversation_is_exported_as_markdown(me: Person, page: Page) -> None:
    await shown(me, "Boats")
    async with page.expect_download() as downloaded:
        await Chat(page).choose_from_header("Export as Markdown")
    path = await (await downloaded.value).path()
    assert "All about Boats." in path.read_text()
