"""What a model is told."""

from datetime import UTC, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from assistant_app.agent.prompt import alternating, fit, system_prompt
from assistant_app.agent.turn import to_answer
from assistant_app.llm.base import CONTINUE, ChatMessage
from assistant_app.services.accounts import Person

ADA = Person(
    id="usr_1",
    login="ada",
    name="Ada",
    role="owner",
    zone="Asia/Tokyo",
    language="it",
    instructions="Call me Countess.",
    theme="system",
    density="comfortable",
    default_model="",
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    is_disabled=False,
)


def words(text: str) -> int:
    return len(text.split())


def said(*texts: str) -> list[ChatMessage]:
    return [ChatMessage("assistant" if at % 2 else "user", text) for at, text in enumerate(texts)]


@time_machine.travel("2026-11-21 20:30:00+00:00", tick=False)
def test_prompt_has_name_zone_local_time_language_and_instructions() -> None:
    prompt = system_prompt(ADA)
    assert "The user's name is Ada." in prompt
    assert "Asia/Tokyo; it is now Sunday, 22 November 2026, 05:30" in prompt
    assert "Italiano" in prompt
    assert prompt.endswith("Call me Countess.")


def test_history_that_fits_is_kept_whole() -> None:
    history = said("one", "two", "three")
    assert fit(history, system="be kind", context_tokens=1000, count=words) == [
        ChatMessage("system", "be kind"),
        *history,
    ]


def test_oldest_turns_are_left_out_first_and_never_split() -> None:
    history = said("old question " * 20, "old answer", "new question", "new answer", "last")
    kept = fit(history, system="s", context_tokens=60, count=words)
    assert [message.text for message in kept[1:]] == ["new question", "new answer", "last"]


def test_newest_turn_is_kept_even_if_it_is_too_long() -> None:
    kept = fit(said("word " * 500), system="s", context_tokens=50, count=words)
    assert len(kept) == 2


def test_model_without_a_limit_gets_everything() -> None:
    assert len(fit(said(*["word " * 500] * 9), system="s", context_tokens=0, count=words)) == 10


@given(st.lists(st.integers(1, 40), max_size=30), st.integers(20, 400))
def test_what_is_kept_is_the_end_of_the_history_and_begins_with_the_user(sizes: list[int], room: int) -> None:
    history = said(*["word " * size for size in sizes])
    kept = fit(history, system="s", context_tokens=room, count=words)[1:]
    assert kept == history[len(history) - len(kept) :]
    assert not kept or kept[0].role == "user"


def test_messages_of_one_role_are_joined_and_empty_ones_left_out() -> None:
    history = [ChatMessage("user", "a"), ChatMessage("assistant", ""), ChatMessage("user", "b")]
    assert alternating(history) == [ChatMessage("user", "a\n\nb")]


def test_part_of_an_answer_at_the_end_is_asked_to_be_continued() -> None:
    assert to_answer(said("Tell me", "Once upon"))[-1] == ChatMessage("user", CONTINUE)


@pytest.mark.parametrize("name", ["secret", "hash", "login"])
def test_nothing_of_the_account_that_is_not_needed_is_told(name: str) -> None:
    assert name not in system_prompt(ADA)
