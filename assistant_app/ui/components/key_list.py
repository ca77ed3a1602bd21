"""A list that is gone through and worked with from the keyboard."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class KeyList(rx.Component):
    """A `ul` whose children are `li` with `data-row`, and in them one element with `data-open`, which takes the focus.

    J and K, or the arrows, go from one to the next. Any other key presses the element that carries it as `data-key`: of
    the row or, if there is one, of the bar with `data-bulk`.
    When the row with the focus goes away, its neighbour has it.
    """

    library = library("key_list.js")
    tag = "KeyList"

    label: rx.Var[str]


key_list = KeyList.create
