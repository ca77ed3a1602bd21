"""Keeps a section in step with what happens elsewhere; it stands in the page's `on_load`, where Reflex ends it."""

from collections.abc import Awaitable, Callable

import reflex as rx

from assistant_app import bus
from assistant_app.ui.session import user_of


async def follow_topic(state: rx.State, topic: str, refresh: Callable[[], Awaitable[None]]) -> None:
    """Refresh a section from a background handler whenever its topic changed, for as long as the page is there."""
    async with state:
        user_id = await user_of(state)
    if not user_id:
        return
    with bus.subscribe(user_id) as changes:
        while True:
            if topic in await changes.changes():
                async with state:
                    await refresh()
