"""Taking the calendar away as a file, bringing one, and the private address, as they are seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.components.copy_button import copy_button
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.components.plain import plain_form, plain_link
from assistant_app.ui.settings.calendar_files.state import CalendarFilesState, ImportRow
from assistant_app.ui.settings.parts import confirmed, panel, skeleton


def calendar_files() -> rx.Component:
    """Show the section."""
    return rx.cond(CalendarFilesState.loaded, rx.fragment(bring(), take_away(), feed()), skeleton())


def bring() -> rx.Component:
    """Choose a file, and see what is in it before it is taken over."""
    return panel(
        "Import a calendar",
        rx.cond(
            CalendarFilesState.filename == "",
            plain_form(
                rx.el.label("Calendar file", html_for="calendar-file", class_name="visually-hidden"),
                rx.el.input(
                    type="file",
                    name="file",
                    id="calendar-file",
                    accept=".ics,text/calendar",
                    required=True,
                    class_name="field",
                ),
                rx.el.div(
                    rx.el.button("See what is in it", type="submit", class_name="button-solid"), class_name="form-end"
                ),
                action="/import/calendar",
                method="post",
                custom_attrs={"encType": "multipart/form-data"},
                class_name="form",
            ),
            waiting(),
        ),
        hint="An .ics file, as Google Calendar, Apple Calendar, Outlook and others export it. You see what is in it "
        "first. A file that was imported before brings only what changed.",
    )


def waiting() -> rx.Component:
    """Show what is in the file that was brought."""
    return rx.el.div(
        rx.el.h3(CalendarFilesState.filename),
        rx.cond(
            CalendarFilesState.problem != "",
            rx.el.p(CalendarFilesState.problem, role="alert", class_name="verdict", data_outcome="problem"),
            rx.el.p(CalendarFilesState.found, class_name="panel-hint"),
        ),
        rx.el.ul(rx.foreach(CalendarFilesState.rows, import_line), class_name="lines", aria_label="In this file"),
        rx.cond(CalendarFilesState.more != "", rx.el.p(CalendarFilesState.more, class_name="panel-hint")),
        rx.foreach(
            CalendarFilesState.left_out,
            lambda sentence: rx.el.p(sentence, class_name="verdict", data_outcome="problem", key=sentence),
        ),
        rx.el.div(
            rx.cond(
                CalendarFilesState.can_import,
                rx.el.button(
                    "Import", type="button", on_click=CalendarFilesState.import_file, class_name="button-solid"
                ),
            ),
            rx.el.button(
                rx.cond(CalendarFilesState.can_import, "Cancel", "Choose another file"),
                type="button",
                on_click=CalendarFilesState.discard,
                class_name="button-quiet",
            ),
            class_name="buttons",
        ),
        class_name="form",
    )


def import_line(row: rx.Var[ImportRow]) -> rx.Component:
    """Show one thing of the file."""
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.title, class_name="line-title"),
            rx.el.p(row.facts, class_name="line-facts"),
            class_name="line-text",
        ),
        class_name="line",
        key=row.key,
    )


def take_away() -> rx.Component:
    """Offer the calendar as a file; a plain link, since it leaves the page's own navigation."""
    return panel(
        "Export my calendar",
        rx.el.div(
            plain_link(
                rx.icon("download", size=16),
                "Download steward.ics",
                href="/export/calendar.ics",
                download=True,
                class_name="button-quiet with-icon",
            ),
            class_name="buttons",
        ),
        hint="All events and tasks in one file that other calendars can import.",
    )


def feed() -> rx.Component:
    """Make, show and revoke the private address."""
    return panel(
        "Calendar feed",
        rx.el.div(new_address(), role="status", aria_live="polite", class_name="feed-place"),
        rx.cond(
            CalendarFilesState.has_feed,
            rx.el.div(
                rx.cond(
                    CalendarFilesState.feed_read != "",
                    rx.fragment(
                        "Last read ", local_time(instant=CalendarFilesState.feed_read, display="relative"), "."
                    ),
                    "Nobody has read it yet.",
                ),
                class_name="line-facts",
            ),
        ),
        rx.el.div(
            rx.cond(
                CalendarFilesState.has_feed,
                rx.fragment(
                    confirmed(
                        "Make a new address",
                        question="Make a new address?",
                        consequence="The address that you have now stops working at once.",
                        action="Make a new address",
                        on_confirm=CalendarFilesState.make_feed,
                    ),
                    confirmed(
                        "Revoke",
                        label="Revoke the address",
                        question="Revoke the address?",
                        consequence="Calendar programs that read it get nothing any more.",
                        action="Revoke",
                        on_confirm=CalendarFilesState.revoke_feed,
                    ),
                ),
                rx.el.button(
                    rx.icon("rss", size=16),
                    "Make an address",
                    type="button",
                    on_click=CalendarFilesState.make_feed,
                    class_name="button-quiet with-icon",
                ),
            ),
            class_name="buttons",
        ),
        hint="A private address by which a calendar program, such as the one on your phone, shows your events and "
        "tasks. It can read, and change nothing. Whoever has the address can read them, too.",
    )


def new_address() -> rx.Component:
    """Show an address that will not be shown again."""
    return rx.cond(
        CalendarFilesState.feed_address != "",
        rx.el.div(
            rx.el.div(
                rx.el.input(
                    name="feed",
                    value=CalendarFilesState.feed_address,
                    read_only=True,
                    aria_label="Feed address",
                    class_name="field",
                ),
                copy_button(text=CalendarFilesState.feed_address, label="Copy address"),
                class_name="with-copy",
            ),
            rx.el.p("Copy it now: it is not shown again.", class_name="field-hint"),
            class_name="one-time",
        ),
    )
