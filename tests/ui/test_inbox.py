"""The inbox's page, and what of the inbox every page shows."""

from datetime import timedelta

import pytest

from assistant_app import clock, models
from assistant_app.errors import NotFoundError
from assistant_app.repositories import database
from assistant_app.services import approvals, deliveries, inbox, reminders
from assistant_app.services.tool_calls import CallPlace, NewCall
from assistant_app.ui.follow import FollowState
from assistant_app.ui.inbox.arrivals import ArrivalState
from assistant_app.ui.inbox.snoozing import SnoozeState
from assistant_app.ui.inbox.state import InboxSelectionState, InboxState, ItemTextState
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.session import SessionState
from tests.ui.conftest import OpenTab, Tab

LOAD = [SessionState.load, InboxState.load]
FOLLOW = FollowState.follow(False)


async def remind(user: models.User, text: str, *, repeat: str = "") -> None:
    """Have a reminder come now."""
    await reminders.add_reminder(user_id=user.id, text=text, at=clock.now(), repeat=repeat)
    await deliveries.deliver_due(clock.now() + timedelta(seconds=1))


async def ask_approval(user: models.User, summary: str) -> None:
    """Have a call wait for a yes."""
    at = CallPlace(user.id, "con_1", "msg_1", 0, 0, 0)
    await approvals.ask_approval(NewCall("cal_1", at, "call_1", "delete_task", {"task": "1"}), summary=summary)


async def bring(user: models.User, key: str, title: str, *, kind: inbox.Kind = "suggestion", text: str = "") -> None:
    """Bring a matter to somebody."""
    async with database.write() as session:
        await inbox.put_item(session, inbox.Matter(user.id, kind, key, title, text))


def titles(tab: Tab) -> list[str]:
    return [row.title for row in tab.value(InboxState, "rows")]


async def test_reminder_says_why_it_is_here(open_tab: OpenTab, ada: models.User) -> None:
    await remind(ada, "Water the plants")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    (row,) = tab.value(InboxState, "rows")
    assert (row.title, row.kind, row.is_new) == ("Water the plants", "reminder", True)
    assert row.why == "You set this reminder."


async def test_looking_at_an_item_makes_it_read(open_tab: OpenTab, ada: models.User) -> None:
    await remind(ada, "Water the plants")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    await tab.send(InboxState.toggle(tab.value(InboxState, "rows")[0].id))
    assert [row.is_new for row in tab.value(InboxState, "rows")] == [False]
    assert tab.value(ArrivalState, "count") in (0, None)


async def test_done_and_dismissed_are_listed_as_answered(open_tab: OpenTab, ada: models.User) -> None:
    await remind(ada, "Water the plants")
    await remind(ada, "Call mom")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    mom, plants = tab.value(InboxState, "rows")
    await tab.send(SnoozeState.finish(plants.id))
    await tab.send(InboxState.dismiss(mom.id))
    assert titles(tab) == []
    tab.router["asPath"] = "/inbox?show=answered"
    await tab.send(InboxState.load())
    assert {row.title: row.ended for row in tab.value(InboxState, "rows")} == {
        "Water the plants": "Done",
        "Call mom": "Dismissed",
    }


@pytest.mark.parametrize("answer", [SnoozeState.finish, InboxState.dismiss])
@pytest.mark.parametrize("repeat", ["", "FREQ=DAILY"])
async def test_undo_of_an_answer_brings_the_reminder_back(
    open_tab: OpenTab, ada: models.User, answer: type, repeat: str
) -> None:
    await remind(ada, "Water the plants", repeat=repeat)
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    await tab.send(answer(tab.value(InboxState, "rows")[0].id))
    await tab.send(InboxState.load())
    assert titles(tab) == []
    await tab.send(NoticeState.undo(tab.value(NoticeState, "notices")[0].id))
    await tab.send(InboxState.load())
    assert titles(tab) == ["Water the plants"]


async def test_snooze_takes_a_time_in_plain_words_and_keeps_what_it_does_not_understand(
    open_tab: OpenTab, ada: models.User
) -> None:
    await remind(ada, "Water the plants")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    await tab.send(SnoozeState.ask(tab.value(InboxState, "rows")[0].id))
    await tab.send(SnoozeState.look("tomorrow at 9"))
    assert tab.value(SnoozeState, "hint") == "Comes again tomorrow at 9:00."
    await tab.send(SnoozeState.save({"until": "when pigs fly"}))
    assert "not understood" in tab.value(SnoozeState, "problem")
    assert tab.value(SnoozeState, "item_ids") != []
    await tab.send(SnoozeState.save({"until": "tomorrow at 9"}))
    assert tab.value(SnoozeState, "item_ids") == []
    (reminder,) = await reminders.list_reminders(user_id=ada.id)
    assert (reminder.at.hour, reminder.upcoming) == (9, True)
    assert await inbox.list_items(user_id=ada.id) == []


async def test_waiting_approval_stands_in_the_inbox_until_it_is_denied(open_tab: OpenTab, ada: models.User) -> None:
    await ask_approval(ada, "Delete task 1 “Water the plants”")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    (row,) = tab.value(InboxState, "rows")
    assert (row.kind, row.title) == ("approval", "Delete task 1 “Water the plants”")
    await tab.send(InboxState.deny(row.id))
    assert titles(tab) == []
    assert tab.value(NoticeState, "notices")[-1].text == "Denied. Nothing was done."


async def test_second_answer_to_an_approval_says_that_it_was_answered(open_tab: OpenTab, ada: models.User) -> None:
    await ask_approval(ada, "Delete task 1 “Water the plants”")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    (row,) = tab.value(InboxState, "rows")
    await approvals.deny(user_id=ada.id, approval_id=row.id)
    await tab.send(InboxState.approve(row.id))
    assert "answered already" in tab.value(NoticeState, "notices")[-1].text
    assert titles(tab) == []


async def test_every_tab_shows_what_has_come_until_it_is_answered(open_tab: OpenTab, ada: models.User) -> None:
    tabs = [await open_tab(ada, "/settings", on_load=[SessionState.load, FOLLOW], wait=False) for _ in range(2)]
    for tab in tabs:
        await tab.until(lambda tab=tab: tab.value(SessionState, "name") == "Ada")
    await remind(ada, "Water the plants")
    for tab in tabs:
        await tab.until(lambda tab=tab: bool(tab.value(ArrivalState, "due")))
        assert tab.value(ArrivalState, "count") == 1
    await tabs[0].send(SnoozeState.snooze(tabs[0].value(ArrivalState, "due")[0].id, "60"))
    for tab in tabs:
        await tab.until(lambda tab=tab: not tab.value(ArrivalState, "due"))
        tab.close()


async def test_many_reminders_do_not_cover_the_page(open_tab: OpenTab, ada: models.User) -> None:
    for number in range(5):
        await remind(ada, f"Reminder {number}")
    tab = await open_tab(ada, "/settings", on_load=[SessionState.load, FOLLOW], wait=False)
    await tab.until(lambda: tab.value(ArrivalState, "more") == 2 and tab.value(SessionState, "name") == "Ada")
    assert [row.title for row in tab.value(ArrivalState, "due")] == ["Reminder 4", "Reminder 3", "Reminder 2"]
    tab.close()


async def test_inbox_of_somebody_else_cannot_be_touched(open_tab: OpenTab, ada: models.User, bob: models.User) -> None:
    await remind(ada, "Water the plants")
    (hers,) = await inbox.list_items(user_id=ada.id)
    tab = await open_tab(bob, "/inbox", on_load=LOAD)
    assert titles(tab) == []
    for event in (SnoozeState.finish(hers.id), InboxState.dismiss(hers.id), ArrivalState.leave(hers.id)):
        with pytest.raises(NotFoundError):
            await tab.send(event)
    assert [item.state for item in await inbox.list_items(user_id=ada.id)] == ["new"]


async def test_several_are_answered_with_one_undo(open_tab: OpenTab, ada: models.User) -> None:
    await bring(ada, "a", "One")
    await bring(ada, "b", "Two")
    await ask_approval(ada, "Delete task 1")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    await tab.send(InboxSelectionState.choose_all())
    assert len(tab.value(InboxSelectionState, "ids")) == 2  # A question is answered by itself.
    await tab.send(InboxSelectionState.finish())
    assert (titles(tab), tab.value(InboxSelectionState, "ids")) == (["Delete task 1"], [])
    (notice,) = tab.value(NoticeState, "notices")
    assert notice.text == "Done with 2 items."
    await tab.send(NoticeState.undo(notice.id))
    await tab.send(InboxState.load())
    assert sorted(titles(tab)) == ["Delete task 1", "One", "Two"]


async def test_snoozed_items_are_shown_with_their_time_and_come_back_by_undo(
    open_tab: OpenTab, ada: models.User
) -> None:
    await bring(ada, "a", "One")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    await tab.send(InboxSelectionState.toggle(tab.value(InboxState, "rows")[0].id))
    await tab.send(InboxSelectionState.snooze("tomorrow"))
    tab.router["asPath"] = "/inbox?show=snoozed"
    await tab.send(InboxState.load())
    (row,) = tab.value(InboxState, "rows")
    assert row.off == "comes again tomorrow at 9:00"
    await tab.send(NoticeState.undo(tab.value(NoticeState, "notices")[0].id))
    await tab.send(InboxState.load())
    assert titles(tab) == []


async def test_answered_approvals_are_listed_with_what_was_decided(open_tab: OpenTab, ada: models.User) -> None:
    await ask_approval(ada, "Delete task 1")
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    await tab.send(InboxState.deny(tab.value(InboxState, "rows")[0].id))
    tab.router["asPath"] = "/inbox?show=answered&kind=approval"
    await tab.send(InboxState.load())
    assert [(row.title, row.ended) for row in tab.value(InboxState, "rows")] == [("Delete task 1", "Denied")]


@pytest.mark.parametrize("answered", [False, True])
async def test_address_of_an_item_opens_it_wherever_it_is(open_tab: OpenTab, ada: models.User, answered: bool) -> None:
    await bring(ada, "a", "One")
    (item,) = await inbox.list_items(user_id=ada.id)
    if answered:
        await inbox.dismiss_item(user_id=ada.id, item_id=item.id)
    tab = await open_tab(ada, "/inbox", on_load=[SessionState.load])
    tab.router["asPath"] = f"/inbox?item={item.id}"
    await tab.send(InboxState.load())
    assert (titles(tab), tab.value(InboxState, "open_id")) == (["One"], item.id)
    assert (await inbox.get_item(user_id=ada.id, item_id=item.id)).state == ("dismissed" if answered else "read")


async def test_address_of_what_is_gone_says_so(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/inbox", on_load=[SessionState.load])
    tab.router["asPath"] = "/inbox?item=inb_gone"
    await tab.send(InboxState.load())
    assert tab.value(NoticeState, "notices")[0].text == "That is not in your inbox any more."


async def test_text_of_an_item_travels_when_it_is_opened(open_tab: OpenTab, ada: models.User) -> None:
    await bring(ada, "s", "Your day", kind="summary", text="# Today\n\n" + "- a task\n" * 100)
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    (row,) = tab.value(InboxState, "rows")
    assert (row.is_markdown, len(row.text) < 200) == (True, True)
    await tab.send(InboxState.toggle(row.id))
    assert len(tab.value(ItemTextState, "pieces")[0]["text"]) > 900


async def test_summary_is_previewed_in_sentences(open_tab: OpenTab, ada: models.User) -> None:
    text = "Two tasks.\n\n### Due today\n\n- Water the \\*plants\\*\n- Sweep\n\n### Overdue\n\n- Pay"
    await bring(ada, "s", "Your day", kind="summary", text=text)
    tab = await open_tab(ada, "/inbox", on_load=LOAD)
    (row,) = tab.value(InboxState, "rows")
    assert row.text == "Two tasks. Due today: Water the *plants*; Sweep. Overdue: Pay."


async def test_question_that_is_left_goes_off_the_screen_and_still_counts(open_tab: OpenTab, ada: models.User) -> None:
    await ask_approval(ada, "Delete task 1")
    tab = await open_tab(ada, "/settings", on_load=[SessionState.load, FOLLOW], wait=False)
    await tab.until(lambda: bool(tab.value(ArrivalState, "due")) and tab.value(SessionState, "name") == "Ada")
    await tab.send(ArrivalState.leave(tab.value(ArrivalState, "due")[0].id))
    assert (tab.value(ArrivalState, "due"), tab.value(ArrivalState, "count")) == ([], 1)
    tab.close()
