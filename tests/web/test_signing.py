"""Signing in and out over HTTP, and what the cookie looks like."""

import httpx2
import pytest

from assistant_app import models
from assistant_app.repositories.database import Database
from assistant_app.services import accounts, devices, invites
from assistant_app.settings import get_settings
from assistant_app.web.gate import Gate
from assistant_app.web.requests import local_path
from tests.web.conftest import HTML, ORIGIN, Socket, browser, cookie_of

PASSWORD = "correct horse battery"


@pytest.fixture
async def olga(db: Database) -> accounts.Person:
    """An owner with a password."""
    return await accounts.add_person(
        user_id=invites.CONSOLE, login="olga", name="Olga", password=PASSWORD, role="owner"
    )


async def sign_in(client: httpx2.AsyncClient, **values: str) -> httpx2.Response:
    return await client.post("/login", data={"login": "olga", "password": PASSWORD} | values)


async def test_before_there_is_an_account_sign_in_points_to_the_setup_link(client: httpx2.AsyncClient) -> None:
    assert "set-up link" in (await client.get("/login")).text


async def test_the_right_password_sets_a_cookie_that_scripts_cannot_read(
    client: httpx2.AsyncClient, olga: accounts.Person
) -> None:
    answer = await sign_in(client, next="/c/con_1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/c/con_1"
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("steward=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "max-age=2592000" in cookie
    assert "secure" not in cookie
    assert (await client.get("/session")).json() == {"signed_in": True}
    assert (await client.get("/c/con_1", headers=HTML)).text == "the page /c/con_1"


async def test_under_https_the_cookie_is_bound_to_the_host(
    client: httpx2.AsyncClient, olga: accounts.Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEWARD_PUBLIC_URL", "https://steward.example.org")
    get_settings.cache_clear()
    cookie = (await sign_in(client)).headers["set-cookie"]
    assert cookie.startswith("__Host-steward=")
    assert "secure" in cookie.lower()
    assert "domain" not in cookie.lower()


async def test_each_sign_in_gets_a_token_of_its_own(gate: Gate, olga: accounts.Person) -> None:
    tokens = set[str]()
    for _ in range(3):
        async with browser(gate) as client:
            client.cookies.set("steward", "chosen-by-somebody-else", domain="127.0.0.1")
            tokens.add((await sign_in(client)).headers["set-cookie"].split(";")[0])
    assert len(tokens) == 3
    assert "chosen-by-somebody-else" not in str(tokens)


async def test_a_wrong_password_keeps_what_was_typed_but_the_password(
    client: httpx2.AsyncClient, olga: accounts.Person
) -> None:
    answer = await sign_in(client, login='o"><b>lga', password="wrong one", next="/tasks")
    assert answer.status_code == 403
    assert 'value="o&quot;&gt;&lt;b&gt;lga"' in answer.text
    assert 'name="next" value="/tasks"' in answer.text
    assert 'role="alert"' in answer.text
    assert "wrong one" not in answer.text
    assert "set-cookie" not in answer.headers


async def test_unknown_and_wrong_look_the_same(client: httpx2.AsyncClient, olga: accounts.Person) -> None:
    wrong, unknown = await sign_in(client, password="x"), await sign_in(client, login="nolga")
    assert wrong.status_code == unknown.status_code
    assert wrong.text.replace("olga", "") == unknown.text.replace("nolga", "")


async def test_guessing_is_answered_with_a_wait(client: httpx2.AsyncClient, olga: accounts.Person) -> None:
    for _ in range(10):
        await sign_in(client, password="guess")
    answer = await sign_in(client)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 600
    assert "Too many attempts" in answer.text


async def test_a_form_that_is_none_is_a_wrong_password(client: httpx2.AsyncClient, olga: accounts.Person) -> None:
    files = {"password": ("a.txt", b"x"), "login": ("b.txt", b"x")}
    for answer in (
        await client.post("/login", content=b"\xff\x00", headers={"content-type": "application/x-www-form-urlencoded"}),
        await client.post("/login", json={"login": "olga"}),
        await client.post("/login", files=files),
    ):
        assert answer.status_code in (400, 403)


async def test_somebody_signed_in_goes_straight_on(client: httpx2.AsyncClient, ada: models.User) -> None:
    answer = await client.get("/login?next=/tasks", headers=await cookie_of(ada))
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks")


async def test_signing_out_ends_the_session_its_sockets_and_what_the_browser_kept(gate: Gate, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    async with Socket(gate, headers={"origin": ORIGIN} | cookie) as socket, browser(gate) as client:
        answer = await client.post("/logout", headers=cookie)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        assert answer.headers["clear-site-data"] == '"storage"'
        assert 'steward=""' in answer.headers["set-cookie"]
        assert (await socket.receive(seconds=1))["code"] == 4401
        assert (await client.get("/session", headers=cookie)).status_code == 401


async def test_signing_out_twice_leads_to_sign_in(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/logout")).headers["location"] == "/login"


async def test_signing_out_of_a_session_that_just_ended_leads_to_sign_in(
    client: httpx2.AsyncClient, ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = await cookie_of(ada)
    revoke = devices.revoke_device

    async def revoke_too_late(*, user_id: str, device_id: str) -> None:
        await devices.revoke_all_devices(user_id=user_id)
        await revoke(user_id=user_id, device_id=device_id)

    monkeypatch.setattr(devices, "revoke_device", revoke_too_late)
    assert (await client.post("/logout", headers=cookie)).headers["location"] == "/login"


async def test_a_link_cannot_sign_anybody_out(client: httpx2.AsyncClient, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    await client.get("/logout", headers=cookie)
    assert (await client.get("/session", headers=cookie)).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("/c/con_1?x=1#y", "/c/con_1?x=1#y"),
        ("", "/"),
        ("https://evil.test", "/"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("/\tevil", "/"),
        ("\\\\evil.test", "/"),
        ("/a\r\nset-cookie: x=1", "/"),
        ("javascript:alert(1)", "/"),
        ("/login?next=/login", "/"),
        ("/" + "x" * 3000, "/"),
    ],
)
def test_the_way_back_stays_here(wanted: str, path: str) -> None:
    assert local_path(wanted) == path


async def test_a_page_asks_whether_its_session_lives(client: httpx2.AsyncClient, ada: models.User) -> None:
    assert (await client.get("/session")).status_code == 401
    answer = await client.get("/session", headers=await cookie_of(ada))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
