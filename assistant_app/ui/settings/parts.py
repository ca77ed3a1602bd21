"""Pieces that the sections share."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from assistant_app.ui.settings.saved import saved_note


@dataclass(frozen=True)
class Option:
    """One line of a picker."""

    id: str
    title: str
    facts: str


def panel(title: str, *children: rx.Component, hint: str = "") -> rx.Component:
    """Frame what belongs together."""
    return rx.el.section(
        rx.el.h2(title),
        *([rx.el.p(hint, class_name="panel-hint")] if hint else []),
        *children,
        class_name="panel",
        aria_label=title,
    )


def labelled(label: str, control: rx.Component, *, field: str, hint: str = "", for_id: str = "") -> rx.Component:
    """Put a label over a control, and its outcome beside the label."""
    return rx.el.div(
        rx.el.div(
            rx.el.label(label, html_for=for_id or field, id=f"{field}-label"), saved_note(field), class_name="label-row"
        ),
        control,
        *([rx.el.p(hint, id=f"{field}-hint", class_name="field-hint")] if hint else []),
        class_name="labelled",
    )


def segmented(
    legend: str,
    *,
    field: str,
    options: Iterable[tuple[str, str, str]],
    current: rx.Var[str] | str,
    choose: Any,
) -> rx.Component:
    """Offer a few choices side by side, given as value, icon and title."""
    return rx.el.fieldset(
        rx.el.div(rx.el.legend(legend), saved_note(field), class_name="label-row"),
        rx.el.div(
            *[
                rx.el.label(
                    rx.el.input(
                        type="radio",
                        name=field,
                        checked=current == value,
                        on_change=choose(value),
                        class_name="visually-hidden",
                    ),
                    *([rx.icon(icon, size=16)] if icon else []),
                    title,
                    class_name="segment",
                )
                for value, icon, title in options
            ],
            class_name="segments",
        ),
        class_name="labelled",
    )


def picker(  # noqa: PLR0913 - it is told what to show, and what to do in each case
    *,
    field: str,
    shown: rx.Var[str] | str,
    search: str,
    options: rx.Var[list[Option]] | list[Option],
    current: rx.Var[str] | str,
    is_open: rx.Var[bool] | bool,
    set_open: Any,
    look: Any,
    choose: Any,
) -> rx.Component:
    """Choose one of many, by searching."""
    return rx.popover.root(
        rx.popover.trigger(
            rx.el.button(
                rx.el.span(shown, class_name="side-title"),
                rx.icon("chevrons-up-down", size=14),
                type="button",
                id=field,
                class_name="field picker",
                custom_attrs={"aria-labelledby": f"{field}-label {field}"},
            )
        ),
        rx.popover.content(
            rx.el.input(
                type="search",
                name=f"{field}-search",
                placeholder=search,
                aria_label=search,
                auto_complete="off",
                on_change=look.debounce(120),
                class_name="search-field",
            ),
            rx.el.div(
                rx.foreach(options, lambda option: picker_line(option, current, choose)),
                rx.cond(options.length() == 0, rx.el.p("Nothing found. Try fewer letters.", class_name="side-empty")),
                class_name="model-list",
            ),
            align="start",
            width="min(24rem, calc(100vw - 32px))",
            padding="0",
            custom_attrs={"data-arrows": ""},
        ),
        open=is_open,
        on_open_change=set_open,
    )


def picker_line(option: rx.Var[Option], current: rx.Var[str] | str, choose: Any) -> rx.Component:
    """Show one thing that can be chosen."""
    return rx.el.button(
        rx.el.span(option.title, class_name="model-title"),
        rx.cond(option.facts != "", rx.el.span(option.facts, class_name="model-facts")),
        rx.cond(option.id == current, rx.icon("check", size=16, class_name="model-check")),
        type="button",
        on_click=choose(option.id),
        class_name="model-entry",
        aria_pressed=option.id == current,
        key=option.id,
    )


def confirmed(  # noqa: PLR0913 - a question has that many words
    button: str,
    *,
    question: Any,
    consequence: Any,
    action: str,
    on_confirm: Any,
    label: Any = "",
    class_name: str = "button-quiet",
) -> rx.Component:
    """Return a button that asks before it does something."""
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(rx.el.button(button, type="button", aria_label=label or button, class_name=class_name)),
        rx.alert_dialog.content(
            rx.alert_dialog.title(question),
            rx.alert_dialog.description(consequence),
            rx.flex(
                rx.alert_dialog.cancel(rx.button("Cancel", variant="soft", color_scheme="gray")),
                rx.alert_dialog.action(rx.button(action, color_scheme="red", on_click=on_confirm)),
                spacing="3",
                justify="end",
                margin_top="1rem",
            ),
            max_width="26rem",
        ),
    )


def outside_link(text: Any, href: Any) -> rx.Component:
    """Link to a page of somebody else."""
    return rx.el.a(text, href=href, target="_blank", rel="noopener noreferrer", class_name="outside-link")


def skeleton() -> rx.Component:
    """Hold the place of what is being read."""
    return rx.el.div(*[rx.el.div(class_name="skeleton-line") for _ in range(5)], class_name="panel", aria_hidden="true")
