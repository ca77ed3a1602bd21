"""Carries out one call of a tool: by the user's policy at once, after a yes, or not at all; and has it recorded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from assistant_app import clock
from assistant_app.agent.policy import find_tool
from assistant_app.errors import StewardError
from assistant_app.ids import new_id
from assistant_app.llm.base import ToolCallRequested
from assistant_app.services import approvals, tool_calls
from assistant_app.services.approvals import Approved
from assistant_app.services.tool_calls import CallPlace, CallView, NewCall, Outcome
from assistant_app.services.tool_policies import Policy
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import RetryTool, ToolFailed
from assistant_app.toolkit.tool import Tool

_BROKEN = "Something went wrong inside Steward, and the server's log has the details."
_log = structlog.get_logger("steward.run")


@dataclass(frozen=True)
class Caller:
    """For whom and in which answer tools are called. `question_id` is what the person said.

    With `dry_run`, nothing is changed and nothing recorded: reads run, and of the rest is said what it would do.
    """

    user_id: str
    zone: str
    conversation_id: str
    message_id: str
    question_id: str | None
    policies: Mapping[str, Policy]
    dry_run: bool = False

    async def call(self, asked: ToolCallRequested, *, step: int, place: int, position: int) -> CallView:
        """Carry out one call that a model asked for."""
        at = CallPlace(self.user_id, self.conversation_id, self.message_id, step, place, position)
        new = NewCall(new_id("cal"), at, asked.id, asked.name, asked.arguments)
        tool = find_tool(asked.name)
        if tool is None:
            return await self._note(new, _failed("unknown_tool", f"There is no tool named {asked.name!r}."))
        policy = self.policies.get(tool.name, "ask")
        if policy == "off":
            sentence = f"“{tool.title}” is turned off under Settings > Tools."
            return await self._note(new, Outcome("off", sentence, {"kind": "off", "error": sentence}))
        if self.dry_run and tool.effect != "read":
            return await self._rehearse(tool, new)
        if policy == "ask":
            return await self._ask(tool, new)
        ctx = self._context(new.id)
        if tool.effect == "read":
            return await self._note(new, await work(tool, ctx, new.arguments))
        return await tool_calls.run_recorded(new, lambda: work(tool, ctx, new.arguments))

    async def _note(self, new: NewCall, outcome: Outcome) -> CallView:
        return _unrecorded(new, outcome) if self.dry_run else await tool_calls.record_call(new, outcome)

    async def _ask(self, tool: Tool, new: NewCall) -> CallView:
        """Have the exact call approved: with its target pinned, so that a yes means what the card says."""
        try:
            preview = await tool.preview(self._context(new.id), new.arguments)
        except (RetryTool, ToolFailed, StewardError) as error:
            return await self._note(new, _outcome_of(error))
        return await approvals.ask_approval(replace(new, arguments=preview.arguments), summary=preview.summary)

    async def _rehearse(self, tool: Tool, new: NewCall) -> CallView:
        try:
            preview = await tool.preview(self._context(new.id), new.arguments)
        except (RetryTool, ToolFailed, StewardError) as error:
            return _unrecorded(new, _outcome_of(error))
        would = Outcome("ok", preview.summary, {"dry_run": True, "summary": f"Would do: {preview.summary}"})
        return _unrecorded(replace(new, arguments=preview.arguments), would)

    def _context(self, tool_call_id: str) -> ToolContext:
        return ToolContext(
            self.user_id, self.zone, self.conversation_id, self.message_id, tool_call_id, self.question_id
        )


async def carry_out(approved: Approved, *, zone: str) -> Outcome:
    """Carry out a call that a person said yes to, with the arguments that they saw."""
    tool = find_tool(approved.tool)
    if tool is None:
        return _failed("unknown_tool", "The tool for this is not part of Steward any more.")
    at = approved.at
    ctx = ToolContext(at.user_id, zone, at.conversation_id, at.message_id, approved.tool_call_id)
    return await work(tool, ctx, approved.arguments)


async def work(tool: Tool, ctx: ToolContext, arguments: Mapping[str, Any]) -> Outcome:
    """Run a tool, and return how it ended, whatever it did."""
    try:
        result = await tool(ctx, arguments)
    except (RetryTool, ToolFailed, StewardError) as error:
        return _outcome_of(error)
    except Exception:  # noqa: BLE001 - a tool that breaks must not end the answer: the model can say so
        _log.exception("tool_broke", tool=tool.name, tool_call_id=ctx.tool_call_id)
        return _failed("failed", _BROKEN)
    data = {"summary": result.summary, **result.data}
    return Outcome("ok", result.summary, json.loads(json.dumps(data)), tuple(result.shown), tuple(result.touched))


def _outcome_of(error: Exception) -> Outcome:
    if isinstance(error, RetryTool):
        result: dict[str, Any] = {"kind": "retry", "error": str(error)}
        if error.candidates:
            result["candidates"] = [dict(candidate) for candidate in error.candidates]
        return Outcome("failed", str(error), result, candidates=tuple(error.offered))
    return _failed("failed", str(error))


def _failed(kind: str, sentence: str) -> Outcome:
    return Outcome("failed", sentence, {"kind": kind, "error": sentence})


def _unrecorded(new: NewCall, outcome: Outcome) -> CallView:
    return CallView(
        id=new.id,
        conversation_id=new.at.conversation_id,
        message_id=new.at.message_id,
        step=new.at.step,
        place=new.at.place,
        position=new.at.position,
        call_id=new.call_id,
        tool=new.tool,
        arguments=dict(new.arguments),
        result=dict(outcome.result),
        summary=outcome.summary,
        status=outcome.status,
        approval_id=None,
        started_at=new.started_at,
        finished_at=clock.now(),
    )
