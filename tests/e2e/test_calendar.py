"""The calendar in a browser: events typed in plain words, changed, moved, deleted, taken away and brought."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import httpx2
from playwright.async_api import Locator, Page, expect

from assistant_app import clock
from assistant_app.services import events, reminders, tasks
from tests.e2e.people import PHONE, Person, storage

REPLACED = (r"status of 40[14]",)


def today() -> date:
    return clock.now().date()


def words(day: date) -> str:
    """Return a day as the calendar's cells are named."""
    return f"{day:%A}, {day.day} {day:%B}"


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour))


def another_day() -> date:
    """Return a day of this month that is not today, so that it is in the grid and has no other name."""
    return today().replace(day=12 if today().day != 12 else 13)


def cell(page: Page, day: date) -> Locator:
    return page.get_by_role("gridcell").filter(has=page.get_by_role("button", name=re.compile(f"^{words(day)}(,|$)")))


async def open_day(page: Page, day: date) -> Locator:
    """Open a day, and return what shows all that is on it."""
    await page.get_by_role("button", name=re.compile(f"^{words(day)}(,|$)")).click()
    shown = page.get_by_role("region", name=re.compile(f"^{words(day)}"))
    await expect(shown).to_be_visible()
    return shown


async def notice(page: Page, text: str) -> Locator:
    shown = page.get_by_role("status", name="Notices").get_by_text(text)
    await expect(shown).to_be_visible()
    return shown


async def undo(page: Page) -> None:
    await page.get_by_role("status", name="Notices").get_by_role("button", name="Undo").first.click()


async def test_an_event_is_typed_on_a_day_and_what_was_understood_shows_meanwhile(me: Person) -> None:
    page, day = await me.open("/calendar?view=month"), another_day()
    shown = await open_day(page, day)
    field = page.get_by_label("Add an event on this day")
    await expect(field).to_be_focused()
    await field.press_sequentially("dentist 10-11 at Main St")
    understood = page.get_by_role("status", name="Understood")
    for part in ("dentist", "10:00 – 11:00", "Main St"):
        await expect(understood.get_by_text(part, exact=True)).to_be_visible()
    await field.press("Enter")
    await notice(page, "Added “dentist”")
    await expect(field).to_have_value("")
    await expect(shown.get_by_role("button", name="Event: dentist, 10:00 – 11:00, Main St")).to_be_visible()
    await expect(cell(page, day).get_by_title(re.compile("^Event: dentist"))).to_be_visible()
    await undo(page)
    await expect(shown.get_by_role("button", name=re.compile("^Event: dentist"))).to_have_count(0)


async def test_what_cannot_be_an_event_stays_typed_beside_a_sentence(me: Person) -> None:
    page = await me.open("/calendar?view=month")
    await open_day(page, another_day())
    field = page.get_by_label("Add an event on this day")
    await field.fill("10-11")
    await field.press("Enter")
    await expect(page.get_by_text("Say what it is, too")).to_be_visible()
    await expect(field).to_have_value("10-11")


async def test_an_event_is_changed_in_its_editor(me: Person) -> None:
    day = another_day()
    async with storage(me.server):
        await events.add_event(user_id=me.id, title="Dentist", start=at(day, 10), place="Main St")
    page = await me.open("/calendar?view=month")
    await cell(page, day).get_by_title(re.compile("^Event: Dentist")).click()
    editor = page.get_by_role("dialog", name="Event")
    await editor.get_by_label("Title").fill("Dentist, at last")
    await editor.get_by_label("Starts at").fill("14:30")
    await editor.get_by_label("Repeats").fill("every other week")
    await editor.get_by_role("button", name="Save").click()
    await expect(editor).to_have_count(0)
    shown = await open_day(page, day)
    changed = shown.get_by_role(
        "button", name=re.compile("^Event: Dentist, at last, 14:30 – 15:30, Main St, Every other")
    )
    await expect(changed).to_be_visible()
    await changed.click()
    await editor.get_by_label("Repeats").fill("when it rains")
    await editor.get_by_role("button", name="Save").click()
    await expect(editor.get_by_role("alert")).to_contain_text("does not understand how that repeats")
    await page.keyboard.press("Escape")
    await undo(page)
    await expect(shown.get_by_role("button", name="Event: Dentist, 10:00 – 11:00, Main St")).to_be_visible()


async def test_an_event_is_moved_to_another_day_by_dragging(me: Person) -> None:
    day = another_day()
    async with storage(me.server):
        await events.add_event(user_id=me.id, title="Dentist", start=at(day, 10))
    page, to = await me.open("/calendar?view=month"), day + timedelta(days=2)
    await cell(page, day).get_by_title(re.compile("^Event: Dentist")).drag_to(cell(page, to))
    await expect(cell(page, to).get_by_title("Event: Dentist, 10:00 – 11:00")).to_be_visible()
    await expect(cell(page, day).get_by_title(re.compile("^Event: Dentist"))).to_have_count(0)
    await undo(page)
    await expect(cell(page, day).get_by_title(re.compile("^Event: Dentist"))).to_be_visible()


async def test_a_deleted_event_can_be_brought_back(me: Person) -> None:
    day = another_day()
    async with storage(me.server):
        await events.add_event(user_id=me.id, title="Dentist", start=at(day, 10))
    page = await me.open("/calendar?view=month")
    there = cell(page, day).get_by_title(re.compile("^Event: Dentist"))
    await there.click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(there).to_have_count(0)
    await notice(page, "Deleted “Dentist”.")
    await undo(page)
    await expect(there).to_be_visible()


async def test_of_what_repeats_one_or_all_are_deleted(me: Person) -> None:
    day = another_day()
    async with storage(me.server):
        await events.add_event(user_id=me.id, title="Standup", start=at(day, 9), repeat="FREQ=DAILY;COUNT=4")
    page = await me.open("/calendar?view=month")
    all_of_them = page.get_by_title(re.compile("^Event: Standup"))
    await expect(all_of_them).to_have_count(4)
    editor = page.get_by_role("dialog")
    await cell(page, day + timedelta(days=1)).get_by_title(re.compile("^Event: Standup")).click()
    await editor.get_by_role("button", name="Delete").click()
    await editor.get_by_role("button", name="Only this one").click()
    await expect(all_of_them).to_have_count(3)
    await expect(cell(page, day + timedelta(days=1)).get_by_title(re.compile("^Event: Standup"))).to_have_count(0)
    await cell(page, day).get_by_title(re.compile("^Event: Standup")).click()
    await editor.get_by_role("button", name="Delete").click()
    await editor.get_by_role("button", name="All of them").click()
    await expect(all_of_them).to_have_count(0)


async def test_of_what_repeats_only_one_is_changed_or_dragged(me: Person) -> None:
    day = another_day()
    async with storage(me.server):
        await events.add_event(user_id=me.id, title="Standup", start=at(day, 9), repeat="FREQ=DAILY;COUNT=2")
    page, second = await me.open("/calendar?view=month"), day + timedelta(days=1)
    editor = page.get_by_role("dialog")
    await cell(page, second).get_by_title(re.compile("^Event: Standup")).click()
    await editor.get_by_label("Title").fill("Long standup")
    await editor.get_by_label("Change only this one").check()
    await editor.get_by_role("button", name="Save").click()
    await expect(cell(page, second).get_by_title(re.compile("^Event: Long standup"))).to_be_visible()
    await expect(cell(page, day).get_by_title(re.compile("^Event: Standup"))).to_be_visible()
    await undo(page)
    await expect(page.get_by_title(re.compile("^Event: Standup"))).to_have_count(2)
    to = day + timedelta(days=3)
    await cell(page, second).get_by_title(re.compile("^Event: Standup")).drag_to(cell(page, to))
    await expect(cell(page, to).get_by_title(re.compile("^Event: Standup"))).to_be_visible()
    await expect(page.get_by_title(re.compile("^Event: Standup"))).to_have_count(2)
    await expect(cell(page, day).get_by_title(re.compile("^Event: Standup"))).to_be_visible()


async def test_events_tasks_and_reminders_stand_together_in_both_views(me: Person) -> None:
    day = today() + timedelta(days=3)
    async with storage(me.server):
        await events.add_event(user_id=me.id, title="Dentist", start=at(day, 10))
        await tasks.add_task(user_id=me.id, title="Buy milk", due=day, list_title="Groceries")
        await reminders.add_reminder(user_id=me.id, text="Call mum", at=at(day, 18))
    page = await me.open(f"/calendar?view=month&day={day}")
    shown = page.get_by_role("region", name=words(day))
    await expect(shown.get_by_role("listitem")).to_have_text(
        [re.compile("Dentist"), re.compile("Call mum"), re.compile("Buy milk.*Groceries")]
    )
    await page.get_by_role("link", name="Agenda").click()
    agenda = page.get_by_role("region", name=re.compile(words(day)))
    await expect(agenda.get_by_role("listitem")).to_have_count(3)
    await agenda.get_by_role("checkbox", name="Complete Buy milk").click()
    await expect(agenda.get_by_role("checkbox", name="Complete Buy milk")).to_be_checked()
    await agenda.get_by_role("button", name="Done with Call mum").click()
    await expect(agenda.get_by_role("button", name="Done with Call mum")).to_have_count(0)
    await expect(page).to_have_url(re.compile("view=agenda"))
    await page.get_by_role("button", name="Show more").click()
    await expect(page.get_by_text(re.compile("^Until "))).to_contain_text(words(today() + timedelta(days=55)))


async def test_a_change_made_elsewhere_shows_at_once(me: Person) -> None:
    day = another_day()
    page = await me.open("/calendar?view=month")
    await expect(page.get_by_role("grid", name=f"{day:%B %Y}")).to_be_visible()
    other = await me.device(f"/calendar?view=agenda&month={day:%Y-%m}")
    await other.get_by_label("Add an event").fill(f"dentist {day.isoformat()} at 10")
    await other.get_by_label("Add an event").press("Enter")
    await expect(cell(page, day).get_by_title(re.compile("^Event: dentist, 10:00"))).to_be_visible()


async def test_more_than_fits_in_a_day_is_a_click_away(me: Person) -> None:
    day = another_day()
    async with storage(me.server):
        for hour in range(8, 13):
            await events.add_event(user_id=me.id, title=f"Call {hour}", start=at(day, hour))
    page = await me.open("/calendar?view=month")
    await cell(page, day).get_by_text("+3 more").click()
    await expect(page.get_by_role("region", name=words(day)).get_by_role("listitem")).to_have_count(5)


async def test_the_keyboard_is_enough(me: Person) -> None:
    page, month = await me.open("/calendar?view=month"), today().replace(day=1)
    await expect(page.get_by_role("gridcell", selected=True)).to_have_count(1)
    await page.keyboard.press("ArrowRight")
    moved = today() + timedelta(days=1)
    await expect(page.get_by_role("button", name=re.compile(f"^{words(moved)}"))).to_be_focused()
    await page.keyboard.press("t")
    await expect(page.get_by_role("gridcell", selected=True)).to_have_attribute("data-day", today().isoformat())
    await page.keyboard.press("j")
    after = (month + timedelta(days=32)).replace(day=1)
    await expect(page.get_by_role("grid", name=f"{after:%B %Y}")).to_be_visible()
    await page.keyboard.press("k")
    await expect(page.get_by_role("grid", name=f"{month:%B %Y}")).to_be_visible()
    await page.keyboard.press("n")
    await expect(page.get_by_label("Add an event on this day")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Add an event on this day")).to_have_count(1)
    await expect(page.get_by_label("Add an event on this day")).to_be_hidden()
    await page.keyboard.press("a")
    await expect(page.get_by_text("Nothing today.")).to_be_visible()


async def test_a_phone_begins_with_the_agenda_and_has_the_month_with_its_day_below(me: Person) -> None:
    day = another_day()
    async with storage(me.server):
        await events.add_event(user_id=me.id, title="Dentist", start=at(day, 10))
    phone = await me.device("/calendar", viewport=PHONE)
    await expect(phone).to_have_url(re.compile("view=agenda"))
    await expect(phone.get_by_label("Add an event")).to_be_visible()
    await phone.get_by_role("link", name="Month", exact=True).click()
    shown = await open_day(phone, day)
    await expect(shown.get_by_role("button", name=re.compile("^Event: Dentist"))).to_be_visible()
    assert await phone.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//Else//EN
BEGIN:VEVENT
UID:one@somewhere
DTSTAMP:20261101T000000Z
DTSTART:{day:%Y%m%d}T090000Z
DTEND:{day:%Y%m%d}T100000Z
SUMMARY:Team meeting
END:VEVENT
END:VCALENDAR
"""


async def test_a_file_is_imported_after_a_look_and_taken_away_again(me: Person) -> None:
    page = await me.open("/settings/calendar")
    text = CALENDAR.format(day=today() + timedelta(days=2)).replace("\n", "\r\n")
    file = {"name": "team.ics", "mimeType": "text/calendar", "buffer": text.encode()}
    await page.get_by_label("Calendar file").set_input_files(files=[file])  # pyright: ignore[reportArgumentType] - a plain dict
    await page.get_by_role("button", name="See what is in it").click()
    await expect(page.get_by_role("heading", name="team.ics")).to_be_visible()
    await expect(page.get_by_role("list", name="In this file").get_by_text("Team meeting")).to_be_visible()
    await page.get_by_role("button", name="Import", exact=True).click()
    await notice(page, "Imported 1 event.")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download steward.ics").click()
    assert "SUMMARY:Team meeting" in (await (await download.value).path()).read_text()
    await undo(page)
    await notice(page, "Undone.")
    await me.open("/calendar?view=agenda")
    await expect(page.get_by_text("Nothing is planned in these weeks.")).to_be_visible()


async def test_what_is_no_calendar_is_refused_with_a_sentence(me: Person) -> None:
    page = await me.open("/settings/calendar")
    file = {"name": "cat.ics", "mimeType": "text/calendar", "buffer": b"meow"}
    await page.get_by_label("Calendar file").set_input_files(files=[file])  # pyright: ignore[reportArgumentType] - a plain dict
    await page.get_by_role("button", name="See what is in it").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Choose another file").click()
    await expect(page.get_by_label("Calendar file")).to_be_visible()


async def test_the_feed_works_without_a_session_until_it_is_revoked(
    me: Person, expect_errors: Callable[..., None]
) -> None:
    expect_errors(*REPLACED)
    async with storage(me.server):
        await events.add_event(user_id=me.id, title="Dentist", start=at(another_day(), 10))
    page = await me.open("/settings/calendar")
    await page.get_by_role("button", name="Make an address").click()
    address = await page.get_by_label("Feed address").input_value()
    async with httpx2.AsyncClient() as program:
        answer = await program.get(address)
        assert (answer.status_code, "SUMMARY:Dentist" in answer.text) == (200, True)
        assert address.rpartition("/")[2].removesuffix(".ics") not in me.server.log
        await page.get_by_role("button", name="Revoke the address").click()
        await page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
        await notice(page, "The address no longer works.")
        assert (await program.get(address)).status_code == 404


async def test_one_time_of_a_reminder_is_skipped_in_the_agenda_and_comes_back_with_undo(me: Person) -> None:
    day = today() + timedelta(days=1)
    async with storage(me.server):
        await reminders.add_reminder(user_id=me.id, text="Take pills", at=at(day, 9), repeat="FREQ=DAILY")
    page, other = await me.open("/calendar?view=agenda"), await me.device("/calendar?view=agenda")
    for each in (page, other):
        await expect(each.get_by_role("region", name=re.compile(words(day)))).to_contain_text("Take pills")
    shown = page.get_by_role("region", name=re.compile(words(day)))
    await shown.get_by_role("button", name="Skip Take pills this once").click()
    for each in (page, other):
        await expect(each.get_by_role("region", name=re.compile(words(day)))).to_have_count(0)
        after = each.get_by_role("region", name=re.compile(words(day + timedelta(days=1))))
        await expect(after).to_contain_text("Take pills")
    await undo(page)
    await expect(shown).to_contain_text("Take pills")
