"""The search dialog: titles and messages, while one types."""

from dataclasses import dataclass

import reflex as rx

from assistant_app.services import search
from assistant_app.services.search import SearchResult
from assistant_app.ui.session import user_of

_MOST_CHARS = 200


@dataclass(frozen=True)
class Part:
    """A piece of a snippet; `is_match` marks what was looked for."""

    text: str
    is_match: bool


@dataclass(frozen=True)
class Found:
    """One result."""

    key: str
    conversation_id: str
    message_id: str
    title: str
    parts: list[Part]
    at: str


class SearchState(rx.State):
    """What was looked for, and what was found."""

    is_open: bool = False
    query: str = ""
    results: list[Found] = []

    @rx.event
    async def open_dialog(self) -> None:
        """Open the dialog, with the last search still in it."""
        self.is_open = True

    @rx.event
    async def set_open(self, is_open: bool) -> None:
        """Follow the dialog when it closes itself."""
        self.is_open = is_open

    @rx.event
    async def look(self, query: str) -> None:
        """Search for what is typed so far."""
        self.query = query[:_MOST_CHARS]
        found = await search.search(user_id=await user_of(self), query=self.query) if self.query.strip() else []
        self.results = [_found(hit) for hit in found]

    @rx.event
    async def go(self, conversation_id: str, message_id: str) -> rx.event.EventSpec:
        """Open what was found, at the message."""
        self.is_open = False
        at = f"?m={message_id}" if message_id else ""
        return rx.redirect(f"/c/{conversation_id}{at}")


def _found(hit: SearchResult) -> Found:
    message_id = hit.message_id or ""
    return Found(
        key=f"{hit.conversation_id}{message_id}",
        conversation_id=hit.conversation_id,
        message_id=message_id,
        title=hit.title,
        parts=[Part(part.text, part.is_match) for part in hit.snippet] if message_id else [],
        at=hit.at.isoformat(),
    )
