"""Settings > Models: keys go in and never come out, and nobody reaches what another person connected."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from assistant_app import models
from assistant_app.errors import NotFoundError
from assistant_app.services import accounts, providers
from assistant_app.settings import get_settings
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.models.default import DefaultModelState
from assistant_app.ui.settings.models.state import ModelsState, ProviderRow
from assistant_app.ui.settings.saved import SavedState
from tests.peers.openai_server import openai_server
from tests.ui.conftest import OpenTab, Tab

LOAD = [SessionState.load, ModelsState.load]
KEY = "tgp_v1_a_very_secret_key_7777"


@pytest_asyncio.fixture
async def server() -> AsyncIterator[str]:
    """A provider on this machine; its base URL."""
    async with openai_server() as running:
        yield f"http://127.0.0.1:{running.port}/v1"


@pytest.fixture(autouse=True)
def _own_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path / "data"))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def rows(tab: Tab) -> list[ProviderRow]:
    """Return what the page lists."""
    return tab.value(ModelsState, "rows")


async def add_server(tab: Tab, base_url: str, **more: str) -> None:
    """Connect a server of one's own."""
    await tab.send(ModelsState.choose_kind("openai_compatible"))
    await tab.send(ModelsState.add({"base_url": base_url, "secret": KEY, "label": "House", **more}))


async def test_nothing_is_connected_nor_chosen_at_first(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    assert rows(tab) == []
    assert tab.value(ModelsState, "adding").id == ""
    assert tab.value(DefaultModelState, "shown") == "Automatic: Built-in assistant"


async def test_a_server_is_connected_and_tested_at_once(open_tab: OpenTab, ada: models.User, server: str) -> None:
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await add_server(tab, server)
    await tab.until(lambda: bool(rows(tab)) and rows(tab)[0].outcome != "")
    assert rows(tab)[0].outcome == "ok"
    assert rows(tab)[0].sentence == "House answers, and has 2 models."
    assert rows(tab)[0].testing is False
    assert tab.value(ModelsState, "adding").id == ""


async def test_a_test_shows_that_it_is_under_way(open_tab: OpenTab, ada: models.User, server: str) -> None:
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await add_server(tab, server)
    await tab.until(lambda: bool(rows(tab)) and rows(tab)[0].outcome != "")
    shown = [row for delta in tab.deltas for state in delta.values() for row in _rows_in(state)]
    assert any(row.testing for row in shown)


def _rows_in(state: dict[str, object]) -> list[ProviderRow]:
    values = state.get("rows", state.get("rows_rx_state_"))
    return [row for row in values if isinstance(row, ProviderRow)] if isinstance(values, list) else []


async def test_no_key_ever_reaches_the_page(open_tab: OpenTab, ada: models.User, server: str) -> None:
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await add_server(tab, server)
    await tab.until(lambda: bool(rows(tab)) and rows(tab)[0].outcome != "")
    await tab.send(ModelsState.begin_edit(rows(tab)[0].id))
    again = await open_tab(ada, "/settings/models", on_load=LOAD)
    assert rows(again)[0].key_hint == "…7777"
    assert KEY not in str(tab.deltas) + str(again.deltas)
    assert KEY[:-4] not in str(tab.deltas) + str(again.deltas)


async def test_a_refused_provider_leaves_the_form_open_with_a_sentence(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await tab.send(ModelsState.choose_kind("together_ai"))
    await tab.send(ModelsState.add({"secret": ""}))
    assert tab.value(SavedState, "field") == "add-provider"
    assert "needs an API key" in tab.value(SavedState, "problem")
    assert tab.value(ModelsState, "adding").id == "together_ai"
    await tab.send(ModelsState.add({"secret": ["not", "text"]}))
    assert "Reload the page" in tab.value(SavedState, "problem")
    assert await providers.list_providers(user_id=ada.id) == []


async def test_an_unreachable_server_is_kept_and_its_test_says_what_is_wrong(
    open_tab: OpenTab, ada: models.User
) -> None:
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await add_server(tab, "http://127.0.0.1:9/v1")
    await tab.until(lambda: bool(rows(tab)) and rows(tab)[0].outcome != "")
    assert rows(tab)[0].outcome == "problem"
    assert "House" in rows(tab)[0].sentence


async def test_an_edit_keeps_a_key_that_is_not_typed_again(open_tab: OpenTab, ada: models.User, server: str) -> None:
    added = await providers.add_provider(user_id=ada.id, kind="openai_compatible", secret=KEY, base_url=server)
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await tab.send(ModelsState.begin_edit(added.id))
    await tab.send(ModelsState.save({"label": "Attic", "secret": "", "base_url": server, "model_names": "one, two"}))
    await tab.until(lambda: rows(tab)[0].outcome != "")
    assert rows(tab)[0].label == "Attic"
    assert rows(tab)[0].key_hint == "…7777"
    assert tab.value(ModelsState, "editing_id") == ""
    assert tab.value(SavedState, "field") == "edit-provider"


async def test_an_edit_that_is_refused_changes_nothing(open_tab: OpenTab, ada: models.User, server: str) -> None:
    added = await providers.add_provider(user_id=ada.id, kind="openai_compatible", secret=KEY, base_url=server)
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await tab.send(ModelsState.begin_edit(added.id))
    await tab.send(ModelsState.save({"label": "Attic", "base_url": "not an address", "secret": ""}))
    assert tab.value(SavedState, "problem") != ""
    assert tab.value(ModelsState, "editing_id") == added.id
    assert await providers.list_providers(user_id=ada.id) == [added]


async def test_a_removed_provider_is_gone(open_tab: OpenTab, ada: models.User, server: str) -> None:
    added = await providers.add_provider(user_id=ada.id, kind="openai_compatible", base_url=server)
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await tab.send(ModelsState.remove(added.id))
    assert rows(tab) == []
    assert await providers.list_providers(user_id=ada.id) == []


async def test_what_another_person_connected_is_out_of_reach(
    open_tab: OpenTab, ada: models.User, bob: models.User, server: str
) -> None:
    hers = await providers.add_provider(user_id=ada.id, kind="openai_compatible", secret=KEY, base_url=server)
    tab = await open_tab(bob, "/settings/models", on_load=LOAD)
    assert rows(tab) == []
    with pytest.raises(NotFoundError):
        await tab.send(ModelsState.remove(hers.id))
    await tab.send(ModelsState.begin_edit(hers.id))
    await tab.send(ModelsState.save({"label": "Mine", "secret": "", "base_url": server}))
    assert "not connected" in tab.value(SavedState, "problem")
    await tab.send(ModelsState.test(hers.id))
    await tab.until(lambda: bool(tab.value(NoticeState, "notices")))
    assert "not connected" in tab.value(NoticeState, "notices")[0].text
    assert await providers.list_providers(user_id=ada.id) == [hers]
    assert server not in str(tab.deltas)
    assert "…7777" not in str(tab.deltas)


async def test_the_default_model_is_chosen_from_what_is_connected(
    open_tab: OpenTab, ada: models.User, server: str
) -> None:
    added = await providers.add_provider(
        user_id=ada.id, kind="openai_compatible", base_url=server, model_names=("plain", "second")
    )
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await tab.send(DefaultModelState.set_open(True))
    assert [option.id for option in tab.value(DefaultModelState, "options")][:2] == ["", "builtin"]
    await tab.send(DefaultModelState.look("second"))
    found = [option.id for option in tab.value(DefaultModelState, "options")]
    assert found == [f"{added.id}/second"]
    await tab.send(DefaultModelState.choose(found[0]))
    assert (await accounts.get_person(user_id=ada.id)).default_model == found[0]
    assert tab.value(DefaultModelState, "shown") == "second"
    await tab.send(DefaultModelState.choose(""))
    assert tab.value(DefaultModelState, "shown") == "Automatic: plain"


async def test_a_default_that_is_not_connected_is_refused(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/models", on_load=LOAD)
    await tab.send(DefaultModelState.choose("openai/gpt-9"))
    assert "not connected" in tab.value(SavedState, "problem")
    assert (await accounts.get_person(user_id=ada.id)).default_model == ""


async def test_another_device_sees_what_is_connected(open_tab: OpenTab, ada: models.User, server: str) -> None:
    tab = await open_tab(ada, "/settings/models", on_load=[*LOAD, ModelsState.follow], wait=False)
    await tab.until(lambda: tab.value(ModelsState, "loaded") is True)
    await tab.send(ModelsState.begin_edit(""))
    await providers.add_provider(user_id=ada.id, kind="openai_compatible", base_url=server, label="House")
    await tab.until(lambda: [row.label for row in rows(tab)] == ["House"])
    tab.close()
