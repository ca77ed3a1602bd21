"""Sentences with a time in them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant_app.language.extract import extract, find_phrases
from tests.language.tables import NOW, rows, written

SENTENCES = rows("sentences.txt")
WORDS = (
    "on at the in for every monday friday tomorrow 5 5pm 3rd may until to from - , and or next week 12:30 first a of"
)


@pytest.mark.parametrize(("text", "rest", "meant"), SENTENCES)
def test_time_is_taken_out_of_a_sentence(text: str, rest: str, meant: str) -> None:
    found = extract(text, NOW)
    assert (found.rest, written(found.when)) == (rest, meant)


@pytest.mark.parametrize("text", [text for text, _, meant in SENTENCES if meant == "-"])
def test_sentence_without_a_time_stays_as_it_is(text: str) -> None:
    found = extract(text, NOW)
    assert (found.rest, found.spans) == (text, ())


def test_phrases_are_found_with_their_places() -> None:
    text = "move the 3pm meeting to Friday at 4"
    found = [(text[each.start : each.end], each.attributive, written(each.when)) for each in find_phrases(text, NOW)]
    assert found == [
        ("3pm", True, "day=2026-11-18 time=15:00"),
        ("Friday at 4", False, "day=2026-11-20 time=16:00"),
    ]


def test_quoted_words_are_left_alone() -> None:
    assert extract('call it "tomorrow at 5" on Friday', NOW).rest == 'call it "tomorrow at 5"'


@given(st.text(max_size=300) | st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join))
def test_no_sentence_breaks_it(text: str) -> None:
    found = extract(text, NOW)
    assert all(0 <= start < end <= len(text) for start, end in found.spans)
    find_phrases(text, NOW)


@pytest.mark.parametrize(
    "piece",
    [
        "on ",
        "every ",
        "1 ",
        "12-",
        "5 to ",
        "3/4/",
        "2 days after ",
        "the day before ",
        "friday, ",
        "'",
        "half past ",
        "a",
    ],
)
def test_junk_takes_no_time(piece: str) -> None:
    junk = (piece * 2_000)[:2_000]
    started = time.perf_counter()
    extract(junk, NOW)
    assert time.perf_counter() - started < 5  # On a machine that does much else; a runaway would take hours.
