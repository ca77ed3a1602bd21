"""A link that knows whether its page is the current one, without asking the server."""

import reflex as rx


class NavLink(rx.Component):
    """React Router's: it carries `aria-current="page"` on the page `to`, and on those below it."""

    library = "react-router"
    tag = "NavLink"

    to: rx.Var[str]


nav_link = NavLink.create
