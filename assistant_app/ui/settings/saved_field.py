"""A text field that saves itself."""

import reflex as rx

_JS = rx.asset("saved_field.js", shared=True).importable_path


def _save_spec(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


class SavedField(rx.Component):
    """Calls `on_save` when it is left or at Enter, if its text changed; what is refused stays as it was typed.

    `field_type` is that of an HTML input. With more than one of `lines` it also saves in a pause of typing, and Enter
    breaks the line. `limit` is counted under the field, `longest` is what the field takes at all.
    """

    library = _JS
    tag = "SavedField"

    value: rx.Var[str]
    name: rx.Var[str]
    field_id: rx.Var[str]
    field_type: rx.Var[str]
    described_by: rx.Var[str]
    longest: rx.Var[int]
    limit: rx.Var[int]
    lines: rx.Var[int]
    on_save: rx.EventHandler[_save_spec]


saved_field = SavedField.create
