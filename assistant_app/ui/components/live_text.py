"""The answer that is being written, put together in the browser from small chunks."""

from typing import Any

import reflex as rx

from assistant_app.ui.components.javascript import library
from assistant_app.ui.components.markdown import MARKDOWN_PACKAGES


def _gap_spec(run_id: rx.Var[str], have: rx.Var[int]) -> tuple[rx.Var[str], rx.Var[int]]:
    return (run_id, have)


class LiveText(rx.Component):
    """Appends chunks idempotently and asks for the whole text when one is missing.

    `chunk` is `{"run_id", "at", "text"}`, optionally with `"reasoning_at", "reasoning"`; an empty `run_id` means
    that nothing runs. `at` counts characters as Python does. `base` is shown before the run's own text.
    """

    library = library("live_text.js")
    tag = "LiveText"
    lib_dependencies: list[str] = MARKDOWN_PACKAGES

    chunk: rx.Var[dict[str, Any]]
    base: rx.Var[str]
    on_gap: rx.EventHandler[_gap_spec]


class Reasoning(rx.Component):
    """What a model thought before it answered, folded away until somebody opens it."""

    library = library("reasoning.js")
    tag = "Reasoning"
    lib_dependencies: list[str] = MARKDOWN_PACKAGES

    text: rx.Var[str]
    streaming: rx.Var[bool]


live_text = LiveText.create
reasoning = Reasoning.create
