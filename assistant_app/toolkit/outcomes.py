"""How a call ends: a result, a request to call again with better arguments, or a failure; and what it would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Ref = tuple[str, str]  # An object's kind and id.
NO_DATA: Mapping[str, Any] = {}


@dataclass(frozen=True)
class ToolResult:
    """What a call did or found.

    `summary` is the one line that the person reads on the card. `data` is what the model reads besides, as JSON.
    `shown` are the objects that the answer lists, in order; `touched` those that were changed. Both are what "it" and
    "the first two" can mean from then on.
    """

    summary: str
    data: Mapping[str, Any] = field(default_factory=lambda: NO_DATA)
    shown: Sequence[Ref] = ()
    touched: Sequence[Ref] = ()


@dataclass(frozen=True)
class Preview:
    """What a call would do, said before it is done.

    `summary` is for the person: "Delete task 12 “doctor appointment”". `arguments` mean exactly that, later as well:
    words that name an object have become its number, and times have their offset. `touched` are the objects.
    """

    summary: str
    arguments: Mapping[str, Any] = field(default_factory=lambda: NO_DATA)
    touched: Sequence[Ref] = ()


class RetryTool(Exception):  # noqa: N818 - it asks for something, as an error would not
    """The arguments do not fit; the model shall call again with better ones, or ask the user.

    `candidates` are the objects that could have been meant, as the model and the page show them.
    """

    def __init__(
        self, message: str, *, candidates: Sequence[Mapping[str, Any]] = (), offered: Sequence[Ref] = ()
    ) -> None:
        """Keep what can be chosen from beside the sentence."""
        super().__init__(message)
        self.candidates = candidates
        self.offered = offered


class ToolFailed(Exception):  # noqa: N818 - as above
    """The tool could not do it, and calling again will not help; the sentence is for the user."""
