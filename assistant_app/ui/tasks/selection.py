"""The bar with what can be done with several tasks at once."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.tasks.state import SelectionState, TasksState


def selection_bar() -> rx.Component:
    """Show how many tasks are selected, and what can be done with them."""
    return rx.fragment(
        rx.cond(
            SelectionState.ids.length() > 0,
            rx.el.div(
                rx.el.span(f"{SelectionState.ids.length()} selected", role="status", class_name="task-bar-count"),
                bar_button("check", "Complete", SelectionState.complete),
                lists_menu(),
                bar_button("trash-2", "Delete", SelectionState.ask),
                rx.el.button(
                    rx.icon("x", size=16),
                    on_click=SelectionState.clear,
                    aria_label="Select none",
                    title="Select none (Esc)",
                    class_name="icon-button",
                ),
                class_name="task-bar",
                role="toolbar",
                aria_label="Selected tasks",
            ),
        ),
        question(),
    )


def bar_button(icon: str, title: str, on_click: rx.event.EventType[()]) -> rx.Component:
    """Return a button of the bar."""
    return rx.el.button(rx.icon(icon, size=16), title, on_click=on_click, class_name="button-quiet with-icon")


def lists_menu() -> rx.Component:
    """Offer the lists into which the tasks can be put."""
    return rx.menu.root(
        rx.menu.trigger(
            rx.el.button(
                rx.icon("folder-input", size=16),
                rx.el.span("Move", rx.el.span(" to list", class_name="wide-only")),
                aria_label="Move to list",
                class_name="button-quiet with-icon",
            )
        ),
        rx.menu.content(
            rx.foreach(
                TasksState.lists,
                lambda item: rx.menu.item(item.title, on_select=SelectionState.move_to(item.id), key=item.id),
            ),
            rx.cond(TasksState.lists.length() > 0, rx.menu.separator()),
            rx.menu.item("No list", on_select=SelectionState.move_to("")),
        ),
    )


def question() -> rx.Component:
    """Ask before several tasks are deleted."""
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(f"Delete {SelectionState.ids.length()} tasks?"),
            rx.alert_dialog.description("They go away with their reminders. You can undo it right after."),
            rx.flex(
                rx.alert_dialog.cancel(rx.button("Cancel", variant="soft", color_scheme="gray")),
                rx.alert_dialog.action(rx.button("Delete", color_scheme="red", on_click=SelectionState.delete)),
                spacing="3",
                justify="end",
                margin_top="1rem",
            ),
            max_width="26rem",
        ),
        open=SelectionState.asking,
        on_open_change=SelectionState.set_asking,
    )
