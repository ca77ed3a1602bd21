"""The tasks, as they are seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false, reportDeprecated=false

import reflex as rx

from assistant_app.ui.components.inline_edit import inline_edit
from assistant_app.ui.tasks.board import task_board
from assistant_app.ui.tasks.editor import EditState, editor
from assistant_app.ui.tasks.empty import empty
from assistant_app.ui.tasks.lists import ListsState
from assistant_app.ui.tasks.rows import TaskRow
from assistant_app.ui.tasks.state import SelectionState, TasksState


def header() -> rx.Component:
    """Show which tasks these are; the title of a list is editable in place."""
    return rx.el.header(
        rx.el.h1(
            rx.cond(
                (TasksState.list_id != "") & ~TasksState.is_missing,
                inline_edit(
                    value=TasksState.title,
                    label="List",
                    longest=100,
                    on_save=lambda title: ListsState.rename(TasksState.list_id, title),
                ),
                TasksState.title,
            ),
        ),
        rx.el.div(class_name="grow"),
        rx.cond((TasksState.view == "done") & (TasksState.rows.length() > 0), clear_button()),
        class_name="chat-header task-header",
    )


def clear_button() -> rx.Component:
    """Delete all that is done, after a question."""
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(rx.el.button("Clear done tasks", class_name="button-quiet")),
        rx.alert_dialog.content(
            rx.alert_dialog.title("Delete all done tasks?"),
            rx.alert_dialog.description("They are deleted in all lists. You can undo it right after."),
            rx.flex(
                rx.alert_dialog.cancel(rx.button("Cancel", variant="soft", color_scheme="gray")),
                rx.alert_dialog.action(rx.button("Delete", color_scheme="red", on_click=TasksState.clear_done)),
                spacing="3",
                justify="end",
                margin_top="1rem",
            ),
            max_width="26rem",
        ),
    )


def task_rows() -> rx.Component:
    """List the tasks, or say why there are none."""
    return rx.cond(
        TasksState.loaded,
        rx.fragment(
            task_board(
                rx.foreach(TasksState.rows, lambda row: rx.fragment(task_line(row=row), key=row.id)),
                label=TasksState.title,
                sortable=TasksState.view == "open",
                on_select=SelectionState.choose,
                on_clear=SelectionState.clear,
                on_delete=SelectionState.delete_pressed,
                on_move=TasksState.move,
            ),
            rx.cond(TasksState.rows.length() == 0, empty()),
            rx.cond(
                TasksState.rows.length() < TasksState.total,
                rx.el.div(
                    rx.el.p(f"{TasksState.rows.length()} of {TasksState.total} tasks"),
                    rx.el.button("Show more", on_click=TasksState.show_more, class_name="button-quiet"),
                    class_name="task-more",
                ),
            ),
        ),
        rx.el.div(*[rx.el.div(class_name="skeleton-line") for _ in range(6)], aria_hidden="true"),
    )


@rx.memo
def task_line(row: rx.Var[TaskRow]) -> rx.Component:
    """Show one task, or its fields if it is open."""
    return rx.el.li(
        rx.cond(EditState.task_id == row.id, editor(row.id), closed_task(row)),
        class_name="task",
        custom_attrs={"data-task-id": row.id, "data-done": row.done},
    )


def closed_task(row: rx.Var[TaskRow]) -> rx.Component:
    """Show what a task is, and the two marks: done, and selected."""
    return rx.el.div(
        rx.cond(
            TasksState.view == "open",
            rx.el.span(rx.icon("grip-vertical", size=14), class_name="task-grip", custom_attrs={"data-grip": ""}),
        ),
        rx.el.button(
            rx.icon("check", size=14),
            type="button",
            role="checkbox",
            aria_label=f"Complete {row.title}",
            aria_checked=row.done,
            on_click=rx.cond(row.done, TasksState.reopen(row.id), TasksState.complete(row.id)),
            class_name="task-check",
            custom_attrs={"data-complete": "", "data-priority": row.priority},
        ),
        rx.el.div(
            rx.el.button(
                row.title,
                type="button",
                on_click=EditState.open(row.id),
                aria_description=facts_words(row),
                class_name="task-title",
                custom_attrs={"data-open": ""},
            ),
            facts(row),
            class_name="task-text",
        ),
        rx.el.span(f"#{row.number}", class_name="task-number", title="Say this number in a chat to mean this task"),
        select_mark(row_id=row.id, title=row.title),
        class_name="task-line",
    )


@rx.memo
def select_mark(row_id: rx.Var[str], title: rx.Var[str]) -> rx.Component:
    """Show whether a task is selected; alone, so that selecting draws nothing else again."""
    return rx.el.button(
        rx.icon("check", size=12),
        type="button",
        role="checkbox",
        aria_label=f"Select {title}",
        aria_checked=SelectionState.ids.contains(row_id),
        title="Select (X)",
        class_name="task-select",
        custom_attrs={"data-select": ""},
    )


def facts_words(row: rx.Var[TaskRow]) -> rx.Var[str]:
    """Say for screen readers what stands under the title."""
    return rx.cond(row.overdue, "Overdue", "")


def facts(row: rx.Var[TaskRow]) -> rx.Component:
    """Show when a task is due and what else is known of it."""
    return rx.el.div(
        rx.cond(row.done, fact("check", row.finished)),
        rx.cond(
            ~row.done & (row.due != ""),
            rx.cond(
                row.overdue,
                rx.el.span(
                    rx.icon("clock-alert", size=13),
                    rx.el.span("Overdue: ", class_name="visually-hidden"),
                    row.due,
                    class_name="fact",
                    data_kind="overdue",
                    title="Overdue",
                ),
                fact("calendar", row.due),
            ),
        ),
        rx.cond(row.repeat != "", fact("repeat", row.repeat)),
        rx.cond(~row.done & (row.remind != ""), fact("bell", row.remind)),
        rx.cond(row.priority != "", fact("flag", row.priority, row.priority)),
        rx.cond(row.list_title != "", fact("hash", row.list_title)),
        rx.cond(
            row.has_notes,
            rx.el.span(
                rx.icon("text", size=13),
                rx.el.span("Has notes", class_name="visually-hidden"),
                title="Has notes",
                class_name="fact",
            ),
        ),
        class_name="task-facts",
    )


def fact(icon: str, words: rx.Var[str], kind: rx.Var[str] | str = "") -> rx.Component:
    """Show one thing that is known of a task."""
    return rx.el.span(rx.icon(icon, size=13), words, class_name="fact", data_kind=kind)
