"""The keyboard's shortcuts, shown by `?`."""

import reflex as rx

_KEYS = (
    ("Ctrl K", "Search conversations"),
    ("Ctrl Shift O", "New chat"),
    ("Enter", "Send the message"),
    ("Shift Enter", "New line in the message"),
    ("/", "Go to the message field"),
    ("Esc", "Stop the answer"),
    ("?", "This help"),
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
            rx.el.dl(
                *[rx.el.div(rx.el.dt(rx.el.kbd(keys)), rx.el.dd(what)) for keys, what in _KEYS], class_name="shortcuts"
            ),
            max_width="26rem",
        ),
        open=HelpState.is_open,
        on_open_change=HelpState.set_open,
    )
