"""The model selector, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.chat.models import ModelEntry, ModelGroup, ModelState
from assistant_app.ui.chat.state import ChatState


def model_selector() -> rx.Component:
    """Choose which model answers."""
    return rx.popover.root(
        rx.popover.trigger(
            rx.el.button(
                rx.el.span(model_title(ChatState.model), class_name="side-title"),
                rx.cond(
                    ModelState.missing.contains(ChatState.model),
                    rx.el.span("not connected", class_name="model-missing"),
                ),
                rx.icon("chevron-down", size=14),
                type="button",
                class_name="model-button",
                aria_label="Choose model",
                title="Choose model",
            )
        ),
        rx.popover.content(
            rx.el.input(
                type="search",
                name="model",
                placeholder="Search models",
                aria_label="Search models",
                auto_complete="off",
                on_change=ModelState.look.debounce(120),
                class_name="search-field",
            ),
            rx.el.div(
                rx.foreach(ModelState.groups, model_group),
                rx.cond(ModelState.groups.length() == 0, rx.el.p("No model has that name.", class_name="side-empty")),
                class_name="model-list",
            ),
            rx.cond(
                ModelState.only_builtin,
                rx.el.p(
                    "More models: add a key or a server under ",
                    rx.link("Settings > Models", href="/settings/models"),
                    ".",
                    class_name="model-hint",
                ),
                rx.cond(
                    ModelState.default != ChatState.model,
                    rx.popover.close(
                        rx.el.button(
                            "Start new chats with this model",
                            on_click=ModelState.make_default,
                            class_name="button-quiet model-default",
                        )
                    ),
                ),
            ),
            side="top",
            align="start",
            width="22rem",
            max_width="calc(100vw - 28px)",
            padding="0",
            custom_attrs={"data-arrows": ModelState.query},
        ),
        on_open_change=ModelState.opened,
    )


def model_title(model: rx.Var[str] | str) -> rx.Component:
    """Return how a model is called, without its provider and its maker."""
    name = rx.Var.create(model).to(str)
    return rx.cond(name == "builtin", rx.fragment("Built-in assistant"), rx.fragment(name.split("/")[-1]))


def model_group(group: rx.Var[ModelGroup]) -> rx.Component:
    """Show one provider's models."""
    return rx.el.section(
        rx.el.h3(group.provider, class_name="side-day"),
        rx.foreach(group.models, model_entry),
        key=group.provider,
        aria_label=group.provider,
    )


def model_entry(entry: rx.Var[ModelEntry]) -> rx.Component:
    """Show one model, with its context size and price."""
    return rx.popover.close(
        rx.el.button(
            rx.el.span(entry.title, class_name="model-title"),
            rx.el.span(entry.facts, class_name="model-facts"),
            rx.cond(entry.id == ChatState.model, rx.icon("check", size=16, class_name="model-check")),
            on_click=ModelState.choose(entry.id),
            class_name="model-entry",
            aria_pressed=entry.id == ChatState.model,
        ),
        key=entry.id,
    )
