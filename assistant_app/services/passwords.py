"""Turning passwords into hashes and checking them, in threads and at most two at once."""

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from assistant_app.errors import InvalidInputError

_SHORTEST, _LONGEST = 8, 128
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# One hash holds 19 MiB for its time, so that the number of threads bounds what a flood of sign-ins can take.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")

_COMMON_WORDS = """
    12345678 123456789 1234567890 password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword
    qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 1q2w3e4r 1q2w3e4r5t 1qaz2wsx zaq12wsx q1w2e3r4
    qazwsxedc asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 iloveyou iloveyou1 sunshine sunshine1 princess princess1
    football football1 baseball baseball1 basketball superman superman1 batman123 starwars starwars1 whatever
    trustno1 trustno12 letmein1 letmein123 welcome1 welcome12 welcome123 admin123 admin1234 administrator adminadmin
    abcd1234 abc12345 abcdefgh abcdefghi a1b2c3d4 aa123456 a1234567 a12345678 abc123456 changeme changeme1 changeme123
    11111111 111111111 1111111111 00000000 000000000 0000000000 12341234 11223344 12344321 87654321 987654321
    0987654321 0123456789 123123123 123321123 147258369 159753159 22222222 55555555 66666666 77777777 88888888
    99999999 12121212 13131313 monkey123 dragon123 dragon12 master123 shadow123 michael1 michelle jennifer jordan23
    computer computer1 internet samsung1 liverpool liverpool1 chelsea1 arsenal1 barcelona mustang1 corvette mercedes
    chocolate butterfly elephant hello123 hello1234 helloworld secret123 secret12 test1234 testtest testing1 testing123
    default1 guest123 user1234 root1234 charlie1 freedom1 thunder1 killer123 pokemon1 naruto123 minecraft blink182
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def check_password(password: str) -> None:
    """Refuse a password that is too short, too long or among the first that are tried."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise InvalidInputError(f"Choose a password of {_SHORTEST} to {_LONGEST} characters.")
    if password.casefold() in _COMMON or len(set(password)) == 1:
        raise InvalidInputError("That password is among the first that attackers try. Choose another one.")


async def hash_password(password: str) -> str:
    """Check a new password and return its argon2id hash."""
    check_password(password)
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def verify_password(password_hash: str | None, password: str) -> bool:
    """Compare a password with a hash; without a hash the same work is done, and the answer is no."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _verify, password_hash, password[:_LONGEST])


def _verify(password_hash: str | None, password: str) -> bool:
    try:
        _HASHER.verify(password_hash or _nobodys_hash(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


@functools.cache
def _nobodys_hash() -> str:
    return _HASHER.hash("nobody has this password")
