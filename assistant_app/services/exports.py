"""Conversations as files to keep: Markdown to read, JSON with everything."""

from dataclasses import dataclass
from typing import Literal

Form = Literal["md", "json"]


@dataclass(frozen=True)
class Export:
    """A file to download."""

    filename: str
    media_type: str
    body: bytes


async def export_conversation(*, user_id: str, conversation_id: str, form: Form) -> Export:
    """Return one conversation: its shown branch as Markdown, or its whole tree as JSON."""
    raise NotImplementedError


async def export_all(*, user_id: str, form: Form) -> Export:
    """Return every conversation that is not in the trash: a zip of Markdown files, or one JSON document."""
    raise NotImplementedError
