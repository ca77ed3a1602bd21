"""Queries for people, their devices and one-time links."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, delete, select

from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.models import DeviceSession, Invite, User

_NO_ACCOUNT = "There is no such account."


async def count_users(session: AsyncSession) -> int:
    """Return how many accounts there are."""
    return (await session.execute(select(func.count()).select_from(User))).scalar_one()


async def get_user(session: AsyncSession, *, user_id: str) -> User:
    """Return the account with this id."""
    user = await session.get(User, user_id)
    if user is None:
        raise NotFoundError(_NO_ACCOUNT)
    return user


async def get_users(session: AsyncSession, *, user_ids: Collection[str]) -> Sequence[User]:
    """Return the accounts with these ids."""
    found = (await session.execute(select(User).where(col(User.id).in_(user_ids)))).scalars().all()
    if len(found) < len(set(user_ids)):
        raise NotFoundError(_NO_ACCOUNT)
    return found


async def find_user_by_login(session: AsyncSession, *, login: str) -> User | None:
    """Return the account with this login, in lower case."""
    return (await session.execute(select(User).where(User.login == login))).scalar_one_or_none()


async def list_users(session: AsyncSession) -> Sequence[User]:
    """Return every account, oldest first."""
    return (await session.execute(select(User).order_by(col(User.created_at), col(User.id)))).scalars().all()


async def add_user(session: AsyncSession, *, user: User) -> User:
    """Add an account whose login nobody has yet."""
    session.add(user)
    try:
        await session.flush()
    except IntegrityError:
        raise ConflictError(f"The sign-in name {user.login} is taken. Choose another one.") from None
    return user


async def add_device(session: AsyncSession, *, device: DeviceSession) -> None:
    """Add a signed-in device."""
    session.add(device)
    await session.flush()


async def find_live_device(
    session: AsyncSession, *, token_hash: str, at: datetime
) -> tuple[DeviceSession, User] | None:
    """Return the device that holds this token, and its person, if both may come in at the moment `at`."""
    query = (
        select(DeviceSession, User)
        .join(User, col(User.id) == DeviceSession.user_id)
        .where(
            DeviceSession.token_hash == token_hash,
            col(DeviceSession.revoked_at).is_(None),
            col(DeviceSession.expires_at) > at,
            col(User.disabled_at).is_(None),
        )
    )
    row = (await session.execute(query)).one_or_none()
    return None if row is None else (row[0], row[1])


async def list_live_devices(session: AsyncSession, *, user_id: str, at: datetime) -> Sequence[DeviceSession]:
    """Return the devices on which a person is signed in, most recently seen first."""
    query = (
        select(DeviceSession)
        .where(
            DeviceSession.user_id == user_id,
            col(DeviceSession.revoked_at).is_(None),
            col(DeviceSession.expires_at) > at,
        )
        .order_by(col(DeviceSession.last_seen_at).desc(), col(DeviceSession.id))
    )
    return (await session.execute(query)).scalars().all()


async def touch_device(session: AsyncSession, *, session_id: str, at: datetime, address: str) -> None:
    """Note when, and from where, a device was last seen."""
    values = {"last_seen_at": at} | ({"address": address} if address else {})
    await session.execute(update(DeviceSession).where(col(DeviceSession.id) == session_id).values(**values))


async def delete_expired_devices(session: AsyncSession, *, before: datetime) -> None:
    """Forget devices whose sessions ended before a moment."""
    await session.execute(delete(DeviceSession).where(col(DeviceSession.expires_at) < before))


async def add_invite(session: AsyncSession, *, invite: Invite) -> Invite:
    """Add a one-time link."""
    session.add(invite)
    await session.flush()
    return invite


async def find_open_invite(session: AsyncSession, *, kind: str, token_hash: str, at: datetime) -> Invite | None:
    """Return the unused, unexpired link of a kind that holds this token."""
    query = select(Invite).where(
        Invite.kind == kind,
        Invite.token_hash == token_hash,
        col(Invite.used_at).is_(None),
        col(Invite.expires_at) > at,
    )
    return (await session.execute(query)).scalar_one_or_none()


async def use_invite(session: AsyncSession, *, invite_id: str, at: datetime) -> bool:
    """Mark a link as used, and tell whether it was this call that did."""
    query = (
        update(Invite)
        .where(col(Invite.id) == invite_id, col(Invite.used_at).is_(None))
        .values(used_at=at)
        .returning(col(Invite.id))
    )
    return (await session.execute(query)).scalar_one_or_none() is not None


async def list_open_invites(session: AsyncSession, *, kind: str, at: datetime) -> Sequence[Invite]:
    """Return the unused, unexpired links of a kind, newest first."""
    query = (
        select(Invite)
        .where(Invite.kind == kind, col(Invite.used_at).is_(None), col(Invite.expires_at) > at)
        .order_by(col(Invite.created_at).desc())
    )
    return (await session.execute(query)).scalars().all()


async def delete_open_invites(session: AsyncSession, *, kind: str, user_id: str | None = None) -> None:
    """Withdraw the unused links of a kind, of one person if `user_id` is given."""
    query = delete(Invite).where(col(Invite.kind) == kind, col(Invite.used_at).is_(None))
    await session.execute(query if user_id is None else query.where(col(Invite.user_id) == user_id))


async def delete_invite(session: AsyncSession, *, invite_id: str) -> None:
    """Withdraw one link."""
    await session.execute(delete(Invite).where(col(Invite.id) == invite_id, col(Invite.used_at).is_(None)))
