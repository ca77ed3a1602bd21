"""What happens at a time of day by itself: dinner at 7 is in the evening, and nobody wakes up at 6 in the afternoon."""

from dataclasses import replace
from datetime import time

from assistant_app.language.hours import read_hours
from assistant_app.language.phrases import Draft
from assistant_app.language.tokens import Tokens

_OCCASIONS = {
    "dinner": "evening", "supper": "evening", "nightcap": "evening", "bedtime": "evening", "bed": "evening",
    "breakfast": "morning", "wake": "morning", "sunrise": "morning",
    **dict.fromkeys(
        ("drinks", "cocktails", "concert", "gig", "theatre", "theater", "opera", "ballet", "cinema", "movie", "movies",
         "pub", "karaoke", "nightclub", "fireworks", "reservation"),
        "night",
    ),
}  # fmt: skip
# The hours that are read the other way round then.
_MEANT_OTHERWISE = {
    "evening": (time(6), time(11, 59)), "night": (time(6), time(9, 59)), "morning": (time(16), time(18, 59)),
}  # fmt: skip


def by_occasion(tokens: Tokens, draft: Draft) -> Draft:
    """Return the draft with a time that says no half of the day read by what it is the time of."""
    part = next((_OCCASIONS[token.word] for token in tokens if token.word in _OCCASIONS), "")
    if not part or not draft.hours or draft.part or draft.hours.part:
        return draft
    first, last = _MEANT_OTHERWISE[part]
    again = read_hours(tokens, draft.hours_at, part)
    if again is None or not first <= draft.hours.start <= last:
        return draft
    return replace(draft, hours=replace(again.value, part=""))
