"""Conversations as files to keep: Markdown to read, JSON with everything."""

import asyncio
import io
import json
import re
import zipfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant_app import clock
from assistant_app.models import Conversation, Message, ToolCall
from assistant_app.repositories import conversations, database, messages, tool_calls
from assistant_app.services import texts, trees

Form = Literal["md", "json"]

_NAME_CHARS = 60
_BATCH = 40  # Conversations that are read at once, which others wait for.
_FORMAT = "steward-conversations"
_VERSION = 1
_MEDIA_TYPES = {"md": "text/markdown; charset=utf-8", "json": "application/json"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # A zip knows no time before this one, which makes equal exports equal files.


@dataclass(frozen=True)
class _Talk:
    """A conversation with all that was said and done in it; calls by the answer that made them."""

    conversation: Conversation
    tree: Sequence[Message]
    calls: Mapping[str, Sequence[ToolCall]]


@dataclass(frozen=True)
class Export:
    """A file to download; the name is plain ASCII, without anything that a file system minds."""

    filename: str
    media_type: str
    body: bytes


async def export_conversation(*, user_id: str, conversation_id: str, form: Form) -> Export:
    """Return one conversation: its shown branch as Markdown, or its whole tree as JSON."""
    talk = await _read(user_id, conversation_id)
    body = _json([_document(talk)]) if form == "json" else _markdown(talk).encode()
    return Export(f"{_file_stem(talk.conversation.title)}.{form}", _MEDIA_TYPES[form], body)


async def export_all(*, user_id: str, form: Form) -> Export:
    """Return every conversation that is not in the trash: a zip of Markdown files, or one JSON document."""
    name = f"steward-{clock.now():%Y-%m-%d}"
    if form == "json":
        documents = [_document(talk) async for talk in _read_all(user_id)]
        # Years of conversations take a second to write out, in which others want to be served.
        return Export(f"{name}.json", _MEDIA_TYPES[form], await asyncio.to_thread(_json, documents))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        async for talk in _read_all(user_id):
            await asyncio.to_thread(_pack, archive, talk)
    return Export(f"{name}.zip", "application/zip", held.getvalue())


def _pack(archive: zipfile.ZipFile, talk: _Talk) -> None:
    entry = zipfile.ZipInfo(f"{len(archive.filelist) + 1:05}-{_file_stem(talk.conversation.title)}.md", _EARLIEST)
    archive.writestr(entry, _markdown(talk), zipfile.ZIP_DEFLATED)


async def _read(user_id: str, conversation_id: str) -> _Talk:
    async with database.read() as session:
        conversation = await conversations.get_conversation(session, user_id=user_id, conversation_id=conversation_id)
        tree = await messages.list_tree(session, user_id=user_id, conversation_id=conversation_id)
        calls = await tool_calls.list_calls_in(session, user_id=user_id, conversation_ids=[conversation_id])
    return _Talk(conversation, tree, calls)


async def _read_all(user_id: str) -> AsyncGenerator[_Talk]:
    async with database.read() as session:
        everything = await conversations.list_all(session, user_id=user_id)
    for start in range(0, len(everything), _BATCH):
        batch = everything[start : start + _BATCH]
        async with database.read() as session:
            ids = [conversation.id for conversation in batch]
            trees_of = await messages.list_trees(session, user_id=user_id, conversation_ids=ids)
            calls = await tool_calls.list_calls_in(session, user_id=user_id, conversation_ids=ids)
        for conversation in batch:
            yield _Talk(conversation, trees_of.get(conversation.id, []), calls)


def _file_stem(title: str) -> str:
    """Return a title as the beginning of a file's name."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_NAME_CHARS].rstrip("-")
    return plain or "conversation"


def _json(documents: Sequence[dict[str, Any]]) -> bytes:
    whole = {"format": _FORMAT, "version": _VERSION, "exported_at": clock.now().isoformat(), "conversations": documents}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _document(talk: _Talk) -> dict[str, Any]:
    """Return a conversation with all its versions; `shown` is the message at the end of the shown branch."""
    conversation = talk.conversation
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
                "calls": [_call(call) for call in talk.calls.get(message.id, ())],
            }
            for message in talk.tree
        ],
    }


def _call(call: ToolCall) -> dict[str, Any]:
    """Return what was asked of a tool, and what came of it."""
    return {
        "tool": call.tool,
        "arguments": json.loads(call.arguments),
        "result": json.loads(call.result),
        "summary": call.summary,
        "status": call.status,
        "started_at": call.started_at.isoformat(),
    }


def _markdown(talk: _Talk) -> str:
    """Return the shown branch; texts stand as they were written, since they are Markdown themselves."""
    conversation = talk.conversation
    parts = [f"# {conversation.title}", f"*{conversation.created_at:%Y-%m-%d %H:%M} UTC*"]
    for message in trees.branch(talk.tree, conversation.leaf_id):
        done = "\n".join(_done(call) for call in talk.calls.get(message.id, ()))
        parts += [f"## {_speaker(message)}", done, message.text]
        if message.status != "complete":
            parts.append(f"*({message.status})* {message.error}".rstrip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _done(call: ToolCall) -> str:
    """Return a call as one line; only one that came to nothing says how it ended."""
    said = texts.one_line(call.summary or call.tool)
    return f"- {said}" if call.status == "ok" else f"- {said} *({call.status})*"


def _speaker(message: Message) -> str:
    if message.role == "user":
        return "You"
    return f"Assistant ({message.model})" if message.model else "Assistant"
