"""How often suggestions of each kind come; "Less like this" in the inbox changes the same."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import dataclass

import reflex as rx

from assistant_app.errors import InvalidInputError
from assistant_app.services import suggestions
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.parts import panel
from assistant_app.ui.settings.saved import saved_note, saving

# What can be chosen, with the weight that it stands for.
_CHOICES = {"daily": 1.0, "weekly": 0.5, "monthly": 0.25, "never": 0.0}
_NAMES = {weight: name for name, weight in _CHOICES.items()}


@dataclass(frozen=True)
class SuggestionRow:
    """One kind of suggestion, and how often it may come."""

    rule: str
    about: str
    chosen: str
    field: str


class SuggestionsState(rx.State):
    """What holds for each kind."""

    rules: list[SuggestionRow] = []

    @rx.event
    async def load(self) -> None:
        """Show what holds now."""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show what was chosen on another device, or in the inbox."""
        await follow_topic(self, suggestions.TOPIC, self._refresh)

    async def _refresh(self) -> None:
        self.rules = [
            SuggestionRow(each.rule, each.about[:1].upper() + each.about[1:], _NAMES[each.weight], field_of(each.rule))
            for each in await suggestions.list_weights(user_id=await user_of(self))
        ]

    @rx.event
    async def choose(self, rule: str, chosen: str) -> None:
        """Decide how often suggestions of a kind may come."""
        async with saving(self, field_of(rule)):
            if chosen not in _CHOICES:
                raise InvalidInputError("Suggestions of a kind come daily, weekly, monthly or never.")
            await suggestions.set_weight(user_id=await user_of(self), rule=rule, weight=_CHOICES[chosen])
        await self._refresh()


def field_of(rule: str) -> str:
    """Return the name of the field in which it is chosen how often a kind may come."""
    return f"suggestion-{rule}"


def suggestion_settings() -> rx.Component:
    """Show each kind with its choices."""
    return panel(
        "Suggestions",
        rx.el.ul(rx.foreach(SuggestionsState.rules, suggestion_line), class_name="lines"),
        hint="How often each kind may come at most. “Less like this” in the inbox makes its kind rarer here.",
    )


def suggestion_line(row: rx.Var[SuggestionRow]) -> rx.Component:
    """Show one kind, and how often it may come."""
    return rx.el.li(
        rx.el.div(rx.el.p(row.about, class_name="line-title"), saved_note(row.field), class_name="line-text"),
        rx.el.fieldset(
            rx.el.legend(row.about, class_name="visually-hidden"),
            *[suggestion_choice(row, choice) for choice in _CHOICES],
            class_name="segments tool-policy",
        ),
        class_name="line",
        key=row.rule,
    )


def suggestion_choice(row: rx.Var[SuggestionRow], choice: str) -> rx.Component:
    """Offer one answer."""
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=row.field,
            value=choice,
            checked=row.chosen == choice,
            on_change=SuggestionsState.choose(row.rule, choice),
            class_name="visually-hidden",
        ),
        choice.capitalize(),
        class_name="segment",
    )
