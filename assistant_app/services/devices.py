"""Signed-in devices: who a cookie belongs to, the list a person sees, and ending them.

The cookie holds a random token, the table only its hash. What is looked up is kept for at most a second, and
dropped at once when this process ends a session, so that open connections stop working at once as well.
"""

import asyncio
import hashlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from assistant_app import bus, clock
from assistant_app.errors import NotFoundError
from assistant_app.models import DeviceSession
from assistant_app.repositories import accounts as queries
from assistant_app.repositories import database
from assistant_app.services.user_agents import device_name
from assistant_app.settings import get_settings

_REREAD_SECONDS = 1.0
_CACHE_SIZE = 4096
_SEEN_EVERY = timedelta(minutes=1)
_AUDIT = structlog.get_logger("steward.audit")


@dataclass(frozen=True)
class Session:
    """A device session that may come in right now."""

    id: str
    user_id: str
    is_owner: bool


@dataclass(frozen=True)
class NewSession:
    """A session just opened; `token` goes into the cookie and is never seen again."""

    id: str
    user_id: str
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Device:
    """One row of the list of devices."""

    id: str
    name: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    is_this_one: bool


_cache: dict[str, tuple[Session, float]] = {}
_watchers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_name() -> str:
    """Return the name of the session cookie; under HTTPS browsers tie the prefix to this very host."""
    return "__Host-steward" if get_settings().is_https else "steward"


async def open_session(*, user_id: str, user_agent: str, address: str) -> NewSession:
    """Sign a device in."""
    token, now = secrets.token_urlsafe(32), clock.now()
    device = DeviceSession(
        user_id=user_id,
        token_hash=token_hash(token),
        user_agent=user_agent[:400],
        address=address[:64],
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(days=get_settings().session_days),
    )
    async with database.write() as session:
        await queries.delete_expired_devices(session, before=now - timedelta(days=30))
        await queries.add_device(session, device=device)
    _AUDIT.info("signed_in", user_id=user_id, session_id=device.id, address=address)
    bus.publish(user_id, "devices")
    return NewSession(device.id, user_id, token, device.expires_at)


async def find_session(token: str, *, address: str = "") -> Session | None:
    """Return whose session a token is, or None if it may not come in; `address` is noted with the last visit."""
    if not token:
        return None
    key = token_hash(token)
    known = _cache.get(key)
    if known and clock.monotonic() - known[1] < _REREAD_SECONDS:
        return known[0]
    now = clock.now()
    async with database.read() as session:
        row = await queries.find_live_device(session, token_hash=key, at=now)
    if row is None:
        _cache.pop(key, None)
        return None
    device, user = row
    if now - device.last_seen_at >= _SEEN_EVERY:
        async with database.write() as session:
            await queries.touch_device(session, session_id=device.id, at=now, address=address[:64])
    found = Session(device.id, user.id, is_owner=user.role == "owner")
    if len(_cache) >= _CACHE_SIZE:
        _cache.clear()
    _cache[key] = (found, clock.monotonic())
    return found


async def find_session_by_cookies(header: str, *, address: str = "") -> Session | None:
    """Return whose session a Cookie header carries."""
    return await find_session(token_in(header), address=address)


def token_in(cookies: str) -> str:
    """Return the session token in a Cookie header, or nothing.

    Other applications on the same host share the header, and what they put there need not be well-formed: the
    standard library's parser gives up at the first such cookie, and people would be kept out.
    """
    for cookie in cookies.split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == cookie_name():
            return value
    return ""


async def list_devices(*, user_id: str, session_id: str = "") -> list[Device]:
    """Return where a person is signed in; the device of `session_id` is marked and comes first."""
    async with database.read() as session:
        rows = await queries.list_live_devices(session, user_id=user_id, at=clock.now())
    devices = [
        Device(row.id, device_name(row.user_agent), row.address, row.created_at, row.last_seen_at, row.id == session_id)
        for row in rows
    ]
    return sorted(devices, key=lambda device: not device.is_this_one)


async def revoke_device(*, user_id: str, device_id: str) -> None:
    """Sign one device out."""
    if device_id not in await _revoke(user_id, lambda device: device.id == device_id):
        raise NotFoundError("That device is not signed in any more.")


async def revoke_other_devices(*, user_id: str, session_id: str) -> int:
    """Sign out every device but the one of `session_id`, and return how many there were."""
    return len(await _revoke(user_id, lambda device: device.id != session_id))


async def revoke_all_devices(*, user_id: str) -> int:
    """Sign a person out everywhere, and return on how many devices."""
    return len(await _revoke(user_id, lambda _device: True))


@contextmanager
def watch_session(session_id: str) -> Generator[asyncio.Event]:
    """Give an event that is set when this process ends the session."""
    ended = asyncio.Event()
    _watchers[session_id].add(ended)
    try:
        yield ended
    finally:
        _watchers[session_id].discard(ended)
        if not _watchers[session_id]:
            del _watchers[session_id]


def forget_cache() -> None:
    """Look everything up anew."""
    _cache.clear()


async def _revoke(user_id: str, wanted: Callable[[DeviceSession], bool]) -> list[str]:
    now = clock.now()
    async with database.write() as session:
        ended = [row for row in await queries.list_live_devices(session, user_id=user_id, at=now) if wanted(row)]
        for row in ended:
            row.revoked_at = now
    for row in ended:
        _cache.pop(row.token_hash, None)
        for watcher in tuple(_watchers.get(row.id, ())):
            watcher.set()
        _AUDIT.info("session_revoked", user_id=user_id, session_id=row.id)
    if ended:
        bus.publish(user_id, "devices")
    return [row.id for row in ended]
