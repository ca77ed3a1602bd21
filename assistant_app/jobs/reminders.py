"""Brings what is due: reminders to the second, and what people put off in their inboxes to the minute."""

from assistant_app.services import deliveries


async def deliver() -> None:
    """Bring everybody the reminders that are due."""
    await deliveries.deliver_due()


async def wake_snoozed() -> None:
    """Bring back what was put off until now."""
    await deliveries.wake_snoozed()
