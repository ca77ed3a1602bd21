"""The daily summary and the weekly review: complete, in the person's zone, bounded, and safe with any title."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, insert

from assistant_app import models
from assistant_app.llm.builtin.wording import escaped
from assistant_app.repositories import database
from assistant_app.services import approvals, conflicts, events, inbox, reminders, tasks
from assistant_app.services.briefs import Brief, Line, Section, missing_facts, write_brief
from assistant_app.services.summaries import daily_summaries, daily_summary, weekly_review, weekly_reviews
from assistant_app.services.tool_calls import CallPlace, NewCall
from tests.conftest import add_user

DAWN = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # Seven in Rome, on a Tuesday.
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
ZONES = ("Europe/Rome", "Asia/Tokyo", "America/New_York", "Pacific/Auckland", "UTC", "Europe/Rome")


@pytest.fixture(autouse=True)
def dawn() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(DAWN, tick=False) as traveller:
        yield traveller


@pytest.fixture
async def eva(db: object) -> models.User:
    """Somebody who lives in Rome."""
    return await add_user("eva", zone="Europe/Rome")


def wall(text: str) -> datetime:
    """Return what a person's clocks show this month, naive: `24 10:00`."""
    return datetime.fromisoformat(f"2026-11-{text}")


@contextmanager
def counted_statements() -> Generator[list[str]]:
    """Note the statements that the database gets."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        statements.append(statement)

    engine = database.current().engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def fill(user: models.User, dawn: time_machine.Traveller) -> None:
    """Have something of each kind happen on this day and around it."""
    dawn.shift(-DAY)
    bread = await tasks.add_task(user_id=user.id, title="Bake bread")
    await tasks.complete_task(user_id=user.id, task_id=bread.id)
    dawn.shift(DAY)
    add_event, add_task = events.add_event, tasks.add_task
    await add_event(user_id=user.id, title="Lunch", start=wall("24 12:00"), end=wall("24 13:30"), place="Bar Sport")
    await add_event(user_id=user.id, title="Dentist", start=wall("24 13:00"), end=wall("24 14:00"))
    await add_event(user_id=user.id, title="Market day", start=TODAY)
    await add_event(user_id=user.id, title="Concert", start=wall("27 21:00"), end=wall("27 23:00"))
    await add_task(user_id=user.id, title="Call Anna", due=wall("24 17:00"))
    await add_task(user_id=user.id, title="Pay rent", due=TODAY)
    await add_task(user_id=user.id, title="Taxes", due=date(2026, 11, 20))
    await add_task(user_id=user.id, title="Pack", due=date(2026, 11, 26))
    await reminders.add_reminder(user_id=user.id, text="oven", at=wall("24 15:00"))
    await reminders.add_reminder(user_id=user.id, text="not today", at=wall("25 15:00"))
    place = CallPlace(user.id, "con_1", "msg_1", 0, 0, 0)
    asked = NewCall(f"cal_{user.login}", place, "call_1", "delete_task", {"task": "3"})
    await approvals.ask_approval(asked, summary="Delete task 3 “Pay rent”")


async def test_day_has_all_that_it_holds(eva: models.User, dawn: time_machine.Traveller) -> None:
    await fill(eva, dawn)
    brief = await daily_summary(user_id=eva.id, at=DAWN)
    assert (brief.title, brief.empty) == ("Your Tuesday, 24 November", False)
    assert brief.text == (
        "You have 3 events and 2 tasks due today. 1 task is overdue.\n\n"
        "### Events\n\n- All day: Market day\n- 12:00–13:30: Lunch, at Bar Sport\n- 13:00–14:00: Dentist\n\n"
        "### In conflict\n\n- “Lunch” and “Dentist” overlap, Tuesday, 24 November.\n\n"
        "### Due today\n\n- 17:00: Call Anna\n- Pay rent\n\n"
        "### Overdue\n\n- Taxes, since Friday, 20 November\n\n"
        "### Reminders\n\n- 15:00: oven\n\n"
        "### Waiting for your yes\n\n- Delete task 3 “Pay rent”\n\n"
        "### Done yesterday\n\n- Bake bread"
    )
    assert missing_facts(brief.text, brief) == []


async def test_ignored_conflict_is_not_told(eva: models.User, dawn: time_machine.Traveller) -> None:
    await fill(eva, dawn)
    await conflicts.check_ahead(user_id=eva.id)
    (item,) = await inbox.list_items(user_id=eva.id, kind="conflict")
    await inbox.dismiss_item(user_id=eva.id, item_id=item.id)
    assert "conflict" not in (await daily_summary(user_id=eva.id, at=DAWN)).text


async def test_day_goes_on_from_the_moment_at_which_it_is_told(eva: models.User, dawn: time_machine.Traveller) -> None:
    await fill(eva, dawn)
    text = (await daily_summary(user_id=eva.id, at=datetime(2026, 11, 24, 17, 0, tzinfo=UTC))).text
    assert "Dentist" not in text
    assert "oven" not in text
    assert "- Call Anna, since 17:00 today" in text
    assert "- Pay rent\n" in text


async def test_a_suggestion_is_told(eva: models.User) -> None:
    task = await tasks.add_task(user_id=eva.id, title="Garage", due=TODAY)
    for number in (1, 2, 3):
        await tasks.update_task(user_id=eva.id, task_id=task.id, changes=tasks.TaskChanges(due=TODAY + number * DAY))
    await tasks.add_task(user_id=eva.id, title="Pay rent", due=TODAY)
    text = (await daily_summary(user_id=eva.id, at=DAWN)).text
    assert "### A suggestion\n\n- “Garage” was put off 3 times. Do it first thing" in text


async def test_empty_day_is_one_friendly_sentence(eva: models.User, dawn: time_machine.Traveller) -> None:
    brief = await daily_summary(user_id=eva.id, at=DAWN)
    assert (brief.text, brief.empty) == ("Nothing is planned for today. Enjoy the free day.", True)
    task = await tasks.add_task(user_id=eva.id, title="Bake bread")
    await tasks.complete_task(user_id=eva.id, task_id=task.id)
    brief = await daily_summary(user_id=eva.id, at=DAWN + DAY)
    assert brief.text.endswith(" You completed 1 task yesterday.")
    assert brief.empty
    assert (await weekly_review(user_id=eva.id, at=DAWN + 20 * DAY)).empty


async def test_week_tells_what_was_done_what_slipped_and_what_comes(
    eva: models.User, dawn: time_machine.Traveller
) -> None:
    dawn.shift(-22 * DAY)
    await tasks.add_task(user_id=eva.id, title="Shelf", list_title="House")
    dawn.shift(22 * DAY)
    await fill(eva, dawn)
    await tasks.add_task(user_id=eva.id, title="Long gone", due=date(2026, 11, 10))
    brief = await weekly_review(user_id=eva.id, at=DAWN)
    assert brief.title == "Your week until Tuesday, 24 November"
    assert brief.text == (
        "You completed 1 task in the last seven days and 1 task slipped. The next seven have 4 events and 3 tasks.\n\n"
        "### Done in the last seven days\n\n- Bake bread\n\n"
        "### Slipped\n\n- Taxes, since Friday, 20 November\n\n"
        "### Events in the next seven days\n\n- Tuesday, 24 November, all day: Market day\n"
        "- Tuesday, 24 November, 12:00–13:30: Lunch, at Bar Sport\n- Tuesday, 24 November, 13:00–14:00: Dentist\n"
        "- Friday, 27 November, 21:00–23:00: Concert\n\n"
        "### Due in the next seven days\n\n- Tuesday, 24 November at 17:00: Call Anna\n"
        "- Tuesday, 24 November: Pay rent\n- Thursday, 26 November: Pack\n\n"
        "### Lists that nobody has touched for weeks\n\n- House: 1 open task"
    )
    assert missing_facts(brief.text, brief) == []


async def test_another_users_day_is_not_told(ada: models.User, eva: models.User, dawn: time_machine.Traveller) -> None:
    await fill(eva, dawn)
    assert (await daily_summary(user_id=ada.id, at=DAWN)).empty
    assert (await weekly_review(user_id=ada.id, at=DAWN)).empty


async def test_five_thousand_overdue_tasks_are_counted_and_ten_named(eva: models.User) -> None:
    rows = [
        models.Task(user_id=eva.id, number=number, title=f"Task {number}", due_on=TODAY - DAY).model_dump()
        for number in range(1, 5_001)
    ]
    async with database.write() as session:
        await session.execute(insert(models.Task), rows)
    loaded = [0]

    def count_row(*_arguments: Any) -> None:
        loaded[0] += 1

    event.listen(models.Task, "load", count_row)
    try:
        with counted_statements() as statements:
            brief = await daily_summary(user_id=eva.id, at=DAWN)
    finally:
        event.remove(models.Task, "load", count_row)
    assert "### Overdue (5,000, the first 10)" in brief.text
    assert brief.text.startswith("Nothing is planned for today. 5,000 tasks are overdue.")
    assert brief.text.count("\n- ") == 11  # With a suggestion to look at them.
    assert len(brief.data["objects"]) == 10
    assert len(statements) <= 20
    assert loaded[0] <= 30


async def test_many_people_are_told_what_each_would_be_told_alone(
    eva: models.User, dawn: time_machine.Traveller
) -> None:
    others = [await add_user(f"other{number}", zone=zone) for number, zone in enumerate(ZONES)]
    for person in (eva, *others[::2]):
        await fill(person, dawn)
    for number, person in enumerate(others):
        for _ in range(1 + 5 * number):
            await tasks.add_task(user_id=person.id, title=f"Only {person.login}'s", due=TODAY - number * DAY)
    everybody = [eva.id, *(person.id for person in others)]
    alone = {user_id: await daily_summary(user_id=user_id, at=DAWN) for user_id in everybody}
    assert await daily_summaries(user_ids=everybody, at=DAWN) == alone
    assert all(f"Only other{number}'s" in alone[person.id].text for number, person in enumerate(others))
    assert "### Overdue (26, the first 10)" in alone[others[5].id].text
    weeks_alone = {user_id: await weekly_review(user_id=user_id, at=DAWN) for user_id in everybody}
    assert await weekly_reviews(user_ids=everybody, at=DAWN) == weeks_alone


async def test_many_people_are_told_with_as_many_statements_as_one(eva: models.User) -> None:
    others = [await add_user(f"other{number}", zone=eva.zone) for number in range(10)]
    for person in (eva, *others):
        await tasks.add_task(user_id=person.id, title="Rent", due=TODAY)
    with counted_statements() as for_one:
        await daily_summary(user_id=eva.id, at=DAWN)
    with counted_statements() as for_all:
        await daily_summaries(user_ids=[eva.id, *(person.id for person in others)], at=DAWN)
    assert len(for_all) == len(for_one)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("**bold** [x](http://evil)", r"\*\*bold\*\* \[x\](http://evil)"),
        ("1. first", r"1\. first"),
        ("- point", r"\- point"),
        ("# Heading", r"\# Heading"),
        ("---", r"\---"),
        ("<img src=x>", r"\<img src=x\>"),
        ("&copy; Anna & Tom", r"\&copy; Anna & Tom"),
        ("![x](http://evil/a.png)", r"\!\[x\](http://evil/a.png)"),
        ("$x$ `code` | a", r"\$x\$ \`code\` \| a"),
        ("back\\slash", r"back\\slash"),
    ],
)
async def test_markdown_in_a_title_stays_text(eva: models.User, title: str, shown: str) -> None:
    await tasks.add_task(user_id=eva.id, title=title, due=TODAY)
    brief = await daily_summary(user_id=eva.id, at=DAWN)
    assert f"- {shown}" in brief.text.splitlines()
    assert missing_facts(brief.text, brief) == []


def brief_of(*titles: str, times: tuple[str, ...] = ()) -> Brief:
    """Return a brief that names these titles and times."""
    return write_brief("t", "o", [Section("s", [Line(escaped(title), (title,), times) for title in titles])])


@pytest.mark.parametrize(
    ("titles", "text", "missing"),
    [
        (("Dentist", "Lunch"), "First the dentist, then lunch.", []),
        (("Dentist", "Lunch"), "Only the dentist.", ["Lunch"]),
        (("Call", "Call mom"), "Call mom today.", ["Call"]),
        (("Call", "Call mom"), "Call mom, and call.", []),
        (("Call", "Call"), "Call once.", ["Call"]),
        (("Call",), "Recall it.", ["Call"]),
        (("2 * 3",), "It is 2 \\* 3.", []),
    ],
)
def test_wording_that_lost_a_title_is_noticed(titles: tuple[str, ...], text: str, missing: list[str]) -> None:
    assert missing_facts(text, brief_of(*titles)) == missing


def test_wording_that_lost_a_time_is_noticed() -> None:
    brief = brief_of("Lunch", times=("9:00",))
    assert missing_facts("Lunch at 19:00.", brief) == ["9:00"]
    assert missing_facts("Lunch at 9:00.", brief) == []


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip)))
def test_what_the_brief_says_itself_lacks_nothing(titles: list[str]) -> None:
    brief = brief_of(*titles)
    assert missing_facts(brief.text, brief) == []
