"""A form and a link that the browser follows itself: Reflex's own keep submissions and clicks within the page."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class PlainForm(BaseHTML):
    """The form as HTML has it."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


class PlainLink(BaseHTML):
    """The link as HTML has it."""

    tag = "a"

    href: rx.Var[str]
    download: rx.Var[bool]


plain_form = PlainForm.create
plain_link = PlainLink.create
