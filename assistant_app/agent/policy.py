"""Which tools a model is offered, and which calls need a person's yes."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.llm.base import ToolSpec
from assistant_app.services import tool_policies
from assistant_app.services.tool_policies import Policy
from assistant_app.toolkit.tool import Effect, Tool
from assistant_app.tools import TOOLS

_DEFAULTS: Mapping[Effect, Policy] = {"read": "auto", "write": "auto", "delete": "ask", "send": "ask"}
# What is gone, or has left the house, is worth a question each time.
_CHOICES: Mapping[Effect, tuple[Policy, ...]] = {
    "read": ("auto", "ask", "off"),
    "write": ("auto", "ask", "off"),
    "delete": ("ask", "off"),
    "send": ("ask", "off"),
}
_BY_NAME: Mapping[str, Tool] = {tool.name: tool for tool in TOOLS}


@dataclass(frozen=True)
class ToolSetting:
    """A tool as Settings > Tools shows it."""

    name: str
    title: str
    subject: str
    effect: Effect
    policy: Policy
    choices: tuple[Policy, ...]
    is_default: bool


def find_tool(name: str) -> Tool | None:
    """Return the tool of this name."""
    return _BY_NAME.get(name)


async def read_policies(user_id: str) -> dict[str, Policy]:
    """Return what holds for each tool: the user's decision, else the default of its effect."""
    decided = await tool_policies.list_policies(user_id=user_id)
    return {
        tool.name: decided[tool.name] if decided.get(tool.name) in _CHOICES[tool.effect] else _DEFAULTS[tool.effect]
        for tool in TOOLS
    }


def unattended(policies: Mapping[str, Policy]) -> dict[str, Policy]:
    """Return what holds while nobody sits there: only what reads runs by itself, whatever was decided."""
    return {
        name: "ask" if decided == "auto" and _BY_NAME[name].effect != "read" else decided
        for name, decided in policies.items()
    }


def offered(policies: Mapping[str, Policy]) -> list[ToolSpec]:
    """Return the tools that a model is told of: all that are not off."""
    return [
        ToolSpec(tool.name, tool.description, dict(tool.parameters))
        for tool in TOOLS
        if policies.get(tool.name) != "off"
    ]


async def list_settings(*, user_id: str) -> list[ToolSetting]:
    """Return every tool with what holds for it, in the order of the tools."""
    policies = await read_policies(user_id)
    return [
        ToolSetting(
            name=tool.name,
            title=tool.title,
            subject=tool.subject,
            effect=tool.effect,
            policy=policies[tool.name],
            choices=_CHOICES[tool.effect],
            is_default=policies[tool.name] == _DEFAULTS[tool.effect],
        )
        for tool in TOOLS
    ]


async def set_policy(*, user_id: str, tool: str, policy: str) -> None:
    """Decide for a tool; what deletes or sends always asks, unless it is off."""
    known = find_tool(tool)
    if known is None:
        raise NotFoundError("There is no such tool.")
    if policy not in _CHOICES[known.effect]:
        raise InvalidInputError(
            f"“{known.title}” always asks first, so that nothing is lost by mistake. Or turn it off."
        )
    await tool_policies.set_policy(user_id=user_id, tool=tool, policy=policy)
