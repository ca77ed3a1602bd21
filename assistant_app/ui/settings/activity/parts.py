"""The activity, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.components.plain import plain_link
from assistant_app.ui.settings.activity.rows import KINDS, ActivityDay, ActivityRow
from assistant_app.ui.settings.activity.state import ActivityState
from assistant_app.ui.settings.parts import Option, panel, skeleton


def activity() -> rx.Component:
    """Show the section."""
    return rx.cond(
        ActivityState.loaded,
        rx.fragment(
            panel(
                "Activity",
                filters(),
                rx.cond(
                    ActivityState.days.length() > 0,
                    rx.fragment(
                        rx.foreach(ActivityState.days, day),
                        rx.cond(
                            ActivityState.has_more,
                            rx.el.button(
                                "Show more", on_click=ActivityState.show_more, class_name="button-quiet activity-more"
                            ),
                        ),
                    ),
                    nothing(),
                ),
                hint="Everything that was changed, by you and by the assistant. Each change can be undone.",
            ),
            export(),
        ),
        skeleton(),
    )


def filters() -> rx.Component:
    """Choose which changes are shown."""
    return rx.el.div(
        rx.el.input(
            type="date",
            name="day",
            value=ActivityState.day,
            on_change=ActivityState.choose_day,
            aria_label="Day",
            class_name="field",
        ),
        rx.el.select(
            rx.el.option("Every kind", value=""),
            *[rx.el.option(title, value=kind) for kind, title in KINDS.items()],
            name="kind",
            value=ActivityState.kind,
            on_change=ActivityState.choose_kind,
            aria_label="Kind",
            class_name="field",
        ),
        rx.el.select(
            rx.el.option("Everywhere", value=""),
            rx.foreach(ActivityState.chats, chat_option),
            name="chat",
            value=ActivityState.conversation,
            on_change=ActivityState.choose_conversation,
            aria_label="Conversation",
            class_name="field",
        ),
        class_name="activity-filters",
        role="group",
        aria_label="Filter",
    )


def chat_option(chat: rx.Var[Option]) -> rx.Component:
    """Offer one conversation to choose."""
    return rx.el.option(chat.title, value=chat.id, key=chat.id)


def nothing() -> rx.Component:
    """Say why there is nothing, and what will be here."""
    filtered = (ActivityState.day != "") | (ActivityState.kind != "") | (ActivityState.conversation != "")
    return rx.el.div(
        rx.icon("history", size=28),
        rx.cond(
            filtered,
            rx.fragment(
                rx.el.p("Nothing was changed here."),
                rx.el.button("Show everything", on_click=ActivityState.show_everything, class_name="button-quiet"),
            ),
            rx.el.p("Nothing was changed yet. Ask the assistant to add a task, and it shows here with Undo."),
        ),
        class_name="usage-nothing",
    )


def day(item: rx.Var[ActivityDay]) -> rx.Component:
    """Show the changes of one day."""
    return rx.el.section(
        rx.el.h3(item.day, class_name="activity-day"),
        rx.el.ul(rx.foreach(item.rows, line), class_name="lines"),
        aria_label=item.day,
        key=item.day,
    )


def line(row: rx.Var[ActivityRow]) -> rx.Component:
    """Show one change, with what takes it back."""
    return rx.el.li(
        kind_icon(row),
        rx.el.div(
            rx.el.p(row.summary, class_name="activity-summary", data_undone=row.undone != ""),
            rx.el.p(
                row.at,
                rx.cond(row.source != "", f" · {row.source}", ""),
                rx.cond(
                    row.conversation_id != "",
                    rx.fragment(" · ", rx.link(row.conversation, href=f"/c/{row.conversation_id}")),
                ),
                class_name="line-facts",
            ),
            rx.cond(ActivityState.asked_id == row.id, changed_since(row)),
            class_name="line-text",
        ),
        rx.cond(row.undone != "", rx.el.span(row.undone, class_name="badge")),
        rx.cond(
            row.button != "",
            rx.el.button(
                row.button,
                on_click=ActivityState.undo(row.id, False),
                aria_label=f"{row.button}: {row.summary}",
                class_name="button-quiet",
            ),
        ),
        class_name="line",
        key=row.id,
    )


def kind_icon(row: rx.Var[ActivityRow]) -> rx.Component:
    """Show what kind of object was changed."""
    return rx.fragment(
        rx.match(
            row.kind,
            ("task", rx.icon("circle-check", size=18)),
            ("task_list", rx.icon("list", size=18)),
            ("reminder", rx.icon("bell", size=18)),
            ("event", rx.icon("calendar", size=18)),
            rx.icon("history", size=18),
        )
    )


def changed_since(row: rx.Var[ActivityRow]) -> rx.Component:
    """Ask before a later change is lost."""
    return rx.el.div(
        rx.el.p(ActivityState.asked),
        rx.el.button(
            rx.cond(row.button == "Undo", "Undo anyway", "Do again anyway"),
            on_click=ActivityState.undo(row.id, True),
            class_name="button-quiet",
        ),
        rx.el.button("Leave it", on_click=ActivityState.leave, class_name="button-quiet"),
        class_name="call-question",
        role="alert",
    )


def export() -> rx.Component:
    """Offer all of it as files; plain links, since they leave the page's own navigation."""
    return panel(
        "Export the activity",
        rx.el.div(
            *[
                plain_link(
                    rx.icon("download", size=16),
                    title,
                    href=f"/export/activity.{form}",
                    download=True,
                    class_name="button-quiet with-icon",
                )
                for form, title in (("json", "JSON"), ("csv", "CSV"))
            ],
            class_name="buttons",
        ),
        hint="All changes as one file: JSON for programs, CSV for a spreadsheet.",
    )
