"""Conversations as files to keep: Markdown to read, JSON with everything."""

import asyncio
import io
import json
import re
import zipfile
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant_app import clock
from assistant_app.models import Conversation, Message
from assistant_app.repositories import conversations, database, messages
from assistant_app.services import trees

Form = Literal["md", "json"]

_NAME_CHARS = 60
_BATCH = 40  # Conversations that are read at once, which others wait for.
_FORMAT = "steward-conversations"
_VERSION = 1
_MEDIA_TYPES = {"md": "text/markdown; charset=utf-8", "json": "application/json"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # A zip knows no time before this one, which makes equal exports equal files.


@dataclass(frozen=True)
class Export:
    """A file to download; the name is plain ASCII, without anything that a file system minds."""

    filename: str
    media_type: str
    body: bytes


async def export_conversation(*, user_id: str, conversation_id: str, form: Form) -> Export:
    """Return one conversation: its shown branch as Markdown, or its whole tree as JSON."""
    conversation, tree = await _read(user_id, conversation_id)
    body = _json([_document(conversation, tree)]) if form == "json" else _markdown(conversation, tree).encode()
    return Export(f"{_file_stem(conversation.title)}.{form}", _MEDIA_TYPES[form], body)


async def export_all(*, user_id: str, form: Form) -> Export:
    """Return every conversation that is not in the trash: a zip of Markdown files, or one JSON document."""
    name = f"steward-{clock.now():%Y-%m-%d}"
    if form == "json":
        documents = [_document(conversation, tree) async for conversation, tree in _read_all(user_id)]
        # Years of conversations take a second to write out, in which others want to be served.
        return Export(f"{name}.json", _MEDIA_TYPES[form], await asyncio.to_thread(_json, documents))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        async for conversation, tree in _read_all(user_id):
            await asyncio.to_thread(_pack, archive, conversation, tree)
    return Export(f"{name}.zip", "application/zip", held.getvalue())


def _pack(archive: zipfile.ZipFile, conversation: Conversation, tree: Sequence[Message]) -> None:
    entry = zipfile.ZipInfo(f"{len(archive.filelist) + 1:05}-{_file_stem(conversation.title)}.md", _EARLIEST)
    archive.writestr(entry, _markdown(conversation, tree), zipfile.ZIP_DEFLATED)


async def _read(user_id: str, conversation_id: str) -> tuple[Conversation, list[Message]]:
    async with database.read() as session:
        conversation = await conversations.get_conversation(session, user_id=user_id, conversation_id=conversation_id)
        return conversation, await messages.list_tree(session, user_id=user_id, conversation_id=conversation_id)


async def _read_all(user_id: str) -> AsyncGenerator[tuple[Conversation, list[Message]]]:
    async with database.read() as session:
        everything = await conversations.list_all(session, user_id=user_id)
    for start in range(0, len(everything), _BATCH):
        batch = everything[start : start + _BATCH]
        async with database.read() as session:
            ids = [conversation.id for conversation in batch]
            trees_of = await messages.list_trees(session, user_id=user_id, conversation_ids=ids)
        for conversation in batch:
            yield conversation, trees_of.get(conversation.id, [])


def _file_stem(title: str) -> str:
    """Return a title as the beginning of a file's name."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_NAME_CHARS].rstrip("-")
    return plain or "conversation"


def _json(documents: Sequence[dict[str, Any]]) -> bytes:
    whole = {"format": _FORMAT, "version": _VERSION, "exported_at": clock.now().isoformat(), "conversations": documents}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _document(conversation: Conversation, tree: Sequence[Message]) -> dict[str, Any]:
    """Return a conversation with all its versions; `shown` is the message at the end of the shown branch."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "model": conversation.model,
        "created_at": conversation.created_at.isoformat(),
        "touched_at": conversation.touched_at.isoformat(),
        "pinned": conversation.pinned_at is not None,
        "archived": conversation.archived_at is not None,
        "shown": conversation.leaf_id,
        "messages": [
            {
                "id": message.id,
                "parent_id": message.parent_id,
                "role": message.role,
                "text": message.text,
                "reasoning": message.reasoning,
                "status": message.status,
                "error": message.error,
                "model": message.model,
                "created_at": message.created_at.isoformat(),
            }
            for message in tree
        ],
    }


def _markdown(conversation: Conversation, tree: Sequence[Message]) -> str:
    """Return the shown branch; texts stand as they were written, since they are Markdown themselves."""
    parts = [f"# {conversation.title}", f"*{conversation.created_at:%Y-%m-%d %H:%M} UTC*"]
    for message in trees.branch(tree, conversation.leaf_id):
        parts += [f"## {_speaker(message)}", message.text]
        if message.status != "complete":
            parts.append(f"*({message.status})* {message.error}".rstrip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _speaker(message: Message) -> str:
    if message.role == "user":
        return "You"
    return f"Assistant ({message.model})" if message.model else "Assistant"
