"""What each user decided for each tool: auto, ask or off."""

from typing import Literal, get_args

from assistant_app import bus
from assistant_app.errors import InvalidInputError
from assistant_app.models import ToolPolicy
from assistant_app.repositories import database
from assistant_app.repositories import tool_calls as queries

TOPIC = "policies"
Policy = Literal["auto", "ask", "off"]
POLICIES: tuple[Policy, ...] = get_args(Policy)


async def list_policies(*, user_id: str) -> dict[str, Policy]:
    """Return what the user decided, by the tool's name; the defaults hold for all others."""
    async with database.read() as session:
        found = await queries.list_policies(session, user_id=user_id)
    return {tool: policy for tool, policy in found.items() if policy in POLICIES}  # pyright: ignore[reportReturnType]


async def set_policy(*, user_id: str, tool: str, policy: str) -> None:
    """Decide for a tool."""
    if policy not in POLICIES:
        raise InvalidInputError(f"A tool can be set to {', '.join(POLICIES)}, not to {policy!r}.")
    async with database.write() as session:
        await session.merge(ToolPolicy(user_id=user_id, tool=tool, policy=policy))
    bus.publish(user_id, TOPIC)
