"""What a schedule asks while nobody sits there: reads run, everything else waits, and an answer goes on once."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlmodel import col, select

from assistant_app import clock, models
from assistant_app.agent import approvals as answering
from assistant_app.agent import policy, runs, talk, unattended
from assistant_app.errors import BudgetError, ConflictError, ModelCutError, ModelKeyError
from assistant_app.llm.litellm_model import LiteLLMModel
from assistant_app.repositories import database
from assistant_app.services import answers, approvals, budget, inbox, providers, tasks, threads, trash
from assistant_app.services.occurrences import Made
from tests.agent.test_tools import SCRIPTED, calls_of, last_message, titles
from tests.peers.openai_server import OpenAIServer


async def add_schedule(user: models.User, **columns: Any) -> models.Schedule:
    """Store a schedule with a run that has been claimed, as the scheduler does before it runs."""
    schedule = models.Schedule(
        user_id=user.id,
        kind="prompt",
        title="Monday report",
        zone="UTC",
        starts=datetime.fromisoformat("2026-11-16T09:00"),
        **columns,
    )
    async with database.write() as session:
        session.add(schedule)
        await session.flush()
        session.add(models.Occurrence(schedule_id=schedule.id, user_id=user.id, due_at=clock.now(), state="running"))
    return schedule


async def run(user: models.User, schedule: models.Schedule, *rounds: Any, model: str = SCRIPTED) -> Made:
    """Run the prompt, and store its state as the scheduler does."""
    prompt = json.dumps(rounds) if rounds else "go"
    made = await unattended.run_prompt(
        user_id=user.id, schedule_id=schedule.id, conversation_id="", prompt=prompt, model=model, most_cost=None
    )
    async with database.write() as session:
        occurrence = await session.merge(await occurrence_of(schedule))
        occurrence.state, occurrence.message_id, occurrence.cost = made.state, made.message_id, made.cost
    return made


async def occurrence_of(schedule: models.Schedule) -> models.Occurrence:
    async with database.read() as session:
        query = select(models.Occurrence).where(col(models.Occurrence.schedule_id) == schedule.id)
        return (await session.scalars(query)).one()


async def schedule_now(schedule: models.Schedule) -> models.Schedule:
    async with database.read() as session:
        found = await session.get(models.Schedule, schedule.id)
    assert found is not None
    return found


async def waiting_of(user: models.User) -> str:
    (waiting,) = await approvals.list_waiting(user_id=user.id)
    return waiting.id


async def results(user: models.User) -> list[inbox.ItemView]:
    return await inbox.list_items(user_id=user.id)


def cost(monkeypatch: pytest.MonkeyPatch, *, price: providers.Price | None, call: float = 0.0) -> None:
    """Give the provider's models a price, and each call a cost."""

    async def price_of(**_: object) -> providers.Price | None:
        return price

    monkeypatch.setattr(providers, "price_of", price_of)
    monkeypatch.setattr(LiteLLMModel, "_cost", lambda *_: call)


async def test_what_reads_runs_and_the_answer_stands_in_a_chat_of_its_own(
    ada: models.User, provider: OpenAIServer
) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    made = await run(ada, await add_schedule(ada), [{"list_tasks": {}}], "There is milk to buy.")
    assert (made.state, made.title, made.text, made.cost) == ("ok", "Monday report", "There is milk to buy.", 0.0)
    thread = await threads.open_thread(user_id=ada.id, conversation_id=made.conversation_id)
    assert (thread.title, thread.unread, thread.messages[-1].id) == ("Monday report", True, made.message_id)
    assert [call.status for call in await calls_of(ada, made.conversation_id)] == ["ok"]
    assert provider.chats[-1].body["metadata"]["user_id"] == ada.id
    assert len(provider.chats) == 2  # Nobody had to be paid for a title.


async def test_next_run_asks_in_the_same_chat_until_that_is_deleted(ada: models.User, provider: OpenAIServer) -> None:
    schedule = await add_schedule(ada)
    first, second = await run(ada, schedule, "One."), await run(ada, schedule, "Two.")
    assert first.conversation_id == second.conversation_id
    await trash.move_to_trash(user_id=ada.id, conversation_id=first.conversation_id)
    assert (await run(ada, schedule, "Three.")).conversation_id != first.conversation_id


async def test_write_waits_whatever_the_settings_say_and_goes_on_once_after_a_yes(
    ada: models.User, provider: OpenAIServer
) -> None:
    schedule = await add_schedule(ada)
    made = await run(ada, schedule, [{"list_tasks": {}}, {"add_task": {"title": "milk"}}], "Milk is on the list.")
    assert (made.state, await titles(ada)) == ("waiting", [])
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    assert (waiting.schedule, waiting.arguments) == ("Monday report", {"title": "milk"})
    asked = len(provider.chats)
    await answering.approve(user_id=ada.id, approval_id=waiting.id)
    await runs.idle()
    assert await titles(ada) == ["milk"]
    assert [call.tool for call in await calls_of(ada, made.conversation_id)] == ["list_tasks", "add_task"]
    assert len(provider.chats) == asked + 1
    occurrence = await occurrence_of(schedule)
    (item,) = await results(ada)
    assert (occurrence.state, occurrence.item_id, occurrence.delivered_at is not None) == ("ok", item.id, True)
    assert (item.kind, item.title, item.text) == ("result", "Monday report", "Milk is on the list.")


async def test_going_on_is_unattended_as_well(ada: models.User, provider: OpenAIServer) -> None:
    schedule = await add_schedule(ada)
    await run(ada, schedule, [{"add_task": {"title": "milk"}}], [{"add_task": {"title": "eggs"}}], "Both.")
    await answering.approve(user_id=ada.id, approval_id=await waiting_of(ada))
    await runs.idle()
    assert (await titles(ada), (await occurrence_of(schedule)).state) == (["milk"], "waiting")
    await answering.approve(user_id=ada.id, approval_id=await waiting_of(ada))
    await runs.idle()
    assert (await titles(ada), (await occurrence_of(schedule)).state) == (["eggs", "milk"], "ok")
    assert [item.text for item in await results(ada)] == ["Both."]


async def test_no_from_a_person_ends_the_run_without_the_change(ada: models.User, provider: OpenAIServer) -> None:
    schedule = await add_schedule(ada)
    await run(ada, schedule, [{"add_task": {"title": "milk"}}], "Then not.")
    await answering.deny(user_id=ada.id, approval_id=await waiting_of(ada))
    await runs.idle()
    assert (await titles(ada), (await occurrence_of(schedule)).state) == ([], "ok")
    assert [item.text for item in await results(ada)] == ["Then not."]


async def test_two_devices_that_approve_at_once_let_it_go_on_once(ada: models.User, provider: OpenAIServer) -> None:
    schedule = await add_schedule(ada)
    await run(ada, schedule, [{"add_task": {"title": "milk"}}], "There.")
    waiting, asked = await waiting_of(ada), len(provider.chats)
    said = await asyncio.gather(
        *(answering.approve(user_id=ada.id, approval_id=waiting) for _ in range(4)),
        answering.go_on_with_decided(),
        return_exceptions=True,
    )
    await runs.idle()
    assert sum(isinstance(one, ConflictError) for one in said) == 3
    assert await answering.go_on_with_decided() == 0
    assert (await titles(ada), len(provider.chats), len(await results(ada))) == (["milk"], asked + 1, 1)


async def test_yes_that_a_dead_process_left_behind_is_taken_up_at_the_next_start(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = await add_schedule(ada)
    await run(ada, schedule, [{"add_task": {"title": "milk"}}], [{"add_task": {"title": "eggs"}}], "There.")
    with monkeypatch.context() as dying:
        dying.setattr(answering, "_go_on", _nothing)
        await answering.approve(user_id=ada.id, approval_id=await waiting_of(ada))
    assert (await occurrence_of(schedule)).state == "waiting"
    assert await answering.go_on_with_decided() == 1
    await runs.idle()
    assert (await titles(ada), len(await approvals.list_waiting(user_id=ada.id))) == (["milk"], 1)
    assert await answering.go_on_with_decided() == 0


async def _nothing(*_: object) -> None:
    """Do what a process does that has just died."""


async def test_answer_that_broke_off_with_the_process_does_not_wait_for_ever(
    ada: models.User, provider: OpenAIServer
) -> None:
    schedule = await add_schedule(ada)
    made = await run(ada, schedule, [{"add_task": {"title": "milk"}}], "There.")
    await approvals.deny(user_id=ada.id, approval_id=await waiting_of(ada))
    assert await answers.resume_answer(user_id=ada.id, message_id=made.message_id) is not None
    await answers.sweep_interrupted()
    assert await answering.go_on_with_decided() == 1
    occurrence = await occurrence_of(schedule)
    assert (occurrence.state, "press Continue" in occurrence.error) == ("failed", True)
    assert [item.kind for item in await results(ada)] == ["error"]


async def test_question_that_nobody_answers_fails_after_a_day(ada: models.User, provider: OpenAIServer) -> None:
    schedule = await add_schedule(ada)
    await run(ada, schedule, [{"add_task": {"title": "milk"}}], "There.")
    assert await answering.go_on_with_decided() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25), tick=False):
        await approvals.expire_approvals()
        assert await answering.go_on_with_decided() == 1
    occurrence = await occurrence_of(schedule)
    assert (occurrence.state, await titles(ada)) == ("failed", [])
    assert occurrence.error.startswith("Nobody answered within a day")


async def test_talk_that_went_on_is_attended_and_a_late_yes_ends_the_run(
    ada: models.User, provider: OpenAIServer
) -> None:
    schedule = await add_schedule(ada)
    made = await run(ada, schedule, [{"add_task": {"title": "milk"}}], "There.")
    said = json.dumps([[{"add_task": {"title": "eggs"}}], "Eggs are on it."])
    await talk.ask(user_id=ada.id, conversation_id=made.conversation_id, text=said, model=SCRIPTED)
    await runs.idle()
    assert await titles(ada) == ["eggs"]
    await answering.approve(user_id=ada.id, approval_id=await waiting_of(ada))
    await runs.idle()
    assert (await titles(ada), (await occurrence_of(schedule)).state) == (["eggs", "milk"], "ok")
    assert (await last_message(ada, made.conversation_id)).text == "Eggs are on it."


async def test_prompt_that_says_yes_approves_nothing(ada: models.User, provider: OpenAIServer) -> None:
    schedule = await add_schedule(ada)
    await run(ada, schedule, [{"add_task": {"title": "milk"}}], "There.")
    await unattended.run_prompt(
        user_id=ada.id, schedule_id=schedule.id, conversation_id="", prompt="yes", model=SCRIPTED, most_cost=None
    )
    assert (await titles(ada), len(await approvals.list_waiting(user_id=ada.id))) == ([], 1)


async def test_tool_that_is_off_stays_off(ada: models.User, provider: OpenAIServer) -> None:
    await policy.set_policy(user_id=ada.id, tool="add_task", policy="off")
    made = await run(ada, await add_schedule(ada), [{"add_task": {"title": "milk"}}], "No.")
    assert [call.status for call in await calls_of(ada, made.conversation_id)] == ["off"]


async def test_built_in_model_costs_nothing_and_asks_as_well(ada: models.User) -> None:
    await budget.set_budget(user_id=ada.id, amount=0)
    made = await unattended.run_prompt(
        user_id=ada.id,
        schedule_id=(await add_schedule(ada)).id,
        conversation_id="",
        prompt="add milk to my tasks",
        model="builtin",
        most_cost=0.01,
    )
    assert (made.state, made.cost, await titles(ada)) == ("waiting", 0.0, [])


async def test_error_of_the_provider_is_raised(ada: models.User, provider: OpenAIServer) -> None:
    with pytest.raises(ModelKeyError, match="key"):
        await run(ada, await add_schedule(ada), model="openai_compatible/fail-401")


async def test_answer_that_is_cut_is_partial(ada: models.User, provider: OpenAIServer) -> None:
    made = await run(ada, await add_schedule(ada), model="openai_compatible/length")
    assert (made.state, bool(made.text), "limit of length" in made.why) == ("partial", True, True)


async def test_run_that_is_tried_again_goes_on_with_its_answer(ada: models.User, provider: OpenAIServer) -> None:
    schedule = await add_schedule(ada)
    script = [{"list_tasks": {}}], [{"add_task": '{"title": "mi'}], "There is nothing to buy."
    with pytest.raises(ModelCutError):
        await run(ada, schedule, *script)
    made = await unattended.run_prompt(
        user_id=ada.id, schedule_id=schedule.id, conversation_id="", prompt="other", model="builtin", most_cost=None
    )
    thread = await threads.open_thread(user_id=ada.id, conversation_id=made.conversation_id)
    assert [message.role for message in thread.messages] == ["user", "assistant"]
    calls = await calls_of(ada, made.conversation_id)
    assert calls[0].tool == "list_tasks"


async def test_who_gives_up_waiting_ends_the_answer(ada: models.User, provider: OpenAIServer) -> None:
    schedule = await add_schedule(ada)
    waiting = asyncio.create_task(run(ada, schedule, model="openai_compatible/stall"))
    async with asyncio.timeout(10):
        while not (provider.chats and provider.chats[0].first_byte):  # noqa: ASYNC110 - the provider tells nobody
            await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await runs.idle()
    assert (await last_message(ada, (await occurrence_of(schedule)).conversation_id)).status == "stopped"


async def test_calls_of_a_run_count_as_initiative(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost(monkeypatch, price=providers.Price(1.0, 1.0), call=0.25)
    schedule = await add_schedule(ada)
    made = await run(ada, schedule, [{"add_task": {"title": "milk"}}], "There.")
    await answering.approve(user_id=ada.id, approval_id=await waiting_of(ada))
    await runs.idle()
    assert (made.cost, (await occurrence_of(schedule)).cost) == (0.25, 0.5)
    spent = await budget.read_budget(user_id=ada.id)
    assert [(job.title, job.calls, job.cost) for job in spent.jobs] == [("Monday report", 2, 0.5)]


async def test_month_that_is_used_up_asks_nothing_and_pauses_with_one_notice(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost(monkeypatch, price=providers.Price(1.0, 900.0))
    await budget.set_budget(user_id=ada.id, amount=0.5)
    schedule = await add_schedule(ada, most_cost=1.0)
    for _ in range(2):
        with pytest.raises(BudgetError, match="may spend"):
            await run(ada, schedule, "Hello.")
    assert provider.chats == []
    paused = await schedule_now(schedule)
    assert (paused.enabled, "Settings > Usage" in paused.paused_why) == (False, True)
    assert [(item.kind, item.subject_id) for item in await results(ada)] == [("error", schedule.id)]
    assert (await occurrence_of(schedule)).conversation_id == ""


async def test_run_that_would_cost_more_than_one_may_is_refused(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost(monkeypatch, price=providers.Price(1.0, 50.0))
    with pytest.raises(BudgetError, match=r"would cost about \$0\.05"):
        await run(ada, await add_schedule(ada, most_cost=0.04), "Hello.")
    assert provider.chats == []


async def test_long_history_is_part_of_the_estimate(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = await add_schedule(ada, most_cost=0.05)
    await run(ada, schedule, "word " * 4000)
    cost(monkeypatch, price=providers.Price(20.0, 1.0))
    with pytest.raises(BudgetError, match="start its chat anew"):
        await run(ada, schedule, "Hello.")
    assert len(provider.chats) == 1


async def test_run_ends_when_it_has_cost_as_much_as_it_may(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost(monkeypatch, price=providers.Price(0.1, 0.1), call=0.04)
    schedule = await add_schedule(ada, most_cost=0.1)
    with pytest.raises(BudgetError, match="stopped here"):
        await run(ada, schedule, model="openai_compatible/endless-calls")
    assert len(provider.chats) == 3
    assert (await schedule_now(schedule)).enabled


async def test_model_without_a_known_price_is_not_asked(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost(monkeypatch, price=None)
    with pytest.raises(BudgetError, match="does not know what scripted costs"):
        await run(ada, await add_schedule(ada), "Hello.")
    assert provider.chats == []


async def test_runs_beside_each_other_share_what_is_left(ada: models.User, monkeypatch: pytest.MonkeyPatch) -> None:
    cost(monkeypatch, price=providers.Price(0.0, 600.0))
    await budget.set_budget(user_id=ada.id, amount=1.0)
    schedule = await add_schedule(ada)
    first, second = [await budget.allowance(user_id=ada.id, schedule_id=schedule.id, model=SCRIPTED) for _ in range(2)]
    await first.require(prompt_tokens=10)
    with pytest.raises(BudgetError):
        await second.require(prompt_tokens=10)
    first.release()
    await second.require(prompt_tokens=10)
    second.release()
