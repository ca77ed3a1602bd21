"""Which models a person can use: what the owner's settings connect for all, and what they connected themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant_app import bus
from assistant_app.errors import ConflictError, InvalidInputError, ModelError, NotFoundError
from assistant_app.llm import litellm_model, probe
from assistant_app.llm.base import CallInfo, ChatMessage, ChatModel
from assistant_app.llm.builtin import BuiltinModel
from assistant_app.llm.catalog import DEFAULT_WITH_TOGETHER, KINDS, CatalogModel, Kind, title_of
from assistant_app.models import Provider
from assistant_app.repositories import database
from assistant_app.repositories import providers as rows
from assistant_app.services import secrets
from assistant_app.services.connected import (
    Connected,
    connected_providers,
    default_label,
    forget_shared_names,
    own_provider,
    shared_providers,
)
from assistant_app.settings import get_settings

BUILTIN = "builtin"
TOPIC = "providers"
_BUILTIN_CHOICE_TITLE = "Built-in assistant"
_LONGEST_SECRET = 500
_LONGEST_NAME = 200
_MOST_NAMES = 500
_MOST_PROVIDERS = 30


@dataclass(frozen=True)
class Price:
    """What a model costs, in US dollars per million tokens."""

    tokens_in: float
    tokens_out: float

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        """Return what a call of this size costs."""
        return (prompt_tokens * self.tokens_in + completion_tokens * self.tokens_out) / 1_000_000


FREE = Price(0.0, 0.0)


@dataclass(frozen=True)
class ModelChoice:
    """One model as a selector shows it. Prices are US dollars per million tokens, None where unknown.

    `provider` is the title under which the selector groups; a `context_tokens` of 0 means that it does not matter.
    """

    id: str
    title: str
    provider: str
    kind: str
    context_tokens: int = 0
    input_price: float | None = None
    output_price: float | None = None
    takes_tools: bool = False
    takes_images: bool = False


@dataclass(frozen=True)
class ProviderKind:
    """A kind of provider that can be connected: by a key from `key_url`, or as a `server` by its address."""

    id: str = ""
    title: str = ""
    server: bool = False
    needs_key: bool = False
    key_url: str = ""
    base_url_hint: str = ""


@dataclass(frozen=True)
class ProviderView:
    """A connected provider without its secret; `shared` ones come from the settings and cannot be changed here."""

    id: str
    kind: str
    label: str
    base_url: str = ""
    secret_hint: str = ""
    model_names: tuple[str, ...] = ()
    shared: bool = False
    created_at: datetime | None = None


@dataclass(frozen=True)
class ProviderCheck:
    """How a provider answered a test; `sentence` says what works, or what is wrong and what to do."""

    ok: bool
    sentence: str


def list_kinds() -> list[ProviderKind]:
    """List the kinds of providers that can be connected."""
    return [
        ProviderKind(kind.id, kind.title, kind.server, kind.needs_key, kind.key_url, kind.base_url_hint)
        for kind in KINDS.values()
    ]


async def list_providers(*, user_id: str) -> list[ProviderView]:
    """List what is connected: the owner's shared providers first, then the user's own."""
    shared = [_shared_view(provider) for provider in await shared_providers()]
    async with database.read() as session:
        found = await rows.list_providers(session, user_id=user_id)
    return [*shared, *(_view(row) for row in found)]


async def add_provider(
    *,
    user_id: str,
    kind: str,
    label: str = "",
    secret: str = "",
    base_url: str = "",
    model_names: Sequence[str] = (),
) -> ProviderView:
    """Connect a provider by key or address; call `test_provider` next, which says whether it works."""
    known = _kind(kind)
    row = Provider(user_id=user_id, kind=kind, label="", model_names=_clean_names(model_names))
    row.base_url = await _clean_address(known, base_url)
    row.label = _clean_label(label) or default_label(known, row.base_url)
    row.secret = secrets.encrypt(_clean_secret(known, secret), row_id=row.id)
    async with database.write() as session:
        others = await rows.list_providers(session, user_id=user_id)
        if not known.server and any(other.kind == kind for other in others):
            raise ConflictError(f"{known.title} is connected already. Change its key instead.")
        if len(others) >= _MOST_PROVIDERS:
            raise ConflictError(f"You have {_MOST_PROVIDERS} providers, which is the most. Remove one first.")
        session.add(row)
    bus.publish(user_id, TOPIC)
    return _view(row)


async def update_provider(
    *,
    user_id: str,
    provider_id: str,
    label: str | None = None,
    secret: str | None = None,
    base_url: str | None = None,
    model_names: Sequence[str] | None = None,
) -> ProviderView:
    """Change what is given; None leaves a field as it is, and an empty secret removes it where none is needed."""
    async with database.read() as session:
        known = _kind((await rows.get_provider(session, user_id=user_id, provider_id=provider_id)).kind)
    address = None if base_url is None else await _clean_address(known, base_url)
    key = None if secret is None else _clean_secret(known, secret)
    async with database.write() as session:
        row = await rows.get_provider(session, user_id=user_id, provider_id=provider_id)
        row.base_url = row.base_url if address is None else address
        row.secret = row.secret if key is None else secrets.encrypt(key, row_id=row.id)
        row.model_names = row.model_names if model_names is None else _clean_names(model_names)
        if label is not None:
            row.label = _clean_label(label) or default_label(known, row.base_url)
    bus.publish(user_id, TOPIC)
    return _view(row)


async def remove_provider(*, user_id: str, provider_id: str) -> None:
    """Disconnect one of the user's own providers, and forget its key."""
    async with database.write() as session:
        await session.delete(await rows.get_provider(session, user_id=user_id, provider_id=provider_id))
    bus.publish(user_id, TOPIC)


async def test_provider(*, user_id: str, provider_id: str) -> ProviderCheck:
    """Ask the provider whether it takes the key and which models it has, and keep their names."""
    provider = await _get_connected(user_id, provider_id)
    try:
        found = await probe.probe(
            provider.kind, title=provider.label, secret=provider.secret, base_url=provider.base_url
        )
    except (ModelError, InvalidInputError) as error:
        return await _try_a_word(provider, user_id, str(error))
    if provider.shared:
        forget_shared_names()
    elif provider.kind.listing:
        await _keep_names(user_id, provider_id, found)
    if not provider.kind.listing:
        return ProviderCheck(True, f"{provider.label} answers, and takes the key.")
    if not found.names:
        return ProviderCheck(False, f"{provider.label} answers, but has no model yet. Add one there, then test again.")
    count = "one model" if len(found.names) == 1 else f"{len(found.names)} models"
    return ProviderCheck(True, f"{provider.label} answers, and has {count}.")


async def list_models(*, user_id: str) -> list[ModelChoice]:
    """List every model the user can pick, grouped by provider, the built-in one first."""
    choices = [ModelChoice(BUILTIN, _BUILTIN_CHOICE_TITLE, "Steward", BUILTIN)]
    for provider in await connected_providers(user_id):
        choices += [_choice(provider, model) for model in await provider.models()]
    return choices


async def default_model(*, user_id: str) -> str:
    """Return the id of the model for new conversations.

    The user's choice comes first, then the settings', Together's, and the first model of a server of one's own, which
    costs nothing. A paid provider without a choice stays unused, OpenAI in any case; then it is the built-in model.
    """
    async with database.read() as session:
        chosen = await rows.find_chosen_model(session, user_id=user_id)
    if chosen == BUILTIN:
        return BUILTIN
    connected = await connected_providers(user_id)
    prefixes = {provider.prefix for provider in connected}
    for wanted in (chosen, get_settings().default_model, DEFAULT_WITH_TOGETHER):
        if wanted and (wanted == BUILTIN or wanted.partition("/")[0] in prefixes):
            return wanted
    servers = [provider for provider in connected if provider.kind.server and provider.names]
    return f"{servers[0].prefix}/{servers[0].names[0]}" if servers else BUILTIN


async def resolve_model(*, user_id: str, model: str) -> ChatModel:
    """Return the model to call; raises NotFoundError with a sentence if it is not connected (any more)."""
    if model == BUILTIN:
        return BuiltinModel()
    prefix, _, name = model.partition("/")
    for provider in await connected_providers(user_id):
        if provider.prefix == prefix and provider.may_have(name):
            return await provider.model(name)
    raise NotFoundError(
        f"The model {title_of(model) or 'of this chat'} is not connected any more. "
        "Pick another one, or connect its provider under Settings > Models."
    )


async def price_of(*, user_id: str, model: str) -> Price | None:
    """Return what a model costs, None where nobody knows; those on servers of one's own are free."""
    if model == BUILTIN:
        return FREE
    prefix, _, name = model.partition("/")
    for provider in await connected_providers(user_id):
        if provider.prefix != prefix:
            continue
        if provider.kind.server:
            return FREE
        for known in await provider.models():
            if known.name == name and known.input_price is not None and known.output_price is not None:
                return Price(known.input_price, known.output_price)
    return None


async def warm_up() -> None:
    """Prepare for the first call if any provider is connected at all; otherwise LiteLLM stays out of memory."""
    shared = await shared_providers()
    async with database.read() as session:
        wanted = bool(shared) or await rows.has_any(session)
    if wanted:
        await litellm_model.warm_up()


async def _get_connected(user_id: str, provider_id: str) -> Connected:
    for provider in await shared_providers():
        if provider.id == provider_id:
            return provider
    async with database.read() as session:
        return own_provider(await rows.get_provider(session, user_id=user_id, provider_id=provider_id))


async def _try_a_word(provider: Connected, user_id: str, problem: str) -> ProviderCheck:
    """Try to get an answer from a server that lists no models, if its user named one; else report the problem."""
    if provider.shared or not (provider.kind.server and provider.names):
        return ProviderCheck(False, problem)
    model = await provider.model(provider.names[0])
    try:
        async for _ in model.stream([ChatMessage("user", "Say hi.")], call=CallInfo(user_id, "")):
            break
    except ModelError as error:
        return ProviderCheck(False, str(error))
    return ProviderCheck(True, f"{provider.label} answers with {provider.names[0]}.")


async def _keep_names(user_id: str, provider_id: str, found: probe.Probe) -> None:
    async with database.write() as session:
        row = await rows.get_provider(session, user_id=user_id, provider_id=provider_id)
        row.model_names = list(found.names)
        row.base_url = found.base_url
    bus.publish(user_id, TOPIC)


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise InvalidInputError("Steward does not know this kind of provider. Pick one of the list.")
    return KINDS[kind]


def _clean_label(label: str) -> str:
    return " ".join(label.split())[:80]


def _clean_secret(kind: Kind, secret: str) -> str:
    secret = secret.strip()
    if kind.needs_key and not secret:
        raise InvalidInputError(f"{kind.title} needs an API key. You get one at {kind.key_url}.")
    if len(secret) > _LONGEST_SECRET or not (secret.isascii() and secret.isprintable()) or " " in secret:
        raise InvalidInputError("This is no API key: it has blanks or signs that no key has. Copy it once more.")
    return secret


async def _clean_address(kind: Kind, base_url: str) -> str:
    if not kind.server:
        if base_url.strip():
            raise InvalidInputError(f"{kind.title} needs no address, only a key.")
        return ""
    address = probe.clean_address(base_url or kind.base_url_hint)
    await probe.check_address(address)
    return address


def _clean_names(names: Sequence[str]) -> list[str]:
    cleaned = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if len(cleaned) > _MOST_NAMES or any(len(name) > _LONGEST_NAME for name in cleaned):
        raise InvalidInputError(f"Write up to {_MOST_NAMES} names of models, separated by commas.")
    return cleaned


def _view(row: Provider) -> ProviderView:
    return ProviderView(
        id=row.id,
        kind=row.kind,
        label=row.label,
        base_url=row.base_url,
        secret_hint=_hint(row),
        model_names=tuple(row.model_names),
        created_at=row.created_at,
    )


def _hint(row: Provider) -> str:
    try:
        return secrets.hint(secrets.decrypt(row.secret, row_id=row.id))
    except InvalidInputError:
        return "cannot be read"


def _shared_view(provider: Connected) -> ProviderView:
    # Even the end of the owner's key is no business of the members.
    return ProviderView(
        provider.id, provider.kind.id, provider.label, provider.base_url, model_names=provider.names, shared=True
    )


def _choice(provider: Connected, model: CatalogModel) -> ModelChoice:
    return ModelChoice(
        id=f"{provider.prefix}/{model.name}",
        title=title_of(model.name),
        provider=provider.label,
        kind=provider.kind.id,
        context_tokens=model.context_tokens,
        input_price=model.input_price,
        output_price=model.output_price,
        takes_tools=model.takes_tools,
        takes_images=model.takes_images,
    )
