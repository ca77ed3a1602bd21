"""The inbox: what is brought, once each, and how people answer it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from assistant_app import bus, models
from assistant_app.errors import ConflictError, InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import deliveries, inbox, inbox_actions, ledger, reminders
from assistant_app.services.inbox import ItemAction, ItemView
from assistant_app.services.ledger import Origin

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


async def bring(
    user: models.User,
    key: str = "k",
    title: str = "Look",
    *,
    kind: inbox.Kind = "suggestion",
    data: dict[str, Any] | None = None,
) -> str:
    """Bring a matter to somebody."""
    async with database.write() as session:
        matter = inbox.Matter(user.id, kind, key, title, why="Because.", data=data or {"n": 1})
        return (await inbox.put_item(session, matter)).id


async def only(user: models.User) -> ItemView:
    """Return the only item."""
    (item,) = await inbox.list_items(user_id=user.id)
    return item


async def test_matter_is_brought_once(ada: models.User, bob: models.User) -> None:
    first = await bring(ada)
    assert await bring(ada, title="Look again") == first
    assert await bring(bob) != first
    item = await only(ada)
    assert (item.title, item.why, item.state, item.data) == ("Look", "Because.", "new", {"n": 1})
    await inbox.dismiss_item(user_id=ada.id, item_id=item.id)
    assert await bring(ada) == first
    assert await inbox.list_items(user_id=ada.id) == []
    assert [each.state for each in await inbox.list_items(user_id=ada.id, state="closed")] == ["dismissed"]


async def test_what_was_read_is_not_new(ada: models.User) -> None:
    await bring(ada, "a")
    await bring(ada, "b")
    assert await inbox.count_new(user_id=ada.id) == 2
    with bus.subscribe(ada.id) as subscription:
        await inbox.read_item(user_id=ada.id, item_id=(await inbox.list_items(user_id=ada.id))[0].id)
        assert await subscription.changes() == {"inbox"}
    assert await inbox.count_new(user_id=ada.id) == 1
    assert await inbox.read_all(user_id=ada.id) == 1
    assert await inbox.count_new(user_id=ada.id) == 0
    assert len(await inbox.list_items(user_id=ada.id)) == 2


async def test_snoozed_item_comes_back_as_new(ada: models.User, noon: time_machine.Traveller) -> None:
    await bring(ada)
    item = await only(ada)
    await inbox.read_item(user_id=ada.id, item_id=item.id)
    await inbox.snooze_item(user_id=ada.id, item_id=item.id, until=NOON + HOUR)
    assert await inbox.list_items(user_id=ada.id) == []
    (off,) = await inbox.list_items(user_id=ada.id, state="snoozed")
    assert off.snoozed_until == NOON + HOUR
    assert await deliveries.wake_snoozed(NOON + HOUR / 2) == 0
    noon.shift(HOUR)
    with bus.subscribe(ada.id) as subscription:
        assert await deliveries.wake_snoozed() == 1
        assert await subscription.changes() == {"inbox"}
    again = await only(ada)
    assert (again.state, again.snoozed_until, again.created_at) == ("new", None, NOON + HOUR)
    assert await inbox.list_items(user_id=ada.id, state="snoozed") == []
    with pytest.raises(InvalidInputError, match="has passed already"):
        await inbox.snooze_item(user_id=ada.id, item_id=item.id, until=NOON)


async def test_answered_item_is_not_answered_again(ada: models.User) -> None:
    await bring(ada)
    item = await only(ada)
    assert (await inbox.resolve_item(user_id=ada.id, item_id=item.id)).state == "done"
    with pytest.raises(ConflictError, match="done already"):
        await inbox.dismiss_item(user_id=ada.id, item_id=item.id)


async def test_item_of_somebody_else_is_not_found(ada: models.User, bob: models.User) -> None:
    await bring(ada)
    his, item_id = bob.id, (await only(ada)).id
    for call in (
        inbox.get_item(user_id=his, item_id=item_id),
        inbox.read_item(user_id=his, item_id=item_id),
        inbox.resolve_item(user_id=his, item_id=item_id),
        inbox.dismiss_item(user_id=his, item_id=item_id),
        inbox.snooze_item(user_id=his, item_id=item_id, until=NOON + HOUR),
    ):
        with pytest.raises(NotFoundError):
            await call
    assert (await only(ada)).state == "new"
    assert (await inbox.list_items(user_id=bob.id), await inbox.count_new(user_id=bob.id)) == ([], 0)


async def test_snooze_is_undone(ada: models.User) -> None:
    await bring(ada)
    origin = Origin(gesture="g")
    await inbox.snooze_item(user_id=ada.id, item_id=(await only(ada)).id, until=NOON + HOUR, origin=origin)
    assert await inbox.list_items(user_id=ada.id) == []
    await ledger.undo_gesture(user_id=ada.id, gesture="g")
    assert (await only(ada)).state == "new"


async def test_answered_items_are_listed_by_when_they_were_answered(
    ada: models.User, noon: time_machine.Traveller
) -> None:
    for key in ("old", "new"):
        await bring(ada, key, key)
        noon.shift(1)
    for item in await inbox.list_items(user_id=ada.id):
        await inbox.dismiss_item(user_id=ada.id, item_id=item.id)
        noon.shift(1)
    assert [item.title for item in await inbox.list_items(user_id=ada.id, state="closed")] == ["old", "new"]


async def test_item_that_was_dismissed_while_it_was_snoozed_is_answered(ada: models.User) -> None:
    await bring(ada)
    item = await only(ada)
    await inbox.snooze_item(user_id=ada.id, item_id=item.id, until=NOON + HOUR)
    await inbox.dismiss_item(user_id=ada.id, item_id=item.id)
    assert await inbox.list_items(user_id=ada.id, state="snoozed") == []
    assert [each.id for each in await inbox.list_items(user_id=ada.id, state="closed")] == [item.id]


async def test_several_are_answered_and_taken_back_at_once(ada: models.User, noon: time_machine.Traveller) -> None:
    await bring(ada, "a")
    await reminders.add_reminder(user_id=ada.id, text="Stretch", at=NOON + HOUR)
    noon.shift(HOUR)
    await deliveries.deliver_due()
    ids = [item.id for item in await inbox.list_items(user_id=ada.id)]
    done = await inbox.answer_items(user_id=ada.id, item_ids=ids, answer="done", origin=Origin(gesture="g"))
    assert {item.state for item in done} == {"done"}
    assert [each.done for each in await reminders.list_reminders(user_id=ada.id, done=True)] == [True]
    assert await inbox.answer_items(user_id=ada.id, item_ids=ids, answer="dismissed") == []
    await ledger.undo_gesture(user_id=ada.id, gesture="g")
    assert {item.id for item in await inbox.list_items(user_id=ada.id)} == set(ids)
    assert await reminders.list_reminders(user_id=ada.id, done=True) == []


async def test_several_are_snoozed_and_read_at_once(ada: models.User) -> None:
    await bring(ada, "a")
    await bring(ada, "b")
    ids = [item.id for item in await inbox.list_items(user_id=ada.id)]
    await inbox.read_items(user_id=ada.id, item_ids=ids)
    assert await inbox.count_new(user_id=ada.id) == 0
    off = await inbox.snooze_items(user_id=ada.id, item_ids=ids, until=NOON + HOUR)
    assert {item.snoozed_until for item in off} == {NOON + HOUR}
    assert len(await inbox.list_items(user_id=ada.id, state="snoozed")) == 2


async def test_several_of_somebody_else_are_not_found(ada: models.User, bob: models.User) -> None:
    await bring(ada)
    ids = [(await only(ada)).id]
    for call in (
        inbox.answer_items(user_id=bob.id, item_ids=ids, answer="done"),
        inbox.snooze_items(user_id=bob.id, item_ids=ids, until=NOON + HOUR),
        inbox.read_items(user_id=bob.id, item_ids=ids),
        inbox_actions.act(user_id=bob.id, item_id=ids[0], action="less"),
    ):
        with pytest.raises(NotFoundError):
            await call
    assert (await only(ada)).state == "new"


ACTIONS = {"actions": [{"name": "less", "label": "Less like this", "effect": "quiet"}, {"name": "fix", "label": "Fix"}]}


async def test_actions_of_an_item_are_done_by_the_service_of_its_kind(
    ada: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def act(*, user_id: str, item_id: str, action: str, origin: Origin) -> str:
        await inbox.dismiss_item(user_id=user_id, item_id=item_id, origin=origin)
        return f"Did {action}."

    monkeypatch.setattr(inbox_actions, "ACTORS", {"suggestion": act})
    await bring(ada, data=ACTIONS)
    item = await only(ada)
    assert item.actions == (ItemAction("less", "Less like this", "quiet"), ItemAction("fix", "Fix"))
    with pytest.raises(InvalidInputError, match="cannot be done"):
        await inbox_actions.act(user_id=ada.id, item_id=item.id, action="explode")
    assert await inbox_actions.act(user_id=ada.id, item_id=item.id, action="less") == "Did less."
    with pytest.raises(ConflictError, match="dismissed already"):
        await inbox_actions.act(user_id=ada.id, item_id=item.id, action="less")
