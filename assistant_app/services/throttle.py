"""Slowing down those who guess: per account and per address, on every door that takes a secret."""

import functools
import ipaddress
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assistant_app.errors import TooManyAttemptsError

_PER_ACCOUNT = RateLimitItemPerMinute(10, 10, namespace="account")
_PER_ADDRESS = RateLimitItemPerMinute(40, 10, namespace="address")


@functools.cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


def network_of(address: str) -> str:
    """Return the network an address stands for: /24, or /64 for IPv6, in which one person can have all of them."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network(f"{parsed}/{24 if parsed.version == 4 else 64}", strict=False))


def count_attempt(*, door: str, address: str = "", account: str = "") -> None:
    """Count one attempt at a door such as "sign-in", or refuse it because there were too many."""
    if address:
        _hit(_PER_ADDRESS, door, network_of(address))
    if account:
        _hit(_PER_ACCOUNT, door, account)


def forgive_account(*, door: str, account: str) -> None:
    """Forget the attempts at an account, because its person got in."""
    _limiter().clear(_PER_ACCOUNT, door, account)


def allow(limit: RateLimitItem, *identifiers: str) -> bool:
    """Count one use under a limit of the caller's own, and tell whether it is within it."""
    return _limiter().hit(limit, *identifiers)


def forget_everything() -> None:
    """Start counting anew."""
    _limiter().storage.reset()


def _hit(limit: RateLimitItem, *identifiers: str) -> None:
    if _limiter().hit(limit, *identifiers):
        return
    wait = max(1.0, _limiter().get_window_stats(limit, *identifiers).reset_time - time.time())
    minutes = max(1, round(wait / 60))
    raise TooManyAttemptsError(
        f"Too many attempts. Try again in {minutes} minute{'s' if minutes > 1 else ''}.", retry_after=wait
    )
