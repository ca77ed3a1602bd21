"""The agenda, as it is seen: day after day with what is on it."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.calendar.adding import add_field
from assistant_app.ui.calendar.rows import Day
from assistant_app.ui.calendar.state import CalendarState
from assistant_app.ui.calendar.things import thing_list


def agenda_view() -> rx.Component:
    """Show the days that have something, and the way to later ones."""
    return rx.el.div(
        rx.el.div(
            add_field("Add an event"),
            rx.foreach(CalendarState.days, day),
            rx.cond(CalendarState.is_empty, nothing()),
            rx.el.div(
                rx.el.p(CalendarState.until),
                rx.el.button("Show more", type="button", on_click=CalendarState.show_more, class_name="button-quiet"),
                class_name="agenda-end",
            ),
            class_name="agenda column",
        ),
        class_name="agenda-view",
    )


def day(item: rx.Var[Day]) -> rx.Component:
    """Show one day."""
    return rx.el.section(
        rx.el.h2(
            item.name,
            rx.cond(item.date != "", rx.el.span(item.date, class_name="agenda-date")),
            class_name="agenda-day",
            data_today=item.is_today,
        ),
        rx.cond(
            item.things.length() > 0,
            thing_list(item.things),
            rx.el.p("Nothing today.", class_name="calendar-empty"),
        ),
        aria_label=f"{item.name} {item.date}",
        key=item.day,
    )


def nothing() -> rx.Component:
    """Say how something gets here."""
    return rx.el.div(
        rx.icon("calendar-days", size=28),
        rx.el.p("Nothing is planned in these weeks."),
        rx.el.p(
            "Type above, such as “dentist Tuesday 10–11 at Main St”, ask Steward in a chat, or bring the calendar you "
            "have: ",
            rx.link("import a file", href="/settings/calendar"),
            ".",
        ),
        class_name="calendar-nothing",
    )
