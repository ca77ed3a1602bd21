"""Scrolls what is current into sight."""

import reflex as rx

_JS = rx.asset("in_view.js", shared=True).importable_path


class InView(rx.Component):
    """Shows nothing; it scrolls what `selector` finds into view when the page opens, and when `nonce` changes."""

    library = _JS
    tag = "InView"

    selector: rx.Var[str]
    nonce: rx.Var[bool]


in_view = InView.create
