"""The inbox: what is brought, once each, and how people answer it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from assistant_app import bus, models
from assistant_app.errors import ConflictError, InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import deliveries, inbox
from assistant_app.services.inbox import ItemView

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


async def bring(user: models.User, key: str = "k", title: str = "Look") -> bool:
    """Bring a matter to somebody."""
    async with database.write() as session:
        return await inbox.put_item(
            session, user_id=user.id, kind="suggestion", key=key, title=title, why="Because.", data={"n": 1}
        )


async def only(user: models.User) -> ItemView:
    """Return the only item."""
    (item,) = await inbox.list_items(user_id=user.id)
    return item


async def test_matter_is_brought_once(ada: models.User, bob: models.User) -> None:
    assert await bring(ada)
    assert not await bring(ada, title="Look again")
    assert await bring(bob)
    item = await only(ada)
    assert (item.title, item.why, item.state, item.data) == ("Look", "Because.", "new", {"n": 1})
    await inbox.dismiss_item(user_id=ada.id, item_id=item.id)
    assert not await bring(ada)
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
    assert await deliveries.wake_snoozed(NOON + HOUR / 2) == 0
    noon.shift(HOUR)
    with bus.subscribe(ada.id) as subscription:
        assert await deliveries.wake_snoozed() == 1
        assert await subscription.changes() == {"inbox"}
    assert (await only(ada)).state == "new"
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
