"""What may interrupt: quiet hours, what comes on screen, what sounds, and the browser's own notifications."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import dataclass
from datetime import time

import reflex as rx

from assistant_app import clock
from assistant_app.errors import InvalidInputError
from assistant_app.services import notifications
from assistant_app.services.notifications import Preferences
from assistant_app.times.wording import moment_words, time_words
from assistant_app.times.zones import to_local
from assistant_app.ui.components.alerts import browser_permission
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.parts import panel, skeleton
from assistant_app.ui.settings.saved import saved_note, saving
from assistant_app.ui.settings.saved_field import saved_field
from assistant_app.ui.settings.suggestions import suggestion_settings

_EVENING, _MORNING = time(22), time(7)
_KINDS = {
    "reminder": ("Reminders", "What you asked to be reminded of, at its time."),
    "approval": ("Approvals", "Questions that wait for your yes."),
    "error": ("Errors", "What Steward could not do, and why."),
    "conflict": ("Conflicts", "Events that overlap, or too much on one day."),
    "summary": ("Summaries", "Your day or week in a few lines."),
    "suggestion": ("Suggestions", "What Steward noticed in your tasks."),
    "result": ("Results", "What was done for you at a set time."),
}


@dataclass(frozen=True)
class KindRow:
    """What holds for one kind of matter."""

    kind: str
    title: str
    about: str
    interrupts: bool
    sounds: bool


class NotificationsState(rx.State):
    """What is chosen; the two ends of the quiet hours are shown as a field for a time has them."""

    loaded: bool = False
    is_quiet_on: bool = False
    quiet_from: str = ""
    quiet_until: str = ""
    quiet_words: str = ""
    in_browser: bool = False
    kinds: list[KindRow] = []

    @rx.event
    async def load(self) -> None:
        """Show what holds now."""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show what is chosen on another device."""
        await follow_topic(self, notifications.TOPIC, self._refresh)

    async def _refresh(self) -> None:
        self._show(await notifications.get_preferences(user_id=await user_of(self)))

    def _show(self, wanted: Preferences) -> None:
        self.is_quiet_on = wanted.quiet_from is not None
        self.quiet_from = f"{wanted.quiet_from or _EVENING:%H:%M}"
        self.quiet_until = f"{wanted.quiet_until or _MORNING:%H:%M}"
        self.quiet_words = quiet_words(wanted)
        self.in_browser = wanted.in_browser
        self.kinds = [
            KindRow(kind, *words, kind in wanted.interrupting, kind in wanted.sounding)
            for kind, words in _KINDS.items()
        ]
        self.loaded = True

    @rx.event
    async def switch_quiet(self, is_on: bool) -> None:
        """Begin to have quiet hours, those of a night at first, or have none."""
        await self._save_quiet(*((_EVENING, _MORNING) if is_on else (None, None)))

    @rx.event
    async def save_from(self, begin: str) -> None:
        """Save when it becomes quiet."""
        await self._save_times(begin, self.quiet_until)

    @rx.event
    async def save_until(self, end: str) -> None:
        """Save until when it is quiet."""
        await self._save_times(self.quiet_from, end)

    async def _save_times(self, begin: str, end: str) -> None:
        async with saving(self, "quiet"):
            await self._store_quiet(_time(begin), _time(end))

    async def _save_quiet(self, begin: time | None, end: time | None) -> None:
        async with saving(self, "quiet"):
            await self._store_quiet(begin, end)

    async def _store_quiet(self, begin: time | None, end: time | None) -> None:
        user_id = await user_of(self)
        self._show(await notifications.set_quiet_hours(user_id=user_id, quiet_from=begin, quiet_until=end))

    @rx.event
    async def choose(self, kind: str, way: str, wanted: bool) -> None:
        """Decide whether a kind comes on screen, or sounds."""
        async with saving(self, "kinds"):
            user_id = await user_of(self)
            self._show(await notifications.set_kind(user_id=user_id, kind=kind, way=way, wanted=wanted))

    @rx.event
    async def switch_browser(self, wanted: bool) -> None:
        """Decide whether browsers show notifications of their own."""
        async with saving(self, "in-browser"):
            self._show(await notifications.set_in_browser(user_id=await user_of(self), wanted=wanted))

    @rx.event
    async def test(self) -> None:
        """Have something come, as it will."""
        await notifications.send_test(user_id=await user_of(self))


def quiet_words(wanted: Preferences) -> str:
    """Say what the quiet hours mean at this moment."""
    if wanted.quiet_from is None or wanted.quiet_until is None:
        return "Off: what comes may interrupt you at any time."
    now = clock.now()
    if not notifications.is_quiet(wanted, now):
        begin = time_words(wanted.quiet_from)
        return f"From {begin} on nothing interrupts you; what comes waits in the inbox, and is told in one line after."
    end = notifications.next_change(wanted, now)
    assert end is not None  # noqa: S101 - quiet hours have an end
    until = moment_words(to_local(end, wanted.zone), to_local(now, wanted.zone))
    return f"It is quiet now, until {until}."


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise InvalidInputError("That is not a time of day. Choose one such as 22:00.") from None


def notification_settings() -> rx.Component:
    """Show the section."""
    return rx.cond(
        NotificationsState.loaded, rx.fragment(quiet_hours(), kinds(), browser(), suggestion_settings()), skeleton()
    )


def quiet_hours() -> rx.Component:
    """Choose when nothing interrupts."""
    return panel(
        "Quiet hours",
        rx.el.div(
            rx.el.label(
                switch("Quiet hours", NotificationsState.is_quiet_on, NotificationsState.switch_quiet),
                "Have quiet hours every day",
                class_name="switch-label",
            ),
            rx.cond(
                NotificationsState.is_quiet_on,
                rx.el.div(
                    time_field("From", NotificationsState.quiet_from, NotificationsState.save_from),
                    time_field("Until", NotificationsState.quiet_until, NotificationsState.save_until),
                    class_name="quiet-times",
                ),
            ),
            saved_note("quiet"),
            class_name="quiet-hours",
        ),
        rx.el.p(NotificationsState.quiet_words, class_name="field-hint"),
        hint="By your own clock, on all your devices. The number at the inbox still counts.",
    )


def time_field(label: str, value: rx.Var[str] | str, on_save: rx.event.EventType[str]) -> rx.Component:
    """Choose one end of the quiet hours."""
    name = f"quiet-{label.lower()}"
    return rx.el.div(
        rx.el.label(label, html_for=name),
        saved_field(value=value, name=name, field_id=name, field_type="time", longest=5, on_save=on_save),
    )


def kinds() -> rx.Component:
    """Choose what comes on screen, and what sounds then."""
    return panel(
        "What interrupts",
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(rx.el.span("Kind", class_name="visually-hidden"), scope="col"),
                        rx.el.th("On screen", scope="col"),
                        rx.el.th("Sound", scope="col"),
                    )
                ),
                rx.el.tbody(rx.foreach(NotificationsState.kinds, kind_line)),
                class_name="kinds-table",
            ),
        ),
        saved_note("kinds"),
        hint="On screen is a card on every open page. Whatever is not, lies in the inbox all the same.",
    )


def kind_line(row: rx.Var[KindRow]) -> rx.Component:
    """Choose for one kind."""
    return rx.el.tr(
        rx.el.th(rx.el.p(row.title), rx.el.p(row.about, class_name="line-facts"), scope="row"),
        rx.el.td(
            switch(
                f"{row.title} on screen",
                row.interrupts,
                lambda wanted: NotificationsState.choose(row.kind, "interrupting", wanted),
            )
        ),
        rx.el.td(
            switch(
                f"{row.title} with a sound",
                row.sounds,
                lambda wanted: NotificationsState.choose(row.kind, "sounding", wanted),
                disabled=~row.interrupts,
            )
        ),
        key=row.kind,
    )


def browser() -> rx.Component:
    """Choose whether the browser tells of what comes, and try it."""
    return panel(
        "In the browser",
        rx.el.div(
            switch("Browser notifications", NotificationsState.in_browser, NotificationsState.switch_browser),
            rx.el.p("Show notifications of the browser", aria_hidden="true"),
            saved_note("in-browser"),
            class_name="quiet-hours",
        ),
        rx.cond(NotificationsState.in_browser, browser_permission(class_name="browser-permission")),
        rx.el.div(
            rx.el.button("Send a test", type="button", on_click=NotificationsState.test, class_name="button-quiet"),
            class_name="buttons",
        ),
        hint="Where Steward is open, but in a tab that you do not look at. Each browser asks you once.",
    )


def switch(
    label: rx.Var[str] | str,
    is_on: rx.Var[bool] | bool,
    on_change: rx.event.EventType[bool],
    *,
    disabled: rx.Var[bool] | bool = False,
) -> rx.Component:
    """Return a switch that saves at once."""
    return rx.switch(checked=is_on, on_change=on_change, disabled=disabled, custom_attrs={"aria-label": label})
