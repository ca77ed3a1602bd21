"""Reads a wish by its parts: its verb tells what may be wanted, and what is said beside it which of that it is."""

import functools
from collections.abc import Iterator

from assistant_app.llm.builtin.intents.adding import EVENT_NOUNS
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.loosely.changes import change_readings
from assistant_app.llm.builtin.loosely.framing import unfilled
from assistant_app.llm.builtin.loosely.looks import look_readings
from assistant_app.llm.builtin.loosely.news import new_readings
from assistant_app.llm.builtin.loosely.words import DEEDS, Deed
from assistant_app.llm.builtin.readings import Place, Reading
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.spelling import corrected

_MOST_WORDS = 40


def loose_readings(sentence: Sentence, place: Place, *, only_reads: bool = False) -> Iterator[Reading]:
    """Return what a wish can mean by its parts, the surest first."""
    text = unfilled(sentence.text)
    bare = Sentence(text)
    if not bare.words or len(bare.words) > _MOST_WORDS:
        return
    deeds, verb, rest = _deeds(bare)
    if not only_reads and deeds:
        yield from change_readings(deeds, rest, place)
        yield from new_readings(deeds, verb, rest, place)
    yield from look_readings(bare, place)


def _deeds(sentence: Sentence) -> tuple[tuple[Deed, ...], str, Sentence]:
    """Return what the verb at the beginning can stand for, the verb, and what is behind it."""
    for count in (3, 2, 1):
        verb = " ".join(sentence.words[:count])
        if len(sentence.words) >= count and verb in DEEDS:
            return DEEDS[verb], verb, sentence.after(len(verb) + 1)
    own = sentence.words[0] in EVENT_NOUNS | ERRANDS  # "Lunch" is no slip of "punch".
    first = sentence.words[0] if own else corrected(sentence.words[0], _known_verbs())
    if first != sentence.words[0] and first in DEEDS:
        return DEEDS[first], first, sentence.after(len(sentence.words[0]) + 1)
    return (), "", sentence


@functools.cache
def _known_verbs() -> frozenset[str]:
    return frozenset(verb for verb in DEEDS if len(verb) > 4 and " " not in verb)
