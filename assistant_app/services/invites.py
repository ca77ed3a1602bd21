"""One-time links: to set Steward up, to invite a person, to choose a new password.

A link's token is kept only as a hash; making a link returns its path, which is shown once.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.errors import InvalidInputError, NotAllowedError, NotFoundError
from assistant_app.models import Invite, User
from assistant_app.repositories import accounts as queries
from assistant_app.repositories import database
from assistant_app.services.devices import token_hash

CONSOLE = "console"  # Stands for whoever runs commands on the machine itself; no account can have this id.
ROLES = ("member", "owner")
_LASTS = {"setup": timedelta(days=7), "invite": timedelta(days=7), "reset": timedelta(days=1)}
_AUDIT = structlog.get_logger("steward.audit")


@dataclass(frozen=True)
class OpenInvite:
    """An invitation that nobody has used yet."""

    id: str
    role: str
    created_at: datetime
    expires_at: datetime


async def require_owner(session: AsyncSession, *, user_id: str) -> None:
    """Refuse everybody who is not an owner."""
    if user_id == CONSOLE:
        return
    user = await queries.get_user(session, user_id=user_id)
    if user.role != "owner" or user.disabled_at is not None:
        raise NotAllowedError("Only an owner may do this.")


async def make_setup_link() -> str | None:
    """Make the link that creates the first account, in place of earlier ones; None once there is an account."""
    async with database.write() as session:
        if await queries.count_users(session):
            return None
        await queries.delete_open_invites(session, kind="setup")
        return await _add_link(session, Invite(kind="setup", role="owner", token_hash="", expires_at=clock.now()))


async def create_invite(*, user_id: str, role: str = "member") -> str:
    """Make a link by which one further person can join, and return its path. Owners only."""
    if role not in ROLES:
        raise InvalidInputError("A person is either a member or an owner.")
    async with database.write() as session:
        await require_owner(session, user_id=user_id)
        by = None if user_id == CONSOLE else user_id
        invite = Invite(kind="invite", role=role, created_by=by, token_hash="", expires_at=clock.now())
        path = await _add_link(session, invite)
    _AUDIT.info("invite_created", user_id=user_id, invite_id=invite.id, role=role)
    bus.publish(user_id, "members")
    return path


async def create_reset(*, user_id: str, person_id: str) -> str:
    """Make a link by which a person chooses a new password, in place of earlier ones. Owners only."""
    async with database.write() as session:
        await require_owner(session, user_id=user_id)
        person = await queries.get_user(session, user_id=person_id)
        await queries.delete_open_invites(session, kind="reset", user_id=person.id)
        by = None if user_id == CONSOLE else user_id
        invite = Invite(kind="reset", user_id=person.id, created_by=by, token_hash="", expires_at=clock.now())
        path = await _add_link(session, invite)
    _AUDIT.info("reset_created", user_id=user_id, person_id=person_id)
    return path


async def list_invites(*, user_id: str) -> list[OpenInvite]:
    """Return the invitations nobody has used yet, newest first. Owners only."""
    async with database.read() as session:
        await require_owner(session, user_id=user_id)
        rows = await queries.list_open_invites(session, kind="invite", at=clock.now())
    return [OpenInvite(row.id, row.role, row.created_at, row.expires_at) for row in rows]


async def withdraw_invite(*, user_id: str, invite_id: str) -> None:
    """Make an unused invitation worthless. Owners only."""
    async with database.write() as session:
        await require_owner(session, user_id=user_id)
        await queries.delete_invite(session, invite_id=invite_id)
    _AUDIT.info("invite_withdrawn", user_id=user_id, invite_id=invite_id)
    bus.publish(user_id, "members")


async def check_link(*, kind: str, token: str) -> User | None:
    """Refuse a link that is used, expired or unknown; return whose password it resets, if it does."""
    async with database.read() as session:
        invite = await _get_open(session, kind, token)
        return await queries.get_user(session, user_id=invite.user_id) if invite.user_id else None


async def use_link(session: AsyncSession, *, kind: str, token: str) -> Invite:
    """Use a link up as part of the caller's transaction."""
    invite = await _get_open(session, kind, token)
    if not await queries.use_invite(session, invite_id=invite.id, at=clock.now()):
        raise _worthless()
    return invite


async def _get_open(session: AsyncSession, kind: str, token: str) -> Invite:
    invite = await queries.find_open_invite(session, kind=kind, token_hash=token_hash(token), at=clock.now())
    if invite is None:
        raise _worthless()
    return invite


def _worthless() -> NotFoundError:
    return NotFoundError("This link has been used, has expired or is incomplete. Ask for a new one.")


async def _add_link(session: AsyncSession, invite: Invite) -> str:
    token = secrets.token_urlsafe(32)
    invite.token_hash = token_hash(token)
    invite.expires_at = clock.now() + _LASTS[invite.kind]
    await queries.add_invite(session, invite=invite)
    return f"/{invite.kind}?token={token}"
