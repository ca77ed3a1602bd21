"""The runs of schedules: what one made."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Made:
    """What a run brings. `kind` is that of the inbox item; `cost` is in US dollars.

    With the state `waiting`, the answer `message_id` goes on when what it asked for is approved or denied.
    """

    state: Literal["ok", "empty", "partial", "waiting"]
    title: str
    text: str = ""
    why: str = ""
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    cost: float = 0.0
    kind: str = "result"
    conversation_id: str = ""
    message_id: str = ""
