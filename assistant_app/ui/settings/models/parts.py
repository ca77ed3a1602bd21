"""The section on models, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from typing import Any

import reflex as rx

from assistant_app.ui.settings.in_view import in_view
from assistant_app.ui.settings.models.default import default_model
from assistant_app.ui.settings.models.state import KINDS, ModelsState, ProviderRow
from assistant_app.ui.settings.parts import confirmed, outside_link, panel, skeleton
from assistant_app.ui.settings.saved import saved_note


def models() -> rx.Component:
    """Show the section."""
    return rx.cond(ModelsState.loaded, rx.fragment(default_model(), connected(), add()), skeleton())


def connected() -> rx.Component:
    """List what is connected."""
    return panel(
        "Connected",
        rx.el.ul(
            rx.el.li(
                rx.icon("sparkles", size=20),
                rx.el.div(
                    rx.el.p("Built-in assistant", class_name="line-title"),
                    rx.el.p(
                        "Always there, needs no key and no internet. It knows dates, times, arithmetic and your past "
                        "conversations, but it is not a language model.",
                        class_name="line-facts",
                    ),
                    class_name="line-text",
                ),
                class_name="line",
            ),
            rx.foreach(ModelsState.rows, provider),
            class_name="lines",
        ),
    )


def provider(row: rx.Var[ProviderRow]) -> rx.Component:
    """Show one provider, or the form that changes it."""
    return rx.el.li(
        rx.cond(row.server, rx.icon("server", size=20), rx.icon("cloud", size=20)),
        rx.el.div(
            rx.el.p(
                row.label,
                rx.cond(row.shared, rx.el.span("Shared by the owner", class_name="badge")),
                class_name="line-title",
            ),
            rx.el.p(row.facts, class_name="line-facts"),
            rx.el.div(
                rx.cond(
                    row.testing,
                    rx.el.p("Testing …", class_name="line-facts"),
                    rx.cond(row.sentence != "", rx.el.p(row.sentence, class_name="verdict", data_outcome=row.outcome)),
                ),
                role="status",
                aria_live="polite",
            ),
            rx.cond(ModelsState.editing_id == row.id, edit_form(row)),
            class_name="line-text",
        ),
        rx.cond(ModelsState.editing_id != row.id, provider_buttons(row)),
        class_name="line",
        key=row.id,
    )


def provider_buttons(row: rx.Var[ProviderRow]) -> rx.Component:
    """Offer what can be done with a provider; shared ones belong to the settings of the server."""
    return rx.el.div(
        rx.el.button(
            "Test",
            type="button",
            on_click=ModelsState.test(row.id),
            disabled=row.testing,
            aria_label=f"Test {row.label}",
            class_name="button-quiet",
        ),
        rx.cond(
            ~row.shared,
            rx.fragment(
                rx.el.button(
                    "Edit",
                    type="button",
                    on_click=ModelsState.begin_edit(row.id),
                    aria_label=f"Edit {row.label}",
                    class_name="button-quiet",
                ),
                confirmed(
                    "Remove",
                    label=f"Remove {row.label}",
                    question=f"Remove {row.label}?",
                    consequence="Steward forgets its key or address. Chats that used it stay.",
                    action="Remove",
                    on_confirm=ModelsState.remove(row.id),
                ),
            ),
        ),
        class_name="buttons",
    )


def edit_form(row: rx.Var[ProviderRow]) -> rx.Component:
    """Change a provider; the key is never shown, only replaced."""
    return rx.el.form(
        form_field("edit", "label", "Name", value=row.label),
        rx.cond(row.server, form_field("edit", "base_url", "Address", value=row.base_url)),
        form_field(
            "edit",
            "secret",
            rx.cond(row.key_hint != "", f"New API key (the present one is {row.key_hint})", "API key"),
            secret=True,
            hint="Leave it empty to keep the present one.",
        ),
        rx.cond(
            row.server,
            form_field(
                "edit",
                "model_names",
                "Models",
                value=row.model_names,
                hint="Separated by commas. A test fills this in if the server lists its models.",
            ),
        ),
        saved_note("edit-provider"),
        rx.el.div(
            rx.el.button("Save", type="submit", class_name="button-solid"),
            rx.el.button("Cancel", type="button", on_click=ModelsState.begin_edit(""), class_name="button-quiet"),
            class_name="buttons",
        ),
        on_submit=ModelsState.save,
        class_name="form",
        aria_label=f"Edit {row.label}",
    )


def add() -> rx.Component:
    """Offer the kinds of providers, and ask what the chosen one needs."""
    return panel(
        "Add a provider",
        rx.el.div(
            *[
                rx.el.button(
                    rx.icon("server" if kind.server else "key-round", size=16),
                    kind.title,
                    type="button",
                    on_click=ModelsState.choose_kind(kind.id),
                    aria_pressed=ModelsState.adding.id == kind.id,
                    class_name="kind",
                )
                for kind in KINDS.values()
            ],
            class_name="kinds",
            role="group",
            aria_label="Kinds of providers",
        ),
        rx.cond(ModelsState.adding.id != "", add_form()),
        hint="With a key you use a provider's models at its prices. A server of your own, such as Ollama, needs only "
        "its address. Keys are stored encrypted and never shown again.",
    )


def add_form() -> rx.Component:
    """Ask for what a provider needs."""
    kind = ModelsState.adding
    return rx.el.form(
        rx.el.h3(kind.title),
        rx.cond(
            kind.server,
            form_field(
                "add",
                "base_url",
                "Address",
                placeholder=kind.base_url_hint,
                hint="As Steward's own machine reaches it.",
            ),
        ),
        form_field("add", "secret", rx.cond(kind.needs_key, "API key", "API key, if it wants one"), secret=True),
        rx.cond(
            kind.key_url != "",
            rx.el.p("You get a key at ", outside_link(kind.key_url, kind.key_url), ".", class_name="field-hint"),
        ),
        rx.cond(kind.server, form_field("add", "label", "Name, if you like")),
        saved_note("add-provider"),
        rx.el.div(
            rx.el.button("Connect and test", type="submit", class_name="button-solid"),
            rx.el.button("Cancel", type="button", on_click=ModelsState.choose_kind(""), class_name="button-quiet"),
            class_name="buttons",
        ),
        in_view(selector=".provider-form", nonce=True),
        on_submit=ModelsState.add,
        key=kind.id,
        class_name="form provider-form",
        aria_label=f"Add {kind.title}",
    )


def form_field(  # noqa: PLR0913 - a field has that many texts
    form: str, name: str, label: Any, *, value: Any = "", placeholder: Any = "", hint: str = "", secret: bool = False
) -> rx.Component:
    """Ask for one thing."""
    field_id = f"{form}-{name}"
    return rx.el.div(
        rx.el.label(label, html_for=field_id),
        rx.el.input(
            type="password" if secret else "text",
            name=name,
            id=field_id,
            default_value=value,
            placeholder=placeholder,
            auto_complete="off",
            spell_check=False,
            max_length=600 if secret else 2000,
            class_name="field",
            custom_attrs={"aria-describedby": f"{field_id}-hint"} if hint else {},
        ),
        *([rx.el.p(hint, id=f"{field_id}-hint", class_name="field-hint")] if hint else []),
        class_name="labelled",
    )
