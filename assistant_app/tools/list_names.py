"""Finds the list of tasks that a model names."""

from assistant_app.services import task_lists
from assistant_app.services.task_lists import TaskListView
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import RetryTool


async def known_list(ctx: ToolContext, title: str) -> TaskListView:
    """Return the list of this title; ask the model to try again if there is none."""
    found = await task_lists.find_list(user_id=ctx.user_id, title=title)
    if found is None:
        titles = ", ".join(f"“{known.title}”" for known in await task_lists.list_lists(user_id=ctx.user_id))
        raise RetryTool(
            f"There is no list “{title[:100]}”. " + (f"There are {titles}." if titles else "There are none.")
        )
    return found
