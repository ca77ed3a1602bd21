"""The composition root: puts pages, routes, guard and background work together. Imports all, is imported by none."""

import reflex as rx


def index() -> rx.Component:
    """Show the chat."""
    return rx.heading("Steward")


app = rx.App()
app.add_page(index, route="/", title="Steward")
