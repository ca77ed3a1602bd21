"""The tool that clears tasks away, many at once."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from assistant_app.services import tasks
from assistant_app.services.task_views import TaskView, counted
from assistant_app.services.texts import shortened
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import Preview, RetryTool, ToolResult
from assistant_app.toolkit.tool import described, tool
from assistant_app.tools.changes import origin_of, said_of
from assistant_app.tools.list_names import known_list

Which = Literal["done", "all"]
_ALL = 10_000
_NAMED = 10
_TITLE = 60  # So much of each title is enough to know the task by.


async def _preview_clear(ctx: ToolContext, given: Mapping[str, Any]) -> Preview:
    """Name what would go, and pin it: what is added or completed until the yes stays."""
    found = await _meant(ctx, given.get("list"), given.get("which", "done"), given.get("only"))
    titles = ", ".join(f"“{shortened(task.title, _TITLE)}”" for task in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    adjective = "done " if given.get("which", "done") == "done" else ""
    where = f" in {given['list']}" if given.get("list") else ""
    return Preview(
        f"Delete {counted(len(found), f'{adjective}task')}{where}: {titles}{more}",
        {"which": given.get("which", "done"), "only": ",".join(str(task.number) for task in found)},
        [("task", task.id) for task in found],
    )


@tool(title="Clear tasks", subject="Tasks", effect="delete", preview=_preview_clear)
async def clear_tasks(
    ctx: ToolContext,
    which: Annotated[Which, described("The done ones, or all, open ones included.")] = "done",
    list_title: Annotated[str | None, described("Only those of this list.", alias="list", max_length=100)] = None,
    only: Annotated[str | None, described("Only those with these numbers, as 3,5,8.", max_length=100_000)] = None,
) -> ToolResult:
    """Delete many tasks at once: to clear the done ones away, or to empty a list."""
    found = await _meant(ctx, list_title, which, only)
    await tasks.delete_tasks(user_id=ctx.user_id, task_ids=[task.id for task in found], origin=origin_of(ctx))
    return ToolResult(await said_of(ctx, otherwise=f"Deleted {counted(len(found), 'task')}"), {"total": len(found)})


async def _meant(ctx: ToolContext, list_title: str | None, which: Which, only: str | None) -> Sequence[TaskView]:
    page = await tasks.list_tasks(
        user_id=ctx.user_id,
        view=which,
        list_id=(await known_list(ctx, list_title)).id if list_title else None,
        limit=_ALL,
    )
    numbers = {number.strip() for number in only.split(",")} if only else None
    found = [task for task in page.tasks if numbers is None or str(task.number) in numbers]
    if not found:
        raise RetryTool(f"There are no {'done ' if which == 'done' else ''}tasks there, so there is nothing to clear.")
    return found
