"""The keyboard's shortcuts, and what can be said in a chat; shown by `?`."""

import reflex as rx

_KEYS = (
    ("Ctrl K", "Search conversations"),
    ("Ctrl Shift O", "New chat"),
    ("Enter", "Send the message"),
    ("Shift Enter", "New line in the message"),
    ("/", "Go to the message field"),
    ("Esc", "Stop the answer, or close the panel beside a page"),
    ("?", "This help"),
)
_TASK_KEYS = (
    ("N", "New task"),
    ("J, K", "Next task, task before"),
    ("Enter", "Open the task"),
    ("C", "Complete the task"),
    ("X", "Select the task; with Shift, all in between"),
    ("Alt ↑, Alt ↓", "Move the task"),
    ("Delete", "Delete the task, or all that are selected"),
)
_INBOX_KEYS = (
    ("J, K", "Next item, item before"),
    ("Enter", "Open the item, or fold it"),
    ("E", "Done"),
    ("S", "Snooze"),
    ("#", "Dismiss, or deny"),
    ("X", "Select the item; the keys above then answer all that are selected"),
    ("A, U", "Select all; mark what is selected as read"),
)
_SAYINGS = (
    "Add milk to groceries",
    "Remind me in 20 minutes to check the oven",
    "Lunch with Sam on Friday at 12",
    "What is on tomorrow?",
    "Move it to Monday",
    "Every weekday at 7 send me a summary of my day",
    "What do you do on your own?",
    "Undo that",
)


class HelpState(rx.State):
    """Whether the help is shown."""

    is_open: bool = False

    @rx.event
    async def open_dialog(self) -> None:
        """Show the help."""
        self.is_open = True

    @rx.event
    async def set_open(self, is_open: bool) -> None:
        """Follow the dialog when it closes itself."""
        self.is_open = is_open


def help_dialog() -> rx.Component:
    """List the shortcuts."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Keyboard shortcuts"),
            rx.dialog.description("On a Mac, use ⌘ instead of Ctrl.", size="2"),
            shortcuts(_KEYS),
            rx.el.h3("On the tasks page", class_name="shortcuts-heading"),
            shortcuts(_TASK_KEYS),
            rx.el.h3("In the inbox", class_name="shortcuts-heading"),
            shortcuts(_INBOX_KEYS),
            rx.el.h3("What you can say in a chat", class_name="shortcuts-heading"),
            rx.el.ul(*[rx.el.li(f"“{saying}”") for saying in _SAYINGS], class_name="sayings"),
            max_width="28rem",
        ),
        open=HelpState.is_open,
        on_open_change=HelpState.set_open,
    )


def shortcuts(keys: tuple[tuple[str, str], ...]) -> rx.Component:
    """List some shortcuts."""
    return rx.el.dl(
        *[rx.el.div(rx.el.dt(rx.el.kbd(key)), rx.el.dd(what)) for key, what in keys], class_name="shortcuts"
    )
