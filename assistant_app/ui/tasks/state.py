"""Which tasks the page shows, and what is done with one of them."""

from collections.abc import Sequence
from typing import Literal, get_args
from urllib.parse import parse_qs, urlsplit

import reflex as rx

from assistant_app import bus
from assistant_app.services import accounts, task_lists, tasks
from assistant_app.services.task_lists import TaskListView
from assistant_app.services.task_views import counted, quoted
from assistant_app.services.tasks import Completed
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of
from assistant_app.ui.tasks.rows import ListRow, Tally, TaskRow, due_phrase, list_row, row_of

PAGE = 100
View = Literal["open", "today", "upcoming", "overdue", "done"]
TITLES: dict[View, str] = {
    "open": "All tasks",
    "today": "Today",
    "upcoming": "Upcoming",
    "overdue": "Overdue",
    "done": "Done",
}
_TOPICS = frozenset({"tasks", "reminders", "profile"})
_TICK = 60.0  # Seconds after which words such as "today" may have become wrong.


class SelectionState(rx.State):
    """The tasks that are selected, to be changed together."""

    ids: list[str] = []
    asking: bool = False

    @rx.event
    async def choose(self, task_ids: list[str], chosen: bool) -> None:
        """Select tasks, or no longer."""
        shown = {row.id for row in (await self.get_state(TasksState)).rows}
        others = [each for each in self.ids if each not in task_ids]
        self.ids = [*others, *(each for each in task_ids if each in shown)] if chosen else others

    @rx.event
    async def clear(self) -> None:
        """Select nothing."""
        self.ids = []

    @rx.event
    async def delete_pressed(self, task_id: str) -> None:
        """Delete what is selected, or else the task where the key was pressed."""
        if len(self.ids) > 1:
            self.asking = True
        else:
            await (await self.get_state(TasksState))._delete(*self.ids or [task_id])

    @rx.event
    async def ask(self) -> None:
        """Delete one task at once, and several after a question."""
        if len(self.ids) > 1:
            self.asking = True
        elif self.ids:
            await self.delete()

    @rx.event
    async def set_asking(self, asking: bool) -> None:
        """Follow the question when it closes itself."""
        self.asking = asking

    @rx.event
    async def delete(self) -> None:
        """Delete what is selected."""
        self.asking = False
        await (await self.get_state(TasksState))._delete(*self.ids)

    @rx.event
    async def complete(self) -> None:
        """Complete what is selected."""
        origin = click()
        done = await tasks.complete_tasks(user_id=await user_of(self), task_ids=self.ids, origin=origin)
        await say(self, f"Completed {counted(len(done), 'task')}.", undo=origin)
        await self._go_on()

    @rx.event
    async def move_to(self, list_id: str) -> None:
        """Put what is selected into a list, or into none."""
        origin = click()
        moved = await tasks.move_tasks_to_list(
            user_id=await user_of(self), task_ids=self.ids, list_id=list_id or None, origin=origin
        )
        where = f"to {moved[0].list_title}" if moved[0].list_title else "out of their lists"
        await say(self, f"Moved {counted(len(moved), 'task')} {where}.", undo=origin)
        await self._go_on()

    async def _go_on(self) -> None:
        self.ids = []
        await (await self.get_state(TasksState))._refresh()

    def _keep(self, shown: Sequence[TaskRow]) -> None:
        """Forget what is not shown any more."""
        kept = [each for each in self.ids if any(row.id == each for row in shown)]
        if kept != self.ids:
            self.ids = kept


class TasksState(rx.State):
    """The tasks of one view, or of one list."""

    view: str = "open"
    list_id: str = ""
    title: str = ""
    rows: list[TaskRow] = []
    lists: list[ListRow] = []
    tally: Tally = Tally()
    total: int = 0
    loaded: bool = False
    is_missing: bool = False
    _limit: int = PAGE

    @rx.event
    async def load(self) -> None:
        """Show the view or the list that the address names."""
        wanted = parse_qs(urlsplit(str(self.router.url)).query)
        view = wanted.get("view", [""])[0]
        list_id = wanted.get("list", [""])[0]
        view = view if view in get_args(View) and not list_id else "open"
        if (view, list_id) != (self.view, self.list_id):
            self.view, self.list_id, self._limit = view, list_id, PAGE
            (await self.get_state(SelectionState)).ids = []
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show changes as they happen anywhere, and the words of today when it has become another day."""
        async with self:
            user_id = await user_of(self)
        if not user_id:
            return
        with bus.subscribe(user_id) as changes:
            while True:
                topics = await changes.changes(seconds=_TICK)
                if not topics or topics & _TOPICS:
                    async with self:
                        await self._refresh()

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        zone = (await accounts.get_person(user_id=user_id)).zone
        lists = await task_lists.list_lists(user_id=user_id)
        shown = next((each for each in lists if each.id == self.list_id), None)
        page = await tasks.list_tasks(
            user_id=user_id, view=_view(self.view), list_id=self.list_id or None, limit=self._limit
        )
        counts = await tasks.count_tasks(user_id=user_id)
        self._put(
            rows=[row_of(task, zone=zone, shown_list_id=self.list_id) for task in page.tasks],
            total=page.total,
            lists=[list_row(each) for each in lists],
            tally=Tally(counts.open, counts.today, counts.upcoming, counts.overdue, counts.done),
            title=self._title(shown),
            is_missing=bool(self.list_id) and shown is None,
            loaded=True,
        )
        (await self.get_state(SelectionState))._keep(self.rows)

    def _title(self, shown: TaskListView | None) -> str:
        if self.list_id:
            return shown.title if shown else "Tasks"
        return TITLES[_view(self.view)]

    def _put(self, **values: object) -> None:
        """Set what is different: anything set is sent, and drawn again, even if it is the same."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    @rx.event
    async def show_more(self) -> None:
        """Show the next page below."""
        self._limit += PAGE
        await self._refresh()

    @rx.event
    async def complete(self, task_id: str) -> None:
        """Complete a task."""
        origin = click()
        user_id = await user_of(self)
        completed = await tasks.complete_task(user_id=user_id, task_id=task_id, origin=origin)
        zone = (await accounts.get_person(user_id=user_id)).zone
        await say(self, completed_words(completed, zone), undo=origin)
        await self._refresh()

    @rx.event
    async def reopen(self, task_id: str) -> None:
        """Open a completed task again."""
        origin = click()
        task = await tasks.reopen_task(user_id=await user_of(self), task_id=task_id, origin=origin)
        await say(self, f"Opened {quoted(task.title)} again.", undo=origin)
        await self._refresh()

    @rx.event
    async def delete(self, task_id: str) -> None:
        """Delete a task."""
        await self._delete(task_id)

    async def _delete(self, *task_ids: str) -> None:
        origin = click()
        gone = await tasks.delete_tasks(user_id=await user_of(self), task_ids=task_ids, origin=origin)
        what = quoted(gone[0].title) if len(gone) == 1 else counted(len(gone), "task")
        await say(self, f"Deleted {what}.", undo=origin)
        await self._refresh()

    @rx.event
    async def move(self, task_id: str, after_id: str) -> None:
        """Put a task behind another one, or at the top."""
        await tasks.move_task(user_id=await user_of(self), task_id=task_id, after_id=after_id or None, origin=click())
        await self._refresh()

    @rx.event
    async def clear_done(self) -> None:
        """Delete all tasks that are done."""
        origin = click()
        gone = await tasks.clear_tasks(user_id=await user_of(self), which="done", origin=origin)
        await say(self, f"Deleted {counted(len(gone), 'done task')}.", undo=origin)
        await self._refresh()


def completed_words(completed: Completed, zone: str) -> str:
    """Say that a task is done, and when it comes again."""
    following = completed.following
    again = f" Next: {due_phrase(following, zone)}." if following else ""
    return f"Completed {quoted(completed.task.title)}.{again}"


def _view(name: str) -> View:
    return next((view for view in get_args(View) if view == name), "open")
