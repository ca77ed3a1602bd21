"""The views and lists beside the tasks, and adding, renaming and deleting lists."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.services import task_lists
from assistant_app.services.task_views import counted, quoted
from assistant_app.ui.components.inline_edit import inline_edit
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.in_view import in_view
from assistant_app.ui.tasks.rows import ListRow
from assistant_app.ui.tasks.state import TITLES, TasksState

_LONGEST = 100
_ICONS = {"open": "layers", "today": "sun", "upcoming": "calendar", "overdue": "clock-alert", "done": "circle-check"}


class ListsState(rx.State):
    """Which list is being named."""

    adding: bool = False
    renaming_id: str = ""

    @rx.event
    async def begin_add(self) -> None:
        """Ask for the title of a new list."""
        self.adding = True

    @rx.event
    async def begin_rename(self, list_id: str) -> None:
        """Let a title be edited where it stands."""
        self.renaming_id = list_id

    @rx.event
    async def cancel(self) -> None:
        """Leave things as they were."""
        self.adding, self.renaming_id = False, ""

    @rx.event
    async def add(self, title: str) -> rx.event.EventSpec:
        """Add a list and open it."""
        self.adding = False
        added = await task_lists.add_list(user_id=await user_of(self), title=title, origin=click())
        return rx.redirect(f"/tasks?list={added.id}")

    @rx.event
    async def rename(self, list_id: str, title: str) -> None:
        """Give a list another title."""
        self.renaming_id = ""
        await task_lists.rename_list(user_id=await user_of(self), list_id=list_id, title=title, origin=click())
        await (await self.get_state(TasksState))._refresh()

    @rx.event
    async def delete(self, list_id: str) -> rx.event.EventSpec | None:
        """Delete a list; its tasks stay, in no list."""
        origin = click()
        gone = await task_lists.delete_list(user_id=await user_of(self), list_id=list_id, origin=origin)
        kept = f" Its {counted(gone.open, 'open task')} stayed." if gone.open else ""
        await say(self, f"Deleted the list {quoted(gone.title)}.{kept}", undo=origin)
        shown = await self.get_state(TasksState)
        if shown.list_id == list_id:
            return rx.redirect("/tasks", replace=True)
        await shown._refresh()
        return None

    @rx.event
    async def move_up(self, list_id: str) -> None:
        """Put a list before the one above it."""
        await self._move(list_id, -1)

    @rx.event
    async def move_down(self, list_id: str) -> None:
        """Put a list behind the one below it."""
        await self._move(list_id, 1)

    async def _move(self, list_id: str, distance: int) -> None:
        shown = await self.get_state(TasksState)
        ids = [each.id for each in shown.lists]
        place = ids.index(list_id) + distance if list_id in ids else -1
        if not 0 <= place < len(ids):
            return
        ids.remove(list_id)
        after_id = ids[place - 1] if place else None
        await task_lists.move_list(user_id=await user_of(self), list_id=list_id, after_id=after_id, origin=click())
        await shown._refresh()


def navigation() -> rx.Component:
    """Link the views and lists: a column on a wide screen, a row on a phone."""
    return rx.el.nav(
        *[view_link(view, title) for view, title in TITLES.items()],
        rx.el.div("Lists", class_name="task-nav-heading"),
        rx.foreach(TasksState.lists, list_link),
        rx.cond(
            ListsState.adding,
            rx.el.div(
                inline_edit(
                    value="",
                    label="Title of the new list",
                    editing=True,
                    longest=_LONGEST,
                    on_save=ListsState.add,
                    on_cancel=ListsState.cancel,
                ),
                class_name="task-nav-entry",
            ),
            rx.el.button(
                rx.icon("plus", size=16), "New list", on_click=ListsState.begin_add, class_name="task-nav-link"
            ),
        ),
        in_view(
            selector=".task-nav-link[aria-current=page]",
            nonce=TasksState.loaded,
            key=TasksState.view + TasksState.list_id,
        ),
        class_name="task-nav",
        aria_label="Task lists",
    )


def view_link(view: str, title: str) -> rx.Component:
    """Link one view, with how many tasks it has."""
    count = getattr(TasksState.tally, view)
    return nav_line(
        rx.icon(_ICONS[view], size=16),
        title,
        rx.cond(count > 0, rx.el.span(count, class_name="task-nav-count"), rx.fragment()) if view != "done" else None,
        href="/tasks" if view == "open" else f"/tasks?view={view}",
        current=(TasksState.view == view) & (TasksState.list_id == ""),
    )


def list_link(item: rx.Var[ListRow]) -> rx.Component:
    """Link one list, with its menu; or edit its title."""
    return rx.el.div(
        rx.cond(
            ListsState.renaming_id == item.id,
            inline_edit(
                value=item.title,
                label="Title of the list",
                editing=True,
                longest=_LONGEST,
                on_save=lambda title: ListsState.rename(item.id, title),
                on_cancel=ListsState.cancel,
            ),
            rx.fragment(
                nav_line(
                    rx.icon("hash", size=16),
                    rx.el.span(item.title, class_name="side-title"),
                    rx.cond(item.count > 0, rx.el.span(item.count, class_name="task-nav-count")),
                    href=f"/tasks?list={item.id}",
                    current=TasksState.list_id == item.id,
                ),
                list_menu(item),
            ),
        ),
        class_name="task-nav-entry",
        key=item.id,
    )


def nav_line(
    *children: rx.Component | rx.Var[str] | str | None, href: rx.Var[str] | str, current: rx.Var[bool] | bool
) -> rx.Component:
    """Return one link of the navigation."""
    return rx.link(
        *[each for each in children if each is not None],
        href=href,
        underline="none",
        class_name="task-nav-link",
        custom_attrs={"aria-current": rx.cond(current, "page", "false")},
    )


def list_menu(item: rx.Var[ListRow]) -> rx.Component:
    """Offer what can be done with a list."""
    return rx.menu.root(
        rx.menu.trigger(
            rx.el.button(
                rx.icon("ellipsis", size=16), aria_label=f"More for {item.title}", class_name="icon-button side-menu"
            )
        ),
        rx.menu.content(
            rx.menu.item("Rename", on_select=ListsState.begin_rename(item.id)),
            rx.menu.item("Move up", on_select=ListsState.move_up(item.id)),
            rx.menu.item("Move down", on_select=ListsState.move_down(item.id)),
            rx.menu.separator(),
            rx.menu.item("Delete", color="red", on_select=ListsState.delete(item.id)),
        ),
    )
