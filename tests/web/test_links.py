"""The pages behind one-time links."""

import base64
import hashlib
import re

import httpx2
import pytest

from assistant_app import models
from assistant_app.services import accounts, credentials, devices, invites, schedules
from tests.conftest import add_user
from tests.web.conftest import HTML

PASSWORD = "correct horse battery"


def token_of(link: str | None) -> str:
    assert link is not None
    return link.partition("token=")[2]


async def test_the_setup_link_makes_the_owner_and_signs_in(client: httpx2.AsyncClient) -> None:
    link = await accounts.setup_link() or ""
    page = await client.get(link)
    assert page.status_code == 200
    form = {"login": "olga", "name": "Olga", "password": PASSWORD, "zone": "Europe/Rome", "token": token_of(link)}
    answer = await client.post("/setup", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await client.get("/", headers=HTML)).text == "the page /"
    person = await accounts.get_person_by_login(login="olga")
    assert (person.is_owner, person.zone) == (True, "Europe/Rome")
    assert (await client.get(link)).status_code == 404


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"summary": "yes", "summary_at": "06:45"}, ["every day at 06:45"]),
        ({"summary": "yes", "summary_at": "whenever"}, ["every day at 7:00"]),
        ({"summary_at": "07:00"}, []),
        ({}, []),
    ],
)
async def test_a_daily_summary_is_offered_to_whoever_joins(
    client: httpx2.AsyncClient, chosen: dict[str, str], words: list[str]
) -> None:
    owner = await add_user("olga", role="owner")
    link = await invites.create_invite(user_id=owner.id)
    assert "Send me a daily summary at" in (await client.get(link)).text
    form = {"login": "eve", "name": "Eve", "password": PASSWORD, "zone": "Europe/Rome", "token": token_of(link)}
    assert (await client.post("/invite", data=form | chosen)).status_code == 303
    person = await accounts.get_person_by_login(login="eve")
    found = await schedules.list_schedules(user_id=person.id)
    assert [view.words for view in found] == words
    assert {view.zone for view in found} <= {"Europe/Rome"}


async def test_what_was_ticked_stays_ticked_when_the_form_is_refused(client: httpx2.AsyncClient) -> None:
    token = token_of(await accounts.setup_link())
    form = {"login": "olga", "name": "Olga", "password": "short", "token": token}
    refused = await client.post("/setup", data=form | {"summary": "yes", "summary_at": "06:45"})
    assert 'name="summary" value="yes" checked' in refused.text
    assert 'value="06:45"' in refused.text
    reset = await invites.create_reset(user_id=invites.CONSOLE, person_id=(await add_user("ada")).id)
    assert "summary" not in (await client.get(reset)).text


@pytest.mark.parametrize("zone", ["", "Mars/Base"])
async def test_without_a_usable_zone_it_is_that_of_the_settings(client: httpx2.AsyncClient, zone: str) -> None:
    form = {"login": "olga", "password": PASSWORD, "zone": zone, "token": token_of(await accounts.setup_link())}
    assert (await client.post("/setup", data=form)).status_code == 303
    assert (await accounts.get_person_by_login(login="olga")).zone == "UTC"


async def test_a_refused_form_keeps_what_was_typed_but_the_password(client: httpx2.AsyncClient) -> None:
    token = token_of(await accounts.setup_link())
    form = {"login": "olga", "name": "<i>Olga", "password": "short", "token": token}
    answer = await client.post("/setup", data=form)
    assert answer.status_code == 400
    assert "8 to 128 characters" in answer.text
    assert 'value="&lt;i&gt;Olga"' in answer.text
    assert f'name="token" value="{token}"' in answer.text
    assert "short" not in answer.text
    assert (await client.post("/setup", data=form | {"password": PASSWORD})).status_code == 303


async def test_an_invitation_works_once(client: httpx2.AsyncClient, ada: models.User) -> None:
    olga = await add_user("olga", role="owner")
    link = await invites.create_invite(user_id=olga.id)
    form = {"login": "ada", "name": "Eve", "password": PASSWORD, "token": token_of(link)}
    assert (await client.post("/invite", data=form)).status_code == 409
    assert (await client.post("/invite", data=form | {"login": "eve"})).status_code == 303
    answer = await client.post("/invite", data=form | {"login": "mallory"})
    assert answer.status_code == 404
    assert "has been used" in answer.text


async def test_a_reset_link_signs_in_on_this_device_only(client: httpx2.AsyncClient, ada: models.User) -> None:
    elsewhere = await devices.open_session(user_id=ada.id, user_agent="", address="")
    link = await invites.create_reset(user_id=invites.CONSOLE, person_id=ada.id)
    assert 'autocomplete="new-password"' in (await client.get(link)).text
    answer = await client.post("/reset", data={"password": PASSWORD, "token": token_of(link)})
    assert answer.status_code == 303
    assert (await client.get("/session")).status_code == 200
    assert await devices.find_session(elsewhere.token) is None
    assert await credentials.sign_in(login="ada", password=PASSWORD, address="", user_agent="")


@pytest.mark.parametrize("path", ["/setup", "/invite", "/reset", "/invite?token=made-up", "/reset?token=%00"])
async def test_a_worthless_link_says_what_to_do(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "Ask for a new one" in answer.text


async def test_guessing_links_is_slowed_down(client: httpx2.AsyncClient) -> None:
    answers = [(await client.get(f"/invite?token=guess{number}")).status_code for number in range(50)]
    assert answers.count(429) == 10


async def test_the_page_runs_under_its_own_policy(client: httpx2.AsyncClient) -> None:
    page = await client.get(await accounts.setup_link() or "")
    policy = page.headers["content-security-policy"]
    for tag in ("style", "script"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", page.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert re.findall(r'(?:src|href)="(.*?)"', page.text) == ["/icons/steward.svg"] * 2


async def test_every_input_has_a_label_and_tells_password_managers_what_it_is(client: httpx2.AsyncClient) -> None:
    page = (await client.get(await accounts.setup_link() or "")).text
    inputs = re.findall(r'<input id="(\w+)"[^>]*autocomplete="([\w-]+)"', page)
    assert dict(inputs) == {"name": "name", "login": "username", "password": "new-password"}
    assert set(re.findall(r'<label for="(\w+)">', page)) == {"name", "login", "password"}
