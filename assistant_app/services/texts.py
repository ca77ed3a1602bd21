"""What may be stored as text, and short forms of it."""

import re

from assistant_app.errors import InvalidInputError

MESSAGE_CHARS = 100_000
TITLE_CHARS = 200
_FIRST_TITLE_CHARS = 60


def storable(text: str) -> str:
    """Return the text without what a database refuses: the null character and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def message_text(text: str) -> str:
    """Return what a person wrote as it is stored, or raise InvalidInputError with the reason."""
    text = storable(text)
    if not text.strip():
        raise InvalidInputError("A message needs some text. Write something, then send it.")
    if len(text) > MESSAGE_CHARS:
        raise InvalidInputError(
            f"A message can have up to {MESSAGE_CHARS:,} characters, and this one has {len(text):,}. "
            "Shorten it, or send it in parts."
        )
    return text


def one_line(text: str) -> str:
    """Return the text on one line, every run of white space and control characters as one space."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", storable(text)).strip()


def shortened(text: str, limit: int) -> str:
    """Cut the text after the last whole word that fits, and mark the cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] or head).rstrip() + "…"


def first_title(text: str) -> str:
    """Return a title for a conversation that starts with this text, until a better one is found."""
    return shortened(one_line(text), _FIRST_TITLE_CHARS)
