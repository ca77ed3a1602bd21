"""Invitations: single use, a week long, by owners."""

import asyncio
from datetime import timedelta

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.repositories.database import Database
from assistant_app.services import accounts, invites
from assistant_app.services.accounts import Person
from tests.conftest import add_user


@pytest.fixture
async def olga(db: Database) -> models.User:
    """An owner."""
    return await add_user("olga", role="owner")


async def join(link: str, login: str = "eve", *, kind: str = "invite") -> Person:
    token = link.partition("token=")[2]
    act = accounts.accept_invite if kind == "invite" else accounts.create_owner
    return await act(token=token, login=login, name=login, password="correct horse battery")


async def test_an_invitation_lets_one_person_in(olga: models.User) -> None:
    link = await invites.create_invite(user_id=olga.id)
    assert (await join(link)).role == "member"
    with pytest.raises(NotFoundError, match="used"):
        await join(link, "mallory")


async def test_an_invitation_can_be_to_become_an_owner(olga: models.User) -> None:
    assert (await join(await invites.create_invite(user_id=olga.id, role="owner"))).is_owner
    with pytest.raises(InvalidInputError):
        await invites.create_invite(user_id=olga.id, role="king")


async def test_of_two_who_use_an_invitation_at_once_one_gets_in(olga: models.User) -> None:
    link = await invites.create_invite(user_id=olga.id)
    outcomes = await asyncio.gather(join(link, "eve"), join(link, "mallory"), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotFoundError", "Person"]
    assert len(await accounts.list_people(user_id=olga.id)) == 2


async def test_an_invitation_ends_after_a_week(olga: models.User) -> None:
    link = await invites.create_invite(user_id=olga.id)
    with time_machine.travel(timedelta(days=6, hours=23)):
        assert len(await invites.list_invites(user_id=olga.id)) == 1
    with time_machine.travel(timedelta(days=7, minutes=1)):
        assert await invites.list_invites(user_id=olga.id) == []
        with pytest.raises(NotFoundError, match="expired"):
            await join(link)


async def test_a_withdrawn_invitation_is_worthless(olga: models.User) -> None:
    link = await invites.create_invite(user_id=olga.id)
    (invite,) = await invites.list_invites(user_id=olga.id)
    await invites.withdraw_invite(user_id=olga.id, invite_id=invite.id)
    with pytest.raises(NotFoundError):
        await join(link)


async def test_a_link_of_one_kind_opens_no_other_door(olga: models.User) -> None:
    with pytest.raises(NotFoundError):
        await join(await invites.create_invite(user_id=olga.id), kind="setup")
    with pytest.raises(NotFoundError):
        await join(await invites.create_reset(user_id=olga.id, person_id=olga.id))


async def test_the_database_does_not_hold_the_token(olga: models.User) -> None:
    token = (await invites.create_invite(user_id=olga.id)).partition("token=")[2]
    async with database.read() as session:
        connection = await session.connection()
        rows = (await connection.exec_driver_sql("SELECT * FROM invite")).all()
    assert len(rows) == 1
    assert token not in str(rows)
