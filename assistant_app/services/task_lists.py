"""Lists of tasks, such as Groceries."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.models import TaskList
from assistant_app.repositories import database
from assistant_app.repositories import tasks as queries
from assistant_app.services import ledger, task_steps
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.task_views import counted, quoted


@dataclass(frozen=True)
class TaskListView:
    """A list and how many open tasks it has."""

    id: str
    title: str
    open: int = 0


async def list_lists(*, user_id: str) -> list[TaskListView]:
    """Return the lists in their order."""
    async with database.read() as session:
        rows = await queries.list_lists(session, user_id=user_id)
        return await _views(session, user_id, rows)


async def list_titles(*, user_id: str) -> list[str]:
    """Return the titles of the lists in their order, without counting what is in them."""
    async with database.read() as session:
        return [row.title for row in await queries.list_lists(session, user_id=user_id)]


async def find_list(*, user_id: str, title: str) -> TaskListView | None:
    """Return the list that people mean by this title: capitals do not count."""
    async with database.read() as session:
        row = task_steps.matching_list(await queries.list_lists(session, user_id=user_id), title)
        return (await _views(session, user_id, [row]))[0] if row else None


async def add_list(*, user_id: str, title: str, origin: Origin = PAGE) -> TaskListView:
    """Add a list after the others."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        title = task_steps.valid_list_title(title)
        lists = await queries.list_lists(step.session, user_id=user_id)
        _refuse_second(lists, title)
        row = await task_steps.put_list(step, title, lists)
        step.say("add", "task_list", row.id, f"Added the list {quoted(title)}")
    return TaskListView(row.id, row.title)


async def rename_list(*, user_id: str, list_id: str, title: str, origin: Origin = PAGE) -> TaskListView:
    """Give a list another title."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        row = await queries.get_list(step.session, user_id=user_id, list_id=list_id)
        title = task_steps.valid_list_title(title)
        lists = await queries.list_lists(step.session, user_id=user_id)
        _refuse_second([each for each in lists if each.id != row.id], title)
        step.change(row)
        step.say("update", "task_list", row.id, f"Renamed the list {quoted(row.title)} to {quoted(title)}")
        row.title = title
        await step.session.flush()
        return (await _views(step.session, user_id, [row]))[0]


async def delete_list(*, user_id: str, list_id: str, origin: Origin = PAGE) -> TaskListView:
    """Delete a list, in one change with taking its tasks out of it; return it as it was."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        row = await queries.get_list(step.session, user_id=user_id, list_id=list_id)
        view = (await _views(step.session, user_id, [row]))[0]
        tasks = await queries.list_of_list(step.session, user_id=user_id, list_id=list_id)
        for task in tasks:
            step.change(task)
            task.list_id, task.updated_at = None, clock.now()
        await step.session.flush()
        await step.delete(row)
        kept = f"; {counted(len(tasks), 'task')} kept" if tasks else ""
        step.say("delete", "task_list", list_id, f"Deleted the list {quoted(row.title)}{kept}")
    return view


async def move_list(*, user_id: str, list_id: str, after_id: str | None, origin: Origin = PAGE) -> list[TaskListView]:
    """Put a list behind another one, or before all if `after_id` is None; return all in their order."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        row = await queries.get_list(step.session, user_id=user_id, list_id=list_id)
        ordered = [each for each in await queries.list_lists(step.session, user_id=user_id) if each.id != list_id]
        place = 0
        if after_id is not None:
            place = next((place for place, each in enumerate(ordered, start=1) if each.id == after_id), -1)
        if place < 0:
            raise NotFoundError(queries.LIST_GONE)
        ordered.insert(place, row)
        for position, each in enumerate(ordered, start=1):
            step.change(each)
            each.position = float(position)
        step.say("move", "task_list", row.id, f"Moved the list {quoted(row.title)} in the order")
        await step.session.flush()
        return await _views(step.session, user_id, ordered)


def _refuse_second(lists: Sequence[TaskList], title: str) -> None:
    if found := task_steps.matching_list(lists, title):
        raise ConflictError(f"There is a list {quoted(found.title)} already. Choose another title.")


async def _views(session: AsyncSession, user_id: str, rows: Sequence[TaskList]) -> list[TaskListView]:
    counts = await queries.count_open(session, user_id=user_id, today=clock.now().date(), now=clock.now())
    open_of = {each.list_id: each.open for each in counts}
    return [TaskListView(row.id, row.title, open_of.get(row.id, 0)) for row in rows]
