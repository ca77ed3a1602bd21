"""Writes a wish that corrects itself as what is meant at last: "at 5, no, make that 6", "stamps, I mean envelopes"."""

import re

from assistant_app.language.extract import find_phrases
from assistant_app.llm.builtin.moments import Moments

_BREAK = r"[\s,.;:!()…–—-]+"
_MENDING = (
    r"(?:no|nope|sorry|wait|hang on|hold on|oops|whoops|er+|erm|uh|um|hm+|scratch that|my bad|my mistake|correction"
    r"|actually|or rather|rather|i mean|i meant|make that|make it|let's say|let us say|say|better|that is)"
)
_MENDED = re.compile(rf"{_BREAK}(?:{_MENDING}\b{_BREAK})+", re.IGNORECASE)
# Words of which any one word may be taken back, which "no" and "actually" are not: they begin clauses, too.
_MEANT = re.compile(r"\b(?:i mean|i meant|or rather|correction|scratch that)\b", re.IGNORECASE)
_FRONT = r"(?:the |my |a |an |some )?"
_LAST = re.compile(rf"{_FRONT}[\w'’-]+$", re.IGNORECASE)
_ONE = re.compile(rf"{_FRONT}[\w'’-]+(?=\W*$|\s+(?:at|on|to|by|for|in|today|tomorrow|tonight)\b)", re.IGNORECASE)
_MOST = 8  # Nobody corrects a wish more often; every one reads the whole of it again.
_NUMBER = re.compile(r"\d{1,2}(?![\w:.,]*\w)")


def without_corrected(text: str, moments: Moments) -> str:
    """Return a wish with what was taken back in it left out; the text itself if nothing was."""
    marks = list(_MENDED.finditer(text))
    for found in reversed(marks[:_MOST]):
        before, behind = text[: found.start()], text[found.end() :]
        if not before or not behind:
            continue
        text = _time_mended(before, behind, moments) or _word_mended(before, found[0], behind) or text
    return text


def _time_mended(before: str, behind: str, moments: Moments) -> str:
    """Put the time that stands behind in the place of the one right before, if both are times."""
    old = next((each for each in reversed(find_phrases(before, moments.now)) if each.end == len(before)), None)
    end, new = _time_first(behind, moments)
    meant = moments.instead(before[old.start : old.end], new) if old and new else ""
    return f"{before[: old.start]}{meant}{behind[end:]}" if old and meant else ""


def _time_first(text: str, moments: Moments) -> tuple[int, str]:
    """Return the time that a text begins with, a bare number included, and where it ends."""
    if phrases := [each for each in find_phrases(text, moments.now) if each.start == 0]:
        return phrases[0].end, text[: phrases[0].end]
    number = _NUMBER.match(text)
    return (number.end(), f"at {number[0]}") if number else (0, "")


def _word_mended(before: str, mark: str, behind: str) -> str:
    """Put what stands behind in the place of the last word, or begin it anew where its own first word stood."""
    if not _MEANT.search(mark):
        return ""
    first = behind.split(maxsplit=1)[0].strip(",.!").lower()
    again = [found.start() for found in re.finditer(rf"\b{re.escape(first)}\b", before, re.IGNORECASE)]
    if again and first not in ("the", "a", "an", "my"):
        return f"{before[: again[-1]]}{behind}"
    last = _LAST.search(before)
    return f"{before[: last.start()]}{behind}" if last and last.start() and _ONE.match(behind) else ""
