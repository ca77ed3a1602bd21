"""Searches the user's past chats, and answers with quotes and links."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from assistant_app.llm.base import CallInfo, SearchHit
from assistant_app.llm.builtin.grammar import match
from assistant_app.llm.builtin.hearing import Heard

_CHATS = (
    "[all] [of] [my|our|the|any] [old|past|previous|earlier|other] "
    "(chats|chat|conversations|conversation|messages|message|history|discussions|discussion)"
)
_ASKED = (
    (
        "what (did|have) (i|we|you) [ever|already] (say|said|write|written|wrote|ask|asked|tell you|told you|mention"
        "|mentioned|discuss|discussed|talk|talked|note|noted) [to you|here] (about|on|regarding|concerning) {topic}"
    ),
    "what have (i|we) (said|talked|written|discussed) about {topic}",
    (
        "(did|have) (i|we) [ever|already] (say|said|write|written|ask|asked|talk|talked|speak"
        "|spoken|chat|chatted|tell you"
        "|told you) [something|anything] about {topic}"
    ),
    "(did|have) (i|we) [ever|already] (mention|mentioned|discuss|discussed) {topic}",
    (
        "(where|when) did (i|we) [last|first|ever] (talk|write|speak|chat|ask|say (something"
        "|anything)|tell you) about {topic}"
    ),
    "(where|when) did (i|we) [last|first|ever] (mention|discuss) {topic}",
    (
        "do you remember (what (i|we) (said|wrote|talked|discussed) about|(our|the|my) (chat|conversation|discussion)"
        " about|when (i|we) talked about) {topic}"
    ),
    (
        f"(find|search|show|open|list|look for|look up|get|pull up|locate) [me] {_CHATS}"
        " (about|on|for|with|mentioning|regarding|containing|where (i|we) (talked|spoke|wrote) about"
        "|where (i|we) (mentioned|discussed)) {topic}"
    ),
    f"(search|look) (in|through) {_CHATS} for {{topic}}",
    f"(search|look|find) [for] {{topic}} (in|through|across) {_CHATS}",
    "(find|search|look) [for] what (i|we) (said|wrote|discussed) about {topic}",
    f"which {_CHATS} (was|is|are|were) about {{topic}}",
    "search [for] {topic}",
)
# What looks like a search and means another place.
_ELSEWHERE = re.compile(
    r"\b(?:web|internet|online|google|wikipedia|youtube|news|amazon|files?|mails?|e-?mails?|inbox|documents?)\b"
)
_MOST = 5
_LONGEST_QUOTE = 280
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~$])")


async def understand(heard: Heard, call: CallInfo) -> str | None:
    """Answer a question for what was said before."""
    found = match(heard, _ASKED)
    if not found or _ELSEWHERE.search(found["topic"]):
        return None
    topic = found["topic"].strip(" \"'?!.,").removeprefix("the ").removeprefix("my ")
    if not topic:
        return None
    if call.surroundings.search is None:
        return "I cannot look into past chats from here."
    hits = [hit for hit in await call.surroundings.search(topic) if hit.conversation_id != call.conversation_id]
    if not hits:
        return f"I found nothing about “{_plain(topic)}” in your past chats."
    return _listed(topic, hits, call.surroundings.zone)


def _listed(topic: str, hits: Sequence[SearchHit], zone: str) -> str:
    chats: dict[str, list[SearchHit]] = {}
    for hit in hits:
        chats.setdefault(hit.conversation_id, []).append(hit)
    shown = [_chat(found, zone) for found in list(chats.values())[:_MOST]]
    count = "one past chat" if len(chats) == 1 else f"{len(chats)} past chats"
    more = "" if len(chats) <= _MOST else f" Here are the best {_MOST}."
    return f"I found “{_plain(topic)}” in {count}.{more}\n\n" + "\n\n".join(shown)


def _chat(hits: Sequence[SearchHit], zone: str) -> str:
    first = hits[0]
    day = first.at.astimezone(ZoneInfo(zone))
    quotes = dict.fromkeys(_plain(hit.snippet)[:_LONGEST_QUOTE] for hit in hits[:2] if hit.snippet.strip())
    lines = [f"**[{_plain(first.title)}](/c/{first.conversation_id})**, {day.day} {day:%B} {day.year}"]
    return "\n".join(lines + [f"> {quote}" for quote in quotes])


def _plain(text: str) -> str:
    """Return text on one line that Markdown shows as it is."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
