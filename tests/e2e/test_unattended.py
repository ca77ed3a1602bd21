"""What a schedule asked while nobody sat there: answered from another device, and gone on with once."""

from datetime import datetime

from playwright.async_api import Locator, Page, expect
from sqlmodel import col, select

from assistant_app import models
from assistant_app.repositories import database
from assistant_app.services import schedules, tasks
from assistant_app.services.usage import record_usage
from tests.e2e.people import PHONE, Person, storage


async def run_schedule(me: Person) -> None:
    """Have a schedule ask the built-in model for a write; the server's scheduler runs it."""
    async with storage(me.server):
        schedule = await schedules.create_schedule(
            user_id=me.id,
            kind="prompt",
            title="Friday shopping",
            starts=datetime.fromisoformat("2026-11-20T16:00"),
            repeat="FREQ=WEEKLY",
            data={"prompt": "add buy milk to my tasks", "model": "builtin"},
        )
        await schedules.run_now(user_id=me.id, schedule_id=schedule.id)


def item(page: Page, text: str) -> Locator:
    """The line of the inbox about a matter."""
    return page.get_by_role("list", name="Inbox").get_by_role("listitem").filter(has_text=text)


async def test_approval_from_an_unattended_run_is_given_on_a_second_device_and_goes_on_once(me: Person) -> None:
    await run_schedule(me)
    here, phone = await me.open("/inbox"), await me.device("/inbox", viewport=PHONE)
    for page in (here, phone):
        await expect(item(page, "buy milk")).to_contain_text("Your schedule “Friday shopping” asked for this")
    await item(phone, "buy milk").get_by_role("button", name="Approve").click()
    for page in (here, phone):
        await expect(page.get_by_role("button", name="Approve")).to_have_count(0)
        await expect(item(page, "Friday shopping")).to_have_count(1)
    async with storage(me.server):
        assert [task.title for task in (await tasks.list_tasks(user_id=me.id)).tasks] == ["buy milk"]
        async with database.read() as session:
            query = select(models.Occurrence).where(col(models.Occurrence.user_id) == me.id)
            (run,) = (await session.scalars(query)).all()
    assert (run.state, run.delivered_at is not None) == ("ok", True)


async def test_usage_shows_what_initiative_cost_and_takes_a_budget(me: Person) -> None:
    async with storage(me.server):
        await record_usage(user_id=me.id, model="x/m", kind="job", schedule_id="sch_gone", cost=1.25)
    page, phone = await me.open("/settings/usage"), await me.device("/settings/usage", viewport=PHONE)
    await expect(page.get_by_role("meter", name="$1.25 of $5.00 used")).to_be_visible()
    await page.get_by_label("Monthly budget in US dollars").fill("2.5")
    await page.keyboard.press("Enter")
    for shown in (page, phone):
        await expect(shown.get_by_role("meter", name="$1.25 of $2.50 used")).to_have_attribute("aria-valuenow", "50")
    await expect(phone.get_by_role("row", name="A schedule that was deleted 1 $1.25")).to_be_visible()
