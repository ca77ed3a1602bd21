"""What every call of a tool gets besides its arguments."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ToolContext:
    """Who calls, from where. `zone` is the IANA zone in which times without an offset are meant.

    `tool_call_id` names the record of the call, `message_id` the answer that makes it.
    """

    user_id: str
    zone: str
    conversation_id: str
    message_id: str
    tool_call_id: str
    question_id: str | None = None
