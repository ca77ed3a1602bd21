"""What stands where there are no messages: a greeting with examples, or that there is nothing."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.chat.models import ModelState
from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.components.plain import plain_link
from assistant_app.ui.session import SessionState

_BUILTIN_EXAMPLES = (
    ("circle-check", "Add milk to my groceries list"),
    ("bell", "Remind me tomorrow at 9 to call the dentist"),
    ("calendar", "What is on this week?"),
    ("clock", "What time is it in Tokyo?"),
    ("calculator", "What is 15% of 240?"),
    ("sparkles", "What can you do?"),
)
_MODEL_EXAMPLES = (
    ("bell", "Remind me every Friday at 4pm to send the report"),
    ("calendar", "What is on this week, and what is overdue?"),
    ("mail", "Draft a friendly email that moves a meeting to next week"),
    ("utensils", "Suggest three quick dinners, and put what I need on my groceries list"),
)


def welcome() -> rx.Component:
    """Greet, and show by example what can be asked."""
    return rx.el.div(
        rx.el.h1(f"Hello, {SessionState.name}."),
        rx.el.p(
            rx.cond(
                ChatState.model == "builtin",
                "I look after your tasks, reminders and calendar: quickly, privately, and without any key.",
                "What can I do for you?",
            ),
            class_name="welcome-line",
        ),
        rx.cond(ChatState.model == "builtin", examples(_BUILTIN_EXAMPLES), examples(_MODEL_EXAMPLES)),
        rx.cond(
            ModelState.only_builtin,
            rx.el.p(
                "For open questions, connect a model under ",
                rx.link("Settings > Models", href="/settings/models"),
                ".",
                class_name="welcome-hint",
            ),
        ),
        class_name="welcome column",
    )


def examples(prompts: tuple[tuple[str, str], ...]) -> rx.Component:
    """Show prompts that are sent by a click."""
    return rx.el.div(
        *[
            rx.el.button(rx.icon(icon, size=18), text, on_click=ChatState.try_example(text), class_name="example")
            for icon, text in prompts
        ],
        class_name="examples",
    )


def missing() -> rx.Component:
    """Say that there is no such conversation."""
    return rx.el.div(
        rx.el.h1("No such conversation"),
        rx.el.p("It was deleted, or it belongs to somebody else.", class_name="welcome-line"),
        rx.el.button("Start a new chat", on_click=ChatState.new_chat, class_name="button-solid"),
        class_name="welcome column",
    )


def lost() -> rx.Component:
    """Say that there is no such page."""
    return rx.el.div(
        rx.el.h1("There is no page here"),
        rx.el.p("The address may be incomplete, or the page has moved.", class_name="welcome-line"),
        plain_link("Back to Steward", href="/", class_name="button-solid"),
        class_name="welcome column",
    )
