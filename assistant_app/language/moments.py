"""Reads a text that is nothing but a phrase of time, such as the answer to "when?"."""

from datetime import datetime

from assistant_app.language.phrases import read_phrase
from assistant_app.language.scene import scene_at
from assistant_app.language.settling import settle
from assistant_app.language.tokens import skip_any, tokenize, word_at
from assistant_app.language.when import When

__all__ = ["When", "read_when"]

_FILLERS = frozenset({
    "please", "pls", "maybe", "perhaps", "ok", "okay", "yes", "sure", ",", ".", "!", "thanks", "let's", "say", "make",
    "it", "do", "how", "?", "then", "well", "uh", "um", "so", "the", "how's", "and", "to", "just", "hmm",
})  # fmt: skip
_VAGUE = frozenset({
    "later", "soon", "asap", "sometime", "some", "time", "whenever", "eventually", "a", "bit", "in", "while", "at",
    "point", "one", "day", "other", "as", "possible", "next",
})  # fmt: skip
_WHEN = "When exactly? A day or a time is missing."
_LONGEST = 200


def read_when(text: str, now: datetime) -> When | None:
    """Return what a whole text means as a time, seen from `now` (aware, in the person's zone)."""
    if len(text) > _LONGEST:
        return None
    tokens, scene = tokenize(text), scene_at(now)
    if {token.word for token in tokens} in ({"now"}, {"right", "now"}):
        return When(scene.now.date(), scene.now.time())
    for start in sorted({0, skip_any(tokens, 0, _FILLERS)}):
        found = read_phrase(tokens, start, scene)
        if found and skip_any(tokens, found.end, _FILLERS) == len(tokens):
            return settle(found.value, scene)
    if tokens and len(tokens) <= 5 and word_at(tokens, 0) and all(token.word in _VAGUE for token in tokens):
        return When(unclear=_WHEN)
    return None
