"""What the built-in model understands, what it leaves alone, and that nothing it hears can break it."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant_app.llm.base import Finished
from assistant_app.llm.builtin import BuiltinModel
from assistant_app.llm.builtin.phrases import SMALLTALK
from tests.llm.conftest import BOILER, PastChats, call, end_of, events_of, text_of

# A Saturday morning: 09:18 in Rome.
NOW = datetime(2026, 11, 21, 8, 18, tzinfo=UTC)
CONNECT = "connect a model under [Settings > Models](/settings/models)"


async def answer_to(text: str, **surroundings: object) -> str:
    with time_machine.travel(NOW, tick=False):
        return text_of(await events_of(BuiltinModel(), text, info=call(**surroundings)))  # type: ignore[arg-type] - a test's shorthand


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hi", "Good morning, Ada."),
        ("Hello there!", "Good morning, Ada."),
        ("good evening", "Good morning, Ada."),
        ("HEY STEWARD", "Good morning, Ada."),
        ("How are you?", "All is well"),
        ("how's it going", "All is well"),
        ("Thanks!", "You are welcome"),
        ("thank you so much", "You are welcome"),
        ("ok thanks", "You are welcome"),
        ("bye", "Goodbye"),
        ("see you tomorrow", "Goodbye"),
        ("who are you?", "built-in assistant"),
        ("What's your name?", "Steward"),
        ("are you ChatGPT?", "no language model"),
        ("what can you do", "15% of 80"),
        ("help", "search our past chats"),
        ("Can you help me?", "count days"),
        ("what’s my name?", "You are Ada."),
        ("how do I add an API key?", "/settings/models"),
        ("what time is it?", "**09:18**"),
        ("hey steward, what time is it please", "**09:18**"),
        ("do you know what time it is?", "**09:18**"),
        ("What time is it in Tokyo?", "In Tokyo it is **17:18**"),
        ("what time is it right now in new york", "In New York it is **03:18**"),
        ("Can you please tell me what time it is in Berlin?", "**09:18**"),
        ("time in London", "**08:18**"),
        ("current time in Mumbai", "**13:48**"),
        ("what's the time in the USA?", "Los Angeles: **00:18**"),
        ("what time is it in Japan", "**17:18**"),
        ("what is the time in UTC", "**08:18**"),
        ("what time is it in Europe/Paris", "**09:18**"),
        ("what time is it in Paris, France", "**09:18**"),
        ("what time is it in Sydney", "Saturday, 21 November"),
        ("what time is it in Auckland", "**21:18**"),
        ("what time is it in 20 hours", "**05:18**, Sunday, 22 November, tomorrow"),
        ("what day is it in Honolulu", "Friday, 20 November, yesterday"),
        ("time difference between London and Tokyo", "9 hours ahead of"),
        ("what's the time difference between Tokyo and Mumbai?", "3:30 hours behind"),
        ("what's the date?", "Saturday, 21 November 2026"),
        ("What day is it today?", "Saturday, 21 November 2026"),
        ("today's date", "Saturday, 21 November 2026"),
        ("what day is it tomorrow", "Sunday, 22 November 2026"),
        ("what's the date next friday", "Friday, 27 November 2026"),
        ("what was the date 3 days ago", "Wednesday, 18 November 2026"),
        ("what date is it in 2 weeks", "Saturday, 5 December 2026"),
        ("what day was it yesterday?", "Friday, 20 November 2026"),
        ("what day is the day after tomorrow", "Monday, 23 November 2026"),
        ("What day of the week was 4 July 1976?", "Sunday, 4 July 1976"),
        ("which weekday is 25 December 2026", "Friday"),
        ("what day is 2028-02-29?", "Tuesday, 29 February 2028"),
        ("on what day does christmas fall", "Friday, 25 December 2026"),
        ("when is halloween", "Sunday, 31 October 2027"),
        ("How many days until Christmas?", "**34 days**"),
        ("days until december 1st", "**10 days**"),
        ("how many days since 1 january 2026", "**324 days** ago"),
        ("how many days between 1 march 2026 and 5 april 2026", "**35 days**"),
        ("what week is it", "week **47**"),
        ("what year is it?", "**2026**"),
        ("what's 12 times 7", "**84**"),
        ("What is 15% of 80?", "**12**"),
        ("12*7=", "**84**"),
        ("how much is 3 plus 4?", "**7**"),
        ("could you calculate (3+4)*2 for me please", "**14**"),
        ("sqrt(144)", "**12**"),
        ("what is the square root of 2", "≈ 1.414213562"),
        ("2^10", "**1024**"),
        ("seven squared", "**49**"),
        ("10/4", "**2.5**"),
        ("1,234 + 766", "**2000**"),
        ("80 + 15%", "**92**"),
        ("20% off 50", "**40**"),
        ("12 is what percent of 80", "**15%**"),
        ("two hundred and five minus five", "**200**"),
        ("Thanks! What is 0.1 + 0.2?", "**0.3**"),
        ("1/0", "divided by zero"),
        ("9**9**9", "more digits"),
        ("sqrt(-4)", "no real square root"),
    ],
)
async def test_a_phrase_is_understood(text: str, said: str) -> None:
    assert said in await answer_to(text)


@pytest.mark.parametrize(
    "text",
    [
        "what time is dinner",
        "what time is it best to plant tulips",
        "what is the time complexity of quicksort",
        "time flies",
        "what day should I call her",
        "what is the date of the battle of Hastings",
        "what is 42",
        "1984",
        "what is 1984 about",
        "24/7",
        "2026-11-21",
        "555-1234",
        "what is the sum of its parts",
        "what is one of the best books",
        "hello world in Rust",
        "thanks to you I failed",
        "help wanted sign",
        "find the derivative of x^2",
        "search the web for cats",
        "who are you going to call",
        "what can you do about climate change",
        "the time is now",
        "what is the 31st of february",
        "good morning vietnam summary",
        "my name is Bob",
    ],
)
async def test_what_only_resembles_a_phrase_gets_the_honest_answer(text: str) -> None:
    assert (await answer_to(text)).startswith("I am the built-in assistant")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Who won the world cup in 1998?", f"to answer that, {CONNECT}."),
        ("Write me a poem about spring", f"to have that written, {CONNECT}."),
        ("Write a Python function that reverses a string", f"to get help with code, {CONNECT}."),
        ("Translate hello to French", f"to have that translated, {CONNECT}."),
        ("Summarize this text", f"to have that summarized, {CONNECT}."),
        ("Explain relativity", f"to have that explained, {CONNECT}."),
        ("Draw a cat", f"to get pictures, {CONNECT}."),
        ("What's the weather in Rome?", "reaches the internet"),
        ("I hate adding tasks", "did not understand what to do with that, so I changed nothing"),
        ("The cat sat on the mat.", f"To talk freely, {CONNECT}."),
    ],
)
async def test_what_it_cannot_do_is_said_for_the_case(text: str, said: str) -> None:
    assert said in await answer_to(text)


async def test_with_other_models_there_it_points_to_the_selector() -> None:
    said = await answer_to("Who won the world cup in 1998?", other_models=True)
    assert "pick another model in the model selector" in said
    assert "Settings" not in said


async def test_an_unknown_place_is_named_and_not_guessed() -> None:
    assert "time zone of Atlantis" in await answer_to("what time is it in atlantis")


async def test_next_weekday_that_could_mean_this_week_names_both() -> None:
    with time_machine.travel(datetime(2026, 11, 18, 12, 0, tzinfo=UTC), tick=False):
        said = text_of(await events_of(BuiltinModel(), "what is the date next friday", info=call()))
    assert "Friday, 27 November 2026" in said
    assert "Friday, 20 November 2026" in said


async def test_the_time_is_that_of_the_users_zone() -> None:
    assert "**17:18**" in await answer_to("what time is it", zone="Asia/Tokyo")


async def test_without_a_name_nobody_is_called_by_one() -> None:
    assert await answer_to("hi", user_name="") == "Good morning. What can I do for you?"


@pytest.mark.parametrize(
    "text",
    [
        "what did I say about the boiler",
        "what have we discussed about boiler",
        "find our chat about the boiler",
        "search my old conversations for boiler",
        "where did I mention the boiler?",
        "when did we talk about the boiler",
        "do you remember what I said about the boiler?",
        "show me my chats about boiler please",
        "did I ever mention the boiler",
        "look for boiler in my chats",
    ],
)
async def test_past_chats_are_found_quoted_and_linked(text: str) -> None:
    chats = PastChats([BOILER])
    said = await answer_to(text, search=chats.search)
    assert chats.asked == ["boiler"]
    assert "[Boiler repair](/c/con_1)" in said
    assert "> the boiler makes noise" in said
    assert "3 November 2026" in said


async def test_nothing_found_is_said() -> None:
    assert "found nothing about “unicorns”" in await answer_to("search for unicorns", search=PastChats([BOILER]).search)


async def test_the_chat_of_the_question_is_not_its_own_answer() -> None:
    here = BOILER.__class__("con_now", "Now", "what about the boiler", NOW)
    said = await answer_to("what did I say about the boiler", search=PastChats([here]).search)
    assert "found nothing" in said


async def test_markdown_in_old_messages_is_quoted_as_text() -> None:
    evil = BOILER.__class__("con_2", "a](http://evil.test)", "boiler ![x](http://evil.test/x.png)\n# big", NOW)
    said = await answer_to("what did I say about the boiler", search=PastChats([evil]).search)
    assert r"a\]\(http://evil.test\)" in said
    assert r"\!\[x\]\(http://evil.test/x.png\) \# big" in said


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
async def test_no_text_breaks_it(text: str) -> None:
    events = await events_of(BuiltinModel(), text)
    assert isinstance(events[-1], Finished)
    assert text_of(events).strip()


_WORDS = sorted(
    {word for phrases, _ in SMALLTALK for phrase in phrases for word in re.findall(r"[a-z']+", phrase)}
    | set("what time is it in tokyo date day next friday until christmas sqrt plus 3 7 80 % of ( ) ^ - about".split())  # noqa: SIM905 - many words
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(_WORDS), max_size=12))
async def test_no_order_of_words_that_it_knows_breaks_it(words: list[str]) -> None:
    events = await events_of(BuiltinModel(), " ".join(words), info=call(search=PastChats([BOILER]).search))
    assert isinstance(events[-1], Finished)
    assert text_of(events).strip()


async def test_a_very_long_message_is_answered_at_once() -> None:
    said = await answer_to("what is " + "the date of " * 20_000)
    assert said.startswith("I am the built-in assistant")


async def test_it_costs_nothing_and_says_so() -> None:
    assert end_of(await events_of(BuiltinModel(), "hi")).cost == 0
