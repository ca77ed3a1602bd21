"""A panel at the side of the page, and the button that opens it."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class SidePanel(rx.Component):
    """Its children are there while it is `open`. On a phone it covers the page, which rests until it is closed.

    Esc closes it, unless something in it has its own Esc, such as an answer that is `running`; the button then has the
    focus again. A new `focus_nonce` puts the focus into the text field of the panel.
    """

    library = library("side_panel.js")
    tag = "SidePanel"

    open: rx.Var[bool]
    running: rx.Var[bool]
    focus_nonce: rx.Var[str]
    label: rx.Var[str]
    open_label: rx.Var[str]
    on_open: rx.EventHandler[rx.event.no_args_event_spec]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


side_panel = SidePanel.create
