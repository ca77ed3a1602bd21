"""What became of the last change: saved, or refused with a sentence, shown beside the field it was about."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import reflex as rx

from assistant_app.errors import StewardError


class SavedState(rx.State):
    """The last change on a settings page; `nonce` lets the same outcome show, and be heard, once more."""

    field: str = ""
    problem: str = ""
    nonce: int = 0

    @rx.event
    async def forget(self) -> None:
        """Show a page without what happened on another one."""
        self.field = self.problem = ""

    def _tell(self, field: str, problem: str) -> None:
        self.field, self.problem, self.nonce = field, problem, self.nonce + 1


@asynccontextmanager
async def saving(state: rx.State, field: str) -> AsyncGenerator[None, None]:
    """Confirm beside `field` what the block saves, or say there why it could not."""
    outcome = await state.get_state(SavedState)
    try:
        yield
    except StewardError as error:
        outcome._tell(field, str(error))
    else:
        outcome._tell(field, "")


def saved_note(field: str) -> rx.Component:
    """Show the outcome beside a field; the place is always there, so that screen readers speak what comes into it."""
    return rx.el.div(
        rx.cond(
            SavedState.field == field,
            rx.cond(
                SavedState.problem != "",
                rx.el.p(SavedState.problem, class_name="saved-problem", key=SavedState.nonce.to_string()),
                rx.el.p(rx.icon("check", size=14), "Saved", class_name="saved-done", key=SavedState.nonce.to_string()),
            ),
        ),
        class_name="saved",
        role="status",
        aria_live="polite",
        id=f"{field}-saved",
    )
