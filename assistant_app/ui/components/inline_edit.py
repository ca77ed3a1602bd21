"""A text that turns into a field where it stands."""

import reflex as rx

from assistant_app.ui.components.javascript import library


def _save_spec(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


class InlineEdit(rx.Component):
    """Enter and leaving the field save, Esc cancels; an empty or unchanged text cancels, too.

    A click on the text starts editing; `editing` starts it from outside, and `on_cancel` or `on_save` ends that.
    """

    library = library("inline_edit.js")
    tag = "InlineEdit"

    value: rx.Var[str]
    label: rx.Var[str]
    editing: rx.Var[bool]
    longest: rx.Var[int]
    on_save: rx.EventHandler[_save_spec]
    on_cancel: rx.EventHandler[rx.event.no_args_event_spec]


inline_edit = InlineEdit.create
