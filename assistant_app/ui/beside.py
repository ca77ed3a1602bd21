"""What the page beside the panel shows, so that a conversation in the panel can speak of "the first one"."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import reflex as rx

from assistant_app.services.focus import Ref, Sight
from assistant_app.ui.calendar.state import CalendarState
from assistant_app.ui.inbox.state import InboxState
from assistant_app.ui.tasks.state import TasksState


@dataclass(frozen=True)
class Beside:
    """A place, and what it lists in the order in which it is seen."""

    place: str = ""
    things: tuple[Ref, ...] = ()

    def sight(self, before: "Beside | None") -> Sight | None:
        """Return what is news to a conversation in which the person spoke with `before` in view."""
        if not self.things or self == before:
            return None
        return Sight(self.things, before.things if before is not None and before.place == self.place else None)


async def _tasks(state: rx.State, address: str) -> Beside:
    rows = (await state.get_state(TasksState)).rows
    return Beside(address, tuple(("task", row.id) for row in rows))


async def _calendar(state: rx.State, address: str) -> Beside:
    shown = await state.get_state(CalendarState)
    if shown.shown_view == "month":  # What is on the chosen day stands beside the month.
        return Beside(f"{address}#{shown.day}", tuple((thing.kind, thing.id) for thing in shown.things))
    return Beside(address, tuple((thing.kind, thing.id) for day in shown.days for thing in day.things))


async def _inbox(state: rx.State, address: str) -> Beside:
    rows = (await state.get_state(InboxState)).rows
    return Beside(address, tuple((row.subject_kind, row.subject_id) for row in rows if row.subject_id))


_Reader = Callable[[rx.State, str], Awaitable[Beside]]
_READERS: dict[str, _Reader] = {"/tasks": _tasks, "/calendar": _calendar, "/inbox": _inbox}


def is_chat(state: rx.State) -> bool:
    """Tell whether the tab shows a page of the chat itself, which has nothing beside it."""
    path = urlsplit(str(state.router.url)).path
    return path in ("", "/") or path.startswith("/c/")


async def look_beside(state: rx.State) -> Beside:
    """Return what the tab shows beside the panel; on other pages than those that list objects that is nothing."""
    url = urlsplit(str(state.router.url))
    read = _READERS.get(url.path.rstrip("/"))
    return await read(state, f"{url.path}?{url.query}") if read else Beside()
