"""A conversation with the built-in model: its questions and their answers, what "it" is, and how results are worded."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import time_machine

from assistant_app.llm.base import ChatMessage, Decided, Finished, TextDelta, Thing, ToolCallRequested
from assistant_app.llm.builtin import BuiltinModel
from tests.llm.builtin.notebook import Notebook
from tests.llm.builtin.scenery import NOW, TOOLS, notebook
from tests.llm.conftest import call

Calls = list[tuple[str, dict[str, Any]]]


async def turn(*said: ChatMessage, tools: Sequence[Any] = TOOLS, **surroundings: Any) -> tuple[str, Calls, Finished]:
    """Return what the model says and calls, and its end."""
    around: dict[str, Any] = {"book": notebook(), **surroundings}
    with time_machine.travel(NOW, tick=False):
        events = [event async for event in BuiltinModel().stream(said, tools, call=call(**around))]
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    end = events[-1]
    assert isinstance(end, Finished)
    return text, [(one.name, one.arguments) for one in events if isinstance(one, ToolCallRequested)], end


async def conversation(*texts: str, **surroundings: Any) -> tuple[str, Calls, Finished]:
    """Say one thing after the other; the model answers each, and its last answer is returned."""
    messages: list[ChatMessage] = []
    for text in texts[:-1]:
        messages.append(ChatMessage("user", text))
        messages.append(ChatMessage("assistant", (await turn(*messages, **surroundings))[0]))
    return await turn(*messages, ChatMessage("user", texts[-1]), **surroundings)


async def dialogue(*texts: str, **surroundings: Any) -> tuple[str, Calls, Finished]:
    """Say one thing after the other, as it is with tools: the calls of each answer are made before the next."""
    messages: list[ChatMessage] = []
    for text in texts[:-1]:
        messages.append(ChatMessage("user", text))
        said, calls, _ = await turn(*messages, **surroundings)
        asked = tuple(ToolCallRequested(f"call_{at}", name, given) for at, (name, given) in enumerate(calls))
        messages.append(ChatMessage("assistant", said, asked))
        messages += [ChatMessage("tool", '{"summary": "Did it"}', tool_call_id=one.id) for one in asked]
        messages += [ChatMessage("assistant", "Done.")] if asked else []
    return await turn(*messages, ChatMessage("user", texts[-1]), **surroundings)


def called(name: str, result: object, said: str = "go", **arguments: object) -> tuple[ChatMessage, ...]:
    """Return a conversation that ends with the result of a call."""
    return (
        ChatMessage("user", said),
        ChatMessage("assistant", "", (ToolCallRequested("call_1", name, dict(arguments)),)),
        ChatMessage("tool", result if isinstance(result, str) else json.dumps(result), tool_call_id="call_1"),
    )


async def test_a_reminder_without_a_time_is_asked_about_and_set_by_the_answer() -> None:
    text, calls, end = await conversation("remind me to call dad")
    assert text == "When should I remind you of “call dad”?"
    assert not calls
    assert "in an hour" in end.suggestions
    for answer in ("tomorrow at 5", "Tomorrow at 5pm please", "at 5 tomorrow"):
        _, calls, _ = await conversation("remind me to call dad", answer)
        assert calls == [("add_reminder", {"text": "call dad", "at": "2026-11-22T17:00:00+01:00"})]


@pytest.mark.parametrize("suggestion", ["in an hour", "this evening", "tomorrow at 9:00"])
async def test_every_suggested_time_is_understood(suggestion: str) -> None:
    _, calls, _ = await conversation("remind me to call dad", suggestion)
    assert [name for name, _ in calls] == ["add_reminder"]


async def test_a_change_without_a_time_is_asked_about() -> None:
    text, calls, _ = await conversation("postpone the rent")
    assert text == "To when should I move “pay the rent”?"
    assert not calls
    assert (await conversation("postpone the rent", "friday"))[1] == [
        ("update_task", {"task": "3", "due": "2026-11-27"})
    ]


async def test_a_question_can_be_refused() -> None:
    assert await conversation("remind me to call dad", "never mind") == (
        "All right, nothing changes.",
        [],
        Finished("stop", 2, 4, 0.0),
    )


async def test_another_wish_takes_the_place_of_an_answer() -> None:
    assert (await conversation("remind me to call dad", "complete 3"))[1] == [("complete_task", {"task": "3"})]


async def test_which_of_several_to_delete_is_asked() -> None:
    text, calls, end = await conversation("delete the email task")
    assert not calls
    assert "- 11 · email Sarah about the budget\n- 12 · email Tom about the contract" in text
    assert end.suggestions == ("Delete 11", "Delete 12")


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("12", ["12"]),
        ("#12", ["12"]),
        ("the first one", ["11"]),
        ("the second", ["12"]),
        ("the last one", ["12"]),
        ("Tom", ["12"]),
        ("the one for Sarah", []),
        ("the budget one", ["11"]),
        ("both", ["11", "12"]),
        ("all of them", ["11", "12"]),
        ("Delete 12", ["12"]),
        ("no", []),
        ("none of your business", []),
    ],
)
async def test_the_answer_chooses(answer: str, numbers: list[str]) -> None:
    _, calls, _ = await conversation("delete the email task", answer)
    assert calls == [("delete_task", {"task": number}) for number in numbers]


async def test_of_several_that_fit_a_harmless_change_takes_the_best() -> None:
    _, calls, _ = await conversation("move the email task to friday")
    assert calls == [("update_task", {"task": "11", "due": "2026-11-27"})]


async def test_of_several_that_fit_the_one_just_talked_about_is_meant() -> None:
    _, calls, _ = await conversation("delete the email task", book=notebook(touched=(12,)))
    assert calls == [("delete_task", {"task": "12"})]


async def test_an_offer_is_taken_up_by_a_yes() -> None:
    text, calls, end = await conversation("we're out of coffee")
    assert text == "Shall I add “coffee” to your tasks?"
    assert not calls
    assert end.suggestions[0] == "Add coffee to my tasks"
    assert (await conversation("we're out of coffee", "yes please"))[1] == [("add_task", {"title": "coffee"})]
    assert (await conversation("we're out of coffee", "no"))[1] == []


async def test_a_change_with_a_question_mark_is_done_after_a_yes() -> None:
    assert (await conversation("complete 3?"))[1] == []
    assert (await conversation("complete 3?", "yes"))[1] == [("complete_task", {"task": "3"})]


async def test_nothing_is_deleted_that_is_not_there() -> None:
    text, calls, _ = await conversation("delete the unicorn")
    assert not calls
    assert text == "I found no open task, reminder or event like “the unicorn”, so I changed nothing."


async def test_it_means_nothing_where_nothing_was_talked_about() -> None:
    text, calls, _ = await conversation("delete it")
    assert not calls
    assert "I found no" in text


async def test_talk_of_something_done_changes_nothing_without_a_task_that_fits() -> None:
    text, calls, _ = await conversation("I did the laundry today")
    assert not calls
    assert text == "Well done. No open task of yours fits that, so I changed nothing."


async def test_a_tool_that_is_off_is_said_to_be_off() -> None:
    tools = [tool for tool in TOOLS if tool.name != "delete_task"]
    text, calls, _ = await turn(ChatMessage("user", "complete 3 and delete 4"), tools=tools)
    assert calls == [("complete_task", {"task": "3"})]
    assert "*delete task* for that, which is turned off" in text


async def test_without_any_tool_it_says_so() -> None:
    text, calls, _ = await turn(ChatMessage("user", "add milk"), tools=())
    assert not calls
    assert "no tools are at hand" in text


async def test_what_was_done_stands_on_its_card_and_is_not_said_again() -> None:
    task = {"title": "buy *milk*", "text": "buy *milk* (gro*ceries), due tomorrow"}
    text, calls, _ = await turn(*called("add_task", {"summary": "Added “buy *milk*”", "object": task}))
    assert not calls
    assert text == r"Done: in gro\*ceries, due tomorrow."
    assert (await turn(*called("add_task", {"summary": "Added “buy milk”"})))[0] == "Done."


async def test_what_was_deleted_can_be_had_back() -> None:
    text, _, _ = await turn(*called("delete_task", {"summary": "Deleted “buy milk”"}))
    assert text == "Done. Say *undo that* to have it back."


async def test_when_a_task_that_repeats_comes_again_is_said() -> None:
    following = {"title": "pay rent", "text": "pay rent, due Friday, every week"}
    result = {"summary": "Completed “pay rent”", "object": {"title": "pay rent"}, "following": following}
    assert (await turn(*called("complete_task", result)))[0] == "Done: it comes again, due Friday, every week."


async def test_a_list_does_not_run_into_the_sentence_about_the_next_time() -> None:
    following = {"title": "pay rent", "text": "pay rent (home), due Sunday, every week"}
    result = {"summary": "Completed “pay rent”", "object": {"title": "pay rent"}, "following": following}
    text, _, _ = await turn(*called("complete_task", result))
    assert text == "Done: it comes again, in home, due Sunday, every week."


async def test_what_was_so_already_is_said() -> None:
    text, _, _ = await turn(*called("complete_task", {"summary": "“pay rent” is done already"}))
    assert text == "“pay rent” is done already."


async def test_a_list_is_written_with_numbers_that_are_no_list_marks() -> None:
    objects = [{"kind": "task", "number": 12, "title": "buy milk", "text": "buy milk, due tomorrow"}]
    text, _, _ = await turn(*called("list_tasks", {"summary": "1 open task", "objects": objects}))
    assert text == "1 open task:\n\n- 12 · buy milk, due tomorrow"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("how many tasks do I have?", "1 open task."),
        ("what's next?", "Next: 12 · lunch at 12:00"),
        ("am I free on Friday?", "Not entirely, there is this:\n\n- 12 · lunch at 12:00"),
    ],
)
async def test_an_answer_begins_as_the_question_asks(said: str, answer: str) -> None:
    objects = [{"kind": "event", "number": 12, "title": "lunch", "text": "lunch at 12:00"}]
    text, _, _ = await turn(*called("list_agenda", {"summary": "1 open task", "objects": objects}, said))
    assert text == answer


async def test_a_free_day_is_said_to_be_free() -> None:
    result = {"summary": "Nothing on Friday", "objects": []}
    text, _, _ = await turn(*called("list_agenda", result, "am I free on Friday?"))
    assert text.startswith("Yes, you are free")


_AFTERNOON = ("2026-11-24T14:00:00+01:00", "2026-11-24T15:00:00+01:00")
_LONG_MORNING = ("2026-11-24T09:30:00+01:00", "2026-11-24T12:30:00+01:00")
_SHORT_MORNING = ("2026-11-24T09:30:00+01:00", "2026-11-24T12:00:00+01:00")


@pytest.mark.parametrize(
    ("span", "free"),
    [
        (_AFTERNOON, False),
        (_LONG_MORNING, False),
        (_SHORT_MORNING, True),
        (("2026-11-24T18:00:00+01:00", "2026-11-24T19:00:00+01:00"), True),
        (("2026-11-24", ""), False),
    ],
)
async def test_a_free_afternoon_is_told_from_a_busy_morning(span: tuple[str, str], free: bool) -> None:
    shown = {"kind": "event", "number": 12, "title": "choir", "text": "choir", "start": span[0], "end": span[1]}
    result = {"summary": "1 event on Tuesday", "objects": [shown]}
    text, _, _ = await turn(*called("list_agenda", result, "am I free Tuesday afternoon?"))
    assert text.startswith("Yes, you are free") == free


async def test_a_question_how_to_say_something_is_answered_with_the_words() -> None:
    text, calls, _ = await turn(ChatMessage("user", "How would I tell you to clear my done tasks?"))
    assert "*clear my done tasks*" in text
    assert not calls


@pytest.mark.parametrize(
    "part", ["so hey well oh ", "can you ", "- ", "(", "\n", "\n x", "every monday ", "1 + ", '"', "and "]
)
async def test_a_very_long_message_is_answered_at_once(part: str) -> None:
    began = time.process_time()
    _, calls, _ = await turn(ChatMessage("user", "add " + part * (20_000 // len(part))))
    assert not calls
    question = ChatMessage("assistant", "When should I remind you of “call mom”?")
    await turn(
        ChatMessage("user", "remind me to call mom"), question, ChatMessage("user", part * (20_000 // len(part)))
    )
    assert time.process_time() - began < 10  # Read like a short one it would take minutes, and nobody else had a turn.


async def test_a_long_run_of_blanks_costs_nothing() -> None:
    _, calls, _ = await turn(ChatMessage("user", f"we are out of{' ' * 4000}eggs, put them on the groceries list"))
    assert calls == [("add_task", {"title": "eggs", "list": "groceries"})]


async def test_an_error_is_passed_on_and_candidates_are_offered() -> None:
    failed = {"error": "There is no list “wrok”. Choose another.", "kind": "failed"}
    assert (await turn(*called("add_task", failed)))[0] == failed["error"]
    rivals = [{"kind": "task", "number": number, "title": f"email {number}"} for number in (11, 12)]
    result = {"error": "Several fit.", "kind": "retry", "candidates": rivals}
    text, calls, end = await turn(*called("delete_task", result))
    assert not calls
    assert text == "Which one should I delete?\n\n- 11 · email 11\n- 12 · email 12"
    assert end.suggestions == ("Delete 11", "Delete 12")


@pytest.mark.parametrize("broken", ["", "no json", "[]", "3", '"text"'])
async def test_a_broken_result_is_no_success(broken: str) -> None:
    text, _, _ = await turn(*called("add_task", broken))
    assert "went wrong" in text


async def test_what_was_approved_or_denied_by_a_word_is_told() -> None:
    approved = Decided("delete_task", {"task": "4"}, approved=True, result='{"summary": "Deleted “call mom”"}')
    denied = Decided("delete_task", {"task": "3"}, approved=False, result="")
    text, calls, _ = await turn(ChatMessage("user", "yes"), decided=(approved,))
    assert (text, calls) == ("Done. Say *undo that* to have it back.", [])
    text, calls, _ = await turn(ChatMessage("user", "no"), decided=(denied,))
    assert (text, calls) == ("All right, I left it as it is.", [])


async def test_it_finds_its_way_among_five_thousand_tasks() -> None:
    things = [Thing("task", number, f"tsk_{number}", f"water plant {number}") for number in range(5_000)]
    _, calls, _ = await conversation("complete water plant 4711", book=Notebook(things))
    assert calls == [("complete_task", {"task": "4711"})]


@pytest.mark.parametrize(
    ("first", "then", "calls"),
    [
        ("add tofu to groceries", "also spinach please", [("add_task", {"title": "spinach", "list": "groceries"})]),
        ("what's on tomorrow?", "and the day after?", [("list_agenda", {"from": "2026-11-23", "to": "2026-11-23"})]),
        ("what's on next week?", "and the week after?", [("list_agenda", {"from": "2026-11-30", "to": "2026-12-06"})]),
        ("what's due tomorrow?", "on friday?", [("list_agenda", {"from": "2026-11-27", "to": "2026-11-27"})]),
        (
            "what's due tomorrow?",
            "and on friday?",
            [("list_tasks", {"due_from": "2026-11-27", "due_to": "2026-11-27"})],
        ),
        ("add tofu to groceries", "what's on the list?", [("list_tasks", {"list": "groceries"})]),
        ("add tofu to groceries", "empty the list", [("clear_tasks", {"list": "groceries", "which": "all"})]),
        ("what's on the home list?", "and work?", [("list_tasks", {"list": "work"})]),
        ("when is the dentist?", "what about the choir?", [("list_events", {"text": "choir"})]),
        ("when is the dentist?", "and the weather?", []),
    ],
)
async def test_a_conversation_goes_on_from_the_last_answer(first: str, then: str, calls: Calls) -> None:
    assert (await dialogue(first, then))[1] == calls


async def test_a_bare_time_after_something_was_set_corrects_it() -> None:
    book = notebook(touched=(23,))
    for said in ("at 5pm", "no, at 5pm", "5pm please", "actually make it 5pm", "at 17:00 instead"):
        _, calls, _ = await dialogue("remind me to pick up the dry cleaning tomorrow", said, book=book)
        assert calls == [("update_reminder", {"reminder": "23", "at": "2026-11-22T17:00:00+01:00"})]
    _, calls, _ = await dialogue("remind me to pick up the dry cleaning tomorrow", "and every week please", book=book)
    assert calls == [("update_reminder", {"reminder": "23", "repeat": "FREQ=WEEKLY"})]
    for said in ("let's say 5pm", "17"):
        _, calls, _ = await dialogue("remind me to pick up the dry cleaning tomorrow", said, book=book)
        assert calls == [("update_reminder", {"reminder": "23", "at": "2026-11-22T17:00:00+01:00"})]
    for said in ("tomorrow?", "at 5pm it will rain", "thanks"):
        _, calls, _ = await dialogue("remind me to pick up the dry cleaning tomorrow", said, book=book)
        assert calls == []


async def test_a_reminder_for_today_is_asked_about_when_its_usual_hour_is_over() -> None:
    text, calls, _ = await conversation("remind me to buy flowers today")
    assert (text, calls) == ("When should I remind you of “buy flowers”?", [])
    for answer, at in (("at 5pm", "2026-11-21T17:00:00+01:00"), ("in an hour", "2026-11-21T10:18:00+01:00")):
        _, calls, _ = await conversation("remind me to buy flowers today", answer)
        assert calls == [("add_reminder", {"text": "buy flowers", "at": at})]


async def test_a_change_of_many_tasks_is_asked_about_first() -> None:
    text, calls, end = await conversation("complete all my tasks")
    assert text.endswith("and 11 more. Shall I do that?")
    assert not calls
    assert end.suggestions == ("Yes", "No")
    assert len((await conversation("complete all my tasks", "yes"))[1]) == 16
    assert (await conversation("complete all my tasks", "no"))[1] == []


async def test_undoing_everything_is_asked_about_first() -> None:
    assert (await conversation("undo everything"))[1] == []
    assert (await conversation("undo everything", "yes"))[1] == [("undo", {"count": 50})]


@pytest.mark.parametrize("said", ["leave out the choir practice tomorrow", "handle the team meeting tomorrow at 5"])
async def test_an_unknown_order_about_what_there_is_adds_nothing(said: str) -> None:
    assert (await conversation(said))[1] == []


@pytest.mark.parametrize(
    "said", ["what exactly would be deleted?", "which tasks will be deleted?", "is it gone for good?", "all of them?"]
)
async def test_a_question_about_what_waits_is_answered_from_it(said: str) -> None:
    waiting = replace(notebook(), asked=("Delete 2 tasks: “buy milk”, “call mom”",))
    text, calls, _ = await turn(ChatMessage("user", said), book=waiting)
    assert "Delete 2 tasks: “buy milk”, “call mom”" in text
    assert ("brings it back" in text) == ("gone for good" in said)
    assert not calls
    assert "Delete 2 tasks" not in (await turn(ChatMessage("user", "what is due today?"), book=waiting))[0]


async def test_who_skips_a_reminder_hears_when_it_comes_again() -> None:
    result = {"object": {"title": "take pills", "text": "take pills, Monday at 8:00, every day"}}
    assert (await turn(*called("skip_reminder", result)))[0] == "Done: it comes again, Monday at 8:00, every day."


async def test_who_declines_to_be_reminded_once_is_asked_before_that_time_is_skipped() -> None:
    text, calls, _ = await conversation("don't remind me about the bins on Tuesday")
    assert text.startswith("“take out the bins” repeats: I would leave it out this once")
    assert not calls
    _, calls, _ = await conversation("don't remind me about the bins on Tuesday", "yes")
    assert calls == [("skip_reminder", {"reminder": "22", "day": "2026-11-24"})]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("skip the bins reminder this week", "take out the bins"),
        ("skip the bins reminder next month", "take out the bins"),
        ("skip choir this week", "choir"),
        ("cancel next month's choir", "choir"),
        ("skip the stand-up next week", "squad stand-up"),
    ],
)
async def test_no_single_day_is_guessed_where_a_stretch_has_none_or_several(said: str, title: str) -> None:
    text, calls, _ = await conversation(said)
    assert text.startswith(f"On which day should I leave “{title}” out?")
    assert not calls


async def test_what_takes_place_on_several_days_of_a_week_is_not_moved_as_a_whole() -> None:
    text, calls, _ = await conversation("move next week's stand-up to 10")
    assert text.startswith("“squad stand-up” repeats: which day do you mean?")
    assert not calls


@pytest.mark.parametrize(
    ("said", "call_made"),
    [
        ("the team meeting is cancelled", ("delete_event", {"event": "31"})),
        ("choir next week is off", ("delete_event", {"event": "34", "day": "2026-11-24"})),
        (
            "We have a new puppy! Vet on Monday at 9.",
            ("add_event", {"title": "Vet", "start": "2026-11-23T09:00:00+01:00"}),
        ),
    ],
)
async def test_what_is_only_told_is_done_after_a_yes(said: str, call_made: tuple[str, dict[str, str]]) -> None:
    text, calls, _ = await conversation(said)
    assert text.endswith("Shall I do that?")
    assert not calls
    _, calls, _ = await conversation(said, "yes")
    assert calls == [call_made]
