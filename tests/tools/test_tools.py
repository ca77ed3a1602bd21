"""What holds for all tools."""

import json
from typing import Any

import pytest

from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import RetryTool
from assistant_app.toolkit.tool import Tool
from assistant_app.tools import TOOLS

CTX = ToolContext("usr_ada", "Europe/Berlin", "cnv_1", "msg_2", "cal_1", "msg_1")
EFFECTS = {
    "add_task": "write",
    "list_tasks": "read",
    "update_task": "write",
    "complete_task": "write",
    "reopen_task": "write",
    "delete_task": "delete",
    "clear_tasks": "delete",
    "add_list": "write",
    "delete_list": "delete",
    "add_reminder": "write",
    "list_reminders": "read",
    "update_reminder": "write",
    "skip_reminder": "write",
    "snooze_reminder": "write",
    "delete_reminder": "delete",
    "add_event": "write",
    "list_events": "read",
    "move_event": "write",
    "update_event": "write",
    "delete_event": "delete",
    "list_agenda": "read",
    "add_schedule": "write",
    "list_schedules": "read",
    "change_schedule": "write",
    "pause_schedule": "write",
    "resume_schedule": "write",
    "run_schedule": "write",
    "delete_schedule": "delete",
    "undo": "write",
}
ALL = pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)


def test_every_tool_has_its_effect() -> None:
    assert {tool.name: tool.effect for tool in TOOLS} == EFFECTS
    assert len(TOOLS) == len(EFFECTS)


def test_every_title_is_its_own() -> None:
    assert len({tool.title for tool in TOOLS}) == len(TOOLS)


@ALL
def test_schema_is_plain_and_describes_every_parameter(tool: Tool) -> None:
    schema: dict[str, Any] = json.loads(json.dumps(tool.parameters))
    assert set(schema) <= {"type", "properties", "required", "additionalProperties"}
    assert (schema["type"], schema["additionalProperties"]) == ("object", False)
    assert set(schema.get("required", [])) <= set(schema["properties"])
    for entry in schema["properties"].values():
        assert set(entry) <= {"type", "description", "enum", "minLength", "maxLength", "minimum", "maximum"}
        assert entry["type"] in ("string", "integer", "boolean")
        assert entry["description"].endswith((".", "?"))
        assert entry["type"] != "string" or "maxLength" in entry or "enum" in entry


@ALL
def test_description_tells_when_to_use_it(tool: Tool) -> None:
    assert 20 < len(tool.description) < 300
    assert tool.description.endswith(".")


@ALL
async def test_unknown_argument_is_refused_before_anything_is_looked_up(tool: Tool) -> None:
    with pytest.raises(RetryTool, match=f"The arguments of {tool.name} do not fit.*surprise"):
        await tool(CTX, {"surprise": 1})
    with pytest.raises(RetryTool, match="surprise"):
        await tool.preview(CTX, {"surprise": 1})


@ALL
async def test_missing_argument_is_named(tool: Tool) -> None:
    required = tool.parameters.get("required", [])
    if required:
        with pytest.raises(RetryTool, match=f"{required[0]}: Field required"):
            await tool(CTX, {})
