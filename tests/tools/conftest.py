"""A person in Berlin on a Wednesday morning, and a way to call tools for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
import pytest_asyncio
import time_machine

from assistant_app import models
from assistant_app.ids import new_id
from assistant_app.repositories.database import Database
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import Preview, ToolResult
from assistant_app.tools import TOOLS
from tests.conftest import add_user

MORNING = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # A Wednesday; 10:00 in Berlin.
BY_NAME = {tool.name: tool for tool in TOOLS}


class Call(Protocol):
    """Calls a tool by its name."""

    async def __call__(self, name: str, /, **arguments: Any) -> ToolResult:
        """Return its result; `from_` stands for `from`."""
        ...


class Ask(Protocol):
    """Previews a call of a tool by its name."""

    async def __call__(self, name: str, /, **arguments: Any) -> Preview:
        """Return its preview."""
        ...


@pytest.fixture(autouse=True)
def morning() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest_asyncio.fixture
async def berliner(db: Database) -> models.User:
    """A person who lives by the clocks of Berlin."""
    return await add_user("carla", zone="Europe/Berlin")


@pytest.fixture
def ctx(berliner: models.User) -> ToolContext:
    """A call by the answer to what they said."""
    return ToolContext(berliner.id, berliner.zone, "cnv_1", "msg_answer", "cal_1", "msg_question")


@pytest.fixture
def call(ctx: ToolContext) -> Call:
    """Call a tool as a new call of the same answer."""

    async def call_tool(name: str, /, **arguments: Any) -> ToolResult:
        place = replace(ctx, tool_call_id=new_id("cal"))
        return await BY_NAME[name](place, {key.rstrip("_"): value for key, value in arguments.items()})

    return call_tool


@pytest.fixture
def ask(ctx: ToolContext) -> Ask:
    """Preview a call of a tool."""

    async def preview_tool(name: str, /, **arguments: Any) -> Preview:
        return await BY_NAME[name].preview(ctx, {key.rstrip("_"): value for key, value in arguments.items()})

    return preview_tool
