"""The gate: who passes, and what every answer carries."""

import asyncio

import httpx2
import pytest

from assistant_app import clock, models
from assistant_app.repositories import database
from assistant_app.repositories.database import Database
from assistant_app.services import accounts, devices
from assistant_app.settings import get_settings
from assistant_app.web import gate as gate_module
from assistant_app.web.gate import Gate
from tests.conftest import add_user
from tests.web.conftest import HTML, ORIGIN, Socket, browser, cookie_of


async def test_a_page_without_a_session_leads_to_sign_in_and_back(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/c/con_1?x=1&y=2", headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fc%2Fcon_1%3Fx%3D1%26y%3D2"


@pytest.mark.parametrize(
    "path", ["/assets/app.js", "/_event", "/_upload", "/ping", "/_health", "/export/conversations.md"]
)
async def test_whatever_is_no_page_is_refused_without_a_session(client: httpx2.AsyncClient, path: str) -> None:
    for headers in ({}, {"cookie": f"{devices.cookie_name()}=made-up"}):
        assert (await client.get(path, headers=headers)).status_code == 401
        assert (await client.post(path, headers=headers)).status_code in (401, 405)


@pytest.mark.parametrize(
    "path",
    ["/login/", "//login", "/login/../c/1", "/icons/../assets/app.js", "/icons/..", "/LOGIN", "/healthz/x", "/icons"],
)
def test_paths_that_resemble_public_ones_are_not_public(path: str) -> None:
    assert not gate_module._is_public(path)


async def test_a_session_lets_pages_pass(client: httpx2.AsyncClient, ada: models.User) -> None:
    answer = await client.get("/c/con_1", headers=HTML | await cookie_of(ada))
    assert answer.text == "the page /c/con_1"


async def test_a_revoked_session_does_not_pass(client: httpx2.AsyncClient, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    assert (await client.get("/", headers=cookie)).status_code == 200
    await devices.revoke_all_devices(user_id=ada.id)
    assert (await client.get("/", headers=cookie)).status_code == 401


async def test_known_pages_are_found_without_their_slash(client: httpx2.AsyncClient, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    assert (await client.get("/settings/profile", headers=cookie)).text == "the page /settings/profile/"
    assert (await client.get("/settings/other", headers=cookie)).text == "the page /settings/other"


@pytest.mark.parametrize(
    "origin", ["", "null", "https://evil.test", "http://127.0.0.1:8001", "http://127.0.0.1:8000.evil.test"]
)
async def test_what_comes_from_a_foreign_page_is_refused(
    db: Database, gate: Gate, ada: models.User, origin: str
) -> None:
    cookie = await cookie_of(ada)
    async with browser(gate, origin=origin) as other:
        assert (await other.get("/", headers=cookie)).status_code == 200
        assert (await other.post("/anything", headers=cookie)).status_code == 403
        assert (await other.post("/login", data={"login": "a"})).status_code == 403
    socket_headers = cookie | ({"origin": origin} if origin else {})
    async with Socket(gate, headers=socket_headers) as socket:
        assert socket.refused == 1008


async def test_the_same_host_by_https_is_our_own_page_only_if_the_host_is_ours(gate: Gate, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    async with browser(gate, origin="https://127.0.0.1:8000") as behind_tls:
        assert (await behind_tls.post("/anything", headers=cookie)).status_code == 200
        rebound = {"host": "evil.test:8000", "origin": "http://evil.test:8000"}
        assert (await behind_tls.post("/anything", headers=cookie | rebound)).status_code == 403


async def test_every_answer_carries_the_security_headers(client: httpx2.AsyncClient, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    answers = [
        await client.get("/", headers=HTML),
        await client.get("/assets/a.js"),
        await client.get("/login"),
        await client.get("/healthz"),
        await client.get("/", headers=cookie),
        await client.get("/assets/a.js", headers=cookie),
        await client.post("/", headers=cookie | {"origin": "https://evil.test"}),
        await client.get("/nowhere", headers=cookie),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "strict-transport-security" not in answer.headers


async def test_the_policy_allows_exactly_the_inline_scripts_of_the_build(gate: Gate) -> None:
    # From `printf 'start("é")' | openssl dgst -sha256 -binary | base64`, and the like for the other.
    (scripts,) = [part for part in gate.pages.policy.split("; ") if part.startswith("script-src")]
    assert scripts.split() == [
        "script-src",
        "'self'",
        "'sha256-VRcK3v7WYQJL3yHheBe4dsvLYjAYwFTyoPi2odncRio='",
        "'sha256-m/rARudH8P7o8KXbwi48VdhaFvJQP4D20HBtj7/nF5s='",
    ]


async def test_under_https_browsers_are_told_to_stay_there(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEWARD_PUBLIC_URL", "https://steward.example.org")
    get_settings.cache_clear()
    assert "max-age=" in (await client.get("/healthz")).headers["strict-transport-security"]


async def test_built_files_are_kept_and_pages_are_not(client: httpx2.AsyncClient, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    assert "immutable" in (await client.get("/assets/a-1f3.js", headers=cookie)).headers["cache-control"]
    assert (await client.get("/", headers=cookie)).headers["cache-control"] == "no-cache"
    assert "immutable" not in (await client.get("/assets/a-1f3.js")).headers["cache-control"]


async def test_too_large_a_body_is_refused_whether_it_says_so_or_not(
    client: httpx2.AsyncClient, ada: models.User
) -> None:
    cookie = await cookie_of(ada)
    assert (await client.post("/x", headers=cookie, content=b"x" * 1024 * 1024)).json() == {"bytes": 1024 * 1024}
    assert (await client.post("/x", headers=cookie, content=b"x" * (1024 * 1024 + 1))).status_code == 413
    assert (await client.post("/x", headers=cookie | {"content-length": "-5"})).status_code == 413


async def test_a_flood_of_posts_is_slowed_down(client: httpx2.AsyncClient) -> None:
    answers = [(await client.post("/anything")).status_code for _ in range(130)]
    assert answers.count(429) == 10


async def test_the_address_is_the_one_that_trusted_proxies_saw(
    gate: Gate, ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = await cookie_of(ada)
    forwarded = {"x-forwarded-for": "6.6.6.6, 203.0.113.5"}

    async def seen_at() -> str:
        async with database.write() as session:
            for device in (await session.execute(models.DeviceSession.__table__.select())).all():  # type: ignore[attr-defined]
                row = await session.get(models.DeviceSession, device.id)
                assert row is not None
                row.last_seen_at = clock.now().replace(year=2020)
        devices.forget_cache()
        async with browser(gate) as client:
            await client.get("/", headers=cookie | forwarded)
        return (await devices.list_devices(user_id=ada.id))[0].address

    assert await seen_at() == "192.0.2.1"
    monkeypatch.setenv("STEWARD_TRUSTED_PROXY_HOPS", "1")
    get_settings.cache_clear()
    assert await seen_at() == "203.0.113.5"


async def test_a_websocket_with_a_session_passes(gate: Gate, ada: models.User) -> None:
    async with Socket(gate, headers={"origin": ORIGIN} | await cookie_of(ada)) as socket:
        assert socket.refused is None
        socket.send("hello")
        assert await socket.text() == "you said hello"


async def test_a_websocket_without_a_living_session_is_refused(gate: Gate, ada: models.User) -> None:
    revoked = await cookie_of(ada)
    await devices.revoke_all_devices(user_id=ada.id)
    for cookie in ({}, {"cookie": f"{devices.cookie_name()}=made-up"}, revoked):
        async with Socket(gate, headers={"origin": ORIGIN} | cookie) as socket:
            assert socket.refused == 1008


async def test_revoking_a_device_closes_its_websocket_at_once_and_no_other(gate: Gate, ada: models.User) -> None:
    first, second = await cookie_of(ada), await cookie_of(ada)
    async with (
        Socket(gate, headers={"origin": ORIGIN} | first) as mine,
        Socket(gate, headers={"origin": ORIGIN} | second) as other,
    ):
        session = await devices.find_session_by_cookies(first["cookie"])
        assert session is not None
        await devices.revoke_device(user_id=ada.id, device_id=session.id)
        assert await mine.receive(seconds=1) == {"type": "websocket.close", "code": 4401}
        other.send("still here")
        assert await other.text() == "you said still here"


async def test_disabling_a_person_closes_their_websockets(gate: Gate, ada: models.User) -> None:
    olga = await add_user("olga", role="owner")
    async with Socket(gate, headers={"origin": ORIGIN} | await cookie_of(ada)) as socket:
        await accounts.disable_person(user_id=olga.id, person_id=ada.id)
        assert (await socket.receive(seconds=1))["code"] == 4401


async def test_a_session_ended_by_another_process_closes_its_websocket(
    gate: Gate, ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate_module, "_LOOK_AGAIN_SECONDS", 0.01)
    async with Socket(gate, headers={"origin": ORIGIN} | await cookie_of(ada)) as socket:
        async with database.write() as session:
            (await session.get_one(models.User, ada.id)).disabled_at = clock.now()
        devices.forget_cache()
        assert (await socket.receive(seconds=2))["code"] == 4401


async def test_a_closed_websocket_leaves_nothing_behind(gate: Gate, ada: models.User) -> None:
    cookie, before = await cookie_of(ada), len(asyncio.all_tasks())
    for _ in range(5):
        async with Socket(gate, headers={"origin": ORIGIN} | cookie) as socket:
            socket.send("hello")
            await socket.text()
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == before
    assert devices._watchers == {}
