"""Settings > Schedules: what comes by itself, how it went, and what can be changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from assistant_app import clock, models
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.services import due_runs, occurrences, schedules
from assistant_app.services.occurrences import Made
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.schedules import ScheduleFormState, SchedulesState
from assistant_app.ui.settings.schedules.reading import Timing, read_timing, timing_words
from assistant_app.ui.settings.schedules.rows import ScheduleRow
from tests.ui.conftest import OpenTab, Tab

LOAD = [SessionState.load, ScheduleFormState.close, SchedulesState.load]
PATH = "/settings/schedules"
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # A Wednesday.
FORM = {"when": "every weekday at 7", "title": "", "catch_up": "late"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen; it goes on, because tabs wait."""
    with time_machine.travel(NOON) as traveller:
        yield traveller


def rows(tab: Tab) -> list[ScheduleRow]:
    """Return what the page lists."""
    return tab.value(SchedulesState, "rows")


def form(tab: Tab, name: str) -> Any:
    """Return a part of the form."""
    return tab.value(ScheduleFormState, name)


async def add_summary(user: models.User, **options: object) -> schedules.ScheduleView:
    """Have a summary every day at 7."""
    starts = datetime(2026, 11, 18, 7)  # noqa: DTZ001 - a wall time
    return await schedules.create_schedule(
        user_id=user.id, kind="summary", starts=starts, repeat="FREQ=DAILY", data=dict(options)
    )


async def run_it(user: models.User, schedule_id: str, outcome: Made | str) -> None:
    """Run a schedule at once, with this outcome."""
    await schedules.run_now(user_id=user.id, schedule_id=schedule_id)
    (due,) = await occurrences.claim(limit=5)
    await (occurrences.finish(due, outcome) if isinstance(outcome, Made) else occurrences.fail(due, outcome))


async def test_summary_that_is_offered_is_added_by_one_click(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, PATH, on_load=LOAD)
    assert rows(tab) == []
    await tab.send(SchedulesState.accept_summary())
    (row,) = rows(tab)
    assert (row.title, row.words, row.next_words) == ("Daily summary", "Every day at 7:00", "next run tomorrow at 7:00")


async def test_summary_comes_at_the_hour_that_was_chosen(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(SchedulesState.choose_hour("06:15"))
    await tab.send(SchedulesState.accept_summary())
    assert rows(tab)[0].words == "Every day at 06:15"


async def test_summary_without_an_hour_is_refused_with_a_sentence(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(SchedulesState.choose_hour(""))
    with pytest.raises(InvalidInputError, match="Choose the time of day"):
        await tab.send(SchedulesState.accept_summary())
    assert rows(tab) == []


async def test_run_shows_how_it_went_and_links_what_it_made(ada: models.User, open_tab: OpenTab) -> None:
    view = await add_summary(ada)
    await run_it(ada, view.id, Made("ok", "Your day", "Nothing is due.", kind="summary", cost=0.0012))
    tab = await open_tab(ada, PATH, on_load=LOAD)
    last = rows(tab)[0].last
    assert (last.words, last.tone, last.error) == ("Done", "good", "")
    assert last.facts.endswith(" · $0.0012")
    assert last.item_link.startswith("/inbox?item=inb_")


async def test_run_that_failed_says_why_and_when_it_is_tried_again(ada: models.User, open_tab: OpenTab) -> None:
    view = await add_summary(ada)
    await run_it(ada, view.id, "The model does not answer.")
    tab = await open_tab(ada, PATH, on_load=LOAD)
    last = rows(tab)[0].last
    assert last.error == "The model does not answer."
    assert last.facts == "tried again today at 12:01"


async def test_schedule_that_paused_itself_says_why(
    ada: models.User, open_tab: OpenTab, noon: time_machine.Traveller
) -> None:
    view = await add_summary(ada)
    await schedules.run_now(user_id=ada.id, schedule_id=view.id)
    for _ in range(3):
        (due,) = await occurrences.claim(limit=5)
        await occurrences.fail(due, "The model does not answer.")
        noon.shift(timedelta(minutes=6))
    tab = await open_tab(ada, PATH, on_load=LOAD)
    (row,) = rows(tab)
    assert not row.enabled
    assert row.paused_why == "It failed 3 times in a row. The model does not answer."
    assert (row.last.words, row.last.tone) == ("Failed", "problem")


async def test_runs_are_unfolded_newest_first(
    ada: models.User, open_tab: OpenTab, noon: time_machine.Traveller
) -> None:
    view = await add_summary(ada)
    await run_it(ada, view.id, Made("ok", "Your day"))
    noon.shift(timedelta(minutes=5))
    await run_it(ada, view.id, Made("empty", "Your day"))
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(SchedulesState.toggle_runs(view.id))
    assert [run.words for run in tab.value(SchedulesState, "runs")] == ["Nothing to say", "Done"]
    await tab.send(SchedulesState.toggle_runs(view.id))
    assert tab.value(SchedulesState, "open_id") == ""


async def test_schedule_is_paused_resumed_and_deleted_with_a_way_back(ada: models.User, open_tab: OpenTab) -> None:
    view = await add_summary(ada)
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(SchedulesState.pause(view.id))
    assert (rows(tab)[0].enabled, rows(tab)[0].next_words) == (False, "")
    await tab.send(SchedulesState.resume(view.id))
    assert rows(tab)[0].next_words == "next run tomorrow at 7:00"
    await tab.send(SchedulesState.delete(view.id))
    assert rows(tab) == []
    notice = tab.value(NoticeState, "notices")[-1]
    assert (notice.text, notice.button) == ("Deleted “Daily summary”.", "Undo")
    await tab.send(NoticeState.undo(notice.id))
    assert [found.id for found in await schedules.list_schedules(user_id=ada.id)] == [view.id]


async def test_what_is_typed_is_understood_meanwhile(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(ScheduleFormState.begin_add("summary"))
    assert form(tab, "understood") == "Every day at 7:00, next run tomorrow at 7:00"
    await tab.send(ScheduleFormState.read("every weekday at 6:30"))
    assert form(tab, "understood") == "Every weekday at 06:30, next run tomorrow at 06:30"
    await tab.send(ScheduleFormState.read("every blue moon"))
    assert form(tab, "understood") == ""
    assert "does not understand that time" in form(tab, "problem")


async def test_review_is_added_in_another_zone_and_says_so(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(ScheduleFormState.begin_add("review"))
    await tab.send(ScheduleFormState.choose_zone("Asia/Tokyo"))
    await tab.send(ScheduleFormState.save({**FORM, "when": "Sundays at 18:00", "catch_up": "skip", "silent": "yes"}))
    (row,) = rows(tab)
    assert row.words == "Every Sunday at 18:00, Asia/Tokyo time"
    assert row.next_words == "next run Sunday at 9:00"
    assert row.detail == "Says nothing on empty days"
    (view,) = await schedules.list_schedules(user_id=ada.id)
    assert (view.catch_up, view.data) == ("skip", {"silent_when_empty": True, "model": "builtin"})


async def test_prompt_is_added_with_its_model_and_limit(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(ScheduleFormState.begin_add("prompt"))
    await tab.send(ScheduleFormState.open_models(True))
    assert [option.id for option in form(tab, "models")] == ["builtin"]
    await tab.send(ScheduleFormState.choose_model("builtin"))
    asked = {**FORM, "when": "every Friday at 4pm", "prompt": "What is on next week?", "most_cost": "0.25"}
    await tab.send(ScheduleFormState.save(asked))
    (view,) = await schedules.list_schedules(user_id=ada.id)
    assert (view.title, view.words, view.most_cost) == ("What is on next week?", "every Friday at 16:00", 0.25)
    assert view.data == {"prompt": "What is on next week?", "model": "builtin"}
    assert rows(tab)[0].detail == "Asks Built-in assistant: What is on next week?"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"when": ""}, "does not understand that time"),
        ({"when": "every weekday"}, "At what time?"),
        ({"when": "yesterday at 9"}, "passed already"),
        ({"prompt": " "}, "needs something to ask"),
        ({"most_cost": "cheap"}, "number of US dollars"),
        ({"most_cost": "-1"}, "above 0"),
    ],
)
async def test_what_does_not_fit_is_refused_and_the_form_stays(
    ada: models.User, open_tab: OpenTab, changed: dict[str, str], sentence: str
) -> None:
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(ScheduleFormState.begin_add("prompt"))
    await tab.send(ScheduleFormState.save({**FORM, "prompt": "Hello?", **changed}))
    assert sentence in form(tab, "problem")
    assert form(tab, "kind") == "prompt"
    assert await schedules.list_schedules(user_id=ada.id) == []


async def test_model_that_is_not_connected_is_refused(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(ScheduleFormState.begin_add("prompt"))
    with pytest.raises(NotFoundError, match="not connected"):
        await tab.send(ScheduleFormState.choose_model("openai/nothing"))


async def test_time_is_changed_alone_and_the_rest_stays(ada: models.User, open_tab: OpenTab) -> None:
    view = await add_summary(ada, silent_when_empty=True)
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(ScheduleFormState.begin_edit(view.id))
    assert (form(tab, "words"), form(tab, "silent")) == ("every day at 7:00", True)
    await tab.send(ScheduleFormState.save({**FORM, "when": "at 8:15", "title": "Morning paper", "silent": "yes"}))
    (row,) = rows(tab)
    assert (row.title, row.words, row.detail) == ("Morning paper", "Every day at 8:15", "Says nothing on empty days")
    assert form(tab, "schedule_id") == ""


async def test_saving_without_a_change_changes_nothing(ada: models.User, open_tab: OpenTab) -> None:
    view = await add_summary(ada)
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(ScheduleFormState.begin_edit(view.id))
    await tab.send(ScheduleFormState.save({"when": view.words, "title": view.title, "catch_up": "late"}))
    (now,) = await schedules.list_schedules(user_id=ada.id)
    assert (now.starts, now.repeat, now.next_at) == (view.starts, view.repeat, view.next_at)


async def test_schedules_of_others_are_not_reached(ada: models.User, bob: models.User, open_tab: OpenTab) -> None:
    view = await add_summary(bob)
    tab = await open_tab(ada, PATH, on_load=LOAD)
    for event in (
        SchedulesState.run(view.id),
        SchedulesState.pause(view.id),
        SchedulesState.delete(view.id),
        ScheduleFormState.begin_edit(view.id),
    ):
        with pytest.raises(NotFoundError, match="not there"):
            await tab.send(event)
    assert rows(tab) == []


async def test_what_is_changed_elsewhere_shows(ada: models.User, open_tab: OpenTab) -> None:
    view = await add_summary(ada)
    tab = await open_tab(ada, PATH, on_load=[*LOAD, SchedulesState.follow], wait=False)
    await tab.until(lambda: bool(rows(tab)))
    await tab.send(SessionState.load)
    await schedules.pause_schedule(user_id=ada.id, schedule_id=view.id)
    await tab.until(lambda: not rows(tab)[0].enabled)
    await schedules.resume_schedule(user_id=ada.id, schedule_id=view.id)
    await due_runs.note_due(clock.now() + timedelta(days=1))
    await tab.until(lambda: rows(tab)[0].last.words == "About to run")
    tab.close()


NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
BEFORE = Timing(datetime(2026, 11, 2, 7), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")  # noqa: DTZ001 - a wall time


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("every weekday at 7", "Every weekday at 7:00, next run tomorrow at 7:00"),
        ("daily at 6", "Every day at 06:00, next run tomorrow at 06:00"),
        ("daily at 6pm", "Every day at 18:00, next run today at 18:00"),
        ("8:30", "Every other Monday at 8:30, next run Monday, 30 November at 8:30"),
        ("on Tuesdays", "Every Tuesday at 7:00, next run Tuesday at 7:00"),
        ("every hour from 9:00", "Every hour from 9:00, next run tomorrow at 9:00"),
        ("once, tomorrow at 9:00", "Once, tomorrow at 9:00"),
        ("tomorrow at 9", "Once, tomorrow at 9:00"),
    ],
)
def test_what_a_text_does_not_say_stays_as_it_was(text: str, words: str) -> None:
    timing = read_timing(text, now=NOW, before=BEFORE, early=True)
    assert timing_words(timing, NOW) == words


def test_time_that_can_be_read_in_two_ways_asks_which() -> None:
    with pytest.raises(InvalidInputError):
        read_timing("every day at 25", now=NOW)


async def test_second_summary_of_the_same_time_is_refused_and_leads_to_the_first(
    ada: models.User, open_tab: OpenTab
) -> None:
    first = await add_summary(ada)
    tab = await open_tab(ada, PATH, on_load=LOAD)
    await tab.send(ScheduleFormState.begin_add("summary"))
    await tab.send(ScheduleFormState.save(FORM))
    assert form(tab, "problem").startswith("“Daily summary” comes every day at 7:00 already.")
    assert form(tab, "twin_id") == first.id
    await tab.send(ScheduleFormState.read("every day at 8"))
    assert form(tab, "twin_id") == ""
    await tab.send(ScheduleFormState.save(FORM))
    await tab.send(ScheduleFormState.begin_edit(first.id))
    assert (form(tab, "schedule_id"), form(tab, "problem"), form(tab, "twin_id")) == (first.id, "", "")
