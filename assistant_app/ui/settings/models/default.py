"""The model that new conversations start with."""

import reflex as rx

from assistant_app.services import accounts, providers
from assistant_app.services.providers import ModelChoice
from assistant_app.ui.chat.models import facts
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.parts import Option, labelled, panel, picker
from assistant_app.ui.settings.saved import saving

_MOST = 80
_AUTOMATIC = Option("", "Automatic", "A free or local model if one is connected, else the built-in assistant")


class DefaultModelState(rx.State):
    """What is chosen; an empty choice leaves it to Steward."""

    chosen: str = ""
    shown: str = ""
    options: list[Option] = []
    is_open: bool = False

    @rx.event
    async def load(self) -> None:
        """Show what is chosen."""
        await self._refresh()

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        self.chosen = (await accounts.get_person(user_id=user_id)).default_model
        now = await providers.default_model(user_id=user_id)
        titles = {choice.id: choice.title for choice in await providers.list_models(user_id=user_id)}
        title = titles.get(now, now.rpartition("/")[2])
        if not self.chosen:
            self.shown = f"Automatic: {title}"
        elif self.chosen == now:
            self.shown = title
        else:
            self.shown = f"{self.chosen.rpartition('/')[2]} is not connected, so it is {title}"

    @rx.event
    async def set_open(self, is_open: bool) -> None:
        """Open or close the list; it opens with all models."""
        self.is_open = is_open
        self.options = await self._find("") if is_open else []

    @rx.event
    async def look(self, query: str) -> None:
        """Show the models whose names have what is typed."""
        self.options = await self._find(query[:100])

    async def _find(self, query: str) -> list[Option]:
        words = query.lower().split()
        choices = await providers.list_models(user_id=await user_of(self))
        found = [_option(c) for c in choices if all(word in f"{c.provider} {c.title} {c.id}".lower() for word in words)]
        return [*([] if words else [_AUTOMATIC]), *found[:_MOST]]

    @rx.event
    async def choose(self, model: str) -> None:
        """Have new conversations start with this model."""
        self.is_open = False
        user_id = await user_of(self)
        async with saving(self, "default-model"):
            if model:
                await providers.resolve_model(user_id=user_id, model=model)
            await accounts.update_default_model(user_id=user_id, model=model)
        await self._refresh()


def _option(choice: ModelChoice) -> Option:
    return Option(choice.id, choice.title, f"{choice.provider} · {facts(choice)}")


def default_model() -> rx.Component:
    """Choose the default."""
    return panel(
        "Default model",
        labelled(
            "New chats start with",
            picker(
                field="default-model",
                shown=DefaultModelState.shown,
                search="Search models",
                options=DefaultModelState.options,
                current=DefaultModelState.chosen,
                is_open=DefaultModelState.is_open,
                set_open=DefaultModelState.set_open,
                look=DefaultModelState.look,
                choose=DefaultModelState.choose,
            ),
            field="default-model",
            hint="Each chat can use another one; choose it beside the message field.",
        ),
    )
