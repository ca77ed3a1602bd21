"""Tools for the lists that tasks are in."""

from collections.abc import Mapping
from typing import Annotated, Any

from assistant_app.services import task_lists
from assistant_app.services.task_views import counted
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import Preview, ToolResult
from assistant_app.toolkit.tool import described, tool
from assistant_app.tools import previews
from assistant_app.tools.changes import origin_of, said_of
from assistant_app.tools.list_names import known_list

SUBJECT = "Lists"
Name = Annotated[str, described("The list's title.", min_length=1, max_length=100)]


async def _preview_delete(ctx: ToolContext, given: Mapping[str, Any]) -> Preview:
    found = await known_list(ctx, given["name"])
    kept = f"; {counted(found.open, 'open task')} kept, in no list" if found.open else ""
    return Preview(f"Delete the list “{found.title}”{kept}", {"name": found.title})


@tool(title="Add a list", subject=SUBJECT, effect="write", preview=previews.of_new("list", "name"))
async def add_list(ctx: ToolContext, name: Name) -> ToolResult:
    """Make a new, empty list for tasks. A task added to a list that is not there makes it by itself."""
    added = await task_lists.add_list(user_id=ctx.user_id, title=name, origin=origin_of(ctx))
    return ToolResult(await said_of(ctx, otherwise=f"Added the list “{added.title}”"), {"list": added.title})


@tool(title="Delete a list", subject=SUBJECT, effect="delete", preview=_preview_delete)
async def delete_list(ctx: ToolContext, name: Name) -> ToolResult:
    """Delete a list; its tasks are kept, in no list. To delete its tasks, call clear_tasks as well, before."""
    found = await known_list(ctx, name)
    gone = await task_lists.delete_list(user_id=ctx.user_id, list_id=found.id, origin=origin_of(ctx))
    return ToolResult(await said_of(ctx, otherwise=f"Deleted the list “{gone.title}”"), {"list": gone.title})
