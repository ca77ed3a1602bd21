"""The card of a call that waits for a yes: exactly what would be done, and the three answers."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.chat.approval_fields import Field
from assistant_app.ui.chat.approval_state import ApprovalState
from assistant_app.ui.chat.call_words import Fact
from assistant_app.ui.chat.calls import CallRow
from assistant_app.ui.components.local_time import local_time

_LONGEST = 20_000


def approval_card(row: rx.Var[CallRow]) -> rx.Component:
    """Show what would be done, from the stored arguments, and ask."""
    return rx.el.section(
        rx.el.div(
            rx.icon("shield-question-mark", size=18),
            rx.el.div(
                rx.el.p("Steward asks before it does this", class_name="approval-lead"),
                rx.el.h4(row.summary, class_name="approval-summary"),
            ),
            class_name="approval-head",
        ),
        rx.cond(ApprovalState.editing_id == row.approval_id, approval_form(), approval_answers(row)),
        class_name="approval",
        aria_label=f"Approval: {row.summary}",
    )


def approval_answers(row: rx.Var[CallRow]) -> rx.Component:
    """Show the exact arguments, and what can be answered."""
    return rx.fragment(
        rx.cond(row.facts.length() > 0, rx.el.dl(rx.foreach(row.facts, fact_line), class_name="facts")),
        rx.el.div(
            rx.el.button(
                "Approve", type="button", on_click=ApprovalState.approve(row.approval_id), class_name="button-solid"
            ),
            rx.el.button(
                "Edit", type="button", on_click=ApprovalState.begin_edit(row.approval_id), class_name="button-quiet"
            ),
            rx.el.button(
                "Deny", type="button", on_click=ApprovalState.deny(row.approval_id), class_name="button-quiet"
            ),
            rx.cond(
                row.expires_at != "",
                rx.el.p("Expires ", local_time(instant=row.expires_at, display="relative"), class_name="approval-ends"),
            ),
            class_name="approval-buttons",
        ),
    )


def fact_line(fact: rx.Var[Fact], index: rx.Var[int]) -> rx.Component:
    """Show one argument."""
    return rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.said, dir="auto"), key=index)


def approval_form() -> rx.Component:
    """Edit the arguments; what is refused stays as it was typed."""
    return rx.el.form(
        rx.foreach(ApprovalState.fields, approval_field),
        rx.el.div(
            rx.cond(ApprovalState.problem != "", rx.el.p(ApprovalState.problem, class_name="saved-problem")),
            role="alert",
        ),
        rx.el.div(
            rx.el.button("Approve with changes", type="submit", class_name="button-solid"),
            rx.el.button("Cancel", type="button", on_click=ApprovalState.cancel_edit, class_name="button-quiet"),
            class_name="approval-buttons",
        ),
        on_submit=ApprovalState.save_edit,
        key=ApprovalState.editing_id,
        class_name="approval-form",
    )


def approval_field(field: rx.Var[Field]) -> rx.Component:
    """Edit one argument."""
    return rx.el.label(
        rx.el.span(field.label, rx.cond(field.required, "", rx.el.span(" (optional)", class_name="approval-optional"))),
        rx.match(
            field.control,
            (
                "text",
                rx.el.textarea(name=field.name, default_value=field.value, max_length=_LONGEST, class_name="field"),
            ),
            (
                "choice",
                rx.el.select(
                    rx.foreach(
                        field.options,
                        lambda option: rx.el.option(
                            rx.cond(option == "", "not said", option), value=option, key=option
                        ),
                    ),
                    name=field.name,
                    default_value=field.value,
                    class_name="field",
                ),
            ),
            rx.el.input(
                name=field.name,
                default_value=field.value,
                required=field.required,
                placeholder=field.hint,
                max_length=_LONGEST,
                auto_complete="off",
                class_name="field",
            ),
        ),
        class_name="approval-field",
        key=field.name,
    )
