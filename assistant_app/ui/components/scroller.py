"""The scrolling column of a conversation."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class ThreadScroller(rx.Component):
    """Follows the end while the reader is there and lets go when they scroll up.

    Messages inside carry `data-message-id`. A new `conversation_id` starts at the end. A new `jump_nonce` scrolls to
    the message `jump_to`, as soon as it is there. A new `follow_nonce` goes back to following, as after sending.
    """

    library = library("scroller.js")
    tag = "ThreadScroller"

    conversation_id: rx.Var[str]
    jump_to: rx.Var[str]
    jump_nonce: rx.Var[str]
    follow_nonce: rx.Var[str]
    label: rx.Var[str]


thread_scroller = ThreadScroller.create
