"""Encrypts what must not be readable in the database or its backups: the keys of providers.

AES-256-GCM under a key file in the data folder, beside the database and not in it. The id of the row is bound to each
value, so that one cannot be moved to another row.
"""

import base64
import functools
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assistant_app.errors import InvalidInputError
from assistant_app.settings import get_settings

_KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = "v1:"  # Tells values apart, should the way of encrypting them ever change.


def encrypt(text: str, *, row_id: str) -> str:
    """Return the encrypted text, for the column of the row `row_id`; an empty text stays empty."""
    if not text:
        return ""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = _cipher().encrypt(nonce, text.encode(), row_id.encode())
    return _VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(value: str, *, row_id: str) -> str:
    """Return the text; raises InvalidInputError if it was not encrypted for this row with this key file."""
    if not value:
        return ""
    try:
        raw = base64.urlsafe_b64decode(value.removeprefix(_VERSION))
        return _cipher().decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], row_id.encode()).decode()
    except (InvalidTag, ValueError):
        raise InvalidInputError(
            "A stored key cannot be read: secret.key in the data folder is not the one it was stored with. "
            "Put the right file back, or enter the key again under Settings > Models."
        ) from None


def hint(text: str) -> str:
    """Return what may be shown of a secret: its last four characters, if it is long enough to spare them."""
    return f"…{text[-4:]}" if len(text) >= 12 else "…" if text else ""


def _cipher() -> AESGCM:
    return _open_key(get_settings().data.absolute() / "secret.key")


@functools.cache
def _open_key(path: Path) -> AESGCM:
    if not path.exists():
        _create_key(path)
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise InvalidInputError(f"{path} is damaged: it must hold {_KEY_BYTES} bytes. Put the right file back.")
    return AESGCM(key)


def _create_key(path: Path) -> None:
    """Write a new key in one step: another process that starts now finds none of it, or all, and then keeps that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # Readable by its owner alone.
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
