"""Brings back what people put off in their inboxes, to the minute. What is due to the second is the tick's."""

from assistant_app.services import deliveries


async def wake_snoozed() -> None:
    """Bring back what was put off until now."""
    await deliveries.wake_snoozed()
