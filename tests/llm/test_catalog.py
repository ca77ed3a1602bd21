"""The catalog is read without LiteLLM, and lists what people can chat with."""

import subprocess
import sys

import pytest

from assistant_app.llm import catalog
from assistant_app.settings import Settings

HOSTED = [kind.id for kind in catalog.KINDS.values() if not kind.server]


def test_reading_the_price_list_does_not_import_litellm() -> None:
    code = (
        "import sys; from assistant_app.llm import catalog as c; c.models_of('openai'); print('litellm' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout == "False\n"


@pytest.mark.parametrize("kind", HOSTED)
def test_each_hosted_kind_has_models_without_doubles(kind: str) -> None:
    names = [model.name for model in catalog.models_of(kind)]
    assert names
    assert len(names) == len(set(names)) <= catalog.KINDS[kind].limit


@pytest.mark.parametrize("kind", HOSTED)
def test_a_model_that_is_listed_can_be_chatted_with(kind: str) -> None:
    for model in catalog.models_of(kind):
        assert model.context_tokens > 0
        assert not any(word in model.name for word in ("embed", "tts", "audio", "image", "whisper", "guard", "ft:"))


def test_togethers_free_model_comes_first() -> None:
    assert f"together_ai/{catalog.models_of('together_ai')[0].name}" == catalog.DEFAULT_WITH_TOGETHER


def test_the_newest_version_of_a_family_comes_first() -> None:
    names = [model.name for model in catalog.models_of("anthropic")]
    assert names.index("claude-opus-5") < names.index("claude-opus-4-8") < names.index("claude-opus-4-5")


def test_prices_are_per_million_tokens() -> None:
    [model] = [model for model in catalog.models_of("anthropic") if model.name == "claude-opus-5"]
    assert (model.input_price, model.takes_tools, model.takes_images) == (5.0, True, True)


def test_servers_list_their_models_themselves() -> None:
    assert catalog.models_of("ollama") == ()


def test_every_kind_can_be_set_for_all_users() -> None:
    fields = Settings.model_fields
    for kind in catalog.KINDS.values():
        assert catalog.setting_of(kind) in fields


def test_every_hosted_kind_says_where_its_keys_come_from() -> None:
    for kind in catalog.KINDS.values():
        assert kind.server or kind.key_url.startswith("https://")
        assert bool(kind.base_url_hint) is kind.server
