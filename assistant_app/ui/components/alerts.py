"""Drawing attention to what has come: a tone, and the browser's own notifications."""

from typing import Any

import reflex as rx

from assistant_app.ui.components.javascript import library


class Alerts(rx.Component):
    """Shows nothing on the page; of several tabs of one browser one tells of each fresh item, once.

    Items have `id`, `came_at`, `title`, `text`, `kind_words`, `address`, `is_fresh`, `sounds` and `is_test`.
    """

    library = library("alerts.js")
    tag = "Alerts"

    items: rx.Var[list[Any]]
    in_browser: rx.Var[bool]


class BrowserPermission(rx.Component):
    """Says whether this browser may show notifications, with a button that asks for it."""

    library = library("browser_notifications.js")
    tag = "BrowserPermission"


alerts = Alerts.create
browser_permission = BrowserPermission.create
