"""Short messages at the edge of the page: what was done, or what went wrong and what to do."""

from dataclasses import dataclass
from typing import Literal

import reflex as rx

from assistant_app.ids import new_id

_MOST = 3


@dataclass(frozen=True)
class Notice:
    """One message; it is shown until it is closed or its time is over."""

    id: str
    tone: Literal["done", "problem"]
    text: str


class NoticeState(rx.State):
    """The notices of this tab."""

    notices: list[Notice] = []

    def _add(self, tone: Literal["done", "problem"], text: str) -> None:
        self.notices = [*self.notices, Notice(new_id("not"), tone, text)][-_MOST:]

    @rx.event
    async def tell_problem(self, text: str) -> None:
        """Say what went wrong; this is where errors of all handlers end."""
        self._add("problem", text)

    @rx.event
    async def close(self, notice_id: str) -> None:
        """Take a notice away."""
        self.notices = [notice for notice in self.notices if notice.id != notice_id]


async def say(state: rx.State, text: str) -> None:
    """Confirm what was done."""
    (await state.get_state(NoticeState))._add("done", text)


async def tell_problem(state: rx.State, text: str) -> None:
    """Say what went wrong."""
    (await state.get_state(NoticeState))._add("problem", text)
