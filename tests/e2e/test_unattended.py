"""What a schedule asked while nobody sat there: answered from another device, and gone on with once."""

from datetime import datetime

from playwright.async_api import Locator, Page, expect
from sqlmodel import col, select

from assistant_app import clock, models
from assistant_app.agent import runs, unattended
from assistant_app.repositories import database
from assistant_app.services import tasks
from assistant_app.services.usage import record_usage
from tests.e2e.people import PHONE, Person, storage


async def run_schedule(me: Person) -> str:
    """Have a schedule ask the built-in model for a write, and store what the scheduler would; return its id."""
    starts = datetime.fromisoformat("2026-11-16T09:00")
    schedule = models.Schedule(user_id=me.id, kind="prompt", title="Friday shopping", zone="UTC", starts=starts)
    async with storage(me.server):
        async with database.write() as session:
            session.add(schedule)
            await session.flush()
            run = models.Occurrence(schedule_id=schedule.id, user_id=me.id, due_at=clock.now(), state="running")
            session.add(run)
        made = await unattended.run_prompt(
            user_id=me.id,
            schedule_id=schedule.id,
            conversation_id="",
            prompt="add buy milk to my tasks",
            model="builtin",
            most_cost=None,
        )
        await runs.idle()
        assert made.state == "waiting"
        async with database.write() as session:
            waiting = (
                await session.scalars(select(models.Occurrence).where(col(models.Occurrence.id) == run.id))
            ).one()
            waiting.state, waiting.message_id = made.state, made.message_id
    return schedule.id


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
