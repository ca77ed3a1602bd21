"""The schedules that Steward offers, each at the time that suits most people."""

from datetime import datetime, time

from assistant_app import clock
from assistant_app.repositories import database
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.schedule_views import ScheduleView
from assistant_app.services.schedules import create_schedule
from assistant_app.services.task_views import zone_of

SUMMARY_AT, SUMMARY_REPEAT = time(7), "FREQ=DAILY"
REVIEW_AT, REVIEW_REPEAT = time(18), "FREQ=WEEKLY;BYDAY=SU"


async def add_daily_summary(*, user_id: str, at: time = SUMMARY_AT, origin: Origin = PAGE) -> ScheduleView:
    """Have the summary of the day come every day at a time of the user's."""
    return await create_schedule(
        user_id=user_id,
        kind="summary",
        starts=await today_at(user_id, at),
        repeat=SUMMARY_REPEAT,
        alone=True,
        origin=origin,
    )


async def today_at(user_id: str, at: time) -> datetime:
    """Return a time of today by the user's clocks, from which a rule can count."""
    async with database.read() as session:
        zone = await zone_of(session, user_id=user_id)
    return datetime.combine(clock.local_now(zone).date(), at)
