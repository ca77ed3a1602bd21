"""The small dialog in which an event is changed."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.calendar.editing import EditorState

_REPEATS = ("every day", "every weekday", "every week", "every other week", "every month", "every year")


def event_editor() -> rx.Component:
    """Show the event that was opened."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Event"),
            rx.dialog.description(
                rx.cond(
                    EditorState.is_recurring,
                    "It repeats: what you change here changes for all of them, unless you choose only this one.",
                    "Change what you like, then save.",
                ),
                size="2",
                class_name="panel-hint",
            ),
            rx.el.form(
                fields(),
                rx.el.p(EditorState.problem, role="alert", class_name="saved-problem"),
                rx.cond(EditorState.asks_which, which(), buttons()),
                on_submit=EditorState.save,
                key=EditorState.nonce,
                class_name="form event-form",
            ),
            max_width="30rem",
        ),
        open=EditorState.is_open,
        on_open_change=EditorState.set_open,
    )


def fields() -> rx.Component:
    """Show what an event consists of."""
    return rx.fragment(
        text_field("title", "Title", EditorState.title, longest=500, required=True),
        rx.el.div(
            moment_fields("start", "Starts", EditorState.start_day, EditorState.start_time),
            moment_fields("end", "Ends", EditorState.end_day, EditorState.end_time),
            rx.el.label(
                rx.el.input(type="checkbox", name="all_day", default_checked=EditorState.all_day, value="yes"),
                "All day",
                class_name="event-all-day",
            ),
            rx.cond(
                EditorState.is_recurring,
                rx.el.label(
                    rx.el.input(type="checkbox", name="only_this", value="yes"),
                    "Change only this one",
                    class_name="event-all-day",
                ),
            ),
            class_name="event-times",
        ),
        text_field("place", "Place", EditorState.place, longest=500),
        text_field("repeat", "Repeats", EditorState.repeat_words, longest=200, suggestions="repeats", hint="never"),
        rx.el.datalist(*[rx.el.option(value=words) for words in _REPEATS], id="repeats"),
        rx.el.div(
            rx.el.label("Notes", html_for="event-notes"),
            rx.el.textarea(
                name="notes", id="event-notes", default_value=EditorState.notes, rows=3, max_length=20_000,
                class_name="field",
            ),
            class_name="labelled",
        ),
    )  # fmt: skip


def text_field(  # noqa: PLR0913 - a field has that many parts
    name: str,
    label: str,
    value: rx.Var[str] | str,
    *,
    longest: int,
    required: bool = False,
    suggestions: str = "",
    hint: str = "",
) -> rx.Component:
    """Ask for one line."""
    return rx.el.div(
        rx.el.label(label, html_for=f"event-{name}"),
        rx.el.input(
            type="text",
            name=name,
            id=f"event-{name}",
            default_value=value,
            max_length=longest,
            required=required,
            auto_complete="off",
            placeholder=hint,
            class_name="field",
            custom_attrs={"list": suggestions} if suggestions else {},
        ),
        class_name="labelled",
    )


def moment_fields(name: str, label: str, day: rx.Var[str] | str, time: rx.Var[str] | str) -> rx.Component:
    """Ask for a day and a time; the time is hidden for what lasts all day."""
    return rx.el.div(
        rx.el.span(label, class_name="event-moment-label", aria_hidden="true"),
        rx.el.input(
            type="date",
            name=f"{name}_day",
            default_value=day,
            required=True,
            aria_label=f"{label} on",
            class_name="field",
        ),
        rx.el.input(type="time", name=f"{name}_time", default_value=time, aria_label=f"{label} at", class_name="field"),
        class_name="event-moment",
    )


def buttons() -> rx.Component:
    """Save, or delete."""
    return rx.el.div(
        rx.el.button("Delete", type="button", on_click=EditorState.delete, class_name="button-quiet event-delete"),
        rx.el.div(class_name="grow"),
        rx.dialog.close(rx.el.button("Cancel", type="button", class_name="button-quiet")),
        rx.el.button("Save", type="submit", class_name="button-solid"),
        class_name="form-end",
    )


def which() -> rx.Component:
    """Ask which ones to delete of those that repeat."""
    return rx.el.div(
        rx.el.p("Delete only this one, or all of them?"),
        rx.el.div(
            rx.el.button(
                "Only this one", type="button", on_click=EditorState.delete_this, class_name="button-quiet event-delete"
            ),
            rx.el.button(
                "All of them", type="button", on_click=EditorState.delete_all, class_name="button-quiet event-delete"
            ),
            rx.el.button("Keep", type="button", on_click=EditorState.keep, auto_focus=True, class_name="button-quiet"),
            class_name="buttons",
        ),
        role="group",
        aria_label="Delete only this one, or all of them?",
        class_name="event-which",
    )
