"""The texts of messages, each sent once and kept in the browser, and what shows, copies and edits them."""

from typing import TypedDict

import reflex as rx

from assistant_app.ui.components.javascript import library
from assistant_app.ui.components.markdown import MARKDOWN_PACKAGES


class Piece(TypedDict, total=False):
    """A part of a message's text, from the code point `at` on; `at` 0 with all of it replaces what was there."""

    id: str
    at: int
    text: str
    reasoning_at: int
    reasoning: str


def _id_spec(message_id: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (message_id,)


def _edit_spec(message_id: rx.Var[str], text: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return (message_id, text)


class TextFeed(rx.Component):
    """Hands the pieces that the server sends to the messages on the page."""

    library = library("message_text.js")
    tag = "TextFeed"

    pieces: rx.Var[list[Piece]]


class MessageText(rx.Component):
    """One message's text as Markdown, or plain for what people wrote; asks for it if it did not come."""

    library = library("message_text.js")
    tag = "MessageText"
    lib_dependencies: list[str] = MARKDOWN_PACKAGES

    message_id: rx.Var[str]
    role: rx.Var[str]
    running: rx.Var[bool]
    on_gap: rx.EventHandler[_id_spec]


class MessageCopy(rx.Component):
    """A button that copies a message's Markdown, or what is said `instead` if it has no text."""

    library = library("message_text.js")
    tag = "MessageCopy"

    message_id: rx.Var[str]
    label: rx.Var[str]
    instead: rx.Var[str]


class MessageEditor(rx.Component):
    """A field with a message's text; Ctrl+Enter or Send saves, Esc cancels."""

    library = library("message_text.js")
    tag = "MessageEditor"

    message_id: rx.Var[str]
    on_save: rx.EventHandler[_edit_spec]
    on_cancel: rx.EventHandler[rx.event.no_args_event_spec]


text_feed = TextFeed.create
message_text = MessageText.create
message_copy = MessageCopy.create
message_editor = MessageEditor.create
