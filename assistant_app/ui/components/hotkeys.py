"""Keyboard shortcuts that work everywhere on a page."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class Hotkeys(rx.Component):
    """Ctrl/Cmd+K, Ctrl/Cmd+Shift+O, Esc (only while `running`) and `?`; other keys never reach the server."""

    library = library("hotkeys.js")
    tag = "Hotkeys"

    running: rx.Var[bool]
    on_search: rx.EventHandler[rx.event.no_args_event_spec]
    on_new_chat: rx.EventHandler[rx.event.no_args_event_spec]
    on_stop: rx.EventHandler[rx.event.no_args_event_spec]
    on_help: rx.EventHandler[rx.event.no_args_event_spec]


hotkeys = Hotkeys.create
