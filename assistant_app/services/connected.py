"""The providers that a user can reach, with their secrets: for services only, and never for a page.

Those of the settings come first and are shared by all users. A user's own key for the same kind takes their place.
"""

import asyncio
import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from assistant_app import clock
from assistant_app.errors import InvalidInputError, ModelError
from assistant_app.llm import probe
from assistant_app.llm.catalog import KINDS, CatalogModel, Kind, models_of, setting_of
from assistant_app.llm.litellm_model import LiteLLMModel
from assistant_app.models import Provider
from assistant_app.repositories import database
from assistant_app.repositories import providers as rows
from assistant_app.services import secrets
from assistant_app.settings import get_settings

_SERVER_CONTEXT = 8192  # Servers of one's own do not say in one way how much they read; most are set to this or more.
_FIRST_NAMES_WITHIN = 1.0  # Seconds that a page waits for a shared server's names; later ones come in the background.

_LONGEST_NAME = 200
_HOSTED_NAME = re.compile(r"[\w.:@+-]+(?:/[\w.:@+-]+)*")
_FRESH_FOR = 60.0  # Seconds before a shared server is asked again.

# What the shared servers last said they have, by address.
_shared_names: dict[str, tuple[str, ...]] = {}
_asking: dict[str, asyncio.Task[None]] = {}
_asked_at: dict[str, float] = {}


@dataclass(frozen=True)
class Connected:
    """A provider as it is called. `prefix` starts the ids of its models."""

    id: str
    prefix: str
    kind: Kind
    label: str
    key: str = field(default="", repr=False)
    sealed: str = field(default="", repr=False)
    base_url: str = ""
    names: tuple[str, ...] = ()
    shared: bool = False

    @property
    def secret(self) -> str:
        """The key; decrypted only when it is needed, so that a lost key file breaks calls, and no list."""
        return self.key or secrets.decrypt(self.sealed, row_id=self.id)

    async def models(self) -> list[CatalogModel]:
        """Return what it offers: by the price list, and by what the server says it has."""
        listed = await asyncio.to_thread(models_of, self.kind.id)
        known = {model.name for model in listed}
        served = [
            CatalogModel(name, _SERVER_CONTEXT if self.kind.server else 0, None, None, True, False)
            for name in self.names
            if name not in known
        ]
        return [*listed, *served]

    def may_have(self, name: str) -> bool:
        """Tell whether a name can be a model's: hosted ones stand in addresses, and must not lead to another one."""
        if self.kind.server:
            return 0 < len(name) <= _LONGEST_NAME
        return len(name) <= _LONGEST_NAME and ".." not in name and bool(_HOSTED_NAME.fullmatch(name))

    async def model(self, name: str) -> LiteLLMModel:
        """Return the model to call."""
        if self.kind.server and not self.shared:
            await probe.check_address(self.base_url)  # Since it was given, its name may have moved.
        listed = () if self.kind.server else await asyncio.to_thread(models_of, self.kind.id)
        known = next((model for model in listed if model.name == name), None)
        return LiteLLMModel(
            name=f"{self.prefix}/{name}",
            provider=self.label,
            route=f"{self.kind.route}/{name}",
            context_tokens=(known.context_tokens if known else 0) or _SERVER_CONTEXT,
            takes_tools=known is None or known.takes_tools,
            api_key=self.secret,
            api_base=chat_address(self.kind, self.base_url),
            sends=self.kind.sends,
            priced=not self.kind.server,
        )


def chat_address(kind: Kind, base_url: str) -> str:
    """Return where a server answers in OpenAI's protocol."""
    return f"{base_url.removesuffix('/v1')}/v1" if kind.id == "ollama" else base_url


async def connected_providers(user_id: str) -> list[Connected]:
    """List what the user can call, the shared ones first."""
    async with database.read() as session:
        found = await rows.list_providers(session, user_id=user_id)
    own = [own_provider(row) for row in found if row.kind in KINDS]
    replaced = {provider.kind.id for provider in own if not provider.kind.server}
    shared = [provider for provider in await shared_providers() if provider.kind.id not in replaced]
    return [*shared, *own]


def own_provider(row: Provider) -> Connected:
    """Return a user's own provider."""
    kind = KINDS[row.kind]
    return Connected(
        id=row.id,
        prefix=row.id if kind.server else kind.id,
        kind=kind,
        label=row.label,
        sealed=row.secret,
        base_url=row.base_url,
        names=tuple(row.model_names),
    )


async def shared_providers() -> list[Connected]:
    """List what the settings connect for everybody."""
    configured = [_shared(kind) for kind in KINDS.values()]
    present = [provider for provider in configured if provider is not None]
    return list(await asyncio.gather(*map(_with_names, present)))


def _shared(kind: Kind) -> Connected | None:
    settings = get_settings()
    if not kind.server:
        key: str = getattr(settings, setting_of(kind)).get_secret_value().strip()
        return Connected(f"shared_{kind.id}", kind.id, kind, kind.title, key=key, shared=True) if key else None
    url: str = getattr(settings, setting_of(kind))
    key = settings.openai_compatible_key.get_secret_value() if kind.id == "openai_compatible" else ""
    return (
        Connected(f"shared_{kind.id}", kind.id, kind, kind.title, key=key, base_url=url, shared=True) if url else None
    )


async def _with_names(provider: Connected) -> Connected:
    """Add the names that the server last gave.

    It is asked again in the background once they are old; only the first time is waited for, and not for long.
    """
    if not provider.kind.listing:
        return provider
    address = provider.base_url or provider.kind.id
    task = _asking.get(address)
    if task is None and clock.monotonic() - _asked_at.get(address, -_FRESH_FOR) >= _FRESH_FOR:
        _asked_at[address] = clock.monotonic()
        task = _asking[address] = asyncio.create_task(_ask(provider, address))
        task.add_done_callback(lambda _: _asking.pop(address, None))
    if task is not None and address not in _shared_names:
        await asyncio.wait([task], timeout=_FIRST_NAMES_WITHIN)
    return replace(provider, names=_shared_names.setdefault(address, ()))


async def _ask(provider: Connected, address: str) -> None:
    try:
        answer = await probe.probe(
            provider.kind, title=provider.label, secret=provider.secret, base_url=provider.base_url
        )
    except (ModelError, InvalidInputError):
        return  # The test button says why; a list of models just goes without.
    _shared_names[address] = answer.names


def forget_shared_names() -> None:
    """Ask the shared servers anew when their names are next wanted."""
    _shared_names.clear()
    _asked_at.clear()
    _asking.clear()


def default_label(kind: Kind, base_url: str) -> str:
    """Return how a provider is called if its user gives no name."""
    return f"{kind.title} ({urlsplit(base_url).netloc})"[:80] if kind.server else kind.title
