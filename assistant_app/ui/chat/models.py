"""The model selector of a conversation."""

from dataclasses import dataclass
from itertools import groupby

import reflex as rx

from assistant_app.services import accounts, providers
from assistant_app.services.providers import ModelChoice
from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.notices import say
from assistant_app.ui.session import user_of

_MOST = 80


@dataclass(frozen=True)
class ModelEntry:
    """One model, as the selector shows it."""

    id: str
    title: str
    facts: str


@dataclass(frozen=True)
class ModelGroup:
    """The models of one provider."""

    provider: str
    models: list[ModelEntry]


class ModelState(rx.State):
    """What can be chosen, and what was typed to find it; `missing` is the chosen model if it is not connected."""

    groups: list[ModelGroup] = []
    missing: list[str] = []
    only_builtin: bool = True
    query: str = ""
    default: str = ""

    @rx.event
    async def load(self) -> None:
        """Read which models are connected."""
        await self._load()

    async def _load(self) -> None:
        user_id = await user_of(self)
        choices = await providers.list_models(user_id=user_id)
        self.only_builtin = len(choices) == 1
        connected = {name for view in await providers.list_providers(user_id=user_id) for name in (view.id, view.kind)}
        chosen = (await self.get_state(ChatState)).model
        provider, _, rest = chosen.partition("/")
        self.missing = [chosen] if rest and provider not in connected else []
        self.default = await providers.default_model(user_id=user_id)
        self._show(choices)

    def _show(self, choices: list[ModelChoice]) -> None:
        words = self.query.lower().split()
        found = [c for c in choices if all(word in f"{c.provider} {c.title} {c.id}".lower() for word in words)][:_MOST]
        self.groups = [
            ModelGroup(provider, [ModelEntry(c.id, c.title, facts(c)) for c in group])
            for provider, group in groupby(found, lambda c: c.provider)
        ]

    @rx.event
    async def look(self, query: str) -> None:
        """Show the models whose names have what is typed."""
        self.query = query[:100]
        self._show(await providers.list_models(user_id=await user_of(self)))

    @rx.event
    async def opened(self, is_open: bool) -> None:
        """Bring the list up to date when the selector opens; it opens with all models."""
        if is_open:
            self.query = ""
            await self._load()

    @rx.event
    async def choose(self, model: str) -> None:
        """Choose the model of this conversation."""
        chat = await self.get_state(ChatState)
        await chat._choose_model(model)

    @rx.event
    async def make_default(self) -> None:
        """Have new conversations start with the model of this one."""
        chat = await self.get_state(ChatState)
        await accounts.update_default_model(user_id=await user_of(self), model=chat.model)
        self.default = chat.model
        await say(self, "New chats now start with this model.")


def facts(choice: ModelChoice) -> str:
    """Return context size and price in a few words."""
    parts: list[str] = []
    if choice.context_tokens:
        parts.append(f"{tokens(choice.context_tokens)} context")
    if choice.kind == providers.BUILTIN:
        parts.append("no key needed")
    elif choice.input_price is None or choice.output_price is None:
        parts.append("price unknown")
    elif not choice.input_price and not choice.output_price:
        parts.append("free")
    else:
        parts.append(f"${choice.input_price:g} in, ${choice.output_price:g} out per million tokens")
    return " · ".join(parts)


def tokens(count: int) -> str:
    """Return a number of tokens as people write it."""
    if count >= 1_000_000:
        return f"{count / 1_000_000:g}M"
    return f"{count // 1000}k" if count >= 1000 else str(count)
