"""Connecting providers, testing them, and choosing models."""

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from assistant_app import bus, models
from assistant_app.errors import ConflictError, InvalidInputError, NotFoundError
from assistant_app.llm import catalog
from assistant_app.llm.litellm_model import LiteLLMModel
from assistant_app.repositories import database
from assistant_app.services import connected, providers
from assistant_app.settings import get_settings
from tests.conftest import add_user
from tests.peers.openai_server import OpenAIServer, openai_server

KEY = "sk-0123456789abcdef"
TOGETHER_DEFAULT = "together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo-Free"


class Environment:
    """The settings of one test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Change the environment for one test only."""
        self._monkeypatch = monkeypatch

    def set(self, **values: str) -> None:
        """Set variables by the names of the fields."""
        for name, value in values.items():
            self._monkeypatch.setenv(f"STEWARD_{name.upper()}", value)
        get_settings.cache_clear()


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Environment]:
    """Settings with an empty data folder and no provider."""
    for kind in catalog.KINDS.values():
        monkeypatch.delenv(f"STEWARD_{catalog.setting_of(kind)}".upper(), raising=False)
    monkeypatch.delenv("STEWARD_DEFAULT_MODEL", raising=False)
    environment = Environment(monkeypatch)
    environment.set(data=str(tmp_path / "data"))
    connected.forget_shared_names()
    yield environment
    connected.forget_shared_names()
    get_settings.cache_clear()


@pytest_asyncio.fixture
async def server() -> AsyncIterator[OpenAIServer]:
    """A model server of one's own."""
    async with openai_server() as running:
        yield running


async def add_key(user: models.User, kind: str = "together_ai") -> providers.ProviderView:
    return await providers.add_provider(user_id=user.id, kind=kind, secret=KEY)


async def add_server(user: models.User, url: str, **fields: object) -> providers.ProviderView:
    return await providers.add_provider(
        user_id=user.id,
        kind="openai_compatible",
        base_url=url,
        **fields,  # type: ignore[arg-type] - a test's shorthand
    )


async def ids(user: models.User) -> list[str]:
    return [choice.id for choice in await providers.list_models(user_id=user.id)]


async def test_without_any_provider_there_is_the_built_in_model(ada: models.User) -> None:
    assert await ids(ada) == ["builtin"]
    assert await providers.default_model(user_id=ada.id) == "builtin"
    assert (await providers.resolve_model(user_id=ada.id, model="builtin")).name == "builtin"


async def test_a_key_connects_the_models_of_its_provider(ada: models.User) -> None:
    await add_key(ada)
    first, second, *_ = await providers.list_models(user_id=ada.id)
    assert first.id == "builtin"
    assert (second.id, second.provider, second.input_price) == (TOGETHER_DEFAULT, "Together AI", 0.0)
    model = await providers.resolve_model(user_id=ada.id, model=second.id)
    assert isinstance(model, LiteLLMModel)
    assert (model.route, model.api_key, model.provider) == (TOGETHER_DEFAULT, KEY, "Together AI")
    assert model.context_tokens == 131_072


async def test_the_database_holds_no_key_in_clear(ada: models.User) -> None:
    await add_key(ada)
    async with database.read() as session:
        stored = (await session.execute(text("SELECT secret FROM provider"))).scalar_one()
    assert stored
    assert KEY not in stored


async def test_no_view_carries_a_key(ada: models.User, environment: Environment) -> None:
    environment.set(groq_api_key="sk-of-the-owner-99")
    await add_key(ada)
    views = await providers.list_providers(user_id=ada.id)
    assert KEY not in repr(views)
    assert "owner" not in repr(views)
    assert [view.secret_hint for view in views] == ["", "…cdef"]
    assert [view.shared for view in views] == [True, False]


async def test_the_settings_connect_providers_for_all(ada: models.User, environment: Environment) -> None:
    environment.set(anthropic_api_key="sk-ant")
    assert any(model_id.startswith("anthropic/claude-") for model_id in await ids(ada))
    model = await providers.resolve_model(user_id=ada.id, model="anthropic/claude-opus-5")
    assert isinstance(model, LiteLLMModel)
    assert model.api_key == "sk-ant"


async def test_ones_own_key_takes_the_place_of_the_shared_one(ada: models.User, environment: Environment) -> None:
    environment.set(together_api_key="sk-shared")
    await add_key(ada)
    model = await providers.resolve_model(user_id=ada.id, model=TOGETHER_DEFAULT)
    assert isinstance(model, LiteLLMModel)
    assert model.api_key == KEY
    found = await ids(ada)
    assert len(found) == len(set(found))


async def test_together_is_the_default_where_its_key_is(ada: models.User, environment: Environment) -> None:
    environment.set(together_api_key="sk-shared", openai_api_key="sk-openai")
    assert await providers.default_model(user_id=ada.id) == TOGETHER_DEFAULT


async def test_openai_is_never_the_default(ada: models.User, environment: Environment) -> None:
    environment.set(openai_api_key="sk-openai")
    assert any(model_id.startswith("openai/gpt") for model_id in await ids(ada))
    assert await providers.default_model(user_id=ada.id) == "builtin"


async def test_a_users_choice_is_the_default_for_as_long_as_it_is_connected(
    db: object, environment: Environment
) -> None:
    environment.set(together_api_key="sk-shared")
    eve = await add_user("eve", default_model="anthropic/claude-opus-5")
    assert await providers.default_model(user_id=eve.id) == TOGETHER_DEFAULT
    await add_key(eve, "anthropic")
    assert await providers.default_model(user_id=eve.id) == "anthropic/claude-opus-5"
    zoe = await add_user("zoe", default_model="builtin")
    assert await providers.default_model(user_id=zoe.id) == "builtin"


async def test_the_settings_default_comes_before_togethers(ada: models.User, environment: Environment) -> None:
    environment.set(together_api_key="k", groq_api_key="k", default_model="groq/openai/gpt-oss-120b")
    assert await providers.default_model(user_id=ada.id) == "groq/openai/gpt-oss-120b"


async def test_a_server_of_ones_own_lists_its_models_after_a_test(ada: models.User, server: OpenAIServer) -> None:
    view = await add_server(ada, server.url)
    check = await providers.test_provider(user_id=ada.id, provider_id=view.id)
    assert (check.ok, check.sentence) == (True, f"{view.label} answers, and has 2 models.")
    assert await ids(ada) == ["builtin", f"{view.id}/plain", f"{view.id}/second"]
    assert await providers.default_model(user_id=ada.id) == f"{view.id}/plain"
    model = await providers.resolve_model(user_id=ada.id, model=f"{view.id}/plain")
    assert isinstance(model, LiteLLMModel)
    assert (model.api_base, model.route) == (server.url, "hosted_vllm/plain")


async def test_a_forgotten_v1_is_added_by_the_test(ada: models.User, server: OpenAIServer) -> None:
    view = await add_server(ada, server.url.removesuffix("/v1"))
    assert (await providers.test_provider(user_id=ada.id, provider_id=view.id)).ok
    [view] = await providers.list_providers(user_id=ada.id)
    assert view.base_url == server.url


async def test_ollama_is_reached_by_its_own_address(ada: models.User, server: OpenAIServer) -> None:
    address = server.url.removesuffix("/v1")
    view = await providers.add_provider(user_id=ada.id, kind="ollama", base_url=f"{address}/")
    assert (await providers.test_provider(user_id=ada.id, provider_id=view.id)).ok
    model = await providers.resolve_model(user_id=ada.id, model=f"{view.id}/plain")
    assert isinstance(model, LiteLLMModel)
    assert model.api_base == server.url


async def test_a_shared_server_lists_its_models(
    ada: models.User, server: OpenAIServer, environment: Environment
) -> None:
    environment.set(openai_compatible_url=server.url)
    assert await ids(ada) == ["builtin", "openai_compatible/plain", "openai_compatible/second"]
    assert await providers.default_model(user_id=ada.id) == "openai_compatible/plain"
    check = await providers.test_provider(user_id=ada.id, provider_id="shared_openai_compatible")
    assert check.ok


async def test_a_shared_server_is_not_asked_for_every_message(
    ada: models.User, server: OpenAIServer, environment: Environment
) -> None:
    environment.set(openai_compatible_url=server.url)
    for _ in range(5):
        await providers.resolve_model(user_id=ada.id, model="openai_compatible/plain")
    assert len(server.requests) == 1


async def test_a_shared_server_that_is_down_hides_nothing_else(ada: models.User, environment: Environment) -> None:
    environment.set(openai_compatible_url="http://127.0.0.1:9/v1", groq_api_key="k")
    assert any(model_id.startswith("groq/") for model_id in await ids(ada))


async def test_a_wrong_key_is_said_by_the_test(ada: models.User, server: OpenAIServer) -> None:
    server.key = "right"
    view = await add_server(ada, server.url, secret="wrong")
    check = await providers.test_provider(user_id=ada.id, provider_id=view.id)
    assert not check.ok
    assert "refuses the API key" in check.sentence
    await providers.update_provider(user_id=ada.id, provider_id=view.id, secret="right")
    assert (await providers.test_provider(user_id=ada.id, provider_id=view.id)).ok


@pytest.mark.parametrize("header", ["bearer", "x-api-key", "x-goog-api-key"])
async def test_a_hosted_provider_gets_its_key_the_way_it_wants_it(
    ada: models.User, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    here = dataclasses.replace(catalog.KINDS["groq"], proof=f"{server.url}/models", header=header)  # type: ignore[arg-type] - one of the three
    monkeypatch.setitem(catalog.KINDS, "groq", here)
    view = await add_key(ada, "groq")
    check = await providers.test_provider(user_id=ada.id, provider_id=view.id)
    assert (check.ok, check.sentence) == (True, "Groq answers, and takes the key.")
    sent = server.requests[0].headers
    assert sent.get("authorization" if header == "bearer" else header, "").endswith(KEY)


async def test_nobody_at_the_address_is_said_by_the_test(ada: models.User) -> None:
    view = await add_server(ada, "http://127.0.0.1:9/v1")
    check = await providers.test_provider(user_id=ada.id, provider_id=view.id)
    assert not check.ok
    assert "cannot be reached at http://127.0.0.1:9/v1" in check.sentence


async def test_a_server_without_a_list_is_asked_for_a_word(ada: models.User, server: OpenAIServer) -> None:
    server.lists_models = False
    view = await add_server(ada, server.url)
    check = await providers.test_provider(user_id=ada.id, provider_id=view.id)
    assert not check.ok
    assert "no list of models" in check.sentence
    await providers.update_provider(user_id=ada.id, provider_id=view.id, model_names=["plain"])
    check = await providers.test_provider(user_id=ada.id, provider_id=view.id)
    assert (check.ok, check.sentence) == (True, f"{view.label} answers with plain.")


@contextlib.asynccontextmanager
async def endless_server() -> AsyncGenerator[tuple[str, list[int]]]:
    """Run a server whose list of models never ends; give its address, and how many bytes it got rid of."""
    sent = [0]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"data": ["')
            while sent[0] < 400_000_000:
                writer.write(b"x" * 100_000)
                await writer.drain()
                sent[0] += 100_000
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", sent


async def test_a_list_without_end_is_not_read_to_its_end(ada: models.User) -> None:
    async with endless_server() as (url, sent):
        view = await add_server(ada, url)
        check = await providers.test_provider(user_id=ada.id, provider_id=view.id)
    assert not check.ok
    assert "no list of models" in check.sentence
    assert sent[0] < 30_000_000


async def test_a_server_that_moved_to_a_link_local_address_is_not_called(ada: models.User) -> None:
    view = await add_server(ada, "http://127.0.0.1:9/v1", model_names=["plain"])
    async with database.write() as session:
        await session.execute(text("UPDATE provider SET base_url = 'http://169.254.169.254/v1'"))
    with pytest.raises(InvalidInputError, match="link-local"):
        await providers.resolve_model(user_id=ada.id, model=f"{view.id}/plain")


async def test_nobody_connects_providers_without_end(ada: models.User) -> None:
    for _ in range(30):
        await add_server(ada, "http://127.0.0.1:9/v1")
    with pytest.raises(ConflictError, match="Remove one first"):
        await add_server(ada, "http://127.0.0.1:9/v1")


@pytest.mark.parametrize("names", [["x" * 201], [str(number) for number in range(501)]])
async def test_names_of_models_have_a_limit(ada: models.User, names: list[str]) -> None:
    with pytest.raises(InvalidInputError):
        await add_server(ada, "http://127.0.0.1:9/v1", model_names=names)


@pytest.mark.parametrize("name", ["../../v1/files", "x/..", "x?key=1", "x#y", "x y", "x//y", "x" * 201])
async def test_name_of_a_hosted_model_leads_to_no_other_address(ada: models.User, name: str) -> None:
    await add_key(ada)
    with pytest.raises(NotFoundError):
        await providers.resolve_model(user_id=ada.id, model=f"together_ai/{name}")


async def test_a_removed_providers_models_are_gone_with_a_sentence(ada: models.User) -> None:
    view = await add_key(ada)
    await providers.remove_provider(user_id=ada.id, provider_id=view.id)
    assert await ids(ada) == ["builtin"]
    with pytest.raises(NotFoundError, match=r"Llama-3\.3-70B-Instruct-Turbo-Free is not connected any more"):
        await providers.resolve_model(user_id=ada.id, model=TOGETHER_DEFAULT)


@pytest.mark.parametrize("model", ["", "nonsense", "together_ai/", "together_ai/x", "prv_1/x", "/x"])
async def test_a_model_of_nobody_is_not_found(ada: models.User, model: str) -> None:
    with pytest.raises(NotFoundError):
        await providers.resolve_model(user_id=ada.id, model=model)


async def test_anothers_provider_is_not_there(ada: models.User, bob: models.User, server: OpenAIServer) -> None:
    view = await add_server(ada, server.url, model_names=["plain"])
    assert await ids(bob) == ["builtin"]
    with pytest.raises(NotFoundError):
        await providers.resolve_model(user_id=bob.id, model=f"{view.id}/plain")
    with pytest.raises(NotFoundError):
        await providers.test_provider(user_id=bob.id, provider_id=view.id)
    with pytest.raises(NotFoundError):
        await providers.update_provider(user_id=bob.id, provider_id=view.id, label="mine")
    with pytest.raises(NotFoundError):
        await providers.remove_provider(user_id=bob.id, provider_id=view.id)
    assert [found.label for found in await providers.list_providers(user_id=ada.id)] == [view.label]


async def test_a_second_key_for_one_provider_is_refused(ada: models.User) -> None:
    await add_key(ada)
    with pytest.raises(ConflictError, match="connected already"):
        await add_key(ada)


async def test_two_servers_of_one_kind_stand_side_by_side(ada: models.User) -> None:
    one = await add_server(ada, "http://127.0.0.1:1001/v1", model_names=["m"])
    two = await add_server(ada, "http://127.0.0.1:1002/v1", model_names=["m"])
    assert await ids(ada) == ["builtin", f"{one.id}/m", f"{two.id}/m"]
    assert one.label != two.label


async def test_changes_tell_open_pages(ada: models.User) -> None:
    with bus.subscribe(ada.id) as subscription:
        await add_key(ada)
        assert await subscription.changes() == {"providers"}


@pytest.mark.parametrize("secret", ["", "  ", "has a blank", "café-ünicode", "x" * 501, "line\nbreak"])
async def test_what_is_no_key_is_refused(ada: models.User, secret: str) -> None:
    with pytest.raises(InvalidInputError):
        await providers.add_provider(user_id=ada.id, kind="groq", secret=secret)


async def test_an_unknown_kind_is_refused(ada: models.User) -> None:
    with pytest.raises(InvalidInputError):
        await providers.add_provider(user_id=ada.id, kind="somebody", secret=KEY)


async def test_a_hosted_provider_takes_no_address(ada: models.User) -> None:
    with pytest.raises(InvalidInputError, match="no address"):
        await providers.add_provider(user_id=ada.id, kind="openai", secret=KEY, base_url="http://127.0.0.1:1/v1")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1/v1",
        "file:///etc/passwd",
        "127.0.0.1:8080",
        "http://",
        "http://user:pass@127.0.0.1/v1",
        "http://127.0.0.1/v1?x=1",
        "http://127.0.0.1:99999/v1",
        "http://169.254.169.254/latest",
        "http://169.254.1.1:8080/v1",
        "http://2852039166/v1",
        "http://0xa9fea9fe/v1",
        "http://[::ffff:169.254.169.254]/v1",
        "http://[fe80::1]/v1",
        "http://[fd00:ec2::254]/v1",
        "http://metadata.google.internal/v1",
        "http://METADATA.google.internal./v1",
    ],
)
async def test_an_address_that_leads_elsewhere_is_refused(ada: models.User, address: str) -> None:
    with pytest.raises(InvalidInputError):
        await add_server(ada, address)


@pytest.mark.parametrize("address", ["http://192.168.1.20:11434", "http://10.0.0.5/v1", "http://localhost:8080/v1"])
async def test_an_address_of_the_house_is_welcome(ada: models.User, address: str) -> None:
    assert (await add_server(ada, address)).base_url == address


async def test_a_lost_key_file_breaks_calls_and_no_list(
    ada: models.User, environment: Environment, tmp_path: Path
) -> None:
    await add_key(ada)
    environment.set(data=str(tmp_path / "elsewhere"))
    assert TOGETHER_DEFAULT in await ids(ada)
    [view] = await providers.list_providers(user_id=ada.id)
    assert view.secret_hint == "cannot be read"
    with pytest.raises(InvalidInputError, match=r"secret\.key"):
        await providers.resolve_model(user_id=ada.id, model=TOGETHER_DEFAULT)
