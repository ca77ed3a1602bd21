"""Which models a person can use: what the owner's settings connect for all, and what they connected themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant_app.llm.base import ChatModel

BUILTIN = "builtin"


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


async def list_providers(*, user_id: str) -> list[ProviderView]:
    """List what is connected: the owner's shared providers first, then the user's own."""
    raise NotImplementedError(user_id)


async def add_provider(
    *,
    user_id: str,
    kind: str,
    label: str = "",
    secret: str = "",
    base_url: str = "",
    model_names: Sequence[str] = (),
) -> ProviderView:
    """Connect a provider by key or address; the server's models are asked for where no catalog lists them."""
    raise NotImplementedError(user_id, kind, label, secret, base_url, model_names)


async def update_provider(
    *,
    user_id: str,
    provider_id: str,
    label: str | None = None,
    secret: str | None = None,
    base_url: str | None = None,
    model_names: Sequence[str] | None = None,
) -> ProviderView:
    """Change what is given; None leaves a field as it is, and an empty secret removes it."""
    raise NotImplementedError(user_id, provider_id, label, secret, base_url, model_names)


async def remove_provider(*, user_id: str, provider_id: str) -> None:
    """Disconnect one of the user's own providers, and forget its key."""
    raise NotImplementedError(user_id, provider_id)


async def test_provider(*, user_id: str, provider_id: str) -> ProviderCheck:
    """Ask the provider for its models with the stored key, and refresh their names."""
    raise NotImplementedError(user_id, provider_id)


async def list_models(*, user_id: str) -> list[ModelChoice]:
    """List every model the user can pick, grouped by provider, the built-in one first."""
    raise NotImplementedError(user_id)


async def default_model(*, user_id: str) -> str:
    """Return the id of the model for new conversations: the user's choice, the settings', Together's, the built-in."""
    raise NotImplementedError(user_id)


async def resolve_model(*, user_id: str, model: str) -> ChatModel:
    """Return the model to call; raises NotFoundError with a sentence if it is not connected (any more)."""
    raise NotImplementedError(user_id, model)
