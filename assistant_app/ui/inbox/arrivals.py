"""What of the inbox is seen on every page: how much is new, and what has just come and interrupts."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from assistant_app.services import arrivals as service
from assistant_app.services import inbox
from assistant_app.services.arrivals import Arrival
from assistant_app.ui.components.alerts import alerts
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.components.title_count import title_count
from assistant_app.ui.inbox.addresses import item_address
from assistant_app.ui.inbox.rows import KINDS
from assistant_app.ui.inbox.snoozing import SnoozeState, snooze_dialog, snooze_menu
from assistant_app.ui.session import user_of

TOPICS = service.TOPICS
_MOST = 3


@dataclass(frozen=True)
class DueRow:
    """A matter that has come and that nobody has answered; `at` is the ISO instant of a reminder's time."""

    id: str
    kind: str
    kind_words: str
    title: str
    text: str
    at: str
    came_at: str
    address: str
    is_late: bool
    is_fresh: bool
    is_test: bool
    sounds: bool


class ArrivalState(rx.State):
    """The newest matters that interrupt, and how many `more` there are; `count` is of all that is new.

    `gathered` is how many came in quiet hours that are over.
    """

    count: int = 0
    due: list[DueRow] = []
    more: int = 0
    gathered: int = 0
    in_browser: bool = False
    _left: set[str] = set()
    _shown: str = ""
    _gathered: list[str] = []
    _asked: set[str] = set()

    async def _refresh(self) -> datetime | None:
        """Show what holds now; return when that changes by itself."""
        told = await service.list_arrivals(user_id=await user_of(self))
        now, gathered = self._seen_here(told.now), self._seen_here(told.gathered)
        self._gathered = [each.id for each in gathered]
        self._asked = {each.id for each in (*now, *gathered) if each.kind == "approval"}
        for name, value in {
            "count": told.count,
            "due": [due_row(arrival) for arrival in now[:_MOST]],
            "more": len(now[_MOST:]),
            "gathered": len(gathered),
            "in_browser": told.in_browser,
        }.items():
            if getattr(self, name) != value:  # What is set is sent, and drawn again, even if it is the same.
                setattr(self, name, value)
        return told.changes_at

    def _seen_here(self, arrivals: tuple[Arrival, ...]) -> list[Arrival]:
        """Leave out the questions that were left for later, and those of the conversation that the tab shows."""
        return [
            each
            for each in arrivals
            if each.id not in self._left and not (each.conversation_id and each.conversation_id == self._shown)
        ]

    @rx.event
    async def leave(self, item_id: str) -> None:
        """Take a matter off the screen; it waits in the inbox."""
        await self._leave([item_id])

    @rx.event
    async def leave_gathered(self) -> None:
        """Take the line about quiet hours off the screen; what came waits in the inbox."""
        await self._leave(self._gathered)

    async def _leave(self, item_ids: list[str]) -> None:
        # A question is never read, only answered: it goes off this tab's screen alone.
        self._left |= self._asked.intersection(item_ids)
        if items := [each for each in item_ids if each not in self._asked]:
            await inbox.read_items(user_id=await user_of(self), item_ids=items)
        await self._refresh()


def due_row(arrival: Arrival) -> DueRow:
    """Return what every page shows of what has come."""
    return DueRow(
        id=arrival.id,
        kind=arrival.kind,
        kind_words=KINDS[arrival.kind],
        title=arrival.title,
        text=arrival.text,
        at=arrival.due_at,
        came_at=arrival.came_at.isoformat(),
        address=item_address(arrival.id),
        is_late=arrival.is_late,
        is_fresh=arrival.is_fresh,
        is_test=arrival.is_test,
        sounds=arrival.sounds,
    )


def unread_badge() -> rx.Component:
    """Show how much is new, at the end of a line."""
    return rx.cond(
        ArrivalState.count > 0,
        rx.el.span(ArrivalState.count, rx.el.span(" new", class_name="visually-hidden"), class_name="unread"),
    )


def arrivals() -> rx.Component:
    """Show what has come, until it is answered on one of the person's devices."""
    return rx.fragment(
        rx.el.section(
            rx.foreach(ArrivalState.due, due_card),
            rx.cond(ArrivalState.more > 0, more_link(ArrivalState.more, "due-more wide-only")),
            rx.cond(
                ArrivalState.due.length() > 1,  # A phone has room for one of them.
                more_link(ArrivalState.more + ArrivalState.due.length() - 1, "due-more narrow-only"),
            ),
            rx.cond(ArrivalState.gathered > 0, gathered_line()),
            class_name="due-cards",
            aria_live="polite",
            aria_label="What has come",
        ),
        snooze_dialog(),
        title_count(count=ArrivalState.count),
        alerts(items=ArrivalState.due, in_browser=ArrivalState.in_browser),
    )


def more_link(count: rx.Var[int] | int, class_name: str) -> rx.Component:
    """Say how much is not on the screen, and lead to it."""
    return rx.link(f"{count} more in the inbox", href="/inbox", class_name=class_name)


def gathered_line() -> rx.Component:
    """Say in one line how much came in the quiet hours."""
    return rx.el.div(
        rx.icon("moon", size=16),
        rx.link(
            rx.cond(
                ArrivalState.gathered == 1,
                "1 item came in your quiet hours",
                f"{ArrivalState.gathered} items came in your quiet hours",
            ),
            href="/inbox",
        ),
        close_button("Leave them in the inbox", ArrivalState.leave_gathered),
        class_name="due-gathered",
    )


def due_card(item: rx.Var[DueRow]) -> rx.Component:
    """Show one matter with what can be answered to it."""
    return rx.el.article(
        rx.match(
            item.kind,
            ("reminder", rx.icon("bell-ring", size=18)),
            ("approval", rx.icon("shield-question", size=18)),
            ("error", rx.icon("circle-alert", size=18)),
            rx.icon("inbox", size=18),
        ),
        rx.el.div(
            rx.cond(item.kind != "reminder", rx.el.p(item.kind_words, class_name="due-when")),
            rx.el.h3(item.title),
            due_text(item),
            class_name="due-text",
        ),
        close_button(f"Leave {item.title} in the inbox", ArrivalState.leave(item.id)),
        rx.el.div(
            rx.match(
                item.kind,
                ("reminder", rx.fragment(done_button(item), snooze_button(item))),
                ("approval", open_link(item)),
                rx.fragment(open_link(item), snooze_button(item)),
            ),
            class_name="due-buttons",
        ),
        class_name="due-card",
        aria_label=f"{item.kind_words}: {item.title}",
        key=item.id,
    )


def due_text(item: rx.Var[DueRow]) -> rx.Component:
    """Say more of a matter, or when a reminder was due."""
    return rx.cond(
        item.text != "",
        rx.el.p(item.text, class_name="due-when"),
        rx.cond(item.at != "", rx.el.p("Due at ", local_time(instant=item.at, display="time"), class_name="due-when")),
    )


def done_button(item: rx.Var[DueRow]) -> rx.Component:
    """Offer to be done with a matter."""
    return rx.el.button("Done", type="button", on_click=SnoozeState.finish(item.id), class_name="button-solid")


def snooze_button(item: rx.Var[DueRow]) -> rx.Component:
    """Offer to have a matter later."""
    return snooze_menu(item.id, rx.el.button("Snooze", type="button", class_name="button-quiet"))


def open_link(item: rx.Var[DueRow]) -> rx.Component:
    """Lead to a matter in the inbox."""
    return rx.link("Open", href=item.address, underline="none", class_name="button-solid due-open")


def close_button(label: rx.Var[str] | str, on_click: rx.event.EventType[()]) -> rx.Component:
    """Offer to take something off the screen."""
    return rx.el.button(
        rx.icon("x", size=16),
        type="button",
        on_click=on_click,
        aria_label=label,
        title="Leave it in the inbox",
        class_name="icon-button",
    )
