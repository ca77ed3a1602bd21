"""Searching titles and messages while one types."""

from dataclasses import dataclass
from datetime import datetime

from assistant_app.repositories import database
from assistant_app.repositories import search as queries
from assistant_app.services import snippets, texts
from assistant_app.services.snippets import SnippetPart

__all__ = ["SearchResult", "SnippetPart", "search"]


@dataclass(frozen=True)
class SearchResult:
    """A conversation whose title matches, or a message that does; `message_id` is None for a title.

    `snippet` is the part of the text around the match, in pieces of which some are the match; for a title, the title.
    """

    conversation_id: str
    title: str
    message_id: str | None
    snippet: tuple[SnippetPart, ...]
    at: datetime


async def search(*, user_id: str, query: str, limit: int = 20) -> list[SearchResult]:
    """Return conversations by title, then messages that have all the words, newest first; the last word may go on.

    What lies in the trash is left out. Case and diacritics make no difference.
    """
    words = snippets.words_of(query)
    if not words:
        return []
    plain = snippets.fold(texts.one_line(query))
    async with database.read() as session:
        candidates = await queries.list_title_candidates(session, user_id=user_id, plain=plain)
        titles = [hit for hit in candidates if plain in snippets.fold(hit.title)][:limit]
        hits = await queries.list_messages(session, user_id=user_id, words=words, limit=limit - len(titles))
    found = [
        SearchResult(hit.conversation_id, hit.title, None, snippets.cut(hit.title, words), hit.at) for hit in titles
    ]
    return found + [
        SearchResult(hit.conversation_id, hit.title, hit.message_id, snippets.cut(hit.text, words), hit.at)
        for hit in hits
    ]
