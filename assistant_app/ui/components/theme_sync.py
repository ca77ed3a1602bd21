"""Theme and density of the signed-in person, applied to the page."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class ThemeSync(rx.Component):
    """`theme` is light, dark or system, `density` goes to `<html data-density>`; empty leaves things as they are."""

    library = library("theme_sync.js")
    tag = "ThemeSync"

    theme: rx.Var[str]
    density: rx.Var[str]


theme_sync = ThemeSync.create
