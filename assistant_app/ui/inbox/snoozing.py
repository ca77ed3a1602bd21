"""Answering a reminder: it is done, or it comes later, at a time that is chosen or typed in plain words."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import reflex as rx

from assistant_app import clock
from assistant_app.errors import InvalidInputError, StewardError
from assistant_app.services import accounts, inbox
from assistant_app.services.task_views import quoted
from assistant_app.times.wording import moment_words
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of
from assistant_app.ui.tasks.readings import moment_hint, read_moment

_CHOICES = (("10", "In 10 minutes"), ("60", "In an hour"), ("tomorrow", "Tomorrow morning"))
_MINUTES = {"10": 10, "60": 60}
_MORNING = time(9)
_LONGEST = 200


class SnoozeState(rx.State):
    """The items for which a time is typed at this moment, what is understood of that, and what is wrong with it."""

    item_ids: list[str] = []
    title: str = ""
    hint: str = ""
    problem: str = ""

    @rx.event
    async def finish(self, item_id: str) -> None:
        """Be done with a matter."""
        origin = click()
        item = await inbox.resolve_item(user_id=await user_of(self), item_id=item_id, origin=origin)
        await say(self, f"Done: {quoted(item.title)}.", undo=origin)

    @rx.event
    async def snooze(self, item_id: str, wait: str) -> None:
        """Have a matter come again after one of the usual times."""
        await self._snooze_for([item_id], wait)

    @rx.event
    async def ask(self, item_id: str) -> None:
        """Ask for another time."""
        item = await inbox.get_item(user_id=await user_of(self), item_id=item_id)
        await self._ask([item_id], item.title)

    async def _ask(self, item_ids: Sequence[str], title: str) -> None:
        self.item_ids, self.title, self.hint, self.problem = list(item_ids), title, "", ""

    @rx.event
    async def set_open(self, is_open: bool) -> None:
        """Follow the question when it closes itself."""
        if not is_open:
            self.item_ids = []

    @rx.event
    async def look(self, text: str) -> None:
        """Show what is understood of a time while it is typed."""
        try:
            words = moment_hint(text[:_LONGEST], await self._zone())
        except StewardError:
            words = ""
        self.hint, self.problem = f"Comes again {words}." if words else "", ""

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Have the matters come again at the time that was typed; what is not understood stays in the field."""
        try:
            until = read_moment(str(form.get("until", ""))[:_LONGEST], await self._zone())
            if until is None:
                raise InvalidInputError("Say when that is to come again, such as “tomorrow at 9” or “in 2 hours”.")
            await self._snooze(self.item_ids, until)
        except StewardError as error:
            self.problem = str(error)
            return
        self.item_ids = []

    async def _snooze_for(self, item_ids: Sequence[str], wait: str) -> None:
        await self._snooze(item_ids, _later(wait, clock.local_now(await self._zone())))

    async def _snooze(self, item_ids: Sequence[str], until: datetime) -> None:
        origin, user_id = click(), await user_of(self)
        if len(item_ids) == 1:  # Who snoozes one thing is told if that was answered already.
            items = [await inbox.snooze_item(user_id=user_id, item_id=item_ids[0], until=until, origin=origin)]
        else:
            items = await inbox.snooze_items(user_id=user_id, item_ids=item_ids, until=until, origin=origin)
        words = moment_words(until, clock.local_now(await self._zone()))
        come = "comes" if len(items) == 1 else "come"
        await say(self, f"{how_many(items)} {come} again {words}.", undo=origin if items else None)

    async def _zone(self) -> str:
        return (await accounts.get_person(user_id=await user_of(self))).zone


def _later(wait: str, now: datetime) -> datetime:
    """Return when a matter comes again, by the clock that shows `now`."""
    if wait == "tomorrow":
        return datetime.combine(now.date() + timedelta(days=1), _MORNING)
    if wait not in _MINUTES:
        raise InvalidInputError("Steward does not know how long that is. Choose one of the times.")
    return now + timedelta(minutes=_MINUTES[wait])


def how_many(items: Sequence[inbox.ItemView]) -> str:
    """Say to how many items something was done, or to which one."""
    return quoted(items[0].title) if len(items) == 1 else f"{len(items)} items"


def snooze_menu(item_id: rx.Var[str], trigger: rx.Component) -> rx.Component:
    """Offer the usual times for one item, and the field for any other."""
    return times_menu(trigger, lambda wait: SnoozeState.snooze(item_id, wait), SnoozeState.ask(item_id))


def times_menu(trigger: rx.Component, snooze: Callable[[str], Any], ask: Any) -> rx.Component:
    """Offer the usual times, and the field for any other."""
    return rx.menu.root(
        rx.menu.trigger(trigger),
        rx.menu.content(
            *[rx.menu.item(title, on_select=snooze(wait)) for wait, title in _CHOICES],
            rx.menu.separator(),
            rx.menu.item("Choose a time …", on_select=ask),
        ),
    )


def snooze_dialog() -> rx.Component:
    """Ask for a time in plain words.

    The dialog itself gives its first field the focus. A field that took it before the dialog looked would lose it for
    good to the menu that this was chosen from, which gives the focus back to its button when it is gone.
    """
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Snooze until when?"),
            rx.dialog.description(SnoozeState.title, size="2"),
            rx.el.form(
                rx.el.input(
                    name="until",
                    aria_label="Snooze until",
                    placeholder="monday at 9",
                    max_length=_LONGEST,
                    auto_complete="off",
                    on_change=SnoozeState.look.debounce(150),
                    class_name="field",
                ),
                rx.el.p(SnoozeState.hint, class_name="field-hint", aria_live="polite"),
                rx.el.div(rx.cond(SnoozeState.problem != "", rx.el.p(SnoozeState.problem)), role="alert"),
                rx.el.div(
                    rx.dialog.close(rx.el.button("Cancel", type="button", class_name="button-quiet")),
                    rx.el.button("Snooze", type="submit", class_name="button-solid"),
                    class_name="snooze-buttons",
                ),
                on_submit=SnoozeState.save,
                class_name="snooze-form",
            ),
            max_width="26rem",
        ),
        open=SnoozeState.item_ids.length() > 0,
        on_open_change=SnoozeState.set_open,
    )
