"""The vocabulary of loose readings, from the file beside it: verbs by what is to be done, nouns by their objects."""

import tomllib
from importlib import resources
from typing import Literal, get_args

from assistant_app.llm.base import ThingKind

Deed = Literal["add", "schedule", "remind", "complete", "delete", "clear", "move", "rename", "reopen", "snooze", "look"]

_GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    group: {name: tuple(" ".join(word.split()) for word in words.split(",")) for name, words in names.items()}
    for group, names in tomllib.loads(
        resources.files("assistant_app.llm.builtin.loosely").joinpath("words.toml").read_text("utf-8")
    ).items()
}


def _deeds() -> dict[str, tuple[Deed, ...]]:
    found: dict[str, tuple[Deed, ...]] = {}
    for deed in get_args(Deed):
        for verb in _GROUPS["verbs"][deed]:
            found[verb] = (*found.get(verb, ()), deed)
    return found


def _nouns() -> dict[str, ThingKind]:
    return {noun: kind for kind in get_args(ThingKind) for noun in _GROUPS["nouns"].get(kind, ())}


DEEDS = _deeds()
NOUNS = _nouns()
TELLING = frozenset(_GROUPS["telling"]["words"])
ADJECTIVES = frozenset(_GROUPS["adjectives"]["words"])
RHYTHMS = frozenset(_GROUPS["rhythms"]["words"])
LINKS = _GROUPS["links"]["words"]
EVENT_LINKS = frozenset(_GROUPS["event_links"]["words"])
BULK = {name: frozenset(words) for name, words in _GROUPS["bulk"].items()}
LOOKS = {name: frozenset(words) for name, words in _GROUPS["looks"].items()}
