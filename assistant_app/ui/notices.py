"""Short messages at the edge of the page: what was done, or what went wrong and what to do.

What was done can be taken back from its notice, if the change was made with the origin that `click()` returns.
"""

from dataclasses import dataclass
from typing import Literal

import reflex as rx

from assistant_app.ids import new_id
from assistant_app.services import ledger
from assistant_app.services.ledger import ChangedSinceError, Origin
from assistant_app.ui.session import user_of

_MOST = 3


@dataclass(frozen=True)
class Notice:
    """One message; it is shown until it is closed or its time is over.

    `gesture` names the changes that its `button` takes back; with `force` also those that were changed again since.
    """

    id: str
    tone: Literal["done", "problem"]
    text: str
    gesture: str = ""
    button: Literal["", "Undo", "Redo", "Undo anyway", "Redo anyway"] = ""
    force: bool = False


class NoticeState(rx.State):
    """The notices of this tab."""

    notices: list[Notice] = []

    def _add(self, notice: Notice) -> None:
        self.notices = [*self.notices, notice][-_MOST:]

    def _take(self, notice_id: str) -> Notice | None:
        taken = next((notice for notice in self.notices if notice.id == notice_id), None)
        self.notices = [notice for notice in self.notices if notice.id != notice_id]
        return taken

    @rx.event
    async def tell_problem(self, text: str) -> None:
        """Say what went wrong; this is where errors of all handlers end."""
        self._add(Notice(new_id("not"), "problem", text))

    @rx.event
    async def close(self, notice_id: str) -> None:
        """Take a notice away."""
        self._take(notice_id)

    @rx.event
    async def undo(self, notice_id: str) -> None:
        """Take back what a notice tells of, or ask if that was changed again since."""
        notice = self._take(notice_id)
        if notice is None or not notice.gesture:
            return
        redoes = notice.button.startswith("Redo")
        origin = click()
        try:
            await ledger.undo_gesture(
                user_id=await user_of(self), gesture=notice.gesture, force=notice.force, origin=origin
            )
        except ChangedSinceError as error:
            anyway = "Redo anyway" if redoes else "Undo anyway"
            self._add(Notice(new_id("not"), "problem", str(error), notice.gesture, anyway, force=True))
        else:
            text, button = ("Done again.", "Undo") if redoes else ("Undone.", "Redo")
            self._add(Notice(new_id("not"), "done", text, origin.gesture, button))


def click() -> Origin:
    """Return the origin of what one click on a page changes, however many changes that are."""
    return Origin(gesture=new_id("ges"))


async def say(state: rx.State, text: str, *, undo: Origin | None = None) -> None:
    """Confirm what was done, with a button that takes back what was changed with the origin `undo`."""
    gesture, button = (undo.gesture, "Undo") if undo else ("", "")
    (await state.get_state(NoticeState))._add(Notice(new_id("not"), "done", text, gesture, button))


async def tell_problem(state: rx.State, text: str) -> None:
    """Say what went wrong."""
    (await state.get_state(NoticeState))._add(Notice(new_id("not"), "problem", text))
