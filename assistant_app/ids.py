"""Identifiers: a prefix that names the kind, then 26 characters that sort by the time of their making."""

import secrets

from assistant_app import clock

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, in lower case.
_TIME_CHARS = 10
_RANDOM_CHARS = 16


def new_id(prefix: str) -> str:
    """Return a fresh id such as `msg_01jd...`; ids made in different milliseconds sort by time."""
    millis = int(clock.now().timestamp() * 1000)
    stamp = "".join(_ALPHABET[(millis >> (5 * i)) & 31] for i in reversed(range(_TIME_CHARS)))
    return f"{prefix}_{stamp}{''.join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_CHARS))}"
