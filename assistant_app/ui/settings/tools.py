"""What the assistant may do by itself, what it asks for first, and what it may not."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import reflex as rx

from assistant_app.agent import policy
from assistant_app.agent.policy import ToolSetting, find_tool
from assistant_app.services import tool_policies
from assistant_app.toolkit.tool import Effect
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.parts import panel, skeleton
from assistant_app.ui.settings.saved import saved_note, saving

_EFFECTS: Mapping[Effect, str] = {"read": "Reads", "write": "Changes", "delete": "Deletes", "send": "Sends"}
_HINT = (
    "Auto does it at once, and you can undo it. Ask waits for your yes. Off keeps the assistant from it. "
    "What deletes always asks first."
)
# What models are told speaks of the user; here it is the user who reads.
_TO_THE_READER = (
    (r"\bthe user's\b", "your"),
    (r"\bthe user (want|ask)s\b", r"you \1"),
    (r"\bthe user does\b", "you do"),
    (r"\bthe user\b", "you"),
)


@dataclass(frozen=True)
class ToolRow:
    """One tool; `choices` are the policies that it can have."""

    name: str
    title: str
    about: str
    effect: str
    effect_words: str
    policy: str
    choices: list[str]
    field: str


@dataclass(frozen=True)
class ToolGroup:
    """The tools of one subject."""

    subject: str
    tools: list[ToolRow]


class ToolsState(rx.State):
    """What holds for each tool."""

    groups: list[ToolGroup] = []

    @rx.event
    async def load(self) -> None:
        """Show what holds now."""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show what is decided on another device."""
        await follow_topic(self, tool_policies.TOPIC, self._refresh)

    async def _refresh(self) -> None:
        found = await policy.list_settings(user_id=await user_of(self))
        self.groups = [
            ToolGroup(subject, [_row(setting) for setting in settings])
            for subject, settings in groupby(found, lambda setting: setting.subject)
        ]

    @rx.event
    async def choose(self, tool: str, chosen: str) -> None:
        """Decide for a tool."""
        async with saving(self, field_of(tool)):
            await policy.set_policy(user_id=await user_of(self), tool=tool, policy=chosen)
        await self._refresh()


def field_of(tool: str) -> str:
    """Return the name of the field in which a tool's policy is chosen."""
    return f"tool-{tool}"


def about(description: str) -> str:
    """Return what a tool does, in one sentence to its user: the first of what a model is told."""
    first = re.split(r"[.:] |\.$", description, maxsplit=1)[0]
    for pattern, words in _TO_THE_READER:
        first = re.sub(pattern, words, first)
    return f"{first}."


def _row(setting: ToolSetting) -> ToolRow:
    tool = find_tool(setting.name)
    said = about(tool.description) if tool else ""
    return ToolRow(
        name=setting.name,
        title=setting.title,
        about="" if said == f"{setting.title}." else said,
        effect=setting.effect,
        effect_words=_EFFECTS[setting.effect],
        policy=setting.policy,
        choices=list(setting.choices),
        field=field_of(setting.name),
    )


def tools() -> rx.Component:
    """Show the section."""
    return rx.cond(
        ToolsState.groups.length() > 0,
        rx.fragment(
            rx.el.p(_HINT, class_name="section-hint"),
            rx.foreach(ToolsState.groups, lambda group: rx.fragment(tool_group(group), key=group.subject)),
        ),
        skeleton(),
    )


def tool_group(group: rx.Var[ToolGroup]) -> rx.Component:
    """Show the tools of one subject."""
    return panel(group.subject, rx.el.ul(rx.foreach(group.tools, tool_line), class_name="lines"))


def tool_line(row: rx.Var[ToolRow]) -> rx.Component:
    """Show one tool, and what holds for it."""
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                row.title,
                rx.el.span(row.effect_words, class_name="badge", data_effect=row.effect),
                class_name="line-title",
            ),
            rx.cond(row.about != "", rx.el.p(row.about, class_name="line-facts")),
            saved_note(row.field),
            class_name="line-text",
        ),
        rx.el.fieldset(
            rx.el.legend(row.title, class_name="visually-hidden"),
            rx.foreach(row.choices, lambda choice: policy_choice(row, choice)),
            class_name="segments tool-policy",
        ),
        class_name="line",
        key=row.name,
    )


def policy_choice(row: rx.Var[ToolRow], choice: rx.Var[str]) -> rx.Component:
    """Offer one policy."""
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=row.field,
            value=choice,
            checked=row.policy == choice,
            on_change=ToolsState.choose(row.name, choice),
            class_name="visually-hidden",
        ),
        rx.match(choice, ("auto", "Auto"), ("ask", "Ask"), "Off"),
        class_name="segment",
        key=choice,
    )
