"""Device sessions: found by their token, listed, and ended at once."""

from datetime import timedelta

import pytest
import time_machine

from assistant_app import bus, clock, models
from assistant_app.errors import NotFoundError
from assistant_app.repositories import database
from assistant_app.services import devices
from assistant_app.services.devices import NewSession
from assistant_app.services.user_agents import device_name

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"


async def open_session(user: models.User, user_agent: str = CHROME) -> NewSession:
    return await devices.open_session(user_id=user.id, user_agent=user_agent, address="192.0.2.7")


async def test_a_token_finds_its_session_and_nothing_else_does(ada: models.User) -> None:
    opened = await open_session(ada)
    found = await devices.find_session(opened.token)
    assert found == devices.Session(opened.id, ada.id, is_owner=False)
    for wrong in ("", "x", opened.token + "x", opened.id, devices.token_hash(opened.token)):
        assert await devices.find_session(wrong) is None


async def test_the_cookie_header_carries_the_token(ada: models.User) -> None:
    opened = await open_session(ada)
    header = f"theme=dark; {devices.cookie_name()}={opened.token}; other=1"
    assert (await devices.find_session_by_cookies(header)) is not None
    assert await devices.find_session_by_cookies(f"other{devices.cookie_name()}={opened.token}") is None
    assert await devices.find_session_by_cookies("=;;\x00=,") is None


async def test_the_database_does_not_hold_the_token(ada: models.User) -> None:
    opened = await open_session(ada)
    async with database.read() as session:
        connection = await session.connection()
        rows = (await connection.exec_driver_sql("SELECT * FROM device_session")).all()
    assert len(rows) == 1
    assert opened.token not in str(rows)


async def test_a_session_ends_on_its_day(ada: models.User) -> None:
    opened = await open_session(ada)
    devices.forget_cache()
    with time_machine.travel(timedelta(days=29, hours=23)):
        assert await devices.find_session(opened.token)
    devices.forget_cache()
    with time_machine.travel(timedelta(days=30, minutes=1)):
        assert await devices.find_session(opened.token) is None


async def test_a_revoked_device_is_out_at_once_and_its_watchers_know(ada: models.User) -> None:
    first, second = await open_session(ada), await open_session(ada)
    assert await devices.find_session(first.token)
    with (
        devices.watch_session(first.id) as ended,
        devices.watch_session(second.id) as other,
        bus.subscribe(ada.id) as b,
    ):
        await devices.revoke_device(user_id=ada.id, device_id=first.id)
        assert ended.is_set()
        assert not other.is_set()
        assert await b.changes() == {"devices"}
    assert await devices.find_session(first.token) is None
    assert await devices.find_session(second.token)


async def test_a_session_ended_by_another_process_is_out_within_a_second(
    ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await open_session(ada)
    assert await devices.find_session(opened.token)
    async with database.write() as session:
        row = await session.get(models.DeviceSession, opened.id)
        assert row is not None
        row.revoked_at = clock.now()
    later = clock.monotonic() + 1.0
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    assert await devices.find_session(opened.token) is None


async def test_nobody_can_revoke_somebody_elses_device(ada: models.User, bob: models.User) -> None:
    opened = await open_session(ada)
    with pytest.raises(NotFoundError):
        await devices.revoke_device(user_id=bob.id, device_id=opened.id)
    await devices.revoke_other_devices(user_id=bob.id, session_id="")
    assert await devices.find_session(opened.token)


async def test_revoking_the_others_leaves_this_one(ada: models.User) -> None:
    here, *others = [await open_session(ada) for _ in range(3)]
    assert await devices.revoke_other_devices(user_id=ada.id, session_id=here.id) == 2
    assert await devices.find_session(here.token)
    assert [await devices.find_session(other.token) for other in others] == [None, None]


async def test_the_list_names_devices_and_marks_this_one(ada: models.User, bob: models.User) -> None:
    here = await open_session(ada)
    there = await open_session(ada, "curl/8.5.0")
    await open_session(bob)
    gone = await open_session(ada)
    await devices.revoke_device(user_id=ada.id, device_id=gone.id)
    listed = await devices.list_devices(user_id=ada.id, session_id=here.id)
    assert [(d.id, d.name, d.address, d.is_this_one) for d in listed] == [
        (here.id, "Chrome on Linux", "192.0.2.7", True),
        (there.id, "curl", "192.0.2.7", False),
    ]


async def test_a_visit_is_noted_once_a_minute_with_its_address(ada: models.User) -> None:
    opened = await open_session(ada)
    first_seen = (await devices.list_devices(user_id=ada.id))[0].last_seen_at
    devices.forget_cache()
    with time_machine.travel(timedelta(seconds=30)):
        await devices.find_session(opened.token, address="203.0.113.1")
    assert (await devices.list_devices(user_id=ada.id))[0].last_seen_at == first_seen
    devices.forget_cache()
    with time_machine.travel(timedelta(seconds=61)):
        await devices.find_session(opened.token, address="203.0.113.1")
    (device,) = await devices.list_devices(user_id=ada.id)
    assert device.last_seen_at > first_seen
    assert device.address == "203.0.113.1"


@pytest.mark.parametrize("other", ['app={"a":1}', "list[0]=1", 'half="quoted', "bare", "x@y=1", "", "expires=1"])
def test_cookies_of_other_applications_on_the_same_host_keep_nobody_out(other: str) -> None:
    for header in (f"{other}; steward=abc", f"steward=abc; {other}", f"steward=abc;{other}"):
        assert devices.token_in(header) == "abc"
    assert devices.token_in(f"{other}; not-steward=abc") == ""


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome on Linux"),
        (CHROME + " Edg/156.0", "Edge on Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on macOS"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Version/20.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 16; Pixel) AppleWebKit/537.36 Chrome/156.0 Mobile", "Chrome on Android"),
        ("python-httpx/0.28", "python-httpx"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_named_after_its_browser(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
