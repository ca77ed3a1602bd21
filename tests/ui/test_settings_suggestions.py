"""Settings > Notifications: how often suggestions of each kind come."""

from assistant_app import models
from assistant_app.services import suggestions
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.saved import SavedState
from assistant_app.ui.settings.suggestions import SuggestionsState
from tests.ui.conftest import OpenTab, Tab

LOAD = [SessionState.load, SuggestionsState.load]


def chosen(tab: Tab) -> dict[str, str]:
    """Return what the page shows of each kind."""
    return {row.rule: row.chosen for row in tab.value(SuggestionsState, "rules")}


async def test_each_kind_comes_daily_until_somebody_wants_less(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/notifications", on_load=LOAD)
    assert set(chosen(tab).values()) == {"daily"}
    await tab.send(SuggestionsState.choose("put_off", "monthly"))
    assert chosen(tab)["put_off"] == "monthly"
    weights = {each.rule: each.weight for each in await suggestions.list_weights(user_id=ada.id)}
    assert (weights["put_off"], set(weights.values())) == (0.25, {0.25, 1.0})


async def test_what_there_is_not_is_refused(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/notifications", on_load=LOAD)
    await tab.send(SuggestionsState.choose("put_off", "hourly"))
    assert "daily, weekly, monthly or never" in tab.value(SavedState, "problem")
    assert chosen(tab)["put_off"] == "daily"
