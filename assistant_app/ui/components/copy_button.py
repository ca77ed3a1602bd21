"""A button that copies a text."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class CopyButton(rx.Component):
    """An icon that says, to eye and ear, whether copying worked."""

    library = library("copy_button.js")
    tag = "CopyButton"

    text: rx.Var[str]
    label: rx.Var[str]


copy_button = CopyButton.create
