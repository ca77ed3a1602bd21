"""Answers questions about what waits for a yes: what exactly would be deleted, and whether it can be taken back."""

import re

from assistant_app.llm.base import CallInfo
from assistant_app.llm.builtin.hearing import Heard
from assistant_app.llm.builtin.wording import escaped

_GONE = r"(?:deleted?|removed?|cleared?|erased?|gone|cancelled|wiped?|affected|lost)"
_BACK = r"(?:undone|undo|forever|for good|permanent|permanently|back|reversible|recover\w*|restore\w*)"
_ABOUT = re.compile(
    rf"(?:and |but |so |wait )*(?:(?:what|which|how many|how much)\b.*\b(?:would|will|to be|gets?|going to|want to)\b.*"
    rf"\b{_GONE}\b.*|what (?:exactly|is waiting|are you asking|do you need my yes for|should i approve|am"
    rf" i approving)\b.*"
    rf"|(?:will|would|does|is|are|can|could) (?:it|that|this|they|them|these|those|you|i|everything|all"
    rf"|all of them)\b.*"
    rf"\b(?:{_GONE}|{_BACK}|occurrences)\b.*"
    r"|(?:for good|permanently|forever|really all|all of them)|what happens (?:then|if i say yes|after that))"
)
_FINAL = re.compile(
    r"\b(?:for good|forever|permanent\w*|undone|undo|back|reversible|recover\w*|restore\w*|get (?:it|them|that))\b"
)


async def understand(heard: Heard, call: CallInfo) -> str | None:
    """Answer from what waits, if something does."""
    book = call.surroundings.book
    text = heard.forms[0] if heard.forms else ""
    if book is None or not heard.text.rstrip().endswith("?") or not _ABOUT.fullmatch(text):
        return None
    waiting = await book.waiting()
    if not waiting:
        return None
    lines = f"{escaped(waiting[0])}." if len(waiting) == 1 else "\n".join(f"- {escaped(one)}" for one in waiting)
    head = (
        "Nothing has happened yet. After your yes:" if len(waiting) > 1 else "Nothing has happened yet. Your yes would:"
    )
    if _FINAL.search(text):
        lines += "\n\nIt would not be gone for good: *undo that* brings it back, and so does Settings > Activity."
    return f"{head}\n\n{lines}"
