"""Removes what has outlived its time."""

from assistant_app.services import approvals, occurrences, temporary, trash


async def empty_trash() -> None:
    """Remove conversations that lie in the trash for longer than they are kept there."""
    await trash.purge_trash()


async def drop_temporary_chats() -> None:
    """Forget temporary chats whose tabs are gone."""
    await temporary.sweep_idle()


async def expire_approvals() -> None:
    """Close questions that nobody answered within a day."""
    await approvals.expire_approvals()


async def forget_old_runs() -> None:
    """Forget how runs of schedules went that nobody looks back to."""
    await occurrences.forget_old()
