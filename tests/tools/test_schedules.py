"""Tools for what Steward does by itself."""

import pytest

from assistant_app import models
from assistant_app.errors import ConflictError
from assistant_app.services import ledger, schedule_offers, schedules
from assistant_app.services.schedule_views import ScheduleView
from assistant_app.toolkit.outcomes import RetryTool
from tests.conftest import add_user
from tests.tools.conftest import Ask, Call

FRIDAY = {"at": "2026-11-20T16:00", "repeat": "FREQ=WEEKLY;BYDAY=FR"}


async def only(user: models.User) -> ScheduleView:
    """Return the one schedule that there is."""
    (view,) = await schedules.list_schedules(user_id=user.id)
    return view


async def test_summary_comes_every_day_at_seven_if_nothing_else_is_said(call: Call, berliner: models.User) -> None:
    result = await call("add_schedule", what="summary")
    assert result.summary == "Added the schedule “Daily summary”, every day at 7:00"
    view = await only(berliner)
    assert (view.kind, view.zone, view.repeat) == ("summary", "Europe/Berlin", "FREQ=DAILY")
    assert result.data["object"] == {
        "kind": "schedule",
        "id": view.id,
        "title": "Daily summary",
        "what": "summary",
        "when": "every day at 7:00",
        "next": "2026-11-19T07:00:00+01:00",
        "paused": False,
        "text": "Daily summary, every day at 7:00, next run tomorrow at 7:00",
    }


async def test_review_comes_on_sundays_if_nothing_else_is_said(call: Call) -> None:
    result = await call("add_schedule", what="review")
    assert result.summary == "Added the schedule “Weekly review”, every Sunday at 18:00"


async def test_summary_comes_when_it_is_asked_for_and_keeps_silent_if_wanted(call: Call, berliner: models.User) -> None:
    weekdays = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    await call("add_schedule", what="summary", at="2026-11-19T06:30", repeat=weekdays, silent_when_empty=True)
    view = await only(berliner)
    assert (view.words, view.data) == ("every weekday at 06:30", {"silent_when_empty": True})


async def test_prompt_asks_the_usual_model_or_the_one_named(call: Call, berliner: models.User) -> None:
    result = await call("add_schedule", what="prompt", prompt="Plan my week", **FRIDAY)
    assert result.summary == "Added the schedule “Plan my week”, every Friday at 16:00"
    assert (await only(berliner)).data == {"prompt": "Plan my week", "model": "builtin"}
    await call("change_schedule", schedule="plan my week", model="built-in", prompt="Plan my month")
    assert (await only(berliner)).data == {"prompt": "Plan my month", "model": "builtin"}


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        ({"what": "prompt", **FRIDAY}, "needs both a prompt and at"),
        ({"what": "prompt", "prompt": "Hello"}, "needs both a prompt and at"),
        (
            {"what": "prompt", "prompt": "Hello", "model": "gpt-4o", **FRIDAY},
            "not connected. These are there: Built-in",
        ),
        ({"what": "summary", "at": "2026-11-19"}, "has no time of day"),
        ({"what": "summary", "repeat": "FREQ=SECONDLY"}, "recurrence"),
        ({"what": "weather"}, "what: "),
    ],
)
async def test_schedule_that_misses_something_asks_for_it(
    call: Call, berliner: models.User, arguments: dict[str, str], about: str
) -> None:
    with pytest.raises(RetryTool, match=about):
        await call("add_schedule", **arguments)
    assert await schedules.list_schedules(user_id=berliner.id) == []


async def test_schedules_are_listed_with_their_next_runs(call: Call) -> None:
    assert (await call("list_schedules")).summary == "Nothing is done by itself: there are no schedules"
    await call("add_schedule", what="summary")
    await call("add_schedule", what="review")
    await call("pause_schedule", schedule="weekly review")
    listed = await call("list_schedules")
    assert listed.summary == "2 schedules"
    assert sorted(one["text"] for one in listed.data["objects"]) == [
        "Daily summary, every day at 7:00, next run tomorrow at 7:00",
        "Weekly review, every Sunday at 18:00, paused",
    ]


async def test_time_and_days_are_changed(call: Call) -> None:
    await call("add_schedule", what="summary")
    changed = await call("change_schedule", schedule="summary", time="06:30")
    assert changed.data["object"]["when"] == "every day at 06:30"
    changed = await call("change_schedule", schedule="summary", repeat="FREQ=WEEKLY;BYDAY=SA,SU", title="Weekend")
    assert changed.data["object"]["when"] == "every Saturday and Sunday at 06:30"
    assert "like that already" in (await call("change_schedule", schedule="Weekend", time="06:30")).summary
    with pytest.raises(RetryTool, match="not a time of day"):
        await call("change_schedule", schedule="Weekend", time="later")


async def test_schedule_is_paused_and_resumed(call: Call) -> None:
    await call("add_schedule", what="summary")
    await call("add_schedule", what="review")
    assert (await call("pause_schedule", schedule="daily summary")).data["object"]["paused"]
    resumed = await call("resume_schedule", schedule="it")
    assert resumed.summary == "Resumed the schedule “Daily summary”, every day at 7:00"


async def test_schedule_runs_at_once(call: Call, berliner: models.User) -> None:
    await call("add_schedule", what="review")
    result = await call("run_schedule", schedule="weekly review")
    assert result.summary == "“Weekly review” runs now; what it makes comes into the inbox"
    last = (await only(berliner)).last
    assert last is not None
    assert last.state == "due"


async def test_schedule_is_deleted_and_an_undo_brings_it_back(call: Call, berliner: models.User) -> None:
    await call("add_schedule", what="summary")
    result = await call("delete_schedule", schedule="the daily summary")
    assert result.summary == "Deleted the schedule “Daily summary”"
    assert await schedules.list_schedules(user_id=berliner.id) == []
    deleted = (await ledger.list_actions(user_id=berliner.id))[0]
    await ledger.undo(user_id=berliner.id, action_id=deleted.id)
    assert (await only(berliner)).title == "Daily summary"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Daily summary", "Daily summary"),
        ("my daily summaries", "Daily summary"),
        ("the summary of my day", "Daily summary"),
        ("weekly review", "Weekly review"),
        ("the Sunday review", "Weekly review"),
        ("report", "Monday report"),
        ("the monday report", "Monday report"),
    ],
)
async def test_schedule_is_found_by_its_words(ask: Ask, call: Call, words: str, title: str) -> None:
    await call("add_schedule", what="summary")
    await call("add_schedule", what="review")
    await call("add_schedule", what="prompt", prompt="Report", at="2026-11-23T09:00", repeat="FREQ=WEEKLY;BYDAY=MO")
    await call("change_schedule", schedule="report", title="Monday report")
    assert (await ask("pause_schedule", schedule=words)).arguments == {"schedule": title}


async def test_schedule_that_is_not_clear_is_asked_for_by_its_title(call: Call) -> None:
    with pytest.raises(RetryTool, match="no schedules yet"):
        await call("pause_schedule", schedule="summary")
    await call("add_schedule", what="summary")
    await call("add_schedule", what="summary", at="2026-11-18T20:00")
    with pytest.raises(RetryTool, match="Several schedules could be meant: “Daily summary”, “Daily summary”"):
        await call("pause_schedule", schedule="summary")
    with pytest.raises(RetryTool, match="Several"):
        await call("pause_schedule", schedule="all my schedules")
    with pytest.raises(RetryTool, match=r"no schedule “horoscope”\. These are there: “Daily summary”"):
        await call("pause_schedule", schedule="horoscope")


async def test_previews_say_what_would_happen(ask: Ask, call: Call) -> None:
    added = await ask("add_schedule", what="summary", at="2026-11-19T06:30", repeat="FREQ=DAILY")
    assert added.summary == "Schedule the daily summary, tomorrow at 06:30, every day"
    assert added.arguments["at"] == "2026-11-19T06:30:00+01:00"
    await call("add_schedule", what="summary")
    assert (await ask("delete_schedule", schedule="it")).summary == (
        "Delete the schedule “Daily summary”, every day at 7:00"
    )
    changed = await ask("change_schedule", schedule="summary", time="08:00", repeat="FREQ=WEEKLY;BYDAY=MO")
    assert changed.summary == "Change the schedule “Daily summary”, every day at 7:00: every Monday, at 8:00"


async def test_schedules_of_others_are_not_found(call: Call) -> None:
    await schedule_offers.add_daily_summary(user_id=(await add_user("zoe")).id)
    with pytest.raises(RetryTool, match="no schedules yet"):
        await call("run_schedule", schedule="summary")


async def test_second_summary_of_the_same_moment_is_refused_with_what_is_there(
    call: Call, berliner: models.User
) -> None:
    await call("add_schedule", what="summary")
    with pytest.raises(ConflictError, match=r"“Daily summary” comes every day at 7:00 already\. Change that one"):
        await call("add_schedule", what="summary")
    assert len(await schedules.list_schedules(user_id=berliner.id)) == 1
