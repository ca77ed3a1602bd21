"""Who a person is to the assistant, their password, and taking their conversations away."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from assistant_app import clock
from assistant_app.services import accounts, credentials, schedules
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.task_views import counted, quoted
from assistant_app.ui.components.plain import plain_link
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import SessionState, session_of, user_of
from assistant_app.ui.settings.parts import Option, labelled, panel, picker, skeleton
from assistant_app.ui.settings.saved import saved_note, saving
from assistant_app.ui.settings.saved_field import saved_field

_MOST_ZONES = 60
_MOST_TYPED = 20_000  # A pasted book would not fit through the websocket.


class ProfileState(rx.State):
    """The profile as it is stored; fields keep what was typed and refused by themselves."""

    loaded: bool = False
    name: str = ""
    login: str = ""
    language: str = "en"
    zone: str = "UTC"
    instructions: str = ""
    zones: list[Option] = []
    zones_open: bool = False
    passwords_changed: int = 0

    @rx.event
    async def load(self) -> None:
        """Show what is stored."""
        self._show(await accounts.get_person(user_id=await user_of(self)))

    def _show(self, person: accounts.Person) -> None:
        self.name, self.login, self.language = person.name, person.login, person.language
        self.zone, self.instructions, self.loaded = person.zone, person.instructions, True

    @rx.event
    async def save_name(self, name: str) -> None:
        """Save how the person wants to be called."""
        async with saving(self, "name"):
            await self._save(name=name)

    @rx.event
    async def save_language(self, language: str) -> None:
        """Save the language of answers."""
        async with saving(self, "language"):
            await self._save(language=language)

    @rx.event
    async def save_zone(self, zone: str) -> None:
        """Save where the person's clock is."""
        self.zones_open = False
        user_id, origin = await user_of(self), click()
        before = {view.id: view.zone for view in await schedules.list_schedules(user_id=user_id)}
        async with saving(self, "zone"):
            await self._save(origin=origin, zone=zone)
        moved = [view for view in await schedules.list_schedules(user_id=user_id) if view.zone != before.get(view.id)]
        if moved:
            what = quoted(moved[0].title) if len(moved) == 1 else f"Your {counted(len(moved), 'schedule')}"
            verb = "goes" if len(moved) == 1 else "go"
            await say(self, f"{what} {verb} by your new time zone, too.", undo=origin)

    @rx.event
    async def save_instructions(self, instructions: str) -> None:
        """Save what the assistant is always told."""
        async with saving(self, "instructions"):
            await self._save(instructions=instructions)

    async def _save(self, origin: Origin = PAGE, **changes: str) -> None:
        user_id = await user_of(self)
        person = replace(await accounts.get_person(user_id=user_id), **changes)
        self._show(
            await accounts.update_profile(
                user_id=user_id,
                name=person.name,
                zone=person.zone,
                language=person.language,
                instructions=person.instructions,
                origin=origin,
            )
        )
        await (await self.get_state(SessionState))._load()

    @rx.event
    async def open_zones(self, is_open: bool) -> None:
        """Open or close the list of time zones."""
        self.zones_open = is_open
        self.zones = find_zones("", first=self.zone) if is_open else []

    @rx.event
    async def look_for_zone(self, query: str) -> None:
        """Show the time zones whose names have what is typed."""
        self.zones = find_zones(query[:80], first=self.zone)

    @rx.event
    async def change_password(self, form: dict[str, Any]) -> None:
        """Replace the password; other devices have to sign in again."""
        async with saving(self, "password"):
            await credentials.change_password(
                user_id=await user_of(self),
                session_id=await session_of(self),
                current=str(form.get("current", "")),
                new=str(form.get("new", "")),
            )
            self.passwords_changed += 1


def find_zones(query: str, *, first: str) -> list[Option]:
    """Return the time zones that have all words of `query`, those whose city begins with it before the others."""
    words = query.lower().replace("_", " ").split()
    plain = {zone: zone.lower().replace("_", " ") for zone in accounts.list_zones()}
    found = [zone for zone, name in plain.items() if all(word in name for word in words)]
    start = " ".join(words)
    found.sort(key=lambda zone: (zone != first, not plain[zone].rpartition("/")[2].startswith(start)))
    return [_zone_option(zone) for zone in found[:_MOST_ZONES]]


def _zone_option(zone: str) -> Option:
    there = clock.now().astimezone(ZoneInfo(zone))
    offset = f"{there:%z}"
    return Option(zone, zone.replace("_", " "), f"{there:%H:%M} now · UTC{offset[:3]}:{offset[3:]}")


def profile() -> rx.Component:
    """Show the section."""
    return rx.cond(ProfileState.loaded, rx.fragment(about_you(), password(), export()), skeleton())


def about_you() -> rx.Component:
    """Edit what the assistant knows of the person from the start."""
    return panel(
        "About you",
        labelled(
            "Name",
            saved_field(
                value=ProfileState.name, name="name", field_id="name", longest=200, on_save=ProfileState.save_name
            ),
            field="name",
        ),
        labelled(
            "Language",
            rx.el.select(
                *[rx.el.option(title, value=code) for code, title in accounts.LANGUAGES.items()],
                id="language",
                name="language",
                value=ProfileState.language,
                on_change=ProfileState.save_language,
                class_name="field",
            ),
            field="language",
            hint="Models answer in this language. The built-in assistant and these pages speak English.",
        ),
        labelled(
            "Time zone",
            picker(
                field="zone",
                shown=ProfileState.zone.replace("_", " "),
                search="Search time zones",
                options=ProfileState.zones,
                current=ProfileState.zone,
                is_open=ProfileState.zones_open,
                set_open=ProfileState.open_zones,
                look=ProfileState.look_for_zone,
                choose=ProfileState.save_zone,
            ),
            field="zone",
        ),
        labelled(
            "Custom instructions",
            saved_field(
                value=ProfileState.instructions,
                name="instructions",
                field_id="instructions",
                described_by="instructions-hint",
                lines=6,
                longest=_MOST_TYPED,
                limit=8000,
                on_save=ProfileState.save_instructions,
            ),
            field="instructions",
            hint="Models are told this in every conversation: what you do, how you like answers, what to avoid.",
        ),
    )


def password() -> rx.Component:
    """Change the password."""
    return panel(
        "Password",
        rx.el.form(
            rx.el.input(
                type="text",
                name="username",
                default_value=ProfileState.login,
                auto_complete="username",
                read_only=True,
                hidden=True,
                aria_label="Sign-in name",
            ),
            password_field("current", "Current password", "current-password"),
            password_field("new", "New password", "new-password", hint="8 to 128 characters."),
            rx.el.div(
                rx.el.button("Change password", type="submit", class_name="button-solid"),
                saved_note("password"),
                class_name="form-end",
            ),
            on_submit=ProfileState.change_password,
            key=ProfileState.passwords_changed.to_string(),
            class_name="form",
        ),
        hint="Your other devices will have to sign in again.",
    )


def password_field(name: str, label: str, complete: str, *, hint: str = "") -> rx.Component:
    """Ask for a password."""
    return rx.el.div(
        rx.el.label(label, html_for=f"password-{name}"),
        rx.el.input(
            type="password",
            name=name,
            id=f"password-{name}",
            required=True,
            max_length=200,
            auto_complete=complete,
            class_name="field",
            custom_attrs={"aria-describedby": f"password-{name}-hint"} if hint else {},
        ),
        *([rx.el.p(hint, id=f"password-{name}-hint", class_name="field-hint")] if hint else []),
        class_name="labelled",
    )


def export() -> rx.Component:
    """Offer all conversations as files; plain links, since they leave the page's own navigation."""
    return panel(
        "Export all my conversations",
        rx.el.div(
            *[
                plain_link(
                    rx.icon("download", size=16),
                    title,
                    href=f"/export/conversations.{form}",
                    download=True,
                    class_name="button-quiet with-icon",
                )
                for form, title in (("md", "Markdown"), ("json", "JSON"))
            ],
            class_name="buttons",
        ),
        hint="Markdown comes as a zip with one file a conversation, JSON as one file. The trash is left out.",
    )
