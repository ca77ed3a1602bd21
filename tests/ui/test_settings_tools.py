"""Settings > Tools: what the assistant may do by itself."""

import pytest

from assistant_app import models
from assistant_app.agent import policy
from assistant_app.tools import TOOLS
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.saved import SavedState
from assistant_app.ui.settings.tools import ToolRow, ToolsState, about
from tests.ui.conftest import OpenTab, Tab

LOAD = [SessionState.load, ToolsState.load]


def row(tab: Tab, name: str) -> ToolRow:
    """Return what the page shows of a tool."""
    return next(row for group in tab.value(ToolsState, "groups") for row in group.tools if row.name == name)


async def test_every_tool_is_listed_once_under_its_subject(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/tools", on_load=LOAD)
    groups = tab.value(ToolsState, "groups")
    assert sorted(row.name for group in groups for row in group.tools) == sorted(tool.name for tool in TOOLS)
    assert len({group.subject for group in groups}) == len(groups)
    assert (row(tab, "add_task").policy, row(tab, "add_task").choices) == ("auto", ["auto", "ask", "off"])
    assert (row(tab, "delete_task").policy, row(tab, "delete_task").choices) == ("ask", ["ask", "off"])


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_what_a_tool_does_is_one_sentence_to_its_user(tool: policy.Tool) -> None:
    sentence = about(tool.description)
    assert "the user" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 130


async def test_what_is_chosen_is_saved_at_once(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/tools", on_load=LOAD)
    await tab.send(ToolsState.choose("add_task", "ask"))
    assert row(tab, "add_task").policy == "ask"
    assert (tab.value(SavedState, "field"), tab.value(SavedState, "problem")) == ("tool-add_task", "")
    assert (await policy.read_policies(ada.id))["add_task"] == "ask"


async def test_what_deletes_is_never_done_unasked(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/tools", on_load=LOAD)
    await tab.send(ToolsState.choose("delete_task", "auto"))
    assert "always asks" in tab.value(SavedState, "problem")
    assert row(tab, "delete_task").policy == "ask"


async def test_what_is_chosen_elsewhere_shows(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/tools", on_load=[*LOAD, ToolsState.follow], wait=False)
    await tab.until(lambda: bool(tab.value(ToolsState, "groups")))
    await tab.send(SessionState.load)
    await policy.set_policy(user_id=ada.id, tool="add_task", policy="off")
    await tab.until(lambda: row(tab, "add_task").policy == "off")
    tab.close()
