"""Takes a tab whose session has ended to the sign-in page."""

import reflex as rx
from reflex_components_core.core.banner import connection_errors_count

from assistant_app.ui.components.javascript import library


class SessionWatch(rx.Component):
    """Shows nothing; looks at the session when the connection fails or `expired` is set."""

    library = library("session_watch.js")
    tag = "SessionWatch"

    errors: rx.Var[int]
    expired: rx.Var[bool]


def session_watch(expired: rx.Var[bool] | bool) -> rx.Component:
    """Return the watch for the app's wraps, in the fragment without which a wrap swallows the whole page."""
    return rx.fragment(SessionWatch.create(errors=connection_errors_count, expired=expired))
