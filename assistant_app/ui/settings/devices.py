"""Where a person is signed in, and signing out from afar."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import dataclass

import reflex as rx

from assistant_app.services import devices
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.notices import say
from assistant_app.ui.session import session_of, user_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.parts import confirmed, panel, skeleton

_HANDHELD = ("iPhone", "iPad", "Android")


@dataclass(frozen=True)
class DeviceRow:
    """One signed-in device, as the page shows it."""

    id: str
    name: str
    address: str
    seen: str
    is_handheld: bool
    is_this_one: bool


class DevicesState(rx.State):
    """The devices of a person, this one first."""

    loaded: bool = False
    rows: list[DeviceRow] = []

    @rx.event
    async def load(self) -> None:
        """Show where the person is signed in."""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show sign-ins and sign-outs as they happen."""
        await follow_topic(self, "devices", self._refresh)

    async def _refresh(self) -> None:
        found = await devices.list_devices(user_id=await user_of(self), session_id=await session_of(self))
        self.rows = [
            DeviceRow(
                device.id,
                device.name,
                device.address,
                device.last_seen_at.isoformat(),
                any(word in device.name for word in _HANDHELD),
                device.is_this_one,
            )
            for device in found
        ]
        self.loaded = True

    @rx.event
    async def revoke(self, device_id: str) -> None:
        """Sign one device out."""
        await devices.revoke_device(user_id=await user_of(self), device_id=device_id)
        await say(self, "Signed out there.")
        await self._refresh()

    @rx.event
    async def revoke_others(self) -> None:
        """Sign out everywhere but here."""
        count = await devices.revoke_other_devices(user_id=await user_of(self), session_id=await session_of(self))
        await say(self, "Signed out on one other device." if count == 1 else f"Signed out on {count} other devices.")
        await self._refresh()


def device_list() -> rx.Component:
    """Show the section."""
    return rx.cond(
        DevicesState.loaded,
        panel(
            "Devices",
            rx.el.ul(rx.foreach(DevicesState.rows, device_line), class_name="lines"),
            rx.cond(
                DevicesState.rows.length() > 1,
                rx.el.div(
                    confirmed(
                        "Sign out all other devices",
                        question="Sign out all other devices?",
                        consequence="They stop working at once, and need your password to come back.",
                        action="Sign out all others",
                        on_confirm=DevicesState.revoke_others,
                    ),
                    class_name="buttons",
                ),
            ),
            hint="Where you are signed in. If you do not know a device, sign it out and change your password.",
        ),
        skeleton(),
    )


def device_line(row: rx.Var[DeviceRow]) -> rx.Component:
    """Show one device."""
    return rx.el.li(
        rx.cond(row.is_handheld, rx.icon("smartphone", size=20), rx.icon("monitor", size=20)),
        rx.el.div(
            rx.el.p(
                row.name,
                rx.cond(row.is_this_one, rx.el.span("This device", class_name="badge")),
                class_name="line-title",
            ),
            rx.el.p(row.address, " · seen ", local_time(instant=row.seen, display="relative"), class_name="line-facts"),
            class_name="line-text",
        ),
        rx.cond(
            row.is_this_one,
            rx.el.button("Sign out", type="submit", form="sign-out", class_name="button-quiet"),
            confirmed(
                "Sign out",
                label=f"Sign out {row.name}",
                question=f"Sign out {row.name}?",
                consequence="It stops working at once, and needs your password to come back.",
                action="Sign out",
                on_confirm=DevicesState.revoke(row.id),
            ),
        ),
        class_name="line",
        key=row.id,
    )
