"""Settings > Notifications: what may interrupt."""

from datetime import time

from assistant_app import models
from assistant_app.services import notifications
from assistant_app.ui.follow import FollowState
from assistant_app.ui.inbox.arrivals import ArrivalState
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.notifications import NotificationsState
from assistant_app.ui.settings.saved import SavedState
from tests.ui.conftest import OpenTab

LOAD = [SessionState.load, NotificationsState.load]


async def test_every_kind_is_listed_with_what_holds_for_it(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/notifications", on_load=LOAD)
    rows = {row.kind: (row.interrupts, row.sounds) for row in tab.value(NotificationsState, "kinds")}
    assert rows.keys() == set(notifications.KINDS)
    assert (rows["reminder"], rows["error"], rows["summary"]) == ((True, True), (True, False), (False, False))
    assert tab.value(NotificationsState, "quiet_words").startswith("Off")


async def test_what_is_chosen_is_saved_at_once(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/notifications", on_load=LOAD)
    await tab.send(NotificationsState.switch_quiet(True))
    await tab.send(NotificationsState.save_until("06:30"))
    await tab.send(NotificationsState.choose("summary", "interrupting", True))
    await tab.send(NotificationsState.switch_browser(True))
    assert (tab.value(SavedState, "field"), tab.value(SavedState, "problem")) == ("in-browser", "")
    found = await notifications.get_preferences(user_id=ada.id)
    assert (found.quiet_from, found.quiet_until, found.in_browser) == (time(22), time(6, 30), True)
    assert "summary" in found.interrupting


async def test_times_that_make_no_sense_are_refused_beside_the_field(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/notifications", on_load=LOAD)
    await tab.send(NotificationsState.switch_quiet(True))
    for wrong, said in (("22:00", "cannot begin when they end"), ("soon", "not a time of day")):
        await tab.send(NotificationsState.save_until(wrong))
        assert said in tab.value(SavedState, "problem")
    assert (await notifications.get_preferences(user_id=ada.id)).quiet_until == time(7)


async def test_test_comes_on_every_page(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/notifications", on_load=[*LOAD, FollowState.follow(False)], wait=False)
    await tab.until(lambda: tab.value(NotificationsState, "loaded"))
    await tab.send(NotificationsState.test())
    await tab.until(lambda: bool(tab.value(ArrivalState, "due")))
    assert tab.value(ArrivalState, "due")[0].is_test
    tab.close()
