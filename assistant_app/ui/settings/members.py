"""The people of this Steward, for its owners: invitations, new passwords, and who may come in."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import dataclass

import reflex as rx

from assistant_app.services import accounts, invites
from assistant_app.settings import get_settings
from assistant_app.ui.components.copy_button import copy_button
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.notices import say
from assistant_app.ui.session import SessionState, owner_only, user_of
from assistant_app.ui.settings.parts import confirmed, panel, skeleton

_ROLES = {"member": "Member", "owner": "Owner"}


@dataclass(frozen=True)
class PersonRow:
    """One account, as the page shows it."""

    id: str
    name: str
    login: str
    role: str
    is_disabled: bool
    is_me: bool


@dataclass(frozen=True)
class InviteRow:
    """One invitation that nobody has used yet."""

    id: str
    role: str
    expires: str


class MembersState(rx.State):
    """The people, and the link that was just made: it is shown until the page is left."""

    loaded: bool = False
    people: list[PersonRow] = []
    invites: list[InviteRow] = []
    link: str = ""
    link_note: str = ""

    @rx.event
    @owner_only
    async def load(self) -> None:
        """Show who is here."""
        self.link = self.link_note = ""
        await self._refresh()

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        self.people = [
            PersonRow(p.id, p.name, p.login, _ROLES.get(p.role, p.role), p.is_disabled, p.id == user_id)
            for p in await accounts.list_people(user_id=user_id)
        ]
        self.invites = [
            InviteRow(invite.id, _ROLES.get(invite.role, invite.role), invite.expires_at.isoformat())
            for invite in await invites.list_invites(user_id=user_id)
        ]
        self.loaded = True

    @rx.event
    @owner_only
    async def invite(self, role: str) -> None:
        """Make a link by which somebody can join."""
        path = await invites.create_invite(user_id=await user_of(self), role=role)
        what = "an owner" if role == "owner" else "a member"
        self._show_link(path, f"Whoever opens this link first joins as {what}. It works once, for 7 days.")
        await self._refresh()

    @rx.event
    @owner_only
    async def reset_password(self, person_id: str) -> None:
        """Make a link by which a person chooses a new password."""
        path = await invites.create_reset(user_id=await user_of(self), person_id=person_id)
        name = next((person.name for person in self.people if person.id == person_id), "the person")
        self._show_link(path, f"With this link {name} chooses a new password. It works once, for one day.")

    def _show_link(self, path: str, note: str) -> None:
        # The address that this owner uses is the one that works from where people are; the gate has checked it.
        origin = self.router.headers.origin or get_settings().origins[0]
        self.link, self.link_note = f"{origin}{path}", note

    @rx.event
    @owner_only
    async def close_link(self) -> None:
        """Forget the link that was shown."""
        self.link = self.link_note = ""

    @rx.event
    @owner_only
    async def withdraw(self, invite_id: str) -> None:
        """Make an invitation worthless."""
        await invites.withdraw_invite(user_id=await user_of(self), invite_id=invite_id)
        self.link = self.link_note = ""
        await say(self, "The invitation no longer works.")
        await self._refresh()

    @rx.event
    @owner_only
    async def disable(self, person_id: str) -> None:
        """Keep a person out."""
        await accounts.disable_person(user_id=await user_of(self), person_id=person_id)
        await say(self, "Disabled, and signed out everywhere.")
        await self._refresh()

    @rx.event
    @owner_only
    async def enable(self, person_id: str) -> None:
        """Let a person in again."""
        await accounts.enable_person(user_id=await user_of(self), person_id=person_id)
        await say(self, "Enabled. They can sign in again.")
        await self._refresh()


def members() -> rx.Component:
    """Show the section, or say to members whose it is."""
    return rx.cond(
        SessionState.name == "",
        skeleton(),
        rx.cond(
            SessionState.is_owner,
            rx.cond(MembersState.loaded, rx.fragment(people(), one_time_link(), invitations()), skeleton()),
            panel("Members", hint="Only owners see who is here and invite others. Ask an owner of this Steward."),
        ),
    )


def people() -> rx.Component:
    """List the accounts."""
    return panel(
        "Members",
        rx.el.ul(rx.foreach(MembersState.people, person_line), class_name="lines"),
        hint="Everybody's conversations, keys and settings are their own; owners do not see them here.",
    )


def person_line(row: rx.Var[PersonRow]) -> rx.Component:
    """Show one person, and what an owner can do for them."""
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                row.name,
                rx.cond(row.is_me, rx.el.span("You", class_name="badge")),
                rx.cond(row.is_disabled, rx.el.span("Disabled", class_name="badge", data_tone="problem")),
                class_name="line-title",
            ),
            rx.el.p(row.role, " · signs in as ", row.login, class_name="line-facts"),
            class_name="line-text",
        ),
        rx.cond(
            ~row.is_me,
            rx.el.div(
                rx.cond(
                    row.is_disabled,
                    rx.el.button(
                        "Enable",
                        type="button",
                        on_click=MembersState.enable(row.id),
                        aria_label=f"Enable {row.name}",
                        class_name="button-quiet",
                    ),
                    rx.fragment(
                        rx.el.button(
                            "Reset password",
                            type="button",
                            on_click=MembersState.reset_password(row.id),
                            aria_label=f"Reset password of {row.name}",
                            class_name="button-quiet",
                        ),
                        confirmed(
                            "Disable",
                            label=f"Disable {row.name}",
                            question=f"Disable {row.name}?",
                            consequence="They are signed out everywhere and cannot come back until you enable them. "
                            "What they wrote stays.",
                            action="Disable",
                            on_confirm=MembersState.disable(row.id),
                        ),
                    ),
                ),
                class_name="buttons",
            ),
        ),
        class_name="line",
        key=row.id,
    )


def invitations() -> rx.Component:
    """Make invitations, and list those that are open."""
    return panel(
        "Invite someone",
        rx.el.div(
            *[
                rx.el.button(
                    rx.icon(icon, size=16),
                    f"Invite {article} {role}",
                    type="button",
                    on_click=MembersState.invite(role),
                    class_name="button-quiet with-icon",
                )
                for role, article, icon in (("member", "a", "user-plus"), ("owner", "an", "shield-plus"))
            ],
            class_name="buttons",
        ),
        rx.cond(
            MembersState.invites.length() > 0,
            rx.el.div(
                rx.el.h3("Open invitations"),
                rx.el.ul(rx.foreach(MembersState.invites, invite_line), class_name="lines"),
            ),
        ),
        hint="Steward sends nothing by itself: it makes a link, and you pass it on. An owner can do all that you can "
        "do on this page.",
    )


def one_time_link() -> rx.Component:
    """Show a link that will not be shown again."""
    shown = rx.el.div(
        rx.el.p(MembersState.link_note),
        rx.el.div(
            rx.el.input(
                name="link", value=MembersState.link, read_only=True, aria_label="One-time link", class_name="field"
            ),
            copy_button(text=MembersState.link, label="Copy link"),
            class_name="with-copy",
        ),
        rx.el.p("Copy it now: it is not shown again.", class_name="field-hint"),
        rx.el.button("Done", type="button", on_click=MembersState.close_link, class_name="button-quiet"),
        class_name="one-time",
    )
    return rx.el.div(
        rx.cond(MembersState.link != "", shown), role="status", aria_live="polite", class_name="one-time-place"
    )


def invite_line(row: rx.Var[InviteRow]) -> rx.Component:
    """Show one open invitation."""
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.role, class_name="line-title"),
            rx.el.p("Works until ", local_time(instant=row.expires, display="full"), class_name="line-facts"),
            class_name="line-text",
        ),
        rx.el.button(
            "Withdraw",
            type="button",
            on_click=MembersState.withdraw(row.id),
            aria_label=f"Withdraw the invitation of a new {row.role.lower()}",
            class_name="button-quiet",
        ),
        class_name="line",
        key=row.id,
    )
