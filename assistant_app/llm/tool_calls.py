"""Puts the pieces of streamed tool calls together, and parses them only when the stream is complete."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from assistant_app.llm.base import ToolCallRequested


class BrokenCallError(ValueError):
    """The arguments of a call are no JSON object: the call must not run."""


@dataclass
class _Call:
    index: int
    id: str
    name: str = ""
    arguments: str = ""


class CallAssembler:
    """Collects deltas by index and id: some servers give every call the index 0, others send the id only once."""

    def __init__(self) -> None:
        """Start without any call."""
        self._calls: list[_Call] = []

    def __bool__(self) -> bool:
        """Tell whether any piece of a call came."""
        return bool(self._calls)

    def add(self, deltas: Iterable[Any]) -> None:
        """Take the `tool_calls` of one chunk."""
        for delta in deltas:
            call = self._find(int(delta.index or 0), str(delta.id or ""))
            if delta.function is not None:
                call.name = call.name or str(delta.function.name or "")
                call.arguments += str(delta.function.arguments or "")

    def _find(self, index: int, call_id: str) -> _Call:
        for call in reversed(self._calls):
            if call.index == index and (not call_id or call.id in ("", call_id)):
                call.id = call.id or call_id
                return call
        self._calls.append(_Call(index, call_id))
        return self._calls[-1]

    def finish(self) -> list[ToolCallRequested]:
        """Parse all calls; raises BrokenCallError if any of them is incomplete."""
        return [_parsed(call, number) for number, call in enumerate(self._calls)]


def _parsed(call: _Call, number: int) -> ToolCallRequested:
    try:
        arguments = json.loads(call.arguments or "{}")
    except json.JSONDecodeError as error:
        raise BrokenCallError(str(error)) from error
    if not isinstance(arguments, dict) or not call.name:
        raise BrokenCallError("a call needs a name and an object of arguments")
    return ToolCallRequested(call.id or f"call_{number}", call.name, cast("dict[str, Any]", arguments))
