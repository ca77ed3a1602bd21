"""The banner of a lost connection."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from assistant_app.ui.components.javascript import library


class ConnectionBanner(rx.Component):
    """Appears after a second without the server, and goes when it is back."""

    library = library("connection.js")
    tag = "ConnectionBanner"

    lost: rx.Var[bool]


def connection_banner() -> rx.Component:
    """Connect the banner to what Reflex knows of the socket."""
    return ConnectionBanner.create(lost=has_connection_errors)
