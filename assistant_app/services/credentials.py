"""Getting in with a password, and changing it."""

import structlog

from assistant_app.errors import InvalidInputError, NotAllowedError
from assistant_app.repositories import accounts as queries
from assistant_app.repositories import database
from assistant_app.services import devices, invites, throttle
from assistant_app.services.passwords import hash_password, verify_password

_AUDIT = structlog.get_logger("steward.audit")


async def sign_in(*, login: str, password: str, address: str, user_agent: str) -> devices.NewSession:
    """Check a sign-in name and password, and open a session for the device.

    Unknown and disabled people get the same work, the same sentence and the same limits as a wrong password.
    """
    login = login.strip().lower()[:64]
    throttle.count_attempt(door="sign-in", address=address, account=login)
    async with database.read() as session:
        user = await queries.find_user_by_login(session, login=login)
    right = await verify_password(user.password_hash if user else None, password)
    if user is None or user.disabled_at is not None or not right:
        _AUDIT.warning("sign_in_refused", login=login, address=address)
        raise NotAllowedError("The name or the password is not right. Check both and try again.")
    throttle.forgive_account(door="sign-in", account=login)
    return await devices.open_session(user_id=user.id, user_agent=user_agent, address=address)


async def change_password(*, user_id: str, session_id: str, current: str, new: str) -> None:
    """Replace a password by its owner, and sign out every device but the one of `session_id`."""
    throttle.count_attempt(door="change-password", account=user_id)
    async with database.read() as session:
        user = await queries.get_user(session, user_id=user_id)
    if not await verify_password(user.password_hash, current):
        raise InvalidInputError("The current password is not right.")
    throttle.forgive_account(door="change-password", account=user_id)
    await _store(user_id, await hash_password(new))
    await devices.revoke_other_devices(user_id=user_id, session_id=session_id)


async def reset_password(*, token: str, new: str) -> str:
    """Replace a password through a reset link, sign the person out everywhere, and return the person's id."""
    await invites.check_link(kind="reset", token=token)  # A worthless link must not cost a hash.
    password_hash = await hash_password(new)
    async with database.write() as session:
        invite = await invites.use_link(session, kind="reset", token=token)
        user = await queries.get_user(session, user_id=invite.user_id or "")
        if user.disabled_at is not None:
            raise NotAllowedError("This account is disabled. Ask an owner to enable it.")
        user.password_hash = password_hash
    _AUDIT.info("password_changed", user_id=user.id, by="reset link")
    throttle.forgive_account(door="sign-in", account=user.login)
    await devices.revoke_all_devices(user_id=user.id)
    return user.id


async def _store(user_id: str, password_hash: str) -> None:
    async with database.write() as session:
        (await queries.get_user(session, user_id=user_id)).password_hash = password_hash
    _AUDIT.info("password_changed", user_id=user_id, by="the person")
