"""An instant in the reader's own clock and words."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class LocalTime(rx.Component):
    """Shows an ISO instant; `display` is relative, time, date or full, and the title has it in full."""

    library = library("local_time.js")
    tag = "LocalTime"

    instant: rx.Var[str]
    display: rx.Var[str]


local_time = LocalTime.create
