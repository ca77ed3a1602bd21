"""The month, as it is seen: a grid of days, which on a phone are dots above the list of the chosen day."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from typing import Any

import reflex as rx

from assistant_app.ui.calendar.adding import add_field
from assistant_app.ui.calendar.editing import EditorState
from assistant_app.ui.calendar.rows import Cell, Thing, Week
from assistant_app.ui.calendar.state import CalendarState
from assistant_app.ui.calendar.things import thing_list

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month_view() -> rx.Component:
    """Show the grid, and beside it, or below it on a phone, the chosen day."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                *[
                    rx.el.div(
                        rx.el.span(day[:3], aria_hidden="true"),
                        rx.el.span(day, class_name="visually-hidden"),
                        role="columnheader",
                        class_name="weekday",
                    )
                    for day in _WEEKDAYS
                ],
                role="row",
                class_name="weekdays",
            ),
            rx.foreach(CalendarState.weeks, week),
            role="grid",
            aria_label=CalendarState.title,
            class_name="month",
        ),
        chosen_day(),
        class_name="month-view",
        data_open=CalendarState.is_day_open,
    )


def week(item: rx.Var[Week]) -> rx.Component:
    """Show one line of seven days."""
    return rx.el.div(rx.foreach(item.cells, cell), role="row", class_name="week", key=item.first)


def cell(item: rx.Var[Cell]) -> rx.Component:
    """Show one day with what fits; a click anywhere on it opens it."""
    chosen = CalendarState.day == item.day
    return rx.el.div(
        rx.el.button(
            item.number,
            type="button",
            on_click=CalendarState.open_day(item.day),
            tab_index=rx.cond(chosen, 0, -1),
            aria_label=item.label,
            class_name="day-number",
            custom_attrs={"aria-current": rx.cond(item.is_today, "date", "false")},
        ),
        rx.el.div(
            rx.foreach(item.shown, chip),
            rx.cond(
                item.more > 0,
                rx.el.button(
                    f"+{item.more} more",
                    type="button",
                    on_click=CalendarState.open_day(item.day).stop_propagation,
                    tab_index=-1,
                    aria_label=f"{item.more} more on {item.label}",
                    class_name="chip-more",
                ),
            ),
            class_name="chips",
        ),
        on_click=CalendarState.open_day(item.day),
        role="gridcell",
        aria_selected=chosen,
        class_name="day-cell",
        data_day=item.day,
        data_today=item.is_today,
        data_outside=item.is_outside,
        key=item.day,
    )


def chip(item: rx.Var[Thing]) -> rx.Component:
    """Show one thing in the grid. The list of the day has it for the keyboard, too."""
    return rx.cond(
        item.kind == "event",
        _chip(
            item,
            EditorState.open_event(item.id, item.occurrence),
            {"draggable": "true", "data-event": item.id, "data-occurrence": item.occurrence},
        ),
        _chip(item, CalendarState.open_day(item.day), {}),
    )


def _chip(item: rx.Var[Thing], on_click: Any, more: dict[str, Any]) -> rx.Component:
    return rx.el.button(
        rx.match(
            item.kind,
            ("task", task_mark(item)),
            ("reminder", rx.icon("bell", size=12)),
            rx.el.span(class_name="chip-bar"),
        ),
        rx.cond(item.time != "", rx.el.span(item.time, class_name="chip-time")),
        rx.el.span(item.title, class_name="chip-title"),
        type="button",
        on_click=on_click.stop_propagation,
        tab_index=-1,
        aria_label=item.label,
        title=item.label,
        class_name="chip",
        data_kind=item.kind,
        data_done=item.done,
        data_overdue=item.overdue,
        custom_attrs=more,
        key=item.key,
    )


def task_mark(item: rx.Var[Thing]) -> rx.Component:
    """Show how a task stands by a shape of its own."""
    return rx.cond(
        item.done,
        rx.icon("circle-check", size=12),
        rx.cond(item.overdue, rx.icon("circle-alert", size=12), rx.icon("circle", size=12)),
    )


def chosen_day() -> rx.Component:
    """Show all that is on the chosen day, and the field for one thing more."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(CalendarState.day_title),
            rx.el.button(
                rx.icon("x", size=18),
                type="button",
                on_click=CalendarState.close_day,
                aria_label="Close the day",
                title="Close the day",
                class_name="icon-button day-close",
            ),
            class_name="day-head",
        ),
        add_field("Add an event on this day"),
        rx.cond(
            CalendarState.things.length() > 0,
            thing_list(CalendarState.things),
            rx.el.p("Nothing on this day.", class_name="calendar-empty"),
        ),
        class_name="chosen-day",
        aria_label=CalendarState.day_title,
    )
