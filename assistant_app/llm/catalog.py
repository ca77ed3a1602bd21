"""The kinds of providers, and the models that LiteLLM's price list knows of each.

The list is read from the installed file, without importing LiteLLM, and only when a provider that needs it is there.
"""

import functools
import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant_app import clock

DEFAULT_WITH_TOGETHER = "together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo-Free"
_PRICE_LIST = "model_prices_and_context_window_backup.json"
# Models that chat in name only: they speak, draw, search, guard or drive a screen, or are somebody's private tuning.
_NOT_FOR_CHAT = re.compile(
    r"audio|tts|realtime|transcri|voxtral|lyria|image|video|omni|robotics|computer-use|guard|embed|moderation|ocr|"
    r"search|deep-research|container|\bft:|codex|fim|-cyber|daybreak|rosalind|vibe-cli|learnlm|-exp\b|-exp-|"
    r"together-ai-|experimental"
)
_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$|-\d{8}$|-\d{4}$")  # A frozen copy of a model that is there without its date.


@dataclass(frozen=True)
class Kind:
    """A kind of provider. A `server` is one that people run themselves, reached by its address.

    `route` is LiteLLM's prefix. `proof` is an address that answers only to a good key, relative to the base URL of a
    server, and `header` how the key is sent there. `listing` is where the names of the models are to be had, for kinds
    that no price list covers. `sends` says which ids of the caller its API takes.
    """

    id: str
    title: str
    route: str
    proof: str
    listing: str = ""
    key_url: str = ""
    header: Literal["bearer", "x-api-key", "x-goog-api-key"] = "bearer"
    server: bool = False
    needs_key: bool = True
    base_url_hint: str = ""
    sends: Literal["", "user", "user and metadata"] = ""
    limit: int = 60


KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            id="together_ai",
            title="Together AI",
            route="together_ai",
            proof="https://api.together.xyz/v1/models",
            key_url="https://api.together.ai/settings/api-keys",
            sends="user",
        ),
        Kind(
            id="anthropic",
            title="Anthropic",
            route="anthropic",
            proof="https://api.anthropic.com/v1/models",
            key_url="https://console.anthropic.com/settings/keys",
            header="x-api-key",
            sends="user",
        ),
        Kind(
            id="gemini",
            title="Google Gemini",
            route="gemini",
            proof="https://generativelanguage.googleapis.com/v1beta/models",
            key_url="https://aistudio.google.com/apikey",
            header="x-goog-api-key",
        ),
        Kind(
            id="mistral",
            title="Mistral",
            route="mistral",
            proof="https://api.mistral.ai/v1/models",
            key_url="https://console.mistral.ai/api-keys",
        ),
        Kind(
            id="groq",
            title="Groq",
            route="groq",
            proof="https://api.groq.com/openai/v1/models",
            key_url="https://console.groq.com/keys",
            sends="user",
        ),
        Kind(
            id="openrouter",
            title="OpenRouter",
            route="openrouter",
            proof="https://openrouter.ai/api/v1/key",  # Its list of models is open to all, and would prove no key.
            listing="https://openrouter.ai/api/v1/models",
            key_url="https://openrouter.ai/settings/keys",
            sends="user",
            limit=80,
        ),
        Kind(
            id="deepseek",
            title="DeepSeek",
            route="deepseek",
            proof="https://api.deepseek.com/models",
            key_url="https://platform.deepseek.com/api_keys",
            sends="user",
        ),
        Kind(
            id="openai",
            title="OpenAI",
            route="openai",
            proof="https://api.openai.com/v1/models",
            key_url="https://platform.openai.com/api-keys",
            sends="user",
        ),
        # Ollama speaks OpenAI's protocol, too, and that way is the one which all servers of one's own share.
        Kind(
            id="ollama",
            title="Ollama",
            route="hosted_vllm",
            proof="/api/tags",
            listing="/api/tags",
            server=True,
            needs_key=False,
            base_url_hint="http://127.0.0.1:11434",
            sends="user and metadata",
        ),
        Kind(
            id="openai_compatible",
            title="OpenAI-compatible server",
            route="hosted_vllm",
            proof="/models",
            listing="/models",
            server=True,
            needs_key=False,
            base_url_hint="http://127.0.0.1:8080/v1",
            sends="user and metadata",
        ),
    )
}


@dataclass(frozen=True)
class CatalogModel:
    """A model that a kind offers; prices are US dollars per million tokens, None where unknown."""

    name: str
    context_tokens: int
    input_price: float | None
    output_price: float | None
    takes_tools: bool
    takes_images: bool


# What the price list has not got (yet), by kind: listed first.
_ADDED: dict[str, tuple[CatalogModel, ...]] = {
    "together_ai": (CatalogModel("meta-llama/Llama-3.3-70B-Instruct-Turbo-Free", 131_072, 0.0, 0.0, True, False),),
    "openrouter": (CatalogModel("openrouter/auto", 128_000, None, None, True, False),),
}


@functools.cache
def models_of(kind_id: str) -> tuple[CatalogModel, ...]:
    """Return the chat models of a kind, newest version first; servers list theirs themselves.

    The first call reads a file of 3 MB in some 25 ms: make it in a thread.
    """
    kind = KINDS[kind_id]
    if kind.server:
        return ()
    added = _ADDED.get(kind_id, ())
    known = {model.name for model in added}
    found = {model.name: model for model in _listed(kind) if model.name not in known}
    undated = [model for name, model in found.items() if _DATED.sub("", name) not in found or not _DATED.search(name)]
    return added + tuple(sorted(undated, key=_newest_first)[: kind.limit])


def setting_of(kind: Kind) -> str:
    """Return the name of the setting that connects a kind for all users."""
    return f"{kind.id}_url" if kind.server else f"{kind.id.removesuffix('_ai')}_api_key"


def title_of(name: str) -> str:
    """Return a model's name without its maker's folder, for a selector."""
    return name.rsplit("/", 1)[-1]


def _listed(kind: Kind) -> Iterator[CatalogModel]:
    today = clock.now().date().isoformat()
    for full_name, entry in _entries(kind.id):
        name = full_name.removeprefix(f"{kind.route}/")
        gone = str(entry.get("deprecation_date") or "9999") <= today
        # Half of the providers have each model twice in the list, with and without their own name in front.
        if gone or _NOT_FOR_CHAT.search(name.lower()) or not entry.get("max_input_tokens"):
            continue
        yield CatalogModel(
            name=name,
            context_tokens=int(entry["max_input_tokens"]),
            input_price=_per_million(entry.get("input_cost_per_token")),
            output_price=_per_million(entry.get("output_cost_per_token")),
            takes_tools=bool(entry.get("supports_function_calling")),
            takes_images=bool(entry.get("supports_vision")),
        )


@functools.cache
def _price_list() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Read the entries of our kinds that chat; the other nine tenths of the list are not kept."""
    spec = importlib.util.find_spec("litellm")
    if spec is None or not spec.submodule_search_locations:
        return ()
    content = json.loads((Path(spec.submodule_search_locations[0]) / _PRICE_LIST).read_text("utf-8"))
    return tuple(
        (name, entry)
        for name, entry in content.items()
        if entry.get("mode") == "chat" and entry.get("litellm_provider") in KINDS
    )


def _entries(kind_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, entry) for name, entry in _price_list() if entry["litellm_provider"] == kind_id)


def _per_million(price: float | None) -> float | None:
    return None if price is None else round(float(price) * 1_000_000, 4)


def _newest_first(model: CatalogModel) -> tuple[str, list[float], int, str]:
    """Order by maker and family, then by falling version: the numbers that a name carries, sizes such as 70B apart."""
    base = title_of(model.name).lower()
    maker = model.name.rpartition("/")[0].lower()
    family = re.split(r"[-\d.]", base, maxsplit=1)[0]
    versions = [-float(number) for number in re.findall(r"(?<![\w.])[a-z]?(\d{1,2}(?:\.\d+)?)(?![\db.]|\w*b\b)", base)]
    return f"{maker}/{family}", [*versions, 0.0], len(base), base
