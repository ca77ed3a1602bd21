"""A number before the title of the browser's tab."""

import reflex as rx

from assistant_app.ui.components.javascript import library


class TitleCount(rx.Component):
    """Shows nothing on the page; the tab's title becomes `(2) Title` while `count` is not 0."""

    library = library("title_count.js")
    tag = "TitleCount"

    count: rx.Var[int]


title_count = TitleCount.create
