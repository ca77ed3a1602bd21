"""What people's words mean among their own things."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant_app import models
from assistant_app.errors import NotFoundError
from assistant_app.repositories import database
from assistant_app.services import events, ledger, references, reminders, tasks
from assistant_app.services.references import AmbiguousError
from assistant_app.services.tasks import TaskChanges

LATER = datetime.fromisoformat("2199-01-01T09:00+00:00")


async def add(user: models.User, *titles: str) -> list[str]:
    """Add tasks, and return their ids."""
    return [(await tasks.add_task(user_id=user.id, title=title)).id for title in titles]


async def found(user: models.User, words: str, *, done: bool | None = False) -> list[str]:
    """Return the titles that the words can mean, best first."""
    return [thing.title for thing in await references.find_things(user_id=user.id, words=words, done=done)]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("buy milk", ["buy milk"]),
        ("BUY MILK!", ["buy milk"]),
        ("the milk", ["buy milk", "milk the cow"]),
        ("milk", ["buy milk", "milk the cow"]),
        ("cow milk", ["milk the cow"]),
        ("grocries", ["get groceries"]),
        ("grocery", ["get groceries"]),
        ("prepared for test", ["prepare for test"]),
        ("preparing the tests", ["prepare for test"]),
        ("1984", ["read 1984"]),
        ("task 2", ["milk the cow"]),
        ("#2", ["milk the cow"]),
        ("2", ["milk the cow"]),
        ("number 2", ["milk the cow"]),
        ("reminder 2", []),
        ("task 99", []),
        ("elephant", []),
        ("buy milk and elephants", []),
        ("", []),
        ("%", []),
    ],
)
async def test_words_mean(ada: models.User, words: str, titles: list[str]) -> None:
    await add(ada, "buy milk", "milk the cow", "get groceries", "prepare for test", "read 1984")
    assert await found(ada, words) == titles


async def test_exact_title_goes_before_all_words_and_those_before_near_ones(ada: models.User) -> None:
    await add(ada, "send the report to Sam", "report", "annual report")
    assert await found(ada, "report") == ["report", "annual report", "send the report to Sam"]
    assert await found(ada, "reprot") == ["report", "annual report", "send the report to Sam"]


async def test_id_means_its_thing(ada: models.User, bob: models.User) -> None:
    (task_id,) = await add(ada, "milk")
    assert await found(ada, task_id) == ["milk"]
    assert await found(bob, task_id) == []
    assert await found(bob, "milk") == []
    assert await found(bob, "1") == []


async def test_done_things_are_found_when_they_are_meant(ada: models.User) -> None:
    (task_id,) = await add(ada, "milk")
    await tasks.complete_task(user_id=ada.id, task_id=task_id)
    assert await found(ada, "milk") == []
    assert await found(ada, "milk", done=True) == ["milk"]
    assert await found(ada, "milk", done=None) == ["milk"]
    assert await found(ada, "task 1") == ["milk"]


async def test_kinds_are_told_apart(ada: models.User) -> None:
    await tasks.add_task(user_id=ada.id, title="dentist", list_title="Health", due=date(2199, 1, 2))
    await reminders.add_reminder(user_id=ada.id, text="dentist", at=LATER)
    await events.add_event(user_id=ada.id, title="dentist", start=LATER)
    things = await references.find_things(user_id=ada.id, words="dentist")
    assert {(thing.kind, thing.list, thing.when) for thing in things} == {
        ("task", "Health", "2199-01-02"),
        ("reminder", "", "2199-01-01T09:00:00+00:00"),
        ("event", "", "2199-01-01T09:00:00+00:00"),
    }
    assert (await references.resolve(user_id=ada.id, words="dentist", kind="event")).kind == "event"
    assert len(await references.find_things(user_id=ada.id, words="1")) == 3
    assert len(await references.find_things(user_id=ada.id, words="dentist", kinds=("task", "event"))) == 2


async def test_end_of_a_timed_event_is_known(ada: models.User) -> None:
    start = LATER.astimezone(ZoneInfo(ada.zone))
    await events.add_event(user_id=ada.id, title="concert", start=start, end=start + timedelta(minutes=90))
    await events.add_event(user_id=ada.id, title="fair", start=start.date())
    ends = {
        thing.title: thing.ends
        for title in ("concert", "fair")
        for thing in await references.find_things(user_id=ada.id, words=title)
    }
    assert ends == {"concert": (start + timedelta(minutes=90)).isoformat(), "fair": ""}


async def test_what_is_ambiguous_is_asked(ada: models.User) -> None:
    await add(ada, "buy milk", "milk the cow", "buy milk and eggs")
    assert (await references.resolve(user_id=ada.id, words="buy milk", kind="task")).title == "buy milk"
    with pytest.raises(AmbiguousError, match="can mean several tasks") as caught:
        await references.resolve(user_id=ada.id, words="milk", kind="task")
    assert [thing.title for thing in caught.value.candidates] == ["buy milk", "milk the cow", "buy milk and eggs"]
    with pytest.raises(NotFoundError, match="There is no open task “elephant”"):
        await references.resolve(user_id=ada.id, words="elephant", kind="task")


async def test_changes_are_known_at_once(ada: models.User) -> None:
    (task_id,) = await add(ada, "milk")
    assert await found(ada, "milk") == ["milk"]
    await tasks.update_task(user_id=ada.id, task_id=task_id, changes=TaskChanges(title="cream"))
    assert (await found(ada, "milk"), await found(ada, "cream")) == ([], ["cream"])
    await tasks.delete_task(user_id=ada.id, task_id=task_id)
    assert await found(ada, "cream") == []
    for action in (await ledger.list_actions(user_id=ada.id))[:2]:
        await ledger.undo(user_id=ada.id, action_id=action.id)
    assert (await found(ada, "milk"), await found(ada, "cream")) == (["milk"], [])
    await add(ada, *(f"thing {number}" for number in range(30)))
    assert await found(ada, "thing 29") == ["thing 29"]


async def test_what_was_not_kept_is_not_found(ada: models.User) -> None:
    await add(ada, "milk")
    assert await found(ada, "milk") == ["milk"]
    async with database.transaction() as session:
        await add(ada, "eggs")
        assert await found(ada, "eggs") == ["eggs"]
        await session.rollback()
    assert await found(ada, "eggs") == []
    await add(ada, "bread")
    assert (await found(ada, "eggs"), await found(ada, "milk"), await found(ada, "bread")) == ([], ["milk"], ["bread"])


async def test_thousands_of_tasks_are_looked_through(ada: models.User) -> None:
    async with database.write() as session:
        session.add_all(
            models.Task(
                user_id=ada.id, number=number, title=f"do thing {number} for person {number % 77}", position=number
            )
            for number in range(1, 5_001)
        )
    assert await found(ada, "thing 4321") == ["do thing 4321 for person 9"]
    assert await found(ada, "think 4321") == ["do thing 4321 for person 9"]
    assert await found(ada, "4321") == ["do thing 4321 for person 9"]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("call mum", ["call mom"]),
        ("my mother", ["call mom"]),
        ("the passport renewal", ["renew passport"]),
        ("rubbish", ["take out the trash"]),
        ("the rental", []),
    ],
)
async def test_other_words_for_the_same_fit_where_no_title_has_the_words(
    ada: models.User, words: str, titles: list[str]
) -> None:
    await add(ada, "call mom", "renew passport", "take out the trash", "pay the rent")
    assert await found(ada, words) == titles
