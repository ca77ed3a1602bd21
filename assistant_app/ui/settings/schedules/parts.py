"""The section on schedules, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from typing import Any

import reflex as rx

from assistant_app.services.schedule_views import Kind
from assistant_app.ui.settings.parts import panel, skeleton
from assistant_app.ui.settings.schedules.form import schedule_form
from assistant_app.ui.settings.schedules.form_state import ScheduleFormState
from assistant_app.ui.settings.schedules.rows import RunRow, ScheduleRow
from assistant_app.ui.settings.schedules.state import SchedulesState

_KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("summary", "sun", "Daily summary"),
    ("review", "calendar-check", "Weekly review"),
    ("prompt", "message-circle-question", "Ask a model regularly"),
)


def schedules() -> rx.Component:
    """Show the section."""
    return rx.cond(
        SchedulesState.loaded,
        rx.fragment(rx.cond(SchedulesState.rows.length() > 0, present(), offer()), add()),
        skeleton(),
    )


def offer() -> rx.Component:
    """Offer the daily summary to somebody who has no schedule."""
    return panel(
        "Nothing comes by itself yet",
        rx.el.div(
            rx.el.label(
                "Send me a summary of my day at",
                rx.el.input(
                    type="time",
                    value=SchedulesState.offered_at,
                    on_change=SchedulesState.choose_hour,
                    required=True,
                    class_name="field schedule-hour",
                ),
                class_name="schedule-offer-label",
            ),
            rx.el.button(
                "Add the daily summary",
                type="button",
                on_click=SchedulesState.accept_summary,
                class_name="button-solid",
            ),
            class_name="schedule-offer",
        ),
        hint="What is due, what is on, what waits for you and what got done: in your inbox each day, without any key.",
    )


def present() -> rx.Component:
    """List what there is."""
    return panel(
        "What Steward does by itself",
        rx.el.ul(rx.foreach(SchedulesState.rows, schedule), class_name="lines", aria_label="Schedules"),
        hint="What a run makes comes into your inbox.",
    )


def schedule(row: rx.Var[ScheduleRow]) -> rx.Component:
    """Show one schedule, its last run, and what can be done with it."""
    return rx.el.li(
        rx.match(
            row.kind,
            ("summary", rx.icon("sun", size=20)),
            ("review", rx.icon("calendar-check", size=20)),
            rx.icon("message-circle-question", size=20),
        ),
        rx.el.div(
            rx.el.p(
                row.title,
                rx.cond(~row.enabled, rx.el.span("Paused", class_name="badge", data_tone="warning")),
                class_name="line-title",
            ),
            rx.el.p(
                row.words, rx.cond(row.next_words != "", rx.fragment(" · ", row.next_words)), class_name="line-facts"
            ),
            rx.cond(row.detail != "", rx.el.p(row.detail, class_name="line-facts")),
            rx.cond(row.paused_why != "", rx.el.p("It paused itself. ", row.paused_why, class_name="saved-problem")),
            rx.cond(
                ScheduleFormState.schedule_id == row.id,
                schedule_form(f"Edit {row.title}"),
                rx.fragment(
                    rx.cond(
                        SchedulesState.open_id == row.id,
                        rx.el.ul(
                            rx.foreach(SchedulesState.runs, run_line),
                            class_name="schedule-runs",
                            aria_label=f"Runs of {row.title}",
                        ),
                        rx.cond(
                            row.last.id != "",
                            rx.el.ul(run_line(row.last), class_name="schedule-runs", aria_label="Last run"),
                        ),
                    ),
                    buttons(row),
                ),
            ),
            class_name="line-text",
        ),
        class_name="line",
        key=row.id,
    )


def buttons(row: rx.Var[ScheduleRow]) -> rx.Component:
    """Offer what can be done with a schedule."""
    return rx.el.div(
        button("Run now", row, SchedulesState.run(row.id), disabled=row.busy),
        rx.cond(
            row.enabled,
            button("Pause", row, SchedulesState.pause(row.id)),
            button("Resume", row, SchedulesState.resume(row.id)),
        ),
        rx.cond(row.rests, button("Keep paused", row, SchedulesState.pause(row.id))),
        button("Edit", row, ScheduleFormState.begin_edit(row.id)),
        rx.cond(
            row.last.id != "",
            rx.el.button(
                rx.cond(SchedulesState.open_id == row.id, "Fewer runs", "Last runs"),
                type="button",
                on_click=SchedulesState.toggle_runs(row.id),
                aria_expanded=SchedulesState.open_id == row.id,
                class_name="button-quiet",
            ),
        ),
        button("Delete", row, SchedulesState.delete(row.id)),
        class_name="buttons schedule-buttons",
    )


def button(title: str, row: rx.Var[ScheduleRow], on_click: Any, *, disabled: Any = False) -> rx.Component:
    """Return a button that names what it is about to those who do not see where it stands."""
    return rx.el.button(
        title,
        type="button",
        on_click=on_click,
        disabled=disabled,
        aria_label=f"{title}: {row.title}",
        class_name="button-quiet",
    )


def run_line(run: rx.Var[RunRow]) -> rx.Component:
    """Show how one run went, and link what it made."""
    return rx.el.li(
        rx.el.span(run.words, class_name="badge", data_tone=run.tone),
        rx.el.span(run.when, rx.cond(run.facts != "", rx.fragment(" · ", run.facts)), class_name="schedule-run-facts"),
        rx.cond(run.item_link != "", rx.link("In the inbox", href=run.item_link, class_name="item-link")),
        rx.cond(run.chat_link != "", rx.link("Conversation", href=run.chat_link, class_name="item-link")),
        rx.cond(run.error != "", rx.el.p(run.error, class_name="schedule-run-error", data_tone=run.tone)),
        key=run.id,
    )


def add() -> rx.Component:
    """Offer what can come by itself, and ask what the chosen one needs."""
    is_adding = ScheduleFormState.schedule_id == ""
    return panel(
        "Add a schedule",
        rx.el.div(
            *[
                rx.el.button(
                    rx.icon(icon, size=16),
                    title,
                    type="button",
                    on_click=ScheduleFormState.begin_add(kind),
                    aria_pressed=is_adding & (ScheduleFormState.kind == kind),
                    class_name="kind",
                )
                for kind, icon, title in _KINDS
            ],
            class_name="kinds schedule-kinds",
            role="group",
            aria_label="Kinds of schedules",
        ),
        rx.cond(is_adding & (ScheduleFormState.kind != ""), schedule_form("Add a schedule")),
        hint="Or say it in a chat: “every weekday at 7 send me a summary of my day”.",
    )
