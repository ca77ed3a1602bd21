"""A small language for phrases, so that what is understood reads as data.

`what time is it [now] [in {place}]`: brackets are optional, `(a|b)` is a choice, `{place}` takes one or more words.
A phrase matches a whole form, never a part of it: whoever says more than the phrase means more than it.
"""

import functools
import re
from collections.abc import Iterable, Mapping

from assistant_app.llm.builtin.hearing import Heard

_TOKEN = re.compile(r"\{(?P<slot>\w+)\}|(?P<mark>[\[\]()|])|(?P<word>[^\s\[\]()|{}]+)")


def match(heard: Heard, phrases: Iterable[str]) -> Mapping[str, str] | None:
    """Return the words in the slots of the first phrase that fits, an empty mapping if it has none, else None."""
    compiled = [_compile(phrase) for phrase in phrases]
    for form in reversed(heard.forms):  # The barest first, so that no slot ends in "please".
        for pattern in compiled:
            if found := pattern.fullmatch(f" {form}"):
                return {name: value.strip() for name, value in found.groupdict(default="").items() if value}
    return None


@functools.cache
def _compile(phrase: str) -> re.Pattern[str]:
    """Turn a phrase into a pattern over a form with a blank in front: every word brings the blank before it."""
    parts: list[str] = []
    for token in _TOKEN.finditer(phrase):
        if token["slot"]:
            parts.append(rf"(?P<{token['slot']}>(?: \S+)+?)")
        elif token["word"]:
            parts.append(rf"[ ,]*(?<![^ ,]){re.escape(token['word'])}(?![^ ,])")
        else:
            parts.append({"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}[token["mark"]])
    return re.compile("".join(parts))
