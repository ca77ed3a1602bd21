"""A private address under which calendar programs read a person's events and tasks, without signing in."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import structlog

from assistant_app import clock
from assistant_app.errors import NotFoundError
from assistant_app.repositories import database
from assistant_app.repositories import feeds as queries
from assistant_app.services import calendar_files
from assistant_app.services.devices import token_hash
from assistant_app.services.task_views import zone_of
from assistant_app.times.zones import to_local

_AUDIT = structlog.get_logger("steward.audit")
_GONE = "There is no calendar here. The address may have been replaced or revoked."


@dataclass(frozen=True)
class Feed:
    """That there is an address, when it was made, and when a program last read it; in the user's zone."""

    created_at: datetime
    read_at: datetime | None


async def make_feed(*, user_id: str) -> str:
    """Make an address in the place of an earlier one; return its token, which is not kept and cannot be shown again."""
    token = secrets.token_urlsafe(32)
    async with database.write() as session:
        await queries.remove_feeds(session, user_id=user_id)
        await queries.add_feed(session, user_id=user_id, token_hash=token_hash(token))
    _AUDIT.info("calendar_feed_made", user_id=user_id)
    return token


async def find_feed(*, user_id: str) -> Feed | None:
    """Return what is known of a person's address, None if there is none."""
    async with database.read() as session:
        row = await queries.find_feed(session, user_id=user_id)
        if row is None:
            return None
        zone = await zone_of(session, user_id=user_id)
    return Feed(to_local(row.created_at, zone), None if row.read_at is None else to_local(row.read_at, zone))


async def revoke_feed(*, user_id: str) -> None:
    """Make the address worthless."""
    async with database.write() as session:
        await queries.remove_feeds(session, user_id=user_id)
    _AUDIT.info("calendar_feed_revoked", user_id=user_id)


async def feed_calendar(*, token: str) -> bytes:
    """Return the calendar of whoever's address this is; NotFoundError for all others, and for disabled people."""
    async with database.read() as session:
        user_id = await queries.find_owner(session, token_hash=token_hash(token))
    if user_id is None:
        raise NotFoundError(_GONE)
    body = await calendar_files.export_calendar(user_id=user_id)
    async with database.write() as session:
        await queries.touch_feed(session, token_hash=token_hash(token), at=clock.now())
    return body
