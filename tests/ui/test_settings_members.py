"""Settings > Members: owners let people in and keep them out; to members all of it is closed."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from assistant_app import models
from assistant_app.services import accounts, invites
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.members import MembersState
from tests.conftest import add_user
from tests.ui.conftest import OpenTab, Tab

LOAD = [SessionState.load, MembersState.load]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    structlog.configure(cache_logger_on_first_use=False)
    with capture_logs():
        yield
    structlog.reset_defaults()


async def open_as_owner(open_tab: OpenTab) -> Tab:
    """Open the page as somebody who may."""
    olga = await add_user("olga", role="owner")
    return await open_tab(olga, "/settings/members", on_load=LOAD)


def person(tab: Tab, login: str) -> Any:
    """Return one line of the list."""
    return next(row for row in tab.value(MembersState, "people") if row.login == login)


async def test_owners_see_everybody_and_which_one_they_are(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_as_owner(open_tab)
    assert (person(tab, "ada").role, person(tab, "ada").is_me) == ("Member", False)
    assert (person(tab, "olga").role, person(tab, "olga").is_me) == ("Owner", True)


@pytest.mark.parametrize("role", ["member", "owner"])
async def test_an_invitation_is_a_link_that_works_and_is_shown_once(
    open_tab: OpenTab, ada: models.User, role: str
) -> None:
    tab = await open_as_owner(open_tab)
    await tab.send(MembersState.invite(role))
    link = tab.value(MembersState, "link")
    assert link.startswith("http://127.0.0.1:8000/invite?token=")
    joined = await accounts.accept_invite(
        token=link.partition("token=")[2], login="new", name="New", password="a horse of course"
    )
    assert joined.role == role
    await tab.send(MembersState.load)
    assert tab.value(MembersState, "link") == ""
    assert tab.value(MembersState, "invites") == []
    assert person(tab, "new").name == "New"


async def test_a_withdrawn_invitation_is_worthless(open_tab: OpenTab) -> None:
    tab = await open_as_owner(open_tab)
    await tab.send(MembersState.invite("member"))
    await tab.send(MembersState.withdraw(tab.value(MembersState, "invites")[0].id))
    assert tab.value(MembersState, "invites") == []
    assert tab.value(MembersState, "link") == ""


async def test_a_role_that_does_not_exist_makes_no_link(open_tab: OpenTab) -> None:
    tab = await open_as_owner(open_tab)
    with pytest.raises(Exception, match="either a member or an owner"):
        await tab.send(MembersState.invite("king"))
    assert not tab.value(MembersState, "link")


async def test_a_reset_link_is_for_the_person_it_was_made_for(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_as_owner(open_tab)
    await tab.send(MembersState.reset_password(ada.id))
    token = tab.value(MembersState, "link").partition("/reset?token=")[2]
    owner_of_link = await invites.check_link(kind="reset", token=token)
    assert owner_of_link is not None
    assert owner_of_link.id == ada.id
    assert "Ada" in tab.value(MembersState, "link_note")
    await tab.send(MembersState.close_link)
    assert tab.value(MembersState, "link") == ""


async def test_a_disabled_person_is_out_until_enabled(open_tab: OpenTab, ada: models.User) -> None:
    hers = await open_tab(ada)
    tab = await open_as_owner(open_tab)
    await tab.send(MembersState.disable(ada.id))
    assert person(tab, "ada").is_disabled
    await hers.send(SessionState.load)
    assert hers.value(SessionState, "expired") is True
    await tab.send(MembersState.enable(ada.id))
    assert not person(tab, "ada").is_disabled


async def test_owners_cannot_lock_themselves_out(open_tab: OpenTab) -> None:
    tab = await open_as_owner(open_tab)
    with pytest.raises(Exception, match="your own account"):
        await tab.send(MembersState.disable(person(tab, "olga").id))
    await tab.send(MembersState.load)
    assert not person(tab, "olga").is_disabled


async def test_members_reach_none_of_it(open_tab: OpenTab, ada: models.User, bob: models.User) -> None:
    tab = await open_tab(ada, "/settings/members", on_load=LOAD)
    for event in (
        MembersState.invite("owner"),
        MembersState.reset_password(bob.id),
        MembersState.disable(bob.id),
        MembersState.enable(bob.id),
        MembersState.withdraw("inv_1"),
        MembersState.close_link,
        MembersState.load,
    ):
        await tab.send(event)
    assert not tab.value(MembersState, "loaded")
    assert not tab.value(MembersState, "link")
    assert "bob" not in str(tab.deltas).lower()
    assert not (await accounts.get_person(user_id=bob.id)).is_disabled
    olga = await add_user("olga", role="owner")
    assert await invites.list_invites(user_id=olga.id) == []
    assert tab.value(SessionState, "is_owner") is False
