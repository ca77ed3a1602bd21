"""Titles made by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant_app.llm.builtin import title_for


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("What time is it in Tokyo?", "What time is it in Tokyo"),
        ("Hi! My boiler is loud. What can I do?", "My boiler is loud"),
        ("please help me to fix the **boiler**", "Fix the boiler"),
        (
            "Can you please help me write a cover letter for a job at a bakery in Rome?",
            "Write a cover letter for a job…",
        ),
        ("```py\nprint(1)\n```", "Code"),
        ("hello", "Hello"),
        ("", "New chat"),
        ("   \n ", "New chat"),
        ("look at https://www.example.org/a/b?c=d", "Look at example.org"),
        ("first line\nsecond line", "First line"),
        ("pi is 3.14 and more", "Pi is 3.14 and more"),
    ],
)
def test_a_title_is_the_core_of_the_first_sentence(text: str, title: str) -> None:
    assert title_for(text) == title


@given(st.text(max_size=500))
def test_a_title_is_always_one_short_line(text: str) -> None:
    title = title_for(text)
    assert title.strip()
    assert len(title) <= 50
    assert "\n" not in title
