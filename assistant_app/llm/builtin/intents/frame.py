"""One row of the tables: phrases that mean the same act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Act = Literal[
    "add", "add_list", "agenda", "ahead", "alert", "clear", "complete", "delete", "delete_list", "last", "list", "move",
    "note", "place", "prioritise", "rename", "reopen", "shift", "snooze", "steady", "undo", "undue", "unlist",
]  # fmt: skip
# The acts that only read; every other one changes something.
READS: frozenset[Act] = frozenset({"agenda", "list"})


@dataclass(frozen=True)
class Frame:
    """Phrases for an act; `weight` is how sure they are, `fixed` holds what the words say beside their slots."""

    act: Act
    phrases: tuple[str, ...]
    kind: str = ""
    weight: float = 1.0
    fixed: Mapping[str, str] = field(default_factory=dict[str, str])


def frame(act: Act, *phrases: str, kind: str = "", weight: float = 1.0, **fixed: str) -> Frame:
    """Return a row of a table."""
    return Frame(act, phrases, kind, weight, fixed)
