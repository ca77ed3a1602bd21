"""The card at the bottom in which a message is written."""

import reflex as rx

from assistant_app.ui.components.javascript import library

LONGEST_MESSAGE = 100_000


def _send_spec(text: rx.Var[str], nonce: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return (text, nonce)


class Composer(rx.Component):
    """Keeps what is typed until the server has said that it has it.

    `on_send(text, nonce)` may come twice with one nonce, after a cut connection: the second must change nothing.
    `sent_nonce` set to that nonce clears the text, `refused_nonce` gives it back for another try. `draft_key` names
    the place of the draft in the browser, where it stays only if `keeps_draft`. A new `prefill_nonce` puts `prefill`
    into the card. `takes_focus` tells whether it has the focus as soon as it is there. Children stand at the
    lower left, before Send.
    """

    library = library("composer.js")
    tag = "Composer"

    draft_key: rx.Var[str]
    keeps_draft: rx.Var[bool]
    sent_nonce: rx.Var[str]
    refused_nonce: rx.Var[str]
    prefill: rx.Var[str]
    prefill_nonce: rx.Var[str]
    running: rx.Var[bool]
    disabled: rx.Var[bool]
    takes_focus: rx.Var[bool]
    placeholder: rx.Var[str]
    longest: rx.Var[int] = rx.Var.create(LONGEST_MESSAGE)
    on_send: rx.EventHandler[_send_spec]
    on_stop: rx.EventHandler[rx.event.no_args_event_spec]


composer = Composer.create
