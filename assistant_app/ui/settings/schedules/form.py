"""The form of a schedule, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from typing import Any

import reflex as rx

from assistant_app.ui.settings.in_view import in_view
from assistant_app.ui.settings.parts import picker
from assistant_app.ui.settings.schedules.form_state import ScheduleFormState
from assistant_app.ui.settings.schedules.reading import LONGEST

_EXAMPLES = ("every day at 7:00", "every weekday at 7:00", "every Friday at 16:00", "every other Monday at 9:00")


def schedule_form(label: Any) -> rx.Component:
    """Ask for what a schedule needs."""
    is_prompt = ScheduleFormState.kind == "prompt"
    return rx.el.form(
        rx.cond(is_prompt, prompt_fields()),
        when_field(),
        zone_field(),
        field("Name", "title", rx.el.input(
            type="text", name="title", id="schedule-title", default_value=ScheduleFormState.title, max_length=200,
            auto_complete="off", placeholder="Optional", class_name="field",
        )),
        catch_up_field(),
        cost_field(),
        rx.cond(is_prompt, rx.fragment(), rx.fragment(wording_field(), silent_field())),
        rx.el.p(ScheduleFormState.problem, role="alert", class_name="saved-problem"),
        rx.cond(
            (ScheduleFormState.twin_id != "") & (ScheduleFormState.schedule_id == ""),
            rx.el.button(
                "Change the one that is there",
                type="button",
                on_click=ScheduleFormState.begin_edit(ScheduleFormState.twin_id),
                class_name="button-quiet schedule-twin",
            ),
        ),
        rx.el.div(
            rx.el.button(
                rx.cond(ScheduleFormState.schedule_id != "", "Save", "Add"), type="submit", class_name="button-solid"
            ),
            rx.el.button("Cancel", type="button", on_click=ScheduleFormState.close, class_name="button-quiet"),
            class_name="buttons",
        ),
        in_view(selector=".schedule-form", nonce=True),
        on_submit=ScheduleFormState.save,
        key=ScheduleFormState.nonce,
        class_name="form schedule-form provider-form",
        aria_label=label,
    )  # fmt: skip


def field(label: str, name: str, control: rx.Component, *more: rx.Component, hint: str = "") -> rx.Component:
    """Put a label over a control, and a hint under it."""
    field_id = f"schedule-{name}"
    return rx.el.div(
        rx.el.label(label, html_for=field_id, id=f"{field_id}-label"),
        control,
        *more,
        *([rx.el.p(hint, id=f"{field_id}-hint", class_name="field-hint")] if hint else []),
        class_name="labelled",
    )


def when_field() -> rx.Component:
    """Ask when it comes, in plain words, and show what was understood of them."""
    return field(
        "When",
        "when",
        rx.el.input(
            type="text",
            name="when",
            id="schedule-when",
            default_value=ScheduleFormState.words,
            required=True,
            max_length=LONGEST,
            auto_complete="off",
            placeholder="every weekday at 7",
            on_change=ScheduleFormState.read.debounce(150),
            class_name="field",
            custom_attrs={"list": "schedule-examples", "aria-describedby": "schedule-understood"},
        ),
        rx.el.datalist(*[rx.el.option(value=words) for words in _EXAMPLES], id="schedule-examples"),
        rx.el.div(
            rx.cond(
                ScheduleFormState.understood != "",
                rx.el.span(rx.icon("clock", size=13), ScheduleFormState.understood, class_name="understood-part"),
            ),
            id="schedule-understood",
            role="status",
            aria_label="Understood",
            class_name="understood",
        ),
    )


def zone_field() -> rx.Component:
    """Ask by which clocks it comes."""
    return field(
        "Time zone",
        "zone",
        picker(
            field="schedule-zone",
            shown=ScheduleFormState.zone,
            search="Search time zones",
            options=ScheduleFormState.zones,
            current=ScheduleFormState.zone,
            is_open=ScheduleFormState.zones_open,
            set_open=ScheduleFormState.open_zones,
            look=ScheduleFormState.look_for_zone,
            choose=ScheduleFormState.choose_zone,
        ),
    )


def catch_up_field() -> rx.Component:
    """Ask what becomes of a run that was due while Steward was off."""
    return field(
        "If Steward was off at that time",
        "catch-up",
        rx.el.select(
            rx.el.option("Run it late, once", value="late"),
            rx.el.option("Skip it", value="skip"),
            name="catch_up",
            id="schedule-catch-up",
            default_value=ScheduleFormState.catch_up,
            class_name="field",
        ),
    )


def silent_field() -> rx.Component:
    """Ask whether an empty day is worth a word."""
    return rx.el.label(
        rx.el.input(type="checkbox", name="silent", default_checked=ScheduleFormState.silent, value="yes"),
        "Say nothing on empty days",
        class_name="schedule-silent",
    )


def cost_field() -> rx.Component:
    """Ask what a run may cost at most."""
    return field(
        "The most that one run may cost, in US dollars",
        "cost",
        rx.el.input(
            type="text",
            name="most_cost",
            id="schedule-cost",
            default_value=ScheduleFormState.most_cost,
            max_length=12,
            auto_complete="off",
            input_mode="decimal",
            placeholder="No limit of its own",
            class_name="field",
            custom_attrs={"aria-describedby": "schedule-cost-hint"},
        ),
        hint="Models that run on your own machine, and the built-in assistant, cost nothing.",
    )


def prompt_fields() -> rx.Component:
    """Ask what to say to which model."""
    return rx.fragment(
        field(
            "Ask",
            "prompt",
            rx.el.textarea(
                name="prompt",
                id="schedule-prompt",
                default_value=ScheduleFormState.prompt,
                required=True,
                rows=3,
                max_length=8_000,
                placeholder="What happened this week, and what should I plan for the next one?",
                class_name="field",
                custom_attrs={"aria-describedby": "schedule-prompt-hint"},
            ),
            hint="Nobody is there when it runs: it may look things up, and asks you before it changes anything.",
        ),
        model_field("Model"),
    )


def wording_field() -> rx.Component:
    """Ask who words what Steward has put together."""
    return model_field(
        "Worded by",
        hint="What is in it depends on no model: if one leaves anything out, or costs too much, it stays as it is.",
    )


def model_field(label: str, *, hint: str = "") -> rx.Component:
    """Ask for a model."""
    return field(
        label,
        "model",
        picker(
            field="schedule-model",
            shown=ScheduleFormState.model_shown,
            search="Search models",
            options=ScheduleFormState.models,
            current=ScheduleFormState.model,
            is_open=ScheduleFormState.models_open,
            set_open=ScheduleFormState.open_models,
            look=ScheduleFormState.look_for_model,
            choose=ScheduleFormState.choose_model,
        ),
        hint=hint,
    )
