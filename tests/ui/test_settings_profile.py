"""Settings > Profile and Appearance: what is typed is saved at once, or refused with a sentence beside its field."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant_app import models
from assistant_app.repositories import database
from assistant_app.services import accounts, credentials, devices, schedule_offers, schedules, throttle
from assistant_app.services.passwords import hash_password
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.appearance import AppearanceState
from assistant_app.ui.settings.profile import ProfileState, find_zones
from assistant_app.ui.settings.saved import SavedState
from tests.conftest import add_user
from tests.ui.conftest import OpenTab, Tab

LOAD = [SessionState.load, SavedState.forget, ProfileState.load]


def outcome(tab: Tab) -> tuple[str, str]:
    """Return beside which field something is said, and the problem if it is one."""
    return tab.value(SavedState, "field"), tab.value(SavedState, "problem")


@pytest.mark.parametrize(
    ("save", "value", "field"),
    [
        (ProfileState.save_name, "Ada Lovelace", "name"),
        (ProfileState.save_zone, "Asia/Tokyo", "zone"),
        (ProfileState.save_language, "de", "language"),
        (ProfileState.save_instructions, "Be brief.", "instructions"),
    ],
)
async def test_each_field_is_saved_alone_and_confirmed_beside_it(
    open_tab: OpenTab, ada: models.User, save: Callable[[str], Any], value: str, field: str
) -> None:
    tab = await open_tab(ada, "/settings/profile", on_load=LOAD)
    before = await accounts.get_person(user_id=ada.id)
    await tab.send(save(value))
    after = await accounts.get_person(user_id=ada.id)
    assert {name for name in vars(before) if getattr(before, name) != getattr(after, name)} == {field}
    assert getattr(after, field) == value
    assert outcome(tab) == (field, "")
    assert tab.value(ProfileState, field) == value


@pytest.mark.parametrize(
    ("save", "value", "field", "says"),
    [
        (ProfileState.save_name, "   ", "name", "1 to 80 characters"),
        (ProfileState.save_zone, "Mars/Olympus", "zone", "Europe/Rome"),
        (ProfileState.save_language, "tlh", "language", "languages in the list"),
        (ProfileState.save_instructions, "x" * 8001, "instructions", "8,000 characters"),
    ],
)
async def test_what_is_not_valid_is_refused_with_a_sentence_and_changes_nothing(
    open_tab: OpenTab, ada: models.User, save: Callable[[str], Any], value: str, field: str, says: str
) -> None:
    tab = await open_tab(ada, "/settings/profile", on_load=LOAD)
    before = await accounts.get_person(user_id=ada.id)
    shown = tab.value(ProfileState, field)
    await tab.send(save(value))
    assert await accounts.get_person(user_id=ada.id) == before
    assert outcome(tab)[0] == field
    assert says in outcome(tab)[1]
    assert tab.value(ProfileState, field) == shown


async def test_a_saved_name_shows_at_once_where_the_account_is_shown(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/profile", on_load=LOAD)
    await tab.send(ProfileState.save_name("Zoe"))
    assert tab.value(SessionState, "name") == "Zoe"
    assert tab.value(SessionState, "initial") == "Z"


async def test_the_same_outcome_twice_is_told_twice(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/profile", on_load=LOAD)
    await tab.send(ProfileState.save_name("Zoe"))
    first = tab.value(SavedState, "nonce")
    await tab.send(ProfileState.save_name("Zoe"))
    assert tab.value(SavedState, "nonce") == first + 1


def test_time_zones_are_found_by_their_city_the_present_one_first() -> None:
    assert find_zones("tok", first="UTC")[0].id == "Asia/Tokyo"
    assert [option.id for option in find_zones("new york", first="UTC")] == ["America/New_York"]
    assert find_zones("", first="Europe/Rome")[0].id == "Europe/Rome"
    assert find_zones("no such town", first="UTC") == []


async def test_zones_are_searched_on_the_page(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/profile", on_load=LOAD)
    await tab.send(ProfileState.open_zones(True))
    assert len(tab.value(ProfileState, "zones")) > 10
    await tab.send(ProfileState.look_for_zone("kathm"))
    assert [option.facts[-9:] for option in tab.value(ProfileState, "zones")] == ["UTC+05:45"]


async def test_a_new_password_needs_the_old_one_and_signs_other_devices_out(open_tab: OpenTab) -> None:
    throttle.forget_everything()
    eve = await add_user("eve")
    async with database.write() as session:
        (await session.merge(eve)).password_hash = await hash_password("correct horse battery")
    other = await open_tab(eve)
    tab = await open_tab(eve, "/settings/profile", on_load=LOAD)
    await tab.send(ProfileState.change_password({"current": "wrong", "new": "another long horse"}))
    assert outcome(tab) == ("password", "The current password is not right.")
    await tab.send(ProfileState.change_password({"current": "correct horse battery", "new": "short"}))
    assert "8 to 128" in outcome(tab)[1]
    assert len(await devices.list_devices(user_id=eve.id)) == 2
    await tab.send(ProfileState.change_password({"current": "correct horse battery", "new": "another long horse"}))
    assert outcome(tab) == ("password", "")
    assert tab.value(ProfileState, "passwords_changed") == 1
    assert await credentials.sign_in(login="eve", password="another long horse", address="", user_agent="")
    await other.send(SessionState.load)
    assert other.value(SessionState, "expired") is True
    assert "horse" not in str(tab.deltas)


async def test_theme_and_density_apply_at_once(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/appearance", on_load=[SessionState.load])
    await tab.send(AppearanceState.choose_theme("dark"))
    await tab.send(AppearanceState.choose_density("compact"))
    assert (tab.value(SessionState, "theme"), tab.value(SessionState, "density")) == ("dark", "compact")
    assert (await accounts.get_person(user_id=ada.id)).theme == "dark"
    assert outcome(tab) == ("density", "")


async def test_a_theme_that_is_not_offered_is_refused(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/appearance", on_load=[SessionState.load])
    await tab.send(AppearanceState.choose_theme("pink"))
    assert outcome(tab)[0] == "theme"
    assert "themes" in outcome(tab)[1]
    assert tab.value(SessionState, "theme") == "system"


async def test_notice_says_which_schedules_follow_a_new_zone(open_tab: OpenTab, ada: models.User) -> None:
    summary = await schedule_offers.add_daily_summary(user_id=ada.id)
    tab = await open_tab(ada, "/settings/profile", on_load=LOAD)
    await tab.send(ProfileState.save_zone("Asia/Tokyo"))
    (notice,) = tab.value(NoticeState, "notices")
    assert notice.text == "“Daily summary” goes by your new time zone, too."
    await tab.send(NoticeState.undo(notice.id))
    assert (await schedules.get_schedule(user_id=ada.id, schedule_id=summary.id)).zone == ada.zone
    await tab.send(ProfileState.save_zone("Asia/Tokyo"))
    assert (await schedules.get_schedule(user_id=ada.id, schedule_id=summary.id)).zone == "Asia/Tokyo"
