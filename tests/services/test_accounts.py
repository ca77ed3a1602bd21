"""Accounts: who may create them, what may be changed, and getting in with a password."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from structlog.testing import capture_logs

from assistant_app import bus, models
from assistant_app.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    StewardError,
    TooManyAttemptsError,
)
from assistant_app.repositories.database import Database
from assistant_app.services import accounts, credentials, devices, invites, passwords, throttle
from assistant_app.services.accounts import Person
from assistant_app.services.devices import NewSession
from tests.conftest import add_user

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _counting_anew() -> None:
    throttle.forget_everything()


def token_of(link: str | None) -> str:
    assert link is not None
    return link.partition("token=")[2]


async def owner() -> Person:
    token = token_of(await accounts.setup_link())
    return await accounts.create_owner(token=token, login="Olga", name="Olga", password=PASSWORD, zone="Europe/Rome")


async def sign_in(login: str = "olga", password: str = PASSWORD, address: str = "192.0.2.1") -> NewSession:
    return await credentials.sign_in(login=login, password=password, address=address, user_agent="Test/1")


async def test_the_setup_link_creates_the_owner_once(db: Database) -> None:
    assert not await accounts.is_set_up()
    link = await accounts.setup_link()
    assert link is not None
    assert link.startswith("/setup?token=")
    person = await accounts.create_owner(token=token_of(link), login=" Olga ", name="", password=PASSWORD)
    assert (person.login, person.name, person.is_owner, person.zone) == ("olga", "olga", True, "UTC")
    assert await accounts.setup_link() is None
    with pytest.raises(StewardError):
        await accounts.create_owner(token=token_of(link), login="eve", name="Eve", password=PASSWORD)


async def test_a_renewed_setup_link_makes_the_earlier_one_worthless(db: Database) -> None:
    earlier, later = await accounts.setup_link(), await accounts.setup_link()
    with pytest.raises(NotFoundError):
        await accounts.create_owner(token=token_of(earlier), login="eve", name="Eve", password=PASSWORD)
    assert (await accounts.create_owner(token=token_of(later), login="ok", name="Ok", password=PASSWORD)).is_owner


async def test_of_two_people_who_use_one_setup_link_at_once_one_becomes_the_owner(db: Database) -> None:
    token = token_of(await accounts.setup_link())
    outcomes = await asyncio.gather(
        *(accounts.create_owner(token=token, login=login, name=login, password=PASSWORD) for login in ("aa", "bb")),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes)[1] == "Person"
    assert len(await accounts.list_people(user_id=invites.CONSOLE)) == 1


@pytest.mark.parametrize("password", ["short", "x" * 129, "password123", "PASSWORD123", "aaaaaaaaaaaa"])
async def test_a_weak_password_is_refused_and_the_link_stays_good(db: Database, password: str) -> None:
    token = token_of(await accounts.setup_link())
    with pytest.raises(InvalidInputError):
        await accounts.create_owner(token=token, login="olga", name="Olga", password=password)
    assert await invites.check_link(kind="setup", token=token) is None


@pytest.mark.parametrize("login", ["", "a", "ab cd", "-ab", "olga!", "ö" * 4, "x" * 65])
async def test_a_sign_in_name_that_is_none_is_refused(db: Database, login: str) -> None:
    token = token_of(await accounts.setup_link())
    with pytest.raises(InvalidInputError, match="sign-in name"):
        await accounts.create_owner(token=token, login=login, name="Olga", password=PASSWORD)


async def test_a_taken_sign_in_name_is_a_conflict_and_the_invitation_stays_good(ada: models.User) -> None:
    olga = await add_user("olga", role="owner")
    token = token_of(await invites.create_invite(user_id=olga.id))
    with pytest.raises(ConflictError, match="ada"):
        await accounts.accept_invite(token=token, login="ADA", name="Eve", password=PASSWORD)
    assert (await accounts.accept_invite(token=token, login="eve", name="Eve", password=PASSWORD)).role == "member"


async def test_the_right_password_opens_a_session(db: Database) -> None:
    person = await owner()
    opened = await sign_in(" OLGA ")
    session = await devices.find_session(opened.token)
    assert session is not None
    assert (session.user_id, session.is_owner) == (person.id, True)


@pytest.mark.parametrize(("login", "password"), [("olga", "wrong horse"), ("nobody", PASSWORD), ("", "")])
async def test_wrong_and_unknown_get_one_sentence_and_the_same_work(
    db: Database, monkeypatch: pytest.MonkeyPatch, login: str, password: str
) -> None:
    await owner()
    work: list[str] = []
    real = passwords._verify

    def counting(password_hash: str | None, given: str) -> bool:
        work.append(given)
        return real(password_hash, given)

    monkeypatch.setattr(passwords, "_verify", counting)
    with pytest.raises(NotAllowedError, match=r"^The name or the password is not right\."):
        await sign_in(login, password)
    assert work == [password]


async def test_a_disabled_person_gets_the_same_sentence_until_enabled_again(db: Database) -> None:
    olga = await owner()
    token = token_of(await invites.create_invite(user_id=olga.id))
    eve = await accounts.accept_invite(token=token, login="eve", name="Eve", password=PASSWORD)
    opened = await sign_in("eve")
    await accounts.disable_person(user_id=olga.id, person_id=eve.id)
    assert await devices.find_session(opened.token) is None
    with pytest.raises(NotAllowedError, match=r"^The name or the password is not right\."):
        await sign_in("eve")
    await accounts.enable_person(user_id=olga.id, person_id=eve.id)
    assert await devices.find_session(opened.token) is None
    assert await sign_in("eve")


async def test_guessing_at_one_account_is_slowed_down_from_wherever_it_comes(db: Database) -> None:
    await owner()
    for number in range(10):
        with pytest.raises(NotAllowedError, match="not right"):
            await sign_in(password="guess", address=f"198.51.{number}.1")
    with pytest.raises(TooManyAttemptsError) as refused:
        await sign_in(address="203.0.113.9")
    assert 0 < refused.value.retry_after <= 600


async def test_getting_in_forgives_earlier_mistakes(db: Database) -> None:
    await owner()
    for _ in range(3):
        for _ in range(9):
            with pytest.raises(NotAllowedError, match="not right"):
                await sign_in(password="guess", address="")
        await sign_in(address="")


async def test_changing_the_password_needs_the_current_one_and_signs_the_others_out(db: Database) -> None:
    person = await owner()
    here, there = await sign_in(), await sign_in()
    with pytest.raises(InvalidInputError, match="current password"):
        await credentials.change_password(user_id=person.id, session_id=here.id, current="no", new="another long one")
    await credentials.change_password(user_id=person.id, session_id=here.id, current=PASSWORD, new="another long one")
    assert await devices.find_session(here.token) is not None
    assert await devices.find_session(there.token) is None
    with pytest.raises(NotAllowedError):
        await sign_in(password=PASSWORD)
    assert await sign_in(password="another long one")


async def test_a_reset_link_replaces_the_password_once_and_signs_out_everywhere(db: Database) -> None:
    person = await owner()
    opened = await sign_in()
    token = token_of(await invites.create_reset(user_id=invites.CONSOLE, person_id=person.id))
    assert await credentials.reset_password(token=token, new="another long one") == person.id
    assert await devices.find_session(opened.token) is None
    assert await sign_in(password="another long one")
    with pytest.raises(NotFoundError):
        await credentials.reset_password(token=token, new="yet another one")


async def test_a_profile_takes_valid_values_and_tells_the_tabs(ada: models.User) -> None:
    with bus.subscribe(ada.id) as changes:
        person = await accounts.update_profile(
            user_id=ada.id, name="  Ada   Lovelace ", zone="Europe/London", language="de", instructions="Be brief."
        )
        assert await changes.changes() == {"profile"}
    assert person == await accounts.get_person(user_id=ada.id)
    assert (person.name, person.zone, person.language) == ("Ada Lovelace", "Europe/London", "de")


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "x" * 81}, {"name": "a\x00b"}, {"zone": "Mars/Base"}, {"zone": "../etc"},
     {"language": "xx"}, {"instructions": "x" * 8001}],
)  # fmt: skip
async def test_a_profile_refuses_other_values(ada: models.User, wrong: dict[str, str]) -> None:
    values: dict[str, Any] = {"name": "Ada", "zone": "UTC", "language": "en", "instructions": ""} | wrong
    before = await accounts.get_person(user_id=ada.id)
    with pytest.raises(InvalidInputError):
        await accounts.update_profile(user_id=ada.id, **values)
    assert await accounts.get_person(user_id=ada.id) == before


async def test_appearance_and_default_model_are_kept(ada: models.User) -> None:
    await accounts.update_appearance(user_id=ada.id, theme="dark", density="compact")
    person = await accounts.update_default_model(user_id=ada.id, model="builtin")
    assert (person.theme, person.density, person.default_model) == ("dark", "compact", "builtin")
    with pytest.raises(InvalidInputError):
        await accounts.update_appearance(user_id=ada.id, theme="pink", density="compact")


async def test_members_cannot_do_what_owners_can(ada: models.User, bob: models.User) -> None:
    for attempt in (
        accounts.list_people(user_id=ada.id),
        accounts.disable_person(user_id=ada.id, person_id=bob.id),
        accounts.enable_person(user_id=ada.id, person_id=bob.id),
        accounts.add_person(user_id=ada.id, login="eve", name="Eve", password=PASSWORD, role="owner"),
        invites.create_invite(user_id=ada.id, role="owner"),
        invites.create_reset(user_id=ada.id, person_id=bob.id),
        invites.list_invites(user_id=ada.id),
        invites.withdraw_invite(user_id=ada.id, invite_id="inv_1"),
    ):
        with pytest.raises(NotAllowedError, match="owner"):
            await attempt


async def test_an_owner_cannot_lock_everybody_out(db: Database) -> None:
    olga = await owner()
    with pytest.raises(NotAllowedError, match="your own account"):
        await accounts.disable_person(user_id=olga.id, person_id=olga.id)


async def test_commands_on_the_machine_add_and_find_people(db: Database) -> None:
    await accounts.add_person(user_id=invites.CONSOLE, login="eve", name="Eve", password=PASSWORD, role="owner")
    assert (await accounts.get_person_by_login(login="EVE")).is_owner
    with pytest.raises(NotFoundError, match="bob"):
        await accounts.get_person_by_login(login="bob")


async def test_sign_ins_leave_a_trail_without_passwords(db: Database) -> None:
    with capture_logs() as trail:
        await owner()
        await sign_in()
        with pytest.raises(NotAllowedError):
            await sign_in(password="not my secret")
    assert [entry["event"] for entry in trail] == ["account_created", "signed_in", "sign_in_refused"]
    assert PASSWORD not in str(trail)
    assert "not my secret" not in str(trail)


async def test_an_expired_reset_link_is_worthless(db: Database) -> None:
    person = await owner()
    token = token_of(await invites.create_reset(user_id=invites.CONSOLE, person_id=person.id))
    with time_machine.travel(timedelta(days=1, minutes=1)), pytest.raises(NotFoundError, match="expired"):
        await credentials.reset_password(token=token, new="another long one")
