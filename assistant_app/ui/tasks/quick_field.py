"""The field in which a task is written in plain words."""

import reflex as rx

_JS = rx.asset("quick_field.js", shared=True).importable_path


def _look_spec(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


def _add_spec(text: rx.Var[str], nonce: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return (text, nonce)


class QuickField(rx.Component):
    """Calls `on_look(text)` in the pauses of typing, and `on_add(text, nonce)` at Enter.

    An add may come twice with one nonce, after a cut connection: the second must change nothing. `added_nonce` set to
    that nonce empties the field, `refused_nonce` gives the text back for another try. A new `prefill_nonce` puts
    `prefill` into the field.
    """

    library = _JS
    tag = "QuickField"

    label: rx.Var[str]
    placeholder: rx.Var[str]
    longest: rx.Var[int]
    described_by: rx.Var[str]
    added_nonce: rx.Var[str]
    refused_nonce: rx.Var[str]
    prefill: rx.Var[str]
    prefill_nonce: rx.Var[str]
    on_look: rx.EventHandler[_look_spec]
    on_add: rx.EventHandler[_add_spec]


quick_field = QuickField.create
