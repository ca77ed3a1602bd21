"""The calendar's pieces that are written in JavaScript."""

from datetime import date

import reflex as rx

_KEYS = rx.asset("calendar_keys.js", shared=True).importable_path
_FIELD = rx.asset("event_field.js", shared=True).importable_path


def _text_spec(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


def _day_spec(day: rx.Var[date]) -> tuple[rx.Var[date]]:
    return (day,)


def _add_spec(text: rx.Var[str], nonce: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return (text, nonce)


class CalendarKeys(rx.Component):
    """Arrows move the chosen day, letters press what carries them in `data-key`; a phone begins with the agenda."""

    library = _KEYS
    tag = "CalendarKeys"

    day: rx.Var[str]
    month: rx.Var[str]
    on_choose: rx.EventHandler[_day_spec]


class EventField(rx.Component):
    """Calls `on_read` in a pause of typing and `on_add(text, nonce)` at Enter, `on_leave` at Esc.

    `added_nonce` set to that nonce clears the text, `refused_nonce` lets it be sent again. A new `focus_nonce` takes
    the keyboard, a new `open_nonce` only where there is a pointer.
    """

    library = _FIELD
    tag = "EventField"

    label: rx.Var[str]
    placeholder: rx.Var[str]
    added_nonce: rx.Var[str]
    refused_nonce: rx.Var[str]
    focus_nonce: rx.Var[str]
    open_nonce: rx.Var[str]
    on_read: rx.EventHandler[_text_spec]
    on_add: rx.EventHandler[_add_spec]
    on_leave: rx.EventHandler[rx.event.no_args_event_spec]


calendar_keys = CalendarKeys.create
event_field = EventField.create
