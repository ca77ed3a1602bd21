"""Settings > Devices: who is signed in where, and signing out from afar."""

import pytest

from assistant_app import models
from assistant_app.errors import NotFoundError
from assistant_app.services import devices
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.devices import DevicesState
from tests.ui.conftest import OpenTab

LOAD = [SessionState.load, DevicesState.load]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1"


async def test_devices_are_listed_this_one_first_and_marked(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/devices", on_load=LOAD)
    await devices.open_session(user_id=ada.id, user_agent=IPHONE, address="192.0.2.7")
    await tab.send(DevicesState.load)
    here, phone = tab.value(DevicesState, "rows")
    assert (here.is_this_one, phone.is_this_one) == (True, False)
    assert (phone.name, phone.address, phone.is_handheld) == ("Safari on iPhone", "192.0.2.7", True)


async def test_a_revoked_device_leaves_the_list_and_its_tab_expires(open_tab: OpenTab, ada: models.User) -> None:
    other = await open_tab(ada)
    tab = await open_tab(ada, "/settings/devices", on_load=LOAD)
    there = next(row for row in tab.value(DevicesState, "rows") if not row.is_this_one)
    await tab.send(DevicesState.revoke(there.id))
    assert [row.is_this_one for row in tab.value(DevicesState, "rows")] == [True]
    await other.send(SessionState.load)
    assert other.value(SessionState, "expired") is True


async def test_all_others_are_signed_out_and_this_one_stays(open_tab: OpenTab, ada: models.User) -> None:
    await open_tab(ada)
    await open_tab(ada)
    tab = await open_tab(ada, "/settings/devices", on_load=LOAD)
    await tab.send(DevicesState.revoke_others)
    assert [row.is_this_one for row in tab.value(DevicesState, "rows")] == [True]
    assert len(await devices.list_devices(user_id=ada.id)) == 1
    await tab.send(SessionState.load)
    assert tab.value(SessionState, "expired") is False


async def test_another_persons_device_cannot_be_signed_out(
    open_tab: OpenTab, ada: models.User, bob: models.User
) -> None:
    await open_tab(ada)
    hers = (await devices.list_devices(user_id=ada.id))[0].id
    tab = await open_tab(bob, "/settings/devices", on_load=LOAD)
    with pytest.raises(NotFoundError):
        await tab.send(DevicesState.revoke(hers))
    await tab.send(DevicesState.revoke_others)
    assert [device.id for device in await devices.list_devices(user_id=ada.id)] == [hers]
    assert hers not in str(tab.deltas)


async def test_a_new_sign_in_shows_while_the_page_is_open(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/devices", on_load=[*LOAD, DevicesState.follow], wait=False)
    await tab.until(lambda: len(tab.value(DevicesState, "rows") or []) == 1)
    await tab.send(SessionState.load)
    await devices.open_session(user_id=ada.id, user_agent=IPHONE, address="192.0.2.7")
    await tab.until(lambda: len(tab.value(DevicesState, "rows")) == 2)
    tab.close()
