"""The frame of every page."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class Shell(rx.Component):
    """Its first child is the sidebar, which folds away and is a drawer on a phone; the others are the page."""

    library = library("shell.js")
    tag = "Shell"


shell = Shell.create
