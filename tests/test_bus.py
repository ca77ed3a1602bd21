"""The bus: what changed reaches whoever follows, and nobody else."""

import asyncio

import pytest

from assistant_app import bus


async def test_changes_are_gathered_until_they_are_read() -> None:
    with bus.subscribe("ada") as changes:
        bus.publish("ada", "a")
        bus.publish("ada", "b")
        bus.publish("ada", "a")
        assert await changes.changes() == {"a", "b"}


async def test_other_users_hear_nothing() -> None:
    with bus.subscribe("ada") as changes:
        bus.publish("bob", "a")
        assert await changes.changes(seconds=0.01) == frozenset()


async def test_quiet_topic_waits_for_the_next_thing() -> None:
    with bus.subscribe("ada") as changes:
        bus.publish("ada", "text")
        assert await changes.changes(seconds=0.01, quiet=frozenset({"text"})) == {"text"}
        waiting = asyncio.create_task(changes.changes(quiet=frozenset({"text"})))
        await asyncio.sleep(0)
        bus.publish("ada", "text")
        await asyncio.sleep(0)
        assert not waiting.done()
        bus.publish("ada", "end")
        assert await waiting == {"text", "end"}


async def test_change_between_two_looks_is_not_lost() -> None:
    with bus.subscribe("ada") as changes:
        await changes.changes(seconds=0)
        bus.publish("ada", "a")
        assert await changes.changes() == {"a"}


def test_subscription_ends_with_its_context() -> None:
    with pytest.raises(RuntimeError), bus.subscribe("ada"):
        raise RuntimeError
    assert bus.subscribers("ada") == 0
