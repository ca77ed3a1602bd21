"""Lets runs of schedules go on that waited for a yes."""

from assistant_app.agent import approvals


async def go_on_with_decided() -> None:
    """Go on with what was decided, or has expired, and that nobody took up, as after a restart."""
    await approvals.go_on_with_decided()
