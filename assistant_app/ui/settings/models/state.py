"""The providers that a person can use: adding, testing, changing and removing them. Keys go in and never come out."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import reflex as rx

from assistant_app.errors import InvalidInputError, NotFoundError, StewardError
from assistant_app.services import providers
from assistant_app.services.providers import ProviderCheck, ProviderKind, ProviderView
from assistant_app.ui.notices import say, tell_problem
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.models.default import DefaultModelState
from assistant_app.ui.settings.saved import saving

KINDS = {kind.id: kind for kind in providers.list_kinds()}


@dataclass(frozen=True)
class ProviderRow:
    """One provider, as the page shows it. `outcome` is ok or problem after a test, `sentence` what it said."""

    id: str
    label: str
    facts: str
    key_hint: str
    base_url: str
    model_names: str
    server: bool
    needs_key: bool
    shared: bool
    testing: bool
    outcome: str
    sentence: str


class ModelsState(rx.State):
    """What is connected, and the form that is open."""

    loaded: bool = False
    rows: list[ProviderRow] = []
    adding: ProviderKind = ProviderKind()
    editing_id: str = ""
    _checks: dict[str, ProviderCheck] = {}
    _testing: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Show what is connected."""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show what another device of the person connects."""
        await follow_topic(self, providers.TOPIC, self._refresh)

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        found = await providers.list_providers(user_id=user_id)
        models = Counter(choice.provider for choice in await providers.list_models(user_id=user_id))
        own = {view.kind for view in found if not view.shared and not KINDS[view.kind].server}
        self.rows = [self._row(view, models[view.label], is_hidden=view.shared and view.kind in own) for view in found]
        default = await self.get_state(DefaultModelState)
        await default._refresh()
        self.loaded = True

    def _row(self, view: ProviderView, models: int, *, is_hidden: bool) -> ProviderRow:
        kind, check = KINDS[view.kind], self._checks.get(view.id)
        counted = "one model" if models == 1 else f"{models} models"
        facts = [kind.title] if view.label != kind.title else []
        facts += [part for part in (view.base_url, f"key {view.secret_hint}" if view.secret_hint else "") if part]
        facts.append("your own key is used instead" if is_hidden else counted if models else "no models yet")
        return ProviderRow(
            id=view.id,
            label=view.label,
            facts=" · ".join(facts),
            key_hint=view.secret_hint,
            base_url=view.base_url,
            model_names=", ".join(view.model_names),
            server=kind.server,
            needs_key=kind.needs_key,
            shared=view.shared,
            testing=view.id in self._testing,
            outcome="" if check is None else "ok" if check.ok else "problem",
            sentence="" if check is None else check.sentence,
        )

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Open the form for a kind of provider, or close it."""
        self.adding, self.editing_id = KINDS.get(kind, ProviderKind()), ""

    @rx.event
    async def add(self, form: dict[str, Any]) -> rx.event.EventType[()] | None:
        """Connect a provider, and test it at once."""
        async with saving(self, "add-provider"):
            added = await providers.add_provider(
                user_id=await user_of(self),
                kind=self.adding.id,
                label=_typed(form, "label"),
                secret=_typed(form, "secret"),
                base_url=_typed(form, "base_url"),
            )
            self.adding = ProviderKind()
            await self._refresh()
            return ModelsState.test(added.id)
        return None

    @rx.event
    async def begin_edit(self, provider_id: str) -> None:
        """Open the form for a provider that is there, or close it."""
        self.editing_id, self.adding = provider_id, ProviderKind()

    @rx.event
    async def save(self, form: dict[str, Any]) -> rx.event.EventType[()] | None:
        """Change the provider whose form is open; a key that is not typed again stays."""
        async with saving(self, "edit-provider"):
            changed = await providers.update_provider(
                user_id=await user_of(self),
                provider_id=self.editing_id,
                label=_typed(form, "label"),
                secret=_typed(form, "secret") or None,
                base_url=_typed(form, "base_url") if "base_url" in form else None,
                model_names=_typed(form, "model_names").split(",") if "model_names" in form else None,
            )
            self.editing_id = ""
            await self._refresh()
            return ModelsState.test(changed.id)
        return None

    @rx.event
    async def remove(self, provider_id: str) -> None:
        """Disconnect a provider."""
        await providers.remove_provider(user_id=await user_of(self), provider_id=provider_id)
        self._checks.pop(provider_id, None)
        await say(self, "Removed, and its key forgotten.")
        await self._refresh()

    @rx.event(background=True)
    async def test(self, provider_id: str) -> None:
        """Ask a provider whether it works; that may take seconds, so that the page goes on meanwhile."""
        async with self:
            if provider_id in self._testing:
                return
            user_id = await user_of(self)
            self._testing = [*self._testing, provider_id]
            self._checks.pop(provider_id, None)
            await self._refresh()
        check = await _check(user_id, provider_id)
        async with self:
            self._testing = [each for each in self._testing if each != provider_id]
            if isinstance(check, ProviderCheck):
                self._checks[provider_id] = check
            else:
                await tell_problem(self, check)
            await self._refresh()


async def _check(user_id: str, provider_id: str) -> ProviderCheck | str:
    """Return what a test says, or the sentence why there is nothing to test."""
    try:
        return await providers.test_provider(user_id=user_id, provider_id=provider_id)
    except NotFoundError as error:
        return str(error)
    except StewardError as error:
        return ProviderCheck(False, str(error))


def _typed(form: dict[str, Any], name: str) -> str:
    value = form.get(name, "")
    if not isinstance(value, str):
        raise InvalidInputError("That form was not filled in as the page asks. Reload the page and try again.")
    return value
